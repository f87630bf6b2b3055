//! The rules that come nearest to a claim that fails, what they lack, and the smallest changes that would convert it.

use crate::evaluate::{
    About, Asked, Given, Goal, HeldId, Instance, NoAnswer, Owner, Reader, Sink, Status, finish_amount, least,
};
use crate::model::{
    AmountRule, AtomTest, BarId, CellValue, ClassId, Cond, Gives, Holder, Lookup, LookupCell, Measure,
    OutcomeId, Piece, Reason, Rule, RuleId, SourceSlot, Take, ValueType,
};
use crate::quantity::{Mode, Overflow, Ratio};
use crate::space::{Set, State, Truth};

use super::asking::Asking;
use super::decide::converts;
use super::fix::{change, fixes, join};
use super::{Change, Counterfactual, Grant, GrantEffect, Nearest, SHOWN_OUTCOMES};

/// So many rules are named as nearest to achievements that no rule names.
const SHOWN_RULES: usize = 5;
/// So many changes are tried out for one claim.
const TRIED: usize = 8;

/// The nearest rules of a refused claim: what the learner could change, least first, none that contains another.
pub(super) fn of_group(asking: &Asking<'_>, group: &[&Instance]) -> Result<Vec<Nearest>, Overflow> {
    let mut all = Vec::new();
    for instance in group.iter().filter(|instance| instance.verified && instance.set_aside.is_empty()) {
        for changes in of_instance(asking, instance)? {
            let changes = sorted(asking, changes);
            let learner_can_change = changes.iter().all(can_change);
            if learner_can_change && !changes.is_empty() {
                all.push(Nearest {
                    rule: instance.rule,
                    target: Some(instance.goal),
                    changes,
                    learner_can_change,
                });
            }
        }
    }
    Ok(smallest(all))
}

/// Sorted by number of changes, then by rule; without those that ask for more than another one.
fn smallest(mut all: Vec<Nearest>) -> Vec<Nearest> {
    all.sort_by_key(|nearest| (nearest.changes.len(), nearest.rule));
    let mut kept: Vec<Nearest> = Vec::new();
    for nearest in all {
        let contains = |other: &Nearest| {
            other.target == nearest.target
                && other.changes.iter().all(|change| nearest.changes.contains(change))
        };
        if !kept.iter().any(contains) {
            kept.push(nearest);
        }
    }
    kept
}

/// Changes in the order of what they change: achievements by id, then the learner and the plan; additions last.
fn sorted(asking: &Asking<'_>, mut changes: Vec<Change>) -> Vec<Change> {
    changes.sort_by_key(|change| match change {
        Change::Fact { of, fact, .. } => (false, Some((asking.place_of(*of), *fact)), None),
        Change::Add { slot, .. } => (true, None, Some(*slot)),
        Change::Longer { part, .. } => (true, None, Some(Some(*part))),
    });
    changes
}

fn can_change(change: &Change) -> bool {
    match change {
        Change::Fact { learner_can_change, .. } => *learner_can_change,
        Change::Add { .. } | Change::Longer { .. } => true,
    }
}

/// The alternatives of changes that would let an instance hold.
fn of_instance(asking: &Asking<'_>, instance: &Instance) -> Result<Vec<Vec<Change>>, Overflow> {
    let reader = &asking.case.reader;
    let Some(rule) = asking.rule_toward(instance.rule, instance.goal) else { return Ok(Vec::new()) };
    let Some(bundle) = rule.sources.get(instance.alternative as usize) else { return Ok(Vec::new()) };
    let excused = instance.failed.iter().all(|reason| *reason == Reason::ConditionNotMet);
    if !excused {
        return Ok(Vec::new());
    }
    let mut lacking = vec![Vec::new()];
    let mut sure: Vec<Vec<HeldId>> = vec![Vec::new(); bundle.len()];
    for (place, (slot, used)) in (0u32..).zip(bundle.iter().zip(&instance.evidence.slots)) {
        let have = u32::try_from(used.sure.len() + used.possible.len()).unwrap_or(u32::MAX);
        let needed = least(slot.take);
        // What fills a slot alone must pass the tests, too, where another slot is empty.
        if slot.take == Take::One && (!instance.partial || (used.sure.len() == 1 && used.possible.is_empty()))
        {
            sure[place as usize].clone_from(&used.sure);
        }
        if have < needed {
            let add = vec![vec![missing(reader, Some(place), slot, needed - have)]];
            let mut alternatives = add;
            if !instance.partial && needed - have == 1 {
                alternatives.extend(members(asking, rule, instance, place as usize)?);
            }
            lacking = join(&lacking, &alternatives);
        }
    }
    if instance.partial && lacking == [Vec::new()] {
        // Each slot has a candidate, but one achievement stands for several slots.
        let last = bundle.iter().zip(0u32..).last();
        lacking =
            last.map(|(slot, place)| vec![vec![missing(reader, Some(place), slot, 1)]]).unwrap_or_default();
    }
    let target = if let Goal::Outcome(outcome) = instance.goal { Some(outcome) } else { None };
    let about = About { sure: &sure, possible: &[], target, itself: None };
    let met = join(&lacking, &fixes(reader, about, &rule.guard)?);
    match instance.value {
        Given::Nothing => Ok(join(&met, &more(asking, rule, instance))),
        Given::NotHere | Given::Zero | Given::Answer(_) => {
            Ok(join(&met, &other_cells(asking, rule, instance)?))
        }
        _ => Ok(met),
    }
}

/// Where a table answers without an amount: the change of one fact that leads to a cell with one, else of several facts.
fn other_cells(asking: &Asking<'_>, rule: &Rule, instance: &Instance) -> Result<Vec<Vec<Change>>, Overflow> {
    let reader = &asking.case.reader;
    let Gives::Credit(AmountRule { piece: Piece::Table(table), .. }) = &rule.gives else {
        return Ok(vec![Vec::new()]);
    };
    let mut keys: Vec<(Owner, State)> = Vec::with_capacity(table.by.len());
    for (subject, value_type) in &table.by {
        let owner = match (subject.of, instance.used.as_slice()) {
            (Holder::Source(_) | Holder::Each | Holder::Itself, [only]) => Owner::Held(*only),
            (Holder::Target, _) => match instance.goal {
                Goal::Outcome(outcome) => Owner::Target(outcome),
                Goal::Deposit(_) | Goal::Block(_) => return Ok(Vec::new()),
            },
            (Holder::Learner, _) => Owner::Learner,
            (Holder::Plan, _) => Owner::Plan,
            (Holder::Request, _) => Owner::Request,
            _ => return Ok(Vec::new()),
        };
        keys.push((owner, reader.state(owner, subject.fact, Some(*value_type)).state.into_owned()));
    }
    let gives = |cell: &&LookupCell| matches!(&cell.value, CellValue::Amount(piece) if *piece != Piece::Constant(Ratio::ZERO));
    // Of one fact the values of all cells that differ in it alone, so that the nearest of all is found.
    let mut single: Vec<Option<Set>> = vec![None; keys.len()];
    let mut several: Vec<Vec<Change>> = Vec::new();
    for cell in table.cells.iter().filter(gives) {
        let differs = |at: &usize| matches!((keys.get(*at), cell.sets.get(*at)), (Some((_, state)), Some(set)) if state.test(set).is_false());
        let places: Vec<usize> = (0..keys.len()).filter(differs).collect();
        if let [only] = places.as_slice() {
            let set = cell.sets.get(*only).cloned().unwrap_or_default();
            if let Some(place) = single.get_mut(*only) {
                *place = Some(place.take().map_or_else(|| set.clone(), |before| before.union(&set)));
            }
        } else if several.len() < TRIED {
            let changes = places.iter().map(|at| to_cell(reader, table, &keys, *at, cell.sets.get(*at)?));
            several.extend(changes.collect::<Option<Vec<Change>>>().filter(|changes| !changes.is_empty()));
        }
    }
    let alone: Vec<Vec<Change>> = single
        .iter()
        .enumerate()
        .filter_map(|(at, set)| Some(vec![to_cell(reader, table, &keys, at, set.as_ref()?)?]))
        .collect();
    Ok(if alone.is_empty() { several } else { alone })
}

fn to_cell(
    reader: &Reader<'_>,
    table: &Lookup,
    keys: &[(Owner, State)],
    at: usize,
    set: &Set,
) -> Option<Change> {
    let (subject, value_type) = table.by.get(at)?;
    let (owner, now) = keys.get(at)?;
    change(reader, *owner, subject.fact, *value_type, now, set)
}

/// For a slot that takes several: the changes with which one more of its candidates would count.
fn members(
    asking: &Asking<'_>,
    rule: &Rule,
    instance: &Instance,
    slot: usize,
) -> Result<Vec<Vec<Change>>, Overflow> {
    let target = if let Goal::Outcome(outcome) = instance.goal { Some(outcome) } else { None };
    let mut all = Vec::new();
    for held in instance.key.all() {
        let mut alone: Vec<Vec<HeldId>> = vec![Vec::new(); instance.evidence.slots.len()];
        if let Some(place) = alone.get_mut(slot) {
            place.push(held);
        }
        let about = About { sure: &alone, possible: &[], target, itself: None };
        all.extend(
            fixes(&asking.case.reader, about, &rule.guard)?.into_iter().filter(|changes| !changes.is_empty()),
        );
    }
    Ok(all)
}

/// The least quantity with which an amount that comes to nothing would come to something.
fn more(asking: &Asking<'_>, rule: &Rule, instance: &Instance) -> Vec<Vec<Change>> {
    let Gives::Credit(amount) = &rule.gives else { return Vec::new() };
    let Piece::Rate { measure, .. } = &amount.piece else { return Vec::new() };
    let Some(wanted) = least_quantity(amount) else { return Vec::new() };
    let reader = &asking.case.reader;
    if let (Measure::Fact(subject), [held]) = (measure, instance.used.as_slice()) {
        let owner = Owner::Held(*held);
        let declared = reader.declared(owner, subject.fact).and_then(|of| of.domains.first());
        let value_type = declared.map_or(ValueType::Number, |typed| typed.value_type);
        let now: State = reader.state(owner, subject.fact, None).state.into_owned();
        let allowed = Set::at_least(crate::space::Value::Number(wanted));
        return change(reader, owner, subject.fact, value_type, &now, &allowed)
            .map(|change| vec![change])
            .into_iter()
            .collect();
    }
    let slot = rule.sources.get(instance.alternative as usize).and_then(|bundle| bundle.first());
    let have = Ratio::from_int(i64::try_from(instance.used.len()).unwrap_or(i64::MAX));
    let lacks =
        wanted.checked_sub(have).and_then(|lacks| lacks.ceil_to(Ratio::ONE)).ok().and_then(Ratio::to_int);
    let lacks = lacks.and_then(|lacks| u32::try_from(lacks).ok()).unwrap_or(0).max(1);
    slot.map(|slot| vec![missing(reader, Some(0), slot, lacks)]).into_iter().collect()
}

/// The least quantity of a rate that is not rounded to nothing.
fn least_quantity(amount: &AmountRule) -> Option<Ratio> {
    let Piece::Rate { earns, per, .. } = &amount.piece else { return None };
    let raw = match amount.rounding {
        Some(rounding) if rounding.mode == Mode::Down => rounding.step,
        Some(rounding) if rounding.mode == Mode::HalfUp => {
            rounding.step.checked_div(Ratio::from_int(2)).ok()?
        }
        _ => return None,
    };
    let quantity = raw.checked_mul(*per).ok()?.checked_div(*earns).ok()?;
    finish_amount(raw, amount).ok().filter(|amount| amount.is_positive()).map(|_| quantity)
}

/// An achievement that a slot lacks, with outcomes that would fill it.
pub(super) fn missing(reader: &Reader<'_>, place: Option<u32>, slot: &SourceSlot, number: u32) -> Change {
    let model = reader.graph.model();
    let classes: Vec<ClassId> = slot.items.iter().map(|item| item.class).collect();
    let held = |outcome: OutcomeId| {
        let valid = reader.record.held.iter().filter(|held| held.status != Status::Withdrawn);
        valid.into_iter().any(|held| held.outcome == Some(outcome))
    };
    let (mut any_of, mut again): (Vec<OutcomeId>, Vec<OutcomeId>) = (Vec::new(), Vec::new());
    for class in classes.iter().filter_map(|class| model.classes.get(class.index())) {
        let (once, fresh): (Vec<OutcomeId>, Vec<OutcomeId>) =
            class.outcomes.iter().copied().partition(|outcome| held(*outcome));
        any_of.extend(fresh);
        again.extend(once);
        if class.kinds.is_empty() {
            continue;
        }
        let of_kind = (0u32..).zip(&model.outcomes).filter(|(_, outcome)| {
            let ancestors = model.kinds.get(outcome.kind.index()).map_or(&[][..], |kind| &kind.ancestors);
            class.kinds.contains(&outcome.kind) || ancestors.iter().any(|kind| class.kinds.contains(kind))
        });
        let fresh = of_kind.map(|(id, _)| OutcomeId(id)).filter(|outcome| !held(*outcome));
        any_of.extend(fresh.take(SHOWN_OUTCOMES + 1));
    }
    // Where nothing else would fill it, the same once more.
    if any_of.is_empty() {
        any_of = again;
    }
    any_of.sort_unstable();
    any_of.dedup();
    let more = any_of.len() > SHOWN_OUTCOMES;
    any_of.truncate(SHOWN_OUTCOMES);
    Change::Add { slot: place, number, classes, any_of, more }
}

/// The rules nearest to achievements that none of them names: those whose bracket fails, then those for the target that start from
/// something else.
pub(super) fn of_unnamed(
    asking: &Asking<'_>,
    held: &[HeldId],
    goal: Option<Goal>,
) -> Result<Vec<Nearest>, Overflow> {
    let reader = &asking.case.reader;
    let mut all = Vec::new();
    for &one in held {
        for (rule, alternative) in asking.case.named_by(one, goal).into_iter().take(TRIED * TRIED) {
            let Some(of) = asking.rule(rule) else { continue };
            let bundle = of.sources.get(alternative as usize).map_or(&[][..], Vec::as_slice);
            for item in bundle.iter().flat_map(|slot| &slot.items) {
                let Some(bracket) =
                    item.bracket.as_ref().filter(|_| crate::evaluate::is_of_class(reader, one, item.class))
                else {
                    continue;
                };
                let about = About { itself: Some(Owner::Held(one)), ..About::default() };
                for changes in
                    fixes(reader, about, bracket)?.into_iter().filter(|changes| !changes.is_empty())
                {
                    let learner_can_change = changes.iter().all(can_change);
                    all.push(Nearest { rule, target: goal, changes, learner_can_change });
                }
            }
        }
    }
    if all.is_empty()
        && let Some(goal) = goal
    {
        let numbers = reader.graph.numbers_of(reader.graph.goal_number(goal));
        let mut rules: Vec<RuleId> =
            numbers.flat_map(|number| reader.graph.rules_for(number).to_vec()).collect();
        rules.sort_unstable();
        for (rule, of) in rules.iter().take(TRIED).filter_map(|rule| Some((*rule, asking.rule(*rule)?))) {
            for bundle in of.sources.iter().filter(|bundle| !bundle.is_empty()) {
                let slots = (0u32..).zip(bundle);
                let changes =
                    slots.map(|(place, slot)| missing(reader, Some(place), slot, least(slot.take))).collect();
                all.push(Nearest { rule, target: Some(goal), changes, learner_can_change: true });
            }
        }
    }
    let mut all = smallest(all);
    all.truncate(SHOWN_RULES);
    Ok(all)
}

/// The changes that, tried out, do convert the claim.
pub(super) fn would_convert(
    asking: &Asking<'_>,
    goal: Goal,
    nearest: &[Nearest],
    evidence: &[HeldId],
) -> Result<Vec<Counterfactual>, NoAnswer> {
    let mut found = Vec::new();
    for near in nearest.iter().take(TRIED) {
        let only_facts = near.changes.iter().all(|change| matches!(change, Change::Fact { .. }));
        let then = if only_facts {
            let mut record = asking.case.reader.record.clone();
            for change in &near.changes {
                let Change::Fact { of, fact, to, .. } = change else { continue };
                let facts = match of {
                    Owner::Held(held) => record.held.get_mut(held.index()).map(|held| &mut held.facts),
                    Owner::Learner => Some(&mut record.learner),
                    Owner::Plan => Some(&mut record.plan),
                    _ => None,
                };
                if let Some(facts) = facts {
                    facts.set(*fact, State::known(*to));
                }
            }
            let mut case = asking.case.clone();
            case.reader.record = &record;
            let changed = Asking { case, target: asking.target, named: asking.named };
            let fits = |grant: &Grant| {
                grant.rule == near.rule
                    && (evidence.is_empty() || grant.achievements.iter().any(|held| evidence.contains(held)))
            };
            match converts(&changed, goal, fits)? {
                Some(grant) => vec![(goal, grant.effect, grant.amount, grant.unit)],
                None => continue,
            }
        } else {
            expected(asking, near.rule, goal)
        };
        found.push(Counterfactual {
            rule: near.rule,
            target: Some(goal),
            changes: near.changes.clone(),
            then,
        });
    }
    Ok(found)
}

/// What a rule gives whose amount does not depend on the achievement that is missing.
fn expected(
    asking: &Asking<'_>,
    rule: RuleId,
    goal: Goal,
) -> Vec<(Goal, GrantEffect, Option<Ratio>, Option<crate::model::UnitId>)> {
    let Some(rule) = asking.rule_toward(rule, goal) else { return Vec::new() };
    let credit = match goal {
        Goal::Outcome(_) | Goal::Block(_) => GrantEffect::Credit,
        Goal::Deposit(_) => GrantEffect::Deposit,
    };
    match &rule.gives {
        Gives::Effect(effect) => vec![(goal, GrantEffect::Other(effect.clone()), None, None)],
        Gives::Credit(amount) => match (&amount.piece, goal) {
            (Piece::Constant(number), _) => {
                let number = finish_amount(*number, amount).ok();
                vec![(goal, credit, number, amount.unit)]
            }
            (Piece::TargetCredits, Goal::Outcome(outcome)) => {
                match asking.model().outcomes.get(outcome.index()).map(|outcome| outcome.credits) {
                    Some(crate::model::Credits::Amount(number, unit)) => {
                        vec![(goal, credit, Some(number), Some(unit))]
                    }
                    _ => vec![(goal, credit, None, None)],
                }
            }
            _ => Vec::new(),
        },
        Gives::Answer(_) => Vec::new(),
    }
}

/// The bars that surely stand against a goal and some achievements that no rule names.
pub(super) fn standing_bars(
    asking: &Asking<'_>,
    goal: Goal,
    held: &[HeldId],
) -> Result<Vec<(BarId, Truth)>, Overflow> {
    let mut standing = Vec::new();
    let evidence: Vec<Option<HeldId>> =
        if held.is_empty() { vec![None] } else { held.iter().copied().map(Some).collect() };
    for (bar, of) in (0u32..).map(BarId).zip(&asking.model().bars) {
        // A bar against everything says nothing about this pair.
        if of.from.is_empty() && of.to.is_empty() {
            continue;
        }
        for one in &evidence {
            let nothing = &mut ();
            let mut quiet = Sink::new(nothing, Asked::Bar(bar));
            if asking.case.bar(bar, goal, *one, &mut quiet)?.is_true() {
                standing.push((bar, Truth::True));
                break;
            }
        }
    }
    Ok(standing)
}

/// Whether a rule or a bar of its scope looks at what else the record holds.
pub(super) fn looks_at_record(asking: &Asking<'_>, rule: RuleId) -> bool {
    fn looks(cond: &Cond) -> bool {
        match cond {
            Cond::All(parts) | Cond::Any(parts) => parts.iter().any(looks),
            Cond::Atom(atom) => matches!(atom.test, AtomTest::Holds(_)),
        }
    }
    let Some(of) = asking.rule(rule) else { return false };
    let bars = asking.case.reader.graph.bars(of.scheme);
    looks(&of.guard)
        || of.lines.iter().any(|line| looks(&line.guard))
        || bars.filter_map(|bar| asking.model().bars.get(bar.index())).any(|bar| looks(&bar.guard))
}

//! What a rule gives, cell by cell: a formula for where, and what is answered there.
//!
//! Two answers are compared as data. An amount that is measured is kept as the way in which it is measured, so that two rules that
//! measure alike are equal without trying a value.

use crate::evaluate::finish_amount;
use crate::graph::{Goal, goals_of};
use crate::model::{
    AmountRule, Answer, AttributeKind, BodyId, CellValue, Cond, CountsAs, Credits, Effect, Gives, Holder,
    MapId, Mark, MarkKind, Measure, Piece, Rule, ScaleId, Subject, UnitId, ValueType,
};
use crate::quantity::{Mode, Ratio, Rounding};
use crate::space::{Set, Value};

use super::Reason;
use super::form::Form;
use super::scene::{Dim, Scene, Whose};

/// What is answered.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Answered {
    /// A grant.
    Grant(Box<Grant>),
    /// A refusal.
    Refusal,
    /// A referral to this body.
    Referral(BodyId),
}

/// A grant, as far as two of them may differ.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Grant {
    pub(super) effect: Option<Effect>,
    pub(super) amount: Amount,
    pub(super) unit: Option<UnitId>,
    pub(super) published: bool,
    pub(super) mark: Option<Shown>,
    pub(super) attributes: Vec<AttributeKind>,
    pub(super) onward: u32,
}

/// How many credits.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Amount {
    /// None: an effect, or a number that is not published.
    None,
    /// This many.
    Exactly(Ratio),
    /// So many as are measured.
    Measured(Measured),
}

/// An amount that is measured.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Measured {
    pub(super) shape: Shape,
    pub(super) rounding: Option<Rounding>,
    pub(super) at_least: Option<Ratio>,
    pub(super) at_most: Option<Ratio>,
}

/// The amount before rounding.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Shape {
    /// `earns` for each `per` of a fact.
    Rate { earns: Ratio, per: Ratio, dim: Dim },
    /// `base` less `step` for each of a fact beyond `start`.
    Less { base: Ratio, step: Ratio, start: Ratio, dim: Dim },
    /// Measured in a way that is not compared; equal only to itself.
    Other(String),
}

/// What the transcript shows.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Shown {
    pub(super) what: Shows,
    pub(super) counts_as: Option<CountsAs>,
    pub(super) outside_average: bool,
    pub(super) under_source_name: bool,
}

/// What the transcript shows.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Shows {
    Fixed(Value, Option<ScaleId>),
    Literal(Box<str>),
    Declared(ScaleId, u32),
    /// A fact of the achievement in this place, by a map where one is named, no better than a value.
    Carried(Option<Dim>, Option<ScaleId>, Option<Value>, Option<MapId>),
    /// Looked up in a table, which is not compared; equal only to itself.
    Looked(String),
}

impl Measured {
    /// The amount for a value of what is measured.
    pub(super) fn at(&self, value: Value) -> Option<Ratio> {
        let count = match value {
            Value::Number(number) => number,
            Value::Months(number) | Value::Days(number) | Value::Rank(number) => Ratio::from(number),
            _ => Ratio::ZERO,
        };
        let raw = match &self.shape {
            Shape::Rate { earns, per, .. } => count.checked_mul(*earns).ok()?.checked_div(*per).ok()?,
            Shape::Less { base, step, start, .. } => {
                let beyond = count.checked_sub(*start).ok()?.max(Ratio::ZERO);
                base.checked_sub(beyond.checked_mul(*step).ok()?).ok()?.max(Ratio::ZERO)
            }
            Shape::Other(_) => return None,
        };
        let rounded = self.rounding.map_or(Ok(raw), |rounding| rounding.apply(raw)).ok()?;
        let raised = self.at_least.map_or(rounded, |least| rounded.max(least));
        Some(self.at_most.map_or(raised, |most| raised.min(most)))
    }

    /// What is measured.
    pub(super) const fn dim(&self) -> Option<Dim> {
        match &self.shape {
            Shape::Rate { dim, .. } | Shape::Less { dim, .. } => Some(*dim),
            Shape::Other(_) => None,
        }
    }
}

/// What a rule gives for the goal of the scene: where, and what; nothing where it does not apply or is not established.
pub(super) fn given(
    scene: &mut Scene<'_>,
    rule: &Rule,
    places: &[u32],
) -> Result<Vec<(Form, Answered)>, Reason> {
    let onward = rule.convert_again;
    let mark = rule.mark.as_ref().map(|mark| shown(scene, mark, places));
    let grant = |effect, amount, unit, published| {
        let (mark, attributes) = (mark.clone(), Vec::new());
        Answered::Grant(Box::new(Grant { effect, amount, unit, published, mark, attributes, onward }))
    };
    let found = match &rule.gives {
        Gives::Effect(effect) => {
            vec![(Form::TRUE, grant(Some(effect.clone()), Amount::None, None, true))]
        }
        Gives::Answer(answer) => vec![(Form::TRUE, answered(answer))],
        Gives::Credit(amount) => {
            let unit = unit(scene, amount);
            let mut cells = Vec::new();
            for (here, factor) in ways(scene, amount, places, &mut cells) {
                piece(scene, rule, amount, (&amount.piece, factor), places, here, false, &mut cells)?;
            }
            let of = |(form, says)| match says {
                Says::Amount(Amount::None) => (form, grant(None, Amount::None, None, false)),
                Says::Amount(amount) => (form, grant(None, amount, unit, true)),
                Says::Answer(answer) => (form, answer),
            };
            cells.into_iter().map(of).collect()
        }
    };
    Ok(carried(scene, rule, places, found))
}

/// So many cells of one rule are told apart by what their grants carry.
const MOST_CELLS: usize = 256;

/// What is granted, with what it carries: split by each test of an attribute.
fn carried(
    scene: &mut Scene<'_>,
    rule: &Rule,
    places: &[u32],
    found: Vec<(Form, Answered)>,
) -> Vec<(Form, Answered)> {
    let mut found = found;
    for attribute in &rule.attributes {
        // So many cells tell nobody anything: what is carried is then not compared.
        if found.len() > MOST_CELLS {
            let open = |(form, answered)| (Form::All(vec![form, Form::Open(Reason::Amounts)]), answered);
            return found.into_iter().map(open).collect();
        }
        let always = attribute.guard == Cond::always();
        let here = super::condition::form(scene, &attribute.guard, places, None);
        let mut split = Vec::with_capacity(found.len() * 2);
        for (form, answered) in found {
            let Answered::Grant(grant) = answered else {
                split.push((form, answered));
                continue;
            };
            if !always {
                let elsewhere = here.clone().not(&scene.facts);
                let without = Answered::Grant(grant.clone());
                split.push((Form::All(vec![form.clone(), elsewhere]), without));
            }
            let mut grant = grant;
            grant.attributes.push(attribute.kind);
            grant.attributes.sort_unstable();
            grant.attributes.dedup();
            let here = if always { form } else { Form::All(vec![form, here.clone()]) };
            split.push((here, Answered::Grant(grant)));
        }
        found = split;
    }
    found
}

/// What a cell says.
enum Says {
    Amount(Amount),
    Answer(Answered),
}

fn answered(answer: &Answer) -> Answered {
    match answer {
        Answer::Refer(body, ..) => Answered::Referral(*body),
        Answer::Refuse(..) => Answered::Refusal,
    }
}

/// What an amount is multiplied by, and when: by 1 where it stays in its unit, else as the one way that holds on a day says. Where
/// what it becomes lies between two ends, a body decides, or there is no telling.
fn ways(
    scene: &mut Scene<'_>,
    amount: &AmountRule,
    places: &[u32],
    cells: &mut Vec<(Form, Says)>,
) -> Vec<(Form, Ratio)> {
    let Some(conversion) = &amount.conversion else { return vec![(Form::TRUE, Ratio::ONE)] };
    let mut ways = Vec::new();
    for way in &conversion.ways {
        let here = super::condition::form(scene, &way.guard, places, None);
        match conversion.refer {
            _ if way.least == way.most => ways.push((here, way.least)),
            Some(body) => cells.push((here, Says::Answer(Answered::Referral(body)))),
            None => {
                let shape = Shape::Other(format!("{:?}", amount.span));
                let measured = Measured { shape, rounding: None, at_least: None, at_most: None };
                let here = Form::All(vec![here, Form::Open(Reason::Amounts)]);
                cells.push((here, Says::Amount(Amount::Measured(measured))));
            }
        }
    }
    ways
}

#[allow(clippy::too_many_arguments, reason = "a piece in its rule, its amount and its cell")]
fn piece(
    scene: &mut Scene<'_>,
    rule: &Rule,
    amount: &AmountRule,
    (of, factor): (&Piece, Ratio),
    places: &[u32],
    here: Form,
    in_cell: bool,
    out: &mut Vec<(Form, Says)>,
) -> Result<(), Reason> {
    let finish = |raw| finish_amount(raw, amount).map_err(|_| Reason::Overflow);
    let constant = |raw: Ratio, out: &mut Vec<(Form, Says)>, here: Form| {
        if raw.is_zero() && in_cell {
            // A cell that says 0 refuses.
            out.push((here, Says::Answer(Answered::Refusal)));
            return Ok(());
        }
        let finished = finish(raw.checked_mul(factor).map_err(|_| Reason::Overflow)?)?;
        if finished.is_positive() {
            out.push((here, Says::Amount(Amount::Exactly(finished))));
        }
        Ok(())
    };
    let measured = |shape| Measured {
        shape,
        rounding: amount.rounding,
        at_least: amount.at_least,
        at_most: amount.at_most,
    };
    match of {
        Piece::Constant(raw) => constant(*raw, out, here),
        Piece::TargetCredits => match target_credits(scene, rule, amount)? {
            Some(raw) => constant(raw, out, here),
            None => {
                out.push((here, Says::Amount(Amount::None)));
                Ok(())
            }
        },
        Piece::Fact(subject) => {
            let (dim, shape) = rate(scene, *subject, places, factor, Ratio::ONE, of);
            push_measured(scene, measured(shape), dim, here, out);
            Ok(())
        }
        Piece::Rate { earns, per, measure } => {
            let subject = match measure {
                Measure::Fact(subject) => Some(*subject),
                Measure::Times => {
                    let fact = scene.graph.built_in().times;
                    fact.map(|fact| Subject { of: Holder::Each, fact })
                }
                Measure::Distinct(_) => None,
            };
            let (dim, shape) = match subject {
                Some(subject) => {
                    let earns = earns.checked_mul(factor).map_err(|_| Reason::Overflow)?;
                    rate(scene, subject, places, earns, *per, of)
                }
                None => (None, Shape::Other(format!("{of:?}"))),
            };
            push_measured(scene, measured(shape), dim, here, out);
            Ok(())
        }
        Piece::Less { base, step, fact, start } => {
            let base = match &**base {
                Piece::Constant(base) => Some(*base),
                Piece::TargetCredits => target_credits(scene, rule, amount)?,
                _ => None,
            };
            let dim = dim_of(scene, *fact, places);
            let shape = match (base, dim) {
                (Some(base), Some(dim)) => {
                    let times = |number: Ratio| number.checked_mul(factor).map_err(|_| Reason::Overflow);
                    Shape::Less { base: times(base)?, step: times(*step)?, start: *start, dim }
                }
                _ => Shape::Other(format!("{of:?}")),
            };
            push_measured(scene, measured(shape), dim, here, out);
            Ok(())
        }
        Piece::Whichever { amounts, greater } => {
            let mut chosen: Option<Ratio> = None;
            for part in amounts {
                let raw = match &part.piece {
                    Piece::Constant(raw) => Some(*raw),
                    Piece::TargetCredits => target_credits(scene, rule, part)?,
                    _ => None,
                };
                let Some(raw) = raw else {
                    // Amounts that are measured: which is the greater is not compared.
                    let shape = Shape::Other(format!("{of:?}"));
                    push_measured(scene, measured(shape), None, here, out);
                    return Ok(());
                };
                let raw = finish_amount(raw, part).map_err(|_| Reason::Overflow)?;
                chosen = Some(match chosen {
                    Some(so_far) if *greater => so_far.max(raw),
                    Some(so_far) => so_far.min(raw),
                    None => raw,
                });
            }
            constant(chosen.unwrap_or(Ratio::ZERO), out, here)
        }
        Piece::Table(table) => {
            let mut cells: Vec<Form> = Vec::with_capacity(table.cells.len());
            for cell in &table.cells {
                let mut tests = Vec::with_capacity(table.by.len());
                for ((subject, value_type), set) in table.by.iter().zip(&cell.sets) {
                    let atom = crate::model::AtomTest::In {
                        subject: *subject,
                        value_type: *value_type,
                        set: set.clone(),
                    };
                    tests.push(super::condition::single(scene, &atom, places));
                }
                cells.push(Form::All(tests));
            }
            let outside: Vec<Form> = cells.iter().map(|cell| cell.clone().not(&scene.facts)).collect();
            for (cell, fits) in table.cells.iter().zip(cells) {
                let here = Form::All(vec![here.clone(), fits]);
                match &cell.value {
                    CellValue::Amount(inner) => {
                        piece(scene, rule, amount, (inner, factor), places, here, true, out)?;
                    }
                    CellValue::NotHere | CellValue::Unpublished | CellValue::Mark(_) => {}
                    CellValue::Otherwise => otherwise(rule, here, out),
                }
            }
            // No cell: the rule's `otherwise` answers, or the rule does not apply.
            if rule.otherwise.is_some() {
                otherwise(rule, Form::All(vec![here, Form::All(outside)]), out);
            }
            Ok(())
        }
    }
}

fn otherwise(rule: &Rule, here: Form, out: &mut Vec<(Form, Says)>) {
    if let Some(answer) = &rule.otherwise {
        out.push((here, Says::Answer(answered(answer))));
    }
}

/// A measured amount, where it comes to something.
fn push_measured(
    scene: &Scene<'_>,
    measured: Measured,
    dim: Option<Dim>,
    here: Form,
    out: &mut Vec<(Form, Says)>,
) {
    let settled = dim.and_then(|dim| scene.facts.get(&dim)).and_then(|known| known.full.singleton());
    if let Some(amount) = settled.and_then(|value| measured.at(value)) {
        if amount.is_positive() {
            out.push((here, Says::Amount(Amount::Exactly(amount))));
        }
        return;
    }
    let positive = match (dim, positive(&measured)) {
        (Some(dim), Some(set)) => match scene.facts.get(&dim) {
            Some(known) => Form::test(dim, known, &set),
            None => Form::Open(Reason::Amounts),
        },
        _ => Form::Open(Reason::Amounts),
    };
    out.push((Form::All(vec![here, positive]), Says::Amount(Amount::Measured(measured))));
}

/// For which values an amount is more than nothing.
fn positive(measured: &Measured) -> Option<Set> {
    if measured.at_least.is_some_and(Ratio::is_positive) {
        // Whatever the fact is, and where it has no value at all.
        let axes = [
            crate::space::Axis::Number,
            crate::space::Axis::Months,
            crate::space::Axis::Days,
            crate::space::Axis::Rank,
        ];
        let all = axes.into_iter().fold(Set::none(), |all, axis| all.union(&Set::everything(axis)));
        return Some(all);
    }
    // The least raw amount that rounds to something, and whether it does itself.
    let (bound, itself) = match measured.rounding {
        None => (Ratio::ZERO, false),
        Some(Rounding { mode: Mode::Up, .. }) => (Ratio::ZERO, false),
        Some(Rounding { mode: Mode::Down, step }) => (step, true),
        Some(Rounding { mode: Mode::HalfUp, step }) => (step.checked_div(Ratio::from_int(2)).ok()?, true),
        Some(Rounding { mode: Mode::HalfDown, step }) => (step.checked_div(Ratio::from_int(2)).ok()?, false),
    };
    let above = |value: Ratio, itself: bool| {
        let number = Value::Number(value);
        let numbers = if itself { Set::at_least(number) } else { Set::more_than(number) };
        lengths(numbers, value, itself, true)
    };
    let below = |value: Ratio, itself: bool| {
        let number = Value::Number(value);
        let numbers = if itself { Set::at_most(number) } else { Set::less_than(number) };
        lengths(numbers, value, itself, false)
    };
    match &measured.shape {
        Shape::Rate { earns, per, .. } => {
            if !earns.is_positive() || !per.is_positive() {
                return None;
            }
            Some(above(bound.checked_mul(*per).ok()?.checked_div(*earns).ok()?, itself))
        }
        Shape::Less { base, step, start, .. } => {
            if !step.is_positive() {
                return None;
            }
            let left = base.checked_sub(bound).ok()?;
            if left.is_negative() || (left.is_zero() && !itself) {
                return Some(Set::empty());
            }
            let last = start.checked_add(left.checked_div(*step).ok()?).ok()?;
            // A fact without a value takes nothing away.
            Some(below(last, itself).union(&Set::none()))
        }
        Shape::Other(_) => None,
    }
}

/// The same bound for lengths and ranks, which are counted as numbers.
fn lengths(numbers: Set, value: Ratio, itself: bool, above: bool) -> Set {
    let Ok(floor) = value.floor_to(Ratio::ONE) else { return numbers };
    let whole = value == floor;
    let Some(floor) = floor.to_int() else { return numbers };
    // Above: the first whole number that counts; below: the last.
    let bound = match (above, whole, itself) {
        (true, true, true) | (false, true, true) | (false, false, _) => floor,
        (true, _, _) => floor.saturating_add(1),
        (false, true, false) => floor.saturating_sub(1),
    };
    let Ok(bound) = u32::try_from(bound.max(0)) else { return numbers };
    let of = |value: Value| if above { Set::at_least(value) } else { Set::at_most(value) };
    numbers.union(&of(Value::Months(bound))).union(&of(Value::Days(bound))).union(&of(Value::Rank(bound)))
}

fn rate(
    scene: &mut Scene<'_>,
    subject: Subject,
    places: &[u32],
    earns: Ratio,
    per: Ratio,
    of: &Piece,
) -> (Option<Dim>, Shape) {
    match dim_of(scene, subject, places).filter(|dim| !scene.is_worked_out(*dim)) {
        Some(dim) => (Some(dim), Shape::Rate { earns, per, dim }),
        None => (None, Shape::Other(format!("{of:?}"))),
    }
}

/// The one fact that a subject means where it is read as a number; nothing where it is several, or the target's.
fn dim_of(scene: &mut Scene<'_>, subject: Subject, places: &[u32]) -> Option<Dim> {
    let whose = match (subject.of, places) {
        (Holder::Source(slot), _) => Whose::Held(*places.get(slot as usize)?),
        (Holder::Each | Holder::Some | Holder::Itself | Holder::Total, [place]) => Whose::Held(*place),
        (Holder::Learner, _) => Whose::Learner,
        (Holder::Plan, _) => Whose::Plan,
        (
            Holder::Each
            | Holder::Some
            | Holder::Itself
            | Holder::Total
            | Holder::Lowest
            | Holder::Latest
            | Holder::Target
            | Holder::Request,
            _,
        ) => return None,
    };
    let value_type = declared(scene, whose, subject);
    Some(scene.dim(whose, subject.fact, value_type))
}

/// The type under which a fact is declared.
fn declared(scene: &Scene<'_>, whose: Whose, subject: Subject) -> ValueType {
    let model = scene.model();
    let uses = match whose {
        Whose::Held(place) => scene
            .sources
            .get(place as usize)
            .and_then(|source| source.kind(model))
            .and_then(|kind| model.kinds.get(kind.index()))
            .map_or(&[][..], |kind| &kind.facts),
        Whose::Learner => &model.learner,
        Whose::Plan => &model.plan,
        Whose::Request => &model.request,
        Whose::Record => &[],
    };
    let of = uses.iter().find(|of| of.fact == subject.fact);
    of.and_then(|of| of.domains.first()).map_or(ValueType::Number, |typed| typed.value_type)
}

/// The credits of the target, or of all targets where one amount covers them; nothing where they are not published.
fn target_credits(scene: &Scene<'_>, rule: &Rule, amount: &AmountRule) -> Result<Option<Ratio>, Reason> {
    let goals = if amount.in_total { goals_of(rule) } else { vec![scene.goal] };
    let mut sum = Ratio::ZERO;
    for goal in goals {
        let Goal::Outcome(outcome) = goal else { continue };
        match scene.model().outcomes.get(outcome.index()).map(|outcome| outcome.credits) {
            Some(Credits::Amount(credits, _)) => {
                sum = sum.checked_add(credits).map_err(|_| Reason::Overflow)?;
            }
            Some(Credits::Unpublished | Credits::Unstated) | None => return Ok(None),
        }
    }
    Ok(Some(sum))
}

fn unit(scene: &Scene<'_>, amount: &AmountRule) -> Option<UnitId> {
    amount.unit.or_else(|| match scene.goal {
        Goal::Outcome(outcome) => match scene.model().outcomes.get(outcome.index())?.credits {
            Credits::Amount(_, unit) => Some(unit),
            Credits::Unpublished | Credits::Unstated => None,
        },
        Goal::Deposit(_) | Goal::Block(_) => None,
    })
}

fn shown(scene: &mut Scene<'_>, mark: &Mark, places: &[u32]) -> Shown {
    let what = match &mark.kind {
        MarkKind::Fixed(value, scale) => Shows::Fixed(*value, *scale),
        MarkKind::Literal(text) => Shows::Literal(text.clone()),
        MarkKind::Declared(scale, place) => Shows::Declared(*scale, *place),
        MarkKind::Table(lookup, _) => Shows::Looked(format!("{:?}", lookup.span)),
        MarkKind::Carried(subject, scale, map) => {
            let place = match subject.of {
                Holder::Source(slot) => places.get(slot as usize),
                _ => places.first(),
            };
            let dim = place.map(|place| {
                let value_type =
                    scale.map_or_else(|| declared(scene, Whose::Held(*place), *subject), ValueType::Scale);
                scene.dim(Whose::Held(*place), subject.fact, value_type)
            });
            Shows::Carried(dim, *scale, mark.at_most, *map)
        }
    };
    Shown {
        what,
        counts_as: mark.counts_as.clone(),
        outside_average: mark.outside_average,
        under_source_name: mark.under_source_name,
    }
}

/// How two answers compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Compared {
    /// They are the same wherever both are given.
    Same,
    /// They differ wherever both are given.
    Different,
    /// It depends on values.
    Depends,
}

/// Compares two answers.
pub(super) fn compare(one: &Answered, other: &Answered) -> Compared {
    if one == other {
        return Compared::Same;
    }
    let (Answered::Grant(ours), Answered::Grant(theirs)) = (one, other) else { return Compared::Different };
    if ours.effect != theirs.effect
        || ours.unit != theirs.unit
        || ours.published != theirs.published
        || ours.attributes != theirs.attributes
        || ours.onward != theirs.onward
    {
        return Compared::Different;
    }
    let amounts = match (&ours.amount, &theirs.amount) {
        (Amount::Measured(_), Amount::Measured(_) | Amount::Exactly(_))
        | (Amount::Exactly(_), Amount::Measured(_)) => {
            if ours.amount == theirs.amount {
                Compared::Same
            } else {
                Compared::Depends
            }
        }
        (ours, theirs) if ours == theirs => Compared::Same,
        _ => Compared::Different,
    };
    let marks = match (&ours.mark, &theirs.mark) {
        (ours, theirs) if ours == theirs => Compared::Same,
        (Some(ours), Some(theirs))
            if (ours.counts_as.as_ref(), ours.outside_average, ours.under_source_name)
                == (theirs.counts_as.as_ref(), theirs.outside_average, theirs.under_source_name) =>
        {
            match (&ours.what, &theirs.what) {
                (Shows::Looked(_), _) | (_, Shows::Looked(_)) => Compared::Depends,
                (Shows::Carried(_, ours, ..), Shows::Carried(_, theirs, ..)) if ours == theirs => {
                    Compared::Depends
                }
                _ => Compared::Different,
            }
        }
        _ => Compared::Different,
    };
    match (amounts, marks) {
        (Compared::Different, _) | (_, Compared::Different) => Compared::Different,
        (Compared::Same, Compared::Same) => Compared::Same,
        _ => Compared::Depends,
    }
}

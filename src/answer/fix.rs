//! What would have to change for a condition to hold: the least change of each fact that stands in the way.
//!
//! Only what is false is changed, never to a worse value on its scale, and never a fact that cannot change: a past date, what the
//! catalogue says, what its declaration calls fixed.

use crate::evaluate::{
    About, Asked, HeldId, Owner, Reader, Sink, Status, different, domain_of, falling, lacking, least, meant,
    quietly, seen,
};
use crate::model::{
    Atom, AtomTest, ClassId, Cond, Covers, FactId, Holder, Holds, Lasting, Order, Role, SourceSlot, Subject,
    Take, ValueType,
};
use crate::quantity::{Overflow, Ratio};
use crate::space::{Domain, End, Set, State, Value};

use super::Change;
use super::nearest::missing;

/// So many alternatives are followed; beyond, the answer names these.
const MOST_ALTERNATIVES: usize = 24;

/// The alternatives of changes that make a condition hold; the empty change where nothing is in the way, none where nothing helps.
pub(super) fn fixes(
    reader: &Reader<'_>,
    about: About<'_>,
    cond: &Cond,
) -> Result<Vec<Vec<Change>>, Overflow> {
    if !quietly(reader, about, cond)?.is_false() {
        return Ok(vec![Vec::new()]);
    }
    match cond {
        Cond::All(parts) => {
            let mut all = vec![Vec::new()];
            for part in parts {
                all = join(&all, &fixes(reader, about, part)?);
            }
            Ok(all)
        }
        Cond::Any(parts) => {
            let mut any = Vec::new();
            for part in parts {
                any.extend(fixes(reader, about, part)?);
            }
            any.truncate(MOST_ALTERNATIVES);
            Ok(any)
        }
        Cond::Atom(atom) => fix(reader, about, atom),
    }
}

/// Every alternative of the one together with every one of the other.
pub(super) fn join(one: &[Vec<Change>], other: &[Vec<Change>]) -> Vec<Vec<Change>> {
    let mut joined = Vec::new();
    for ours in one {
        for theirs in other {
            if joined.len() == MOST_ALTERNATIVES {
                return joined;
            }
            joined.extend(together(ours, theirs));
        }
    }
    joined
}

/// Two changes at once; of one fact, the value that both allow.
fn together(ours: &[Change], theirs: &[Change]) -> Option<Vec<Change>> {
    let mut all = ours.to_vec();
    for change in theirs {
        let Change::Fact { of, fact, from, allowed, .. } = change else {
            if !all.contains(change) {
                all.push(change.clone());
            }
            continue;
        };
        let same = all
            .iter_mut()
            .find(|other| matches!(other, Change::Fact { of: o, fact: f, .. } if o == of && f == fact));
        match same {
            Some(Change::Fact { to, allowed: both, .. }) => {
                let meet = both.intersect(allowed);
                let nearest = |value: Value| meet.contains(value).then_some(value);
                let Change::Fact { to: theirs_to, .. } = change else { return None };
                *to = nearest(*to).or_else(|| nearest(*theirs_to)).or_else(|| first_of(&meet, from))?;
                *both = meet;
            }
            _ => all.push(change.clone()),
        }
    }
    Some(all)
}

fn first_of(set: &Set, _from: &State) -> Option<Value> {
    match set.least()? {
        End::Closed(value) => Some(value),
        End::Open(_) | End::Unbounded => None,
    }
}

/// So many achievements that do not count are looked at for what is to be covered.
const MOST_COUNTED: u32 = 6;

/// What is taught is not the learner's to change, but whether it counts may be (`where result >= 50%`): the fewest achievements that
/// would have to count for enough to be covered.
fn counting(reader: &Reader<'_>, about: About<'_>, wanted: &Covers) -> Result<Vec<Vec<Change>>, Overflow> {
    let Some(only) = wanted.only.as_ref().filter(|_| !wanted.negated) else { return Ok(Vec::new()) };
    let mut failing: Vec<(HeldId, Vec<Vec<Change>>)> = Vec::new();
    for held in about.sure.iter().flatten() {
        let itself = About { itself: Some(Owner::Held(*held)), ..about };
        if quietly(reader, itself, only)?.is_false() {
            failing.push((*held, fixes(reader, itself, only)?));
        }
    }
    let count = u32::try_from(failing.len()).unwrap_or(u32::MAX);
    if count == 0 || count > MOST_COUNTED {
        return Ok(Vec::new());
    }
    let whole = AtomTest::Covers(Box::new(Covers { only: None, ..wanted.clone() }));
    let whole = Cond::Atom(Box::new(Atom { test: whole, role: Role::Condition, lines: Vec::new() }));
    let mut choices: Vec<u32> = (1..1 << count).collect();
    choices.sort_by_key(|choice| (choice.count_ones(), *choice));
    let (mut enough, mut all): (Vec<u32>, Vec<Vec<Change>>) = (Vec::new(), Vec::new());
    for choice in choices {
        if enough.iter().any(|fewer| fewer & choice == *fewer) {
            continue;
        }
        let left_out = |held: &HeldId| {
            (0u32..).zip(&failing).any(|(at, (failing, _))| failing == held && choice & (1 << at) == 0)
        };
        let counts = |slot: &Vec<HeldId>| slot.iter().copied().filter(|held| !left_out(held)).collect();
        let sure: Vec<Vec<HeldId>> = about.sure.iter().map(counts).collect();
        if quietly(reader, About { sure: &sure, ..about }, &whole)?.is_true() {
            enough.push(choice);
            let chosen = (0u32..).zip(&failing).filter(|(at, _)| choice & (1 << at) != 0);
            all.extend(chosen.fold(vec![Vec::new()], |so_far, (_, (_, fixes))| join(&so_far, fixes)));
        }
    }
    all.truncate(MOST_ALTERNATIVES);
    Ok(all)
}

fn fix(reader: &Reader<'_>, about: About<'_>, atom: &Atom) -> Result<Vec<Vec<Change>>, Overflow> {
    if atom.role == Role::Window {
        return Ok(Vec::new());
    }
    let (subject, value_type) = match &atom.test {
        AtomTest::In { subject, value_type, .. }
        | AtomTest::Target { subject, value_type, .. }
        | AtomTest::Differ { subject, value_type, .. } => (*subject, *value_type),
        // A date that is past stays as it is.
        AtomTest::Dates { .. } | AtomTest::Within { .. } => return Ok(Vec::new()),
        AtomTest::Covers(wanted) => return counting(reader, about, wanted),
        // At which level something is taught is not the learner's to change.
        AtomTest::Level(_) => return Ok(Vec::new()),
        AtomTest::Holds(wanted) => return Ok(add_held(reader, wanted)),
        AtomTest::Lasting(wanted) => return longer(reader, wanted),
    };
    let (mut all, mut any) = (vec![Vec::new()], Vec::new());
    for owner in owners(about, subject) {
        let seen_now = seen(reader, about, owner, subject.fact, Some(value_type))?;
        let allowed = match &atom.test {
            AtomTest::In { set, .. } => set.clone(),
            AtomTest::Target { target, relation, falling, negated, .. } => {
                let Some(outcome) = about.target else { return Ok(Vec::new()) };
                let theirs = reader.state(Owner::Target(outcome), *target, Some(value_type));
                let Some(value) = theirs.state.value() else { return Ok(Vec::new()) };
                let set = compared(value, *relation, *falling);
                if *negated { Set::everything(value.axis()).minus(&set).union(&Set::none()) } else { set }
            }
            AtomTest::Differ { target, most, negated, .. } => {
                let Some(outcome) = about.target else { return Ok(Vec::new()) };
                let theirs = reader.state(Owner::Target(outcome), *target, Some(value_type));
                let Some(Value::Number(value)) = theirs.state.value() else { return Ok(Vec::new()) };
                let ends = (value.checked_sub(*most)?, value.checked_add(*most)?);
                let set = Set::between(Value::Number(ends.0), Value::Number(ends.1));
                if *negated { Set::everything(crate::space::Axis::Number).minus(&set) } else { set }
            }
            _ => return Ok(Vec::new()),
        };
        if !seen_now.state.test(&allowed).is_false() {
            continue;
        }
        let changed = change(reader, owner, subject.fact, value_type, &seen_now.state, &allowed);
        let changed: Vec<Vec<Change>> = changed.into_iter().map(|change| vec![change]).collect();
        // Of several of which one is to pass, any change of one will do.
        if subject.of == Holder::Some {
            any.extend(changed);
        } else {
            all = join(&all, &changed);
        }
    }
    if subject.of == Holder::Some {
        return Ok(any);
    }
    Ok(all)
}

fn owners(about: About<'_>, subject: Subject) -> Vec<Owner> {
    match subject.of {
        Holder::Source(slot) => {
            about.sure.get(slot as usize).into_iter().flatten().map(|held| Owner::Held(*held)).collect()
        }
        Holder::Each | Holder::Some | Holder::Lowest => {
            about.sure.iter().flatten().map(|held| Owner::Held(*held)).collect()
        }
        Holder::Learner => vec![Owner::Learner],
        Holder::Plan => vec![Owner::Plan],
        Holder::Itself => about.itself.into_iter().collect(),
        // The target and the day are what they are; a sum is no single fact to change.
        Holder::Target => about.target.map(Owner::Target).into_iter().collect(),
        Holder::Request => vec![Owner::Request],
        Holder::Total => vec![Owner::Total],
        Holder::Latest => vec![Owner::Latest],
    }
}

/// The values that compare so with one value.
fn compared(value: Value, relation: Order, falling: bool) -> Set {
    match (relation, falling) {
        (Order::Same, _) => Set::one(value),
        (Order::Different, _) => Set::everything(value.axis()).minus(&Set::one(value)),
        (Order::AtLeast, false) | (Order::AtMost, true) => Set::at_least(value),
        (Order::AtMost, false) | (Order::AtLeast, true) => Set::at_most(value),
        (Order::Over, false) | (Order::Under, true) => Set::more_than(value),
        (Order::Under, false) | (Order::Over, true) => Set::less_than(value),
    }
}

/// The change of one fact to its nearest allowed value, if the fact can change at all and some value will do.
pub(super) fn change(
    reader: &Reader<'_>,
    owner: Owner,
    fact: FactId,
    value_type: ValueType,
    now: &State,
    allowed: &Set,
) -> Option<Change> {
    let declared = reader.declared(owner, fact);
    let domain = declared.map_or_else(|| reader.open_domain(Some(value_type)), domain_of);
    let allowed = domain.snap(allowed);
    let is_falling = falling(reader, Some(value_type));
    let to = nearest(now, &allowed, &domain, value_type, is_falling)?;
    Some(Change::Fact {
        of: owner,
        fact,
        value_type,
        from: now.clone(),
        to,
        allowed,
        learner_can_change: can_change(reader, owner, fact, value_type),
    })
}

/// Whether a learner can change a fact: not a date, not what the catalogue says, not what is declared fixed.
fn can_change(reader: &Reader<'_>, owner: Owner, fact: FactId, value_type: ValueType) -> bool {
    let catalogue = match owner {
        Owner::Held(held) => reader
            .held(held)
            .and_then(|held| reader.graph.model().outcomes.get(held.outcome?.index()))
            .is_some_and(|outcome| outcome.given.iter().any(|(given, _)| *given == fact)),
        Owner::Learner | Owner::Plan => false,
        Owner::Target(_)
        | Owner::Request
        | Owner::Total
        | Owner::Lowest
        | Owner::Latest
        | Owner::Unlisted(_) => true,
    };
    let built_in = reader.graph.built_in();
    let of_catalogue = [
        built_in.credits,
        built_in.issuer,
        built_in.level,
        built_in.outcome,
        built_in.name,
        built_in.steps,
        built_in.origin,
    ];
    let declared = reader.declared(owner, fact);
    let fixed = declared.map_or_else(|| of_catalogue.contains(&Some(fact)), |of| of.fixed);
    !catalogue && !fixed && value_type != ValueType::Date
}

/// The nearest allowed value that is not worse: the next better one on a scale or an ordered list, the closest plain number, the
/// first of an unordered list.
fn nearest(
    now: &State,
    allowed: &Set,
    domain: &Domain,
    value_type: ValueType,
    falling: bool,
) -> Option<Value> {
    let none_is_all = || allowed.has_none().then_some(Value::None);
    let closed = |end: Option<End>| match end {
        Some(End::Closed(value)) => Some(value),
        _ => None,
    };
    let better_is_meant = matches!(value_type, ValueType::Scale(_) | ValueType::Level(_))
        || (matches!(value_type, ValueType::List(_)) && domain.is_ordered());
    let current = now.to_set().minus(&Set::none());
    let (least, greatest) = (closed(current.least()), closed(current.greatest()));
    let above = |from: Option<Value>| {
        let rest =
            from.map_or_else(|| allowed.minus(&Set::none()), |from| allowed.intersect(&Set::more_than(from)));
        closed(rest.least()).or_else(|| from.and_then(|from| next_in(&rest, from)))
    };
    let below = |from: Option<Value>| {
        let rest =
            from.map_or_else(|| allowed.minus(&Set::none()), |from| allowed.intersect(&Set::less_than(from)));
        closed(rest.greatest())
    };
    let value = if !domain.is_ordered() {
        closed(allowed.minus(&Set::none()).least())
    } else if better_is_meant {
        if falling { below(least) } else { above(greatest) }
    } else {
        match (above(greatest), below(least)) {
            (Some(up), Some(down)) => {
                let distance = |one: Value, other: Option<Value>| match (one, other) {
                    (Value::Number(one), Some(Value::Number(other))) => {
                        one.checked_sub(other).and_then(Ratio::checked_abs).ok()
                    }
                    _ => None,
                };
                if distance(down, least) <= distance(up, greatest) { Some(down) } else { Some(up) }
            }
            (up, down) => up.or(down),
        }
    };
    value.or_else(none_is_all)
}

/// The first value after an open end, where values have neighbours.
fn next_in(rest: &Set, _from: Value) -> Option<Value> {
    match rest.least()? {
        End::Open(Value::Number(at)) => {
            at.checked_add(Ratio::ONE).ok().map(Value::Number).filter(|value| rest.contains(*value))
        }
        _ => None,
    }
}

/// How much longer spells would have to last: each part that lacks days names them.
fn longer(reader: &Reader<'_>, wanted: &Lasting) -> Result<Vec<Vec<Change>>, Overflow> {
    if wanted.negated {
        return Ok(Vec::new());
    }
    let lacking = lacking(reader, wanted)?;
    let classes: Vec<ClassId> = wanted.of.iter().map(|item| item.class).collect();
    let change = |(part, days): (usize, u32)| Change::Longer {
        classes: classes.clone(),
        part: u32::try_from(part).unwrap_or(u32::MAX),
        days,
    };
    Ok(if lacking.is_empty() { Vec::new() } else { vec![lacking.into_iter().map(change).collect()] })
}

/// What would have to be held besides.
fn add_held(reader: &Reader<'_>, wanted: &Holds) -> Vec<Vec<Change>> {
    if wanted.negated {
        return Vec::new();
    }
    let mut alternatives = Vec::new();
    // What was begun too early is begun once more.
    if wanted.after.is_some() {
        let of = |parts: &Vec<SourceSlot>| {
            parts.iter().map(|part| missing(reader, None, part, least(part.take))).collect()
        };
        return wanted.alternatives.iter().map(of).collect();
    }
    for parts in &wanted.alternatives {
        let mut changes = Vec::new();
        for part in parts {
            let needed = match part.take {
                Take::Exactly(number) => number,
                Take::One | Take::UpTo(_) | Take::Together | Take::Credits(_) => 1,
            };
            // A withdrawn achievement is not held, and two of one outcome are one.
            let held = reader.record.held.iter().zip(0u32..).filter(|(held, place)| {
                let nothing = &mut ();
                let mut quiet = Sink::new(nothing, Asked::Rule(crate::model::RuleId(0)));
                let of = meant(reader, part, HeldId(*place), &mut quiet);
                held.status != Status::Withdrawn && of.is_ok_and(|of| !of.truth.is_false())
            });
            let mut different: Vec<_> =
                held.map(|(_, place)| different(reader, part.bind, HeldId(place))).collect();
            different.sort_unstable();
            different.dedup();
            let have = u32::try_from(different.len()).unwrap_or(u32::MAX);
            if have < needed {
                changes.push(missing(reader, None, part, needed - have));
            }
        }
        if !changes.is_empty() {
            alternatives.push(changes);
        }
    }
    alternatives
}

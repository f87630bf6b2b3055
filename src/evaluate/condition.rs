//! Conditions in three-valued logic: what is unknown decides nothing, and what decides without it is decided.
//!
//! Each unknown answer carries the facts that could still decide it, and each false one the reason for which it is false; those of
//! parts that turn out not to matter are dropped on the way up.

use crate::model::{Atom, AtomTest, Cond, FactId, Holder, Reason, Role, ScaleShape, Subject, ValueType};
use crate::quantity::{Overflow, Ratio};
use crate::space::{Set, State, Truth, Value};

use super::compare::{differ, numbers, relate, within};
use super::facts::{Reader, Seen};
use super::membership::holds;
use super::{Asked, HeldId, Owner, Slot, Step, Trace, What};

/// A fact that could still matter.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Open {
    pub(crate) of: Owner,
    pub(crate) fact: FactId,
    pub(crate) value_type: ValueType,
    pub(crate) known: State,
    pub(crate) unpublished: bool,
    /// Whether it is known as far as it can be, and a judge has to say the rest.
    pub(crate) judgement: bool,
}

/// What a condition is about: the achievements in each slot, the target, and the holder of a bracket.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct About<'a> {
    pub(crate) sure: &'a [Vec<HeldId>],
    pub(crate) possible: &'a [Vec<HeldId>],
    pub(crate) target: Option<crate::model::OutcomeId>,
    pub(crate) itself: Option<Owner>,
}

/// Where the by-products of an evaluation go.
#[derive(Debug)]
pub(crate) struct Sink<'t, T> {
    pub(crate) trace: &'t mut T,
    pub(crate) asked: Asked,
    pub(crate) open: Vec<Open>,
    pub(crate) failed: Vec<Reason>,
}

impl<'t, T: Trace> Sink<'t, T> {
    pub(crate) fn new(trace: &'t mut T, asked: Asked) -> Sink<'t, T> {
        Sink { trace, asked, open: Vec::new(), failed: Vec::new() }
    }

    pub(crate) fn step(
        &mut self,
        slot: Slot,
        what: impl FnOnce() -> What,
        truth: Truth,
        lines: &[crate::source::Span],
    ) {
        let asked = self.asked;
        self.trace.step(|| Step { rule: asked, slot, what: what(), truth, lines: lines.to_vec() });
    }

    pub(crate) fn ask(&mut self, open: Open) {
        if !self.open.contains(&open) {
            self.open.push(open);
        }
    }
}

/// A condition over one holder alone, of which nobody asks why.
pub(crate) fn alone(reader: &Reader<'_>, of: Owner, cond: &Cond) -> Truth {
    let about = About { itself: Some(of), ..About::default() };
    let nothing = &mut ();
    let mut sink = Sink::new(nothing, Asked::Rule(crate::model::RuleId(0)));
    truth(reader, about, cond, &mut sink).unwrap_or(Truth::Unknown)
}

/// Whether a condition holds, where nobody asks why.
pub(crate) fn quietly(reader: &Reader<'_>, about: About<'_>, cond: &Cond) -> Result<Truth, Overflow> {
    let nothing = &mut ();
    truth(reader, about, cond, &mut Sink::new(nothing, Asked::Rule(crate::model::RuleId(0))))
}

/// Whether a condition holds.
pub(crate) fn truth<T: Trace>(
    reader: &Reader<'_>,
    about: About<'_>,
    cond: &Cond,
    sink: &mut Sink<'_, T>,
) -> Result<Truth, Overflow> {
    let (open, failed) = (sink.open.len(), sink.failed.len());
    let answer = match cond {
        Cond::All(parts) => parts
            .iter()
            .try_fold(Truth::True, |so_far, part| Ok(so_far.and(truth(reader, about, part, sink)?)))?,
        Cond::Any(parts) => parts
            .iter()
            .try_fold(Truth::False, |so_far, part| Ok(so_far.or(truth(reader, about, part, sink)?)))?,
        Cond::Atom(test) if test.role == Role::Twin => {
            let nothing = &mut ();
            let mut quiet = Sink::new(nothing, sink.asked);
            let answer = atom(reader, about, test, &mut quiet)?;
            let Sink { open, failed, .. } = quiet;
            open.into_iter().for_each(|open| sink.ask(open));
            sink.failed.extend(failed);
            answer
        }
        Cond::Atom(test) => atom(reader, about, test, sink)?,
    };
    if !answer.is_unknown() {
        sink.open.truncate(open);
    }
    if !answer.is_false() {
        sink.failed.truncate(failed);
    }
    Ok(answer)
}

/// Whose facts a subject reads; several for `each`.
pub(super) fn owners(about: About<'_>, holder: Holder) -> Vec<Owner> {
    let all = |slots: &[Vec<HeldId>]| slots.iter().flatten().copied().map(Owner::Held).collect::<Vec<_>>();
    match holder {
        Holder::Source(slot) => {
            let slot = slot as usize;
            let held = about.sure.get(slot).into_iter().flatten().copied();
            held.map(Owner::Held).collect()
        }
        Holder::Each | Holder::Some => all(about.sure),
        Holder::Total => vec![Owner::Total],
        Holder::Lowest => vec![Owner::Lowest],
        Holder::Latest => vec![Owner::Latest],
        Holder::Target => about.target.map(Owner::Target).into_iter().collect(),
        Holder::Learner => vec![Owner::Learner],
        Holder::Plan => vec![Owner::Plan],
        Holder::Request => vec![Owner::Request],
        Holder::Itself => about.itself.into_iter().collect(),
    }
}

/// The state of a subject: one holder's fact, or a sum, worst or latest over the achievements of the claim.
pub(crate) fn seen<'a>(
    reader: &Reader<'a>,
    about: About<'_>,
    owner: Owner,
    fact: FactId,
    value_type: Option<ValueType>,
) -> Result<Seen<'a>, Overflow> {
    let reader = reader.toward(about.target.or(reader.toward));
    let read = |owner: Owner| {
        if let Some((of, made)) =
            reader.declared(owner, fact).and_then(|of| Some((of, of.worked_out.as_ref()?)))
        {
            super::worked_out::state(&reader, owner, made, &super::facts::domain_of(of))?;
        }
        Ok(reader.state(owner, fact, value_type))
    };
    if !matches!(owner, Owner::Total | Owner::Lowest | Owner::Latest) {
        return read(owner);
    }
    let all = |held: &[Vec<HeldId>]| {
        held.iter()
            .flatten()
            .map(|held| read(Owner::Held(*held)))
            .collect::<Result<Vec<Seen<'a>>, Overflow>>()
    };
    let (sure, possible) = (all(about.sure)?, all(about.possible)?);
    let unpublished = sure.iter().chain(&possible).any(|seen| seen.unpublished);
    let state = match owner {
        Owner::Total => {
            let (mut least, mut most) = (Ratio::ZERO, Some(Ratio::ZERO));
            for (seen, is_sure) in
                sure.iter().map(|seen| (seen, true)).chain(possible.iter().map(|seen| (seen, false)))
            {
                let (low, high) = numbers(&seen.state).unwrap_or((Ratio::ZERO, Some(Ratio::ZERO)));
                if is_sure {
                    least = least.checked_add(low)?;
                }
                most = match (most, high) {
                    (Some(most), Some(high)) => Some(most.checked_add(high)?),
                    _ => None,
                };
            }
            // Where none is sure, at least one of the others counts, or there is no claim.
            if sure.is_empty() {
                let lows = possible.iter().filter_map(|seen| numbers(&seen.state)).map(|(low, _)| low);
                least = lows.min().unwrap_or(least);
            }
            let least = Value::Number(least);
            match most {
                Some(most) => State::interval(least, Value::Number(most)),
                None => State::of(Set::at_least(least)),
            }
        }
        _ => {
            let latest = owner == Owner::Latest || falling(&reader, value_type);
            let sets = |seen: &[Seen<'a>]| seen.iter().map(|seen| seen.state.to_set()).collect::<Vec<Set>>();
            extreme(&sets(&sure), &sets(&possible), latest)
        }
    };
    Ok(Seen { state: std::borrow::Cow::Owned(state.unwrap_or(State::known(Value::None))), unpublished })
}

/// The least (or greatest) of several values of which only sets are known: all that some choice of values makes it. Of an
/// achievement that is only possible it may be the value, and it binds nothing.
fn extreme(sure: &[Set], possible: &[Set], greatest: bool) -> Option<State> {
    if sure.iter().chain(possible).any(Set::has_none) {
        return Some(State::known(Value::None));
    }
    let union = sure.iter().chain(possible).fold(Set::empty(), |union, set| union.union(set));
    // The least of all is at most the greatest value of each set, and the greatest at least the least value of each.
    let bounded = sure.iter().fold(union, |rest, set| {
        let bound = if greatest { set.least() } else { set.greatest() };
        match bound {
            Some(crate::space::End::Closed(value) | crate::space::End::Open(value)) => {
                rest.intersect(&if greatest { Set::at_least(value) } else { Set::at_most(value) })
            }
            _ => rest,
        }
    });
    State::of(bounded)
}

/// Whether on this type the smaller number is the better one.
pub(crate) fn falling(reader: &Reader<'_>, value_type: Option<ValueType>) -> bool {
    let Some(ValueType::Scale(scale)) = value_type else { return false };
    let scale = reader.graph.model().scales.get(scale.index());
    matches!(scale.map(|scale| &scale.shape), Some(ScaleShape::Numeric { worst, best, .. }) if best < worst)
}

fn atom<T: Trace>(
    reader: &Reader<'_>,
    about: About<'_>,
    atom: &Atom,
    sink: &mut Sink<'_, T>,
) -> Result<Truth, Overflow> {
    let subject = match &atom.test {
        AtomTest::In { subject, .. }
        | AtomTest::Target { subject, .. }
        | AtomTest::Differ { subject, .. }
        | AtomTest::Dates { subject, .. }
        | AtomTest::Within { subject, .. } => *subject,
        AtomTest::Holds(wanted) => return holds(reader, about, wanted, atom, sink),
        AtomTest::Level(test) => return super::levels::holds(reader, about, test, atom, sink),
        AtomTest::Covers(test) => return super::coverage::holds(reader, about, test, atom, sink),
        AtomTest::Lasting(test) => return super::lasting::holds(reader, test, atom, sink),
    };
    let owners = owners(about, subject.of);
    if owners.is_empty() && matches!(subject.of, Holder::Itself | Holder::Target) {
        // There is no such holder here: an account has no facts, and a right of a person has no achievement.
        sink.failed.push(Reason::ConditionNotMet);
        return Ok(Truth::False);
    }
    if subject.of == Holder::Some {
        return some(reader, about, &owners, subject.fact, atom, sink);
    }
    owners.into_iter().try_fold(Truth::True, |so_far, owner| {
        Ok(so_far.and(one(reader, about, owner, subject.fact, atom, sink)?))
    })
}

/// Whether one of several passes a test, and what could still decide it.
fn some<T: Trace>(
    reader: &Reader<'_>,
    about: About<'_>,
    owners: &[Owner],
    fact: FactId,
    atom: &Atom,
    sink: &mut Sink<'_, T>,
) -> Result<Truth, Overflow> {
    let (open, failed) = (sink.open.len(), sink.failed.len());
    let mut answer = Truth::False;
    for owner in owners {
        answer = answer.or(one(reader, about, *owner, fact, atom, sink)?);
    }
    if !answer.is_unknown() {
        sink.open.truncate(open);
    }
    if !answer.is_false() {
        sink.failed.truncate(failed);
    }
    Ok(answer)
}

/// One test of one holder.
fn one<T: Trace>(
    reader: &Reader<'_>,
    about: About<'_>,
    owner: Owner,
    fact: FactId,
    atom: &Atom,
    sink: &mut Sink<'_, T>,
) -> Result<Truth, Overflow> {
    let slot = Slot::from(atom.role);
    let other_owner = |subject: Subject| owners(about, subject.of).first().copied();
    let (answer, value_type, seen_one, seen_other) = match &atom.test {
        AtomTest::In { value_type, set, .. } => {
            let ours = seen(reader, about, owner, fact, Some(*value_type))?;
            let answer = ours.state.test(set);
            let what = || What::Test {
                of: owner,
                fact,
                value_type: *value_type,
                seen: ours.state.clone().into_owned(),
                allowed: set.clone(),
            };
            sink.step(slot, what, answer, &atom.lines);
            (answer, *value_type, ours, None)
        }
        AtomTest::Target { target, value_type, relation, falling, negated, .. } => {
            let ours = seen(reader, about, owner, fact, Some(*value_type))?;
            let with = about.target.map(Owner::Target);
            let theirs = match with {
                Some(with) => seen(reader, about, with, *target, Some(*value_type))?,
                None => absent(),
            };
            let answer = relate(&ours.state, &theirs.state, *relation, *falling, *negated);
            let what = || What::Compare {
                of: owner,
                fact,
                value_type: *value_type,
                seen: ours.state.clone().into_owned(),
                relation: *relation,
                negated: *negated,
                with: with.unwrap_or(owner),
                other: *target,
                other_seen: theirs.state.clone().into_owned(),
            };
            sink.step(slot, what, answer, &atom.lines);
            (answer, *value_type, ours, with.map(|with| (with, *target, theirs)))
        }
        AtomTest::Differ { target, value_type, most, negated, .. } => {
            let ours = seen(reader, about, owner, fact, Some(*value_type))?;
            let with = about.target.map(Owner::Target);
            let theirs = match with {
                Some(with) => seen(reader, about, with, *target, Some(*value_type))?,
                None => absent(),
            };
            let answer = differ(&ours.state, &theirs.state, *most, *negated)?;
            let what = || What::Differ {
                of: owner,
                fact,
                value_type: *value_type,
                seen: ours.state.clone().into_owned(),
                most: *most,
                negated: *negated,
                with: with.unwrap_or(owner),
                other: *target,
                other_seen: theirs.state.clone().into_owned(),
            };
            sink.step(slot, what, answer, &atom.lines);
            (answer, *value_type, ours, with.map(|with| (with, *target, theirs)))
        }
        AtomTest::Dates { relation, other, negated, .. } => {
            let ours = seen(reader, about, owner, fact, Some(ValueType::Date))?;
            let with = other_owner(*other);
            let theirs = match with {
                Some(with) => seen(reader, about, with, other.fact, Some(ValueType::Date))?,
                None => absent(),
            };
            let answer = relate(&ours.state, &theirs.state, *relation, false, *negated);
            let what = || What::Compare {
                of: owner,
                fact,
                value_type: ValueType::Date,
                seen: ours.state.clone().into_owned(),
                relation: *relation,
                negated: *negated,
                with: with.unwrap_or(owner),
                other: other.fact,
                other_seen: theirs.state.clone().into_owned(),
            };
            sink.step(slot, what, answer, &atom.lines);
            (answer, ValueType::Date, ours, with.map(|with| (with, other.fact, theirs)))
        }
        AtomTest::Within { length, before, other, negated, .. } => {
            let ours = seen(reader, about, owner, fact, Some(ValueType::Date))?;
            let with = other_owner(*other);
            let theirs = match with {
                Some(with) => seen(reader, about, with, other.fact, Some(ValueType::Date))?,
                None => absent(),
            };
            let (earlier, later) = if *before { (&ours, &theirs) } else { (&theirs, &ours) };
            let answer = within(&earlier.state, &later.state, *length, *negated)?;
            let what = || What::Within {
                of: owner,
                fact,
                seen: ours.state.clone().into_owned(),
                length: *length,
                before: *before,
                negated: *negated,
                with: with.unwrap_or(owner),
                other: other.fact,
                other_seen: theirs.state.clone().into_owned(),
            };
            sink.step(slot, what, answer, &atom.lines);
            if answer.is_false() {
                let after = relate(&later.state, &earlier.state, crate::model::Order::Over, false, false);
                if !*negated && after.is_true() {
                    sink.failed.push(Reason::Expired);
                    return Ok(answer);
                }
            }
            (answer, ValueType::Date, ours, with.map(|with| (with, other.fact, theirs)))
        }
        AtomTest::Holds(_) | AtomTest::Level(_) | AtomTest::Covers(_) | AtomTest::Lasting(_) => {
            return Ok(Truth::Unknown);
        }
    };
    if answer.is_unknown() {
        // Where one side is not published, no fact of the other side can decide.
        let unpublished =
            seen_one.unpublished || seen_other.as_ref().is_some_and(|(.., seen)| seen.unpublished);
        ask(reader, about, (owner, fact, Seen { unpublished, ..seen_one }), value_type, sink);
        if let Some((owner, fact, seen)) = seen_other {
            ask(reader, about, (owner, fact, Seen { unpublished, ..seen }), value_type, sink);
        }
    } else if answer.is_false() {
        let is_window = atom.role == Role::Window;
        sink.failed.push(if is_window { Reason::NotInForce } else { Reason::ConditionNotMet });
    }
    Ok(answer)
}

fn absent<'a>() -> Seen<'a> {
    Seen { state: std::borrow::Cow::Owned(State::known(Value::None)), unpublished: false }
}

/// Notes the facts behind an unknown answer: those of each achievement where it is a sum or a worst value.
fn ask<T: Trace>(
    reader: &Reader<'_>,
    about: About<'_>,
    (owner, fact, seen): (Owner, FactId, Seen<'_>),
    value_type: ValueType,
    sink: &mut Sink<'_, T>,
) {
    if matches!(owner, Owner::Total | Owner::Lowest | Owner::Latest) {
        for held in about.sure.iter().chain(about.possible).flatten() {
            let of = Owner::Held(*held);
            ask(reader, about, (of, fact, reader.state(of, fact, Some(value_type))), value_type, sink);
        }
    } else if seen.state.value().is_none() {
        let known = seen.state.into_owned();
        let unpublished = seen.unpublished;
        sink.ask(Open { of: owner, fact, value_type, known, unpublished, judgement: false });
    }
}

/// Whether a window and a condition on one fact, each of them open, cannot both hold. They are one test in meaning, and two only so
/// that each keeps its own reason.
pub(crate) fn clash(reader: &Reader<'_>, about: About<'_>, parts: &[&Cond]) -> Result<bool, Overflow> {
    let atoms = || {
        parts.iter().filter_map(|part| match part {
            Cond::Atom(atom) => Some(atom),
            _ => None,
        })
    };
    for window in atoms().filter(|atom| atom.role == Role::Window) {
        for other in atoms().filter(|atom| atom.role != Role::Window) {
            if let (
                AtomTest::In { subject, value_type, set },
                AtomTest::In { subject: of, value_type: of_type, set: allowed },
            ) = (&window.test, &other.test)
                && (subject, value_type) == (of, of_type)
            {
                let set = set.intersect(allowed);
                let test = AtomTest::In { subject: *subject, value_type: *value_type, set };
                let both = Cond::Atom(Box::new(Atom { test, role: Role::Window, lines: Vec::new() }));
                let nothing = &mut ();
                let mut quiet = Sink::new(nothing, Asked::Rule(crate::model::RuleId(0)));
                if truth(reader, about, &both, &mut quiet)?.is_false() {
                    return Ok(true);
                }
            }
        }
    }
    Ok(false)
}

/// Asks for every fact that a test on the whole reads, of all members that may count.
pub(crate) fn ask_whole<T: Trace>(
    reader: &Reader<'_>,
    about: About<'_>,
    cond: &Cond,
    sink: &mut Sink<'_, T>,
) -> Result<(), Overflow> {
    match cond {
        Cond::All(parts) | Cond::Any(parts) => {
            parts.iter().try_for_each(|part| ask_whole(reader, about, part, sink))
        }
        Cond::Atom(of) => {
            if let AtomTest::In { subject, value_type, .. } = &of.test
                && let Some(owner @ (Owner::Total | Owner::Latest)) =
                    owners(about, subject.of).first().copied()
            {
                ask(reader, about, (owner, subject.fact, absent()), *value_type, sink);
                return Ok(());
            }
            let nothing = &mut ();
            let mut quiet = Sink::new(nothing, sink.asked);
            atom(reader, about, of, &mut quiet)?;
            quiet.open.into_iter().for_each(|open| sink.ask(open));
            Ok(())
        }
    }
}

/// The parts of a guard, each of which must hold.
pub(crate) fn conjuncts(cond: &Cond) -> &[Cond] {
    match cond {
        Cond::All(parts) => parts,
        single => std::slice::from_ref(single),
    }
}

/// Whether a condition reads, of the claim's achievements, only facts of one at a time, and does read one: then over a pooled slot
/// it says which members count.
pub(crate) fn is_about_members(cond: &Cond, is_pooled: &impl Fn(u32) -> bool) -> bool {
    let (mut members, mut others) = (false, false);
    visit(cond, &mut |holder| match holder {
        Holder::Each | Holder::Some | Holder::Lowest => members = true,
        Holder::Source(slot) if is_pooled(slot) => members = true,
        Holder::Source(_) | Holder::Total | Holder::Latest => others = true,
        _ => {}
    });
    members && !others
}

/// Whether a condition reads any fact of the claim's achievements.
pub(crate) fn is_about_evidence(cond: &Cond) -> bool {
    let mut reads = false;
    visit(cond, &mut |holder| {
        reads |= matches!(
            holder,
            Holder::Source(_) | Holder::Each | Holder::Some | Holder::Lowest | Holder::Total | Holder::Latest
        );
    });
    reads
}

/// Whether a condition reads the achievement of one slot by its place.
pub(crate) fn is_about_one_slot(cond: &Cond) -> bool {
    let mut one = false;
    visit(cond, &mut |holder| one |= matches!(holder, Holder::Source(_)));
    one
}

/// Whether a condition compares sums or latest dates over the claim's achievements.
pub(crate) fn is_about_totals(cond: &Cond) -> bool {
    let mut totals = false;
    visit(cond, &mut |holder| totals |= matches!(holder, Holder::Total | Holder::Latest));
    totals
}

fn visit(cond: &Cond, see: &mut impl FnMut(Holder)) {
    match cond {
        Cond::All(parts) | Cond::Any(parts) => parts.iter().for_each(|part| visit(part, see)),
        Cond::Atom(atom) => match &atom.test {
            AtomTest::In { subject, .. }
            | AtomTest::Target { subject, .. }
            | AtomTest::Differ { subject, .. } => see(subject.of),
            AtomTest::Dates { subject, other, .. } | AtomTest::Within { subject, other, .. } => {
                see(subject.of);
                see(other.of);
            }
            AtomTest::Level(test) => see(test.subject.of),
            // What several achievements cover, they cover together.
            AtomTest::Covers(test) if test.of != Holder::Itself => see(Holder::Total),
            AtomTest::Covers(_) => see(Holder::Itself),
            AtomTest::Holds(test) => test.after.into_iter().for_each(see),
            AtomTest::Lasting(_) => {}
        },
    }
}

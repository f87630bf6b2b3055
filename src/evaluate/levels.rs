//! Levels in dimensions and through comparisons.
//!
//! A comparison answers for one level with a set of counterparts, with a published hole, or not at all; where it does not say, a
//! judge has to. It is read one step: what it gives is never read through another.

use crate::model::{
    Atom, ComparisonId, Counterparts, FactId, FrameworkId, Holder, LevelBound, LevelTest, Order, ValueType,
};
use crate::quantity::Overflow;
use crate::space::{Set, State, Truth, Value};

use super::compare::relate;
use super::condition::{About, Open, Sink, owners, seen};
use super::facts::{Reader, Seen};
use super::{Bound, Owner, Slot, Trace, What};

/// Whether the levels of all owners are as the test asks; of one, where it is denied of each.
pub(super) fn holds<T: Trace>(
    reader: &Reader<'_>,
    about: About<'_>,
    test: &LevelTest,
    atom: &Atom,
    sink: &mut Sink<'_, T>,
) -> Result<Truth, Overflow> {
    let of = owners(about, test.subject.of);
    if of.is_empty() {
        sink.failed.push(crate::model::Reason::ConditionNotMet);
        return Ok(Truth::False);
    }
    let some = test.subject.of == Holder::Some;
    let asked = sink.open.len();
    let mut answer = if some { Truth::False } else { Truth::True };
    for owner in of {
        let mut one = Truth::True;
        let overall = [None];
        let dimensions: Vec<Option<u32>> = test.dimensions.iter().map(|at| Some(*at)).collect();
        let dimensions = if dimensions.is_empty() { &overall[..] } else { &dimensions };
        for dimension in dimensions {
            one = one.and(in_dimension(reader, about, owner, *dimension, test, atom, sink)?);
        }
        let one = if test.negated { one.not() } else { one };
        answer = if some { answer.or(one) } else { answer.and(one) };
    }
    if some && !answer.is_unknown() {
        sink.open.truncate(asked);
    }
    if answer.is_false() {
        sink.failed.push(crate::model::Reason::ConditionNotMet);
    }
    Ok(answer)
}

fn in_dimension<T: Trace>(
    reader: &Reader<'_>,
    about: About<'_>,
    owner: Owner,
    dimension: Option<u32>,
    test: &LevelTest,
    atom: &Atom,
    sink: &mut Sink<'_, T>,
) -> Result<Truth, Overflow> {
    let fact = test.subject.fact;
    let own = own_framework(reader, test);
    let ours = level(reader, about, owner, fact, own, dimension)?;
    let (answer, read, theirs) = compared(reader, about, test, &ours.state, dimension)?;
    let what = || What::Level {
        of: owner,
        fact,
        framework: test.framework,
        dimension,
        seen: ours.state.clone().into_owned(),
        by: test.by,
        read: (!read.unsaid).then(|| read.state.clone()),
        bound: match (&test.bound, theirs) {
            (LevelBound::In(set), _) => Bound::In(set.clone()),
            (LevelBound::Target(order), theirs) => {
                Bound::Target(*order, theirs.map_or(State::known(Value::None), |(_, state)| state))
            }
        },
        negated: test.negated,
    };
    sink.step(Slot::from(atom.role), what, if test.negated { answer.not() } else { answer }, &atom.lines);
    if answer.is_unknown() {
        let known = ours.state.value().is_some();
        sink.ask(Open {
            of: owner,
            fact,
            value_type: ValueType::Level(own),
            known: ours.state.into_owned(),
            unpublished: ours.unpublished || !read.usable,
            judgement: known && (read.unsaid || test.by.is_some()),
        });
    }
    Ok(answer)
}

/// The framework in which the subject's level is read.
pub(crate) fn own_framework(reader: &Reader<'_>, test: &LevelTest) -> FrameworkId {
    match test.by.and_then(|by| reader.graph.model().comparisons.get(by.index())) {
        Some(comparison) => comparison.other(test.framework).unwrap_or(test.framework),
        None => test.framework,
    }
}

/// Whether a level that may be so passes, denied or not.
pub(crate) fn passes(
    reader: &Reader<'_>,
    about: About<'_>,
    test: &LevelTest,
    ours: &State,
) -> Result<Truth, Overflow> {
    let answer = compared(reader, about, test, ours, None)?.0;
    Ok(if test.negated { answer.not() } else { answer })
}

/// The answer, the level as it was read, and the target's where that is the bound.
type Compared = (Truth, Read, Option<(Order, State)>);

/// A level against its bound, not denied: the answer, the level as it is read, and the target's where that is the bound.
fn compared(
    reader: &Reader<'_>,
    about: About<'_>,
    test: &LevelTest,
    ours: &State,
    dimension: Option<u32>,
) -> Result<Compared, Overflow> {
    let read = match test.by {
        Some(by) => through(reader, by, own_framework(reader, test), ours),
        None => Read { state: ours.clone(), unsaid: false, usable: true },
    };
    let (answer, theirs) = match &test.bound {
        LevelBound::In(set) => (read.state.test(set), None),
        LevelBound::Target(order) => {
            let theirs = match about.target.map(Owner::Target) {
                Some(target) => {
                    let fact = test.subject.fact;
                    level(reader, about, target, fact, test.framework, dimension)?.state.into_owned()
                }
                None => State::known(Value::None),
            };
            (relate(&read.state, &theirs, *order, false, false), Some((*order, theirs)))
        }
    };
    Ok((if read.usable { answer } else { Truth::Unknown }, read, theirs))
}

/// A level of an owner in a framework: overall, or in one dimension.
fn level<'a>(
    reader: &Reader<'a>,
    about: About<'_>,
    owner: Owner,
    fact: FactId,
    framework: FrameworkId,
    dimension: Option<u32>,
) -> Result<Seen<'a>, Overflow> {
    let value_type = ValueType::Level(framework);
    let Some(dimension) = dimension else { return seen(reader, about, owner, fact, Some(value_type)) };
    let model = reader.graph.model();
    let outcome = match owner {
        Owner::Held(held) => reader.held(held).and_then(|held| held.outcome),
        Owner::Target(outcome) => Some(outcome),
        _ => None,
    };
    let levels = outcome.and_then(|outcome| model.outcomes.get(outcome.index())).map(|of| &of.levels);
    let of = |wanted: Option<u32>| {
        let mut own = levels.into_iter().flatten();
        own.find(move |level| level.framework == framework && level.dimension == wanted)
    };
    let every = model.frameworks.get(framework.index()).and_then(|of| of.placement)
        == Some(crate::model::Placement::EveryDimension);
    let all = reader.open_domain(Some(value_type));
    let state = match (of(Some(dimension)), of(None)) {
        (Some(level), _) => State::known(Value::Rank(level.rank)),
        // Each dimension reaches the level overall.
        (None, Some(overall)) if every => {
            State::unknown(&all).narrow(&Set::at_least(Value::Rank(overall.rank)), &all)
        }
        _ => State::unknown(&all),
    };
    Ok(Seen { state: std::borrow::Cow::Owned(state), unpublished: false })
}

/// A level as a comparison reads it.
struct Read {
    /// What it may be in the other framework.
    state: State,
    /// Whether the comparison does not say.
    unsaid: bool,
    /// Whether a rule may rest on it at all.
    usable: bool,
}

fn through(reader: &Reader<'_>, by: ComparisonId, own: FrameworkId, state: &State) -> Read {
    let model = reader.graph.model();
    let Some(comparison) = model.comparisons.get(by.index()) else {
        return Read { state: state.clone(), unsaid: true, usable: false };
    };
    let ranks = |framework: FrameworkId| {
        let levels = model.frameworks.get(framework.index()).and_then(|of| of.levels.as_ref());
        u32::try_from(levels.map_or(0, Vec::len)).unwrap_or(0)
    };
    let seen = state.to_set();
    let other = comparison.other(own).unwrap_or(own);
    let (mut unsaid, mut set) = (false, Set::empty());
    for rank in (0..ranks(own)).filter(|rank| seen.contains(Value::Rank(*rank))) {
        match comparison.counterparts(own, rank) {
            Counterparts::Levels(levels) => {
                set = set.union(&Set::of(levels.into_iter().map(Value::Rank)));
            }
            Counterparts::None => set = set.union(&Set::none()),
            Counterparts::NotStated | Counterparts::Unnamed => unsaid = true,
        }
    }
    if seen.has_none() {
        set = set.union(&Set::none());
    }
    if unsaid {
        set = set.union(&Set::of((0..ranks(other)).map(Value::Rank)));
    }
    let usable = comparison.status.may_decide();
    Read { state: State::of(set).unwrap_or(State::known(Value::None)), unsaid, usable }
}

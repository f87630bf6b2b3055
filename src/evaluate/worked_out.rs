//! A quantity that is worked out: the numbers that its facts may lead to.

use crate::model::{Part, ValueType, WorkedOut};
use crate::quantity::{Overflow, Ratio};
use crate::space::{Domain, Set, State, Value};

use super::compare::numbers;
use super::facts::Reader;
use super::{Owner, Range};

/// What a quantity may come to, and whether one of its facts is not published; nothing where a fact has no value, or the last
/// one divides by 0.
pub(super) fn state(
    reader: &Reader<'_>,
    of: Owner,
    made: &WorkedOut,
    domain: &Domain,
) -> Result<(State, bool), Overflow> {
    let mut unpublished = false;
    let mut range = Range::exactly(Ratio::ONE);
    for part in &made.parts {
        let seen = reader.state(of, part.fact, part.level.map(ValueType::Level));
        unpublished |= seen.unpublished;
        if seen.state.value() == Some(Value::None) {
            return Ok((State::known(Value::None), unpublished));
        }
        let Some(own) = measure(reader, *part, &seen.state) else {
            return Ok((State::unknown(domain), unpublished));
        };
        if part.divides && own.known() == Some(Ratio::ZERO) {
            return Ok((State::known(Value::None), unpublished));
        }
        range = with(range, own, part.divides)?;
    }
    let whole = domain.full_set();
    let state = match range.known() {
        Some(known) if whole.contains(Value::Number(known)) => State::known(Value::Number(known)),
        // What is worked out lies where the declaration says that it cannot.
        Some(_) => State::contradiction(domain),
        None => {
            let least = Value::Number(range.least);
            let set =
                range.most.map_or(Set::at_least(least), |most| Set::between(least, Value::Number(most)));
            State::of(set.intersect(&whole)).unwrap_or_else(|| State::contradiction(domain))
        }
    };
    Ok((state, unpublished))
}

/// The numbers of one fact; those of a level are what its levels are called.
fn measure(reader: &Reader<'_>, part: Part, state: &State) -> Option<Range> {
    let Some(framework) = part.level else {
        let (least, most) = numbers(state)?;
        return Some(Range { least, most });
    };
    let levels = reader.graph.model().frameworks.get(framework.index())?.levels.as_ref()?;
    let may = |rank: &usize| u32::try_from(*rank).is_ok_and(|rank| state.may_be(Value::Rank(rank)));
    let ranks = (0..levels.len()).filter(may);
    let numbers: Vec<Ratio> = ranks.filter_map(|rank| levels.get(rank)?.number).collect();
    Some(Range { least: *numbers.iter().min()?, most: numbers.iter().max().copied() })
}

fn with(so_far: Range, own: Range, divides: bool) -> Result<Range, Overflow> {
    if !divides {
        let most = so_far.most.zip(own.most).map(|(ours, theirs)| ours.checked_mul(theirs)).transpose()?;
        return Ok(Range { least: so_far.least.checked_mul(own.least)?, most });
    }
    let least = match own.most {
        Some(most) if most.is_positive() => so_far.least.checked_div(most)?,
        _ => Ratio::ZERO,
    };
    let most = match so_far.most {
        Some(most) if own.least.is_positive() => Some(most.checked_div(own.least)?),
        _ => None,
    };
    Ok(Range { least, most })
}

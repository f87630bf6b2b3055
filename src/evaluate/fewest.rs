//! The least number of members of a slot that takes any number, for an award: more members never give less, so the number is found
//! by halving, the largest first; then each member in order is kept with which that number still reaches the award.

use rustc_hash::FxHashSet;

use crate::model::{Gives, Measure, Piece};
use crate::quantity::{Overflow, Ratio};
use crate::space::Value;

use super::choose::{Choosing, Members};
use super::membership::distinct;
use super::value::quantity;
use super::{HeldId, Owner};

/// A member, with all that the choice looks at.
struct Member {
    held: HeldId,
    size: Ratio,
    counted: Option<Counted>,
}

/// What is counted once where different ones count.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Counted {
    Outcome((u8, u32)),
    Value(Option<Value>),
}

/// What is used in each slot for an award, slot by slot: what an earlier slot uses is no longer free.
pub(super) fn fewest(
    choosing: &Choosing<'_, '_>,
    members: &Members,
    wanted: Ratio,
) -> Result<Members, Overflow> {
    let mut used = members.clone();
    for &slot in choosing.pooled {
        let taken: Vec<HeldId> = used.iter().take(slot).flatten().copied().collect();
        let Some(place) = used.get_mut(slot) else { continue };
        place.retain(|held| !taken.contains(held));
        let all: Vec<Member> =
            choosing.in_order(place).into_iter().map(|held| member(choosing, held)).collect();
        of_slot(choosing, &mut used, slot, &all, wanted)?;
    }
    Ok(used)
}

fn member(choosing: &Choosing<'_, '_>, held: HeldId) -> Member {
    let (size, counted) = match &choosing.rule.gives {
        Gives::Credit(amount) => {
            let counted = match &amount.piece {
                Piece::Rate { measure: Measure::Distinct(fact), .. } => Some(match fact {
                    None => Counted::Outcome(distinct(&choosing.reader, held)),
                    Some(fact) => {
                        Counted::Value(choosing.reader.state(Owner::Held(held), *fact, None).state.value())
                    }
                }),
                _ => None,
            };
            (quantity(&choosing.reader, &amount.piece, held), counted)
        }
        Gives::Effect(_) | Gives::Answer(_) => (Ratio::ONE, None),
    };
    Member { held, size, counted }
}

fn of_slot(
    choosing: &Choosing<'_, '_>,
    used: &mut Members,
    slot: usize,
    all: &[Member],
    wanted: Ratio,
) -> Result<(), Overflow> {
    let mut by_size: Vec<usize> = (0..all.len()).collect();
    by_size.sort_by(|a, b| all[*b].size.cmp(&all[*a].size).then(a.cmp(b)));
    let mut put = |places: &[usize]| {
        if let Some(place) = used.get_mut(slot) {
            *place = places.iter().map(|place| all[*place].held).collect();
        }
        Ok(choosing.award(used)?.least >= wanted)
    };
    let whole = complete(all, &[], &by_size, all.len());
    if !put(&whole)? {
        return Ok(());
    }
    let (mut too_few, mut enough) = (0, whole.len());
    while too_few + 1 < enough {
        let middle = too_few.midpoint(enough);
        if put(&whole[..middle])? { enough = middle } else { too_few = middle }
    }
    let mut chosen: Vec<usize> = Vec::with_capacity(enough);
    for place in 0..all.len() {
        if chosen.len() == enough {
            break;
        }
        chosen.push(place);
        let full = complete(all, &chosen, &by_size, enough);
        if full.len() < enough || !full.starts_with(&chosen) || !put(&full)? {
            chosen.pop();
        }
    }
    put(if chosen.len() == enough { &chosen } else { &whole }).map(|_| ())
}

/// Adds the largest of the others up to a number: first those that surely add something new, where only different ones count.
fn complete(all: &[Member], chosen: &[usize], by_size: &[usize], number: usize) -> Vec<usize> {
    let mut full = Vec::with_capacity(number);
    let mut taken = vec![false; all.len()];
    let mut counted = FxHashSet::default();
    for fresh_only in [true, false] {
        let first = if fresh_only { chosen } else { &[] };
        for (at, &place) in first.iter().chain(by_size).enumerate() {
            let must = at < first.len();
            let stale = match all[place].counted {
                // What is not known may be one of those that count already, and `none` never counts.
                Some(Counted::Value(None | Some(Value::None))) => true,
                Some(value) => counted.contains(&value),
                None => false,
            };
            if full.len() == number || taken[place] || (stale && fresh_only && !must) {
                continue;
            }
            taken[place] = true;
            counted.extend(all[place].counted);
            full.push(place);
        }
    }
    full
}

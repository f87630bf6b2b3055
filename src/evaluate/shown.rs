//! A mark that is looked up: what the cells say that may be meant.

use crate::model::{CellValue, Lookup};
use crate::quantity::Overflow;
use crate::space::{Set, State, Truth};

use super::condition::{About, owners, seen};
use super::facts::Reader;

/// The marks that a table may say of these achievements, `none` among them where it may say that there is none; nothing where it
/// says nothing at all.
pub(crate) fn looked_up(
    reader: &Reader<'_>,
    about: About<'_>,
    table: &Lookup,
) -> Result<Option<State>, Overflow> {
    let mut keys = Vec::with_capacity(table.by.len());
    for (subject, value_type) in &table.by {
        let states: Result<Vec<_>, Overflow> = owners(about, subject.of)
            .into_iter()
            .map(|owner| seen(reader, about, owner, subject.fact, Some(*value_type)))
            .collect();
        keys.push(states?);
    }
    let mut marks = Set::empty();
    let mut met = Truth::False;
    for cell in &table.cells {
        let fits = keys
            .iter()
            .zip(&cell.sets)
            .map(|(states, set)| Truth::all(states.iter().map(|seen| seen.state.test(set))));
        let fits = Truth::all(fits);
        if fits.is_false() {
            continue;
        }
        met = met.or(fits);
        let says = match &cell.value {
            CellValue::Mark(mark) => Set::one(*mark),
            _ => Set::none(),
        };
        marks = marks.union(&says);
    }
    if !met.is_true() {
        marks = marks.union(&Set::none());
    }
    Ok(State::of(marks))
}

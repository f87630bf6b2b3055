//! What a learner began after the achievement at hand: its first day lies after the day of that achievement.
//!
//! The day of an achievement is the day it was completed; where neither the record nor its kind speaks of that and one of them speaks
//! of the day it was awarded, it is that day.

use crate::model::{FactId, Holder, Order, ValueType};
use crate::space::Truth;

use super::compare::relate;
use super::condition::{About, Open, Sink, owners};
use super::facts::Reader;
use super::{HeldId, Owner, Trace};

/// Whether an achievement was begun after the one at hand.
pub(super) fn began_later<T: Trace>(
    reader: &Reader<'_>,
    about: About<'_>,
    this: Holder,
    held: HeldId,
    sink: &mut Sink<'_, T>,
) -> Truth {
    let Some(started) = reader.graph.built_in().started else { return Truth::False };
    let mut all = Truth::True;
    let these = owners(about, this);
    if these.is_empty() || these.contains(&Owner::Held(held)) {
        return Truth::False;
    }
    for owner in these {
        let Owner::Held(this) = owner else { return Truth::False };
        let Some(day) = day_of(reader, this) else { return Truth::False };
        let (first, own) = (Owner::Held(held), Owner::Held(this));
        let began = reader.state(first, started, Some(ValueType::Date));
        let done = reader.state(own, day, Some(ValueType::Date));
        let later = relate(&began.state, &done.state, Order::Over, false, false);
        if later.is_unknown() {
            for (of, fact, seen) in [(first, started, began), (own, day, done)] {
                if seen.state.value().is_none() {
                    let unpublished = seen.unpublished;
                    let known = seen.state.into_owned();
                    let value_type = ValueType::Date;
                    sink.ask(Open { of, fact, value_type, known, unpublished, judgement: false });
                }
            }
        }
        all = all.and(later);
    }
    all
}

/// Which date is the day of an achievement.
fn day_of(reader: &Reader<'_>, this: HeldId) -> Option<FactId> {
    let built_in = reader.graph.built_in();
    let says = |fact: &FactId| {
        reader.declared(Owner::Held(this), *fact).is_some()
            || reader.held(this).is_some_and(|held| held.facts.get(*fact).is_some())
    };
    let either = [built_in.completed, built_in.awarded];
    either.into_iter().flatten().find(says).or(built_in.completed)
}

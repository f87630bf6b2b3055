//! Whether an achievement serves no more, because its kind says how long after which event it lapses.

use crate::model::{Lapse, OutcomeId, Reason, ValueType};
use crate::quantity::Overflow;
use crate::space::{Set, Truth, Value};

use super::condition::{About, Open, Sink, truth};
use super::facts::Reader;
use super::{HeldId, Owner, Slot, Trace, What};

/// What the kind of an achievement says of when it lapses.
pub(crate) fn lapses<'a>(reader: &Reader<'a>, held: HeldId) -> &'a [Lapse] {
    if !reader.graph.any_lapses() {
        return &[];
    }
    let model = reader.graph.model();
    let Some(held) = reader.held(held) else { return &[] };
    let of_outcome = held.outcome.and_then(|outcome: OutcomeId| model.outcomes.get(outcome.index()));
    let kind = held.kind.or(of_outcome.map(|outcome| outcome.kind));
    kind.and_then(|kind| model.kinds.get(kind.index())).map_or(&[], |kind| &kind.lapses)
}

/// Whether an achievement has lapsed on the day asked; the last day of the length is still in it.
pub(crate) fn lapsed<T: Trace>(
    reader: &Reader<'_>,
    held: HeldId,
    sink: &mut Sink<'_, T>,
) -> Result<Truth, Overflow> {
    let mut lapsed = Truth::False;
    for lapse in lapses(reader, held) {
        lapsed = lapsed.or(one(reader, held, lapse, sink)?);
    }
    Ok(lapsed)
}

fn one<T: Trace>(
    reader: &Reader<'_>,
    held: HeldId,
    lapse: &Lapse,
    sink: &mut Sink<'_, T>,
) -> Result<Truth, Overflow> {
    let owner = Owner::Held(held);
    let event = reader.state(owner, lapse.after, Some(ValueType::Date));
    let first = reader.as_of.earliest_within(lapse.length).ok_or(Overflow)?;
    let lasts = event.state.test(&Set::at_least(Value::Date(first)).union(&Set::none()));
    let nothing = &mut ();
    let mut quiet = Sink::new(nothing, sink.asked);
    let about = About { itself: Some(owner), ..About::default() };
    let kept = truth(reader, about, &lapse.unless, &mut quiet)?;
    let lapsed = lasts.or(kept).not();
    if lapsed.is_unknown() {
        quiet.open.into_iter().for_each(|open| sink.ask(open));
        if lasts.is_unknown() {
            let unpublished = event.unpublished;
            let known = event.state.into_owned();
            let (fact, value_type) = (lapse.after, ValueType::Date);
            sink.ask(Open { of: owner, fact, value_type, known, unpublished, judgement: false });
        }
    }
    if !lapsed.is_false() {
        let what = || What::Inadmissible { achievement: held, reason: Reason::Expired };
        sink.step(Slot::Record, what, lapsed.not(), &[lapse.span]);
    }
    if lapsed.is_true() {
        sink.failed.push(Reason::Expired);
    }
    Ok(lapsed)
}

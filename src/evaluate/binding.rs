//! `a and b in one F`, `3 of s in distinct F`: which achievements go together.
//!
//! A fact that is stated binds by its value: of those that it keeps apart no application is made. What is not known leaves it open,
//! and `none` binds nothing. The partners of an achievement are found by the value, not by trying each pair.

use rustc_hash::FxHashMap;

use crate::model::{Bind, Order, SourceSlot, Take};
use crate::quantity::Overflow;
use crate::space::{Set, State, Truth, Value};

use super::condition::{Open, Sink};
use super::facts::Reader;
use super::instance::Candidate;
use super::membership::{Membership, distinct, membership};
use super::value::type_of;
use super::{HeldId, Owner, Slot, Trace, What};

/// What a fact says that binds.
enum Says {
    Value(Value),
    Nothing,
    Open,
}

fn state<'a>(reader: &Reader<'a>, bind: Bind, held: HeldId) -> std::borrow::Cow<'a, State> {
    reader.state(Owner::Held(held), bind.fact, None).state
}

fn says(reader: &Reader<'_>, bind: Bind, held: HeldId) -> Says {
    match state(reader, bind, held).value() {
        Some(Value::None) => Says::Nothing,
        Some(value) => Says::Value(value),
        None => Says::Open,
    }
}

/// What has to be known so that it is known whether an achievement is bound.
fn question(reader: &Reader<'_>, bind: Bind, held: HeldId) -> Open {
    let of = Owner::Held(held);
    let seen = reader.state(of, bind.fact, None);
    Open {
        of,
        fact: bind.fact,
        value_type: type_of(reader, of, bind.fact),
        known: seen.state.into_owned(),
        unpublished: seen.unpublished,
        judgement: false,
    }
}

/// Whether a slot means an achievement: its items do, and the fact that binds it may have a value. In a number of different values
/// only an achievement whose value is known surely counts.
pub(crate) fn meant<T: Trace>(
    reader: &Reader<'_>,
    slot: &SourceSlot,
    held: HeldId,
    sink: &mut Sink<'_, T>,
) -> Result<Membership, Overflow> {
    let mut of = membership(reader, &slot.items, Owner::Held(held), sink)?;
    let Some(bind) = slot.bind.filter(|_| !of.truth.is_false()) else { return Ok(of) };
    match says(reader, bind, held) {
        Says::Value(_) => {}
        Says::Nothing => of.truth = Truth::False,
        Says::Open if slot.take != Take::One => {
            of.truth = Truth::Unknown;
            sink.ask(question(reader, bind, held));
        }
        Says::Open => {}
    }
    Ok(of)
}

/// What makes an achievement a different one in its slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Different {
    /// Its outcome, or itself.
    Outcome((u8, u32)),
    /// The value of the fact that binds.
    Value(Value),
}

/// What counts as one where a slot takes several: the outcome, or the value of the fact by which they differ.
pub(crate) fn different(reader: &Reader<'_>, bind: Option<Bind>, held: HeldId) -> Different {
    match bind.map(|bind| says(reader, bind, held)) {
        None => Different::Outcome(distinct(reader, held)),
        Some(Says::Value(value)) => Different::Value(value),
        // What is not known may be a value of its own.
        Some(Says::Open | Says::Nothing) => Different::Outcome((1, held.0)),
    }
}

/// Whether two achievements go together.
fn agree(reader: &Reader<'_>, bind: Bind, one: HeldId, other: HeldId) -> Truth {
    let of = |held: HeldId| state(reader, bind, held).to_set();
    let (one, other) = (of(one), of(other));
    let may_be_none = one.has_none() || other.has_none();
    let (one, other) = (one.minus(&Set::none()), other.minus(&Set::none()));
    let same = if one.is_disjoint(&other) {
        Truth::False
    } else if one.singleton().is_some() && one.singleton() == other.singleton() {
        Truth::True
    } else {
        Truth::Unknown
    };
    match if bind.distinct { same.not() } else { same } {
        // What has no value goes with nothing.
        Truth::True if may_be_none => Truth::Unknown,
        answer => answer,
    }
}

/// The bundle of an application, and how it is bound.
pub(super) struct Bound<'s, 'a> {
    reader: Reader<'a>,
    bind: Bind,
    /// For each slot that takes one: its candidates by the value that binds them, those of whom it is not known among each.
    partners: Vec<FxHashMap<Value, Vec<usize>>>,
    slots: &'s [Vec<Candidate>],
    singles: &'s [usize],
}

impl<'s, 'a> Bound<'s, 'a> {
    /// Nothing where nothing binds single achievements.
    pub(super) fn new(
        reader: Reader<'a>,
        bundle: &[SourceSlot],
        slots: &'s [Vec<Candidate>],
        singles: &'s [usize],
    ) -> Option<Bound<'s, 'a>> {
        let bind = bundle.iter().find(|slot| slot.take == Take::One)?.bind?;
        let by_value = |slot: &usize| {
            let mut by: FxHashMap<Value, Vec<usize>> = FxHashMap::default();
            let of = |of: &Candidate| says(&reader, bind, of.held);
            for candidate in &slots[*slot] {
                if let Says::Value(value) = of(candidate) {
                    by.entry(value).or_default();
                }
            }
            for (place, candidate) in slots[*slot].iter().enumerate() {
                match of(candidate) {
                    Says::Value(value) => by.entry(value).or_default().push(place),
                    _ => by.values_mut().for_each(|places| places.push(place)),
                }
            }
            by
        };
        let partners = if bind.distinct { Vec::new() } else { singles.iter().map(by_value).collect() };
        Some(Bound { reader, bind, partners, slots, singles })
    }

    fn held(&self, nth: usize, place: usize) -> HeldId {
        self.slots[self.singles[nth]][place].held
    }

    /// The first place from there on that may go with what stands in the slots before.
    pub(super) fn next(
        &self,
        assignment: &[usize],
        from: usize,
        is_free: impl Fn(&usize) -> bool,
    ) -> Option<usize> {
        let nth = assignment.len();
        let goes = |place: &usize| {
            let held = self.held(nth, *place);
            let mut before = assignment.iter().enumerate();
            is_free(place)
                && before.all(|(at, other)| {
                    !agree(&self.reader, self.bind, self.held(at, *other), held).is_false()
                })
        };
        let known = assignment.iter().enumerate().find_map(|(at, place)| {
            match says(&self.reader, self.bind, self.held(at, *place)) {
                Says::Value(value) => Some(value),
                _ => None,
            }
        });
        let all = self.slots[self.singles[nth]].len();
        match (self.partners.get(nth), known) {
            (Some(partners), Some(value)) => {
                let places = partners.get(&value);
                // Where nobody is known to have the value, those of whom it is not known may.
                let Some(places) = places else { return (from..all).find(goes) };
                let start = places.partition_point(|place| *place < from);
                places[start..].iter().copied().find(|place| goes(place))
            }
            _ => (from..all).find(goes),
        }
    }
}

/// Whether the single achievements of a bundle go together, with what has to be known for that.
pub(super) fn together<T: Trace>(
    reader: &Reader<'_>,
    bundle: &[SourceSlot],
    held: &[HeldId],
    sink: &mut Sink<'_, T>,
) -> Truth {
    let Some(slot) = bundle.iter().find(|slot| slot.take == Take::One) else { return Truth::True };
    let Some(bind) = slot.bind else { return Truth::True };
    let mut all = Truth::True;
    for (at, one) in held.iter().enumerate() {
        for other in &held[at + 1..] {
            let answer = agree(reader, bind, *one, *other);
            all = all.and(answer);
            let (of, with) = (Owner::Held(*one), Owner::Held(*other));
            let what = || What::Compare {
                of,
                fact: bind.fact,
                value_type: type_of(reader, of, bind.fact),
                seen: state(reader, bind, *one).into_owned(),
                relation: if bind.distinct { Order::Different } else { Order::Same },
                negated: false,
                with,
                other: bind.fact,
                other_seen: state(reader, bind, *other).into_owned(),
            };
            sink.step(Slot::When, what, answer, &[slot.span]);
        }
    }
    if all.is_unknown() {
        for held in held.iter().filter(|held| matches!(says(reader, bind, **held), Says::Open)) {
            sink.ask(question(reader, bind, *held));
        }
    }
    all
}

//! Until when an answer stands: the last day before a test of a rule used, or an achievement's own validity, comes out otherwise.
//!
//! Each date a test reads gives a few days on which it may turn; such a day counts only where the test, asked again for the day
//! after it, does come out otherwise.

use crate::evaluate::{
    About, Asked, Goal, HeldId, Instance, Owner, Reader, Sink, days_of, lapsed, lapses, quietly, seen,
    turning_days,
};
use crate::model::{AtomTest, Cond, Holder, SourceItem, Subject, ValueType};
use crate::quantity::{Date, Length};
use crate::space::{Set, Truth};

use super::asking::Asking;

/// The last day on which everything that an instance rests on stands as it does on the day asked; nothing where nothing will change.
pub(super) fn valid_until(asking: &Asking<'_>, instance: &Instance) -> Option<Date> {
    let rule = asking.rule(instance.rule)?;
    let reader = asking.case.reader;
    let target = if let Goal::Outcome(outcome) = instance.goal { Some(outcome) } else { None };
    let reader = reader.toward(target);
    let sure: Vec<Vec<HeldId>> = instance.evidence.slots.iter().map(|used| used.sure.clone()).collect();
    let possible: Vec<Vec<HeldId>> =
        instance.evidence.slots.iter().map(|used| used.possible.clone()).collect();
    let about = About { sure: &sure, possible: &possible, target, itself: None };
    let mut until = Until { reader, last: None };
    until.cond(about, &rule.guard);
    let held: Vec<HeldId> = sure.iter().chain(&possible).flatten().copied().collect();
    let bundle = rule.sources.get(instance.alternative as usize).map_or(&[][..], Vec::as_slice);
    for (slot, used) in bundle.iter().zip(&instance.evidence.slots) {
        for one in used.sure.iter().chain(&used.possible) {
            until.brackets(*one, &slot.items);
        }
    }
    for bar in reader.graph.bars(rule.scheme).filter_map(|bar| asking.model().bars.get(bar.index())) {
        for one in &held {
            until.cond(About { target, itself: Some(Owner::Held(*one)), ..About::default() }, &bar.guard);
            until.brackets(*one, &bar.from);
        }
    }
    for one in held {
        let unusable = |as_of: Date| {
            let mut case = asking.case.clone();
            case.reader.as_of = as_of;
            case.inadmissible(one, rule)
        };
        let expires = reader.graph.built_in().expires.map(|fact| {
            let seen = reader.state(Owner::Held(one), fact, Some(ValueType::Date));
            seen.state.to_set()
        });
        let days = expires.map(|set| ends(&set)).unwrap_or_default();
        until.turn(days, unusable);
        for lapse in lapses(&reader, one) {
            let seen = reader.state(Owner::Held(one), lapse.after, Some(ValueType::Date));
            until.turn(span_ends(&seen.state.to_set(), lapse.length, true), |as_of: Date| {
                let nothing = &mut ();
                let mut quiet = Sink::new(nothing, Asked::Rule(instance.rule));
                lapsed(&Reader { as_of, ..reader }, one, &mut quiet).unwrap_or(Truth::Unknown)
            });
        }
    }
    until.last
}

struct Until<'a> {
    reader: Reader<'a>,
    last: Option<Date>,
}

impl Until<'_> {
    fn cond(&mut self, about: About<'_>, cond: &Cond) {
        match cond {
            Cond::All(parts) | Cond::Any(parts) => parts.iter().for_each(|part| self.cond(about, part)),
            Cond::Atom(atom) => {
                if let AtomTest::Holds(wanted) = &atom.test {
                    let all = (0u32..).zip(&self.reader.record.held).map(|(place, _)| HeldId(place));
                    let items: Vec<&SourceItem> =
                        wanted.alternatives.iter().flatten().flat_map(|part| &part.items).collect();
                    for held in all {
                        items.iter().for_each(|item| self.brackets(held, std::slice::from_ref(*item)));
                    }
                    return;
                }
                let days = self.days(about, &atom.test);
                let reader = self.reader;
                let answer =
                    |as_of: Date| quietly(&Reader { as_of, ..reader }, about, cond).unwrap_or(Truth::Unknown);
                self.turn(days, answer);
            }
        }
    }

    fn brackets(&mut self, held: HeldId, items: &[SourceItem]) {
        let about = About { itself: Some(Owner::Held(held)), ..About::default() };
        for item in items {
            let brackets = item.except.iter().filter_map(|(_, bracket)| bracket.as_ref());
            for bracket in item.bracket.iter().chain(brackets) {
                self.cond(about, bracket);
            }
        }
    }

    /// Takes the first of some days after which the answer is another.
    fn turn<T: PartialEq>(&mut self, mut days: Vec<Date>, answer: impl Fn(Date) -> T) {
        let now = self.reader.as_of;
        days.retain(|day| *day >= now && self.last.is_none_or(|last| *day < last));
        days.sort_unstable();
        days.dedup();
        let Some(first) = days.first().map(|_| answer(now)) else { return };
        let turns = |day: &Date| day.add_days(1).is_ok_and(|next| answer(next) != first);
        if let Some(day) = days.into_iter().find(turns) {
            self.last = Some(day);
        }
    }

    /// The days on which a test that reads a date of the request may turn.
    fn days(&self, about: About<'_>, test: &AtomTest) -> Vec<Date> {
        match test {
            AtomTest::In { subject, set, .. } if subject.of == Holder::Request => ends(set),
            AtomTest::Lasting(lasting) => turning_days(&self.reader, lasting).unwrap_or_default(),
            AtomTest::Dates { subject, other, .. } => match moving(*subject, *other) {
                Some((fixed, _)) => self.states(about, fixed).iter().flat_map(ends).collect(),
                None => Vec::new(),
            },
            AtomTest::Within { subject, other, length, before, .. } => match moving(*subject, *other) {
                Some((fixed, tested)) => {
                    // The day of the request comes later where the other date is the tested one that must come before it.
                    let later = tested == *before;
                    let states = self.states(about, fixed);
                    states.iter().flat_map(|set| span_ends(set, *length, later)).collect()
                }
                None => Vec::new(),
            },
            _ => Vec::new(),
        }
    }

    /// What is known of a date, of each of its holders.
    fn states(&self, about: About<'_>, subject: Subject) -> Vec<Set> {
        let owners: Vec<Owner> = match subject.of {
            Holder::Source(slot) => {
                let sure = about.sure.get(slot as usize).into_iter().flatten();
                let possible = about.possible.get(slot as usize).into_iter().flatten();
                sure.chain(possible).map(|held| Owner::Held(*held)).collect()
            }
            Holder::Each | Holder::Some | Holder::Lowest | Holder::Latest | Holder::Total => {
                about.sure.iter().chain(about.possible).flatten().map(|held| Owner::Held(*held)).collect()
            }
            Holder::Itself => about.itself.into_iter().collect(),
            Holder::Target => about.target.map(Owner::Target).into_iter().collect(),
            Holder::Learner => vec![Owner::Learner],
            Holder::Plan => vec![Owner::Plan],
            Holder::Request => vec![Owner::Request],
        };
        let state = |owner| seen(&self.reader, about, owner, subject.fact, Some(ValueType::Date)).ok();
        owners.into_iter().filter_map(state).map(|seen| seen.state.to_set()).collect()
    }
}

/// Of two dates the one that is not the request's, and whether it is the first; nothing where neither is the request's, or both are.
fn moving(subject: Subject, other: Subject) -> Option<(Subject, bool)> {
    match (subject.of == Holder::Request, other.of == Holder::Request) {
        (false, true) => Some((subject, true)),
        (true, false) => Some((other, false)),
        _ => None,
    }
}

/// The first and last day of a set, each with the day before it.
fn ends(set: &Set) -> Vec<Date> {
    let (first, last) = days_of(set).unwrap_or_default();
    first.into_iter().chain(last).flat_map(|day| day.add_days(-1).ok().into_iter().chain([day])).collect()
}

/// The days about which a span from, or to, a date ends.
fn span_ends(set: &Set, length: Length, later: bool) -> Vec<Date> {
    let (first, last) = days_of(set).unwrap_or_default();
    let mut all = ends(set);
    for day in first.into_iter().chain(last) {
        if later {
            all.extend(length.after(day).ok());
        } else {
            let from = day.earliest_within(length);
            all.extend(from.and_then(|from| from.add_days(-1).ok()));
            all.extend(from);
        }
    }
    all
}

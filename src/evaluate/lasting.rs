//! `total length of S`: how many days spells of the record last, all together.
//!
//! Each day counts once, however many spells it lies in, the first and the last day included. A spell of which nobody says that it
//! ended still runs, and counts up to the day asked; no spell counts further. Each `of which` is a part of the part before it. What is
//! not known leaves a least and a most number of days, and where these two disagree the dates and tests behind them are asked for.

use crate::model::{Atom, Cond, Lasting, LongEnough, Order, Reason, ValueType};
use crate::quantity::{Date, Overflow};
use crate::space::{State, Truth, Value};

use super::compare::days;
use super::condition::{About, Open, Sink, truth};
use super::facts::Reader;
use super::membership::{ask_unlisted, membership};
use super::{HeldId, Lasted, Owner, Slot, Status, Trace, What};

/// A spell as far as it is known: the days that it surely and possibly holds, first and last.
struct Spell {
    held: HeldId,
    /// Whether it is of the part that is counted.
    meant: Truth,
    least: Option<(i32, i32)>,
    /// Nothing where it holds no day; no first day where that may be any.
    most: Option<(Option<i32>, i32)>,
    /// What could still tell more.
    open: Vec<Open>,
}

/// Whether the spells last as long as the test asks.
pub(super) fn holds<T: Trace>(
    reader: &Reader<'_>,
    test: &Lasting,
    atom: &Atom,
    sink: &mut Sink<'_, T>,
) -> Result<Truth, Overflow> {
    let mut spells = spells(reader, test, sink.asked)?;
    let ordered = |wanted: Truth| {
        let mut held: Vec<HeldId> =
            spells.iter().filter(|spell| spell.meant == wanted).map(|spell| spell.held).collect();
        held.sort_by(|a, b| super::id(reader, *a).cmp(super::id(reader, *b)));
        held
    };
    let (sure, possible) = (ordered(Truth::True), ordered(Truth::Unknown));
    let mut answer = Truth::True;
    let mut parts = Vec::with_capacity(test.parts.len());
    let mut open: Vec<Open> = Vec::new();
    for part in &test.parts {
        narrow(reader, &mut spells, part, sink.asked)?;
        let lasted = count(reader, &spells, part);
        answer = answer.and(lasted.truth);
        if lasted.truth.is_unknown() {
            spells.iter().for_each(|spell| open.extend(spell.open.iter().cloned()));
        }
        parts.push(lasted);
    }
    let answer = if test.negated { answer.not() } else { answer };
    let negated = test.negated;
    sink.step(
        Slot::from(atom.role),
        || What::Lasting { sure, possible, parts, negated },
        answer,
        &atom.lines,
    );
    if answer.is_unknown() {
        open.into_iter().for_each(|open| sink.ask(open));
        if reader.record.partial {
            test.of.iter().for_each(|item| ask_unlisted(reader, item.class, sink));
        }
    }
    if answer.is_false() {
        sink.failed.push(Reason::ConditionNotMet);
    }
    Ok(answer)
}

/// The days on which the answer to a test may turn. A length grows by a day each day or not at all, and changes from the one to the
/// other where a spell starts or ends: so many days from each such day as are lacking then.
pub(crate) fn turning_days(reader: &Reader<'_>, test: &Lasting) -> Result<Vec<Date>, Overflow> {
    let asked = super::Asked::Rule(crate::model::RuleId(0));
    let built_in = reader.graph.built_in();
    let mut bases = vec![reader.as_of];
    for spell in spells(reader, test, asked)? {
        for fact in [built_in.started, built_in.ended].into_iter().flatten() {
            let seen = reader.state(Owner::Held(spell.held), fact, Some(ValueType::Date));
            let (first, last) = days(&seen.state.to_set()).unwrap_or_default();
            bases.extend(first.into_iter().chain(last).filter(|day| *day > reader.as_of));
        }
    }
    bases.sort_unstable();
    bases.dedup();
    let mut all = Vec::new();
    for base in bases {
        let then = Reader { as_of: base, ..*reader };
        let mut spells = spells(&then, test, asked)?;
        for part in &test.parts {
            narrow(&then, &mut spells, part, asked)?;
            let lasted = count(&then, &spells, part);
            for counted in [Some(lasted.least), lasted.most].into_iter().flatten() {
                let lacking = i64::from(part.wanted.in_days()) - i64::from(counted);
                let lacking = i32::try_from(lacking).unwrap_or(i32::MAX);
                let beside = |beside: i32| base.add_days(lacking.saturating_add(beside)).ok();
                all.extend((-1..=1).filter_map(beside));
            }
        }
    }
    Ok(all)
}

/// How many days each part that lacks some lacks at least, by its place.
pub(crate) fn lacking(reader: &Reader<'_>, test: &Lasting) -> Result<Vec<(usize, u32)>, Overflow> {
    let asked = super::Asked::Rule(crate::model::RuleId(0));
    let mut spells = spells(reader, test, asked)?;
    let mut all = Vec::new();
    for (place, part) in test.parts.iter().enumerate() {
        narrow(reader, &mut spells, part, asked)?;
        let lasted = count(reader, &spells, part);
        if !lasted.truth.is_false() {
            continue;
        }
        let wanted = part.wanted.in_days().saturating_add(u32::from(part.relation == Order::Over));
        // More days make no spell shorter.
        match part.relation {
            Order::AtLeast | Order::Over => {
                all.push((place, wanted.saturating_sub(lasted.most.unwrap_or(0))))
            }
            _ => return Ok(Vec::new()),
        }
    }
    Ok(all)
}

/// The spells of the record, with what is known of their days.
fn spells(reader: &Reader<'_>, test: &Lasting, asked: super::Asked) -> Result<Vec<Spell>, Overflow> {
    let mut all = Vec::new();
    for (place, held) in (0u32..).zip(&reader.record.held) {
        if held.status == Status::Withdrawn {
            continue;
        }
        let held = HeldId(place);
        let nothing = &mut ();
        let mut quiet = Sink::new(nothing, asked);
        let meant = membership(reader, &test.of, Owner::Held(held), &mut quiet)?.truth;
        if !meant.is_false() {
            let mut spell = Spell { held, meant, least: None, most: None, open: quiet.open };
            measure(reader, &mut spell);
            all.push(spell);
        }
    }
    Ok(all)
}

/// What is known of the first and the last day of a spell.
fn measure(reader: &Reader<'_>, spell: &mut Spell) {
    let built_in = reader.graph.built_in();
    let (Some(started), Some(ended)) = (built_in.started, built_in.ended) else { return };
    let owner = Owner::Held(spell.held);
    let as_of = reader.as_of.day_number();
    let first = reader.state(owner, started, Some(ValueType::Date));
    // Of what is still going on nobody says when it ended.
    let says_end = reader.declared(owner, ended).is_some()
        || reader.held(spell.held).is_some_and(|held| held.facts.get(ended).is_some())
        || reader.state(owner, ended, Some(ValueType::Date)).state.value().is_some();
    let last = says_end.then(|| reader.state(owner, ended, Some(ValueType::Date)));
    let ask = |fact, seen: &super::facts::Seen<'_>| {
        let known: State = seen.state.clone().into_owned();
        let unpublished = seen.unpublished;
        Open { of: owner, fact, value_type: ValueType::Date, known, unpublished, judgement: false }
    };
    if first.state.value().is_none() {
        spell.open.push(ask(started, &first));
    }
    if let Some(last) = last.as_ref().filter(|last| last.state.value().is_none()) {
        spell.open.push(ask(ended, last));
    }
    // Without a first day it holds none.
    if first.state.value() == Some(Value::None) {
        return;
    }
    let firsts = first.state.to_set();
    let (earliest, latest) = days(&firsts).unwrap_or_default();
    let (least_end, most_end) = match &last {
        None => (Some(as_of), as_of),
        Some(last) => {
            let set = last.state.to_set();
            // It may be that it still runs.
            let (soonest, furthest) = days(&set).unwrap_or_default();
            let runs = set.has_none();
            let cut = |day: Date| day.day_number().min(as_of);
            let only_runs = runs && last.state.value() == Some(Value::None);
            let soonest = if only_runs { Some(as_of) } else { soonest.map(cut) };
            let furthest = if runs { as_of } else { furthest.map_or(as_of, cut) };
            (soonest, furthest)
        }
    };
    if let (Some(latest), Some(least_end)) = (latest.filter(|_| !firsts.has_none()), least_end) {
        let latest = latest.day_number();
        spell.least = (latest <= least_end).then_some((latest, least_end));
    }
    let earliest = earliest.map(Date::day_number);
    spell.most = earliest.is_none_or(|earliest| earliest <= most_end).then_some((earliest, most_end));
}

/// Leaves the spells of a part: those of the part before that pass its test.
fn narrow(
    reader: &Reader<'_>,
    spells: &mut Vec<Spell>,
    part: &LongEnough,
    asked: super::Asked,
) -> Result<(), Overflow> {
    let Some(only) = &part.only else { return Ok(()) };
    for spell in spells.iter_mut() {
        let passes = passes(reader, spell, only, asked)?;
        spell.meant = spell.meant.and(passes);
    }
    spells.retain(|spell| !spell.meant.is_false());
    Ok(())
}

fn passes(
    reader: &Reader<'_>,
    spell: &mut Spell,
    only: &Cond,
    asked: super::Asked,
) -> Result<Truth, Overflow> {
    let about = About { itself: Some(Owner::Held(spell.held)), ..About::default() };
    let nothing = &mut ();
    let mut quiet = Sink::new(nothing, asked);
    let passes = truth(reader, about, only, &mut quiet)?;
    spell.open.extend(quiet.open);
    Ok(passes)
}

/// The days of a part, and whether they are as many as it asks.
fn count(reader: &Reader<'_>, spells: &[Spell], part: &LongEnough) -> Lasted {
    let surely: Vec<(i32, i32)> =
        spells.iter().filter(|spell| spell.meant.is_true()).filter_map(|spell| spell.least).collect();
    let least = in_union(surely);
    let perhaps = || spells.iter().filter_map(|spell| spell.most);
    let endless = reader.record.partial || perhaps().any(|(first, _)| first.is_none());
    let most =
        (!endless).then(|| in_union(perhaps().filter_map(|(first, last)| Some((first?, last))).collect()));
    let wanted = part.wanted.in_days();
    let (enough, too_few) = match part.relation {
        Order::Over | Order::AtMost => (least > wanted, most.is_some_and(|most| most <= wanted)),
        _ => (least >= wanted, most.is_some_and(|most| most < wanted)),
    };
    let reaches = match (enough, too_few) {
        (true, _) => Truth::True,
        (_, true) => Truth::False,
        _ => Truth::Unknown,
    };
    let truth = if matches!(part.relation, Order::AtMost | Order::Under) { reaches.not() } else { reaches };
    Lasted { relation: part.relation, wanted: part.wanted, least, most, truth }
}

/// How many days lie in one of these at least, both ends included.
fn in_union(mut all: Vec<(i32, i32)>) -> u32 {
    all.sort_unstable();
    let (mut sum, mut done) = (0_i64, i64::MIN);
    for (first, last) in all {
        let first = i64::from(first).max(done.saturating_add(1));
        let last = i64::from(last);
        if first <= last {
            sum += last - first + 1;
            done = last;
        }
    }
    u32::try_from(sum).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::in_union;

    #[test]
    fn a_day_counts_once_however_many_spells_it_lies_in() {
        assert_eq!(in_union(vec![]), 0);
        assert_eq!(in_union(vec![(1, 1)]), 1);
        assert_eq!(in_union(vec![(1, 10), (5, 12), (20, 20)]), 13);
        assert_eq!(in_union(vec![(5, 12), (1, 10), (6, 7), (13, 14)]), 14);
    }
}

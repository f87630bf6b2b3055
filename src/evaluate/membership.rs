//! Which achievements a selection means, and whether different achievements can fill several slots at once.

use std::collections::VecDeque;

use crate::model::{Atom, ClassId, Holds, OutcomeId, Reason, SourceItem, SourceSlot, Take, ValueType};
use crate::quantity::{Overflow, Ratio};
use crate::space::{State, Truth};

use super::binding::different;
use super::compare::numbers;
use super::condition::{About, Open, Sink, truth};
use super::facts::Reader;
use super::value::type_of;
use super::{HeldId, Owner, Slot, Status, Trace, What};

/// How an achievement stands to a selection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Membership {
    /// Whether it is meant.
    pub(crate) truth: Truth,
    /// Whether it is named and taken out: a published exclusion.
    pub(crate) excluded: bool,
    /// Whether its class is named at all.
    pub(crate) named: bool,
}

/// Whether an achievement is of a class.
pub(crate) fn is_of_class(reader: &Reader<'_>, held: HeldId, class: ClassId) -> bool {
    let Some(held) = reader.held(held) else { return false };
    let of_outcome = held.outcome.and_then(|outcome| reader.graph.model().outcomes.get(outcome.index()));
    let (by_outcome, by_kind) =
        reader.graph.classes(held.outcome, held.kind.or(of_outcome.map(|of| of.kind)));
    by_outcome.binary_search(&class).is_ok() || by_kind.binary_search(&class).is_ok()
}

/// Whether an outcome is of a class, for the side of targets.
pub(crate) fn outcome_is_of_class(reader: &Reader<'_>, outcome: OutcomeId, class: ClassId) -> bool {
    let model = reader.graph.model();
    let Some(entry) = model.outcomes.get(outcome.index()) else { return false };
    // Only what the class names: an outcome that was replaced serves as a source, not as a target.
    let named =
        model.classes.get(class.index()).is_some_and(|class| class.outcomes.binary_search(&outcome).is_ok());
    named || reader.graph.classes(None, Some(entry.kind)).1.binary_search(&class).is_ok()
}

/// Whether the items of a selection mean an achievement (or a target): any of them may.
pub(crate) fn membership<T: Trace>(
    reader: &Reader<'_>,
    items: &[SourceItem],
    of: Owner,
    sink: &mut Sink<'_, T>,
) -> Result<Membership, Overflow> {
    let is_of = |class: ClassId| match of {
        Owner::Held(held) => is_of_class(reader, held, class),
        Owner::Target(outcome) => outcome_is_of_class(reader, outcome, class),
        _ => false,
    };
    let about = About { itself: Some(of), ..About::default() };
    let open = sink.open.len();
    let mut all = Membership { truth: Truth::False, excluded: false, named: false };
    for item in items {
        if !is_of(item.class) {
            continue;
        }
        all.named = true;
        let mut meant = match &item.bracket {
            Some(bracket) => truth(reader, about, bracket, sink)?,
            None => Truth::True,
        };
        for (class, bracket) in &item.except {
            if !is_of(*class) {
                continue;
            }
            let out = match bracket {
                Some(bracket) => truth(reader, about, bracket, sink)?,
                None => Truth::True,
            };
            all.excluded |= out.is_true() && !meant.is_false();
            meant = meant.and(out.not());
        }
        all.truth = all.truth.or(meant);
    }
    if !all.truth.is_unknown() {
        sink.open.truncate(open);
    }
    all.excluded &= all.truth.is_false();
    Ok(all)
}

/// `holds S`: looks at the whole record and uses nothing. A withdrawn achievement is not held.
pub(crate) fn holds<T: Trace>(
    reader: &Reader<'_>,
    about: About<'_>,
    wanted: &Holds,
    atom: &Atom,
    sink: &mut Sink<'_, T>,
) -> Result<Truth, Overflow> {
    let mut answer = Truth::False;
    let (mut all_sure, mut all_possible) = (Vec::new(), Vec::new());
    let open = sink.open.len();
    for parts in &wanted.alternatives {
        let (mut sure, mut possible) = (Vec::new(), Vec::new());
        for part in parts {
            let (of_part, may_be) = candidates(reader, about, wanted, part, sink)?;
            all_sure.extend(of_part.iter().copied());
            all_possible.extend(may_be.iter().copied());
            possible.push(of_part.iter().chain(&may_be).copied().collect::<Vec<_>>());
            sure.push(of_part);
        }
        let mut found = if fill(reader, parts, &sure, true)? {
            Truth::True
        } else if fill(reader, parts, &possible, false)? {
            for (part, held) in parts.iter().zip(&possible) {
                if let Take::Credits(_) = part.take {
                    ask_credits(reader, held, sink);
                }
            }
            Truth::Unknown
        } else {
            Truth::False
        };
        if !found.is_true() && reader.record.partial {
            found = Truth::Unknown;
            parts.iter().flat_map(|part| &part.items).for_each(|item| ask_unlisted(reader, item.class, sink));
        }
        answer = answer.or(found);
    }
    let answer = if wanted.negated { answer.not() } else { answer };
    if !answer.is_unknown() {
        sink.open.truncate(open);
    }
    if answer.is_false() {
        sink.failed.push(Reason::ConditionNotMet);
    }
    let ordered = |mut held: Vec<HeldId>| {
        held.sort_by(|a, b| id(reader, *a).cmp(id(reader, *b)));
        held.dedup();
        held
    };
    let negated = wanted.negated;
    let what = || What::Holds { sure: ordered(all_sure), possible: ordered(all_possible), negated };
    sink.step(Slot::from(atom.role), what, answer, &atom.lines);
    Ok(answer)
}

/// Asks for the credits of those of whom they are not known.
pub(super) fn ask_credits<T: Trace>(reader: &Reader<'_>, members: &[HeldId], sink: &mut Sink<'_, T>) {
    let Some(fact) = reader.graph.built_in().credits else { return };
    for &held in members {
        let of = Owner::Held(held);
        let seen = reader.state(of, fact, None);
        if seen.state.value().is_none() {
            let value_type = type_of(reader, of, fact);
            let known = seen.state.into_owned();
            let unpublished = seen.unpublished;
            sink.ask(Open { of, fact, value_type, known, unpublished, judgement: false });
        }
    }
}

/// Asks whether an achievement of a class is held though the record does not list it.
pub(super) fn ask_unlisted<T: Trace>(reader: &Reader<'_>, class: ClassId, sink: &mut Sink<'_, T>) {
    let Some(fact) = reader.graph.built_in().outcome else { return };
    let known = State::unknown(&reader.open_domain(Some(ValueType::Name)));
    let of = Owner::Unlisted(class);
    sink.ask(Open { of, fact, value_type: ValueType::Name, known, unpublished: false, judgement: false });
}

/// The achievements of the record that surely and possibly are meant.
fn candidates<T: Trace>(
    reader: &Reader<'_>,
    about: About<'_>,
    wanted: &Holds,
    slot: &SourceSlot,
    sink: &mut Sink<'_, T>,
) -> Result<(Vec<HeldId>, Vec<HeldId>), Overflow> {
    let (mut sure, mut possible) = (Vec::new(), Vec::new());
    for (place, held) in (0u32..).zip(&reader.record.held) {
        if held.status == Status::Withdrawn {
            continue;
        }
        let nothing = &mut ();
        let mut quiet = Sink::new(nothing, sink.asked);
        let mut meant = super::binding::meant(reader, slot, HeldId(place), &mut quiet)?.truth;
        if let (Some(this), false) = (wanted.after, meant.is_false()) {
            meant = meant.and(super::registered::began_later(reader, about, this, HeldId(place), &mut quiet));
        }
        match meant {
            Truth::True => sure.push(HeldId(place)),
            Truth::Unknown => {
                possible.push(HeldId(place));
                quiet.open.into_iter().for_each(|open| sink.ask(open));
            }
            Truth::False => {}
        }
    }
    Ok((sure, possible))
}

pub(crate) fn id<'a>(reader: &Reader<'a>, held: HeldId) -> &'a str {
    reader.held(held).map_or("", |held| &held.id)
}

/// How many different outcomes a slot needs at least.
pub(crate) const fn least(take: Take) -> u32 {
    match take {
        Take::Exactly(number) => number,
        Take::One | Take::UpTo(_) | Take::Together | Take::Credits(_) => 1,
    }
}

/// Whether different achievements can fill all slots at once, each slot from its own candidates; a slot that takes several takes
/// them of different outcomes. Credits are counted at their least where it must be sure, else at their most.
pub(crate) fn fill(
    reader: &Reader<'_>,
    slots: &[SourceSlot],
    candidates: &[Vec<HeldId>],
    surely: bool,
) -> Result<bool, Overflow> {
    for (slot, held) in slots.iter().zip(candidates) {
        if let Take::Credits(wanted) = slot.take
            && credits(reader, held, surely)?.is_some_and(|credits| credits < wanted)
        {
            return Ok(false);
        }
    }
    if let ([only], [held]) = (slots, candidates) {
        let mut outcomes: Vec<_> = held.iter().map(|held| different(reader, only.bind, *held)).collect();
        outcomes.sort_unstable();
        outcomes.dedup();
        return Ok(outcomes.len() >= least(only.take) as usize);
    }
    let mut needs: Vec<(u32, &[HeldId])> =
        slots.iter().zip(candidates).map(|(slot, held)| (least(slot.take), held.as_slice())).collect();
    let by_credits = |slot: &SourceSlot| matches!(slot.take, Take::Credits(_));
    if slots.iter().filter(|slot| by_credits(slot)).count() == 1
        && let Some(at) = slots.iter().position(by_credits)
        && let (Some(Take::Credits(wanted)), Some(held)) =
            (slots.get(at).map(|slot| slot.take), candidates.get(at))
    {
        needs.remove(at);
        return leaves(reader, &needs, held, wanted, surely);
    }
    Ok(matching(reader, &needs, &[]).is_some())
}

/// Whether the other slots can be filled so that what they leave of a set is worth its credits: they take what it misses least.
fn leaves(
    reader: &Reader<'_>,
    needs: &[(u32, &[HeldId])],
    set: &[HeldId],
    wanted: Ratio,
    surely: bool,
) -> Result<bool, Overflow> {
    let mut dear: Vec<(Option<Ratio>, HeldId)> = set
        .iter()
        .map(|held| Ok((credits(reader, std::slice::from_ref(held), surely)?, *held)))
        .collect::<Result<_, Overflow>>()?;
    // What has no bound is missed most.
    dear.sort_by_key(|(credits, held)| (credits.is_none(), *credits, *held));
    let last: Vec<HeldId> = dear.into_iter().map(|(_, held)| held).collect();
    let Some(used) = matching(reader, needs, &last) else { return Ok(false) };
    let left: Vec<HeldId> = set.iter().filter(|held| !used.contains(held)).copied().collect();
    Ok(!left.is_empty() && credits(reader, &left, surely)?.is_none_or(|sum| sum >= wanted))
}

/// The credits that achievements come to, at least or at most; nothing where there is no bound.
pub(crate) fn credits(
    reader: &Reader<'_>,
    held: &[HeldId],
    at_least: bool,
) -> Result<Option<Ratio>, Overflow> {
    let Some(fact) = reader.graph.built_in().credits else { return Ok(Some(Ratio::ZERO)) };
    let mut sum = Ratio::ZERO;
    for held in held {
        match numbers(&reader.state(Owner::Held(*held), fact, None).state) {
            Some((least, _)) if at_least => sum = sum.checked_add(least)?,
            Some((_, Some(most))) => sum = sum.checked_add(most)?,
            Some((_, None)) => return Ok(None),
            None => {}
        }
    }
    Ok(Some(sum))
}

/// What counts as one in "different outcomes": the outcome, under the name of those it is declared the same as; an achievement
/// without one stands for itself.
pub(crate) fn distinct(reader: &Reader<'_>, held: HeldId) -> (u8, u32) {
    match reader.held(held).and_then(|held| held.outcome) {
        Some(outcome) => (0, reader.graph.same_as(outcome).0),
        None => (1, held.0),
    }
}

/// Whether each slot can have its number of achievements of different outcomes, none used twice: a flow through slot, outcome
/// and achievement, enlarged path by path. Those in `last` are used only where they must, in that order: what can be used together
/// is a matroid, so that whoever takes each as it can be had takes the least of them. The achievements used, where all slots have theirs.
fn matching(reader: &Reader<'_>, needs: &[(u32, &[HeldId])], last: &[HeldId]) -> Option<Vec<HeldId>> {
    // Nodes: 0 the source, 1 the sink, then slots, outcomes within a slot, achievements.
    let mut edges: Vec<(usize, usize, u32)> = Vec::new();
    let mut leaving: Vec<Vec<usize>> = vec![Vec::new(); 2 + needs.len()];
    let mut join = |leaving: &mut Vec<Vec<usize>>, from: usize, to: usize, room: u32| {
        let needed = from.max(to) + 1;
        if leaving.len() < needed {
            leaving.resize(needed, Vec::new());
        }
        leaving[from].push(edges.len());
        edges.push((from, to, room));
        leaving[to].push(edges.len());
        edges.push((to, from, 0));
        edges.len() - 2
    };
    let mut next = 2 + needs.len();
    let mut held_nodes: Vec<(HeldId, usize, usize, bool)> = Vec::new();
    let mut wanted = 0u32;
    for (slot, (number, candidates)) in needs.iter().enumerate() {
        wanted = wanted.saturating_add(*number);
        join(&mut leaving, 0, 2 + slot, *number);
        let mut groups: Vec<((u8, u32), usize)> = Vec::new();
        for &held in *candidates {
            let key = distinct(reader, held);
            let group = match groups.iter().find(|(of, _)| *of == key) {
                Some((_, node)) => *node,
                None => {
                    groups.push((key, next));
                    join(&mut leaving, 2 + slot, next, 1);
                    next += 1;
                    next - 1
                }
            };
            let node = match held_nodes.iter().find(|(of, ..)| *of == held) {
                Some((_, node, ..)) => *node,
                None => {
                    let free = !last.contains(&held);
                    let out = join(&mut leaving, next, 1, u32::from(free));
                    held_nodes.push((held, next, out, free));
                    next += 1;
                    next - 1
                }
            };
            join(&mut leaving, group, node, 1);
        }
    }
    let (mut filled, mut waiting) = (0u32, last.iter());
    while filled < wanted {
        let mut by: Vec<Option<usize>> = vec![None; leaving.len()];
        let mut queue = VecDeque::from([0]);
        while let Some(node) = queue.pop_front() {
            for &edge in &leaving[node] {
                let (_, to, room) = edges[edge];
                if room > 0 && to != 0 && by[to].is_none() {
                    by[to] = Some(edge);
                    queue.push_back(to);
                }
            }
        }
        let mut at = 1;
        if by[at].is_none() {
            let next = waiting.next()?;
            if let Some(of) = held_nodes.iter_mut().find(|(held, ..)| held == next) {
                (edges[of.2].2, of.3) = (1, true);
            }
            continue;
        }
        while let Some(edge) = by[at] {
            edges[edge].2 -= 1;
            edges[edge ^ 1].2 += 1;
            at = edges[edge].0;
        }
        filled += 1;
    }
    let used = held_nodes.iter().filter(|(_, _, out, free)| *free && edges[*out].2 == 0);
    Some(used.map(|(held, ..)| *held).collect())
}

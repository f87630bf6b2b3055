//! `to`: which outcomes a rule converts to, and how many of them.

use crate::diagnostic::{Code, Problem};
use crate::model::{KindId, Member, OutcomeId, Target, Targets};
use crate::source::Span;
use crate::syntax::tree::{Reach, Selection, SelectionKind, UnitRef, UnitWord};

use super::known::{Known, Making, SetIs};
use super::names::{Sort, Thing};
use super::selections::{find, not_a_number, wrong_set};
use super::spot::Scene;

/// The targets of a `to`.
pub(super) fn targets(
    known: &Known<'_>,
    making: &mut Making,
    scene: &Scene<'_>,
    selection: &Selection,
) -> Option<Targets> {
    let package = scene.package;
    if !known.items.accounts.is_empty()
        && let Some(accounts) = accounts(known, making, package, selection)
    {
        return accounts;
    }
    if let Some(of) = super::families::family(known, making, scene, selection)? {
        return Some(Targets::Choose { number: 1, up_to: false, of });
    }
    let made = match &selection.kind {
        SelectionKind::Item(_) => Targets::Each(list(known, making, package, selection, false)?),
        SelectionKind::Except(inner, _) => match &inner.kind {
            SelectionKind::Item(_) => Targets::Each(list(known, making, package, selection, false)?),
            _ => with_exceptions(known, making, scene, selection, inner)?,
        },
        SelectionKind::Each(parts) => Targets::Each(lists(known, making, package, parts, false)?),
        SelectionKind::All(parts) => Targets::All(lists(known, making, package, parts, false)?),
        SelectionKind::Any(parts) => {
            Targets::Choose { number: 1, up_to: false, of: lists(known, making, package, parts, true)? }
        }
        SelectionKind::Count { number, up_to, of } => {
            let unit =
                matches!(number.unit, None | Some(UnitRef::Word(UnitWord::Course | UnitWord::Item, _)));
            let count = number.value.to_int().and_then(|whole| u32::try_from(whole).ok());
            let Some(count) = count.filter(|&count| unit && count > 0) else {
                making.found.push(not_a_number(making.found.written(number.span), number.span));
                return None;
            };
            let of = lists(known, making, package, of, true)?;
            if count as usize > of.len() && !up_to {
                let there = i64::try_from(of.len())
                    .map_or(crate::quantity::Ratio::ZERO, crate::quantity::Ratio::from_int);
                let problem = Problem::new(Code::SelectTooMany, number.span);
                making.found.push(problem.say("wanted", number.value).say("there", there));
                return None;
            }
            Targets::Choose { number: count, up_to: *up_to, of }
        }
        SelectionKind::Together(_) | SelectionKind::Bound(..) => {
            making.found.push(Problem::new(Code::SelectNested, selection.span));
            return None;
        }
    };
    twice(known, making, made.all());
    Some(made)
}

/// Places for credits, where a `to` names any: `to major`, `to major or elective`.
#[allow(clippy::option_option)]
fn accounts(
    known: &Known<'_>,
    making: &mut Making,
    package: usize,
    selection: &Selection,
) -> Option<Option<Targets>> {
    let block = |part: &Selection| match &part.kind {
        SelectionKind::Item(item) if item.tests.is_empty() && !item.any && item.at.is_none() => {
            match known.names.peek(package, &item.name, &[Sort::Block])? {
                Thing::Block(block) => Some((block, part.span)),
                _ => None,
            }
        }
        _ => None,
    };
    let (parts, choose) = match &selection.kind {
        SelectionKind::Item(_) => (std::slice::from_ref(selection), None),
        SelectionKind::Each(parts) | SelectionKind::All(parts) => (&parts[..], None),
        SelectionKind::Any(parts) => (&parts[..], Some((1, false))),
        SelectionKind::Count { number, up_to, of } => {
            let count = number.value.to_int().and_then(|whole| u32::try_from(whole).ok());
            (&of[..], Some((count.filter(|_| number.unit.is_none())?, *up_to)))
        }
        SelectionKind::Together(_) | SelectionKind::Except(..) | SelectionKind::Bound(..) => return None,
    };
    let of: Vec<_> = parts.iter().filter_map(block).collect();
    if of.is_empty() {
        return None;
    }
    if of.len() < parts.len() {
        // Courses and places in one `to`: which of them an amount is of would have to be said.
        making.found.later(selection.span);
        return Some(None);
    }
    Some(Some(Targets::Blocks { of, choose }))
}

/// How many targets one application reaches at most.
pub(super) fn at_once(targets: &Targets) -> usize {
    let granted = targets.all().iter().filter(|target| !target.excluded).count();
    match targets {
        Targets::Blocks { of, choose: None } => of.len(),
        Targets::Blocks { of, choose: Some((number, _)) } => of.len().min(*number as usize),
        Targets::Choose { number, .. } => granted.min(*number as usize),
        _ => granted,
    }
}

/// The kinds of the targets.
pub(super) fn kinds(known: &Known<'_>, targets: &Targets) -> Vec<KindId> {
    let mut kinds: Vec<KindId> =
        targets.all().iter().filter_map(|target| known.kind_of(target.outcome)).collect();
    kinds.sort_unstable();
    kinds.dedup();
    kinds
}

fn with_exceptions(
    known: &Known<'_>,
    making: &mut Making,
    scene: &Scene<'_>,
    selection: &Selection,
    inner: &Selection,
) -> Option<Targets> {
    let package = scene.package;
    let SelectionKind::Except(_, excluded) = &selection.kind else { return None };
    let mut made = targets(known, making, scene, inner)?;
    let without = lists(known, making, package, excluded, true)?;
    let (Targets::Each(list) | Targets::All(list) | Targets::Choose { of: list, .. }) = &mut made else {
        return Some(made);
    };
    for target in list.iter_mut() {
        target.excluded |= without.iter().any(|excluded| excluded.outcome == target.outcome);
    }
    let named: Vec<OutcomeId> = list.iter().map(|target| target.outcome).collect();
    list.extend(
        without.into_iter().filter(|t| !named.contains(&t.outcome)).map(|t| Target { excluded: true, ..t }),
    );
    Some(made)
}

pub(super) fn lists(
    known: &Known<'_>,
    making: &mut Making,
    package: usize,
    parts: &[Selection],
    sets: bool,
) -> Option<Vec<Target>> {
    let mut all = Vec::with_capacity(parts.len());
    let mut sound = true;
    for part in parts {
        match list(known, making, package, part, sets) {
            Some(more) => all.extend(more),
            None => sound = false,
        }
    }
    all.shrink_to_fit();
    sound.then_some(all)
}

/// The outcomes of one item. A set or kind is several: how many of them must be said.
fn list(
    known: &Known<'_>,
    making: &mut Making,
    package: usize,
    selection: &Selection,
    sets: bool,
) -> Option<Vec<Target>> {
    let target = |outcome, span: Span, excluded| Target { outcome, excluded, span };
    match &selection.kind {
        SelectionKind::Item(item) => {
            if item.reach != Reach::Exactly || !item.tests.is_empty() || item.any {
                making
                    .found
                    .push(Problem::new(Code::SelectQuantifier, selection.span).say("set", &*item.name.text));
                return None;
            }
            match find(known, making, package, &item.name, item.at.as_deref())? {
                Thing::Outcome(outcome) => Some(vec![target(outcome, selection.span, false)]),
                Thing::Set(of) if sets => match known.set_is(of)? {
                    SetIs::Named(set) => {
                        let members = &known.model.sets.get(set.index())?.members;
                        let outcomes: Option<Vec<Target>> = members
                            .iter()
                            .map(|member| match member.of {
                                Member::Outcome(outcome) => Some(target(outcome, selection.span, false)),
                                _ => None,
                            })
                            .collect();
                        if outcomes.is_none() {
                            making.found.push(wrong_set(&item.name, "declaration.kind"));
                        }
                        outcomes
                    }
                    SetIs::List(_) => {
                        super::sets::not_values(known, making, of, &item.name, &[Sort::Outcome]);
                        None
                    }
                },
                _ => {
                    making.found.push(
                        Problem::new(Code::SelectQuantifier, selection.span).say("set", &*item.name.text),
                    );
                    None
                }
            }
        }
        SelectionKind::Except(inner, excluded) => {
            let mut kept = list(known, making, package, inner, sets)?;
            let without = lists(known, making, package, excluded, true)?;
            for excluded in without {
                match kept.iter_mut().find(|target| target.outcome == excluded.outcome) {
                    Some(target) => target.excluded = true,
                    None => kept.push(target(excluded.outcome, excluded.span, true)),
                }
            }
            Some(kept)
        }
        _ => {
            making.found.push(Problem::new(Code::SelectNested, selection.span));
            None
        }
    }
}

/// A target named twice in one `to`.
fn twice(known: &Known<'_>, making: &mut Making, targets: &[Target]) {
    let mut first: rustc_hash::FxHashMap<OutcomeId, Span> = Default::default();
    for target in targets {
        if let Some(before) = first.insert(target.outcome, target.span)
            && before != target.span
        {
            let name = known.names.name_of(Thing::Outcome(target.outcome));
            making.found.push(super::fault::duplicate(name, target.span, before));
        }
    }
}

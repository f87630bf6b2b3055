//! Selections: which achievements or which outcomes.
//!
//! `or` between single items is one slot with several items; `and` is a bundle of slots; only where the two meet are there
//! alternatives. A number "of" several, and `together`, make one slot that takes a set.

use crate::diagnostic::{Code, Problem, Said};
use crate::model::{Class, ClassId, Cond, Member, OutcomeId, SetId, SourceItem, SourceSlot, Take};
use crate::source::Span;
use crate::syntax::tree::{Name, Reach, Selection, SelectionItem, SelectionKind, UnitRef, UnitWord};

use super::conditions::{Inlining, bracket_scene, test, window_atom};
use super::known::{Known, Making, SetIs};
use super::merge::all;
use super::names::{Sort, Thing};
use super::spot::Scene;

/// So many alternatives one selection may come to.
const MOST_ALTERNATIVES: usize = 1_024;

/// The alternatives of a selection of achievements, each a bundle of slots. A selection that names nothing sound has none.
pub(super) fn sources(
    known: &Known<'_>,
    making: &mut Making,
    scene: &Scene<'_>,
    selection: &Selection,
) -> Option<Vec<Vec<SourceSlot>>> {
    let one = |items: Vec<SourceItem>, take: Take| {
        Some(vec![vec![SourceSlot { items, take, bind: None, span: selection.span }]])
    };
    match &selection.kind {
        SelectionKind::Item(_) | SelectionKind::Except(..) => {
            one(items(known, making, scene, selection)?, Take::One)
        }
        SelectionKind::Any(parts) if parts.iter().all(is_single) => {
            one(items(known, making, scene, selection)?, Take::One)
        }
        SelectionKind::Any(parts) => {
            let mut alternatives = Vec::new();
            let mut sound = true;
            for part in parts {
                match sources(known, making, scene, part) {
                    Some(more) => alternatives.extend(more),
                    None => sound = false,
                }
            }
            sound.then_some(alternatives)
        }
        SelectionKind::All(parts) => bundle(known, making, scene, selection.span, parts),
        SelectionKind::Each(parts) => {
            let _ = parts;
            making.found.push(Problem::new(Code::SelectComma, selection.span));
            None
        }
        SelectionKind::Count { number, up_to, of } => {
            let take = take(making, number, *up_to)?;
            let mut all_items = Vec::new();
            let mut sound = true;
            for part in of {
                match items(known, making, scene, part) {
                    Some(more) => all_items.extend(more),
                    None => sound = false,
                }
            }
            if sound { one(all_items, take) } else { None }
        }
        SelectionKind::Together(inner) => one(items(known, making, scene, inner)?, Take::Together),
        SelectionKind::Bound(inner, distinct, fact) => {
            let alternatives = sources(known, making, scene, inner)?;
            super::binding::bound(known, making, scene, alternatives, (*distinct, fact), selection.span)
        }
    }
}

fn take(making: &mut Making, number: &crate::syntax::tree::Number, up_to: bool) -> Option<Take> {
    let credits = match &number.unit {
        None
        | Some(UnitRef::Word(UnitWord::Item | UnitWord::Course | UnitWord::Times | UnitWord::Source, _)) => {
            false
        }
        Some(UnitRef::Word(UnitWord::Credit, _)) => true,
        Some(_) => {
            making.found.push(not_a_number(making.found.written(number.span), number.span));
            return None;
        }
    };
    if credits && !up_to && number.value.is_positive() {
        return Some(Take::Credits(number.value));
    }
    let count = number.value.to_int().and_then(|whole| u32::try_from(whole).ok()).filter(|&count| count > 0);
    match count.filter(|_| !credits) {
        Some(count) => Some(if up_to { Take::UpTo(count) } else { Take::Exactly(count) }),
        None => {
            making.found.push(not_a_number(making.found.written(number.span), number.span));
            None
        }
    }
}

/// Every way to take one alternative of each part.
fn bundle(
    known: &Known<'_>,
    making: &mut Making,
    scene: &Scene<'_>,
    span: Span,
    parts: &[Selection],
) -> Option<Vec<Vec<SourceSlot>>> {
    let mut bundles: Vec<Vec<SourceSlot>> = vec![Vec::new()];
    let mut sound = true;
    for part in parts {
        let Some(alternatives) = sources(known, making, scene, part) else {
            sound = false;
            continue;
        };
        if bundles.len().saturating_mul(alternatives.len()) > MOST_ALTERNATIVES {
            let limit = crate::quantity::Ratio::from_int(1_024);
            making.found.push(Problem::new(Code::SelectLarge, span).say("limit", limit));
            return None;
        }
        let longer = |bundle: &Vec<SourceSlot>| {
            let bundle = bundle.clone();
            alternatives
                .iter()
                .map(move |more| bundle.iter().chain(more).cloned().collect())
                .collect::<Vec<_>>()
        };
        bundles = bundles.iter().flat_map(longer).collect();
    }
    sound.then_some(bundles)
}

/// Whether a selection is one item, or one of several.
fn is_single(selection: &Selection) -> bool {
    match &selection.kind {
        SelectionKind::Item(_) => true,
        SelectionKind::Except(inner, _) => is_single(inner),
        SelectionKind::Any(parts) => parts.iter().all(is_single),
        _ => false,
    }
}

/// The items of a selection that fills one slot.
pub(super) fn items(
    known: &Known<'_>,
    making: &mut Making,
    scene: &Scene<'_>,
    selection: &Selection,
) -> Option<Vec<SourceItem>> {
    match &selection.kind {
        SelectionKind::Item(written) => item(known, making, scene, written, selection.span),
        SelectionKind::Any(parts) | SelectionKind::Each(parts) => {
            let mut all_items = Vec::new();
            let mut sound = true;
            for part in parts {
                match items(known, making, scene, part) {
                    Some(more) => all_items.extend(more),
                    None => sound = false,
                }
            }
            sound.then_some(all_items)
        }
        SelectionKind::Except(inner, excluded) => {
            let kept = items(known, making, scene, inner);
            let mut without = Vec::new();
            let mut sound = true;
            for part in excluded {
                match items(known, making, scene, part) {
                    Some(more) => without.extend(more.into_iter().map(|item| (item.class, item.bracket))),
                    None => sound = false,
                }
            }
            let mut kept = kept.filter(|_| sound)?;
            for item in &mut kept {
                item.except.extend(without.iter().cloned());
            }
            Some(kept)
        }
        SelectionKind::All(_)
        | SelectionKind::Count { .. }
        | SelectionKind::Together(_)
        | SelectionKind::Bound(..) => {
            making.found.push(Problem::new(Code::SelectNested, selection.span));
            None
        }
    }
}

/// One name with its reach and bracket.
fn item(
    known: &Known<'_>,
    making: &mut Making,
    scene: &Scene<'_>,
    written: &SelectionItem,
    span: Span,
) -> Option<Vec<SourceItem>> {
    let members = members(known, making, scene.package, written, span)?;
    let mut class = Class::default();
    let mut dated = Vec::new();
    for (member, set) in members {
        let windows = set.map_or(&[][..], |(set, at)| {
            let set = known.model.sets.get(SetId::index(set));
            set.and_then(|set| set.members.get(at)).map_or(&[][..], |member| &member.windows)
        });
        if windows.is_empty() {
            add(&mut class, member);
        } else {
            let mut alone = Class::default();
            add(&mut alone, member);
            let window = all(windows.iter().filter_map(window_atom));
            dated.push((alone, window));
        }
    }
    let mut made = Vec::new();
    let undated = dated.is_empty() || !class.outcomes.is_empty() || !class.kinds.is_empty();
    for (class, window) in undated.then_some((class, Cond::always())).into_iter().chain(dated) {
        let class = known.class(making, class);
        let bracket = bracket(known, making, scene, written, class, window);
        made.push(SourceItem { class, bracket, except: Vec::new(), span });
    }
    made.shrink_to_fit();
    Some(made)
}

fn bracket(
    known: &Known<'_>,
    making: &mut Making,
    scene: &Scene<'_>,
    written: &SelectionItem,
    class: ClassId,
    window: Cond,
) -> Option<Cond> {
    if written.tests.is_empty() && window == Cond::always() {
        return None;
    }
    let kinds = making.classes.kinds_of(class).to_vec();
    let inner = bracket_scene(scene, kinds);
    let mut inlining = Inlining::new();
    let mut tests = vec![window];
    for written in &written.tests {
        tests.push(test(known, making, &inner, written, false, &mut inlining));
    }
    Some(all(tests))
}

fn add(class: &mut Class, member: Member) {
    match member {
        Member::Outcome(outcome) => class.outcomes.push(outcome),
        Member::Kind(kind) => class.kinds.push(kind),
        Member::Body(_) => {}
    }
}

/// The members that an item names, each with its place in the set that it comes from.
#[allow(clippy::type_complexity)]
fn members(
    known: &Known<'_>,
    making: &mut Making,
    package: usize,
    written: &SelectionItem,
    span: Span,
) -> Option<Vec<(Member, Option<(SetId, usize)>)>> {
    let thing = find(known, making, package, &written.name, written.at.as_deref())?;
    if let (true, Thing::Outcome(_)) = (written.any, thing) {
        making.found.push(super::families::no_family(&written.name, span));
        return None;
    }
    if written.reach == Reach::UnclearBelow {
        making.found.push(super::compare::unclear(known, span, written.name.span));
        return None;
    }
    let member = match thing {
        Thing::Outcome(outcome) => Member::Outcome(outcome),
        Thing::Kind(kind) => Member::Kind(kind),
        Thing::Set(set) => {
            if written.reach != Reach::Exactly {
                making.found.push(order_none(known, written, span, None));
                return None;
            }
            let Some(is) = known.set_is(set) else {
                making.found.push(no_members(known, thing, written.name.span));
                return None;
            };
            return match is {
                SetIs::Named(id) => {
                    let set = known.model.sets.get(id.index())?;
                    if set.members.iter().any(|member| matches!(member.of, Member::Body(_))) {
                        making.found.push(wrong_set(&written.name, "declaration.body"));
                        return None;
                    }
                    Some(
                        set.members
                            .iter()
                            .enumerate()
                            .map(|(at, member)| (member.of, Some((id, at))))
                            .collect(),
                    )
                }
                SetIs::List(_) => {
                    super::sets::not_values(known, making, set, &written.name, &[Sort::Outcome, Sort::Kind]);
                    None
                }
            };
        }
        _ => return None,
    };
    if written.reach == Reach::Exactly {
        return Some(vec![(member, None)]);
    }
    reach(known, making, written, member, span)
}

/// `or above`, `or below`: the members of the one ordered set that holds the named one.
#[allow(clippy::type_complexity)]
fn reach(
    known: &Known<'_>,
    making: &mut Making,
    written: &SelectionItem,
    member: Member,
    span: Span,
) -> Option<Vec<(Member, Option<(SetId, usize)>)>> {
    let of = known.member_of.get(&member).map_or(&[][..], Vec::as_slice);
    let ordered = |(set, _): &&(SetId, u32)| known.model.sets.get(set.index()).is_some_and(|set| set.ordered);
    let sets: Vec<(SetId, u32)> = of.iter().filter(ordered).copied().collect();
    let (set, rank) = match sets.as_slice() {
        [one] => *one,
        [] => {
            making.found.push(order_none(known, written, span, of.first().map(|(set, _)| *set)));
            return None;
        }
        several => {
            let sets = || several.iter().filter_map(|(set, _)| known.model.sets.get(set.index()));
            let names: Vec<Said> = sets().map(|set| Said::Name(set.name.clone())).collect();
            let mut problem = Problem::new(Code::NameAmbiguous, span)
                .say("name", &*written.name.text)
                .say("candidates", names);
            for set in sets() {
                problem = problem.label(set.span, "also");
            }
            making.found.push(problem);
            return None;
        }
    };
    let within = |other: u32| if written.reach == Reach::OrAbove { other >= rank } else { other <= rank };
    let members = known.model.sets.get(set.index())?.members.iter().enumerate();
    Some(members.filter(|(_, m)| within(m.rank)).map(|(at, m)| (m.of, Some((set, at)))).collect())
}

fn order_none(known: &Known<'_>, written: &SelectionItem, span: Span, set: Option<SetId>) -> Problem {
    let text = known.sources.snippet(span);
    let problem =
        Problem::new(Code::OrderNone, span).say("text", text).say("bound", super::compare::bound_in(text));
    match set.and_then(|set| known.model.sets.get(set.index())) {
        Some(set) => problem.say("list", &*set.name).label(set.span, "declared"),
        None => problem.say("list", &*written.name.text),
    }
}

/// A set in which nothing stands.
pub(super) fn no_members(known: &Known<'_>, set: Thing, at: Span) -> Problem {
    let problem = Problem::new(Code::SelectEmpty, at);
    known
        .names
        .place_of(set)
        .into_iter()
        .fold(problem, |problem, declared| problem.label(declared, "declared"))
}

/// A number that does not count achievements or outcomes.
pub(super) fn not_a_number(written: &str, at: Span) -> Problem {
    Problem::new(Code::SelectNumber, at).say("number", written)
}

/// A set of other things than a selection is made of.
pub(super) fn wrong_set(name: &Name, found: &'static str) -> Problem {
    let problem =
        Problem::new(Code::NameSort, name.span).say("name", &*name.text).say("found", Said::Word(found));
    problem.say("expected", Said::Word("declaration.outcome"))
}

/// The outcome, kind or set of a name; a body narrows a code that several share.
pub(super) fn find(
    known: &Known<'_>,
    making: &mut Making,
    package: usize,
    name: &Name,
    at: Option<&Name>,
) -> Option<Thing> {
    let sorts = [Sort::Outcome, Sort::Kind, Sort::Set];
    let Some(at) = at else { return known.names.find(package, name, &sorts, &mut making.found) };
    let Some(Thing::Body(body)) = known.names.find(package, at, &[Sort::Body], &mut making.found) else {
        return None;
    };
    let issued = |thing: Thing| match thing {
        Thing::Outcome(OutcomeId(id)) => {
            known.model.outcomes.get(id as usize).is_some_and(|outcome| outcome.issuer == Some(body))
        }
        _ => false,
    };
    known.names.find_among(package, name, &sorts, issued, &mut making.found)
}

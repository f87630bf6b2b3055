//! Sets: of values, or of outcomes, kinds and bodies.
//!
//! A set whose members are declared somewhere is a set of those; one whose members are declared nowhere is a list of values. A
//! set may hold other sets; what they hold is then its own, read along a list and never by recursion.

use crate::diagnostic::{Code, Problem, Said};
use crate::model::{Days, ListId, Member, NamedSet, SetId, SetMember, Subject, Window};
use crate::syntax::tree::{Declaration, ListedValue, Name, Operand, RankedList, StatementKind};

use super::facts;
use super::items::{is_damaged, slots, statements};
use super::known::{Known, Making, SetIs, ranks};
use super::names::{Sort, Thing};
use super::titles::titles;

/// A set nests at most so deep in others.
const DEEPEST: usize = 64;
const SORTS: [Sort; 4] = [Sort::Outcome, Sort::Kind, Sort::Body, Sort::Set];

/// Says which sets are lists and gives all lists their ids, those written in facts included.
pub(super) fn classify(known: &mut Known<'_>, making: &mut Making) {
    let mut lists = Vec::new();
    for (holder, declaration) in holders(known) {
        lists.extend(facts::written_lists(&holder, declaration).into_iter().map(|written| {
            let list = facts::list(written.name, None, written.list, written.place, &mut making.found);
            (list, Place::Fact(written.place))
        }));
    }
    let mut named = Vec::new();
    for (at, item) in known.items.sets.iter().enumerate() {
        let Some(written) = members(item.declaration) else {
            if !is_damaged(item.declaration.body.as_ref()) {
                making.found.push(Problem::new(Code::SelectEmpty, item.declaration.header));
            }
            continue;
        };
        let values = written.ranks.iter().flatten();
        let declared = |value: &&ListedValue| known.names.has(item.package, &value.name, &SORTS);
        if values.clone().any(|value| declared(&value)) {
            named.push(at);
        } else {
            let span = item.declaration.header;
            let list =
                facts::list(item.name.clone(), Some(item.declaration), written, span, &mut making.found);
            lists.push((list, Place::Set(at)));
        }
    }
    if known.items.kinds.iter().any(|_| true) {
        lists.push((origin(), Place::BuiltIn));
    }
    lists.sort_by(|(a, _), (b, _)| (&a.name, a.span).cmp(&(&b.name, b.span)));
    known.sets = vec![None; known.items.sets.len()];
    for ((list, place), id) in lists.into_iter().zip((0u32..).map(ListId)) {
        match place {
            Place::Fact(span) => {
                known.written_lists.insert(span, id);
            }
            Place::Set(at) => {
                if let Some(set) = known.sets.get_mut(at) {
                    *set = Some(SetIs::List(id));
                }
            }
            Place::BuiltIn => {}
        }
        known.list_values.push(ranks(&list.ranks));
        known.model.lists.push(list);
    }
    for (at, id) in named.into_iter().zip((0u32..).map(SetId)) {
        if let Some(set) = known.sets.get_mut(at) {
            *set = Some(SetIs::Named(id));
        }
    }
}

/// Where a list is written.
enum Place {
    Fact(crate::source::Span),
    Set(usize),
    BuiltIn,
}

/// The two values of the built-in fact `origin`.
fn origin() -> crate::model::List {
    let listed = |name: &str| crate::model::Listed {
        name: name.into(),
        titles: Default::default(),
        span: Default::default(),
    };
    crate::model::List {
        name: "origin".into(),
        aliases: Vec::new(),
        titles: Default::default(),
        ranks: vec![vec![listed("original")], vec![listed("converted")]],
        ordered: false,
        span: Default::default(),
    }
}

/// Everything that has facts, with the name under which its lists stand.
fn holders<'t>(known: &Known<'t>) -> Vec<(Box<str>, &'t Declaration)> {
    let kinds = known.items.kinds.iter().map(|item| (item.name.clone(), item.declaration));
    let learners = known.items.learners.iter().map(|(_, declaration)| ("learner".into(), *declaration));
    let plans = known.items.plans.iter().map(|(_, declaration)| ("plan".into(), *declaration));
    kinds.chain(learners).chain(plans).collect()
}

/// The members of a set as written.
fn members(declaration: &Declaration) -> Option<&RankedList> {
    statements(declaration.body.as_ref()).iter().find_map(|statement| match &statement.kind {
        StatementKind::Members(list) => Some(&**list),
        StatementKind::Slot(slot) => match &slot.operand {
            Operand::LowToHigh(list) => Some(&**list),
            _ => None,
        },
        _ => None,
    })
}

/// Reads the sets of outcomes, kinds and bodies into the model, in the order of their ids.
pub(super) fn read(known: &mut Known<'_>, making: &mut Making) {
    let count = known.items.sets.len();
    let mut flat: Vec<Option<Vec<SetMember>>> = vec![None; count];
    let mut depths = vec![0usize; count];
    for start in 0..count {
        let mut waiting = vec![start];
        while let Some(&at) = waiting.last() {
            if flat.get(at).is_none_or(Option::is_some) {
                waiting.pop();
                continue;
            }
            let inner = inner_sets(known, at);
            let unread = inner.iter().copied().find(|&inner| flat.get(inner).is_some_and(Option::is_none));
            match unread {
                Some(inner) if waiting.contains(&inner) || waiting.len() >= DEEPEST => {
                    let cycle = waiting.contains(&inner);
                    refuse(known, making, if cycle { inner } else { at }, cycle);
                    if let Some(place) = flat.get_mut(if cycle { inner } else { at }) {
                        *place = Some(Vec::new());
                    }
                    if !cycle {
                        waiting.pop();
                    }
                }
                Some(inner) => waiting.push(inner),
                None => {
                    let depth = inner
                        .iter()
                        .filter_map(|&inner| depths.get(inner))
                        .max()
                        .map_or(0, |depth| depth + 1);
                    if let Some(place) = depths.get_mut(at) {
                        *place = depth;
                    }
                    let members = if depth > DEEPEST {
                        // Those that hold it start anew: one message for a chain, not one a link.
                        if let Some(place) = depths.get_mut(at) {
                            *place = 0;
                        }
                        refuse(known, making, at, false);
                        Vec::new()
                    } else {
                        flatten(known, making, at, &flat)
                    };
                    if let Some(place) = flat.get_mut(at) {
                        *place = Some(members);
                    }
                    waiting.pop();
                }
            }
        }
    }
    for (at, members) in flat.into_iter().enumerate() {
        let (Some(Some(SetIs::Named(id))), Some(item)) =
            (known.sets.get(at).copied(), known.items.sets.get(at))
        else {
            continue;
        };
        let declaration = item.declaration;
        let members = members.unwrap_or_default();
        for member in &members {
            known.member_of.entry(member.of).or_default().push((id, member.rank));
        }
        known.model.sets.push(NamedSet {
            name: item.name.clone(),
            aliases: declaration.aliases.iter().map(|alias| alias.text.clone()).collect(),
            titles: titles(&declaration.titles),
            members,
            ordered: self::members(declaration).is_some_and(|list| list.ordered),
            span: declaration.header,
        });
        for (_, slot) in slots(declaration.body.as_ref()) {
            if !matches!(slot.operand, Operand::LowToHigh(_) | Operand::Note(_)) {
                making.found.misplaced(slot.word_span, "declaration.set");
            }
        }
    }
}

/// A set of values where names of these sorts are needed. Bare members in no order were meant as names, and none is declared:
/// that is said of each, once, and not of whatever uses the set.
pub(super) fn not_values(known: &Known<'_>, making: &mut Making, set: u32, at: &Name, want: &[Sort]) {
    let item = known.items.sets.get(set as usize);
    let list = item.and_then(|item| Some((item, members(item.declaration)?)));
    let bare = |value: &ListedValue| value.titles.is_empty();
    match list {
        Some((item, list)) if !list.ordered && list.ranks.iter().flatten().all(bare) => {
            for value in list.ranks.iter().flatten() {
                known.names.find(item.package, &value.name, want, &mut making.found);
            }
        }
        _ => making.found.push(super::selections::wrong_set(at, "declaration.set")),
    }
}

fn inner_sets(known: &Known<'_>, at: usize) -> Vec<usize> {
    let Some(item) = known.items.sets.get(at) else { return Vec::new() };
    if !matches!(known.sets.get(at), Some(Some(SetIs::Named(_)))) {
        return Vec::new();
    }
    let values = members(item.declaration).into_iter().flat_map(|list| list.ranks.iter().flatten());
    values
        .filter_map(|value| match known.names.peek(item.package, &value.name, &SORTS)? {
            Thing::Set(set) => Some(set as usize),
            _ => None,
        })
        .collect()
}

fn refuse(known: &Known<'_>, making: &mut Making, at: usize, cycle: bool) {
    let Some(item) = known.items.sets.get(at) else { return };
    let at = item.declaration.header;
    making.found.push(if cycle {
        Problem::new(Code::ConditionCycle, at).say("names", vec![Said::Name(item.name.clone())])
    } else {
        let limit = crate::quantity::Ratio::from_int(64);
        Problem::new(Code::SetDeep, at).say("name", &*item.name).say("limit", limit)
    });
}

fn flatten(
    known: &Known<'_>,
    making: &mut Making,
    at: usize,
    flat: &[Option<Vec<SetMember>>],
) -> Vec<SetMember> {
    let Some(item) = known.items.sets.get(at) else { return Vec::new() };
    if !matches!(known.sets.get(at), Some(Some(SetIs::Named(_)))) {
        return Vec::new();
    }
    let Some(list) = members(item.declaration) else { return Vec::new() };
    let mut all: Vec<SetMember> = Vec::new();
    let mut rank_of: rustc_hash::FxHashMap<Member, crate::source::Span> = Default::default();
    for (equals, rank) in list.ranks.iter().zip(0u32..) {
        for value in equals {
            let Some(thing) = known.names.find(item.package, &value.name, &SORTS, &mut making.found) else {
                continue;
            };
            let windows = windows(known, making, value);
            let span = value.name.span;
            let more: Vec<Member> = match thing {
                Thing::Outcome(outcome) => vec![Member::Outcome(outcome)],
                Thing::Kind(kind) => vec![Member::Kind(kind)],
                Thing::Body(body) => vec![Member::Body(body)],
                Thing::Set(set) => match flat.get(set as usize) {
                    Some(Some(members)) => members.iter().map(|member| member.of).collect(),
                    _ => Vec::new(),
                },
                _ => Vec::new(),
            };
            for of in more {
                if let Some(first) = rank_of.insert(of, span) {
                    making.found.push(super::fault::duplicate(&value.name.text, span, first));
                    continue;
                }
                all.push(SetMember { of, rank, windows: windows.clone(), span });
            }
        }
    }
    let is_body = |member: &SetMember| matches!(member.of, Member::Body(_));
    if all.iter().any(is_body) && !all.iter().all(is_body) {
        making.found.push(Problem::new(Code::SetMixed, item.declaration.header).say("set", &*item.name));
    }
    // A set without an order is the same whatever order it is written in.
    if !list.ordered {
        all.sort_by_key(|member| member.of);
        for (member, rank) in all.iter_mut().zip(0u32..) {
            member.rank = rank;
        }
    }
    all
}

/// The windows of a dated member. The date that is tested is said where the set is used.
fn windows(known: &Known<'_>, making: &mut Making, value: &ListedValue) -> Vec<Window> {
    let Some(written) = &value.in_force else { return Vec::new() };
    let days = Days { from: written.from.as_ref().map(|d| d.first), to: written.to.as_ref().map(|d| d.last) };
    if let (Some(from), Some(to)) = (days.from, days.to)
        && from > to
    {
        making.found.push(Problem::new(Code::DateOrder, written.span).say("start", from).say("end", to));
        return Vec::new();
    }
    let by: Option<Subject> = written.by.as_ref().and_then(|by| {
        let fact = known.fact(super::builtin::canonical(&by.name.text))?;
        let (held_by, _) = super::builtin::fact(known.fact_name(fact))?;
        let of = if held_by == super::builtin::HeldBy::Request {
            crate::model::Holder::Request
        } else {
            crate::model::Holder::Itself
        };
        Some(Subject { of, fact })
    });
    vec![Window { days, by, span: written.span }]
}

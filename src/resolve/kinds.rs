//! Kinds of achievement: what each is a sub-kind of, and the facts it has of its own and from there.
//!
//! Parents are read before their sub-kinds, along a list and never by recursion; a chain longer than anyone would write is
//! refused, as each kind lists all that it is a sub-kind of.

use crate::diagnostic::{Code, Problem, Said};
use crate::model::{FactUse, Given, Kind, KindId};
use crate::source::Span;
use crate::syntax::tree::{CountsHow, Operand};

use super::facts;
use super::given;
use super::items::{is_damaged, slots};
use super::known::{Known, Making, fact_names};
use super::names::{Sort, Thing};
use super::spot::Scene;
use super::titles::titles;

/// A kind has at most so many kinds above it.
const DEEPEST: usize = 64;

/// Reads all kinds into the model.
pub(super) fn read(known: &mut Known<'_>, making: &mut Making) {
    declare(known, making);
    let order = ancestry(known, making);
    let mut judged = super::similar::facts(known, making);
    judged.extend(super::judged::facts(known, making));
    for &kind in &order {
        own_facts(known, making, kind, &judged);
    }
    for &kind in &order {
        tests_and_values(known, making, kind);
    }
}

/// Every kind with its parent, before anything else is known of it.
fn declare(known: &mut Known<'_>, making: &mut Making) {
    let mut kinds = Vec::with_capacity(known.items.kinds.len());
    for item in &known.items.kinds {
        let declaration = item.declaration;
        let parent = declaration.kind.as_ref().and_then(|name| {
            match known.names.find(item.package, name, &[Sort::Kind], &mut making.found)? {
                Thing::Kind(kind) => Some(kind),
                _ => None,
            }
        });
        kinds.push(Kind {
            name: item.name.clone(),
            aliases: declaration.aliases.iter().map(|alias| alias.text.clone()).collect(),
            titles: titles(&declaration.titles),
            parent,
            ancestors: Vec::new(),
            facts: Vec::new(),
            given: Vec::new(),
            counts_whole: None,
            lapses: Vec::new(),
            possible: Vec::new(),
            span: declaration.header,
        });
        known.damaged_kinds.push(is_damaged(declaration.body.as_ref()));
    }
    known.kind_facts.resize_with(kinds.len(), Default::default);
    known.model.kinds = kinds;
}

/// Cuts cycles and over-long chains, lists the ancestors, and gives the kinds with parents before their sub-kinds.
fn ancestry(known: &mut Known<'_>, making: &mut Making) -> Vec<KindId> {
    #[derive(Clone, Copy, PartialEq)]
    enum Seen {
        Not,
        Now,
        Done,
    }
    let count = known.model.kinds.len();
    let mut seen = vec![Seen::Not; count];
    let mut order: Vec<KindId> = Vec::with_capacity(count);
    for start in (0u32..).take(count).map(KindId) {
        let mut chain = Vec::new();
        let mut next = Some(start);
        while let Some(kind) = next {
            match seen.get(kind.index()).copied() {
                Some(Seen::Not) => {
                    if let Some(seen) = seen.get_mut(kind.index()) {
                        *seen = Seen::Now;
                    }
                    chain.push(kind);
                    next = known.model.kinds.get(kind.index()).and_then(|kind| kind.parent);
                }
                Some(Seen::Now) => {
                    cycle(known, making, &chain, kind);
                    next = None;
                }
                _ => next = None,
            }
        }
        while let Some(kind) = chain.pop() {
            if let Some(seen) = seen.get_mut(kind.index()) {
                *seen = Seen::Done;
            }
            order.push(kind);
        }
    }
    for &kind in &order {
        let parent = known.model.kinds.get(kind.index()).and_then(|kind| kind.parent);
        let above = parent.and_then(|parent| known.model.kinds.get(parent.index()));
        let mut ancestors = vec![kind];
        ancestors.extend(above.into_iter().flat_map(|above| above.ancestors.iter().copied()));
        let deep = ancestors.len() > DEEPEST;
        if deep {
            ancestors.truncate(1);
        }
        let Some(of) = known.model.kinds.get_mut(kind.index()) else { continue };
        if deep {
            of.parent = None;
            let most = crate::quantity::Ratio::from_int(64);
            making
                .found
                .push(Problem::new(Code::KindDeep, of.span).say("name", &*of.name).say("limit", most));
        }
        of.ancestors = ancestors;
    }
    order
}

/// Reports a cycle at its first kind, and cuts it there.
fn cycle(known: &mut Known<'_>, making: &mut Making, chain: &[KindId], back: KindId) {
    let start = chain.iter().position(|&kind| kind == back).unwrap_or(0);
    let members = chain.get(start..).unwrap_or_default();
    let Some(&first) = members.iter().min() else { return };
    if let Some(kind) = known.model.kinds.get(first.index()) {
        let names = members.iter().filter_map(|member| known.model.kinds.get(member.index()));
        let names: Vec<Said> = names.take(8).map(|kind| Said::Name(kind.name.clone())).collect();
        let mut problem = Problem::new(Code::KindCycle, kind.span).say("names", names);
        for other in members.iter().filter(|&&other| other != first).take(8) {
            if let Some(other) = known.model.kinds.get(other.index()) {
                problem = problem.label(other.span, "also");
            }
        }
        making.found.push(problem);
    }
    // The kind whose parent closes the cycle stands last in the chain; without its parent the chain ends.
    if let Some(kind) = members.last().and_then(|last| known.model.kinds.get_mut(last.index())) {
        kind.parent = None;
    }
}

/// The facts of a kind and of those above it.
fn own_facts(known: &mut Known<'_>, making: &mut Making, kind: KindId, judged: &[FactUse]) {
    let Some(item) = known.items.kinds.get(kind.index()) else { return };
    let own = facts::uses(known, making, item.package, &[item.declaration]);
    let parent = known.model.kinds.get(kind.index()).and_then(|kind| kind.parent);
    let inherited = parent
        .and_then(|parent| known.model.kinds.get(parent.index()))
        .map_or(Vec::new(), |kind| kind.facts.clone());
    if parent.is_some_and(|parent| known.damaged_kinds.get(parent.index()).copied().unwrap_or(false))
        && let Some(damaged) = known.damaged_kinds.get_mut(kind.index())
    {
        *damaged = true;
    }
    let mut merged = merge(known, making, own, inherited);
    for of in judged {
        if let Err(at) = merged.binary_search_by_key(&of.fact, |own| own.fact) {
            merged.insert(at, of.clone());
        }
    }
    let names = fact_names(&merged, |fact| {
        let fact = known.model.facts.get(fact.index());
        fact.map_or_else(Default::default, |fact| (fact.name.clone(), fact.aliases.clone()))
    });
    if let Some(place) = known.kind_facts.get_mut(kind.index()) {
        *place = names;
    }
    if let Some(of) = known.model.kinds.get_mut(kind.index()) {
        of.facts = merged;
    }
}

/// Own facts in place of inherited ones of the same name, which must be of the same type.
fn merge(known: &Known<'_>, making: &mut Making, own: Vec<FactUse>, inherited: Vec<FactUse>) -> Vec<FactUse> {
    let mut merged = own;
    let own_count = merged.len();
    for above in inherited {
        let twin = merged.get(..own_count).and_then(|own| own.iter().find(|of| of.fact == above.fact));
        let Some(twin) = twin else {
            merged.push(above);
            continue;
        };
        let types = |of: &FactUse| of.domains.iter().map(|domain| domain.value_type).collect::<Vec<_>>();
        if types(twin) != types(&above) && !twin.domains.is_empty() && !above.domains.is_empty() {
            let at: Span = twin.span.unwrap_or_default();
            let mut problem = Problem::new(Code::FactTwoTypes, at).say("fact", known.fact_name(twin.fact));
            let first = |of: &FactUse| {
                of.domains.first().map(|domain| super::fault::type_name(known, domain.value_type))
            };
            for (key, of) in [("first", first(&above)), ("second", first(twin))] {
                problem = of.into_iter().fold(problem, |problem, of| problem.say(key, of));
            }
            if let Some(first) = above.span {
                problem = problem.label(first, "first");
            }
            making.found.push(problem);
        }
    }
    merged.sort_by_key(|of| of.fact);
    merged
}

/// What needs the facts to be known: `if` tests, and values given for all outcomes of the kind.
fn tests_and_values(known: &mut Known<'_>, making: &mut Making, kind: KindId) {
    let Some(item) = known.items.kinds.get(kind.index()) else { return };
    let (package, declaration) = (item.package, item.declaration);
    let kinds = [kind];
    super::quantities::check(known, making, kind, declaration, package);
    let scene = Scene::of_kind(known, package, &kinds);
    let tests = facts::presence(known, making, &scene, &[declaration]);
    let mut given: Vec<(crate::model::FactId, Given)> = Vec::new();
    let mut counts = None;
    for (statement, slot) in slots(declaration.body.as_ref()) {
        match &slot.operand {
            Operand::Fact(_) | Operand::Quantity(_) => {}
            // What rests on facts of learners, too, is read when these are known.
            Operand::Lapses(_) | Operand::Impossible(_) => {}
            Operand::Counts(how, _) => counts = Some(*how == CountsHow::Whole),
            Operand::Given(written) => {
                if let Some(value) = given::given(known, making, package, kind, written) {
                    given::add(known, making, &mut given, value, statement.span);
                }
            }
            _ => making.found.misplaced(slot.word_span, "declaration.kind"),
        }
    }
    let parent = known.model.kinds.get(kind.index()).and_then(|kind| kind.parent);
    let above = parent.and_then(|parent| known.model.kinds.get(parent.index()));
    let above_given = above.map_or(Vec::new(), |above| above.given.clone());
    let above_tests: Vec<_> = above
        .map_or(Vec::new(), |above| above.facts.iter().map(|of| (of.fact, of.only_if.clone())).collect());
    counts = counts.or_else(|| above.and_then(|above| above.counts_whole));
    let above_name = above.map_or_else(Default::default, |above| above.name.clone());
    given::inherit(known, making, &mut given, &above_given, declaration.header, &above_name);
    let Some(of) = known.model.kinds.get_mut(kind.index()) else { return };
    of.given = given;
    of.counts_whole = counts;
    let own: Vec<_> = facts::fact_lines(declaration).map(|line| line.name.span).collect();
    for fact in &mut of.facts {
        let is_own = fact.span.is_some_and(|span| own.contains(&span));
        fact.only_if = if is_own {
            tests.iter().find(|(id, _)| *id == fact.fact).map(|(_, cond)| cond.clone())
        } else {
            above_tests.iter().find(|(id, _)| *id == fact.fact).and_then(|(_, cond)| cond.clone())
        };
    }
}

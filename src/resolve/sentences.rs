//! Limits and requirements, the whole sentence: of what, from where, per what, when, and what becomes of the rest.
//!
//! How much is read by [`super::limits`].

use crate::diagnostic::{Code, Problem, Said};
use crate::model::{
    Aim, Among, BlockId, BodyId, Citation, Cond, Counting, Holder, Key, KindId, Limit, Role, Scope,
    SourceItem, Subject, Surplus, UnitId, ValueType,
};
use crate::source::Span;
use crate::syntax::tree::{
    FactOwner, FactRef, LimitLine, LinePart, Name, Selection, SelectionKind, SurplusWord, Test, TestKind,
};

use super::blocks::Blocks;
use super::builtin;
use super::conditions::{Inlining, test};
use super::conversions::Applied;
use super::documents::citations;
use super::fault::{duplicate, repeated, type_name};
use super::known::{Known, Making};
use super::merge::all;
use super::opens::Opened;
use super::selections::items;
use super::spot::{Plain, Scene, spot};
use super::titles::titles;

/// What a sentence stands in.
pub(super) struct Around<'a, 't> {
    pub(super) package: usize,
    pub(super) scope: Scope,
    /// The account or programme in which blocks are named by their short names.
    pub(super) root: Option<BlockId>,
    /// What bare `credits` means.
    pub(super) unit: Option<UnitId>,
    /// The body that is `here`.
    pub(super) here: Option<BodyId>,
    pub(super) parties: &'a [BodyId],
    pub(super) applied: Applied<'a>,
    /// Values that a frame leaves to its members.
    pub(super) opened: &'a [Opened<'t>],
    /// The basis of what says none of its own.
    pub(super) cites: &'a [Citation],
    pub(super) blocks: &'a Blocks<'t>,
    /// The kinds that a rule takes, for its own limits.
    pub(super) kinds: &'a [KindId],
    pub(super) damaged: bool,
}

impl Around<'_, '_> {
    /// Where the facts of achievements of some kinds are read.
    pub(super) fn scene<'s>(
        &'s self,
        plain: Plain,
        sources: &'s [KindId],
        targets: &'s [KindId],
    ) -> Scene<'s> {
        Scene {
            package: self.package,
            plain,
            sources: sources.into(),
            targets: targets.into(),
            unit: self.unit,
            applied: self.applied,
            parties: self.parties,
            role: Role::Condition,
            damaged: self.damaged,
        }
    }
}

/// The sentences of one place, none named like another.
pub(super) fn sentences(
    known: &Known<'_>,
    making: &mut Making,
    around: &Around<'_, '_>,
    written: &[&LimitLine],
    is_floor: bool,
) -> Vec<Limit> {
    let mut made: Vec<Limit> = Vec::new();
    let mut first: Vec<(&str, Span)> = Vec::new();
    for line in written {
        if let Some(name) = &line.name {
            match first.iter().find(|(other, _)| *other == &*name.text) {
                Some((_, before)) => making.found.push(duplicate(&name.text, name.span, *before)),
                None => first.push((&name.text, name.span)),
            }
        }
        let sentence = sentence(known, making, around, line, is_floor);
        made.extend(making.made(sentence, line.span).unwrap_or_default());
    }
    made
}

/// The parts of a sentence, each once.
#[derive(Default)]
struct Parts<'t> {
    from: Option<(&'t Selection, bool)>,
    to: Option<(&'t Selection, bool)>,
    filters: Vec<&'t Test>,
    when: Vec<(&'t Test, bool)>,
    among: Option<(&'t crate::syntax::tree::Number, &'t FactRef)>,
    per: Option<(&'t [FactRef], Option<&'t FactRef>)>,
    surplus: Option<&'t SurplusWord>,
    cites: Option<&'t [crate::syntax::tree::Citation]>,
    counting: Option<Counting>,
    in_principle: bool,
}

fn parts<'t>(making: &mut Making, written: &'t LimitLine) -> Parts<'t> {
    let mut parts = Parts::default();
    let mut seen: Vec<(&'static str, Span)> = Vec::new();
    for part in &written.parts {
        let word = match part {
            LinePart::Converted(_) | LinePart::EarnedHere(_) => "join.counting-converted",
            LinePart::From(..) => "join.from",
            LinePart::To(..) => "join.to-target",
            LinePart::Among(..) => "join.among-last",
            LinePart::Per { .. } => "join.per",
            LinePart::Surplus(_) => "join.surplus-lost",
            LinePart::InPrinciple(_) => "join.in-principle",
            LinePart::Cite(..) => "join.cite",
            LinePart::Where(_) | LinePart::When(_) => "",
        };
        if let Some((_, first)) = seen.iter().find(|(other, _)| !word.is_empty() && *other == word) {
            making.found.push(repeated(Said::Word(word), part.span(), *first));
            continue;
        }
        seen.push((word, part.span()));
        match part {
            LinePart::Converted(_) => parts.counting = Some(Counting::Converted),
            LinePart::EarnedHere(_) => parts.counting = Some(Counting::EarnedHere),
            LinePart::From(of, each) => parts.from = Some((of, *each)),
            LinePart::To(of, each) => parts.to = Some((of, *each)),
            LinePart::Where(test) => parts.filters.push(test),
            LinePart::When(test) => parts.when.push((test, false)),
            LinePart::Among(last, by, _) => parts.among = Some((last, by)),
            LinePart::Per { keys, by, .. } => parts.per = Some((keys, by.as_ref())),
            LinePart::Surplus(word) => parts.surplus = Some(word),
            LinePart::InPrinciple(_) => parts.in_principle = true,
            LinePart::Cite(cites, _) => parts.cites = Some(cites),
        }
    }
    parts
}

/// One sentence; several where it says `each of`.
fn sentence(
    known: &Known<'_>,
    making: &mut Making,
    around: &Around<'_, '_>,
    written: &LimitLine,
    is_floor: bool,
) -> Option<Vec<Limit>> {
    let parts = parts(making, written);
    let bare = around.scene(Plain::Of(Holder::Itself), &[], &[]);
    let from: Vec<Vec<SourceItem>> = match parts.from {
        None => vec![Vec::new()],
        Some((of, each)) => apart(items(known, making, &bare, &listed(of))?, each),
    };
    let to: Vec<Vec<Aim>> = match parts.to {
        None => vec![Vec::new()],
        Some((of, each)) => apart(aims(known, making, around, of)?, each),
    };
    let kinds = kinds_of(making, from.iter().flatten(), around.kinds);
    let mut aimed = Vec::new();
    for aim in to.iter().flatten() {
        if let Aim::Targets(item) = aim {
            aimed.extend_from_slice(making.classes.kinds_of(item.class));
        }
    }
    aimed.sort_unstable();
    aimed.dedup();
    let (mut rules, mut units) = (Vec::new(), Vec::new());
    let mut sound = true;
    let mut parts = parts;
    parts.filters.retain(|test| match origin(known, making, around, test) {
        Origin::Other => true,
        Origin::Rules(of) => {
            rules.extend(of);
            false
        }
        Origin::Units(of) => {
            units.extend(of);
            false
        }
        Origin::Wrong => {
            sound = false;
            false
        }
    });
    if !sound {
        return None;
    }
    let filter = filter(known, making, around, &parts, (&kinds, &aimed));
    let when = switch(known, making, around, &parts.when);
    let per = match parts.per {
        None => Vec::new(),
        Some((keys, by)) => self::keys(known, making, around, (&kinds, &aimed), keys, by)?,
    };
    let among = match parts.among {
        None => None,
        Some((last, by)) => {
            let (last, unit) = super::amounts::credits(known, making, &bare, last)?;
            Some(Among { last, unit, by: date(known, making, around, &kinds, by)? })
        }
    };
    let line = if is_floor { super::limits::Line::Requirement } else { super::limits::Line::Ceiling };
    let (measure, bound) =
        super::limits::how_much(known, making, around, (&kinds, &aimed), &written.bound, line)?;
    let surplus = match parts.surplus {
        None => None,
        Some(word) => Some(surplus(known, making, around, word)?),
    };
    let cites = match parts.cites {
        None => around.cites.to_vec(),
        Some(cites) => citations(known, making, around.package, cites),
    };
    let whole = Limit {
        name: written.name.as_ref().map_or_else(Box::default, |name| name.text.clone()),
        titles: titles(&written.titles),
        scope: around.scope,
        measure,
        bound,
        counting: parts.counting.unwrap_or(Counting::All),
        from: Vec::new(),
        to: Vec::new(),
        filter,
        rules,
        units,
        among,
        per,
        when,
        surplus,
        in_principle: parts.in_principle,
        cites,
        span: written.span,
    };
    let both = from.iter().flat_map(|from| to.iter().map(move |to| (from, to)));
    Some(both.map(|(from, to)| Limit { from: from.clone(), to: to.clone(), ..whole.clone() }).collect())
}

/// What a test of `where` asks that no fact says: by which rule a credit was given, and of which unit it is.
enum Origin {
    Rules(Vec<crate::model::RuleId>),
    Units(Vec<UnitId>),
    /// A test of facts.
    Other,
    /// One of them, and it names nothing; that is said.
    Wrong,
}

fn origin(known: &Known<'_>, making: &mut Making, around: &Around<'_, '_>, test: &Test) -> Origin {
    use crate::syntax::tree::{Comparison, ValueKind};
    let (fact, values) = match &test.kind {
        TestKind::Compare { fact, comparison: Comparison::Is, value, .. } => {
            (fact, std::slice::from_ref(value))
        }
        TestKind::OneOf { fact, values, negated: false, on: None } => (fact, &values[..]),
        _ => return Origin::Other,
    };
    let is_declared = super::spot::is_declared(known, &fact.name.text);
    if fact.of != FactOwner::Plain || is_declared {
        return Origin::Other;
    }
    let mut names = Vec::with_capacity(values.len());
    for value in values {
        let ValueKind::Name(name) = &value.kind else { return Origin::Other };
        names.push(name);
    }
    match &*fact.name.text {
        "rule" => {
            let all: Option<Vec<_>> = names
                .into_iter()
                .map(|name| super::sharing::rule_named(known, making, around.package, name))
                .collect();
            all.map_or(Origin::Wrong, Origin::Rules)
        }
        "unit" => {
            let all: Option<Vec<_>> = names
                .into_iter()
                .map(|name| super::schemes::unit(known, making, around.package, std::slice::from_ref(name)))
                .collect();
            all.map_or(Origin::Wrong, Origin::Units)
        }
        _ => Origin::Other,
    }
}

/// `from a, b` are together; `from each of a, b` a line for each.
fn apart<T>(all: Vec<T>, each: bool) -> Vec<Vec<T>> {
    if each { all.into_iter().map(|one| vec![one]).collect() } else { vec![all] }
}

/// In a limit `a and b` is no bundle: what counts is what comes from either.
fn listed(selection: &Selection) -> Selection {
    match &selection.kind {
        SelectionKind::All(parts) => {
            Selection { span: selection.span, kind: SelectionKind::Each(parts.iter().map(listed).collect()) }
        }
        _ => selection.clone(),
    }
}

/// What a limit's `to` or a base's `excluding` names: blocks, or outcomes.
pub(super) fn aims(
    known: &Known<'_>,
    making: &mut Making,
    around: &Around<'_, '_>,
    selection: &Selection,
) -> Option<Vec<Aim>> {
    match &selection.kind {
        SelectionKind::Each(parts) | SelectionKind::All(parts) | SelectionKind::Any(parts) => {
            let mut aims = Vec::new();
            let mut sound = true;
            for part in parts {
                match self::aims(known, making, around, part) {
                    Some(more) => aims.extend(more),
                    None => sound = false,
                }
            }
            sound.then_some(aims)
        }
        SelectionKind::Item(item) if item.tests.is_empty() && !item.any => {
            match around.blocks.peek(known, around.root, around.package, &item.name) {
                Some(block) => Some(vec![Aim::Block(block, selection.span)]),
                None => targets(known, making, around, selection),
            }
        }
        _ => targets(known, making, around, selection),
    }
}

fn targets(
    known: &Known<'_>,
    making: &mut Making,
    around: &Around<'_, '_>,
    selection: &Selection,
) -> Option<Vec<Aim>> {
    let scene = around.scene(Plain::Of(Holder::Itself), &[], &[]);
    Some(items(known, making, &scene, selection)?.into_iter().map(Aim::Targets).collect())
}

fn kinds_of<'i>(
    making: &Making,
    items: impl Iterator<Item = &'i SourceItem>,
    otherwise: &[KindId],
) -> Vec<KindId> {
    let mut kinds: Vec<KindId> =
        items.flat_map(|item| making.classes.kinds_of(item.class)).copied().collect();
    if kinds.is_empty() {
        kinds.extend_from_slice(otherwise);
    }
    kinds.sort_unstable();
    kinds.dedup();
    kinds
}

/// The kinds that are meant, else all that have each of these facts.
pub(super) fn having<'k>(
    known: &Known<'_>,
    kinds: &'k [KindId],
    facts: &[&str],
) -> std::borrow::Cow<'k, [KindId]> {
    if !kinds.is_empty() {
        return kinds.into();
    }
    // A built-in fact has one type for all that do not declare it, and its declared one for the others.
    let has = |kind: KindId, name: &str| {
        known.kind_fact(kind, name).is_some()
            || !known.kind_facts.iter().any(|facts| facts.contains_key(builtin::canonical(name)))
                && builtin::fact(builtin::canonical(name)).is_some()
    };
    let all = (0u32..).zip(&known.model.kinds).map(|(id, _)| KindId(id));
    all.filter(|&kind| facts.iter().all(|fact| has(kind, fact))).collect::<Vec<_>>().into()
}

/// `where`: what each counted credit must carry.
fn filter(
    known: &Known<'_>,
    making: &mut Making,
    around: &Around<'_, '_>,
    parts: &Parts<'_>,
    (kinds, aimed): (&[KindId], &[KindId]),
) -> Cond {
    let (mut own, mut others): (Vec<&str>, Vec<&str>) = (Vec::new(), Vec::new());
    for test in &parts.filters {
        test.facts(&mut |fact| match fact.of {
            FactOwner::Plain | FactOwner::Source => own.push(&fact.name.text),
            FactOwner::Target => others.push(&fact.name.text),
            _ => {}
        });
    }
    let (kinds, aimed) = (having(known, kinds, &own), having(known, aimed, &others));
    let scene = around.scene(Plain::Of(Holder::Itself), &kinds, &aimed);
    let mut inlining = Inlining::new();
    all(parts.filters.iter().map(|written| test(known, making, &scene, written, false, &mut inlining)))
}

/// `when`: whether the line holds at all. It looks at the learner, the plan and the record, never at what was chosen.
pub(super) fn switch(
    known: &Known<'_>,
    making: &mut Making,
    around: &Around<'_, '_>,
    written: &[(&Test, bool)],
) -> Cond {
    let mut conds = Vec::new();
    for (written, denied) in written {
        let mut chosen = None;
        written.facts(&mut |fact| {
            let is_request = builtin::fact(builtin::canonical(&fact.name.text))
                .is_some_and(|(held_by, _)| held_by == builtin::HeldBy::Request);
            let is_person = matches!(fact.of, FactOwner::Learner | FactOwner::Plan) || is_request;
            let names_condition =
                fact.of == FactOwner::Plain && known.condition(around.package, &fact.name.text).is_some();
            if !is_person && !names_condition {
                chosen.get_or_insert(fact);
            }
        });
        if let Some(fact) = chosen {
            let fact_name = known.sources.snippet(fact.span);
            making.found.push(Problem::new(Code::LimitChoice, fact.span).say("fact", fact_name));
            continue;
        }
        let scene = around.scene(Plain::Nobody, &[], &[]);
        conds.push(test(known, making, &scene, written, *denied, &mut Inlining::new()));
    }
    all(conds)
}

/// `per issuer, field`, `per semester by ended`.
pub(super) fn keys(
    known: &Known<'_>,
    making: &mut Making,
    around: &Around<'_, '_>,
    (kinds, aimed): (&[KindId], &[KindId]),
    written: &[FactRef],
    by: Option<&FactRef>,
) -> Option<Vec<Key>> {
    if let Some(by) = by {
        let [period] = written else {
            let span = written.iter().map(|key| key.span).reduce(Span::join).unwrap_or(by.span);
            making.found.push(Problem::new(Code::LimitPeriod, span).say("text", known.sources.snippet(span)));
            return None;
        };
        let (body, at) = super::periods::find(known, making, around.here, &period.name)?;
        return Some(vec![Key::Period { body, period: at, by: date(known, making, around, kinds, by)? }]);
    }
    let mut keys = Vec::with_capacity(written.len());
    for fact in written {
        keys.push(key(known, making, around, (kinds, aimed), fact)?);
    }
    Some(keys)
}

/// One key: a word of the language, or a fact with one value.
pub(super) fn key(
    known: &Known<'_>,
    making: &mut Making,
    around: &Around<'_, '_>,
    (kinds, aimed): (&[KindId], &[KindId]),
    fact: &FactRef,
) -> Option<Key> {
    let text = &*fact.name.text;
    match (fact.of, text) {
        // `target` alone names no fact: its own word stands in the place of the name.
        (FactOwner::Target, _) if fact.name.span == fact.span => return Some(Key::Target),
        (FactOwner::Plain, "achievement") => return Some(Key::Achievement),
        (FactOwner::Plain, "outcome") => return Some(Key::Outcome),
        (FactOwner::Plain, "rule") => return Some(Key::Rule),
        (FactOwner::Plain, "same") => return Some(Key::Same),
        (FactOwner::Plain, "near") => return Some(Key::Near),
        _ => {}
    }
    let names = [text];
    let (sources, targets) = (having(known, kinds, &names), having(known, aimed, &names));
    let is_declared = super::spot::is_declared(known, text);
    let is_period =
        known.model.bodies.iter().flat_map(|body| &body.periods).any(|period| *period.name == *text);
    if fact.of == FactOwner::Plain && !is_declared && is_period {
        // `per semester` says of no date in which one something lies.
        making.found.push(Problem::new(Code::LimitPeriod, fact.span).say("text", text));
        return None;
    }
    let scene = around.scene(Plain::Of(Holder::Itself), &sources, &targets);
    if sources.is_empty() && fact.of == FactOwner::Plain && !is_declared {
        making.found.push(super::spot::undeclared(known, &fact.name));
        return None;
    }
    Some(Key::Fact(spot(known, making, &scene, fact)?.subject))
}

/// A date of the achievement or the request.
fn date(
    known: &Known<'_>,
    making: &mut Making,
    around: &Around<'_, '_>,
    kinds: &[KindId],
    written: &FactRef,
) -> Option<Subject> {
    let names = [&*written.name.text];
    let kinds = having(known, kinds, &names);
    let scene = around.scene(Plain::Of(Holder::Itself), &kinds, &[]);
    let read = spot(known, making, &scene, written)?;
    if read.value_type() == Some(ValueType::Date) {
        return Some(read.subject);
    }
    let problem = Problem::new(Code::FactComparison, written.span).say("fact", &*written.name.text);
    let is = read.domains.first().map(|domain| type_name(known, domain.value_type));
    let problem = is.into_iter().fold(problem, |problem, is| problem.say("domain", is));
    making.found.push(problem.say("value", Said::Word("value.date")));
    None
}

/// What becomes of what is more than counts.
pub(super) fn surplus(
    known: &Known<'_>,
    making: &mut Making,
    around: &Around<'_, '_>,
    word: &SurplusWord,
) -> Option<Surplus> {
    Some(match word {
        SurplusWord::Lost(span) => Surplus::Lost(*span),
        SurplusWord::Kept(span) => Surplus::Kept(*span),
        SurplusWord::To(name, span) => Surplus::To(block(known, making, around, name)?, *span),
    })
}

/// A block by name.
pub(super) fn block(
    known: &Known<'_>,
    making: &mut Making,
    around: &Around<'_, '_>,
    name: &Name,
) -> Option<BlockId> {
    around.blocks.find(known, making, around.root, around.package, name)
}

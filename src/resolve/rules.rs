//! Rules: each with what it has of its own, of its provisions and of its scheme, as one row.

use crate::diagnostic::{Code, Problem, Said};
use crate::model::{
    Amendment, Cond, ConversionWay, Credits, Delegated, Gives, Holder, KindId, Role, Rule, RuleId,
    RulePlaces, SchemeId, SourceSlot, Status, Target, Targets, UnitId, Window,
};
use crate::source::Span;
use crate::syntax::tree::{Attribute, Give, InForce};

use super::attributes::attributes;
use super::conditions::{Inlining, lines, window_atom};
use super::conversions::Applied;
use super::documents::{citations, window};
use super::fault::{repeated, unknown, with_nearest};
use super::gives::gives;
use super::items::{Bond, Items, RuleItem};
use super::judged;
use super::known::{Known, Making};
use super::marks::mark;
use super::merge::{all, amend};
use super::names::is_boxed;
use super::opens::Opened;
use super::part;
use super::remarks::{answer, reading, remark};
use super::rule_names::RuleNames;
use super::schemes::{Shared, counts, deciding, status};
use super::selections::sources;
use super::slots::{Giving, Place, Slots, read};
use super::spot::{Plain, Scene};
use super::targets::{self, targets};
use super::titles::titles;

/// A rule as read, and what its examples need.
pub(super) struct Made<'t> {
    pub(super) rule: Rule,
    pub(super) slots: Slots<'t>,
    pub(super) scene: Scene<'t>,
}

/// The schemes that rules stand in, and what each knows of values that are left open.
pub(super) struct Schemes<'a, 't> {
    pub(super) shared: &'a [Shared<'t>],
    pub(super) opened: &'a [Vec<Opened<'t>>],
}

/// One scheme around a rule: its own, and each that this one stands under.
pub(super) struct Level<'a, 't> {
    pub(super) package: usize,
    pub(super) slots: &'a Slots<'t>,
}

/// What a member changes of a rule, as read.
struct Amended<'t> {
    package: usize,
    slots: Slots<'t>,
}

/// Reads one rule; a member's with what its scheme changes of it, and without that too.
pub(super) fn rule<'t>(
    known: &Known<'t>,
    making: &mut Making,
    names: &RuleNames,
    item: &RuleItem<'t>,
    schemes: &Schemes<'_, 't>,
) -> Option<Made<'t>> {
    let Some(inherited) = item.inherited.as_deref() else {
        return read_rule(known, making, names, item, schemes, &[]);
    };
    let mut amended: Vec<Amended<'t>> = inherited
        .amended
        .iter()
        .map(|(scheme, declaration)| Amended {
            package: known.items.schemes.get(*scheme).map_or(item.item.package, |of| of.item.package),
            slots: read(declaration, Place::Amend, &mut making.found),
        })
        .collect();
    let mut made = read_rule(known, making, names, item, schemes, &amended)?;
    let delegated = made.rule.delegated.get_or_insert_default();
    delegated.from = base_of(&known.items, item, inherited.from);
    let own = inherited.amended.last().filter(|(scheme, _)| *scheme == item.scheme);
    if let Some((_, declaration)) = own {
        let last = amended.pop();
        let base = read_rule(known, making, names, item, schemes, &amended)?.rule;
        made.rule.delegated.get_or_insert_default().amendment =
            Some(Amendment { base, span: declaration.header });
        if let Some(last) = last {
            made.slots = last.slots;
        }
    } else {
        // The frame's examples are asked of the frame.
        made.slots.examples.clear();
    }
    Some(made)
}

/// The rule of the same name in the scheme that a rule was taken from.
fn base_of(items: &Items<'_>, item: &RuleItem<'_>, from: usize) -> Option<RuleId> {
    let at = items.rules.partition_point(|rule| (rule.scheme, &*rule.item.name) < (from, &*item.item.name));
    let found = items.rules.get(at).filter(|rule| rule.scheme == from && rule.item.name == item.item.name);
    found.and_then(|_| u32::try_from(at).ok()).map(RuleId)
}

/// A rule of a frame means the member's own reading of it; a member's rule does not set its frame's aside.
fn as_inherited(
    known: &Known<'_>,
    making: &mut Making,
    item: &RuleItem<'_>,
    found: RuleId,
    at: Span,
) -> RuleId {
    let items = &known.items;
    let Some(frame) = items.schemes.get(item.scheme).and_then(|scheme| scheme.frame) else { return found };
    let Some(of) = items.rules.get(found.index()) else { return found };
    let is_above = of.scheme != item.scheme && super::members::chain(items, item.scheme).contains(&of.scheme);
    let meant = if is_above { base_of(items, of, item.scheme).unwrap_or(found) } else { found };
    let is_frames = items.rules.get(meant.index()).is_some_and(|of| of.inherited.is_some());
    if frame.bond == Bond::Under && item.inherited.is_none() && is_frames {
        let above = items.schemes.get(frame.scheme).map(|scheme| &scheme.item);
        let name = above.map_or("", |above| &*above.name);
        let problem = Problem::new(Code::MemberWeakens, at).say("slot", Said::Word("slot.overrides"));
        let problem = problem.say("frame", name);
        let label = above.map(|above| above.declaration.header);
        making.found.push(label.into_iter().fold(problem, |problem, at| problem.label(at, "frame")));
    }
    meant
}

fn read_rule<'t>(
    known: &Known<'t>,
    making: &mut Making,
    names: &RuleNames,
    item: &RuleItem<'t>,
    schemes: &Schemes<'_, 't>,
    amended: &[Amended<'t>],
) -> Option<Made<'t>> {
    let declaration = item.item.declaration;
    let package = item.item.package;
    let home = item.inherited.as_ref().map_or(item.scheme, |inherited| inherited.home);
    let is_solitary = |at: usize| known.items.schemes.get(at).is_some_and(|scheme| scheme.solitary);
    let solitary = is_solitary(home);
    // What a rule outside a scheme gets wrong has been said when its scheme of one was read.
    let own = if solitary {
        read_again(declaration, making)
    } else {
        read(declaration, Place::Rule, &mut making.found)
    };
    let chain = super::members::chain(&known.items, item.scheme);
    let level = |at: usize| {
        let package = known.items.schemes.get(at)?.item.package;
        Some(Level { package, slots: &schemes.shared.get(at)?.slots })
    };
    let levels: Vec<Level<'_, 't>> =
        chain.iter().filter(|&&at| !is_solitary(at)).filter_map(|&at| level(at)).collect();
    // What stands once is the innermost that the rule was written in; what a member says besides is its own rules'.
    let outward = || {
        let written = chain.iter().rev().skip_while(move |&&at| at != home);
        written.filter(|&&at| !is_solitary(at)).filter_map(|&at| schemes.shared.get(at)).map(|of| &of.slots)
    };
    let (shared, written_in) = (schemes.shared.get(item.scheme)?, schemes.shared.get(home)?);
    let opens: &[Opened<'_>] = schemes.opened.get(item.scheme).map_or(&[], Vec::as_slice);
    let provisions: Vec<(usize, Slots<'t>)> = provisions(known, making, package, &own, &levels);
    let damaged = own.damaged || levels.iter().any(|level| level.slots.damaged);
    making.unstated.clear();

    let own_by = if solitary { None } else { deciding(known, making, package, &own) };
    let by = own_by.or(shared.scheme.by);
    let mut scene = Scene {
        package,
        plain: Plain::Nobody,
        sources: (&[][..]).into(),
        targets: (&[][..]).into(),
        unit: None,
        applied: Applied {
            scheme: u32::try_from(item.scheme).ok().map(SchemeId),
            by,
            parties: &[],
            opens: &[],
        },
        parties: &[],
        role: Role::Condition,
        damaged,
    };
    let parties = shared.parties.clone();
    let from = own.from.or_else(|| outward().find_map(|scheme| scheme.from));
    let to = own.to.or_else(|| outward().find_map(|scheme| scheme.to));
    let mut read_sources = vec![Vec::new()];
    if let Some(selection) = from {
        let applied = Applied { opens, ..scene.applied };
        let inner = Scene { parties: &parties, applied, ..scene.clone() };
        let made = sources(known, making, &inner, selection);
        match making.made(made, selection.span) {
            Some(made) => {
                scene.plain = if made.iter().all(|bundle| bundle.len() == 1) {
                    Plain::Of(Holder::Source(0))
                } else {
                    Plain::Several
                };
                scene.sources = kinds_of(making, &made).into();
                read_sources = made;
            }
            None => {
                scene.damaged = true;
                scene.plain = Plain::Of(Holder::Source(0));
            }
        }
    }
    let mut read_targets = Targets::Deposit;
    let is_family = to.is_some_and(super::families::is_family);
    if let Some(selection) = to {
        let made = targets(known, making, &scene, selection);
        match making.made(made, selection.span) {
            Some(made) => read_targets = made,
            None => scene.damaged = true,
        }
    }
    // Where `give` lines name targets, those are the rule's.
    let amending = amended.iter().rev().find(|amended| amended.slots.give.is_some());
    let giver = amending.map_or(&own, |amended| &amended.slots);
    let written: Vec<&'t Give> = match giver.give {
        Some(Giving::Give(first)) => std::iter::once(first).chain(giver.more.iter().copied()).collect(),
        _ => Vec::new(),
    };
    let has_lines = written.iter().any(|give| give.to().is_some());
    let mut line_targets: Vec<Targets> = Vec::new();
    if has_lines {
        for give in &written {
            if let (Some(own), Some(of_line)) = (to, give.to()) {
                making.found.push(repeated(Said::Word("slot.to"), of_line.span, own.span));
            }
            line_targets.push(match give.to().or(to) {
                None => Targets::Deposit,
                Some(selection) => {
                    let made = targets(known, making, &scene, selection);
                    making.made(made, selection.span).unwrap_or_else(|| {
                        scene.damaged = true;
                        Targets::Deposit
                    })
                }
            });
        }
        read_targets = of_lines(making, &item.item.name, &written, &line_targets, scene.damaged);
    }
    scene.targets = targets::kinds(known, &read_targets).into();
    scene.unit = unit(known, making, package, &own, written_in, &read_targets);

    let inner = Scene {
        parties: &parties,
        applied: Applied { parties: &parties, opens, ..scene.applied },
        ..scene.clone()
    };
    making.rests.clear();
    making.maps.clear();
    let giving = giver
        .give
        .or_else(|| provisions.iter().find_map(|(_, slots)| slots.give))
        .or_else(|| outward().find_map(|scheme| scheme.give));
    let mut inner = match amending {
        Some(amended) => Scene { package: amended.package, ..inner },
        None => inner,
    };
    let mut lines: Vec<Line> = Vec::new();
    if has_lines {
        for (give, mut to) in written.iter().zip(line_targets) {
            let mut scene = Scene {
                targets: targets::kinds(known, &to).into(),
                unit: unit(known, making, package, &own, written_in, &to),
                ..inner.clone()
            };
            let made = gives(known, making, &scene, &mut to, &Giving::Give(give));
            scene.targets = targets::kinds(known, &to).into();
            let mut tests = give_tests(known, making, &scene, give);
            let parts: Vec<&Attribute> = give.parts().iter().collect();
            let (parts, known_first) = attributes(known, making, &scene, &to, &parts);
            tests.extend(known_first);
            if let Some(gives) = making.made(made, give.span) {
                part::check(known, making, &scene, &to, &gives, &parts);
                lines.push(Line { gives, targets: to, tests, parts, give });
            }
        }
    }
    let given = match &giving {
        Some(_) if has_lines => lines.first().map(|line| line.gives.clone()),
        Some(giving) => {
            let made = gives(known, making, &inner, &mut read_targets, giving);
            making.made(made, giving.span())
        }
        None => {
            if !scene.damaged && !own.damaged {
                making
                    .found
                    .push(Problem::new(Code::RuleNoAnswer, declaration.header).say("rule", &*item.item.name));
            }
            None
        }
    };
    // `access to X` names its target itself: tests of the target mean that one.
    if !has_lines {
        inner.targets = targets::kinds(known, &read_targets).into();
    }
    let written_mark = own
        .mark
        .or_else(|| provisions.iter().find_map(|(_, s)| s.mark))
        .or_else(|| outward().find_map(|scheme| scheme.mark));
    let read_mark = written_mark.and_then(|written| {
        let made = mark(known, making, &inner, written);
        making.made(made, written.span).map(Box::new)
    });
    let inner = Scene { package, ..inner };
    let rests = std::mem::take(&mut making.rests);
    let around = Around { own: &own, provisions: &provisions, levels: &levels, amended };
    let windows = windows(known, making, &inner, &around);
    let mut guard = guard(known, making, &inner, &around, &windows);
    guard = both(guard, super::parties::apart(known, making, &inner, &read_targets).into_iter().collect());
    if let (false, Some(Giving::Give(give))) = (has_lines, &giving) {
        guard = both(guard, give_tests(known, making, &inner, give));
    }
    if let (false, Some(given)) = (has_lines, &given) {
        guard = on_days(guard, given);
    }
    let of_line = match &giving {
        Some(Giving::Give(give)) if !has_lines => give.parts(),
        _ => &[],
    };
    let carried: Vec<&Attribute> = provisions
        .iter()
        .map(|(_, slots)| slots)
        .chain(std::iter::once(&own))
        .flat_map(|slots| &slots.attributes)
        .copied()
        .chain(of_line)
        .collect();
    let (carried, known_first) = attributes(known, making, &inner, &read_targets, &carried);
    guard = both(guard, known_first);
    if let Some(given) = &given {
        part::check(known, making, &inner, &read_targets, given, &carried);
    }
    for map in making.maps.iter().filter_map(|map| known.model.maps.get(map.index())) {
        guard = both(guard, map.windows.iter().filter_map(window_atom).collect());
    }
    let otherwise = own.otherwise.or_else(|| provisions.iter().find_map(|(_, s)| s.otherwise));
    let otherwise = otherwise.and_then(|otherwise| answer(known, making, package, otherwise));

    let mut cites = own.cite.map_or_else(Vec::new, |cites| citations(known, making, package, cites));
    if cites.is_empty() {
        cites = written_in.scheme.cites.clone();
        // Under a heading that names a clause, that clause is what a rule rests on.
        let heading =
            known.sources.get(item.item.span.file).and_then(|source| source.heading(item.item.span.start));
        if let (Some(clause), [cite]) = (heading.and_then(super::documents::clause_in), cites.as_mut_slice())
        {
            cite.clause = Some(clause.into());
        }
    }
    // A member rests on its frame's text and on its own.
    if item.inherited.is_some() {
        let inner = chain.iter().skip_while(|&&at| at != home).skip(1);
        for of in inner.filter_map(|&at| schemes.shared.get(at)) {
            cites.extend(
                of.scheme.cites.iter().filter(|cite| !cites.contains(cite)).cloned().collect::<Vec<_>>(),
            );
        }
        for amended in amended {
            let own = amended.slots.cite.unwrap_or_default();
            cites.extend(citations(known, making, amended.package, own));
        }
    }
    for (at, slots) in &provisions {
        let package = known.items.provisions.get(*at).map_or(package, |item| item.package);
        cites.extend(slots.cite.map_or_else(Vec::new, |cites| citations(known, making, package, cites)));
    }
    let maps: Vec<&crate::model::GradeMap> =
        std::mem::take(&mut making.maps).iter().filter_map(|map| known.model.maps.get(map.index())).collect();
    for map in &maps {
        cites.extend(map.cites.iter().filter(|cite| !cites.contains(cite)).cloned().collect::<Vec<_>>());
    }
    for way in &rests {
        cites.extend(way.cites.iter().filter(|cite| !cites.contains(cite)).cloned().collect::<Vec<_>>());
    }
    let mut overrides: Vec<RuleId> = Vec::with_capacity(own.overrides.len());
    for name in &own.overrides {
        let Some(found) = names.find(&known.items, item, name, making) else { continue };
        overrides.push(as_inherited(known, making, item, found, name.span));
    }
    overrides.sort_unstable();
    overrides.dedup();

    let provided = || provisions.iter().map(|(_, slots)| slots);
    let mut readings = if solitary { Vec::new() } else { shared.scheme.readings.clone() };
    for slots in provided().chain(std::iter::once(&own)) {
        readings
            .extend(slots.readings.iter().map(|(text, cites)| reading(known, making, package, text, cites)));
    }
    for of in amended {
        readings.extend(
            of.slots.readings.iter().map(|(text, cites)| reading(known, making, of.package, text, cites)),
        );
    }
    readings.extend(maps.iter().flat_map(|map| map.readings.iter().cloned()));
    readings.extend(rests.iter().flat_map(|way| way.readings.iter().cloned()));
    let own_status = if own.status.is_some() { status(own.status) } else { shared.scheme.status };
    let unstated = std::mem::take(&mut making.unstated);
    let own_status = if unstated.is_empty() { own_status } else { own_status.max(Status::Unstated) };
    let places = RulePlaces {
        from: from.map(|from| from.span),
        to: to.map(|to| to.span),
        give: giving.as_ref().map(super::slots::Giving::span),
        mark: written_mark.map(|mark| mark.span),
        otherwise: own.otherwise.map(answer_span),
    };
    let in_force_not_stated =
        shared.in_force_not_stated || own.in_force.iter().any(|written: &&InForce| written.not_stated);
    // Its own line goes before that of a provision, and either before the scheme's.
    let counted = if own.count.is_empty() {
        counts(provided().flat_map(|slots| &slots.count), making)
    } else if solitary {
        None
    } else {
        counts(own.count.iter(), making)
    };
    super::inherited::rule_weakens(known, making, schemes.shared, item, (counted, own.convert_again));
    let achievements = counted.unwrap_or(shared.scheme.achievements);
    let mut family = None;
    if is_family && !has_lines {
        let outcomes = read_targets.all().iter().map(|target| target.outcome).collect();
        family = Some(known.class(making, crate::model::Class { outcomes, ..Default::default() }));
        // Where an achievement may serve as often as it can, it serves each member.
        if !matches!(achievements, crate::model::Use::Once | crate::model::Use::OnceEverywhere)
            && let Targets::Choose { of, .. } = read_targets
        {
            read_targets = Targets::Each(of);
        }
    }
    let rule = Rule {
        name: item.item.name.clone(),
        titles: titles(&declaration.titles),
        scheme: SchemeId(u32::try_from(item.scheme).unwrap_or(u32::MAX)),
        // A rule is no better established than what it converts by.
        status: rests
            .iter()
            .map(|way| way.status)
            .chain(maps.iter().map(|map| map.status))
            .fold(own_status, std::cmp::Ord::max),
        cites,
        windows,
        in_force_not_stated,
        sources: read_sources,
        targets: read_targets,
        family,
        guard,
        gives: given.unwrap_or(Gives::Answer(crate::model::Answer::Refuse(None, declaration.header))),
        lines: Vec::new(),
        mark: read_mark,
        attributes: carried,
        otherwise,
        by,
        achievements,
        convert_again: own
            .convert_again
            .or_else(|| provided().find_map(|slots| slots.convert_again))
            .unwrap_or(shared.scheme.convert_again),
        delegated: (!unstated.is_empty()).then(|| {
            let unstated: std::collections::BTreeSet<Box<str>> = unstated.into_iter().collect();
            Box::new(Delegated { unstated: unstated.into_iter().collect(), ..Delegated::default() })
        }),
        overrides,
        readings,
        advice: provided()
            .chain(std::iter::once(&own))
            .chain(amended.iter().map(|amended| &amended.slots))
            .flat_map(|slots| &slots.advice)
            .map(|text| remark(text))
            .collect(),
        notes: provided()
            .chain(std::iter::once(&own))
            .chain(amended.iter().map(|amended| &amended.slots))
            .flat_map(|slots| &slots.notes)
            .map(|text| remark(text))
            .collect(),
        span: declaration.header,
        places,
    };
    let mut rule = rule;
    let given = match giving {
        Some(Giving::Give(give)) if written.is_empty() => Some(give),
        _ => None,
    };
    let ranges = written.iter().copied().chain(given).filter_map(judged::in_give);
    let ranges: Vec<Span> = ranges.chain(written_mark.and_then(judged::in_mark)).collect();
    for range in ranges.into_iter().filter(|_| !scene.damaged) {
        judged::check(making, &rule, range);
    }
    // A single line is the rule itself.
    if lines.len() > 1 {
        rule.lines = lines
            .into_iter()
            .map(|line| Rule {
                guard: on_days(both(rule.guard.clone(), line.tests), &line.gives),
                gives: line.gives,
                targets: line.targets,
                attributes: rule.attributes.iter().chain(&line.parts).cloned().collect(),
                places: RulePlaces {
                    to: line.give.to().map(|to| to.span).or(rule.places.to),
                    give: Some(line.give.span),
                    ..rule.places
                },
                ..rule.clone()
            })
            .collect();
        // An effect may bring its target with it.
        let named: Vec<Target> = rule.lines.iter().flat_map(|line| line.targets.all()).copied().collect();
        if !named.is_empty() {
            rule.targets = Targets::Each(named);
        }
    } else if let Some(line) = lines.pop() {
        rule.guard = on_days(both(rule.guard, line.tests), &line.gives);
        rule.targets = line.targets;
        rule.attributes = rule.attributes.iter().chain(&line.parts).cloned().collect();
        rule.places.to = line.give.to().map(|to| to.span).or(rule.places.to);
    }
    if known
        .items
        .schemes
        .get(item.scheme)
        .and_then(|of| of.frame)
        .is_some_and(|f| f.bond == Bond::Discretion)
    {
        at_discretion(known, making, &mut rule, shared, item);
    }
    Some(Made { rule, slots: own, scene })
}

/// What is adopted with discretion grants nothing by itself: whoever applies it decides.
fn at_discretion(
    known: &Known<'_>,
    making: &mut Making,
    rule: &mut Rule,
    shared: &Shared<'_>,
    item: &RuleItem<'_>,
) {
    let Some(body) = rule.by else {
        let header = known.items.schemes.get(item.scheme).map(|scheme| scheme.item.declaration.header);
        let problem = Problem::new(Code::AdoptNobody, header.unwrap_or_default());
        making.found.push(problem.say("scheme", &*shared.scheme.name));
        return;
    };
    let place = rule.places.give.unwrap_or(rule.span);
    for line in std::iter::once(&mut rule.gives).chain(rule.lines.iter_mut().map(|line| &mut line.gives)) {
        if !matches!(line, Gives::Answer(_)) {
            *line = Gives::Answer(crate::model::Answer::Refer(body, None, place));
        }
    }
    rule.mark = None;
    rule.attributes = Box::default();
}

/// A rule that converts by dated ratios applies on the days on which one of them holds.
fn on_days(guard: Cond, given: &Gives) -> Cond {
    let Gives::Credit(crate::model::AmountRule { conversion: Some(conversion), .. }) = given else {
        return guard;
    };
    let is_always = |way: &ConversionWay| way.guard == Cond::always();
    if conversion.ways.iter().any(is_always) {
        return guard;
    }
    let days = conversion.ways.iter().map(|way| way.guard.clone()).collect();
    match all(vec![guard, Cond::Any(days)]) {
        made @ Cond::All(_) => made,
        one => Cond::All(vec![one]),
    }
}

/// A `give` line that names its targets.
struct Line<'t> {
    gives: Gives,
    targets: Targets,
    tests: Vec<Cond>,
    /// Where parts of its amount sit.
    parts: Box<[crate::model::Attribute]>,
    give: &'t Give,
}

/// The tests of a `give` line.
fn give_tests(known: &Known<'_>, making: &mut Making, scene: &Scene<'_>, give: &Give) -> Vec<Cond> {
    let mut inlining = Inlining::new();
    give.tests()
        .iter()
        .map(|(test, denied)| super::conditions::test(known, making, scene, test, *denied, &mut inlining))
        .collect()
}

/// A guard and the tests of one line, as one formula.
fn both(guard: Cond, tests: Vec<Cond>) -> Cond {
    if tests.is_empty() {
        return guard;
    }
    match all(std::iter::once(guard).chain(tests)) {
        made @ Cond::All(_) => made,
        one => Cond::All(vec![one]),
    }
}

/// The targets of all lines together; each of them, and the account, stands in one line only.
fn of_lines(
    making: &mut Making,
    rule: &str,
    written: &[&Give],
    targets: &[Targets],
    damaged: bool,
) -> Targets {
    let mut all: Vec<Target> = Vec::new();
    let mut places: Vec<(crate::model::BlockId, Span)> = Vec::new();
    let mut deposit: Option<Span> = None;
    for (give, to) in written.iter().zip(targets) {
        let twice = match to {
            Targets::Deposit => deposit.replace(give.span).filter(|_| !damaged),
            // An account adds up: several lines may send to it.
            Targets::Blocks { of, .. } => {
                places.extend_from_slice(of);
                None
            }
            _ => to.all().iter().find_map(|target| {
                all.iter().find(|other| other.outcome == target.outcome).map(|other| other.span)
            }),
        };
        if let Some(first) = twice {
            making
                .found
                .push(Problem::new(Code::RuleTwoAnswers, give.span).say("rule", rule).label(first, "first"));
        }
        all.extend_from_slice(to.all());
    }
    match (all.is_empty(), places.is_empty()) {
        (true, true) => Targets::Deposit,
        (true, false) => Targets::Blocks { of: places, choose: None },
        _ => Targets::Each(all),
    }
}

/// Reads the slots of a rule whose mistakes stand already.
fn read_again<'t>(declaration: &'t crate::syntax::tree::Declaration, making: &mut Making) -> Slots<'t> {
    read(declaration, Place::Rule, &mut making.found)
}

fn answer_span(answer: &crate::syntax::tree::Answer) -> Span {
    match answer {
        crate::syntax::tree::Answer::Refer { span, .. }
        | crate::syntax::tree::Answer::Refuse { span, .. } => *span,
    }
}

/// The kinds of what fills any slot.
fn kinds_of(making: &Making, sources: &[Vec<SourceSlot>]) -> Vec<KindId> {
    let items = sources.iter().flatten().flat_map(|slot| &slot.items);
    let mut kinds: Vec<KindId> =
        items.flat_map(|item| making.classes.kinds_of(item.class)).copied().collect();
    kinds.sort_unstable();
    kinds.dedup();
    kinds
}

/// What bare `credits` means: the unit of the rule or its scheme, else the targets', else the package's.
fn unit(
    known: &Known<'_>,
    making: &mut Making,
    package: usize,
    own: &Slots<'_>,
    shared: &Shared<'_>,
    to: &Targets,
) -> Option<UnitId> {
    if let Some(names) = own.unit {
        return super::schemes::unit(known, making, package, names);
    }
    if shared.scheme.unit.is_some() {
        return shared.scheme.unit;
    }
    if let Targets::Blocks { of, .. } = to
        && let Some(names) = of.first().and_then(|(block, _)| super::programmes::account_unit(known, *block))
    {
        return super::schemes::unit(known, making, package, names);
    }
    let mut units = to.all().iter().filter_map(|target| {
        match known.model.outcomes.get(target.outcome.index())?.credits {
            Credits::Amount(_, unit) => Some(unit),
            _ => None,
        }
    });
    let first = units.next();
    match first {
        Some(unit) if units.all(|other| other == unit) => Some(unit),
        _ => known.package_units.get(package).copied().flatten(),
    }
}

/// The provisions that a rule and the schemes around it apply.
fn provisions<'t>(
    known: &Known<'t>,
    making: &mut Making,
    package: usize,
    own: &Slots<'t>,
    levels: &[Level<'_, 't>],
) -> Vec<(usize, Slots<'t>)> {
    let around = levels.iter().flat_map(|level| level.slots.with.iter().map(|name| (level.package, *name)));
    let names = around.chain(own.with.iter().map(|name| (package, *name)));
    let mut all = Vec::new();
    for (package, name) in names {
        let Some(at) = known.provision(package, &name.text) else {
            let problem = unknown(&name.text, is_boxed(name), Said::Word("declaration.provision"), name.span);
            let names = known.items.provisions.iter().map(|item| &*item.name);
            making.found.push(with_nearest(problem, &name.text, names));
            continue;
        };
        making.used_provisions.insert(at);
        if all.iter().any(|(other, _)| *other == at) {
            continue;
        }
        let Some(item) = known.items.provisions.get(at) else { continue };
        all.push((at, read(item.declaration, Place::Provision, &mut making.found)));
    }
    all
}

/// What stands around a rule's own lines.
struct Around<'a, 't> {
    own: &'a Slots<'t>,
    provisions: &'a [(usize, Slots<'t>)],
    levels: &'a [Level<'a, 't>],
    amended: &'a [Amended<'t>],
}

/// The windows of a rule, its provisions, its schemes and what is amended: all must hold.
fn windows(
    known: &Known<'_>,
    making: &mut Making,
    scene: &Scene<'_>,
    around: &Around<'_, '_>,
) -> Vec<Window> {
    let provided = around.provisions.iter().map(|(_, slots)| (scene.package, slots));
    let slots = around
        .levels
        .iter()
        .map(|level| (level.package, level.slots))
        .chain(provided)
        .chain(std::iter::once((scene.package, around.own)))
        .chain(around.amended.iter().map(|amended| (amended.package, &amended.slots)));
    let mut windows: Vec<Window> = Vec::new();
    for (package, slots) in slots {
        let scene = Scene { role: Role::Window, package, ..scene.clone() };
        windows.extend(slots.in_force.iter().filter_map(|written| window(known, making, &scene, written)));
    }
    windows.shrink_to_fit();
    windows
}

/// Windows, then the tests of the schemes, of provisions, of the rule and of what is amended, as one formula.
fn guard(
    known: &Known<'_>,
    making: &mut Making,
    scene: &Scene<'_>,
    around: &Around<'_, '_>,
    windows: &[Window],
) -> Cond {
    let mut inlining = Inlining::new();
    let mut conds: Vec<Cond> = windows.iter().filter_map(window_atom).collect();
    let mut tests = |package: usize, slots: &Slots<'_>| {
        let scene = Scene { package, ..scene.clone() };
        lines(known, making, &scene, slots.tests.iter().copied(), &mut inlining)
    };
    for level in around.levels {
        conds.extend(tests(level.package, level.slots));
    }
    for (at, slots) in around.provisions {
        let package = known.items.provisions.get(*at).map_or(scene.package, |item| item.package);
        conds.extend(tests(package, slots));
    }
    let mut own = tests(scene.package, around.own);
    for amended in around.amended {
        own = amend(own, tests(amended.package, &amended.slots));
    }
    conds.extend(own);
    match all(conds) {
        made @ Cond::All(_) => made,
        one => Cond::All(vec![one]),
    }
}

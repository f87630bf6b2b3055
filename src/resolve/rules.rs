//! Rules: each with what it has of its own, of its provisions and of its scheme, as one row.

use rustc_hash::FxHashMap;

use crate::diagnostic::{Code, Problem, Said};
use crate::language::normal;
use crate::model::{
    Cond, ConversionWay, Credits, Gives, Holder, KindId, Role, Rule, RuleId, RulePlaces, SchemeId,
    SourceSlot, Target, Targets, UnitId, Window,
};
use crate::source::Span;
use crate::syntax::tree::{Give, InForce, Name, Operand};

use super::conditions::{Inlining, lines, window_atom};
use super::conversions::Applied;
use super::documents::{citations, window};
use super::fault::{duplicate, repeated, unknown, with_nearest};
use super::gives::gives;
use super::items::{Items, RuleItem, slots};
use super::judged;
use super::known::{Known, Making};
use super::marks::mark;
use super::merge::all;
use super::names::is_boxed;
use super::remarks::{answer, reading, remark};
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

/// The names of rules: in their scheme, and in their package where only one rule has it.
#[derive(Default)]
pub(super) struct RuleNames {
    in_scheme: FxHashMap<(usize, Box<str>), RuleId>,
    in_package: FxHashMap<(usize, Box<str>), Vec<RuleId>>,
    schemes: FxHashMap<(usize, Box<str>), usize>,
}

impl RuleNames {
    /// Reads the headers of all rules; one scheme cannot have two rules of one name.
    pub(super) fn of(items: &Items<'_>, making: &mut Making) -> RuleNames {
        let mut names = RuleNames::default();
        let mut first: FxHashMap<(usize, Box<str>), Span> = FxHashMap::default();
        for (at, scheme) in items.schemes.iter().enumerate().filter(|(_, scheme)| !scheme.solitary) {
            let declaration = scheme.item.declaration;
            for name in declaration.name.iter().chain(&declaration.aliases) {
                let key = (scheme.item.package, Box::from(&*name.text));
                if let Some(before) = first.insert(key.clone(), name.span) {
                    making.found.push(duplicate(&name.text, name.span, before));
                }
                names.schemes.entry(key).or_insert(at);
            }
            for title in &declaration.titles {
                names.schemes.entry((scheme.item.package, normal(&title.text.text).into())).or_insert(at);
            }
        }
        // A package in which nothing overrides anything never asks for a rule by name.
        let asked = items.rules.iter().any(|rule| {
            slots(rule.item.declaration.body.as_ref())
                .any(|(_, slot)| matches!(slot.operand, Operand::Overrides(_)))
        });
        let mut first: FxHashMap<(usize, &str), Span> = FxHashMap::default();
        let mut solitary: FxHashMap<(usize, &str), Span> = FxHashMap::default();
        for (rule, id) in items.rules.iter().zip((0u32..).map(RuleId)) {
            let declaration = rule.item.declaration;
            let is_solitary = items.schemes.get(rule.scheme).is_some_and(|scheme| scheme.solitary);
            for name in declaration.name.iter().chain(&declaration.aliases) {
                let before = if is_solitary {
                    solitary.insert((rule.item.package, &*name.text), name.span)
                } else {
                    first.insert((rule.scheme, &*name.text), name.span)
                };
                if let Some(before) = before {
                    making.found.push(duplicate(&name.text, name.span, before));
                    continue;
                }
                if asked {
                    names.add(rule, id, &name.text);
                }
            }
            for title in declaration.titles.iter().filter(|_| asked) {
                names.add(rule, id, &normal(&title.text.text));
            }
        }
        names
    }

    fn add(&mut self, rule: &RuleItem<'_>, id: RuleId, name: &str) {
        self.in_scheme.entry((rule.scheme, name.into())).or_insert(id);
        let all = self.in_package.entry((rule.item.package, name.into())).or_default();
        if !all.contains(&id) {
            all.push(id);
        }
    }

    /// The rule that a name in `overrides` means: of the same scheme, else the only one of the package, else `scheme.rule`.
    fn find(
        &self,
        items: &Items<'_>,
        from: &RuleItem<'_>,
        name: &Name,
        making: &mut Making,
    ) -> Option<RuleId> {
        let text = normal(&name.text);
        if let Some(id) = self.in_scheme.get(&(from.scheme, Box::from(&*text))) {
            return Some(*id);
        }
        let package = from.item.package;
        let everywhere = self.in_package.get(&(package, Box::from(&*text))).map_or(&[][..], Vec::as_slice);
        let all: Vec<RuleId> = match (everywhere, text.rsplit_once('.')) {
            ([], Some((scheme, rule))) => {
                let scheme = self.schemes.get(&(package, Box::from(scheme)));
                let found = scheme.and_then(|scheme| self.in_scheme.get(&(*scheme, Box::from(rule))));
                found.copied().into_iter().collect()
            }
            (all, _) => all.to_vec(),
        };
        match all.as_slice() {
            [one] => return Some(*one),
            [] => {
                let problem = unknown(&name.text, is_boxed(name), Said::Word("declaration.rule"), name.span);
                let rules = items.rules.iter().filter(|rule| rule.item.package == package);
                making.found.push(with_nearest(problem, &name.text, rules.map(|rule| &*rule.item.name)));
            }
            several => {
                let names = several.iter().filter_map(|id| items.rules.get(id.index()));
                let schemes = names.clone().filter_map(|rule| items.schemes.get(rule.scheme));
                let said: Vec<Said> = schemes
                    .map(|scheme| Said::Name(format!("{}.{}", scheme.item.name, name.text).into()))
                    .collect();
                let problem = Problem::new(Code::NameAmbiguous, name.span)
                    .say("name", &*name.text)
                    .say("candidates", said);
                let problem =
                    names.fold(problem, |problem, rule| problem.label(rule.item.declaration.header, "also"));
                making.found.push(problem);
            }
        }
        None
    }
}

/// Reads one rule.
pub(super) fn rule<'t>(
    known: &Known<'t>,
    making: &mut Making,
    names: &RuleNames,
    item: &RuleItem<'t>,
    shared: &Shared<'t>,
) -> Made<'t> {
    let declaration = item.item.declaration;
    let package = item.item.package;
    let solitary = known.items.schemes.get(item.scheme).is_some_and(|scheme| scheme.solitary);
    // What a rule outside a scheme gets wrong has been said when its scheme of one was read.
    let own = if solitary {
        read_again(declaration, making)
    } else {
        read(declaration, Place::Rule, &mut making.found)
    };
    let scheme = if solitary { None } else { Some(&shared.slots) };
    let provisions: Vec<(usize, Slots<'t>)> = provisions(known, making, package, &own, scheme);
    let damaged = own.damaged || scheme.is_some_and(|scheme| scheme.damaged);

    let own_by = if solitary { None } else { deciding(known, making, package, &own) };
    let by = own_by.or(shared.scheme.by);
    let mut scene = Scene {
        package,
        plain: Plain::Nobody,
        sources: (&[][..]).into(),
        targets: (&[][..]).into(),
        unit: None,
        applied: Applied { scheme: u32::try_from(item.scheme).ok().map(SchemeId), by, parties: &[] },
        parties: &[],
        role: Role::Condition,
        damaged,
    };
    let parties = shared.parties.clone();
    let from = own.from.or_else(|| scheme.and_then(|scheme| scheme.from));
    let to = own.to.or_else(|| scheme.and_then(|scheme| scheme.to));
    let mut read_sources = vec![Vec::new()];
    if let Some(selection) = from {
        let inner = Scene { parties: &parties, ..scene.clone() };
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
    if let Some(selection) = to {
        let made = targets(known, making, package, selection);
        match making.made(made, selection.span) {
            Some(made) => read_targets = made,
            None => scene.damaged = true,
        }
    }
    // Where `give` lines name targets, those are the rule's.
    let written: Vec<&'t Give> = match own.give {
        Some(Giving::Give(first)) => std::iter::once(first).chain(own.more.iter().copied()).collect(),
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
                    let made = targets(known, making, package, selection);
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
    scene.unit = unit(known, making, package, &own, shared, &read_targets);

    let mut inner =
        Scene { parties: &parties, applied: Applied { parties: &parties, ..scene.applied }, ..scene.clone() };
    making.rests.clear();
    making.maps.clear();
    let giving = own
        .give
        .or_else(|| provisions.iter().find_map(|(_, slots)| slots.give))
        .or_else(|| scheme.and_then(|s| s.give));
    let mut lines: Vec<Line> = Vec::new();
    if has_lines {
        for (give, mut to) in written.iter().zip(line_targets) {
            let mut scene = Scene {
                targets: targets::kinds(known, &to).into(),
                unit: unit(known, making, package, &own, shared, &to),
                ..inner.clone()
            };
            let made = gives(known, making, &scene, &mut to, &Giving::Give(give));
            scene.targets = targets::kinds(known, &to).into();
            let tests = give_tests(known, making, &scene, give);
            if let Some(gives) = making.made(made, give.span) {
                lines.push(Line { gives, targets: to, tests, give });
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
        .or_else(|| scheme.and_then(|s| s.mark));
    let read_mark = written_mark.and_then(|written| {
        let made = mark(known, making, &inner, written);
        making.made(made, written.span).map(Box::new)
    });
    let rests = std::mem::take(&mut making.rests);
    let windows = windows(known, making, &inner, &own, &provisions, scheme);
    let mut guard = guard(known, making, &inner, &own, &provisions, scheme, &windows);
    if let (false, Some(Giving::Give(give))) = (has_lines, &giving) {
        guard = both(guard, give_tests(known, making, &inner, give));
    }
    if let (false, Some(given)) = (has_lines, &given) {
        guard = on_days(guard, given);
    }
    for map in making.maps.iter().filter_map(|map| known.model.maps.get(map.index())) {
        guard = both(guard, map.windows.iter().filter_map(window_atom).collect());
    }
    let otherwise = own.otherwise.or_else(|| provisions.iter().find_map(|(_, s)| s.otherwise));
    let otherwise = otherwise.and_then(|otherwise| answer(known, making, package, otherwise));

    let mut cites = own.cite.map_or_else(Vec::new, |cites| citations(known, making, package, cites));
    if cites.is_empty() {
        cites = shared.scheme.cites.clone();
        // Under a heading that names a clause, that clause is what a rule rests on.
        let heading =
            known.sources.get(item.item.span.file).and_then(|source| source.heading(item.item.span.start));
        if let (Some(clause), [cite]) = (heading.and_then(clause_in), cites.as_mut_slice()) {
            cite.clause = Some(clause.into());
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
    let mut overrides: Vec<RuleId> =
        own.overrides.iter().filter_map(|name| names.find(&known.items, item, name, making)).collect();
    overrides.sort_unstable();
    overrides.dedup();

    let provided = || provisions.iter().map(|(_, slots)| slots);
    let mut readings = if solitary { Vec::new() } else { shared.scheme.readings.clone() };
    for slots in provided().chain(std::iter::once(&own)) {
        readings
            .extend(slots.readings.iter().map(|(text, cites)| reading(known, making, package, text, cites)));
    }
    readings.extend(maps.iter().flat_map(|map| map.readings.iter().cloned()));
    readings.extend(rests.iter().flat_map(|way| way.readings.iter().cloned()));
    let own_status = if own.status.is_some() { status(own.status) } else { shared.scheme.status };
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
        guard,
        gives: given.unwrap_or(Gives::Answer(crate::model::Answer::Refuse(None, declaration.header))),
        lines: Vec::new(),
        mark: read_mark,
        otherwise,
        by,
        achievements: counted.unwrap_or(shared.scheme.achievements),
        convert_again: own
            .convert_again
            .or_else(|| provided().find_map(|slots| slots.convert_again))
            .unwrap_or(shared.scheme.convert_again),
        overrides,
        readings,
        advice: provided()
            .chain(std::iter::once(&own))
            .flat_map(|slots| &slots.advice)
            .map(|text| remark(text))
            .collect(),
        notes: provided()
            .chain(std::iter::once(&own))
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
        rule.targets = Targets::Each(named);
    } else if let Some(line) = lines.pop() {
        rule.guard = on_days(both(rule.guard, line.tests), &line.gives);
        rule.targets = line.targets;
        rule.places.to = line.give.to().map(|to| to.span).or(rule.places.to);
    }
    Made { rule, slots: own, scene }
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
    let mut deposit: Option<Span> = None;
    for (give, to) in written.iter().zip(targets) {
        let twice = match to {
            Targets::Deposit => deposit.replace(give.span).filter(|_| !damaged),
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
    if all.is_empty() { Targets::Deposit } else { Targets::Each(all) }
}

/// The clause that a heading begins with: `第三条`, `第五条第（二）项`, `Article 3`, `§ 4`.
fn clause_in(heading: &str) -> Option<&str> {
    let heading = heading.trim();
    if heading.starts_with('第') {
        let end = heading.char_indices().take_while(|(_, c)| !c.is_whitespace());
        let last =
            end.filter(|(_, c)| matches!(c, '条' | '條' | '款' | '项' | '項' | '目' | '章' | '节')).last();
        return last.and_then(|(at, c)| heading.get(..at + c.len_utf8()));
    }
    let (word, rest) = heading.split_once(' ')?;
    let known = ["Article", "Section", "Clause", "Item", "Rule", "§", "Art.", "Sec."];
    let number = rest.split(|c: char| c.is_whitespace() || c == ':').next()?;
    let numbered = number.starts_with(|c: char| c.is_ascii_digit());
    let end = heading.len() - rest.len() + number.trim_end_matches(['.', ',']).len();
    heading.get(..end).filter(|_| known.contains(&word) && numbered)
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

/// The provisions that a rule and its scheme apply.
fn provisions<'t>(
    known: &Known<'t>,
    making: &mut Making,
    package: usize,
    own: &Slots<'t>,
    scheme: Option<&Slots<'t>>,
) -> Vec<(usize, Slots<'t>)> {
    let names = scheme.into_iter().flat_map(|scheme| &scheme.with).chain(&own.with);
    let mut all = Vec::new();
    for name in names {
        let Some(at) = known.provision(package, &name.text) else {
            let problem = unknown(&name.text, is_boxed(name), Said::Word("declaration.provision"), name.span);
            let names = known.items.provisions.iter().map(|item| &*item.name);
            making.found.push(with_nearest(problem, &name.text, names));
            continue;
        };
        if all.iter().any(|(other, _)| *other == at) {
            continue;
        }
        let Some(item) = known.items.provisions.get(at) else { continue };
        all.push((at, read(item.declaration, Place::Provision, &mut making.found)));
    }
    all
}

/// The windows of a rule, its provisions and its scheme: all must hold.
fn windows<'t>(
    known: &Known<'t>,
    making: &mut Making,
    scene: &Scene<'_>,
    own: &Slots<'t>,
    provisions: &[(usize, Slots<'t>)],
    scheme: Option<&Slots<'t>>,
) -> Vec<Window> {
    let scene = Scene { role: Role::Window, ..scene.clone() };
    let slots =
        scheme.into_iter().chain(provisions.iter().map(|(_, slots)| slots)).chain(std::iter::once(own));
    let written: Vec<&InForce> = slots.flat_map(|slots| &slots.in_force).copied().collect();
    let mut windows: Vec<Window> =
        written.into_iter().filter_map(|written| window(known, making, &scene, written)).collect();
    windows.shrink_to_fit();
    windows
}

/// Windows, then the tests of the scheme, of provisions and of the rule, as one formula.
fn guard<'t>(
    known: &Known<'t>,
    making: &mut Making,
    scene: &Scene<'_>,
    own: &Slots<'t>,
    provisions: &[(usize, Slots<'t>)],
    scheme: Option<&Slots<'t>>,
    windows: &[Window],
) -> Cond {
    let mut inlining = Inlining::new();
    let mut conds: Vec<Cond> = windows.iter().filter_map(window_atom).collect();
    let operands = |slots: &Slots<'t>| -> Vec<&'t Operand> { slots.tests.clone() };
    if let Some(slots) = scheme {
        conds.extend(lines(known, making, scene, operands(slots).into_iter(), &mut inlining));
    }
    for (at, slots) in provisions {
        let package = known.items.provisions.get(*at).map_or(scene.package, |item| item.package);
        let scene = Scene { package, ..scene.clone() };
        conds.extend(lines(known, making, &scene, operands(slots).into_iter(), &mut inlining));
    }
    conds.extend(lines(known, making, scene, operands(own).into_iter(), &mut inlining));
    match all(conds) {
        made @ Cond::All(_) => made,
        one => Cond::All(vec![one]),
    }
}

//! Standards and their statements: what several outcomes share, so that how far one covers another can be counted.

use rustc_hash::FxHashMap;

use crate::diagnostic::{Code, Problem, Said};
use crate::model::{Role, Standard, StandardId, Statement, StatementId};
use crate::quantity::Ratio;
use crate::syntax::tree::{
    Declaration, DeclarationWord, Name, NameSlot, Operand, Statement as Written, StatementKind,
};

use super::builtin::spells;
use super::documents::{citations, window};
use super::fault;
use super::frameworks;
use super::items::{Item, is_damaged, slots_among, statements};
use super::known::{Known, Making};
use super::names::{Sort, Thing};
use super::once::Once;
use super::remarks;
use super::spot::{Plain, Scene};
use super::titles::titles;

/// Reads all standards and statements into the model.
pub(super) fn read(known: &mut Known<'_>, making: &mut Making) {
    let mut standards = Vec::with_capacity(known.items.standards.len());
    let mut met: Vec<(Statement, &Declaration, usize)> = Vec::new();
    for (item, id) in known.items.standards.iter().zip((0u32..).map(StandardId)) {
        let made = standard(known, making, item);
        for written in statements(item.declaration.body.as_ref()) {
            let StatementKind::Declaration(declaration) = &written.kind else { continue };
            if declaration.word == DeclarationWord::Statement
                && let Some(statement) = self::statement(known, making, item, &made, id, declaration)
            {
                met.push((statement, declaration, item.package));
            }
        }
        standards.push(made);
    }
    // Ids in the order of names; of two of one name the first stays, and the other has been reported.
    met.sort_by(|a, b| (&a.0.name, a.0.span).cmp(&(&b.0.name, b.0.span)));
    let mut first: FxHashMap<Box<str>, crate::source::Span> = FxHashMap::default();
    met.retain(|(statement, ..)| match first.get(&statement.name) {
        Some(before) => {
            making.found.push(fault::duplicate(&statement.name, statement.span, *before));
            false
        }
        None => {
            first.insert(statement.name.clone(), statement.span);
            true
        }
    });
    known.model.standards = standards;
    known.statements =
        met.iter().zip((0u32..).map(StatementId)).map(|(met, id)| (met.0.name.clone(), id)).collect();
    let same: Vec<Vec<StatementId>> =
        met.iter().map(|(_, declaration, package)| same_as(known, making, *package, declaration)).collect();
    known.model.statements = met.into_iter().map(|(statement, ..)| statement).collect();
    link(&mut known.model.statements, same);
}

/// Symmetric and transitive: every statement knows all that say the same.
fn link(statements: &mut [Statement], same: Vec<Vec<StatementId>>) {
    let mut group: Vec<usize> = (0..statements.len()).collect();
    for (at, others) in same.iter().enumerate() {
        for other in others {
            let (Some(&from), Some(&to)) = (group.get(at), group.get(other.index())) else { continue };
            let (least, most) = (from.min(to), from.max(to));
            group.iter_mut().filter(|of| **of == most).for_each(|of| *of = least);
        }
    }
    if same.iter().all(Vec::is_empty) {
        return;
    }
    let mut members: FxHashMap<usize, Vec<StatementId>> = FxHashMap::default();
    for (id, of) in (0u32..).map(StatementId).zip(&group) {
        members.entry(*of).or_default().push(id);
    }
    for ((id, statement), of) in (0u32..).map(StatementId).zip(statements).zip(&group) {
        let all = members.get(of).map_or(&[][..], Vec::as_slice);
        statement.same = all.iter().copied().filter(|other| *other != id).collect();
    }
}

fn standard(known: &Known<'_>, making: &mut Making, item: &Item<'_>) -> Standard {
    let declaration = item.declaration;
    let scene = Scene {
        package: item.package,
        plain: Plain::Nobody,
        sources: (&[][..]).into(),
        targets: (&[][..]).into(),
        unit: None,
        parties: &[],
        role: Role::Window,
        applied: Default::default(),
        damaged: false,
    };
    let mut made = Standard {
        name: item.name.clone(),
        aliases: declaration.aliases.iter().map(|alias| alias.text.clone()).collect(),
        titles: titles(&declaration.titles),
        under: None,
        version: None,
        cites: Vec::new(),
        windows: Vec::new(),
        readings: Vec::new(),
        notes: Vec::new(),
        span: declaration.header,
    };
    let mut once = Once::default();
    let body = declaration.body.as_ref();
    let own = [DeclarationWord::Statement];
    for slot in slots_among(body, "declaration.standard", &own, false, &mut making.found) {
        let at = slot.word_span;
        match &slot.operand {
            Operand::Version(version) => {
                once.check(&mut making.found, "slot.version", at);
                made.version = Some(version.text.clone());
            }
            Operand::Names(NameSlot::Under, names) => {
                once.check(&mut making.found, "slot.under", at);
                for name in names {
                    let thing = known.names.find(item.package, name, &[Sort::Framework], &mut making.found);
                    if let Some(Thing::Framework(framework)) = thing {
                        made.under = Some(framework);
                    }
                }
            }
            Operand::Cite(cites) => made.cites.extend(citations(known, making, item.package, cites)),
            Operand::InForce(written) => made.windows.extend(window(known, making, &scene, written)),
            Operand::Reading(text, cites) => {
                made.readings.push(remarks::reading(known, making, item.package, text, cites));
            }
            Operand::Note(text) => made.notes.push(remarks::remark(text)),
            _ => making.found.misplaced(at, "declaration.standard"),
        }
    }
    if !once.has("slot.under") && !is_damaged(declaration.body.as_ref()) {
        let problem = Problem::new(Code::SlotMissing, declaration.header).say("name", &*item.name);
        making.found.push(problem.say("slot", Said::Word("slot.under")));
    }
    made
}

fn statement(
    known: &Known<'_>,
    making: &mut Making,
    item: &Item<'_>,
    standard: &Standard,
    id: StandardId,
    declaration: &Declaration,
) -> Option<Statement> {
    let (name, header) = (declaration.name.as_ref()?, declaration.statement()?);
    let framework = known.model.frameworks.get(standard.under?.index())?;
    if !spells(&header.level_word.text, "fact.level") {
        let problem = Problem::new(Code::SlotMissing, header.level_word.span).say("name", &*name.text);
        making.found.push(problem.say("slot", Said::Word("fact.level")));
        return None;
    }
    let dimension = one_dimension(framework, &header.dimension.text);
    let Some(dimension) = dimension else {
        let problem = Problem::new(Code::FrameworkDimensionUnknown, header.dimension.span)
            .say("name", &*header.dimension.text)
            .say("framework", &*framework.name);
        let names = framework.dimensions.iter().map(|dimension| &*dimension.name);
        making.found.push(fault::with_nearest(problem, &header.dimension.text, names));
        return None;
    };
    let Some(level) = frameworks::rank_of(framework, &header.level) else {
        if framework.levels.as_ref().is_none_or(|levels| !levels.is_empty()) {
            making.found.push(frameworks::no_level(known, framework, header.level.span));
        }
        return None;
    };
    let elsewhere = header.elsewhere.as_ref().map(|(document, _)| {
        let name = document.as_ref()?;
        match known.names.find(item.package, name, &[Sort::Document], &mut making.found)? {
            Thing::Document(document) => Some(document),
            _ => None,
        }
    });
    let weight = header.weight.as_ref().map_or(Ratio::ONE, |weight| weight.value);
    if !weight.is_positive() {
        let at = header.weight.as_ref().map_or(declaration.header, |weight| weight.span);
        making.found.push(Problem::new(Code::StatementWeight, at).say("weight", weight));
        return None;
    }
    Some(Statement {
        name: format!("{}.{}", standard.name, name.text).into(),
        titles: titles(&declaration.titles),
        standard: id,
        dimension,
        level,
        weight,
        elsewhere,
        same: Vec::new(),
        span: declaration.header,
    })
}

/// A framework's own dimension, or one of the four where only one dimension is mapped to it.
fn one_dimension(framework: &crate::model::Framework, name: &str) -> Option<u32> {
    if let Some(own) = frameworks::dimension_named(framework, name) {
        return Some(own);
    }
    let canonical = frameworks::canonical_named(name)?;
    let mut mapped = (0u32..)
        .zip(&framework.dimensions)
        .filter(|(_, dimension)| dimension.canonical.contains(&canonical))
        .map(|(at, _)| at);
    match (mapped.next(), mapped.next()) {
        (Some(one), None) => Some(one),
        _ => None,
    }
}

/// `same as` in the body of a statement.
fn same_as(
    known: &Known<'_>,
    making: &mut Making,
    package: usize,
    declaration: &Declaration,
) -> Vec<StatementId> {
    let mut same = Vec::new();
    let body: &[Written] = statements(declaration.body.as_ref());
    for statement in body {
        let StatementKind::Slot(slot) = &statement.kind else { continue };
        match &slot.operand {
            Operand::Names(NameSlot::SameAs, names) => {
                same.extend(names.iter().flat_map(|name| named(known, making, package, name)));
            }
            Operand::Note(_) => {}
            _ => making.found.misplaced(slot.word_span, "declaration.statement"),
        }
    }
    same
}

/// The statement `rail.k1`, or all statements of the standard `rail`.
pub(super) fn named(known: &Known<'_>, making: &mut Making, package: usize, name: &Name) -> Vec<StatementId> {
    let of_standard = |prefix: &str| {
        let prefix = Name { text: prefix.into(), ..name.clone() };
        match known.names.peek(package, &prefix, &[Sort::Standard]) {
            Some(Thing::Standard(standard)) => known.model.standards.get(standard.index()),
            _ => None,
        }
    };
    if let Some(standard) = of_standard(&name.text) {
        let mut all: Vec<StatementId> = known
            .statements
            .iter()
            .filter(|(key, _)| key.strip_prefix(&*standard.name).is_some_and(|rest| rest.starts_with('.')))
            .map(|(_, id)| *id)
            .collect();
        all.sort_unstable();
        return all;
    }
    let parts = name.text.rsplit_once('.');
    let standard = parts.and_then(|(prefix, rest)| Some((of_standard(prefix)?, rest)));
    let Some((standard, rest)) = standard else {
        // Says that no standard is called so, with the nearest names.
        let prefix = parts.map_or(&*name.text, |(prefix, _)| prefix);
        let wanted = Name { text: prefix.into(), ..name.clone() };
        known.names.find(package, &wanted, &[Sort::Standard], &mut making.found);
        return Vec::new();
    };
    let full = format!("{}.{rest}", standard.name);
    if let Some(&id) = known.statements.get(&*full) {
        return vec![id];
    }
    let own = known.items.standards.iter().find(|item| item.name == standard.name);
    let is_whole = own.is_none_or(|item| !is_damaged(item.declaration.body.as_ref()));
    if is_whole {
        let problem = fault::unknown(&name.text, false, Said::Word("declaration.statement"), name.span);
        let mut names: Vec<&str> = known.statements.keys().map(|key| &**key).collect();
        names.sort_unstable();
        making.found.push(fault::with_nearest(problem, &full, names));
    }
    Vec::new()
}

//! Catalogue entries: what each is, what it gives its facts, how it stands to others.

use crate::diagnostic::{Code, Problem, Said};
use crate::model::{
    BodyId, Credits, Given, KindId, Outcome, OutcomeId, OutcomeLevel, Relation, StatementId, UnitId,
    ValueType,
};
use crate::quantity::Ratio;
use crate::source::Span;
use crate::space::Value;
use crate::syntax::tree::{self, HoursSort, Name, NameSlot, Operand, UnitRef, UnitWord, ValueKind};

use super::builtin;
use super::facts::is_unpublished;
use super::frameworks;
use super::given;
use super::items::{Item, is_damaged, slots};
use super::known::{Known, Making};
use super::names::{Sort, Thing, code_of};
use super::once::Once;
use super::standards;
use super::titles::titles;
use super::values::{number_of, unit_spelt};

/// Gives each outcome its name as a value: its first title, or its id where it has none.
pub(super) fn give_names(model: &mut crate::model::Model, making: &mut Making, fact: crate::model::FactId) {
    for outcome in &mut model.outcomes {
        let name = outcome.titles.0.first().map_or(&outcome.name, |(_, title)| title);
        let symbol = making.symbols.intern(name);
        if let Err(at) = outcome.given.binary_search_by_key(&fact, |(given, _)| *given) {
            outcome.given.insert(at, (fact, Given::Value(Value::Symbol(symbol))));
        }
    }
}

/// A kind that is not known.
const NO_KIND: KindId = KindId(u32::MAX);

/// Reads all outcomes into the model: their kinds first, as values of facts may be outcomes.
pub(super) fn read(known: &mut Known<'_>, making: &mut Making) {
    known.model.outcomes = known.items.outcomes.iter().map(|item| declared(known, making, item)).collect();
    let mut filled = Vec::with_capacity(known.model.outcomes.len());
    for (item, of) in known.items.outcomes.iter().zip(&known.model.outcomes) {
        filled.push(fill(known, making, item, of.kind));
    }
    for (outcome, filled) in known.model.outcomes.iter_mut().zip(filled) {
        if filled.hours.is_some() {
            known.kinds_with_hours.insert(outcome.kind);
        }
        outcome.issuer = filled.issuer;
        outcome.credits = filled.credits;
        outcome.given = filled.given;
        outcome.levels = filled.levels;
        outcome.relations = filled.relations;
        outcome.bears = filled.bears;
        outcome.statements = filled.statements;
    }
}

fn declared(known: &Known<'_>, making: &mut Making, item: &Item<'_>) -> Outcome {
    let declaration = item.declaration;
    let kind = match &declaration.kind {
        Some(name) => match known.names.find(item.package, name, &[Sort::Kind], &mut making.found) {
            Some(Thing::Kind(kind)) => kind,
            _ => NO_KIND,
        },
        None => {
            let problem = Problem::new(Code::SlotMissing, declaration.header).say("name", &*item.name);
            making.found.push(problem.say("slot", Said::Word("declaration.kind")));
            NO_KIND
        }
    };
    Outcome {
        name: item.name.clone(),
        aliases: declaration
            .aliases
            .iter()
            .chain(former_names(declaration))
            .map(|alias| alias.text.clone())
            .collect(),
        titles: titles(&declaration.titles),
        code: code_of(item).map(Into::into),
        kind,
        issuer: None,
        credits: Credits::Unstated,
        given: Vec::new(),
        levels: Vec::new(),
        bears: None,
        statements: Vec::new(),
        relations: Vec::new(),
        span: declaration.header,
    }
}

/// What the body of an outcome says.
struct Filled {
    issuer: Option<BodyId>,
    credits: Credits,
    given: Vec<(crate::model::FactId, Given)>,
    levels: Vec<OutcomeLevel>,
    relations: Vec<(Relation, OutcomeId, Span)>,
    bears: Option<(Box<str>, Span)>,
    statements: Vec<StatementId>,
    /// The credits as written.
    credits_at: Option<Span>,
    /// Its hours, whether they are contact hours, and where they are stated.
    hours: Option<(Ratio, bool, Span)>,
}

fn fill(known: &Known<'_>, making: &mut Making, item: &Item<'_>, kind: KindId) -> Filled {
    let mut filled = Filled {
        issuer: None,
        credits: Credits::Unstated,
        given: Vec::new(),
        levels: Vec::new(),
        relations: Vec::new(),
        bears: None,
        statements: Vec::new(),
        credits_at: None,
        hours: None,
    };
    let mut once = Once::default();
    let declaration = item.declaration;
    for (statement, slot) in slots(declaration.body.as_ref()) {
        let at = slot.word_span;
        match &slot.operand {
            Operand::Given(written) => match builtin::canonical(&written.fact.text) {
                "code" => {
                    once.check(&mut making.found, "fact.code", at);
                }
                "credits" => {
                    if once.check(&mut making.found, "fact.credits", at) {
                        credits(known, making, item, written, &mut filled);
                    }
                }
                "level" if known.kind_fact(kind, "level").is_none() => {
                    if once.check(&mut making.found, "fact.level", at) {
                        levels(known, making, item, written, &mut filled.levels);
                    }
                }
                "issuer" => {
                    if once.check(&mut making.found, "slot.issuer", at) {
                        filled.issuer = match written.values.first().map(|value| &value.kind) {
                            Some(ValueKind::Name(name)) => body(known, making, item.package, name),
                            _ => None,
                        };
                    }
                }
                "hours" if kind == NO_KIND || known.kind_fact(kind, "hours").is_none() => {
                    if once.check(&mut making.found, "fact.hours", at) {
                        hours(known, making, written, &mut filled);
                    }
                }
                _ if kind == NO_KIND => {}
                _ => {
                    if let Some(value) = given::given(known, making, item.package, kind, written) {
                        if builtin::canonical(&written.fact.text) == "hours" {
                            let declared = known.kind_fact(kind, "hours").and_then(|of| of.domains.first());
                            stated_hours(
                                &value.1,
                                declared.map(|domain| domain.value_type),
                                statement.span,
                                &mut filled,
                            );
                        }
                        given::add(known, making, &mut filled.given, value, statement.span);
                    }
                }
            },
            Operand::Names(NameSlot::Issuer, names) => {
                if once.check(&mut making.found, "slot.issuer", at) {
                    filled.issuer = names.first().and_then(|name| body(known, making, item.package, name));
                }
            }
            Operand::Names(NameSlot::Statements, names) => {
                let named = names.iter().flat_map(|name| standards::named(known, making, item.package, name));
                filled.statements.extend(named.collect::<Vec<_>>());
            }
            Operand::Title(slot) if slot.needs.is_empty() => {
                if once.check(&mut making.found, "slot.title", at) {
                    filled.bears = Some((slot.title.text.clone(), slot.span));
                }
            }
            Operand::Names(slot, names) => match relation(*slot) {
                Some(relation) => {
                    for name in names {
                        let thing = known.names.find(item.package, name, &[Sort::Outcome], &mut making.found);
                        if let Some(Thing::Outcome(outcome)) = thing {
                            filled.relations.push((relation, outcome, name.span));
                        }
                    }
                }
                None if *slot == NameSlot::Formerly => {}
                None => making.found.misplaced(at, "declaration.outcome"),
            },
            Operand::Note(_) | Operand::Text(..) => {}
            // Whether a thing counts whole is said of its kind.
            _ => making.found.misplaced(at, "declaration.outcome"),
        }
    }
    if let Some(issuer) = filled.issuer {
        let symbol = making.symbols.intern(known.names.name_of(Thing::Body(issuer)));
        filled.given.push((known.built_in("issuer"), Given::Value(Value::Symbol(symbol))));
    }
    match filled.credits {
        Credits::Amount(amount, _) => {
            filled.given.push((known.built_in("credits"), Given::Value(Value::Number(amount))));
        }
        Credits::Unpublished => filled.given.push((known.built_in("credits"), Given::Unpublished)),
        Credits::Unstated => {}
    }
    if let Some(of) = known.model.kinds.get(kind.index()) {
        given::inherit(known, making, &mut filled.given, &of.given, declaration.header, &of.name);
        credits_of_kind(known, item.package, &mut filled);
    }
    check_hours(known, making, &filled);
    filled.given.sort_by_key(|(fact, _)| *fact);
    filled.given.shrink_to_fit();
    filled.relations.sort_unstable();
    filled.statements.sort_unstable();
    filled.statements.dedup();
    if is_damaged(declaration.body.as_ref()) && filled.credits == Credits::Unstated {
        // Its credits may stand in the line that could not be read.
        filled.credits = Credits::Unpublished;
    }
    filled
}

/// The names that an outcome once had; records and rules may still use them.
pub(super) fn former_names(declaration: &tree::Declaration) -> impl Iterator<Item = &Name> {
    super::items::slots(declaration.body.as_ref())
        .filter_map(|(_, slot)| match &slot.operand {
            Operand::Names(NameSlot::Formerly, names) => Some(names),
            _ => None,
        })
        .flatten()
}

/// Credits that a kind gives to all its outcomes.
fn credits_of_kind(known: &Known<'_>, package: usize, filled: &mut Filled) {
    if filled.credits != Credits::Unstated {
        return;
    }
    let fact = known.built_in("credits");
    let given = filled.given.iter().find(|(id, _)| *id == fact).map(|(_, given)| given);
    match (given, known.package_units.get(package).copied().flatten()) {
        (Some(Given::Value(Value::Number(amount))), Some(unit)) => {
            filled.credits = Credits::Amount(*amount, unit)
        }
        (Some(Given::Unpublished), _) => filled.credits = Credits::Unpublished,
        _ => {}
    }
}

fn body(known: &Known<'_>, making: &mut Making, package: usize, name: &Name) -> Option<BodyId> {
    match known.names.find(package, name, &[Sort::Body], &mut making.found)? {
        Thing::Body(body) => Some(body),
        _ => None,
    }
}

const fn relation(slot: NameSlot) -> Option<Relation> {
    Some(match slot {
        NameSlot::SameAs => Relation::SameAs,
        NameSlot::Near => Relation::Near,
        NameSlot::Requires => Relation::Requires,
        NameSlot::Replaces => Relation::Replaces,
        NameSlot::ReplacesEquivalent => Relation::ReplacesEquivalent,
        NameSlot::PartOf => Relation::PartOf,
        _ => return None,
    })
}

fn credits(
    known: &Known<'_>,
    making: &mut Making,
    item: &Item<'_>,
    written: &tree::Given,
    filled: &mut Filled,
) {
    let Some(value) = written.values.first() else { return };
    if is_unpublished(value) {
        filled.credits = Credits::Unpublished;
        return;
    }
    let Some(number) = number_of(value) else {
        making.found.push(not_credits(known, value));
        return;
    };
    let unit: Option<UnitId> = match &number.unit {
        None | Some(UnitRef::Word(UnitWord::Credit, _)) => {
            let spelt = || match &number.unit {
                Some(UnitRef::Word(_, span)) => unit_spelt(known, item.package, *span),
                _ => None,
            };
            let unit = known.package_units.get(item.package).copied().flatten().or_else(spelt);
            if unit.is_none() {
                let amount = known.sources.snippet(value.span);
                making.found.push(Problem::new(Code::UnitNoUnit, value.span).say("amount", amount));
            }
            unit
        }
        Some(UnitRef::Named(name)) => {
            match known.names.find(item.package, name, &[Sort::Unit], &mut making.found) {
                Some(Thing::Unit(unit)) => Some(unit),
                _ => None,
            }
        }
        Some(UnitRef::Word(_, span)) if unit_spelt(known, item.package, *span).is_some() => {
            unit_spelt(known, item.package, *span)
        }
        Some(_) => {
            making.found.push(not_credits(known, value));
            None
        }
    };
    let Some(unit) = unit else {
        // It says credits; only their unit is wrong.
        filled.credits = Credits::Unpublished;
        return;
    };
    if number.value.is_negative() || number.percent {
        making.found.push(not_credits(known, value));
        return;
    }
    filled.credits = Credits::Amount(number.value, unit);
    filled.credits_at = Some(value.span);
    if let Some(of) = known.model.units.get(unit.index())
        && let Some(step) = of.step
        && !number.value.is_multiple_of(step)
    {
        let problem = Problem::new(Code::AmountStep, value.span).say("amount", number.value);
        making.found.push(problem.say("unit", &*of.name).say("step", step));
    }
}

/// Hours where the kind does not declare which sort they are: those written, else contact hours.
fn hours(known: &Known<'_>, making: &mut Making, written: &tree::Given, filled: &mut Filled) {
    let Some(value) = written.values.first() else { return };
    let fact = known.built_in("hours");
    if is_unpublished(value) {
        filled.given.push((fact, Given::Unpublished));
        return;
    }
    let number = number_of(value).filter(|number| !number.percent && !number.value.is_negative());
    let contact = match number.map(|number| &number.unit) {
        Some(None | Some(UnitRef::Word(UnitWord::Hour, _) | UnitRef::Hours(HoursSort::Contact, _))) => true,
        Some(Some(UnitRef::Hours(HoursSort::Notional, _))) => false,
        _ => {
            let problem = Problem::new(Code::FactComparison, value.span).say("fact", &*written.fact.text);
            let problem = problem.say("value", known.sources.snippet(value.span));
            making.found.push(problem.say("domain", Said::Word("slot.hours")));
            return;
        }
    };
    let Some(number) = number else { return };
    filled.hours = Some((number.value, contact, value.span));
    filled.given.push((fact, Given::Value(Value::Number(number.value))));
}

fn stated_hours(given: &Given, of: Option<ValueType>, at: Span, filled: &mut Filled) {
    if let (Given::Value(Value::Number(hours)), Some(ValueType::ContactHours | ValueType::NotionalHours)) =
        (given, of)
    {
        filled.hours = Some((*hours, of == Some(ValueType::ContactHours), at));
    }
}

/// Credits and hours of one sort must agree with the hours of the unit.
fn check_hours(known: &Known<'_>, making: &mut Making, filled: &Filled) {
    let (Credits::Amount(credits, unit), Some((hours, contact, at))) = (filled.credits, filled.hours) else {
        return;
    };
    let Some(unit) = known.model.units.get(unit.index()) else { return };
    // The figure that the issuer has of its own, else the unit's; of figures for different days any may be meant.
    let of_sort = || unit.hours.iter().filter(|of| of.contact == contact);
    let issuer = filled.issuer.filter(|&issuer| of_sort().any(|of| of.at == Some(issuer)));
    let mut computed: Option<(Ratio, Ratio)> = None;
    for of in of_sort().filter(|of| of.at == issuer) {
        let (Ok(least), Ok(most)) = (credits.checked_mul(of.least), credits.checked_mul(of.most)) else {
            return;
        };
        if least <= hours && hours <= most {
            return;
        }
        computed = computed.or(Some((least, most)));
    }
    let Some((least, most)) = computed else { return };
    let word = || Box::new(Said::Word(if contact { "unit.contact-hour" } else { "unit.notional-hour" }));
    let computed = if least == most {
        Said::Amount(least, word())
    } else {
        Said::Text(format!("{least} – {most}").into())
    };
    let credit = Box::new(Said::Word("unit.credit"));
    let problem = Problem::new(Code::OutcomeHoursDisagree, filled.credits_at.unwrap_or(at))
        .say("credits", Said::Amount(credits, credit))
        .say("hours", Said::Amount(hours, word()))
        .say("computed", computed)
        .say("unit", &*unit.name)
        .label(at, "hours")
        .label(unit.span, "declared");
    making.found.push(problem);
}

/// `level hkqf 3, skill 4`: overall, then by dimension of the same framework.
fn levels(
    known: &Known<'_>,
    making: &mut Making,
    item: &Item<'_>,
    written: &tree::Given,
    levels: &mut Vec<OutcomeLevel>,
) {
    let mut current = None;
    for value in &written.values {
        if is_unpublished(value) {
            continue;
        }
        let (framework, dimensions) = match &value.kind {
            ValueKind::Level(name, _) => match known.names.peek(item.package, name, &[Sort::Framework]) {
                Some(Thing::Framework(framework)) => (Some(framework), vec![None]),
                _ => {
                    let of = current
                        .or_else(|| frameworks::understood(known, making, item.package, name, value.span));
                    let Some(of) = of else { continue };
                    let framework = known.model.frameworks.get(crate::model::FrameworkId::index(of));
                    // One of the four names every dimension that is mapped to it.
                    let mapped = framework.map_or_else(Vec::new, |f| super::levels::mapped(f, &name.text));
                    if mapped.is_empty() {
                        let problem =
                            Problem::new(Code::FrameworkDimensionUnknown, name.span).say("name", &*name.text);
                        let of = framework.map_or("", |framework| &*framework.name);
                        making.found.push(problem.say("framework", of));
                        continue;
                    }
                    (Some(of), mapped.into_iter().map(Some).collect())
                }
            },
            ValueKind::Name(name) if name.text.contains('.') => {
                (frameworks::of_value(known, making, item.package, value), vec![None])
            }
            _ => {
                let of = current.or_else(|| frameworks::of_value(known, making, item.package, value));
                (of, vec![None])
            }
        };
        let Some(framework) = framework else { continue };
        current = Some(framework);
        // A dimension's level is written with the dimension's name before it.
        let plain = match &value.kind {
            ValueKind::Level(_, number) => {
                tree::Value { span: value.span, kind: ValueKind::Number(tree::Number::clone(number)) }
            }
            _ => value.clone(),
        };
        if let Ok(rank) = frameworks::level(known, making, item.package, framework, &plain) {
            for dimension in dimensions {
                if let Some(first) =
                    levels.iter().find(|level| level.framework == framework && level.dimension == dimension)
                {
                    let level = Said::Word("fact.level");
                    making.found.push(super::fault::repeated(level, value.span, first.span));
                    continue;
                }
                levels.push(OutcomeLevel { framework, dimension, rank, span: value.span });
            }
        }
    }
    levels.sort_by_key(|level| (level.framework, level.dimension));
}

/// A value that is no amount of credits.
fn not_credits(known: &Known<'_>, value: &tree::Value) -> Problem {
    Problem::new(Code::FactComparison, value.span)
        .say("fact", "credits")
        .say("value", known.sources.snippet(value.span))
        .say("domain", Said::Word("declaration.credit"))
}

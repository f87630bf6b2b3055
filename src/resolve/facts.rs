//! The facts of a kind, of the learner, of the plan: names, domains, presence.
//!
//! Names of facts are shared between kinds, domains are not: `grade` is one fact, and each kind says on which scale.

use rustc_hash::FxHashMap;

use crate::diagnostic::{Code, Problem};
use crate::model::{
    Cond, Fact, FactId, FactUse, Judge, KindId, List, ListId, Listed, ScaleShape, TypedDomain, ValueType,
};
use crate::quantity::Ratio;
use crate::source::Span;
use crate::space::{Domain, Numbers, Shape};
use crate::syntax::tree::{
    self, Declaration, DomainKind, DomainLine, FactLine, HoursSort, Number, Operand, RankedList, UnitRef,
    UnitWord,
};

use super::builtin;
use super::fault;
use super::found::Found;
use super::items::{Items, slots};
use super::known::{Known, Making, SetIs};
use super::names::{Sort, Thing};
use super::titles::titles;
use super::values::{self, Asked};

/// All fact lines of a declaration.
pub(super) fn fact_lines(declaration: &Declaration) -> impl Iterator<Item = &FactLine> {
    slots(declaration.body.as_ref()).filter_map(|(_, slot)| match &slot.operand {
        Operand::Fact(fact) => Some(&**fact),
        _ => None,
    })
}

/// Every fact name of all packages and the built-in ones, sorted, with the aliases under which they are known anywhere.
pub(super) fn gather(items: &Items<'_>) -> Vec<Fact> {
    let mut facts: std::collections::BTreeMap<&str, std::collections::BTreeSet<&str>> =
        builtin::names().map(|name| (name, Default::default())).collect();
    let kinds = items.kinds.iter().map(|item| item.declaration);
    let others = items.learners.iter().chain(&items.plans).map(|(_, declaration)| *declaration);
    for line in kinds.chain(others).flat_map(fact_lines) {
        let id = builtin::canonical(&line.name.text);
        let aliases = facts.entry(id).or_default();
        aliases.extend(line.aliases.iter().map(|alias| &*alias.text).filter(|alias| *alias != id));
        if id != &*line.name.text {
            aliases.insert(&line.name.text);
        }
    }
    for line in items.kinds.iter().flat_map(|item| super::quantities::lines(item.declaration)) {
        facts.entry(builtin::canonical(&line.name.text)).or_default();
    }
    let similar = items.judged.iter().map(super::similar::Judged::names);
    let judged: Vec<(Box<str>, Box<str>)> =
        similar.chain(items.ranges.iter().map(super::judged::Asked::names)).collect();
    for (name, alias) in &judged {
        facts.entry(name).or_default().insert(alias);
    }
    facts
        .into_iter()
        .map(|(name, aliases)| Fact {
            name: name.into(),
            aliases: aliases.into_iter().map(Into::into).collect(),
            built_in: builtin::fact(name).is_some(),
        })
        .collect()
}

/// A list written in a fact, before it has an id.
pub(super) struct WrittenList<'t> {
    pub(super) name: Box<str>,
    pub(super) list: &'t RankedList,
    pub(super) place: Span,
}

/// The lists that are written in the facts of a holder (`KIND.FACT`; a second one of the same fact `KIND.FACT.2`).
pub(super) fn written_lists<'t>(holder: &str, declaration: &'t Declaration) -> Vec<WrittenList<'t>> {
    let mut lists = Vec::new();
    for line in fact_lines(declaration) {
        let mut count = 0;
        for domain in &line.domains {
            let DomainKind::List(list) = &domain.kind else { continue };
            count += 1;
            let fact = builtin::canonical(&line.name.text);
            let name =
                if count == 1 { format!("{holder}.{fact}") } else { format!("{holder}.{fact}.{count}") };
            lists.push(WrittenList { name: name.into(), list, place: domain.span });
        }
    }
    lists
}

/// The ranks of a list as written; a value named twice is wrong.
pub(super) fn ranks(list: &RankedList, found: &mut Found) -> Vec<Vec<Listed>> {
    let mut seen: FxHashMap<&str, Span> = FxHashMap::default();
    let mut ranks = Vec::with_capacity(list.ranks.len());
    for equals in &list.ranks {
        let mut rank = Vec::with_capacity(equals.len());
        for value in equals {
            if let Some(first) = seen.insert(&value.name.text, value.name.span) {
                found.push(fault::duplicate(&value.name.text, value.name.span, first));
                continue;
            }
            let titles = titles(&value.titles);
            rank.push(Listed { name: value.name.text.clone(), titles, span: value.name.span });
        }
        if !rank.is_empty() {
            ranks.push(rank);
        }
    }
    ranks
}

/// Reads the facts of one holder. `holder` names the kind for messages.
pub(super) fn uses(
    known: &Known<'_>,
    making: &mut Making,
    package: usize,
    declarations: &[&Declaration],
) -> Vec<FactUse> {
    let mut uses: Vec<FactUse> = Vec::new();
    for line in declarations.iter().flat_map(|declaration| fact_lines(declaration)) {
        let Some(fact) = known.fact(builtin::canonical(&line.name.text)) else { continue };
        if let Some(first) = uses.iter().find(|of| of.fact == fact).and_then(|of| of.span) {
            making.found.push(fault::duplicate(&line.name.text, line.name.span, first));
            continue;
        }
        uses.push(fact_use(known, making, package, fact, line));
    }
    for line in declarations.iter().flat_map(|declaration| super::quantities::lines(declaration)) {
        let Some(made) = super::quantities::fact_use(known, making, package, line) else { continue };
        match uses.iter().find(|of| of.fact == made.fact).and_then(|of| of.span) {
            Some(first) => making.found.push(fault::duplicate(&line.name.text, line.name.span, first)),
            None => uses.push(made),
        }
    }
    uses.sort_by_key(|of| of.fact);
    uses
}

fn fact_use(
    known: &Known<'_>,
    making: &mut Making,
    package: usize,
    fact: FactId,
    line: &FactLine,
) -> FactUse {
    let optional = line.optional.is_some();
    let may_be_none = optional || line.only_if.is_some();
    let mut domains: Vec<TypedDomain> = Vec::new();
    for written in &line.domains {
        if let Some(domain) = domain(known, making, package, written) {
            let domain = if may_be_none { domain.domain.or_none() } else { domain.domain.clone() }
                .with_type(domain.value_type);
            domains.push(domain);
        }
    }
    let otherwise = line.otherwise.as_ref().filter(|_| !domains.is_empty()).and_then(|value| {
        values::single(known, making, Asked { package, fact: &line.name.text, kind: None }, &domains, value)
            .map(|(_, value)| value)
    });
    let is_past = domains.iter().any(|domain| domain.value_type == ValueType::Date);
    let judged = line.judged.as_ref().and_then(|judged| {
        let Thing::Body(by) = known.names.find(package, &judged.by, &[Sort::Body], &mut making.found)? else {
            return None;
        };
        Some(Judge { by, against_target: judged.against_target })
    });
    FactUse {
        fact,
        titles: titles(&line.titles),
        domains,
        optional,
        only_if: None,
        otherwise,
        fixed: line.fixed.is_some() || is_past || judged.is_some(),
        proof: line.proof.as_ref().map(|proof| proof.text.clone()),
        judged,

        worked_out: None,
        span: Some(line.name.span),
    }
}

trait WithType {
    fn with_type(self, value_type: ValueType) -> TypedDomain;
}

impl WithType for Domain {
    fn with_type(self, value_type: ValueType) -> TypedDomain {
        TypedDomain { value_type, domain: self }
    }
}

/// Reads the `if` tests of a holder's facts, which speak of its other facts.
pub(super) fn presence(
    known: &Known<'_>,
    making: &mut Making,
    scene: &super::spot::Scene<'_>,
    declarations: &[&Declaration],
) -> Vec<(FactId, Cond)> {
    let mut tests = Vec::new();
    for line in declarations.iter().flat_map(|declaration| fact_lines(declaration)) {
        let Some(written) = &line.only_if else { continue };
        let Some(fact) = known.fact(builtin::canonical(&line.name.text)) else { continue };
        let mut inlining = super::conditions::Inlining::new();
        tests.push((fact, super::conditions::test(known, making, scene, written, false, &mut inlining)));
    }
    tests
}

/// A domain as written.
pub(super) fn domain(
    known: &Known<'_>,
    making: &mut Making,
    package: usize,
    written: &DomainLine,
) -> Option<TypedDomain> {
    let of = |value_type: ValueType, domain: Domain| Some(TypedDomain { value_type, domain });
    match &written.kind {
        DomainKind::YesNo => Some(super::compare::yes_or_no()),
        DomainKind::Date => of(ValueType::Date, Domain::of(Shape::Date)),
        DomainKind::Name => of(ValueType::Name, Domain::of(Shape::Symbols(None))),
        DomainKind::Hours(HoursSort::Contact) => of(ValueType::ContactHours, builtin::from_zero(None)?),
        DomainKind::Hours(HoursSort::Notional) => of(ValueType::NotionalHours, builtin::from_zero(None)?),
        DomainKind::Length(word) => match word {
            UnitWord::Month | UnitWord::Year => {
                of(ValueType::Months, Domain::of(Shape::Months { least: 0, greatest: None }))
            }
            UnitWord::Day | UnitWord::Week => {
                of(ValueType::Days, Domain::of(Shape::Days { least: 0, greatest: None }))
            }
            UnitWord::Hour => of(ValueType::Hours, builtin::from_zero(None)?),
            UnitWord::Credit => {
                of(ValueType::Credits(unit(known, making, package, written.span)?), builtin::from_zero(None)?)
            }
            _ => of(ValueType::Number, builtin::from_zero(Some(Ratio::ONE))?),
        },
        DomainKind::Range { low, high, whole, step } => {
            range(known, making, package, written.span, low, high, *whole, step.as_ref())
        }
        DomainKind::List(_) => {
            let list = *known.written_lists.get(&written.span)?;
            of_list(known, list)
        }
        DomainKind::Named(name) => {
            let sorts = [Sort::Scale, Sort::Set, Sort::Kind, Sort::Unit, Sort::Framework];
            match known.names.find(package, name, &sorts, &mut making.found)? {
                Thing::Scale(scale) => scale_domain(known, scale),
                Thing::Unit(unit) => of(ValueType::Credits(unit), builtin::from_zero(None)?),
                Thing::Framework(framework) => super::frameworks::domain(known, framework),
                Thing::Kind(kind) => outcomes_of(known, making, kind),
                Thing::Set(set) => match known.set_is(set)? {
                    SetIs::List(list) => of_list(known, list),
                    SetIs::Named(set) => members_of(known, making, set),
                },
                _ => None,
            }
        }
    }
}

fn of_list(known: &Known<'_>, list: ListId) -> Option<TypedDomain> {
    let of = known.model.lists.get(list.index())?;
    let len = u32::try_from(of.ranks.len()).ok()?;
    let domain = Domain::of(Shape::List { len, ordered: of.ordered });
    Some(TypedDomain { value_type: ValueType::List(list), domain })
}

/// The marks of a scale.
pub(super) fn scale_domain(known: &Known<'_>, scale: crate::model::ScaleId) -> Option<TypedDomain> {
    let domain = match &known.model.scales.get(scale.index())?.shape {
        ScaleShape::Named(ranks) => {
            Domain::of(Shape::List { len: u32::try_from(ranks.len()).ok()?, ordered: true })
        }
        ScaleShape::Numeric { worst, best, step } => {
            let (least, greatest) = if worst <= best { (*worst, *best) } else { (*best, *worst) };
            Domain::numbers(Numbers::new(Some(least), Some(greatest), *step)?)
        }
    };
    Some(TypedDomain { value_type: ValueType::Scale(scale), domain })
}

/// Outcomes of a kind as values. Which they are is known once outcomes are; the domain is open till then.
fn outcomes_of(known: &Known<'_>, making: &mut Making, kind: KindId) -> Option<TypedDomain> {
    let _ = (known, making);
    Some(TypedDomain { value_type: ValueType::Outcome(Some(kind)), domain: Domain::of(Shape::Symbols(None)) })
}

/// Bodies of a set, or its outcomes.
fn members_of(known: &Known<'_>, making: &mut Making, set: crate::model::SetId) -> Option<TypedDomain> {
    let members = &known.model.sets.get(set.index())?.members;
    let mut symbols: Vec<u32> = Vec::with_capacity(members.len());
    let mut bodies = true;
    for member in members {
        let thing = match member.of {
            crate::model::Member::Body(body) => Thing::Body(body),
            crate::model::Member::Outcome(outcome) => {
                bodies = false;
                Thing::Outcome(outcome)
            }
            crate::model::Member::Kind(_) => {
                return Some(TypedDomain {
                    value_type: ValueType::Outcome(None),
                    domain: Domain::of(Shape::Symbols(None)),
                });
            }
        };
        symbols.push(making.symbols.intern(known.names.name_of(thing)));
    }
    let value_type = if bodies { ValueType::Body(Some(set)) } else { ValueType::Outcome(None) };
    Some(TypedDomain { value_type, domain: Domain::of(Shape::Symbols(Some(symbols))) })
}

/// `0 to 20 whole`, `0% to 100%`, `0 to 20 credits`, `40 to 80 step 8 contact hours`: a unit after any number is that of all.
#[allow(clippy::too_many_arguments)]
fn range(
    known: &Known<'_>,
    making: &mut Making,
    package: usize,
    span: Span,
    low: &Number,
    high: &Number,
    whole: bool,
    step: Option<&Number>,
) -> Option<TypedDomain> {
    let units =
        || [Some(high), step, Some(low)].into_iter().flatten().filter_map(|number| number.unit.as_ref());
    let value_type = match units().next() {
        None if low.percent || high.percent => ValueType::Share,
        None => ValueType::Number,
        Some(UnitRef::Hours(HoursSort::Contact, _)) => ValueType::ContactHours,
        Some(UnitRef::Hours(HoursSort::Notional, _)) => ValueType::NotionalHours,
        Some(UnitRef::Named(name)) => {
            match known.names.find(package, name, &[Sort::Unit], &mut making.found)? {
                Thing::Unit(unit) => ValueType::Credits(unit),
                _ => return None,
            }
        }
        Some(UnitRef::Word(word, _)) => match word {
            UnitWord::Credit => ValueType::Credits(unit(known, making, package, span)?),
            UnitWord::Hour => ValueType::ContactHours,
            UnitWord::Day | UnitWord::Week => ValueType::Days,
            UnitWord::Month | UnitWord::Year => ValueType::Months,
            UnitWord::Course
            | UnitWord::Item
            | UnitWord::Rank
            | UnitWord::Point
            | UnitWord::Times
            | UnitWord::Source => ValueType::Number,
        },
    };
    let wrong = |making: &mut Making| {
        let (start, end) = (known.sources.snippet(low.span), known.sources.snippet(high.span));
        making.found.push(fault::reversed(start, end, span));
        None
    };
    let domain = match value_type {
        ValueType::Months | ValueType::Days => {
            let factor = match units().next() {
                Some(UnitRef::Word(UnitWord::Year, _)) => 12,
                Some(UnitRef::Word(UnitWord::Week, _)) => 7,
                _ => 1,
            };
            // Lengths are counted in days or months; a coarser step is not kept yet.
            let coarse =
                step.is_some_and(|step| step.value != Ratio::ONE) || factor != 1 && (whole || step.is_some());
            if coarse {
                let at = step.map_or(span, |step| step.span);
                making.found.push(super::slots::later(known.sources.snippet(at), at));
            }
            let count = |number: &Number| {
                number.value.to_int().and_then(|n| u32::try_from(n).ok()).and_then(|n| n.checked_mul(factor))
            };
            let (Some(least), Some(greatest)) = (count(low), count(high)) else { return wrong(making) };
            if least > greatest {
                return wrong(making);
            }
            let greatest = Some(greatest);
            let months = value_type == ValueType::Months;
            Domain::of(if months {
                Shape::Months { least, greatest }
            } else {
                Shape::Days { least, greatest }
            })
        }
        _ => {
            let step = step.map(|step| step.value).or(whole.then_some(Ratio::ONE));
            let Some(numbers) = Numbers::new(Some(low.value), Some(high.value), step) else {
                return wrong(making);
            };
            Domain::numbers(numbers)
        }
    };
    Some(TypedDomain { value_type, domain })
}

/// The unit that bare `credits` means in a package.
fn unit(known: &Known<'_>, making: &mut Making, package: usize, span: Span) -> Option<crate::model::UnitId> {
    let unit = known.package_units.get(package).copied().flatten();
    if unit.is_none() {
        making.found.push(Problem::new(Code::UnitNoUnit, span).say("amount", known.sources.snippet(span)));
    }
    unit
}

/// A list of values as a model list.
pub(super) fn list(
    name: Box<str>,
    declaration: Option<&Declaration>,
    written: &RankedList,
    span: Span,
    found: &mut Found,
) -> List {
    List {
        name,
        aliases: declaration
            .map_or_else(Vec::new, |d| d.aliases.iter().map(|alias| alias.text.clone()).collect()),
        titles: declaration.map_or_else(Default::default, |d| titles(&d.titles)),
        ranks: ranks(written, found),
        ordered: written.ordered,
        span,
    }
}

/// Whether a written value says `unpublished`.
pub(super) const fn is_unpublished(value: &tree::Value) -> bool {
    matches!(value.kind, tree::ValueKind::Unpublished)
}

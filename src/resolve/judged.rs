//! `0 to 2 credits judged by college`, `mark 85 to 90 judged by panel`: what a rule leaves to a judge between two ends.
//!
//! What is judged is a fact of its own, `bonus-credits` of the rule `bonus`, `bonus-mark` of its mark, which every kind has. So it
//! is stated, asked for and referred as any judged fact is, and nothing outside the two ends can be stated of it.

use rustc_hash::FxHashSet;

use crate::diagnostic::{Code, Problem};
use crate::model::{FactUse, Judge, Rule, Take, Titles, TypedDomain, UnitId, ValueType};
use crate::source::Span;
use crate::space::{Domain, Numbers};
use crate::syntax::tree::{
    Amount, AmountKind, Bracket, FactOwner, FactRef, GiveKind, JudgedRange, MarkKind, Name, NameSlot,
    Operand, UnitRef, UnitWord,
};

use super::fault::reversed;
use super::items::{Item, Items, slots};
use super::known::{Known, Making};
use super::names::{Sort, Thing};
use super::schemes;

/// What somebody judges between two ends.
#[derive(Debug)]
pub(super) struct Asked<'t> {
    package: usize,
    written: &'t JudgedRange,
    is_mark: bool,
    /// Of which rule, scheme or provision, and where several have that name, of which scheme.
    of: Box<str>,
    /// `unit U` of the rule, or of its scheme.
    unit: Option<&'t [Name]>,
}

impl Asked<'_> {
    /// The name of the fact that is judged, and another one under which Chinese texts state it.
    pub(super) fn names(&self) -> (Box<str>, Box<str>) {
        let (what, chinese) = if self.is_mark { ("mark", "成绩") } else { ("credits", "学分") };
        (format!("{}-{what}", self.of).into(), format!("{}{chinese}", self.of).into())
    }
}

/// Everything that is judged so, in the order of rules.
pub(super) fn gather<'t>(items: &Items<'t>) -> Vec<Asked<'t>> {
    let mut all: Vec<Asked<'t>> = Vec::new();
    let schemes = items.schemes.iter().filter(|scheme| !scheme.solitary).map(|scheme| (&scheme.item, None));
    let rules = items.rules.iter().map(|rule| {
        (&rule.item, items.schemes.get(rule.scheme).filter(|scheme| !scheme.solitary).map(|of| &of.item))
    });
    let provisions = items.provisions.iter().map(|item| (item, None));
    for (item, scheme) in schemes.chain(rules).chain(provisions) {
        let before = all.len();
        for (_, slot) in slots(item.declaration.body.as_ref()) {
            match &slot.operand {
                Operand::Give(give) => {
                    if let GiveKind::Amount(amount) = &give.kind {
                        of_amount(item, amount, &mut all);
                    }
                }
                Operand::Mark(mark) => {
                    if let MarkKind::Judged(written) = &mark.kind {
                        all.push(asked(item, written, true));
                    }
                }
                _ => {}
            }
        }
        // Hardly any rule leaves anything to a judge, and a scheme may hold very many rules.
        if all.len() == before {
            continue;
        }
        let unit = unit_slot(item).or_else(|| scheme.and_then(unit_slot));
        let mut amounts = 0;
        for own in all.iter_mut().skip(before) {
            own.unit = unit;
            amounts += usize::from(!own.is_mark);
            // A rule that leaves two amounts to a judge asks two questions.
            if !own.is_mark && amounts > 1 {
                own.of = format!("{}-{amounts}", own.of).into();
            }
        }
    }
    let mut met: FxHashSet<(Box<str>, bool)> = FxHashSet::default();
    let again = all.iter().filter(|one| !met.insert((one.of.clone(), one.is_mark)));
    let twice: FxHashSet<Box<str>> = again.map(|one| one.of.clone()).collect();
    if !twice.is_empty() {
        for own in &mut all {
            let place = |rule: &&super::items::RuleItem<'_>| {
                rule.item.span.file == own.written.span.file
                    && rule.item.span.start <= own.written.span.start
                    && own.written.span.end <= rule.item.span.end
            };
            let scheme = items.rules.iter().find(place).and_then(|rule| items.schemes.get(rule.scheme));
            if let Some(scheme) = scheme.filter(|scheme| twice.contains(&own.of) && !scheme.solitary) {
                own.of = format!("{}.{}", scheme.item.name, own.of).into();
            }
        }
    }
    all
}

fn of_amount<'t>(item: &Item<'t>, amount: &'t Amount, all: &mut Vec<Asked<'t>>) {
    match &amount.kind {
        AmountKind::Judged(written) => all.push(asked(item, written, false)),
        AmountKind::Whichever { amounts, .. } => {
            for amount in amounts {
                if let AmountKind::Judged(written) = &amount.kind {
                    all.push(asked(item, written, false));
                }
            }
        }
        _ => {}
    }
}

fn asked<'t>(item: &Item<'t>, written: &'t JudgedRange, is_mark: bool) -> Asked<'t> {
    Asked { package: item.package, written, is_mark, of: item.name.clone(), unit: None }
}

fn unit_slot<'t>(item: &Item<'t>) -> Option<&'t [Name]> {
    slots(item.declaration.body.as_ref()).find_map(|(_, slot)| match &slot.operand {
        Operand::Names(NameSlot::Unit, names) => Some(names.as_slice()),
        _ => None,
    })
}

/// The judged facts themselves.
pub(super) fn facts(known: &Known<'_>, making: &mut Making) -> Vec<FactUse> {
    let mut uses = Vec::new();
    for asked in &known.items.ranges {
        let written = asked.written;
        let thing = known.names.find(asked.package, &written.by.by, &[Sort::Body], &mut making.found);
        let (Some(Thing::Body(by)), Some(fact)) = (thing, known.fact(&asked.names().0)) else { continue };
        let unit = if asked.is_mark { None } else { unit(known, making, asked) };
        let step = unit.and_then(|unit| known.model.units.get(unit.index())).and_then(|unit| unit.step);
        let Some(numbers) = Numbers::new(Some(written.least.value), Some(written.most.value), step) else {
            let ends = [&written.least, &written.most].map(|end| known.sources.snippet(end.span));
            making.found.push(reversed(ends[0], ends[1], written.span));
            continue;
        };
        let value_type = unit.map_or(ValueType::Number, ValueType::Credits);
        let (of, what) = (&asked.of, if asked.is_mark { ("mark", "成绩") } else { ("credits", "学分") });
        let titles = vec![
            ("en".into(), format!("{} by {of}", what.0).into()),
            ("zh".into(), format!("{of}的{}", what.1).into()),
        ];
        uses.push(FactUse {
            fact,
            titles: Titles(titles),
            domains: vec![TypedDomain { value_type, domain: Domain::numbers(numbers) }],
            optional: false,
            only_if: None,
            otherwise: None,
            fixed: true,
            proof: None,
            judged: Some(Judge { by, against_target: written.by.against_target }),
            worked_out: None,
            span: Some(written.span),
        });
    }
    uses
}

/// The unit of what is judged: the one written, the one that the rule or its scheme says, the package's.
fn unit(known: &Known<'_>, making: &mut Making, asked: &Asked<'_>) -> Option<UnitId> {
    for end in [&asked.written.most, &asked.written.least] {
        match &end.unit {
            Some(UnitRef::Named(name)) => {
                return match known.names.find(asked.package, name, &[Sort::Unit], &mut making.found)? {
                    Thing::Unit(unit) => Some(unit),
                    _ => None,
                };
            }
            Some(UnitRef::Word(UnitWord::Credit, _)) | None => {}
            // Another unit of measure is refused where the amount is read.
            Some(_) => return None,
        }
    }
    match asked.unit {
        Some(names) => schemes::unit(known, making, asked.package, names),
        None => known.package_units.get(asked.package).copied().flatten(),
    }
}

/// The fact that a range asks for, as a rule reads it.
pub(super) fn fact(known: &Known<'_>, written: &JudgedRange) -> Option<FactRef> {
    let asked = known.items.ranges.iter().find(|asked| asked.written.span == written.span)?;
    // A judge that is no body has been told.
    let text = asked.names().0;
    known.kind_facts.iter().any(|facts| facts.contains_key(&text)).then_some(())?;
    let name = Name { text, bracket: Bracket::Bare, span: written.span };
    Some(FactRef { of: FactOwner::Plain, name, span: written.span })
}

/// What a `give` line leaves to a judge.
pub(super) fn in_give(give: &crate::syntax::tree::Give) -> Option<Span> {
    let GiveKind::Amount(amount) = &give.kind else { return None };
    let own = match &amount.kind {
        AmountKind::Whichever { amounts, .. } => amounts.iter().map(|amount| &amount.kind).collect(),
        kind => vec![kind],
    };
    own.into_iter().find_map(|kind| match kind {
        AmountKind::Judged(written) => Some(written.span),
        _ => None,
    })
}

/// What a mark leaves to a judge.
pub(super) fn in_mark(mark: &crate::syntax::tree::MarkRule) -> Option<Span> {
    match &mark.kind {
        MarkKind::Judged(written) => Some(written.span),
        _ => None,
    }
}

/// A judgement is of one achievement: of a rule that takes none, or any number, nobody could say which.
pub(super) fn check(making: &mut Making, rule: &Rule, written: Span) {
    let first =
        |bundle: &Vec<crate::model::SourceSlot>| bundle.first().is_some_and(|slot| slot.take == Take::One);
    if !rule.sources.iter().all(first) {
        making.found.push(Problem::new(Code::JudgeNoAchievement, written).say("rule", &*rule.name));
    }
}

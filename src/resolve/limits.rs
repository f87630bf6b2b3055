//! How much: the amount of a limit or a requirement, and what it counts. A share says of what; what is compared is of one unit.

use crate::diagnostic::{Code, Problem, Said};
use crate::model::{
    AmountRule, Base, Bound, Counted, Figure, KindId, MeanOf, Piece, Targets, UnitId, ValueType,
};
use crate::source::Span;
use crate::syntax::tree::{
    self, Amount, AmountKind, FactOwner, FactRef, FigureWord, HoursSort, Number, Share, ShareBase, ShareOf,
    UnitRef, UnitWord, Value, ValueKind,
};

use super::conditions::{amount_of, span_of};
use super::known::{Known, Making};
use super::names::{Sort, Thing};
use super::opens::{Stands, stands};
use super::sentences::{Around, aims, having};
use super::spot::{Plain, spot};
use super::values::{self, Asked};

/// Which sentence it is, for what is said of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Line {
    Ceiling,
    Requirement,
}

/// What is counted, and how much of it.
pub(super) fn how_much(
    known: &Known<'_>,
    making: &mut Making,
    around: &Around<'_, '_>,
    kinds: (&[KindId], &[KindId]),
    written: &tree::Bound,
    line: Line,
) -> Option<(Counted, Bound)> {
    match written {
        tree::Bound::Amount(amount) => self::amount(known, making, around, amount),
        tree::Bound::Share(share) => self::share(known, making, around, share),
        tree::Bound::Distinct(number, name) => {
            let fact = FactRef { of: FactOwner::Plain, name: name.clone(), span: name.span };
            let key = super::sentences::key(known, making, around, kinds, &fact)?;
            Some((Counted::Distinct(key), Bound::Amount(plain(number, None))))
        }
        tree::Bound::Span(lengths, span) => match span_of(lengths) {
            Some(length) => Some((Counted::Span, Bound::Length(length))),
            None => {
                making.found.push(not_counted(known, *span));
                None
            }
        },
        tree::Bound::Whichever { of, greater, .. } => {
            let mut made: Vec<(Counted, Bound)> = Vec::with_capacity(of.len());
            for one in of {
                made.push(how_much(known, making, around, kinds, one, line)?);
            }
            let (first, _) = made.first()?;
            let first = *first;
            let other = made.iter().zip(of).find(|((measure, _), _)| *measure != first);
            if let Some(((measure, _), written)) = other {
                let problem = mixed(known, line, first, *measure, written)?;
                making.found.push(problem);
                return None;
            }
            let of = made.into_iter().map(|(_, bound)| bound).collect();
            Some((first, Bound::Either { of, greater: *greater }))
        }
        tree::Bound::Unpublished(name, span) => {
            let measure = measure_of(known, making, around, name)?;
            Some((measure, Bound::Unpublished(*span)))
        }
        tree::Bound::Average(average) => self::average(known, making, around, kinds.0, average),
    }
}

/// A number that needs no rounding.
fn plain(number: &Number, unit: Option<UnitId>) -> AmountRule {
    AmountRule {
        piece: Piece::Constant(number.value),
        unit,
        conversion: None,
        in_total: false,
        rounding: None,
        at_least: None,
        at_most: None,
        span: number.span,
    }
}

/// `105 credits`, `2 courses`, `3 sources`, `40 hours`; or an amount as a rule gives it, over the learner and the plan.
fn amount(
    known: &Known<'_>,
    making: &mut Making,
    around: &Around<'_, '_>,
    written: &Amount,
) -> Option<(Counted, Bound)> {
    let scene = around.scene(Plain::Nobody, &[], &[]);
    let AmountKind::Constant(number) = &written.kind else {
        let made = super::amounts::amount(known, making, &scene, &Targets::Deposit, written)?;
        return Some((Counted::Credits(made.unit?), Bound::Amount(made)));
    };
    if number.percent {
        making.found.push(without_base(known, number.span));
        return None;
    }
    let measure = match &number.unit {
        None | Some(UnitRef::Named(_) | UnitRef::Word(UnitWord::Credit, _)) => {
            let (_, unit) = super::amounts::credits(known, making, &scene, number)?;
            return Some((Counted::Credits(unit), Bound::Amount(plain(number, Some(unit)))));
        }
        Some(UnitRef::Word(UnitWord::Hour, _)) => Counted::Hours { contact: None },
        Some(UnitRef::Hours(sort, _)) => Counted::Hours { contact: Some(*sort == HoursSort::Contact) },
        Some(UnitRef::Word(UnitWord::Course, _)) => Counted::Courses,
        Some(UnitRef::Word(UnitWord::Source | UnitWord::Item, _)) => Counted::Sources,
        Some(UnitRef::Word(_, span)) if super::values::unit_spelt(known, around.package, *span).is_some() => {
            let unit = super::values::unit_spelt(known, around.package, *span)?;
            return Some((Counted::Credits(unit), Bound::Amount(plain(number, Some(unit)))));
        }
        Some(UnitRef::Word(..)) => {
            making.found.push(not_counted(known, number.span));
            return None;
        }
    };
    Some((measure, Bound::Amount(plain(number, None))))
}

/// `40% of planned courses`.
fn share(
    known: &Known<'_>,
    making: &mut Making,
    around: &Around<'_, '_>,
    written: &ShareOf,
) -> Option<(Counted, Bound)> {
    let base = match &written.base {
        Ok(base) => base,
        Err(_) => {
            making.found.push(without_base(known, written.span));
            return None;
        }
    };
    let share = match &written.share {
        Share::Number(number) => Some(number.value),
        Share::Named(name) => {
            let value = Value { span: name.span, kind: ValueKind::Name(name.clone()) };
            let unstated = making.unstated.len();
            let stated = match stands(making, around.package, around.opened, &value) {
                Stands::For(Value { kind: ValueKind::Number(number), .. }, _) => Some(number.value),
                Stands::Open => None,
                Stands::For(..) => {
                    let kind = Said::Word("slot.open");
                    let problem = super::fault::unknown(&name.text, false, kind, name.span);
                    making.found.push(problem);
                    return None;
                }
            };
            // A limit that waits for a value takes no rule out of use.
            making.unstated.truncate(unstated);
            stated
        }
    };
    let measure = measure_of(known, making, around, &base.measure)?;
    let base = self::base(known, making, around, base)?;
    Some((measure, Bound::Share { share, base, span: written.span }))
}

fn base(
    known: &Known<'_>,
    making: &mut Making,
    around: &Around<'_, '_>,
    written: &ShareBase,
) -> Option<Base> {
    let of = match &written.of {
        None => None,
        Some(name) => Some(super::sentences::block(known, making, around, name)?),
    };
    let excluding = match &written.excluding {
        None => Vec::new(),
        Some(selection) => aims(known, making, around, selection)?,
    };
    let figure = match written.figure {
        FigureWord::Planned => Figure::Planned,
        FigureWord::Required => Figure::Required,
        FigureWord::Counted => Figure::Counted,
    };
    Some(Base { figure, of, excluding, span: written.span })
}

/// `credits`, `courses`, `hours`.
fn measure_of(
    known: &Known<'_>,
    making: &mut Making,
    around: &Around<'_, '_>,
    name: &tree::Name,
) -> Option<Counted> {
    match super::builtin::canonical(&name.text) {
        "credits" => match around.unit {
            Some(unit) => Some(Counted::Credits(unit)),
            None => {
                if !around.damaged {
                    let amount = known.sources.snippet(name.span);
                    making.found.push(Problem::new(Code::UnitNoUnit, name.span).say("amount", amount));
                }
                None
            }
        },
        "hours" => Some(Counted::Hours { contact: None }),
        "courses" => Some(Counted::Courses),
        "sources" => Some(Counted::Sources),
        _ => {
            making.found.push(not_counted(known, name.span));
            None
        }
    }
}

/// `average points >= 2.0 over S`.
fn average(
    known: &Known<'_>,
    making: &mut Making,
    around: &Around<'_, '_>,
    kinds: &[KindId],
    written: &tree::Average,
) -> Option<(Counted, Bound)> {
    let scene = around.scene(Plain::Of(crate::model::Holder::Itself), &[], &[]);
    let over = match &written.over {
        None => Vec::new(),
        Some(selection) => super::selections::items(known, making, &scene, selection)?,
    };
    let mut own: Vec<KindId> =
        over.iter().flat_map(|item| making.classes.kinds_of(item.class)).copied().collect();
    own.sort_unstable();
    own.dedup();
    let kinds = if own.is_empty() { kinds } else { &own };
    let name = &written.of.name;
    if written.of.of == FactOwner::Plain
        && let Some(Thing::Map(map)) = known.names.peek(around.package, name, &[Sort::Map])
    {
        let to = known.model.maps.get(map.index())?.to;
        let domains = [super::facts::scale_domain(known, to)?];
        let asked = Asked { package: around.package, fact: &name.text, kind: None };
        let (_, least) = values::single(known, making, asked, &domains, &written.least)?;
        return Some((Counted::Mean, Bound::Mean { of: MeanOf::Map(map), least, over }));
    }
    let names = [&*name.text];
    let having = having(known, kinds, &names);
    let scene = around.scene(Plain::Of(crate::model::Holder::Itself), &having, &[]);
    if having.is_empty() {
        making.found.push(super::spot::undeclared(known, name));
        return None;
    }
    let read = spot(known, making, &scene, &written.of)?;
    let is_number = match read.value_type() {
        Some(ValueType::Number | ValueType::Credits(_) | ValueType::Share) => true,
        Some(ValueType::Scale(scale)) => {
            let scale = known.model.scales.get(scale.index())?;
            matches!(scale.shape, crate::model::ScaleShape::Numeric { .. })
        }
        _ => false,
    };
    if !is_number {
        making.found.push(Problem::new(Code::AmountNotANumber, written.of.span).say("fact", &*name.text));
        return None;
    }
    let asked = Asked { package: around.package, fact: &name.text, kind: None };
    let domains = read.domains.to_vec();
    let (_, least) = values::single(known, making, asked, &domains, &written.least)?;
    Some((Counted::Mean, Bound::Mean { of: MeanOf::Fact(read.subject.fact), least, over }))
}

/// A share that says of nothing.
fn without_base(known: &Known<'_>, at: Span) -> Problem {
    let written = known.sources.snippet(at);
    let percent = written.split_whitespace().next().unwrap_or(written);
    Problem::new(Code::LimitBase, at).say("percent", percent)
}

/// What no limit counts.
fn not_counted(known: &Known<'_>, at: Span) -> Problem {
    Problem::new(Code::LimitMeasure, at).say("amount", known.sources.snippet(at))
}

/// Two amounts of one sentence that are of different units.
fn mixed(
    known: &Known<'_>,
    line: Line,
    measure: Counted,
    other: Counted,
    written: &tree::Bound,
) -> Option<Problem> {
    let (at, value) = match written {
        tree::Bound::Amount(amount) => match &amount.kind {
            AmountKind::Constant(number) => (number.span, amount_of(known, number)),
            _ => (amount.span, Said::Text(known.sources.snippet(amount.span).into())),
        },
        tree::Bound::Share(share) => (share.span, Said::Text(known.sources.snippet(share.span).into())),
        tree::Bound::Span(_, span)
        | tree::Bound::Whichever { span, .. }
        | tree::Bound::Unpublished(_, span) => (*span, Said::Text(known.sources.snippet(*span).into())),
        tree::Bound::Distinct(number, name) => {
            let span = number.span.join(name.span);
            (span, Said::Text(known.sources.snippet(span).into()))
        }
        tree::Bound::Average(average) => {
            (average.span, Said::Text(known.sources.snippet(average.span).into()))
        }
    };
    let line = match line {
        Line::Ceiling => Said::Noun { english: "ceiling", chinese: "上限" },
        Line::Requirement => Said::Noun { english: "requirement", chinese: "应修" },
    };
    let problem = Problem::new(Code::UnitMixed, at)
        .say("value", value)
        .say("line", line)
        .say("measure", said(known, measure))
        .say("other", said(known, other));
    Some(match (measure, other) {
        // Only between these two is there a rate that could be written.
        (Counted::Credits(_), Counted::Hours { .. }) => problem.say("hours", said(known, other)),
        _ => problem,
    })
}

/// What a measure is called.
fn said(known: &Known<'_>, measure: Counted) -> Said {
    let several = known.model.units.len() > 1;
    match measure {
        Counted::Credits(unit) if several => known
            .model
            .units
            .get(unit.index())
            .map_or(Said::Word("fact.credits"), |unit| Said::Text(unit.name.clone())),
        Counted::Credits(_) => Said::Word("fact.credits"),
        Counted::Hours { .. } => Said::Word("fact.hours"),
        Counted::Courses => Said::Noun { english: "courses", chinese: "门数" },
        Counted::Sources => Said::Noun { english: "achievements", chinese: "成果项数" },
        Counted::Distinct(_) => Said::Noun { english: "different values", chinese: "不同的值" },
        Counted::Span => Said::Noun { english: "time", chinese: "时间跨度" },
        Counted::Mean => Said::Noun { english: "an average", chinese: "平均值" },
    }
}

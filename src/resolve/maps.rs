//! Maps of marks and the distributions of scales. What a formula or two distributions say is worked out here, mark by mark, so
//! that a map is a table however it was written; only a line for any scale stays a line.

use crate::convert::{formula, is_of, is_worse, mapped, rounded};
use crate::diagnostic::{Code, Problem, Said};
use crate::model::{GradeMap, MapHow, MapRow, Mapped, MarkRounding, Scale, ScaleId, ScaleShape, TypedDomain};
use crate::quantity::Ratio;
use crate::source::Span;
use crate::space::{Set, Value};
use crate::syntax::tree::{
    self, CellKind, Comparison, Linear, MapRounding, Name, Operand, OverlapTake, Row, StatementKind, Text,
    UnitRef, ValueKind,
};

use super::amounts::rounding_of;
use super::compare::{compared, is_falling};
use super::conditions::list_set;
use super::documents::citations;
use super::facts::scale_domain;
use super::items::{Item, is_damaged, slots, statements};
use super::known::{Known, Making};
use super::names::{Sort, Thing};
use super::once::Once;
use super::remarks::reading;
use super::schemes::status;
use super::titles::titles;
use super::units::dated;
use super::values::{self, Asked};

/// A table of marks is no longer than this.
const MOST_MARKS: usize = 10_000;

/// Reads all maps into the model.
pub(super) fn read(known: &mut Known<'_>, making: &mut Making) {
    let mut maps = Vec::with_capacity(known.items.maps.len());
    for item in &known.items.maps {
        maps.push(map(known, making, item));
    }
    known.model.maps = maps;
}

/// Works out the examples of all maps; where something else is wrong, only the names in them are looked up.
pub(super) fn check(known: &Known<'_>, making: &mut Making, is_sound: bool) {
    for (item, map) in known.items.maps.iter().zip(&known.model.maps) {
        examples(known, making, item, map, is_sound);
    }
}

/// What the slots of a map say, before they are worked out.
#[derive(Default)]
struct Written<'t> {
    linear: Option<&'t Linear>,
    formula: Option<&'t Text>,
    overlap: Option<(Option<OverlapTake>, Span)>,
    rows: Vec<&'t Row>,
}

fn map(known: &Known<'_>, making: &mut Making, item: &Item<'_>) -> GradeMap {
    let (package, declaration) = (item.package, item.declaration);
    let scale = |making: &mut Making, name: Option<&Name>| match known.names.find(
        package,
        name?,
        &[Sort::Scale],
        &mut making.found,
    )? {
        Thing::Scale(scale) => Some(scale),
        _ => None,
    };
    let (mut from, mut to, mut sound) = (None, None, false);
    if let Some(header) = declaration.map() {
        from = scale(making, header.from.as_ref());
        to = scale(making, header.to.as_ref());
        sound = to.is_some() && (from.is_some() || header.from.is_none());
    }
    let mut made = GradeMap {
        name: item.name.clone(),
        aliases: declaration.aliases.iter().map(|alias| alias.text.clone()).collect(),
        titles: titles(&declaration.titles),
        from,
        to: to.unwrap_or(ScaleId(u32::MAX)),
        how: MapHow::Table(Vec::new()),
        below_pass: None,
        rounding: None,
        otherwise: None,
        windows: Vec::new(),
        status: status(None),
        cites: Vec::new(),
        readings: Vec::new(),
        span: declaration.header,
    };
    let target = to.and_then(|to| scale_domain(known, to));
    let mut once = Once::default();
    let mut written = Written::default();
    for statement in statements(declaration.body.as_ref()) {
        let slot = match &statement.kind {
            StatementKind::Row(row) => {
                written.rows.push(row);
                continue;
            }
            StatementKind::Slot(slot) => slot,
            _ => continue,
        };
        let at = slot.word_span;
        match &slot.operand {
            Operand::Cite(cites) => {
                once.check(&mut making.found, "slot.cite", at);
                made.cites = citations(known, making, package, cites);
            }
            Operand::InForce(window) => made.windows.extend(dated(known, making, window)),
            Operand::Status(word, _) => {
                once.check(&mut making.found, "slot.status", at);
                made.status = status(Some(*word));
            }
            Operand::Reading(text, cites) => {
                made.readings.push(reading(known, making, package, text, cites));
            }
            Operand::Linear(linear) => {
                once.check(&mut making.found, "slot.linear", at);
                written.linear = Some(linear);
            }
            Operand::Formula(text) => {
                once.check(&mut making.found, "slot.formula", at);
                written.formula = Some(text);
            }
            Operand::ByOverlap(take, span) => {
                once.check(&mut making.found, "slot.by-overlap", at);
                written.overlap = Some((*take, *span));
            }
            Operand::BelowPass(value) => {
                once.check(&mut making.found, "slot.below-pass", at);
                made.below_pass = target_mark(known, making, package, target.as_ref(), value);
            }
            Operand::MapRounding(rounding) => {
                once.check(&mut making.found, "slot.round-half-up", at);
                made.rounding = match &**rounding {
                    MapRounding::NextBetter(_) => Some(MarkRounding::NextBetter),
                    MapRounding::To(word) => rounding_of(word).map(MarkRounding::To),
                };
            }
            Operand::MapOtherwise(is_none, _) => {
                once.check(&mut making.found, "slot.otherwise", at);
                made.otherwise = Some(if *is_none { Mapped::None } else { Mapped::NotStated });
            }
            Operand::Note(_) | Operand::MapExample(_) => {}
            _ => making.found.misplaced(at, "declaration.map"),
        }
    }
    if let Some(head) = written.rows.first() {
        for (cell, meant) in head.cells.iter().zip([from, to]) {
            heads(known, making, item, cell, meant);
        }
    }
    let damaged = is_damaged(declaration.body.as_ref());
    if !once.has("slot.cite") && !damaged {
        let problem = Problem::new(Code::SchemeCiteMissing, declaration.header);
        making.found.push(problem.say("rule", &*item.name));
    }
    let Some(target) = target.filter(|_| sound && !damaged) else { return made };
    worked_out(known, making, item, &mut made, &written, &target);
    made
}

/// The first row names the two scales.
fn heads(known: &Known<'_>, making: &mut Making, item: &Item<'_>, cell: &tree::Cell, meant: Option<ScaleId>) {
    let CellKind::Values(values) = &cell.kind else {
        return self::cell(known, making, cell.span, &item.name);
    };
    let [tree::Value { kind: ValueKind::Name(name), .. }] = values.as_slice() else {
        return self::cell(known, making, cell.span, &item.name);
    };
    let found = known.names.find(item.package, name, &[Sort::Scale], &mut making.found);
    if let (Some(Thing::Scale(scale)), Some(meant)) = (found, meant)
        && scale != meant
    {
        let problem = Problem::new(Code::MapScale, cell.span).say("map", &*item.name);
        let name = known.names.name_of(Thing::Scale(scale));
        making.found.push(problem.say("scale", name).label(item.declaration.header, "declared"));
    }
}

/// Fills in how the map finds a mark.
fn worked_out(
    known: &Known<'_>,
    making: &mut Making,
    item: &Item<'_>,
    made: &mut GradeMap,
    written: &Written<'_>,
    target: &TypedDomain,
) {
    let ways = [
        written.linear.is_some(),
        written.formula.is_some(),
        written.overlap.is_some(),
        !written.rows.is_empty(),
    ];
    if ways.iter().filter(|way| **way).count() != 1 {
        making.found.push(Problem::new(Code::MapHow, item.declaration.header).say("map", &*item.name));
        return;
    }
    let Some(to) = known.model.scales.get(made.to.index()) else { return };
    if let Some(linear) = written.linear {
        let ends = (values::number_of(&linear.best), values::number_of(&linear.pass));
        let (Some(best), Some(pass)) = ends else {
            needs(making, "slot.range", to, linear.span);
            return;
        };
        for (number, value) in [(best, &linear.best), (pass, &linear.pass)] {
            if !is_of(to, number.value) {
                outside(making, to, known.sources.snippet(value.span), number.value, value.span);
                return;
            }
        }
        if let Some(from) = made.from.and_then(|from| known.model.scales.get(from.index()))
            && (from.pass.is_none() || !matches!(from.shape, ScaleShape::Numeric { .. }))
        {
            needs(
                making,
                if from.pass.is_none() { "slot.pass" } else { "slot.range" },
                from,
                item.declaration.header,
            );
        }
        if let ScaleShape::Numeric { step: Some(step), .. } = &to.shape
            && made.rounding.is_none()
        {
            let problem = Problem::new(Code::MapRounding, linear.span).say("scale", &*to.name);
            making.found.push(problem.say("step", *step));
        }
        made.how = MapHow::Linear { best: best.value, pass: pass.value };
        return;
    }
    let Some(id) = made.from else {
        making.found.push(Problem::new(Code::MapHow, item.declaration.header).say("map", &*item.name));
        return;
    };
    let (Some(from), Some(domain)) = (known.model.scales.get(id.index()), scale_domain(known, id)) else {
        return;
    };
    if let Some(text) = written.formula {
        made.how = MapHow::Table(tabulated(making, made, from, to, &domain, text));
    } else if let Some((take, at)) = written.overlap {
        made.how = MapHow::Table(overlapping(making, from, to, take, at, known));
    } else {
        made.how = MapHow::Table(rows(known, making, item, made, from, &domain, target, &written.rows));
    }
}

/// The scale lacks what the map needs of it.
fn needs(making: &mut Making, word: &'static str, scale: &Scale, at: Span) {
    let problem = Problem::new(Code::MapBasis, at).say("scale", &*scale.name).say("needs", Said::Word(word));
    making.found.push(problem.label(scale.span, "declared"));
}

fn outside(making: &mut Making, to: &Scale, mark: &str, comes: Ratio, at: Span) {
    let problem = Problem::new(Code::MapOutside, at).say("mark", mark).say("comes", comes);
    making.found.push(problem.say("scale", &*to.name));
}

/// A formula, for each mark of a stepped scale.
fn tabulated(
    making: &mut Making,
    made: &GradeMap,
    from: &Scale,
    to: &Scale,
    domain: &TypedDomain,
    text: &Text,
) -> Vec<MapRow> {
    let Some(formula) = formula(&text.text) else {
        making.found.push(Problem::new(Code::MapFormula, text.span).say("formula", &*text.text));
        return Vec::new();
    };
    let stepped = matches!(from.shape, ScaleShape::Numeric { step: Some(_), .. });
    let Some(marks) = domain.domain.values(MOST_MARKS).filter(|_| stepped) else {
        needs(making, "slot.step", from, text.span);
        return Vec::new();
    };
    let mut rows = Vec::with_capacity(marks.len());
    for mark in marks {
        let skipped = made.below_pass.is_some() && from.pass.is_some_and(|pass| is_worse(from, mark, pass));
        let Value::Number(number) = mark else { continue };
        if skipped {
            continue;
        }
        let Ok(comes) = formula.at(number).and_then(|exact| rounded(to, exact, made.rounding)) else {
            making.found.push(Problem::new(Code::NumberOverflow, text.span));
            return Vec::new();
        };
        if !is_of(to, comes) {
            outside(making, to, &number.to_string(), comes, text.span);
            return Vec::new();
        }
        rows.push(MapRow { marks: Set::one(mark), to: Mapped::Value(Value::Number(comes)), span: text.span });
    }
    rows
}

/// The stretch of learners that each mark takes, from the best: 0 % to 5.6 %, 5.6 % to 21.3 %.
fn stretches(scale: &Scale) -> Vec<(Value, Ratio, Ratio)> {
    let mut from = Ratio::ZERO;
    let mut stretches = Vec::with_capacity(scale.distribution.len());
    for &(mark, share) in &scale.distribution {
        let Ok(to) = from.checked_add(share) else { break };
        stretches.push((mark, from, to));
        from = to;
    }
    stretches
}

/// By how much two distributions overlap.
fn overlapping(
    making: &mut Making,
    from: &Scale,
    to: &Scale,
    take: Option<OverlapTake>,
    at: Span,
    known: &Known<'_>,
) -> Vec<MapRow> {
    for scale in [from, to] {
        if scale.distribution.is_empty() {
            // One that is written and wrong has been told.
            let is_written = known.items.scales.iter().filter(|item| item.name == scale.name).any(|item| {
                slots(item.declaration.body.as_ref())
                    .any(|(_, slot)| matches!(slot.operand, Operand::Distribution(_)))
            });
            if !is_written {
                needs(making, "slot.distribution", scale, at);
            }
            return Vec::new();
        }
    }
    let after = stretches(to);
    let mut rows = Vec::new();
    for (mark, start, end) in stretches(from) {
        let common = |&(other, from, to): &(Value, Ratio, Ratio)| {
            let (from, to) = (from.max(start), to.min(end));
            (other, to.checked_sub(from).unwrap_or_default())
        };
        // The best first, as the distribution stands.
        let meant: Vec<(Value, Ratio)> =
            after.iter().map(common).filter(|(_, of)| of.is_positive()).collect();
        let most = meant.iter().map(|(_, of)| *of).max().unwrap_or_default();
        let largest: Vec<Value> = meant.iter().filter(|(_, of)| *of == most).map(|(mark, _)| *mark).collect();
        let chosen = match (take, meant.as_slice()) {
            (_, []) => continue,
            (_, [(only, _)]) => Some(*only),
            (Some(OverlapTake::Most), [(best, _), ..]) => Some(*best),
            (Some(OverlapTake::Least), [.., (worst, _)]) => Some(*worst),
            (Some(OverlapTake::Larger), _) => <[Value; 1]>::try_from(largest).ok().map(|[only]| only),
            (None, _) => None,
        };
        let Some(chosen) = chosen else {
            let others: Vec<Said> =
                meant.iter().map(|(other, _)| Said::Name(mark_name(to, *other).into())).collect();
            let problem =
                Problem::new(Code::MapOverlap, at).say("mark", mark_name(from, mark)).say("others", others);
            making.found.push(problem);
            return Vec::new();
        };
        rows.push(MapRow { marks: Set::one(mark), to: Mapped::Value(chosen), span: at });
    }
    rows
}

/// A mark as the scale calls it.
fn mark_name(scale: &Scale, mark: Value) -> String {
    match (&scale.shape, mark) {
        (ScaleShape::Named(ranks), Value::Rank(rank)) => {
            let name = ranks.get(rank as usize).and_then(|equals| equals.first());
            name.map(|listed| listed.name.to_string()).unwrap_or_default()
        }
        (_, Value::Number(number)) => number.to_string(),
        _ => String::new(),
    }
}

/// The rows of a map: the first names the scales.
#[allow(clippy::too_many_arguments)]
fn rows(
    known: &Known<'_>,
    making: &mut Making,
    item: &Item<'_>,
    made: &GradeMap,
    from: &Scale,
    domain: &TypedDomain,
    target: &TypedDomain,
    written: &[&Row],
) -> Vec<MapRow> {
    let Some((head, lines)) = written.split_first().filter(|(_, lines)| !lines.is_empty()) else {
        making.found.push(Problem::new(Code::MapHow, item.declaration.header).say("map", &*item.name));
        return Vec::new();
    };
    let mut rows: Vec<MapRow> = Vec::with_capacity(lines.len());
    let mut named = Set::empty();
    let mut sound = true;
    for row in lines {
        let [before, after] = row.cells.as_slice() else {
            making.found.push(super::tables::row_length(row, head));
            sound = false;
            continue;
        };
        let asked = Asked { package: item.package, fact: &from.name, kind: None };
        let set = match &before.kind {
            CellKind::Values(values) => {
                list_set(known, making, asked, std::slice::from_ref(domain), values).map(|(_, set)| set)
            }
            CellKind::Bound(comparison, value) => {
                let read = values::value(known, making, asked, std::slice::from_ref(domain), value);
                let orders = !matches!(comparison, Comparison::Is | Comparison::IsNot);
                read.filter(|_| orders).map(|(of, ends)| compared(*comparison, ends, is_falling(known, of)))
            }
            _ => {
                cell(known, making, before.span, &from.name);
                None
            }
        };
        let to = match &after.kind {
            CellKind::Values(values) => match values.as_slice() {
                [value] => target_mark(known, making, item.package, Some(target), value),
                _ => {
                    cell(known, making, after.span, &from.name);
                    None
                }
            },
            CellKind::None => Some(Mapped::None),
            CellKind::NotStated => Some(Mapped::NotStated),
            _ => {
                cell(known, making, after.span, &from.name);
                None
            }
        };
        let (Some(set), Some(to)) = (set, to) else {
            sound = false;
            continue;
        };
        let set = domain.domain.snap(&set);
        if !named.intersect(&set).is_empty() {
            let first = rows.iter().find(|first| !first.marks.is_disjoint(&set)).map(|first| first.span);
            let mark = known.sources.snippet(before.span);
            let problem = Problem::new(Code::MapTwice, before.span).say("mark", mark);
            making.found.push(first.into_iter().fold(problem, |problem, at| problem.label(at, "first")));
            sound = false;
        }
        named = named.union(&set);
        rows.push(MapRow { marks: set, to, span: row.span });
    }
    if sound && made.otherwise.is_none() {
        gap(making, item, made, from, domain, &named);
    }
    rows
}

fn count(number: usize) -> Ratio {
    i64::try_from(number).map_or(Ratio::ZERO, Ratio::from_int)
}

fn cell(known: &Known<'_>, making: &mut Making, at: Span, scale: &str) {
    let problem = Problem::new(Code::TableCell, at).say("cell", known.sources.snippet(at));
    making.found.push(problem.say("expected", Said::Text(scale.into())));
}

/// A mark that no row names, where nothing says what becomes of it.
fn gap(
    making: &mut Making,
    item: &Item<'_>,
    made: &GradeMap,
    from: &Scale,
    domain: &TypedDomain,
    named: &Set,
) {
    let mut left = domain.domain.full_set().minus(named);
    if let (Some(_), Some(pass)) = (made.below_pass, from.pass) {
        let falling = matches!(from.shape, ScaleShape::Numeric { worst, best, .. } if worst > best);
        left = left.intersect(&if falling { Set::at_most(pass) } else { Set::at_least(pass) });
    }
    let left = domain.domain.snap(&left);
    if left.is_empty() {
        return;
    }
    let first = left.values(1).and_then(|values| values.first().copied());
    let first = first.or_else(|| match left.least() {
        Some(crate::space::End::Closed(value) | crate::space::End::Open(value)) => Some(value),
        _ => None,
    });
    let mark = first.map(|mark| mark_name(from, mark)).unwrap_or_default();
    let problem = Problem::new(Code::MapGap, item.declaration.header).say("map", &*item.name);
    making.found.push(problem.say("mark", mark));
}

/// A mark of the scale after, or `none`.
fn target_mark(
    known: &Known<'_>,
    making: &mut Making,
    package: usize,
    target: Option<&TypedDomain>,
    written: &tree::Value,
) -> Option<Mapped> {
    if matches!(written.kind, ValueKind::None) {
        return Some(Mapped::None);
    }
    let target = target?;
    let asked = Asked { package, fact: "grade", kind: None };
    let (_, value) = values::single(known, making, asked, std::slice::from_ref(target), written)?;
    Some(Mapped::Value(value))
}

/// Works out the examples of a map.
fn examples(known: &Known<'_>, making: &mut Making, item: &Item<'_>, map: &GradeMap, is_sound: bool) {
    let target = scale_domain(known, map.to);
    for (_, slot) in slots(item.declaration.body.as_ref()) {
        let Operand::MapExample(example) = &slot.operand else { continue };
        let given = given(known, making, item.package, map, &example.given, is_sound);
        let (Some((from, mark)), Some(target), true) = (given, &target, is_sound) else { continue };
        let expected = match &example.result {
            None => Some(Mapped::NotStated),
            Some(value) => target_mark(known, making, item.package, Some(target), value),
        };
        let Some(expected) = expected else { continue };
        let found = mapped(&known.model, map, from, mark);
        if found == Ok(expected) {
            continue;
        }
        let to = known.model.scales.get(map.to.index());
        let result = match (found, to) {
            (Ok(Mapped::Value(value)), Some(to)) => Some(Said::Text(mark_name(to, value).into())),
            (Ok(Mapped::None), _) => Some(Said::Word("value.none")),
            (Ok(Mapped::NotStated), _) => Some(Said::Word("value.not-stated")),
            _ => None,
        };
        let written = known.sources.snippet(example.span);
        let says = written.split_once("->").or_else(|| written.split_once('→')).map_or(written, |(_, of)| of);
        let problem = Problem::new(Code::ExampleConversion, example.span).say("expected", says.trim());
        making.found.push(result.into_iter().fold(problem, |problem, result| problem.say("result", result)));
    }
}

/// The mark of an example, and its scale: the map's own, or the one written after the number.
fn given(
    known: &Known<'_>,
    making: &mut Making,
    package: usize,
    map: &GradeMap,
    written: &tree::Value,
    is_sound: bool,
) -> Option<(ScaleId, Value)> {
    let mut plain = written.clone();
    let mut scale = map.from;
    if let ValueKind::Number(number) = &mut plain.kind
        && let Some(UnitRef::Named(name)) = number.unit.clone()
    {
        match known.names.find(package, &name, &[Sort::Scale], &mut making.found)? {
            Thing::Scale(of) => scale = Some(of),
            _ => return None,
        }
        number.unit = None;
    }
    if !is_sound {
        return None;
    }
    let Some(scale) = scale else {
        let amount = known.sources.snippet(written.span);
        making.found.push(Problem::new(Code::MapScaleMissing, written.span).say("mark", amount));
        return None;
    };
    let domain = scale_domain(known, scale)?;
    let name = known.model.scales.get(scale.index()).map_or("", |scale| &scale.name);
    let asked = Asked { package, fact: name, kind: None };
    let (_, mark) = values::single(known, making, asked, std::slice::from_ref(&domain), &plain)?;
    Some((scale, mark))
}

/// The distribution of a scale: each mark and its share, the best first. Counts become shares of their sum; published shares add
/// up to the whole, as far as their rounding lets them.
pub(super) fn distribution(
    known: &Known<'_>,
    making: &mut Making,
    package: usize,
    scale: &Scale,
    domain: &TypedDomain,
    written: &tree::Distribution,
) -> Vec<(Value, Ratio)> {
    let asked = Asked { package, fact: &scale.name, kind: None };
    let mut shares: Vec<(Value, Ratio)> = Vec::new();
    let mut percent = None;
    for row in written.table.rows.iter().skip(1) {
        let [mark, share] = row.cells.as_slice() else {
            cell(known, making, row.span, &scale.name);
            return Vec::new();
        };
        let (CellKind::Values(marks), CellKind::Values(numbers)) = (&mark.kind, &share.kind) else {
            cell(known, making, row.span, &scale.name);
            return Vec::new();
        };
        let ([mark], [number]) = (marks.as_slice(), numbers.as_slice()) else {
            cell(known, making, row.span, &scale.name);
            return Vec::new();
        };
        let Some((_, value)) = values::single(known, making, asked, std::slice::from_ref(domain), mark)
        else {
            return Vec::new();
        };
        let Some(number) = values::number_of(number).filter(|number| {
            percent.is_none_or(|percent| percent == number.percent) && !number.value.is_negative()
        }) else {
            cell(known, making, share.span, "%");
            return Vec::new();
        };
        percent = Some(number.percent);
        if shares.iter().any(|(other, _)| *other == value) {
            let problem = Problem::new(Code::MapTwice, mark.span);
            making.found.push(problem.say("mark", known.sources.snippet(mark.span)));
            return Vec::new();
        }
        shares.push((value, number.value));
    }
    let Ok(sum) = Ratio::checked_sum(shares.iter().map(|(_, share)| *share)) else { return Vec::new() };
    if percent == Some(true) {
        let step = written.step.as_ref().map_or(Ratio::ZERO, |step| step.value);
        let slack = step.checked_mul(count(shares.len())).and_then(|all| all.checked_div(Ratio::from_int(2)));
        let off = Ratio::ONE.checked_sub(sum).and_then(Ratio::checked_abs);
        if let (Ok(slack), Ok(off)) = (slack, off)
            && off > slack
        {
            let said = sum.to_percent().map_or_else(|_| String::new(), |sum| format!("{sum}%"));
            let problem = Problem::new(Code::ScaleDistribution, written.span).say("scale", &*scale.name);
            making.found.push(problem.say("sum", said));
            return Vec::new();
        }
    } else if sum.is_positive() {
        for (_, share) in &mut shares {
            *share = share.checked_div(sum).unwrap_or_default();
        }
    }
    shares.sort_by(|(a, _), (b, _)| {
        if is_worse(scale, *a, *b) {
            std::cmp::Ordering::Greater
        } else if is_worse(scale, *b, *a) {
            std::cmp::Ordering::Less
        } else {
            std::cmp::Ordering::Equal
        }
    });
    shares
}

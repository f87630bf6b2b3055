//! Tables of amounts: rows and columns become disjoint boxes over the facts that the table is read by.
//!
//! Each fact has a column, and either the last column is headed `credits`, or the values of the last fact head the columns; one
//! fact may stand as two rows. `otherwise` is what no other row answers.

use crate::diagnostic::{Code, Problem, Said};
use crate::model::{CellValue, Lookup, LookupCell, Piece, Subject, Targets, TypedDomain, UnitId, ValueType};
use crate::quantity::Ratio;
use crate::source::Span;
use crate::space::{Domain, Set, Shape, cover};
use crate::syntax::tree::{Cell, CellKind, Comparison, FactOwner, FactRef, Row, Table, ValueKind};

use super::amounts::{self, Made};
use super::builtin::Nature;
use super::compare::{compared, full, is_falling, is_ordered};
use super::conditions::list_set;
use super::fault::{domain_values, type_name, with_nearest};
use super::grains::Grain;
use super::known::{Known, Making};
use super::spot::{Plain, Scene, spot};
use super::values::{self, Asked, text_of};

/// Pieces that `otherwise` may come to.
const MOST_PIECES: usize = 10_000;

/// A fact that the table is read by.
struct Column<'s> {
    written: &'s FactRef,
    subject: Subject,
    value_type: ValueType,
    domains: Vec<TypedDomain>,
}

/// A head: the values that lead to its row or column, or what no other does.
#[derive(Clone)]
enum Head {
    These(Set),
    Otherwise,
}

/// What a cell answers, under which heads.
struct Entry<'s> {
    heads: Vec<Head>,
    cell: &'s Cell,
}

/// The table as a piece of an amount.
pub(super) fn lookup(
    known: &Known<'_>,
    making: &mut Making,
    scene: &Scene<'_>,
    to: &Targets,
    by: &[FactRef],
    table: &Table,
    start: Span,
) -> Option<Made> {
    let read: Vec<Option<Column<'_>>> = by.iter().map(|fact| column(known, making, scene, fact)).collect();
    if read.iter().any(Option::is_none) {
        // What the other columns name is looked up all the same: a mistake elsewhere hides none here.
        read.iter().flatten().for_each(|column| names_of(known, making, scene, column, table));
        return None;
    }
    let columns: Vec<Column<'_>> = read.into_iter().flatten().collect();
    if table.rows.len() < 2 {
        making.found.push(Problem::new(Code::TableNoRows, table.span));
        return None;
    }
    let entries = entries(known, making, scene, &columns, table, is_credits)?;
    let boxes = boxes(&columns, &entries);
    let mut unit: Option<UnitId> = None;
    let mut grains: Vec<Grain> = Vec::new();
    let mut values: Vec<Option<CellValue>> = Vec::with_capacity(entries.len());
    for entry in &entries {
        values.push(answer(known, making, scene, to, entry.cell, &mut unit, &mut grains));
    }
    if values.iter().any(Option::is_none) {
        return None;
    }
    let mut cells = Vec::with_capacity(boxes.len());
    for (at, sets) in boxes {
        let (Some(entry), Some(Some(value))) = (entries.get(at), values.get(at)) else { continue };
        cells.push(LookupCell { sets, value: value.clone(), span: entry.cell.span });
    }
    let span = by.last().map_or(table.span, |last| start.join(last.span));
    let by = columns.iter().map(|column| (column.subject, column.value_type)).collect();
    let piece = Piece::Table(Box::new(Lookup { by, cells, span }));
    Some(Made { piece, unit: unit.or(scene.unit), grains })
}

/// The table of a mark: each cell says one of the target's scale, or `-` for none.
pub(super) fn marks(
    known: &Known<'_>,
    making: &mut Making,
    scene: &Scene<'_>,
    by: &[FactRef],
    table: &Table,
    scale: Option<&TypedDomain>,
) -> Option<Lookup> {
    let columns: Option<Vec<Column<'_>>> = by.iter().map(|fact| column(known, making, scene, fact)).collect();
    let columns = columns?;
    if table.rows.len() < 2 {
        making.found.push(Problem::new(Code::TableNoRows, table.span));
        return None;
    }
    let entries = entries(known, making, scene, &columns, table, is_mark)?;
    let boxes = boxes(&columns, &entries);
    let mut values: Vec<Option<CellValue>> = Vec::with_capacity(entries.len());
    for entry in &entries {
        values.push(match &entry.cell.kind {
            CellKind::Dash => Some(CellValue::NotHere),
            CellKind::Values(written) => match written.as_slice() {
                [only] => super::marks::fixed(known, making, scene, scale, only).map(CellValue::Mark),
                _ => no_mark(known, making, entry.cell),
            },
            _ => no_mark(known, making, entry.cell),
        });
    }
    if values.iter().any(Option::is_none) {
        return None;
    }
    let mut cells = Vec::with_capacity(boxes.len());
    for (at, sets) in boxes {
        let (Some(entry), Some(Some(value))) = (entries.get(at), values.get(at)) else { continue };
        cells.push(LookupCell { sets, value: value.clone(), span: entry.cell.span });
    }
    let span = by.iter().map(|fact| fact.span).reduce(Span::join).unwrap_or(table.span);
    let by = columns.iter().map(|column| (column.subject, column.value_type)).collect();
    Some(Lookup { by, cells, span })
}

fn is_mark(cell: &Cell) -> bool {
    text_of_cell(cell).is_some_and(|text| matches!(text, "mark" | "记载" | "記載"))
}

fn no_mark(known: &Known<'_>, making: &mut Making, cell: &Cell) -> Option<CellValue> {
    let expected = vec![Said::Word("slot.mark"), Said::Text("-".into())];
    let problem = Problem::new(Code::TableCell, cell.span).say("cell", known.sources.snippet(cell.span));
    making.found.push(problem.say("expected", expected));
    None
}

/// The fact of one column. `source` is the achievement's outcome.
fn column<'s>(
    known: &Known<'_>,
    making: &mut Making,
    scene: &Scene<'_>,
    fact: &'s FactRef,
) -> Option<Column<'s>> {
    if let (FactOwner::Source, "source" | "outcome" | "") = (fact.of, &*fact.name.text) {
        let of = match scene.plain {
            Plain::Of(of) => of,
            Plain::Several => {
                let problem = Problem::new(Code::SelectSeveral, fact.span);
                making.found.push(problem.say("fact", known.sources.snippet(fact.span)));
                return None;
            }
            Plain::Person(_) | Plain::Nobody => {
                if !scene.damaged {
                    super::spot::no_source(making, &fact.name);
                }
                return None;
            }
        };
        let subject = Subject { of, fact: known.built_in("outcome") };
        // Every outcome that the rule may take is a value, named in the table or not.
        let taken = |kind| scene.sources.contains(&kind);
        let outcomes = known.model.outcomes.iter().filter(|outcome| taken(outcome.kind));
        let symbols = outcomes.map(|outcome| making.symbols.intern(&outcome.name)).collect();
        let domain = Domain::of(Shape::Symbols(Some(symbols)));
        let value_type = ValueType::Outcome(None);
        return Some(Column {
            written: fact,
            subject,
            value_type,
            domains: vec![TypedDomain { value_type, domain }],
        });
    }
    let read = spot(known, making, scene, fact)?;
    let domains = match read.nature {
        Some(Nature::Level) => {
            let framework = super::frameworks::only(known, making, scene.package, fact.span)?;
            vec![super::frameworks::domain(known, framework)?]
        }
        _ => read.domains.to_vec(),
    };
    let value_type = domains.first()?.value_type;
    Some(Column { written: fact, subject: read.subject, value_type, domains })
}

/// Looks up what the rows name in one column.
fn names_of(known: &Known<'_>, making: &mut Making, scene: &Scene<'_>, column: &Column<'_>, table: &Table) {
    let Some((first, rows)) = table.rows.split_first() else { return };
    let Some(at) = first.cells.iter().position(|cell| names_fact(known, column, cell)) else { return };
    for cell in rows.iter().filter_map(|row| row.cells.get(at)) {
        head(known, making, scene, column, cell);
    }
}

fn entries<'t>(
    known: &Known<'_>,
    making: &mut Making,
    scene: &Scene<'_>,
    columns: &[Column<'_>],
    table: &'t Table,
    is_answer: fn(&Cell) -> bool,
) -> Option<Vec<Entry<'t>>> {
    let (head, rows) = table.rows.split_first()?;
    if let ([column], [only]) = (columns, rows)
        && head.cells.first().is_some_and(|cell| names_fact(known, column, cell))
        && only.cells.first().is_some_and(is_answer)
    {
        return lying(known, making, scene, column, head, only);
    }
    let mut heads = Vec::with_capacity(head.cells.len());
    for cell in &head.cells {
        heads.push(columns.iter().position(|column| names_fact(known, column, cell)));
    }
    let last_is_credits = head.cells.last().is_some_and(is_answer);
    let (across, own) =
        if last_is_credits { (None, columns.len()) } else { (columns.last(), columns.len() - 1) };
    let mut sound = true;
    // Every fact but one that heads the columns has its own; what follows is `credits` or values.
    for (at, cell) in head.cells.iter().enumerate() {
        let is_fact_column = at < own;
        let fits = match heads.get(at) {
            Some(Some(column)) => {
                is_fact_column && *column < own && heads.iter().filter(|h| **h == Some(*column)).count() == 1
            }
            _ => !is_fact_column && (across.is_some() || at + 1 == head.cells.len()),
        };
        if !fits {
            making.found.push(unknown_column(known, columns, cell));
            sound = false;
        }
    }
    if head.cells.len() <= own {
        making.found.push(unknown_column(known, columns, head.cells.last()?));
        sound = false;
    }
    if !sound {
        return None;
    }
    let mut across_heads = Vec::new();
    if let Some(column) = across {
        for cell in head.cells.iter().skip(own) {
            if !may_head(known, making, scene, column, cell) {
                making.found.push(unknown_column(known, columns, cell));
                return None;
            }
            across_heads.push(self::head(known, making, scene, column, cell)?);
        }
    }
    let mut entries = Vec::new();
    for row in rows {
        if row.cells.len() != head.cells.len() {
            making.found.push(row_length(row, head));
            sound = false;
            continue;
        }
        let mut sets: Vec<Option<Head>> = vec![None; columns.len()];
        for (cell, column) in row.cells.iter().zip(&heads).take(own) {
            let Some(at) = *column else { continue };
            let Some(column) = columns.get(at) else { continue };
            let read = self::head(known, making, scene, column, cell);
            sound &= read.is_some();
            if let Some(place) = sets.get_mut(at) {
                *place = read;
            }
        }
        let answers = row.cells.iter().skip(own);
        match across {
            None => {
                let sets: Option<Vec<Head>> = sets.into_iter().collect();
                if let (Some(heads), Some(cell)) = (sets, answers.last()) {
                    entries.push(Entry { heads, cell });
                }
            }
            Some(_) => {
                for (cell, head) in answers.zip(&across_heads) {
                    let mut sets = sets.clone();
                    if let Some(last) = sets.last_mut() {
                        *last = Some(head.clone());
                    }
                    if let Some(heads) = sets.into_iter().collect() {
                        entries.push(Entry { heads, cell });
                    }
                }
            }
        }
    }
    sound.then_some(entries)
}

/// One fact as two rows: its values above, the amounts below.
fn lying<'t>(
    known: &Known<'_>,
    making: &mut Making,
    scene: &Scene<'_>,
    column: &Column<'_>,
    head: &'t Row,
    amounts: &'t Row,
) -> Option<Vec<Entry<'t>>> {
    if head.cells.len() != amounts.cells.len() {
        making.found.push(row_length(amounts, head));
        return None;
    }
    let mut entries = Vec::new();
    let mut sound = true;
    for (values, cell) in head.cells.iter().zip(&amounts.cells).skip(1) {
        match self::head(known, making, scene, column, values) {
            Some(head) => entries.push(Entry { heads: vec![head], cell }),
            None => sound = false,
        }
    }
    sound.then_some(entries)
}

/// Whether a head names the fact of a column.
fn names_fact(known: &Known<'_>, column: &Column<'_>, cell: &Cell) -> bool {
    let fact = match &cell.kind {
        CellKind::Values(values) => match values.as_slice() {
            [only] => match &only.kind {
                ValueKind::Fact(fact) => {
                    return fact.of == column.written.of && fact.name.text == column.written.name.text;
                }
                _ => text_of(only),
            },
            _ => None,
        },
        _ => None,
    };
    let Some(text) = fact else {
        // `source` at the head of a column is a word, and comes as whatever a lone word is read as.
        return known.sources.snippet(cell.span) == known.sources.snippet(column.written.span);
    };
    text == &*column.written.name.text
        || text == known.fact_name(column.subject.fact)
        || known.sources.snippet(cell.span) == known.sources.snippet(column.written.span)
}

fn is_credits(cell: &Cell) -> bool {
    match &cell.kind {
        CellKind::Values(values) => matches!(values.as_slice(), [only] if text_of(only) == Some("credits")
            || matches!(&only.kind, ValueKind::Fact(fact) if &*fact.name.text == "credits")),
        CellKind::Amount(amount) => {
            matches!(&amount.kind, crate::syntax::tree::AmountKind::Fact(fact) if &*fact.name.text == "credits")
        }
        _ => false,
    }
}

/// Whether a lone name at the head of a column is a value of the fact that heads the columns.
fn may_head(
    known: &Known<'_>,
    making: &mut Making,
    scene: &Scene<'_>,
    column: &Column<'_>,
    cell: &Cell,
) -> bool {
    let CellKind::Values(values) = &cell.kind else { return true };
    let [only] = values.as_slice() else { return true };
    let asked = Asked { package: scene.package, fact: &column.written.name.text, kind: None };
    let listed =
        |domain: &&TypedDomain| matches!(domain.value_type, ValueType::List(_) | ValueType::Scale(_));
    let domains: Vec<&TypedDomain> = column.domains.iter().filter(listed).collect();
    text_of(only).is_none()
        || domains.is_empty()
        || domains.iter().any(|domain| values::read(known, making, asked, domain, only).is_ok())
}

fn unknown_column(known: &Known<'_>, columns: &[Column<'_>], cell: &Cell) -> Problem {
    let name = known.sources.snippet(cell.span);
    let fact = columns.last().map_or("", |column| &*column.written.name.text);
    let problem = Problem::new(Code::TableColumn, cell.span).say("name", name).say("fact", fact);
    let listed = columns.last().into_iter().flat_map(|column| &column.domains).filter_map(|domain| {
        match domain.value_type {
            ValueType::List(list) => known.list_values.get(list.index()),
            _ => None,
        }
    });
    let values = listed.flat_map(|values| values.keys()).map(|name| &**name);
    with_nearest(problem, name, columns.iter().map(|column| &*column.written.name.text).chain(values))
}

/// The values of a head.
fn head(
    known: &Known<'_>,
    making: &mut Making,
    scene: &Scene<'_>,
    column: &Column<'_>,
    cell: &Cell,
) -> Option<Head> {
    let asked = Asked { package: scene.package, fact: &column.written.name.text, kind: None };
    let set = match &cell.kind {
        CellKind::Otherwise => return Some(Head::Otherwise),
        CellKind::Values(written) => list_set(known, making, asked, &column.domains, written)?.1,
        CellKind::Bound(comparison, written) => {
            let (value_type, ends) = values::value(known, making, asked, &column.domains, written)?;
            let ordering = !matches!(comparison, Comparison::Is | Comparison::IsNot);
            let domain = column.domains.iter().find(|domain| domain.value_type == value_type)?;
            if ordering && !is_ordered(domain) {
                let text = known.sources.snippet(cell.span);
                let problem =
                    Problem::new(Code::OrderNone, cell.span).say("text", text).say("list", asked.fact);
                making.found.push(problem.say("bound", super::compare::bound_in(text)));
                return None;
            }
            compared(*comparison, ends, is_falling(known, value_type))
        }
        CellKind::None => Set::none(),
        CellKind::Dash | CellKind::NotStated | CellKind::Unpublished | CellKind::Amount(_) => {
            let expected = column
                .domains
                .first()
                .map_or(Said::Word("value.name"), |domain| domain_values(known, domain));
            let problem =
                Problem::new(Code::TableCell, cell.span).say("cell", known.sources.snippet(cell.span));
            making.found.push(problem.say("expected", expected));
            return None;
        }
    };
    Some(Head::These(set))
}

/// Each entry's boxes, in the order of the entries; `otherwise` is what is left when all more definite entries are taken.
fn boxes(columns: &[Column<'_>], entries: &[Entry<'_>]) -> Vec<(usize, Vec<Set>)> {
    let whole: Vec<Set> = columns.iter().map(|column| full(&column.domains)).collect();
    let open = |entry: &Entry<'_>| entry.heads.iter().filter(|head| matches!(head, Head::Otherwise)).count();
    let sets = |entry: &Entry<'_>| -> Vec<Set> {
        let of = |(head, whole): (&Head, &Set)| match head {
            Head::These(set) => set.clone(),
            Head::Otherwise => whole.clone(),
        };
        entry.heads.iter().zip(&whole).map(of).collect()
    };
    let mut order: Vec<usize> = (0..entries.len()).collect();
    order.sort_by_key(|&at| entries.get(at).map_or(0, open));
    let mut made: Vec<(usize, Vec<Set>)> = Vec::new();
    let mut definite: Vec<(usize, Vec<Set>)> = Vec::new();
    for at in order {
        let Some(entry) = entries.get(at) else { continue };
        let count = open(entry);
        let own = sets(entry);
        if count == 0 {
            made.push((at, own.clone()));
        } else {
            let taken = definite.iter().filter(|(open, _)| *open < count).map(|(_, sets)| &sets[..]);
            made.extend(
                cover::uncovered(own.clone(), taken, MOST_PIECES).into_iter().map(|piece| (at, piece)),
            );
        }
        definite.push((count, own));
    }
    made.sort_by_key(|(at, _)| *at);
    made
}

/// What a cell answers.
fn answer(
    known: &Known<'_>,
    making: &mut Making,
    scene: &Scene<'_>,
    to: &Targets,
    cell: &Cell,
    unit: &mut Option<UnitId>,
    grains: &mut Vec<Grain>,
) -> Option<CellValue> {
    let made = match &cell.kind {
        CellKind::Dash => return Some(CellValue::NotHere),
        CellKind::Unpublished => return Some(CellValue::Unpublished),
        CellKind::Otherwise => return Some(CellValue::Otherwise),
        CellKind::Amount(amount) if amount.conversion.is_some() => {
            making.found.push(Problem::new(Code::RatioCell, cell.span));
            return None;
        }
        // What is judged is asked of the whole rule, not of a cell.
        CellKind::Amount(amount) if matches!(amount.kind, crate::syntax::tree::AmountKind::Judged(_)) => {
            return no_amount(known, making, cell);
        }
        CellKind::Amount(amount) => amounts::piece(known, making, scene, to, amount)?,
        CellKind::Values(values) => match values.as_slice() {
            [only] => match &only.kind {
                ValueKind::Number(number) => amounts::constant(known, making, scene, number)?,
                ValueKind::Unpublished => return Some(CellValue::Unpublished),
                _ => return no_amount(known, making, cell),
            },
            _ => return no_amount(known, making, cell),
        },
        _ => return no_amount(known, making, cell),
    };
    match (*unit, made.unit) {
        (None, of) => *unit = of,
        (Some(first), Some(second)) if first != second => {
            let problem = Problem::new(Code::UnitMixedUnit, cell.span)
                .say("fact", Said::Word("slot.give"))
                .say("unit", type_name(known, ValueType::Credits(first)))
                .say("value", known.sources.snippet(cell.span))
                .say("other", type_name(known, ValueType::Credits(second)));
            making.found.push(problem);
        }
        _ => {}
    }
    // A cell of 0 says that nothing is given there; no amount needs rounding for it.
    if made.piece != Piece::Constant(Ratio::ZERO) {
        grains.extend(made.grains);
    }
    Some(CellValue::Amount(made.piece))
}

fn no_amount(known: &Known<'_>, making: &mut Making, cell: &Cell) -> Option<CellValue> {
    let expected = vec![Said::Word("slot.number"), Said::Text("-".into()), Said::Word("value.unpublished")];
    let problem = Problem::new(Code::TableCell, cell.span).say("cell", known.sources.snippet(cell.span));
    making.found.push(problem.say("expected", expected));
    None
}

/// A row with more or fewer cells than the head.
pub(super) fn row_length(row: &Row, head: &Row) -> Problem {
    let count = |row: &Row| i64::try_from(row.cells.len()).map_or(Ratio::ZERO, Ratio::from_int);
    Problem::new(Code::TableRowLength, row.span)
        .say("cells", count(row))
        .say("columns", count(head))
        .label(head.span, "head")
}

/// The text of a cell that holds one name or text.
pub(super) fn text_of_cell(cell: &Cell) -> Option<&str> {
    match &cell.kind {
        CellKind::Values(values) => values.first().and_then(text_of),
        _ => None,
    }
}

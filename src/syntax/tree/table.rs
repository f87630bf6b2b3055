//! Tables: rows of cells.

use super::Remarks;
use super::amount::Amount;
use super::test::Comparison;
use super::value::Value;
use crate::source::Span;

/// A table: rows of cells. The first row names the columns.
#[derive(Clone, Debug)]
pub struct Table {
    /// Where it stands, braces included.
    pub span: Span,
    /// Its rows, header first.
    pub rows: Vec<Row>,
}

/// A row of a table.
#[derive(Clone, Debug)]
pub struct Row {
    /// Where it stands.
    pub span: Span,
    /// Its cells.
    pub cells: Vec<Cell>,
    /// The comments around it.
    pub remarks: Option<Box<Remarks>>,
}

/// A cell of a table.
#[derive(Clone, Debug)]
pub struct Cell {
    /// Where it stands.
    pub span: Span,
    /// What it says.
    pub kind: CellKind,
}

/// What a cell says.
#[derive(Clone, Debug)]
pub enum CellKind {
    /// A value or several (a list).
    Values(Vec<Value>),
    /// `>= 425`, `under 60`, `3 years or more`, `first or above`, `before 2015-09-01`, `2015-09-01 or later`.
    Bound(Comparison, Value),
    /// `otherwise`.
    Otherwise,
    /// `-`: the rule does not apply here.
    Dash,
    /// `none`.
    None,
    /// `not stated`.
    NotStated,
    /// `unpublished`.
    Unpublished,
    /// An amount more than a plain number (`1 credit per 16 hours`, `target credits`).
    Amount(Box<Amount>),
}

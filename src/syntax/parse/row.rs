//! Rows of tables.

use accredit_grammar::Rule;

use super::line::{Line, Node};
use super::test::reach_of;
use crate::syntax::tree::{Amount, AmountKind, Cell, CellKind, Row, Value, ValueKind};

impl Line<'_> {
    /// A row, without its comments.
    pub(super) fn row(&mut self, node: Node<'_>) -> Row {
        let span = self.span(&node);
        let cells = node.into_inner().map(|cell| self.cell(cell)).collect();
        Row { span, cells, remarks: None }
    }

    fn cell(&mut self, node: Node<'_>) -> Cell {
        let span = self.span(&node);
        let mut values: Vec<Value> = Vec::new();
        for child in node.into_inner() {
            let kind = match child.as_rule() {
                Rule::value => {
                    values.push(self.value(child));
                    continue;
                }
                Rule::cell_word => match child.as_str() {
                    "otherwise " => CellKind::Otherwise,
                    "- " => CellKind::Dash,
                    "none " => CellKind::None,
                    "not stated " => CellKind::NotStated,
                    _ => CellKind::Unpublished,
                },
                Rule::amount => CellKind::Amount(Box::new(self.amount(child))),
                Rule::reach => match values.pop() {
                    Some(value) => CellKind::Bound(reach_of(&child), value),
                    None => CellKind::None,
                },
                _ => {
                    let (comparison, value) = self.cell_bound(child);
                    CellKind::Bound(comparison, value)
                }
            };
            return Cell { span, kind };
        }
        Cell { span, kind: CellKind::Values(values) }
    }
}

/// Below the first row, which names the columns, and right of the first cell, which may name a row, `target credits` is an
/// amount.
pub(super) fn with_amounts(row: &mut Row) {
    for cell in row.cells.iter_mut().skip(1) {
        if let CellKind::Values(values) = &cell.kind
            && let [Value { span, kind: ValueKind::Fact(fact) }] = values.as_slice()
        {
            let amount = Amount {
                span: *span,
                kind: AmountKind::Fact(fact.clone()),
                less: None,
                conversion: None,
                sharing: None,
                rounding: None,
                at_least: None,
                at_most: None,
            };
            cell.kind = CellKind::Amount(Box::new(amount));
        }
    }
}

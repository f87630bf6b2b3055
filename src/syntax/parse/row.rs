//! Rows of tables.

use accredit_grammar::Rule;

use super::line::{Line, Node};
use crate::syntax::tree::{Cell, CellKind, Row, Value, ValueKind};

impl Line<'_> {
    /// A row, without its comments.
    pub(super) fn row(&mut self, node: Node<'_>) -> Row {
        let span = self.span(&node);
        let cells = node.into_inner().map(|cell| self.cell(cell)).collect();
        Row { span, cells, comments: Vec::new(), end_comment: None }
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
                Rule::cell_amount => match child.into_inner().next() {
                    Some(amount) => CellKind::Amount(Box::new(self.amount(amount))),
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

/// The first row names the columns: `target level` there is a fact, not an amount.
pub(super) fn as_heads(row: &mut Row) {
    for cell in &mut row.cells {
        if let CellKind::Amount(amount) = &cell.kind
            && let crate::syntax::tree::AmountKind::Fact(fact) = &amount.kind
        {
            let value = Value { span: cell.span, kind: ValueKind::Fact(fact.clone()) };
            cell.kind = CellKind::Values(vec![value]);
        }
    }
}

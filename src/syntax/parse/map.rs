//! Maps of marks, and the distributions of scales.

use accredit_grammar::Rule;

use super::line::{Line, Node};
use crate::source::Span;
use crate::syntax::tree::{
    Distribution, Linear, MapExample, MapRounding, Operand, OverlapTake, Table, Value, ValueKind,
};

impl Line<'_> {
    /// A slot of a map, or the distribution of a scale.
    pub(super) fn map_slot(&mut self, node: Node<'_>) -> Operand {
        let span = self.span(&node);
        match node.as_rule() {
            Rule::linear => {
                let mut values = self.values_of(node).into_iter();
                let mut next = || values.next().unwrap_or(Value { span, kind: ValueKind::None });
                Operand::Linear(Box::new(Linear { best: next(), pass: next(), span }))
            }
            Rule::formula => Operand::Formula(self.first_text(node, span)),
            Rule::by_overlap => Operand::ByOverlap(self.overlap_take(node), span),
            Rule::below_pass => {
                let value = self.values_of(node).pop().unwrap_or(Value { span, kind: ValueKind::None });
                Operand::BelowPass(Box::new(value))
            }
            Rule::map_otherwise => {
                let is_none = node.into_inner().any(|child| child.as_rule() == Rule::no_mark);
                Operand::MapOtherwise(is_none, span)
            }
            Rule::map_example => {
                let mut values = self.values_of(node).into_iter();
                let given = values.next().unwrap_or(Value { span, kind: ValueKind::None });
                Operand::MapExample(Box::new(MapExample { given, result: values.next(), span }))
            }
            Rule::distribution => self.distribution(node, span),
            _ => self.map_rounding(node, span),
        }
    }

    fn values_of(&mut self, node: Node<'_>) -> Vec<Value> {
        let values = node.into_inner().filter(|child| child.as_rule() == Rule::value);
        values.map(|child| self.value(child)).collect()
    }

    fn overlap_take(&self, node: Node<'_>) -> Option<OverlapTake> {
        let take = node.into_inner().find(|child| child.as_rule() == Rule::overlap_take)?;
        Some(match take.as_str() {
            "take larger " => OverlapTake::Larger,
            "take least " => OverlapTake::Least,
            _ => OverlapTake::Most,
        })
    }

    fn map_rounding(&mut self, node: Node<'_>, span: Span) -> Operand {
        let is_better = node.clone().into_inner().any(|child| child.as_rule() == Rule::next_better);
        let rounding =
            if is_better { MapRounding::NextBetter(span) } else { MapRounding::To(self.rounding(node)) };
        Operand::MapRounding(Box::new(rounding))
    }

    fn distribution(&mut self, node: Node<'_>, span: Span) -> Operand {
        let (mut step, mut at) = (None, span);
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::step_size => step = child.into_inner().next().map(|step| self.quantity(step)),
                _ => at = self.span(&child),
            }
        }
        let table = Table { span: at, rows: std::mem::take(&mut self.rows) };
        Operand::Distribution(Box::new(Distribution { step, table, span }))
    }
}

//! Ratios, the measures of a credit, and conversions of amounts.

use accredit_grammar::Rule;

use super::line::{Line, Node};
use super::slot::no_name;
use super::value::hours_sort;
use crate::quantity::Ratio;
use crate::source::Span;
use crate::syntax::tree::{
    Conversion, ConversionExample, ConversionResult, CreditMeasure, Number, RatioTerm, TakeWord, UnitRef,
    WayBy, WayWord,
};

impl Line<'_> {
    /// `hours 25 to 30 notional at tu-dublin`, `year 60`.
    pub(super) fn credit_measure(&mut self, node: Node<'_>) -> CreditMeasure {
        let span = self.span(&node);
        let (mut numbers, mut at, mut in_force) = (Vec::new(), None, None);
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::quantity => numbers.push(self.quantity(child)),
                Rule::at_body => at = self.names(child).pop(),
                _ => in_force = Some(self.in_force(child)),
            }
        }
        let sort = numbers.iter().rev().find_map(|number| match number.unit {
            Some(UnitRef::Hours(sort, _)) => Some(sort),
            _ => None,
        });
        let mut numbers = numbers.into_iter();
        let low = numbers.next().unwrap_or_else(|| nothing(span));
        CreditMeasure { low, high: numbers.next(), sort, at, in_force, span }
    }

    /// `1 to 1.25 asian-credit`.
    pub(super) fn ratio_term(&self, node: Node<'_>) -> RatioTerm {
        let span = self.span(&node);
        let mut numbers = node.into_inner().map(|quantity| self.quantity(quantity));
        let low = numbers.next().unwrap_or_else(|| nothing(span));
        RatioTerm { low, high: numbers.next(), span }
    }

    /// `in ects by hours notional`.
    pub(super) fn conversion(&self, node: Node<'_>) -> Conversion {
        let span = self.span(&node);
        let (mut unit, mut way, mut take) = (no_name(span), None, None);
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::name => unit = self.name(&child),
                Rule::take | Rule::refer => take = self.take(child),
                _ => way = Some(self.way_word(child)),
            }
        }
        Conversion { unit, way, take, span }
    }

    fn way_word(&self, node: Node<'_>) -> WayWord {
        let span = self.span(&node);
        let mut by = if node.as_rule() == Rule::by_year { WayBy::Year } else { WayBy::Hours(None) };
        let mut at = None;
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::hours_sort => by = WayBy::Hours(Some(hours_sort(&child))),
                _ => at = self.names(child).pop(),
            }
        }
        WayWord { by, at, span }
    }

    /// `take least`, `refer to panel`.
    fn take(&self, node: Node<'_>) -> Option<TakeWord> {
        let span = self.span(&node);
        Some(match (node.as_rule(), node.as_str()) {
            (Rule::take, "take least ") => TakeWord::Least(span),
            (Rule::take, _) => TakeWord::Most(span),
            _ => TakeWord::Refer(self.names(node).pop()?, span),
        })
    }

    /// `example 20 cats -> 10 ects`.
    pub(super) fn conversion_example(&self, node: Node<'_>) -> ConversionExample {
        let span = self.span(&node);
        let mut example = ConversionExample {
            given: nothing(span),
            result: ConversionResult::None(no_name(span)),
            way: None,
            span,
        };
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::quantity => example.given = self.quantity(child),
                Rule::conversion_result => {
                    let (mut numbers, mut unit) = (Vec::new(), no_name(span));
                    for part in child.into_inner() {
                        match part.as_rule() {
                            Rule::quantity => numbers.push(self.quantity(part)),
                            Rule::name => unit = self.name(&part),
                            Rule::by_year | Rule::by_hours => example.way = Some(self.way_word(part)),
                            _ => {}
                        }
                    }
                    let mut numbers = numbers.into_iter();
                    example.result = match numbers.next() {
                        Some(low) => ConversionResult::Amount(low, numbers.next()),
                        None => ConversionResult::None(unit),
                    };
                }
                _ => {}
            }
        }
        example
    }
}

const fn nothing(span: Span) -> Number {
    Number { value: Ratio::ZERO, percent: false, unit: None, span }
}

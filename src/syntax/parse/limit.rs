//! Limits and requirements, and the other lines of programmes and blocks.

use accredit_grammar::Rule;

use super::line::{Line, Node};
use super::slot::no_name;
use crate::quantity::Ratio;
use crate::syntax::tree::{
    Average, Bound, CombineHighest, Conversion, CountIn, FactRef, FigureWord, LimitLine, LinePart, Name,
    Number, Operand, Period, Selection, SelectionKind, Share, ShareBase, ShareLine, ShareOf, SurplusWord,
    Value, ValueKind,
};

impl Line<'_> {
    /// `limit NAME: at most …`, `require NAME: at least …`.
    pub(super) fn limit_line(&mut self, node: Node<'_>) -> LimitLine {
        let span = self.span(&node);
        let nothing = Number { value: Ratio::ZERO, percent: false, unit: None, span };
        let mut line = LimitLine {
            name: None,
            titles: Vec::new(),
            bound: Bound::Distinct(nothing, no_name(span)),
            parts: Vec::new(),
            span,
        };
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::line_name => {
                    for inner in child.into_inner() {
                        match inner.as_rule() {
                            Rule::name => line.name = Some(self.name(&inner)),
                            Rule::title => line.titles.push(self.title(inner)),
                            _ => {}
                        }
                    }
                }
                Rule::average => line.bound = Bound::Average(Box::new(self.average(child))),
                Rule::how_much_either | Rule::how_much_one => line.bound = self.bound(child),
                _ => {
                    let part = self.line_part(child);
                    line.parts.extend(part);
                }
            }
        }
        line
    }

    fn bound(&mut self, node: Node<'_>) -> Bound {
        let span = self.span(&node);
        if node.as_rule() == Rule::how_much_either {
            let (mut of, mut greater) = (Vec::new(), false);
            for child in node.into_inner() {
                match child.as_rule() {
                    Rule::which_greater => greater = true,
                    Rule::which_less => {}
                    _ => of.push(self.bound(child)),
                }
            }
            return Bound::Whichever { of, greater, span };
        }
        let Some(node) = node.into_inner().next() else {
            return Bound::Span(Vec::new(), span);
        };
        match node.as_rule() {
            Rule::unpublished_bound => {
                Bound::Unpublished(self.names(node).pop().unwrap_or_else(|| no_name(span)), span)
            }
            Rule::share_of => Bound::Share(Box::new(self.share_of(node))),
            Rule::measured_bound => {
                let mut lengths = Vec::new();
                let (mut number, mut distinct) = (None, None);
                for child in node.into_inner() {
                    match child.as_rule() {
                        Rule::number => number = Some(self.bare_number(&child)),
                        Rule::name => distinct = Some(self.name(&child)),
                        _ => lengths.push(self.quantity(child)),
                    }
                }
                match number.zip(distinct) {
                    Some((number, of)) => Bound::Distinct(number, of),
                    None => Bound::Span(lengths, span),
                }
            }
            _ => Bound::Amount(Box::new(self.amount(node))),
        }
    }

    fn share_of(&mut self, node: Node<'_>) -> ShareOf {
        let span = self.span(&node);
        let mut share = Share::Named(no_name(span));
        let mut base = Err(no_name(span));
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::number => share = Share::Number(self.bare_number(&child)),
                Rule::name => share = Share::Named(self.name(&child)),
                Rule::base => base = Ok(self.share_base(child)),
                _ => base = Err(self.names(child).pop().unwrap_or_else(|| no_name(span))),
            }
        }
        ShareOf { share, base, span }
    }

    fn share_base(&mut self, node: Node<'_>) -> ShareBase {
        let span = self.span(&node);
        let mut base = ShareBase {
            figure: FigureWord::Counted,
            measure: no_name(span),
            of: None,
            excluding: None,
            span,
        };
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::base_figure => {
                    base.figure = match child.as_str() {
                        "planned " => FigureWord::Planned,
                        "required " => FigureWord::Required,
                        _ => FigureWord::Counted,
                    }
                }
                Rule::base_measure => base.measure = self.name(&child),
                Rule::name => base.of = Some(self.name(&child)),
                _ => {
                    let mut selection = self.selection(child);
                    // What is left out is each of them.
                    if let SelectionKind::All(parts) = selection.kind {
                        selection.kind = SelectionKind::Each(parts);
                    }
                    base.excluding = Some(selection);
                }
            }
        }
        base
    }

    fn average(&mut self, node: Node<'_>) -> Average {
        let span = self.span(&node);
        let mut average = Average {
            of: FactRef { of: crate::syntax::tree::FactOwner::Plain, name: no_name(span), span },
            least: Value { span, kind: ValueKind::None },
            over: None,
            span,
        };
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::fact => average.of = self.fact(child),
                Rule::value => average.least = self.value(child),
                Rule::average_over => {
                    average.over = self.inner_selection(child).map(|(selection, _)| selection)
                }
                _ => {}
            }
        }
        average
    }

    /// The selection of a part, and whether it says `each of`.
    fn inner_selection(&mut self, node: Node<'_>) -> Option<(Selection, bool)> {
        let (mut each, mut selection) = (false, None);
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::each_of => each = true,
                _ => selection = Some(self.selection(child)),
            }
        }
        Some((selection?, each))
    }

    fn line_part(&mut self, node: Node<'_>) -> Option<LinePart> {
        let span = self.span(&node);
        Some(match node.as_rule() {
            Rule::converted => LinePart::Converted(span),
            Rule::earned_here => LinePart::EarnedHere(span),
            Rule::in_principle => LinePart::InPrinciple(span),
            Rule::line_from => self.inner_selection(node).map(|(of, each)| LinePart::From(of, each))?,
            Rule::line_to => self.inner_selection(node).map(|(of, each)| LinePart::To(of, each))?,
            Rule::line_where => LinePart::Where(self.test(node.into_inner().next()?)),
            Rule::line_when => LinePart::When(self.test(node.into_inner().next()?)),
            Rule::line_among => {
                let mut parts = node.into_inner();
                let amount = self.quantity(parts.next()?);
                LinePart::Among(amount, self.fact(parts.next()?), span)
            }
            Rule::line_per => {
                let (keys, by) = self.per(node);
                LinePart::Per { keys, by, span }
            }
            Rule::line_surplus => LinePart::Surplus(self.surplus(node.into_inner().next()?)),
            _ => LinePart::Cite(self.citations(node), span),
        })
    }

    fn per(&mut self, node: Node<'_>) -> (Vec<FactRef>, Option<FactRef>) {
        let (mut keys, mut by) = (Vec::new(), None);
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::fact => keys.push(self.fact(child)),
                _ => by = child.into_inner().next().map(|fact| self.fact(fact)),
            }
        }
        (keys, by)
    }

    /// `surplus lost`, `surplus to X`, `surplus kept`.
    fn surplus(&mut self, node: Node<'_>) -> SurplusWord {
        let span = self.span(&node);
        let mut word = SurplusWord::Lost(span);
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::surplus_kept => word = SurplusWord::Kept(span),
                Rule::name => word = SurplusWord::To(self.name(&child), span),
                _ => {}
            }
        }
        word
    }

    /// The lines of programmes and blocks that are no limits.
    pub(super) fn block_slot(&mut self, node: Node<'_>) -> Operand {
        let span = self.span(&node);
        match node.as_rule() {
            Rule::takes => match node.into_inner().next() {
                Some(selection) => Operand::Takes(Box::new(self.selection(selection))),
                None => Operand::CombineSum,
            },
            Rule::limit => Operand::Limit(Box::new(self.limit_line(node))),
            Rule::require => Operand::Require(Box::new(self.limit_line(node))),
            Rule::share => {
                let mut share = ShareLine { up_to: None, with: Vec::new(), span };
                for child in node.into_inner() {
                    match child.as_rule() {
                        Rule::quantity => share.up_to = Some(self.quantity(child)),
                        Rule::name => share.with.push(self.name(&child)),
                        _ => {}
                    }
                }
                Operand::Share(Box::new(share))
            }
            Rule::not_both => Operand::NotBoth(self.names(node).into()),
            Rule::combine_highest => {
                let (mut facts, _) = self.per(node);
                let per = facts.split_off(1.min(facts.len()));
                match facts.pop() {
                    Some(by) => Operand::CombineHighest(Box::new(CombineHighest { by, per, span })),
                    None => Operand::CombineSum,
                }
            }
            Rule::surplus => match node.into_inner().next() {
                Some(of) => Operand::Surplus(Box::new(self.surplus(of))),
                None => Operand::CombineSum,
            },
            Rule::period => Operand::Period(Box::new(self.period(node))),
            _ => Operand::CombineSum,
        }
    }

    fn period(&mut self, node: Node<'_>) -> Period {
        let span = self.span(&node);
        let mut period =
            Period { name: no_name(span), aliases: Vec::new(), titles: Vec::new(), starts: Vec::new(), span };
        let mut names: Vec<Name> = Vec::new();
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::name => names.push(self.name(&child)),
                Rule::title => period.titles.push(self.title(child)),
                _ => {
                    let at = self.span(&child);
                    let day = self.month_day(&child);
                    period.starts.extend(day.map(|(month, day)| (month, day, at)));
                }
            }
        }
        let mut names = names.into_iter();
        period.name = names.next().unwrap_or_else(|| no_name(span));
        period.aliases = names.collect();
        period
    }

    /// `count us-quarter in us-semester, round down to 0.1 each`.
    pub(super) fn counted_in(&mut self, node: Node<'_>) -> Option<CountIn> {
        let span = self.span(&node);
        let (mut unit, mut conversion, mut rounding, mut each) = (None, None::<Conversion>, None, false);
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::name => unit = Some(self.name(&child)),
                Rule::conversion => conversion = Some(self.conversion(child)),
                Rule::rounding => rounding = Some(self.rounding(child)),
                _ => each = true,
            }
        }
        Some(CountIn { unit: unit?, conversion: conversion?, rounding, each, span })
    }
}

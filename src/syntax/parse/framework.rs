//! Frameworks, standards, comparisons: their headers and the slots that only they have.

use accredit_grammar::Rule;

use super::line::{Line, Node};
use crate::quantity::Ratio;
use crate::source::Span;
use crate::syntax::tree::{
    Bracket, Comparison, ComparisonExample, ComparisonStatusWord, Counterpart, Descriptors, LevelNumbers,
    Levels, Name, Number, Operand, RankedList, StatementHeader, Table, Test, TestKind, TitleExample,
    TitleNeed, TitleSlot, Track, Value, ValueKind,
};

impl Line<'_> {
    /// The levels of a framework.
    pub(super) fn levels(&mut self, node: Node<'_>) -> Levels {
        let span = self.span(&node);
        let Some(first) = node.clone().into_inner().next() else { return Levels::Unpublished(span) };
        if first.as_rule() == Rule::unpublished {
            return Levels::Unpublished(self.span(&first));
        }
        let numbers = node.clone().into_inner().find(|child| child.as_rule() == Rule::level_numbers);
        let numbers = numbers.map(|numbers| self.level_numbers(numbers));
        match (first.as_rule(), numbers) {
            (Rule::level_numbers, Some(numbers)) => Levels::Numbers(numbers),
            (_, numbers) => {
                let list: RankedList = self.ranked(node, true);
                Levels::Names(list, numbers)
            }
        }
    }

    fn level_numbers(&self, node: Node<'_>) -> LevelNumbers {
        let span = self.span(&node);
        let nothing = || Number { value: Ratio::ONE, percent: false, unit: None, span };
        let mut parts = node.into_inner();
        let low = parts.next().map_or_else(nothing, |number| self.bare_number(&number));
        let high = parts.next().map_or_else(nothing, |number| self.bare_number(&number));
        let step = parts.next().and_then(|step| step.into_inner().next());
        LevelNumbers { low, high, step: step.map(|step| self.quantity(step)) }
    }

    /// Where the descriptors of a framework are.
    pub(super) fn descriptors(&mut self, node: Node<'_>) -> Descriptors {
        let mut tag = None;
        for child in node.into_inner() {
            let span = self.span(&child);
            match child.as_rule() {
                Rule::tag => tag = Some(self.name(&child)),
                Rule::unpublished => return Descriptors::Unpublished(span),
                Rule::rows => {
                    return Descriptors::Table(tag, Table { span, rows: std::mem::take(&mut self.rows) });
                }
                _ => return Descriptors::Elsewhere(self.names(child).pop(), span),
            }
        }
        Descriptors::Unpublished(Span::default())
    }

    /// What follows the name of a statement.
    pub(super) fn statement_header(&self, node: Node<'_>) -> Option<StatementHeader> {
        let mut header: Option<StatementHeader> = None;
        for child in node.into_inner() {
            let span = self.span(&child);
            match child.as_rule() {
                Rule::of_dimension => header = self.of_dimension(child),
                Rule::weight => {
                    let weight = child.into_inner().next().map(|weight| self.quantity(weight));
                    if let Some(header) = &mut header {
                        header.weight = weight;
                    }
                }
                Rule::statement_elsewhere => {
                    let document = self.names(child).pop();
                    if let Some(header) = &mut header {
                        header.elsewhere = Some((document, span));
                    }
                }
                _ => {}
            }
        }
        header
    }

    fn of_dimension(&self, node: Node<'_>) -> Option<StatementHeader> {
        let mut parts = node.into_inner();
        let dimension = parts.next().map(|name| self.name(&name))?;
        let level_word = parts.next().map(|name| self.name(&name))?;
        let level = parts.next().map(|level| self.level_value(&level))?;
        Some(StatementHeader { dimension, level_word, level, weight: None, elsewhere: None })
    }

    /// A level as a number or a name.
    fn level_value(&self, node: &Node<'_>) -> Value {
        let span = self.span(node);
        let kind = match node.as_rule() {
            Rule::number => ValueKind::Number(self.bare_number(node)),
            _ => ValueKind::Name(self.name(node)),
        };
        Value { span, kind }
    }

    /// `tracks a "…", b "…"`.
    pub(super) fn tracks(&self, node: Node<'_>) -> Operand {
        let track = |node: Node<'_>| {
            let span = self.span(&node);
            let mut track = Track { name: no_name(span), titles: Vec::new() };
            for child in node.into_inner() {
                match child.as_rule() {
                    Rule::name => track.name = self.name(&child),
                    _ => track.titles.push(self.title(child)),
                }
            }
            track
        };
        Operand::Tracks(node.into_inner().map(track).collect())
    }

    /// `title "…" requires …`.
    pub(super) fn title_slot(&mut self, node: Node<'_>) -> Operand {
        let span = self.span(&node);
        let cite = self.citations(node.clone());
        let mut slot = TitleSlot { span, title: no_text(span), needs: Vec::new(), cite };
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::text => slot.title = self.text(&child),
                Rule::title_needs => {
                    for need in child.into_inner() {
                        slot.needs.extend(self.title_need(need));
                    }
                }
                _ => {}
            }
        }
        Operand::Title(Box::new(slot))
    }

    fn title_need(&mut self, node: Node<'_>) -> Option<TitleNeed> {
        let inner = node.into_inner().next()?;
        let span = self.span(&inner);
        if inner.as_rule() == Rule::title_level {
            let mut parts = inner.into_inner();
            let (fact, level) = (self.fact(parts.next()?), parts.next()?);
            let value = self.level_value(&level);
            let kind = TestKind::Compare { fact, comparison: Comparison::Is, value, unclear_bound: false };
            return Some(TitleNeed::Level(Test { span, kind }));
        }
        if inner.as_rule() != Rule::title_credits {
            return Some(TitleNeed::Level(self.compared(inner)));
        }
        let at_most = inner.as_str().starts_with("<=");
        let amount = inner.into_inner().next().map(|quantity| self.quantity(quantity))?;
        Some(TitleNeed::Credits { amount, at_most, span })
    }

    /// `example "Diploma", level 3, 60 credits -> allowed`.
    pub(super) fn title_example(&mut self, node: Node<'_>) -> Operand {
        let span = self.span(&node);
        let mut example =
            TitleExample { span, title: no_text(span), level: None, credits: None, allowed: false };
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::text => example.title = self.text(&child),
                Rule::title_fact => {
                    let mut parts = child.into_inner();
                    let first = parts.next();
                    match (first, parts.next()) {
                        (Some(first), None) => example.credits = Some(self.quantity(first)),
                        (_, Some(level)) => example.level = Some(self.level_value(&level)),
                        _ => {}
                    }
                }
                Rule::title_verdict => example.allowed = child.as_str() == "allowed ",
                _ => {}
            }
        }
        Operand::TitleExample(Box::new(example))
    }

    /// `status comparison only`.
    pub(super) fn comparison_status(&self, node: Node<'_>) -> Operand {
        let span = self.span(&node);
        let word = node.as_str().trim_start_matches("status ").trim_end();
        let word = match word {
            "endorsed" => ComparisonStatusWord::Endorsed,
            "comparison only" => ComparisonStatusWord::ComparisonOnly,
            "proposed" => ComparisonStatusWord::Proposed,
            "not endorsed" => ComparisonStatusWord::NotEndorsed,
            "under review" => ComparisonStatusWord::UnderReview,
            _ => ComparisonStatusWord::Unverified,
        };
        Operand::ComparisonStatus(word, span)
    }

    /// `example 9 -> 6`.
    pub(super) fn comparison_example(&mut self, node: Node<'_>) -> Operand {
        let span = self.span(&node);
        let mut level = Value { span, kind: ValueKind::None };
        let mut counterparts = Vec::new();
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::value => level = self.value(child),
                Rule::counterpart => counterparts.extend(child.into_inner().next().map(|inner| {
                    let at = self.span(&inner);
                    match (inner.as_rule(), inner.as_str()) {
                        (Rule::value, _) => Counterpart::Level(self.value(inner)),
                        (_, "none ") => Counterpart::None(at),
                        _ => Counterpart::NotStated(at),
                    }
                })),
                _ => {}
            }
        }
        Operand::ComparisonExample(Box::new(ComparisonExample { span, level, counterparts }))
    }
}

fn no_text(span: Span) -> crate::syntax::tree::Text {
    crate::syntax::tree::Text { text: Box::default(), span }
}

fn no_name(span: Span) -> Name {
    Name { text: Box::default(), bracket: Bracket::Bare, span }
}

//! Quantities, facts and values.

use accredit_grammar::Rule;

use super::line::{Line, Node};
use crate::syntax::tree::{
    FactOwner, FactRef, HoursSort, Name, Number, RangeEnd, UnitRef, UnitWord, Value, ValueKind,
};

impl Line<'_> {
    /// A number without a unit.
    pub(super) fn bare_number(&self, node: &Node<'_>) -> Number {
        let (value, percent) = self.number(node);
        Number { value, percent, unit: None, span: self.span(node) }
    }

    /// A number with its unit.
    pub(super) fn quantity(&self, node: Node<'_>) -> Number {
        let span = self.span(&node);
        let (mut value, mut percent, mut unit) = (crate::quantity::Ratio::ONE, false, None);
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::number => (value, percent) = self.number(&child),
                _ => unit = Some(self.unit(child)),
            }
        }
        Number { value, percent, unit, span }
    }

    pub(super) fn unit(&self, node: Node<'_>) -> UnitRef {
        let span = self.span(&node);
        let word = match node.as_str() {
            "credit " => UnitWord::Credit,
            "hour " => UnitWord::Hour,
            "point " => UnitWord::Point,
            "year " => UnitWord::Year,
            "month " => UnitWord::Month,
            "week " => UnitWord::Week,
            "day " => UnitWord::Day,
            "course " => UnitWord::Course,
            "item " => UnitWord::Item,
            "rank " => UnitWord::Rank,
            "time " => UnitWord::Times,
            "source " => UnitWord::Source,
            _ => match node.into_inner().next() {
                Some(inner) if inner.as_rule() == Rule::hours_sort => {
                    return UnitRef::Hours(hours_sort(&inner), span);
                }
                Some(inner) => return UnitRef::Named(Box::new(self.name(&inner))),
                None => UnitWord::Item,
            },
        };
        UnitRef::Word(word, span)
    }

    /// `grade`, `target credits`, `source`.
    pub(super) fn fact(&self, node: Node<'_>) -> FactRef {
        let span = self.span(&node);
        let (mut of, mut name) = (FactOwner::Plain, None);
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::owner => {
                    of = owner(child.as_str());
                    // `source` alone is a name of its own: which achievement it is.
                    name.get_or_insert(self.name(&child));
                }
                _ => name = Some(self.name(&child)),
            }
        }
        let name =
            name.unwrap_or(Name { text: Box::default(), bracket: crate::syntax::tree::Bracket::Bare, span });
        FactRef { of, name, span }
    }

    /// A value.
    pub(super) fn value(&mut self, node: Node<'_>) -> Value {
        let span = self.span(&node);
        let mut children = node.into_inner().peekable();
        let low = self.plain(&mut children);
        match children.next() {
            Some(tail) => self.range(low, tail),
            None => Value { span, kind: low.kind },
        }
    }

    /// A value that is no range, from the next children.
    pub(super) fn plain<'i>(
        &mut self,
        children: &mut std::iter::Peekable<impl Iterator<Item = Node<'i>>>,
    ) -> Value {
        let mut parts: Vec<Number> = Vec::new();
        while let Some(part) = children.next_if(|child| child.as_rule() == Rule::quantity) {
            parts.push(self.quantity(part));
        }
        if let Some(first) = parts.first() {
            let span = parts.iter().map(|part| part.span).fold(first.span, crate::source::Span::join);
            let kind = match <[Number; 1]>::try_from(parts) {
                Ok([number]) => ValueKind::Number(number),
                Err(parts) => ValueKind::Length(parts),
            };
            return Value { span, kind };
        }
        let Some(node) = children.next() else {
            return Value { span: crate::source::Span::default(), kind: ValueKind::None };
        };
        let span = self.span(&node);
        let kind = match node.as_rule() {
            Rule::date => ValueKind::Date(self.date(&node)),
            Rule::text => ValueKind::Text(self.text(&node)),
            Rule::name => ValueKind::Name(self.name(&node)),
            Rule::owned => ValueKind::Fact(self.fact(node)),
            Rule::level => self.level(node),
            _ => match node.as_str() {
                "yes " => ValueKind::Yes,
                "no " => ValueKind::No,
                "unknown " => ValueKind::Unknown,
                "unpublished " => ValueKind::Unpublished,
                _ => ValueKind::None,
            },
        };
        Value { span, kind }
    }

    fn level(&self, node: Node<'_>) -> ValueKind {
        let mut children = node.into_inner();
        match (children.next(), children.next()) {
            (Some(name), Some(number)) => {
                ValueKind::Level(Box::new(self.name(&name)), Box::new(self.bare_number(&number)))
            }
            _ => ValueKind::None,
        }
    }

    /// The range that begins with `low`, given the node of the rest.
    pub(super) fn range(&mut self, low: Value, tail: Node<'_>) -> Value {
        let span = low.span.join(self.span(&tail));
        let mut children = tail.into_inner().peekable();
        let end = match children.next_if(|child| child.as_rule() == Rule::under) {
            Some(_) => RangeEnd::Excluded,
            None => RangeEnd::Included,
        };
        let high = self.plain(&mut children);
        Value { span, kind: ValueKind::Range(Box::new(low), Box::new(high), end) }
    }
}

/// Contact or notional.
pub(super) fn hours_sort(node: &Node<'_>) -> HoursSort {
    if node.as_str().starts_with("contact") { HoursSort::Contact } else { HoursSort::Notional }
}

fn owner(word: &str) -> FactOwner {
    match word {
        "source " => FactOwner::Source,
        "target " => FactOwner::Target,
        "learner " => FactOwner::Learner,
        "plan " => FactOwner::Plan,
        "each " => FactOwner::Each,
        "total " => FactOwner::Total,
        "lowest " => FactOwner::Lowest,
        "latest " => FactOwner::Latest,
        _ => FactOwner::Plain,
    }
}

//! Selections.

use accredit_grammar::Rule;

use super::line::{Line, Node};
use crate::source::Span;
use crate::syntax::tree::{
    Bracket, Comparison, FactOwner, FactRef, Name, Number, Reach, Selection, SelectionItem, SelectionKind,
    Test, TestKind, Value, ValueKind,
};

impl Line<'_> {
    /// A selection: picks joined by `and`, `or` or commas, then `except`, then `together`.
    pub(super) fn selection(&mut self, node: Node<'_>) -> Selection {
        let span = self.span(&node);
        let whole = node.as_span();
        let mut picks: Vec<Selection> = Vec::new();
        let (mut joint, mut picks_span): (&str, Option<Span>) = ("", None);
        let (mut except, mut is_together, mut bound) = (Vec::new(), false, None);
        let mut end = 0;
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::excluding => except = child.into_inner().map(|pick| self.pick(pick)).collect(),
                Rule::together => is_together = true,
                Rule::binding => bound = self.binding(child),
                _ => {
                    if !picks.is_empty() {
                        let between = whole.as_str().get(end..child.as_span().start() - whole.start());
                        joint = between.unwrap_or_default();
                    }
                    end = child.as_span().end() - whole.start();
                    let pick = self.pick(child);
                    picks_span = Some(picks_span.map_or(pick.span, |span| span.join(pick.span)));
                    picks.push(pick);
                }
            }
        }
        let joined_span = picks_span.unwrap_or(span);
        let mut selection = match <[Selection; 1]>::try_from(picks) {
            Ok([only]) => only,
            Err(picks) => {
                let kind = match joint {
                    "or " => SelectionKind::Any(picks),
                    "and " => SelectionKind::All(picks),
                    _ => SelectionKind::Each(picks),
                };
                Selection { span: joined_span, kind }
            }
        };
        if !except.is_empty() {
            let inner = except.iter().map(|other| other.span).fold(selection.span, Span::join);
            selection = Selection { span: inner, kind: SelectionKind::Except(Box::new(selection), except) };
        }
        if is_together {
            selection = Selection { span, kind: SelectionKind::Together(Box::new(selection)) };
        }
        if let Some((distinct, fact)) = bound {
            let kind = SelectionKind::Bound(Box::new(selection), distinct, Box::new(fact));
            selection = Selection { span, kind };
        }
        selection
    }

    /// By which fact the items of a selection are bound, and whether its values differ.
    pub(super) fn binding(&mut self, node: Node<'_>) -> Option<(bool, Name)> {
        let mut children = node.into_inner();
        let distinct = children.next()?.as_rule() == Rule::binding_distinct;
        Some((distinct, self.name(&children.next()?)))
    }

    fn pick(&mut self, node: Node<'_>) -> Selection {
        let span = self.span(&node);
        let kind = match node.as_rule() {
            Rule::any_of => {
                SelectionKind::Any(node.into_inner().map(|member| self.selection(member)).collect())
            }
            Rule::all_of => {
                SelectionKind::All(node.into_inner().map(|member| self.selection(member)).collect())
            }
            Rule::some_of => self.some_of(node),
            _ => SelectionKind::Item(self.item(node)),
        };
        Selection { span, kind }
    }

    fn some_of(&mut self, node: Node<'_>) -> SelectionKind {
        let mut number =
            Number { value: crate::quantity::Ratio::ONE, percent: false, unit: None, span: self.span(&node) };
        let (mut up_to, mut of) = (false, Vec::new());
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::up_to => up_to = true,
                Rule::quantity => number = self.quantity(child),
                Rule::item | Rule::any_item => of.push(self.pick(child)),
                _ => of.push(self.selection(child)),
            }
        }
        SelectionKind::Count { number: Box::new(number), up_to, of }
    }

    fn item(&mut self, node: Node<'_>) -> SelectionItem {
        let span = self.span(&node);
        let (mut name, mut at, mut reach, mut tests) = (None, None, Reach::Exactly, Vec::new());
        let (any, mut of) = (node.as_rule() == Rule::any_item, None);
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::name if name.is_none() => name = Some(self.name(&child)),
                Rule::family_of => of = self.names(child).pop(),
                Rule::name => at = Some(Box::new(self.name(&child))),
                Rule::reach => {
                    reach = match child.as_str() {
                        "or above " | "or later " => Reach::OrAbove,
                        "or perhaps below " => Reach::UnclearBelow,
                        _ => Reach::OrBelow,
                    }
                }
                _ => tests = joined(self.test(child)),
            }
        }
        let name = name.unwrap_or(Name { text: Box::default(), bracket: Bracket::Bare, span });
        tests.extend(of.map(issued_by));
        SelectionItem { name, any, reach, at, tests: tests.into() }
    }
}

/// `of oucq`, `of parties`, `of here`: who issues the members of a family, as a test of each.
fn issued_by(body: Name) -> Test {
    let span = body.span;
    let name = Name { text: "issuer".into(), bracket: Bracket::Bare, span };
    let fact = FactRef { of: FactOwner::Plain, name, span };
    let spells = |id: &str| {
        let meaning = crate::language::meaning_by_id(id);
        crate::language::Lang::ALL.into_iter().any(|lang| {
            meaning.is_some_and(|meaning| meaning.spellings(lang).any(|spelling| spelling == &*body.text))
        })
    };
    let is_named = !spells("slot.parties") && !spells("fact.here");
    let value = Value { span, kind: ValueKind::Name(body) };
    let kind = if is_named {
        TestKind::Compare { fact, comparison: Comparison::Is, value, unclear_bound: false }
    } else {
        TestKind::OneOf { fact, values: vec![value], negated: false, on: None }
    };
    Test { span, kind }
}

/// The tests of a bracket: what `and` joins is told apart.
fn joined(test: Test) -> Vec<Test> {
    match test.kind {
        TestKind::All(tests) => tests,
        _ => vec![test],
    }
}

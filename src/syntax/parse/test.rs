//! Tests.

use accredit_grammar::Rule;

use super::line::{Line, Node};
use crate::syntax::tree::{
    Comparison, Coverage, FactOwner, FactRef, LevelReading, LevelTest, Likeness, Number, Selection,
    SelectionKind, Side, Test, TestKind, Value, ValueKind,
};

/// How a comparison goes on after its value.
struct Reached {
    comparison: Comparison,
    unclear: bool,
}

impl Line<'_> {
    /// A test, or several joined by `and` or `or`.
    pub(super) fn test(&mut self, node: Node<'_>) -> Test {
        let span = self.span(&node);
        let whole = node.as_span();
        let mut children = node.into_inner();
        let Some(first) = children.next() else {
            return Test { span, kind: TestKind::All(Vec::new()) };
        };
        let first_end = first.as_span().end() - whole.start();
        let is_any = whole.as_str().get(first_end..).is_some_and(|rest| rest.starts_with("or "));
        let first = self.one_test(first);
        let mut tests = vec![first];
        for child in children {
            tests.push(self.one_test(child));
        }
        match <[Test; 1]>::try_from(tests) {
            Ok([only]) => only,
            Err(tests) if is_any => Test { span, kind: TestKind::Any(tests) },
            Err(tests) => Test { span, kind: TestKind::All(tests) },
        }
    }

    fn one_test(&mut self, node: Node<'_>) -> Test {
        let span = self.span(&node);
        let kind = match node.as_rule() {
            Rule::any_tests => TestKind::Any(self.tests(node)),
            Rule::all_tests => TestKind::All(self.tests(node)),
            Rule::covering => self.covering(node),
            Rule::lasting => self.lasting(node),
            Rule::registering => {
                let nothing = Selection { span, kind: SelectionKind::All(Vec::new()) };
                let selection = node.into_inner().next().map_or(nothing, |of| self.selection(of));
                TestKind::Registered { selection }
            }
            Rule::holding => self.holding(node),
            Rule::negated => match node.into_inner().next() {
                Some(fact) => TestKind::Bare { fact: self.fact(fact), negated: true },
                None => TestKind::All(Vec::new()),
            },
            Rule::valid_on => match node.into_inner().next() {
                Some(fact) => TestKind::ValidOn(self.fact(fact)),
                None => TestKind::All(Vec::new()),
            },
            Rule::span_alone => match node.into_inner().next() {
                Some(within) => self.within(None, within),
                None => TestKind::All(Vec::new()),
            },
            _ => return self.compared(node),
        };
        Test { span, kind }
    }

    fn tests(&mut self, node: Node<'_>) -> Vec<Test> {
        node.into_inner().map(|child| self.test(child)).collect()
    }

    fn holding(&mut self, node: Node<'_>) -> TestKind {
        let mut negated = false;
        let mut selection = Selection { span: self.span(&node), kind: SelectionKind::All(Vec::new()) };
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::holds_no => negated = true,
                _ => selection = self.selection(child),
            }
        }
        TestKind::Holds { selection, negated }
    }

    pub(super) fn compared(&mut self, node: Node<'_>) -> Test {
        let span = self.span(&node);
        let mut children = node.into_inner();
        let Some(fact) = children.next().map(|fact| self.fact(fact)) else {
            return Test { span, kind: TestKind::All(Vec::new()) };
        };
        let kind = match children.next() {
            None => TestKind::Bare { fact, negated: false },
            Some(rest) => match rest.as_rule() {
                Rule::one_of => self.one_of(fact, rest),
                Rule::differing => self.differing(fact, rest),
                Rule::similar => {
                    let judged = rest.into_inner().next().map(|judged| self.judged(judged));
                    let judge = judged.map(|judged| judged.by);
                    if let Some(judge) = &judge {
                        self.likenesses.push(Likeness { fact: fact.name.clone(), judge: judge.clone() });
                    }
                    TestKind::Similar { fact, judge }
                }
                Rule::span => self.within(Some(fact), rest),
                Rule::between => {
                    let mut parts = rest.into_inner().peekable();
                    let low = self.plain(&mut parts);
                    match parts.next() {
                        Some(tail) => TestKind::Between { fact, range: self.range(low, tail) },
                        None => TestKind::Bare { fact, negated: false },
                    }
                }
                _ => self.comparison(fact, rest),
            },
        };
        Test { span, kind }
    }

    fn differing(&mut self, fact: FactRef, node: Node<'_>) -> TestKind {
        let span = self.span(&node);
        let mut most = Number { value: crate::quantity::Ratio::ZERO, percent: false, unit: None, span };
        let mut of = FactRef { of: FactOwner::Target, ..fact.clone() };
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::quantity => most = self.quantity(child),
                _ => {
                    of.span = self.span(&child);
                    if let Some(name) = child.into_inner().next() {
                        of.name = self.name(&name);
                    }
                }
            }
        }
        TestKind::Differ { fact, most: Box::new(most), of: Box::new(of) }
    }

    fn one_of(&mut self, fact: FactRef, node: Node<'_>) -> TestKind {
        let (mut values, mut negated, mut on) = (Vec::new(), false, None);
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::one_of_word => negated = child.as_str().contains("not "),
                Rule::value => values.push(self.value(child)),
                _ => on = Some(self.fact(child)),
            }
        }
        TestKind::OneOf { fact, values, negated, on }
    }

    fn comparison(&mut self, fact: FactRef, node: Node<'_>) -> TestKind {
        let mut symbol = "is ";
        let mut value = Value { span: self.span(&node), kind: ValueKind::None };
        let mut reach = None;
        let mut reading: Option<LevelReading> = None;
        for child in node.into_inner() {
            match child.as_rule() {
                // In `is under 60` the second word says it.
                Rule::symbol => symbol = static_symbol(child.as_str()),
                Rule::value => value = self.value(child),
                Rule::in_every_dimension => {
                    reading.get_or_insert_default().every_dimension = Some(self.span(&child));
                }
                Rule::in_dimension | Rule::by_comparison => {
                    let is_dimension = child.as_rule() == Rule::in_dimension;
                    let name = self.names(child).pop();
                    let reading = reading.get_or_insert_default();
                    let place = if is_dimension { &mut reading.dimension } else { &mut reading.by };
                    if place.is_some() {
                        reading.second = name.map(Box::new);
                    } else {
                        *place = name;
                    }
                }
                _ => reach = Some(reached(child.as_str())),
            }
        }
        let is_date_test = matches!(symbol, "before " | "after ");
        if let (true, ValueKind::Name(name)) = (is_date_test, &value.kind) {
            // `completed before applied` names another date.
            value.kind =
                ValueKind::Fact(FactRef { of: FactOwner::Plain, name: name.clone(), span: name.span });
        }
        let (mut comparison, mut unclear_bound) = compares(symbol);
        if let Some(reached) = reach {
            // `is not 60 or above` is under 60.
            comparison = match (comparison, reached.comparison) {
                (Comparison::IsNot, Comparison::AtLeast) => Comparison::Under,
                (Comparison::IsNot, Comparison::AtMost) => Comparison::Over,
                (_, reached) => reached,
            };
            unclear_bound |= reached.unclear;
        }
        match value.kind {
            ValueKind::Range(..) if comparison == Comparison::Is => TestKind::Between { fact, range: value },
            _ => match reading {
                Some(reading) => TestKind::Level(Box::new(LevelTest { fact, comparison, value, reading })),
                None => TestKind::Compare { fact, comparison, value, unclear_bound },
            },
        }
    }

    fn covering(&mut self, node: Node<'_>) -> TestKind {
        let span = self.span(&node);
        let share = crate::syntax::tree::Number {
            value: crate::quantity::Ratio::ONE,
            percent: false,
            unit: None,
            span,
        };
        let mut coverage = Coverage { share, dimension: None, by_weight: false, only: None };
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::quantity => coverage.share = self.quantity(child),
                Rule::in_dimension => coverage.dimension = self.names(child).pop(),
                Rule::by_weight => coverage.by_weight = true,
                _ => coverage.only = child.into_inner().next().map(|test| self.one_test(test)),
            }
        }
        TestKind::Covers(Box::new(coverage))
    }

    fn within(&mut self, fact: Option<FactRef>, node: Node<'_>) -> TestKind {
        let (mut length, mut side, mut of) = (Vec::new(), Side::Before, None);
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::quantity => length.push(self.quantity(child)),
                Rule::side if child.as_str() == "after " => side = Side::After,
                Rule::side => {}
                _ => of = Some(self.fact(child)),
            }
        }
        TestKind::Within { fact, length, side, of }
    }

    /// `>= 425`, `before 2015-09-01`, in a cell.
    pub(super) fn cell_bound(&mut self, node: Node<'_>) -> (Comparison, Value) {
        let mut comparison = Comparison::Is;
        let mut children = node.into_inner().peekable();
        if let Some(symbol) = children.next_if(|child| child.as_rule() == Rule::cell_symbol) {
            comparison = compares(symbol.as_str()).0;
        }
        (comparison, self.plain(&mut children))
    }
}

fn static_symbol(text: &str) -> &'static str {
    const SYMBOLS: [&str; 9] =
        [">= ", "<= ", "> ", "< ", "is not ", "is ", "before ", "after ", "perhaps under "];
    SYMBOLS.into_iter().find(|symbol| *symbol == text).unwrap_or("is ")
}

fn compares(symbol: &str) -> (Comparison, bool) {
    match symbol {
        ">= " => (Comparison::AtLeast, false),
        "<= " => (Comparison::AtMost, false),
        "> " | "after " => (Comparison::Over, false),
        "< " | "before " => (Comparison::Under, false),
        "perhaps under " => (Comparison::Under, true),
        "is not " => (Comparison::IsNot, false),
        _ => (Comparison::Is, false),
    }
}

/// `or above` and its kin, of a value in a cell.
pub(super) fn reach_of(node: &Node<'_>) -> Comparison {
    reached(node.as_str()).comparison
}

fn reached(word: &str) -> Reached {
    let comparison = match word {
        "or above " | "or later " => Comparison::AtLeast,
        _ => Comparison::AtMost,
    };
    Reached { comparison, unclear: word == "or perhaps below " }
}

//! The lines of a test.

use accredit_grammar::Rule;

use super::line::{Line, Node};
use super::slot::no_name;
use crate::quantity::Ratio;
use crate::syntax::tree::{
    ExpectedTotal, FactRef, Number, Operand, TestExpect, TestGrant, TestJudged, TestPlan, TestWaiver, Value,
    ValueKind,
};

impl Line<'_> {
    /// A line of a test.
    pub(super) fn test_slot(&mut self, node: Node<'_>) -> Operand {
        let span = self.span(&node);
        match node.as_rule() {
            Rule::on_day => match node.into_inner().next() {
                Some(day) => Operand::On(self.date(&day)),
                None => Operand::TestAsks(Vec::new()),
            },
            Rule::test_learner => Operand::TestLearner(self.all_stated(node)),
            Rule::test_plan => {
                let programme = node.clone().into_inner().find(|child| child.as_rule() == Rule::name);
                let programme = programme.map(|name| self.name(&name));
                Operand::TestPlan(Box::new(TestPlan { programme, facts: self.all_stated(node) }))
            }
            Rule::test_holds => {
                Operand::TestHolds(node.into_inner().map(|child| self.held_thing(child)).collect())
            }
            Rule::test_judged => Operand::TestJudged(Box::new(self.test_judged(node))),
            Rule::test_granted => Operand::TestGranted(Box::new(self.test_granted(node))),
            Rule::test_waived => {
                let mut names = self.names(node.clone()).into_iter();
                let requirement = names.next().unwrap_or_else(|| no_name(span));
                let by = names.next().unwrap_or_else(|| no_name(span));
                let (mut amount, mut because) = (None, None);
                for child in node.into_inner() {
                    match child.as_rule() {
                        Rule::quantity => amount = Some(self.quantity(child)),
                        Rule::because => because = child.into_inner().next().map(|text| self.text(&text)),
                        _ => {}
                    }
                }
                Operand::TestWaived(Box::new(TestWaiver { requirement, amount, by, because, span }))
            }
            Rule::test_asks => Operand::TestAsks(self.names(node)),
            _ => Operand::TestExpect(Box::new(self.test_expect(node))),
        }
    }

    fn all_stated(&mut self, node: Node<'_>) -> Vec<(FactRef, Value)> {
        let stated = node.into_inner().filter(|child| child.as_rule() == Rule::stated);
        stated.filter_map(|stated| self.circumstance(stated)).collect()
    }

    fn test_judged(&mut self, node: Node<'_>) -> TestJudged {
        let span = self.span(&node);
        let mut judged = TestJudged {
            fact: no_name(span),
            of: None,
            to: None,
            value: Value { span, kind: ValueKind::None },
            by: no_name(span),
            on: None,
            span,
        };
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::fact_name => judged.fact = self.name(&child),
                Rule::judged_of => judged.of = self.names(child).pop(),
                Rule::judged_to => judged.to = self.names(child).pop(),
                Rule::value => judged.value = self.value(child),
                Rule::name => judged.by = self.name(&child),
                Rule::day => judged.on = Some(self.date(&child)),
                _ => {}
            }
        }
        judged
    }

    fn test_granted(&mut self, node: Node<'_>) -> TestGrant {
        let span = self.span(&node);
        let nothing = Number { value: Ratio::ZERO, percent: false, unit: None, span };
        let mut grant = TestGrant {
            target: no_name(span),
            amount: nothing,
            rule: None,
            from: Vec::new(),
            on: None,
            span,
        };
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::granted_target => {
                    grant.target = self.names(child).pop().unwrap_or_else(|| no_name(span));
                }
                Rule::quantity => grant.amount = self.quantity(child),
                Rule::granted_rule => grant.rule = self.names(child).pop(),
                Rule::granted_from => {
                    grant.from = child.into_inner().map(|held| self.held_thing(held)).collect();
                }
                _ => grant.on = child.into_inner().next().map(|day| self.date(&day)),
            }
        }
        grant
    }

    fn test_expect(&mut self, node: Node<'_>) -> TestExpect {
        let span = self.span(&node);
        let mut results = Vec::new();
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::expect_fulfilled => return TestExpect::Fulfilled(span),
                Rule::expect_cut => {
                    let by = self.names(child.clone()).pop();
                    if let Some(amount) = child.into_inner().next() {
                        return TestExpect::Cut(self.quantity(amount), by, span);
                    }
                }
                Rule::expect_short => {
                    let mut of = None;
                    for inner in child.into_inner() {
                        let at = self.span(&inner);
                        match (inner.as_rule(), of.take()) {
                            (Rule::expect_total, _) => of = Some(ExpectedTotal::Total(at)),
                            (Rule::name, _) => of = Some(ExpectedTotal::Named(self.name(&inner))),
                            (_, Some(of)) => return TestExpect::Short(of, self.quantity(inner), span),
                            _ => {}
                        }
                    }
                }
                _ => self.expected(child, &mut results),
            }
        }
        TestExpect::Results(results)
    }
}

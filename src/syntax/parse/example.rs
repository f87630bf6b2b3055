//! Examples.

use accredit_grammar::Rule;

use super::line::{Line, Node};
use crate::syntax::tree::{
    Attribute, Example, ExampleAchievement, Expected, ExpectedKind, FactOwner, FactRef, Give, MarkRule, Name,
    ReasonWord, Sharing, Value, ValueKind,
};

/// The dates that belong to the request and never to an achievement.
const REQUEST_DATES: [&str; 4] = ["applied", "decided", "enrolled", "admitted"];

impl Line<'_> {
    /// An example.
    pub(super) fn example(&mut self, node: Node<'_>) -> Example {
        let span = self.span(&node);
        let mut example =
            Example { span, achievements: Vec::new(), circumstances: Vec::new(), expected: Vec::new() };
        let mut facts: Vec<(FactRef, Value)> = Vec::new();
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::held_thing => {
                    let achievement = self.held_thing(child);
                    example.achievements.push(achievement);
                }
                Rule::circumstance => facts.extend(self.circumstance(child)),
                _ => self.expected(child, &mut example.expected),
            }
        }
        // Facts that stand alone belong to the one achievement that need not be named.
        let is_own =
            |fact: &FactRef| fact.of == FactOwner::Plain && !REQUEST_DATES.contains(&&*fact.name.text);
        if example.achievements.is_empty() && facts.iter().any(|(fact, _)| is_own(fact)) {
            let (own, others): (Vec<_>, Vec<_>) = facts.into_iter().partition(|(fact, _)| is_own(fact));
            let places = own.iter().map(|(fact, value)| fact.span.join(value.span));
            let span = Self::joined(places, span);
            example.achievements.push(ExampleAchievement { count: None, of: None, facts: own, span });
            facts = others;
        }
        example.circumstances = facts;
        example
    }

    pub(super) fn held_thing(&mut self, node: Node<'_>) -> ExampleAchievement {
        let span = self.span(&node);
        let mut thing = ExampleAchievement { count: None, of: None, facts: Vec::new(), span };
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::number => thing.count = Some(self.bare_number(&child)),
                Rule::name => thing.of = Some(self.name(&child)),
                _ => thing.facts.extend(self.circumstance(child)),
            }
        }
        thing
    }

    pub(super) fn circumstance(&mut self, node: Node<'_>) -> Option<(FactRef, Value)> {
        let mut children = node.into_inner();
        let fact = children.next().map(|fact| self.fact(fact))?;
        let value = children.next().map(|value| self.value(value));
        let value = value.unwrap_or(Value { span: fact.span, kind: ValueKind::Yes });
        Some((fact, value))
    }

    pub(super) fn expected(&mut self, node: Node<'_>, expected: &mut Vec<Expected>) {
        let span = self.span(&node);
        let mut targets: Vec<Name> = Vec::new();
        let (mut kind, mut carries) = (ExpectedKind::Converts, Vec::new());
        let mut sharing = None;
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::name => targets.push(self.name(&child)),
                Rule::deposit => {
                    if let Some(quantity) = child.into_inner().next() {
                        kind = ExpectedKind::Deposit(self.quantity(quantity));
                    }
                }
                Rule::granted => (kind, sharing) = self.granted(child, &mut carries),
                Rule::expected_effect => kind = self.expected_effect(child, &mut carries),
                _ => kind = self.verdict(child),
            }
        }
        let mut targets = targets.into_iter();
        let target = targets.next();
        expected.push(Expected { span, target, also: targets.collect(), sharing, kind, carries });
    }

    fn granted(&mut self, node: Node<'_>, carries: &mut Vec<Attribute>) -> (ExpectedKind, Option<Sharing>) {
        let (mut amount, mut mark, mut sharing) = (None, None, None);
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::quantity => amount = Some(self.quantity(child)),
                Rule::sharing if child.as_str() == "each " => sharing = Some(Sharing::Each),
                Rule::sharing => sharing = Some(Sharing::InTotal),
                Rule::expected_mark => mark = self.expected_mark(child),
                _ => carries.push(self.attribute(child)),
            }
        }
        match amount {
            Some(amount) => (ExpectedKind::Grant { amount, mark }, sharing),
            None => (ExpectedKind::Converts, sharing),
        }
    }

    fn expected_effect(&mut self, node: Node<'_>, carries: &mut Vec<Attribute>) -> ExpectedKind {
        let (mut give, mut mark) = (None, None);
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::expected_mark => mark = self.expected_mark(child),
                Rule::at_level_of
                | Rule::as_fact_of
                | Rule::not_for_use
                | Rule::only_for_use
                | Rule::give_part_of => carries.push(self.attribute(child)),
                _ => give = Some(Give { span: self.span(&child), kind: self.effect(child), own: None }),
            }
        }
        give.map_or(ExpectedKind::Nothing, |give| ExpectedKind::Effect(give, mark))
    }

    fn expected_mark(&mut self, node: Node<'_>) -> Option<MarkRule> {
        node.into_inner().next().map(|marking| self.marking(marking))
    }

    fn verdict(&mut self, node: Node<'_>) -> ExpectedKind {
        let Some(verdict) = node.into_inner().next() else { return ExpectedKind::Nothing };
        let rule = verdict.as_rule();
        let inner = verdict.into_inner().next();
        match rule {
            Rule::refused => ExpectedKind::Refused(inner.and_then(|reason| reason_word(reason.as_str()))),
            Rule::conflict => ExpectedKind::Conflict,
            Rule::no_rule => ExpectedKind::NoRule,
            Rule::expected_refer => ExpectedKind::Refer(inner.map(|name| self.name(&name))),
            Rule::expected_unknown => ExpectedKind::Unknown(inner.map(|fact| self.fact(fact))),
            Rule::not_established => ExpectedKind::NotEstablished,
            _ => ExpectedKind::Nothing,
        }
    }
}

fn reason_word(text: &str) -> Option<ReasonWord> {
    Some(match text {
        "condition not met " => ReasonWord::ConditionNotMet,
        "excluded " => ReasonWord::Excluded,
        "not yet " => ReasonWord::NotYet,
        "expired " => ReasonWord::Expired,
        "already used " => ReasonWord::AlreadyUsed,
        "over limit " => ReasonWord::OverLimit,
        "not in force " => ReasonWord::NotInForce,
        _ => return None,
    })
}

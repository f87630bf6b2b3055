//! Slots: each rule of the grammar that reads one, and the operand that comes of it.

use accredit_grammar::Rule;

use super::line::{Line, Node};
use crate::quantity::Ratio;
use crate::source::Span;
use crate::syntax::tree::{
    Attribute, AttributeKind, Bracket, Citation, ClauseLine, CountRule, CountsHow, Given, Name, NameSlot,
    Never, Number, Operand, PlacementRule, ScaleMark, Slot, StatusWord, Text, TextSlot, TotalOver, Value,
    ValueKind,
};

impl Line<'_> {
    /// The slot that a statement is.
    pub(super) fn slot(&mut self, node: Node<'_>) -> Slot {
        let word_span = self.word_span();
        Slot { word_span, operand: self.operand(node) }
    }

    fn operand(&mut self, node: Node<'_>) -> Operand {
        let span = self.span(&node);
        let rule = node.as_rule();
        match rule {
            Rule::name_slot | Rule::replaces => self.name_slot(node),
            Rule::text_slot => {
                let slot = text_slot(node.as_str());
                Operand::Text(slot, self.first_text(node, span))
            }
            Rule::given => Operand::Given(Box::new(self.given(node))),
            Rule::fact_line => Operand::Fact(Box::new(self.fact_line(node))),
            Rule::quantity_line => Operand::Quantity(Box::new(self.quantity_line(node))),
            Rule::low_to_high => Operand::LowToHigh(Box::new(self.ranked(node, true))),
            Rule::in_force => Operand::InForce(Box::new(self.in_force(node))),
            Rule::cite => Operand::Cite(self.citations(node)),
            Rule::parties => self.parties(node),
            Rule::overrides => Operand::Overrides(self.names(node)),
            Rule::with => Operand::With(self.names(node)),
            Rule::at_level | Rule::as_fact | Rule::not_for | Rule::only_for | Rule::of_which => {
                Operand::Attribute(Box::new(self.attribute(node)))
            }
            Rule::never => Operand::Never(Box::new(self.never(node))),
            Rule::example => Operand::Example(Box::new(self.example(node))),
            Rule::scale_mark => Operand::ScaleMark(Box::new(self.scale_mark(node))),
            Rule::credit_hours => Operand::CreditHours(Box::new(self.credit_measure(node))),
            Rule::credit_year => Operand::CreditYear(Box::new(self.credit_measure(node))),
            Rule::conversion_example => Operand::ConversionExample(Box::new(self.conversion_example(node))),
            Rule::linear
            | Rule::formula
            | Rule::by_overlap
            | Rule::below_pass
            | Rule::map_otherwise
            | Rule::map_example
            | Rule::map_rounding
            | Rule::distribution => self.map_slot(node),
            Rule::lapses => self.lapses(node),
            Rule::tracks => self.tracks(node),
            Rule::title_slot => self.title_slot(node),
            Rule::title_example => self.title_example(node),
            Rule::comparison_status => self.comparison_status(node),
            Rule::comparison_example => self.comparison_example(node),
            Rule::open_value => Operand::Open(Box::new(self.fact_line(node))),
            Rule::tighten => Operand::MembersMayTighten,
            Rule::adopting => {
                let only = node.clone().into_inner().any(|child| child.as_rule() == Rule::only_these);
                Operand::Adopting(only, self.names(node).into())
            }
            Rule::clause => {
                let mut clause = ClauseLine { label: no_text(span), text: None, hash: None };
                for (nth, child) in node.into_inner().enumerate() {
                    match child.as_rule() {
                        Rule::text_hash => clause.hash = Some(self.first_text(child, span)),
                        _ if nth == 0 => clause.label = self.text(&child),
                        _ => clause.text = Some(self.text(&child)),
                    }
                }
                Operand::Clause(Box::new(clause))
            }
            Rule::takes
            | Rule::limit
            | Rule::require
            | Rule::share
            | Rule::not_both
            | Rule::combine
            | Rule::combine_highest
            | Rule::surplus
            | Rule::period => self.block_slot(node),
            Rule::on_day
            | Rule::test_learner
            | Rule::test_plan
            | Rule::test_holds
            | Rule::test_judged
            | Rule::test_granted
            | Rule::test_waived
            | Rule::test_asks
            | Rule::test_expect => self.test_slot(node),
            Rule::reading => {
                let text =
                    node.clone().into_inner().next().map_or_else(|| no_text(span), |text| self.text(&text));
                Operand::Reading(Box::new(text), self.citations(node).into())
            }
            Rule::advise => Operand::Advise(self.first_text(node, span)),
            Rule::note => Operand::Note(self.first_text(node, span)),
            _ => self.single(rule, node, span),
        }
    }

    /// A slot whose operand is the one child of its node.
    fn single(&mut self, rule: Rule, node: Node<'_>, span: Span) -> Operand {
        let Some(child) = node.clone().into_inner().next() else {
            return Operand::Names(NameSlot::Near, Vec::new());
        };
        let at = self.span(&child);
        match rule {
            Rule::version_slot => Operand::Version(self.version(&child)),
            Rule::issued => Operand::Issued(self.date(&child)),
            Rule::range => match self.value(child).kind {
                ValueKind::Range(low, high, _) => Operand::Range(Box::new((*low, *high))),
                kind => {
                    let value = Value { span: at, kind };
                    Operand::Range(Box::new((value.clone(), value)))
                }
            },
            Rule::step => Operand::Step(Box::new(self.quantity(child))),
            Rule::pass => Operand::Pass(Box::new(self.value(child))),
            Rule::counts if child.as_rule() == Rule::counts_whole => Operand::Counts(CountsHow::Whole, at),
            Rule::counts => Operand::Counts(CountsHow::InPart, at),
            Rule::impossible => Operand::Impossible(Box::new(self.test(child))),
            Rule::levels => Operand::Levels(Box::new(self.levels(node))),
            Rule::placement if child.as_rule() == Rule::best_fit => {
                Operand::Placement(PlacementRule::BestFit, at)
            }
            Rule::placement => Operand::Placement(PlacementRule::EveryDimension, at),
            Rule::descriptors => Operand::Descriptors(Box::new(self.descriptors(node))),
            Rule::count if child.as_rule() == Rule::counted_in => match self.counted_in(child) {
                Some(counted) => Operand::CountIn(Box::new(counted)),
                None => Operand::CombineSum,
            },
            Rule::count => Operand::Count(self.count_rule(node), span),
            Rule::convert_again => Operand::ConvertAgain(self.times(child), at),
            Rule::total_over => {
                let each = node.into_inner().find(|child| child.as_rule() == Rule::total_each);
                let each = each.and_then(|each| each.into_inner().next()).map(|each| self.selection(each));
                Operand::TotalOver(Box::new(TotalOver { span, over: self.selection(child), each }))
            }
            Rule::status if child.as_rule() == Rule::unverified => {
                Operand::Status(StatusWord::Unverified, at)
            }
            Rule::status => Operand::Status(StatusWord::UnderReview, at),
            Rule::from => Operand::From(Box::new(self.selection(child))),
            Rule::to => Operand::To(Box::new(self.selection(child))),
            Rule::when => Operand::When(Box::new(self.test(child))),
            Rule::unless => Operand::Unless(Box::new(self.test(child))),
            Rule::give => match self.give_line(node) {
                Some(give) => Operand::Give(Box::new(give)),
                None => Operand::Note(Text { text: Box::default(), span }),
            },
            Rule::mark => Operand::Mark(Box::new(self.marking_of(node))),
            Rule::otherwise => Operand::Otherwise(Box::new(self.answer(child))),
            Rule::answering if child.as_rule() == Rule::refer => Operand::Refer(Box::new(self.answer(child))),
            Rule::answering => Operand::Refuse(Box::new(self.answer(child))),
            _ => Operand::Note(Text { text: Box::default(), span }),
        }
    }

    /// What a grant carries beside its amount.
    pub(super) fn attribute(&mut self, node: Node<'_>) -> Attribute {
        let span = self.span(&node);
        let (mut rule, mut children) = (node.as_rule(), Vec::new());
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::at_level_of | Rule::as_fact_of | Rule::not_for_use | Rule::only_for_use => {
                    rule = child.as_rule();
                    children.extend(child.into_inner());
                }
                _ => children.push(child),
            }
        }
        let (mut named, mut value, mut tests) = (no_name(span), None, Vec::new());
        let mut part = Number { value: Ratio::ZERO, percent: false, unit: None, span };
        for child in children {
            match child.as_rule() {
                Rule::name | Rule::fact_name => named = self.name(&child),
                Rule::quantity => part = self.quantity(child),
                Rule::give_when | Rule::give_unless => {
                    let denied = child.as_rule() == Rule::give_unless;
                    if let Some(test) = child.into_inner().next() {
                        tests.push((self.test(test), denied));
                    }
                }
                _ => value = Some(self.value(child)),
            }
        }
        let value = value.unwrap_or(Value { span, kind: ValueKind::None });
        let kind = match rule {
            Rule::at_level_of => AttributeKind::Level(value),
            Rule::as_fact_of => AttributeKind::Fact(named, value),
            Rule::not_for_use => AttributeKind::NotFor(named),
            Rule::give_part | Rule::give_part_of | Rule::of_which => AttributeKind::Part(part, named),
            _ => AttributeKind::OnlyFor(named),
        };
        Attribute { kind, tests, span }
    }

    /// A rule's `mark`; the marking is the one child.
    fn marking_of(&mut self, node: Node<'_>) -> crate::syntax::tree::MarkRule {
        match node.clone().into_inner().next() {
            Some(marking) => self.marking(marking),
            None => self.marking(node),
        }
    }

    pub(super) fn first_text(&self, node: Node<'_>, span: Span) -> Text {
        node.into_inner().next().map_or_else(|| no_text(span), |text| self.text(&text))
    }

    fn name_slot(&self, node: Node<'_>) -> Operand {
        let word = node.as_str();
        let is_equivalent = node.clone().into_inner().any(|child| child.as_rule() == Rule::equivalent);
        let slot = match word.split_once(" '").map_or(word, |(word, _)| word).trim_end() {
            "issuer" => NameSlot::Issuer,
            "under" => NameSlot::Under,
            "by" => NameSlot::By,
            "unit" => NameSlot::Unit,
            "same as" => NameSlot::SameAs,
            "near" => NameSlot::Near,
            "requires" => NameSlot::Requires,
            "part of" => NameSlot::PartOf,
            "formerly" => NameSlot::Formerly,
            "owner" => NameSlot::Owner,
            "axis" => NameSlot::Axis,
            "statements" => NameSlot::Statements,
            "at" => NameSlot::At,
            _ if is_equivalent => NameSlot::ReplacesEquivalent,
            _ => NameSlot::Replaces,
        };
        Operand::Names(slot, self.names(node))
    }

    fn given(&mut self, node: Node<'_>) -> Given {
        let span = self.word_span();
        let word = node.as_str().split_once(' ').map_or("", |(word, _)| word);
        let mut fact = Name { text: word.into(), bracket: Bracket::Bare, span };
        let mut values = Vec::new();
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::given_name => fact = self.name(&child),
                _ => values.push(self.value(child)),
            }
        }
        Given { fact, values: values.into() }
    }

    /// The citations among the children of a node.
    pub(super) fn citations(&self, node: Node<'_>) -> Vec<Citation> {
        let citations = node.into_inner().filter(|child| child.as_rule() == Rule::citation);
        citations.map(|citation| self.citation(citation)).collect()
    }

    fn citation(&self, node: Node<'_>) -> Citation {
        let span = self.span(&node);
        let mut children = node.into_inner();
        let document = children.next().map_or_else(|| no_name(span), |name| self.name(&name));
        Citation { document, clause: children.next().map(|text| self.text(&text)), span }
    }

    fn parties(&self, node: Node<'_>) -> Operand {
        let (mut left, mut right) = (Vec::new(), Vec::new());
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::name => left.push(self.name(&child)),
                _ => right = self.names(child),
            }
        }
        Operand::Parties { left: left.into(), right: right.into() }
    }

    fn scale_mark(&mut self, node: Node<'_>) -> ScaleMark {
        let span = self.span(&node);
        let mut mark =
            ScaleMark { name: no_name(span), titles: Vec::new(), counts_as: None, outside_average: false };
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::named_mark => mark.name = self.name(&child),
                Rule::title => mark.titles.push(self.title(child)),
                Rule::counts_as => mark.counts_as = self.counts_as(child),
                _ => mark.outside_average = true,
            }
        }
        mark
    }

    fn count_rule(&self, node: Node<'_>) -> CountRule {
        let mut children = node.into_inner();
        match (children.next().map(|child| child.as_rule()), children.next()) {
            (Some(Rule::achievement_freely), _) => CountRule::AchievementFreely,
            (Some(Rule::target_once), _) => CountRule::TargetOnce,
            (_, Some(_)) => CountRule::AchievementOnceEverywhere,
            _ => CountRule::AchievementOnce,
        }
    }

    fn times(&self, node: Node<'_>) -> u32 {
        match node.as_rule() {
            Rule::never_again => 0,
            Rule::once_again => 1,
            _ => {
                let value = self.quantity(node).value;
                if value.denominator() == 1 {
                    u32::try_from(value.numerator()).unwrap_or(u32::MAX)
                } else {
                    0
                }
            }
        }
    }

    fn never(&mut self, node: Node<'_>) -> Never {
        let span = self.span(&node);
        let cite = self.citations(node.clone());
        let mut never =
            Never { span, from: None, to: None, when: Vec::new(), unless: Vec::new(), because: None, cite };
        for child in node.into_inner() {
            let rule = child.as_rule();
            let Some(inner) = child.into_inner().next() else { continue };
            match rule {
                Rule::never_from => never.from = Some(self.selection(inner)),
                Rule::never_to => never.to = Some(self.selection(inner)),
                Rule::never_when => never.when.push(self.test(inner)),
                Rule::never_unless => never.unless.push(self.test(inner)),
                Rule::because => never.because = Some(self.text(&inner)),
                _ => {}
            }
        }
        never
    }
}

fn no_text(span: Span) -> Text {
    Text { text: Box::default(), span }
}

pub(super) fn no_name(span: Span) -> Name {
    Name { text: Box::default(), bracket: Bracket::Bare, span }
}

fn text_slot(statement: &str) -> TextSlot {
    match statement.split(' ').next() {
        Some("link") => TextSlot::Link,
        Some("licence") => TextSlot::Licence,
        Some("text") => TextSlot::Text,
        Some("proof") => TextSlot::Proof,
        _ => TextSlot::Number,
    }
}

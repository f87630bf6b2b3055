//! Facts of a kind, their domains, and ranked lists.

use accredit_grammar::Rule;

use super::line::{Line, Node};
use super::value::hours_sort;
use crate::quantity::Ratio;
use crate::source::Span;
use crate::syntax::tree::{
    Bracket, DomainKind, DomainLine, FactLine, HoursSort, InForce, JudgedLine, ListedValue, Name, Number,
    QuantityLine, QuantityPart, RankedList, UnitRef, UnitWord,
};

impl Line<'_> {
    /// `fact grade "成绩" : hundred or five-grade, optional, proof "…"`.
    pub(super) fn fact_line(&mut self, node: Node<'_>) -> FactLine {
        let span = self.span(&node);
        let mut fact = FactLine {
            name: Name { text: Box::default(), bracket: Bracket::Bare, span },
            aliases: Vec::new(),
            titles: Vec::new(),
            domains: Vec::new(),
            optional: None,
            only_if: None,
            otherwise: None,
            fixed: None,
            proof: None,
            judged: None,
        };
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::fact_name => fact.name = self.name(&child),
                // A value that members set has one name.
                Rule::name if fact.name.text.is_empty() => fact.name = self.name(&child),
                Rule::name => fact.aliases.push(self.name(&child)),
                Rule::title => fact.titles.push(self.title(child)),
                Rule::domain => {
                    let domain = self.domain(child);
                    fact.domains.push(domain);
                }
                Rule::optional => fact.optional = Some(self.span(&child)),
                Rule::fixed => fact.fixed = Some(self.span(&child)),
                Rule::only_if => fact.only_if = child.into_inner().next().map(|test| self.test(test)),
                Rule::else_value => fact.otherwise = child.into_inner().next().map(|value| self.value(value)),
                Rule::judged => fact.judged = Some(self.judged(child)),
                Rule::proof => fact.proof = child.into_inner().next().map(|text| self.text(&text)),
                _ => {}
            }
        }
        fact
    }

    /// `load is credits / semester-credits : 0 to 2`.
    pub(super) fn quantity_line(&mut self, node: Node<'_>) -> QuantityLine {
        let span = self.span(&node);
        let nothing = Name { text: Box::default(), bracket: Bracket::Bare, span };
        let mut line =
            QuantityLine { name: nothing, titles: Vec::new(), parts: Vec::new(), domain: None, span };
        let mut divides = false;
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::fact_name => line.name = self.name(&child),
                Rule::title => line.titles.push(self.title(child)),
                Rule::times => divides = false,
                Rule::divided => divides = true,
                Rule::quantity_part => {
                    let fact = match child.clone().into_inner().next() {
                        Some(name) => self.name(&name),
                        None => {
                            Name { text: "hours".into(), bracket: Bracket::Bare, span: self.span(&child) }
                        }
                    };
                    line.parts.push(QuantityPart { fact, divides });
                }
                Rule::domain => line.domain = Some(self.domain(child)),
                _ => {}
            }
        }
        line
    }

    /// `judged by panel against target`.
    pub(super) fn judged(&self, node: Node<'_>) -> JudgedLine {
        let span = self.span(&node);
        let nobody = Name { text: Box::default(), bracket: Bracket::Bare, span };
        let mut judged = JudgedLine { by: nobody, against_target: false, span };
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::name => judged.by = self.name(&child),
                _ => judged.against_target = true,
            }
        }
        judged
    }

    fn domain(&mut self, node: Node<'_>) -> DomainLine {
        let span = self.span(&node);
        let nothing = DomainLine { span, kind: DomainKind::Name };
        let Some(inner) = node.into_inner().next() else { return nothing };
        let kind = match inner.as_rule() {
            Rule::name => DomainKind::Named(self.name(&inner)),
            Rule::number_domain => self.number_domain(inner),
            Rule::ordered_list => DomainKind::List(self.ranked(inner, true)),
            Rule::listing => DomainKind::List(self.ranked(inner, false)),
            _ => match inner.as_str() {
                "yes or no " => DomainKind::YesNo,
                "date " => DomainKind::Date,
                "contact hours " => DomainKind::Hours(HoursSort::Contact),
                "notional hours " => DomainKind::Hours(HoursSort::Notional),
                "month " | "months " => DomainKind::Length(UnitWord::Month),
                "year " | "years " => DomainKind::Length(UnitWord::Year),
                "week " | "weeks " => DomainKind::Length(UnitWord::Week),
                "day " | "days " => DomainKind::Length(UnitWord::Day),
                _ => DomainKind::Name,
            },
        };
        DomainLine { span, kind }
    }

    fn number_domain(&self, node: Node<'_>) -> DomainKind {
        let span = self.span(&node);
        let nothing = Number { value: Ratio::ZERO, percent: false, unit: None, span };
        let (mut low, mut high, mut whole, mut step) = (None, nothing.clone(), false, None);
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::quantity if low.is_none() => low = Some(self.quantity(child)),
                Rule::quantity => high = self.quantity(child),
                Rule::whole => whole = true,
                Rule::step_size => step = child.into_inner().next().map(|step| self.quantity(step)),
                Rule::unit => high.unit = Some(self.unit(child)),
                // A unit may also stand last: `40 to 80 step 8 contact hours`.
                _ => high.unit = Some(UnitRef::Hours(hours_sort(&child), self.span(&child))),
            }
        }
        // `step 8 contact hours`: the unit is that of the whole domain.
        if high.unit.is_none() {
            high.unit = step.as_mut().and_then(|step: &mut Number| step.unit.take());
        }
        DomainKind::Range { low: low.unwrap_or(nothing), high, whole, step }
    }

    /// A list of values, with an order or without.
    pub(super) fn ranked(&mut self, node: Node<'_>, ordered: bool) -> RankedList {
        let span = self.span(&node);
        let mut list = RankedList { ranks: Vec::new(), ordered, span };
        let mut joins_equals = false;
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::rank_mark => {
                    joins_equals = child.as_str() == "= ";
                    list.ordered |= child.as_str() == "< ";
                }
                Rule::rank_item => {
                    let value = self.listed_value(child);
                    match list.ranks.last_mut().filter(|_| joins_equals) {
                        Some(rank) => rank.push(value),
                        None => list.ranks.push(vec![value]),
                    }
                    joins_equals = false;
                }
                _ => {}
            }
        }
        let places = list.ranks.iter().flatten().map(|value| value.name.span);
        list.span = Self::joined(places, span);
        list
    }

    fn listed_value(&mut self, node: Node<'_>) -> ListedValue {
        let span = self.span(&node);
        let mut value = ListedValue {
            name: Name { text: Box::default(), bracket: Bracket::Bare, span },
            titles: Vec::new(),
            in_force: None,
        };
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::name => value.name = self.name(&child),
                Rule::title => value.titles.push(self.title(child)),
                _ => value.in_force = Some(self.in_force(child)),
            }
        }
        value
    }

    /// `in force from A to B by DATE`, from a node that holds its parts.
    pub(super) fn in_force(&mut self, node: Node<'_>) -> InForce {
        let span = self.span(&node);
        let mut window = InForce { span, from: None, to: None, by: None, not_stated: false };
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::not_stated => window.not_stated = true,
                Rule::date_from => window.from = child.into_inner().next().map(|day| self.date(&day)),
                Rule::date_to => window.to = child.into_inner().next().map(|day| self.date(&day)),
                _ => window.by = Some(self.fact(child)),
            }
        }
        window
    }

    /// The span of a statement's first word.
    pub(super) fn word_span(&self) -> Span {
        self.span_of(0, 1)
    }
}

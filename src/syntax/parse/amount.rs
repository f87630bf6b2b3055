//! Amounts, effects, answers and marks.

use accredit_grammar::Rule;

use super::line::{Line, Node};
use super::mistake;
use crate::quantity::Ratio;
use crate::source::Span;
use crate::syntax::tree::{
    Amount, AmountKind, Answer, Bracket, CountsAs, FactOwner, FactRef, Give, GiveKind, JudgedLine,
    JudgedRange, Less, MarkKind, MarkRule, Name, Number, OwnLine, RoundingMode, RoundingWord, Sharing, Table,
    UnitRef, Value, ValueKind,
};

impl Line<'_> {
    /// What `give` gives.
    pub(super) fn gift(&mut self, node: Node<'_>) -> Give {
        let span = self.span(&node);
        let kind = match node.as_rule() {
            Rule::refer | Rule::refuse => GiveKind::Answer(Box::new(self.answer(node))),
            Rule::amount | Rule::by_table => GiveKind::Amount(Box::new(self.amount(node))),
            Rule::whichever => GiveKind::Amount(Box::new(self.whichever(node))),
            _ => self.effect(node),
        };
        if let GiveKind::Amount(amount) = &kind
            && let AmountKind::Constant(number) = &amount.kind
            && number.percent
        {
            let written = self.source.get(number.span.range()).unwrap_or_default();
            self.problems.push(mistake::share_of_nothing(number.span, written));
        }
        Give { span, kind, own: None }
    }

    /// A `give` line: what, to which targets, when.
    pub(super) fn give_line(&mut self, node: Node<'_>) -> Option<Give> {
        let mut children = node.into_inner();
        let mut give = children.next().map(|gift| self.gift(gift))?;
        let mut own = OwnLine::default();
        for child in children {
            give.span = give.span.join(self.span(&child));
            let rule = child.as_rule();
            if rule == Rule::give_part {
                own.parts.push(self.attribute(child));
                continue;
            }
            let Some(inner) = child.into_inner().next() else { continue };
            match rule {
                Rule::give_to => own.to = Some(self.selection(inner)),
                _ => own.tests.push((self.test(inner), rule == Rule::give_unless)),
            }
        }
        if own.to.is_some() || !own.tests.is_empty() || !own.parts.is_empty() {
            give.own = Some(Box::new(own));
        }
        Some(give)
    }

    /// An effect without credits.
    pub(super) fn effect(&mut self, node: Node<'_>) -> GiveKind {
        let span = self.span(&node);
        let rule = node.as_rule();
        let unclear = self.written(&node);
        let mut children = node.into_inner();
        let first = children.next();
        let named = |line: &Self, node: Option<Node<'_>>| {
            let nothing = Name { text: Box::default(), bracket: Bracket::Bare, span };
            node.map_or(nothing, |node| line.name(&node))
        };
        match rule {
            Rule::no_credit => match first {
                Some(replaced) if replaced.as_rule() == Rule::replaced => {
                    let from = replaced.into_inner().next();
                    GiveKind::NoCreditReplaced(from.map(|member| Box::new(self.selection(member))))
                }
                _ => GiveKind::NoCreditReduced,
            },
            Rule::attendance_only => GiveKind::AttendanceOnly,
            Rule::completion => GiveKind::Completion,
            Rule::access => GiveKind::Access(named(self, first)),
            Rule::placement_in => GiveKind::Placement(named(self, first)),
            Rule::award => GiveKind::Award(named(self, first)),
            Rule::entry => {
                let year = first.map(|year| self.bare_number(&year));
                let year = year.unwrap_or(Number { value: Ratio::ONE, percent: false, unit: None, span });
                GiveKind::Entry(Box::new(year), Box::new(named(self, children.next())))
            }
            _ => {
                self.problems.push(mistake::unclear_effect(span, unclear));
                GiveKind::Unclear(unclear.into())
            }
        }
    }

    /// A referral or a refusal.
    pub(super) fn answer(&mut self, node: Node<'_>) -> Answer {
        let span = self.span(&node);
        let is_refer = node.as_rule() == Rule::refer;
        let (mut to, mut because) = (None, None);
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::name => to = Some(self.name(&child)),
                _ => because = child.into_inner().next().map(|text| self.text(&text)),
            }
        }
        match to {
            Some(to) if is_refer => Answer::Refer { to, because, span },
            _ => Answer::Refuse { because, span },
        }
    }

    /// An amount, a table included.
    pub(super) fn amount(&mut self, node: Node<'_>) -> Amount {
        let span = self.span(&node);
        let is_table = node.as_rule() == Rule::by_table;
        let mut kind = None;
        let mut by: Vec<FactRef> = Vec::new();
        let (mut less, mut sharing, mut rounding, mut at_least, mut at_most) = (None, None, None, None, None);
        let mut conversion = None;
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::quantity => kind = Some(AmountKind::Constant(self.quantity(child))),
                Rule::judged_range => kind = Some(AmountKind::Judged(Box::new(self.judged_range(child)))),
                Rule::fact if is_table => by.push(self.fact(child)),
                Rule::fact => kind = Some(AmountKind::Fact(self.fact(child))),
                Rule::rate => kind = Some(self.rate(kind.take(), child)),
                Rule::equal_rate => {
                    if let (Some(AmountKind::Constant(per)), Some(earns)) =
                        (kind.take(), self.only_quantity(child))
                    {
                        kind = Some(AmountKind::Rate { earns, per, distinct: false });
                    }
                }
                Rule::rows => {
                    let table = Table { span: self.span(&child), rows: std::mem::take(&mut self.rows) };
                    kind = Some(AmountKind::Table { by: std::mem::take(&mut by), table });
                }
                Rule::less => less = Some(Box::new(self.less(child))),
                Rule::conversion => conversion = Some(Box::new(self.conversion(child))),
                Rule::sharing if child.as_str() == "each " => sharing = Some(Sharing::Each),
                Rule::sharing => sharing = Some(Sharing::InTotal),
                Rule::rounding => rounding = Some(Box::new(self.rounding(child))),
                Rule::at_least => at_least = self.only_quantity(child).map(Box::new),
                Rule::at_most => at_most = self.only_quantity(child).map(Box::new),
                _ => {}
            }
        }
        let nothing = Number { value: Ratio::ZERO, percent: false, unit: None, span };
        let kind = kind.unwrap_or(AmountKind::Constant(nothing));
        Amount { span, kind, less, conversion, sharing, rounding, at_least, at_most }
    }

    /// `0 to 2 credits judged by college`.
    fn judged_range(&mut self, node: Node<'_>) -> JudgedRange {
        let span = self.span(&node);
        let nothing = || Number { value: Ratio::ZERO, percent: false, unit: None, span };
        let nobody = Name { text: Box::default(), bracket: Bracket::Bare, span };
        let mut by = JudgedLine { by: nobody, against_target: false, span };
        let mut ends = Vec::with_capacity(2);
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::quantity => ends.push(self.quantity(child)),
                _ => by = self.judged(child),
            }
        }
        let mut ends = ends.into_iter();
        let least = ends.next().unwrap_or_else(nothing);
        JudgedRange { least, most: ends.next().unwrap_or_else(nothing), by, span }
    }

    /// `by grade, prize { table }` of a mark.
    fn marks_by(&mut self, node: Node<'_>) -> MarkKind {
        let (mut by, mut at) = (Vec::new(), self.span(&node));
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::fact => by.push(self.fact(child)),
                _ => at = self.span(&child),
            }
        }
        let table = Table { span: at, rows: std::mem::take(&mut self.rows) };
        MarkKind::Table { by: by.into(), table: Box::new(table) }
    }

    /// `3 credits or target credits, whichever is greater`.
    fn whichever(&mut self, node: Node<'_>) -> Amount {
        let span = self.span(&node);
        let (mut amounts, mut greater) = (Vec::new(), false);
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::amount => amounts.push(self.amount(child)),
                rule => greater = rule == Rule::which_greater,
            }
        }
        Amount {
            span,
            kind: AmountKind::Whichever { amounts, greater },
            less: None,
            conversion: None,
            sharing: None,
            rounding: None,
            at_least: None,
            at_most: None,
        }
    }

    fn only_quantity(&self, node: Node<'_>) -> Option<Number> {
        node.into_inner().next().map(|quantity| self.quantity(quantity))
    }

    /// `per 16 hours`, after what one step earns.
    fn rate(&self, earns: Option<AmountKind>, node: Node<'_>) -> AmountKind {
        let span = self.span(&node);
        let nothing = || Number { value: Ratio::ONE, percent: false, unit: None, span };
        let earns = match earns {
            Some(AmountKind::Constant(number)) => number,
            _ => nothing(),
        };
        let Some(per) = node.into_inner().next() else {
            return AmountKind::Rate { earns, per: nothing(), distinct: false };
        };
        if per.as_rule() == Rule::quantity {
            return AmountKind::Rate { earns, per: self.quantity(per), distinct: false };
        }
        let span = self.span(&per);
        let mut parts = per.into_inner();
        let mut number = parts.next().map_or_else(nothing, |number| self.bare_number(&number));
        number.unit = parts.next().map(|name| UnitRef::Named(Box::new(self.name(&name))));
        number.span = span;
        AmountKind::Rate { earns, per: number, distinct: true }
    }

    fn less(&self, node: Node<'_>) -> Less {
        let span = self.span(&node);
        let number = |value| Number { value, percent: false, unit: None, span };
        let (mut amounts, mut per) = (Vec::new(), None);
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::quantity => amounts.push(self.quantity(child)),
                Rule::fact => per = Some(self.fact(child)),
                // `per rank` where `rank` is read as the unit.
                _ => {
                    let name = Name { text: "rank".into(), bracket: Bracket::Bare, span: self.span(&child) };
                    per = Some(FactRef { of: FactOwner::Plain, span: name.span, name });
                }
            }
        }
        let mut amounts = amounts.into_iter();
        let amount = amounts.next().unwrap_or_else(|| number(Ratio::ZERO));
        let after = amounts.next().unwrap_or_else(|| number(Ratio::ZERO));
        let nameless = || {
            let name = Name { text: Box::default(), bracket: Bracket::Bare, span };
            FactRef { of: FactOwner::Plain, name, span }
        };
        Less { amount, per: per.unwrap_or_else(nameless), after, span }
    }

    pub(super) fn rounding(&self, node: Node<'_>) -> RoundingWord {
        let span = self.span(&node);
        let (mut mode, mut step) = (RoundingMode::Exact, None);
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::rounding_step => {
                    mode = match child.as_str() {
                        "round down to " => RoundingMode::Down,
                        "round up to " => RoundingMode::Up,
                        "round half up to " => RoundingMode::HalfUp,
                        _ => RoundingMode::HalfDown,
                    }
                }
                _ => step = Some(self.quantity(child)),
            }
        }
        RoundingWord { mode, step, span }
    }

    /// What the transcript shows.
    pub(super) fn marking(&mut self, node: Node<'_>) -> MarkRule {
        let span = self.span(&node);
        let mut mark = MarkRule {
            span,
            kind: MarkKind::Fixed(Value { span, kind: ValueKind::None }),
            by: None,
            by_second: None,
            at_most: None,
            counts_as: None,
            outside_average: false,
            under_source_name: false,
        };
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::quantity => {
                    let number = self.quantity(child);
                    mark.kind = MarkKind::Fixed(Value { span: number.span, kind: ValueKind::Number(number) });
                }
                Rule::text => mark.kind = MarkKind::Literal(self.text(&child)),
                Rule::owned => mark.kind = MarkKind::Carried(self.fact(child)),
                Rule::named_mark => mark.kind = MarkKind::Named(self.name(&child)),
                Rule::marks_by => mark.kind = self.marks_by(child),
                Rule::judged_range => mark.kind = MarkKind::Judged(Box::new(self.judged_range(child))),
                Rule::by_map if mark.by.is_some() => mark.by_second = Some(self.span(&child)),
                Rule::by_map => mark.by = self.names(child).pop().map(Box::new),
                Rule::under_source_name => mark.under_source_name = true,
                Rule::at_most => {
                    let number = self.only_quantity(child);
                    mark.at_most =
                        number.map(|number| Value { span: number.span, kind: ValueKind::Number(number) });
                }
                Rule::no_better => {
                    let name = child.into_inner().next().map(|name| self.name(&name));
                    mark.at_most = name.map(|name| Value { span: name.span, kind: ValueKind::Name(name) });
                }
                Rule::counts_as => mark.counts_as = self.counts_as(child),
                _ => mark.outside_average = true,
            }
        }
        if let MarkKind::Named(name) = &mark.kind {
            // The source's own grade is carried; any other name is a mark that the scale declares.
            let is_grade = name.bracket == Bracket::Bare && matches!(&*name.text, "grade" | "result");
            if is_grade || mark.at_most.is_some() || mark.by.is_some() {
                let fact = FactRef { of: FactOwner::Plain, name: name.clone(), span: name.span };
                mark.kind = MarkKind::Carried(fact);
            }
        }
        mark
    }

    /// What a literal mark counts as.
    pub(super) fn counts_as(&mut self, node: Node<'_>) -> Option<CountsAs> {
        let child = node.into_inner().next()?;
        Some(match child.as_rule() {
            Rule::required_minimum => CountsAs::RequiredMinimum(self.span(&child)),
            _ => CountsAs::Value(self.value(child)),
        })
    }

    /// The span of nodes, or of the statement where there are none.
    pub(super) fn joined(spans: impl Iterator<Item = Span>, or: Span) -> Span {
        spans.reduce(Span::join).unwrap_or(or)
    }
}

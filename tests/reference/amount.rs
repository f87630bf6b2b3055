//! How much a rule gives, over every value that the facts may have.

use super::condition::{Question, View, Who, World};
use super::model::{Amount, Cell, Credits, Measure, Piece, Subject};
use super::value::{Known, Q, Set, Truth, V};

/// What a piece comes to.
#[derive(Clone, Debug, PartialEq)]
pub enum Sum {
    /// Between two numbers; the second is absent where there is no bound.
    Between(Q, Option<Q>),
    /// A number that is not published.
    NotPublished,
    NotHere,
    UnpublishedCell,
    Otherwise,
    /// A table's cell says 0.
    ZeroCell,
    /// What is converted is known, and comes between two ends that a body decides between.
    Referred(String),
    /// Several of these are possible.
    Mixed,
}

impl World<'_> {
    /// The amount after rounding and bounds, with the facts that leave it open.
    pub fn amount(&self, amount: &Amount, view: &View<'_>) -> (Sum, Vec<Question>) {
        let (sum, mut questions) = self.piece(&amount.piece, view);
        let Sum::Between(mut low, mut high) = sum else { return (sum, questions) };
        if let Some(conversion) = &amount.conversion {
            let mut ends: Option<(Q, Option<Q>)> = None;
            for (when, least, most) in &conversion.ways {
                let holds = self.cond(when, view);
                if holds.truth == Truth::F {
                    continue;
                }
                if holds.truth == Truth::U {
                    questions.extend(holds.questions);
                }
                let (least, most) = (low * *least, high.map(|high| high * *most));
                ends = Some(
                    ends.map_or((least, most), |(a, b)| (a.min(least), b.zip(most).map(|(a, b)| a.max(b)))),
                );
            }
            let Some(ends) = ends else { return (Sum::NotHere, Vec::new()) };
            (low, high) = ends;
        }
        let finish = |number: Q| {
            let rounded = amount.rounding.as_ref().map_or(number, |(mode, step)| round(number, mode, *step));
            let raised = amount.at_least.map_or(rounded, |least| rounded.max(least));
            amount.at_most.map_or(raised, |most| raised.min(most))
        };
        let (low, high) = (finish(low), high.map(finish).or(amount.at_most));
        if let Some(body) = amount.conversion.as_ref().and_then(|of| of.refer.clone())
            && high != Some(low)
            && questions.is_empty()
        {
            return (Sum::Referred(body), questions);
        }
        let questions = if high == Some(low) { Vec::new() } else { questions };
        (Sum::Between(low, high), questions)
    }

    /// The facts that an amount measures and that are not known, of all these achievements.
    pub fn measures(&self, amount: &Amount, view: &View<'_>) -> Vec<Question> {
        self.piece(&amount.piece, view).1
    }

    fn piece(&self, piece: &Piece, view: &View<'_>) -> (Sum, Vec<Question>) {
        let zero = Q::from_integer(0);
        match piece {
            Piece::Constant(number) => (Sum::Between(*number, Some(*number)), Vec::new()),
            Piece::TargetCredits => match &self.model.outcomes[view.target.unwrap()].credits {
                Some(Credits::Amount(number, _)) => (Sum::Between(*number, Some(*number)), Vec::new()),
                _ => (Sum::NotPublished, Vec::new()),
            },
            Piece::Fact(subject) => {
                let (low, high, questions) = self.measured(subject, view);
                (Sum::Between(low, high), questions)
            }
            Piece::Rate { earns, per, measure } => {
                let (low, high, questions) = match measure {
                    Measure::Fact(subject) => self.measured(subject, view),
                    Measure::Times => {
                        let slots: Vec<usize> = (0..view.used.len()).collect();
                        let mut total = (zero, Some(zero), Vec::new());
                        for slot in slots {
                            let times =
                                Subject { of: "source".into(), slot, fact: "times".into(), framework: None };
                            let (low, high, questions) = self.measured(&times, view);
                            total.0 += low;
                            total.1 = total.1.zip(high).map(|(a, b)| a + b);
                            total.2.extend(questions);
                        }
                        total
                    }
                    Measure::Distinct(fact) => self.distinct(fact.as_deref(), view),
                };
                let scale = |quantity: Q| quantity * *earns / *per;
                (Sum::Between(scale(low), high.map(scale)), questions)
            }
            Piece::Whichever { amounts, greater } => {
                let all: Vec<_> = amounts.iter().map(|amount| self.amount(amount, view)).collect();
                let other = |sum: &Sum| !matches!(sum, Sum::Between(..));
                if let Some((sum, questions)) = all.iter().find(|(sum, _)| other(sum)) {
                    return (sum.clone(), questions.clone());
                }
                let pick = |a: Q, b: Q| if *greater { a.max(b) } else { a.min(b) };
                let questions = all.iter().flat_map(|(_, questions)| questions.clone()).collect();
                let sum = all.into_iter().map(|(sum, _)| sum).reduce(|a, b| match (a, b) {
                    (Sum::Between(a0, a1), Sum::Between(b0, b1)) => {
                        let most = match (a1, b1) {
                            (Some(a), Some(b)) => Some(pick(a, b)),
                            (a, b) if !*greater => a.or(b),
                            _ => None,
                        };
                        Sum::Between(pick(a0, b0), most)
                    }
                    (a, _) => a,
                });
                (sum.unwrap_or(Sum::NotHere), questions)
            }
            Piece::Less { base, step, fact, start } => {
                let (base, mut questions) = self.piece(base, view);
                let (low, high, more) = self.measured(fact, view);
                questions.extend(more);
                let Sum::Between(base_low, base_high) = base else { return (base, questions) };
                let less = |base: Q, value: Q| (base - *step * (value - *start).max(zero)).max(zero);
                let least = high.map_or(zero, |high| less(base_low, high));
                (Sum::Between(least, base_high.map(|base| less(base, low))), questions)
            }
            Piece::Table { by, cells } => self.table(by, cells, view),
        }
    }

    fn table(&self, by: &[Subject], cells: &[(Vec<Set>, Cell)], view: &View<'_>) -> (Sum, Vec<Question>) {
        let mut questions = Vec::new();
        let mut trials: Vec<Vec<V>> = vec![Vec::new()];
        for (at, subject) in by.iter().enumerate() {
            let (name, known) = self.one(subject, view);
            if known.value().is_none() {
                questions.push((name, subject.fact.clone()));
            }
            let sets: Vec<&Set> = cells.iter().map(|(sets, _)| &sets[at]).collect();
            let values = known.trials(&sets);
            trials = trials
                .iter()
                .flat_map(|before| {
                    values.iter().map(move |value| before.iter().chain([value]).cloned().collect::<Vec<V>>())
                })
                .collect();
        }
        let mut all: Vec<Sum> = Vec::new();
        for values in trials {
            let cell = cells
                .iter()
                .find(|(sets, _)| sets.iter().zip(&values).all(|(set, value)| set.contains(value)));
            let sum = match cell.map(|(_, cell)| cell) {
                Some(Cell::Amount(Piece::Constant(number))) if *number == Q::from_integer(0) => Sum::ZeroCell,
                Some(Cell::Amount(piece)) => {
                    let (sum, more) = self.piece(piece, view);
                    questions.extend(more);
                    sum
                }
                Some(Cell::NotHere) => Sum::NotHere,
                Some(Cell::Unpublished) => Sum::UnpublishedCell,
                Some(Cell::Otherwise) | None => Sum::Otherwise,
            };
            if !all.contains(&sum) {
                all.push(sum);
            }
        }
        let sum = all.into_iter().reduce(|a, b| match (a, b) {
            (Sum::Between(a0, a1), Sum::Between(b0, b1)) => {
                Sum::Between(a0.min(b0), a1.zip(b1).map(|(a, b)| a.max(b)))
            }
            _ => Sum::Mixed,
        });
        let sum = sum.unwrap_or(Sum::Otherwise);
        let known = !matches!(sum, Sum::Between(low, high) if high != Some(low)) && sum != Sum::Mixed;
        (sum, if known { Vec::new() } else { questions })
    }

    /// The one holder of a fact that a table reads.
    pub fn one(&self, subject: &Subject, view: &View<'_>) -> (String, Known) {
        match subject.of.as_str() {
            "learner" => ("learner".into(), self.state(Who::Learner, &subject.fact)),
            "request" => ("request".into(), self.state(Who::Request, &subject.fact)),
            "target" => {
                let target = view.target.unwrap();
                (format!("target {target}"), self.state(Who::Outcome(target), &subject.fact))
            }
            _ => {
                let at = view.used.get(subject.slot).and_then(|used| used.first());
                at.map_or_else(
                    || (String::new(), Known::of(Set::default())),
                    |at| (self.held(*at).id.clone(), self.state(Who::Held(*at), &subject.fact)),
                )
            }
        }
    }

    /// The least and the greatest that a fact, or its sum over a pooled slot, can be.
    fn measured(&self, subject: &Subject, view: &View<'_>) -> (Q, Option<Q>, Vec<Question>) {
        let zero = Q::from_integer(0);
        let members: Vec<(String, Known)> = match subject.of.as_str() {
            "source" => {
                let used = view.used.get(subject.slot).cloned().unwrap_or_default();
                used.iter()
                    .map(|at| (self.held(*at).id.clone(), self.state(Who::Held(*at), &subject.fact)))
                    .collect()
            }
            "each" | "total" => view
                .used
                .iter()
                .flatten()
                .map(|at| (self.held(*at).id.clone(), self.state(Who::Held(*at), &subject.fact)))
                .collect(),
            _ => vec![self.one(subject, view)],
        };
        let mut total = (zero, Some(zero), Vec::new());
        for (name, known) in members {
            // What has no value adds nothing.
            let none = known.value() == Some(&V::None);
            let (low, high) = if none { (Some(zero), Some(zero)) } else { known.ends() };
            total.0 += low.unwrap_or(zero).max(zero);
            total.1 = total.1.zip(high).map(|(a, b)| a + b);
            if known.value().is_none() {
                let mut parts = self.model.kinds.values().flat_map(|kind| &kind.facts);
                let parts = parts.find(|it| it.name == subject.fact && !it.worked_out.is_empty());
                let at = view.used.iter().flatten().find(|at| self.held(**at).id == name);
                match parts.zip(at) {
                    Some((made, at)) => {
                        let open = |fact: &&str| self.state(Who::Held(*at), fact).value().is_none();
                        let asked = made.worked_out.iter().map(|(fact, ..)| fact.as_str()).filter(open);
                        total.2.extend(asked.map(|fact| (name.clone(), fact.to_owned())));
                    }
                    None => total.2.push((name, subject.fact.clone())),
                }
            }
        }
        total
    }

    /// How many different values; of unknown ones at least as many as are surely different.
    fn distinct(&self, fact: Option<&str>, view: &View<'_>) -> (Q, Option<Q>, Vec<Question>) {
        let number = |count: usize| Q::from_integer(i128::try_from(count).unwrap());
        let members: Vec<usize> = view.used.iter().flatten().copied().collect();
        let fact = fact.unwrap_or("outcome");
        let mut values = Vec::new();
        let mut open = Vec::new();
        for at in members {
            let known = self.state(Who::Held(at), fact);
            match known.value() {
                Some(value) if !values.contains(value) => values.push(value.clone()),
                Some(_) => {}
                None => open.push((self.held(at).id.clone(), fact.to_owned())),
            }
        }
        let least = if values.is_empty() && !open.is_empty() { 1 } else { values.len() };
        (number(least), Some(number(values.len() + open.len())), open)
    }
}

pub(super) fn round(number: Q, mode: &str, step: Q) -> Q {
    let steps = number / step;
    let half = Q::new(1, 2);
    let whole = match mode {
        "down" => steps.floor(),
        "up" => steps.ceil(),
        "half_up" => (steps + half).floor(),
        _ => (steps - half).ceil(),
    };
    whole * step
}

//! The one function through which every fact is read: what is known of a fact of a holder, as the set of values it may have.
//!
//! A fact that is stated is that value, narrowed by what the catalogue says; a fact that is not stated has its catalogue value, its
//! declared default, "none" where its `if` test is false, or else any value of its domain.

use std::borrow::Cow;
use std::cmp::Ordering;

use crate::graph::ConversionGraph;
use crate::model::{
    Cond, Credits, FactId, FactUse, FrameworkId, Given, Judge, OutcomeId, Placement, ScaleShape, ValueType,
};
use crate::quantity::{Date, Overflow, Ratio};
use crate::space::{Axis, Domain, Numbers, Set, Shape, State, Truth, Value};

use super::{Achievement, HeldId, Judgement, Origin, Owner, Record};

/// What is known of a fact.
#[derive(Clone, Debug)]
pub(crate) struct Seen<'a> {
    /// The values it may have.
    pub(crate) state: Cow<'a, State>,
    /// Whether its value exists and is not published.
    pub(crate) unpublished: bool,
}

impl<'a> Seen<'a> {
    fn owned(state: State) -> Seen<'a> {
        Seen { state: Cow::Owned(state), unpublished: false }
    }

    fn value(value: Value) -> Seen<'a> {
        Seen::owned(State::known(value))
    }
}

/// Two judgements of one day say different things.
struct Differ;

/// A record read under a package on a day.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reader<'a> {
    pub(crate) graph: &'a ConversionGraph,
    pub(crate) record: &'a Record,
    pub(crate) as_of: Date,
    /// The target for which facts are read: some judgements hold for one target only.
    pub(crate) toward: Option<OutcomeId>,
}

impl<'a> Reader<'a> {
    /// The same record, read for a target.
    pub(crate) const fn toward(self, toward: Option<OutcomeId>) -> Reader<'a> {
        Reader { toward, ..self }
    }

    pub(crate) fn held(&self, held: HeldId) -> Option<&'a Achievement> {
        self.record.held.get(held.index())
    }

    /// The state of one holder's fact. Sums and worst values over several achievements are made where claims are.
    pub(crate) fn state(&self, of: Owner, fact: FactId, value_type: Option<ValueType>) -> Seen<'a> {
        match of {
            Owner::Held(held) => self.achievement(held, fact, value_type),
            Owner::Target(outcome) => self.outcome(outcome, fact, value_type),
            Owner::Learner => self.settle(of, fact, value_type, self.record.learner.get(fact), None),
            Owner::Plan => self.settle(of, fact, value_type, self.record.plan.get(fact), None),
            Owner::Request => self.request(fact),
            Owner::Total | Owner::Lowest | Owner::Latest | Owner::Unlisted(_) => Seen::value(Value::None),
        }
    }

    /// How a fact of a holder is declared, if it is.
    pub(crate) fn declared(&self, of: Owner, fact: FactId) -> Option<&'a FactUse> {
        let model = self.graph.model();
        let kind =
            |kind: crate::model::KindId| model.kinds.get(kind.index()).map(|kind| kind.facts.as_slice());
        let uses = match of {
            Owner::Held(held) => {
                let held = self.held(held)?;
                let of_outcome = held.outcome.and_then(|outcome| model.outcomes.get(outcome.index()));
                kind(held.kind.or(of_outcome.map(|outcome| outcome.kind))?)?
            }
            Owner::Target(outcome) => kind(model.outcomes.get(outcome.index())?.kind)?,
            Owner::Learner => &model.learner,
            Owner::Plan => &model.plan,
            Owner::Request => &model.request,
            Owner::Total | Owner::Lowest | Owner::Latest | Owner::Unlisted(_) => return None,
        };
        uses.iter().find(|of| of.fact == fact)
    }

    fn achievement(&self, id: HeldId, fact: FactId, value_type: Option<ValueType>) -> Seen<'a> {
        let Some(held) = self.held(id) else { return Seen::value(Value::None) };
        let built_in = self.graph.built_in();
        let stated = held.facts.get(fact);
        if stated.is_none() {
            if Some(fact) == built_in.outcome {
                return held.outcome.and_then(|outcome| self.graph.outcome_symbol(outcome)).map_or_else(
                    || Seen::owned(any(Axis::Symbol)),
                    |symbol| Seen::value(Value::Symbol(symbol)),
                );
            }
            if let Some(state) = self.unstated_entry(held, fact) {
                return Seen::owned(state);
            }
        }
        let catalogue = held.outcome.and_then(|outcome| self.catalogue(outcome, fact, value_type));
        // A certificate of which nobody says that it expires does not.
        if Some(fact) == built_in.expires
            && stated.is_none()
            && catalogue.is_none()
            && self.declared(Owner::Held(id), fact).is_none()
        {
            return Seen::value(Value::None);
        }
        self.settle(Owner::Held(id), fact, value_type, stated, catalogue)
    }

    fn outcome(&self, outcome: OutcomeId, fact: FactId, value_type: Option<ValueType>) -> Seen<'a> {
        if Some(fact) == self.graph.built_in().outcome {
            let symbol = self.graph.outcome_symbol(outcome).map_or(Value::None, Value::Symbol);
            return Seen::value(symbol);
        }
        let catalogue = self.catalogue(outcome, fact, value_type);
        self.settle(Owner::Target(outcome), fact, value_type, None, catalogue)
    }

    fn request(&self, fact: FactId) -> Seen<'a> {
        let built_in = self.graph.built_in();
        if Some(fact) == built_in.decided {
            return Seen::value(Value::Date(self.as_of));
        }
        match self.record.dates.get(fact) {
            Some(state) => Seen { state: Cow::Borrowed(state), unpublished: false },
            None if Some(fact) == built_in.applied => Seen::value(Value::Date(self.as_of)),
            None => Seen::owned(any(Axis::Date)),
        }
    }

    /// The defaults of built-in facts that an entry leaves out: once, never converted, original.
    fn unstated_entry(&self, held: &Achievement, fact: FactId) -> Option<State> {
        let built_in = self.graph.built_in();
        if Some(fact) == built_in.times {
            return Some(State::known(Value::Number(Ratio::ONE)));
        }
        if Some(fact) == built_in.steps {
            return Some(State::known(Value::Number(Ratio::ZERO)));
        }
        if Some(fact) == built_in.origin {
            let rank = u32::from(matches!(held.origin, Origin::Granted { .. }));
            return Some(State::known(Value::Rank(rank)));
        }
        None
    }

    /// What the catalogue says of an outcome's fact.
    pub(crate) fn catalogue(
        &self,
        outcome: OutcomeId,
        fact: FactId,
        value_type: Option<ValueType>,
    ) -> Option<Given> {
        let entry = self.graph.model().outcomes.get(outcome.index())?;
        if Some(fact) == self.graph.built_in().level {
            let framework = value_type
                .and_then(|of| if let ValueType::Level(framework) = of { Some(framework) } else { None });
            let overall = entry.levels.iter().find(|level| {
                level.dimension.is_none() && framework.is_none_or(|framework| level.framework == framework)
            });
            return overall
                .map(|level| Given::Value(Value::Rank(level.rank)))
                .or_else(|| self.placed(entry, framework?));
        }
        if let Ok(at) = entry.given.binary_search_by_key(&fact, |(fact, _)| *fact) {
            return entry.given.get(at).map(|(_, given)| given.clone());
        }
        if Some(fact) == self.graph.built_in().credits {
            return match entry.credits {
                Credits::Amount(amount, _) => Some(Given::Value(Value::Number(amount))),
                Credits::Unpublished => Some(Given::Unpublished),
                Credits::Unstated => None,
            };
        }
        None
    }

    /// The level overall that the levels by dimension leave, where a framework places by every dimension: their lowest, or, while
    /// some are not stated, nothing above it.
    fn placed(&self, entry: &crate::model::Outcome, framework: FrameworkId) -> Option<Given> {
        let of = self.graph.model().frameworks.get(framework.index())?;
        if of.placement != Some(Placement::EveryDimension) {
            return None;
        }
        let own = entry.levels.iter().filter(|level| level.framework == framework);
        let stated: Vec<u32> = own.map(|level| level.rank).collect();
        let lowest = Value::Rank(*stated.iter().min()?);
        if stated.len() == of.dimensions.len() {
            return Some(Given::Value(lowest));
        }
        Some(Given::Within(Set::between(Value::Rank(0), lowest)))
    }

    /// Brings together what is stated, what the catalogue says and what the declaration says.
    fn settle(
        &self,
        of: Owner,
        fact: FactId,
        value_type: Option<ValueType>,
        stated: Option<&'a State>,
        catalogue: Option<Given>,
    ) -> Seen<'a> {
        let declared = self.declared(of, fact);
        if let Some((of_kind, made)) = declared.and_then(|of| Some((of, of.worked_out.as_ref()?))) {
            // Whoever gives it is told of numbers too large; what only looks at it takes it for unknown.
            let domain = domain_of(of_kind);
            let (state, unpublished) = super::worked_out::state(self, of, made, &domain)
                .unwrap_or_else(|Overflow| (State::unknown(&domain), false));
            return Seen { state: Cow::Owned(state), unpublished };
        }
        let stated = match declared.and_then(|of| of.judged) {
            // What the learner says of it counts for nothing.
            Some(judge) => match self.judgement(of, fact, judge) {
                Ok(said) => said,
                Err(Differ) => {
                    let domain = declared.map_or_else(|| self.open_domain(value_type), domain_of);
                    return Seen::owned(State::contradiction(&domain));
                }
            },
            None => stated,
        };
        if let (Some(state), None, None) = (stated, &catalogue, declared.and_then(|of| of.only_if.as_ref())) {
            return Seen { state: Cow::Borrowed(state), unpublished: false };
        }
        let domain = || match declared {
            Some(of) => domain_of(of),
            None => self.open_domain(value_type),
        };
        let mut unpublished = false;
        let said = match catalogue {
            Some(Given::Value(value)) => Some(Set::one(value)),
            Some(Given::Within(set)) => Some(set),
            Some(Given::Unpublished) => {
                unpublished = stated.is_none();
                None
            }
            None => None,
        };
        let mut state = match (stated, said) {
            (Some(state), Some(said)) => state.narrow(&said, &domain()),
            (Some(state), None) => state.clone(),
            (None, Some(said)) => State::of(said).unwrap_or_else(|| State::contradiction(&domain())),
            (None, None) if unpublished => State::unknown(&domain()),
            (None, None) => match (declared, declared.and_then(|of| of.only_if.as_ref())) {
                (Some(declared), Some(test)) => match self.holds_of(of, test) {
                    Truth::False => State::known(Value::None),
                    Truth::True => self.unstated(declared, value_type),
                    Truth::Unknown => {
                        let may_be = self.unstated(declared, value_type).to_set().union(&Set::none());
                        State::of(may_be).unwrap_or_else(|| State::known(Value::None))
                    }
                },
                (Some(declared), None) => self.unstated(declared, value_type),
                // Another kind's fact: this holder has none. A built-in one it may have, only nobody said it.
                (None, _) if !self.is_built_in(fact) => State::known(Value::None),
                (None, _) => State::unknown(&domain()),
            },
        };
        if let (Some(_), Some(test)) = (stated, declared.and_then(|of| of.only_if.as_ref()))
            && self.holds_of(of, test).is_false()
        {
            state = state.narrow(&Set::none(), &domain());
        }
        Seen { state: Cow::Owned(state), unpublished }
    }

    /// What its judge last said of a fact.
    fn judgement(&self, of: Owner, fact: FactId, judge: Judge) -> Result<Option<&'a State>, Differ> {
        let mut last: Option<&'a Judgement> = None;
        let mut differ = false;
        for said in self.record.judged.iter().filter(|said| said.question == fact) {
            let about = match of {
                Owner::Held(held) => said.of.contains(&held),
                Owner::Target(target) => said.of.is_empty() && said.target == Some(target),
                _ => said.of.is_empty(),
            };
            let meant = !judge.against_target || said.target.is_none() || said.target == self.toward;
            if !about || !meant || said.judge.is_some_and(|by| by != judge.by) {
                continue;
            }
            match last.map(|last| said.on.cmp(&last.on)) {
                None | Some(Ordering::Greater) => (last, differ) = (Some(said), false),
                Some(Ordering::Equal) => differ |= last.is_some_and(|last| last.state != said.state),
                Some(Ordering::Less) => {}
            }
        }
        if differ { Err(Differ) } else { Ok(last.map(|said| &said.state)) }
    }

    /// A declared fact of which nothing is stated.
    fn unstated(&self, of: &FactUse, value_type: Option<ValueType>) -> State {
        if let Some(value) = of.otherwise {
            return State::known(value);
        }
        let of_type = |wanted: ValueType| of.domains.iter().find(|domain| domain.value_type == wanted);
        match value_type.and_then(of_type) {
            Some(typed) if of.domains.len() > 1 => {
                let whole = typed.domain.full_set();
                State::of(if of.optional { whole.union(&Set::none()) } else { whole })
                    .unwrap_or_else(|| any(Axis::None))
            }
            _ => State::unknown(&domain_of(of)),
        }
    }

    /// A fact's `if`, over the same holder.
    fn holds_of(&self, of: Owner, test: &Cond) -> Truth {
        super::condition::alone(self, of, test)
    }

    fn is_built_in(&self, fact: FactId) -> bool {
        self.graph.model().facts.get(fact.index()).is_some_and(|fact| fact.built_in)
    }

    /// All values of a type, for built-in facts that nobody declares.
    pub(crate) fn open_domain(&self, value_type: Option<ValueType>) -> Domain {
        let model = self.graph.model();
        let numbers = || {
            Numbers::new(Some(Ratio::ZERO), None, None)
                .map_or(Domain::of(Shape::Symbols(None)), Domain::numbers)
        };
        let ranks = |len: usize, ordered| {
            Domain::of(Shape::List { len: u32::try_from(len).unwrap_or(u32::MAX), ordered })
        };
        match value_type {
            Some(ValueType::YesNo) => Domain::yes_or_no(),
            Some(ValueType::List(list)) => {
                let list = model.lists.get(list.index());
                ranks(list.map_or(0, |list| list.ranks.len()), list.is_some_and(|list| list.ordered))
            }
            Some(ValueType::Scale(scale)) => {
                match model.scales.get(scale.index()).map(|scale| &scale.shape) {
                    Some(ScaleShape::Numeric { worst, best, step }) => {
                        let (least, most) = if worst <= best { (*worst, *best) } else { (*best, *worst) };
                        Numbers::new(Some(least), Some(most), *step).map_or_else(numbers, Domain::numbers)
                    }
                    Some(ScaleShape::Named(names)) => ranks(names.len(), true),
                    None => numbers(),
                }
            }
            Some(ValueType::Level(framework)) => {
                let levels =
                    model.frameworks.get(framework.index()).and_then(|framework| framework.levels.as_ref());
                ranks(levels.map_or(0, Vec::len), true)
            }
            Some(ValueType::Date) => Domain::of(Shape::Date),
            Some(ValueType::Name | ValueType::Outcome(_) | ValueType::Body(_)) => {
                Domain::of(Shape::Symbols(None))
            }
            Some(ValueType::Months) => Domain::of(Shape::Months { least: 0, greatest: None }),
            Some(ValueType::Days) => Domain::of(Shape::Days { least: 0, greatest: None }),
            Some(
                ValueType::Number
                | ValueType::Credits(_)
                | ValueType::ContactHours
                | ValueType::NotionalHours
                | ValueType::Hours
                | ValueType::Share,
            )
            | None => numbers(),
        }
    }
}

/// The values a declared fact may have, "none" among them where it is optional.
pub(crate) fn domain_of(of: &FactUse) -> Domain {
    let domain = match of.domains.as_slice() {
        [only] => only.domain.clone(),
        // Of several scales the first stands for the domain: which one a mark is of, its value says.
        [first, ..] => first.domain.clone(),
        [] => Domain::of(Shape::Symbols(None)),
    };
    if of.optional { domain.or_none() } else { domain }
}

fn any(axis: Axis) -> State {
    State::of(Set::everything(axis)).unwrap_or(State::known(Value::None))
}

/// Every mark of a scale.
pub(crate) fn scale_marks(model: &crate::model::Model, scale: crate::model::ScaleId) -> crate::space::Set {
    use crate::model::ScaleShape;
    use crate::space::{Set, Value};
    match model.scales.get(scale.index()).map(|scale| &scale.shape) {
        Some(ScaleShape::Numeric { worst, best, .. }) => {
            Set::between(Value::Number(*worst.min(best)), Value::Number(*worst.max(best)))
        }
        Some(ScaleShape::Named(ranks)) => {
            let last = u32::try_from(ranks.len().saturating_sub(1)).unwrap_or(u32::MAX);
            Set::between(Value::Rank(0), Value::Rank(last))
        }
        None => Set::empty(),
    }
}

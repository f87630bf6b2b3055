//! What an analysis quantifies over: achievements of known kinds in numbered places, one goal, and every value that their facts,
//! the learner's, the plan's and the request's may have.
//!
//! A scene never holds a value of a fact, only what it may be. The one idea: a fact that the catalogue settles is a constant here,
//! so that "at least the target's credits" is a test of one fact against one number.

use std::collections::BTreeMap;

use crate::evaluate::{Achievement, Facts, HeldId, Origin, Owner, Reader, Record, Status, domain_of};
use crate::graph::{ConversionGraph, Goal};
use crate::model::{
    ClassId, FactId, FactUse, Given, Judge, KindId, Model, OutcomeId, Rule, RuleId, ValueType,
};
use crate::quantity::{Date, Length, Ratio};
use crate::space::{Axis, Domain, Set, Value};

use super::form::Form;
use super::look::Look;

/// Whose fact a dimension is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Whose {
    /// The achievement's in this place.
    Held(u32),
    /// The learner's.
    Learner,
    /// The plan's.
    Plan,
    /// The request's.
    Request,
    /// Whether the record holds what a `holds` asks for: yes or no; the fact is the place of the `holds` in the scene.
    Record,
}

/// A dimension: one fact that may take values on its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Dim {
    /// Whose.
    pub(crate) whose: Whose,
    /// Which.
    pub(crate) fact: FactId,
    /// Of a level, in which framework, counted from 1: a level of one says nothing of a level of another.
    pub(crate) frame: u32,
}

/// What is known of a dimension.
#[derive(Clone, Debug)]
pub(super) struct Known {
    /// All its values.
    pub(super) full: Set,
    /// The domains they come from, for steps.
    pub(super) domains: Vec<Domain>,
    /// Their type.
    pub(super) value_type: ValueType,
    /// Whether the catalogue or the request settles it, so that no record states it.
    pub(super) settled: bool,
    /// The values that tests name.
    pub(super) named: Vec<Value>,
    /// When the fact has a value at all: for facts with an `if`.
    pub(super) exists: Option<Form>,
}

impl Known {
    /// The part of a set that the fact may be.
    pub(super) fn snap(&self, set: &Set) -> Set {
        let inside = set.intersect(&self.full);
        if self.domains.iter().all(|domain| domain.step().is_none()) {
            return inside;
        }
        let numbers = self.domains.iter().fold(Set::empty(), |all, domain| all.union(&domain.snap(&inside)));
        if inside.has_none() { numbers.union(&Set::none()) } else { numbers }
    }
}

/// An achievement as far as an analysis knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Source {
    /// This entry of the catalogue.
    Outcome(OutcomeId),
    /// One of this kind that is in no catalogue.
    Kind(KindId),
}

/// A relation of two dates that only a fixed day settles.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Relation {
    /// The request's date.
    pub(super) request: FactId,
    /// The other date.
    pub(super) other: Dim,
    /// How far apart they may be.
    pub(super) length: Option<Length>,
}

/// What is quantified over.
#[derive(Clone, Debug)]
pub(super) struct Scene<'g> {
    pub(super) graph: &'g ConversionGraph,
    /// What stands in each place.
    pub(super) sources: Vec<Source>,
    pub(super) goal: Goal,
    /// Dates of the request that are fixed.
    pub(super) pins: Vec<(FactId, Date)>,
    pub(super) facts: BTreeMap<Dim, Known>,
    /// What `holds` tests ask for.
    pub(super) looks: Vec<Look>,
    /// Relations that no fixed day has settled.
    pub(super) relations: Vec<Relation>,
    /// Whether two dates are related of which neither is the request's: no fixed day settles them.
    pub(super) is_linked: bool,
    /// What kinds say is possible.
    possible: Vec<Form>,
    record: Record,
}

impl<'g> Scene<'g> {
    pub(super) fn new(
        graph: &'g ConversionGraph,
        goal: Goal,
        sources: Vec<Source>,
        pins: Vec<(FactId, Date)>,
    ) -> Self {
        let held = (1u32..).zip(&sources).map(|(at, source)| achievement(graph, at, *source)).collect();
        let record = Record { held, ..Record::default() };
        let mut scene = Scene {
            graph,
            sources,
            goal,
            pins,
            facts: BTreeMap::new(),
            looks: Vec::new(),
            relations: Vec::new(),
            is_linked: false,
            possible: Vec::new(),
            record,
        };
        // What a kind calls impossible is no achievement of it.
        let kinds: Vec<Option<crate::model::KindId>> =
            scene.sources.iter().map(|source| source.kind(graph.model())).collect();
        for (place, kind) in (0u32..).zip(kinds) {
            let kind = kind.and_then(|kind| graph.model().kinds.get(kind.index()));
            for possible in kind.map_or(&[][..], |kind| &kind.possible) {
                let form = super::condition::form(&mut scene, possible, &[], Some(Whose::Held(place)));
                scene.possible.push(form);
            }
        }
        scene
    }

    pub(super) fn model(&self) -> &'g Model {
        self.graph.model()
    }

    /// A rule as it stands to the goal: with the `give` line that names it.
    pub(super) fn rule(&self, rule: RuleId) -> Option<&'g Rule> {
        let target = if let Goal::Outcome(outcome) = self.goal { Some(outcome) } else { None };
        self.model().rules.get(rule.index()).map(|rule| rule.toward(target))
    }

    pub(super) fn reader(&self) -> Reader<'_> {
        let toward = if let Goal::Outcome(outcome) = self.goal { Some(outcome) } else { None };
        Reader { graph: self.graph, record: &self.record, as_of: Date::MIN, toward }
    }

    /// Whether what stands in a place is of a class.
    pub(super) fn is_of_class(&self, place: u32, class: ClassId) -> bool {
        self.sources.get(place as usize).is_some_and(|source| source.is_of(self.graph, class))
    }

    /// The dimension of a fact; it becomes one of the scene's.
    pub(super) fn dim(&mut self, whose: Whose, fact: FactId, value_type: ValueType) -> Dim {
        let frame = match value_type {
            ValueType::Level(framework) => framework.0 + 1,
            _ => 0,
        };
        let dim = Dim { whose, fact, frame };
        if !self.facts.contains_key(&dim) {
            let known = self.known(whose, fact, value_type);
            self.facts.insert(dim, known);
            // The `if` of a fact may ask for another fact of the same holder.
            let only_if = self.use_of(whose, fact).filter(|_| !self.is_settled(dim));
            if let Some((test, optional)) = only_if.and_then(|of| Some((of.only_if.clone()?, of.optional))) {
                let holds = super::condition::form(self, &test, &[], Some(whose));
                let none = Form::In(dim, Set::none());
                let there = if optional { Form::TRUE } else { none.clone().not(&self.facts) };
                let absent = Form::All(vec![holds.clone().not(&self.facts), none]);
                let exists = Form::Any(vec![Form::All(vec![holds, there]), absent]);
                if let Some(known) = self.facts.get_mut(&dim) {
                    known.exists = Some(exists);
                }
            }
        }
        dim
    }

    fn is_settled(&self, dim: Dim) -> bool {
        self.facts.get(&dim).is_some_and(|known| known.settled)
    }

    /// Whether a fact is worked out from others, so that no value of it can be chosen.
    pub(super) fn is_worked_out(&self, dim: Dim) -> bool {
        self.use_of(dim.whose, dim.fact).is_some_and(|of| of.worked_out.is_some())
    }

    /// Who judges a fact, where that is a judgement.
    pub(super) fn judge(&self, dim: Dim) -> Option<Judge> {
        self.use_of(dim.whose, dim.fact)?.judged
    }

    /// Whether a holder's kind declares a fact.
    pub(super) fn declares(&self, whose: Whose, fact: FactId) -> bool {
        self.use_of(whose, fact).is_some()
    }

    /// That each fact has a value exactly where it exists, and that nothing impossible is so.
    pub(super) fn existence(&self) -> Form {
        let exist = self.facts.values().filter_map(|known| known.exists.clone());
        Form::All(exist.chain(self.possible.iter().cloned()).collect())
    }

    /// How a fact is declared.
    pub(super) fn use_of(&self, whose: Whose, fact: FactId) -> Option<&'g FactUse> {
        let model = self.model();
        let uses: &'g [FactUse] = match whose {
            Whose::Held(place) => {
                &model.kinds.get(self.sources.get(place as usize)?.kind(model)?.index())?.facts
            }
            Whose::Learner => &model.learner,
            Whose::Plan => &model.plan,
            Whose::Request => &model.request,
            Whose::Record => return None,
        };
        uses.iter().find(|of| of.fact == fact)
    }

    fn known(&self, whose: Whose, fact: FactId, value_type: ValueType) -> Known {
        let settled = |full: Set| Known {
            full,
            domains: Vec::new(),
            value_type,
            settled: true,
            named: Vec::new(),
            exists: None,
        };
        if whose == Whose::Record {
            return Known { settled: false, ..settled(Set::everything(Axis::Bool)) };
        }
        let model = self.model();
        let built_in = self.graph.built_in();
        if let Some((_, day)) = self.pins.iter().find(|(of, _)| whose == Whose::Request && *of == fact) {
            return settled(Set::one(Value::Date(*day)));
        }
        let declared = self.use_of(whose, fact);
        let mut given = None;
        if let Whose::Held(place) = whose {
            let outcome = match self.sources.get(place as usize) {
                Some(Source::Outcome(outcome)) => Some(*outcome),
                _ => None,
            };
            if Some(fact) == built_in.outcome {
                let symbol = outcome.and_then(|outcome| self.graph.outcome_symbol(outcome));
                return settled(symbol.map_or_else(Set::empty, |symbol| Set::one(Value::Symbol(symbol))));
            }
            if declared.is_none() {
                let number = |number| settled(Set::one(Value::Number(number)));
                if Some(fact) == built_in.times {
                    return number(Ratio::ONE);
                }
                if Some(fact) == built_in.steps {
                    return number(Ratio::ZERO);
                }
                if Some(fact) == built_in.origin {
                    return settled(Set::one(Value::Rank(0)));
                }
            }
            given = outcome.and_then(|outcome| self.reader().catalogue(outcome, fact, Some(value_type)));
        }
        if let Some(Given::Value(value)) = given {
            return settled(Set::one(value));
        }
        // A certificate of which nobody says that it expires does not.
        if declared.is_none() && given.is_none() && Some(fact) == built_in.expires {
            return settled(Set::none());
        }
        let is_built_in = model.facts.get(fact.index()).is_some_and(|fact| fact.built_in);
        let domains: Vec<Domain> = match declared {
            Some(of) if of.domains.len() > 1 => of.domains.iter().map(|typed| typed.domain.clone()).collect(),
            Some(of) => vec![domain_of(of)],
            None if is_built_in => vec![self.reader().open_domain(Some(value_type))],
            None => return settled(Set::none()),
        };
        let whole = domains.iter().fold(Set::empty(), |all, of| all.union(&of.snap(&of.full_set())));
        let may_lack = declared.is_some_and(|of| of.optional || of.only_if.is_some());
        let whole = if may_lack { whole.union(&Set::none()) } else { whole };
        let full = match given {
            Some(Given::Within(set)) => whole.intersect(&set),
            _ => whole,
        };
        Known { full, domains, settled: false, ..settled(Set::empty()) }
    }

    /// The value of the target's fact, where it has exactly one.
    pub(super) fn of_target(&self, fact: FactId, value_type: ValueType) -> Option<Value> {
        let Goal::Outcome(outcome) = self.goal else { return None };
        self.reader().state(Owner::Target(outcome), fact, Some(value_type)).state.value()
    }
}

impl Source {
    /// The kind of the achievement.
    pub(super) fn kind(self, model: &Model) -> Option<KindId> {
        match self {
            Source::Outcome(outcome) => model.outcomes.get(outcome.index()).map(|outcome| outcome.kind),
            Source::Kind(kind) => Some(kind),
        }
    }

    /// Whether it is of a class.
    pub(super) fn is_of(self, graph: &ConversionGraph, class: ClassId) -> bool {
        let outcome = if let Source::Outcome(outcome) = self { Some(outcome) } else { None };
        let (by_outcome, by_kind) = graph.classes(outcome, self.kind(graph.model()));
        by_outcome.binary_search(&class).is_ok() || by_kind.binary_search(&class).is_ok()
    }
}

/// An achievement of which nothing is stated.
pub(super) fn achievement(graph: &ConversionGraph, number: u32, source: Source) -> Achievement {
    Achievement {
        id: format!("a{number}").into(),
        outcome: if let Source::Outcome(outcome) = source { Some(outcome) } else { None },
        kind: source.kind(graph.model()),
        number: None,
        facts: Facts::default(),
        status: Status::Valid,
        origin: Origin::Original,
        evidence: Vec::new(),
    }
}

/// The place of an achievement in a record.
pub(super) const fn held(place: u32) -> HeldId {
    HeldId(place)
}

//! A proof with what its numbers stand for: facts, cells and rules.

use crate::certificate::{Proof, Refused, Statement, check};
use crate::graph::{ConversionGraph, Goal};
use crate::model::{FactId, RuleId, ValueType};
use crate::quantity::Date;
use crate::space::Set;

use super::grid::Grid;
use super::scene::{Dim, Scene, Source, Whose};

/// A statement that was proved, with its proof.
#[derive(Clone, Debug)]
pub struct Proved {
    /// For what.
    pub goal: Goal,
    /// The statement about numbered cells.
    pub statement: Statement,
    /// Its proof.
    pub proof: Proof,
    /// The rule of each region.
    pub rules: Vec<RuleId>,
    pub(crate) sources: Vec<Source>,
    pub(crate) pins: Vec<(FactId, Date)>,
    pub(crate) facts: Vec<(Dim, ValueType, Vec<Set>)>,
}

impl Proved {
    pub(super) fn new(scene: &Scene<'_>, grid: Grid, proof: Proof, rules: Vec<RuleId>) -> Self {
        let facts = grid.dims.iter().zip(&grid.partitions).map(|(dim, cells)| {
            let value_type = scene.facts.get(dim).map_or(ValueType::Number, |known| known.value_type);
            let cells = (0..cells.len()).filter_map(|at| cells.cell(at).cloned()).collect();
            (*dim, value_type, cells)
        });
        Proved {
            goal: scene.goal,
            facts: facts.collect(),
            statement: grid.statement,
            proof,
            rules,
            sources: scene.sources.clone(),
            pins: scene.pins.clone(),
        }
    }

    /// Whether the checker accepts it.
    ///
    /// # Errors
    ///
    /// Where it does not.
    pub fn check(&self) -> Result<(), Refused> {
        check(&self.statement, &self.proof)
    }
}

/// What the numbers of a statement stand for, in words of the package.
impl Proved {
    /// The target, or the scheme in whose account credits wait.
    pub fn target(&self, graph: &ConversionGraph) -> String {
        let model = graph.model();
        match self.goal {
            Goal::Outcome(outcome) => {
                model.outcomes.get(outcome.index()).map_or_else(String::new, |of| of.name.to_string())
            }
            Goal::Deposit(scheme) => {
                model.schemes.get(scheme.index()).map_or_else(String::new, |of| of.name.to_string())
            }
            Goal::Block(block) => {
                model.blocks.get(block.index()).map_or_else(String::new, |of| of.name.to_string())
            }
        }
    }

    /// The achievements, by place.
    pub fn achievements(&self, graph: &ConversionGraph) -> Vec<String> {
        let model = graph.model();
        let name = |source: &Source| match source {
            Source::Outcome(outcome) => model.outcomes.get(outcome.index()).map(|of| of.name.to_string()),
            Source::Kind(kind) => model.kinds.get(kind.index()).map(|of| format!("any {}", of.name)),
        };
        self.sources.iter().filter_map(name).collect()
    }

    /// The dates of the request that are fixed.
    pub fn dates(&self, graph: &ConversionGraph) -> Vec<(String, String)> {
        self.pins.iter().map(|(fact, day)| (name(graph, *fact), day.to_string())).collect()
    }

    /// The facts: whose, which, and the values of each cell.
    pub fn facts(&self, graph: &ConversionGraph) -> Vec<(String, String, Vec<String>)> {
        let told = self.facts.iter().map(|(dim, _, cells)| {
            let of = match dim.whose {
                Whose::Held(place) => format!("achievement {}", place + 1),
                Whose::Learner => "learner".to_owned(),
                Whose::Plan => "plan".to_owned(),
                Whose::Request => "request".to_owned(),
                Whose::Record => "record".to_owned(),
            };
            let fact = match dim.whose {
                Whose::Record => format!("holds {}", dim.fact.0 + 1),
                _ => name(graph, dim.fact),
            };
            (of, fact, cells.iter().map(ToString::to_string).collect())
        });
        told.collect()
    }
}

fn name(graph: &ConversionGraph, fact: FactId) -> String {
    graph.model().facts.get(fact.index()).map_or_else(String::new, |fact| fact.name.to_string())
}

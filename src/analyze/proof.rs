//! A proof with what its numbers stand for: facts, cells and rules.

use crate::certificate::{Proof, Refused, Statement, check};
use crate::graph::Goal;
use crate::model::{FactId, RuleId, ValueType};
use crate::quantity::Date;
use crate::space::Set;

use super::grid::Grid;
use super::scene::{Dim, Scene, Source};

/// A statement that was proved, with its proof.
#[derive(Clone, Debug)]
#[allow(dead_code, reason = "read where proofs are written")]
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

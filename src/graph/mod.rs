//! The conversion graph: outcomes, classes and rules as nodes of a graph that can be asked, and the same in flat arrays that are
//! read when a claim is decided.
//!
//! A rule is a node of its own, so that "two outcomes together give three" is exact, and a class (a kind, a set, a list of
//! outcomes) is one node with one edge to a rule, never one edge for each of its members. Nothing here decides; no index of the
//! graph library leaves this folder.

mod compact;
mod coverage;
mod freeze;
mod query;
mod rows;

use std::sync::Arc;

use petgraph::graph::{DiGraph, NodeIndex};
use rustc_hash::FxHashMap;

use crate::model::{BarId, BlockId, ClassId, FactId, KindId, Model, OutcomeId, RuleId, SchemeId};

use rows::Rows;

pub(crate) use compact::Compact;
pub use coverage::{Counting, Covered};
pub use freeze::goals_of;
pub(crate) use freeze::toward;
pub use query::{Edge, Neighbourhood, Node};

/// A package's rules, ready to be asked.
#[derive(Clone, Debug)]
pub struct ConversionGraph {
    model: Arc<Model>,
    graph: DiGraph<Node, ()>,
    nodes: FxHashMap<Node, NodeIndex>,
    outcome_classes: Rows<ClassId>,
    kind_classes: Rows<ClassId>,
    class_rows: Rows<Row>,
    compacts: Vec<Compact>,
    goal_rules: Rows<RuleId>,
    rights: Rows<(RuleId, u32)>,
    first_family: u32,
    family_goals: Rows<u32>,
    goal_families: Rows<u32>,
    overriders: Rows<RuleId>,
    ranks: Vec<u32>,
    scheme_bars: Rows<BarId>,
    package_bars: Vec<BarId>,
    outcome_symbols: Vec<u32>,
    same_as: Vec<OutcomeId>,
    built_in: BuiltIn,
    any_lapses: bool,
}

/// What a claim converts to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Goal {
    /// A catalogue entry.
    Outcome(OutcomeId),
    /// An account of this scheme: the credits wait there.
    Deposit(SchemeId),
    /// A place for credits.
    Block(BlockId),
}

/// One way into a rule: an achievement of the class may fill this slot for this goal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Row {
    /// The goal, numbered: outcomes first, then the accounts of schemes, then blocks.
    pub(crate) goal: u32,
    /// The rule.
    pub(crate) rule: RuleId,
    /// Which alternative of its `from`.
    pub(crate) alternative: u32,
    /// Which slot of the alternative.
    pub(crate) slot: u32,
    /// The place of its small form, for a plain rule.
    compact: u32,
}

/// The built-in facts that have a meaning of their own for deciding.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct BuiltIn {
    pub(crate) applied: Option<FactId>,
    pub(crate) decided: Option<FactId>,
    pub(crate) awarded: Option<FactId>,
    pub(crate) completed: Option<FactId>,
    pub(crate) credits: Option<FactId>,
    pub(crate) ended: Option<FactId>,
    pub(crate) expires: Option<FactId>,
    pub(crate) grade: Option<FactId>,
    pub(crate) issuer: Option<FactId>,
    pub(crate) level: Option<FactId>,
    pub(crate) outcome: Option<FactId>,
    pub(crate) started: Option<FactId>,
    pub(crate) statements: Option<FactId>,
    pub(crate) steps: Option<FactId>,
    pub(crate) times: Option<FactId>,
    pub(crate) origin: Option<FactId>,
    pub(crate) name: Option<FactId>,
}

/// Builds the graph of a package whose names, types and shapes have no error.
pub fn build(model: Arc<Model>) -> ConversionGraph {
    freeze::build(model)
}

impl ConversionGraph {
    /// The package's meaning.
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// The package's meaning, shared.
    pub fn shared_model(&self) -> &Arc<Model> {
        &self.model
    }

    /// The classes that an achievement belongs to, in order: those that name its outcome and those that name its kind or a kind
    /// above it.
    pub(crate) fn classes(
        &self,
        outcome: Option<OutcomeId>,
        kind: Option<KindId>,
    ) -> (&[ClassId], &[ClassId]) {
        let by_outcome = outcome.map_or(&[][..], |outcome| self.outcome_classes.of(outcome.index()));
        let by_kind = kind.map_or(&[][..], |kind| self.kind_classes.of(kind.index()));
        (by_outcome, by_kind)
    }

    /// All ways from a class into rules, by goal.
    pub(crate) fn rows(&self, class: ClassId) -> &[Row] {
        self.class_rows.of(class.index())
    }

    /// The ways from a class into rules for one goal: found by halving, never by walking.
    #[inline]
    pub(crate) fn rows_for(&self, class: ClassId, goal: u32) -> &[Row] {
        let rows = self.class_rows.of(class.index());
        if rows.len() <= 8 && rows.iter().all(|row| row.goal == goal) {
            return rows;
        }
        let from = rows.partition_point(|row| row.goal < goal);
        let rest = rows.get(from..).unwrap_or(&[]);
        let to = if rest.len() > 8 {
            rest.partition_point(|row| row.goal <= goal)
        } else {
            rest.iter().take_while(|row| row.goal == goal).count()
        };
        rest.get(..to).unwrap_or(&[])
    }

    /// A plain rule in its small form.
    #[inline]
    pub(crate) fn compact(&self, row: &Row) -> Option<&Compact> {
        self.compacts.get(row.compact as usize)
    }

    /// Whether achievements of some kind lapse.
    #[inline]
    pub(crate) const fn any_lapses(&self) -> bool {
        self.any_lapses
    }

    /// The kind of an outcome.
    pub(crate) fn kind_of(&self, outcome: OutcomeId) -> Option<KindId> {
        self.model.outcomes.get(outcome.index()).map(|outcome| outcome.kind)
    }

    /// Whether one of these facts says when an achievement expires.
    #[inline]
    pub(crate) fn is_expiry_stated(&self, mut facts: impl Iterator<Item = FactId>) -> bool {
        self.built_in.expires.is_some_and(|expires| facts.any(|fact| fact == expires))
    }

    /// A goal's number, and those of the families that it is a member of.
    pub(crate) fn numbers_of(&self, goal: u32) -> impl Iterator<Item = u32> + '_ {
        std::iter::once(goal).chain(self.families_of(goal).iter().copied())
    }

    /// The families that a goal is a member of.
    #[inline]
    pub(crate) fn families_of(&self, goal: u32) -> &[u32] {
        self.goal_families.of(goal as usize)
    }

    /// The goals behind a number: itself, or the members of the family.
    pub(crate) fn goals_behind<'g>(&'g self, number: &'g u32) -> &'g [u32] {
        match number.checked_sub(self.first_family) {
            Some(family) => self.family_goals.of(family as usize),
            None => std::slice::from_ref(number),
        }
    }

    /// The rules that give something for a goal, by id.
    pub(crate) fn rules_for(&self, goal: u32) -> &[RuleId] {
        self.goal_rules.of(goal as usize)
    }

    /// The rules (and which alternative of each) that give something for a goal without any achievement.
    pub(crate) fn rights_for(&self, goal: u32) -> &[(RuleId, u32)] {
        self.rights.of(goal as usize)
    }

    /// The goals of rules that need no achievement, sorted.
    pub(crate) fn goals_of_rights(&self) -> Vec<u32> {
        self.rights.keys()
    }

    /// The rules that override a rule.
    pub(crate) fn overriders(&self, rule: RuleId) -> &[RuleId] {
        self.overriders.of(rule.index())
    }

    /// The place of a rule in an order in which every rule comes after those that override it.
    pub(crate) fn rank(&self, rule: RuleId) -> u32 {
        self.ranks.get(rule.index()).copied().unwrap_or(0)
    }

    /// The bars that hold for a rule: its scheme's and the package's, by id.
    pub(crate) fn bars(&self, scheme: SchemeId) -> impl Iterator<Item = BarId> + '_ {
        self.scheme_bars.of(scheme.index()).iter().chain(&self.package_bars).copied()
    }

    /// The symbol of an outcome's name.
    pub(crate) fn outcome_symbol(&self, outcome: OutcomeId) -> Option<u32> {
        self.outcome_symbols.get(outcome.index()).copied().filter(|symbol| *symbol != u32::MAX)
    }

    /// The first of the outcomes that this one is declared the same as, itself included.
    pub(crate) fn same_as(&self, outcome: OutcomeId) -> OutcomeId {
        self.same_as.get(outcome.index()).copied().unwrap_or(outcome)
    }

    /// The built-in facts that have a meaning of their own.
    pub(crate) fn built_in(&self) -> &BuiltIn {
        &self.built_in
    }

    /// The number of a goal: outcomes first, then the accounts of schemes, then blocks.
    pub(crate) fn goal_number(&self, goal: Goal) -> u32 {
        match goal {
            Goal::Outcome(outcome) => outcome.0,
            Goal::Deposit(scheme) => self.outcome_count().saturating_add(scheme.0),
            Goal::Block(block) => {
                self.outcome_count().saturating_add(self.scheme_count()).saturating_add(block.0)
            }
        }
    }

    /// The goal of a number.
    pub(crate) fn goal(&self, number: u32) -> Goal {
        match number.checked_sub(self.outcome_count()) {
            None => Goal::Outcome(OutcomeId(number)),
            Some(beyond) => match beyond.checked_sub(self.scheme_count()) {
                None => Goal::Deposit(SchemeId(beyond)),
                Some(block) => Goal::Block(BlockId(block)),
            },
        }
    }

    fn scheme_count(&self) -> u32 {
        u32::try_from(self.model.schemes.len()).unwrap_or(u32::MAX)
    }

    fn outcome_count(&self) -> u32 {
        u32::try_from(self.model.outcomes.len()).unwrap_or(u32::MAX)
    }
}

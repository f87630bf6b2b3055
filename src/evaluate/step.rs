//! The derivation as data: which test of which rule saw what, and what came of it. Ids, numbers and places only: sentences are
//! made where answers are reported.

use crate::model::{
    BarId, By, ClassId, ComparisonId, CoverDimension, FactId, FrameworkId, Order, OutcomeId, Role, RuleId,
    StatementId, Stretch, UnitId, ValueType,
};
use crate::quantity::{Length, Ratio, Rounding};
use crate::source::Span;
use crate::space::{Set, State, Truth};

use super::HeldId;

/// Whose fact was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Owner {
    /// An achievement's.
    Held(HeldId),
    /// The sum over the achievements of the claim.
    Total,
    /// The worst among the achievements of the claim.
    Lowest,
    /// The latest among the achievements of the claim.
    Latest,
    /// The target's.
    Target(OutcomeId),
    /// The learner's.
    Learner,
    /// The plan's.
    Plan,
    /// The request's: a date.
    Request,
    /// That of an achievement of this class which a partial record may leave out.
    Unlisted(ClassId),
}

/// What was used for a claim: for each slot of the rule the achievements that fill it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Evidence {
    /// By slot, in the order of the rule's `from`; each slot's achievements in the order of their ids.
    pub slots: Vec<Used>,
}

/// What fills a slot.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Used {
    /// The achievements that surely may fill it; empty where nothing does.
    pub sure: Vec<HeldId>,
    /// Those that may, as far as is known.
    pub possible: Vec<HeldId>,
}

/// Which line of a rule a step stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Slot {
    /// `from`.
    From,
    /// `when` and `unless`.
    When,
    /// `in force`.
    InForce,
    /// `to`.
    To,
    /// `give`.
    Give,
    /// `otherwise`.
    Otherwise,
    /// `overrides`.
    Overrides,
    /// `never`.
    Never,
    /// What the record itself says: withdrawn, expired, used before.
    Record,
}

impl From<Role> for Slot {
    fn from(role: Role) -> Slot {
        match role {
            Role::Condition | Role::Attribute | Role::Twin => Slot::When,
            Role::Window => Slot::InForce,
            Role::Bracket => Slot::From,
        }
    }
}

/// One step of a derivation.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// The rule, or the bar.
    pub rule: Asked,
    /// The line.
    pub slot: Slot,
    /// What was done.
    pub what: What,
    /// What came of it.
    pub truth: Truth,
    /// Where it is written; several where lines on one fact are one test.
    pub lines: Vec<Span>,
}

/// How long a part of the spells lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lasted {
    /// How it must compare.
    pub relation: Order,
    /// With how long.
    pub wanted: Stretch,
    /// The days that surely count.
    pub least: u32,
    /// The days that may count; nothing where there is no bound.
    pub most: Option<u32>,
    /// Whether it is so.
    pub truth: Truth,
}

/// A rule or a bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Asked {
    /// A rule.
    Rule(RuleId),
    /// A bar.
    Bar(BarId),
}

/// What a step did.
#[derive(Clone, Debug, PartialEq)]
pub enum What {
    /// Matched achievements with a slot, by its place in `from`.
    Filled {
        /// The slot.
        slot: u32,
        /// By which achievements.
        by: Used,
    },
    /// Tested a fact against the allowed values.
    Test {
        /// Whose.
        of: Owner,
        /// Which.
        fact: FactId,
        /// Its type.
        value_type: ValueType,
        /// What is known.
        seen: State,
        /// What is allowed.
        allowed: Set,
    },
    /// Compared two facts.
    Compare {
        /// Whose.
        of: Owner,
        /// Which.
        fact: FactId,
        /// The type of both.
        value_type: ValueType,
        /// What is known.
        seen: State,
        /// How it must compare.
        relation: Order,
        /// Whether it must *not*.
        negated: bool,
        /// Whose the other is.
        with: Owner,
        /// The other fact.
        other: FactId,
        /// What is known of it.
        other_seen: State,
    },
    /// Tested that a number differs from the target's by no more than so much.
    Differ {
        /// Whose.
        of: Owner,
        /// Which.
        fact: FactId,
        /// The type of both.
        value_type: ValueType,
        /// What is known.
        seen: State,
        /// By how much at most.
        most: Ratio,
        /// Whether it must be *more*.
        negated: bool,
        /// Whose the other is.
        with: Owner,
        /// The other fact.
        other: FactId,
        /// What is known of it.
        other_seen: State,
    },
    /// Tested that a date lies at most so long before or after another.
    Within {
        /// Whose.
        of: Owner,
        /// Which.
        fact: FactId,
        /// What is known.
        seen: State,
        /// How long at most.
        length: Length,
        /// Whether the tested date comes first.
        before: bool,
        /// Whether it must *not*.
        negated: bool,
        /// Whose the other is.
        with: Owner,
        /// The other date.
        other: FactId,
        /// What is known of it.
        other_seen: State,
    },
    /// Tested a level: in a dimension, or through a comparison.
    Level {
        /// Whose.
        of: Owner,
        /// The fact.
        fact: FactId,
        /// The framework of the bound.
        framework: FrameworkId,
        /// The dimension; nothing for the level overall.
        dimension: Option<u32>,
        /// What is known of it, in its own framework.
        seen: State,
        /// The comparison.
        by: Option<ComparisonId>,
        /// What it was read as, in the framework of the bound; nothing where the comparison does not say.
        read: Option<State>,
        /// What it must be.
        bound: Bound,
        /// Whether it must *not*.
        negated: bool,
    },
    /// Counted how much of the target's statements is covered.
    Covers {
        /// The target.
        target: OutcomeId,
        /// The least share.
        share: Ratio,
        /// The share that is surely covered; nothing where there is nothing to cover.
        covered: Option<Ratio>,
        /// What is not covered.
        missing: Vec<StatementId>,
        /// The dimension whose statements count.
        dimension: Option<CoverDimension>,
        /// Whether they count by their weights.
        by_weight: bool,
        /// Whether less must be covered.
        negated: bool,
    },
    /// Counted how long spells of the record last.
    Lasting {
        /// Those surely meant.
        sure: Vec<HeldId>,
        /// Those possibly meant.
        possible: Vec<HeldId>,
        /// What was asked of all of them and of each part, and what was counted.
        parts: Vec<Lasted>,
        /// Whether they must *not* last so long.
        negated: bool,
    },
    /// Looked for achievements in the record.
    Holds {
        /// Those surely meant.
        sure: Vec<HeldId>,
        /// Those possibly meant.
        possible: Vec<HeldId>,
        /// Whether there must be none.
        negated: bool,
    },
    /// An achievement cannot be used.
    Inadmissible {
        /// Which.
        achievement: HeldId,
        /// Why.
        reason: crate::model::Reason,
    },
    /// What is named is a published exclusion.
    Excluded {
        /// The achievement, where the rule's `from` excludes it; the target where nothing is said.
        achievement: Option<HeldId>,
    },
    /// Was set aside by another rule.
    SetAside {
        /// By this one.
        by: RuleId,
    },
    /// Came to an amount.
    Amount(Box<Amounts>),
    /// A cell of a table answered.
    Cell {
        /// What it says.
        says: CellSays,
    },
    /// The target was covered before.
    Covered,
    /// Did not get so far.
    NotReached,
}

/// What a level must be.
#[derive(Clone, Debug, PartialEq)]
pub enum Bound {
    /// One of these ranks.
    In(Set),
    /// So related to the target's, of which this is known.
    Target(Order, State),
}

/// What a cell that holds no amount says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CellSays {
    /// 0: it reads as a refusal.
    Zero,
    /// `-`: the rule does not apply here.
    NotHere,
    /// `unpublished`.
    Unpublished,
    /// The rule's `otherwise` answers.
    Otherwise,
}

/// An amount as far as it is known: from the least to the most it may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    /// The least.
    pub least: Ratio,
    /// The most; nothing where there is no bound.
    pub most: Option<Ratio>,
}

impl Range {
    /// A known amount.
    pub const fn exactly(amount: Ratio) -> Range {
        Range { least: amount, most: Some(amount) }
    }

    /// The amount, where it is known.
    pub fn known(self) -> Option<Ratio> {
        self.most.filter(|most| *most == self.least)
    }
}

/// An amount before it was converted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Converted {
    /// How much.
    pub before: Range,
    /// Of which unit.
    pub from: UnitId,
    /// By what it was converted.
    pub by: By,
}

/// How an amount came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Amounts {
    /// What was measured, where something was.
    pub measured: Option<Range>,
    /// What it was in another unit, where it was converted.
    pub converted: Option<Converted>,
    /// Before rounding.
    pub raw: Range,
    /// How it was rounded.
    pub rounding: Option<Rounding>,
    /// `at least`.
    pub at_least: Option<Ratio>,
    /// `at most`.
    pub at_most: Option<Ratio>,
    /// After all.
    pub result: Range,
    /// The unit; nothing where there is none.
    pub unit: Option<UnitId>,
}

//! A whole record against a programme: which of what is recognised counts where, what limits cut, and what is still required.
//!
//! The claims of a decision say what each achievement would give alone. Here they meet: an achievement serves once, a course is
//! covered once, blocks fill and limits cut. All of it becomes one problem of whole numbers, which [`crate::allocate`] solves.

mod applied;
mod buckets;
mod lines;
mod places;
mod posed;
mod told;

pub(in crate::answer) use told::{studied, whole_of};

use crate::evaluate::HeldId;
use crate::model::{BlockId, ProgrammeId, Reason, UnitId};
use crate::quantity::Ratio;
use crate::space::Value;

use super::Verdict;

/// A programme, and what a record comes to in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Whole {
    /// The programme.
    pub programme: ProgrammeId,
    /// The unit of its credits.
    pub unit: UnitId,
    /// Whether everything that is required is met.
    pub fulfilled: bool,
    /// What the rules and the learner's own study bring, in the programme's unit.
    pub awarded: Ratio,
    /// What of it counts.
    pub counted: Ratio,
    /// What of each grant counts, and where.
    pub grants: Vec<Counts>,
    /// The learner's own study, what it brings and what of it counts.
    pub study: Vec<Study>,
    /// What was cut.
    pub cuts: Vec<Cut>,
    /// Each limit that holds, bucket by bucket.
    pub limits: Vec<LimitUse>,
    /// What is required: of blocks, then the requirements with names.
    pub requirements: Vec<Required>,
    /// What is held and serves nothing here.
    pub unused: Vec<(HeldId, Idle)>,
    /// Whether it is proved that nothing better exists.
    pub proved: bool,
    /// What remains to be earned.
    pub value: Ratio,
    /// What no allocation can fall below.
    pub bound: Ratio,
}

/// A course that the programme takes as what it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Study {
    /// The achievement.
    pub held: HeldId,
    /// What it brings.
    pub amount: Ratio,
    /// What of it counts.
    pub counts: Counts,
}

/// What counts of a grant, or of the learner's own study.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// The grant, by place in [`super::Decision::grants`].
    pub grant: Option<u32>,
    /// In which blocks how much.
    pub places: Vec<(BlockId, Ratio)>,
    /// All of it.
    pub counted: Ratio,
}

/// What does not count of a grant, or of the learner's own study.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cut {
    /// The grant; nothing for own study.
    pub grant: Option<u32>,
    /// What it rests on.
    pub achievements: Vec<HeldId>,
    /// How much.
    pub amount: Ratio,
    /// The limits that it meets, by place in [`Whole::limits`]; none where what it could serve is full.
    pub limits: Vec<u32>,
}

/// A limit, or one bucket of it.
#[derive(Clone, Debug, PartialEq)]
pub struct LimitUse {
    /// The limit, by place in the model's list.
    pub limit: u32,
    /// The bucket, where the limit holds for each value of something.
    pub bucket: Vec<Bucket>,
    /// How much may count.
    pub ceiling: Ratio,
    /// What a share is of, and how much that is.
    pub base: Option<Ratio>,
    /// What earlier grants used of it.
    pub before: Ratio,
    /// What is used now.
    pub now: Ratio,
}

/// What a bucket of a limit holds apart from others.
#[derive(Clone, Debug, PartialEq)]
pub enum Bucket {
    /// One achievement.
    Achievement(HeldId),
    /// One outcome, or what is the same as it.
    Outcome(crate::model::OutcomeId),
    /// What one rule gives.
    Rule(crate::model::RuleId),
    /// One value of a fact.
    Value(crate::model::FactId, crate::model::ValueType, Value),
    /// A value that is not known: it is counted against each.
    Unknown,
    /// A term or a year: the day on which it begins.
    Period(crate::quantity::Date),
}

/// What is required, and what there is of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Required {
    /// The need of a block, else a requirement by place in the model's list.
    pub of: Requires,
    /// How much.
    pub required: Ratio,
    /// What there is.
    pub met: Ratio,
    /// What is missing.
    pub short: Ratio,
}

/// What requires something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Requires {
    /// A block.
    Block(BlockId),
    /// A requirement with a name.
    Named(u32),
}

/// Why something serves nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Idle {
    /// No claim of it converts: the best verdict on it.
    Verdict(Verdict, Option<Reason>),
    /// It converts, and is not needed, or what it could serve is full.
    NotNeeded,
    /// It is a course of the programme, and its grade does not pass.
    NotPassed,
}

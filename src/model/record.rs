//! Tests: whole records and what is expected of them. They are requests like any other.

use crate::quantity::{Date, DateRange, Ratio};
use crate::source::Span;
use crate::space::Value;

use super::{
    BlockId, BodyId, ExampleHeld, Expectation, FactId, LimitId, OutcomeId, ProgrammeId, RequirementId,
    RuleId, Titles, UnitId,
};

/// A record, the day on which it is asked, and what is expected.
#[derive(Clone, Debug)]
pub struct RecordTest {
    /// Its name.
    pub name: Box<str>,
    /// Titles.
    pub titles: Titles,
    /// The day on which it is asked.
    pub on: Option<Date>,
    /// The programme that is asked about.
    pub programme: Option<ProgrammeId>,
    /// The learner's facts.
    pub learner: Vec<(FactId, Value)>,
    /// The plan's facts.
    pub plan: Vec<(FactId, Value)>,
    /// The request's dates.
    pub dates: Vec<(FactId, Value)>,
    /// What is held: `a1` is the first, each of several counted.
    pub holds: Vec<ExampleHeld>,
    /// What was judged.
    pub judged: Vec<TestJudgement>,
    /// What was granted before.
    pub granted: Vec<TestLedgerEntry>,
    /// What was waived.
    pub waived: Vec<TestWaived>,
    /// What is asked; everything where empty.
    pub asks: Vec<Goal>,
    /// What is expected.
    pub expected: Vec<RecordExpectation>,
    /// Where it is declared.
    pub span: Span,
}

/// An outcome or a block that credits go to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Goal {
    /// An outcome.
    Outcome(OutcomeId),
    /// A block.
    Block(BlockId),
}

/// A judgement in a test.
#[derive(Clone, Debug)]
pub struct TestJudgement {
    /// The fact.
    pub fact: FactId,
    /// Of which achievement, by its number from 1.
    pub of: Option<u32>,
    /// For which target.
    pub target: Option<OutcomeId>,
    /// What was found.
    pub value: Value,
    /// By whom.
    pub by: BodyId,
    /// When.
    pub on: Option<DateRange>,
    /// Where it stands.
    pub span: Span,
}

/// A grant that stands already, in a test.
#[derive(Clone, Debug)]
pub struct TestLedgerEntry {
    /// To what.
    pub to: Goal,
    /// How much.
    pub amount: Ratio,
    /// Of which unit.
    pub unit: UnitId,
    /// By which rule.
    pub rule: Option<RuleId>,
    /// From what.
    pub from: Vec<ExampleHeld>,
    /// When.
    pub on: Option<DateRange>,
    /// Where it stands.
    pub span: Span,
}

/// A requirement, or part of it, that is waived in a test.
#[derive(Clone, Debug)]
pub struct TestWaived {
    /// What.
    pub what: Floor,
    /// How much of it; all where nothing is said.
    pub amount: Option<Ratio>,
    /// By whom.
    pub by: BodyId,
    /// Why.
    pub because: Option<Box<str>>,
    /// Where it stands.
    pub span: Span,
}

/// What may fall short.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Floor {
    /// A block's own need; the total where it is the root.
    Block(BlockId),
    /// A named requirement.
    Requirement(RequirementId),
}

/// What a test expects.
#[derive(Clone, Debug)]
pub enum RecordExpectation {
    /// A grant or a verdict, of a target.
    Result(Expectation),
    /// So much is cut, by this limit or by all together.
    Cut(Ratio, Option<LimitId>, Span),
    /// So much is left to earn.
    Short(Floor, Ratio, Span),
    /// Nothing is left to earn.
    Fulfilled(Span),
}

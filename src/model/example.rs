//! Examples: expected answers, resolved. They are requests like any other, asked on the first day the rule is in force.

use crate::quantity::{Date, Ratio};
use crate::source::Span;
use crate::space::Value;

use super::{AttributeKind, BodyId, Effect, FactId, KindId, Mark, OutcomeId, RuleId, UnitId};

/// An example of a rule.
#[derive(Clone, Debug)]
pub struct Example {
    /// The rule it stands in.
    pub rule: RuleId,
    /// What is held.
    pub holds: Vec<ExampleHeld>,
    /// The learner's facts.
    pub learner: Vec<(FactId, Value)>,
    /// The plan's facts.
    pub plan: Vec<(FactId, Value)>,
    /// Dates given in the example.
    pub dates: Vec<(FactId, Value)>,
    /// The day on which it is asked, where nothing else is said.
    pub on: Option<Date>,
    /// What is expected.
    pub expected: Vec<Expectation>,
    /// Where it stands.
    pub span: Span,
}

/// An achievement of an example.
#[derive(Clone, Debug)]
pub struct ExampleHeld {
    /// How many of the same.
    pub count: u32,
    /// The outcome, where one is named.
    pub outcome: Option<OutcomeId>,
    /// The kind.
    pub kind: KindId,
    /// Its facts.
    pub facts: Vec<(FactId, Value)>,
    /// Where it stands.
    pub span: Span,
}

/// One expected result.
#[derive(Clone, Debug)]
pub struct Expectation {
    /// The target; `None` for the rule's only one, the deposit, or all of them.
    pub target: Option<OutcomeId>,
    /// The block, where the target is one.
    pub block: Option<super::BlockId>,
    /// The other targets of the same result (`math-150 and math-151 6 credits in total`).
    pub also: Vec<OutcomeId>,
    /// Whether the amount is that of all targets together.
    pub in_total: bool,
    /// What is expected.
    pub result: ExpectedResult,
    /// What the grant carries beside its amount; what is not said is not asked.
    pub carries: Vec<(AttributeKind, Span)>,
    /// Where it stands.
    pub span: Span,
}

/// What an example expects.
#[derive(Clone, Debug)]
pub enum ExpectedResult {
    /// A grant, whatever the amount.
    Converts,
    /// A grant of this amount, with this mark where one is written.
    Grant(Ratio, Option<UnitId>, Option<Mark>),
    /// An effect without credit.
    Effect(Effect, Option<Mark>),
    /// A deposit of this amount.
    Deposit(Ratio, Option<UnitId>),
    /// Refused, for this reason where one is written.
    Refused(Option<Reason>),
    /// The package contradicts itself here.
    Conflict,
    /// Nothing names this achievement for that target.
    NoRule,
    /// Referred, to this body where one is written.
    Refer(Option<BodyId>),
    /// Unknown, because of this fact where one is written.
    Unknown(Option<FactId>),
    /// Only unpublished or unverified rules speak.
    NotEstablished,
    /// No grant, whatever the reason.
    Nothing,
}

/// Why something is refused, the first that fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Reason {
    /// A bar, a refusal, an `except`.
    Excluded,
    /// Used before, or not convertible again.
    AlreadyUsed,
    /// Past its expiry.
    Expired,
    /// Only dates after the as-of date are missing.
    NotYet,
    /// A window that is not open.
    NotInForce,
    /// Over a limit.
    OverLimit,
    /// A condition that is not met.
    ConditionNotMet,
}

//! Examples and what they expect.

use super::Name;
use super::amount::{Give, MarkRule, Sharing};
use super::slot::Attribute;
use super::value::{FactRef, Number, Value};
use crate::source::Span;

/// `example ACHIEVEMENTS[, CIRCUMSTANCES] -> RESULT`.
#[derive(Clone, Debug)]
pub struct Example {
    /// Where it stands.
    pub span: Span,
    /// What is held; one unnamed achievement where only facts are written.
    pub achievements: Vec<ExampleAchievement>,
    /// `learner F = v`, `plan F = v`, `applied = DATE`.
    pub circumstances: Vec<(FactRef, Value)>,
    /// What is expected.
    pub expected: Vec<Expected>,
}

/// An achievement of an example.
#[derive(Clone, Debug)]
pub struct ExampleAchievement {
    /// How many, 1 if not written.
    pub count: Option<Number>,
    /// The outcome or kind; absent where the rule has one source.
    pub of: Option<Name>,
    /// Its facts.
    pub facts: Vec<(FactRef, Value)>,
    /// Where it stands.
    pub span: Span,
}

/// One expected result.
#[derive(Clone, Debug)]
pub struct Expected {
    /// Where it stands.
    pub span: Span,
    /// The target, where named.
    pub target: Option<Name>,
    /// The other targets of the same amount: `math-150 and math-151 6 credits in total`.
    pub also: Vec<Name>,
    /// `each` or `in total`, of several targets.
    pub sharing: Option<Sharing>,
    /// What is expected of it.
    pub kind: ExpectedKind,
    /// What the grant carries beside its amount; what is not said is not asked.
    pub carries: Vec<Attribute>,
}

/// What an example expects.
#[derive(Clone, Debug)]
pub enum ExpectedKind {
    /// It converts, whatever the amount.
    Converts,
    /// It converts to this amount, with this mark where written.
    Grant {
        /// How much.
        amount: Number,
        /// `mark …`.
        mark: Option<MarkRule>,
    },
    /// `no credit, total reduced` and the other effects.
    Effect(Give, Option<MarkRule>),
    /// `deposit 3 credits`.
    Deposit(Number),
    /// `refused [REASON]`.
    Refused(Option<ReasonWord>),
    /// `conflict`.
    Conflict,
    /// `no rule`.
    NoRule,
    /// `refer to B`.
    Refer(Option<Name>),
    /// `unknown FACT`.
    Unknown(Option<FactRef>),
    /// `not established`.
    NotEstablished,
    /// `nothing`: no grant, whatever the reason.
    Nothing,
}

/// Why something is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum ReasonWord {
    ConditionNotMet,
    Excluded,
    NotYet,
    Expired,
    AlreadyUsed,
    OverLimit,
    NotInForce,
}

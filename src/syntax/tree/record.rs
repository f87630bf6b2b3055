//! The lines of a test: a whole record, and what is expected of it.

use super::example::{ExampleAchievement, Expected};
use super::value::{DateLiteral, FactRef, Number, Value};
use super::{Name, Text};
use crate::source::Span;

/// `plan P (credits = 140)`.
#[derive(Clone, Debug)]
pub struct TestPlan {
    /// The programme.
    pub programme: Option<Name>,
    /// What is known of the plan.
    pub facts: Vec<(FactRef, Value)>,
}

/// `judged F of a1 to T = v by B on DATE`.
#[derive(Clone, Debug)]
pub struct TestJudged {
    /// The fact.
    pub fact: Name,
    /// Of which achievement: `a1` is what is held first.
    pub of: Option<Name>,
    /// For which target.
    pub to: Option<Name>,
    /// What was found.
    pub value: Value,
    /// By whom.
    pub by: Name,
    /// When.
    pub on: Option<DateLiteral>,
    /// Where it stands.
    pub span: Span,
}

/// `granted T 0.5 credits by R from A on DATE`.
#[derive(Clone, Debug)]
pub struct TestGrant {
    /// To which target.
    pub target: Name,
    /// How much.
    pub amount: Number,
    /// By which rule.
    pub rule: Option<Name>,
    /// From what.
    pub from: Vec<ExampleAchievement>,
    /// When.
    pub on: Option<DateLiteral>,
    /// Where it stands.
    pub span: Span,
}

/// `waived R 6 credits by B because "…"`.
#[derive(Clone, Debug)]
pub struct TestWaiver {
    /// The requirement.
    pub requirement: Name,
    /// How much of it; all where nothing is said.
    pub amount: Option<Number>,
    /// By whom.
    pub by: Name,
    /// Why.
    pub because: Option<Text>,
    /// Where it stands.
    pub span: Span,
}

/// What a test expects.
#[derive(Clone, Debug)]
pub enum TestExpect {
    /// Grants and verdicts, as an example expects them.
    Results(Vec<Expected>),
    /// `cut 9 credits by semester`: by all limits together where none is named.
    Cut(Number, Option<Name>, Span),
    /// `total short 139.5 credits`, `major short 6 credits`.
    Short(ExpectedTotal, Number, Span),
    /// `fulfilled`.
    Fulfilled(Span),
}

/// Whose remainder is expected.
#[derive(Clone, Debug)]
pub enum ExpectedTotal {
    /// The programme's own.
    Total(Span),
    /// That of a block or a requirement.
    Named(Name),
}

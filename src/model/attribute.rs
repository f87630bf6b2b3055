//! What a grant carries beside its amount: a level, a fact of what it is granted for, what it may not or may only be used for.

use crate::source::Span;
use crate::space::Value;

use super::{Cond, FactId, FrameworkId, ValueType};

/// An attribute of what a rule grants.
#[derive(Clone, Debug, PartialEq)]
pub struct Attribute {
    /// What.
    pub kind: AttributeKind,
    /// When: always where nothing is said. The rule's own tests hold only where this is known.
    pub guard: Cond,
    /// Where it stands.
    pub span: Span,
}

/// What a grant carries beside its amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum AttributeKind {
    /// `at level 7`: it counts at this level, by its rank.
    Level(FrameworkId, u32),
    /// `as division = lower`: a fact of the target's kind has this value.
    Fact(FactId, ValueType, Value),
    /// `not for prerequisite`.
    NotFor(Purpose),
    /// `only for prerequisite`.
    OnlyFor(Purpose),
}

/// What a grant may be used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Purpose {
    /// What the `requires` of an outcome asks.
    Prerequisite,
}

//! What a grant carries beside its amount: a level, a fact of what it is granted for, what it may not or may only be used for, where a
//! part of it sits.

use crate::quantity::Ratio;
use crate::source::Span;
use crate::space::Value;

use super::{Cond, FactId, FrameworkId, OutcomeId, UnitId, ValueType};

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
    /// `of which 4 to ge-b2`: so much of the amount sits there; it adds nothing.
    Part(OutcomeId, Ratio, UnitId),
}

impl AttributeKind {
    /// Whether both say of a grant what only one can: neighbours in order where they do.
    pub fn contradicts(&self, other: &AttributeKind) -> bool {
        match (self, other) {
            (AttributeKind::Level(..), AttributeKind::Level(..)) => self != other,
            (AttributeKind::Fact(one, ..), AttributeKind::Fact(two, ..)) => one == two && self != other,
            (AttributeKind::Part(one, ..), AttributeKind::Part(two, ..)) => one == two && self != other,
            _ => false,
        }
    }
}

/// What a grant may be used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Purpose {
    /// What the `requires` of an outcome asks.
    Prerequisite,
}

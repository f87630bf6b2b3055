//! Why a well-formed question has no answer at all: the one alternative to a verdict.

use crate::model::RuleId;
use crate::quantity::Overflow;

/// Why there is no answer. It is never a guess: what cannot be held or listed in full is said to be too large.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum NoAnswer {
    /// An amount is beyond exact arithmetic.
    #[error("an amount is beyond exact arithmetic: 18 digits above and below the line")]
    Overflow,
    /// Each way of filling a rule's single slots is a line of the answer, and there are too many.
    #[error(
        "a rule can be filled in more than {MOST_WAYS} ways, each of which would be a line of the answer"
    )]
    TooManyWays(RuleId),
    /// Which members of a slot's set to use is not settled by so many trials.
    #[error("the choice among the achievements of one set is not settled after {MOST_TRIALS} trials")]
    TooManyChoices(RuleId),
    /// A programme whose credits cannot be counted in whole steps, or in which nothing was found that holds together.
    #[error(
        "the record cannot be placed in its programme: its unit has no step, or its numbers are too fine or too many"
    )]
    NotPlaced,
}

/// So many ways of filling single slots are answered line by line, for one rule and goal.
pub const MOST_WAYS: usize = 10_000;

/// So many partial choices among the members of a set are looked at, for one rule and goal.
pub const MOST_TRIALS: usize = 100_000;

impl NoAnswer {
    /// The rule that asks too much, where it is one.
    pub const fn rule(self) -> Option<RuleId> {
        match self {
            NoAnswer::Overflow | NoAnswer::NotPlaced => None,
            NoAnswer::TooManyWays(rule) | NoAnswer::TooManyChoices(rule) => Some(rule),
        }
    }
}

impl From<Overflow> for NoAnswer {
    fn from(Overflow: Overflow) -> NoAnswer {
        NoAnswer::Overflow
    }
}

//! A quantity that is worked out from others: `load is credits / semester-credits : 0 to 2`.
//!
//! It is read as an amount and never tested, so that analysis needs to know nothing of it.

use super::{FactId, FrameworkId};

/// A quantity as the product and quotient of facts of the same holder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkedOut {
    /// The facts, in the order of the text. The first is multiplied.
    pub parts: Vec<Part>,
}

/// One fact of a quantity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Part {
    /// The fact.
    pub fact: FactId,
    /// Where it is a level: of which framework, whose levels are numbers.
    pub level: Option<FrameworkId>,
    /// Whether it divides what stands before it.
    pub divides: bool,
}

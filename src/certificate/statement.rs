//! What is proved, and the proof: numbers only.

/// What is claimed of some regions of a space.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Claim {
    /// No region has a point: none of these rules can apply.
    Empty,
    /// No point lies in two regions with different labels: nobody is given two answers.
    Apart,
    /// Every point of the space lies in a region: nobody is left without an answer.
    Covered,
}

/// A claim about regions of a space.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// What is claimed.
    pub claim: Claim,
    /// How many cells each fact has.
    pub sizes: Vec<u32>,
    /// The regions.
    pub regions: Vec<Region>,
}

/// For each fact the cells that belong, as ranges from a cell to the one before another; sorted and apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Region {
    /// What the region answers: equal labels are equal answers.
    pub label: u32,
    /// By fact.
    pub ranges: Vec<Vec<(u32, u32)>>,
}

/// A proof: cuts of the space, and what is left when they are done. After a cut come the steps of the lower part, then those of
/// the upper one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proof {
    /// The steps.
    pub steps: Vec<Step>,
}

/// A step of a proof.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The piece is cut along a fact: below a cell, and from it on.
    Cut {
        /// The fact.
        fact: u32,
        /// The first cell of the upper part.
        at: u32,
    },
    /// The piece is plain: of the regions that reach into it, no two with different labels meet.
    Plain,
    /// The piece lies in this region.
    Inside(u32),
}

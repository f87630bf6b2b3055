//! Comparisons: which levels of two frameworks were found comparable, by whom, and where there is no counterpart.
//!
//! A comparison is never a grant and is never joined with another: it says what its document says of two frameworks.

use crate::source::Span;

use super::{Citation, FrameworkId, Remark, Titles, Window};

/// A comparison of two frameworks.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// Its id.
    pub name: Box<str>,
    /// Other names.
    pub aliases: Vec<Box<str>>,
    /// Titles.
    pub titles: Titles,
    /// The framework of the first column.
    pub left: FrameworkId,
    /// The framework of the second column.
    pub right: FrameworkId,
    /// Who accepted it.
    pub status: ComparisonStatus,
    /// Its basis.
    pub cites: Vec<Citation>,
    /// When it is in force; by a date of the request.
    pub windows: Vec<Window>,
    /// Its rows.
    pub rows: Vec<ComparisonRow>,
    /// Readings.
    pub readings: Vec<Remark>,
    /// Notes.
    pub notes: Vec<Remark>,
    /// Examples: a level of the first framework and what stands against it.
    pub examples: Vec<(u32, Counterparts, Span)>,
    /// Where it is declared.
    pub span: Span,
}

/// Who accepted a comparison, and for what.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ComparisonStatus {
    /// By those whose frameworks are compared.
    Endorsed,
    /// For information: it may not be the only condition of a rule.
    ComparisonOnly,
    /// Proposed, and accepted by nobody yet.
    Proposed,
    /// Not accepted: not to be used for recognition.
    NotEndorsed,
    /// Not checked against its source.
    Unverified,
    /// Under review.
    UnderReview,
}

impl ComparisonStatus {
    /// Whether a rule may read a level through it.
    pub const fn may_decide(self) -> bool {
        matches!(self, ComparisonStatus::Endorsed | ComparisonStatus::ComparisonOnly)
    }
}

/// A row: levels on both sides, as ranks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComparisonRow {
    /// The levels of the first framework; empty where the row has none there.
    pub left: Vec<u32>,
    /// The levels of the second framework; empty where the row has none there.
    pub right: Vec<u32>,
    /// Whether the row says `not stated` on the side that is empty.
    pub not_stated: bool,
    /// Where it stands.
    pub span: Span,
}

/// What a comparison says of one level.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Counterparts {
    /// These levels of the other framework, lowest first.
    Levels(Vec<u32>),
    /// A published hole.
    None,
    /// The table says that it does not say.
    NotStated,
    /// No row names the level.
    Unnamed,
}

impl Comparison {
    /// The other framework, seen from one of the two.
    pub fn other(&self, of: FrameworkId) -> Option<FrameworkId> {
        if of == self.left {
            Some(self.right)
        } else if of == self.right {
            Some(self.left)
        } else {
            None
        }
    }

    /// What stands against a level (a rank) of one of the two frameworks.
    pub fn counterparts(&self, of: FrameworkId, rank: u32) -> Counterparts {
        let is_left = of == self.left;
        let mut levels: Vec<u32> = Vec::new();
        let (mut hole, mut not_stated) = (false, false);
        for row in &self.rows {
            let (ours, theirs) = if is_left { (&row.left, &row.right) } else { (&row.right, &row.left) };
            if ours.contains(&rank) {
                levels.extend(theirs);
                not_stated |= row.not_stated;
                hole |= theirs.is_empty() && !row.not_stated;
            }
        }
        levels.sort_unstable();
        levels.dedup();
        match (levels.is_empty(), not_stated, hole) {
            (false, ..) => Counterparts::Levels(levels),
            (true, true, _) => Counterparts::NotStated,
            (true, false, true) => Counterparts::None,
            (true, false, false) => Counterparts::Unnamed,
        }
    }
}

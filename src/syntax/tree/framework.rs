//! What frameworks, standards and comparisons say beside their names.

use super::slot::Citation;
use super::test::Test;
use super::value::{Number, Value};
use super::{Name, Text, Title};
use crate::source::Span;

/// The levels of a framework.
#[derive(Clone, Debug)]
pub enum Levels {
    /// `1 to 7 [step s]`.
    Numbers(LevelNumbers),
    /// Names, lowest first, and perhaps numbers above them: `E1, E2, E3, 1 to 8`.
    Names(super::RankedList, Option<LevelNumbers>),
    /// `unpublished`.
    Unpublished(Span),
}

/// `1 to 7 [step s]`.
#[derive(Clone, Debug)]
pub struct LevelNumbers {
    /// Lowest.
    pub low: Number,
    /// Highest.
    pub high: Number,
    /// Step, 1 if not written.
    pub step: Option<Number>,
}

/// The descriptors of a framework.
#[derive(Clone, Debug)]
pub enum Descriptors {
    /// `elsewhere [DOC]`.
    Elsewhere(Option<Name>, Span),
    /// `unpublished`.
    Unpublished(Span),
    /// A table: level, then one column a dimension; its language, where one is said.
    Table(Option<Name>, super::Table),
}

/// What only some declarations say in their headers.
#[derive(Clone, Debug)]
pub enum SpecialHeader {
    /// `dimension x formerly y maps to knowledge, skill`.
    Dimension {
        /// What it is called in the framework that this one replaces.
        formerly: Option<Name>,
        /// The canonical dimensions that it is mapped to.
        maps_to: Vec<Name>,
    },
    /// `comparison x of a with b`.
    Between(Name, Name),
    /// `statement x : knowledge level 3`.
    Statement(StatementHeader),
    /// `ratio 1 a = 2 b`; a ratio has no name.
    Ratio(super::RatioHeader),
    /// `map m from a to b`.
    Map(super::MapHeader),
    /// `2 of { block a; block b }`; it has no name.
    Branches(Number),
}

impl super::Declaration {
    /// What a dimension is called in the framework that is replaced.
    pub fn formerly(&self) -> Option<&Name> {
        match self.special.as_deref() {
            Some(SpecialHeader::Dimension { formerly, .. }) => formerly.as_ref(),
            _ => None,
        }
    }

    /// The canonical dimensions that a dimension is mapped to.
    pub fn maps_to(&self) -> &[Name] {
        match self.special.as_deref() {
            Some(SpecialHeader::Dimension { maps_to, .. }) => maps_to,
            _ => &[],
        }
    }

    /// The two frameworks of a comparison.
    pub fn between(&self) -> Option<(&Name, &Name)> {
        match self.special.as_deref() {
            Some(SpecialHeader::Between(of, with)) => Some((of, with)),
            _ => None,
        }
    }

    /// What a ratio makes equal.
    pub fn ratio(&self) -> Option<&super::RatioHeader> {
        match self.special.as_deref() {
            Some(SpecialHeader::Ratio(ratio)) => Some(ratio),
            _ => None,
        }
    }

    /// The scales that a map of marks joins.
    pub fn map(&self) -> Option<&super::MapHeader> {
        match self.special.as_deref() {
            Some(SpecialHeader::Map(map)) => Some(map),
            _ => None,
        }
    }

    /// The dimension, level and weight of a statement.
    pub fn statement(&self) -> Option<&StatementHeader> {
        match self.special.as_deref() {
            Some(SpecialHeader::Statement(header)) => Some(header),
            _ => None,
        }
    }
}

/// `k1 : knowledge level 3 weight 2` after the word `statement`.
#[derive(Clone, Debug)]
pub struct StatementHeader {
    /// The dimension.
    pub dimension: Name,
    /// The word between the dimension and the level.
    pub level_word: Name,
    /// The level.
    pub level: Value,
    /// What it counts, 1 if not written.
    pub weight: Option<Number>,
    /// `elsewhere [DOC]`: its text is published and not copied.
    pub elsewhere: Option<(Option<Name>, Span)>,
}

/// A ladder beside others in one framework.
#[derive(Clone, Debug)]
pub struct Track {
    /// Its name.
    pub name: Name,
    /// Titles.
    pub titles: Vec<Title>,
}

/// `title "Diploma" requires level 3 or above and at least 60 credits`.
#[derive(Clone, Debug)]
pub struct TitleSlot {
    /// Where it stands.
    pub span: Span,
    /// The title.
    pub title: Text,
    /// What it asks for; nothing where an outcome bears it.
    pub needs: Vec<TitleNeed>,
    /// The basis.
    pub cite: Vec<Citation>,
}

/// What a title asks for.
#[derive(Clone, Debug)]
pub enum TitleNeed {
    /// `at least 60 credits`, `at most 60 credits`.
    Credits {
        /// How many.
        amount: Number,
        /// At most rather than at least.
        at_most: bool,
        /// Where it stands.
        span: Span,
    },
    /// `level 3 or above`, `level 1 to 6`.
    Level(Test),
}

/// `example "Diploma", level 3, 60 credits -> allowed`.
#[derive(Clone, Debug)]
pub struct TitleExample {
    /// Where it stands.
    pub span: Span,
    /// The title.
    pub title: Text,
    /// The level.
    pub level: Option<Value>,
    /// The credits.
    pub credits: Option<Number>,
    /// Whether the title may be borne.
    pub allowed: bool,
}

/// Whether and by whom a comparison was accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum ComparisonStatusWord {
    Endorsed,
    ComparisonOnly,
    Proposed,
    NotEndorsed,
    Unverified,
    UnderReview,
}

/// `example 9 -> 6`, `example 8 -> none`.
#[derive(Clone, Debug)]
pub struct ComparisonExample {
    /// Where it stands.
    pub span: Span,
    /// The level of the first framework.
    pub level: Value,
    /// Its counterparts.
    pub counterparts: Vec<Counterpart>,
}

/// What stands on the other side of a level.
#[derive(Clone, Debug)]
pub enum Counterpart {
    /// A level.
    Level(Value),
    /// `none`: a published hole.
    None(Span),
    /// `not stated`.
    NotStated(Span),
}

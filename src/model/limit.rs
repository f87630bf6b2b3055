//! Limits and requirements: one sentence, `at most` or `at least` so much of what counts.
//!
//! A limit cuts what counts and never makes a record wrong; a requirement with a name is a view that consumes nothing, and one
//! without a name the need of its block. Nothing here tests what was chosen, so every limit is a row of a linear problem.

use crate::quantity::{Length, Ratio};
use crate::source::Span;
use crate::space::Value;

use super::{
    AmountRule, BlockId, BodyId, Citation, Cond, FactId, MapId, RuleId, SchemeId, SourceItem, Subject,
    Surplus, Titles, UnitId,
};

/// A limit or a requirement.
#[derive(Clone, Debug, PartialEq)]
pub struct Limit {
    /// Its name, unique in its scope; empty for a block's own need or ceiling, and where a rule has only one.
    pub name: Box<str>,
    /// Titles.
    pub titles: Titles,
    /// Where it holds.
    pub scope: Scope,
    /// What is counted.
    pub measure: Counted,
    /// How much of it.
    pub bound: Bound,
    /// Which credits it looks at.
    pub counting: Counting,
    /// Only what comes from any of these; from anything where empty.
    pub from: Vec<SourceItem>,
    /// Only what goes to any of these; to anything where empty.
    pub to: Vec<Aim>,
    /// `where`: what a counted credit must carry, over its achievement (`Holder::Itself`) and its target.
    pub filter: Cond,
    /// `where rule is r`: only what these rules give; anything where empty.
    pub rules: Vec<RuleId>,
    /// `where unit is u`: only credits of these units; of any where empty.
    pub units: Vec<UnitId>,
    /// Only the last so many, by a date.
    pub among: Option<Among>,
    /// The line holds for each value of these by itself.
    pub per: Vec<Key>,
    /// `when`: whether the line holds at all, over the learner, the plan and the record; with `per` inside each bucket.
    pub when: Cond,
    /// What becomes of what it cuts.
    pub surplus: Option<Surplus>,
    /// What it cuts is referred, not cut.
    pub in_principle: bool,
    /// Its basis: its own, else that of what it stands in.
    pub cites: Vec<Citation>,
    /// Where it stands.
    pub span: Span,
}

impl Limit {
    /// Whether it is the ceiling of its block: `at most 30 credits` of all that sits there.
    pub fn is_ceiling(&self) -> bool {
        let plain = self.from.is_empty() && self.to.is_empty() && self.per.is_empty();
        let all = self.filter == Cond::All(Vec::new()) && self.when == Cond::All(Vec::new());
        let of_block = matches!((self.scope, self.measure), (Scope::Block(_), Counted::Credits(_)));
        self.name.is_empty() && plain && all && of_block && self.counting == Counting::All
    }
}

/// Where a limit holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Scope {
    /// All applications of a rule.
    Rule(RuleId),
    /// All grants of a scheme, per learner.
    Scheme(SchemeId),
    /// All that counts in a block; in a programme where it is the root.
    Block(BlockId),
}

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Counted {
    /// Credits of a unit: the volume of what counts.
    Credits(UnitId),
    /// Hours, of one sort where it is said.
    Hours {
        /// In class (true), or all learning hours (false).
        contact: Option<bool>,
    },
    /// Targets covered.
    Courses,
    /// Achievements used.
    Sources,
    /// Different values.
    Distinct(Key),
    /// The time from the first date to the last.
    Span,
    /// A mean, weighted by credits.
    Mean,
}

/// How much.
#[derive(Clone, Debug, PartialEq)]
pub enum Bound {
    /// So much; of what its measure counts.
    Amount(AmountRule),
    /// A share of a base.
    Share {
        /// The share; nothing where a frame leaves it open and nobody states it.
        share: Option<Ratio>,
        /// Of what.
        base: Base,
        /// Where it stands.
        span: Span,
    },
    /// So long.
    Length(Length),
    /// The greatest, or the least, of several.
    Either {
        /// Of these.
        of: Vec<Bound>,
        /// The greatest, else the least.
        greater: bool,
    },
    /// A mean of at least this.
    Mean {
        /// Of what.
        of: MeanOf,
        /// At least this.
        least: Value,
        /// Over these achievements; over all that count where empty.
        over: Vec<SourceItem>,
    },
    /// The source does not say: what reads it is not established.
    Unpublished(Span),
}

/// What a mean is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MeanOf {
    /// A fact that is a number.
    Fact(FactId),
    /// What a map makes of the grade.
    Map(MapId),
}

/// What a share is of.
#[derive(Clone, Debug, PartialEq)]
pub struct Base {
    /// Whose figure.
    pub figure: Figure,
    /// Of this block; of the whole scope where none is named.
    pub of: Option<BlockId>,
    /// Without these.
    pub excluding: Vec<Aim>,
    /// Where it stands.
    pub span: Span,
}

/// Whose figure a base is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Figure {
    /// The plan's own.
    Planned,
    /// The declared need, before reductions.
    Required,
    /// What counts.
    Counted,
}

/// Which credits a limit looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Counting {
    /// A scheme's limit its own grants, a programme's all that counts.
    All,
    /// What rules converted.
    Converted,
    /// What was issued by the body of the programme, or of the scheme.
    EarnedHere,
}

/// What something goes to.
#[derive(Clone, Debug, PartialEq)]
pub enum Aim {
    /// Outcomes.
    Targets(SourceItem),
    /// A block.
    Block(BlockId, Span),
}

/// `among last 60 credits by completed`: the latest first, the one that crosses the number included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Among {
    /// How many.
    pub last: Ratio,
    /// Of what unit.
    pub unit: UnitId,
    /// By which date.
    pub by: Subject,
}

/// What parts the buckets of `per`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Key {
    /// Each achievement.
    Achievement,
    /// Each outcome.
    Outcome,
    /// Each target.
    Target,
    /// Each rule.
    Rule,
    /// Each group of outcomes that are the same.
    Same,
    /// Each group of outcomes that are near to each other.
    Near,
    /// Each value of a fact of the achievement or the target.
    Fact(Subject),
    /// Each period of a body, by a date.
    Period {
        /// The body.
        body: BodyId,
        /// The period, by its place in the body's list.
        period: u32,
        /// The date.
        by: Subject,
    },
}

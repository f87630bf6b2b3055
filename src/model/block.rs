//! Where credits go: programmes, the blocks they are trees of, and the blocks outside programmes, which are accounts.
//!
//! A block is a *place*: a credit that counts sits in one of its siblings. What is asked of a place and how much it takes are
//! [`Limit`](super::Limit)s of its own.

use crate::quantity::{MonthDay, Ratio, Rounding};
use crate::source::Span;

use super::{
    BlockId, BodyId, Citation, Cond, Conversion, Key, OutcomeId, ProgrammeId, Remark, RuleId, SchemeId,
    Scope, SourceItem, Status, Titles, UnitId, Use, Window,
};

/// A programme: whose it is, whose rules fill it, and its root block.
#[derive(Clone, Debug)]
pub struct Programme {
    /// Its id.
    pub name: Box<str>,
    /// Other names.
    pub aliases: Vec<Box<str>>,
    /// Titles.
    pub titles: Titles,
    /// Who confers it: `here` is this body.
    pub at: Option<BodyId>,
    /// Whose rules fill it: those of these schemes; of all schemes of the package where none is named.
    pub under: Vec<SchemeId>,
    /// The block that all others are in.
    pub root: BlockId,
    /// What an achievement may serve in it: `Once` where nothing is said.
    pub achievements: Use,
    /// Whether it may be decided by.
    pub status: Status,
    /// Its basis.
    pub cites: Vec<Citation>,
    /// Its windows.
    pub windows: Vec<Window>,
    /// How credits of other units come in.
    pub doors: Vec<UnitDoor>,
    /// Readings, advice and notes.
    pub readings: Vec<Remark>,
    /// Advice.
    pub advice: Vec<Remark>,
    /// Notes.
    pub notes: Vec<Remark>,
    /// Where it is declared.
    pub span: Span,
}

/// `count us-quarter in us-semester, round down to 0.1 each`: the only door between units.
#[derive(Clone, Debug, PartialEq)]
pub struct UnitDoor {
    /// How credits of one unit become credits of the programme's.
    pub conversion: Conversion,
    /// The unit that they become.
    pub to: UnitId,
    /// How each grant is rounded.
    pub rounding: Option<Rounding>,
    /// Where it stands.
    pub span: Span,
}

/// A place for credits.
#[derive(Clone, Debug)]
pub struct Block {
    /// Its canonical name: of a programme's block `programme.block`, of its root the programme's own.
    pub name: Box<str>,
    /// Its name as it is written.
    pub short: Box<str>,
    /// Other names.
    pub aliases: Vec<Box<str>>,
    /// Titles.
    pub titles: Titles,
    /// What it stands in.
    pub of: Home,
    /// The block around it.
    pub parent: Option<BlockId>,
    /// The account that it takes in: what is sent there may sit here.
    pub account: Option<BlockId>,
    /// What bare `credits` means in it.
    pub unit: Option<UnitId>,
    /// What it holds; where nothing is said, what names it and what its children take.
    pub takes: Option<Vec<SourceItem>>,
    /// When it is asked for at all: tests of the learner, the plan and the record.
    pub when: Cond,
    /// So many of some of its children are asked for.
    pub branches: Vec<Branches>,
    /// What also counts here.
    pub shares: Vec<Share>,
    /// What becomes of what is more than its ceiling.
    pub surplus: Option<Surplus>,
    /// Its basis, where it says one.
    pub cites: Vec<Citation>,
    /// Where it is declared.
    pub span: Span,
}

/// What a block stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Home {
    /// A package: an account that any rule may send to.
    Package,
    /// A scheme: its account.
    Scheme(SchemeId),
    /// A programme.
    Programme(ProgrammeId),
}

/// `2 of { block a; block b; block c }`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Branches {
    /// How many.
    pub number: u32,
    /// Of which children.
    pub of: Vec<BlockId>,
    /// Where it stands.
    pub span: Span,
}

/// `share up to 6 credits with X`: what sits in X also counts here, and once above.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    /// X.
    pub with: BlockId,
    /// How much; all where nothing is said.
    pub up_to: Option<Ratio>,
    /// Where it stands.
    pub span: Span,
}

/// What becomes of what is more than counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Surplus {
    /// It is lost.
    Lost(Span),
    /// It counts in another block.
    To(BlockId, Span),
    /// It waits for a later request.
    Kept(Span),
}

/// `surplus …` as a line of a scheme, a rule or a programme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SurplusLine {
    /// Where it holds.
    pub scope: Scope,
    /// What becomes of it.
    pub surplus: Surplus,
}

/// `combine highest by M per K`: of several achievements one stays, before any limit.
#[derive(Clone, Debug, PartialEq)]
pub struct Combine {
    /// Where it holds.
    pub scope: Scope,
    /// By what.
    pub by: CombineBy,
    /// Of those that agree in all of these; of all where nothing is said.
    pub per: Vec<Key>,
    /// Where it stands.
    pub span: Span,
}

/// What is highest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum CombineBy {
    /// The credits that it gives.
    Credits,
    /// Its level.
    Level,
    /// Its grade.
    Grade,
    /// Another fact of it that has an order.
    Fact(super::FactId),
}

/// `not both A and B`: grants from one side only, past ones included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exclusion {
    /// Where it holds.
    pub scope: Scope,
    /// The sides.
    pub sides: Vec<Side>,
    /// Where it stands.
    pub span: Span,
}

/// One side of an exclusion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Side {
    /// Grants of a rule.
    Rule(RuleId),
    /// Grants of a scheme.
    Scheme(SchemeId),
    /// Grants to an outcome.
    Outcome(OutcomeId),
    /// Grants to a block.
    Block(BlockId),
}

/// Whether the grants of a rule count whole or in part, where it says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Divisible {
    /// The rule.
    pub rule: RuleId,
    /// `counts whole`, else `counts in part`.
    pub whole: bool,
    /// Where it stands.
    pub span: Span,
}

/// `period semester starts 03-01, 09-01` of a body: from each first day up to the next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Period {
    /// Its id.
    pub name: Box<str>,
    /// Other names.
    pub aliases: Vec<Box<str>>,
    /// Titles.
    pub titles: Titles,
    /// The first days, in the order of the year.
    pub starts: Vec<MonthDay>,
    /// Where it is declared.
    pub span: Span,
}

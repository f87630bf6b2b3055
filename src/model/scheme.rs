//! Schemes and agreements: what their rules share.

use crate::source::Span;

use super::{
    Answer, BodyId, Citation, OutcomeId, Remark, RuleId, SourceItem, Status, Titles, UnitId, Window,
};

/// A scheme, or an agreement where it has parties.
#[derive(Clone, Debug)]
pub struct Scheme {
    /// Its id.
    pub name: Box<str>,
    /// Other names.
    pub aliases: Vec<Box<str>>,
    /// Titles.
    pub titles: Titles,
    /// The body that applies it.
    pub by: Option<BodyId>,
    /// Its parties, or the sending ones.
    pub parties: Vec<BodyId>,
    /// The receiving parties, where it runs one way.
    pub receiving: Vec<BodyId>,
    /// Whether its rules may give grants.
    pub status: Status,
    /// Its basis.
    pub cites: Vec<Citation>,
    /// Its windows.
    pub windows: Vec<Window>,
    /// What bare `credits` means here.
    pub unit: Option<UnitId>,
    /// What an achievement may serve.
    pub achievements: Use,
    /// Whether a target may be covered only once.
    pub target_once: bool,
    /// How often a grant may be converted again.
    pub convert_again: u32,
    /// What it answers in place of `no rule`.
    pub otherwise: Option<Answer>,
    /// What it promises to answer.
    pub totals: Vec<Total>,
    /// Its rules.
    pub rules: Vec<RuleId>,
    /// Readings, advice and notes of the scheme itself.
    pub readings: Vec<Remark>,
    /// Advice.
    pub advice: Vec<Remark>,
    /// Notes.
    pub notes: Vec<Remark>,
    /// Where it is declared.
    pub span: Span,
}

/// `total over S [for each of T]`: whoever holds one of these is answered, whatever the facts.
#[derive(Clone, Debug, PartialEq)]
pub struct Total {
    /// Any of these.
    pub over: Vec<SourceItem>,
    /// For each of these targets; for some target where none is named.
    pub each: Vec<OutcomeId>,
    /// Where it is promised.
    pub span: Span,
}

/// What an achievement may serve.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Use {
    /// Nothing is said.
    Unsaid,
    /// One target in this scheme.
    Once,
    /// One target anywhere, earlier grants of other schemes included.
    OnceEverywhere,
    /// Any number.
    Freely,
}

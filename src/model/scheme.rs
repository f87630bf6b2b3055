//! Schemes and agreements: what their rules share.

use crate::source::Span;

use super::{
    Answer, BodyId, Citation, OutcomeId, Remark, RuleId, SchemeId, SourceItem, Status, Titles, UnitId, Window,
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
    /// The scheme whose rules it has too.
    pub frame: Option<Frame>,
    /// Whether another scheme has its rules: it then answers through that one alone.
    pub is_frame: bool,
    /// Whether those that stand under it may amend its rules, to be stricter.
    pub members_may_tighten: bool,
    /// The values that it leaves to its members, and those that it states where its frame leaves them.
    pub opens: Vec<OpenValue>,
    /// What an achievement may serve.
    pub achievements: Use,
    /// Where an achievement counts once: in this scheme and all others under the same frame; itself where it has none.
    pub scope: SchemeId,
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

/// Whose rules a scheme has too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Frame {
    /// The scheme.
    pub scheme: SchemeId,
    /// On what terms.
    pub bond: Bond,
}

/// How a scheme is bound to the one whose rules it has too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Bond {
    /// `under`: it obeys, and may be stricter where the frame says so.
    Under,
    /// `adopt`: it copies what does not bind it.
    Adopted,
    /// `adopt with discretion`: what the rules would grant is referred to the body that applies them.
    Discretion,
}

/// A value that a frame leaves to its members.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenValue {
    /// Its name.
    pub name: Box<str>,
    /// Titles.
    pub titles: Titles,
    /// What is stated for this scheme, as it is written there.
    pub stated: Option<Box<str>>,
    /// Where it is left open.
    pub span: Span,
}

/// `total over S [for each of T]`: whoever holds one of these, or one of each where several are asked together, is answered,
/// whatever the facts.
#[derive(Clone, Debug, PartialEq)]
pub struct Total {
    /// For each achievement held together, what it is any of: one for `a or b`, two for `a and b`.
    pub over: Vec<Vec<SourceItem>>,
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

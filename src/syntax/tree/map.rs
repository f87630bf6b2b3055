//! How a mark of one scale becomes a mark of another.

use super::Name;
use super::amount::RoundingWord;
use super::table::Table;
use super::value::{Number, Value};
use crate::source::Span;

/// `from any numeric scale to german`.
#[derive(Clone, Debug)]
pub struct MapHeader {
    /// The scale before; nothing for any numeric one.
    pub from: Option<Name>,
    /// The scale after.
    pub to: Option<Name>,
}

/// `linear best -> 1.0, pass -> 4.0`.
#[derive(Clone, Debug)]
pub struct Linear {
    /// What the best mark becomes.
    pub best: Value,
    /// What the worst mark that passes becomes.
    pub pass: Value,
    /// Where it stands.
    pub span: Span,
}

/// Which of several marks is taken that a mark overlaps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum OverlapTake {
    Larger,
    Least,
    Most,
}

/// How a mark is rounded.
#[derive(Clone, Debug)]
pub enum MapRounding {
    /// `round half up to 0.1`.
    To(RoundingWord),
    /// `round to next better mark`.
    NextBetter(Span),
}

/// `distribution step 0.1% { … }`.
#[derive(Clone, Debug)]
pub struct Distribution {
    /// To what the published shares are rounded.
    pub step: Option<Number>,
    /// The marks and their shares or counts.
    pub table: Table,
    /// Where it stands.
    pub span: Span,
}

/// `example 8 it-10 -> 2.5`.
#[derive(Clone, Debug)]
pub struct MapExample {
    /// The mark before; with its scale where the map takes any.
    pub given: Value,
    /// The mark after; nothing for `not stated`.
    pub result: Option<Value>,
    /// Where it stands.
    pub span: Span,
}

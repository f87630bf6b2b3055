//! Selections: one way to say "which".

use super::Name;
use super::test::Test;
use super::value::Number;
use crate::source::Span;

/// A selection: one way to say "which", the same in `from`, `to`, `holds`, `never` and `set`.
#[derive(Clone, Debug)]
pub struct Selection {
    /// Where it stands.
    pub span: Span,
    /// What it says.
    pub kind: SelectionKind,
}

/// What a selection says.
#[derive(Clone, Debug)]
pub enum SelectionKind {
    /// One outcome, kind or set, perhaps with `or above` and a bracket.
    Item(SelectionItem),
    /// `a and b`, `all of { … }`.
    All(Vec<Selection>),
    /// `a or b`, `any of { … }`.
    Any(Vec<Selection>),
    /// `a, b`: each of them (in `to`).
    Each(Vec<Selection>),
    /// `2 of { … }`, `up to 3 of { … }`, `3 credits of { … }`.
    Count {
        /// The number, with `credits` as its unit where written.
        number: Box<Number>,
        /// `up to`.
        up_to: bool,
        /// Of which.
        of: Vec<Selection>,
    },
    /// `s together`.
    Together(Box<Selection>),
    /// `s except t`.
    Except(Box<Selection>, Vec<Selection>),
    /// `s in one F`, and with `true` `s in distinct F`.
    Bound(Box<Selection>, bool, Box<Name>),
}

/// One name of a selection.
#[derive(Clone, Debug)]
pub struct SelectionItem {
    /// The outcome, kind or set.
    pub name: Name,
    /// `any`: a family, one application for each member.
    pub any: bool,
    /// `or above`, `or below`.
    pub reach: Reach,
    /// `at BODY`, where a code is shared by several bodies.
    pub at: Option<Box<Name>>,
    /// The tests in its bracket.
    pub tests: Box<[Test]>,
}

/// `or above`, `or below`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum Reach {
    Exactly,
    OrAbove,
    OrBelow,
    /// 以下 without （含） or （不含）.
    UnclearBelow,
}

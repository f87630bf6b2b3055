//! Numbers, dates, values, and facts named in them.

use super::fact::{HoursSort, UnitWord};
use super::{Name, Text};
use crate::quantity::{Date, Ratio};
use crate::source::Span;

/// A number, with the unit or percent sign that follows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Number {
    /// Its exact value; for `80%` this is 4/5.
    pub value: Ratio,
    /// Whether a percent sign or 百分之 was written.
    pub percent: bool,
    /// The unit word or unit name after it.
    pub unit: Option<UnitRef>,
    /// Where it stands, unit included.
    pub span: Span,
}

/// The unit after a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UnitRef {
    /// A unit word of the language.
    Word(UnitWord, Span),
    /// A declared unit, kind or fact by name (`3 ects`, `3 reading-module`).
    Named(Box<Name>),
    /// `contact hours`, `notional hours`.
    Hours(HoursSort, Span),
}

/// A date as written: a day, a month or a year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateLiteral {
    /// First day meant.
    pub first: Date,
    /// Last day meant (the same for a full date).
    pub last: Date,
    /// Where it stands.
    pub span: Span,
}

/// A value: what a fact is compared with or given.
#[derive(Clone, Debug)]
pub struct Value {
    /// Where it stands.
    pub span: Span,
    /// What it says.
    pub kind: ValueKind,
}

/// What a value says.
#[derive(Clone, Debug)]
pub enum ValueKind {
    /// A number, with unit.
    Number(Number),
    /// `2 years 6 months`: a length of several parts.
    Length(Vec<Number>),
    /// A date.
    Date(DateLiteral),
    /// A name.
    Name(Name),
    /// `hkqf 5`, `skill 4`: a level of a framework or dimension.
    Level(Box<Name>, Box<Number>),
    /// A text.
    Text(Text),
    /// `yes`.
    Yes,
    /// `no`.
    No,
    /// `none`.
    None,
    /// `unknown`, in examples.
    Unknown,
    /// `unpublished`.
    Unpublished,
    /// `60 to 69`, `60～69` (both ends in), `6 months to under 1 year`.
    Range(Box<Value>, Box<Value>, RangeEnd),
    /// `[target] F`, `learner F`: another fact.
    Fact(FactRef),
}

/// Whether a range includes its upper end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RangeEnd {
    /// `a to b`.
    Included,
    /// `a to under b`.
    Excluded,
}

/// A fact named in a test, with whose fact it is.
#[derive(Clone, Debug)]
pub struct FactRef {
    /// Whose fact.
    pub of: FactOwner,
    /// The fact.
    pub name: Name,
    /// Where it stands.
    pub span: Span,
}

/// Whose fact a test reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FactOwner {
    /// The source, or what the context says (a bare name).
    Plain,
    /// `source F`.
    Source,
    /// `target F`.
    Target,
    /// `learner F`.
    Learner,
    /// `plan F`.
    Plan,
    /// `each F`: each of several sources.
    Each,
    /// `total F`.
    Total,
    /// `lowest F`.
    Lowest,
    /// `latest F`.
    Latest,
}

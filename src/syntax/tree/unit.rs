//! What a credit stands for, and how an amount of one unit becomes an amount of another.

use super::Name;
use super::fact::HoursSort;
use super::slot::InForce;
use super::value::Number;
use crate::source::Span;

/// The hours of one credit, or the credits of a year.
#[derive(Clone, Debug)]
pub struct CreditMeasure {
    /// Least.
    pub low: Number,
    /// Most, where a range is written.
    pub high: Option<Number>,
    /// The sort of hours.
    pub sort: Option<HoursSort>,
    /// The body that has a figure of its own.
    pub at: Option<Name>,
    /// The days for which the figure holds.
    pub in_force: Option<InForce>,
    /// Where it stands.
    pub span: Span,
}

/// `1 ucts = 1 us-semester = 1.5 ects`, `3 us-quarter gives 2 us-semester`.
#[derive(Clone, Debug, Default)]
pub struct RatioHeader {
    /// The amounts that are equal.
    pub terms: Vec<RatioTerm>,
    /// `gives`: from the first to the second only.
    pub is_one_way: bool,
}

/// `1.5 ects`, `1 to 1.25 asian-credit`.
#[derive(Clone, Debug)]
pub struct RatioTerm {
    /// The amount, or the least.
    pub low: Number,
    /// The most, where a range is written; the unit then stands here.
    pub high: Option<Number>,
    /// Where it stands.
    pub span: Span,
}

/// `in ects by year`.
#[derive(Clone, Debug)]
pub struct Conversion {
    /// The unit that it becomes.
    pub unit: Name,
    /// How; by an agreed ratio where nothing is written.
    pub way: Option<WayWord>,
    /// What is taken of an amount between two ends.
    pub take: Option<TakeWord>,
    /// Where it stands.
    pub span: Span,
}

/// How one unit becomes another without an agreed ratio.
#[derive(Clone, Debug)]
pub struct WayWord {
    /// By what.
    pub by: WayBy,
    /// The body whose own figure is meant.
    pub at: Option<Name>,
    /// Where it stands.
    pub span: Span,
}

/// By what one unit becomes another without an agreed ratio.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WayBy {
    /// `by year`.
    Year,
    /// `by hours`, of one sort where both units say both.
    Hours(Option<HoursSort>),
}

/// What is taken of an amount that lies between two ends.
#[derive(Clone, Debug)]
pub enum TakeWord {
    /// `take least`.
    Least(Span),
    /// `take most`.
    Most(Span),
    /// `refer to B`: a body decides.
    Refer(Name, Span),
}

/// `example 20 cats -> 10 ects`.
#[derive(Clone, Debug)]
pub struct ConversionExample {
    /// What is converted.
    pub given: Number,
    /// What comes of it.
    pub result: ConversionResult,
    /// By which way; by an agreed ratio where nothing is written.
    pub way: Option<WayWord>,
    /// Where it stands.
    pub span: Span,
}

/// What an example expects.
#[derive(Clone, Debug)]
pub enum ConversionResult {
    /// This much, or between two ends.
    Amount(Number, Option<Number>),
    /// `none in ects`: no such way leads there.
    None(Name),
}

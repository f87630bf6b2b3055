//! Facts of a kind, their domains, and lists with and without an order.

use super::slot::InForce;
use super::test::Test;
use super::value::{Number, Value};
use super::{Name, Text, Title};
use crate::source::Span;

/// `fact …` in a kind, `learner` or `plan`.
#[derive(Clone, Debug)]
pub struct FactLine {
    /// Its name.
    pub name: Name,
    /// Names after commas, before the titles.
    pub aliases: Vec<Name>,
    /// Titles.
    pub titles: Vec<Title>,
    /// Its domains, joined by `or`.
    pub domains: Vec<DomainLine>,
    /// `optional`.
    pub optional: Option<Span>,
    /// `if team`.
    pub only_if: Option<Test>,
    /// `otherwise no`.
    pub otherwise: Option<Value>,
    /// `fixed`.
    pub fixed: Option<Span>,
    /// `proof "…"`.
    pub proof: Option<Text>,
    /// `judged by B [against target]`.
    pub judged: Option<JudgedLine>,
}

/// `judged by B [against target]`: who says what a fact is.
#[derive(Clone, Debug)]
pub struct JudgedLine {
    /// The judge.
    pub by: Name,
    /// `against target`: said of the achievement and the target together.
    pub against_target: bool,
    /// Where it stands.
    pub span: Span,
}

/// `load is credits / semester-credits : 0 to 2`.
#[derive(Clone, Debug)]
pub struct QuantityLine {
    /// Its name.
    pub name: Name,
    /// Titles.
    pub titles: Vec<Title>,
    /// The facts that it is worked out from.
    pub parts: Vec<QuantityPart>,
    /// Its domain.
    pub domain: Option<DomainLine>,
    /// Where it stands.
    pub span: Span,
}

/// One fact of a quantity.
#[derive(Clone, Debug)]
pub struct QuantityPart {
    /// The fact.
    pub fact: Name,
    /// Whether it divides what stands before it.
    pub divides: bool,
}

/// The domain of a fact as written.
#[derive(Clone, Debug)]
pub struct DomainLine {
    /// Where it stands.
    pub span: Span,
    /// What it says.
    pub kind: DomainKind,
}

/// What a domain says.
#[derive(Clone, Debug)]
pub enum DomainKind {
    /// A scale, a set, a kind of thing by name.
    Named(Name),
    /// `yes or no`.
    YesNo,
    /// `date`.
    Date,
    /// `name`.
    Name,
    /// `contact hours`, `notional hours`: an amount of hours of one sort, at least 0.
    Hours(HoursSort),
    /// `months`, `days`, `weeks`, `years`: a length.
    Length(UnitWord),
    /// `0 to 20 whole`, `0 to 710 step 1`, `0% to 100%`, `0 to 20 credits`.
    Range {
        /// Least value.
        low: Number,
        /// Greatest value.
        high: Number,
        /// `whole`.
        whole: bool,
        /// `step s`.
        step: Option<Number>,
    },
    /// Listed values, plain (commas), ordered (`<`, `low to high`).
    List(RankedList),
}

/// A list of values with or without an order; one rank may hold equals (`third = bronze`).
#[derive(Clone, Debug)]
pub struct RankedList {
    /// Ranks from low to high where `ordered`, else one value each.
    pub ranks: Vec<Vec<ListedValue>>,
    /// Whether `low to high` or `<` gives the order.
    pub ordered: bool,
    /// Where it stands.
    pub span: Span,
}

/// A listed value, with its titles and window.
#[derive(Clone, Debug)]
pub struct ListedValue {
    /// Its name.
    pub name: Name,
    /// Titles.
    pub titles: Vec<Title>,
    /// `in force from 1951-09`.
    pub in_force: Option<InForce>,
}

/// Contact or notional hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum HoursSort {
    /// Hours in class (课堂学时).
    Contact,
    /// All learning time (学习时数).
    Notional,
}

/// A unit word after a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum UnitWord {
    Credit,
    Hour,
    Day,
    Week,
    Month,
    Year,
    Course,
    Item,
    Rank,
    Point,
    Times,
    /// Achievements that are used.
    Source,
}

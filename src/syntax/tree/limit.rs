//! Limits and requirements, which are one sentence, and the other lines of programmes and blocks.

use super::amount::{Amount, RoundingWord};
use super::selection::Selection;
use super::slot::Citation;
use super::test::Test;
use super::unit::Conversion;
use super::value::{FactRef, Number, Value};
use super::{Name, Title};
use crate::source::Span;

/// `limit NAME: at most …` or `require NAME: at least …`.
#[derive(Clone, Debug)]
pub struct LimitLine {
    /// Its name; a block's own need and ceiling have none.
    pub name: Option<Name>,
    /// Titles.
    pub titles: Vec<Title>,
    /// How much.
    pub bound: Bound,
    /// Of what, when, and what becomes of the rest, in the order of the text.
    pub parts: Vec<LinePart>,
    /// Where it stands.
    pub span: Span,
}

/// How much of what.
#[derive(Clone, Debug)]
pub enum Bound {
    /// An amount as rules give them; its unit says what is counted.
    Amount(Box<Amount>),
    /// `40% of planned courses`.
    Share(Box<ShareOf>),
    /// `3 distinct field`.
    Distinct(Number, Name),
    /// `2 years span`: from the first date to the last.
    Span(Vec<Number>, Span),
    /// `60% of required credits or 72 credits, whichever is less`.
    Whichever {
        /// Of these.
        of: Vec<Bound>,
        /// The greatest, else the least.
        greater: bool,
        /// Where it stands.
        span: Span,
    },
    /// `average points >= 2.0 over S`.
    Average(Box<Average>),
    /// `unpublished credits`: the source does not say how many.
    Unpublished(Name, Span),
}

/// `40% of planned courses`.
#[derive(Clone, Debug)]
pub struct ShareOf {
    /// How much.
    pub share: Share,
    /// Of what; what is written where no base is said: `40% of credits`.
    pub base: Result<ShareBase, Name>,
    /// Where it stands.
    pub span: Span,
}

/// A share that is written, or one that a frame leaves to its members.
#[derive(Clone, Debug)]
pub enum Share {
    /// `40%`.
    Number(Number),
    /// `share`.
    Named(Name),
}

/// What a share is of.
#[derive(Clone, Debug)]
pub struct ShareBase {
    /// Whose figure.
    pub figure: FigureWord,
    /// `credits`, `courses` or `hours`.
    pub measure: Name,
    /// `of BLOCK`.
    pub of: Option<Name>,
    /// `excluding S`.
    pub excluding: Option<Selection>,
    /// Where it stands.
    pub span: Span,
}

/// Whose figure the base of a share is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FigureWord {
    /// The plan's own.
    Planned,
    /// What is asked for.
    Required,
    /// What counts.
    Counted,
}

/// `average M >= N over S`.
#[derive(Clone, Debug)]
pub struct Average {
    /// A fact that is a number, or a map of grades.
    pub of: FactRef,
    /// At least so much.
    pub least: Value,
    /// Over these achievements; all that count where nothing is said.
    pub over: Option<Selection>,
    /// Where it stands.
    pub span: Span,
}

/// A part of the sentence, after its amount.
#[derive(Clone, Debug)]
pub enum LinePart {
    /// `counting converted`.
    Converted(Span),
    /// `counting earned here`.
    EarnedHere(Span),
    /// `from S`; with `true` `from each of S`: a line for each.
    From(Selection, bool),
    /// `to T`, `to each of T`.
    To(Selection, bool),
    /// `where TESTS`.
    Where(Test),
    /// `among last 60 credits by completed`.
    Among(Number, FactRef, Span),
    /// `per issuer, field`, `per semester by ended`.
    Per {
        /// The keys, or the one period.
        keys: Vec<FactRef>,
        /// The date that says in which period something lies.
        by: Option<FactRef>,
        /// Where it stands.
        span: Span,
    },
    /// `when TESTS`.
    When(Test),
    /// `surplus to X`.
    Surplus(SurplusWord),
    /// `in principle`.
    InPrinciple(Span),
    /// `cite D "clause"`.
    Cite(Vec<Citation>, Span),
}

impl LinePart {
    /// Where it stands.
    pub fn span(&self) -> Span {
        match self {
            LinePart::Converted(span)
            | LinePart::EarnedHere(span)
            | LinePart::Among(.., span)
            | LinePart::Per { span, .. }
            | LinePart::InPrinciple(span)
            | LinePart::Cite(_, span) => *span,
            LinePart::From(selection, _) | LinePart::To(selection, _) => selection.span,
            LinePart::Where(test) | LinePart::When(test) => test.span,
            LinePart::Surplus(word) => word.span(),
        }
    }
}

/// What becomes of what is more than counts.
#[derive(Clone, Debug)]
pub enum SurplusWord {
    /// `surplus lost`.
    Lost(Span),
    /// `surplus to X`.
    To(Name, Span),
    /// `surplus kept`.
    Kept(Span),
}

impl SurplusWord {
    /// Where it stands.
    pub const fn span(&self) -> Span {
        match self {
            SurplusWord::Lost(span) | SurplusWord::To(_, span) | SurplusWord::Kept(span) => *span,
        }
    }
}

/// `share up to 6 credits with X`.
#[derive(Clone, Debug)]
pub struct ShareLine {
    /// How much; all where nothing is said.
    pub up_to: Option<Number>,
    /// With which blocks.
    pub with: Vec<Name>,
    /// Where it stands.
    pub span: Span,
}

/// `combine highest by M per K`.
#[derive(Clone, Debug)]
pub struct CombineHighest {
    /// By which of `credits`, `level` and `grade`.
    pub by: FactRef,
    /// Of those that agree in these.
    pub per: Vec<FactRef>,
    /// Where it stands.
    pub span: Span,
}

/// `count us-quarter in us-semester, round down to 0.1 each`.
#[derive(Clone, Debug)]
pub struct CountIn {
    /// The unit in which the credits are.
    pub unit: Name,
    /// How they become credits of another.
    pub conversion: Conversion,
    /// How each is rounded.
    pub rounding: Option<RoundingWord>,
    /// Whether `each` is said.
    pub each: bool,
    /// Where it stands.
    pub span: Span,
}

/// `period semester "学期" starts 03-01, 09-01`.
#[derive(Clone, Debug)]
pub struct Period {
    /// Its name.
    pub name: Name,
    /// Other names.
    pub aliases: Vec<Name>,
    /// Titles.
    pub titles: Vec<Title>,
    /// The first day of each, as month and day.
    pub starts: Vec<(u8, u8, Span)>,
    /// Where it stands.
    pub span: Span,
}

//! Credit units and the ways in which an amount of one becomes an amount of another.
//!
//! A way is one ratio that a text states, or one figure that two units share: their hours, or their year. No way is ever made
//! of two.

use crate::quantity::Ratio;
use crate::source::Span;

use super::{BodyId, Citation, Cond, Remark, SchemeId, Status, Titles, UnitId, Window};

/// A credit unit.
#[derive(Clone, Debug)]
pub struct Unit {
    /// Its id.
    pub name: Box<str>,
    /// Other names.
    pub aliases: Vec<Box<str>>,
    /// Titles.
    pub titles: Titles,
    /// Amounts counted are multiples of this.
    pub step: Option<Ratio>,
    /// The learning time of one credit, by sort of hours, body and days.
    pub hours: Vec<UnitHours>,
    /// The credits of a full-time year, by body and days.
    pub years: Vec<UnitYear>,
    /// Its basis.
    pub cites: Vec<Citation>,
    /// What the author read into the text.
    pub readings: Vec<Remark>,
    /// Where it is declared.
    pub span: Span,
}

/// The learning time of one credit.
#[derive(Clone, Debug, PartialEq)]
pub struct UnitHours {
    /// Least hours.
    pub least: Ratio,
    /// Most hours; equal to `least` where one figure is published.
    pub most: Ratio,
    /// Contact hours, else notional hours.
    pub contact: bool,
    /// The body that has this figure of its own.
    pub at: Option<BodyId>,
    /// When it holds; empty for always.
    pub windows: Vec<Window>,
    /// Where it is said.
    pub span: Span,
}

/// The credits of a full-time year.
#[derive(Clone, Debug, PartialEq)]
pub struct UnitYear {
    /// Least credits.
    pub least: Ratio,
    /// Most credits; equal to `least` where one figure is published.
    pub most: Ratio,
    /// The body that has this figure of its own.
    pub at: Option<BodyId>,
    /// When it holds; empty for always.
    pub windows: Vec<Window>,
    /// Where it is said.
    pub span: Span,
}

/// `1 ucts = 1.5 ects`: amounts that a text makes equal. It agrees the pairs that it names and no others.
#[derive(Clone, Debug, PartialEq)]
pub struct UnitRatio {
    /// The equal amounts.
    pub terms: Vec<RatioTerm>,
    /// From the first to the second only.
    pub is_one_way: bool,
    /// The scheme or agreement that alone applies it.
    pub scheme: Option<SchemeId>,
    /// The body that alone applies it.
    pub by: Option<BodyId>,
    /// When it holds: all of these.
    pub windows: Vec<Window>,
    /// Whether it may be used.
    pub status: Status,
    /// Its basis.
    pub cites: Vec<Citation>,
    /// What the author read into the text.
    pub readings: Vec<Remark>,
    /// Where it is declared.
    pub span: Span,
}

/// One of the equal amounts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RatioTerm {
    /// The least.
    pub least: Ratio,
    /// The most; equal to `least` where one figure stands.
    pub most: Ratio,
    /// Its unit.
    pub unit: UnitId,
    /// Where it stands.
    pub span: Span,
}

/// `in UNIT`: how the amount of a rule becomes an amount of another unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Conversion {
    /// The unit before.
    pub from: UnitId,
    /// By what.
    pub by: By,
    /// The ways, of which one holds on any day; several only where they are dated.
    pub ways: Vec<ConversionWay>,
    /// Who decides where an amount lies between two ends.
    pub refer: Option<BodyId>,
    /// Where it stands.
    pub span: Span,
}

/// By what one unit becomes another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum By {
    /// A ratio that a text states.
    Agreed,
    /// The credits of a year of both.
    Year,
    /// The hours of both, contact or notional.
    Hours {
        /// Contact hours, else notional hours.
        contact: bool,
    },
}

/// One way of a conversion.
#[derive(Clone, Debug, PartialEq)]
pub struct ConversionWay {
    /// The days on which it holds.
    pub guard: Cond,
    /// How much one of the unit before becomes, at least.
    pub least: Ratio,
    /// And at most.
    pub most: Ratio,
}

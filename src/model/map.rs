//! Maps of marks: how a mark of one scale becomes a mark of another. A map is used one step; two are never chained.

use crate::quantity::{Ratio, Rounding};
use crate::source::Span;
use crate::space::{Set, Value};

use super::{Citation, Remark, ScaleId, Status, Titles, Window};

/// A map of marks.
#[derive(Clone, Debug, PartialEq)]
pub struct GradeMap {
    /// Its id.
    pub name: Box<str>,
    /// Other names.
    pub aliases: Vec<Box<str>>,
    /// Titles.
    pub titles: Titles,
    /// The scale before; nothing for any numeric one.
    pub from: Option<ScaleId>,
    /// The scale after.
    pub to: ScaleId,
    /// How.
    pub how: MapHow,
    /// What becomes of marks that do not pass, where it is said.
    pub below_pass: Option<Mapped>,
    /// How a computed mark is rounded.
    pub rounding: Option<MarkRounding>,
    /// What becomes of marks that nothing names.
    pub otherwise: Option<Mapped>,
    /// When it holds: all of these.
    pub windows: Vec<Window>,
    /// Whether a rule may mark by it.
    pub status: Status,
    /// Its basis.
    pub cites: Vec<Citation>,
    /// What the author read into the text.
    pub readings: Vec<Remark>,
    /// Where it is declared.
    pub span: Span,
}

/// How a map finds a mark.
#[derive(Clone, Debug, PartialEq)]
pub enum MapHow {
    /// On the line through the best mark and the worst that passes.
    Linear {
        /// What the best mark becomes.
        best: Ratio,
        /// What the worst mark that passes becomes.
        pass: Ratio,
    },
    /// Looked up: written as rows, or worked out of a formula or of distributions when the package is compiled.
    Table(Vec<MapRow>),
}

/// A row of a map.
#[derive(Clone, Debug, PartialEq)]
pub struct MapRow {
    /// The marks before.
    pub marks: Set,
    /// The mark after.
    pub to: Mapped,
    /// Where it stands.
    pub span: Span,
}

/// What becomes of a mark.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Mapped {
    /// This mark.
    Value(Value),
    /// No counterpart.
    None,
    /// The text does not say.
    NotStated,
}

/// How a computed mark is rounded.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum MarkRounding {
    /// To a step.
    To(Rounding),
    /// To the next mark of the scale that is not worse.
    NextBetter,
}

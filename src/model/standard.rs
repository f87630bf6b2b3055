//! Standards: statements of learning at levels of a framework, shared by the outcomes that name them.

use crate::quantity::Ratio;
use crate::source::Span;

use super::{Citation, DocumentId, FrameworkId, Remark, StandardId, StatementId, Titles, Window};

/// A standard: an industry's statements inside a framework.
#[derive(Clone, Debug)]
pub struct Standard {
    /// Its id.
    pub name: Box<str>,
    /// Other names.
    pub aliases: Vec<Box<str>>,
    /// Titles.
    pub titles: Titles,
    /// The framework whose levels and dimensions it uses.
    pub under: Option<FrameworkId>,
    /// Its version.
    pub version: Option<Box<str>>,
    /// Its basis.
    pub cites: Vec<Citation>,
    /// When it is in force.
    pub windows: Vec<Window>,
    /// Readings.
    pub readings: Vec<Remark>,
    /// Notes.
    pub notes: Vec<Remark>,
    /// Where it is declared.
    pub span: Span,
}

/// One statement of learning: in one dimension, at one level.
#[derive(Clone, Debug)]
pub struct Statement {
    /// Its id, the standard's before it: `rail.k1`.
    pub name: Box<str>,
    /// Its text by language.
    pub titles: Titles,
    /// The standard that it stands in.
    pub standard: StandardId,
    /// Its dimension, by its place in the framework.
    pub dimension: u32,
    /// Its level, as a rank.
    pub level: u32,
    /// What it counts.
    pub weight: Ratio,
    /// Its text is published and not copied.
    pub elsewhere: Option<Option<DocumentId>>,
    /// The statements that say the same, itself not among them.
    pub same: Vec<StatementId>,
    /// Where it is declared.
    pub span: Span,
}

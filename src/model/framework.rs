//! Frameworks of levels, with their dimensions mapped to knowledge, skill, competence and values.

use crate::quantity::Ratio;
use crate::source::Span;

use super::{Citation, DocumentId, FrameworkId, Remark, Titles, UnitId, Window};

/// A qualifications framework.
#[derive(Clone, Debug)]
pub struct Framework {
    /// Its id.
    pub name: Box<str>,
    /// Other names.
    pub aliases: Vec<Box<str>>,
    /// Titles.
    pub titles: Titles,
    /// Its version.
    pub version: Option<Box<str>>,
    /// The framework that it replaces.
    pub replaces: Vec<FrameworkId>,
    /// Its basis.
    pub cites: Vec<Citation>,
    /// When it is in force.
    pub windows: Vec<Window>,
    /// Its credit unit.
    pub unit: Option<UnitId>,
    /// Its levels, lowest first; `None` where they are unpublished.
    pub levels: Option<Vec<Level>>,
    /// Its dimensions, in the order of the text.
    pub dimensions: Vec<Dimension>,
    /// Where its descriptors are.
    pub descriptors: Descriptors,
    /// Readings.
    pub readings: Vec<Remark>,
    /// Notes.
    pub notes: Vec<Remark>,
    /// Where it is declared.
    pub span: Span,
}

/// A level: a number or a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Level {
    /// Its number, where levels are numbers.
    pub number: Option<Ratio>,
    /// How it is written (`3`, `4.5`, a name).
    pub name: Box<str>,
    /// Titles.
    pub titles: Titles,
}

/// A dimension of a framework's descriptors.
#[derive(Clone, Debug)]
pub struct Dimension {
    /// Its id.
    pub name: Box<str>,
    /// Titles.
    pub titles: Titles,
    /// The canonical dimensions that it is mapped to.
    pub canonical: Vec<Canonical>,
    /// Where it is declared.
    pub span: Span,
}

/// The four canonical dimensions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum Canonical {
    Knowledge,
    Skill,
    Competence,
    Values,
}

/// Where the descriptors of a framework are.
#[derive(Clone, Debug)]
pub enum Descriptors {
    /// Nothing is said.
    Unsaid,
    /// In a document that may not be copied.
    Elsewhere(Option<DocumentId>, Span),
    /// Not published.
    Unpublished(Span),
    /// Here: for each level (its rank) and dimension (its place) a text, or what stands in its place.
    Here(Vec<Descriptor>, Span),
}

/// One cell of a descriptor table.
#[derive(Clone, Debug)]
pub struct Descriptor {
    /// The rank of the level.
    pub level: u32,
    /// The place of the dimension.
    pub dimension: u32,
    /// The text; `None` where the table says `none`, `-`, `not stated` or `unpublished`.
    pub text: Option<Box<str>>,
    /// Where it stands.
    pub span: Span,
}

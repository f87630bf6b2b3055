//! Titles, typed domains and citations: what several declarations share.

use crate::source::Span;
use crate::space::Domain;

use super::{DocumentId, FrameworkId, KindId, ListId, ScaleId, SetId, UnitId};

/// Titles in several languages, in the order written; a tag is `zh`, `zh-Hant`, `en`, `ko` or another BCP 47 tag.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Titles(pub Vec<(Box<str>, Box<str>)>);

impl Titles {
    /// The title in this language, if there is one.
    pub fn get(&self, tag: &str) -> Option<&str> {
        self.0.iter().find(|(t, _)| &**t == tag).map(|(_, text)| &**text)
    }

    /// The title in the first of these languages that has one, else the first title.
    pub fn best(&self, tags: &[&str]) -> Option<&str> {
        tags.iter().find_map(|tag| self.get(tag)).or_else(|| self.0.first().map(|(_, text)| &**text))
    }
}

/// What kind of value a fact has: units, scales and levels are types and never mix.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ValueType {
    /// Yes or no.
    YesNo,
    /// A member of a list: a rank.
    List(ListId),
    /// A mark of a scale: a number of a numeric one, a rank of a named one.
    Scale(ScaleId),
    /// A bare number (`1 to 20 whole`).
    Number,
    /// An amount of credits.
    Credits(UnitId),
    /// Hours in class.
    ContactHours,
    /// All learning hours.
    NotionalHours,
    /// A share: 80 % is 4/5.
    Share,
    /// A day.
    Date,
    /// A length of time in months.
    Months,
    /// A length of time in days.
    Days,
    /// A length of time in hours.
    Hours,
    /// Identity only.
    Name,
    /// An outcome of this kind (or any).
    Outcome(Option<KindId>),
    /// A body, of a set if one is named.
    Body(Option<SetId>),
    /// A level of a framework: a rank.
    Level(FrameworkId),
}

/// A typed domain.
#[derive(Clone, Debug, PartialEq)]
pub struct TypedDomain {
    /// Its type.
    pub value_type: ValueType,
    /// Its values.
    pub domain: Domain,
}

/// A document and a clause of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    /// The document.
    pub document: DocumentId,
    /// The clause label, as written.
    pub clause: Option<Box<str>>,
    /// Where it is cited.
    pub span: Span,
}

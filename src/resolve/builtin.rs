//! The facts that the language has built in: what they are called, who holds them, and what they are where nobody declares
//! them.

use crate::language::{Lang, meaning_by_id};
use crate::quantity::Ratio;
use crate::space::{Domain, Numbers, Shape};

/// Who holds a built-in fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum HeldBy {
    /// A catalogue entry.
    Catalogue,
    /// An achievement.
    Entry,
    /// The request.
    Request,
}

/// What an undeclared built-in fact is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Nature {
    /// Open text: identity only.
    Name,
    /// A body.
    Body,
    /// A level of a framework.
    Level,
    /// Credits of some unit.
    Credits,
    /// Hours in class.
    Hours,
    /// A day.
    Date,
    /// A day that may be absent.
    DateOrNone,
    /// A whole number from this one.
    Whole(i64),
    /// `original` or `converted`.
    Origin,
    /// Nothing: a test needs a declared domain.
    Undeclared,
}

/// The built-in facts, by name.
const FACTS: &[(&str, HeldBy, Nature)] = &[
    ("admitted", HeldBy::Request, Nature::Date),
    ("applied", HeldBy::Request, Nature::Date),
    ("attempt", HeldBy::Entry, Nature::Whole(1)),
    ("awarded", HeldBy::Entry, Nature::Date),
    ("category", HeldBy::Catalogue, Nature::Name),
    ("code", HeldBy::Catalogue, Nature::Name),
    ("completed", HeldBy::Entry, Nature::Date),
    ("credits", HeldBy::Catalogue, Nature::Credits),
    ("decided", HeldBy::Request, Nature::Date),
    ("ended", HeldBy::Entry, Nature::Date),
    ("enrolled", HeldBy::Request, Nature::Date),
    ("expires", HeldBy::Entry, Nature::DateOrNone),
    ("grade", HeldBy::Entry, Nature::Undeclared),
    ("hours", HeldBy::Catalogue, Nature::Hours),
    ("issuer", HeldBy::Catalogue, Nature::Body),
    ("level", HeldBy::Catalogue, Nature::Level),
    ("name", HeldBy::Catalogue, Nature::Name),
    ("number", HeldBy::Entry, Nature::Name),
    ("origin", HeldBy::Entry, Nature::Origin),
    ("outcome", HeldBy::Catalogue, Nature::Name),
    ("place", HeldBy::Entry, Nature::Name),
    ("result", HeldBy::Entry, Nature::Undeclared),
    ("started", HeldBy::Entry, Nature::Date),
    ("statements", HeldBy::Catalogue, Nature::Undeclared),
    ("steps", HeldBy::Entry, Nature::Whole(0)),
    ("times", HeldBy::Entry, Nature::Whole(1)),
];

/// The names of all built-in facts, sorted.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    FACTS.iter().map(|(name, ..)| *name)
}

/// The built-in fact of this English name.
pub(super) fn fact(name: &str) -> Option<(HeldBy, Nature)> {
    FACTS.binary_search_by_key(&name, |(name, ..)| name).ok().and_then(|at| FACTS.get(at)).map(|f| (f.1, f.2))
}

/// The id of a fact as the reader of words gives it: a built-in one comes in English, whatever language it was written in.
pub(super) const fn canonical(written: &str) -> &str {
    written
}

/// Whether a name is how some language spells this keyword.
pub(super) fn spells(written: &str, id: &str) -> bool {
    let Some(meaning) = meaning_by_id(id) else { return false };
    Lang::ALL.into_iter().any(|lang| meaning.spellings(lang).any(|spelling| spelling == written))
}

/// Days; perhaps none.
pub(super) fn date(optional: bool) -> Domain {
    let domain = Domain::of(Shape::Date);
    if optional { domain.or_none() } else { domain }
}

/// Amounts from 0, on a step where there is one.
pub(super) fn from_zero(step: Option<Ratio>) -> Option<Domain> {
    Numbers::new(Some(Ratio::ZERO), None, step).map(Domain::numbers)
}

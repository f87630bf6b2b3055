//! The words of QF in each language: keywords, and how numbers, dates, units and lists are said.
//!
//! It never reads a whole text and never knows a user's name. The one idea: a row of `grammar/keywords.tsv` is a
//! [`Meaning`], not a word, and English is the pivot: each spelling, in any language, leads at its place to one canonical
//! English [`Word`], which is all that the grammar knows.

mod fold;
mod phrase;
mod read;
mod say;
mod table;

pub use fold::{is_folded, normal, width_folded};
pub use phrase::{EnglishPart, Literal, Phrase};
pub use read::{
    English, Piece, PieceKind, Place, begins_within, english, exact, gathers, is_read_in, is_read_in_some,
    pieces, start_spellings, unit_prefix,
};
pub use say::{comparison, date, list, number, percent, quantity, unit};
pub use table::{Class, Lang, Meaning, State, Word, meaning_by_id, meanings, word};

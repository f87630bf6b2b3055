//! Canonical tokens: the words of a source file, whatever keyword language they were written in, in English word order.
//!
//! A token keeps where it stands and which spelling was written; it never knows what a name means.

use crate::language::{Meaning, Word};
use crate::quantity::{Date, Ratio};
use crate::source::Span;

use super::tree::Bracket;

/// One canonical token.
#[derive(Clone, Debug, PartialEq)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// Where it was written. A word that a Chinese phrase pattern spells in several pieces has the span of its first piece.
    pub span: Span,
}

/// What a token is.
#[derive(Clone, Debug, PartialEq)]
pub enum TokenKind {
    /// A keyword, as its canonical English word. The meaning is the default one of that word until the parser, which
    /// knows the position, refines it (`to` is a slot, a range and a direction).
    Word(Word, Meaning),
    /// A name with its bracket.
    Name(Box<str>, Bracket),
    /// A number; `percent` where a percent sign or 百分之 was written (the value is then already a share).
    Number {
        /// Its exact value.
        value: Ratio,
        /// Whether it was written as a percentage.
        percent: bool,
    },
    /// A date: its first and last day (equal for a full date).
    Date(Date, Date),
    /// `03-01`: a month and a day of it.
    MonthDay(u8, u8),
    /// `2025.1` after `version`.
    Version(Box<str>),
    /// Text in quotation marks, without them.
    Text(Box<str>),
    /// A sign.
    Sign(Sign),
    /// The end of a statement: a line's end, `;`, or the place before `}`.
    End,
    /// A comment, to the end of its line; `blank_before` where an empty line stands before it.
    Comment {
        /// The text after the sign.
        text: Box<str>,
        /// Whether an empty line stands before it.
        blank_before: bool,
        /// Whether it stands alone on its line.
        own_line: bool,
    },
    /// One or more empty lines between statements.
    Blank,
    /// Characters that belong to no token; already reported.
    Bad,
}

/// A sign of the language, width folded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum Sign {
    Comma,
    Colon,
    Arrow,
    Equals,
    AtLeast,
    AtMost,
    Over,
    Under,
    NotEquals,
    Open,
    Close,
    OpenRound,
    CloseRound,
    Bar,
    Dash,
    Times,
    Divide,
}

//! The canonical text of one statement: what the grammar reads.
//!
//! One token, one space; a keyword is its English spelling, whatever a user may choose is one sign (`grammar/word.pest`
//! lists them), the end of the statement is a newline. It never looks at what a name says. Each byte of the text knows its
//! token, so that what the grammar finds has a place in the source.

use crate::language::State;

use super::braces::Braces;
use super::token::{Sign, Token, TokenKind};

/// The text of one statement and the way back to its tokens.
#[derive(Debug, Default)]
pub(super) struct Canonical {
    pub(super) text: String,
    /// The token of each byte.
    pub(super) tokens: Vec<u32>,
}

/// What was met while a statement was written.
#[derive(Debug, Default)]
pub(super) struct Extent {
    /// The first token after the statement; for a header the brace that opens its body.
    pub(super) end: usize,
    /// Whether a brace that opens a body stands at the end.
    pub(super) has_body: bool,
    /// The braces of tables, whose rows are statements of their own.
    pub(super) tables: Vec<usize>,
    /// Comments between the tokens.
    pub(super) comments: Vec<usize>,
    /// The first word whose meaning is not built yet.
    pub(super) later: Option<usize>,
    /// Whether a token could not be read.
    pub(super) has_bad: bool,
    /// The brace or bracket that stands deeper than a text may go.
    pub(super) too_deep: Option<usize>,
}

/// How a brace inside a statement is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Inside {
    /// It opens a body: the statement is a header and ends before it.
    Body,
    /// It belongs to the operand: `any of { … }`, a table.
    Operand,
}

impl Canonical {
    /// Writes the statement that begins at `start` and ends before `limit` at the latest. `room` is how much deeper braces
    /// may stand.
    pub(super) fn write(
        &mut self,
        tokens: &[Token],
        braces: &Braces,
        start: usize,
        limit: usize,
        inside: Inside,
        room: usize,
    ) -> Extent {
        self.text.clear();
        self.tokens.clear();
        let mut extent = Extent::default();
        // The ends of the braces that are open here, innermost last.
        let mut open: Vec<usize> = Vec::new();
        let mut rounds = 0_usize;
        let mut at = start;
        while at < limit {
            // A brace whose end the layout gives has no token of its own.
            while open.last() == Some(&at) && !is_close(tokens, at) {
                open.pop();
                self.put("\n", at);
                self.put("} ", at);
            }
            let Some(token) = tokens.get(at) else { break };
            match &token.kind {
                TokenKind::Word(word, meaning) => {
                    if extent.later.is_none() && meaning.state() == State::Later {
                        extent.later = Some(at);
                    }
                    self.put(word.text(), at);
                    self.put(" ", at);
                }
                TokenKind::Name(..) => self.put("' ", at),
                TokenKind::Number { .. } => self.put("0 ", at),
                TokenKind::Date(..) => self.put("@ ", at),
                TokenKind::MonthDay(..) => self.put("^ ", at),
                TokenKind::Version(_) => self.put("v ", at),
                TokenKind::Text(_) => self.put("\" ", at),
                TokenKind::Bad => {
                    extent.has_bad = true;
                    self.put("? ", at);
                }
                TokenKind::Comment { .. } => extent.comments.push(at),
                TokenKind::Blank => {}
                TokenKind::End if open.is_empty() => {
                    self.put("\n", at);
                    extent.end = at + 1;
                    return extent;
                }
                TokenKind::End => self.put("\n", at),
                TokenKind::Sign(Sign::Open) => {
                    let end = braces.end(at);
                    if inside == Inside::Body && open.is_empty() {
                        self.put("\n", at);
                        extent.end = at;
                        extent.has_body = true;
                        return extent;
                    }
                    if begins_rows(tokens, at, end) {
                        self.put("{ } ", at);
                        extent.tables.push(at);
                        at = end + usize::from(is_close(tokens, end));
                        continue;
                    }
                    self.put("{ ", at);
                    open.push(end);
                }
                TokenKind::Sign(Sign::Close) => {
                    if open.pop().is_some() {
                        self.put("} ", at);
                    }
                }
                TokenKind::Sign(sign) => {
                    match sign {
                        Sign::OpenRound => rounds += 1,
                        Sign::CloseRound => rounds = rounds.saturating_sub(1),
                        _ => {}
                    }
                    self.put(text_of(*sign), at);
                }
            }
            if extent.too_deep.is_none() && open.len() + rounds > room {
                extent.too_deep = Some(at);
            }
            at += 1;
        }
        while open.pop().is_some() {
            self.put("\n", at.saturating_sub(1));
            self.put("} ", at.saturating_sub(1));
        }
        self.put("\n", at.saturating_sub(1));
        extent.end = at.min(limit);
        extent
    }

    fn put(&mut self, text: &str, token: usize) {
        self.text.push_str(text);
        let token = u32::try_from(token).unwrap_or(u32::MAX);
        self.tokens.resize(self.tokens.len() + text.len(), token);
    }
}

fn is_close(tokens: &[Token], at: usize) -> bool {
    matches!(tokens.get(at).map(|token| &token.kind), Some(TokenKind::Sign(Sign::Close)))
}

/// Whether the first thing in a pair of braces is a row.
fn begins_rows(tokens: &[Token], open: usize, end: usize) -> bool {
    let inside = tokens.get(open + 1..end).unwrap_or_default();
    let first =
        inside.iter().find(|token| !matches!(token.kind, TokenKind::Comment { .. } | TokenKind::Blank));
    matches!(first.map(|token| &token.kind), Some(TokenKind::Sign(Sign::Bar)))
}

/// A sign as the grammar spells it.
const fn text_of(sign: Sign) -> &'static str {
    match sign {
        Sign::Comma => ", ",
        Sign::Colon => ": ",
        Sign::Arrow => "-> ",
        Sign::Equals => "= ",
        Sign::AtLeast => ">= ",
        Sign::AtMost => "<= ",
        Sign::Over => "> ",
        Sign::Under => "< ",
        Sign::NotEquals => "is not ",
        Sign::Open => "{ ",
        Sign::Close => "} ",
        Sign::OpenRound => "( ",
        Sign::CloseRound => ") ",
        Sign::Bar => "| ",
        Sign::Dash => "- ",
        Sign::Times => "* ",
        Sign::Divide => "/ ",
    }
}

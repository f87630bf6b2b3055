//! Where spaces are needed: a statement is read again, and a space goes only where nothing changes without it.

use crate::source::FileId;
use crate::syntax::token::{Token, TokenKind};
use crate::syntax::words::read_words;

/// A printed piece and what stands before it.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    pub(super) text: String,
    pub(super) before: Gap,
}

/// What stands between two pieces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gap {
    /// Nothing.
    None,
    /// A space.
    Space,
    /// A space where one is needed.
    Asked,
}

/// Joins pieces so that they are read as `expected`; nothing where no spacing gives that.
pub(super) fn join(pieces: &[Piece], expected: &[&TokenKind]) -> Option<Vec<bool>> {
    let asked: Vec<usize> =
        (0..pieces.len()).filter(|&at| pieces[at].before == Gap::Asked && at > 0).collect();
    let mut spaces: Vec<bool> = pieces.iter().map(|piece| piece.before == Gap::Space).collect();
    if reads_as(&with_spaces(pieces, &spaces), expected) {
        return Some(spaces);
    }
    for &at in &asked {
        spaces[at] = true;
    }
    if !reads_as(&with_spaces(pieces, &spaces), expected) {
        return None;
    }
    for &at in &asked {
        spaces[at] = false;
        if !reads_as(&with_spaces(pieces, &spaces), expected) {
            spaces[at] = true;
        }
    }
    Some(spaces)
}

/// The text of pieces with these spaces.
pub(super) fn with_spaces(pieces: &[Piece], spaces: &[bool]) -> String {
    let mut text = String::new();
    for (at, (piece, space)) in pieces.iter().zip(spaces).enumerate() {
        if *space && at > 0 {
            text.push(' ');
        }
        text.push_str(&piece.text);
    }
    text
}

fn reads_as(text: &str, expected: &[&TokenKind]) -> bool {
    let words = read_words(FileId(0), text);
    let read = words.tokens.iter().map(|token| &token.kind).filter(|kind| counts(kind));
    read.eq_by_meaning(expected.iter().copied().filter(|kind| counts(kind)))
}

fn counts(kind: &TokenKind) -> bool {
    !matches!(kind, TokenKind::End | TokenKind::Blank | TokenKind::Comment { .. })
}

/// Whether two tokens say the same: words by their English, whatever row they were read from.
pub(super) fn same(a: &TokenKind, b: &TokenKind) -> bool {
    match (a, b) {
        (TokenKind::Word(a, _), TokenKind::Word(b, _)) => a == b,
        _ => a == b,
    }
}

trait EqByMeaning<'a> {
    fn eq_by_meaning(self, other: impl Iterator<Item = &'a TokenKind>) -> bool;
}

impl<'a, I: Iterator<Item = &'a TokenKind>> EqByMeaning<'a> for I {
    fn eq_by_meaning(mut self, mut other: impl Iterator<Item = &'a TokenKind>) -> bool {
        loop {
            match (self.next(), other.next()) {
                (None, None) => return true,
                (Some(a), Some(b)) if same(a, b) => {}
                _ => return false,
            }
        }
    }
}

/// The kinds of tokens by number.
pub(super) fn kinds<'a>(tokens: &'a [Token], numbers: &[usize]) -> Vec<&'a TokenKind> {
    numbers.iter().filter_map(|&at| tokens.get(at)).map(|token| &token.kind).collect()
}

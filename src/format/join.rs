//! Where spaces are needed: a statement is read again, and a space goes only where nothing changes without it.

use super::spell::is_part;
use crate::language::Meaning;
use crate::source::FileId;
use crate::syntax::token::{Sign, Token, TokenKind};
use crate::syntax::words::{read_words, read_words_within};

/// A statement with more places where a space may go is not read again for each of them.
const MOST_ASKED: usize = 64;

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

/// Joins pieces so that they are read as `expected` in the body of `container`; nothing where no spacing gives that.
pub(super) fn join(
    pieces: &[Piece],
    expected: &[&TokenKind],
    container: Option<Meaning>,
) -> Option<Vec<bool>> {
    let reads_as = |text: &str, expected: &[&TokenKind]| reads_as(text, expected, container);
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
    if asked.len() > MOST_ASKED {
        // A long list is asked about piece by piece, so that it costs no more than it is long.
        let by_itself: Vec<bool> =
            spaces.iter().enumerate().map(|(at, space)| *space && !is_parted(pieces, at)).collect();
        return Some(if reads_as(&with_spaces(pieces, &by_itself), expected) { by_itself } else { spaces });
    }
    for &at in &asked {
        spaces[at] = false;
        if !reads_as(&with_spaces(pieces, &spaces), expected) {
            spaces[at] = true;
        }
    }
    Some(spaces)
}

/// Whether a piece is read apart from the one before it without a space between them.
fn is_parted(pieces: &[Piece], at: usize) -> bool {
    let Some(before) = at.checked_sub(1).and_then(|at| pieces.get(at)) else { return true };
    let spaced = read_words(FileId(0), &format!("from x, {} {}", before.text, pieces[at].text)).tokens;
    let expected: Vec<&TokenKind> = spaced.iter().map(|token| &token.kind).collect();
    pieces[at].before == Gap::Asked
        && reads_as(&format!("from x, {}{}", before.text, pieces[at].text), &expected, None)
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

fn reads_as(text: &str, expected: &[&TokenKind], container: Option<Meaning>) -> bool {
    let words = read_words_within(FileId(0), text, container);
    let read: Vec<&TokenKind> = words.tokens.iter().map(|token| &token.kind).collect();
    let (read, expected) = (essential(&read), essential(expected));
    read.len() == expected.len() && read.iter().zip(&expected).all(|(a, b)| same(a, b))
}

/// The tokens of a statement that say something: not its ends and comments, nor the two signs that a language may put in or
/// leave out: the comma before `by` and before the parts of a limit, the colon between a target and its credits in an example.
pub(super) fn essential<'a>(kinds: &[&'a TokenKind]) -> Vec<&'a TokenKind> {
    let is_idle =
        |kind: &TokenKind| matches!(kind, TokenKind::End | TokenKind::Blank | TokenKind::Comment { .. });
    let told: Vec<&TokenKind> = kinds.iter().copied().filter(|kind| !is_idle(kind)).collect();
    let is_example = matches!(told.first(), Some(TokenKind::Word(word, _)) if word.text() == "example");
    let is_bounded =
        matches!(told.first(), Some(TokenKind::Word(word, _)) if matches!(word.text(), "limit" | "require"));
    let is_said = |at: usize| match (told[at], told.get(at + 1)) {
        (TokenKind::Sign(Sign::Comma), Some(TokenKind::Word(word, _)))
            if is_bounded && is_part(word.text()) =>
        {
            false
        }
        (TokenKind::Sign(Sign::Comma), Some(TokenKind::Word(word, _))) => word.text() != "by",
        (TokenKind::Sign(Sign::Colon), Some(TokenKind::Number { .. })) => !is_example,
        _ => true,
    };
    (0..told.len()).filter(|&at| is_said(at)).map(|at| told[at]).collect()
}

/// Whether two tokens say the same: words by their English, whatever row they were read from.
pub(super) fn same(a: &TokenKind, b: &TokenKind) -> bool {
    match (a, b) {
        (TokenKind::Word(a, _), TokenKind::Word(b, _)) => a == b,
        _ => a == b,
    }
}

/// The kinds of tokens by number.
pub(super) fn kinds<'a>(tokens: &'a [Token], numbers: &[usize]) -> Vec<&'a TokenKind> {
    numbers.iter().filter_map(|&at| tokens.get(at)).map(|token| &token.kind).collect()
}

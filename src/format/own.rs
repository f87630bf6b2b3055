//! A statement in its own spelling: what the author wrote, with one spacing and the signs of the statement's language.

use crate::language::Lang;
use crate::syntax::token::{Sign, Token, TokenKind};

use super::join::{Gap, Piece};

/// The pieces of some tokens of a statement, in the order of the source, with the fixed words between them that are no
/// tokens of their own. `end` is where the text after the last token ends.
pub(super) fn pieces(
    tokens: &[Token],
    text: &str,
    numbers: &[usize],
    end: usize,
    style: Lang,
    opens: bool,
) -> Vec<Piece> {
    let mut placed: Vec<&Token> = numbers.iter().filter_map(|&at| tokens.get(at)).collect();
    placed.sort_by_key(|token| (token.span.start, token.span.end));
    placed.dedup_by_key(|token| token.span);
    let mut writer = Writer { style, pieces: Vec::new(), spaced: false };
    let mut last: Option<usize> = None;
    for (at, token) in placed.iter().enumerate() {
        let (start, stop) = (token.span.start as usize, token.span.end as usize);
        if let Some(last) = last {
            writer.between(text.get(last..start).unwrap_or_default(), opens && writer.pieces.len() == 1);
        }
        let written = text.get(start..stop).unwrap_or_default();
        let next = placed.get(at + 1).map(|token| &token.kind);
        writer.token(&token.kind, written, next);
        last = Some(last.unwrap_or(0).max(stop));
    }
    if let Some(last) = last {
        writer.between(text.get(last..end.max(last)).unwrap_or_default(), opens && writer.pieces.len() == 1);
    }
    writer.pieces
}

struct Writer {
    style: Lang,
    pieces: Vec<Piece>,
    /// Whether the source has white space before the next piece.
    spaced: bool,
}

impl Writer {
    /// What stands between two tokens: fixed words of a phrase, the colon after a slot word, white space, comments.
    fn between(&mut self, gap: &str, after_opening: bool) {
        let mut rest = gap;
        if after_opening {
            let trimmed = rest.trim_start();
            rest = trimmed.strip_prefix('：').or_else(|| trimmed.strip_prefix(':')).unwrap_or(trimmed);
            self.spaced = true;
        }
        for line in rest.split('\n') {
            let code = line.split(['#', '＃']).next().unwrap_or_default();
            self.spaced |= code.starts_with(char::is_whitespace) || line.len() < rest.len();
            for word in code.split_whitespace() {
                self.piece(word.to_owned());
                self.spaced = code.ends_with(char::is_whitespace);
            }
            self.spaced |= code.ends_with(char::is_whitespace);
        }
    }

    fn token(&mut self, kind: &TokenKind, written: &str, next: Option<&TokenKind>) {
        let text = match kind {
            TokenKind::Sign(sign) => sign_text(*sign, written, self.style, next).to_owned(),
            _ => written.to_owned(),
        };
        self.piece(text);
    }

    fn piece(&mut self, text: String) {
        let before =
            gap(self.pieces.last().map(|piece| piece.text.as_str()), &text, self.style, Some(self.spaced));
        self.spaced = false;
        self.pieces.push(Piece { text, before });
    }
}

/// A sign as a language prints it.
pub(super) fn sign_text<'a>(sign: Sign, written: &'a str, style: Lang, next: Option<&TokenKind>) -> &'a str {
    let chinese = style.is_chinese();
    match sign {
        Sign::Comma if !chinese => ",",
        Sign::Comma if matches!(written, "、" | "，") => written,
        Sign::Comma => comma(next),
        Sign::Colon => {
            if chinese {
                "："
            } else {
                ":"
            }
        }
        Sign::Arrow => {
            if chinese {
                "→"
            } else {
                "->"
            }
        }
        Sign::Equals => {
            if chinese {
                "＝"
            } else {
                "="
            }
        }
        Sign::OpenRound => {
            if chinese {
                "（"
            } else {
                "("
            }
        }
        Sign::CloseRound => {
            if chinese {
                "）"
            } else {
                ")"
            }
        }
        Sign::Bar => {
            if chinese {
                "｜"
            } else {
                "|"
            }
        }
        Sign::Open => {
            if chinese {
                "｛"
            } else {
                "{"
            }
        }
        Sign::Close => {
            if chinese {
                "｝"
            } else {
                "}"
            }
        }
        Sign::Dash => "-",
        Sign::Times => "*",
        Sign::Divide => "/",
        Sign::AtLeast | Sign::AtMost | Sign::Over | Sign::Under | Sign::NotEquals => written,
    }
}

/// 、 between things of a list, ， before a clause.
pub(super) fn comma(next: Option<&TokenKind>) -> &'static str {
    match next {
        Some(
            TokenKind::Name(..)
            | TokenKind::Number { .. }
            | TokenKind::Text(_)
            | TokenKind::Date(..)
            | TokenKind::MonthDay(..),
        ) => "、",
        _ => "，",
    }
}

/// What stands between two printed pieces. `spaced` says whether the source has white space there, where there is a source.
pub(super) fn gap(left: Option<&str>, right: &str, style: Lang, spaced: Option<bool>) -> Gap {
    let Some(left) = left else { return Gap::None };
    let before = left.chars().next_back().unwrap_or(' ');
    let after = right.chars().next().unwrap_or(' ');
    if matches!(after, ',' | '，' | '、' | ')' | '）' | '：')
        || matches!(before, '(' | '（' | '，' | '、' | '：')
    {
        return Gap::None;
    }
    if style.is_chinese() {
        let both_plain = before.is_ascii() && after.is_ascii();
        return if both_plain && spaced == Some(true) || before == ',' { Gap::Space } else { Gap::Asked };
    }
    let touching = spaced == Some(false) && !before.is_ascii() | !after.is_ascii();
    if touching { Gap::Asked } else { Gap::Space }
}

//! Characters that belong to no word: invisible ones, look-alikes of signs, and the rest.

use crate::diagnostic::{Code, Problem};
use crate::syntax::token::{Sign, TokenKind};
use crate::syntax::tree::Bracket;

use super::{KNOWN, Reader, is_name_character, word_kind};

impl Reader<'_> {
    /// A character that begins nothing.
    pub(super) fn stray(&mut self) {
        let start = self.at;
        let Some(character) = self.character(start) else {
            self.at = self.end;
            return;
        };
        let len = character.len_utf8();
        match character {
            _ if is_hidden(character) => {
                self.hidden(start, character);
                self.at += len;
            }
            '*' | '＊' | '×' if self.declares_quantity() => self.push(TokenKind::Sign(Sign::Times), len),
            '/' | '／' | '÷' if self.declares_quantity() => self.push(TokenKind::Sign(Sign::Divide), len),
            '。' | '｡' => self.full_stop(len),
            '—' | '–' | '―' | '−' | '─' => self.long_dash(character),
            '》' | '〉' => match self.folded(start + len) {
                Some((b'=', next)) => self.look_alike(len + next, ">=", TokenKind::Sign(Sign::AtLeast)),
                _ => self.unknown(),
            },
            '⇒' | '➔' | '➡' | '⟶' => self.look_alike(len, "->", TokenKind::Sign(Sign::Arrow)),
            '〜' | '∼' => self.look_alike(len, "～", word_kind(KNOWN.to)),
            '+' | '＋' if self.ends_name(len) => {}
            _ => self.unknown(),
        }
    }

    /// Reports a sign that looks like another and reads it as that one.
    pub(super) fn look_alike(&mut self, len: usize, meant: &'static str, kind: TokenKind) {
        let written = self.written(self.at, self.at + len);
        let problem = Problem::new(Code::CharacterLookAlike, self.span(self.at, self.at + len));
        self.problems.push(problem.say("written", written).say("instead", meant));
        self.push(kind, len);
    }

    /// Reports an invisible character by its code point.
    pub(super) fn hidden(&mut self, at: usize, character: char) {
        let problem = Problem::new(Code::CharacterZeroWidth, self.span(at, at + character.len_utf8()));
        self.problems.push(problem.say("code", format!("U+{:04X}", character as u32)));
    }

    /// 。 ends a line of prose, so at the end of a line it is harmless.
    fn full_stop(&mut self, len: usize) {
        let rest = self.skip_spaces(self.at + len);
        match self.folded(rest) {
            None if rest >= self.end => self.at += len,
            Some((b'\n' | b'\r' | b'#' | b'}' | b';', _)) => self.at += len,
            _ => {
                let problem = Problem::new(Code::CharacterLookAlike, self.span(self.at, self.at + len));
                self.problems.push(problem.say("written", "。").say("instead", "；"));
                self.hard_end(len);
            }
        }
    }

    /// A dash that is none of ours: between numbers a range was meant.
    fn long_dash(&mut self, dash: char) {
        let rest = self.rest(self.at);
        let len = rest.len() - rest.trim_start_matches(dash).len();
        let after = self.skip_spaces(self.at + len);
        let before_number = matches!(self.folded(after), Some((b'0'..=b'9', _)));
        if self.statement.after_number && before_number {
            self.look_alike(len, "～", word_kind(KNOWN.to));
        } else {
            self.look_alike(len, "-", TokenKind::Sign(Sign::Dash));
        }
    }

    /// `load is credits / semester-credits`: a quantity that is declared.
    fn declares_quantity(&self) -> bool {
        let tokens = self.tokens.get(self.statement.first..).unwrap_or_default();
        let is = |token: &crate::syntax::token::Token| matches!(token.kind, TokenKind::Word(_, meaning) if meaning == KNOWN.is);
        self.statement.is_begun
            && self.statement.opening.is_none()
            && !self.frame.holds_tests
            && matches!(tokens.first().map(|token| &token.kind), Some(TokenKind::Name(..)))
            && tokens
                .iter()
                .find(|token| !matches!(token.kind, TokenKind::Name(..) | TokenKind::Text(_)))
                .is_some_and(is)
    }

    /// `C+`, `A-`: a sign at the end of a name, which a box would make part of it. It is told, and read as meant.
    pub(super) fn ends_name(&mut self, len: usize) -> bool {
        let (start, end) = (self.at, self.at + len);
        let follows = self.character(end).is_some_and(|next| is_name_character(next) || next == '+');
        let Some(name) = self.tokens.get(self.statement.first..).and_then(<[_]>::last) else { return false };
        let (TokenKind::Name(text, Bracket::Bare), true) = (&name.kind, self.statement.is_begun) else {
            return false;
        };
        let before = self.span(start, end).start;
        if follows || name.span.end != before || self.tokens.len() == self.statement.first + 1 {
            return false;
        }
        let text: Box<str> = format!("{text}{}", self.written(start, end)).into();
        let at = self.span(start - (name.span.end - name.span.start) as usize, end);
        self.problems.push(Problem::new(Code::CharacterInName, at).say("name", &*text));
        self.tokens.pop();
        self.push_at(TokenKind::Name(text, Bracket::Square), at.start as usize, at.end as usize);
        self.at = end;
        true
    }

    /// Whether what follows a hyphen shows that it ended a mark: `C-, C`, `| A- |`, `grade = B-)`, `C- or better`.
    pub(super) fn is_end_of_mark(&self, len: usize) -> bool {
        let rest = self.rest(self.at + len).trim_start_matches([' ', '\u{3000}']);
        rest.is_empty()
            || rest.starts_with([',', ';', ')', '}', '|', '\n', '\r', '，', '、', '；', '）', '｝'])
            || rest.starts_with("or ")
    }

    /// One or more characters that no word has.
    fn unknown(&mut self) {
        let start = self.at;
        let is_unknown = |character: char| {
            !character.is_whitespace()
                && !is_name_character(character)
                && !is_hidden(character)
                && !"#;,:{}()|~\"[<>=-.、“「《【→≥≤≠。｡—–―−─".contains(super::width_folded(character))
        };
        let first = self.character(start).map_or(1, char::len_utf8);
        let more = self.rest(start + first).chars().take_while(|&character| is_unknown(character));
        let len = first + more.map(char::len_utf8).sum::<usize>();
        let character = self.written(start, start + first);
        let code = self.character(start).map_or(0, u32::from);
        let problem = Problem::new(Code::CharacterUnknown, self.span(start, start + len));
        // Of a statement that is not built yet just that is said.
        if !self.is_later() {
            self.problems.push(problem.say("character", character).say("code", format!("U+{code:04X}")));
        }
        self.push(TokenKind::Bad, len);
    }
}

/// Characters of no width, and those that turn the direction of writing.
pub(super) const fn is_hidden(character: char) -> bool {
    matches!(character,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
        | '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{7f}')
}

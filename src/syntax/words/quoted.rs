//! What is written between two marks, and comments: nothing inside is read.

use crate::diagnostic::{Code, Problem};
use crate::language::Meaning;
use crate::syntax::token::{Sign, Token, TokenKind};
use crate::syntax::tree::Bracket;

use super::{Reader, stray};

impl Reader<'_> {
    /// `"…"`, `“…”`, `「…」`, closed by its own partner on the same line.
    pub(super) fn quoted(&mut self, open: usize, closer: &'static str) {
        let start = self.at;
        let (text_end, end) = self.closed(start + open, closer, Code::QuoteUnclosed);
        let text = self.written(start + open, text_end).into();
        self.push(TokenKind::Text(text), end - start);
    }

    /// `[…]`, `【…】`, `《…》`: a name of any characters, on one line.
    pub(super) fn boxed(&mut self, open: usize, closer: &'static str, bracket: Bracket) {
        let start = self.at;
        if bracket == Bracket::Book
            && let Some((b'=', len)) = self.folded(start + open)
        {
            return self.look_alike(open + len, "<=", TokenKind::Sign(Sign::AtMost));
        }
        let (text_end, end) = self.closed(start + open, closer, Code::BoxUnclosed);
        let name = self.written(start + open, text_end).trim();
        if name.is_empty() {
            self.problems.push(Problem::new(Code::BoxEmpty, self.span(start, end)));
            return self.push(TokenKind::Bad, end - start);
        }
        // 文件：规定《关于……的规定》: after its name a thing's title stands, in whichever marks.
        let is_title = bracket == Bracket::Book
            && self.statement.opening.is_some_and(Meaning::gives_a_name)
            && self.tokens.len() == self.statement.first + 2
            && matches!(self.tokens.last().map(|last| &last.kind), Some(TokenKind::Name(..)));
        if is_title {
            return self.push(TokenKind::Text(name.into()), end - start);
        }
        self.push(TokenKind::Name(name.into(), bracket), end - start);
    }

    /// Where the text ends and where its closer does; without one it costs the rest of the line and nothing more.
    fn closed(&mut self, from: usize, closer: &'static str, code: Code) -> (usize, usize) {
        // One pass up to the closer: a line may hold very many quotes.
        let rest = self.bytes.get(from..self.end).unwrap_or_default();
        let mark = closer.as_bytes();
        let is_end = |at: &usize| {
            rest.get(*at) == Some(&b'\n') || rest.get(*at..).is_some_and(|rest| rest.starts_with(mark))
        };
        let length = (0..rest.len()).find(is_end).unwrap_or(rest.len());
        let is_closed = rest.get(length).is_some_and(|&byte| byte != b'\n');
        let (text_end, end) = if is_closed {
            (from + length, from + length + closer.len())
        } else {
            let text_end = from + self.written(from, from + length).trim_end().len();
            let opener = self.written(self.at, from);
            let problem = Problem::new(code, self.span(self.at, text_end));
            self.problems.push(problem.say("mark", opener).say("close", closer));
            (text_end, text_end)
        };
        self.hidden_characters(from, text_end);
        (text_end, end)
    }

    /// Reports characters that nobody can see.
    fn hidden_characters(&mut self, from: usize, to: usize) {
        let text = self.written(from, to);
        if text.bytes().all(|byte| byte < 0xc2 || (0xe3..0xef).contains(&byte)) {
            return;
        }
        for (at, character) in text.char_indices().filter(|&(_, character)| stray::is_hidden(character)) {
            self.hidden(from + at, character);
        }
    }

    /// `# …` to the end of the line.
    pub(super) fn comment(&mut self, sign: usize) {
        let own_line = self.is_line_empty;
        if !own_line {
            self.soft_end(self.at);
        }
        let start = self.at;
        let end = self.line_end(start);
        let text = self.written(start + sign, end).trim().into();
        let blank_before = own_line && std::mem::take(&mut self.is_blank_before);
        let span = self.span(start, end);
        self.tokens.push(Token { kind: TokenKind::Comment { text, blank_before, own_line }, span });
        self.at = end;
        self.is_line_empty = false;
    }
}

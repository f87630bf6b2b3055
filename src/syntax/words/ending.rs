//! Where statements start, end and go on.
//!
//! A statement ends at a newline, at `;` or before `}`. It goes on after a comma, `and`, `or`, `->` or `{`, and a line that
//! begins with one of them, with `)` or with `or above` takes the end before it back.

use crate::diagnostic::{Code, Problem, Said};
use crate::language::{Class, Meaning, Place, State};
use crate::syntax::token::{Sign, Token, TokenKind};
use crate::syntax::tree::Bracket;

use super::{KNOWN, Reader};

/// What is known of the statement being read.
#[derive(Clone, Copy, Default)]
pub(super) struct Statement {
    /// Whether a token of it was read.
    pub(super) is_begun: bool,
    /// Its first token.
    pub(super) first: usize,
    /// The slot or declaration word that it starts with.
    pub(super) opening: Option<Meaning>,
    /// Whether the last token is a number.
    pub(super) after_number: bool,
    /// Whether an arrow was read.
    pub(super) after_arrow: bool,
    /// Whether effects may be named: in `give` and in rows.
    pub(super) takes_effects: bool,
    /// Whether the four dimensions may be named.
    pub(super) takes_dimensions: bool,
    /// Whether clauses of documents may be named.
    pub(super) takes_clauses: bool,
}

/// What is known of the braces around a statement.
#[derive(Clone, Copy, Default)]
pub(super) struct Frame {
    /// The statement that the braces belong to.
    outer: Statement,
    /// Whether they hold tests: `any of { … }`.
    pub(super) holds_tests: bool,
    /// Whether a slot word was read in them.
    holds_slots: bool,
}

impl Frame {
    /// The braces of a declaration.
    pub(super) fn around(container: Meaning) -> Frame {
        Frame { outer: Statement { opening: Some(container), ..Statement::default() }, ..Frame::default() }
    }
}

impl Reader<'_> {
    /// Adds a token of `len` bytes at the place of reading and goes on after it.
    pub(super) fn push(&mut self, kind: TokenKind, len: usize) {
        let start = self.at;
        self.at += len;
        self.push_at(kind, start, start + len);
    }

    /// `:` says nothing after a word that already parts what is before it from what follows: 从低到高：甲、乙, 理由：“…”, and
    /// after a fact that is given a value.
    pub(super) fn colon(&mut self, len: usize) {
        let is_first = self.statement.is_begun && self.tokens.len() == self.statement.first + 1;
        let is_idle = match self.tokens.last().map(|last| &last.kind) {
            Some(TokenKind::Word(_, meaning)) => {
                // A keyword in the place of a name is told as that, with its colon.
                let names = self.statement.opening.is_some_and(Meaning::gives_a_name)
                    && self.tokens.len() == self.statement.first + 2;
                let lists = matches!(
                    meaning.id(),
                    "comparison.is-one-of" | "comparison.is-not-one-of" | "comparison.in"
                );
                (lists || matches!(meaning.class(), Class::Join | Class::Verdict)) && !names
            }
            Some(TokenKind::Name(..)) => is_first && self.statement.opening.is_none(),
            _ => false,
        };
        if self.statement.is_begun && is_idle {
            self.at += len;
            return;
        }
        self.push(TokenKind::Sign(Sign::Colon), len);
    }

    /// Adds a token.
    pub(super) fn push_at(&mut self, kind: TokenKind, start: usize, end: usize) {
        if !self.statement.is_begun {
            self.begin(&kind);
        }
        if self.statement.opening.is_none()
            && is_comparison(&kind)
            && self.tokens.len() == self.statement.first + 1
        {
            self.part_glued_slot(true);
        }
        let statement = &mut self.statement;
        statement.after_number = matches!(kind, TokenKind::Number { .. });
        match kind {
            TokenKind::Sign(Sign::Arrow) => statement.after_arrow = true,
            TokenKind::Word(_, meaning) if meaning == KNOWN.join_cite => statement.takes_clauses = true,
            TokenKind::Word(_, meaning) if meaning == KNOWN.maps_to => statement.takes_dimensions = true,
            _ => {}
        }
        self.is_line_empty = false;
        let span = self.span(start, end);
        self.tokens.push(Token { kind, span });
    }

    /// Adds the word that opens a statement, and passes the colon after it.
    pub(super) fn push_opening(&mut self, meaning: Meaning, start: usize, end: usize) {
        let kind = match meaning.class() {
            Class::Fact if !is_also_slot(meaning) => super::word_kind(meaning),
            _ => TokenKind::Word(meaning.word(), meaning),
        };
        self.at = end;
        self.push_at(kind, start, end);
        self.statement.opening = Some(meaning);
        self.statement.takes_effects = meaning == KNOWN.give;
        // What a test expects is said as what an example expects after its arrow.
        self.statement.after_arrow = meaning == KNOWN.expect;
        self.statement.takes_clauses = meaning == KNOWN.cite || meaning == KNOWN.clause;
        if meaning.class() == Class::Slot {
            self.frame.holds_slots = true;
        }
        self.pass_colon();
    }

    pub(super) fn pass_colon(&mut self) {
        let at = self.skip_spaces(self.at);
        if let Some((b':', len)) = self.folded(at) {
            self.at = at + len;
        }
    }

    fn begin(&mut self, kind: &TokenKind) {
        let is_blank_before = std::mem::take(&mut self.is_blank_before);
        if goes_on(kind)
            && let Some(end) = self.soft_end.take()
        {
            // Only comments stand between.
            self.tokens.remove(end);
            self.statement = self.ended;
            self.statement.after_number = false;
            return;
        }
        self.soft_end = None;
        let is_close = matches!(kind, TokenKind::Sign(Sign::Close));
        if is_blank_before && !is_close && self.tokens.last().is_some_and(|last| !is_open(&last.kind)) {
            let span = self.span(self.at, self.at);
            self.tokens.push(Token { kind: TokenKind::Blank, span });
        }
        self.statement = Statement { is_begun: true, first: self.tokens.len(), ..Statement::default() };
    }

    pub(super) fn newline(&mut self) {
        let at = self.at;
        self.at += 1;
        if self.is_line_empty && !self.tokens.is_empty() {
            self.is_blank_before = true;
        }
        self.is_line_empty = true;
        if self.statement.is_begun && (!self.last_goes_on() || self.drop_dangling_comma()) {
            self.end_at(at, at + 1);
            self.soft_end = self.tokens.len().checked_sub(1);
        }
    }

    /// A comma at the end of a line, after which the next line begins another statement: it is told and left out. Only
    /// slots that hold a list end so; in others a part of the same statement may follow.
    fn drop_dangling_comma(&mut self) -> bool {
        const LISTS: [&str; 6] =
            ["slot.from", "slot.to", "slot.cite", "slot.overrides", "slot.with", "slot.parties"];
        let holds_list = self.statement.opening.is_some_and(|opening| LISTS.contains(&opening.id()));
        let is_sound = |token: &Token| !matches!(token.kind, TokenKind::Comment { .. } | TokenKind::Blank);
        let last = self.tokens.iter().rposition(is_sound);
        let Some((last, comma)) = last.and_then(|last| Some((last, self.tokens.get(last)?))) else {
            return false;
        };
        let span = comma.span;
        if !holds_list || comma.kind != TokenKind::Sign(Sign::Comma) || !self.slot_begins_next_line() {
            return false;
        }
        self.tokens.remove(last);
        let name = Said::Noun { english: "a name", chinese: "名称" };
        self.problems.push(Problem::new(Code::SyntaxStatement, span).say("expected", Said::List(vec![name])));
        true
    }

    /// An end that is not written: before a comment at the end of a line, or before a declaration beside a brace.
    pub(super) fn soft_end(&mut self, at: usize) {
        if self.statement.is_begun && !self.last_goes_on() {
            self.end_at(at, at);
            self.soft_end = self.tokens.len().checked_sub(1);
        }
    }

    pub(super) fn hard_end(&mut self, len: usize) {
        if self.statement.is_begun {
            self.end_at(self.at, self.at + len);
        }
        self.soft_end = None;
        self.at += len;
        self.is_line_empty = false;
    }

    fn end_at(&mut self, start: usize, end: usize) {
        self.part_glued_slot(false);
        let span = self.span(start, end);
        self.tokens.push(Token { kind: TokenKind::End, span });
        self.ended = self.statement;
        self.statement = Statement::default();
    }

    pub(super) fn open(&mut self, len: usize) {
        let tests = |meaning| meaning == KNOWN.any_of || meaning == KNOWN.all_of;
        let holds_tests = matches!(self.tokens.last().map(|last| &last.kind),
            Some(TokenKind::Word(_, meaning)) if tests(*meaning));
        self.push(TokenKind::Sign(Sign::Open), len);
        self.frame.outer = self.statement;
        self.frames.push(self.frame);
        self.frame = Frame { holds_tests, ..Frame::default() };
        self.statement = Statement::default();
        self.soft_end = None;
    }

    /// Whether the braces around belong to a slot: they hold what it takes, and no slots.
    pub(super) fn is_in_operand(&self) -> bool {
        let opening = self.container();
        opening.is_some_and(|opening| opening.class() == Class::Slot)
    }

    /// The word that opens the statement whose braces are being read.
    pub(super) fn container(&self) -> Option<Meaning> {
        self.frames.last().and_then(|frame| frame.outer.opening)
    }

    pub(super) fn close(&mut self, len: usize) {
        if self.statement.is_begun {
            self.end_at(self.at, self.at);
        }
        self.soft_end = None;
        self.is_blank_before = false;
        match self.frames.pop() {
            Some(frame) => {
                self.frame = frame;
                self.statement = frame.outer;
            }
            None => self.statement = Statement::default(),
        }
        self.push(TokenKind::Sign(Sign::Close), len);
    }

    /// `|`: a row when it begins a statement.
    pub(super) fn bar(&mut self, len: usize) {
        let begins = !self.statement.is_begun;
        self.push(TokenKind::Sign(Sign::Bar), len);
        if begins {
            self.statement.takes_effects = true;
        }
    }

    pub(super) fn finish(&mut self) {
        if self.statement.is_begun {
            self.end_at(self.end, self.end);
        }
    }

    /// Whether the last token asks for more.
    fn last_goes_on(&self) -> bool {
        let mut tokens = self.tokens.iter().rev();
        let last = tokens.find(|token| !matches!(token.kind, TokenKind::Comment { .. } | TokenKind::Blank));
        match last.map(|token| &token.kind) {
            Some(TokenKind::Sign(Sign::Comma | Sign::Arrow | Sign::Open)) => true,
            Some(TokenKind::Word(_, meaning)) => *meaning == KNOWN.and || *meaning == KNOWN.or,
            _ => false,
        }
    }

    /// Whether the statement, or one around it, is of a kind that is not built yet.
    pub(super) fn is_later(&self) -> bool {
        // Deeper than this nothing is read that means something.
        let around = self.frames.iter().rev().take(40).map(|frame| frame.outer.opening);
        around.chain([self.statement.opening]).flatten().any(|opening| opening.state() == State::Later)
    }

    /// Where words are looked up now, the likeliest first.
    pub(super) fn places(&self) -> impl Iterator<Item = Place> + use<> {
        let statement = self.statement;
        let effect = statement.takes_effects || statement.after_arrow;
        [
            statement.after_number.then_some(Place::Number),
            statement.after_arrow.then_some(Place::Verdict),
            (statement.takes_dimensions || statement.opening == Some(super::KNOWN.statement))
                .then_some(Place::Dimension),
            effect.then_some(Place::Effect),
            Some(Place::Operand),
        ]
        .into_iter()
        .flatten()
    }

    /// `条件成绩不低于425`, `whengrade >= 425`: a slot word and its operand run together. Where a comparison follows, only
    /// words that take tests are meant; at the end of a statement between slots, any Chinese slot word of two characters.
    fn part_glued_slot(&mut self, before_comparison: bool) {
        let statement = self.statement;
        if statement.opening.is_some() || self.in_phrase || self.frame.holds_tests {
            return;
        }
        let Some(Token { kind: TokenKind::Name(_, Bracket::Bare), span }) = self.tokens.get(statement.first)
        else {
            return;
        };
        let span = *span;
        let written = self.written(span.start as usize, span.end as usize);
        let slot = if before_comparison {
            let takes_tests = [KNOWN.when, KNOWN.unless].into_iter();
            takes_tests.flat_map(spellings).find(|(text, _)| written.starts_with(text))
        } else {
            let next = self.tokens.get(statement.first + 1).map(|token| &token.kind);
            let after = self.folded(self.skip_spaces(span.end as usize));
            let gives_value =
                matches!(next, Some(TokenKind::Number { .. })) || matches!(after, Some((b':', _)));
            if !self.frame.holds_slots || gives_value || self.frames.is_empty() {
                return;
            }
            longest_slot(written)
        };
        let Some((text, meaning)) = slot.filter(|(text, _)| text.len() < written.len()) else { return };
        let (start, end) = (span.start as usize, span.end as usize);
        let line = self.statement_text(start);
        let rest = line.get(text.len()..).unwrap_or_default();
        self.problems.push(
            Problem::new(Code::SlotColon, span)
                .say("slot", Said::Word(meaning.id()))
                .say("text", line)
                .say("rest", rest.trim()),
        );
        let tail = self.tokens.split_off(statement.first + 1);
        self.tokens.truncate(statement.first);
        let at = self.at;
        self.push_opening(meaning, start, start + text.len());
        self.read_within(start + text.len(), end);
        self.at = at;
        self.tokens.extend(tail);
    }
}

impl<'a> Reader<'a> {
    /// The text of a statement from its start, as far as a message may quote it.
    fn statement_text(&self, start: usize) -> &'a str {
        const MOST: usize = 80;
        let rest = self.text.get(start..).unwrap_or_default();
        let stops = |character| matches!(character, '\n' | '\r' | ';' | '；' | '}' | '｝' | '#' | '＃');
        let len =
            rest.chars().take(MOST).take_while(|&character| !stops(character)).map(char::len_utf8).sum();
        rest.get(..len).unwrap_or_default().trim_end()
    }
}

/// Every spelling of a meaning.
fn spellings(meaning: Meaning) -> impl Iterator<Item = (&'static str, Meaning)> {
    let all = crate::language::Lang::ALL.into_iter();
    all.flat_map(move |lang| meaning.spellings(lang)).map(move |text| (text, meaning))
}

/// The longest Chinese slot word of at least two characters that a name begins with.
fn longest_slot(written: &str) -> Option<(&'static str, Meaning)> {
    use crate::language::{PieceKind, start_spellings};
    start_spellings(written.chars().next()?).iter().find_map(|piece| match piece.kind {
        PieceKind::Whole(meaning)
            if meaning.class() == Class::Slot && piece.text.len() >= 6 && written.starts_with(piece.text) =>
        {
            Some((piece.text, meaning))
        }
        _ => None,
    })
}

/// `hours`, `number`, `issuer`: facts whose word also begins a slot of other things.
fn is_also_slot(fact: Meaning) -> bool {
    let entries = crate::language::english(fact.word().text()).iter();
    entries.clone().any(|(place, found)| {
        *place == Place::Start && found.rest.is_empty() && found.meaning.class() == Class::Slot
    })
}

const fn is_open(kind: &TokenKind) -> bool {
    matches!(kind, TokenKind::Sign(Sign::Open))
}

/// Whether a line that begins with this goes on with the statement before it.
fn goes_on(kind: &TokenKind) -> bool {
    match kind {
        TokenKind::Sign(Sign::Comma | Sign::Arrow | Sign::Open | Sign::CloseRound) => true,
        TokenKind::Word(_, meaning) => *meaning == KNOWN.and || *meaning == KNOWN.or,
        _ => false,
    }
}

fn is_comparison(kind: &TokenKind) -> bool {
    match kind {
        TokenKind::Sign(Sign::AtLeast | Sign::AtMost | Sign::Over | Sign::Under) => true,
        TokenKind::Word(_, meaning) => meaning.class() == Class::Comparison,
        _ => false,
    }
}

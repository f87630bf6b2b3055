//! Chinese phrases with operands, put into the English order: 每16学时计1学分 becomes `1 credit per 16 hour`.
//!
//! An operand is one name, number or quantity on the same line. What is searched is bounded, so no text makes it slow.

use crate::language::{Class, EnglishPart, Literal, Phrase, Place, english, unit_prefix};
use crate::syntax::token::{Sign, Token, TokenKind};
use crate::syntax::tree::Bracket;

use super::number::chinese_number;
use super::{Reader, is_name_character};

/// An operand of a phrase is no longer than this, in bytes.
const LONGEST_OPERAND: usize = 160;

/// Where the operands of a phrase lie, by their number.
type Operands = [Option<(usize, usize)>; 5];

impl Reader<'_> {
    /// Reads `phrase` whose first fixed text is looked for at `at`, in the run that began at `start`.
    pub(super) fn phrase(&mut self, phrase: &'static Phrase, start: usize, at: usize) -> bool {
        if self.in_phrase || !self.rest(at).starts_with(phrase.first_text()) {
            return false;
        }
        let leading = match phrase.parts.first() {
            Some(&Literal::Operand { index, numeric }) => Some((index, numeric)),
            _ => None,
        };
        // A phrase of one character and an operand is too little to part a name: 笔记1.
        let is_slight = phrase.parts.len() == 2 && phrase.first_text().chars().count() == 1;
        if leading.is_none() && at != start && (phrase.is_fixed() || is_slight) {
            return false;
        }
        let parts = if leading.is_some() { phrase.parts.get(1..) } else { phrase.parts.get(..) };
        let mut operands = Operands::default();
        let Some(end) = self.match_parts(parts.unwrap_or_default(), at, &mut operands) else { return false };
        if phrase.is_fixed() && self.character(end).is_some_and(is_name_character) {
            return false;
        }
        if !self.is_meant(phrase, start, at, &operands) {
            return false;
        }
        let Some((index, numeric)) = leading else {
            self.piece(start, at);
            self.emit(phrase, at, &operands, None);
            self.at = end;
            return true;
        };
        if !self.can_lead(start, at, numeric) {
            return false;
        }
        self.piece(start, at);
        let led = self.take_leading(numeric);
        self.emit(phrase, at, &operands, Some((index, led)));
        self.at = end;
        true
    }

    /// 奖次为二等奖以上 compares a fact; in 持有行为规范二级以上 the same character is part of a name, and 达标成绩60分 is a fact
    /// with its number. A 为 that stands apart is the word itself.
    fn is_meant(&self, phrase: &Phrase, start: usize, at: usize, operands: &Operands) -> bool {
        match phrase.meaning.id() {
            "pattern.saying-or-above" | "pattern.saying-or-below" => {
                return start < at || !matches!(phrase.first_text(), "为" | "為");
            }
            "pattern.saying-is-or-above" => {}
            _ => return true,
        }
        let value = operands.get(2).copied().flatten().map_or("", |(from, to)| self.written(from, to));
        let last = self.tokens.last().map(|last| &last.kind);
        start < at
            // 达到 is a word of its own.
            && !value.starts_with('到')
            && !value.contains(|c: char| c.is_ascii_digit() || matches!(c, '０'..='９'))
            && !matches!(last, Some(TokenKind::Word(word, _)) if word.text().starts_with("holds"))
    }

    /// Whether a phrase stands in the run that began at `start`, its first fixed text at `at`.
    pub(super) fn would_match(&self, phrase: &'static Phrase, start: usize, at: usize) -> bool {
        let leads = matches!(phrase.parts.first(), Some(Literal::Operand { .. }));
        if !self.rest(at).starts_with(phrase.first_text()) || at == start && leads || phrase.is_fixed() {
            return false;
        }
        let is_slight = phrase.parts.len() == 2 && phrase.first_text().chars().count() == 1;
        if !leads && at != start && is_slight {
            return false;
        }
        let parts = phrase.parts.get(usize::from(leads)..).unwrap_or_default();
        self.match_parts(parts, at, &mut Operands::default()).is_some()
    }

    /// The words of a phrase without operands.
    pub(super) fn push_phrase_words(
        &mut self,
        phrase: &'static Phrase,
        start: usize,
        end: usize,
        opens: bool,
    ) {
        let mut opens = opens;
        for part in &phrase.english {
            if let EnglishPart::Word(word, meaning) = *part {
                self.push_at(TokenKind::Word(word, meaning), start, end);
                if std::mem::take(&mut opens) {
                    self.statement.opening = Some(meaning);
                }
            }
        }
        self.at = end;
        self.pass_colon();
    }

    /// Whether what stands before the phrase is an operand.
    fn can_lead(&self, start: usize, at: usize, numeric: bool) -> bool {
        let last = self.tokens.last().map(|last| &last.kind);
        if start < at {
            return !numeric || matches!(last, Some(TokenKind::Number { .. }));
        }
        if !self.statement.is_begun {
            return false;
        }
        match last {
            Some(TokenKind::Number { .. } | TokenKind::Date(..)) => true,
            Some(TokenKind::Word(_, meaning)) => meaning.class() == Class::Unit,
            Some(TokenKind::Name(..)) => !numeric,
            _ => false,
        }
    }

    /// Takes back the tokens of the operand before a phrase.
    fn take_leading(&mut self, numeric: bool) -> Vec<Token> {
        let kinds = self.tokens.iter().rev().map(|token| &token.kind);
        let mut kinds = kinds.take(2);
        let (last, before) = (kinds.next(), kinds.next());
        let is_unit = match last {
            Some(TokenKind::Word(_, meaning)) => meaning.class() == Class::Unit,
            Some(TokenKind::Name(..)) => numeric,
            _ => false,
        };
        let two = is_unit && matches!(before, Some(TokenKind::Number { .. }));
        let from = self.tokens.len().saturating_sub(if two { 2 } else { 1 }).max(self.statement.first);
        self.tokens.split_off(from.min(self.tokens.len()))
    }

    fn emit(&mut self, phrase: &Phrase, at: usize, operands: &Operands, led: Option<(u8, Vec<Token>)>) {
        let end = at + phrase.first_text().len();
        for part in &phrase.english {
            match *part {
                EnglishPart::Word(word, meaning) => {
                    let kind = super::word_kind(meaning);
                    let kind = if matches!(kind, TokenKind::Word(..)) {
                        TokenKind::Word(word, meaning)
                    } else {
                        kind
                    };
                    self.push_at(kind, at, end);
                }
                EnglishPart::Fact(name) => self.push_at(TokenKind::Name(name.into(), Bracket::Bare), at, end),
                EnglishPart::Number(value) => {
                    self.push_at(TokenKind::Number { value, percent: false }, at, end);
                }
                EnglishPart::Comma => self.push_at(TokenKind::Sign(Sign::Comma), at, end),
                EnglishPart::Operand { index, .. } => {
                    match (&led, operands.get(index as usize).copied().flatten()) {
                        (Some((led_index, tokens)), _) if *led_index == index => {
                            for token in tokens {
                                let (from, to) = (token.span.start as usize, token.span.end as usize);
                                self.push_at(token.kind.clone(), from, to);
                            }
                        }
                        (_, Some((from, to))) => {
                            // 在技能维度上: one of the four dimensions may be named there.
                            let takes_dimensions = self.statement.takes_dimensions;
                            self.statement.takes_dimensions |= phrase.meaning == super::KNOWN.in_dimension;
                            self.read_within(from, to);
                            self.statement.takes_dimensions = takes_dimensions;
                        }
                        _ => {}
                    }
                }
            }
        }
        let last_is_number = matches!(self.tokens.last(), Some(Token { kind: TokenKind::Number { .. }, .. }));
        self.statement.after_number = last_is_number;
    }

    /// Reads an operand by itself.
    pub(super) fn read_within(&mut self, from: usize, to: usize) {
        let (end, in_phrase) = (self.end, self.in_phrase);
        self.at = from;
        self.end = to.min(end);
        self.in_phrase = true;
        while self.at < self.end {
            self.step();
        }
        self.end = end;
        self.in_phrase = in_phrase;
    }

    /// Where the parts of a phrase end if they stand at `at`; trying each place of the next fixed text in turn.
    fn match_parts(&self, parts: &[Literal], at: usize, operands: &mut Operands) -> Option<usize> {
        let Some((first, rest)) = parts.split_first() else { return Some(at) };
        match *first {
            Literal::Text(text) => {
                let at = self.skip_spaces(at);
                if !self.rest(at).starts_with(text) {
                    return None;
                }
                self.match_parts(rest, at + text.len(), operands)
            }
            Literal::Operand { index, numeric } => {
                let at = self.skip_spaces(at);
                let slot = index as usize;
                let Some(Literal::Text(text)) = rest.first() else {
                    let end = if numeric { self.quantity_end(at)? } else { at };
                    // An open operand is read after the phrase; something must stand there.
                    if !numeric
                        && !self
                            .character(at)
                            .is_some_and(|next| is_name_character(next) || "《【[".contains(next))
                    {
                        return None;
                    }
                    if numeric {
                        *operands.get_mut(slot)? = Some((at, end));
                    }
                    return self.match_parts(rest, end, operands);
                };
                let window = self.rest(at);
                // The text after the operand may itself begin with the comma that ends it.
                let limit = self.operand_limit(window);
                let comma = text.starts_with([',', '，'])
                    && window.get(limit..).is_some_and(|rest| rest.starts_with(text));
                let limit = if comma { limit + text.len() } else { limit };
                let mut from = 0;
                while let Some(length) = window.get(from..limit).and_then(|window| window.find(text)) {
                    let length = from + length;
                    let operand = window.get(..length).unwrap_or_default().trim_end();
                    let known = operands.get(slot).copied().flatten();
                    let same = known.is_none_or(|(start, end)| self.written(start, end) == operand);
                    if same && is_operand(operand, numeric) {
                        *operands.get_mut(slot)? = Some((at, at + operand.len()));
                        if let Some(end) = self.match_parts(rest, at + length, operands) {
                            return Some(end);
                        }
                        *operands.get_mut(slot)? = known;
                    }
                    from = length + text.chars().next().map_or(1, char::len_utf8);
                }
                None
            }
        }
    }

    /// How far an operand and the text after it may reach: no line's end, no comma, no quote.
    fn operand_limit(&self, window: &str) -> usize {
        let mut inside_box = false;
        for (at, character) in window.char_indices() {
            match character {
                '\n' => return at,
                '《' | '【' | '[' => inside_box = true,
                '》' | '】' | ']' => inside_box = false,
                _ if inside_box => {}
                ',' | '，' | '、' | ';' | '；' | ':' | '：' | '{' | '｛' | '}' | '｝' | '|' | '｜' | '"'
                | '“' | '”' | '→' | '#' | '＃' | '。' | '=' | '＝' => return at,
                _ => {}
            }
            if at > LONGEST_OPERAND {
                return at;
            }
        }
        window.len()
    }

    /// The end of a number with its unit.
    fn quantity_end(&self, at: usize) -> Option<usize> {
        let rest = self.rest(at);
        let number = number_len(rest);
        if number == 0 {
            return None;
        }
        let end = at + number;
        let unit = self.skip_spaces(end);
        let after = self.rest(unit);
        if let Some(text) = unit_prefix(after) {
            return Some(unit + text.len());
        }
        let letters =
            after.len() - after.trim_start_matches(|c: char| c.is_ascii_alphabetic() || c == '-').len();
        let word = after.get(..letters).unwrap_or_default();
        let is_unit =
            english(word).iter().any(|(place, found)| *place == Place::Number && found.rest.is_empty());
        Some(if is_unit { unit + letters } else { end })
    }
}

/// Whether a text is one operand: a number with a unit, a name or a box.
fn is_operand(text: &str, numeric: bool) -> bool {
    let text = text.trim();
    let number = number_len(text);
    if numeric {
        let unit = text.get(number..).unwrap_or_default().trim_start();
        return number > 0 && unit.chars().all(|c| is_name_character(c) || c == '-' || c == '.');
    }
    let boxed = |open: &str, close: &str| {
        text.strip_prefix(open)
            .and_then(|text| text.strip_suffix(close))
            .is_some_and(|text| !text.contains(close))
    };
    if boxed("《", "》") || boxed("【", "】") || boxed("[", "]") {
        return true;
    }
    let in_name = |c: char| is_name_character(c) || matches!(c, '-' | '－' | '.' | '(' | ')' | '（' | '）');
    !text.is_empty() && text.chars().all(in_name)
}

/// How long the number at the beginning of a text is: digits with their signs, or a Chinese fraction.
fn number_len(text: &str) -> usize {
    if let Some(number) = chinese_number(text).filter(|number| number.share.is_some()) {
        return number.len;
    }
    if !text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '０'..='９')) {
        return 0;
    }
    let in_number = |c: char| c.is_ascii_digit() || matches!(c, '０'..='９' | '.' | '．' | '/' | '%' | '％');
    text.len() - text.trim_start_matches(in_number).len()
}

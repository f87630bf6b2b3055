//! Reading words: source text in any keyword language, or several mixed, becomes canonical tokens in English word order.
//!
//! It knows letters, numbers, dates, quotes, comments, the ends of statements and the keyword table; it never knows which
//! names exist, so the same characters are always read the same way. Nothing is fatal: what cannot be read is reported and
//! replaced by what was most likely meant, so that a mistake is told once and the rest of its line is still checked.
//!
//! What the parser may rely on:
//!
//! - A keyword is its canonical English word, several words long where English needs them (`in force`, `or above`).
//!   Comparisons, in words or signs, are signs; `is`, `is not`, `is one of`, `in` are words. Built-in facts are names in
//!   their English spelling: 成绩 is the name `grade`.
//! - The colon after a slot or declaration word is left out; 、 and ， are commas.
//! - Every statement has one `End`, also before `}`; none follows `{`, and none stands where a statement goes on.
//! - A Chinese phrase with operands arrives in the English order; its words have the place of its first piece.

mod ending;
mod name;
mod number;
mod phrase;
mod quoted;
mod stray;

use std::sync::LazyLock;

use crate::diagnostic::Problem;
use crate::language::{Class, Meaning, Word, meaning_by_id, width_folded, word};
use crate::source::{FileId, Span};

use super::token::{Sign, Token, TokenKind};
use super::tree::Bracket;
use ending::{Frame, Statement};

/// The words of one file.
#[derive(Clone, Debug, Default)]
pub struct Words {
    /// The tokens, each statement ended by [`TokenKind::End`].
    pub tokens: Vec<Token>,
    /// What could not be read.
    pub problems: Vec<Problem>,
}

/// Reads the words of a file.
pub fn read_words(file: FileId, text: &str) -> Words {
    read_words_within(file, text, None)
}

/// Reads the words of a text that stands in the body of a declaration which begins with `container`.
pub fn read_words_within(file: FileId, text: &str, container: Option<Meaning>) -> Words {
    let mut reader = Reader {
        text,
        bytes: text.as_bytes(),
        file,
        at: if text.starts_with('\u{feff}') { 3 } else { 0 },
        end: text.len(),
        // About one token for six bytes.
        tokens: Vec::with_capacity(text.len() / 6),
        problems: Vec::new(),
        statement: Statement::default(),
        ended: Statement::default(),
        frames: container.map(Frame::around).into_iter().collect(),
        frame: Frame::default(),
        soft_end: None,
        is_line_empty: true,
        is_blank_before: false,
        in_phrase: false,
    };
    while reader.at < reader.end {
        reader.step();
    }
    reader.finish();
    Words { tokens: reader.tokens, problems: reader.problems }
}

struct Reader<'a> {
    text: &'a str,
    bytes: &'a [u8],
    file: FileId,
    at: usize,
    /// Where reading stops: the end of the text, or of an operand of a phrase.
    end: usize,
    tokens: Vec<Token>,
    problems: Vec<Problem>,
    /// The statement being read.
    statement: Statement,
    /// The statement before, which the next line may continue.
    ended: Statement,
    /// The statements around the one being read.
    frames: Vec<Frame>,
    /// The braces around the statement being read.
    frame: Frame,
    /// The end that a continuing line would take back.
    soft_end: Option<usize>,
    is_line_empty: bool,
    is_blank_before: bool,
    in_phrase: bool,
}

/// Meanings that the reader must recognise.
struct Known {
    and: Meaning,
    or: Meaning,
    to: Meaning,
    any_of: Meaning,
    all_of: Meaning,
    each: Meaning,
    cite: Meaning,
    clause: Meaning,
    join_cite: Meaning,
    maps_to: Meaning,
    give: Meaning,
    version: Word,
    when: Meaning,
    unless: Meaning,
    refuse: Meaning,
    by_overlap: Meaning,
    limit: Meaning,
    require: Meaning,
    is_not: Meaning,
    is: Meaning,
    mark: Meaning,
    example: Meaning,
    counts: Meaning,
    expect: Meaning,
    from: Meaning,
    slot_to: Meaning,
    never: Meaning,
    in_dimension: Meaning,
    statement: Meaning,
}

static KNOWN: LazyLock<Known> = LazyLock::new(|| {
    let id = |id| meaning_by_id(id).unwrap_or(Meaning(u16::MAX));
    Known {
        and: id("join.and"),
        or: id("join.or"),
        to: id("join.to"),
        any_of: id("join.any-of"),
        all_of: id("join.all-of"),
        each: id("owner.each"),
        cite: id("slot.cite"),
        clause: id("slot.clause"),
        join_cite: id("join.cite"),
        maps_to: id("join.maps-to"),
        give: id("slot.give"),
        version: word("version").unwrap_or(Word(u16::MAX)),
        when: id("slot.when"),
        unless: id("slot.unless"),
        refuse: id("slot.refuse"),
        by_overlap: id("slot.by-overlap"),
        limit: id("declaration.limit"),
        require: id("declaration.require"),
        is_not: id("comparison.is-not"),
        is: id("comparison.is"),
        mark: id("slot.mark"),
        example: id("slot.example"),
        counts: id("slot.counts"),
        expect: id("slot.test-expect"),
        from: id("slot.from"),
        slot_to: id("slot.to"),
        never: id("slot.never"),
        in_dimension: id("pattern.in-dimension"),
        statement: id("declaration.statement"),
    }
});

impl<'a> Reader<'a> {
    /// Reads one token, or what stands between tokens.
    fn step(&mut self) {
        let at = self.at;
        let Some(&byte) = self.bytes.get(at) else {
            self.at = self.end;
            return;
        };
        match byte {
            b' ' | b'\t' | b'\r' => self.at += 1,
            b'\n' => self.newline(),
            b'a'..=b'z' | b'A'..=b'Z' | b'_' => self.ascii_word(),
            b'0'..=b'9' => self.number(),
            0x80.. => self.wide(),
            _ => self.sign(byte, 1),
        }
    }

    /// A character outside ASCII.
    fn wide(&mut self) {
        let Some(character) = self.character(self.at) else {
            self.at = self.end;
            return;
        };
        if is_ideograph(character) {
            return self.run();
        }
        let len = character.len_utf8();
        match character {
            '\u{3000}' | '\u{a0}' => self.at += len,
            '、' => self.sign(b',', len),
            '“' => self.quoted(len, "”"),
            '「' => self.quoted(len, "」"),
            '《' => self.boxed(len, "》", Bracket::Book),
            '【' => self.boxed(len, "】", Bracket::Lenticular),
            '→' => self.push(TokenKind::Sign(Sign::Arrow), len),
            '≥' => self.push(TokenKind::Sign(Sign::AtLeast), len),
            '≤' => self.push(TokenKind::Sign(Sign::AtMost), len),
            '≠' => self.push(word_kind(KNOWN.is_not), len),
            _ => match u8::try_from(width_folded(character)) {
                Ok(b'0'..=b'9') => self.number(),
                Ok(b'a'..=b'z' | b'A'..=b'Z' | b'_') => self.run(),
                Ok(folded) if folded.is_ascii() => self.sign(folded, len),
                _ if is_name_character(character) => self.run(),
                _ => self.stray(),
            },
        }
    }

    /// A sign, its width already folded.
    fn sign(&mut self, sign: u8, len: usize) {
        let next = self.folded(self.at + len);
        let two = |sign: u8| next.filter(|&(byte, _)| byte == sign).map(|(_, next)| len + next);
        match sign {
            b'#' => self.comment(len),
            b';' => self.hard_end(len),
            b',' => self.push(TokenKind::Sign(Sign::Comma), len),
            b':' => self.colon(len),
            b'{' => self.open(len),
            b'}' => self.close(len),
            b'(' => {
                let at = self.at;
                let phrase = self.character(at).is_some_and(|open| self.gathered(at, at, open));
                if !phrase {
                    self.push(TokenKind::Sign(Sign::OpenRound), len);
                }
            }
            b')' => self.push(TokenKind::Sign(Sign::CloseRound), len),
            b'|' => self.bar(len),
            b'~' => self.push(word_kind(KNOWN.to), len),
            b'"' => self.quoted(len, "\""),
            b'[' => self.boxed(len, "]", Bracket::Square),
            b'>' => match two(b'=') {
                Some(len) => self.push(TokenKind::Sign(Sign::AtLeast), len),
                None => self.push(TokenKind::Sign(Sign::Over), len),
            },
            b'<' => match two(b'=') {
                Some(len) => self.push(TokenKind::Sign(Sign::AtMost), len),
                None => self.push(TokenKind::Sign(Sign::Under), len),
            },
            b'=' => match (two(b'>'), two(b'=')) {
                (Some(len), _) if self.is_in_test() => {
                    self.look_alike(len, ">=", TokenKind::Sign(Sign::AtLeast));
                }
                (Some(len), _) => self.look_alike(len, "->", TokenKind::Sign(Sign::Arrow)),
                (_, Some(len)) => self.look_alike(len, "=", TokenKind::Sign(Sign::Equals)),
                // Tests say `is`; `=` is what examples and records say.
                _ if self.is_in_test() => self.push(word_kind(KNOWN.is), len),
                _ => self.push(TokenKind::Sign(Sign::Equals), len),
            },
            b'!' if two(b'=').is_some() => self.push(word_kind(KNOWN.is_not), two(b'=').unwrap_or(len)),
            b'-' => match next {
                Some((b'>', next)) => self.push(TokenKind::Sign(Sign::Arrow), len + next),
                Some((b'0'..=b'9', _)) => self.negative(len),
                _ if self.rest(self.at + len).starts_with('》') => {
                    self.look_alike(len + '》'.len_utf8(), "->", TokenKind::Sign(Sign::Arrow));
                }
                _ if self.is_end_of_mark(len) && self.ends_name(len) => {}
                _ => self.push(TokenKind::Sign(Sign::Dash), len),
            },
            b'.' if matches!(next, Some((b'0'..=b'9', _))) => self.bare_fraction(len),
            _ => self.stray(),
        }
    }

    /// Whether a fact is compared here, in a condition or in the brackets of a selection.
    fn is_in_test(&self) -> bool {
        let tests = [KNOWN.when, KNOWN.unless, KNOWN.from, KNOWN.slot_to, KNOWN.never];
        self.frame.holds_tests || self.statement.opening.is_some_and(|opening| tests.contains(&opening))
    }

    /// The character at a byte, if it lies before the end of what is read.
    fn character(&self, at: usize) -> Option<char> {
        self.rest(at).chars().next()
    }

    /// The text from a byte to the end of what is read.
    fn rest(&self, at: usize) -> &'a str {
        self.text.get(at..self.end).unwrap_or_default()
    }

    /// The ASCII character at a byte, or the one that a full-width character there stands for, and its length.
    fn folded(&self, at: usize) -> Option<(u8, usize)> {
        let byte = *self.bytes.get(at).filter(|_| at < self.end)?;
        if byte < 0x80 {
            return Some((byte, 1));
        }
        if byte != 0xef {
            return None;
        }
        let folded = width_folded(self.character(at)?);
        u8::try_from(folded).ok().filter(u8::is_ascii).map(|byte| (byte, 3))
    }

    fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.file, offset(start), offset(end))
    }

    /// The text of a place.
    fn written(&self, start: usize, end: usize) -> &'a str {
        self.text.get(start..end).unwrap_or_default()
    }

    /// Where the line of a byte ends.
    fn line_end(&self, at: usize) -> usize {
        let rest = self.bytes.get(at..self.end).unwrap_or_default();
        let end = rest.iter().position(|&byte| byte == b'\n').map_or(self.end, |length| at + length);
        if end > at && self.bytes.get(end - 1) == Some(&b'\r') { end - 1 } else { end }
    }

    fn skip_spaces(&self, mut at: usize) -> usize {
        while at < self.end {
            match self.bytes.get(at) {
                Some(b' ' | b'\t') => at += 1,
                Some(0xe3) if self.rest(at).starts_with('\u{3000}') => at += 3,
                _ => break,
            }
        }
        at
    }
}

/// The token of a meaning.
fn word_kind(meaning: Meaning) -> TokenKind {
    match meaning.class() {
        Class::Comparison => match meaning.id() {
            "comparison.at-least" => TokenKind::Sign(Sign::AtLeast),
            "comparison.at-most" => TokenKind::Sign(Sign::AtMost),
            "comparison.over" => TokenKind::Sign(Sign::Over),
            "comparison.under" => TokenKind::Sign(Sign::Under),
            "comparison.equals" => TokenKind::Sign(Sign::Equals),
            _ => TokenKind::Word(meaning.word(), meaning),
        },
        Class::Fact | Class::Dimension => TokenKind::Name(meaning.word().text().into(), Bracket::Bare),
        _ => TokenKind::Word(meaning.word(), meaning),
    }
}

/// The characters of nearly every Chinese name.
const fn is_ideograph(character: char) -> bool {
    matches!(character, '\u{4e00}'..='\u{9fff}')
}

/// Whether a name may go on with this character.
fn is_name_character(character: char) -> bool {
    is_ideograph(character)
        || !is_wide_sign(character) && character.is_alphanumeric()
        || character == '_'
        || matches!(character, '\u{300}'..='\u{36f}')
}

/// The signs of Chinese text, which would be looked up at length to learn that they are no letters.
const fn is_wide_sign(character: char) -> bool {
    matches!(character,
        '\u{2000}'..='\u{206f}' | '\u{3000}'..='\u{3004}' | '\u{3008}'..='\u{3020}' | '\u{ff01}'..='\u{ff0f}'
        | '\u{ff1a}'..='\u{ff20}' | '\u{ff3b}'..='\u{ff3e}' | '\u{ff5b}'..='\u{ff60}')
}

/// Places hold 32-bit offsets; a text of 4 GiB has no places beyond.
fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests;

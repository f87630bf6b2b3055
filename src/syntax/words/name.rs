//! Names and keywords: runs of letters, and where a run of Chinese without spaces is parted.

use crate::diagnostic::{Code, Problem};
use crate::language::{
    Class, Meaning, PieceKind, Place, begins_within, english, exact, gathers, is_read_in, is_read_in_some,
    normal, pieces, start_spellings, unit_prefix, width_folded,
};
use crate::syntax::token::{Sign, TokenKind};
use crate::syntax::tree::Bracket;

use super::number::chinese_number;
use super::{KNOWN, Reader, is_name_character, word_kind};

/// A bracket that belongs to a name holds no more characters than this.
const LONGEST_GROUP: usize = 60;

impl Reader<'_> {
    /// A run that begins with an ASCII letter.
    pub(super) fn ascii_word(&mut self) {
        let start = self.at;
        let mut at = start + 1;
        let is_plain = loop {
            match self.bytes.get(at).filter(|_| at < self.end) {
                Some(b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_') => at += 1,
                Some(b'-') if self.is_inner_hyphen(at, 1) => at += 1,
                Some(b'.' | b'(' | 0x80..) => break false,
                _ => break true,
            }
        };
        let word = self.written(start, at);
        if is_plain && self.is_after_close() && declares(word) {
            self.soft_end(self.at);
        }
        // `end.` and `f ` are plain as well: the run goes on only with a letter or a glued bracket.
        if !is_plain && self.run_goes_on(at) {
            return self.run();
        }
        if self.english_word(word, start, at) {
            return;
        }
        self.push(TokenKind::Name(word.into(), Bracket::Bare), at - start);
    }

    /// Whether a brace has just closed: a declaration beside it begins a statement, as if a line ended between them.
    fn is_after_close(&self) -> bool {
        self.statement.is_begun
            && !self.in_phrase
            && matches!(self.tokens.last().map(|last| &last.kind), Some(TokenKind::Sign(Sign::Close)))
    }

    fn run_goes_on(&self, at: usize) -> bool {
        match self.character(at) {
            Some('.') => self.character(at + 1).is_some_and(char::is_alphabetic),
            Some('(' | '（') => self.group(at).is_some(),
            Some(character) => {
                is_name_character(character) || character == '－' && self.is_inner_hyphen(at, 3)
            }
            None => false,
        }
    }

    fn is_inner_hyphen(&self, at: usize, len: usize) -> bool {
        self.character(at + len).is_some_and(is_name_character)
    }

    /// An English keyword of one word or several.
    fn english_word(&mut self, first: &str, start: usize, end: usize) -> bool {
        let found = english(first);
        if found.is_empty() {
            return false;
        }
        let starts = !self.statement.is_begun && !self.in_phrase;
        for place in starts.then_some(Place::Start).into_iter().chain(self.places()) {
            for (_, candidate) in found.iter().filter(|(other, _)| *other == place) {
                let Some(end) = self.words_follow(end, candidate.rest) else { continue };
                if place != Place::Start {
                    if !is_read_in(candidate.meaning, self.statement.opening) {
                        continue;
                    }
                    self.push_meaning(candidate.meaning, start, end);
                    return true;
                }
                // `counts in part` compares nothing.
                let is_slot = takes_a_comma(candidate.meaning)
                    || candidate.meaning == KNOWN.counts
                        && self.rest(end).trim_start().starts_with("in part");
                if self.begins_here(candidate.meaning) && (is_slot || !self.is_name_there(end)) {
                    self.push_opening(candidate.meaning, start, end);
                    return true;
                }
            }
        }
        false
    }

    /// Whether a word begins a statement in the body that is being read.
    fn begins_here(&self, meaning: Meaning) -> bool {
        begins_within(meaning, self.container())
    }

    /// Where these words end, each after spaces.
    fn words_follow(&self, mut at: usize, words: &str) -> Option<usize> {
        if words.is_empty() {
            return Some(at);
        }
        for word in words.split(' ') {
            let next = self.skip_spaces(at);
            if next == at || !self.rest(next).starts_with(word) {
                return None;
            }
            at = next + word.len();
            if self
                .character(at)
                .is_some_and(|next| is_name_character(next) || next == '-' && self.is_inner_hyphen(at, 1))
            {
                return None;
            }
        }
        Some(at)
    }

    /// Whether a slot word is a name after all: a member of a list, or a fact that is compared. `refuse` is none: a comma may
    /// stand before its reason.
    fn is_name_there(&self, end: usize) -> bool {
        let at = self.skip_spaces(end);
        match self.folded(at) {
            Some((b',' | b'<' | b'>' | b'=' | b'!', _)) => true,
            Some((b'i', _)) => ["is", "in"].iter().any(|word| {
                self.rest(at).strip_prefix(word).is_some_and(|rest| rest.starts_with([' ', '\t']))
            }),
            // In the braces of a slot: `2 of { test (grade >= 60), … }`.
            Some((b'(' | b'}' | b'\r' | b'\n', _)) => self.is_in_operand(),
            _ => matches!(self.character(at), Some('、' | '≥' | '≤' | '≠')),
        }
    }

    /// Whether the next line that is not empty begins with a slot word and its operand.
    pub(super) fn slot_begins_next_line(&self) -> bool {
        let rest = self.rest(self.at);
        let start = self.at + rest.len() - rest.trim_start().len();
        let rest = self.rest(start);
        let is_slot = |meaning: Meaning| matches!(meaning.class(), Class::Slot | Class::Declaration);
        let letters = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_alphabetic()).len();
        let english = english(rest.get(..letters).unwrap_or_default()).iter().filter_map(|(place, found)| {
            let is_slot = *place == Place::Start && is_slot(found.meaning);
            self.words_follow(start + letters, found.rest).filter(|_| is_slot)
        });
        let chinese = start_spellings(rest.chars().next().unwrap_or(' ')).iter().filter_map(|piece| {
            let is_slot = matches!(piece.kind, PieceKind::Whole(meaning) if is_slot(meaning));
            (is_slot && rest.starts_with(piece.text)).then(|| start + piece.text.len())
        });
        english.chain(chinese).any(|end| {
            let operand = self.skip_spaces(end);
            let next = self.character(operand);
            let has_colon = matches!(self.folded(operand), Some((b':', _)));
            let has_operand = operand > end
                && next.is_some_and(|next| is_name_character(next) || "[《【\"“「".contains(next));
            has_colon || has_operand && !self.is_name_there(end)
        })
    }

    pub(super) fn push_meaning(&mut self, meaning: Meaning, start: usize, end: usize) {
        self.at = end;
        self.push_at(word_kind(meaning), start, end);
    }

    /// A run of letters of any script.
    pub(super) fn run(&mut self) {
        let start = self.at;
        if self.is_after_close() {
            let rest = self.rest(start);
            let declares = |piece: &crate::language::Piece| {
                matches!(piece.kind, PieceKind::Whole(meaning) if meaning.class() == Class::Declaration)
                    && rest.strip_prefix(piece.text).is_some_and(|rest| !rest.starts_with(is_name_character))
            };
            let first = rest.chars().next().unwrap_or(' ');
            if start_spellings(first).iter().any(declares) {
                self.soft_end(start);
            }
        }
        if !self.statement.is_begun && !self.in_phrase && self.start_word(start) {
            return;
        }
        if self.statement.takes_clauses && self.clause(start) || self.idle_verb(start) {
            return;
        }
        if self.names_something() && self.boxless_name(start) || self.each_of(start) {
            return;
        }
        let mut at = start;
        let mut after_letter = false;
        let mut after_group = false;
        while let Some(character) = self.character(at) {
            let len = character.len_utf8();
            if at > start && matches!(character, '(' | '（') {
                // （…除外） is a phrase; every other bracket of letters belongs to the name.
                if gathers(character) && self.gathered(start, at, character) {
                    return;
                }
                if let Some(end) = self.group(at) {
                    at = end;
                    after_group = true;
                    continue;
                }
            }
            let is_inner = match character {
                '-' | '－' => self.is_inner_hyphen(at, len),
                '.' | '．' => self.character(at + len).is_some_and(char::is_alphabetic),
                _ => false,
            };
            if !is_inner && !is_name_character(character) {
                break;
            }
            if gathers(character) && self.gathered(start, at, character) {
                return;
            }
            if at > start && self.statement.takes_clauses && self.glued_clause(start, at) {
                return;
            }
            if after_group {
                let problem = Problem::new(Code::NameBracket, self.span(start, at + len));
                self.problems.push(problem.say("name", self.written(start, at)));
                break;
            }
            let is_digit = character.is_ascii_digit() || matches!(character, '０'..='９');
            if is_digit && after_letter && self.is_keyword(start, at) {
                break;
            }
            after_letter = !character.is_ascii() && !is_digit;
            at += len;
        }
        if at == start {
            // Not a letter after all: never stand still.
            return self.stray();
        }
        if self.wide_word(start, at) {
            return;
        }
        self.piece(start, at);
        self.at = at;
    }

    /// 每项成绩, 各项成绩: nothing is named so that it begins with “each”, so no space is needed after it.
    fn each_of(&mut self, start: usize) -> bool {
        let tests = self.statement.opening.is_some_and(|of| of == KNOWN.when || of == KNOWN.unless);
        if !tests && !self.frame.holds_tests {
            return false;
        }
        let ends = self.rest(start).char_indices().map(|(at, _)| start + at).skip(2);
        let Some(end) = ends.clone().next().filter(|end| self.character(*end).is_some_and(is_name_character))
        else {
            return false;
        };
        let found = self.meaning_of(self.written(start, end)).filter(|meaning| *meaning == KNOWN.each);
        found.is_some_and(|meaning| {
            self.push_meaning(meaning, start, end);
            true
        })
    }

    /// A keyword in full-width letters.
    fn wide_word(&mut self, start: usize, end: usize) -> bool {
        let written = self.written(start, end);
        if !written.starts_with(|first: char| !first.is_ascii() && width_folded(first).is_ascii()) {
            return false;
        }
        let folded = normal(written);
        folded.is_ascii() && self.english_word(&folded, start, end)
    }

    /// Whether the next word is the name that a declaration gives.
    fn names_something(&self) -> bool {
        // A limit and a requirement may go without a name.
        let names =
            |meaning: Meaning| meaning.gives_a_name() && meaning != KNOWN.limit && meaning != KNOWN.require;
        self.statement.opening.is_some_and(names)
            && self.tokens.len() == self.statement.first + 1
            && !self.in_phrase
    }

    /// A name that a declaration gives and that would be parted wherever it is used: 收入不超过线办公室. It is read whole and
    /// reported.
    fn boxless_name(&mut self, start: usize) -> bool {
        let mut at = start;
        let mut inside = None;
        while let Some(character) = self.character(at) {
            let group = if at > start && matches!(character, '(' | '（') { self.group(at) } else { None };
            if group.is_none() && !is_name_character(character) {
                break;
            }
            if inside.is_none() && gathers(character) {
                inside = self.parting(start, at, character);
            }
            at = group.unwrap_or(at + character.len_utf8());
        }
        let Some(word) = inside else { return false };
        let name = self.written(start, at);
        let problem = Problem::new(Code::NameBox, self.span(start, at));
        self.problems.push(problem.say("name", name).say("word", word));
        self.push(TokenKind::Name(normal(name).into(), Bracket::Bare), at - start);
        true
    }

    /// The word that would part a run here.
    fn parting(&self, start: usize, at: usize, first: char) -> Option<&'static str> {
        let rest = self.rest(at);
        let parts = |piece: &&crate::language::Piece| match piece.kind {
            PieceKind::Operator(_) => rest.starts_with(piece.text),
            PieceKind::Particle => at > start && rest.starts_with(piece.text),
            PieceKind::Phrase(phrase) => {
                !is_read_in_some(phrase.meaning) && self.would_match(phrase, start, at)
            }
            PieceKind::Whole(_) => false,
        };
        pieces(first).iter().find(parts).map(|piece| piece.text)
    }

    /// A bracket group that belongs to the name before it: letters, digits and `-` alone. One that holds a comparison
    /// (`单元（成绩不低于60）`) is a test of what is named.
    fn group(&self, at: usize) -> Option<usize> {
        let rest = self.rest(at);
        let mut characters = rest.char_indices().take(LONGEST_GROUP + 2);
        characters.next()?;
        let mut is_empty = true;
        for (length, character) in characters {
            match character {
                ')' | '）' => return (!is_empty).then(|| at + length + character.len_utf8()),
                '-' | '－' => {}
                _ if self.is_operator(at + length) => return None,
                _ if is_name_character(character) => is_empty = false,
                _ => return None,
            }
        }
        None
    }

    /// Whether a word that needs no spaces around it stands here: 不低于, 属于.
    fn is_operator(&self, at: usize) -> bool {
        let rest = self.rest(at);
        let first = rest.chars().next().filter(|first| !first.is_ascii());
        first.is_some_and(|first| {
            pieces(first)
                .iter()
                .any(|piece| matches!(piece.kind, PieceKind::Operator(_)) && rest.starts_with(piece.text))
        })
    }

    /// A Chinese word that starts a statement; a space, sign or number must follow it.
    fn start_word(&mut self, start: usize) -> bool {
        let rest = self.rest(start);
        let Some(first) = rest.chars().next() else { return false };
        if first == '注' && self.is_line_empty && (rest.starts_with("注：") || rest.starts_with("注:")) {
            let len = if rest.starts_with("注：") { "注：".len() } else { "注:".len() };
            self.comment(len);
            return true;
        }
        if first == '但' && self.but_except(start) {
            return true;
        }
        for piece in start_spellings(first).iter().filter(|piece| rest.starts_with(piece.text)) {
            let end = start + piece.text.len();
            let parted = !self.character(end).is_some_and(|next| is_name_character(next) && !is_digit(next));
            let refuses = matches!(piece.kind, PieceKind::Whole(meaning) if takes_a_comma(meaning));
            if matches!(piece.kind, PieceKind::Whole(meaning) if !self.begins_here(meaning)) {
                continue;
            }
            if !parted || self.group_follows(end) || !refuses && self.is_name_there(end) {
                continue;
            }
            match piece.kind {
                PieceKind::Phrase(phrase) => self.push_phrase_words(phrase, start, end, true),
                PieceKind::Whole(meaning) | PieceKind::Operator(meaning) => {
                    self.push_opening(meaning, start, end)
                }
                PieceKind::Particle => continue,
            }
            return true;
        }
        false
    }

    /// 但…除外, 但…的除外: an exception, its word before and behind.
    fn but_except(&mut self, start: usize) -> bool {
        let from = start + '但'.len_utf8();
        let rest = self.rest(from);
        let line = rest
            .get(..rest.find(['\n', ';', '；', '}', '｝', '#', '＃']).unwrap_or(rest.len()))
            .unwrap_or_default();
        let said = line.trim_end().trim_end_matches('。');
        let Some(test) = said.strip_suffix("除外") else { return false };
        let test = test.strip_suffix('的').unwrap_or(test);
        let end = self.end;
        self.push_opening(KNOWN.unless, start, from);
        self.end = from + test.len();
        while self.at < self.end {
            self.step();
        }
        self.end = end;
        self.at = from + said.len();
        true
    }

    fn group_follows(&self, at: usize) -> bool {
        matches!(self.character(at), Some('(' | '（')) && self.group(at).is_some()
    }

    /// What may stand inside Chinese without spaces, if it stands at `at` in the run that began at `start`.
    pub(super) fn gathered(&mut self, start: usize, at: usize, first: char) -> bool {
        let rest = self.rest(at);
        for piece in pieces(first).iter() {
            match piece.kind {
                PieceKind::Operator(meaning)
                    if rest.starts_with(piece.text) && is_read_in(meaning, self.statement.opening) =>
                {
                    let end = at + piece.text.len();
                    let opening = if self.statement.is_begun || self.in_phrase || at > start {
                        None
                    } else {
                        exact(piece.text, Place::Start)
                    };
                    self.piece(start, at);
                    match opening {
                        Some(opening) => self.push_opening(opening, at, end),
                        None => self.push_meaning(meaning, at, end),
                    }
                    return true;
                }
                PieceKind::Whole(_) if at == start && rest.starts_with(piece.text) => {
                    let end = at + piece.text.len();
                    let next = self.character(end);
                    let parted = piece.text.ends_with('的')
                        || !next.is_some_and(|next| is_name_character(next) && !is_digit(next));
                    let meaning = self.meaning_of(piece.text);
                    if let (true, Some(meaning)) = (parted, meaning) {
                        self.push_meaning(meaning, at, end);
                        return true;
                    }
                }
                PieceKind::Phrase(phrase)
                    if self.is_read_here(phrase.meaning) && self.phrase(phrase, start, at) =>
                {
                    return true;
                }
                PieceKind::Particle if rest.starts_with(piece.text) => {
                    self.piece(start, at);
                    self.at = at + piece.text.len();
                    self.is_line_empty = false;
                    return true;
                }
                _ => {}
            }
        }
        false
    }

    /// Whether a word that is read in some statements only is read in this one; in the braces of tests as in the tests.
    fn is_read_here(&self, meaning: Meaning) -> bool {
        is_read_in(meaning, self.statement.opening)
            || self.frame.holds_tests && is_read_in(meaning, Some(KNOWN.when))
    }

    /// What a whole Chinese piece means where it stands.
    fn meaning_of(&self, text: &str) -> Option<Meaning> {
        let meaning = self.places().find_map(|place| exact(text, place))?;
        is_read_in(meaning, self.statement.opening).then_some(meaning)
    }

    fn is_keyword(&self, start: usize, end: usize) -> bool {
        let text = self.written(start, end);
        text.len() <= 30 && self.meaning_of(text).is_some()
    }

    /// A piece of a run that holds no boundary: a keyword, a number in words, or a name.
    pub(super) fn piece(&mut self, start: usize, end: usize) {
        if start == end {
            return;
        }
        let text = self.written(start, end);
        if text == "得" && self.statement.opening == Some(KNOWN.example) {
            self.at = end;
            return self.push_at(TokenKind::Sign(Sign::Arrow), start, end);
        }
        if !text.is_ascii() {
            if let Some(meaning) = self.meaning_of(text) {
                return self.push_meaning(meaning, start, end);
            }
            if chinese_number(text).is_some() && self.number_in_words(text, start, end) {
                return;
            }
        }
        self.at = end;
        self.push_at(TokenKind::Name(normal(text).into(), Bracket::Bare), start, end);
    }

    /// 认定：计0.5学分, 记载：记90分: the verb says again what the slot word says.
    fn idle_verb(&mut self, start: usize) -> bool {
        let is_first = self.tokens.len() == self.statement.first + 1 && !self.in_phrase;
        let gives =
            self.statement.opening.is_some_and(|opening| opening == KNOWN.give || opening == KNOWN.mark);
        let Some(verb @ ('计' | '計' | '记' | '記')) = self.character(start).filter(|_| is_first && gives)
        else {
            return false;
        };
        let end = start + verb.len_utf8();
        let is_idle = self.character(self.skip_spaces(end)).is_some_and(is_digit);
        if is_idle {
            self.at = end;
            self.is_line_empty = false;
        }
        is_idle
    }

    /// 学分规定第三条第（二）项: a document and its clause without a space.
    fn glued_clause(&mut self, start: usize, at: usize) -> bool {
        let rest = self.rest(at);
        let names_one = rest.starts_with('第')
            || ["附件", "附表"]
                .iter()
                .any(|word| rest.strip_prefix(word).is_some_and(|rest| rest.starts_with(is_digit)));
        let Some(len) = names_one.then(|| self.clause_len(at)).flatten() else { return false };
        self.piece(start, at);
        let clause = self.written(at, at + len);
        self.push_at(TokenKind::Text(clause.into()), at, at + len);
        self.at = at + len;
        true
    }

    /// `第三条第（二）项`, `附件1` after the name of a document: a clause of it, without quotes.
    fn clause(&mut self, start: usize) -> bool {
        let after_document = matches!(self.tokens.last().map(|last| &last.kind), Some(TokenKind::Name(..)));
        let declares =
            self.statement.opening == Some(KNOWN.clause) && self.tokens.len() == self.statement.first + 1;
        let Some(len) = (after_document || declares).then(|| self.clause_len(start)).flatten() else {
            return false;
        };
        self.push(TokenKind::Text(self.written(start, start + len).into()), len);
        true
    }

    /// How long the clause is that stands here.
    fn clause_len(&self, start: usize) -> Option<usize> {
        let rest = self.rest(start);
        let numbered = rest.starts_with('第');
        if !numbered && !rest.starts_with("附件") && !rest.starts_with("附表") {
            return None;
        }
        let belongs = |character: char| {
            is_digit(character)
                || "第一二两三四五六七八九十百零〇（）()条條款项項目章节節编編附件表之".contains(character)
        };
        let len: usize =
            rest.chars().take(LONGEST_GROUP).take_while(|&c| belongs(c)).map(char::len_utf8).sum();
        let clause = self.written(start, start + len);
        let stands_alone = !self.character(start + len).is_some_and(is_name_character);
        if !stands_alone
            || numbered
                && !clause.contains(['条', '條', '款', '项', '項', '目', '章', '节', '節', '编', '編'])
        {
            return None;
        }
        Some(len)
    }

    /// 三分之一, 百分之八十; and 二学分, which is refused.
    fn number_in_words(&mut self, text: &str, start: usize, end: usize) -> bool {
        let Some(number) = chinese_number(text) else { return false };
        let unit = text.get(number.len..).unwrap_or_default();
        if let Some((value, percent)) = number.share {
            if unit.is_empty() {
                self.at = end;
                self.push_at(TokenKind::Number { value, percent }, start, end);
                return true;
            }
            return false;
        }
        let Some(whole) = number.whole.filter(|_| !unit.is_empty() && unit_prefix(unit) == Some(unit)) else {
            return false;
        };
        let problem = Problem::new(Code::NumberForm, self.span(start, end));
        self.problems.push(problem.say("written", text).say("instead", format!("{whole}{unit}")));
        let digits = start + number.len;
        self.push_at(TokenKind::Number { value: whole, percent: false }, start, digits);
        if let Some(meaning) = exact(unit, Place::Number) {
            self.push_meaning(meaning, digits, end);
        }
        true
    }
}

const fn is_digit(character: char) -> bool {
    matches!(character, '0'..='9' | '０'..='９')
}

/// Whether a comma may stand directly after a slot word: `refuse, because …`, `by overlap, take larger`.
fn takes_a_comma(meaning: Meaning) -> bool {
    meaning == KNOWN.refuse || meaning == KNOWN.by_overlap
}

/// Whether an English word begins a declaration.
fn declares(word: &str) -> bool {
    english(word).iter().any(|(place, found)| {
        *place == Place::Start && found.rest.is_empty() && found.meaning.class() == Class::Declaration
    })
}

//! A statement in a keyword language: words by their meaning, phrases in that language's order.

use std::sync::LazyLock;

use crate::language::{self, Class, EnglishPart, Lang, Literal, Meaning, Phrase, meaning_by_id, normal};
use crate::quantity::Date;
use crate::syntax::token::{Sign, Token, TokenKind};
use crate::syntax::tree::Bracket;

use super::join::{Piece, same};
use super::own::{comma, gap, sign_text};

/// Where a statement stands.
#[derive(Clone, Copy)]
pub(super) struct Context {
    /// The language to print.
    pub(super) lang: Lang,
    /// The word that opens the statement.
    pub(super) opening: Option<Meaning>,
    /// The declaration around it.
    pub(super) container: Option<Meaning>,
    /// Whether phrases may be used.
    pub(super) phrases: bool,
    /// Whether a cell of a table is printed.
    pub(super) in_cell: bool,
}

/// The pieces of tokens in a language.
pub(super) fn pieces(
    tokens: &[Token],
    text: &str,
    numbers: &[usize],
    context: Context,
    opens: bool,
) -> Vec<Piece> {
    let line: Vec<&Token> = numbers.iter().filter_map(|&at| tokens.get(at)).collect();
    let maps_to = line
        .iter()
        .position(|token| matches!(&token.kind, TokenKind::Word(word, _) if word.text() == "maps to"));
    let mut speller = Speller { text, line: &line, context, opens, maps_to, pieces: Vec::new() };
    speller.all();
    speller.pieces
}

/// The phrases of a language, those with most English words first.
fn phrases(lang: Lang) -> &'static [&'static Phrase] {
    static ALL: LazyLock<[Vec<&'static Phrase>; 3]> = LazyLock::new(|| {
        Lang::ALL.map(|lang| {
            let mut all: Vec<&Phrase> = Phrase::all_printed(lang).collect();
            all.sort_by_key(|phrase| std::cmp::Reverse(phrase.english.len()));
            all
        })
    });
    &ALL[lang as usize]
}

struct Speller<'a> {
    text: &'a str,
    line: &'a [&'a Token],
    context: Context,
    opens: bool,
    /// Where `maps to` stands: dimensions may follow it.
    maps_to: Option<usize>,
    pieces: Vec<Piece>,
}

/// The tokens of each operand of a phrase, by its number.
type Operands = [Option<(usize, usize)>; 5];

impl Speller<'_> {
    fn all(&mut self) {
        let mut at = 0;
        while at < self.line.len() {
            self.optional_sign(at);
            if self.is_left_out(at) {
                at += 1;
                continue;
            }
            at = self.phrase(at).unwrap_or_else(|| {
                self.token(at);
                at + 1
            });
        }
    }

    fn push(&mut self, text: &str) {
        let before = gap(self.pieces.last().map(|piece| piece.text.as_str()), text, self.context.lang, None);
        self.pieces.push(Piece { text: text.to_owned(), before });
    }

    /// The comma before 以…为准 and the colon before the credits of an example, which Chinese has and English has not.
    fn optional_sign(&mut self, at: usize) {
        if !self.context.lang.is_chinese() || at == 0 {
            return;
        }
        let (before, here) = (self.kind(at - 1), self.kind(at));
        let text = match (before, here) {
            (Some(TokenKind::Sign(_)), _) => return,
            (_, Some(TokenKind::Word(word, _))) if self.is_bounded() && is_part(word.text()) => "，",
            (_, Some(TokenKind::Word(word, _)))
                if word.text() == "by"
                    && (self.opened_by("slot.in-force") || self.is_bounded())
                    && at > 1 =>
            {
                "，"
            }
            (Some(TokenKind::Name(..)), Some(TokenKind::Number { .. })) if self.is_after_arrow(at) => "：",
            _ => return,
        };
        self.push(text);
    }

    fn is_left_out(&self, at: usize) -> bool {
        if self.context.lang.is_chinese() {
            return false;
        }
        match (self.kind(at), self.kind(at + 1)) {
            (Some(TokenKind::Sign(Sign::Comma)), Some(TokenKind::Word(word, _)))
                if self.is_bounded() && is_part(word.text()) =>
            {
                true
            }
            (Some(TokenKind::Sign(Sign::Comma)), Some(TokenKind::Word(word, _))) => {
                word.text() == "by" && (self.opened_by("slot.in-force") || self.is_bounded())
            }
            (Some(TokenKind::Sign(Sign::Colon)), Some(TokenKind::Number { .. })) => self.is_after_arrow(at),
            _ => false,
        }
    }

    fn is_after_arrow(&self, at: usize) -> bool {
        let arrow = |token: &&Token| matches!(token.kind, TokenKind::Sign(Sign::Arrow));
        self.opened_by("slot.example") && self.line.get(..at).unwrap_or_default().iter().any(arrow)
    }

    fn kind(&self, at: usize) -> Option<&TokenKind> {
        self.line.get(at).map(|token| &token.kind)
    }

    fn opened_by(&self, id: &str) -> bool {
        self.context.opening.is_some_and(|meaning| meaning.id() == id)
    }

    /// Whether a limit or a requirement is printed.
    fn is_bounded(&self) -> bool {
        self.opened_by("declaration.limit") || self.opened_by("declaration.require")
    }

    /// Whether amounts are compared here, not facts.
    fn is_amount(&self, at: usize) -> bool {
        let amount = self.opened_by("slot.give") || self.opened_by("slot.mark") || self.is_bounded();
        let mark = |token: &&Token| matches!(&token.kind, TokenKind::Word(word, _) if word.text() == "mark");
        let before = self.line.get(..at).unwrap_or_default();
        (amount || self.opened_by("slot.example") && before.iter().any(mark)) && !self.is_after_test(at)
    }

    /// Whether facts are compared here: after `when`, `unless` or `where`.
    fn is_after_test(&self, at: usize) -> bool {
        let tests = |token: &&Token| match &token.kind {
            TokenKind::Word(word, _) => matches!(word.text(), "when" | "unless" | "where"),
            _ => false,
        };
        self.line.get(..at).unwrap_or_default().iter().any(tests)
    }

    /// Whether a cell or the upper end of a range stands here.
    fn is_bound(&self, at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|at| self.kind(at));
        match before {
            None => self.context.in_cell,
            Some(TokenKind::Word(word, _)) => word.text() == "to",
            _ => false,
        }
    }

    fn token(&mut self, at: usize) {
        let Some(token) = self.line.get(at).copied() else { return };
        let lang = self.context.lang;
        let written = self.text.get(token.span.range()).unwrap_or_default();
        match &token.kind {
            TokenKind::Word(_, meaning) => {
                let meaning = self.refined(at, *meaning);
                let text = if meaning.class() == Class::Unit {
                    self.unit(at, meaning)
                } else {
                    meaning.spelling(lang)
                };
                self.push(text);
                if lang.is_chinese() && at > 0 && meaning.id() == "join.low-to-high" {
                    self.push("：");
                }
            }
            TokenKind::Name(name, Bracket::Bare) => match self.known_name(at, name) {
                Some(meaning) => self.push(meaning.spelling(lang)),
                None if normal(written) == **name => self.push(written),
                None => self.push(name),
            },
            TokenKind::Name(..) | TokenKind::Bad => self.push(written),
            TokenKind::Number { value, percent } => {
                let number = if *percent { language::percent(*value) } else { language::number(*value) };
                self.push(&number);
            }
            TokenKind::Date(first, last) => self.push(&date(*first, *last, lang)),
            TokenKind::MonthDay(month, day) => self.push(&format!("{month:02}-{day:02}")),
            TokenKind::Version(text) => self.push(text),
            TokenKind::Text(text) => self.push(&quoted(text, lang)),
            TokenKind::Sign(sign) => {
                let text = self.sign(at, *sign);
                self.push(text);
            }
            TokenKind::End | TokenKind::Comment { .. } | TokenKind::Blank => {}
        }
    }

    fn sign(&self, at: usize, sign: Sign) -> &'static str {
        let lang = self.context.lang;
        // 上限：不超过…: of the two words for it the one that ceilings are written with.
        if sign == Sign::AtMost && lang.is_chinese() && self.is_bounded() && !self.is_after_test(at) {
            return if lang == Lang::Zh { "不超过" } else { "不超過" };
        }
        let by_id = |id: &str| meaning_by_id(id);
        let (row, amount, english) = match sign {
            Sign::AtLeast => ("comparison.at-least", self.is_amount(at), "at least"),
            Sign::AtMost => ("comparison.at-most", self.is_amount(at), "at most"),
            // `average points >= 2 over core`.
            Sign::Over => {
                ("comparison.over", self.is_bound(at) || self.is_bounded() && !self.is_after_test(at), "over")
            }
            Sign::Under => ("comparison.under", self.is_bound(at), "under"),
            Sign::NotEquals => ("comparison.is-not", false, ""),
            Sign::Comma if lang.is_chinese() => return comma(self.kind(at + 1)),
            _ => return sign_text(sign, "", lang, None).to_static(),
        };
        if lang == Lang::En && amount { english } else { by_id(row).map_or("", |row| row.spelling(lang)) }
    }

    fn unit(&self, at: usize, unit: Meaning) -> &'static str {
        match at.checked_sub(1).and_then(|at| self.kind(at)) {
            Some(TokenKind::Number { value, .. }) => language::unit(unit, *value, self.context.lang),
            _ => unit.spelling(self.context.lang),
        }
    }

    /// The built-in fact, or dimension, that a bare name is.
    fn known_name(&self, at: usize, name: &str) -> Option<Meaning> {
        let is_dimension = self.maps_to.is_some_and(|maps_to| maps_to < at)
            || self.opened_by("declaration.statement") && name != "level"
            || at > 0 && self.reads_in_dimension(at - 1);
        let class = if is_dimension { Class::Dimension } else { Class::Fact };
        let found = language::english(name).iter().map(|(_, found)| found);
        found
            .filter(|found| found.rest.is_empty())
            .map(|found| found.meaning)
            .find(|meaning| meaning.class() == class)
    }

    /// Whether `in` stands here and names a dimension: `level >= f 5 in skill`, `covers 80% of target statements in skill`.
    fn reads_in_dimension(&self, at: usize) -> bool {
        let is_word = |at: usize, text: &str| matches!(self.kind(at), Some(TokenKind::Word(word, _)) if word.text() == text);
        let joins = |at: &usize| is_word(*at, "and") || is_word(*at, "or");
        let says = |at: usize| {
            is_word(at, "covers")
                || matches!(
                    self.kind(at),
                    Some(TokenKind::Sign(Sign::AtLeast | Sign::AtMost | Sign::Over | Sign::Under))
                )
        };
        let from = (0..at).rev().find(joins).map_or(0, |at| at + 1);
        is_word(at, "in") && (from..at).any(says)
    }

    /// The row that fits the place, of those that share a word.
    fn refined(&self, at: usize, meaning: Meaning) -> Meaning {
        let before = at.checked_sub(1).and_then(|at| self.kind(at));
        let id = match meaning.word().text() {
            "to" if !(self.opens && at == 0) => {
                let after_bound = match before {
                    Some(TokenKind::Number { .. } | TokenKind::Date(..) | TokenKind::MonthDay(..)) => true,
                    Some(TokenKind::Word(_, meaning)) => meaning.class() == Class::Unit,
                    _ => false,
                };
                let aims = self.opened_by("slot.never") || self.opened_by("slot.give");
                if aims && !after_bound { "join.to-target" } else { "join.to" }
            }
            "whole" => {
                if self.opened_by("slot.counts") {
                    "join.counts-whole"
                } else {
                    "join.whole"
                }
            }
            word @ ("hours" | "issuer" | "number") if self.opens && at == 0 => {
                let inside = self.context.container.map_or("", |container| container.word().text());
                match (word, inside) {
                    ("hours", _) => "slot.hours",
                    ("issuer", "document") => "slot.issuer",
                    ("issuer", _) => "fact.issuer",
                    _ => "slot.number",
                }
            }
            "refer to" if matches!(self.kind(at + 1), Some(TokenKind::Name(..))) && at > 0 => "join.refer",
            _ => return meaning,
        };
        meaning_by_id(id).unwrap_or(meaning)
    }

    /// A phrase whose English begins at a token: prints it and says where it ends.
    fn phrase(&mut self, at: usize) -> Option<usize> {
        if !self.context.phrases || !self.context.lang.is_chinese() {
            return None;
        }
        for phrase in phrases(self.context.lang) {
            let mut operands = Operands::default();
            let Some(end) = self.matches(phrase, at, &mut operands) else { continue };
            if !self.is_fitting(phrase, at, &operands) {
                continue;
            }
            for part in &phrase.parts {
                match *part {
                    Literal::Text(text) => self.push(text),
                    Literal::Operand { index, .. } => {
                        let (from, to) = operands.get(index as usize).copied().flatten()?;
                        for at in from..to {
                            self.token(at);
                        }
                    }
                }
            }
            return Some(end);
        }
        None
    }

    fn matches(&self, phrase: &Phrase, at: usize, operands: &mut Operands) -> Option<usize> {
        if phrase.is_opening() != (self.opens && at == 0 && phrase.is_opening()) {
            return None;
        }
        let mut at = at;
        for part in &phrase.english {
            let kind = self.kind(at)?;
            match *part {
                EnglishPart::Word(word, meaning) => {
                    let is_it = match kind {
                        TokenKind::Word(other, _) => *other == word,
                        TokenKind::Sign(sign) => sign_id(*sign) == Some(meaning.id()),
                        _ => false,
                    };
                    if !is_it || self.opens && at == 0 && !phrase.is_opening() {
                        return None;
                    }
                    at += 1;
                }
                EnglishPart::Fact(name) => {
                    if !matches!(kind, TokenKind::Name(other, Bracket::Bare) if **other == *name) {
                        return None;
                    }
                    at += 1;
                }
                EnglishPart::Number(value) => {
                    if !matches!(kind, TokenKind::Number { value: other, percent: false } if *other == value)
                    {
                        return None;
                    }
                    at += 1;
                }
                EnglishPart::Comma => {
                    if !matches!(kind, TokenKind::Sign(Sign::Comma)) {
                        return None;
                    }
                    at += 1;
                }
                EnglishPart::Operand { index, numeric } => {
                    let end = self.operand_end(at, numeric)?;
                    let slot = operands.get_mut(index as usize)?;
                    if let Some((from, to)) = *slot {
                        let equal = to - from == end - at
                            && (from..to).zip(at..end).all(|(a, b)| match (self.kind(a), self.kind(b)) {
                                (Some(a), Some(b)) => same(a, b),
                                _ => false,
                            });
                        if !equal {
                            return None;
                        }
                    }
                    *slot = Some((at, end));
                    at = end;
                }
            }
        }
        Some(at)
    }

    fn operand_end(&self, at: usize, numeric: bool) -> Option<usize> {
        match self.kind(at)? {
            TokenKind::Number { .. } => Some(match self.kind(at + 1) {
                Some(TokenKind::Word(_, unit)) if unit.class() == Class::Unit => at + 2,
                Some(TokenKind::Name(..)) => at + 2,
                _ => at + 1,
            }),
            _ if numeric => None,
            TokenKind::Name(..) | TokenKind::Date(..) => Some(at + 1),
            TokenKind::Word(_, meaning) if meaning.class() == Class::Value => Some(at + 1),
            _ => None,
        }
    }

    /// Whether a phrase says here what its English says.
    fn is_fitting(&self, phrase: &Phrase, at: usize, operands: &Operands) -> bool {
        let of_unit = operands.get(1).copied().flatten().is_some_and(|(from, to)| to - from == 2);
        let is_date = |index: usize| {
            let operand = operands.get(index).copied().flatten();
            operand.is_some_and(|(from, _)| matches!(self.kind(from), Some(TokenKind::Date(..))))
        };
        let within_force =
            self.opened_by("slot.in-force")
                || self.line.get(..at).unwrap_or_default().iter().any(
                    |token| matches!(&token.kind, TokenKind::Word(word, _) if word.text() == "in force"),
                );
        match phrase.meaning.id() {
            "pattern.under" => self.is_bound(at),
            "pattern.at-least" | "pattern.at-most" => self.is_amount(at) && !self.is_bounded(),
            "pattern.target-credits" | "pattern.source-credits" => self.opened_by("slot.give"),
            "pattern.one-of" => false,
            "pattern.credits-of" => of_unit,
            "pattern.of-items" | "pattern.up-to-of" => !of_unit,
            "pattern.in-force-window" => is_date(1) && is_date(2),
            "pattern.in-force-from" => is_date(1),
            "pattern.by-date" => within_force || self.is_bounded(),
            "pattern.average" => self.opened_by("declaration.require"),
            "pattern.share-with" | "pattern.share-all-with" => self.opened_by("slot.share"),
            "pattern.cut" | "pattern.cut-by" => self.opened_by("slot.test-expect"),
            "pattern.unpublished-of"
            | "pattern.limit-from"
            | "pattern.limit-from-each"
            | "pattern.limit-to"
            | "pattern.limit-to-each"
            | "pattern.distinct"
            | "pattern.per-near"
            | "pattern.per-same"
            | "pattern.per-rule"
            | "pattern.per-achievement"
            | "pattern.per-outcome"
            | "pattern.per-target" => self.is_bounded(),
            "pattern.in-dimension" => self.reads_in_dimension(at),
            "pattern.comparison-of" => self.opened_by("declaration.comparison"),
            "pattern.mark-value" => self.opened_by("slot.example"),
            _ => true,
        }
    }
}

/// The words that begin a part of a limit or a requirement, before which Chinese puts a comma and English none.
pub(super) fn is_part(word: &str) -> bool {
    matches!(
        word,
        "from"
            | "to"
            | "where"
            | "among last"
            | "per"
            | "when"
            | "surplus lost"
            | "surplus to"
            | "surplus kept"
            | "in principle"
            | "cite"
            | "counting converted"
            | "counting earned here"
            | "by"
    )
}

trait ToStatic {
    fn to_static(&self) -> &'static str;
}

impl ToStatic for str {
    /// Signs are few, and all of them known.
    fn to_static(&self) -> &'static str {
        ["：", ":", "→", "->", "＝", "=", "（", "(", "）", ")", "｜", "|", "｛", "{", "｝", "}", "-", ","]
            .into_iter()
            .find(|known| *known == self)
            .unwrap_or_default()
    }
}

fn sign_id(sign: Sign) -> Option<&'static str> {
    Some(match sign {
        Sign::AtLeast => "comparison.at-least",
        Sign::AtMost => "comparison.at-most",
        Sign::Over => "comparison.over",
        Sign::Under => "comparison.under",
        _ => return None,
    })
}

/// A date as far as it is known.
fn date(first: Date, last: Date, lang: Lang) -> String {
    if first == last {
        return language::date(first, lang);
    }
    if lang.is_chinese() {
        format!("{}年{}月", first.year(), first.month())
    } else {
        format!("{:04}-{:02}", first.year(), first.month())
    }
}

/// A text in the quotation marks of a language, or in the first pair that it does not hold.
fn quoted(text: &str, lang: Lang) -> String {
    let pairs = match lang {
        Lang::En => [("\"", "\""), ("“", "”"), ("「", "」")],
        Lang::Zh => [("“", "”"), ("\"", "\""), ("「", "」")],
        Lang::ZhHant => [("「", "」"), ("“", "”"), ("\"", "\"")],
    };
    let (open, close) = pairs.into_iter().find(|(_, close)| !text.contains(close)).unwrap_or(("\"", "\""));
    format!("{open}{text}{close}")
}

//! How spellings are found in text: by their first English word, by their first Chinese character, or as a whole piece.
//!
//! Where a spelling may stand decides what it means, so every look-up names a [`Place`]. The maps are built once and hold
//! the spellings of all languages together: one file may mix them.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::phrase::Phrase;
use super::table::{Class, Lang, Meaning, TABLE, Table, Word, meaning_by_id, word};

/// Where a word stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Place {
    /// Where a statement starts.
    Start,
    /// Elsewhere in a statement.
    Operand,
    /// Directly after a number.
    Number,
    /// In `give`, in a cell, after an arrow.
    Effect,
    /// After an arrow.
    Verdict,
    /// After `maps to`.
    Dimension,
}

impl Place {
    /// Every place.
    pub const ALL: [Place; 6] =
        [Place::Start, Place::Operand, Place::Number, Place::Effect, Place::Verdict, Place::Dimension];

    fn takes(self, class: Class) -> bool {
        match class {
            Class::Declaration | Class::Slot => self == Place::Start,
            Class::Fact => matches!(self, Place::Start | Place::Operand),
            Class::Owner | Class::Join | Class::Comparison | Class::Value | Class::Rounding => {
                self == Place::Operand
            }
            Class::Unit => self == Place::Number,
            Class::Effect => self == Place::Effect,
            Class::Verdict | Class::Reason => self == Place::Verdict,
            Class::Dimension => self == Place::Dimension,
            Class::Pattern | Class::Opening | Class::Inner => false,
        }
    }
}

/// An English spelling, found by its first word.
#[derive(Clone, Copy, Debug)]
pub struct English {
    /// The words after the first, one space apart; empty for a single word.
    pub rest: &'static str,
    /// What it means.
    pub meaning: Meaning,
}

/// A spelling that may stand inside Chinese text without spaces.
#[derive(Clone, Copy, Debug)]
pub struct Piece {
    /// Its (first) fixed text.
    pub text: &'static str,
    /// What it is.
    pub kind: PieceKind,
}

/// What may stand inside Chinese text without spaces.
#[derive(Clone, Copy, Debug)]
pub enum PieceKind {
    /// A long operator: splits wherever it stands.
    Operator(Meaning),
    /// A word that holds an operator or a particle itself: read only as a whole piece.
    Whole(Meaning),
    /// A phrase with operands.
    Phrase(&'static Phrase),
    /// 的: a boundary and nothing else.
    Particle,
}

/// Words that are read only in statements which begin with certain words. Everywhere else they are free to be names.
const ONLY_IN: &[(&str, &[&str])] = &[
    ("join.any-numeric-scale", &["map"]),
    ("join.best", &["linear"]),
    ("join.by-weight", &["when", "unless"]),
    ("join.comparison-only", &["status"]),
    ("join.endorsed", &["status"]),
    ("join.formerly", &["dimension"]),
    ("join.in-every-dimension", &["when", "unless"]),
    ("join.not-endorsed", &["status"]),
    ("join.proposed", &["status"]),
    ("join.requires", &["title"]),
    ("join.weight", &["statement"]),
    ("join.where", &["when", "unless", "limit", "require"]),
    ("join.with", &["comparison", "share"]),
    ("join.at-level", &["example"]),
    ("join.not-for", &["example"]),
    ("join.only-for", &["example"]),
    ("join.by-hours", &["give", "example", "count"]),
    ("join.by-year", &["give", "example", "count"]),
    ("join.because", &["never", "otherwise", "refer to", "refuse", "give", "waived"]),
    ("join.average", &["require"]),
    ("join.among-last", BOUNDED),
    ("join.counted", BOUNDED),
    ("join.counting-converted", BOUNDED),
    ("join.counting-earned-here", BOUNDED),
    ("join.cut", &["expect"]),
    ("join.each-of", BOUNDED),
    ("join.excluding", BOUNDED),
    ("join.fulfilled", &["expect"]),
    ("join.in-principle", BOUNDED),
    ("join.planned", BOUNDED),
    ("join.required", BOUNDED),
    ("join.short", &["expect"]),
    ("join.span", BOUNDED),
    ("join.starts", &["period"]),
    ("join.sum", &["combine"]),
    ("join.surplus-kept", BOUNDED),
    ("join.surplus-lost", BOUNDED),
    ("join.surplus-to", BOUNDED),
    ("join.cite", &["never", "reading", "limit", "require", "title"]),
    ("join.contact", &["fact", "open", "hours", "give"]),
    ("join.elsewhere", &["descriptors", "mark", "statement"]),
    ("join.equivalent", &["replaces"]),
    ("join.everywhere", &["count"]),
    ("join.fixed", &["fact"]),
    ("join.for-each-of", &["total over"]),
    ("join.hash", &["clause"]),
    ("join.gives", &["ratio"]),
    ("join.in-distinct", &["from", "when", "unless"]),
    ("join.in-one", &["from", "when", "unless"]),
    ("join.in-unit", &["give", "example", "count"]),
    ("join.if", &["fact"]),
    ("join.mark", &["example"]),
    ("join.never", &["convert again"]),
    ("join.notional", &["fact", "open", "hours", "give"]),
    ("join.once", &["convert again"]),
    ("join.optional", &["fact"]),
    ("join.pass-mark", &["linear"]),
    ("join.proof", &["fact"]),
    ("join.similar", &["when", "unless", "condition", "give", "never"]),
    ("join.unless", &["never", "give", "lapses", "at level", "as", "not for", "only for", "of which"]),
    ("join.unverified", &["status"]),
    ("join.version", &["package", "use"]),
    (
        "join.when",
        &["never", "give", "limit", "require", "at level", "as", "not for", "only for", "of which"],
    ),
    ("join.whole", &["fact", "open", "counts"]),
    ("join.counts-whole", &["counts"]),
    ("pattern.among-last", BOUNDED),
    ("pattern.average", &["require"]),
    ("pattern.counted-courses", BOUNDED),
    ("pattern.counted-credits", BOUNDED),
    ("pattern.counted-credits-of", BOUNDED),
    ("pattern.counted-hours", BOUNDED),
    ("pattern.cut", &["expect"]),
    ("pattern.cut-by", &["expect"]),
    ("pattern.distinct", BOUNDED),
    ("pattern.limit-from", BOUNDED),
    ("pattern.limit-from-each", BOUNDED),
    ("pattern.limit-to", BOUNDED),
    ("pattern.limit-to-each", BOUNDED),
    ("pattern.per-achievement", BOUNDED),
    ("pattern.per-near", BOUNDED),
    ("pattern.per-outcome", BOUNDED),
    ("pattern.per-rule", BOUNDED),
    ("pattern.per-same", BOUNDED),
    ("pattern.per-target", BOUNDED),
    ("pattern.planned-courses", BOUNDED),
    ("pattern.planned-credits", BOUNDED),
    ("pattern.planned-hours", BOUNDED),
    ("pattern.required-courses", BOUNDED),
    ("pattern.required-credits", BOUNDED),
    ("pattern.required-credits-of", BOUNDED),
    ("pattern.required-hours", BOUNDED),
    ("pattern.share-all-with", &["share"]),
    ("pattern.share-with", &["share"]),
    ("pattern.surplus-to", BOUNDED),
    ("pattern.unpublished-of", BOUNDED),
    ("pattern.saying-access", &["give", "example"]),
    ("pattern.saying-at-most", &["give"]),
    ("pattern.saying-by", &["give", "mark", "combine highest"]),
    ("pattern.saying-carried", &["mark"]),
    ("pattern.saying-first-rank", &["give"]),
    ("pattern.saying-is-or-above", &["when", "unless"]),
    ("pattern.saying-maps-to", &["dimension"]),
    ("pattern.saying-one-decimal", &["give"]),
    ("pattern.saying-only-if", &["fact"]),
    ("pattern.saying-two-decimals", &["give"]),
    ("pattern.saying-up-to", &["from", "to"]),
    ("pattern.saying-whole-down", &["give"]),
    ("pattern.saying-whole-up", &["give"]),
];

/// The sentence of limits and requirements.
const BOUNDED: &[&str] = &["limit", "require"];

/// Words that begin a statement only in the body of certain declarations. Everywhere else they are free to be names of facts.
const ONLY_WITHIN: &[(&str, &[&str])] = &[
    ("slot.period", &["body"]),
    ("slot.share", &["programme", "block"]),
    ("slot.test-asks", &["test"]),
    ("slot.test-expect", &["test"]),
    ("slot.test-granted", &["test"]),
    ("slot.test-holds", &["test"]),
    ("slot.test-judged", &["test"]),
    ("slot.test-on", &["test"]),
    ("slot.test-waived", &["test"]),
];

struct Maps {
    english: FxHashMap<&'static str, Vec<(Place, English)>>,
    exact: FxHashMap<&'static str, Vec<(Place, Meaning)>>,
    starts: FxHashMap<char, Vec<Piece>>,
    pieces: FxHashMap<char, Vec<Piece>>,
    gathers: Box<[u64]>,
    units: Vec<&'static str>,
    only_in: FxHashMap<Meaning, Vec<Word>>,
    /// By the number of the meaning: nearly every statement asks.
    only_within: Vec<Option<Vec<Word>>>,
}

static MAPS: LazyLock<Maps> = LazyLock::new(|| Maps::new(&TABLE));

impl Maps {
    fn new(table: &'static Table) -> Maps {
        let mut maps = Maps {
            english: FxHashMap::default(),
            exact: FxHashMap::default(),
            starts: FxHashMap::default(),
            pieces: FxHashMap::default(),
            gathers: vec![0; 0x1_0000 / 64].into(),
            units: Vec::new(),
            only_in: FxHashMap::default(),
            only_within: vec![None; table.rows.len()],
        };
        let words = |openings: &[&str]| openings.iter().filter_map(|opening| word(opening)).collect();
        for (id, openings) in ONLY_IN {
            if let Some(meaning) = meaning_by_id(id) {
                maps.only_in.insert(meaning, words(openings));
            }
        }
        for (id, containers) in ONLY_WITHIN {
            let place = meaning_by_id(id).and_then(|meaning| maps.only_within.get_mut(meaning.0 as usize));
            if let Some(place) = place {
                *place = Some(words(containers));
            }
        }
        for (meaning, row) in table.meanings() {
            for place in Place::ALL.into_iter().filter(|place| place.takes(row.class)) {
                for spelling in &row.spellings[Lang::En as usize] {
                    let (first, rest) = spelling.text.split_once(' ').unwrap_or((spelling.text, ""));
                    let list = maps.english.entry(first).or_default();
                    list.push((place, English { rest, meaning }));
                }
                for spelling in
                    [Lang::Zh, Lang::ZhHant].into_iter().flat_map(|lang| &row.spellings[lang as usize])
                {
                    let text = spelling.text;
                    let known = maps.exact.entry(text).or_default();
                    if !known.iter().any(|&(other, _)| other == place) {
                        known.push((place, meaning));
                    }
                    if place == Place::Start {
                        maps.starts.add(Piece { text, kind: PieceKind::Whole(meaning) });
                    }
                    if place == Place::Number {
                        maps.units.push(text);
                    }
                    if spelling.splits && place == Place::Operand {
                        maps.pieces.add(Piece { text, kind: PieceKind::Operator(meaning) });
                    }
                }
            }
        }
        for phrase in &table.phrases {
            let piece = Piece { text: phrase.first_text(), kind: PieceKind::Phrase(phrase) };
            if table.row(phrase.meaning).is_some_and(|row| row.class == Class::Opening) {
                maps.starts.add(piece)
            } else {
                maps.pieces.add(piece)
            }
        }
        maps.pieces.add(Piece { text: "的", kind: PieceKind::Particle });
        maps.add_whole_words();
        maps.sort();
        maps
    }

    /// Words that hold the first character of a piece must be tried as a whole before they are split.
    fn add_whole_words(&mut self) {
        let mut whole = Vec::new();
        for (&text, meanings) in &self.exact {
            let operand = meanings.iter().find(|(place, _)| !matches!(place, Place::Start | Place::Number));
            let held = text.chars().any(|character| self.pieces.contains_key(&character));
            if let (Some(&(_, meaning)), true) = (operand, held && text != "每") {
                whole.push(Piece { text, kind: PieceKind::Whole(meaning) });
            }
        }
        // Map order must decide nothing.
        whole.sort_unstable_by_key(|piece| piece.text);
        for piece in whole {
            self.pieces.add(piece);
        }
        // 每 alone is a particle that means `per`.
        if let Some(&(_, per)) = self.exact.get("每").and_then(|list| list.first()) {
            self.pieces.add(Piece { text: "每", kind: PieceKind::Operator(per) });
        }
    }

    fn sort(&mut self) {
        for list in self.english.values_mut() {
            list.sort_by_key(|(place, english)| (*place, std::cmp::Reverse(english.rest.len())));
        }
        for list in self.starts.values_mut().chain(self.pieces.values_mut()) {
            list.sort_by_key(|piece| std::cmp::Reverse(piece.fixed_len()));
        }
        self.units.sort_by_key(|unit| std::cmp::Reverse(unit.len()));
        self.units.dedup();
        for &character in self.pieces.keys() {
            if let Some(bits) = self.gathers.get_mut(character as usize / 64) {
                *bits |= 1 << (character as usize % 64);
            }
        }
    }
}

trait AddPiece {
    fn add(&mut self, piece: Piece);
}

impl AddPiece for FxHashMap<char, Vec<Piece>> {
    fn add(&mut self, piece: Piece) {
        let Some(first) = piece.text.chars().next() else { return };
        let list = self.entry(first).or_default();
        let same = |other: &Piece| {
            other.text == piece.text
                && match (&other.kind, &piece.kind) {
                    (PieceKind::Phrase(a), PieceKind::Phrase(b)) => a.parts == b.parts,
                    (PieceKind::Phrase(_), _) | (_, PieceKind::Phrase(_)) => false,
                    _ => true,
                }
        };
        if !list.iter().any(same) {
            list.push(piece);
        }
    }
}

impl Piece {
    /// How much fixed text it has, in bytes: the longest is tried first.
    pub fn fixed_len(&self) -> usize {
        if let PieceKind::Phrase(phrase) = self.kind { phrase.fixed_len() } else { self.text.len() }
    }
}

/// The spellings that begin with an English word (or a sign), with the places where they are read; in the order of
/// places, the longest first.
pub fn english(first: &str) -> &'static [(Place, English)] {
    MAPS.english.get(first).map_or(&[], Vec::as_slice)
}

/// What a whole Chinese piece means at a place.
pub fn exact(text: &str, place: Place) -> Option<Meaning> {
    let list = MAPS.exact.get(text)?;
    list.iter().find(|(other, _)| *other == place).map(|&(_, meaning)| meaning)
}

/// Whether a word is read in a statement that begins with `opening`.
pub fn is_read_in(meaning: Meaning, opening: Option<Meaning>) -> bool {
    match MAPS.only_in.get(&meaning) {
        Some(openings) => opening.is_some_and(|opening| openings.contains(&opening.word())),
        None => true,
    }
}

/// Whether a word begins a statement in the body of a declaration that begins with `container`.
pub fn begins_within(meaning: Meaning, container: Option<Meaning>) -> bool {
    match MAPS.only_within.get(meaning.0 as usize).and_then(Option::as_ref) {
        Some(words) => container.is_some_and(|container| words.contains(&container.word())),
        None => true,
    }
}

/// Whether a word is read in some statements only.
pub fn is_read_in_some(meaning: Meaning) -> bool {
    MAPS.only_in.contains_key(&meaning)
}

/// Whether a character begins something that may stand inside Chinese text without spaces.
pub fn gathers(character: char) -> bool {
    MAPS.gathers.get(character as usize / 64).is_some_and(|bits| bits >> (character as usize % 64) & 1 == 1)
}

/// What may stand inside Chinese text and begins with this character, the longest first.
pub fn pieces(first: char) -> &'static [Piece] {
    MAPS.pieces.get(&first).map_or(&[], Vec::as_slice)
}

/// The Chinese words that begin a statement and begin with this character, the longest first.
pub fn start_spellings(first: char) -> &'static [Piece] {
    MAPS.starts.get(&first).map_or(&[], Vec::as_slice)
}

/// The longest Chinese unit at the beginning of a text.
pub fn unit_prefix(text: &str) -> Option<&'static str> {
    MAPS.units.iter().copied().find(|unit| text.starts_with(unit))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]

    use std::collections::{BTreeMap, BTreeSet};

    use super::*;

    /// What the grammar sees of a meaning.
    fn canonical(meaning: Meaning) -> &'static str {
        meaning.word().text()
    }

    #[test]
    fn a_spelling_leads_at_one_place_to_one_english_word() {
        let mut led: BTreeMap<(Place, &str), BTreeSet<&str>> = BTreeMap::new();
        for (meaning, row) in TABLE.meanings() {
            for place in Place::ALL.into_iter().filter(|place| place.takes(row.class)) {
                for spelling in row.spellings.iter().flatten() {
                    led.entry((place, spelling.text)).or_default().insert(canonical(meaning));
                }
            }
        }
        let torn: Vec<_> = led.iter().filter(|(_, words)| words.len() > 1).collect();
        assert!(torn.is_empty(), "{torn:#?}");
    }

    #[test]
    fn words_that_are_read_only_in_some_statements_are_words_and_so_are_the_openings() {
        for (id, openings) in ONLY_WITHIN {
            let meaning = meaning_by_id(id).unwrap_or_else(|| panic!("{id}"));
            assert!(openings.iter().all(|opening| word(opening).is_some()), "{id}");
            assert!(!begins_within(meaning, None), "{id}");
        }
        for (id, openings) in ONLY_IN {
            let meaning = meaning_by_id(id).unwrap_or_else(|| panic!("{id}"));
            assert!(openings.iter().all(|opening| word(opening).is_some()), "{id}");
            assert!(!is_read_in(meaning, None), "{id}");
        }
        let (fact, rule) = (meaning_by_id("slot.fact"), meaning_by_id("declaration.rule"));
        let fixed = meaning_by_id("join.fixed").unwrap();
        assert!(is_read_in(fixed, fact) && !is_read_in(fixed, rule));
    }

    #[test]
    fn a_phrase_is_spelled_like_no_other() {
        let mut led: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
        for phrase in &TABLE.phrases {
            led.entry(format!("{:?}", phrase.parts)).or_default().insert(phrase.meaning.id());
        }
        let torn: Vec<_> = led.iter().filter(|(_, ids)| ids.len() > 1).collect();
        assert!(torn.is_empty(), "{torn:#?}");
    }

    #[test]
    fn words_are_found_where_they_stand() {
        let id = |text: &str, place| exact(text, place).map(Meaning::id);
        assert_eq!(id("学分", Place::Start), Some("fact.credits"));
        assert_eq!(id("学分", Place::Number), Some("unit.credit"));
        assert_eq!(id("不予认定", Place::Operand), Some("join.refuse"));
        assert_eq!(id("不予认定", Place::Verdict), Some("verdict.refused"));
        assert_eq!(id("大学物理", Place::Operand), None);
        let not = english("not").iter().filter(|(place, _)| *place == Place::Operand);
        assert_eq!(
            not.map(|(_, found)| found.rest).collect::<Vec<_>>(),
            ["endorsed", "stated", "for", "in", ""]
        );
    }

    #[test]
    fn the_longest_piece_comes_first() {
        assert!(gathers('不') && gathers('每') && gathers('的') && !gathers('英'));
        assert_eq!(pieces('以')[0].text, "以下（不含）");
        assert!(pieces('每').last().is_some_and(|piece| piece.text == "每"));
        assert_eq!(start_spellings('学')[0].text, "学习成果框架");
        assert_eq!(unit_prefix("个月内"), Some("个月"));
        assert!(meaning_by_id("opening.never-from").is_some_and(|never| {
            start_spellings('不')
                .iter()
                .any(|piece| matches!(piece.kind, PieceKind::Phrase(p) if p.meaning == never))
        }));
    }
}

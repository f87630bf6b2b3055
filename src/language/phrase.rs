//! Phrases: rows of class `pattern`, whose Chinese puts its operands in another order than the English.

use crate::quantity::Ratio;

use super::table::{Class, Lang, Meaning, Table, Word};

/// A phrase as one language spells it, with the English words that it stands for.
#[derive(Clone, Debug)]
pub struct Phrase {
    /// Its row.
    pub meaning: Meaning,
    /// The language of this spelling.
    pub lang: Lang,
    /// Literal pieces and operands as they are spelled; it has a literal, and no two operands touch.
    pub parts: Vec<Literal>,
    /// The same in the order of the grammar.
    pub english: Vec<EnglishPart>,
}

/// A piece of a spelled phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Literal {
    /// Fixed text.
    Text(&'static str),
    /// An operand, by its number; `numeric` where it must be a number or quantity.
    Operand {
        /// Its number in the row.
        index: u8,
        /// Whether it must be a number, perhaps with a unit.
        numeric: bool,
    },
}

/// A piece of the English of a phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EnglishPart {
    /// A word; the meaning is the row that has no operands.
    Word(Word, Meaning),
    /// The name of a built-in fact.
    Fact(&'static str),
    /// A number.
    Number(Ratio),
    /// A comma.
    Comma,
    /// An operand, by its number.
    Operand {
        /// Its number in the row.
        index: u8,
        /// Whether it must be a number, perhaps with a unit.
        numeric: bool,
    },
}

impl Phrase {
    /// Every spelling of every phrase of the table.
    pub(super) fn all(table: &Table) -> Vec<Phrase> {
        let mut phrases: Vec<Phrase> = Vec::new();
        let is_phrase = |class: Class| matches!(class, Class::Pattern | Class::Opening);
        for (meaning, row) in table.meanings().filter(|(_, row)| is_phrase(row.class)) {
            let Some(english) = row.spellings[0].first() else { continue };
            let english = english_parts(table, english.text, row.class == Class::Opening);
            for lang in [Lang::Zh, Lang::ZhHant] {
                for spelling in &row.spellings[lang as usize] {
                    let parts = literal_parts(spelling.text);
                    let known = phrases.iter().any(|other| other.meaning == meaning && other.parts == parts);
                    // The printed spelling stands once for each language, others once.
                    if !known || row.spellings[lang as usize].first().is_some_and(|s| s.text == spelling.text)
                    {
                        phrases.push(Phrase { meaning, lang, parts, english: english.clone() });
                    }
                }
            }
        }
        phrases
    }

    /// The spelling that a language prints.
    pub fn printed(meaning: Meaning, lang: Lang) -> Option<&'static Phrase> {
        super::table::TABLE.phrases.iter().find(|phrase| phrase.meaning == meaning && phrase.lang == lang)
    }

    /// Every phrase as a language prints it, in the order of the table.
    pub fn all_printed(lang: Lang) -> impl Iterator<Item = &'static Phrase> {
        let mut last = None;
        super::table::TABLE
            .phrases
            .iter()
            .filter(|phrase| !phrase.is_only_read())
            .filter(move |phrase| phrase.lang == lang && last.replace(phrase.meaning) != Some(phrase.meaning))
    }

    /// How much fixed text it has, in bytes.
    pub fn fixed_len(&self) -> usize {
        self.parts.iter().map(|part| if let Literal::Text(text) = part { text.len() } else { 0 }).sum()
    }

    /// Its first fixed text.
    pub fn first_text(&self) -> &'static str {
        let texts = self
            .parts
            .iter()
            .find_map(|part| if let Literal::Text(text) = part { Some(*text) } else { None });
        texts.unwrap_or_default()
    }

    /// Whether it begins a statement.
    pub fn is_opening(&self) -> bool {
        self.meaning.class() == Class::Opening
    }

    /// Whether it is read and never printed: another way of saying what other rows say.
    pub fn is_only_read(&self) -> bool {
        self.meaning.id().contains(".saying-")
    }

    /// Whether it has no operand.
    pub fn is_fixed(&self) -> bool {
        self.parts.iter().all(|part| matches!(part, Literal::Text(_)))
    }
}

fn literal_parts(spelling: &'static str) -> Vec<Literal> {
    let mut parts = Vec::new();
    for piece in spelling.split_inclusive('}') {
        let (text, operand) =
            piece.split_once('{').map_or((piece, None), |(text, operand)| (text, Some(operand)));
        if !text.is_empty() {
            parts.push(Literal::Text(text));
        }
        if let Some((index, numeric)) = operand.and_then(operand_of) {
            parts.push(Literal::Operand { index, numeric });
        }
    }
    parts
}

fn operand_of(inside: &str) -> Option<(u8, bool)> {
    let inside = inside.strip_suffix('}')?;
    match inside.strip_prefix('n') {
        Some(index) => Some((index.parse().ok()?, true)),
        None => Some((inside.parse().ok()?, false)),
    }
}

/// Reads the English of a phrase into words of other rows, the longest first.
fn english_parts(table: &Table, english: &'static str, opening: bool) -> Vec<EnglishPart> {
    let words: Vec<&'static str> = english.split(' ').collect();
    let mut parts = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let one = words[at];
        if let Some((index, numeric)) = one.strip_prefix('{').and_then(operand_of) {
            parts.push(EnglishPart::Operand { index, numeric });
            at += 1;
        } else if one == "," {
            parts.push(EnglishPart::Comma);
            at += 1;
        } else if let Ok(number) = Ratio::parse(one) {
            parts.push(EnglishPart::Number(number));
            at += 1;
        } else {
            let longest = (at + 1..=words.len()).rev().find_map(|end| {
                let text = words[at..end].join(" ");
                row_of(table, &text, opening && at == 0).map(|part| (end, part))
            });
            // A test proves that every word is found.
            let Some((end, part)) = longest else { return Vec::new() };
            parts.push(part);
            at = end;
        }
    }
    parts
}

fn row_of(table: &Table, text: &str, first: bool) -> Option<EnglishPart> {
    let rank = |class: Class| match class {
        Class::Slot if first => 0,
        Class::Owner => 0,
        Class::Fact => 2,
        Class::Slot => 3,
        // `per rank`, where no fact of the language is called so.
        Class::Unit => 8,
        // `planned courses`, `per same`: names that only phrases spell.
        Class::Inner => 0,
        Class::Pattern | Class::Opening | Class::Verdict | Class::Declaration => 9,
        _ => 1,
    };
    let rows = table.meanings().filter(|(_, row)| row.word.is(table, text) && rank(row.class) < 9);
    let (meaning, row) = rows.min_by_key(|(_, row)| rank(row.class))?;
    let printed = row.spellings[0].first()?.text;
    Some(if matches!(row.class, Class::Fact | Class::Unit | Class::Inner) {
        EnglishPart::Fact(printed)
    } else {
        EnglishPart::Word(row.word, meaning)
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::super::table::{TABLE, meaning_by_id};
    use super::*;

    #[test]
    fn a_phrase_knows_its_pieces_and_its_english_order() {
        let phrase = Phrase::printed(meaning_by_id("pattern.within-before").unwrap(), Lang::Zh).unwrap();
        let (second, length) =
            (Literal::Operand { index: 2, numeric: false }, Literal::Operand { index: 1, numeric: true });
        assert_eq!(
            phrase.parts,
            [Literal::Text("在"), second, Literal::Text("前"), length, Literal::Text("内")]
        );
        let words: Vec<&str> = phrase
            .english
            .iter()
            .filter_map(|part| if let EnglishPart::Word(word, _) = part { Some(word.text()) } else { None })
            .collect();
        assert_eq!(words, ["within", "before"]);
    }

    #[test]
    fn every_phrase_is_spelled_with_words_of_other_rows_and_all_of_its_operands() {
        for phrase in &TABLE.phrases {
            let id = phrase.meaning.id();
            assert!(!phrase.english.is_empty(), "{id}: a word of its English stands in no other row");
            assert!(!phrase.first_text().is_empty(), "{id}: no fixed text");
            let both = phrase
                .parts
                .windows(2)
                .all(|two| !two.iter().all(|part| matches!(part, Literal::Operand { .. })));
            assert!(both, "{id}: two operands touch");
            let mut ours: Vec<(u8, bool)> = phrase
                .parts
                .iter()
                .filter_map(|part| {
                    if let Literal::Operand { index, numeric } = *part {
                        Some((index, numeric))
                    } else {
                        None
                    }
                })
                .collect();
            let mut english: Vec<(u8, bool)> = phrase
                .english
                .iter()
                .filter_map(|part| {
                    if let EnglishPart::Operand { index, numeric } = *part {
                        Some((index, numeric))
                    } else {
                        None
                    }
                })
                .collect();
            ours.sort_unstable();
            ours.dedup();
            english.sort_unstable();
            english.dedup();
            assert_eq!(ours, english, "{id}");
        }
    }
}

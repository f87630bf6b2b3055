//! The keyword table, parsed once.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::phrase::Phrase;

/// A language in which QF is written and answers are given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Lang {
    /// English.
    En,
    /// Chinese in simplified characters.
    Zh,
    /// Chinese in traditional characters, in Hong Kong terms.
    ZhHant,
}

impl Lang {
    /// Every language, in the order of the table's columns.
    pub const ALL: [Lang; 3] = [Lang::En, Lang::Zh, Lang::ZhHant];

    /// `en`, `zh`, `zh-Hant`.
    pub const fn tag(self) -> &'static str {
        match self {
            Lang::En => "en",
            Lang::Zh => "zh",
            Lang::ZhHant => "zh-Hant",
        }
    }

    /// The language of a tag.
    pub fn from_tag(tag: &str) -> Option<Lang> {
        Lang::ALL.into_iter().find(|lang| lang.tag() == tag)
    }

    /// Whether it is written in Chinese characters: full-width signs, no spaces, no plurals.
    pub const fn is_chinese(self) -> bool {
        !matches!(self, Lang::En)
    }
}

/// A row of the keyword table: one meaning, spelled in every language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Meaning(pub u16);

/// A canonical English word or phrase; several meanings may share one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Word(pub u16);

/// What kind of word a row is; it decides where its spellings are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Class {
    /// Begins a declaration; read where a statement starts.
    Declaration,
    /// Begins a slot; read where a statement starts.
    Slot,
    /// A built-in fact: stands where a name stands, and where a statement starts.
    Fact,
    /// Says whose fact is meant.
    Owner,
    /// Joins operands.
    Join,
    /// Compares.
    Comparison,
    /// A value or a domain.
    Value,
    /// A unit; read directly after a number.
    Unit,
    /// Says how to round.
    Rounding,
    /// What a rule does besides giving credits; read in `give`, in a cell and after an arrow.
    Effect,
    /// What an example expects; read after an arrow.
    Verdict,
    /// Why an example expects a refusal; read after an arrow.
    Reason,
    /// One of the four dimensions; stands where a name stands, after `maps to`.
    Dimension,
    /// A whole phrase with operands.
    Pattern,
    /// A whole phrase that begins a statement.
    Opening,
    /// A name in the English of a phrase; nothing is read by such a row alone.
    Inner,
}

impl Class {
    fn parse(text: &str) -> Option<Class> {
        Some(match text {
            "declaration" => Class::Declaration,
            "slot" => Class::Slot,
            "fact" => Class::Fact,
            "owner" => Class::Owner,
            "join" => Class::Join,
            "comparison" => Class::Comparison,
            "value" => Class::Value,
            "unit" => Class::Unit,
            "rounding" => Class::Rounding,
            "effect" => Class::Effect,
            "verdict" => Class::Verdict,
            "reason" => Class::Reason,
            "dimension" => Class::Dimension,
            "pattern" => Class::Pattern,
            "opening" => Class::Opening,
            "inner" => Class::Inner,
            _ => return None,
        })
    }
}

/// Whether a meaning is built.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum State {
    /// It means something.
    Built,
    /// Known, and answered "not yet supported" at its place.
    Later,
}

/// One row.
pub(super) struct Row {
    pub(super) id: &'static str,
    pub(super) class: Class,
    pub(super) state: State,
    pub(super) word: Word,
    /// Spellings by language, printed one first, without the marks of the table.
    pub(super) spellings: [Vec<Spelling>; 3],
}

/// One spelling of a meaning in one language.
#[derive(Clone, Copy)]
pub(super) struct Spelling {
    pub(super) text: &'static str,
    /// Whether it may stand inside Chinese text without spaces.
    pub(super) splits: bool,
}

/// The whole table.
pub(super) struct Table {
    pub(super) rows: Vec<Row>,
    words: Vec<&'static str>,
    by_id: FxHashMap<&'static str, Meaning>,
    by_word: FxHashMap<&'static str, Word>,
    pub(super) phrases: Vec<Phrase>,
}

pub(super) static TABLE: LazyLock<Table> = LazyLock::new(|| Table::parse(accredit_grammar::KEYWORDS));

impl Table {
    /// Lines that are no row are left out; a test proves that there are none.
    fn parse(text: &'static str) -> Table {
        let mut table = Table {
            rows: Vec::new(),
            words: Vec::new(),
            by_id: FxHashMap::default(),
            by_word: FxHashMap::default(),
            phrases: Vec::new(),
        };
        for line in text.lines() {
            table.add(line);
        }
        table.phrases = Phrase::all(&table);
        table
    }

    fn add(&mut self, line: &'static str) -> Option<()> {
        if line.starts_with('#') {
            return None;
        }
        let mut cells = line.split('\t');
        let (id, class, state) = (cells.next()?, Class::parse(cells.next()?)?, cells.next()?);
        let state = if state == "later" { State::Later } else { State::Built };
        let spellings = [cells.next()?, cells.next()?, cells.next()?].map(spellings);
        let canonical = spellings[0].first()?.text;
        let next = Word(u16::try_from(self.words.len()).ok()?);
        let word = *self.by_word.entry(canonical).or_insert(next);
        if word == next {
            self.words.push(canonical);
        }
        let meaning = Meaning(u16::try_from(self.rows.len()).ok()?);
        self.by_id.insert(id, meaning);
        self.rows.push(Row { id, class, state, word, spellings });
        Some(())
    }

    pub(super) fn row(&self, meaning: Meaning) -> Option<&Row> {
        self.rows.get(meaning.0 as usize)
    }

    pub(super) fn meanings(&self) -> impl Iterator<Item = (Meaning, &Row)> {
        (0u16..).map(Meaning).zip(&self.rows)
    }
}

fn spellings(cell: &'static str) -> Vec<Spelling> {
    if cell.starts_with('✗') {
        return Vec::new();
    }
    let one = |text: &'static str| match text.strip_prefix('*') {
        Some(text) => Spelling { text, splits: true },
        None => Spelling { text, splits: false },
    };
    cell.split('|').map(one).collect()
}

/// The meaning of an id of the table, such as `slot.when`.
pub fn meaning_by_id(id: &str) -> Option<Meaning> {
    TABLE.by_id.get(id).copied()
}

/// The word of a canonical English spelling, such as `in force`.
pub fn word(canonical: &str) -> Option<Word> {
    TABLE.by_word.get(canonical).copied()
}

/// Every meaning, in the order of the table.
pub fn meanings() -> impl Iterator<Item = Meaning> {
    TABLE.meanings().map(|(meaning, _)| meaning)
}

impl Meaning {
    /// Its id in the table, such as `slot.when`.
    pub fn id(self) -> &'static str {
        TABLE.row(self).map_or("", |row| row.id)
    }

    /// What kind of word it is.
    pub fn class(self) -> Class {
        TABLE.row(self).map_or(Class::Inner, |row| row.class)
    }

    /// Whether it is built.
    pub fn state(self) -> State {
        TABLE.row(self).map_or(State::Later, |row| row.state)
    }

    /// The canonical English word that it is written with.
    pub fn word(self) -> Word {
        TABLE.row(self).map_or(Word(u16::MAX), |row| row.word)
    }

    /// Whether a statement that begins with it gives something a name.
    pub fn gives_a_name(self) -> bool {
        match self.class() {
            // A ratio is known by what it says.
            Class::Declaration => self.word().text() != "ratio",
            _ => self.word().text() == "fact",
        }
    }

    /// How it is printed in a language; the English where that language has no word of its own for it, only a phrase.
    pub fn spelling(self, lang: Lang) -> &'static str {
        let own = self.spellings(lang).next();
        own.or_else(|| self.spellings(Lang::En).next()).unwrap_or_default()
    }

    /// Every spelling in a language, the printed one first.
    pub fn spellings(self, lang: Lang) -> impl Iterator<Item = &'static str> {
        let row = TABLE.row(self);
        row.into_iter().flat_map(move |row| &row.spellings[lang as usize]).map(|spelling| spelling.text)
    }
}

impl Word {
    pub(super) fn is(self, table: &Table, text: &str) -> bool {
        table.words.get(self.0 as usize).is_some_and(|word| *word == text)
    }

    /// Its canonical English spelling: what the grammar reads.
    pub fn text(self) -> &'static str {
        TABLE.words.get(self.0 as usize).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn every_line_of_the_table_is_a_row_with_its_own_id_and_three_languages() {
        let lines = accredit_grammar::KEYWORDS.lines().filter(|line| !line.starts_with('#'));
        for line in lines.clone() {
            let cells: Vec<&str> = line.split('\t').collect();
            assert_eq!(cells.len(), 6, "{line}");
            assert!(Class::parse(cells[1]).is_some(), "class of {line}");
            assert!(matches!(cells[2], "built" | "later"), "state of {line}");
            assert!(cells[0].split_once('.').is_some_and(|(class, _)| class == cells[1]), "id of {line}");
            for cell in &cells[3..] {
                assert!(!cell.trim().is_empty() && *cell == cell.trim(), "{line}");
                assert!(!cell.starts_with('✗') || cell.len() > "✗ ".len(), "no reason: {line}");
            }
        }
        assert_eq!(lines.count(), TABLE.rows.len());
        assert_eq!(TABLE.by_id.len(), TABLE.rows.len(), "an id stands twice");
    }

    #[test]
    fn a_meaning_is_spelled_in_each_language_and_a_word_serves_several() {
        let when = meaning_by_id("slot.when").unwrap();
        assert_eq!(Lang::ALL.map(|lang| when.spelling(lang)), ["when", "条件", "條件"]);
        assert_eq!(when.word(), meaning_by_id("join.when").unwrap().word());
        assert_eq!((when.word().text(), when.class(), when.state()), ("when", Class::Slot, State::Built));
        assert_eq!(meaning_by_id("slot.review").unwrap().state(), State::Later);
        assert_eq!(meaning_by_id("join.of").unwrap().spelling(Lang::Zh), "of");
        assert_eq!(word("in force").unwrap().text(), "in force");
    }

    #[test]
    fn languages_have_tags() {
        assert_eq!(Lang::ALL.map(|lang| Lang::from_tag(lang.tag())), Lang::ALL.map(Some));
        assert_eq!(Lang::from_tag("fr"), None);
    }
}

//! Frameworks of levels, with their dimensions mapped to knowledge, skill, competence and values.

use crate::quantity::Ratio;
use crate::source::Span;

use super::{Citation, DocumentId, FrameworkId, Remark, Titles, UnitId, Window};

/// A qualifications framework.
#[derive(Clone, Debug)]
pub struct Framework {
    /// Its id.
    pub name: Box<str>,
    /// Other names.
    pub aliases: Vec<Box<str>>,
    /// Titles.
    pub titles: Titles,
    /// Its version.
    pub version: Option<Box<str>>,
    /// The framework that it replaces.
    pub replaces: Vec<FrameworkId>,
    /// Its basis.
    pub cites: Vec<Citation>,
    /// When it is in force.
    pub windows: Vec<Window>,
    /// Its credit unit.
    pub unit: Option<UnitId>,
    /// How a qualification is placed; `None` where nothing is said.
    pub placement: Option<Placement>,
    /// Its levels, lowest first; `None` where they are unpublished.
    pub levels: Option<Vec<Level>>,
    /// Its dimensions, in the order of the text.
    pub dimensions: Vec<Dimension>,
    /// Where its descriptors are.
    pub descriptors: Descriptors,
    /// Parallel ladders.
    pub tracks: Vec<Track>,
    /// Further classifications: sets, by name.
    pub axes: Vec<Box<str>>,
    /// What its titles ask for.
    pub title_rules: Vec<TitleRule>,
    /// Examples of titles.
    pub title_examples: Vec<TitleExample>,
    /// Readings.
    pub readings: Vec<Remark>,
    /// Notes.
    pub notes: Vec<Remark>,
    /// Where it is declared.
    pub span: Span,
}

/// A level: a number or a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Level {
    /// Its number, where levels are numbers.
    pub number: Option<Ratio>,
    /// How it is written (`3`, `4.5`, a name).
    pub name: Box<str>,
    /// Titles.
    pub titles: Titles,
}

/// A dimension of a framework's descriptors.
#[derive(Clone, Debug)]
pub struct Dimension {
    /// Its id.
    pub name: Box<str>,
    /// Titles.
    pub titles: Titles,
    /// The canonical dimensions that it is mapped to.
    pub canonical: Vec<Canonical>,
    /// What it is called in the framework that this one replaces.
    pub formerly: Option<Box<str>>,
    /// Where it is declared.
    pub span: Span,
}

/// The four canonical dimensions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum Canonical {
    Knowledge,
    Skill,
    Competence,
    Values,
}

impl Canonical {
    /// All four, in their order.
    pub const ALL: [Canonical; 4] =
        [Canonical::Knowledge, Canonical::Skill, Canonical::Competence, Canonical::Values];

    /// Its id in the keyword table.
    pub const fn keyword(self) -> &'static str {
        match self {
            Canonical::Knowledge => "dimension.knowledge",
            Canonical::Skill => "dimension.skill",
            Canonical::Competence => "dimension.competence",
            Canonical::Values => "dimension.values",
        }
    }
}

/// Where the descriptors of a framework are.
#[derive(Clone, Debug)]
pub enum Descriptors {
    /// Nothing is said.
    Unsaid,
    /// In a document that may not be copied.
    Elsewhere(Option<DocumentId>, Span),
    /// Not published.
    Unpublished(Span),
    /// Here: for each level (its rank) and dimension (its place) a text, or what stands in its place.
    Here(Vec<Descriptor>, Span),
}

/// One cell of a descriptor table.
#[derive(Clone, Debug)]
pub struct Descriptor {
    /// The rank of the level.
    pub level: u32,
    /// The place of the dimension.
    pub dimension: u32,
    /// The texts by language; empty where the table says `none`, `-`, `not stated` or `unpublished`.
    pub texts: Titles,
    /// The languages of the tables that have this cell.
    pub languages: Vec<Box<str>>,
    /// Where it stands.
    pub span: Span,
}

/// How a qualification is placed on a level.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Placement {
    /// Where it fits best across all dimensions: a level overall says nothing of one dimension, and the dimensions do not settle
    /// the level overall.
    BestFit,
    /// Where it reaches the level in every dimension: the level overall is the lowest of its dimensions.
    EveryDimension,
}

/// A ladder beside others in one framework.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Track {
    /// Its id.
    pub name: Box<str>,
    /// Titles.
    pub titles: Titles,
}

/// What a title asks for.
#[derive(Clone, Debug)]
pub struct TitleRule {
    /// The title, or a word of titles.
    pub title: Box<str>,
    /// The levels that may bear it, as ranks; `None` where nothing is said.
    pub levels: Option<crate::space::Set>,
    /// At least so many credits.
    pub at_least: Option<Ratio>,
    /// At most so many credits.
    pub at_most: Option<Ratio>,
    /// Its basis.
    pub cites: Vec<Citation>,
    /// Where it stands.
    pub span: Span,
}

/// An example of a title.
#[derive(Clone, Debug)]
pub struct TitleExample {
    /// The title.
    pub title: Box<str>,
    /// The level, as a rank.
    pub level: Option<u32>,
    /// The credits.
    pub credits: Option<Ratio>,
    /// Whether the title may be borne.
    pub allowed: bool,
    /// Where it stands.
    pub span: Span,
}

/// Whether something may bear a title.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bears {
    /// It may.
    Yes,
    /// A rule of the title is not met.
    No,
    /// What a rule asks for is not said.
    Unsaid,
}

impl Framework {
    /// The rules that a title must meet: those of exactly this title, else those whose words stand in it.
    pub fn rules_of_title<'f>(&'f self, title: &'f str) -> impl Iterator<Item = &'f TitleRule> {
        let exact = self.title_rules.iter().any(|rule| &*rule.title == title);
        self.title_rules
            .iter()
            .filter(move |rule| if exact { &*rule.title == title } else { stands_in(&rule.title, title) })
    }
}

impl TitleRule {
    /// Whether something of this level (a rank) with these credits meets the rule.
    pub fn met(&self, level: Option<u32>, credits: Option<Ratio>) -> Bears {
        let by_level = match (&self.levels, level) {
            (None, _) => Bears::Yes,
            (Some(_), None) => Bears::Unsaid,
            (Some(set), Some(rank)) => bears(set.contains(crate::space::Value::Rank(rank))),
        };
        let asks_credits = self.at_least.is_some() || self.at_most.is_some();
        let by_credits = match credits {
            _ if !asks_credits => Bears::Yes,
            None => Bears::Unsaid,
            Some(credits) => bears(
                self.at_least.is_none_or(|least| credits >= least)
                    && self.at_most.is_none_or(|most| credits <= most),
            ),
        };
        match (by_level, by_credits) {
            (Bears::No, _) | (_, Bears::No) => Bears::No,
            (Bears::Yes, Bears::Yes) => Bears::Yes,
            _ => Bears::Unsaid,
        }
    }
}

const fn bears(yes: bool) -> Bears {
    if yes { Bears::Yes } else { Bears::No }
}

/// Whether the words of one title stand in another: whole words where they are parted by spaces.
fn stands_in(words: &str, title: &str) -> bool {
    let mut from = 0;
    while let Some(at) = title.get(from..).and_then(|rest| rest.find(words)) {
        let (start, end) = (from + at, from + at + words.len());
        let joins = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        let before = title.get(..start).and_then(|text| text.chars().next_back());
        let after = title.get(end..).and_then(|text| text.chars().next());
        let ascii = |c: Option<char>| c.is_some_and(|c: char| c.is_ascii());
        let runs_on =
            joins(before) && ascii(words.chars().next()) || joins(after) && ascii(words.chars().next_back());
        if !runs_on {
            return true;
        }
        from = end;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::stands_in;

    #[test]
    fn a_word_of_a_title_stands_in_it_whole() {
        assert!(stands_in("Diploma", "Higher Diploma"));
        assert!(!stands_in("Diploma", "Diplomat"));
        assert!(stands_in("文憑", "高級文憑"));
        assert!(!stands_in("Bachelor", "Diploma"));
    }
}

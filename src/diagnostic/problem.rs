//! One problem.

use crate::quantity::{Date, Ratio};
use crate::source::Span;

use super::code::Code;

/// Something that is wrong in a package: which rule of the language, where, and what was found there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The stable code.
    pub code: Code,
    /// The smallest text that is wrong.
    pub at: Span,
    /// What the sentence of the code speaks of, by the name of its placeholder.
    pub said: Vec<(&'static str, Said)>,
    /// Other places that matter, each with a short label.
    pub labels: Vec<Label>,
}

/// A second place that matters to a problem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub at: Span,
    /// Which label: a key of the code's page (`first`, `also`, `declared`).
    pub key: &'static str,
}

/// A value that a sentence speaks of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    /// The author's own words, as they are: the sentence puts its marks around them.
    Text(Box<str>),
    /// A name among others, marked as a name: `cet-4`, “四级”.
    Name(Box<str>),
    /// A title, with its code where it has one: 《英语（二）》 (00015).
    Titled {
        /// The title.
        title: Box<str>,
        /// The code.
        code: Option<Box<str>>,
    },
    /// A number.
    Number(Ratio),
    /// A number with its unit, a keyword or the author's word: 40 hours, 40学时.
    Amount(Ratio, Box<Said>),
    /// What is left over of a whole: the half, 0.3.
    Part(Ratio),
    /// A fact and its value in an example: English says the value alone.
    Given(Box<Said>, Box<Said>),
    /// A fact and its value, both said in both languages: grade 430, 成绩430分.
    Valued(Box<Said>, Box<Said>),
    /// A mark of a scale: 430, 430分.
    Points(Ratio),
    /// The author's words, where there are other words for each language.
    Each {
        /// In English.
        english: Box<str>,
        /// In Chinese.
        chinese: Box<str>,
    },
    /// What a rule does, as a verb; Chinese says to which title: converts, 准予转换《大学英语》.
    Done {
        /// In English.
        english: &'static str,
        /// In Chinese.
        chinese: &'static str,
        /// The title.
        of: Option<Box<str>>,
    },
    /// A comparison, by its id in the keyword table, with a value: at least 425, 425分以上.
    Bound(&'static str, Box<Said>),
    /// A date.
    Date(Date),
    /// A keyword, by its id in the keyword table; printed in the language of the message.
    Word(&'static str),
    /// What may stand somewhere, as a noun: no keyword, and no word of the author's.
    Noun {
        /// In English.
        english: &'static str,
        /// In Chinese.
        chinese: &'static str,
    },
    /// Several, printed as a list.
    List(Vec<Said>),
}

impl Problem {
    /// A problem with this code at this place.
    pub fn new(code: Code, at: Span) -> Self {
        Self { code, at, said: Vec::new(), labels: Vec::new() }
    }

    /// Fills a placeholder of the code's sentence.
    #[must_use]
    pub fn say(mut self, name: &'static str, value: impl Into<Said>) -> Self {
        self.said.push((name, value.into()));
        self
    }

    /// Points at a second place.
    #[must_use]
    pub fn label(mut self, at: Span, key: &'static str) -> Self {
        self.labels.push(Label { at, key });
        self
    }
}

impl From<&str> for Said {
    fn from(text: &str) -> Self {
        Said::Text(text.into())
    }
}

impl From<String> for Said {
    fn from(text: String) -> Self {
        Said::Text(text.into())
    }
}

impl From<Box<str>> for Said {
    fn from(text: Box<str>) -> Self {
        Said::Text(text)
    }
}

impl From<Ratio> for Said {
    fn from(number: Ratio) -> Self {
        Said::Number(number)
    }
}

impl From<Date> for Said {
    fn from(date: Date) -> Self {
        Said::Date(date)
    }
}

impl From<Vec<Said>> for Said {
    fn from(list: Vec<Said>) -> Self {
        Said::List(list)
    }
}

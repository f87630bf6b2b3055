//! A learner's record and what is asked of it, with names in the place of numbers.

/// What is stated of a fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stated {
    Number(String),
    Between(String, String),
    /// A day, or a month.
    Date(String),
    /// A listed value, a mark of a named scale, or open text.
    Word(String),
    Yes(bool),
    None,
}

pub type Facts = Vec<(String, Stated)>;

#[derive(Clone, Debug, Default)]
pub struct Request {
    pub as_of: String,
    pub dates: Facts,
    pub learner: Facts,
    pub held: Vec<Held>,
    pub judged: Vec<Judged>,
    pub granted: Vec<Entry>,
    pub partial: bool,
    pub asks: Vec<Ask>,
}

#[derive(Clone, Debug, Default)]
pub struct Held {
    pub id: String,
    pub outcome: Option<String>,
    pub kind: String,
    pub facts: Facts,
    pub withdrawn: bool,
    pub onward: Option<u32>,
}

/// What a judge said.
#[derive(Clone, Debug)]
pub struct Judged {
    pub by: Option<String>,
    pub fact: String,
    pub of: String,
    pub target: Option<String>,
    pub said: Stated,
    pub on: Option<String>,
}

#[derive(Clone, Debug, Default)]
pub struct Entry {
    pub id: String,
    pub rule: Option<(String, String)>,
    pub achievements: Vec<String>,
    pub target: Option<Goal>,
    pub standing: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Goal {
    Outcome(String),
    Deposit(String),
}

#[derive(Clone, Debug, Default)]
pub struct Ask {
    pub achievements: Vec<String>,
    pub target: Option<Goal>,
}

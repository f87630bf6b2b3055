//! A learner's record, with its names resolved: what is held, what was judged, waived and granted before.
//!
//! A record is complete about which achievements exist, unless it is partial, and open about their facts: a fact that is not
//! stated is simply not listed, and may then be anything of its domain. Nothing here reads a file or knows JSON.

use crate::model::{BodyId, FactId, KindId, OutcomeId, RuleId, UnitId};
use crate::quantity::{Date, Ratio};
use crate::space::State;

use super::Goal;

/// All that is known of a learner on the day of asking.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Record {
    /// The learner's id, if one was given.
    pub id: Option<Box<str>>,
    /// The learner's facts.
    pub learner: Facts,
    /// The plan's facts.
    pub plan: Facts,
    /// The dates that come with the request: `applied`, `enrolled`, `admitted`. Without `applied` the as-of date stands for it;
    /// `decided` is the as-of date always.
    pub dates: Facts,
    /// What the learner holds. Ids are unique; the order has no meaning.
    pub held: Vec<Achievement>,
    /// What was judged.
    pub judged: Vec<Judgement>,
    /// Requirements that a body has waived.
    pub waived: Vec<Waiver>,
    /// What was granted before.
    pub granted: Vec<Entry>,
    /// Whether the learner may hold more than is listed.
    pub partial: bool,
    /// Names that the package does not know: `Value::Symbol(n)` with `n` at or above the number of the model's symbols is
    /// `symbols[n − that number]`.
    pub symbols: Vec<Box<str>>,
}

/// The place of an achievement in `Record::held`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HeldId(pub u32);

impl HeldId {
    /// The place as an index.
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// One thing that the learner has achieved.
#[derive(Clone, Debug, PartialEq)]
pub struct Achievement {
    /// Its id, unique in the record.
    pub id: Box<str>,
    /// The catalogue entry, where it is one.
    pub outcome: Option<OutcomeId>,
    /// Its kind; nothing where the package knows neither the outcome nor the kind.
    pub kind: Option<KindId>,
    /// The number on the certificate. Two achievements of one outcome, issuer and number are the same one.
    pub number: Option<Box<str>>,
    /// Its facts, built-in ones (`issuer`, `awarded`, `completed`, `expires`, `times`…) among them.
    pub facts: Facts,
    /// Whether it still stands.
    pub status: Status,
    /// Where it comes from.
    pub origin: Origin,
    /// Ids of the documents that prove it.
    pub evidence: Vec<Box<str>>,
}

/// Whether an achievement stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Status {
    /// It does.
    #[default]
    Valid,
    /// Its issuer has withdrawn it.
    Withdrawn,
}

/// Where an achievement comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Origin {
    /// It was earned.
    #[default]
    Original,
    /// It was granted by a conversion and may be converted this often again.
    Granted {
        /// How often it may still be converted.
        onward: u32,
    },
}

/// Facts that are known to some extent, sorted by fact, each once.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facts(Vec<(FactId, State)>);

impl Facts {
    /// These facts. Of a fact named twice, the later statement counts.
    pub fn new(facts: impl IntoIterator<Item = (FactId, State)>) -> Facts {
        let mut facts: Vec<_> = facts.into_iter().collect();
        facts.reverse();
        facts.sort_by_key(|(fact, _)| *fact);
        facts.dedup_by_key(|(fact, _)| *fact);
        Facts(facts)
    }

    /// What is stated of a fact.
    pub fn get(&self, fact: FactId) -> Option<&State> {
        let at = self.0.binary_search_by_key(&fact, |(fact, _)| *fact).ok()?;
        self.0.get(at).map(|(_, state)| state)
    }

    /// States a fact, in place of what was stated of it.
    pub fn set(&mut self, fact: FactId, state: State) {
        match self.0.binary_search_by_key(&fact, |(fact, _)| *fact) {
            Ok(at) => self.0[at].1 = state,
            Err(at) => self.0.insert(at, (fact, state)),
        }
    }

    /// All of them, by fact.
    pub fn iter(&self) -> impl Iterator<Item = &(FactId, State)> {
        self.0.iter()
    }
}

/// What a judge said of some achievements.
#[derive(Clone, Debug, PartialEq)]
pub struct Judgement {
    /// Who judged.
    pub judge: Option<BodyId>,
    /// The fact that was judged.
    pub question: FactId,
    /// The achievements.
    pub of: Vec<HeldId>,
    /// Against which target, where the question names one.
    pub target: Option<OutcomeId>,
    /// What was found.
    pub state: State,
    /// When: of two judgements the later counts.
    pub on: Option<Date>,
    /// The document.
    pub document: Option<Box<str>>,
}

/// A requirement that a body has waived.
#[derive(Clone, Debug, PartialEq)]
pub struct Waiver {
    /// The requirement.
    pub requirement: Box<str>,
    /// Who waived it.
    pub by: Option<BodyId>,
    /// Why.
    pub because: Option<Box<str>>,
    /// How much of it; all of it where nothing is said.
    pub amount: Option<Ratio>,
}

/// An entry of the ledger: what was granted before.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Its id.
    pub id: Box<str>,
    /// The rule; nothing where this package has no such rule (then the entry still covers its target).
    pub rule: Option<RuleId>,
    /// Ids of the achievements used: they may no longer be in the record.
    pub achievements: Vec<Box<str>>,
    /// What was covered.
    pub target: Option<Goal>,
    /// How many credits; nothing for an effect without credit, or where they are not published.
    pub amount: Option<Ratio>,
    /// Their unit.
    pub unit: Option<UnitId>,
    /// When.
    pub on: Option<Date>,
    /// How often the grant may be converted again.
    pub onward: u32,
    /// Whether it stands: only then it uses its achievements and covers its target.
    pub state: EntryState,
}

/// Whether a ledger entry stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum EntryState {
    /// It does.
    #[default]
    Standing,
    /// It was withdrawn.
    Withdrawn,
    /// Another entry replaced it.
    Superseded,
}

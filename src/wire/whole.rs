//! A whole record in `accredit.decision/1`: what counts where, what limits cut, what is still required.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::decision::{Achievement, Named, Titles, Unit, Value};

/// Where some of a grant counts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CountsIn {
    /// The block.
    pub block: Named,
    /// How much of it.
    pub amount: String,
}

/// What a limit took from a grant.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cut {
    /// `x1`, `x2`, …
    pub cut_id: String,
    /// The grant; absent for the learner's own study.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub grant_id: Option<String>,
    /// Ids of the achievements.
    pub achievements: Vec<String>,
    /// How much was cut.
    pub amount: String,
    /// Its unit.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub unit: Option<Unit>,
    /// The limits, by their ids; empty where what was asked for was full already.
    pub limits: Vec<String>,
    /// Whether it is cut for good; false where the limit holds in principle, and what is over is referred.
    pub firm: bool,
    /// What becomes of it: `lost`, `kept`, or `to` another block.
    pub surplus: String,
}

/// A whole record against a programme, or against the accounts that its credits go to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Whole {
    /// The programme.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub programme: Option<Named>,
    /// The unit of its credits.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub unit: Option<Unit>,
    /// Whether everything that is required is met; absent where nothing is.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub fulfilled: Option<bool>,
    /// What the rules award.
    pub awarded: String,
    /// What of it counts.
    pub counted: String,
    /// The learner's own study that the programme takes.
    pub study: Vec<Study>,
    /// Each limit that holds, with what it was used for.
    pub limits: Vec<LimitUse>,
    /// Each requirement, and what is missing of it.
    pub requirements: Vec<Requirement>,
    /// What is held and serves nothing, and why.
    pub unused: Vec<Unused>,
    /// How sure it is that nothing better exists.
    pub optimal: Optimal,
}

/// A course that the programme takes as what it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Study {
    /// The achievement.
    pub achievement: Achievement,
    /// What it brings.
    pub amount: String,
    /// What of it counts.
    pub counted: String,
    /// Where it counts.
    pub counts_in: Vec<CountsIn>,
}

/// A limit.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LimitUse {
    /// Its id: its scope and its name.
    pub id: String,
    /// Its titles.
    #[serde(skip_serializing_if = "BTreeMap::is_empty", default)]
    pub title: Titles,
    /// `credits`, `hours`, `courses`, `sources`, `distinct`.
    pub measure: String,
    /// Which of its buckets, where it holds for each value of something.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub per: Vec<Value>,
    /// How much may count.
    pub ceiling: String,
    /// What a share is of.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub base: Option<Base>,
    /// What earlier grants used of it.
    pub used_before: String,
    /// What is used now.
    pub used_now: String,
    /// Whether it is reached.
    pub binding: bool,
    /// Ids of citations.
    pub citations: Vec<String>,
}

/// What a share is of.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Base {
    /// `planned`, `required`, `counted`.
    pub of: String,
    /// The share: `3/10`.
    pub share: String,
    /// The base.
    pub amount: String,
}

/// What is asked of a record.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Requirement {
    /// Its id: its block's, and its name where it has one.
    pub id: String,
    /// Its titles.
    #[serde(skip_serializing_if = "BTreeMap::is_empty", default)]
    pub title: Titles,
    /// `credits`, `hours`, `courses`, `sources`, `distinct`, `average`.
    pub measure: String,
    /// What is required.
    pub required: String,
    /// What there is of it.
    pub met: String,
    /// What is missing.
    pub short: String,
    /// Ids of citations.
    pub citations: Vec<String>,
}

/// What serves nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unused {
    /// The achievement.
    pub achievement: Achievement,
    /// A verdict, a reason of refusal, `not_needed` or `not_passed`.
    pub reason: String,
}

/// How sure it is that nothing better exists.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Optimal {
    /// Whether it is proved.
    pub proved: bool,
    /// `least_credit_left` where something is required, else `most_credit_counted`.
    pub objective: String,
    /// What is reached.
    pub value: String,
    /// What no allocation can beat.
    pub bound: String,
}

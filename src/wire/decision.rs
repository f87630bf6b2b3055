//! `accredit.decision/1`: a decision as other systems read it.
//!
//! Every field is text, a truth value, a count or a list: amounts are strings (`"2.5"`, `"3/2"`), dates ISO, codes lower snake case. The
//! document stands by itself: it carries the titles, clauses and units that a reader needs, so that the same words can be made from
//! it as from the decision that it came from. Absent fields are left out; a reader ignores fields that it does not know.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::whole::{CountsIn, Cut, Whole};

/// The name and version of this shape.
pub const SCHEMA: &str = "accredit.decision/1";

/// Titles by language tag.
pub type Titles = BTreeMap<String, String>;

/// A decision.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// `accredit.decision/1`.
    pub schema: String,
    /// The request's own id, echoed.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub request_id: Option<String>,
    /// sha256 of the request (without its id) and the package's hash.
    pub decision_id: String,
    /// The program and its version.
    pub engine: String,
    /// Raised whenever any answer may change for the same package and request.
    pub semantics: u32,
    /// Which rules were asked.
    pub package: Package,
    /// The day as of which it was asked.
    pub as_of: String,
    /// The day on which it was applied for, where the request says another.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub applied: Option<String>,
    /// The verdict for the whole: the first of `conflict`, `converts`, `refer`, `unknown`, `refused`, `not_established`, `no_rule`
    /// that occurs.
    pub verdict: String,
    /// Why, where it is refused.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub reason: Option<String>,
    /// False where the record is partial and more achievements could change the verdict.
    #[serde(rename = "final")]
    pub is_final: bool,
    /// One answer for each pair of achievements and target.
    pub claims: Vec<Claim>,
    /// What is granted.
    pub grants: Vec<Grant>,
    /// What limits cut.
    #[serde(default)]
    pub cut: Vec<Cut>,
    /// The programme as a whole: absent where none is asked about.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub whole: Option<Whole>,
    /// All facts that could still matter, each once.
    pub missing: Vec<Question>,
    /// To whom what is referred.
    pub referrals: Vec<Referral>,
    /// What was looked at.
    pub considered: Considered,
    /// Each test and its value.
    pub derivation: Vec<Step>,
    /// What the answer rests on.
    pub citations: Vec<Citation>,
    /// What the author decided where the text is silent.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub readings: Vec<Remark>,
    /// Advice, which changes no answer.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub advice: Vec<Remark>,
    /// Rules for which the source states no dates: nothing was tested.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub in_force_not_stated: Vec<String>,
    /// The smallest changes the learner can make that would convert.
    pub counterfactual: Vec<Counterfactual>,
    /// The last day on which this answer is sure to hold: then a rule that was used changes.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub valid_until: Option<String>,
    /// Sentences, where they were asked for, by language.
    #[serde(skip_serializing_if = "BTreeMap::is_empty", default)]
    pub text: BTreeMap<String, String>,
}

/// A package.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Package {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// sha256 over its sources.
    pub hash: String,
    /// Its titles.
    #[serde(skip_serializing_if = "BTreeMap::is_empty", default)]
    pub title: Titles,
}

/// The answer for one pair of achievements and target.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    /// `c1`, `c2`, …
    pub claim_id: String,
    /// What it rests on.
    pub achievements: Vec<Achievement>,
    /// What was asked for; absent where no rule names what is held.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub target: Option<Target>,
    /// One of the seven verdicts.
    pub verdict: String,
    /// Why, where it is refused.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub reason: Option<String>,
    /// The cause that the text gives (`because`).
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub because: Option<String>,
    /// The rules that the verdict rests on; both, where they contradict each other.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub rules: Vec<RuleName>,
    /// Ids of grants.
    pub grants: Vec<String>,
    /// Ids of steps.
    pub derivation: Vec<String>,
    /// What is unknown and could matter.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub missing: Vec<Question>,
    /// To whom it is referred.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub referrals: Vec<Referral>,
    /// Rules set aside, and by which.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub set_aside: Vec<SetAside>,
    /// Rules that may still add to it.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub may_add: Vec<RuleName>,
    /// The nearest rules, and in what they differ.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub nearest: Vec<Nearest>,
    /// Claims that would use the same achievement, where each counts once.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub competes_with: Vec<String>,
    /// What the learner may choose from.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub choice: Option<Choice>,
}

/// An achievement, by its id in the record.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Achievement {
    /// Its id.
    pub id: String,
    /// The outcome or kind that it is of.
    pub of: String,
    /// Its titles.
    #[serde(skip_serializing_if = "BTreeMap::is_empty", default)]
    pub title: Titles,
}

/// A target.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Target {
    /// Its kind; `deposit` for credits that wait in the account of a scheme.
    pub kind: String,
    /// Its id; the scheme's for a deposit.
    pub id: String,
    /// Its code.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub code: Option<String>,
    /// Its issuer.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub body: Option<String>,
    /// Its titles.
    #[serde(skip_serializing_if = "BTreeMap::is_empty", default)]
    pub title: Titles,
}

/// A rule.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct RuleName {
    /// Its id.
    pub rule: String,
    /// Its scheme.
    pub scheme: String,
    /// Its titles.
    #[serde(skip_serializing_if = "BTreeMap::is_empty", default)]
    pub title: Titles,
    /// The clauses it rests on.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub citations: Vec<String>,
    /// The scheme whose rule it is, where its own stands under another or adopts it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub frame: Option<Named>,
    /// The body that decides, where the rule is another scheme's.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub by: Option<Named>,
    /// The values that are left to members and that its scheme does not state.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub not_stated: Vec<Named>,
}

/// A body, a scheme or a value, and what it is called.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Named {
    /// Its id.
    pub id: String,
    /// Its titles.
    #[serde(skip_serializing_if = "BTreeMap::is_empty", default)]
    pub title: Titles,
}

/// Something granted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grant {
    /// Hash of learner, achievements, rule and target: posting it twice is posting it once.
    pub grant_id: String,
    /// The claim.
    pub claim_id: String,
    /// Ids of the achievements used.
    pub achievements: Vec<String>,
    /// The rule.
    pub rule: String,
    /// Its scheme.
    pub scheme: String,
    /// `credit`, `deposit`, `total_reduced`, `replaced`, `attendance_only`, `completion`, `access`, `placement`, `entry`, `award`.
    pub effect: String,
    /// `entry to year 3`: the year.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub year: Option<u32>,
    /// `no credit, replaced from …`: what the credits are to be earned by instead; empty where it is not said.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub made_up_from: Vec<Value>,
    /// What it is granted for; several where one amount covers all.
    pub targets: Vec<Target>,
    /// How many credits; absent for an effect without credit and where unpublished.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub amount: Option<String>,
    /// The target has credits, but their number is not published.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub amount_unpublished: bool,
    /// The unit.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub unit: Option<Unit>,
    /// What limits measure: the credit, or for an effect without credit the target's.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub volume: Option<String>,
    /// What of it counts, where limits or a programme are asked about.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub counted: Option<String>,
    /// Where it counts.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub counts_in: Vec<CountsIn>,
    /// Before rounding and caps.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub before_rounding: Option<String>,
    /// What the transcript shows.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub mark: Option<Mark>,
    /// What it carries beside its amount.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub attributes: Vec<Attribute>,
    /// How often it may be converted again.
    pub convertible_again: u32,
    /// Ids of citations.
    pub citations: Vec<String>,
}

/// What a grant carries beside its amount.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attribute {
    /// `level`, `fact`, `not_for`, `only_for`, `part`.
    pub kind: String,
    /// The framework of a level.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub framework: Option<Value>,
    /// The fact.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub fact: Option<Value>,
    /// The level, or the fact's value.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub value: Option<Value>,
    /// `prerequisite`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub purpose: Option<String>,
    /// Where a part of the amount sits.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub target: Option<Target>,
    /// How large that part is: a decimal numeral or "n/d".
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub amount: Option<String>,
    /// The unit of that part.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub unit: Option<Unit>,
}

/// A credit unit.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    /// Its id.
    pub id: String,
    /// Its titles.
    #[serde(skip_serializing_if = "BTreeMap::is_empty", default)]
    pub title: Titles,
}

/// What the transcript shows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// `fixed`, `carried`, `literal`, `declared`.
    pub kind: String,
    /// The mark; absent where the source's own is not known.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub text: Option<String>,
    /// What it counts as: a mark, or `required_minimum`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub counts_as: Option<String>,
    /// Whether it enters averages.
    pub in_average: bool,
    /// Whether the transcript names what was learnt, not the target.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub under_source_name: bool,
    /// Where a body still has to say the mark: the two marks between which it lies.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub between: Vec<String>,
    /// Which body.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub judge: Option<Value>,
}

/// A value with its titles.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Value {
    /// The value.
    pub value: String,
    /// Its titles.
    #[serde(skip_serializing_if = "BTreeMap::is_empty", default)]
    pub title: Titles,
}

/// A fact.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Fact {
    /// Its id.
    pub id: String,
    /// Its titles.
    #[serde(skip_serializing_if = "BTreeMap::is_empty", default)]
    pub title: Titles,
    /// Whose: an achievement's id, `learner`, `plan`, `request`, `target`; `record` for what a partial record may leave out.
    pub of: String,
}

/// An open question.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Question {
    /// Which fact.
    pub fact: Fact,
    /// `fact` or `judgement`.
    pub kind: String,
    /// Who judges it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub judge: Option<Value>,
    /// How it is proved.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub proof: Option<String>,
    /// For what a partial record may leave out: what is looked for.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub any_of: Vec<Value>,
    /// Why it is not known, where it was said: `contradiction`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub because: Option<String>,
}

/// A referral.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Referral {
    /// The body.
    pub to: String,
    /// Its titles.
    #[serde(skip_serializing_if = "BTreeMap::is_empty", default)]
    pub title: Titles,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub because: Option<String>,
}

/// A rule that another set aside.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetAside {
    /// The rule.
    pub rule: String,
    /// Which rules set it aside.
    pub by: Vec<String>,
}

/// A rule near to what was asked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Nearest {
    /// The rule.
    pub rule: RuleName,
    /// `from`, `to`, or facts.
    pub differs_in: Vec<String>,
}

/// A choice of the learner.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// How many.
    pub number: u32,
    /// At most as many, rather than exactly.
    pub up_to: bool,
    /// Of which.
    pub of: Vec<Target>,
}

/// What was looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Considered {
    /// How many rules.
    pub rules: u32,
    /// Rules set aside.
    pub set_aside: Vec<SetAside>,
}

/// One step of the derivation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// `s1`, `s2`, …
    pub id: String,
    /// The rule.
    pub rule: String,
    /// `from`, `in_force`, `when`, `to`, `give`, `mark`, `never`, `overrides`.
    pub slot: String,
    /// `true`, `false`, `unknown`, `not_reached`.
    pub result: String,
    /// The achievements that matched, for `from`.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub matched: Vec<Achievement>,
    /// What a bundle still lacks, for `from`.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub lacking: Vec<Value>,
    /// The test, for `when`, `in_force` and brackets.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub test: Option<Test>,
    /// What was seen.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub seen: Option<Seen>,
    /// The computation, for `give`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub amount: Option<Amount>,
    /// What is covered and what is not, for `covers`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub coverage: Option<Coverage>,
    /// How long spells last, all of them and then part by part, for `total_length`.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub lengths: Vec<Lasted>,
    /// Where it is written.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub source: Option<Place>,
    /// Ids of citations.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub citations: Vec<String>,
}

/// A test: a fact and the values that pass.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Test {
    /// The fact; absent for `holds`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub fact: Option<Fact>,
    /// `at_least`, `over`, `at_most`, `under`, `between`, `is`, `one_of`, `holds`, `holds_no`, `total_length`, `total_length_not`, `target_at_least` … (compared with the target). Of the
    /// record `used_before`, `expired`, `withdrawn`, `covered_before`; of the text `excepted`, `cell_zero`, `cell_not_here`, `cell_unpublished`,
    /// `cell_otherwise`.
    pub op: String,
    /// The value, or the values; two for `between`.
    pub values: Vec<Value>,
    /// The scale, unit or list of the values.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub on: Option<String>,
    /// The dimension in which a level is read or coverage counted.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub dimension: Option<Value>,
    /// The comparison through which a level is read.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub by: Option<Value>,
}

/// How much of the target's statements the achievements cover.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coverage {
    /// The share that is surely covered; absent where the target has no such statements.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub share: Option<String>,
    /// The share that is asked for.
    pub needed: String,
    /// The dimension whose statements count, where one is named.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub dimension: Option<Value>,
    /// Whether statements count by their weights.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub by_weight: bool,
    /// What is not covered, by dimension: what is left to learn.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub missing: Vec<Lacking>,
}

/// How long spells last, or a part of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lasted {
    /// `at_least`, `over`, `at_most`, `under`.
    pub op: String,
    /// How long is asked for.
    pub needed: Value,
    /// The days that surely count.
    pub least_days: u32,
    /// The days that may count; absent where there is no bound.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub most_days: Option<u32>,
    /// `true`, `false`, `unknown`.
    pub result: String,
}

/// Statements of one dimension that are not covered.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lacking {
    /// The dimension.
    pub dimension: Value,
    /// Its statements.
    pub statements: Vec<Value>,
}

/// What was seen of a fact.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// The value, where it is known.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub value: Option<Value>,
    /// The possible values, where they are few or an interval.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub possible: Vec<Value>,
    /// What a comparison reads a level as, where one is named.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub read_as: Vec<Value>,
    /// Whether two statements contradict each other.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub contradiction: bool,
}

/// How an amount came about.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Amount {
    /// What it was in another unit, where it was converted.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub converted: Option<Converted>,
    /// Before rounding and caps.
    pub raw: String,
    /// `down`, `up`, `half_up`, `half_down`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub rounding: Option<String>,
    /// To multiples of this.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub step: Option<String>,
    /// The floor that raised it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub at_least: Option<String>,
    /// The ceiling that cut it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub at_most: Option<String>,
    /// The result.
    pub result: String,
}

/// An amount before it was converted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Converted {
    /// How much.
    pub amount: String,
    /// Of which unit.
    pub unit: Unit,
    /// By what: `agreed`, `year`, `contact_hours`, `notional_hours`.
    pub by: String,
}

/// A place in the package's sources.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place {
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: u32,
}

/// A document and a clause of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Citation {
    /// `t1`, `t2`, …
    pub id: String,
    /// The document.
    pub document: String,
    /// Its titles.
    #[serde(skip_serializing_if = "BTreeMap::is_empty", default)]
    pub title: Titles,
    /// Its number (文号).
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub number: Option<String>,
    /// The clause.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub clause: Option<String>,
    /// sha256 of the clause's text, where the package holds it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub text_hash: Option<String>,
    /// Who issued it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub issuer: Option<String>,
    /// When.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub issued: Option<String>,
    /// Where it is published.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub link: Option<String>,
}

/// A reading or an advice.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remark {
    /// The rule or scheme that it stands in.
    pub of: String,
    /// The text.
    pub text: String,
}

/// A smallest change that would convert.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counterfactual {
    /// The claim that it would change.
    pub claim_id: String,
    /// The rule that would then convert.
    pub rule: String,
    /// What would have to be otherwise, all of it.
    pub changes: Vec<Change>,
    /// What would then be granted.
    pub then: Then,
}

/// Whether a length is that of all spells, not of a part of them.
#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde passes what it asks about by reference")]
const fn is_whole(part: &u32) -> bool {
    *part == 0
}

const fn one() -> u32 {
    1
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
const fn is_one(number: &u32) -> bool {
    *number == 1
}

/// One change.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// `holds[a1].facts.grade`, `holds`, `learner.facts.student-type`.
    pub path: String,
    /// The fact, where a fact would change.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub fact: Option<Fact>,
    /// Its value now.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub from: Option<Value>,
    /// The nearest value that would do.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub to: Option<Value>,
    /// Outcomes of which one more would do, or as many as `add_number` says.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub add_any_of: Vec<Value>,
    /// How many more are needed: absent for one.
    #[serde(skip_serializing_if = "is_one", default = "one")]
    pub add_number: u32,
    /// So many days more would the spells named in `add_any_of` have to last.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub longer: Option<Value>,
    /// Which part of them: absent for all, 1 for the first `of which`.
    #[serde(skip_serializing_if = "is_whole", default)]
    pub part: u32,
    /// Whether the learner can bring it about.
    pub learner_can_change: bool,
}

/// What a change would lead to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Then {
    /// `converts`.
    pub verdict: String,
    /// How many credits, where that is sure.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub amount: Option<String>,
    /// The unit.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub unit: Option<Unit>,
}

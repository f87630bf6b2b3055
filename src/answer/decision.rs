//! A request and its decision: ids, numbers and places in the text, never a sentence.

use crate::evaluate::{CellSays, Evidence, Goal, HeldId, Owner, Record, Step};
use crate::model::{
    AttributeKind, BarId, BodyId, Citation, ClassId, CountsAs, Effect, FactId, OutcomeId, Reason, Remark,
    RuleId, ScaleId, SchemeId, UnitId, ValueType,
};
use crate::quantity::{Date, Ratio};
use crate::source::Span;
use crate::space::{Set, State, Truth, Value};

/// The version of the meaning: raised whenever any answer may change for the same package and request.
pub const SEMANTICS: u32 = 1;

/// A question about a learner, with its names resolved.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// The learner's record.
    pub record: Record,
    /// The day for which the answer holds.
    pub as_of: Date,
    /// What is asked; nothing listed means everything held, for every target that a rule names.
    pub asks: Vec<Ask>,
    /// What the learner chose where a rule leaves a choice.
    pub choices: Vec<Choice>,
    /// The programme that the record is asked about as a whole.
    pub programme: Option<crate::model::ProgrammeId>,
}

/// One thing asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ask {
    /// By which achievements; by all that is held where none is named.
    pub achievements: Vec<HeldId>,
    /// For which target; for every reachable one where none is named.
    pub target: Option<Goal>,
}

/// A learner's choice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The rule that leaves it.
    pub rule: RuleId,
    /// What is chosen.
    pub targets: Vec<OutcomeId>,
}

/// The answer to a whole request.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    /// The day for which it holds.
    pub as_of: Date,
    /// The version of the meaning.
    pub semantics: u32,
    /// The first verdict of the claims in the order of [`Verdict`].
    pub verdict: Verdict,
    /// Why: of the claims with that verdict the first reason in the order of reasons.
    pub reason: Option<Why>,
    /// Whether more achievements could not change the verdict: false only for a partial record.
    pub is_final: bool,
    /// One line for each evidence and target, by target, then evidence.
    pub claims: Vec<Claim>,
    /// What is granted.
    pub grants: Vec<Grant>,
    /// How many rules were considered.
    pub considered: u32,
    /// Each test of each rule considered.
    pub derivation: Vec<Step>,
    /// What the decision rests on, each once, by document and clause.
    pub citations: Vec<Citation>,
    /// What the author read into the text, of every rule the decision rests on.
    pub readings: Vec<Remark>,
    /// Advice of those rules.
    pub advice: Vec<Remark>,
    /// Notes for letters of those rules.
    pub notes: Vec<Remark>,
    /// The rules among them whose source gives no date from which they are in force.
    pub in_force_not_stated: Vec<RuleId>,
    /// The smallest changes that would convert, fewest changes first, then by rule.
    pub counterfactuals: Vec<Counterfactual>,
    /// The last day on which all rules used still stand as they do; nothing where none of them changes.
    pub valid_until: Option<Date>,
    /// What the record comes to in the programme that it names.
    pub whole: Option<super::whole::Whole>,
}

/// One of seven, the first of a whole in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Verdict {
    /// The package contradicts itself here.
    Conflict,
    /// It converts.
    Converts,
    /// A body has to judge.
    Refer,
    /// Facts are missing.
    Unknown,
    /// It does not convert.
    Refused,
    /// Only unpublished or unverified rules speak.
    NotEstablished,
    /// No rule names it.
    NoRule,
}

/// Why a verdict is what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Why {
    /// A refusal's reason.
    Refused(Reason),
    /// Two statements about one fact exclude each other.
    Contradiction,
    /// The number is not published.
    Unpublished,
    /// The rule is unverified or under review.
    Unverified,
    /// The rule reads a value that its frame leaves to members, and its scheme does not state it.
    Unstated,
}

/// The answer for some achievements and one target.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    /// The achievements, in the order of their ids; empty for a right that needs none.
    pub achievements: Vec<HeldId>,
    /// By slot of the rule named in `rule`, where there is one.
    pub evidence: Evidence,
    /// The target; nothing where no rule names the achievements for any target.
    pub target: Option<Goal>,
    /// The verdict.
    pub verdict: Verdict,
    /// Why.
    pub reason: Option<Why>,
    /// The rule that gave the verdict: of several with equal results, the first by name.
    pub rule: Option<RuleId>,
    /// Every rule that had a say in the verdict; both of a conflict.
    pub rules: Vec<RuleId>,
    /// Its grants, by place in [`Decision::grants`].
    pub grants: Vec<u32>,
    /// To whom it is referred.
    pub referral: Option<Referral>,
    /// What the text gives as the cause of a refusal.
    pub because: Option<(Box<str>, Span)>,
    /// What a table's cell said in place of an amount.
    pub cell: Option<CellSays>,
    /// Every fact that could still matter.
    pub questions: Vec<Question>,
    /// For `refused` and `no rule`: the rules that come nearest.
    pub nearest: Vec<Nearest>,
    /// Rules that another one overrides here.
    pub set_aside: Vec<SetAside>,
    /// Bars that hold, or may hold.
    pub bars: Vec<(BarId, Truth)>,
    /// Rules that may give more, if what is unknown turns out so.
    pub may_add: Vec<RuleId>,
    /// Achievements that are counted only if what is unknown turns out so.
    pub may_add_achievements: Vec<HeldId>,
    /// Claims that want the same achievement where each counts once, by place in [`Decision::claims`].
    pub competing: Vec<u32>,
    /// Choices that the learner has not made.
    pub open_choices: Vec<OpenChoice>,
    /// What it rests on, by place in [`Decision::citations`].
    pub citations: Vec<u32>,
    /// Its steps, by place in [`Decision::derivation`].
    pub steps: Vec<u32>,
}

/// A referral.
#[derive(Clone, Debug, PartialEq)]
pub struct Referral {
    /// To whom; nothing where only judgements are missing and no judge is named.
    pub to: Option<BodyId>,
    /// Why.
    pub because: Option<Box<str>>,
    /// Where it is written.
    pub span: Option<Span>,
}

/// A fact that could still matter.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// Whose.
    pub of: Owner,
    /// Which.
    pub fact: FactId,
    /// Its type.
    pub value_type: ValueType,
    /// What is known.
    pub known: State,
    /// Whether a judge has to say it, or a document can.
    pub kind: QuestionKind,
    /// The judge.
    pub judge: Option<BodyId>,
    /// How it is proved.
    pub proof: Option<Box<str>>,
    /// The rules that ask.
    pub rules: Vec<RuleId>,
}

/// Who can answer a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum QuestionKind {
    /// The learner, with a document.
    Fact,
    /// A judge.
    Judgement,
}

/// A rule that comes near, and what it lacks.
#[derive(Clone, Debug, PartialEq)]
pub struct Nearest {
    /// The rule.
    pub rule: RuleId,
    /// For which target.
    pub target: Option<Goal>,
    /// What would have to change.
    pub changes: Vec<Change>,
    /// Whether the learner can make every change.
    pub learner_can_change: bool,
}

/// A change that would let a rule apply.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// A fact.
    Fact {
        /// Whose.
        of: Owner,
        /// Which.
        fact: FactId,
        /// Its type.
        value_type: ValueType,
        /// What it is.
        from: State,
        /// The nearest allowed value.
        to: Value,
        /// All that is allowed.
        allowed: Set,
        /// Whether the learner can change it.
        learner_can_change: bool,
    },
    /// An achievement that is missing.
    Add {
        /// The slot of the rule's `from` that is empty or short; nothing where a condition looks for the achievement.
        slot: Option<u32>,
        /// How many are missing.
        number: u32,
        /// Of these classes.
        classes: Vec<ClassId>,
        /// Outcomes that would fill it, by name; at most [`SHOWN_OUTCOMES`].
        any_of: Vec<OutcomeId>,
        /// Whether there are more.
        more: bool,
    },
    /// Spells that would have to last longer.
    Longer {
        /// Spells of these classes.
        classes: Vec<ClassId>,
        /// Which part lacks days: 0 is all of the spells, 1 the first `of which`.
        part: u32,
        /// So many days.
        days: u32,
    },
}

/// So many outcomes are listed that would fill a missing slot.
pub const SHOWN_OUTCOMES: usize = 20;

/// A rule that was set aside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SetAside {
    /// The rule.
    pub rule: RuleId,
    /// By this one.
    pub by: RuleId,
    /// Surely, or perhaps.
    pub truth: Truth,
}

/// A choice that the learner has not made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenChoice {
    /// The rule that leaves it.
    pub rule: RuleId,
    /// How many.
    pub number: u32,
    /// Whether fewer will do.
    pub up_to: bool,
    /// Of which.
    pub of: Vec<OutcomeId>,
}

/// What is granted.
#[derive(Clone, Debug, PartialEq)]
pub struct Grant {
    /// The claim, by place in [`Decision::claims`].
    pub claim: u32,
    /// The rule.
    pub rule: RuleId,
    /// The scheme it stands in.
    pub scheme: SchemeId,
    /// The achievements used.
    pub achievements: Vec<HeldId>,
    /// The targets: one, except for an amount `in total`.
    pub targets: Vec<Goal>,
    /// What it does.
    pub effect: GrantEffect,
    /// How many credits; nothing for an effect without credit or where they are not published.
    pub amount: Option<Ratio>,
    /// The amount before rounding and caps.
    pub before_rounding: Option<Ratio>,
    /// The unit.
    pub unit: Option<UnitId>,
    /// Whether it gives credits whose number is not published.
    pub amount_unpublished: bool,
    /// What the transcript shows.
    pub mark: Option<GrantMark>,
    /// What it carries beside its amount.
    pub attributes: Vec<AttributeKind>,
    /// How often it may be converted again.
    pub onward: u32,
    /// What it rests on, by place in [`Decision::citations`].
    pub citations: Vec<u32>,
    /// The last day on which the rule still gives it.
    pub valid_until: Option<Date>,
}

/// What a grant does.
#[derive(Clone, Debug, PartialEq)]
pub enum GrantEffect {
    /// It gives credits and covers its target.
    Credit,
    /// It puts credits into the account of a scheme.
    Deposit,
    /// An effect without credit.
    Other(Effect),
}

/// A mark on the transcript.
#[derive(Clone, Debug, PartialEq)]
pub struct GrantMark {
    /// What it shows.
    pub shows: Shows,
    /// What it counts as.
    pub counts_as: Option<CountsAs>,
    /// Whether it stays outside averages.
    pub outside_average: bool,
    /// Whether it stands under the name of what was learnt.
    pub under_source_name: bool,
    /// Who still has to say which mark it is.
    pub judge: Option<BodyId>,
}

/// What a mark shows.
#[derive(Clone, Debug, PartialEq)]
pub enum Shows {
    /// A mark, fixed by the rule.
    Fixed(Value, Option<ScaleId>),
    /// The source's own mark, as far as it is known, under the rule's cap.
    Carried(State, Option<ScaleId>),
    /// A literal.
    Literal(Box<str>),
    /// A literal that a scale declares, by its place in that scale's list.
    Declared(ScaleId, u32),
}

/// Changes after which the answer would be another.
#[derive(Clone, Debug, PartialEq)]
pub struct Counterfactual {
    /// The rule that would then apply.
    pub rule: RuleId,
    /// To which target.
    pub target: Option<Goal>,
    /// The changes, all of them.
    pub changes: Vec<Change>,
    /// What would be granted: effect, amount where it is known, unit.
    pub then: Vec<(Goal, GrantEffect, Option<Ratio>, Option<UnitId>)>,
}

//! Rules and bars.

use crate::quantity::{Ratio, Rounding};
use crate::source::Span;
use crate::space::{Set, Value};

use super::scheme::Use;
use super::{
    BodyId, Citation, ClassId, Cond, Conversion, CountsAs, Days, FactId, MapId, OutcomeId, RuleId, ScaleId,
    SchemeId, SourceSlot, Subject, Titles, UnitId, ValueType, Window,
};

/// A rule of equivalence.
#[derive(Clone, Debug)]
pub struct Rule {
    /// Its canonical name, unique in its scheme.
    pub name: Box<str>,
    /// Titles.
    pub titles: Titles,
    /// Its scheme.
    pub scheme: SchemeId,
    /// Whether it may give grants.
    pub status: Status,
    /// Its basis: its own, else its scheme's.
    pub cites: Vec<Citation>,
    /// Its windows and its scheme's, all of which must hold; empty where nothing is tested.
    pub windows: Vec<Window>,
    /// Whether `in force not stated` stands on it or its scheme.
    pub in_force_not_stated: bool,
    /// The alternatives of `from` (`or`), each a bundle of slots; one empty bundle for a rule without `from`.
    pub sources: Vec<Vec<SourceSlot>>,
    /// What `to` names.
    pub targets: Targets,
    /// The class of the family that `to` names (`any course of oucq`): its targets are the members, and for the graph one edge.
    pub family: Option<ClassId>,
    /// `when`, negated `unless`, provisions', conditions' and the scheme's tests, and the windows, as one formula.
    pub guard: Cond,
    /// What it gives.
    pub gives: Gives,
    /// Where `give` lines name targets of their own: for each the rule as it would be with that line alone. All that hold are
    /// given, by one application; the rule's own `targets` are then those of all lines, and `gives` is the first line's.
    pub lines: Vec<Rule>,
    /// What the transcript shows.
    pub mark: Option<Box<Mark>>,
    /// What its grants carry beside their amount.
    pub attributes: Box<[super::Attribute]>,
    /// What it answers where `from` and `when` hold and no cell does.
    pub otherwise: Option<Answer>,
    /// The body that decides: its own line's, else its scheme's.
    pub by: Option<BodyId>,
    /// What an achievement may serve that it uses: its own line's, else its scheme's.
    pub achievements: Use,
    /// How often a grant may be converted again: its own line's, else its scheme's.
    pub convert_again: u32,
    /// Where a member, or one that adopts, has it from; and what it reads that is not stated.
    pub delegated: Option<Box<Delegated>>,
    /// The rules it overrides.
    pub overrides: Vec<RuleId>,
    /// Readings, its scheme's included.
    pub readings: Vec<Remark>,
    /// Advice.
    pub advice: Vec<Remark>,
    /// Notes for letters.
    pub notes: Vec<Remark>,
    /// The whole rule; its header.
    pub span: Span,
    /// Where `from`, `when` (the first), `to` and `give` stand, for explanations.
    pub places: RulePlaces,
}

impl Rule {
    /// The rule as it stands to a target, or to the account of its scheme: with the `give` line that names it.
    pub fn toward(&self, target: Option<OutcomeId>) -> &Rule {
        let names = |line: &&Rule| match target {
            Some(outcome) => line.targets.all().iter().any(|target| target.outcome == outcome),
            None => line.targets == Targets::Deposit,
        };
        self.lines.iter().find(names).unwrap_or(self)
    }
}

/// What a rule has to do with a frame.
#[derive(Clone, Debug, Default)]
pub struct Delegated {
    /// The rule of the frame, or of the scheme adopted.
    pub from: Option<RuleId>,
    /// What the rule's own scheme changes of it.
    pub amendment: Option<Amendment>,
    /// The values that are left to members, that the rule reads and that its scheme does not state.
    pub unstated: Vec<Box<str>>,
}

/// What a member changes of its frame's rule.
#[derive(Clone, Debug)]
pub struct Amendment {
    /// The rule as the member would have it unchanged.
    pub base: Rule,
    /// Where it is said.
    pub span: Span,
}

/// Where a rule's slots stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct RulePlaces {
    pub from: Option<Span>,
    pub to: Option<Span>,
    pub give: Option<Span>,
    pub mark: Option<Span>,
    pub otherwise: Option<Span>,
}

/// A text that the author adds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// The text.
    pub text: Box<str>,
    /// Its basis.
    pub cites: Vec<Citation>,
    /// Where it stands.
    pub span: Span,
}

/// Whether a rule may give grants.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum Status {
    Verified,
    Unverified,
    UnderReview,
    /// It reads a value that is left to members, and its scheme does not state it.
    Unstated,
}

/// What a rule converts to.
#[derive(Clone, Debug, PartialEq)]
pub enum Targets {
    /// No `to`: the credits are deposited with the scheme.
    Deposit,
    /// `a, b`: each of them, one grant each.
    Each(Vec<Target>),
    /// `a and b`: all of them.
    All(Vec<Target>),
    /// `a or b`, `2 of { … }`, `up to 3 of { … }`: the learner chooses.
    Choose {
        /// How many.
        number: u32,
        /// `up to`.
        up_to: bool,
        /// Of which.
        of: Vec<Target>,
    },
    /// `to major, elective`: places for credits, not courses.
    Blocks {
        /// Which.
        of: Vec<(super::BlockId, Span)>,
        /// The learner chooses so many, or (true) up to so many; each of them where nothing is said.
        choose: Option<(u32, bool)>,
    },
}

impl Targets {
    /// Every target, exclusions included.
    pub fn all(&self) -> &[Target] {
        match self {
            Targets::Deposit | Targets::Blocks { .. } => &[],
            Targets::Each(list) | Targets::All(list) | Targets::Choose { of: list, .. } => list,
        }
    }
}

/// One target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Target {
    /// The outcome.
    pub outcome: OutcomeId,
    /// A published exclusion (`to … except t`): named and refused.
    pub excluded: bool,
    /// Where it is named.
    pub span: Span,
}

/// What a rule gives.
#[derive(Clone, Debug, PartialEq)]
pub enum Gives {
    /// Credits that cover the target (or are deposited).
    Credit(AmountRule),
    /// An effect without credit.
    Effect(Effect),
    /// A refusal or a referral.
    Answer(Answer),
}

/// Effects without credit.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// `no credit, total reduced`: covers the target; the total falls by its credits.
    TotalReduced,
    /// `no credit, replaced [from S]`: covers the target; S must make it up.
    Replaced(Vec<ClassId>),
    /// `attendance only, exam stays`: does not cover the target; its credits are earned on passing.
    AttendanceOnly,
    /// `completion`: covers a target without credits.
    Completion,
    /// `access to P`.
    Access,
    /// `placement in X`.
    Placement,
    /// `entry to year N of P`.
    Entry(u32),
    /// `award X`.
    Award,
}

/// A refusal or a referral.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// To whom, and why.
    Refer(BodyId, Option<Box<str>>, Span),
    /// Why not.
    Refuse(Option<Box<str>>, Span),
}

/// How many credits.
#[derive(Clone, Debug, PartialEq)]
pub struct AmountRule {
    /// Before rounding.
    pub piece: Piece,
    /// Its unit; `None` for the target's own (`target credits`).
    pub unit: Option<UnitId>,
    /// How it becomes an amount of that unit, where it is of another.
    pub conversion: Option<Conversion>,
    /// One amount for all targets (`in total`): one grant that covers all.
    pub in_total: bool,
    /// How it is rounded; `None` where every amount is a multiple of the unit's step, or `exact`.
    pub rounding: Option<Rounding>,
    /// `at least A`.
    pub at_least: Option<Ratio>,
    /// `at most A`.
    pub at_most: Option<Ratio>,
    /// Where it stands.
    pub span: Span,
}

/// An amount before rounding: affine in one quantity, cell by cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Piece {
    /// A constant.
    Constant(Ratio),
    /// `target credits`.
    TargetCredits,
    /// A fact read as an amount (`source credits`, `points`); over a pooled slot, the sum.
    Fact(Subject),
    /// `earns` for each `per` of the measure.
    Rate {
        /// What one step earns.
        earns: Ratio,
        /// The size of a step.
        per: Ratio,
        /// What is measured.
        measure: Measure,
    },
    /// `base less step per fact after start`: base − step·max(fact − start, 0), never below 0.
    Less {
        /// The base.
        base: Box<Piece>,
        /// What each step takes away.
        step: Ratio,
        /// The fact counted.
        fact: Subject,
        /// Up to which value nothing is taken away.
        start: Ratio,
    },
    /// The greatest, or the least, of several amounts, each rounded and capped for itself.
    Whichever {
        /// The amounts.
        amounts: Vec<AmountRule>,
        /// The greatest, else the least.
        greater: bool,
    },
    /// Looked up.
    Table(Box<Lookup>),
}

/// What a rate measures.
#[derive(Clone, Debug, PartialEq)]
pub enum Measure {
    /// A fact: of the one source, or summed over a pooled slot.
    Fact(Subject),
    /// How many achievements, each as often as its `times` says.
    Times,
    /// How many different values of a fact over a pooled slot; `None` for different outcomes.
    Distinct(Option<FactId>),
}

/// A table of amounts, as disjoint boxes.
#[derive(Clone, Debug, PartialEq)]
pub struct Lookup {
    /// The facts it is read by.
    pub by: Vec<(Subject, ValueType)>,
    /// Its cells, in the order of the text.
    pub cells: Vec<LookupCell>,
    /// Where it stands.
    pub span: Span,
}

/// A cell.
#[derive(Clone, Debug, PartialEq)]
pub struct LookupCell {
    /// For each fact the values that lead here.
    pub sets: Vec<Set>,
    /// What it gives.
    pub value: CellValue,
    /// Where it stands.
    pub span: Span,
}

/// What a cell gives.
#[derive(Clone, Debug, PartialEq)]
pub enum CellValue {
    /// An amount; 0 reads as a refusal because the table says 0.
    Amount(Piece),
    /// `-`: the rule does not apply here.
    NotHere,
    /// `unpublished`: the instance is not established.
    Unpublished,
    /// `otherwise`: the rule's `otherwise` answers.
    Otherwise,
    /// A mark: only in the table of one.
    Mark(Value),
}

/// What the transcript shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// What.
    pub kind: MarkKind,
    /// The best it may be.
    pub at_most: Option<Value>,
    /// What a literal counts as.
    pub counts_as: Option<CountsAs>,
    /// Whether it stays outside averages.
    pub outside_average: bool,
    /// Whether it stands under the name of what was learnt, not under the target's.
    pub under_source_name: bool,
    /// Where it stands.
    pub span: Span,
}

/// What the transcript shows.
#[derive(Clone, Debug, PartialEq)]
pub enum MarkKind {
    /// A fixed mark, of a scale where one is known.
    Fixed(Value, Option<ScaleId>),
    /// The source's own, by a map where one is named.
    Carried(Subject, Option<ScaleId>, Option<MapId>),
    /// A literal.
    Literal(Box<str>),
    /// A mark that a scale declares, by its place in that scale's list.
    Declared(ScaleId, u32),
    /// Looked up: each cell says a mark of a scale, or that the transcript shows none.
    Table(Box<Lookup>, Option<ScaleId>),
}

/// A bar: it beats every grant in its scope without naming it, and nothing overrides it.
#[derive(Clone, Debug)]
pub struct Bar {
    /// Its scheme; `None` for the whole package.
    pub scheme: Option<SchemeId>,
    /// Which achievements it bars: any of these; all where empty.
    pub from: Vec<super::SourceItem>,
    /// Which targets it bars: those of these classes that pass the test (over `Holder::Itself`, read of the target); all where empty.
    pub to: Vec<super::SourceItem>,
    /// When: over the achievement (`Holder::Itself`), the learner, the plan, the target, the request.
    pub guard: Cond,
    /// Why.
    pub because: Option<Box<str>>,
    /// Its basis.
    pub cites: Vec<Citation>,
    /// Where it stands.
    pub span: Span,
}

/// The days in which a rule can be in force at all, whatever date is tested: for `valid until`.
pub fn window_days(rule: &Rule) -> impl Iterator<Item = Days> + '_ {
    rule.windows.iter().map(|w| w.days)
}

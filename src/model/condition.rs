//! Conditions: Kleene formulas over atoms, each atom one fact against one set.

use crate::quantity::{Length, Ratio};
use crate::source::Span;
use crate::space::Set;

use super::{Canonical, ClassId, ComparisonId, Days, FactId, FrameworkId, ValueType};

/// A formula in negation normal form: a negated comparison is a comparison with the complement; only `holds` keeps a flag.
/// Sibling atoms on one fact under one `All` (or `Any`) are merged when the model is made.
#[derive(Clone, Debug, PartialEq)]
pub enum Cond {
    /// All hold; the empty one is true.
    All(Vec<Cond>),
    /// At least one holds; the empty one is false.
    Any(Vec<Cond>),
    /// One atom.
    Atom(Box<Atom>),
}

impl Cond {
    /// The condition that always holds.
    pub const fn always() -> Self {
        Cond::All(Vec::new())
    }
}

/// One test.
#[derive(Clone, Debug, PartialEq)]
pub struct Atom {
    /// What is tested, against what.
    pub test: AtomTest,
    /// What part it plays: a window that is not open is `not in force`, a condition not met is `condition not met`.
    pub role: Role,
    /// The lines it stands for; more than one where lines on one fact were merged.
    pub lines: Vec<Span>,
}

/// What an atom tests.
#[derive(Clone, Debug, PartialEq)]
pub enum AtomTest {
    /// The fact lies in the set.
    In {
        /// Whose fact, and which.
        subject: Subject,
        /// The type of the fact: what the set's values are.
        value_type: ValueType,
        /// The allowed values; `none` belongs only where the text says `is none`, or where the comparison was negated.
        set: Set,
    },
    /// The source's fact compares with the same or another fact of the target: for each target of a closed catalogue a constant.
    Target {
        /// Whose fact, and which.
        subject: Subject,
        /// The fact of the target.
        target: FactId,
        /// The type of both.
        value_type: ValueType,
        /// How they compare, in the order of *better*.
        relation: Order,
        /// On a falling numeric scale, better is smaller.
        falling: bool,
        /// Whether the test is that they do *not* compare so: `none` then passes.
        negated: bool,
    },
    /// The source's fact and the target's differ by no more than this.
    Differ {
        /// Whose fact, and which.
        subject: Subject,
        /// The fact of the target.
        target: FactId,
        /// The type of both: numbers.
        value_type: ValueType,
        /// By how much at most.
        most: Ratio,
        /// Whether the test is that they differ by more: `none` then passes.
        negated: bool,
    },
    /// Two dates of the same decision compare: `completed before applied`.
    Dates {
        /// The date tested.
        subject: Subject,
        /// How it compares with the other.
        relation: Order,
        /// The other date.
        other: Subject,
        /// Whether the test is that they do *not* compare so: `none` then passes.
        negated: bool,
    },
    /// A date lies at most so long before or after another, both ends in; the length is added to the earlier date.
    Within {
        /// The date tested.
        subject: Subject,
        /// How long at most.
        length: Length,
        /// Whether the tested date comes first (`within 5 years before applied`), else second.
        before: bool,
        /// The other date.
        other: Subject,
        /// Whether the test is that it does *not* lie so.
        negated: bool,
    },
    /// A level in dimensions, or through a comparison.
    Level(Box<LevelTest>),
    /// The sources share at least so much of the target's statements.
    Covers(Box<Covers>),
    /// Spells of the record last so long, all together.
    Lasting(Box<Lasting>),
    /// The record holds (or does not hold) achievements; looks, never uses.
    Holds(Box<Holds>),
}

/// A level that is not simply the level overall in its own framework.
#[derive(Clone, Debug, PartialEq)]
pub struct LevelTest {
    /// Whose level: the fact `level`, or one declared for it.
    pub subject: Subject,
    /// The framework of the bound.
    pub framework: FrameworkId,
    /// The dimensions in which it must hold, by their places in the framework; none for the level overall.
    pub dimensions: Vec<u32>,
    /// The comparison through which the subject's level, in the other framework, is read.
    pub by: Option<ComparisonId>,
    /// What it must be.
    pub bound: LevelBound,
    /// Whether the test is that it does *not* hold.
    pub negated: bool,
}

/// What a level must be.
#[derive(Clone, Debug, PartialEq)]
pub enum LevelBound {
    /// One of these ranks.
    In(Set),
    /// So related to the target's level.
    Target(Order),
}

/// How much of the target's statements the sources must share.
#[derive(Clone, Debug, PartialEq)]
pub struct Covers {
    /// The sources: of one slot, or of all.
    pub of: Holder,
    /// The least share, from 0 to 1.
    pub share: Ratio,
    /// The dimension whose statements count; all where none is said.
    pub dimension: Option<CoverDimension>,
    /// Whether statements count by their weights.
    pub by_weight: bool,
    /// Which sources count, over `Holder::Itself`.
    pub only: Option<Cond>,
    /// Whether the test is that they do *not* share as much.
    pub negated: bool,
}

/// How long spells of the record must last. Looks, never uses: a spell counts for as many tests as ask for it.
#[derive(Clone, Debug, PartialEq)]
pub struct Lasting {
    /// Which achievements are the spells; each lasts from the day it started to the day it ended.
    pub of: Vec<SourceItem>,
    /// How long all must last, then each `of which`: those of the part before that pass one more test.
    pub parts: Vec<LongEnough>,
    /// Whether the test is that they do *not* last so long.
    pub negated: bool,
}

/// How long a part of the spells must last.
#[derive(Clone, Debug, PartialEq)]
pub struct LongEnough {
    /// Which spells, over `Holder::Itself`; all of those before where nothing is tested.
    pub only: Option<Cond>,
    /// How the length compares: at least, at most, over, under.
    pub relation: Order,
    /// With how long.
    pub wanted: Stretch,
    /// Where it stands.
    pub span: Span,
}

/// A length that is counted in days: here alone a year is 365 days and a month 30.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Stretch {
    /// Years.
    pub years: u32,
    /// Months.
    pub months: u32,
    /// Days.
    pub days: u32,
}

impl Stretch {
    /// So many days in all.
    pub const fn in_days(self) -> u32 {
        self.years
            .saturating_mul(365)
            .saturating_add(self.months.saturating_mul(30))
            .saturating_add(self.days)
    }
}

/// A dimension as a condition names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CoverDimension {
    /// Every dimension that is mapped to one of the four.
    Canonical(Canonical),
    /// A framework's own.
    Own(FrameworkId, u32),
}

/// How a source's fact relates to the target's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum Order {
    AtLeast,
    AtMost,
    Over,
    Under,
    Same,
    Different,
}

/// Whose fact an atom reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Subject {
    /// The holder.
    pub of: Holder,
    /// The fact.
    pub fact: FactId,
}

/// Who holds a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Holder {
    /// The achievement of the slot with this number (the rule's only one, or the one whose bracket this is).
    Source(u32),
    /// Each achievement that the rule uses.
    Each,
    /// Some achievement that the rule uses: what is left where a test of each is denied.
    Some,
    /// The sum over the achievements used.
    Total,
    /// The worst value among the achievements used.
    Lowest,
    /// The latest date among the achievements used.
    Latest,
    /// The target.
    Target,
    /// The learner.
    Learner,
    /// The plan.
    Plan,
    /// The request (`applied`, `decided`, `enrolled`, `admitted`).
    Request,
    /// The achievement itself: in a bracket or in a fact's `if`.
    Itself,
}

/// What part an atom plays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// A `when` or `unless` line: it judges.
    Condition,
    /// A window: `in force`.
    Window,
    /// A bracket: it selects.
    Bracket,
    /// A test of an attribute: it says what a grant carries.
    Attribute,
    /// Its denial, which stands beside it so that the rule waits until it is known, and is shown to nobody.
    Twin,
}

/// `holds S`: at least `least` different outcomes of the record are in S; each of the parts must hold.
#[derive(Clone, Debug, PartialEq)]
pub struct Holds {
    /// The alternatives (`or`), each a list of parts that must all be held by different achievements.
    pub alternatives: Vec<Vec<SourceSlot>>,
    /// `holds no`.
    pub negated: bool,
    /// `registered for … after this`: only those that started after the day of the achievement at hand, which this names.
    pub after: Option<Holder>,
}

/// One slot of a rule's `from`: which achievements may fill it.
#[derive(Clone, Debug, PartialEq)]
pub struct SourceSlot {
    /// Which achievements; any of these items.
    pub items: Vec<SourceItem>,
    /// How many of them one application uses.
    pub take: Take,
    /// By which fact they are bound: to each other, and to those of the bundle's other slots.
    pub bind: Option<Bind>,
    /// Where it stands.
    pub span: Span,
}

/// `in one F`, `in distinct F`: all have one value of a fact, or each its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bind {
    /// The fact.
    pub fact: FactId,
    /// Whether each has its own.
    pub distinct: bool,
}

/// How many achievements a slot takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Take {
    /// One.
    One,
    /// This many, of different outcomes (`2 of { … }`).
    Exactly(u32),
    /// At most this many, of different outcomes, pooled.
    UpTo(u32),
    /// Any number, pooled (`together`).
    Together,
    /// Any number whose credits come to at least this (`3 credits of { … }`).
    Credits(crate::quantity::Ratio),
}

/// One item of a selection.
#[derive(Clone, Debug, PartialEq)]
pub struct SourceItem {
    /// The class it names.
    pub class: ClassId,
    /// Its bracket, over `Holder::Itself`.
    pub bracket: Option<Cond>,
    /// What `except` takes out: published exclusions.
    pub except: Vec<(ClassId, Option<Cond>)>,
    /// Where it stands.
    pub span: Span,
}

/// A window: the days in which something holds, and the date that is tested.
#[derive(Clone, Debug, PartialEq)]
pub struct Window {
    /// The days.
    pub days: Days,
    /// The date that is tested; `None` tests nothing.
    pub by: Option<Subject>,
    /// Where it is said.
    pub span: Span,
}

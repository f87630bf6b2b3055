//! Tests: what `when`, `unless` and brackets ask.

use super::Name;
use super::selection::Selection;
use super::value::{FactRef, Number, Value};
use crate::source::Span;

/// A comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Comparison {
    /// `>=`, 不低于, `or above`, `or more`, `or better`, `or later`.
    AtLeast,
    /// `<=`, 不高于, `or below`, `or less`, `or earlier`.
    AtMost,
    /// `>`, 超过, `after`.
    Over,
    /// `<`, 低于, `under`, `before`.
    Under,
    /// `is`, 为.
    Is,
    /// `is not`, 不为.
    IsNot,
}

/// A test.
#[derive(Clone, Debug)]
pub struct Test {
    /// Where it stands.
    pub span: Span,
    /// What it says.
    pub kind: TestKind,
}

impl Test {
    /// The facts that it compares, not those in the brackets of what it looks for; tests nest no deeper than a text may.
    pub(crate) fn facts<'t>(&'t self, tell: &mut impl FnMut(&'t FactRef)) {
        match &self.kind {
            TestKind::Compare { fact, .. }
            | TestKind::Between { fact, .. }
            | TestKind::OneOf { fact, .. }
            | TestKind::Within { fact: Some(fact), .. }
            | TestKind::Differ { fact, .. }
            | TestKind::Similar { fact, .. }
            | TestKind::ValidOn(fact)
            | TestKind::Bare { fact, .. } => tell(fact),
            TestKind::Level(it) => tell(&it.fact),
            TestKind::Any(tests) | TestKind::All(tests) => tests.iter().for_each(|test| test.facts(tell)),
            TestKind::Within { fact: None, .. }
            | TestKind::Holds { .. }
            | TestKind::Covers(_)
            | TestKind::Lasting(_)
            | TestKind::Registered { .. } => {}
        }
    }
}

/// What a test says.
#[derive(Clone, Debug)]
pub enum TestKind {
    /// `grade >= 425`, `prize is first or above`, `credits >= target credits`, `name is target name`.
    Compare {
        /// The fact tested.
        fact: FactRef,
        /// How.
        comparison: Comparison,
        /// With what.
        value: Value,
        /// Set where the Chinese 以下 or 不足 stands without （含） or （不含）.
        unclear_bound: bool,
    },
    /// `level >= hkqf 5 by nz-hk`, `level >= target level in every dimension`.
    Level(Box<LevelTest>),
    /// `covers 80% of target statements in skill by weight where result >= 50%`.
    Covers(Box<Coverage>),
    /// `total length of work >= 6 years, of which >= 2 years (duty is management)`.
    Lasting(Box<Lasting>),
    /// `rank 1 to 3`.
    Between {
        /// The fact tested.
        fact: FactRef,
        /// A [`ValueKind::Range`](super::ValueKind::Range).
        range: Value,
    },
    /// `scope is one of national, provincial`, `issuer in accredited`, `is not one of`.
    OneOf {
        /// The fact tested.
        fact: FactRef,
        /// The values, or the one name of a set.
        values: Vec<Value>,
        /// `is not one of`, `not in`.
        negated: bool,
        /// `on completed`: the date for dated set members.
        on: Option<FactRef>,
    },
    /// `awarded within 5 years before applied`, `completed within 2 years after started`: both ends in.
    Within {
        /// The date tested; absent where the text leaves it out (近6年内), which is an error of its own.
        fact: Option<FactRef>,
        /// The span of time, of one part or several.
        length: Vec<Number>,
        /// `before` or `after` the other date.
        side: Side,
        /// The other date; absent where the text leaves it out.
        of: Option<FactRef>,
    },
    /// `credits differ by at most 2 from target`.
    Differ {
        /// The fact tested.
        fact: FactRef,
        /// By how much at most.
        most: Box<Number>,
        /// The fact of the target; the same one where none is named.
        of: Box<FactRef>,
    },
    /// `hours similar, judged by committee`.
    Similar {
        /// What is alike.
        fact: FactRef,
        /// Who says so.
        judge: Option<Name>,
    },
    /// `valid on applied`.
    ValidOn(FactRef),
    /// `assessed`, `not assessed`, or the name of a condition.
    Bare {
        /// A yes/no fact or a condition.
        fact: FactRef,
        /// `not …`.
        negated: bool,
    },
    /// `holds S`, `holds no S`, `holds 2 of …`.
    Holds {
        /// What is held.
        selection: Selection,
        /// `holds no`.
        negated: bool,
    },
    /// `registered for chem-1 after this`.
    Registered {
        /// Which achievements.
        selection: Selection,
    },
    /// `any of { … }`.
    Any(Vec<Test>),
    /// `all of { … }`, or tests joined by `and`.
    All(Vec<Test>),
}

/// A level that is compared in dimensions or through a comparison.
#[derive(Clone, Debug)]
pub struct LevelTest {
    /// The fact tested.
    pub fact: FactRef,
    /// How.
    pub comparison: Comparison,
    /// With what.
    pub value: Value,
    /// How it is read.
    pub reading: LevelReading,
}

/// How a level is read: overall, in dimensions, through a comparison.
#[derive(Clone, Debug, Default)]
pub struct LevelReading {
    /// `in every dimension`.
    pub every_dimension: Option<Span>,
    /// `in skill`.
    pub dimension: Option<Name>,
    /// `by nz-hk`.
    pub by: Option<Name>,
    /// A second dimension or comparison, which nothing may have.
    pub second: Option<Box<Name>>,
}

/// How much of the target's statements the sources share.
#[derive(Clone, Debug)]
pub struct Coverage {
    /// The least share.
    pub share: Number,
    /// `in skill`.
    pub dimension: Option<Name>,
    /// `by weight`.
    pub by_weight: bool,
    /// `where …`: which sources count.
    pub only: Option<Test>,
}

/// How long spells of the record last, all together.
#[derive(Clone, Debug)]
pub struct Lasting {
    /// Which achievements are the spells.
    pub of: Selection,
    /// How long all of them must last, then each `of which`, a part of what stands before it.
    pub parts: Vec<LastingPart>,
}

/// How long a part must last, and which spells it is.
#[derive(Clone, Debug)]
pub struct LastingPart {
    /// How it compares.
    pub comparison: Comparison,
    /// With how long: years, months, weeks and days.
    pub length: Vec<Number>,
    /// The tests in its bracket; none for all of the spells.
    pub tests: Vec<Test>,
    /// Where it stands.
    pub span: Span,
}

/// On which side of another date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum Side {
    Before,
    After,
}

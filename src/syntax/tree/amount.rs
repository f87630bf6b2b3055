//! What a rule gives, and what the transcript shows.

use super::fact::JudgedLine;
use super::selection::Selection;
use super::slot::{Attribute, CountsAs};
use super::table::Table;
use super::test::Test;
use super::unit::Conversion;
use super::value::{FactRef, Number, Value};
use super::{Name, Text};
use crate::source::Span;

/// What a rule gives.
#[derive(Clone, Debug)]
pub struct Give {
    /// Where it stands.
    pub span: Span,
    /// What.
    pub kind: GiveKind,
    /// What the line says besides: rare, so in a box.
    pub own: Option<Box<OwnLine>>,
}

/// What a `give` line says for itself alone.
#[derive(Clone, Debug, Default)]
pub struct OwnLine {
    /// To which targets; absent where the rule's `to` says it.
    pub to: Option<Selection>,
    /// `when …`; with `true` what stands after `unless`.
    pub tests: Vec<(Test, bool)>,
    /// `of which …`: where parts of its amount sit.
    pub parts: Vec<Attribute>,
}

impl Give {
    /// Where parts of the amount of the line sit.
    pub fn parts(&self) -> &[Attribute] {
        self.own.as_ref().map_or(&[], |own| &own.parts)
    }

    /// The targets that the line names.
    pub fn to(&self) -> Option<&Selection> {
        self.own.as_ref().and_then(|own| own.to.as_ref())
    }

    /// The tests of the line: of `when`, and with `true` of `unless`.
    pub fn tests(&self) -> &[(Test, bool)] {
        self.own.as_ref().map_or(&[], |own| &own.tests)
    }
}

/// What a rule gives.
#[derive(Clone, Debug)]
pub enum GiveKind {
    /// Credits.
    Amount(Box<Amount>),
    /// `no credit, total reduced`.
    NoCreditReduced,
    /// `no credit, replaced [from S]`.
    NoCreditReplaced(Option<Box<Selection>>),
    /// `attendance only, exam stays`.
    AttendanceOnly,
    /// `completion`.
    Completion,
    /// `access to P`.
    Access(Name),
    /// `placement in X`.
    Placement(Name),
    /// `entry to year 3 of P`.
    Entry(Box<Number>, Box<Name>),
    /// `award X`.
    Award(Name),
    /// `refuse because "…"`, `refer to B because "…"`.
    Answer(Box<Answer>),
    /// A bare `exempt`, 免修, 免考, 豁免: says too little.
    Unclear(Box<str>),
}

/// A refusal or a referral.
#[derive(Clone, Debug)]
pub enum Answer {
    /// `refer to B [because "…"]`.
    Refer {
        /// To whom.
        to: Name,
        /// Why.
        because: Option<Text>,
        /// Where it stands.
        span: Span,
    },
    /// `refuse because "…"`.
    Refuse {
        /// Why.
        because: Option<Text>,
        /// Where it stands.
        span: Span,
    },
}

/// An amount.
#[derive(Clone, Debug)]
pub struct Amount {
    /// Where it stands.
    pub span: Span,
    /// The piece before rounding.
    pub kind: AmountKind,
    /// `less N per FACT after K`.
    pub less: Option<Box<Less>>,
    /// `in ects by year`.
    pub conversion: Option<Box<Conversion>>,
    /// `each` or `in total`.
    pub sharing: Option<Sharing>,
    /// `round …`, `exact`.
    pub rounding: Option<Box<RoundingWord>>,
    /// `at least A`.
    pub at_least: Option<Box<Number>>,
    /// `at most A`.
    pub at_most: Option<Box<Number>>,
}

/// The piece of an amount before rounding.
#[derive(Clone, Debug)]
pub enum AmountKind {
    /// `3 credits`.
    Constant(Number),
    /// `source credits`, `target credits`, `points`: a fact read as an amount.
    Fact(FactRef),
    /// `1 credit per 16 hours`, `1 credit per 6 times`, `1 credit per 3 distinct module`.
    Rate {
        /// What one step earns.
        earns: Number,
        /// The size of a step, with the unit or fact that is measured.
        per: Number,
        /// `distinct`.
        distinct: bool,
    },
    /// `3 credits or target credits, whichever is greater`.
    Whichever {
        /// The amounts.
        amounts: Vec<Amount>,
        /// `greater`, else `less`.
        greater: bool,
    },
    /// `0 to 2 credits judged by college`.
    Judged(Box<JudgedRange>),
    /// `credits by F1, F2 { table }`.
    Table {
        /// The facts that the table is read by.
        by: Vec<FactRef>,
        /// The table.
        table: Table,
    },
}

/// `0 to 2 credits judged by college`, `85 to 90 judged by panel`: who says where between two ends.
#[derive(Clone, Debug)]
pub struct JudgedRange {
    /// The least.
    pub least: Number,
    /// The most.
    pub most: Number,
    /// Who says it.
    pub by: JudgedLine,
    /// Where it stands.
    pub span: Span,
}

/// `less 0.5 per rank after 1`.
#[derive(Clone, Debug)]
pub struct Less {
    /// What each step takes away.
    pub amount: Number,
    /// The fact counted.
    pub per: FactRef,
    /// Up to which value nothing is taken away.
    pub after: Number,
    /// Where it stands.
    pub span: Span,
}

/// How one amount is shared by several targets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum Sharing {
    Each,
    InTotal,
}

/// How an amount is rounded.
#[derive(Clone, Debug)]
pub struct RoundingWord {
    /// Which way.
    pub mode: RoundingMode,
    /// To multiples of what; absent for `exact`.
    pub step: Option<Number>,
    /// Where it stands.
    pub span: Span,
}

/// Which way an amount is rounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum RoundingMode {
    Down,
    Up,
    HalfUp,
    HalfDown,
    Exact,
}

/// What the transcript shows.
#[derive(Clone, Debug)]
pub struct MarkRule {
    /// Where it stands.
    pub span: Span,
    /// What.
    pub kind: MarkKind,
    /// `by five-to-hundred`: a map.
    pub by: Option<Box<Name>>,
    /// A second map, which no mark may go through.
    pub by_second: Option<Span>,
    /// `at most 70`.
    pub at_most: Option<Value>,
    /// `counts as …`.
    pub counts_as: Option<CountsAs>,
    /// `outside average`.
    pub outside_average: bool,
    /// `under source name`.
    pub under_source_name: bool,
}

/// What the transcript shows.
#[derive(Clone, Debug)]
pub enum MarkKind {
    /// `mark 90`.
    Fixed(Value),
    /// `mark grade`: the source's own.
    Carried(FactRef),
    /// `mark "免考"`.
    Literal(Text),
    /// `mark exempt`: a mark that the scale declares.
    Named(Name),
    /// `mark 85 to 90 judged by panel`.
    Judged(Box<JudgedRange>),
    /// `mark by grade { table }`.
    Table {
        /// The facts that the table is read by.
        by: Box<[FactRef]>,
        /// The table.
        table: Box<Table>,
    },
}

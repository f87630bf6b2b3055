//! Slots and their operands, and the small words that only one slot takes.

use super::amount::{Answer, Give, MarkRule};
use super::example::{Example, ExampleAchievement};
use super::fact::{FactLine, QuantityLine, RankedList};
use super::framework::{
    ComparisonExample, ComparisonStatusWord, Descriptors, Levels, TitleExample, TitleSlot, Track,
};
use super::limit::{CombineHighest, CountIn, LimitLine, Period, ShareLine, SurplusWord};
use super::map::{Distribution, Linear, MapExample, MapRounding, OverlapTake};
use super::record::{TestExpect, TestGrant, TestJudged, TestPlan, TestWaiver};
use super::selection::Selection;
use super::test::Test;
use super::unit::{ConversionExample, CreditMeasure};
use super::value::{DateLiteral, FactRef, Number, Value};
use super::{Name, Text, Title, Version};
use crate::source::Span;

/// A slot: its word and its operand.
#[derive(Clone, Debug)]
pub struct Slot {
    /// Where the slot word stands (an empty span before an operand that needs none).
    pub word_span: Span,
    /// The operand.
    pub operand: Operand,
}

/// The operand of a slot, in a box where it is larger than a text; each variant is a slot word (or a family of them) of the language.
#[derive(Clone, Debug)]
pub enum Operand {
    // --- packages, documents, bodies, outcomes
    /// `version 2025.1` in a package or framework body.
    Version(Version),
    /// `number "…"`, `link "…"`, `proof "…"`, `licence "…"`, `text "…"`: a slot that takes one text.
    Text(TextSlot, Text),
    /// `issued 2025-08`.
    Issued(DateLiteral),
    /// `clause "第三项" "text" hash "sha256:…"`.
    Clause(Box<ClauseLine>),
    /// `issuer BODY`, `replaces X`, `under X`, `by BODY` (of a scheme), `unit U`: a slot that takes names.
    Names(NameSlot, Vec<Name>),
    /// A fact given a value: `credits 3`, `level hkqf 3`, `weight 2`, `listed unpublished`, `code "00012"`.
    Given(Box<Given>),
    // --- facts, scales, credits, frameworks
    /// `fact grade "成绩" : hundred or five-grade, optional, if team, proof "…"`.
    Fact(Box<FactLine>),
    /// `load is credits / semester-credits : 0 to 2`.
    Quantity(Box<QuantityLine>),
    /// `low to high F, D, C = C+, B, A`.
    LowToHigh(Box<RankedList>),
    /// `range 0 to 100` (worst to best), `step 1`, `pass 60` of a scale or credit.
    Range(Box<(Value, Value)>),
    /// `step 0.5`.
    Step(Box<Number>),
    /// `pass 60`, `pass D`.
    Pass(Box<Value>),
    /// `mark exempt "免考" counts as required minimum, outside average` of a scale.
    ScaleMark(Box<ScaleMark>),
    /// `hours 10 notional`, `hours 25 to 30 notional at tu-dublin`.
    CreditHours(Box<CreditMeasure>),
    /// `year 60`: the credits of a full-time year.
    CreditYear(Box<CreditMeasure>),
    /// `example 20 cats -> 10 ects` of a credit or a ratio.
    ConversionExample(Box<ConversionExample>),
    /// `distribution { | grade | share | … }` of a scale.
    Distribution(Box<Distribution>),
    /// `linear best -> 1.0, pass -> 4.0` of a map.
    Linear(Box<Linear>),
    /// `formula "4 - 3*(100 - grade)^2/1600"` of a map.
    Formula(Text),
    /// `by overlap, take larger` of a map.
    ByOverlap(Option<OverlapTake>, Span),
    /// `below pass -> none` of a map.
    BelowPass(Box<Value>),
    /// `round half up to 0.1`, `round to next better mark` of a map.
    MapRounding(Box<MapRounding>),
    /// `otherwise none` (true), `otherwise not stated` of a map.
    MapOtherwise(bool, Span),
    /// `example 8 it-10 -> 2.5` of a map.
    MapExample(Box<MapExample>),
    /// `levels 1 to 7`, `levels 0.5 to 8 step 0.5`, `levels a, b, c`, `levels unpublished`.
    Levels(Box<Levels>),
    /// `placement best fit` or `placement every dimension`.
    Placement(PlacementRule, Span),
    /// `descriptors elsewhere DOC`, `descriptors unpublished`, or a table in braces, one a language.
    Descriptors(Box<Descriptors>),
    /// `tracks a, b`.
    Tracks(Vec<Track>),
    /// `title "Diploma" requires level 3 or above and at least 60 credits`; `title "Diploma"` of an outcome.
    Title(Box<TitleSlot>),
    /// `example "Diploma", level 3, 60 credits -> allowed`.
    TitleExample(Box<TitleExample>),
    /// `status comparison only` of a comparison.
    ComparisonStatus(ComparisonStatusWord, Span),
    /// `example 9 -> 6` of a comparison.
    ComparisonExample(Box<ComparisonExample>),
    /// `counts whole`, `counts in part`.
    Counts(CountsHow, Span),
    /// `lapses 8 years after registered unless listed`.
    Lapses(Box<Lapses>),
    /// `impossible when …`.
    Impossible(Box<Test>),
    // --- schemes and rules
    /// `cite D "clause", D2 "clause"`.
    Cite(Vec<Citation>),
    /// `in force from A to B by DATE`, `in force not stated`.
    InForce(Box<InForce>),
    /// `parties a, b` or `parties a -> b`.
    Parties {
        /// The parties, or the sending ones where an arrow stands.
        left: Box<[Name]>,
        /// The receiving ones.
        right: Box<[Name]>,
    },
    /// `count each achievement once [everywhere]`, `count each target once`, `count freely` …
    Count(CountRule, Span),
    /// `convert again never`, `once`, `3 times`.
    ConvertAgain(u32, Span),
    /// `total over S`, `total over S for each of T`.
    TotalOver(Box<TotalOver>),
    /// `open threshold "…" : 50% to 100%`: a value that each member sets.
    Open(Box<FactLine>),
    /// `members may tighten`.
    MembersMayTighten,
    /// `only a, b` (true), `except a, b`: which rules are adopted.
    Adopting(bool, Box<[Name]>),
    /// `status unverified`, `status under review`.
    Status(StatusWord, Span),
    /// `overrides r1, r2`.
    Overrides(Vec<Name>),
    /// `with provision-1, provision-2`.
    With(Vec<Name>),
    /// `from …`.
    From(Box<Selection>),
    /// `to …`.
    To(Box<Selection>),
    /// `when …`.
    When(Box<Test>),
    /// `unless …`.
    Unless(Box<Test>),
    /// `give …`.
    Give(Box<Give>),
    /// `at level 7 when …`, `as division = lower`, `not for prerequisite`, `only for prerequisite`.
    Attribute(Box<Attribute>),
    /// `mark …` of a rule.
    Mark(Box<MarkRule>),
    /// `otherwise refer to …`, `otherwise refuse because …`.
    Otherwise(Box<Answer>),
    /// `refer to B because "…"` standing as a slot: the rule's answer.
    Refer(Box<Answer>),
    /// `refuse because "…"` standing as a slot: the rule's answer.
    Refuse(Box<Answer>),
    /// `never from S to T when … unless … because "…" cite …`.
    Never(Box<Never>),
    /// `reading "…" cite …`.
    Reading(Box<Text>, Box<[Citation]>),
    /// `advise "…"`.
    Advise(Text),
    /// `note "…"`.
    Note(Text),
    /// `example …`.
    Example(Box<Example>),
    // --- programmes and blocks
    /// `takes S`.
    Takes(Box<Selection>),
    /// `limit NAME: at most …`.
    Limit(Box<LimitLine>),
    /// `require NAME: at least …`.
    Require(Box<LimitLine>),
    /// `share up to 6 credits with X`.
    Share(Box<ShareLine>),
    /// `not both A and B`.
    NotBoth(Box<[Name]>),
    /// `combine sum`: the default, said aloud.
    CombineSum,
    /// `combine highest by M per K`.
    CombineHighest(Box<CombineHighest>),
    /// `surplus lost`, `surplus to X`, `surplus kept`.
    Surplus(Box<SurplusWord>),
    /// `count U in V, round … each`.
    CountIn(Box<CountIn>),
    /// `period semester starts 03-01, 09-01` of a body.
    Period(Box<Period>),
    // --- tests
    /// `on 2019-12-31`.
    On(DateLiteral),
    /// `learner F = v`, `applied = v` of a test.
    TestLearner(Vec<(FactRef, Value)>),
    /// `plan P (F = v)` of a test.
    TestPlan(Box<TestPlan>),
    /// `holds 3 university-talk (completed = …)` of a test.
    TestHolds(Vec<ExampleAchievement>),
    /// `judged F of a1 = v by B`.
    TestJudged(Box<TestJudged>),
    /// `granted T 0.5 credits by R from A on DATE`.
    TestGranted(Box<TestGrant>),
    /// `waived R 6 credits by B because "…"`.
    TestWaived(Box<TestWaiver>),
    /// `asks T, U`.
    TestAsks(Vec<Name>),
    /// `expect …`.
    TestExpect(Box<TestExpect>),
}

/// A clause of a document.
#[derive(Clone, Debug)]
pub struct ClauseLine {
    /// Its label.
    pub label: Text,
    /// Its text.
    pub text: Option<Text>,
    /// What the text was when the package was written.
    pub hash: Option<Text>,
}

/// Slots that take one text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum TextSlot {
    Number,
    Link,
    Licence,
    Text,
    Proof,
}

/// Slots that take names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum NameSlot {
    Issuer,
    Replaces,
    ReplacesEquivalent,
    Under,
    By,
    Unit,
    SameAs,
    Near,
    Requires,
    PartOf,
    Formerly,
    Owner,
    Axis,
    Statements,
    At,
}

/// A fact given a value where a name (or a built-in fact's word) begins the statement.
#[derive(Clone, Debug)]
pub struct Given {
    /// The fact.
    pub fact: Name,
    /// Its value; several for `level hkqf 3, skill 4` and lists.
    pub values: Box<[Value]>,
}

/// `D "clause"`.
#[derive(Clone, Debug)]
pub struct Citation {
    /// The document.
    pub document: Name,
    /// The clause label.
    pub clause: Option<Text>,
    /// Where it stands.
    pub span: Span,
}

/// `in force …`.
#[derive(Clone, Debug)]
pub struct InForce {
    /// Where it stands.
    pub span: Span,
    /// First day.
    pub from: Option<DateLiteral>,
    /// Last day.
    pub to: Option<DateLiteral>,
    /// The date that is tested.
    pub by: Option<FactRef>,
    /// `in force not stated`.
    pub not_stated: bool,
}

/// What a grant carries beside its amount.
#[derive(Clone, Debug)]
pub struct Attribute {
    /// What.
    pub kind: AttributeKind,
    /// `when …`; with `true` what stands after `unless`.
    pub tests: Vec<(Test, bool)>,
    /// Where it stands.
    pub span: Span,
}

/// What a grant carries beside its amount.
#[derive(Clone, Debug)]
pub enum AttributeKind {
    /// `at level 7`, `at level hkqf 7`.
    Level(Value),
    /// `as division = lower`.
    Fact(Name, Value),
    /// `not for prerequisite`.
    NotFor(Name),
    /// `only for prerequisite`.
    OnlyFor(Name),
    /// `of which 4 to ge-b2`: a part of the amount, and where it sits.
    Part(Number, Name),
}

/// How often an achievement or a target may serve.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum CountRule {
    AchievementOnce,
    AchievementOnceEverywhere,
    AchievementFreely,
    TargetOnce,
}

/// A status that takes a rule out of every grant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum StatusWord {
    Unverified,
    UnderReview,
}

/// Whole or in part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum CountsHow {
    Whole,
    InPart,
}

/// How a framework places a qualification.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum PlacementRule {
    BestFit,
    EveryDimension,
}

/// A mark that a scale declares.
#[derive(Clone, Debug)]
pub struct ScaleMark {
    /// Its name.
    pub name: Name,
    /// What the transcript prints.
    pub titles: Vec<Title>,
    /// `counts as required minimum` or `counts as 85`.
    pub counts_as: Option<CountsAs>,
    /// `outside average`.
    pub outside_average: bool,
}

/// What a literal mark counts as.
#[derive(Clone, Debug)]
pub enum CountsAs {
    /// The least mark that the purpose needs.
    RequiredMinimum(Span),
    /// A fixed value.
    Value(Value),
}

/// `lapses 8 years after E [unless …]`.
#[derive(Clone, Debug)]
pub struct Lapses {
    /// How long after the event.
    pub length: Vec<Number>,
    /// The event: a date of the achievement.
    pub after: FactRef,
    /// What keeps it.
    pub unless: Vec<Test>,
    /// Where it stands.
    pub span: Span,
}

/// `total over S [for each of T]`.
#[derive(Clone, Debug)]
pub struct TotalOver {
    /// Where it stands.
    pub span: Span,
    /// Which achievements are answered, whatever their facts.
    pub over: Selection,
    /// For which targets each; for one at least where nothing is said.
    pub each: Option<Selection>,
}

/// `never …`.
#[derive(Clone, Debug)]
pub struct Never {
    /// Where it stands.
    pub span: Span,
    /// `from S`.
    pub from: Option<Selection>,
    /// `to T`.
    pub to: Option<Selection>,
    /// `when …`.
    pub when: Vec<Test>,
    /// `unless …`.
    pub unless: Vec<Test>,
    /// `because "…"`.
    pub because: Option<Text>,
    /// `cite …`.
    pub cite: Vec<Citation>,
}

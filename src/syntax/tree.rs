//! The tree of one source file: what was written, statement by statement, with typed operands.
//!
//! It never knows what a name means. Every node keeps its span; every statement keeps the range of its tokens, so that the
//! formatter can print it again in any keyword language, with comments, spellings and brackets as they were written.

use crate::quantity::{Date, Ratio};
use crate::source::{FileId, Span};

use super::token::Token;

/// A range of tokens of the tree's file: `tokens[start..end]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct TokenRange {
    /// First token.
    pub start: u32,
    /// One past the last token.
    pub end: u32,
}

/// One parsed file.
#[derive(Clone, Debug)]
pub struct Tree {
    /// The file this tree was read from.
    pub file: FileId,
    /// All tokens of the file in canonical order, comments included.
    pub tokens: Vec<Token>,
    /// The statements at the top level of the file.
    pub statements: Vec<Statement>,
    /// Comments after the last statement.
    pub trailing: Vec<Comment>,
}

/// A comment line, or the comment at the end of a statement's line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    /// The text after the comment sign.
    pub text: Box<str>,
    /// Whether an empty line stands before it.
    pub blank_before: bool,
    /// Where it stands.
    pub span: Span,
}

/// A statement: a declaration, a slot, a table row, or list members; or something that could not be read.
#[derive(Clone, Debug)]
pub struct Statement {
    /// The whole statement, its body included.
    pub span: Span,
    /// Its tokens, its body's included.
    pub tokens: TokenRange,
    /// Comment lines directly before it.
    pub comments: Vec<Comment>,
    /// A comment at the end of its (first) line.
    pub end_comment: Option<Comment>,
    /// Whether an empty line stands before it (and before its comments).
    pub blank_before: bool,
    /// What it says.
    pub kind: StatementKind,
}

/// What a statement says.
#[derive(Clone, Debug)]
pub enum StatementKind {
    /// A declaration with its header and body.
    Declaration(Box<Declaration>),
    /// A slot with its operand.
    Slot(Box<Slot>),
    /// A row of a table: `| a | b |`.
    Row(Row),
    /// Members of a list, in a body that has no slot words (`set areas { major, general }`), ranks included.
    Members(RankedList),
    /// A statement of the language that this version does not build yet; it has been reported.
    Later,
    /// A statement that could not be read; it has been reported.
    Bad,
}

/// The words that begin a declaration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum DeclarationWord {
    Package,
    Use,
    Document,
    Body,
    Set,
    Kind,
    Outcome,
    Learner,
    Plan,
    Credit,
    Scale,
    Framework,
    Dimension,
    Scheme,
    Agreement,
    Rule,
    Condition,
    Provision,
}

/// A declaration: keyword, name, aliases, titles, kind, what the header says besides, and a body.
#[derive(Clone, Debug)]
pub struct Declaration {
    /// Which declaration.
    pub word: DeclarationWord,
    /// Where the keyword stands.
    pub word_span: Span,
    /// Its name; absent only for `learner` and `plan`.
    pub name: Option<Name>,
    /// Names after commas.
    pub aliases: Vec<Name>,
    /// Titles, with language tags where written.
    pub titles: Vec<Title>,
    /// The kind after the colon (`outcome x : course`, `kind a : b`).
    pub kind: Option<Name>,
    /// `package x version 2025.1`, `use x version 2025 as y`.
    pub version: Option<Version>,
    /// `use cn.west as west`.
    pub rename: Option<Name>,
    /// `dimension x maps to knowledge, skill`.
    pub maps_to: Vec<Name>,
    /// The body, where braces stand.
    pub body: Option<Body>,
    /// The header without the body.
    pub header: Span,
}

/// A body in braces.
#[derive(Clone, Debug)]
pub struct Body {
    /// From brace to brace.
    pub span: Span,
    /// The statements inside.
    pub statements: Vec<Statement>,
    /// Comments before the closing brace.
    pub trailing: Vec<Comment>,
}

/// A name as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// Its text without the box, after NFC and width folding of bare names.
    pub text: Box<str>,
    /// How it was boxed.
    pub bracket: Bracket,
    /// Where it stands, box included.
    pub span: Span,
}

/// How a name was boxed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Bracket {
    /// Not boxed: an id, an alias or an exact title.
    Bare,
    /// `[…]`: also a code.
    Square,
    /// `【…】`: also a code.
    Lenticular,
    /// `《…》`: also a code.
    Book,
}

/// A title in one language: `"…"`, `en "…"`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Title {
    /// The language tag, where one is written (`en`, `zh`, `zh-Hant`, `ko`).
    pub tag: Option<Box<str>>,
    /// The text.
    pub text: Text,
}

/// Text between quotation marks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// The text without its quotes.
    pub text: Box<str>,
    /// Where it stands, quotes included.
    pub span: Span,
}

/// `2025.1`: digits with up to two dots.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// As written, width folded.
    pub text: Box<str>,
    /// Where it stands.
    pub span: Span,
}

/// A slot: its word and its operand.
#[derive(Clone, Debug)]
pub struct Slot {
    /// Where the slot word stands (an empty span before an operand that needs none).
    pub word_span: Span,
    /// The operand.
    pub operand: Operand,
}

/// The operand of a slot; each variant is a slot word (or a family of them) of the language.
#[derive(Clone, Debug)]
pub enum Operand {
    // --- packages, documents, bodies, outcomes
    /// `version 2025.1` in a package or framework body.
    Version(Version),
    /// `number "…"`, `link "…"`, `proof "…"`, `licence "…"`, `text "…"`: a slot that takes one text.
    Text(TextSlot, Text),
    /// `issued 2025-08`.
    Issued(DateLiteral),
    /// `clause "第三项" "text"`.
    Clause(Text, Option<Text>),
    /// `issuer BODY`, `replaces X`, `under X`, `by BODY` (of a scheme), `unit U`: a slot that takes names.
    Names(NameSlot, Vec<Name>),
    /// A fact given a value: `credits 3`, `level hkqf 3`, `weight 2`, `listed unpublished`, `code "00012"`.
    Given(Given),
    // --- facts, scales, credits, frameworks
    /// `fact grade "成绩" : hundred or five-grade, optional, if team, proof "…"`.
    Fact(Box<FactLine>),
    /// `low to high F, D, C = C+, B, A`.
    LowToHigh(RankedList),
    /// `range 0 to 100` (worst to best), `step 1`, `pass 60` of a scale or credit.
    Range(Value, Value),
    /// `step 0.5`.
    Step(Number),
    /// `pass 60`, `pass D`.
    Pass(Value),
    /// `mark exempt "免考" counts as required minimum, outside average` of a scale.
    ScaleMark(ScaleMark),
    /// `hours 10 notional`, `hours 25 to 30 notional`.
    CreditHours(CreditHours),
    /// `levels 1 to 7`, `levels 0.5 to 8 step 0.5`, `levels a, b, c`, `levels unpublished`.
    Levels(Levels),
    /// `placement best fit` or `placement every dimension`.
    Placement(PlacementRule, Span),
    /// `descriptors elsewhere DOC`, `descriptors unpublished`, or a table in braces.
    Descriptors(Descriptors),
    /// `counts whole`, `counts in part`.
    Counts(CountsHow, Span),
    // --- schemes and rules
    /// `cite D "clause", D2 "clause"`.
    Cite(Vec<Citation>),
    /// `in force from A to B by DATE`, `in force not stated`.
    InForce(InForce),
    /// `parties a, b` or `parties a -> b`.
    Parties {
        /// The parties, or the sending ones where an arrow stands.
        left: Vec<Name>,
        /// The receiving ones.
        right: Vec<Name>,
    },
    /// `count each achievement once [everywhere]`, `count each target once`, `count freely` …
    Count(CountRule, Span),
    /// `convert again never`, `once`, `3 times`.
    ConvertAgain(u32, Span),
    /// `status unverified`, `status under review`.
    Status(StatusWord, Span),
    /// `overrides r1, r2`.
    Overrides(Vec<Name>),
    /// `with provision-1, provision-2`.
    With(Vec<Name>),
    /// `from …`.
    From(Selection),
    /// `to …`.
    To(Selection),
    /// `when …`.
    When(Test),
    /// `unless …`.
    Unless(Test),
    /// `give …`.
    Give(Give),
    /// `mark …` of a rule.
    Mark(MarkRule),
    /// `otherwise refer to …`, `otherwise refuse because …`.
    Otherwise(Answer),
    /// `refer to B because "…"` standing as a slot: the rule's answer.
    Refer(Answer),
    /// `refuse because "…"` standing as a slot: the rule's answer.
    Refuse(Answer),
    /// `never from S to T when … unless … because "…" cite …`.
    Never(Box<Never>),
    /// `reading "…" cite …`.
    Reading(Text, Vec<Citation>),
    /// `advise "…"`.
    Advise(Text),
    /// `note "…"`.
    Note(Text),
    /// `example …`.
    Example(Example),
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
}

/// A fact given a value where a name (or a built-in fact's word) begins the statement.
#[derive(Clone, Debug)]
pub struct Given {
    /// The fact.
    pub fact: Name,
    /// Its value; several for `level hkqf 3, skill 4` and lists.
    pub values: Vec<Value>,
}

/// `fact …` in a kind, `learner` or `plan`.
#[derive(Clone, Debug)]
pub struct FactLine {
    /// Its name.
    pub name: Name,
    /// Names after commas, before the titles.
    pub aliases: Vec<Name>,
    /// Titles.
    pub titles: Vec<Title>,
    /// Its domains, joined by `or`.
    pub domains: Vec<DomainLine>,
    /// `optional`.
    pub optional: Option<Span>,
    /// `if team`.
    pub only_if: Option<Test>,
    /// `otherwise no`.
    pub otherwise: Option<Value>,
    /// `fixed`.
    pub fixed: Option<Span>,
    /// `proof "…"`.
    pub proof: Option<Text>,
}

/// The domain of a fact as written.
#[derive(Clone, Debug)]
pub struct DomainLine {
    /// Where it stands.
    pub span: Span,
    /// What it says.
    pub kind: DomainKind,
}

/// What a domain says.
#[derive(Clone, Debug)]
pub enum DomainKind {
    /// A scale, a set, a kind of thing by name.
    Named(Name),
    /// `yes or no`.
    YesNo,
    /// `date`.
    Date,
    /// `name`.
    Name,
    /// `contact hours`, `notional hours`: an amount of hours of one sort, at least 0.
    Hours(HoursSort),
    /// `months`, `days`, `weeks`, `years`: a length.
    Length(UnitWord),
    /// `0 to 20 whole`, `0 to 710 step 1`, `0% to 100%`, `0 to 20 credits`.
    Range {
        /// Least value.
        low: Number,
        /// Greatest value.
        high: Number,
        /// `whole`.
        whole: bool,
        /// `step s`.
        step: Option<Number>,
    },
    /// Listed values, plain (commas), ordered (`<`, `low to high`).
    List(RankedList),
}

/// A list of values with or without an order; one rank may hold equals (`third = bronze`).
#[derive(Clone, Debug)]
pub struct RankedList {
    /// Ranks from low to high where `ordered`, else one value each.
    pub ranks: Vec<Vec<ListedValue>>,
    /// Whether `low to high` or `<` gives the order.
    pub ordered: bool,
    /// Where it stands.
    pub span: Span,
}

/// A listed value, with its titles and window.
#[derive(Clone, Debug)]
pub struct ListedValue {
    /// Its name.
    pub name: Name,
    /// Titles.
    pub titles: Vec<Title>,
    /// `in force from 1951-09`.
    pub in_force: Option<InForce>,
}

/// Contact or notional hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum HoursSort {
    /// Hours in class (课堂学时).
    Contact,
    /// All learning time (学习时数).
    Notional,
}

/// A unit word after a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum UnitWord {
    Credit,
    Hour,
    Day,
    Week,
    Month,
    Year,
    Course,
    Item,
    Rank,
    Point,
    Times,
}

/// A number, with the unit or percent sign that follows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Number {
    /// Its exact value; for `80%` this is 4/5.
    pub value: Ratio,
    /// Whether a percent sign or 百分之 was written.
    pub percent: bool,
    /// The unit word or unit name after it.
    pub unit: Option<UnitRef>,
    /// Where it stands, unit included.
    pub span: Span,
}

/// The unit after a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UnitRef {
    /// A unit word of the language.
    Word(UnitWord, Span),
    /// A declared unit, kind or fact by name (`3 ects`, `3 reading-module`).
    Named(Name),
    /// `contact hours`, `notional hours`.
    Hours(HoursSort, Span),
}

/// A date as written: a day, a month or a year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateLiteral {
    /// First day meant.
    pub first: Date,
    /// Last day meant (the same for a full date).
    pub last: Date,
    /// Where it stands.
    pub span: Span,
}

/// A value: what a fact is compared with or given.
#[derive(Clone, Debug)]
pub struct Value {
    /// Where it stands.
    pub span: Span,
    /// What it says.
    pub kind: ValueKind,
}

/// What a value says.
#[derive(Clone, Debug)]
pub enum ValueKind {
    /// A number, with unit.
    Number(Number),
    /// `2 years 6 months`: a length of several parts.
    Length(Vec<Number>),
    /// A date.
    Date(DateLiteral),
    /// A name.
    Name(Name),
    /// `hkqf 5`, `skill 4`: a level of a framework or dimension.
    Level(Name, Number),
    /// A text.
    Text(Text),
    /// `yes`.
    Yes,
    /// `no`.
    No,
    /// `none`.
    None,
    /// `unknown`, in examples.
    Unknown,
    /// `unpublished`.
    Unpublished,
    /// `60 to 69`, `60～69` (both ends in), `6 months to under 1 year`.
    Range(Box<Value>, Box<Value>, RangeEnd),
    /// `[target] F`, `learner F`: another fact.
    Fact(FactRef),
}

/// Whether a range includes its upper end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RangeEnd {
    /// `a to b`.
    Included,
    /// `a to under b`.
    Excluded,
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

/// The hours of one credit.
#[derive(Clone, Debug)]
pub struct CreditHours {
    /// Least.
    pub low: Number,
    /// Most, where a range is written.
    pub high: Option<Number>,
    /// The sort of hours.
    pub sort: Option<HoursSort>,
    /// Where it stands.
    pub span: Span,
}

/// The levels of a framework.
#[derive(Clone, Debug)]
pub enum Levels {
    /// `1 to 7 [step s]`.
    Numbers {
        /// Lowest.
        low: Number,
        /// Highest.
        high: Number,
        /// Step, 1 if not written.
        step: Option<Number>,
    },
    /// Names, lowest first.
    Names(RankedList),
    /// `unpublished`.
    Unpublished(Span),
}

/// The descriptors of a framework.
#[derive(Clone, Debug)]
pub enum Descriptors {
    /// `elsewhere [DOC]`.
    Elsewhere(Option<Name>, Span),
    /// `unpublished`.
    Unpublished(Span),
    /// A table: level, then one column a dimension.
    Table(Table),
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

/// A table: rows of cells. The first row names the columns.
#[derive(Clone, Debug)]
pub struct Table {
    /// Where it stands, braces included.
    pub span: Span,
    /// Its rows, header first.
    pub rows: Vec<Row>,
}

/// A row of a table.
#[derive(Clone, Debug)]
pub struct Row {
    /// Where it stands.
    pub span: Span,
    /// Its cells.
    pub cells: Vec<Cell>,
    /// Comment lines before it.
    pub comments: Vec<Comment>,
    /// A comment at its end.
    pub end_comment: Option<Comment>,
}

/// A cell of a table.
#[derive(Clone, Debug)]
pub struct Cell {
    /// Where it stands.
    pub span: Span,
    /// What it says.
    pub kind: CellKind,
}

/// What a cell says.
#[derive(Clone, Debug)]
pub enum CellKind {
    /// A value or several (a list).
    Values(Vec<Value>),
    /// `>= 425`, `under 60`, `3 years or more`, `first or above`, `before 2015-09-01`, `2015-09-01 or later`.
    Bound(Comparison, Value),
    /// `otherwise`.
    Otherwise,
    /// `-`: the rule does not apply here.
    Dash,
    /// `none`.
    None,
    /// `not stated`.
    NotStated,
    /// `unpublished`.
    Unpublished,
    /// An amount more than a plain number (`1 credit per 16 hours`, `target credits`).
    Amount(Box<Amount>),
}

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

/// A fact named in a test, with whose fact it is.
#[derive(Clone, Debug)]
pub struct FactRef {
    /// Whose fact.
    pub of: FactOwner,
    /// The fact.
    pub name: Name,
    /// Where it stands.
    pub span: Span,
}

/// Whose fact a test reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FactOwner {
    /// The source, or what the context says (a bare name).
    Plain,
    /// `source F`.
    Source,
    /// `target F`.
    Target,
    /// `learner F`.
    Learner,
    /// `plan F`.
    Plan,
    /// `each F`: each of several sources.
    Each,
    /// `total F`.
    Total,
    /// `lowest F`.
    Lowest,
    /// `latest F`.
    Latest,
}

/// A test.
#[derive(Clone, Debug)]
pub struct Test {
    /// Where it stands.
    pub span: Span,
    /// What it says.
    pub kind: TestKind,
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
    /// `rank 1 to 3`.
    Between {
        /// The fact tested.
        fact: FactRef,
        /// A [`ValueKind::Range`].
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
    /// `any of { … }`.
    Any(Vec<Test>),
    /// `all of { … }`, or tests joined by `and`.
    All(Vec<Test>),
}

/// On which side of another date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum Side {
    Before,
    After,
}

/// A selection: one way to say "which", the same in `from`, `to`, `holds`, `never` and `set`.
#[derive(Clone, Debug)]
pub struct Selection {
    /// Where it stands.
    pub span: Span,
    /// What it says.
    pub kind: SelectionKind,
}

/// What a selection says.
#[derive(Clone, Debug)]
pub enum SelectionKind {
    /// One outcome, kind or set, perhaps with `or above` and a bracket.
    Item(SelectionItem),
    /// `a and b`, `all of { … }`.
    All(Vec<Selection>),
    /// `a or b`, `any of { … }`.
    Any(Vec<Selection>),
    /// `a, b`: each of them (in `to`).
    Each(Vec<Selection>),
    /// `2 of { … }`, `up to 3 of { … }`, `3 credits of { … }`.
    Count {
        /// The number, with `credits` as its unit where written.
        number: Number,
        /// `up to`.
        up_to: bool,
        /// Of which.
        of: Vec<Selection>,
    },
    /// `s together`.
    Together(Box<Selection>),
    /// `s except t`.
    Except(Box<Selection>, Vec<Selection>),
}

/// One name of a selection.
#[derive(Clone, Debug)]
pub struct SelectionItem {
    /// The outcome, kind or set.
    pub name: Name,
    /// `or above`, `or below`.
    pub reach: Reach,
    /// `at BODY`, where a code is shared by several bodies.
    pub at: Option<Name>,
    /// The tests in its bracket.
    pub tests: Vec<Test>,
}

/// `or above`, `or below`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum Reach {
    Exactly,
    OrAbove,
    OrBelow,
    /// 以下 without （含） or （不含）.
    UnclearBelow,
}

/// What a rule gives.
#[derive(Clone, Debug)]
pub struct Give {
    /// Where it stands.
    pub span: Span,
    /// What.
    pub kind: GiveKind,
}

/// What a rule gives.
#[derive(Clone, Debug)]
pub enum GiveKind {
    /// Credits.
    Amount(Box<Amount>),
    /// `no credit, total reduced`.
    NoCreditReduced,
    /// `no credit, replaced [from S]`.
    NoCreditReplaced(Option<Selection>),
    /// `attendance only, exam stays`.
    AttendanceOnly,
    /// `completion`.
    Completion,
    /// `access to P`.
    Access(Name),
    /// `placement in X`.
    Placement(Name),
    /// `entry to year 3 of P`.
    Entry(Number, Name),
    /// `award X`.
    Award(Name),
    /// `refuse because "…"`, `refer to B because "…"`.
    Answer(Answer),
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
    pub less: Option<Less>,
    /// `each` or `in total`.
    pub sharing: Option<Sharing>,
    /// `round …`, `exact`.
    pub rounding: Option<RoundingWord>,
    /// `at least A`.
    pub at_least: Option<Number>,
    /// `at most A`.
    pub at_most: Option<Number>,
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
    /// `credits by F1, F2 { table }`.
    Table {
        /// The facts that the table is read by.
        by: Vec<FactRef>,
        /// The table.
        table: Table,
    },
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
    /// `at most 70`.
    pub at_most: Option<Value>,
    /// `counts as …`.
    pub counts_as: Option<CountsAs>,
    /// `outside average`.
    pub outside_average: bool,
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

/// `example ACHIEVEMENTS[, CIRCUMSTANCES] -> RESULT`.
#[derive(Clone, Debug)]
pub struct Example {
    /// Where it stands.
    pub span: Span,
    /// What is held; one unnamed achievement where only facts are written.
    pub achievements: Vec<ExampleAchievement>,
    /// `learner F = v`, `plan F = v`, `applied = DATE`.
    pub circumstances: Vec<(FactRef, Value)>,
    /// What is expected.
    pub expected: Vec<Expected>,
}

/// An achievement of an example.
#[derive(Clone, Debug)]
pub struct ExampleAchievement {
    /// How many, 1 if not written.
    pub count: Option<Number>,
    /// The outcome or kind; absent where the rule has one source.
    pub of: Option<Name>,
    /// Its facts.
    pub facts: Vec<(FactRef, Value)>,
    /// Where it stands.
    pub span: Span,
}

/// One expected result.
#[derive(Clone, Debug)]
pub struct Expected {
    /// Where it stands.
    pub span: Span,
    /// The target, where named.
    pub target: Option<Name>,
    /// The other targets of the same amount: `math-150 and math-151 6 credits in total`.
    pub also: Vec<Name>,
    /// `each` or `in total`, of several targets.
    pub sharing: Option<Sharing>,
    /// What is expected of it.
    pub kind: ExpectedKind,
}

/// What an example expects.
#[derive(Clone, Debug)]
pub enum ExpectedKind {
    /// It converts, whatever the amount.
    Converts,
    /// It converts to this amount, with this mark where written.
    Grant {
        /// How much.
        amount: Number,
        /// `mark …`.
        mark: Option<MarkRule>,
    },
    /// `no credit, total reduced` and the other effects.
    Effect(Give, Option<MarkRule>),
    /// `deposit 3 credits`.
    Deposit(Number),
    /// `refused [REASON]`.
    Refused(Option<ReasonWord>),
    /// `conflict`.
    Conflict,
    /// `no rule`.
    NoRule,
    /// `refer to B`.
    Refer(Option<Name>),
    /// `unknown FACT`.
    Unknown(Option<FactRef>),
    /// `not established`.
    NotEstablished,
    /// `nothing`: no grant, whatever the reason.
    Nothing,
}

/// Why something is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum ReasonWord {
    ConditionNotMet,
    Excluded,
    NotYet,
    Expired,
    AlreadyUsed,
    OverLimit,
    NotInForce,
}

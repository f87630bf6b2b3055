//! The tree of one source file: what was written, statement by statement, with typed operands.
//!
//! It never knows what a name means. Every node keeps its span. A large package is hundreds of thousands of statements, so
//! what few of them have stands in a box of its own; a test at the end of this file says how large the common nodes are.

mod amount;
mod example;
mod fact;
mod framework;
mod limit;
mod map;
mod record;
mod selection;
mod slot;
mod table;
mod test;
mod unit;
mod value;

pub use amount::{
    Amount, AmountKind, Answer, Give, GiveKind, JudgedRange, Less, MarkKind, MarkRule, OwnLine, RoundingMode,
    RoundingWord, Sharing,
};
pub use example::{Example, ExampleAchievement, Expected, ExpectedKind, ReasonWord};
pub use fact::{
    DomainKind, DomainLine, FactLine, HoursSort, JudgedLine, ListedValue, QuantityLine, QuantityPart,
    RankedList, UnitWord,
};
pub use framework::{
    ComparisonExample, ComparisonStatusWord, Counterpart, Descriptors, LevelNumbers, Levels, SpecialHeader,
    StatementHeader, TitleExample, TitleNeed, TitleSlot, Track,
};
pub use limit::{
    Average, Bound, CombineHighest, CountIn, FigureWord, LimitLine, LinePart, Period, Share, ShareBase,
    ShareLine, ShareOf, SurplusWord,
};
pub use map::{Distribution, Linear, MapExample, MapHeader, MapRounding, OverlapTake};
pub use record::{ExpectedTotal, TestExpect, TestGrant, TestJudged, TestPlan, TestWaiver};
pub use selection::{Reach, Selection, SelectionItem, SelectionKind};
pub use slot::{
    Attribute, AttributeKind, Citation, ClauseLine, CountRule, CountsAs, CountsHow, Given, InForce, Lapses,
    NameSlot, Never, Operand, PlacementRule, ScaleMark, Slot, StatusWord, TextSlot, TotalOver,
};
pub use table::{Cell, CellKind, Row, Table};
pub use test::{Comparison, Coverage, Lasting, LastingPart, LevelReading, LevelTest, Side, Test, TestKind};
pub use unit::{
    Conversion, ConversionExample, ConversionResult, CreditMeasure, RatioHeader, RatioTerm, TakeWord, WayBy,
    WayWord,
};
pub use value::{DateLiteral, FactOwner, FactRef, Number, RangeEnd, UnitRef, Value, ValueKind};

use crate::source::{FileId, Span};

/// One parsed file.
#[derive(Clone, Debug)]
pub struct Tree {
    /// The file this tree was read from.
    pub file: FileId,
    /// The statements at the top level of the file.
    pub statements: Vec<Statement>,
    /// Comments after the last statement.
    pub trailing: Vec<Comment>,
    /// The tests of likeness that name their judge, wherever they stand: each is a fact that nobody declares.
    pub likenesses: Vec<Likeness>,
}

/// `hours similar, judged by committee`, as its statement says it too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Likeness {
    /// What is alike.
    pub fact: Name,
    /// Who says so.
    pub judge: Name,
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

/// The comments around a statement.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Remarks {
    /// Comment lines directly before it, and those between its own words.
    pub before: Vec<Comment>,
    /// A comment at the end of its (first) line.
    pub end: Option<Comment>,
}

/// A statement: a declaration, a slot, a table row, or list members; or something that could not be read.
#[derive(Clone, Debug)]
pub struct Statement {
    /// The whole statement, its body included.
    pub span: Span,
    /// The comments around it; most statements have none.
    pub remarks: Option<Box<Remarks>>,
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
    Slot(Slot),
    /// A row of a table: `| a | b |`.
    Row(Box<Row>),
    /// Members of a list, in a body that has no slot words (`set areas { major, general }`), ranks included.
    Members(Box<RankedList>),
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
    Ratio,
    Map,
    Scale,
    Framework,
    Dimension,
    Standard,
    Statement,
    Comparison,
    Scheme,
    Agreement,
    Rule,
    Condition,
    Provision,
    Amend,
    Adopt,
    AdoptWithDiscretion,
    Programme,
    Block,
    /// `2 of { block a; block b }`.
    Branches,
    Test,
}

/// A declaration: keyword, name, aliases, titles, kind, what the header says besides, and a body.
#[derive(Clone, Debug)]
pub struct Declaration {
    /// Which declaration.
    pub word: DeclarationWord,
    /// Where the keyword stands.
    pub word_span: Span,
    /// Its name; absent only for `learner`, `plan` and ratios.
    pub name: Option<Name>,
    /// Names after commas.
    pub aliases: Box<[Name]>,
    /// Titles, with language tags where written.
    pub titles: Box<[Title]>,
    /// The kind after the colon (`outcome x : course`, `kind a : b`).
    pub kind: Option<Name>,
    /// `package x version 2025.1`, `use x version 2025 as y`.
    pub version: Option<Box<Version>>,
    /// `use cn.west as west`.
    pub rename: Option<Box<Name>>,
    /// What only dimensions, statements, comparisons and ratios say in their headers.
    pub special: Option<Box<SpecialHeader>>,
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
    pub statements: Box<[Statement]>,
    /// Comments before the closing brace.
    pub trailing: Box<[Comment]>,
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Of a hundred thousand rules each byte here is a tenth of a megabyte, or several.
    #[test]
    fn the_common_nodes_are_small() {
        assert!(size_of::<Statement>() <= 80, "a statement has {}", size_of::<Statement>());
        assert!(size_of::<Declaration>() <= 216, "a declaration has {}", size_of::<Declaration>());
        assert!(size_of::<Selection>() <= 80, "a selection has {}", size_of::<Selection>());
        assert!(size_of::<Test>() <= 144, "a test has {}", size_of::<Test>());
        assert!(size_of::<Value>() <= 72, "a value has {}", size_of::<Value>());
        assert!(size_of::<Give>() <= 64, "what a rule gives has {}", size_of::<Give>());
        assert!(size_of::<Amount>() <= 160, "an amount has {}", size_of::<Amount>());
    }
}

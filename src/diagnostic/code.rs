//! The codes: each is stable for good, has a page under `docs/errors`, a sentence and a help in both languages, and a case.

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// The package cannot be used.
    Error,
    /// The package can be used; an author should look.
    Warning,
}

macro_rules! codes {
    ($($name:ident = $code:literal),* $(,)?) => {
        /// The code of a problem. To add one: a line here and a page `docs/errors/FAMILY/NAME.md`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum Code {
            $(
                #[doc = concat!("`", $code, "`: see its page.")]
                $name,
            )*
        }

        impl Code {
            /// All codes, in the order of this list.
            pub const ALL: &'static [Code] = &[$(Code::$name),*];

            /// `family/name`.
            pub const fn id(self) -> &'static str {
                match self { $(Code::$name => $code),* }
            }

            /// The page of the code.
            pub(crate) const fn page(self) -> &'static str {
                match self { $(Code::$name => include_str!(concat!("../../docs/errors/", $code, ".md"))),* }
            }
        }
    };
}

// Sorted by code, one a line, so that two additions rarely meet.
codes! {
    AmountBounds = "amount/bounds",
    AmountInterval = "amount/interval",
    AmountMeasure = "amount/measure",
    AmountNoCredits = "amount/no-credits",
    AmountNoTarget = "amount/no-target",
    AmountNotANumber = "amount/not-a-number",
    AmountPercentWithoutBase = "amount/percent-without-base",
    AmountRounding = "amount/rounding",
    AmountSharing = "amount/sharing",
    AmountStep = "amount/step",
    AmountZero = "amount/zero",
    BoundUnclear = "bound/unclear",
    BoxEmpty = "box/empty",
    BoxUnclosed = "box/unclosed",
    BraceExtra = "brace/extra",
    BraceUnclosed = "brace/unclosed",
    CharacterLookAlike = "character/look-alike",
    CharacterUnknown = "character/unknown",
    CharacterZeroWidth = "character/zero-width",
    CitationClauseUnknown = "citation/clause-unknown",
    CitationUnknown = "citation/unknown",
    ComparisonColumns = "comparison/columns",
    ComparisonContradicts = "comparison/contradicts",
    ComparisonExample = "comparison/example",
    ComparisonOnlyCondition = "comparison/only-condition",
    ComparisonOtherFramework = "comparison/other-framework",
    ComparisonStatusMissing = "comparison/status-missing",
    ConditionCycle = "condition/cycle",
    ConditionLarge = "condition/large",
    ConversionHoursSort = "conversion/hours-sort",
    CountUnsaid = "count/unsaid",
    CoversDimension = "covers/dimension",
    CreditHoursMissing = "credit/hours-missing",
    CreditStepMissing = "credit/step-missing",
    CreditYearMissing = "credit/year-missing",
    DateDay = "date/day",
    DateForm = "date/form",
    DateOrder = "date/order",
    DateUnnamed = "date/unnamed",
    DateWindowUnnamed = "date/window-unnamed",
    DepthLimit = "depth/limit",
    EffectTarget = "effect/target",
    EffectUnclear = "effect/unclear",
    EncodingGb18030 = "encoding/gb18030",
    EncodingNotUtf8 = "encoding/not-utf8",
    ExampleConversion = "example/conversion",
    ExampleFailed = "example/failed",
    ExampleSource = "example/source",
    ExampleTarget = "example/target",
    FactBare = "fact/bare",
    FactComparison = "fact/comparison",
    FactContradicts = "fact/contradicts",
    FactTwoFacts = "fact/two-facts",
    FactTwoTypes = "fact/two-types",
    FactUndeclared = "fact/undeclared",
    FactValueOutside = "fact/value-outside",
    FrameworkDescriptorMissing = "framework/descriptor-missing",
    FrameworkDimensionUnknown = "framework/dimension-unknown",
    FrameworkDimensionUnmapped = "framework/dimension-unmapped",
    FrameworkLevelsMissing = "framework/levels-missing",
    FrameworkTitleExample = "framework/title-example",
    FrameworkTranslationMissing = "framework/translation-missing",
    JudgeMissing = "judge/missing",
    JudgeNoAchievement = "judge/no-achievement",
    JudgeTwo = "judge/two",
    KindCycle = "kind/cycle",
    KindDeep = "kind/deep",
    LengthMeasure = "length/measure",
    LengthPart = "length/part",
    LevelFramework = "level/framework",
    LevelMixed = "level/mixed",
    LevelReading = "level/reading",
    LevelUnknown = "level/unknown",
    MapBasis = "map/basis",
    MapChained = "map/chained",
    MapFormula = "map/formula",
    MapGap = "map/gap",
    MapHow = "map/how",
    MapOutside = "map/outside",
    MapOverlap = "map/overlap",
    MapRounding = "map/rounding",
    MapScale = "map/scale",
    MapScaleMissing = "map/scale-missing",
    MapTwice = "map/twice",
    MarkOutside = "mark/outside",
    MarkUnknown = "mark/unknown",
    NameAmbiguous = "name/ambiguous",
    NameBox = "name/box",
    NameBracket = "name/bracket",
    NameDuplicate = "name/duplicate",
    NameReserved = "name/reserved",
    NameSideBySide = "name/side-by-side",
    NameSort = "name/sort",
    NameSpace = "name/space",
    NameUnknown = "name/unknown",
    NumberForm = "number/form",
    NumberOverflow = "number/overflow",
    NumberStep = "number/step",
    NumberTooFine = "number/too-fine",
    OrderNone = "order/none",
    OutcomeAboveStatements = "outcome/above-statements",
    OutcomeHoursDisagree = "outcome/hours-disagree",
    OutcomePlacement = "outcome/placement",
    OutcomeTitle = "outcome/title",
    OverrideCycle = "override/cycle",
    OverrideNoCommon = "override/no-common",
    PackageHeader = "package/header",
    ProofNotAnalysed = "proof/not-analysed",
    QuoteUnclosed = "quote/unclosed",
    RangeReversed = "range/reversed",
    RatioCell = "ratio/cell",
    RatioDisagree = "ratio/disagree",
    RatioNone = "ratio/none",
    RatioTerms = "ratio/terms",
    RoundingStep = "rounding/step",
    RuleConflict = "rule/conflict",
    RuleNever = "rule/never",
    RuleNoAnswer = "rule/no-answer",
    RuleTwoAnswers = "rule/two-answers",
    ScaleDistribution = "scale/distribution",
    ScalePass = "scale/pass",
    SchemeCiteMissing = "scheme/cite-missing",
    SchemeInForceMissing = "scheme/in-force-missing",
    SelectComma = "select/comma",
    SelectEmpty = "select/empty",
    SelectLarge = "select/large",
    SelectMixed = "select/mixed",
    SelectNested = "select/nested",
    SelectNumber = "select/number",
    SelectQuantifier = "select/quantifier",
    SelectSeveral = "select/several",
    SelectTooMany = "select/too-many",
    SetDeep = "set/deep",
    SetMixed = "set/mixed",
    SlotColon = "slot/colon",
    SlotEmpty = "slot/empty",
    SlotMisplaced = "slot/misplaced",
    SlotMissing = "slot/missing",
    SlotRepeated = "slot/repeated",
    SlotUnknown = "slot/unknown",
    StatementWeight = "statement/weight",
    SyntaxLater = "syntax/later",
    SyntaxMixedBody = "syntax/mixed-body",
    SyntaxStatement = "syntax/statement",
    TableCell = "table/cell",
    TableColumn = "table/column",
    TableEmptyCell = "table/empty-cell",
    TableGap = "table/gap",
    TableNoRows = "table/no-rows",
    TableOverlap = "table/overlap",
    TableRowLength = "table/row-length",
    TotalGap = "total/gap",
    UnitMixedScale = "unit/mixed-scale",
    UnitMixedUnit = "unit/mixed-unit",
    UnitNoUnit = "unit/no-unit",
    UnitUnknown = "unit/unknown",
    UseCycle = "use/cycle",
    UseUnknown = "use/unknown",
    UseVersion = "use/version",
}

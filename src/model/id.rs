//! Ids: numbers in the order of canonical names.

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
            pub struct $name(pub u32);

            impl $name {
                /// The place of this id in its list.
                pub const fn index(self) -> usize {
                    self.0 as usize
                }
            }
        )*
    };
}

ids! {
    /// A document.
    DocumentId,
    /// A body.
    BodyId,
    /// A credit unit.
    UnitId,
    /// A scale.
    ScaleId,
    /// A map of marks.
    MapId,
    /// A list of values.
    ListId,
    /// A kind of achievement.
    KindId,
    /// The name of a fact.
    FactId,
    /// A catalogue entry.
    OutcomeId,
    /// A named set.
    SetId,
    /// A class of achievement.
    ClassId,
    /// A framework.
    FrameworkId,
    /// A comparison of two frameworks.
    ComparisonId,
    /// A standard.
    StandardId,
    /// A statement of a standard.
    StatementId,
    /// A scheme or agreement.
    SchemeId,
    /// A rule.
    RuleId,
    /// A bar.
    BarId,
    /// A block.
    BlockId,
    /// A programme.
    ProgrammeId,
    /// A limit.
    LimitId,
    /// A requirement.
    RequirementId,
}

//! What rules speak of: documents, bodies, units, scales, lists, kinds and their facts, outcomes and sets.

use crate::quantity::{Date, DateRange, Length, Ratio};
use crate::source::Span;
use crate::space::Value;

use super::{
    BodyId, Cond, DocumentId, FactId, FrameworkId, KindId, OutcomeId, Titles, TypedDomain, UnitId, Window,
};

/// A legal or published basis.
#[derive(Clone, Debug)]
pub struct Document {
    /// Its id.
    pub name: Box<str>,
    /// Other names.
    pub aliases: Vec<Box<str>>,
    /// Titles.
    pub titles: Titles,
    /// 文号.
    pub number: Option<Box<str>>,
    /// Who issued it: a body, or a name that is no declared body.
    pub issuer: Option<Box<str>>,
    /// When: a day, a month or a year.
    pub issued: Option<DateRange>,
    /// Where it is published.
    pub link: Option<Box<str>>,
    /// The document that it replaces.
    pub replaces: Vec<DocumentId>,
    /// Declared clauses, in the order of the text.
    pub clauses: Vec<Clause>,
    /// Where it is declared.
    pub span: Span,
}

/// A clause of a document.
#[derive(Clone, Debug)]
pub struct Clause {
    /// Its label.
    pub label: Box<str>,
    /// Its text.
    pub text: Option<Box<str>>,
    /// Where it is declared.
    pub span: Span,
}

/// An organisation.
#[derive(Clone, Debug)]
pub struct Body {
    /// Its id.
    pub name: Box<str>,
    /// Other names.
    pub aliases: Vec<Box<str>>,
    /// Titles.
    pub titles: Titles,
    /// Its terms and years.
    pub periods: Vec<super::Period>,
    /// Where it is declared.
    pub span: Span,
}

/// A scale of marks. Its order means *better*, whatever the numerals do.
#[derive(Clone, Debug)]
pub struct Scale {
    /// Its id.
    pub name: Box<str>,
    /// Other names.
    pub aliases: Vec<Box<str>>,
    /// Titles.
    pub titles: Titles,
    /// Numbers or names.
    pub shape: ScaleShape,
    /// The worst mark that passes, as a value of the scale.
    pub pass: Option<Value>,
    /// Literal marks.
    pub marks: Vec<ScaleMark>,
    /// How those who pass are spread over its marks, the best first: each mark and its share.
    pub distribution: Vec<(Value, Ratio)>,
    /// Where it is declared.
    pub span: Span,
}

/// Numbers or names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ScaleShape {
    /// From the worst number to the best.
    Numeric {
        /// The worst mark.
        worst: Ratio,
        /// The best mark; smaller than `worst` on a falling scale.
        best: Ratio,
        /// Distance of two marks, where declared.
        step: Option<Ratio>,
    },
    /// Names from worst to best; equals share a rank.
    Named(Vec<Vec<Listed>>),
}

/// A literal mark of a scale (免考, TR).
#[derive(Clone, Debug)]
pub struct ScaleMark {
    /// Its id.
    pub name: Box<str>,
    /// What the transcript prints.
    pub titles: Titles,
    /// What it counts as.
    pub counts_as: Option<CountsAs>,
    /// Whether it stays outside averages.
    pub outside_average: bool,
    /// Where it is declared.
    pub span: Span,
}

/// What a literal mark counts as.
#[derive(Clone, Debug, PartialEq)]
pub enum CountsAs {
    /// The least mark that the purpose asks for.
    RequiredMinimum,
    /// A value of the scale.
    Value(Value),
}

/// A list of values: `set areas { … }` of values, or the list written in a fact.
#[derive(Clone, Debug)]
pub struct List {
    /// The set's id, or `KIND.FACT`.
    pub name: Box<str>,
    /// Other names.
    pub aliases: Vec<Box<str>>,
    /// Titles.
    pub titles: Titles,
    /// Ranks from low to high where `ordered`, else one value each; equals share a rank.
    pub ranks: Vec<Vec<Listed>>,
    /// Whether "or above" has a meaning.
    pub ordered: bool,
    /// Where it is declared.
    pub span: Span,
}

/// A listed value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Its id.
    pub name: Box<str>,
    /// Titles.
    pub titles: Titles,
    /// Where it is declared.
    pub span: Span,
}

/// A kind of achievement.
#[derive(Clone, Debug)]
pub struct Kind {
    /// Its id.
    pub name: Box<str>,
    /// Other names.
    pub aliases: Vec<Box<str>>,
    /// Titles.
    pub titles: Titles,
    /// The kind that this one is a sub-kind of.
    pub parent: Option<KindId>,
    /// This kind and all it is a sub-kind of, nearest first.
    pub ancestors: Vec<KindId>,
    /// Its facts, inherited ones included, by fact.
    pub facts: Vec<FactUse>,
    /// Values given for all its outcomes, by fact.
    pub given: Vec<(FactId, Given)>,
    /// `counts whole` (true) or `counts in part` (false), where said.
    pub counts_whole: Option<bool>,
    /// When its achievements serve no more, those of the kinds above it included.
    pub lapses: Vec<Lapse>,
    /// What holds of each of its achievements: every `impossible when` denied, over `Holder::Itself`.
    pub possible: Vec<Cond>,
    /// Where it is declared.
    pub span: Span,
}

/// From when on an achievement serves no more.
#[derive(Clone, Debug, PartialEq)]
pub struct Lapse {
    /// So long after the event, the last day included.
    pub length: Length,
    /// The event: a date of the achievement. Where it never was, nothing lapses.
    pub after: FactId,
    /// What keeps it all the same, over `Holder::Itself`.
    pub unless: Cond,
    /// Where it is said.
    pub span: Span,
}

/// The name of a fact.
#[derive(Clone, Debug)]
pub struct Fact {
    /// Its id; a built-in fact has its English word.
    pub name: Box<str>,
    /// Other names.
    pub aliases: Vec<Box<str>>,
    /// Whether the language has it built in.
    pub built_in: bool,
}

/// What a fact of one holder may be.
#[derive(Clone, Debug)]
pub struct FactUse {
    /// The fact.
    pub fact: FactId,
    /// Titles.
    pub titles: Titles,
    /// The domains it may be in (one, except for `hundred or five-grade`).
    pub domains: Vec<TypedDomain>,
    /// Whether its value may be `none`.
    pub optional: bool,
    /// The value is `none` where this test, over the same holder, is false.
    pub only_if: Option<Cond>,
    /// What "not stated" means; else a fact not stated is unknown.
    pub otherwise: Option<Value>,
    /// Whether the learner cannot change it.
    pub fixed: bool,
    /// How it is proved.
    pub proof: Option<Box<str>>,
    /// Who says it, where that is a judgement.
    pub judged: Option<Judge>,
    /// How it is worked out from other facts; then nothing states it.
    pub worked_out: Option<Box<super::WorkedOut>>,
    /// Where it is declared; `None` for an undeclared built-in.
    pub span: Option<Span>,
}

/// Who judges a fact: without the judgement nothing is known of it, and what waits for it is referred to the judge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Judge {
    /// The body.
    pub by: BodyId,
    /// Whether each target needs a judgement of its own.
    pub against_target: bool,
}

/// A value given by the catalogue.
#[derive(Clone, Debug, PartialEq)]
pub enum Given {
    /// This value.
    Value(Value),
    /// One of a narrower range or list.
    Within(crate::space::Set),
    /// Not published.
    Unpublished,
}

/// A catalogue entry.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// Its id.
    pub name: Box<str>,
    /// Other names.
    pub aliases: Vec<Box<str>>,
    /// Titles.
    pub titles: Titles,
    /// Its code, unique with its issuer.
    pub code: Option<Box<str>>,
    /// Its kind.
    pub kind: KindId,
    /// Who issues it.
    pub issuer: Option<BodyId>,
    /// Its credits.
    pub credits: Credits,
    /// Values given, its kind's and body's included, by fact; `credits` too, where it is a number.
    pub given: Vec<(FactId, Given)>,
    /// Its levels: overall (`None`) and by dimension (its place in the framework's list), as ranks.
    pub levels: Vec<OutcomeLevel>,
    /// The title that it bears, as a framework grants titles.
    pub bears: Option<(Box<str>, Span)>,
    /// Its statements, sorted.
    pub statements: Vec<super::StatementId>,
    /// What it is declared the same as, near to, requires, replaces, is part of.
    pub relations: Vec<(Relation, OutcomeId, Span)>,
    /// Where it is declared.
    pub span: Span,
}

/// A level of an outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutcomeLevel {
    /// The framework.
    pub framework: FrameworkId,
    /// The dimension, by its place in the framework; `None` for the level overall.
    pub dimension: Option<u32>,
    /// The rank of the level in the framework.
    pub rank: u32,
    /// Where it is said.
    pub span: Span,
}

/// How outcomes are related.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum Relation {
    SameAs,
    Near,
    Requires,
    Replaces,
    ReplacesEquivalent,
    PartOf,
}

/// The credits of an outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Credits {
    /// This many of this unit.
    Amount(Ratio, UnitId),
    /// It has credits, but their number is not published.
    Unpublished,
    /// Nothing is said: `target credits` of it is an error.
    Unstated,
}

/// A named set of outcomes, kinds or bodies.
#[derive(Clone, Debug)]
pub struct NamedSet {
    /// Its id.
    pub name: Box<str>,
    /// Other names.
    pub aliases: Vec<Box<str>>,
    /// Titles.
    pub titles: Titles,
    /// Its members, low to high where `ordered`; equals share a rank.
    pub members: Vec<SetMember>,
    /// Whether "or above" has a meaning.
    pub ordered: bool,
    /// Where it is declared.
    pub span: Span,
}

/// A member of a named set.
#[derive(Clone, Debug)]
pub struct SetMember {
    /// What it is.
    pub of: Member,
    /// Its rank, from 0; its place in the list where the set has no order.
    pub rank: u32,
    /// When it is a member; empty for always.
    pub windows: Vec<Window>,
    /// Where it is named.
    pub span: Span,
}

/// What may be a member of a set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Member {
    /// An outcome.
    Outcome(OutcomeId),
    /// A kind.
    Kind(KindId),
    /// A body.
    Body(BodyId),
}

/// A class of achievement: those of these outcomes, and those of these kinds or their sub-kinds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Class {
    /// Outcomes, sorted.
    pub outcomes: Vec<OutcomeId>,
    /// Kinds, sorted.
    pub kinds: Vec<KindId>,
}

/// First and last day of something, either open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub struct Days {
    /// First day.
    pub from: Option<Date>,
    /// Last day.
    pub to: Option<Date>,
}

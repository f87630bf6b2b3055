//! The checked meaning of a package: ids and plain data.
//!
//! The model does not know how anything was written: names are resolved, numbers are exact, tests are sets. Everything that came
//! from a file keeps its span, so that a decision can name the line it rests on. Ids are numbered in the order of canonical names,
//! never in the order of text or files.

mod attribute;
mod block;
mod catalogue;
mod comparison;
mod condition;
mod example;
mod framework;
mod id;
mod limit;
mod map;
mod record;
mod rule;
mod scheme;
mod standard;
mod unit;
mod value;
mod worked_out;

pub use attribute::*;
pub use block::*;
pub use catalogue::*;
pub use comparison::*;
pub use condition::*;
pub use example::*;
pub use framework::*;
pub use id::*;
pub use limit::*;
pub use map::*;
pub use record::*;
pub use rule::*;
pub use scheme::*;
pub use standard::*;
pub use unit::*;
pub use value::*;
pub use worked_out::*;

use crate::quantity::Date;
use crate::source::Span;

/// A package and all that it declares or uses.
#[derive(Clone, Debug, Default)]
pub struct Model {
    /// The package itself.
    pub package: Package,
    /// Documents, by name.
    pub documents: Vec<Document>,
    /// Bodies, by name.
    pub bodies: Vec<Body>,
    /// Credit units, by name.
    pub units: Vec<Unit>,
    /// Ratios between units, by what they say.
    pub ratios: Vec<UnitRatio>,
    /// Scales, by name.
    pub scales: Vec<Scale>,
    /// Maps of marks, by name.
    pub maps: Vec<GradeMap>,
    /// Lists of values: the sets of values and the lists written in facts, by name (`KIND.FACT` for the latter).
    pub lists: Vec<List>,
    /// Kinds of achievement, by name.
    pub kinds: Vec<Kind>,
    /// Fact names, by name; what a fact may be is said by its holder (a kind, the learner, the plan).
    pub facts: Vec<Fact>,
    /// The learner's facts.
    pub learner: Vec<FactUse>,
    /// The plan's facts.
    pub plan: Vec<FactUse>,
    /// The request's dates (`applied`, `decided`, `enrolled`, `admitted`), and titles or proofs given to them.
    pub request: Vec<FactUse>,
    /// Catalogue entries, by name.
    pub outcomes: Vec<Outcome>,
    /// Named sets of outcomes, kinds or bodies, by name.
    pub sets: Vec<NamedSet>,
    /// Classes of achievement that rules speak of, interned.
    pub classes: Vec<Class>,
    /// Frameworks, by name.
    pub frameworks: Vec<Framework>,
    /// Comparisons of two frameworks, by name.
    pub comparisons: Vec<Comparison>,
    /// Standards, by name.
    pub standards: Vec<Standard>,
    /// Statements of all standards, by name.
    pub statements: Vec<Statement>,
    /// Schemes and agreements, by name; a rule outside a scheme is in a scheme of its own, named like the rule.
    pub schemes: Vec<Scheme>,
    /// Rules, by scheme and name.
    pub rules: Vec<Rule>,
    /// Bars, by scheme and text of their cause; `never` in a rule's scheme or at the top of the package.
    pub bars: Vec<Bar>,
    /// Blocks: accounts by name, then those of programmes by theirs.
    pub blocks: Vec<Block>,
    /// Programmes, by name.
    pub programmes: Vec<Programme>,
    /// Limits, by scope and name.
    pub limits: Vec<Limit>,
    /// Requirements, by scope and name; a block's own need has no name.
    pub requirements: Vec<Limit>,
    /// What is combined, by scope.
    pub combines: Vec<Combine>,
    /// What excludes each other, by scope.
    pub exclusions: Vec<Exclusion>,
    /// What becomes of what does not count, by scope.
    pub surpluses: Vec<SurplusLine>,
    /// Rules that say whether their grants count whole, by rule.
    pub divisible: Vec<Divisible>,
    /// Tests of whole records, by name.
    pub tests: Vec<RecordTest>,
    /// Examples, in the order of their places.
    pub examples: Vec<Example>,
    /// How many examples of units, ratios, maps, comparisons and frameworks there are; one that fails is an error of the text.
    pub worked_examples: u32,
    /// Symbols: every name that a fact of domain `name`, a body or an outcome may have, sorted; `Value::Symbol(i)` is `symbols[i]`.
    pub symbols: Vec<Box<str>>,
}

impl Model {
    /// Whether a rule answers for itself: a frame that has members answers through them.
    pub fn speaks(&self, rule: &Rule) -> bool {
        self.schemes.get(rule.scheme.index()).is_none_or(|scheme| !scheme.is_frame)
    }

    /// The model in which a frame answers for itself, and neither its members nor what it stands under do.
    pub fn as_if_alone(&self, frame: SchemeId) -> Model {
        let mut model = self.clone();
        let related: Vec<bool> = (0u32..)
            .map(SchemeId)
            .take(self.schemes.len())
            .map(|at| self.stands_under(at, frame) || self.stands_under(frame, at))
            .collect();
        for ((scheme, at), related) in model.schemes.iter_mut().zip((0u32..).map(SchemeId)).zip(related) {
            if at == frame {
                scheme.is_frame = false;
                let rules = (0u32..).map(RuleId).zip(&self.rules);
                scheme.rules = rules.filter(|(_, rule)| rule.scheme == at).map(|(id, _)| id).collect();
            } else if related {
                scheme.is_frame = true;
                scheme.rules = Vec::new();
            }
        }
        model
    }

    /// Whether a scheme is another, or has its rules.
    fn stands_under(&self, scheme: SchemeId, other: SchemeId) -> bool {
        let mut at = Some(scheme);
        while let Some(id) = at {
            if id == other {
                return true;
            }
            at = self.schemes.get(id.index()).and_then(|scheme| scheme.frame).map(|frame| frame.scheme);
        }
        false
    }
}

/// The package's own header.
#[derive(Clone, Debug, Default)]
pub struct Package {
    /// Dotted name.
    pub name: Box<str>,
    /// Titles.
    pub titles: Titles,
    /// `year.revision[.fix]`.
    pub version: Box<str>,
    /// sha256 over the sources, as `sha256:…`.
    pub hash: Box<str>,
    /// 1 January of the version's year: where a scheme's dates are not stated, its examples are asked on this day.
    pub first_day: Option<Date>,
    /// Where it is declared.
    pub span: Option<Span>,
}

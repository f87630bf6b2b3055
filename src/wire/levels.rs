//! The steps that read levels in dimensions or through comparisons, and those that count what is covered.

use std::collections::BTreeMap;

use crate::evaluate::{Bound, Owner, What};
use crate::model::{ComparisonId, CoverDimension, FactId, FrameworkId, Model, StatementId, ValueType};
use crate::quantity::Ratio;
use crate::space::State;

use super::decision::{Coverage, Lacking, Step, Test, Value};
use super::document::Writer;
use super::steps::compared;
use super::values;

/// A level as a step saw it.
struct SeenLevel<'s> {
    of: Owner,
    fact: FactId,
    framework: FrameworkId,
    dimension: Option<u32>,
    seen: &'s State,
    by: Option<ComparisonId>,
    read: Option<&'s State>,
    bound: &'s Bound,
    negated: bool,
}

/// What a step counted.
struct SeenCoverage<'s> {
    share: Ratio,
    covered: Option<Ratio>,
    missing: &'s [StatementId],
    dimension: Option<&'s CoverDimension>,
    by_weight: bool,
    negated: bool,
}

impl Writer<'_> {
    /// Fills a step that read a level or counted what is covered.
    pub(super) fn levels_and_coverage(&self, shown: &mut Step, what: &What) {
        match what {
            What::Level { of, fact, framework, dimension, seen, by, read, bound, negated } => {
                let (of, fact, framework, dimension) = (*of, *fact, *framework, *dimension);
                let (by, negated, read) = (*by, *negated, read.as_ref());
                self.level(
                    shown,
                    SeenLevel { of, fact, framework, dimension, seen, by, read, bound, negated },
                );
            }
            What::Covers { share, covered, missing, dimension, by_weight, negated, .. } => {
                let (share, covered, by_weight, negated) = (*share, *covered, *by_weight, *negated);
                let dimension = dimension.as_ref();
                self.coverage(shown, SeenCoverage { share, covered, missing, dimension, by_weight, negated });
            }
            _ => {}
        }
    }

    fn level(&self, shown: &mut Step, it: SeenLevel<'_>) {
        let value_type = ValueType::Level(it.framework);
        let (op, values) = match it.bound {
            Bound::In(set) => {
                let all = crate::space::Set::everything(crate::space::Axis::Rank);
                let set = if it.negated { all.minus(set) } else { set.clone() };
                values::allowed(self.model, self.symbols(), value_type, &set, &[])
            }
            Bound::Target(order, theirs) => {
                let known = values::state(self.model, self.symbols(), value_type, theirs);
                let unknown = Value { value: "level".to_owned(), title: BTreeMap::new() };
                (compared(*order, it.negated, true), vec![known.unwrap_or(unknown)])
            }
        };
        let comparison = it.by.and_then(|by| self.model.comparisons.get(by.index()));
        let own = comparison.and_then(|of| of.other(it.framework)).unwrap_or(it.framework);
        shown.test = Some(Test {
            fact: Some(self.fact(it.of, it.fact)),
            op: op.to_owned(),
            values,
            on: self.measured_on(value_type),
            dimension: it.dimension.and_then(|at| dimension(self.model, it.framework, at)),
            by: comparison.map(|of| Value { value: of.name.to_string(), title: values::titles(&of.titles) }),
        });
        let mut seen = values::seen(self.model, self.symbols(), ValueType::Level(own), it.seen, &[]);
        if comparison.is_some() {
            seen.read_as = match it.read {
                Some(read) => {
                    let read = values::seen(self.model, self.symbols(), value_type, read, &[]);
                    read.value.into_iter().chain(read.possible).collect()
                }
                None => vec![not_stated()],
            };
        }
        shown.seen = Some(seen);
    }

    fn coverage(&self, shown: &mut Step, it: SeenCoverage<'_>) {
        let dimension = it.dimension.and_then(|of| match of {
            CoverDimension::Own(framework, at) => dimension(self.model, *framework, *at),
            CoverDimension::Canonical(canonical) => Some(canonical_name(*canonical)),
        });
        let share = values::value(
            self.model,
            self.symbols(),
            ValueType::Share,
            crate::space::Value::Number(it.share),
        );
        shown.test = Some(Test {
            op: if it.negated { "covers_less_than" } else { "covers" }.to_owned(),
            values: vec![share.clone()],
            dimension: dimension.clone(),
            ..Test::default()
        });
        let mut missing: BTreeMap<(FrameworkId, u32), Lacking> = BTreeMap::new();
        for id in it.missing {
            let Some(statement) = self.model.statements.get(id.index()) else { continue };
            let standard = self.model.standards.get(statement.standard.index());
            let framework = standard.and_then(|of| of.under).unwrap_or(FrameworkId(u32::MAX));
            let lacking = missing.entry((framework, statement.dimension)).or_insert_with(|| Lacking {
                dimension: self::dimension(self.model, framework, statement.dimension).unwrap_or_default(),
                statements: Vec::new(),
            });
            lacking
                .statements
                .push(Value { value: statement.name.to_string(), title: values::titles(&statement.titles) });
        }
        shown.coverage = Some(Coverage {
            share: it.covered.map(|covered| match covered.to_percent() {
                Ok(percent) if percent.denominator() == 1 => format!("{percent}%"),
                _ => covered.to_string(),
            }),
            needed: share.value,
            dimension,
            by_weight: it.by_weight,
            missing: missing.into_values().collect(),
        });
    }
}

/// What a comparison says of a level that it does not compare.
fn not_stated() -> Value {
    let titles = [("en", "not stated"), ("zh", "未载明")];
    Value {
        value: "not_stated".to_owned(),
        title: titles.map(|(tag, text)| (tag.to_owned(), text.to_owned())).into_iter().collect(),
    }
}

/// A dimension with its titles.
fn dimension(model: &Model, framework: FrameworkId, at: u32) -> Option<Value> {
    let of = model.frameworks.get(framework.index())?.dimensions.get(at as usize)?;
    Some(Value { value: of.name.to_string(), title: values::titles(&of.titles) })
}

/// One of the four dimensions in both languages.
fn canonical_name(canonical: crate::model::Canonical) -> Value {
    use crate::language::{Lang, meaning_by_id};
    let meaning = meaning_by_id(canonical.keyword());
    let said = |lang: Lang| meaning.map_or_else(String::new, |meaning| meaning.spelling(lang).to_owned());
    Value {
        value: said(Lang::En),
        title: [("en", Lang::En), ("zh", Lang::Zh)]
            .map(|(tag, lang)| (tag.to_owned(), said(lang)))
            .into_iter()
            .collect(),
    }
}

//! The steps that count how long spells last, and how much longer they would have to.

use std::collections::BTreeMap;

use crate::evaluate::{HeldId, Lasted};
use crate::model::{ClassId, Stretch};
use crate::quantity::Length;
use crate::space::Truth;

use super::decision::{self, Change, Step, Test, Value};
use super::document::Writer;
use super::steps::compared;
use super::values;

impl Writer<'_> {
    /// Fills a step that counted how long spells last.
    pub(super) fn lasting<'h>(
        &self,
        shown: &mut Step,
        spells: impl Iterator<Item = &'h HeldId>,
        parts: &[Lasted],
        negated: bool,
    ) {
        shown.matched = spells.map(|held| self.achievement(*held)).collect();
        let op = if negated { "total_length_not" } else { "total_length" };
        shown.test = Some(Test { op: op.to_owned(), ..Test::default() });
        shown.lengths = parts
            .iter()
            .map(|part| decision::Lasted {
                op: compared(part.relation, false, false).to_owned(),
                needed: stretch(part.wanted),
                least_days: part.least,
                most_days: part.most,
                result: match part.truth {
                    Truth::True => "true",
                    Truth::False => "false",
                    Truth::Unknown => "unknown",
                }
                .to_owned(),
            })
            .collect();
    }

    /// So much longer would spells of these classes have to last.
    pub(super) fn longer(&self, classes: &[ClassId], part: u32, days: u32) -> Change {
        let classes = || classes.iter().filter_map(|class| self.model.classes.get(class.index()));
        let outcomes =
            classes().flat_map(|class| &class.outcomes).map(|outcome| self.outcome_value(*outcome));
        let kinds = classes().flat_map(|class| &class.kinds);
        let kinds = kinds.filter_map(|kind| self.model.kinds.get(kind.index()));
        let kinds =
            kinds.map(|kind| Value { value: kind.name.to_string(), title: values::titles(&kind.titles) });
        Change {
            path: "holds".to_owned(),
            add_any_of: outcomes.chain(kinds).collect(),
            add_number: 1,
            longer: Some(values::length(Length::Days(days))),
            part,
            learner_can_change: true,
            ..Change::default()
        }
    }
}

/// `6 years`, `1 year 6 months`: as it was written.
fn stretch(it: Stretch) -> Value {
    let parts = [(it.years, "year", "年"), (it.months, "month", "个月"), (it.days, "day", "天")];
    let said = || parts.iter().filter(|(number, ..)| *number > 0);
    let english: Vec<String> = said()
        .map(|(number, unit, _)| format!("{number} {unit}{}", if *number == 1 { "" } else { "s" }))
        .collect();
    let chinese: Vec<String> = said().map(|(number, _, unit)| format!("{number}{unit}")).collect();
    let english = english.join(" ");
    let title = BTreeMap::from([("en".to_owned(), english.clone()), ("zh".to_owned(), chinese.concat())]);
    Value { value: english, title }
}

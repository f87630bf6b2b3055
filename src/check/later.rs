//! What the language says and decisions do not know yet: each construct is named where it stands, so that nobody takes an
//! answer for one that heeds it.
//!
//! To connect a construct to decisions, delete its row.

use crate::diagnostic::{Code, Problem, Said};
use crate::model::{Home, Limit, Model, Rule, Scope, Targets};
use crate::source::Span;

/// A construct: its word, by its id in the keyword table, and where a package uses it.
type Row = (&'static str, fn(&Model) -> Vec<Span>);

/// What stands in a programme or a block is named with it.
const ROWS: &[Row] = &[
    ("declaration.programme", |model| model.programmes.iter().map(|it| it.span).collect()),
    ("declaration.block", |model| {
        let accounts = model.blocks.iter().filter(|it| it.parent.is_none());
        accounts.filter(|it| !matches!(it.of, Home::Programme(_))).map(|it| it.span).collect()
    }),
    ("slot.to", |model| {
        let sends = model.rules.iter().filter(|it| {
            let lines = it.lines.iter().map(|line| &line.targets);
            lines.chain([&it.targets]).any(|targets| matches!(targets, Targets::Blocks { .. }))
        });
        let place = |it: &Rule| it.places.to.or_else(|| it.lines.iter().find_map(|line| line.places.to));
        sends.map(|it| place(it).unwrap_or(it.span)).collect()
    }),
    ("declaration.limit", |model| outside(&model.limits)),
    ("declaration.require", |model| outside(&model.requirements)),
    ("slot.combine-highest", |model| {
        let own = model.combines.iter().filter(|it| is_outside(it.scope));
        own.map(|it| it.span).collect()
    }),
    ("slot.not-both", |model| {
        let own = model.exclusions.iter().filter(|it| is_outside(it.scope));
        own.map(|it| it.span).collect()
    }),
    ("slot.surplus-lost", |model| {
        use crate::model::Surplus::{Kept, Lost, To};
        let span = |surplus| match surplus {
            Lost(span) | To(_, span) | Kept(span) => span,
        };
        let own = model.surpluses.iter().filter(|it| is_outside(it.scope));
        own.map(|it| span(it.surplus)).collect()
    }),
    ("slot.counts", |model| model.divisible.iter().map(|it| it.span).collect()),
    ("declaration.test", |model| model.tests.iter().map(|it| it.span).collect()),
];

fn is_outside(scope: Scope) -> bool {
    !matches!(scope, Scope::Block(_))
}

fn outside(lines: &[Limit]) -> Vec<Span> {
    lines.iter().filter(|line| is_outside(line.scope)).map(|line| line.span).collect()
}

pub(super) fn check(model: &Model, problems: &mut Vec<Problem>) {
    for (word, uses) in ROWS {
        // A frame's line stands in each of its members.
        let mut spans = uses(model);
        spans.sort_unstable();
        spans.dedup();
        problems.extend(
            spans.into_iter().map(|span| Problem::new(Code::SyntaxLater, span).say("word", Said::Word(word))),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_row_is_a_word_and_an_empty_package_has_none_of_them() {
        for (word, uses) in ROWS {
            assert!(crate::language::meaning_by_id(word).is_some(), "{word}");
            assert!(uses(&Model::default()).is_empty(), "{word}");
        }
    }
}

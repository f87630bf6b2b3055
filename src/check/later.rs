//! What the language says and decisions do not know yet: each construct is named where it stands, so that nobody takes an
//! answer for one that heeds it.
//!
//! To connect a construct to decisions, delete its row.

use crate::diagnostic::{Code, Problem, Said};
use crate::model::{
    Aim, AttributeKind, Bound, Cond, Counted, Figure, Home, Key, Limit, Model, Piece, Rule, Scope, Status,
    Surplus, Targets,
};
use crate::source::Span;

/// A construct: its word, by its id in the keyword table, and where a package uses it.
type Row = (&'static str, fn(&Model) -> Vec<Span>);

/// What stands in a programme or a block is named with it.
const ROWS: &[Row] = &[
    ("slot.in-force", |model| {
        let dated = model.programmes.iter().filter(|it| !it.windows.is_empty());
        dated.map(|it| it.windows.first().map_or(it.span, |window| window.span)).collect()
    }),
    ("slot.status", |model| {
        let unsure = model.programmes.iter().filter(|it| it.status != Status::Verified);
        unsure.map(|it| it.span).collect()
    }),
    ("slot.count", |model| model.programmes.iter().flat_map(|it| &it.doors).map(|it| it.span).collect()),
    ("slot.of-which", |model| {
        let parts = |rule: &&crate::model::Rule| {
            rule.attributes.iter().any(|of| matches!(of.kind, AttributeKind::Part(..)))
        };
        let rules = model.rules.iter().filter(|_| !model.programmes.is_empty());
        rules.filter(parts).map(|it| it.places.give.unwrap_or(it.span)).collect()
    }),
    ("slot.share", |model| {
        let open = model.blocks.iter().filter(|it| !matches!(it.of, Home::Programme(_)));
        open.flat_map(|it| &it.shares).map(|it| it.span).collect()
    }),
    ("slot.to", |model| {
        let sends = model.rules.iter().filter(|it| {
            let lines = it.lines.iter().map(|line| &line.targets);
            lines
                .chain([&it.targets])
                .any(|targets| matches!(targets, Targets::Blocks { choose: Some(_), .. }))
        });
        let place = |it: &Rule| it.places.to.or_else(|| it.lines.iter().find_map(|line| line.places.to));
        sends.map(|it| place(it).unwrap_or(it.span)).collect()
    }),
    ("declaration.limit", |model| {
        model.limits.iter().filter(|it| !is_connected(model, it)).map(|it| it.span).collect()
    }),
    ("declaration.require", |model| {
        let open = model.requirements.iter().filter(|it| !is_connected(model, it) || !it.per.is_empty());
        open.map(|it| it.span).collect()
    }),
    ("slot.combine-highest", |model| model.combines.iter().map(|it| it.span).collect()),
    ("slot.not-both", |model| model.exclusions.iter().map(|it| it.span).collect()),
    ("slot.surplus-kept", |model| {
        let blocks = model.blocks.iter().filter_map(|it| it.surplus);
        let lines = model.surpluses.iter().map(|it| it.surplus);
        let limits = model.limits.iter().filter_map(|it| it.surplus);
        let all = blocks.chain(lines).chain(limits);
        all.filter_map(|it| if let Surplus::Kept(span) = it { Some(span) } else { None }).collect()
    }),
    ("slot.surplus-to", |model| {
        // Of a block, what is over its ceiling goes on; of other lines it is not decided yet.
        let lines = model.surpluses.iter().map(|it| it.surplus);
        let limits = model.limits.iter().filter(|it| !it.is_ceiling()).filter_map(|it| it.surplus);
        lines
            .chain(limits)
            .filter_map(|it| if let Surplus::To(_, span) = it { Some(span) } else { None })
            .collect()
    }),
    ("slot.counts", |model| model.divisible.iter().map(|it| it.span).collect()),
    ("declaration.test", |model| model.tests.iter().map(|it| it.span).collect()),
];

/// Whether decisions know a limit or a requirement: those of a programme, over credits, courses, achievements or different values,
/// by a number or by a share of a figure that stands before anything is chosen.
fn is_connected(model: &Model, line: &Limit) -> bool {
    let in_programme = match line.scope {
        Scope::Block(block) => {
            model.blocks.get(block.index()).is_some_and(|block| matches!(block.of, Home::Programme(_)))
        }
        Scope::Rule(_) | Scope::Scheme(_) => false,
    };
    let nested = matches!(line.scope, Scope::Block(block) if model.blocks.get(block.index()).is_some_and(|it| it.parent.is_some()));
    let aims = line.to.iter().filter(|aim| matches!(aim, Aim::Block(..))).count();
    let measured = match line.measure {
        Counted::Credits(_) | Counted::Courses => true,
        Counted::Sources | Counted::Distinct(_) => !nested && aims == 0,
        Counted::Hours { .. } | Counted::Span | Counted::Mean => false,
    };
    let aimed = aims == 0 || (aims == 1 && line.to.len() == 1 && !nested);
    in_programme
        && measured
        && aimed
        && line.among.is_none()
        && !line.in_principle
        && !line.per.contains(&Key::Near)
        && (line.per.is_empty() || line.when == Cond::All(Vec::new()))
        && is_known(&line.bound)
}

fn is_known(bound: &Bound) -> bool {
    match bound {
        Bound::Amount(amount) => matches!(amount.piece, Piece::Constant(_)),
        Bound::Share { share, base, .. } => {
            share.is_some() && base.excluding.is_empty() && base.figure == Figure::Required
        }
        Bound::Either { of, .. } => of.iter().all(is_known),
        Bound::Length(_) | Bound::Mean { .. } | Bound::Unpublished(_) => false,
    }
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

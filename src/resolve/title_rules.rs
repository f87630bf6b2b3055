//! Titles: what a framework asks of a qualification that bears one.

use crate::diagnostic::{Code, Problem, Said};
use crate::model::{Framework, TitleExample, TitleRule};
use crate::space::{Set, Value};
use crate::syntax::tree::{self, TestKind, TitleNeed, ValueKind};

use super::compare::{compared, ranged};
use super::documents::citations;
use super::frameworks::{no_level, rank_of};
use super::known::{Known, Making};

/// A rule of a title; nothing where what it asks for cannot be understood.
pub(super) fn rule(
    known: &Known<'_>,
    making: &mut Making,
    package: usize,
    framework: &Framework,
    slot: &tree::TitleSlot,
) -> Option<TitleRule> {
    let mut made = TitleRule {
        title: slot.title.text.clone(),
        levels: None,
        at_least: None,
        at_most: None,
        cites: citations(known, making, package, &slot.cite),
        span: slot.span,
    };
    if slot.needs.is_empty() {
        let problem = Problem::new(Code::SlotMissing, slot.span).say("name", &*slot.title.text);
        making.found.push(problem.say("slot", Said::Word("join.requires")));
        return None;
    }
    for need in &slot.needs {
        match need {
            TitleNeed::Credits { amount, at_most, .. } => {
                let bound = if *at_most { &mut made.at_most } else { &mut made.at_least };
                *bound = Some(amount.value);
            }
            TitleNeed::Level(test) => {
                let set = levels(known, making, framework, test)?;
                made.levels = Some(made.levels.map_or(set.clone(), |before| before.intersect(&set)));
            }
        }
    }
    Some(made)
}

/// The levels of `level 3 or above`, `level 1 to 6`.
fn levels(known: &Known<'_>, making: &mut Making, framework: &Framework, test: &tree::Test) -> Option<Set> {
    let rank = |making: &mut Making, value: &tree::Value| {
        let rank = rank_of(framework, value);
        if rank.is_none() {
            making.found.push(no_level(known, framework, value.span));
        }
        rank.map(Value::Rank)
    };
    let is_level = |fact: &tree::FactRef| &*fact.name.text == "level";
    match &test.kind {
        TestKind::Compare { fact, comparison, value, .. } if is_level(fact) => {
            let rank = rank(making, value)?;
            Some(compared(*comparison, (rank, rank), false))
        }
        TestKind::Between { fact, range } if is_level(fact) => {
            let ValueKind::Range(low, high, _) = &range.kind else { return None };
            let (low, high) = (rank(making, low)?, rank(making, high)?);
            Some(ranged((low, low), (high, high), false))
        }
        _ => {
            let slot = known.sources.snippet(test.span);
            let container = Said::Word("slot.title");
            making.found.push(
                Problem::new(Code::SlotMisplaced, test.span).say("slot", slot).say("container", container),
            );
            None
        }
    }
}

/// An example of a title.
pub(super) fn example(
    known: &Known<'_>,
    making: &mut Making,
    framework: &Framework,
    written: &tree::TitleExample,
) -> Option<TitleExample> {
    let level = match &written.level {
        Some(value) => match rank_of(framework, value) {
            Some(rank) => Some(rank),
            None => {
                making.found.push(no_level(known, framework, value.span));
                return None;
            }
        },
        None => None,
    };
    Some(TitleExample {
        title: written.title.text.clone(),
        level,
        credits: written.credits.as_ref().map(|credits| credits.value),
        allowed: written.allowed,
        span: written.span,
    })
}

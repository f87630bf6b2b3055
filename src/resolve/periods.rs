//! `period semester starts 03-01, 09-01`: the terms and years of a body.

use crate::diagnostic::{Code, Problem, Said};
use crate::language::normal;
use crate::model::{BodyId, Period};
use crate::quantity::MonthDay;
use crate::syntax::tree;

use super::fault::{duplicate, unknown, with_nearest};
use super::known::{Known, Making};
use super::names::is_boxed;
use super::titles::titles;

/// A period, unless the body has one of its name already.
pub(super) fn period(making: &mut Making, written: &tree::Period, before: &[Period]) -> Option<Period> {
    let name = &written.name;
    if let Some(first) = before.iter().find(|other| *other.name == *name.text) {
        making.found.push(duplicate(&name.text, name.span, first.span));
        return None;
    }
    let mut starts: Vec<MonthDay> = written
        .starts
        .iter()
        .filter_map(|&(month, day, _)| MonthDay::new(u32::from(month), u32::from(day)))
        .collect();
    starts.sort_unstable();
    starts.dedup();
    Some(Period {
        name: name.text.clone(),
        aliases: written.aliases.iter().map(|alias| alias.text.clone()).collect(),
        titles: titles(&written.titles),
        starts,
        span: name.span,
    })
}

/// Whether a period is called so.
fn is_called(period: &Period, text: &str) -> bool {
    let text = normal(text);
    *period.name == *text
        || period.aliases.iter().any(|alias| **alias == *text)
        || period.titles.0.iter().any(|(_, title)| normal(title) == text)
}

/// The period of a name: that of the body at hand, else the only one that any body has.
pub(super) fn find(
    known: &Known<'_>,
    making: &mut Making,
    here: Option<BodyId>,
    name: &tree::Name,
) -> Option<(BodyId, u32)> {
    let all = (0u32..)
        .map(BodyId)
        .zip(&known.model.bodies)
        .flat_map(|(body, of)| (0u32..).zip(&of.periods).map(move |(at, period)| (body, at, period)));
    let called: Vec<(BodyId, u32, &Period)> =
        all.clone().filter(|(.., period)| is_called(period, &name.text)).collect();
    let own = called.iter().find(|(body, ..)| Some(*body) == here);
    match (own, called.as_slice()) {
        (Some((body, at, _)), _) | (None, [(body, at, _)]) => Some((*body, *at)),
        (None, []) => {
            let problem = unknown(&name.text, is_boxed(name), Said::Word("slot.period"), name.span);
            making.found.push(with_nearest(problem, &name.text, all.map(|(.., period)| &*period.name)));
            None
        }
        // Several bodies that mean the same days by it do not disagree.
        (None, [(body, at, first), rest @ ..])
            if rest.iter().all(|(.., other)| other.starts == first.starts) =>
        {
            Some((*body, *at))
        }
        (None, several) => {
            let names = several.iter().filter_map(|(body, ..)| known.model.bodies.get(body.index()));
            let names: Vec<Said> = names.map(|body| Said::Name(body.name.clone())).collect();
            let problem = Problem::new(Code::NameAmbiguous, name.span);
            let problem = problem.say("name", &*name.text).say("candidates", names);
            making
                .found
                .push(several.iter().fold(problem, |problem, (.., of)| problem.label(of.span, "also")));
            None
        }
    }
}

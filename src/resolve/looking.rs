//! `registered for chem-1 after this`: what a learner began later than the achievement at hand.

use crate::diagnostic::{Code, Problem};
use crate::model::{AtomTest, Cond, Holds};
use crate::source::Span;
use crate::syntax::tree::{Bracket, Name, Selection};

use super::compare::plain_atom;
use super::known::{Known, Making};
use super::selections;
use super::spot::{Plain, Scene, no_source};

/// The test of what was begun later.
pub(super) fn registered(
    known: &Known<'_>,
    making: &mut Making,
    scene: &Scene<'_>,
    selection: &Selection,
    negated: bool,
    line: Span,
) -> Option<Cond> {
    let alternatives = selections::sources(known, making, scene, selection);
    let after = match scene.plain {
        Plain::Of(holder) => holder,
        // Which of several achievements "this" is, a bracket says.
        Plain::Several => {
            if !scene.damaged {
                let problem = Problem::new(Code::SelectSeveral, line);
                making.found.push(problem.say("fact", known.sources.snippet(line)));
            }
            return None;
        }
        Plain::Person(_) | Plain::Nobody => {
            if !scene.damaged {
                let text = known.sources.snippet(line).into();
                no_source(making, &Name { text, bracket: Bracket::Bare, span: line });
            }
            return None;
        }
    };
    let holds = Holds { alternatives: alternatives?, negated, after: Some(after) };
    Some(plain_atom(AtomTest::Holds(Box::new(holds)), scene.role, line))
}

//! Levels and coverage as formulas.
//!
//! Which outcome stands in which place is fixed in a scene, and so is what the catalogue says of it: a level in a dimension and what
//! is covered are constants. Only a level overall may vary, and then value by value. What a judge would have to say is never sure,
//! neither so nor otherwise: no record states it.

use crate::evaluate::{About, Asked, HeldId, Owner, Sink, level_passes, own_framework, truth};
use crate::graph::Goal;
use crate::model::{Atom, AtomTest, Cond, Covers, Holder, LevelTest, Role, RuleId, ValueType};
use crate::space::{Set, State, Truth};

use super::Reason;
use super::form::Form;
use super::scene::{Scene, Whose, held};

/// Most achievements of which every choice is tried, where only some of them count.
const MOST_COUNTED: usize = 6;

/// The level of an achievement, or of each.
pub(super) fn level(scene: &mut Scene<'_>, test: &LevelTest, places: &[u32], itself: Option<Whose>) -> Form {
    let of: Vec<u32> = match test.subject.of {
        Holder::Source(slot) => places.get(slot as usize).copied().into_iter().collect(),
        Holder::Each | Holder::Some => places.to_vec(),
        Holder::Itself => match itself {
            Some(Whose::Held(place)) => vec![place],
            _ => return Form::Open(Reason::Levels),
        },
        _ => return Form::Open(Reason::Levels),
    };
    // Whom the slots leave out passes no test of a level.
    if of.is_empty() {
        return Form::FALSE;
    }
    let parts: Vec<Form> = of.iter().map(|&place| one(scene, test, place)).collect();
    if test.subject.of == Holder::Some { Form::Any(parts) } else { Form::All(parts) }
}

fn one(scene: &mut Scene<'_>, test: &LevelTest, place: u32) -> Form {
    if !test.dimensions.is_empty() {
        let own = LevelTest {
            subject: crate::model::Subject { of: Holder::Itself, ..test.subject },
            ..test.clone()
        };
        return constant(scene, AtomTest::Level(Box::new(own)), &[], Some(place));
    }
    let framework = own_framework(&scene.reader(), test);
    let dim = scene.dim(Whose::Held(place), test.subject.fact, ValueType::Level(framework));
    let full = scene.facts.get(&dim).map(|known| known.full.clone()).unwrap_or_default();
    let Some(values) = full.values(MOST_LEVELS) else { return Form::Open(Reason::Levels) };
    let (mut passes, mut open) = (Set::empty(), Set::empty());
    for value in values {
        let about = About { target: target(scene), ..About::default() };
        match level_passes(&scene.reader(), about, test, &State::known(value)) {
            Ok(Truth::True) => passes = passes.union(&Set::one(value)),
            Ok(Truth::Unknown) => open = open.union(&Set::one(value)),
            Ok(Truth::False) => {}
            Err(_) => return Form::Open(Reason::Overflow),
        }
    }
    let is_in = |set: &Set| scene.facts.get(&dim).map_or(Form::Never, |known| Form::test(dim, known, set));
    if open.is_empty() {
        return is_in(&passes);
    }
    Form::Any(vec![is_in(&passes), Form::All(vec![is_in(&open), Form::Never])])
}

/// No framework has more levels.
const MOST_LEVELS: usize = 1000;

fn target(scene: &Scene<'_>) -> Option<crate::model::OutcomeId> {
    if let Goal::Outcome(outcome) = scene.goal { Some(outcome) } else { None }
}

/// A test that only the catalogue answers, of these slots or of one achievement.
fn constant(scene: &Scene<'_>, test: AtomTest, slots: &[Vec<HeldId>], itself: Option<u32>) -> Form {
    let about = About {
        sure: slots,
        possible: &[],
        target: target(scene),
        itself: itself.map(|place| Owner::Held(held(place))),
    };
    let cond = Cond::Atom(Box::new(Atom { test, role: Role::Condition, lines: Vec::new() }));
    let nothing = &mut ();
    let mut quiet = Sink::new(nothing, Asked::Rule(RuleId(0)));
    match truth(&scene.reader(), about, &cond, &mut quiet) {
        Ok(Truth::True) => Form::TRUE,
        Ok(Truth::False) => Form::FALSE,
        Ok(Truth::Unknown) => Form::Never,
        Err(_) => Form::Open(Reason::Overflow),
    }
}

/// What the achievements cover: where all count a constant, else by which of them count.
pub(super) fn covers(scene: &mut Scene<'_>, test: &Covers, places: &[u32]) -> Form {
    let slots = |some: &dyn Fn(usize) -> bool| -> Vec<Vec<HeldId>> {
        let of = |(at, place): (usize, &u32)| if some(at) { vec![held(*place)] } else { Vec::new() };
        places.iter().enumerate().map(of).collect()
    };
    // An account has no statements.
    if target(scene).is_none() {
        return Form::FALSE;
    }
    let whole = Covers { only: None, negated: false, ..test.clone() };
    let Some(only) = &test.only else {
        let whole = Covers { negated: test.negated, ..whole };
        return constant(scene, AtomTest::Covers(Box::new(whole)), &slots(&|_| true), None);
    };
    if places.len() > MOST_COUNTED {
        return Form::Open(Reason::Coverage);
    }
    let counts: Vec<Form> = places
        .iter()
        .map(|&place| super::condition::form(scene, only, places, Some(Whose::Held(place))))
        .collect();
    // Each choice of those that count, the others not counting: the choices share nothing.
    let mut cases = Vec::new();
    for choice in 0u32..1 << places.len() {
        let chosen = |at: usize| choice & (1 << at) != 0;
        let said = constant(scene, AtomTest::Covers(Box::new(whole.clone())), &slots(&chosen), None);
        let said = if test.negated { said.not(&scene.facts) } else { said };
        if said == Form::FALSE {
            continue;
        }
        let of = |(at, form): (usize, &Form)| {
            if chosen(at) { form.clone() } else { form.clone().not(&scene.facts) }
        };
        let mut all: Vec<Form> = counts.iter().enumerate().map(of).collect();
        all.push(said);
        cases.push(Form::All(all));
    }
    Form::Any(cases)
}

//! What keeps an achievement or a pair from a grant: exclusions, what is spent or over, bars.

use super::condition::{Out, Reason, View, Who, World};
use super::model::{Bar, Length, Rule, Slot};
use super::record::Goal;
use super::value::{Q, Set, Truth, V, add_months};

/// Whether a slot takes an achievement that it selects; what `except` names is excluded.
pub fn fit(world: &World<'_>, slot: &Slot, at: usize) -> Out {
    let mut out = world.meant(slot, at);
    if out.truth == Truth::F {
        out.reasons = vec![Reason::Excluded];
    }
    out
}

/// Whether an achievement may be used in a rule's scheme: valid, not expired, convertible, not spent.
pub fn admissible(world: &World<'_>, rule: &Rule, at: usize) -> Out {
    let held = world.held(at);
    let mut parts = Vec::new();
    if held.withdrawn {
        parts.push(Out::truth(Truth::F));
    }
    let today = Q::from_integer(i128::from(world.as_of));
    let lasting = Set::between("date", Some(today), None).with(V::None);
    let expires = world.state(Who::Held(at), "expires").test(&lasting);
    parts.push(Out::of(expires, vec![(held.id.clone(), "expires".into())], Reason::Expired));
    for (length, after, unless) in &world.model.kinds[&held.kind].lapses {
        let event = world.state(Who::Held(at), after);
        // The last day on which it is still so long after the event; what never was does not lapse.
        let lasts = match event.ends() {
            _ if event.is_none() => Truth::T,
            (first, last) => {
                let over = |day: Q| {
                    let day = i64::try_from(day.to_integer()).unwrap();
                    match length {
                        Length::Months(months) => add_months(day, *months) >= world.as_of,
                        Length::Days(days) => day + days >= world.as_of,
                    }
                };
                match (first.is_some_and(over), last.is_none_or(over), event.may_be_none()) {
                    (true, _, _) => Truth::T,
                    (_, false, false) => Truth::F,
                    _ => Truth::U,
                }
            }
        };
        let asked = if event.value().is_none() { vec![(held.id.clone(), after.clone())] } else { Vec::new() };
        let lasts = Out::of(lasts, asked, Reason::Expired);
        let kept = world.cond(unless, &View { itself: Some(Who::Held(at)), ..View::default() });
        let mut out = Out::any(vec![lasts, kept]);
        if out.truth == Truth::F {
            out.reasons = vec![Reason::Expired];
        }
        parts.push(out);
    }
    if held.onward == Some(0) {
        parts.push(Out::of(Truth::F, Vec::new(), Reason::AlreadyUsed));
    }
    // Only the rules that count an achievement once are in the scope of their scheme.
    let in_scope = |(scheme, name): &(String, String)| {
        let model = world.model;
        let mut all = model.rules.iter().chain(&model.silent);
        let by = all.find(|by| by.scheme == *scheme && by.name == *name);
        let within = |scheme: &str| model.schemes.get(scheme).map(|of| &of.within);
        within(scheme) == within(&rule.scheme)
            && by.is_some_and(|by| by.achievements.as_deref().is_some_and(|it| it != "freely"))
    };
    let spent = world.request.granted.iter().filter(|entry| entry.standing).any(|entry| {
        let sees = match rule.achievements.as_deref() {
            Some("once") => entry.rule.as_ref().is_some_and(in_scope),
            Some("once_everywhere") => true,
            _ => false,
        };
        sees && entry.achievements.contains(&held.id)
    });
    if spent {
        parts.push(Out::of(Truth::F, Vec::new(), Reason::AlreadyUsed));
    }
    Out::all(parts)
}

/// Whether a standing grant covers a course already, or one that is the same.
pub fn covered(world: &World<'_>, goal: &Goal) -> bool {
    let Goal::Outcome(target) = goal else { return false };
    world
        .request
        .granted
        .iter()
        .filter(|entry| entry.standing)
        .any(|entry| matches!(&entry.target, Some(Goal::Outcome(other)) if world.same(other, target)))
}

/// Whether a bar of the rule's scheme or of the package is on an achievement, or on nothing, and a target.
pub fn barred<'a>(world: &World<'a>, rule: &Rule, at: Option<usize>, target: Option<&'a str>) -> Out {
    let here = |bar: &&Bar| bar.scheme.as_ref().is_none_or(|name| *name == rule.scheme);
    Out::any(world.model.bars.iter().filter(here).map(|bar| on(world, bar, at, target)).collect())
}

/// Whether one bar is on an achievement, or on nothing, and a target.
pub fn on<'a>(world: &World<'a>, bar: &Bar, at: Option<usize>, target: Option<&'a str>) -> Out {
    let mut parts = Vec::new();
    if !bar.from.is_empty() {
        let Some(at) = at else { return Out::truth(Truth::F) };
        let named = |item| Out::all(vec![world.selects(item, at), world.excepts(item, at).not()]);
        parts.push(Out::any(bar.from.iter().map(named).collect()));
    }
    if !bar.to.is_empty() {
        let Some(target) = target else { return Out::truth(Truth::F) };
        parts.push(Out::any(bar.to.iter().map(|item| world.names(item, target)).collect()));
    }
    if parts.iter().any(|part| part.truth == Truth::F) {
        return Out::truth(Truth::F);
    }
    let view = View { used: at.map(|at| vec![at]).into_iter().collect(), target, itself: at.map(Who::Held) };
    parts.push(world.cond(&bar.when, &view));
    Out::all(parts)
}

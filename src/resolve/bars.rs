//! `never`: what no rule of a scope may grant.

use crate::diagnostic::Said;
use crate::model::{Bar, Cond, Holder, KindId, Role, SchemeId, SourceItem};
use crate::syntax::tree::{FactOwner, Never};

use super::conditions::{Inlining, test};
use super::documents::citations;
use super::items::BarItem;
use super::known::{Known, Making};
use super::merge::all;
use super::schemes::Shared;
use super::selections::items;
use super::spot::{Plain, Scene};

/// Reads one bar.
pub(super) fn bar(
    known: &Known<'_>,
    making: &mut Making,
    item: &BarItem<'_>,
    schemes: &[Shared<'_>],
) -> Option<Bar> {
    let written: &Never = item.never;
    let shared = item.scheme.and_then(|scheme| schemes.get(scheme));
    let parties = shared.map_or(&[][..], |shared| &shared.parties);
    let unit = shared.and_then(|shared| shared.scheme.unit);
    let mut scene = Scene {
        applied: Default::default(),
        package: item.package,
        plain: Plain::Of(Holder::Itself),
        sources: (&[][..]).into(),
        targets: (&[][..]).into(),
        unit: unit.or(known.package_units.get(item.package).copied().flatten()),
        parties,
        role: Role::Condition,
        damaged: false,
    };
    let from: Vec<SourceItem> = match &written.from {
        None => Vec::new(),
        Some(selection) => items(known, making, &scene, selection)?,
    };
    let to: Vec<SourceItem> = match &written.to {
        None => Vec::new(),
        Some(selection) => items(known, making, &scene, selection)?,
    };
    // Without a `from`, a test reads whatever kind has the fact.
    scene.sources = if from.is_empty() { having(known, written).into() } else { kinds(making, &from).into() };
    scene.targets = kinds(making, &to).into();
    let mut inlining = Inlining::new();
    let mut conds: Vec<Cond> = Vec::new();
    for when in &written.when {
        conds.push(test(known, making, &scene, when, false, &mut inlining));
    }
    for unless in &written.unless {
        conds.push(test(known, making, &scene, unless, true, &mut inlining));
    }
    let mut cites = citations(known, making, item.package, &written.cite);
    if cites.is_empty() {
        match shared {
            // A frame's bar rests on the frame's text.
            Some(shared) => {
                let home = item.home.and_then(|home| schemes.get(home)).unwrap_or(shared);
                cites = home.scheme.cites.clone();
            }
            None => {
                let problem =
                    crate::diagnostic::Problem::new(crate::diagnostic::Code::SchemeCiteMissing, written.span);
                making.found.push(problem.say("rule", Said::Word("slot.never")));
            }
        }
    }
    Some(Bar {
        scheme: item.scheme.and_then(|at| u32::try_from(at).ok()).map(SchemeId),
        from,
        to,
        guard: all(conds),
        because: written.because.as_ref().map(|because| because.text.clone()),
        cites,
        span: item.span,
    })
}

fn kinds(making: &Making, items: &[SourceItem]) -> Vec<KindId> {
    let mut kinds: Vec<KindId> =
        items.iter().flat_map(|item| making.classes.kinds_of(item.class)).copied().collect();
    kinds.sort_unstable();
    kinds.dedup();
    kinds
}

/// The kinds that have every fact that the tests name.
fn having(known: &Known<'_>, written: &Never) -> Vec<KindId> {
    let mut names: Vec<&str> = Vec::new();
    for test in written.when.iter().chain(&written.unless) {
        test.facts(&mut |fact| {
            if matches!(fact.of, FactOwner::Plain | FactOwner::Source) {
                names.push(&fact.name.text);
            }
        });
    }
    let all = (0u32..).zip(&known.model.kinds).map(|(id, _)| KindId(id));
    all.filter(|&kind| names.iter().any(|name| known.kind_fact(kind, name).is_some())).collect()
}

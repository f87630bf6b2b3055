//! A rule that overrides another must meet it: some achievement and some target fall under both.

use crate::diagnostic::{Code, Problem};
use crate::model::{Class, Model, OutcomeId, Rule};

pub(super) fn check(model: &Model, problems: &mut Vec<Problem>) {
    for rule in model.rules.iter().filter(|rule| !rule.overrides.is_empty()) {
        for other in rule.overrides.iter().filter_map(|id| model.rules.get(id.index())) {
            if !(share_target(rule, other) && share_source(model, rule, other)) {
                let problem = Problem::new(Code::OverrideNoCommon, rule.span).say("rule", &*rule.name);
                problems.push(problem.say("other", &*other.name).label(other.span, "other"));
            }
        }
    }
}

fn share_target(rule: &Rule, other: &Rule) -> bool {
    let (ours, theirs) = (rule.targets.all(), other.targets.all());
    if ours.is_empty() || theirs.is_empty() {
        return ours.is_empty() && theirs.is_empty();
    }
    let mut theirs: Vec<OutcomeId> = theirs.iter().map(|target| target.outcome).collect();
    theirs.sort_unstable();
    ours.iter().any(|target| theirs.binary_search(&target.outcome).is_ok())
}

/// A rule without `from` is a right, which meets every rule.
fn share_source(model: &Model, rule: &Rule, other: &Rule) -> bool {
    let (ours, theirs) = (classes(model, rule), classes(model, other));
    ours.is_empty()
        || theirs.is_empty()
        || ours.iter().any(|our| theirs.iter().any(|their| meet(model, our, their)))
}

fn classes<'m>(model: &'m Model, rule: &Rule) -> Vec<&'m Class> {
    let items = rule.sources.iter().flatten().flat_map(|slot| &slot.items);
    let mut ids: Vec<_> = items.map(|item| item.class).collect();
    ids.sort_unstable();
    ids.dedup();
    ids.into_iter().filter_map(|id| model.classes.get(id.index())).collect()
}

/// Whether some achievement may be of both classes.
fn meet(model: &Model, a: &Class, b: &Class) -> bool {
    let shared = a.outcomes.iter().any(|outcome| b.outcomes.binary_search(outcome).is_ok());
    shared || holds_kind_of(model, a, b) || holds_kind_of(model, b, a)
}

/// Whether a kind of `wide` holds an outcome or a kind of `narrow`.
fn holds_kind_of(model: &Model, wide: &Class, narrow: &Class) -> bool {
    if wide.kinds.is_empty() {
        return false;
    }
    let kinds =
        narrow.outcomes.iter().filter_map(|o| model.outcomes.get(o.index())).map(|outcome| outcome.kind);
    kinds.chain(narrow.kinds.iter().copied()).any(|kind| {
        let ancestors = model.kinds.get(kind.index()).map_or(&[][..], |kind| &kind.ancestors);
        ancestors.iter().any(|kind| wide.kinds.binary_search(kind).is_ok())
    })
}

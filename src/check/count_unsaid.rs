//! Where two rules of one scheme take one achievement to different targets, the scheme must say whether it may serve twice.

use rustc_hash::FxHashMap;

use crate::diagnostic::{Code, Problem};
use crate::model::{AtomTest, Cond, Gives, KindId, Model, OutcomeId, Rule, RuleId, Scheme, Use};

/// So many pairs of rules that share an outcome are compared; that they all exclude each other is then believed.
const MOST_PAIRS: usize = 100_000;

pub(super) fn check(model: &Model, problems: &mut Vec<Problem>) {
    for scheme in
        model.schemes.iter().filter(|scheme| scheme.achievements == Use::Unsaid && scheme.rules.len() > 1)
    {
        problems.extend(competing(model, scheme));
    }
}

/// The rules that take an outcome or a kind as such.
#[derive(Default)]
struct Takers {
    outcomes: FxHashMap<OutcomeId, Vec<RuleId>>,
    kinds: FxHashMap<KindId, Vec<RuleId>>,
}

fn competing(model: &Model, scheme: &Scheme) -> Option<Problem> {
    let mut takers = Takers::default();
    for &id in &scheme.rules {
        let Some(rule) = model.rules.get(id.index()).filter(|rule| grants(rule)) else { continue };
        for item in rule.sources.iter().flatten().flat_map(|slot| &slot.items) {
            let Some(class) = model.classes.get(item.class.index()) else { continue };
            class.outcomes.iter().for_each(|&outcome| add(takers.outcomes.entry(outcome).or_default(), id));
            class.kinds.iter().for_each(|&kind| add(takers.kinds.entry(kind).or_default(), id));
        }
    }
    let mut pairs = 0;
    for &id in &scheme.rules {
        let Some(rule) = model.rules.get(id.index()).filter(|rule| grants(rule)) else { continue };
        for item in rule.sources.iter().flatten().flat_map(|slot| &slot.items) {
            let Some(class) = model.classes.get(item.class.index()) else { continue };
            let ancestors =
                |kind: KindId| model.kinds.get(kind.index()).map_or(&[][..], |kind| &kind.ancestors);
            let of_outcomes = class.outcomes.iter().flat_map(|outcome| {
                let found = model.outcomes.get(outcome.index());
                let name = found.map_or("", |outcome| &*outcome.name);
                let above = found.map_or(&[][..], |outcome| ancestors(outcome.kind));
                let same = takers.outcomes.get(outcome).into_iter();
                same.chain(above.iter().filter_map(|kind| takers.kinds.get(kind)))
                    .flatten()
                    .map(move |id| (*id, name))
            });
            let of_kinds = class.kinds.iter().flat_map(|kind| {
                let name = model.kinds.get(kind.index()).map_or("", |kind| &*kind.name);
                let above = ancestors(*kind).iter().filter_map(|kind| takers.kinds.get(kind));
                above.flatten().map(move |id| (*id, name))
            });
            for (other_id, achievement) in of_outcomes.chain(of_kinds) {
                pairs += 1;
                if pairs > MOST_PAIRS {
                    return None;
                }
                let Some(other) = model.rules.get(other_id.index()).filter(|_| other_id != id) else {
                    continue;
                };
                let said = rule.achievements != Use::Unsaid && other.achievements != Use::Unsaid;
                if !said && differ(rule, other) && may_meet(rule, other) {
                    let (first, second) = if rule.span <= other.span { (rule, other) } else { (other, rule) };
                    let problem = Problem::new(Code::CountUnsaid, second.span)
                        .say("rule", &*second.name)
                        .say("other", &*first.name)
                        .say("achievement", achievement);
                    return Some(problem.label(first.span, "other"));
                }
            }
        }
    }
    None
}

fn add(rules: &mut Vec<RuleId>, id: RuleId) {
    if rules.last() != Some(&id) {
        rules.push(id);
    }
}

const fn grants(rule: &Rule) -> bool {
    matches!(rule.gives, Gives::Credit(_) | Gives::Effect(_))
}

/// Whether two rules go to different targets.
fn differ(rule: &Rule, other: &Rule) -> bool {
    let of = |rule: &Rule| {
        let granted = rule.targets.all().iter().filter(|target| !target.excluded);
        let mut outcomes: Vec<OutcomeId> = granted.map(|target| target.outcome).collect();
        outcomes.sort_unstable();
        outcomes
    };
    of(rule) != of(other)
}

/// Whether one learner's achievement may pass both guards, as far as tests of one fact tell.
fn may_meet(rule: &Rule, other: &Rule) -> bool {
    let (Cond::All(ours), Cond::All(theirs)) = (&rule.guard, &other.guard) else { return true };
    let sets = |parts: &'_ [Cond]| -> Vec<_> {
        parts
            .iter()
            .filter_map(|part| match part {
                Cond::Atom(atom) => match &atom.test {
                    AtomTest::In { subject, set, .. } => Some((*subject, set.clone())),
                    _ => None,
                },
                _ => None,
            })
            .collect()
    };
    let theirs = sets(theirs);
    sets(ours).iter().all(|(subject, set)| {
        theirs.iter().filter(|(other, _)| other == subject).all(|(_, other)| !set.is_disjoint(other))
    })
}

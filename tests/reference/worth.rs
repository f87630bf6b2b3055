//! What a rule is worth for some achievements: a grant, a referral, a refusal, or what leaves it open.

use super::amount::Sum;
use super::condition::{Question, View, Who, World};
use super::instance::{choices, is_limited, reads_totals, split, worth_enough};
use super::model::{self, Cond, Gives, Rule, Slot};
use super::value::{Q, Truth, V, number};

/// What an instance gives.
#[derive(Clone, Debug)]
pub enum Res {
    Grant {
        effect: String,
        amount: Option<Q>,
        unpublished: bool,
        unit: Option<String>,
        mark: String,
        attributes: String,
        in_total: bool,
        onward: u64,
    },
    /// A grant of which two things are said: two levels, two values of a fact, two parts in one place.
    TwoThings,
    Refer(String),
    Refuse,
}

/// Equal are results with the same effect, amount, unit, mark and onward budget, whatever else the grant covers.
impl PartialEq for Res {
    fn eq(&self, other: &Res) -> bool {
        let key = |of: &Res| match of {
            Res::Grant { effect, amount, unpublished, unit, mark, attributes, onward, .. } => {
                let said = (mark.clone(), attributes.clone());
                Some((effect.clone(), *amount, *unpublished, unit.clone(), said, *onward))
            }
            _ => None,
        };
        match (self, other) {
            (Res::Refer(a), Res::Refer(b)) => a == b,
            (Res::Refuse, Res::Refuse) | (Res::TwoThings, Res::TwoThings) => true,
            (Res::Grant { .. }, Res::Grant { .. }) => key(self) == key(other),
            _ => false,
        }
    }
}

pub enum Worth {
    Gives(Res),
    Unknown(Vec<Question>),
    NotHere,
    Unverified,
    Zero,
}

pub fn worth(world: &World<'_>, rule: &Rule, view: &View<'_>, bundle: &[Slot]) -> Worth {
    let zero = Q::from_integer(0);
    let answered = |answer: &model::Answer| {
        Worth::Gives(match answer {
            model::Answer::Refer(body) => Res::Refer(body.clone()),
            model::Answer::Refuse => Res::Refuse,
        })
    };
    let onward = rule.convert_again;
    let mark = mark(world, rule, view);
    let mut carried: Vec<&str> = rule
        .attributes
        .iter()
        .filter(|(_, when)| world.cond(when, view).truth == Truth::T)
        .map(|(says, _)| says.as_str())
        .collect();
    carried.sort_unstable();
    carried.dedup();
    let attributes = |whole: Option<Q>| {
        let says = carried.iter().map(|says| no_larger(says, whole));
        says.collect::<Vec<_>>().join(" ")
    };
    let two_things = says_two_things(&carried);
    let unit_of_target = || match view.target.map(|target| &world.model.outcomes[target].credits) {
        Some(Some(model::Credits::Amount(_, unit))) => Some(unit.clone()),
        _ => None,
    };
    match &rule.gives {
        Gives::Answer(answer) => answered(answer),
        Gives::Effect(_) if two_things => Worth::Gives(Res::TwoThings),
        Gives::Effect(effect) => Worth::Gives(Res::Grant {
            effect: effect.clone(),
            amount: None,
            unpublished: false,
            unit: None,
            mark,
            attributes: attributes(None),
            in_total: false,
            onward,
        }),
        Gives::Credit(amount) => {
            let grant = |number: Option<Q>| {
                if two_things {
                    return Worth::Gives(Res::TwoThings);
                }
                Worth::Gives(Res::Grant {
                    effect: if rule.form == "deposit" { "deposit".into() } else { "credit".into() },
                    amount: number,
                    unpublished: number.is_none(),
                    unit: amount.unit.clone().or_else(unit_of_target),
                    mark: mark.clone(),
                    attributes: attributes(number),
                    in_total: amount.in_total && rule.targets.len() > 1,
                    onward,
                })
            };
            let best = best(world, rule, amount, view, bundle);
            match best {
                (Sum::Between(low, high), _) if high == Some(low) => {
                    if low == zero {
                        Worth::Zero
                    } else {
                        grant(Some(low))
                    }
                }
                (Sum::Between(..) | Sum::Mixed, questions) => Worth::Unknown(questions),
                (Sum::NotPublished, _) => {
                    let read =
                        amount.rounding.is_some() || amount.at_least.is_some() || amount.at_most.is_some();
                    if read { Worth::Unverified } else { grant(None) }
                }
                (Sum::Referred(body), _) => answered(&model::Answer::Refer(body)),
                (Sum::NotHere, _) => Worth::NotHere,
                (Sum::UnpublishedCell, _) => Worth::Unverified,
                (Sum::ZeroCell, _) => Worth::Gives(Res::Refuse),
                (Sum::Otherwise, _) => rule.otherwise.as_ref().map_or(Worth::NotHere, answered),
            }
        }
    }
}

/// Whether what is carried says of one grant what only one of them can.
fn says_two_things(carried: &[&str]) -> bool {
    let sorts: Vec<String> = carried
        .iter()
        .filter_map(|says| {
            let says: serde_json::Value = serde_json::from_str(says).unwrap();
            match (says.get("level"), says.get("fact"), says.get("part")) {
                (Some(_), ..) => Some("level".to_owned()),
                (_, Some(fact), _) => Some(format!("fact {}", fact["fact"])),
                (.., Some(part)) => Some(format!("part {}", part["target"])),
                _ => None,
            }
        })
        .collect();
    let different: std::collections::BTreeSet<&String> = sorts.iter().collect();
    different.len() < sorts.len()
}

/// A part of an amount is no larger than the whole.
fn no_larger(says: &str, whole: Option<Q>) -> String {
    let mut says: serde_json::Value = serde_json::from_str(says).unwrap();
    if let (Some(whole), Some(part)) = (whole, says.get_mut("part"))
        && number(&part["amount"]) > whole
    {
        part["amount"] = serde_json::Value::String(whole.to_string());
    }
    says.to_string()
}

/// The award of all sure members; where a slot takes a number of them, the greatest that a choice gives which passes the tests of
/// the whole, surely if one does.
pub fn best(
    world: &World<'_>,
    rule: &Rule,
    amount: &model::Amount,
    view: &View<'_>,
    bundle: &[Slot],
) -> (Sum, Vec<Question>) {
    if !is_limited(bundle) {
        return world.amount(amount, view);
    }
    let whole: Vec<Cond> = split(&rule.when, bundle).1.into_iter().filter(reads_totals).collect();
    let views = choices(world, bundle, &view.used).into_iter().map(|used| View { used, ..view.clone() });
    let passed: Vec<(Truth, View<'_>)> = views
        .map(|with| {
            let tests = whole.iter().map(|test| world.cond(test, &with).truth);
            (tests.chain([worth_enough(world, bundle, &with.used)]).min().unwrap_or(Truth::T), with)
        })
        .collect();
    let most = passed.iter().map(|(truth, _)| *truth).max().unwrap_or(Truth::F);
    let sums = passed.iter().filter(|(truth, _)| *truth == most && most != Truth::F);
    let sum = sums.map(|(_, with)| world.amount(amount, with).0).reduce(|a, b| match (a, b) {
        (Sum::Between(a0, a1), Sum::Between(b0, b1)) => {
            Sum::Between(a0.max(b0), a1.zip(b1).map(|(a, b): (Q, Q)| a.max(b)))
        }
        (other, _) => other,
    });
    let Some(sum) = sum else { return world.amount(amount, view) };
    let known = !matches!(sum, Sum::Between(low, high) if high != Some(low)) && sum != Sum::Mixed;
    (sum, if known { Vec::new() } else { world.measures(amount, view) })
}

/// What the transcript shows, as a text that tells two marks apart.
fn mark(world: &World<'_>, rule: &Rule, view: &View<'_>) -> String {
    let Some(mark) = &rule.mark else { return String::new() };
    if let Some((by, cells)) = &mark.table {
        return looked_up(world, by, cells, view)
            .map_or(String::new(), |shown| format!("{shown} of {:?}{}", mark.scale, mark.rest));
    }
    // A mark that a rule fixes is the same as one that a table says.
    if let Some(fixed) = &mark.fixed {
        return format!("shown {} of {:?}{}", show(fixed), mark.scale, mark.rest);
    }
    let Some(subject) = &mark.carried else { return mark.text.clone() };
    let used = view.used.get(subject.slot).into_iter().flatten().chain(view.used.iter().flatten());
    let Some(at) = used.into_iter().next() else { return "carried".into() };
    let known = world.state(Who::Held(*at), &subject.fact);
    if let (Some(map), Some(from)) = (&mark.map, &mark.scale) {
        let map = &world.model.maps[map];
        let to = &world.model.scales[&map.to];
        let all =
            super::map::capped(map.all(&known, &world.model.scales[from], to), mark.at_most.as_ref(), to);
        // Marks of two scales are two marks, though they are written alike.
        return match all.as_slice() {
            [only] => format!("carried {}@{}", show(only), map.to),
            _ => format!("carried ? {all:?} of {}", map.to),
        };
    }
    let falling = mark.scale.as_ref().is_some_and(|scale| world.model.falling.contains(scale));
    match known.value() {
        Some(value) => {
            let shown = match (&mark.at_most, value.place()) {
                (Some(most), Some(at)) => {
                    let over = most.place().is_some_and(|most| if falling { at < most } else { at > most });
                    if over { most.clone() } else { value.clone() }
                }
                _ => value.clone(),
            };
            format!("carried {}{}", show(&shown), mark.rest)
        }
        // Not known: what may be shown tells two such marks apart.
        None => {
            let (low, high) = known.ends();
            let most = mark.at_most.as_ref().and_then(V::place);
            let capped = |at: Option<Q>| match (at, most) {
                (Some(at), Some(most)) => Some(if falling { at.max(most) } else { at.min(most) }),
                (at, _) => at,
            };
            let judge = world.judge(Who::Held(*at), &subject.fact).unwrap_or_default();
            format!("carried ? {:?} {:?} {judge}{}", capped(low), capped(high), mark.rest)
        }
    }
}

/// The mark of a table: one that is known, those that it may be, or none.
fn looked_up(
    world: &World<'_>,
    by: &[model::Subject],
    cells: &[model::MarkRow],
    view: &View<'_>,
) -> Option<String> {
    let mut trials: Vec<Vec<V>> = vec![Vec::new()];
    for (at, subject) in by.iter().enumerate() {
        let sets: Vec<&super::value::Set> = cells.iter().map(|(sets, _)| &sets[at]).collect();
        let values = world.one(subject, view).1.trials(&sets);
        trials = trials
            .iter()
            .flat_map(|before| {
                values.iter().map(move |value| before.iter().chain([value]).cloned().collect())
            })
            .collect();
    }
    let mut marks: Vec<Option<V>> = Vec::new();
    for values in trials {
        let fits =
            |(sets, _): &&model::MarkRow| sets.iter().zip(&values).all(|(set, value)| set.contains(value));
        let mark = cells.iter().find(fits).and_then(|(_, mark)| mark.clone());
        if !marks.contains(&mark) {
            marks.push(mark);
        }
    }
    match marks.as_slice() {
        [None] => None,
        [Some(only)] => Some(format!("shown {}", show(only))),
        _ => {
            marks.sort();
            Some(format!("carried ? {marks:?}"))
        }
    }
}

pub fn show(value: &V) -> String {
    match value {
        V::Num(number) => number.to_string(),
        V::Rank(rank) => format!("rank {rank}"),
        V::None => "none".into(),
        other => format!("{other:?}"),
    }
}

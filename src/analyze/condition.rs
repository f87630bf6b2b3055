//! A rule's conditions as formulas over the facts of a scene.
//!
//! One match names every form of test. A test that is not told by single facts is open, with its reason, and never passed over.

use crate::evaluate::falling;
use crate::model::{AtomTest, Cond, Holder, Order, Subject, ValueType};
use crate::quantity::{Date, Length, Ratio};
use crate::space::{Axis, End, Interval, Set, Truth, Value};

use super::Reason;
use super::form::Form;
use super::joint::{Joint, Shift};
use super::look::Look;
use super::scene::{Dim, Relation, Scene, Whose};

/// A condition as a formula. `places` says where the slots of the rule stand in the scene; `itself` whose bracket or `if` it is.
pub(super) fn form(scene: &mut Scene<'_>, cond: &Cond, places: &[u32], itself: Option<Whose>) -> Form {
    match cond {
        Cond::All(parts) => {
            let mut all = Vec::with_capacity(parts.len());
            for part in parts {
                match form(scene, part, places, itself) {
                    Form::All(inner) => all.extend(inner),
                    other => all.push(other),
                }
            }
            Form::All(all)
        }
        Cond::Any(parts) => Form::Any(parts.iter().map(|part| form(scene, part, places, itself)).collect()),
        Cond::Atom(atom) => test(scene, &atom.test, places, itself),
    }
}

/// One test. A new form of test must be named here before anything compiles: what is not told by single facts answers
/// [`Form::Open`] with its reason.
fn test(scene: &mut Scene<'_>, test: &AtomTest, places: &[u32], itself: Option<Whose>) -> Form {
    match test {
        AtomTest::In { subject, value_type, set } => {
            if let Some(several) = of_several(scene, *subject, *value_type, places) {
                return pooled(scene, *subject, *value_type, &several, set);
            }
            each(scene, *subject, *value_type, places, itself, |scene, of| match of {
                Of::Fact(dim) => is_in(scene, dim, set),
                Of::Target => match scene.of_target(subject.fact, *value_type) {
                    Some(value) if set.contains(value) => Form::TRUE,
                    Some(_) => Form::FALSE,
                    None => target_in(scene, *subject, *value_type, set),
                },
            })
        }
        AtomTest::Target { subject, target, value_type, relation, falling, negated } => {
            let Some(value) = scene.of_target(*target, *value_type) else {
                return match scene.goal {
                    crate::graph::Goal::Outcome(_) => Form::Open(Reason::Target),
                    crate::graph::Goal::Deposit(_) | crate::graph::Goal::Block(_) if *negated => Form::TRUE,
                    crate::graph::Goal::Deposit(_) | crate::graph::Goal::Block(_) => Form::FALSE,
                };
            };
            if let Some(several) = of_several(scene, *subject, *value_type, places) {
                let axis = Set::everything(value.axis());
                let holds = passing(value, *relation, *falling).intersect(&axis);
                let allowed = if *negated { axis.union(&Set::none()).minus(&holds) } else { holds };
                return pooled(scene, *subject, *value_type, &several, &allowed);
            }
            each(scene, *subject, *value_type, places, itself, |scene, of| match of {
                Of::Fact(dim) => compares(scene, dim, value, *relation, *falling, *negated),
                Of::Target => Form::Open(Reason::Target),
            })
        }
        AtomTest::Differ { subject, target, value_type, most, negated } => {
            let value = match scene.of_target(*target, *value_type) {
                Some(value) => value,
                None if matches!(scene.goal, crate::graph::Goal::Outcome(_)) => {
                    return Form::Open(Reason::Target);
                }
                None => Value::None,
            };
            each(scene, *subject, *value_type, places, itself, |scene, of| match of {
                Of::Fact(dim) => near(scene, dim, value, *most, *negated),
                Of::Target => Form::Open(Reason::Target),
            })
        }
        AtomTest::Dates { subject, relation, other, negated } => {
            let related = Related { length: None, negated: *negated };
            let orders = |tested, other| in_order(*relation, tested, other);
            two_dates(scene, *subject, *other, places, itself, related, orders, |scene, dim, day, swapped| {
                let relation = if swapped { mirrored(*relation) } else { *relation };
                compares(scene, dim, day, relation, false, *negated)
            })
        }
        AtomTest::Within { subject, length, before, other, negated } => {
            let related = Related { length: Some(*length), negated: *negated };
            let orders = |tested: Dim, other: Dim| {
                let (first, last) = if *before { (tested, other) } else { (other, tested) };
                vec![vec![order(first, last, Shift::Days(0)), order(last, first, Shift::After(*length))]]
            };
            two_dates(scene, *subject, *other, places, itself, related, orders, |scene, dim, day, swapped| {
                // The fixed day is the later one where the tested date comes before it.
                within(scene, dim, day, *length, *before != swapped, *negated)
            })
        }
        AtomTest::Level(wanted) => super::level::level(scene, wanted, places, itself),
        AtomTest::Covers(wanted) => super::level::covers(scene, wanted, places),
        AtomTest::Lasting(wanted) => looks(scene, Look::lasting(wanted), wanted.negated),
        AtomTest::Holds(wanted) if wanted.after.is_some() => Form::Open(Reason::TwoDates),
        AtomTest::Holds(wanted) => looks(scene, Look::holds(wanted), wanted.negated),
    }
}

/// What a test asks of the record as one fact that it says yes or no to.
fn looks(scene: &mut Scene<'_>, look: Look, negated: bool) -> Form {
    let at = scene.looks.iter().position(|known| *known == look).unwrap_or_else(|| {
        scene.looks.push(look);
        scene.looks.len() - 1
    });
    let fact = crate::model::FactId(u32::try_from(at).unwrap_or(u32::MAX));
    let dim = scene.dim(Whose::Record, fact, ValueType::YesNo);
    is_in(scene, dim, &Set::one(Value::Bool(!negated)))
}

/// What a subject reads.
enum Of {
    /// A fact that may vary.
    Fact(Dim),
    /// A fact of the target.
    Target,
}

/// A test of each fact that a subject means.
fn each(
    scene: &mut Scene<'_>,
    subject: Subject,
    value_type: ValueType,
    places: &[u32],
    itself: Option<Whose>,
    mut test: impl FnMut(&mut Scene<'_>, Of) -> Form,
) -> Form {
    let mut of = |scene: &mut Scene<'_>, whose: Whose| {
        let dim = scene.dim(whose, subject.fact, value_type);
        test(scene, Of::Fact(dim))
    };
    match subject.of {
        Holder::Source(slot) => match places.get(slot as usize) {
            Some(&place) => of(scene, Whose::Held(place)),
            None => Form::TRUE,
        },
        Holder::Each => Form::All(places.iter().map(|&place| of(scene, Whose::Held(place))).collect()),
        Holder::Some => Form::Any(places.iter().map(|&place| of(scene, Whose::Held(place))).collect()),
        Holder::Total | Holder::Lowest | Holder::Latest => match places {
            [place] if subject.of != Holder::Total || is_number(value_type) => of(scene, Whose::Held(*place)),
            _ => Form::Open(Reason::Several),
        },
        Holder::Target => test(scene, Of::Target),
        Holder::Learner => of(scene, Whose::Learner),
        Holder::Plan => of(scene, Whose::Plan),
        Holder::Request => of(scene, Whose::Request),
        Holder::Itself => match itself {
            Some(whose) => of(scene, whose),
            // There is no such holder: a right of a person has no achievement.
            None => Form::FALSE,
        },
    }
}

/// Whether a sum over one achievement is the fact itself.
const fn is_number(value_type: ValueType) -> bool {
    matches!(
        value_type,
        ValueType::Number
            | ValueType::Credits(_)
            | ValueType::ContactHours
            | ValueType::NotionalHours
            | ValueType::Hours
            | ValueType::Share
            | ValueType::Scale(_)
    )
}

/// A fact against a set.
fn is_in(scene: &mut Scene<'_>, dim: Dim, set: &Set) -> Form {
    let outcome = scene.graph.built_in().outcome;
    let Some(known) = scene.facts.get_mut(&dim) else { return Form::Never };
    if known.full.is_empty() && Some(dim.fact) == outcome {
        return Form::Open(Reason::Uncatalogued);
    }
    note(&mut known.named, set);
    Form::test(dim, known, set)
}

/// Remembers the values that a test names: the ends of its stretches.
fn note(named: &mut Vec<Value>, set: &Set) {
    let ends = set.intervals().flat_map(|interval| [interval.least, interval.greatest]);
    for value in ends.filter_map(|end| if let End::Closed(value) = end { Some(value) } else { None }) {
        if (named.len() < 64 || value.date().is_some()) && !value.is_none() && !named.contains(&value) {
            named.push(value);
        }
    }
}

/// A test of the target's fact of which not one value is known.
fn target_in(scene: &Scene<'_>, subject: Subject, value_type: ValueType, set: &Set) -> Form {
    let crate::graph::Goal::Outcome(outcome) = scene.goal else { return Form::FALSE };
    let owner = crate::evaluate::Owner::Target(outcome);
    match scene.reader().state(owner, subject.fact, Some(value_type)).state.test(set) {
        Truth::True => Form::TRUE,
        Truth::False => Form::FALSE,
        Truth::Unknown => Form::Never,
    }
}

/// A fact against a constant, in the order of *better*.
fn compares(
    scene: &mut Scene<'_>,
    dim: Dim,
    value: Value,
    relation: Order,
    falling: bool,
    negated: bool,
) -> Form {
    let Some(known) = scene.facts.get(&dim) else { return Form::Never };
    let present = known.full.minus(&Set::none());
    let holds = passing(value, relation, falling).intersect(&present);
    let allowed = if negated { known.full.minus(&holds) } else { holds };
    is_in(scene, dim, &allowed)
}

/// The values that pass a comparison with a constant.
fn passing(value: Value, relation: Order, falling: bool) -> Set {
    let relation = if falling { mirrored(relation) } else { relation };
    match relation {
        _ if value.is_none() => Set::empty(),
        Order::AtLeast => Set::at_least(value),
        Order::AtMost => Set::at_most(value),
        Order::Over => Set::more_than(value),
        Order::Under => Set::less_than(value),
        Order::Same => Set::one(value),
        Order::Different => Set::everything(value.axis()).minus(&Set::one(value)),
    }
}

/// The facts that a sum, the lowest or the latest is made of, where there are several achievements.
fn of_several(
    scene: &mut Scene<'_>,
    subject: Subject,
    value_type: ValueType,
    places: &[u32],
) -> Option<Vec<Dim>> {
    let is_told = matches!(subject.of, Holder::Lowest | Holder::Latest)
        || subject.of == Holder::Total && is_number(value_type);
    (is_told && places.len() > 1).then(|| {
        places.iter().map(|&place| scene.dim(Whose::Held(place), subject.fact, value_type)).collect()
    })
}

/// A sum, the lowest or the latest of several facts in a set.
fn pooled(scene: &mut Scene<'_>, subject: Subject, value_type: ValueType, of: &[Dim], set: &Set) -> Form {
    for dim in of {
        if let Some(known) = scene.facts.get_mut(dim) {
            note(&mut known.named, set);
        }
    }
    let full = |dim: &Dim| scene.facts.get(dim).map(|known| known.full.clone()).unwrap_or_default();
    if subject.of == Holder::Total {
        // What has no such number adds nothing.
        let has = |dim: &&Dim| full(dim) != Set::none();
        let added: Vec<Dim> = of.iter().filter(has).copied().collect();
        if added.iter().any(|dim| full(dim).has_none()) {
            return Form::Open(Reason::Several);
        }
        let there = added.iter().map(|dim| Form::In(*dim, full(dim))).collect();
        return Form::All(vec![Form::All(there), super::joint::sum(&added, set)]);
    }
    let greatest = subject.of == Holder::Latest || falling(&scene.reader(), Some(value_type));
    let mut cases: Vec<Form> = Vec::new();
    if set.has_none() {
        let none = of.iter().map(|dim| Form::In(*dim, full(dim).intersect(&Set::none())));
        cases.push(Form::Any(none.collect()));
    }
    for interval in set.minus(&Set::none()).intervals() {
        let side = |least, greatest| Set::interval(Interval { least, greatest, ..interval });
        let up = side(interval.least, End::Unbounded);
        let down = side(End::Unbounded, interval.greatest);
        // The lowest is one of them that no other is under.
        let (one, all) = if greatest { (up, down) } else { (down, up) };
        let is = |dim: &Dim, of: &Set| {
            let known = scene.facts.get(dim);
            known.map_or(Form::Never, |known| Form::In(*dim, known.snap(&of.minus(&Set::none()))))
        };
        let all = of.iter().map(|dim| is(dim, &all)).collect();
        let one = of.iter().map(|dim| is(dim, &one)).collect();
        cases.push(Form::All(vec![Form::All(all), Form::Any(one)]));
    }
    Form::Any(cases)
}

/// A number that differs from a constant by no more than so much.
fn near(scene: &mut Scene<'_>, dim: Dim, value: Value, most: Ratio, negated: bool) -> Form {
    let Some(full) = scene.facts.get(&dim).map(|known| known.full.clone()) else { return Form::Never };
    let holds = match value {
        Value::None => Set::empty(),
        Value::Number(number) => match (number.checked_sub(most), number.checked_add(most)) {
            (Ok(least), Ok(greatest)) => Set::between(Value::Number(least), Value::Number(greatest)),
            _ => return Form::Open(Reason::Overflow),
        },
        _ => return Form::Open(Reason::Target),
    };
    let allowed = if negated { full.minus(&holds) } else { holds };
    is_in(scene, dim, &allowed)
}

/// `a over b` as `b under a`.
const fn mirrored(relation: Order) -> Order {
    match relation {
        Order::AtLeast => Order::AtMost,
        Order::AtMost => Order::AtLeast,
        Order::Over => Order::Under,
        Order::Under => Order::Over,
        Order::Same => Order::Same,
        Order::Different => Order::Different,
    }
}

/// A relation of two dates beside its order.
#[derive(Clone, Copy)]
struct Related {
    /// How far apart the dates may be.
    length: Option<Length>,
    negated: bool,
}

const fn order(early: Dim, late: Dim, by: Shift) -> Joint {
    Joint::Order { early, late, by }
}

/// A comparison of two dates as orders: one of these, all of whose orders hold.
fn in_order(relation: Order, tested: Dim, other: Dim) -> Vec<Vec<Joint>> {
    let under = order(tested, other, Shift::Days(-1));
    let over = order(other, tested, Shift::Days(-1));
    let at_most = order(tested, other, Shift::Days(0));
    let at_least = order(other, tested, Shift::Days(0));
    match relation {
        Order::AtLeast => vec![vec![at_least]],
        Order::AtMost => vec![vec![at_most]],
        Order::Over => vec![vec![over]],
        Order::Under => vec![vec![under]],
        Order::Same => vec![vec![at_least, at_most]],
        Order::Different => vec![vec![under], vec![over]],
    }
}

/// A relation of two dates: a test of one where the other is fixed, else an order of both.
#[allow(clippy::too_many_arguments, reason = "two dates, whose they are, and what is asked of them")]
fn two_dates(
    scene: &mut Scene<'_>,
    subject: Subject,
    other: Subject,
    places: &[u32],
    itself: Option<Whose>,
    related: Related,
    orders: impl Fn(Dim, Dim) -> Vec<Vec<Joint>>,
    mut test: impl FnMut(&mut Scene<'_>, Dim, Value, bool) -> Form,
) -> Form {
    let length = related.length;
    let one = |of: Of| if let Of::Fact(dim) = of { Some(dim) } else { None };
    // The other date is that of the first achievement that it may mean, as answers read it.
    let mut with = None;
    let _ = each(scene, other, ValueType::Date, places, itself, |_, of| {
        with = with.or(one(of));
        Form::TRUE
    });
    let Some(with) = with else { return Form::Open(Reason::TwoDates) };
    each(scene, subject, ValueType::Date, places, itself, |scene, of| {
        let Some(dim) = one(of) else { return Form::Open(Reason::TwoDates) };
        let fixed =
            |scene: &Scene<'_>, dim: Dim| scene.facts.get(&dim).and_then(|known| known.full.singleton());
        if let Some(day) = fixed(scene, with) {
            return test(scene, dim, day, false);
        }
        if let Some(day) = fixed(scene, dim) {
            return test(scene, with, day, true);
        }
        let request = [(with, dim), (dim, with)].into_iter().find(|(of, _)| of.whose == Whose::Request);
        if let Some((request, other)) = request.filter(|(_, other)| other.whose != Whose::Request) {
            scene.relations.push(Relation { request: request.fact, other, length });
        } else {
            scene.is_linked = true;
        }
        if matches!(length, Some(Length::Hours(_))) {
            return Form::Open(Reason::TwoDates);
        }
        let cases = orders(dim, with).into_iter().map(|all| Form::tied(all, &scene.facts));
        let form = Form::Any(cases.collect());
        if related.negated { form.not(&scene.facts) } else { form }
    })
}

/// A date at most so long before (or after) a fixed day, both ends in.
fn within(scene: &mut Scene<'_>, dim: Dim, day: Value, length: Length, before: bool, negated: bool) -> Form {
    let Some(full) = scene.facts.get(&dim).map(|known| known.full.clone()) else { return Form::Never };
    let Value::Date(day) = day else {
        return is_in(scene, dim, &if negated { full } else { Set::empty() });
    };
    if matches!(length, Length::Hours(_)) {
        return Form::Open(Reason::TwoDates);
    }
    let (first, last) = if before {
        (day.earliest_within(length), Some(day))
    } else {
        (Some(day), Some(length.after(day).unwrap_or(Date::MAX)))
    };
    let holds = match (first, last) {
        (Some(first), Some(last)) => Set::between(Value::Date(first), Value::Date(last)),
        _ => Set::empty(),
    };
    let holds = holds.intersect(&Set::everything(Axis::Date));
    let allowed = if negated { full.minus(&holds) } else { holds };
    is_in(scene, dim, &allowed)
}

/// One test on its own, as a table reads it.
pub(super) fn single(scene: &mut Scene<'_>, atom: &AtomTest, places: &[u32]) -> Form {
    test(scene, atom, places, places.first().map(|place| Whose::Held(*place)))
}

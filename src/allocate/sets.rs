//! Claim sets: in a place where few sets of claims make sense, one of these sets is chosen, instead of each claim by itself.
//!
//! A place that takes 6 credits of claims worth 4, 4 and 3 would, claim by claim, be filled by one and a half of them in a
//! relaxation; chosen as a set, it is filled by two of them or holds less. That is the convex hull of the place, and what makes most
//! records solve at once. A set with a member that is not needed is left out where leaving the member out is never worse.

use super::expression::Expression;
use super::problem::{Award, Counted, Counts, Measure, Part, Pin, Problem, Slot, When};
use super::program::Origin;
use super::rows::{Lump, Rows, Spot};

/// A place with more sets than this is left to its claims.
const MOST_SETS: usize = 64;
/// A place with more claims than this, too.
const MOST_CLAIMS: usize = 32;

/// Which places are taken by sets.
#[derive(Clone, Debug, Default)]
pub(super) struct Sets {
    places: Vec<Place>,
}

/// A place, its claims and the sets of them.
#[derive(Clone, Debug)]
struct Place {
    block: usize,
    claims: Vec<Claim>,
    whole: bool,
    room: i64,
    /// Each a mask over `claims`.
    sets: Vec<u64>,
}

/// The one grant of an application, in its one place.
#[derive(Clone, Debug)]
struct Claim {
    application: usize,
    amount: i64,
    /// Equal where every limit, condition and average sees the same amount.
    class: usize,
}

impl Sets {
    /// No sets: the rows as they are written.
    pub(super) fn none() -> Self {
        Self::default()
    }

    /// The places of a problem that few sets can fill.
    pub(super) fn find(problem: &Problem) -> Self {
        let mut places = Vec::new();
        for block in 0..problem.blocks.len() {
            places.extend(place(problem, block));
        }
        Self { places }
    }
}

impl Rows {
    /// A column for each set, one of them at most in each place, and what each class counts in a place that cuts.
    pub(super) fn sets(&mut self, problem: &Problem, sets: &Sets) {
        self.by_sets = vec![None; problem.applications.len()];
        for place in &sets.places {
            let origin = Origin::Block(place.block);
            let columns: Vec<Expression> = place.sets.iter().map(|_| self.program.column(0, 1)).collect();
            let sum = Expression::sum(columns.iter().map(|one| (one, 1)));
            self.program.at_most(&sum, &Expression::number(1), origin);
            let each = || place.sets.iter().zip(&columns);
            for (nth, claim) in place.claims.iter().enumerate() {
                let with = each().filter(|(set, _)| *set >> nth & 1 == 1);
                let made = Expression::sum(with.map(|(_, column)| (column, 1)));
                if let Some(entry) = self.by_sets.get_mut(claim.application) {
                    *entry = Some(made);
                }
            }
            let members = each().map(|(set, column)| {
                let claims = place.claims.iter().enumerate().filter(|(nth, _)| *set >> nth & 1 == 1);
                (column.clone(), claims.map(|(_, claim)| claim.application).collect())
            });
            self.set_columns.push(members.collect());
            if place.whole {
                continue;
            }
            let mut classes: Vec<usize> = place.claims.iter().map(|claim| claim.class).collect();
            classes.sort_unstable();
            classes.dedup();
            let mut all = Vec::new();
            for &class in &classes {
                let amounts = each().map(|(set, column)| (column, place.amount(*set, Some(class))));
                let most = Expression::sum(amounts);
                let counted = self.program.column(0, self.program.most(&most).min(place.room));
                self.program.at_most(&counted, &most, origin);
                let members = place.claims.iter().filter(|claim| claim.class == class);
                let members: Vec<Spot> = members.map(|claim| (claim.application, 0, 0)).collect();
                all.push(counted.clone());
                self.lumps.push(Lump { members, sum: counted });
            }
            if classes.len() > 1 {
                let most = Expression::sum(each().map(|(set, column)| (column, place.amount(*set, None))));
                let sum = Expression::sum(all.iter().map(|one| (one, 1)));
                self.program.at_most(&sum, &most, origin);
            }
        }
    }
}

impl Place {
    /// What a set counts, of one class or all.
    fn amount(&self, set: u64, class: Option<usize>) -> i64 {
        let members = self
            .claims
            .iter()
            .enumerate()
            .filter(|(nth, claim)| set >> nth & 1 == 1 && class.is_none_or(|class| claim.class == class));
        members.map(|(_, claim)| claim.amount).fold(0, i64::saturating_add).min(self.room)
    }
}

/// The sets of a block, where all that may sit in it is one grant of one size of one application each.
fn place(problem: &Problem, block: usize) -> Option<Place> {
    let of = problem.blocks.get(block)?;
    let plain = of.surplus_to.is_none()
        && problem.children(block).next().is_none()
        && problem.blocks.iter().all(|other| other.surplus_to != Some(block))
        && problem.shares.iter().all(|share| share.to != block && !problem.is_in(block, share.from));
    if !plain {
        return None;
    }
    let mut claims = Vec::new();
    let mut wholes = Vec::new();
    for (at, application) in problem.applications.iter().enumerate() {
        let mut here = application.grants.iter().filter(|grant| grant.places.contains(&block));
        let Some(grant) = here.next() else { continue };
        let single =
            application.grants.len() == 1 && grant.places.len() == 1 && grant.counts == Counts::Credit;
        let free = application.pin == Pin::Free && application.times == 1 && application.choice.is_none();
        let Award::Fixed(amount) = grant.award else { return None };
        if !single || !free || amount <= 0 || claims.len() == MOST_CLAIMS {
            return None;
        }
        wholes.push(grant.whole);
        claims.push(Claim { application: at, amount, class: 0 });
    }
    let whole = *wholes.first()?;
    if claims.len() < 2 || wholes.iter().any(|other| *other != whole) {
        return None;
    }
    let seen: Vec<Seen> = claims.iter().map(|claim| Seen::by(problem, claim.application)).collect();
    if !whole && seen.iter().any(|seen| seen.sometimes) {
        return None;
    }
    let mut kinds: Vec<&Vec<(usize, usize, i64)>> = Vec::new();
    for (claim, seen) in claims.iter_mut().zip(&seen) {
        claim.class = kinds.iter().position(|kind| **kind == seen.amounts).unwrap_or_else(|| {
            kinds.push(&seen.amounts);
            kinds.len() - 1
        });
    }
    let room = problem.ceiling(block).map_or(i64::MAX, |most| most.saturating_sub(of.held).max(0));
    let needed = needed(problem, block).unwrap_or(i64::MAX);
    let uses = claims.iter().all(|claim| !problem.applications[claim.application].slots.is_empty());
    let useful = match whole {
        _ if !uses || seen.iter().any(|seen| seen.count_valued) => i64::MAX,
        true if seen.iter().any(|seen| seen.amount_valued) => i64::MAX,
        true => needed,
        false if kinds.len() > 1 => i64::MAX,
        false if seen.iter().any(|seen| seen.amount_valued) => room,
        false => room.min(needed),
    };
    let sets = list(problem, &claims, if whole { room } else { i64::MAX }, useful)?;
    Some(Place { block, claims, whole, room, sets })
}

/// What a block can use at most, where more than its need never helps what stands above.
fn needed(problem: &Problem, block: usize) -> Option<i64> {
    let alone = problem.shares.is_empty()
        && problem.branches.is_empty()
        && problem.blocks.iter().all(|one| one.surplus_to.is_none());
    let mut full = vec![0i64; problem.blocks.len()];
    for at in (0..problem.blocks.len()).rev() {
        let below = problem.children(at).map(|child| full[child]).fold(0, i64::saturating_add);
        full[at] = below.max(problem.blocks[at].need.unwrap_or(0));
    }
    let mut above = problem.blocks[block].parent;
    let mut asked = alone;
    while let Some(at) = above {
        let below = problem.children(at).map(|child| full[child]).fold(0, i64::saturating_add);
        asked &= problem.blocks[at].need.is_none_or(|need| need <= below);
        above = problem.blocks[at].parent;
    }
    let need = problem.blocks[block].need?;
    asked.then(|| need.saturating_sub(problem.blocks[block].held).max(0))
}

/// All sets that fit, without a member that is not needed; nothing where they are too many.
fn list(problem: &Problem, claims: &[Claim], room: i64, useful: i64) -> Option<Vec<u64>> {
    let mut order: Vec<usize> = (0..claims.len()).collect();
    order.sort_by_key(|at| (std::cmp::Reverse(claims[*at].amount), *at));
    let mut sets = Vec::new();
    let mut waiting: Vec<(usize, u64, i64)> = vec![(0, 0, 0)];
    while let Some((next, set, sum)) = waiting.pop() {
        if sets.len() > MOST_SETS {
            return None;
        }
        if set != 0 && next == order.len() {
            sets.push(set);
        }
        let Some(&at) = order.get(next) else { continue };
        waiting.push((next + 1, set, sum));
        let more = sum.saturating_add(claims[at].amount);
        let others = order.iter().filter(|other| set >> **other & 1 == 1);
        let clash = others
            .into_iter()
            .any(|other| exclude(problem, claims[at].application, claims[*other].application));
        if sum < useful && more <= room && !clash {
            waiting.push((next + 1, set | 1 << at, more));
        }
    }
    (sets.len() <= MOST_SETS).then_some(sets)
}

/// Whether two applications want the same single achievement in one scope, or cover the same target.
fn exclude(problem: &Problem, one: usize, other: usize) -> bool {
    let (one, other) = (&problem.applications[one], &problem.applications[other]);
    let scope = one.scopes.iter().any(|scope| other.scopes.contains(scope));
    let single = |slot: &Slot| match slot {
        Slot::One(achievement) if problem.achievements[*achievement].count == 1 => Some(*achievement),
        _ => None,
    };
    let wants: Vec<usize> = one.slots.iter().filter_map(single).collect();
    let same = other.slots.iter().filter_map(single).any(|achievement| wants.contains(&achievement));
    let covers: Vec<usize> = one.grants.iter().flat_map(|grant| grant.covers.clone()).collect();
    (scope && same)
        || other.grants.iter().flat_map(|grant| &grant.covers).any(|target| covers.contains(target))
}

/// How limits, conditions and averages see the one grant of an application.
#[derive(Default)]
struct Seen {
    /// By which measure of which limit or condition, and with which factor, its amount is seen.
    amounts: Vec<(usize, usize, i64)>,
    /// Only sometimes.
    sometimes: bool,
    /// More of its amount may be wanted for its own sake.
    amount_valued: bool,
    /// It may be wanted for being given at all.
    count_valued: bool,
}

impl Seen {
    fn by(problem: &Problem, application: usize) -> Self {
        let grants = &problem.applications[application].grants;
        let effect = grants.iter().any(|grant| grant.effect.is_some());
        let mut seen = Self { count_valued: effect, ..Self::default() };
        let limits = problem.limits.iter().map(|limit| (&limit.counted, true));
        let conditions = problem.conditions.iter().map(|condition| (&condition.counted, false));
        let mut number = 0;
        for (counted, limit) in limits.chain(conditions) {
            for one in counted {
                seen.measure(problem, application, one, number, limit);
                number += 1;
            }
        }
        for average in &problem.averages {
            for (part, by) in average.over.iter().filter(|(part, _)| part.application == application) {
                seen.amounts.push((number, 0, *by));
                seen.sometimes |= part.when != When::Always;
                seen.amount_valued = true;
            }
            number += 1;
        }
        seen
    }

    fn measure(&mut self, problem: &Problem, application: usize, one: &Counted, number: usize, limit: bool) {
        let valued = !limit || one.factor < 0;
        let mine = |part: &&Part| part.application == application;
        match &one.measure {
            Measure::Amount { of, within } => {
                for part in of.iter().filter(mine) {
                    let places = &problem.applications[application].grants[part.grant].places;
                    let here = places
                        .iter()
                        .filter(|place| within.is_none_or(|block| problem.is_in(**place, block)));
                    let here = here.count();
                    if here > 0 {
                        self.amounts.push((number, here, one.factor));
                        self.sometimes |= part.when != When::Always;
                        self.amount_valued |= valued;
                    }
                }
            }
            Measure::Courses { of, .. } => self.count_valued |= valued && of.iter().any(|part| mine(&part)),
            Measure::Sources { by, .. } | Measure::Different { by, .. } => {
                self.count_valued |= valued && by.contains(&application);
            }
            Measure::Applications { of } => self.count_valued |= valued && of.contains(&application),
        }
    }
}

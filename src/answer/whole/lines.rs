//! Limits and requirements as rows: what each counts, how much it allows or asks, bucket by bucket.

use crate::allocate::{Counted as Row, Measure, Part, When};
use crate::answer::asking::Asking;
use crate::evaluate::{About, Goal, HeldId, Owner, quietly};
use crate::model::{
    Aim, Base, BlockId, Bound, Cond, Counted, Counting, Figure, Limit, Piece, Programme, RuleId, Scope,
};
use crate::quantity::{Overflow, Ratio};
use crate::space::{Truth, Value};

use super::Bucket;
use super::applied::{Applications, Applied, From, Given};
use super::buckets;
use super::places::Places;

/// A limit or a requirement as the allocation reads it.
pub(super) struct Line {
    /// By place in the model's list of limits, or of requirements.
    pub(super) of: u32,
    pub(super) bucket: Vec<Bucket>,
    /// How much, in the measure of the line.
    pub(super) bound: Ratio,
    pub(super) base: Option<Ratio>,
    /// The factor between the measure and whole numbers: steps for credits.
    pub(super) step: Ratio,
    pub(super) counted: Vec<Row>,
    /// The applications and grants that it counts.
    pub(super) parts: Vec<(usize, usize)>,
}

impl Line {
    /// Whether it counts achievements as they are used: what earlier grants used is then used by nothing that is made.
    pub(super) fn counts_sources(&self) -> bool {
        self.counted.iter().any(|row| matches!(row.measure, Measure::Sources { .. }))
    }

    /// A ceiling in whole numbers.
    pub(super) fn most(&self) -> Result<i64, Overflow> {
        whole(self.bound, self.step, false)
    }
}

pub(super) struct Lines<'a> {
    pub(super) asking: &'a Asking<'a>,
    pub(super) programme: &'a Programme,
    pub(super) places: &'a Places<'a>,
    pub(super) applications: &'a Applications,
    pub(super) step: Ratio,
}

/// What of an application's grant a line counts.
struct Counts {
    application: usize,
    grant: usize,
    /// The achievements that match, and the others.
    matching: Vec<HeldId>,
    bucket: Vec<Bucket>,
}

impl Lines<'_> {
    /// A limit, bucket by bucket; nothing where it does not hold.
    pub(super) fn limit(&self, at: u32, limit: &Limit) -> Result<Vec<Line>, Overflow> {
        // A limit of which it is not known whether it holds does.
        if self.holds(limit)?.is_false() {
            return Ok(Vec::new());
        }
        self.lines(at, limit, false)
    }

    /// A requirement.
    pub(super) fn requirement(&self, at: u32, requirement: &Limit) -> Result<Vec<Line>, Overflow> {
        if self.holds(requirement)?.is_false() {
            return Ok(Vec::new());
        }
        let mut lines = self.lines(at, requirement, true)?;
        for line in &mut lines {
            let Some(left) = self.left_of(line.bound, &[&requirement.name])? else { return Ok(Vec::new()) };
            line.bound = left;
        }
        Ok(lines)
    }

    fn holds(&self, limit: &Limit) -> Result<Truth, Overflow> {
        quietly(&self.asking.case.reader, About::default(), &limit.when)
    }

    fn lines(&self, at: u32, limit: &Limit, surely: bool) -> Result<Vec<Line>, Overflow> {
        let mut counts = Vec::new();
        for (application, applied) in self.applications.all.iter().enumerate() {
            for (grant, given) in applied.given.iter().enumerate() {
                self.count(limit, surely, (application, applied), (grant, given), &mut counts)?;
            }
        }
        let mut buckets: Vec<Vec<Bucket>> = Vec::new();
        for of in &counts {
            if !buckets.contains(&of.bucket) {
                buckets.push(of.bucket.clone());
            }
        }
        if limit.per.is_empty() && buckets.is_empty() {
            buckets.push(Vec::new());
        }
        // What falls into a part that is not known is counted against each.
        let known = |bucket: &Vec<Bucket>| !bucket.contains(&Bucket::Unknown);
        let any_known = buckets.iter().any(known);
        if any_known {
            buckets.retain(known);
        }
        let Some((bound, base)) = self.bound(&limit.bound)? else { return Ok(Vec::new()) };
        let within = self.within(limit);
        let mut lines = Vec::new();
        for bucket in buckets {
            let here = |of: &&Counts| {
                of.bucket
                    .iter()
                    .zip(&bucket)
                    .all(|(one, other)| one == other || (!surely && *one == Bucket::Unknown))
            };
            let parts: Vec<&Counts> = counts.iter().filter(here).collect();
            lines.push(Line {
                of: at,
                bound,
                base,
                step: if matches!(limit.measure, Counted::Credits(_)) { self.step } else { Ratio::ONE },
                counted: vec![Row { measure: self.measure(limit, &parts, within), factor: 1 }],
                parts: parts.iter().map(|of| (of.application, of.grant)).collect(),
                bucket,
            });
        }
        Ok(lines)
    }

    /// What of one grant a line counts.
    fn count(
        &self,
        limit: &Limit,
        surely: bool,
        (application, applied): (usize, &Applied),
        (grant, given): (usize, &Given),
        counts: &mut Vec<Counts>,
    ) -> Result<(), Overflow> {
        if !self.is_in_scope(limit, applied) {
            return Ok(());
        }
        let Some(target) = given.targets.first().copied() else { return Ok(()) };
        if !self.is_aimed(limit, given, (application, grant))? {
            return Ok(());
        }
        let mut matching = Vec::new();
        for held in &applied.members {
            let of = self.matches(limit, *held, target)?;
            if if surely { of.is_true() } else { !of.is_false() } {
                matching.push(*held);
            }
        }
        let needs_source = !limit.from.is_empty() || limit.filter != Cond::All(Vec::new());
        let all_match = matching.len() == applied.members.len() && !applied.used_others;
        let counted = if !needs_source {
            true
        } else if surely {
            all_match
        } else {
            !matching.is_empty() || applied.used_others
        };
        if !counted {
            return Ok(());
        }
        let rule = self.rule_of(applied);
        let each: Vec<Option<HeldId>> =
            if matching.is_empty() { vec![None] } else { matching.iter().copied().map(Some).collect() };
        let mut buckets: Vec<Vec<Bucket>> = Vec::new();
        for member in each {
            let bucket = buckets::of(self.asking, &limit.per, member, target, rule);
            if !buckets.contains(&bucket) {
                buckets.push(bucket);
            }
        }
        for bucket in buckets {
            counts.push(Counts { application, grant, matching: matching.clone(), bucket });
        }
        Ok(())
    }

    fn rule_of(&self, applied: &Applied) -> Option<RuleId> {
        match applied.from {
            From::Rule(rule) => Some(rule),
            From::Ledger(at) => self.asking.case.reader.record.granted.get(at)?.rule,
            From::Study(_) => None,
        }
    }

    fn is_in_scope(&self, limit: &Limit, applied: &Applied) -> bool {
        let rule = self.rule_of(applied);
        let in_scope = match limit.scope {
            Scope::Rule(of) => rule == Some(of),
            Scope::Scheme(of) => {
                rule.and_then(|rule| self.asking.rule(rule)).is_some_and(|rule| rule.scheme == of)
            }
            Scope::Block(_) => true,
        };
        let counting = match limit.counting {
            Counting::All => true,
            Counting::Converted => !matches!(applied.from, From::Study(_)),
            Counting::EarnedHere => self.is_earned_here(applied),
        };
        in_scope && counting
    }

    /// Whether it is the learner's own study at the body of the programme.
    fn is_earned_here(&self, applied: &Applied) -> bool {
        let (From::Study(held), Some(here)) = (applied.from, self.programme.at) else { return false };
        let reader = &self.asking.case.reader;
        let Some(issuer) = reader.graph.built_in().issuer else { return false };
        let model = self.asking.model();
        let Some(body) = model.bodies.get(here.index()) else { return false };
        let symbol = model.symbols.binary_search(&body.name).ok().and_then(|at| u32::try_from(at).ok());
        let state = reader.state(Owner::Held(held), issuer, None).state;
        matches!(state.value(), Some(Value::Symbol(of)) if Some(of) == symbol)
    }

    fn is_aimed(
        &self,
        limit: &Limit,
        given: &Given,
        (application, grant): (usize, usize),
    ) -> Result<bool, Overflow> {
        if limit.to.is_empty() {
            return Ok(true);
        }
        for aim in &limit.to {
            match aim {
                Aim::Targets(item) => {
                    for goal in &given.targets {
                        if let Goal::Outcome(outcome) = goal
                            && !self
                                .asking
                                .means(std::slice::from_ref(item), Owner::Target(*outcome))?
                                .is_false()
                        {
                            return Ok(true);
                        }
                    }
                }
                Aim::Block(block, _) => {
                    let Some(within) = self.places.number(*block) else { continue };
                    let places = self
                        .applications
                        .all
                        .get(application)
                        .and_then(|of| of.application.grants.get(grant));
                    if places.is_some_and(|grant| {
                        grant.places.iter().any(|place| self.places.is_in(*place, within))
                    }) {
                        return Ok(true);
                    }
                }
            }
        }
        Ok(false)
    }

    /// Whether an achievement is among those that a line counts.
    fn matches(&self, limit: &Limit, held: HeldId, target: Goal) -> Result<Truth, Overflow> {
        let from = if limit.from.is_empty() {
            Truth::True
        } else {
            self.asking.means(&limit.from, Owner::Held(held))?
        };
        let target = if let Goal::Outcome(outcome) = target { Some(outcome) } else { None };
        let reader = self.asking.case.reader.toward(target);
        let about = About { target, itself: Some(Owner::Held(held)), ..About::default() };
        Ok(from.and(quietly(&reader, about, &limit.filter)?))
    }

    /// The block inside which a line counts: its own, or the one that it names.
    fn within(&self, limit: &Limit) -> Option<usize> {
        let named = limit.to.iter().find_map(|aim| match aim {
            Aim::Block(block, _) => self.places.number(*block),
            Aim::Targets(_) => None,
        });
        let own = match limit.scope {
            Scope::Block(block) => self.places.number(block).filter(|at| *at > 0),
            _ => None,
        };
        named.or(own)
    }

    fn measure(&self, limit: &Limit, parts: &[&Counts], within: Option<usize>) -> Measure {
        let part = |of: &&Counts| Part { application: of.application, grant: of.grant, when: When::Always };
        let number = |held: &HeldId| self.applications.number(*held);
        let applications = || {
            let mut by: Vec<usize> = parts.iter().map(|of| of.application).collect();
            by.sort_unstable();
            by.dedup();
            by
        };
        let members = |of: &Counts| {
            let all = self.applications.all.get(of.application).map_or(&[][..], |of| &of.members);
            let matching = if of.matching.is_empty() { all } else { &of.matching };
            matching.iter().filter_map(number).collect::<Vec<usize>>()
        };
        match limit.measure {
            Counted::Courses => Measure::Courses { of: parts.iter().map(part).collect(), within },
            Counted::Sources => {
                let mut of: Vec<usize> = parts.iter().flat_map(|of| members(of)).collect();
                of.sort_unstable();
                of.dedup();
                Measure::Sources { by: applications(), of }
            }
            Counted::Distinct(key) => {
                let mut groups: Vec<(Bucket, Vec<usize>)> = Vec::new();
                for of in parts {
                    let target =
                        self.applications.all.get(of.application).and_then(|all| all.given.get(of.grant));
                    let Some(target) = target.and_then(|given| given.targets.first()) else { continue };
                    for held in &of.matching {
                        let bucket = buckets::of(self.asking, &[key], Some(*held), *target, None);
                        let Some((bucket, number)) = bucket.into_iter().next().zip(number(held)) else {
                            continue;
                        };
                        if bucket == Bucket::Unknown {
                            continue;
                        }
                        match groups.iter_mut().find(|(other, _)| *other == bucket) {
                            Some((_, group)) if group.contains(&number) => {}
                            Some((_, group)) => group.push(number),
                            None => groups.push((bucket, vec![number])),
                        }
                    }
                }
                let groups = groups.into_iter().map(|(_, group)| group).collect();
                Measure::Different { by: applications(), groups }
            }
            _ => Measure::Amount { of: parts.iter().map(part).collect(), within },
        }
    }

    /// How much a line allows or asks, and what a share is of; nothing where that is not known.
    fn bound(&self, bound: &Bound) -> Result<Option<(Ratio, Option<Ratio>)>, Overflow> {
        Ok(match bound {
            Bound::Amount(amount) => match amount.piece {
                Piece::Constant(number) => Some((number, None)),
                _ => None,
            },
            Bound::Share { share: Some(share), base, .. } => match self.base(base)? {
                Some(of) => Some((of.checked_mul(*share)?, Some(of))),
                None => None,
            },
            Bound::Either { of, greater } => {
                let mut chosen: Option<(Ratio, Option<Ratio>)> = None;
                for part in of {
                    let Some(part) = self.bound(part)? else { return Ok(None) };
                    let better = chosen.is_none_or(|so_far| (part.0 > so_far.0) == *greater);
                    if better {
                        chosen = Some(part);
                    }
                }
                chosen
            }
            _ => None,
        })
    }

    /// The figure that a share is of.
    fn base(&self, base: &Base) -> Result<Option<Ratio>, Overflow> {
        let reader = &self.asking.case.reader;
        Ok(match base.figure {
            Figure::Planned => match reader.graph.built_in().credits {
                Some(credits) => {
                    reader.state(Owner::Plan, credits, None).state.value().and_then(|value| value.number())
                }
                None => None,
            },
            Figure::Required => self.declared_need(base.of.unwrap_or(self.programme.root))?,
            Figure::Counted => None,
        })
    }

    /// What a block asks of itself: what is declared less what a body has waived.
    pub(super) fn need(&self, block: BlockId) -> Result<Option<Ratio>, Overflow> {
        let Some(need) = self.declared_need(block)? else { return Ok(None) };
        let of = self.asking.model().blocks.get(block.index());
        self.left_of(need, &of.map_or([""; 2], |block| [&block.name, &block.short]))
    }

    /// What a block asks of itself before any reduction.
    fn declared_need(&self, block: BlockId) -> Result<Option<Ratio>, Overflow> {
        let own = |limit: &&Limit| limit.name.is_empty() && limit.scope == Scope::Block(block);
        let Some(requirement) = self.asking.model().requirements.iter().find(own) else { return Ok(None) };
        Ok(self.bound(&requirement.bound)?.map(|(need, _)| need))
    }

    /// What is left of a requirement after what a body has waived of it; nothing where all of it is.
    fn left_of(&self, asked: Ratio, names: &[&str]) -> Result<Option<Ratio>, Overflow> {
        let mut left = asked;
        let record = self.asking.case.reader.record;
        for waiver in record.waived.iter().filter(|of| names.contains(&&*of.requirement)) {
            let Some(amount) = waiver.amount else { return Ok(None) };
            left = left.checked_sub(amount)?.max(Ratio::ZERO);
        }
        Ok(Some(left))
    }
}

/// A bound in whole numbers: a ceiling is floored, what is asked is rounded up.
pub(super) fn whole(bound: Ratio, step: Ratio, up: bool) -> Result<i64, Overflow> {
    let steps = bound.checked_div(step)?;
    let rounded = if up { steps.ceil_to(Ratio::ONE)? } else { steps.floor_to(Ratio::ONE)? };
    rounded.to_int().ok_or(Overflow)
}

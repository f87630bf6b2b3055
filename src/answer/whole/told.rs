//! The problem solved and read back: what counts, what was cut by what, what is missing.

use crate::allocate::{Allocation, Problem, Refusal, Work, allocate};
use crate::answer::asking::Asking;
use crate::answer::decision::Decision;
use crate::answer::{Verdict, Why};
use crate::evaluate::{HeldId, NoAnswer};
use crate::model::{ProgrammeId, Reason, Scope};
use crate::quantity::{Overflow, Ratio};

use super::applied::{Applications, Applied, From, Gathering};
use super::lines::{Line, Lines};
use super::places::Places;
use super::posed::problem;
use super::{Counts, Cut, Idle, LimitUse, Required, Requires, Study, Whole};

/// What a record comes to in a programme.
pub(in crate::answer) fn whole_of(
    asking: &Asking<'_>,
    programme: ProgrammeId,
    decision: &Decision,
) -> Result<Whole, NoAnswer> {
    let model = asking.model();
    let of = model.programmes.get(programme.index()).ok_or(NoAnswer::NotPlaced)?;
    let unit = model.blocks.get(of.root.index()).and_then(|root| root.unit).ok_or(NoAnswer::NotPlaced)?;
    let step = model.units.get(unit.index()).and_then(|unit| unit.step).ok_or(NoAnswer::NotPlaced)?;
    let places = Places::of(asking, programme, of.root);
    let applications = Gathering::new(asking, of, &places, unit, step).gather(decision)?;
    let lines = Lines { asking, programme: of, places: &places, applications: &applications, step };
    let mut limits: Vec<Line> = Vec::new();
    for (at, limit) in (0u32..).zip(&model.limits) {
        if holds_here(&places, limit.scope) && !limit.is_ceiling() {
            limits.extend(lines.limit(at, limit)?);
        }
    }
    let mut requirements: Vec<Line> = Vec::new();
    for (at, requirement) in (0u32..).zip(&model.requirements) {
        if holds_here(&places, requirement.scope) && !requirement.name.is_empty() {
            requirements.extend(lines.requirement(at, requirement)?);
        }
    }
    let (problem, needs) = problem(asking, &places, &lines, &limits, &requirements)?;
    let solved = allocate(&problem, Work::default()).map_err(|_: Refusal| NoAnswer::NotPlaced)?;
    let told = Told {
        asking,
        places: &places,
        applications: &applications,
        solved: &solved,
        problem: &problem,
        step,
    };
    let awarded = applications.all.iter().flat_map(|of| &of.given).map(|given| given.amount);
    let mut required = told.needs(&needs)?;
    required.extend(told.requirements(&requirements)?);
    let short_anywhere =
        solved.short.iter().any(|short| *short > 0) || solved.below.iter().any(|below| *below);
    let remaining = solved.remaining.first().copied().unwrap_or(0);
    let first = solved.stages.first();
    let steps = |steps: i64| Ratio::from_int(steps).checked_mul(step);
    let fulfilled = remaining == 0 && !short_anywhere;
    let (grants, study) = told.counts()?;
    let cuts = told.cuts(&limits, fulfilled)?;
    let unused = told.unused(decision, &cuts)?;
    Ok(Whole {
        programme,
        unit,
        fulfilled,
        awarded: Ratio::checked_sum(awarded)?,
        counted: steps(solved.inside.first().copied().unwrap_or(0))?,
        grants,
        study,
        cuts,
        limits: told.limits(&limits)?,
        requirements: required,
        unused,
        proved: solved.proved && applications.exact,
        value: steps(first.map_or(0, |stage| stage.value))?,
        bound: steps(first.map_or(0, |stage| stage.bound))?,
    })
}

/// What of the record is study of the programme, passed or not: what no rule names of it is no surprise.
pub(in crate::answer) fn studied(
    asking: &Asking<'_>,
    programme: ProgrammeId,
) -> Result<Vec<HeldId>, Overflow> {
    let Some(of) = asking.model().programmes.get(programme.index()) else { return Ok(Vec::new()) };
    let places = Places::of(asking, programme, of.root);
    let mut studied = Vec::new();
    for held in &asking.case.held {
        if !places.of_study(*held)?.is_empty() {
            studied.push(*held);
        }
    }
    Ok(studied)
}

/// Limits of the programme's blocks, of schemes and of rules; those of other programmes do not concern it.
fn holds_here(places: &Places<'_>, scope: Scope) -> bool {
    match scope {
        Scope::Block(block) => places.number(block).is_some(),
        Scope::Scheme(_) | Scope::Rule(_) => true,
    }
}

/// An allocation, and what it is read with.
struct Told<'a> {
    asking: &'a Asking<'a>,
    places: &'a Places<'a>,
    applications: &'a Applications,
    solved: &'a Allocation,
    problem: &'a Problem,
    step: Ratio,
}

impl Told<'_> {
    fn steps(&self, steps: i64) -> Result<Ratio, Overflow> {
        Ratio::from_int(steps).checked_mul(self.step)
    }

    fn counted(&self, application: usize, grant: usize) -> i64 {
        let places = self.solved.chosen.counted.get(application).and_then(|of| of.get(grant));
        places.map_or(0, |places| places.iter().sum())
    }

    /// What of each grant of the decision counts, and where; and of the learner's own study.
    fn counts(&self) -> Result<(Vec<Counts>, Vec<Study>), Overflow> {
        let (mut all, mut study) = (Vec::new(), Vec::new());
        for (at, applied) in self.applications.all.iter().enumerate() {
            for (nth, given) in applied.given.iter().enumerate() {
                let made = self.problem.applications.get(at).and_then(|of| of.grants.get(nth));
                let counted = self.solved.chosen.counted.get(at).and_then(|of| of.get(nth));
                let mut places = Vec::new();
                for (place, steps) in
                    made.iter().flat_map(|made| &made.places).zip(counted.into_iter().flatten())
                {
                    if let (Some(block), true) = (self.places.blocks.get(*place), *steps > 0) {
                        places.push((*block, self.steps(*steps)?));
                    }
                }
                let counts =
                    Counts { grant: given.grant, places, counted: self.steps(self.counted(at, nth))? };
                match applied.from {
                    From::Study(held) => study.push(Study { held, amount: given.amount, counts }),
                    From::Rule(_) => all.push(counts),
                    From::Ledger(_) => {}
                }
            }
        }
        all.sort_by_key(|counts| counts.grant);
        Ok((all, study))
    }

    /// What does not count, and the limits that are reached and contain it.
    ///
    /// What is not made at all where nothing is missing is not cut: it is not needed.
    fn cuts(&self, limits: &[Line], fulfilled: bool) -> Result<Vec<Cut>, Overflow> {
        let mut cuts = Vec::new();
        for (at, applied) in self.applications.all.iter().enumerate() {
            let made = self.solved.chosen.made.get(at).is_some_and(|made| *made > 0);
            if matches!(applied.from, From::Ledger(_)) || (fulfilled && !made) {
                continue;
            }
            for (nth, given) in applied.given.iter().enumerate() {
                let lost = given.amount.checked_sub(self.steps(self.counted(at, nth))?)?;
                if !lost.is_positive() {
                    continue;
                }
                let reached = (0u32..).zip(limits).zip(self.solved.limits.iter().zip(&self.problem.limits));
                let by = reached.filter(|((_, line), (value, row))| {
                    **value >= row.at_most && line.parts.contains(&(at, nth))
                });
                let limits = by.map(|((place, _), _)| place).collect();
                cuts.push(Cut {
                    grant: given.grant,
                    achievements: applied.members.clone(),
                    amount: lost,
                    limits,
                });
            }
        }
        cuts.sort_by_key(|cut| (cut.grant.is_none(), cut.grant));
        Ok(cuts)
    }

    fn limits(&self, limits: &[Line]) -> Result<Vec<LimitUse>, Overflow> {
        let mut all = Vec::new();
        for (line, (value, row)) in limits.iter().zip(self.solved.limits.iter().zip(&self.problem.limits)) {
            let most = line.most()?;
            let ceiling = Ratio::from_int(most).checked_mul(line.step)?;
            // What stood before is part of what the row measures, except where only its use of achievements does.
            let before = if line.counts_sources() {
                Ratio::from_int(most.saturating_sub(row.at_most))
            } else {
                let of_ledger = line.parts.iter().filter(|(at, _)| {
                    self.applications.all.get(*at).is_some_and(|of| matches!(of.from, From::Ledger(_)))
                });
                let each = of_ledger.map(|(at, nth)| self.counted(*at, *nth));
                Ratio::from_int(each.sum()).checked_mul(line.step)?
            };
            let all_used = Ratio::from_int(*value).checked_mul(line.step)?;
            let now = if line.step == self.step && before.is_positive() && all_used >= before {
                all_used.checked_sub(before)?
            } else {
                all_used
            };
            all.push(LimitUse {
                limit: line.of,
                bucket: line.bucket.clone(),
                ceiling,
                base: line.base,
                before,
                now,
            });
        }
        Ok(all)
    }

    fn requirements(&self, requirements: &[Line]) -> Result<Vec<Required>, Overflow> {
        let mut all = Vec::new();
        for (line, short) in requirements.iter().zip(&self.solved.short) {
            let required = line.bound;
            let short = Ratio::from_int(*short).checked_mul(line.step)?;
            let met = required.checked_sub(short)?.max(Ratio::ZERO);
            all.push(Required { of: Requires::Named(line.of), required, met, short });
        }
        Ok(all)
    }

    /// What each block asks, and what is there of it.
    fn needs(&self, needs: &[(usize, Ratio)]) -> Result<Vec<Required>, Overflow> {
        let mut all = Vec::new();
        for (at, required) in needs {
            let Some(block) = self.places.blocks.get(*at) else { continue };
            let met = self.steps(self.solved.inside.get(*at).copied().unwrap_or(0))?;
            let short = self.steps(self.solved.remaining.get(*at).copied().unwrap_or(0))?;
            all.push(Required { of: Requires::Block(*block), required: *required, met, short });
        }
        Ok(all)
    }

    /// What is held and used by nothing that is made.
    fn unused(&self, decision: &Decision, cuts: &[Cut]) -> Result<Vec<(HeldId, Idle)>, Overflow> {
        let made = |at: usize| self.solved.chosen.made.get(at).is_some_and(|made| *made > 0);
        let mut unused = Vec::new();
        for held in &self.asking.case.held {
            let uses = |of: &Applied| of.members.contains(held);
            let all = || self.applications.all.iter().enumerate().filter(|(_, of)| uses(of));
            if all().any(|(at, _)| made(at)) {
                continue;
            }
            if cuts.iter().any(|cut| cut.achievements.contains(held) && !cut.limits.is_empty()) {
                unused.push((*held, Idle::Verdict(Verdict::Refused, Some(Reason::OverLimit))));
                continue;
            }
            let claims = decision.claims.iter().filter(|claim| claim.achievements.contains(held));
            let best = claims.min_by_key(|claim| claim.verdict);
            let why = match best {
                Some(claim) if claim.verdict != Verdict::Converts => {
                    let reason =
                        if let Some(Why::Refused(reason)) = claim.reason { Some(reason) } else { None };
                    Idle::Verdict(claim.verdict, reason)
                }
                // What the programme takes as it is, and has no application, was not passed, or another attempt is better.
                None if !self.places.of_study(*held)?.is_empty() => Idle::NotPassed,
                None => Idle::Verdict(Verdict::NoRule, None),
                Some(_) => Idle::NotNeeded,
            };
            unused.push((*held, why));
        }
        Ok(unused)
    }
}

//! What may be made of a record: the claims that convert, what was granted before, and the learner's own study, each as an
//! application of the allocation.

use rustc_hash::FxHashMap;

use crate::allocate::{self, Application, Award, Counts, Pin, Scope, Target};
use crate::answer::Verdict;
use crate::answer::asking::Asking;
use crate::answer::decision::{Claim, Decision, Grant, GrantEffect};
use crate::evaluate::{EntryState, Goal, HeldId, Owner, Status, days_of, falling};
use crate::model::{
    Credits, Effect, OutcomeId, Programme, Rule, RuleId, Take, Targets, UnitId, Use, ValueType,
};
use crate::quantity::{Date, Overflow, Ratio};
use crate::space::Set;

use super::places::Places;

/// When an achievement was learnt (what has no day, last), and its id.
type Learnt = (bool, Option<Date>, String);

/// Where an application comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum From {
    /// What was granted before, by place in the ledger.
    Ledger(usize),
    /// The learner's own study.
    Study(HeldId),
    /// A rule of this decision.
    Rule(RuleId),
}

/// A grant of an application: what it is for, and which grant of the decision it is.
#[derive(Clone, Debug)]
pub(super) struct Given {
    pub(super) targets: Vec<Goal>,
    /// By place in the decision's list.
    pub(super) grant: Option<u32>,
    /// What it is worth in the programme's unit.
    pub(super) amount: Ratio,
}

/// An application, and what limits read of it.
#[derive(Clone, Debug)]
pub(super) struct Applied {
    pub(super) from: From,
    /// All achievements that it uses.
    pub(super) members: Vec<HeldId>,
    /// Whether some of what it used is no longer in the record.
    pub(super) used_others: bool,
    pub(super) given: Vec<Given>,
    pub(super) application: Application,
}

/// What may be made, in the canonical order, with what it draws on.
#[derive(Clone, Debug, Default)]
pub(super) struct Applications {
    pub(super) all: Vec<Applied>,
    /// The achievements in the order of their learning, and the place of each in it.
    pub(super) held: Vec<HeldId>,
    numbers: FxHashMap<HeldId, usize>,
    pub(super) scopes: Vec<Scope>,
    pub(super) targets: Vec<Target>,
    /// Whether every way of using what rules pool is among them.
    pub(super) exact: bool,
}

impl Applications {
    /// The place of an achievement in the order of learning: what an allocation calls it.
    pub(super) fn number(&self, held: HeldId) -> Option<usize> {
        self.numbers.get(&held).copied()
    }
}

/// Gathers what may be made.
pub(super) struct Gathering<'a> {
    pub(super) asking: &'a Asking<'a>,
    pub(super) programme: &'a Programme,
    pub(super) places: &'a Places<'a>,
    pub(super) unit: UnitId,
    pub(super) step: Ratio,
    targets: FxHashMap<OutcomeId, usize>,
    scopes: FxHashMap<ScopeOf, usize>,
    made: Applications,
}

/// An attempt at a course that the programme takes.
struct Study {
    held: HeldId,
    outcome: OutcomeId,
    credits: Ratio,
    places: Vec<usize>,
}

/// Where an achievement serves once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum ScopeOf {
    Programme,
    Scheme(crate::model::SchemeId),
    Everywhere,
}

impl<'a> Gathering<'a> {
    pub(super) fn new(
        asking: &'a Asking<'a>,
        programme: &'a Programme,
        places: &'a Places<'a>,
        unit: UnitId,
        step: Ratio,
    ) -> Gathering<'a> {
        let (targets, scopes) = (FxHashMap::default(), FxHashMap::default());
        let made = Applications { exact: true, ..Applications::default() };
        Gathering { asking, programme, places, unit, step, targets, scopes, made }
    }

    /// Everything, in the canonical order: by the day of the earliest learning, then by ids of what is used, rule and target.
    pub(super) fn gather(mut self, decision: &Decision) -> Result<Applications, Overflow> {
        let mut held = self.asking.case.held.clone();
        held.sort_by_cached_key(|held| self.learnt(*held));
        self.made.numbers = held.iter().copied().zip(0..).collect();
        self.made.held = held;
        for study in self.study()? {
            self.add_study(study);
        }
        for at in 0..self.asking.case.reader.record.granted.len() {
            self.add_entry(at)?;
        }
        self.add_claims(decision)?;
        let mut all = std::mem::take(&mut self.made.all);
        all.sort_by_cached_key(|of| order(&self.made, of));
        self.made.all = all;
        Ok(self.made)
    }

    /// The day of an achievement, what has none last, and its id.
    fn learnt(&self, held: HeldId) -> Learnt {
        let reader = &self.asking.case.reader;
        let day = reader.graph.built_in().completed.and_then(|completed| {
            let state = reader.state(Owner::Held(held), completed, Some(ValueType::Date)).state;
            days_of(&state.to_set()).and_then(|(first, _)| first)
        });
        let id = self.asking.held(held).map_or_else(String::new, |held| held.id.to_string());
        (day.is_none(), day, id)
    }

    fn target(&mut self, outcome: OutcomeId) -> usize {
        let class = self.asking.case.reader.graph.same_as(outcome);
        let next = self.made.targets.len();
        let number = *self.targets.entry(class).or_insert(next);
        if number == next {
            self.made.targets.push(Target::default());
        }
        number
    }

    fn scope(&mut self, of: ScopeOf) -> usize {
        let next = self.made.scopes.len();
        let number = *self.scopes.entry(of).or_insert(next);
        if number == next {
            self.made.scopes.push(Scope::default());
        }
        number
    }

    /// Where an achievement serves once in the programme; nothing where it serves freely.
    fn own_scope(&mut self) -> Option<usize> {
        (self.programme.achievements != Use::Freely).then(|| self.scope(ScopeOf::Programme))
    }

    /// Amounts are counted in whole steps of the programme's unit.
    fn steps(&self, amount: Ratio) -> Option<i64> {
        amount.checked_div(self.step).ok()?.to_int()
    }

    /// What the learner has studied that the programme takes: of several attempts at one course the one with most credits, then the
    /// earliest.
    fn study(&self) -> Result<Vec<Study>, Overflow> {
        let reader = &self.asking.case.reader;
        let mut best: Vec<Study> = Vec::new();
        for held in self.made.held.iter().copied() {
            let Some(achievement) = self.asking.held(held) else { continue };
            let Some(outcome) = achievement.outcome.filter(|_| achievement.status == Status::Valid) else {
                continue;
            };
            let places = self.places.of_study(held)?;
            if places.is_empty() || !self.is_passed(held) {
                continue;
            }
            let credits = self.credits_of(held).unwrap_or(Ratio::ZERO);
            let attempt = Study { held, outcome, credits, places };
            let same =
                |other: &&mut Study| reader.graph.same_as(other.outcome) == reader.graph.same_as(outcome);
            match best.iter_mut().find(same) {
                Some(before) if before.credits < credits => *before = attempt,
                Some(_) => {}
                None => best.push(attempt),
            }
        }
        Ok(best)
    }

    /// A grade that surely is no pass is none; where none is stated, what is listed as held was passed.
    fn is_passed(&self, held: HeldId) -> bool {
        let reader = &self.asking.case.reader;
        let model = self.asking.model();
        let Some(grade) = reader.graph.built_in().grade else { return true };
        let Some(declared) = reader.declared(Owner::Held(held), grade) else { return true };
        let scale = declared.domains.iter().find_map(|domain| match domain.value_type {
            ValueType::Scale(scale) => Some((domain.value_type, model.scales.get(scale.index())?.pass?)),
            _ => None,
        });
        let Some((value_type, pass)) = scale else { return true };
        let passing =
            if falling(reader, Some(value_type)) { Set::at_most(pass) } else { Set::at_least(pass) };
        !reader.state(Owner::Held(held), grade, None).state.test(&passing).is_false()
    }

    /// The credits that an achievement brings as itself, in the programme's unit.
    fn credits_of(&self, held: HeldId) -> Option<Ratio> {
        let achievement = self.asking.held(held)?;
        if let Credits::Amount(credits, unit) =
            self.asking.model().outcomes.get(achievement.outcome?.index())?.credits
        {
            return (unit == self.unit).then_some(credits);
        }
        let reader = &self.asking.case.reader;
        let credits = reader.graph.built_in().credits?;
        reader.state(Owner::Held(held), credits, None).state.value()?.number()
    }

    fn add_study(&mut self, study: Study) {
        let Study { held, outcome, credits, places } = study;
        let (Some(number), Some(steps)) = (self.made.number(held), self.steps(credits)) else { return };
        let covers = vec![self.target(outcome)];
        let scopes = self.own_scope().into_iter().collect();
        self.made.all.push(Applied {
            from: From::Study(held),
            members: vec![held],
            used_others: false,
            given: vec![Given { targets: vec![Goal::Outcome(outcome)], grant: None, amount: credits }],
            application: standing(vec![allocate::Slot::One(number)], scopes, covers, steps, places),
        });
    }

    /// What was granted before stands: it counts, and what it used is used up.
    fn add_entry(&mut self, at: usize) -> Result<(), Overflow> {
        let Some(entry) = self.asking.case.reader.record.granted.get(at) else { return Ok(()) };
        let Some(goal) =
            entry.target.filter(|_| entry.state == EntryState::Standing && self.is_filling(entry.rule))
        else {
            return Ok(());
        };
        let amount =
            entry.amount.filter(|_| entry.unit.is_none_or(|unit| unit == self.unit)).unwrap_or(Ratio::ZERO);
        let Some(steps) = self.steps(amount) else { return Ok(()) };
        let in_record = self.asking.case.reader.record.held.iter().zip((0u32..).map(HeldId));
        let members: Vec<HeldId> = in_record
            .filter(|(held, _)| entry.achievements.iter().any(|used| **used == *held.id))
            .map(|(_, id)| id)
            .collect();
        if let Some(scope) = self.own_scope() {
            let numbers = members.iter().filter_map(|held| self.made.number(*held));
            let spent: Vec<(usize, i64)> = numbers.map(|number| (number, 1)).collect();
            self.made.scopes[scope].spent.extend(spent);
        }
        let covers = match goal {
            Goal::Outcome(outcome) => vec![self.target(outcome)],
            _ => Vec::new(),
        };
        let places = self.places.of_goal(goal)?;
        let used_others = members.len() < entry.achievements.len();
        self.made.all.push(Applied {
            from: From::Ledger(at),
            members,
            used_others,
            given: vec![Given { targets: vec![goal], grant: None, amount }],
            application: standing(Vec::new(), Vec::new(), covers, steps, places),
        });
        Ok(())
    }

    /// Whether a rule may fill the programme.
    fn is_filling(&self, rule: Option<RuleId>) -> bool {
        let under = &self.programme.under;
        under.is_empty()
            || rule.and_then(|rule| self.asking.rule(rule)).is_some_and(|rule| under.contains(&rule.scheme))
    }

    /// The claims that convert: those of one rule by the same achievements are one application.
    fn add_claims(&mut self, decision: &Decision) -> Result<(), Overflow> {
        let mut groups: Vec<(RuleId, &[HeldId], Vec<&Claim>)> = Vec::new();
        for claim in decision.claims.iter().filter(|claim| claim.verdict == Verdict::Converts) {
            let Some(rule) = claim.rule.filter(|rule| self.is_filling(Some(*rule))) else { continue };
            let same =
                groups.iter_mut().find(|(of, by, _)| *of == rule && *by == claim.achievements.as_slice());
            match same {
                Some((.., claims)) => claims.push(claim),
                None => groups.push((rule, &claim.achievements, vec![claim])),
            }
        }
        for (rule, _, claims) in groups {
            self.add_claim(rule, &claims, &decision.grants)?;
        }
        Ok(())
    }

    fn add_claim(&mut self, id: RuleId, claims: &[&Claim], grants: &[Grant]) -> Result<(), Overflow> {
        let Some(rule) = self.asking.rule(id) else { return Ok(()) };
        let mut places: Vec<u32> = claims.iter().flat_map(|claim| claim.grants.iter().copied()).collect();
        places.sort_unstable();
        places.dedup();
        let (mut given, mut made) = (Vec::new(), Vec::new());
        for place in places {
            let Some(grant) = grants.get(place as usize) else { continue };
            let Some((of, as_made)) = self.grant(place, grant)? else { continue };
            given.push(of);
            made.push(as_made);
        }
        let Some(members) =
            claims.first().map(|claim| claim.achievements.clone()).filter(|_| !made.is_empty())
        else {
            return Ok(());
        };
        // What a slot pools is used as the claim uses it alone.
        self.made.exact &= rule.sources.iter().flatten().all(|slot| slot.take == Take::One);
        let slots =
            members.iter().filter_map(|held| self.made.number(*held)).map(allocate::Slot::One).collect();
        let choice = match &rule.targets {
            Targets::Choose { number, up_to, .. } => {
                let number = i64::from(*number);
                Some(allocate::Choice {
                    at_least: if *up_to { 1 } else { number.min(made.len() as i64) },
                    at_most: number,
                })
            }
            _ => None,
        };
        let application = Application {
            slots,
            times: 1,
            grants: made,
            choice,
            scopes: self.scopes_of(rule),
            pin: Pin::Free,
        };
        self.made.all.push(Applied { from: From::Rule(id), members, used_others: false, given, application });
        Ok(())
    }

    fn scopes_of(&mut self, rule: &Rule) -> Vec<usize> {
        let mut scopes: Vec<usize> = self.own_scope().into_iter().collect();
        let scheme = self.asking.model().schemes.get(rule.scheme.index()).map(|scheme| scheme.scope);
        match (rule.achievements, scheme) {
            (Use::Once, Some(scheme)) => scopes.push(self.scope(ScopeOf::Scheme(scheme))),
            (Use::OnceEverywhere, _) => scopes.push(self.scope(ScopeOf::Everywhere)),
            _ => {}
        }
        scopes
    }

    /// A grant as the allocation sees it; none where it has no place in the programme or is of another unit.
    fn grant(&mut self, place: u32, grant: &Grant) -> Result<Option<(Given, allocate::Grant)>, Overflow> {
        let mut covers = Vec::new();
        let mut places: Option<Vec<usize>> = None;
        for goal in &grant.targets {
            if let Goal::Outcome(outcome) = goal {
                covers.push(self.target(*outcome));
            }
            let of_goal = self.places.of_goal(*goal)?;
            // One amount for several courses counts in a block that takes all of them.
            places = Some(match places {
                Some(so_far) => so_far.into_iter().filter(|place| of_goal.contains(place)).collect(),
                None => of_goal,
            });
        }
        let places = places.unwrap_or_default();
        let is_effect = matches!(&grant.effect, GrantEffect::Other(_));
        if grant.unit.is_some_and(|unit| unit != self.unit) && !is_effect || places.is_empty() {
            return Ok(None);
        }
        let (amount, counts) = match &grant.effect {
            GrantEffect::Credit => (grant.amount.unwrap_or(Ratio::ZERO), Counts::Credit),
            GrantEffect::Deposit => return Ok(None),
            GrantEffect::Other(Effect::TotalReduced) => (self.volume(grant), Counts::Lowers),
            GrantEffect::Other(Effect::Replaced(_)) => (self.volume(grant), Counts::Volume),
            GrantEffect::Other(_) => (Ratio::ZERO, Counts::Volume),
        };
        let Some(steps) = self.steps(amount) else { return Ok(None) };
        let in_outcome = grant.targets.iter().any(|goal| matches!(goal, Goal::Outcome(_)));
        let effect = if counts == Counts::Credit || steps > 0 && counts == Counts::Lowers {
            None
        } else {
            Some(place)
        };
        let made =
            allocate::Grant { covers, award: Award::Fixed(steps), counts, whole: in_outcome, places, effect };
        Ok(Some((Given { targets: grant.targets.clone(), grant: Some(place), amount }, made)))
    }

    /// What an effect without credit is worth: the credits of what it covers.
    fn volume(&self, grant: &Grant) -> Ratio {
        let credits = grant.targets.iter().filter_map(|goal| match goal {
            Goal::Outcome(outcome) => match self.asking.model().outcomes.get(outcome.index())?.credits {
                Credits::Amount(credits, unit) if unit == self.unit => Some(credits),
                _ => None,
            },
            _ => None,
        });
        Ratio::checked_sum(credits).unwrap_or(Ratio::ZERO)
    }
}

/// What stands and is never displaced: study, or what was granted before.
fn standing(
    slots: Vec<allocate::Slot>,
    scopes: Vec<usize>,
    covers: Vec<usize>,
    steps: i64,
    places: Vec<usize>,
) -> Application {
    let award = Award::Fixed(steps);
    let grant = allocate::Grant { covers, award, counts: Counts::Credit, whole: false, places, effect: None };
    Application { slots, times: 1, grants: vec![grant], choice: None, scopes, pin: Pin::Own }
}

/// The canonical order: by what is used, the earliest learning first, then by where it comes from and what it is for.
fn order(made: &Applications, of: &Applied) -> (Vec<Option<usize>>, From, Vec<Goal>) {
    let mut members: Vec<Option<usize>> = of.members.iter().map(|held| made.number(*held)).collect();
    members.sort_unstable();
    let targets = of.given.iter().flat_map(|given| given.targets.iter().copied()).collect();
    (members, of.from, targets)
}

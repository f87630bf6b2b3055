//! Amendments: a member that may be stricter than its frame is.
//!
//! The rule as amended and the rule as it would stand unamended are both unions of boxes. What the one grants must lie within what the
//! other grants, and be no more of it anywhere. A learner whom the member favours is put to both before it is named; what is neither
//! proved nor refuted is said, and is no proof.

use std::sync::Arc;

use crate::answer::{Decision, Verdict, decide};
use crate::diagnostic::{Code, Problem, Said};
use crate::graph::{self, ConversionGraph, Goal, goals_of};
use crate::model::{Bond, Model, Rule, RuleId};
use crate::quantity::Ratio;
use crate::space::Value;

use super::Reason;
use super::combinations::each_combination;
use super::days::{Days, scenes};
use super::form::{Bounds, Form, boxes, under};
use super::given::{Amount, Answered, Grant};
use super::index::Index;
use super::region::{Entry, Region, active, regions};
use super::said;
use super::scene::{Dim, Scene, Source};
use super::witness::{Witness, candidates, choose, request};

/// So many combinations of achievements are tried for a bundle.
const MOST_COMBINATIONS: usize = 1024;

/// So many values are compared where an amount is measured.
const MOST_VALUES: usize = 100_000;

/// A learner whom a member favours.
#[derive(Clone, Debug)]
pub struct Favoured {
    /// The rule as amended.
    pub rule: RuleId,
    /// For what.
    pub goal: Goal,
    /// The learner, and what the member answers.
    pub witness: Witness,
    /// What the frame's rule would answer.
    pub rival: Decision,
}

/// What became of the amendments of a package.
#[derive(Clone, Debug, Default)]
pub struct Amendments {
    /// Those that favour a learner.
    pub favoured: Vec<Favoured>,
    /// Those of which nothing could be told.
    pub unsettled: Vec<(RuleId, Reason)>,
    /// How many were proved stricter.
    pub stricter: u32,
}

/// Looks at each rule that a member amends under its frame.
pub fn amendments(graph: &ConversionGraph) -> Amendments {
    let mut all = Amendments::default();
    let model = graph.model();
    for (id, rule) in (0u32..).map(RuleId).zip(&model.rules) {
        let scheme = model.schemes.get(rule.scheme.index());
        let binds = scheme.and_then(|scheme| scheme.frame).is_some_and(|frame| frame.bond == Bond::Under);
        let base = rule.delegated.as_ref().and_then(|delegated| delegated.amendment.as_ref());
        let Some(amendment) = base.filter(|_| binds) else { continue };
        match Trial::of(model, id, rule, &amendment.base).look() {
            Ok(Some(favoured)) => all.favoured.push(favoured),
            Ok(None) => all.stricter += 1,
            Err(reason) => all.unsettled.push((id, reason)),
        }
    }
    all
}

/// One amendment: the rule as amended and as it would be unamended.
struct Trial<'m> {
    rule: &'m Rule,
    amended: RuleId,
    base: RuleId,
    /// Both beside each other, for what can be told of them.
    both: ConversionGraph,
    /// Each alone, for what a learner is answered.
    with: ConversionGraph,
    without: ConversionGraph,
}

impl<'m> Trial<'m> {
    fn of(model: &Model, amended: RuleId, rule: &'m Rule, base: &Rule) -> Trial<'m> {
        // Whatever other schemes answer, they answer in both cases.
        let mut alone = model.clone();
        for (scheme, at) in alone.schemes.iter_mut().zip(0u32..) {
            scheme.is_frame = at != rule.scheme.0;
        }
        let mut both = alone.clone();
        let next = RuleId(u32::try_from(both.rules.len()).unwrap_or(u32::MAX));
        both.rules.push(base.clone());
        let mut without = alone.clone();
        if let Some(place) = without.rules.get_mut(amended.index()) {
            *place = base.clone();
        }
        Trial {
            rule,
            amended,
            base: next,
            both: graph::build(Arc::new(both)),
            with: graph::build(Arc::new(alone)),
            without: graph::build(Arc::new(without)),
        }
    }

    /// A learner whom the amendment favours; nothing where there is none.
    fn look(&self) -> Result<Option<Favoured>, Reason> {
        let mut index = Index::of(&self.both);
        let mut open = None;
        for (alternative, bundle) in (0u32..).zip(&self.rule.sources) {
            let entry = Entry { rule: self.amended, alternative };
            let rows: Vec<Vec<Source>> =
                (0..bundle.len()).map(|slot| index.sources(&[(entry, slot)])).collect();
            for goal in goals_of(self.rule) {
                for (tried, sources) in each_combination(&rows).enumerate() {
                    if tried >= MOST_COMBINATIONS {
                        return Err(Reason::Budget);
                    }
                    match self.case(goal, &sources, alternative) {
                        Ok(Some(found)) => return Ok(Some(found)),
                        Ok(None) => {}
                        Err(reason) => open = open.or(Some(reason)),
                    }
                }
            }
        }
        open.map_or(Ok(None), Err)
    }

    fn case(&self, goal: Goal, sources: &[Source], alternative: u32) -> Result<Option<Favoured>, Reason> {
        let places: Vec<u32> = (0u32..).take(sources.len()).collect();
        let built = scenes(&self.both, goal, sources, Days::All, |scene| {
            let theirs = active(scene, Entry { rule: self.base, alternative }, &places)?;
            let ours = regions(scene, Entry { rule: self.amended, alternative }, &places)?;
            Ok((ours, theirs))
        })?;
        let mut open = None;
        for (scene, (ours, theirs)) in &built {
            for region in ours.iter().filter(|region| region.answered != Answered::Refusal) {
                match self.within(scene, region, theirs) {
                    Ok(Some(found)) => return Ok(Some(found)),
                    Ok(None) => {}
                    Err(reason) => open = open.or(Some(reason)),
                }
            }
        }
        open.map_or(Ok(None), Err)
    }

    /// Whether the base answers at least as well wherever a box of the amended rule answers.
    fn within(
        &self,
        scene: &Scene<'_>,
        ours: &Region,
        theirs: &[(Form, Answered)],
    ) -> Result<Option<Favoured>, Reason> {
        let outside = theirs.iter().map(|(form, _)| form.clone().not(&scene.facts)).collect();
        let mut open = None;
        for bounds in under(&Form::All(outside), vec![ours.bounds.clone()]).ok_or(Reason::Budget)? {
            match self.replay(scene, &bounds, &[]) {
                Ok(found) => return Ok(Some(found)),
                Err(reason) => open = open.or(Some(reason)),
            }
        }
        for (form, answered) in theirs {
            for bounds in boxes(form).ok_or(Reason::Budget)? {
                let Some(bounds) = ours.bounds.meet(&bounds) else { continue };
                match self.at_most(scene, &bounds, &ours.answered, answered) {
                    Ok(Some(found)) => return Ok(Some(found)),
                    Ok(None) => {}
                    Err(reason) => open = open.or(Some(reason)),
                }
            }
        }
        open.map_or(Ok(None), Err)
    }

    /// Whether one answer is at most another wherever both are given.
    fn at_most(
        &self,
        scene: &Scene<'_>,
        bounds: &Bounds,
        ours: &Answered,
        theirs: &Answered,
    ) -> Result<Option<Favoured>, Reason> {
        let (ours, theirs) = match (ours, theirs) {
            (ours, theirs) if ours == theirs => return Ok(None),
            (Answered::Refusal, _) | (Answered::Referral(_), Answered::Grant(_) | Answered::Referral(_)) => {
                return Ok(None);
            }
            (Answered::Grant(ours), Answered::Grant(theirs)) => (ours, theirs),
            _ => return self.replay(scene, bounds, &[]).map(Some),
        };
        let alike = |grant: &Grant| (grant.effect.clone(), grant.unit, grant.published);
        if alike(ours) != alike(theirs) {
            return Err(Reason::Amounts);
        }
        match (&ours.amount, &theirs.amount) {
            (ours, theirs) if ours == theirs => Ok(None),
            (Amount::Exactly(ours), Amount::Exactly(theirs)) if ours <= theirs => Ok(None),
            (Amount::Exactly(_), Amount::Exactly(_)) => self.replay(scene, bounds, &[]).map(Some),
            (ours, theirs) => self.measured(scene, bounds, ours, theirs),
        }
    }

    /// Two amounts of which one at least is measured, value by value.
    fn measured(
        &self,
        scene: &Scene<'_>,
        bounds: &Bounds,
        ours: &Amount,
        theirs: &Amount,
    ) -> Result<Option<Favoured>, Reason> {
        let dim = |amount: &Amount| match amount {
            Amount::Measured(measured) => measured.dim(),
            _ => None,
        };
        let at = |amount: &Amount, value: Value| match amount {
            Amount::Measured(measured) => measured.at(value),
            Amount::Exactly(amount) => Some(*amount),
            Amount::None => None,
        };
        let measures: Dim = match (dim(ours), dim(theirs)) {
            (Some(one), Some(other)) if one == other => one,
            (Some(one), None) | (None, Some(one)) => one,
            _ => return Err(Reason::Amounts),
        };
        let known = scene.facts.get(&measures).ok_or(Reason::Amounts)?;
        let set = known.snap(bounds.get(measures).unwrap_or(&known.full));
        let mut values = candidates(scene, known, &set);
        let mut is_all = !known.domains.is_empty();
        for domain in &known.domains {
            let found = domain.values(MOST_VALUES);
            is_all &= found.is_some();
            values.extend(found.unwrap_or_default().into_iter().filter(|value| set.contains(*value)));
        }
        let more = |value: &&Value| match (at(ours, **value), at(theirs, **value)) {
            (Some(ours), Some(theirs)) => ours > theirs,
            _ => false,
        };
        match values.iter().find(more) {
            Some(value) => self.replay(scene, bounds, &[(measures, *value)]).map(Some),
            None if is_all => Ok(None),
            None => Err(Reason::Amounts),
        }
    }

    /// Puts a learner to the member and to the frame.
    fn replay(&self, scene: &Scene<'_>, bounds: &Bounds, given: &[(Dim, Value)]) -> Result<Favoured, Reason> {
        let tied = bounds.joint.first().map(super::joint::Joint::reason);
        let because = || bounds.open.first().copied().or(tied).unwrap_or(Reason::Replay);
        let chosen = choose(scene, bounds, given).ok_or_else(because)?;
        let request = request(scene, &chosen, bounds);
        let decision = decide(&self.with, &request).map_err(|_| Reason::Overflow)?;
        let rival = decide(&self.without, &request).map_err(|_| Reason::Overflow)?;
        if worth(&decision) <= worth(&rival) {
            return Err(because());
        }
        let sources = scene.sources.clone();
        let witness = Witness { request, decision, chosen, sources };
        Ok(Favoured { rule: self.amended, goal: scene.goal, witness, rival })
    }
}

/// How good an answer is: a grant by its credits, then a referral, then anything else.
fn worth(decision: &Decision) -> (u8, Ratio) {
    let amounts = decision.grants.iter().filter_map(|grant| grant.amount);
    match decision.verdict {
        Verdict::Converts => (2, Ratio::checked_sum(amounts).unwrap_or(Ratio::ZERO)),
        Verdict::Refer => (1, Ratio::ZERO),
        _ => (0, Ratio::ZERO),
    }
}

/// What is wrong with the amendments of a package.
pub(super) fn problems(graph: &ConversionGraph, found: &Amendments) -> Vec<Problem> {
    let model = graph.model();
    let mut problems = Vec::new();
    let start = |code: Code, id: RuleId| {
        let rule = model.rules.get(id.index())?;
        let amendment = rule.delegated.as_ref()?.amendment.as_ref()?;
        let member = model.schemes.get(rule.scheme.index())?;
        let problem =
            Problem::new(code, amendment.span).say("rule", &*rule.name).say("member", &*member.name);
        Some(problem.label(amendment.base.span, "frame"))
    };
    for favoured in &found.favoured {
        let decisions = (&favoured.witness.decision, &favoured.rival);
        let Some(problem) = start(Code::AmendWeakens, favoured.rule) else { continue };
        let both = decisions.0.verdict == Verdict::Converts && decisions.1.verdict == Verdict::Converts;
        problems.push(
            problem
                .say("learner", Said::List(said::learner(graph, &favoured.witness, &[favoured.rule])))
                .say("answer", said::answered(model, favoured.goal, decisions.0, both))
                .say("rival", said::answered(model, favoured.goal, decisions.1, both)),
        );
    }
    for (rule, reason) in &found.unsettled {
        problems
            .extend(start(Code::AmendNotProved, *rule).map(|problem| problem.say("reason", reason.said())));
    }
    problems
}

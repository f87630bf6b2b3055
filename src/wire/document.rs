//! From a decision of ids and numbers to the document that other systems read.
//!
//! It adds names, titles, places and clauses, so that the document stands by itself, and decides nothing.

use crate::answer::{self, Change, QuestionKind, Verdict, Why};
use crate::evaluate::{Asked as AskedRule, CellSays, Goal, HeldId, Owner, Step, What};
use crate::graph::ConversionGraph;
use crate::language::{Lang, meaning_by_id};
use crate::model::{ClassId, FactId, FactUse, KindId, Model, OutcomeId, Reason, RuleId, ValueType};
use crate::source::{Sources, content_hash};
use crate::space::{Domain, Truth};

use super::amounts;
use super::decision::{
    Achievement, Choice, Citation, Claim, Considered, Counterfactual, Decision, Fact, Named, Nearest,
    Package, Place, Question, Referral, Remark, RuleName, SCHEMA, SetAside, Step as ShownStep, Target, Test,
    Then, Titles, Value,
};
use super::request::Asked;
use super::{steps, values};

/// The document of a decision.
pub fn document(
    graph: &ConversionGraph,
    sources: &Sources,
    asked: &Asked,
    decision: &answer::Decision,
) -> Decision {
    let mut writer = Writer { model: graph.model(), sources, asked, decision, grant_ids: Vec::new() };
    writer.grant_ids = decision.grants.iter().map(|grant| writer.grant_id(grant)).collect();
    writer.document()
}

pub(super) struct Writer<'a> {
    pub(super) model: &'a Model,
    sources: &'a Sources,
    pub(super) asked: &'a Asked,
    pub(super) decision: &'a answer::Decision,
    /// The ids of the decision's grants, at their places.
    pub(super) grant_ids: Vec<String>,
}

impl Writer<'_> {
    /// The day on which it was applied for, where the request states one.
    fn applied(&self) -> Option<String> {
        let dates = self.asked.request.record.dates.iter();
        let (_, state) = dates.into_iter().find(|(fact, _)| self.fact_id(*fact) == "applied")?;
        Some(state.to_set().singleton()?.date()?.to_string())
    }

    fn document(&self) -> Decision {
        let package = &self.model.package;
        let hash = content_hash([("request", &*self.asked.hash), ("package", &*package.hash)]);
        let numbered = |at: usize| format!("c{}", at + 1);
        let claims: Vec<Claim> = self
            .decision
            .claims
            .iter()
            .enumerate()
            .map(|(at, claim)| self.claim(numbered(at), claim))
            .collect();
        let mut missing: Vec<Question> = claims.iter().flat_map(|claim| claim.missing.clone()).collect();
        missing.sort();
        missing.dedup();
        let mut referrals: Vec<Referral> = claims.iter().flat_map(|claim| claim.referrals.clone()).collect();
        referrals.sort();
        referrals.dedup();
        let mut set_aside: Vec<SetAside> = claims.iter().flat_map(|claim| claim.set_aside.clone()).collect();
        set_aside.sort_by(|a, b| a.rule.cmp(&b.rule));
        set_aside.dedup();
        let steps = self.decision.derivation.iter().enumerate();
        Decision {
            schema: SCHEMA.to_owned(),
            request_id: self.asked.request_id.clone(),
            decision_id: hash,
            engine: format!("accredit {}", env!("CARGO_PKG_VERSION")),
            semantics: self.decision.semantics,
            package: Package {
                name: package.name.to_string(),
                version: package.version.to_string(),
                hash: package.hash.to_string(),
                title: values::titles(&package.titles),
            },
            as_of: self.decision.as_of.to_string(),
            applied: self.applied(),
            verdict: verdict(self.decision.verdict).to_owned(),
            reason: self.decision.reason.map(|why| reason(why).to_owned()),
            is_final: self.decision.is_final,
            grants: self.grants(),
            cut: self.cuts(),
            whole: self.whole(),
            missing,
            referrals,
            considered: Considered { rules: self.decision.considered, set_aside },
            derivation: if self.asked.derivation {
                steps.map(|(at, step)| self.step(format!("s{}", at + 1), step)).collect()
            } else {
                Vec::new()
            },
            citations: self
                .decision
                .citations
                .iter()
                .enumerate()
                .map(|(at, cited)| citation(self.model, at, cited))
                .collect(),
            readings: self.remarks(&self.decision.readings),
            advice: self.remarks(&self.decision.advice),
            in_force_not_stated: self
                .decision
                .in_force_not_stated
                .iter()
                .map(|rule| self.rule_id(*rule))
                .collect(),
            counterfactual: self.counterfactuals(),
            valid_until: self.decision.valid_until.map(|day| day.to_string()),
            claims,
            text: Default::default(),
        }
    }

    fn claim(&self, claim_id: String, claim: &answer::Claim) -> Claim {
        let questions = claim.questions.iter().map(|question| self.question(question));
        let by_referral = claim.referral.iter().map(|referral| {
            let body = referral.to.and_then(|to| self.model.bodies.get(to.index()));
            Referral {
                to: body.map(|body| body.name.to_string()).unwrap_or_default(),
                title: body.map(|body| values::titles(&body.titles)).unwrap_or_default(),
                because: referral.because.as_ref().map(ToString::to_string),
            }
        });
        let mut set_aside: Vec<SetAside> = Vec::new();
        for aside in claim.set_aside.iter().filter(|aside| aside.truth == Truth::True) {
            let (rule, by) = (self.rule_id(aside.rule), self.rule_id(aside.by));
            match set_aside.iter_mut().find(|known| known.rule == rule) {
                Some(known) => known.by.push(by),
                None => set_aside.push(SetAside { rule, by: vec![by] }),
            }
        }
        let nearest = claim.nearest.iter().filter(|_| claim.verdict == Verdict::NoRule);
        let choice = claim.open_choices.first().map(|choice| Choice {
            number: choice.number,
            up_to: choice.up_to,
            of: choice.of.iter().map(|outcome| self.target(Goal::Outcome(*outcome))).collect(),
        });
        Claim {
            claim_id,
            achievements: claim.achievements.iter().map(|held| self.achievement(*held)).collect(),
            target: claim.target.map(|goal| self.target(goal)),
            verdict: verdict(claim.verdict).to_owned(),
            reason: claim.reason.map(|why| reason(why).to_owned()),
            because: claim.because.as_ref().map(|(because, _)| because.to_string()),
            rules: claim.rules.iter().map(|rule| self.rule_name(*rule)).collect(),
            grants: claim.grants.iter().filter_map(|at| self.grant_ids.get(*at as usize).cloned()).collect(),
            derivation: if self.asked.derivation {
                claim.steps.iter().map(|at| format!("s{}", at + 1)).collect()
            } else {
                Vec::new()
            },
            missing: questions.collect(),
            referrals: by_referral.collect(),
            set_aside,
            may_add: claim.may_add.iter().map(|rule| self.rule_name(*rule)).collect(),
            nearest: nearest.map(|near| self.near(near)).collect(),
            competes_with: claim.competing.iter().map(|at| format!("c{}", at + 1)).collect(),
            choice,
        }
    }

    fn near(&self, near: &answer::Nearest) -> Nearest {
        let mut differs_in: Vec<String> = Vec::new();
        for change in &near.changes {
            let differs = match change {
                Change::Add { .. } => "from".to_owned(),
                Change::Longer { .. } => "length".to_owned(),
                Change::Fact { fact, .. } => self.fact_id(*fact),
            };
            if !differs_in.contains(&differs) {
                differs_in.push(differs);
            }
        }
        Nearest { rule: self.rule_name(near.rule), differs_in }
    }

    /// The smallest changes of each refused claim that the learner can make, and what would then be granted.
    fn counterfactuals(&self) -> Vec<Counterfactual> {
        let mut all = Vec::new();
        for (at, claim) in
            self.decision.claims.iter().enumerate().filter(|(_, c)| c.verdict == Verdict::Refused)
        {
            for near in claim.nearest.iter().filter(|near| near.learner_can_change) {
                let tried = self.decision.counterfactuals.iter().find(|tried| {
                    tried.rule == near.rule && tried.target == near.target && tried.changes == near.changes
                });
                let Some(tried) = tried else { continue };
                let first = tried.then.first();
                all.push(Counterfactual {
                    claim_id: format!("c{}", at + 1),
                    rule: self.rule_id(near.rule),
                    changes: near.changes.iter().map(|change| self.change(change)).collect(),
                    then: Then {
                        verdict: "converts".to_owned(),
                        amount: first.and_then(|(_, _, amount, _)| *amount).map(|amount| amount.to_string()),
                        unit: first
                            .and_then(|(_, _, _, unit)| *unit)
                            .map(|unit| amounts::unit(self.model, unit)),
                    },
                });
            }
        }
        all
    }

    fn change(&self, change: &Change) -> super::decision::Change {
        match change {
            Change::Longer { classes, part, days } => self.longer(classes, *part, *days),
            Change::Fact { of, fact, value_type, from, to, learner_can_change, .. } => {
                let shown = self.fact(*of, *fact);
                let holder = match of {
                    Owner::Held(held) => format!("holds[{}]", self.held_id(*held)),
                    _ => shown.of.clone(),
                };
                super::decision::Change {
                    path: format!("{holder}.facts.{}", shown.id),
                    fact: Some(shown),
                    from: values::state(self.model, self.symbols(), *value_type, from),
                    to: Some(values::value(self.model, self.symbols(), *value_type, *to)),
                    add_any_of: Vec::new(),
                    add_number: 1,
                    longer: None,
                    part: 0,
                    learner_can_change: *learner_can_change,
                }
            }
            Change::Add { classes, any_of, number, .. } => {
                let outcomes = any_of.iter().map(|outcome| self.outcome_value(*outcome));
                let kinds = classes
                    .iter()
                    .filter_map(|class| self.model.classes.get(class.index()))
                    .flat_map(|class| &class.kinds)
                    .filter_map(|kind| self.model.kinds.get(kind.index()))
                    .map(|kind| Value { value: kind.name.to_string(), title: values::titles(&kind.titles) });
                let mut any: Vec<Value> = outcomes.collect();
                if any.is_empty() {
                    any = kinds.collect();
                }
                super::decision::Change {
                    path: "holds".to_owned(),
                    fact: None,
                    from: None,
                    to: None,
                    add_any_of: any,
                    add_number: *number,
                    longer: None,
                    part: 0,
                    learner_can_change: true,
                }
            }
        }
    }

    fn question(&self, question: &answer::Question) -> Question {
        Question {
            fact: self.fact(question.of, question.fact),
            kind: match question.kind {
                QuestionKind::Fact => "fact",
                QuestionKind::Judgement => "judgement",
            }
            .to_owned(),
            judge: question
                .judge
                .and_then(|judge| self.model.bodies.get(judge.index()))
                .map(|body| Value { value: body.name.to_string(), title: values::titles(&body.titles) }),
            proof: question.proof.as_ref().map(ToString::to_string),
            any_of: match question.of {
                Owner::Unlisted(class) => self.members_of(class),
                _ => Vec::new(),
            },
            because: question.known.is_contradiction().then(|| "contradiction".to_owned()),
        }
    }

    /// What a class names: its outcomes, and its kinds.
    pub(super) fn members_of(&self, class: ClassId) -> Vec<Value> {
        let Some(class) = self.model.classes.get(class.index()) else { return Vec::new() };
        let outcomes = class.outcomes.iter().map(|outcome| self.outcome_value(*outcome));
        let kinds = class.kinds.iter().filter_map(|kind| self.model.kinds.get(kind.index()));
        let kinds =
            kinds.map(|kind| Value { value: kind.name.to_string(), title: values::titles(&kind.titles) });
        kinds.chain(outcomes.take(answer::SHOWN_OUTCOMES)).collect()
    }

    fn step(&self, id: String, step: &Step) -> ShownStep {
        let rule = match step.rule {
            AskedRule::Rule(rule) => self.rule_id(rule),
            AskedRule::Bar(bar) => {
                let scheme = self.model.bars.get(bar.index()).and_then(|bar| bar.scheme);
                let scheme = scheme.and_then(|scheme| self.model.schemes.get(scheme.index()));
                scheme.map_or_else(|| self.model.package.name.to_string(), |scheme| scheme.name.to_string())
            }
        };
        let cites = match step.rule {
            AskedRule::Rule(rule) => self.model.rules.get(rule.index()).map(|rule| &rule.cites),
            AskedRule::Bar(bar) => self.model.bars.get(bar.index()).map(|bar| &bar.cites),
        };
        let same = |a: &crate::model::Citation, b: &crate::model::Citation| {
            (a.document, &a.clause) == (b.document, &b.clause)
        };
        let cited = |cite: &crate::model::Citation| {
            self.decision.citations.iter().position(|known| same(known, cite))
        };
        let mut shown = ShownStep {
            id,
            rule,
            slot: if matches!(step.rule, AskedRule::Bar(_)) { "never" } else { steps::slot(step.slot) }
                .to_owned(),
            result: match (&step.what, step.truth) {
                (What::NotReached, _) => "not_reached",
                (_, Truth::True) => "true",
                (_, Truth::False) => "false",
                (_, Truth::Unknown) => "unknown",
            }
            .to_owned(),
            source: step.lines.first().and_then(|line| {
                let file = self.sources.get(line.file)?.path.clone();
                Some(Place { file, line: self.sources.position(*line)?.line })
            }),
            citations: cites
                .into_iter()
                .flatten()
                .filter_map(cited)
                .map(|at| format!("t{}", at + 1))
                .collect(),
            ..ShownStep::default()
        };
        self.fill(&mut shown, step.rule, &step.what);
        shown
    }

    fn fill(&self, shown: &mut ShownStep, asked: AskedRule, what: &What) {
        match what {
            What::Filled { slot, by } => {
                shown.matched =
                    by.sure.iter().chain(&by.possible).map(|held| self.achievement(*held)).collect();
                if let (AskedRule::Rule(rule), true) = (asked, shown.matched.is_empty()) {
                    shown.lacking = steps::lacking(self.model, rule, *slot);
                }
            }
            What::Test { of, fact, value_type, seen, allowed } => {
                let domains = self.domains(*of, *fact);
                let (op, values) =
                    values::allowed(self.model, self.symbols(), *value_type, allowed, &domains);
                let fact_shown = self.fact(*of, *fact);
                shown.test = Some(Test {
                    fact: Some(fact_shown),
                    op: op.to_owned(),
                    values,
                    on: self.measured_on(*value_type),
                    ..Test::default()
                });
                shown.seen = Some(values::seen(self.model, self.symbols(), *value_type, seen, &domains));
            }
            What::Compare { of, fact, value_type, seen, relation, negated, with, other, other_seen } => {
                let to_target = matches!(with, Owner::Target(_));
                let other_fact = self.fact(*with, *other);
                let known = values::state(self.model, self.symbols(), *value_type, other_seen);
                shown.test = Some(Test {
                    fact: Some(self.fact(*of, *fact)),
                    op: steps::compared(*relation, *negated, to_target).to_owned(),
                    values: vec![known.unwrap_or(Value { value: other_fact.id, title: other_fact.title })],
                    on: self.measured_on(*value_type),
                    ..Test::default()
                });
                let domains = self.domains(*of, *fact);
                shown.seen = Some(values::seen(self.model, self.symbols(), *value_type, seen, &domains));
            }
            What::Differ { of, fact, value_type, seen, most, negated, with, other, other_seen } => {
                let other_fact = self.fact(*with, *other);
                let known = values::state(self.model, self.symbols(), *value_type, other_seen);
                let op = if *negated { "target_differs_over" } else { "target_differs_at_most" };
                shown.test = Some(Test {
                    fact: Some(self.fact(*of, *fact)),
                    op: op.to_owned(),
                    values: vec![
                        Value { value: most.to_string(), ..Value::default() },
                        known.unwrap_or(Value { value: other_fact.id, title: other_fact.title }),
                    ],
                    on: self.measured_on(*value_type),
                    ..Test::default()
                });
                let domains = self.domains(*of, *fact);
                shown.seen = Some(values::seen(self.model, self.symbols(), *value_type, seen, &domains));
            }
            What::Within { of, fact, seen, length, before, negated, with, other, other_seen } => {
                let other_fact = self.fact(*with, *other);
                let known = values::state(self.model, self.symbols(), ValueType::Date, other_seen);
                let op = match (*before, *negated) {
                    (true, false) => "within_before",
                    (false, false) => "within_after",
                    (true, true) => "not_within_before",
                    (false, true) => "not_within_after",
                };
                let length = values::length(*length);
                shown.test = Some(Test {
                    fact: Some(self.fact(*of, *fact)),
                    op: op.to_owned(),
                    values: vec![
                        length,
                        known.unwrap_or(Value { value: other_fact.id, title: other_fact.title }),
                    ],
                    ..Test::default()
                });
                let domains = self.domains(*of, *fact);
                shown.seen = Some(values::seen(self.model, self.symbols(), ValueType::Date, seen, &domains));
            }
            What::Level { .. } | What::Covers { .. } => self.levels_and_coverage(shown, what),
            What::Lasting { sure, possible, parts, negated } => {
                self.lasting(shown, sure.iter().chain(possible), parts, *negated);
            }
            What::Holds { sure, possible, negated } => {
                shown.matched = sure.iter().chain(possible).map(|held| self.achievement(*held)).collect();
                let op = if *negated { "holds_no" } else { "holds" };
                shown.test = Some(Test { op: op.to_owned(), ..Test::default() });
            }
            What::Inadmissible { achievement, reason } => {
                shown.matched = vec![self.achievement(*achievement)];
                shown.test = Some(steps::bare(match reason {
                    Reason::AlreadyUsed => "used_before",
                    Reason::Expired => "expired",
                    _ => "withdrawn",
                }));
            }
            What::Excluded { achievement } => {
                shown.matched = achievement.iter().map(|held| self.achievement(*held)).collect();
                shown.test = Some(steps::bare("excepted"));
            }
            What::Covered => shown.test = Some(steps::bare("covered_before")),
            What::Cell { says } => {
                shown.test = Some(steps::bare(match says {
                    CellSays::Zero => "cell_zero",
                    CellSays::NotHere => "cell_not_here",
                    CellSays::Unpublished => "cell_unpublished",
                    CellSays::Otherwise => "cell_otherwise",
                }));
            }
            What::Amount(amounts) => shown.amount = Some(amounts::amount(self.model, amounts)),
            What::SetAside { .. } | What::NotReached => {}
        }
    }

    pub(super) fn measured_on(&self, value_type: ValueType) -> Option<String> {
        let name = match value_type {
            ValueType::Scale(scale) => &self.model.scales.get(scale.index())?.name,
            ValueType::List(list) => &self.model.lists.get(list.index())?.name,
            ValueType::Credits(unit) => &self.model.units.get(unit.index())?.name,
            ValueType::Level(framework) => &self.model.frameworks.get(framework.index())?.name,
            _ => return None,
        };
        Some(name.to_string())
    }

    /// Remarks with the rule or scheme that they stand in.
    fn remarks(&self, remarks: &[crate::model::Remark]) -> Vec<Remark> {
        let shown = remarks.iter().map(|remark| {
            let holds = |of: &[crate::model::Remark]| of.iter().any(|other| other.span == remark.span);
            let scheme = self.model.schemes.iter().find(|of| holds(&of.readings) || holds(&of.advice));
            let rule = || self.model.rules.iter().find(|of| holds(&of.readings) || holds(&of.advice));
            let of = scheme.map(|of| &of.name).or_else(|| rule().map(|of| &of.name));
            Remark { of: of.map(ToString::to_string).unwrap_or_default(), text: remark.text.to_string() }
        });
        shown.collect()
    }

    pub(super) fn symbols(&self) -> &[Box<str>] {
        &self.asked.request.record.symbols
    }

    pub(super) fn cited(&self, citations: &[u32]) -> Vec<String> {
        citations.iter().map(|at| format!("t{}", at + 1)).collect()
    }

    pub(super) fn rule_id(&self, rule: RuleId) -> String {
        self.model.rules.get(rule.index()).map(|rule| rule.name.to_string()).unwrap_or_default()
    }

    fn rule_name(&self, id: RuleId) -> RuleName {
        let Some(rule) = self.model.rules.get(id.index()) else { return RuleName::default() };
        let cites = rule.cites.iter().filter_map(|cite| {
            let same = |known: &crate::model::Citation| {
                (known.document, &known.clause) == (cite.document, &cite.clause)
            };
            self.decision.citations.iter().position(same)
        });
        let citations = cites.map(|at| format!("t{}", at + 1)).collect();
        let scheme = self.model.schemes.get(rule.scheme.index());
        let member = member(self.model, rule);
        RuleName {
            rule: rule.name.to_string(),
            scheme: scheme.map(|s| s.name.to_string()).unwrap_or_default(),
            title: values::titles(&rule.titles),
            citations,
            ..member
        }
    }

    pub(super) fn target(&self, goal: Goal) -> Target {
        match goal {
            Goal::Outcome(id) => {
                let Some(outcome) = self.model.outcomes.get(id.index()) else { return Target::default() };
                Target {
                    kind: self
                        .model
                        .kinds
                        .get(outcome.kind.index())
                        .map(|k| k.name.to_string())
                        .unwrap_or_default(),
                    id: outcome.name.to_string(),
                    code: outcome.code.as_ref().map(ToString::to_string),
                    body: outcome
                        .issuer
                        .and_then(|issuer| self.model.bodies.get(issuer.index()))
                        .map(|body| body.name.to_string()),
                    title: values::titles(&outcome.titles),
                }
            }
            Goal::Deposit(id) => {
                let Some(scheme) = self.model.schemes.get(id.index()) else { return Target::default() };
                Target {
                    kind: "deposit".to_owned(),
                    id: scheme.name.to_string(),
                    title: values::titles(&scheme.titles),
                    ..Target::default()
                }
            }
            Goal::Block(id) => {
                let Some(block) = self.model.blocks.get(id.index()) else { return Target::default() };
                Target {
                    kind: "block".to_owned(),
                    id: block.name.to_string(),
                    title: values::titles(&block.titles),
                    ..Target::default()
                }
            }
        }
    }

    pub(super) fn held_id(&self, held: HeldId) -> String {
        let held = self.asked.request.record.held.get(held.index());
        held.map(|held| held.id.to_string()).unwrap_or_default()
    }

    pub(super) fn achievement(&self, id: HeldId) -> Achievement {
        let Some(held) = self.asked.request.record.held.get(id.index()) else {
            return Achievement::default();
        };
        let outcome = held.outcome.and_then(|outcome| self.model.outcomes.get(outcome.index()));
        let kind = held.kind.and_then(|kind| self.model.kinds.get(kind.index()));
        let (of, title) = match (outcome, kind) {
            (Some(outcome), _) => (outcome.name.to_string(), values::titles(&outcome.titles)),
            (None, Some(kind)) => (kind.name.to_string(), values::titles(&kind.titles)),
            (None, None) => Default::default(),
        };
        Achievement { id: held.id.to_string(), of, title }
    }

    pub(super) fn outcome_value(&self, outcome: OutcomeId) -> Value {
        let Some(outcome) = self.model.outcomes.get(outcome.index()) else { return Value::default() };
        Value { value: outcome.name.to_string(), title: values::titles(&outcome.titles) }
    }

    fn fact_id(&self, fact: FactId) -> String {
        self.model.facts.get(fact.index()).map(|fact| fact.name.to_string()).unwrap_or_default()
    }

    /// The titles of a fact; a built-in one that the author gave none has its word of each language.
    fn fact_titles(&self, fact: FactId, used: Option<&FactUse>) -> Titles {
        let mut titles = used.map(|used| values::titles(&used.titles)).unwrap_or_default();
        let known = self.model.facts.get(fact.index()).filter(|fact| fact.built_in);
        if let Some(meaning) = known.and_then(|fact| meaning_by_id(&format!("fact.{}", fact.name))) {
            for lang in [Lang::En, Lang::Zh] {
                titles.entry(lang.tag().to_owned()).or_insert_with(|| meaning.spelling(lang).to_owned());
            }
        }
        titles
    }

    pub(super) fn fact(&self, of: Owner, fact: FactId) -> Fact {
        let used = self.used(of, fact);
        Fact {
            id: self.fact_id(fact),
            title: self.fact_titles(fact, used),
            of: match of {
                Owner::Held(held) => self.held_id(held),
                Owner::Total => "total".to_owned(),
                Owner::Lowest => "lowest".to_owned(),
                Owner::Latest => "latest".to_owned(),
                Owner::Target(_) => "target".to_owned(),
                Owner::Learner => "learner".to_owned(),
                Owner::Plan => "plan".to_owned(),
                Owner::Request => "request".to_owned(),
                Owner::Unlisted(_) => "record".to_owned(),
            },
        }
    }

    /// What the fact may be, by whose it is.
    fn used(&self, of: Owner, fact: FactId) -> Option<&FactUse> {
        let of_kind = |kind: KindId| self.model.kinds.get(kind.index()).map(|kind| &kind.facts[..]);
        let uses = match of {
            Owner::Held(held) => of_kind(self.asked.request.record.held.get(held.index())?.kind?)?,
            Owner::Target(outcome) => of_kind(self.model.outcomes.get(outcome.index())?.kind)?,
            Owner::Learner => &self.model.learner,
            Owner::Plan => &self.model.plan,
            Owner::Request => &self.model.request,
            Owner::Unlisted(_) => return None,
            Owner::Total | Owner::Lowest | Owner::Latest => {
                return self.model.kinds.iter().flat_map(|kind| &kind.facts).find(|used| used.fact == fact);
            }
        };
        uses.iter().find(|used| used.fact == fact)
    }

    fn domains(&self, of: Owner, fact: FactId) -> Vec<Domain> {
        self.used(of, fact).iter().flat_map(|used| &used.domains).map(|typed| typed.domain.clone()).collect()
    }
}

/// What a rule has to do with a frame: whose rule it is, who decides, what is left to members and not stated.
fn member(model: &crate::model::Model, rule: &crate::model::Rule) -> RuleName {
    let Some(delegated) = rule.delegated.as_deref() else { return RuleName::default() };
    let named = |name: &str, titles: &crate::model::Titles| Named {
        id: name.to_owned(),
        title: values::titles(titles),
    };
    let scheme = model.schemes.get(rule.scheme.index());
    let base = delegated.from.and_then(|from| model.rules.get(from.index()));
    let frame = base.and_then(|base| model.schemes.get(base.scheme.index()));
    let by = frame.and(rule.by).and_then(|by| model.bodies.get(by.index()));
    let opens = scheme.into_iter().flat_map(|scheme| &scheme.opens);
    RuleName {
        frame: frame.map(|frame| named(&frame.name, &frame.titles)),
        by: by.map(|by| named(&by.name, &by.titles)),
        not_stated: opens
            .filter(|open| delegated.unstated.contains(&open.name))
            .map(|open| named(&open.name, &open.titles))
            .collect(),
        ..RuleName::default()
    }
}

/// A document and its clause, with what a reader needs of it.
pub(super) fn citation(model: &crate::model::Model, at: usize, cited: &crate::model::Citation) -> Citation {
    let document = model.documents.get(cited.document.index());
    let text = |text: Option<&Box<str>>| text.map(ToString::to_string);
    Citation {
        id: format!("t{}", at + 1),
        document: document.map(|document| document.name.to_string()).unwrap_or_default(),
        title: document.map(|document| values::titles(&document.titles)).unwrap_or_default(),
        number: text(document.and_then(|document| document.number.as_ref())),
        clause: text(cited.clause.as_ref()),
        text_hash: document
            .and_then(|document| document.clauses.iter().find(|of| Some(&of.label) == cited.clause.as_ref()))
            .and_then(|clause| clause.text.as_deref())
            .map(crate::source::text_hash),
        issuer: text(document.and_then(|document| document.issuer.as_ref())),
        issued: document.and_then(|document| document.issued).map(|issued| issued.to_string()),
        link: text(document.and_then(|document| document.link.as_ref())),
    }
}

pub(super) const fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Conflict => "conflict",
        Verdict::Converts => "converts",
        Verdict::Refer => "refer",
        Verdict::Unknown => "unknown",
        Verdict::Refused => "refused",
        Verdict::NotEstablished => "not_established",
        Verdict::NoRule => "no_rule",
    }
}

pub(super) const fn reason(why: Why) -> &'static str {
    match why {
        Why::Refused(Reason::Excluded) => "excluded",
        Why::Refused(Reason::AlreadyUsed) => "already_used",
        Why::Refused(Reason::Expired) => "expired",
        Why::Refused(Reason::NotYet) => "not_yet",
        Why::Refused(Reason::NotInForce) => "not_in_force",
        Why::Refused(Reason::OverLimit) => "over_limit",
        Why::Refused(Reason::ConditionNotMet) => "condition_not_met",
        Why::Contradiction => "contradiction",
        Why::Unpublished => "unpublished",
        Why::Unverified => "unverified",
        Why::Unstated => "value_not_stated",
    }
}

//! The grants of a decision as its document shows them, each under an id that granting it again has again.

use rustc_hash::FxHashSet;

use crate::answer::{self, GrantEffect};
use crate::evaluate::Goal;
use crate::model::{AttributeKind, CountsAs, Effect, Purpose, SchemeId, ValueType};
use crate::source::content_hash;
use crate::space::{End, State, Value};

use super::amounts;
use super::decision::{self, Attribute, Grant, Mark, Target};
use super::document::Writer;
use super::values;

impl Writer<'_> {
    /// The grants, each once: one amount that covers several targets answers each of their claims.
    pub(super) fn grants(&self) -> Vec<Grant> {
        let mut grants: Vec<Grant> = Vec::with_capacity(self.decision.grants.len());
        let mut seen = FxHashSet::default();
        for (at, (grant, id)) in self.decision.grants.iter().zip(&self.grant_ids).enumerate() {
            if seen.insert(id) {
                grants.push(self.grant(at, grant, id.clone()));
            }
        }
        grants
    }

    /// A hash of learner, achievements, rule and targets: granting the same again is no second grant.
    pub(super) fn grant_id(&self, grant: &answer::Grant) -> String {
        let learner = self.asked.request.record.id.as_deref().unwrap_or_default();
        let held = grant.achievements.iter().map(|held| ("holds", self.held_id(*held)));
        let targets = grant.targets.iter().map(|goal| ("for", self.target(*goal).id));
        let rule = [
            ("learner", learner.to_owned()),
            ("rule", self.rule_id(grant.rule)),
            ("scheme", self.scheme_id(grant.scheme)),
        ];
        let hash = content_hash(rule.into_iter().chain(held).chain(targets));
        // 80 bits tell the grants of one learner apart.
        let digits = hash.trim_start_matches("sha256:").get(..20).unwrap_or_default().to_owned();
        format!("g-{digits}")
    }

    fn scheme_id(&self, scheme: SchemeId) -> String {
        self.model.schemes.get(scheme.index()).map(|scheme| scheme.name.to_string()).unwrap_or_default()
    }

    fn grant(&self, at: usize, grant: &answer::Grant, grant_id: String) -> Grant {
        let (counted, counts_in) = self.counted(at);
        let (effect, year) = match &grant.effect {
            GrantEffect::Credit => ("credit", None),
            GrantEffect::Deposit => ("deposit", None),
            GrantEffect::Other(effect) => effect_of(effect),
        };
        let made_up_from = match &grant.effect {
            GrantEffect::Other(Effect::Replaced(from)) => {
                from.iter().flat_map(|class| self.members_of(*class)).collect()
            }
            _ => Vec::new(),
        };
        let targets: Vec<Target> = grant.targets.iter().map(|goal| self.target(*goal)).collect();
        let achievements: Vec<String> = grant.achievements.iter().map(|held| self.held_id(*held)).collect();
        let amount = grant.amount.map(|amount| amount.to_string());
        let volume = match &grant.effect {
            GrantEffect::Credit | GrantEffect::Deposit => amount.clone(),
            GrantEffect::Other(Effect::TotalReduced | Effect::Replaced(_)) => self.credits_of(&grant.targets),
            GrantEffect::Other(_) => Some("0".to_owned()),
        };
        Grant {
            grant_id,
            claim_id: format!("c{}", grant.claim + 1),
            achievements,
            rule: self.rule_id(grant.rule),
            scheme: self.scheme_id(grant.scheme),
            effect: effect.to_owned(),
            year,
            made_up_from,
            targets,
            amount,
            amount_unpublished: grant.amount_unpublished,
            unit: grant.unit.map(|unit| amounts::unit(self.model, unit)),
            volume,
            counted,
            counts_in,
            before_rounding: grant.before_rounding.map(|amount| amount.to_string()),
            mark: grant.mark.as_ref().map(|mark| self.mark(mark)),
            attributes: grant.attributes.iter().map(|of| self.attribute(*of, &grant.targets)).collect(),
            convertible_again: grant.onward,
            citations: self.cited(&grant.citations),
        }
    }

    fn credits_of(&self, goals: &[Goal]) -> Option<String> {
        let amounts = goals.iter().map(|goal| match goal {
            Goal::Outcome(outcome) => match self.model.outcomes.get(outcome.index())?.credits {
                crate::model::Credits::Amount(amount, _) => Some(amount),
                _ => None,
            },
            Goal::Deposit(_) | Goal::Block(_) => None,
        });
        let amounts: Vec<_> = amounts.collect::<Option<_>>()?;
        crate::quantity::Ratio::checked_sum(amounts).ok().map(|sum| sum.to_string())
    }

    fn attribute(&self, of: AttributeKind, goals: &[Goal]) -> Attribute {
        let purpose = |Purpose::Prerequisite: Purpose| Some("prerequisite".to_owned());
        match of {
            AttributeKind::Level(framework, rank) => {
                let named = self.model.frameworks.get(framework.index());
                let level = ValueType::Level(framework);
                Attribute {
                    kind: "level".to_owned(),
                    framework: named.map(|of| decision::Value {
                        value: of.name.to_string(),
                        title: values::titles(&of.titles),
                    }),
                    value: Some(values::value(self.model, self.symbols(), level, Value::Rank(rank))),
                    ..Attribute::default()
                }
            }
            AttributeKind::Fact(fact, value_type, value) => {
                let kinds = goals.iter().filter_map(|goal| match goal {
                    Goal::Outcome(outcome) => self.model.outcomes.get(outcome.index()).map(|of| of.kind),
                    Goal::Deposit(_) | Goal::Block(_) => None,
                });
                let mut uses = kinds.filter_map(|kind| self.model.kinds.get(kind.index()));
                let title = uses.find_map(|kind| kind.facts.iter().find(|of| of.fact == fact));
                Attribute {
                    kind: "fact".to_owned(),
                    fact: self.model.facts.get(fact.index()).map(|of| decision::Value {
                        value: of.name.to_string(),
                        title: title.map(|of| values::titles(&of.titles)).unwrap_or_default(),
                    }),
                    value: Some(values::value(self.model, self.symbols(), value_type, value)),
                    ..Attribute::default()
                }
            }
            AttributeKind::Part(outcome, amount, unit) => Attribute {
                kind: "part".to_owned(),
                target: Some(self.target(Goal::Outcome(outcome))),
                amount: Some(amount.to_string()),
                unit: Some(amounts::unit(self.model, unit)),
                ..Attribute::default()
            },
            AttributeKind::NotFor(of) => {
                Attribute { kind: "not_for".to_owned(), purpose: purpose(of), ..Attribute::default() }
            }
            AttributeKind::OnlyFor(of) => {
                Attribute { kind: "only_for".to_owned(), purpose: purpose(of), ..Attribute::default() }
            }
        }
    }

    fn mark(&self, mark: &answer::GrantMark) -> Mark {
        let on = |scale: &Option<crate::model::ScaleId>| scale.map_or(ValueType::Number, ValueType::Scale);
        let (kind, text) = match &mark.shows {
            answer::Shows::Fixed(value, scale) => {
                ("fixed", Some(values::value(self.model, self.symbols(), on(scale), *value).value))
            }
            answer::Shows::Carried(state, scale) => (
                "carried",
                state.value().map(|known| values::value(self.model, self.symbols(), on(scale), known).value),
            ),
            answer::Shows::Literal(text) => ("literal", Some(text.to_string())),
            answer::Shows::Declared(scale, at) => {
                let declared =
                    self.model.scales.get(scale.index()).and_then(|scale| scale.marks.get(*at as usize));
                let text = declared.map(|mark| mark.titles.best(&["zh"]).unwrap_or(&mark.name).to_owned());
                ("declared", text)
            }
        };
        // A mark that a scale declares says there what it counts as.
        let declared = match mark.shows {
            answer::Shows::Declared(scale, at) => {
                self.model.scales.get(scale.index()).and_then(|scale| scale.marks.get(at as usize))
            }
            _ => None,
        };
        let counts_as = mark.counts_as.as_ref().or_else(|| declared.and_then(|mark| mark.counts_as.as_ref()));
        let outside = mark.outside_average || declared.is_some_and(|mark| mark.outside_average);
        let counts_as = counts_as.map(|counts| match counts {
            CountsAs::RequiredMinimum => "required_minimum".to_owned(),
            CountsAs::Value(value) => {
                values::value(self.model, self.symbols(), ValueType::Number, *value).value
            }
        });
        let (judge, between) = match (&mark.shows, mark.judge) {
            (answer::Shows::Carried(state, scale), Some(judge)) => {
                let body = self.model.bodies.get(judge.index());
                let judge = body.map(|body| decision::Value {
                    value: body.name.to_string(),
                    title: values::titles(&body.titles),
                });
                (judge, self.ends(state, on(scale)))
            }
            _ => (None, Vec::new()),
        };
        let under_source_name = mark.under_source_name;
        Mark {
            kind: kind.to_owned(),
            text,
            counts_as,
            in_average: !outside,
            under_source_name,
            between,
            judge,
        }
    }

    /// The least and the most of what is known.
    fn ends(&self, state: &State, value_type: ValueType) -> Vec<String> {
        let set = state.to_set();
        let ends = [set.least(), set.greatest()].into_iter().flatten().filter_map(|end| match end {
            End::Closed(value) | End::Open(value) => Some(value),
            End::Unbounded => None,
        });
        ends.map(|end| values::value(self.model, self.symbols(), value_type, end).value).collect()
    }
}

const fn effect_of(effect: &Effect) -> (&'static str, Option<u32>) {
    match effect {
        Effect::TotalReduced => ("total_reduced", None),
        Effect::Replaced(_) => ("replaced", None),
        Effect::AttendanceOnly => ("attendance_only", None),
        Effect::Completion => ("completion", None),
        Effect::Access => ("access", None),
        Effect::Placement => ("placement", None),
        Effect::Entry(year) => ("entry", Some(*year)),
        Effect::Award => ("award", None),
    }
}

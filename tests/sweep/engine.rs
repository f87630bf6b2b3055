//! The engine's answer, in the words of the reference.

use accredit::answer::{self, Claim, Decision, GrantEffect, Shows, Why};
use accredit::compile::Compiled;
use accredit::evaluate::{
    Achievement, Entry, EntryState, Facts, Goal, HeldId, Judgement, Origin, Owner, Record, Status,
};
use accredit::model::{Effect, FactUse, Model, ScaleShape, ValueType};
use accredit::quantity::{Date, DateRange, Ratio};
use accredit::source::Sources;
use accredit::space::{State, Value};

use crate::reference::condition::Reason;
use crate::reference::decide::{Answer, Line, Verdict};
use crate::reference::record::{self, Stated};

pub fn compile(text: &str) -> Compiled {
    let mut sources = Sources::new();
    sources.add("sweep.qf", text);
    accredit::compile::compile(sources)
}

pub fn decide(compiled: &Compiled, asked: &record::Request) -> Answer {
    let graph = compiled.graph.as_ref().unwrap();
    let request = request(&compiled.model, asked);
    let decision = answer::decide(graph, &request).unwrap();
    said(&compiled.model, asked, &decision)
}

pub fn request(model: &Model, asked: &record::Request) -> answer::Request {
    let mut symbols = Vec::new();
    let day = |text: &str| Date::parse(text).unwrap();
    let at = |id: &String| {
        HeldId(u32::try_from(asked.held.iter().position(|held| held.id == *id).unwrap()).unwrap())
    };
    let held = asked
        .held
        .iter()
        .map(|held| {
            let kind = model.kinds.iter().position(|kind| *kind.name == held.kind).unwrap();
            Achievement {
                id: held.id.as_str().into(),
                outcome: held.outcome.as_ref().map(|name| outcome(model, name)),
                kind: Some(accredit::model::KindId(u32::try_from(kind).unwrap())),
                number: None,
                facts: facts(model, &model.kinds[kind].facts, &held.facts, &mut symbols),
                status: if held.withdrawn { Status::Withdrawn } else { Status::Valid },
                origin: held.onward.map_or(Origin::Original, |onward| Origin::Granted { onward }),
                evidence: Vec::new(),
            }
        })
        .collect();
    let granted = asked
        .granted
        .iter()
        .map(|entry| Entry {
            id: entry.id.as_str().into(),
            rule: entry.rule.as_ref().map(|(scheme, rule)| {
                let found = model
                    .rules
                    .iter()
                    .position(|it| *it.name == *rule && *model.schemes[it.scheme.index()].name == *scheme);
                accredit::model::RuleId(u32::try_from(found.unwrap()).unwrap())
            }),
            achievements: entry.achievements.iter().map(|id| id.as_str().into()).collect(),
            target: entry.target.as_ref().map(|it| goal(model, it)),
            amount: None,
            unit: None,
            on: None,
            onward: 0,
            state: if entry.standing { EntryState::Standing } else { EntryState::Withdrawn },
        })
        .collect();
    let record = Record {
        learner: facts(model, &model.learner, &asked.learner, &mut symbols),
        dates: facts(model, &model.request, &asked.dates, &mut symbols),
        held,
        judged: asked.judged.iter().map(|said| judgement(model, asked, said, &mut symbols)).collect(),
        granted,
        partial: asked.partial,
        symbols: symbols.iter().map(|name: &String| name.as_str().into()).collect(),
        ..Record::default()
    };
    let asks = asked.asks.iter().map(|ask| answer::Ask {
        achievements: ask.achievements.iter().map(at).collect(),
        target: ask.target.as_ref().map(|it| goal(model, it)),
    });
    answer::Request {
        record,
        as_of: day(&asked.as_of),
        asks: asks.collect(),
        choices: Vec::new(),
        programme: None,
    }
}

fn judgement(
    model: &Model,
    asked: &record::Request,
    said: &record::Judged,
    symbols: &mut Vec<String>,
) -> Judgement {
    let number = |at: usize| u32::try_from(at).unwrap();
    let of = asked.held.iter().position(|held| held.id == said.of).unwrap();
    let kind = model.kinds.iter().find(|kind| *kind.name == asked.held[of].kind).unwrap();
    let fact = model.facts.iter().position(|fact| *fact.name == *said.fact).unwrap();
    let question = accredit::model::FactId(number(fact));
    let used = kind.facts.iter().find(|it| it.fact == question);
    let body = |name: &String| {
        accredit::model::BodyId(number(model.bodies.iter().position(|body| *body.name == **name).unwrap()))
    };
    Judgement {
        judge: said.by.as_ref().map(body),
        question,
        of: vec![HeldId(number(of))],
        target: said.target.as_ref().map(|name| outcome(model, name)),
        state: state(model, used, &said.said, symbols),
        on: said.on.as_ref().map(|on| Date::parse(on).unwrap()),
        document: None,
    }
}

fn outcome(model: &Model, name: &str) -> accredit::model::OutcomeId {
    let found = model.outcomes.iter().position(|outcome| *outcome.name == *name);
    accredit::model::OutcomeId(u32::try_from(found.unwrap()).unwrap())
}

fn goal(model: &Model, goal: &record::Goal) -> Goal {
    match goal {
        record::Goal::Outcome(name) => Goal::Outcome(outcome(model, name)),
        record::Goal::Deposit(name) => {
            let found = model.schemes.iter().position(|scheme| *scheme.name == **name);
            Goal::Deposit(accredit::model::SchemeId(u32::try_from(found.unwrap()).unwrap()))
        }
    }
}

fn facts(model: &Model, uses: &[FactUse], stated: &record::Facts, symbols: &mut Vec<String>) -> Facts {
    Facts::new(stated.iter().filter_map(|(name, stated)| {
        let id = model.facts.iter().position(|fact| *fact.name == **name)?;
        let id = accredit::model::FactId(u32::try_from(id).unwrap());
        let used = uses.iter().find(|it| it.fact == id);
        Some((id, state(model, used, stated, symbols)))
    }))
}

fn state(model: &Model, used: Option<&FactUse>, stated: &Stated, symbols: &mut Vec<String>) -> State {
    let number = |text: &str| Value::Number(Ratio::parse(text).unwrap());
    match stated {
        Stated::Number(text) => {
            let whole = || text.parse::<u32>().unwrap();
            State::known(match used.and_then(|it| it.domains.first()).map(|it| it.value_type) {
                Some(ValueType::Months) => Value::Months(whole()),
                Some(ValueType::Days) => Value::Days(whole()),
                _ => number(text),
            })
        }
        Stated::Between(first, last) => State::interval(number(first), number(last)).unwrap(),
        Stated::Date(text) => {
            let range = DateRange::parse(text).unwrap();
            State::interval(Value::Date(range.first()), Value::Date(range.last())).unwrap()
        }
        Stated::Yes(yes) => State::known(Value::Bool(*yes)),
        Stated::None => State::known(Value::None),
        Stated::Word(word) => {
            let rank = used.into_iter().flat_map(|it| &it.domains).find_map(|domain| {
                let ranks = match domain.value_type {
                    ValueType::List(id) => &model.lists[id.index()].ranks,
                    ValueType::Scale(id) => match &model.scales[id.index()].shape {
                        ScaleShape::Named(ranks) => ranks,
                        ScaleShape::Numeric { .. } => return None,
                    },
                    _ => return None,
                };
                ranks.iter().position(|equals| equals.iter().any(|one| *one.name == **word))
            });
            State::known(match rank {
                Some(rank) => Value::Rank(u32::try_from(rank).unwrap()),
                None => Value::Symbol(symbol(model, word, symbols)),
            })
        }
    }
}

fn symbol(model: &Model, word: &str, symbols: &mut Vec<String>) -> u32 {
    let place = model.symbols.iter().position(|name| **name == *word).unwrap_or_else(|| {
        let new = symbols.iter().position(|name| name == word).unwrap_or_else(|| {
            symbols.push(word.to_owned());
            symbols.len() - 1
        });
        model.symbols.len() + new
    });
    u32::try_from(place).unwrap()
}

fn said(model: &Model, asked: &record::Request, decision: &Decision) -> Answer {
    let mut lines: Vec<Line> =
        decision.claims.iter().map(|claim| line(model, asked, decision, claim)).collect();
    lines.sort();
    lines.dedup();
    Answer { verdict: verdict(decision.verdict), lines }
}

fn verdict(verdict: answer::Verdict) -> Verdict {
    match verdict {
        answer::Verdict::Conflict => Verdict::Conflict,
        answer::Verdict::Converts => Verdict::Converts,
        answer::Verdict::Refer => Verdict::Refer,
        answer::Verdict::Unknown => Verdict::Unknown,
        answer::Verdict::Refused => Verdict::Refused,
        answer::Verdict::NotEstablished => Verdict::NotEstablished,
        answer::Verdict::NoRule => Verdict::NoRule,
    }
}

fn line(model: &Model, asked: &record::Request, decision: &Decision, claim: &Claim) -> Line {
    use accredit::model::Reason as Theirs;
    let id = |at: &HeldId| asked.held[at.index()].id.clone();
    let ids = |of: &[HeldId]| {
        let mut ids: Vec<String> = of.iter().map(id).collect();
        ids.sort();
        ids.dedup();
        ids
    };
    let mut questions: Vec<(String, String)> = claim
        .questions
        .iter()
        .map(|question| {
            let owner = match question.of {
                Owner::Held(at) => id(&at),
                Owner::Total => "total".into(),
                Owner::Lowest => "lowest".into(),
                Owner::Latest => "latest".into(),
                Owner::Target(target) => format!("target {}", model.outcomes[target.index()].name),
                Owner::Learner => "learner".into(),
                Owner::Plan => "plan".into(),
                Owner::Request => "request".into(),
                Owner::Unlisted(_) => "record".into(),
                #[allow(unreachable_patterns, reason = "whoever is added is shown")]
                other => format!("{other:?}").to_lowercase(),
            };
            (owner, model.facts[question.fact.index()].name.to_string())
        })
        .collect();
    questions.sort();
    questions.dedup();
    let verdict = verdict(claim.verdict);
    let reason = match claim.reason {
        Some(Why::Refused(reason)) => Some(match reason {
            Theirs::Excluded => Reason::Excluded,
            Theirs::AlreadyUsed => Reason::AlreadyUsed,
            Theirs::Expired => Reason::Expired,
            Theirs::NotYet => Reason::NotYet,
            Theirs::NotInForce => Reason::NotInForce,
            Theirs::OverLimit => panic!("no limit is written"),
            Theirs::ConditionNotMet => Reason::ConditionNotMet,
        }),
        _ => None,
    };
    let grants = claim.grants.iter().map(|at| {
        let grant = &decision.grants[*at as usize];
        let effect = match &grant.effect {
            GrantEffect::Credit => "credit".to_owned(),
            GrantEffect::Deposit => "deposit".to_owned(),
            GrantEffect::Other(effect) => match effect {
                Effect::TotalReduced => "total_reduced".into(),
                Effect::Replaced(_) => "replaced".into(),
                Effect::AttendanceOnly => "attendance_only".into(),
                Effect::Completion => "completion".into(),
                Effect::Access => "access".into(),
                Effect::Placement => "placement".into(),
                Effect::Entry(year) => format!("entry{year}"),
                Effect::Award => "award".into(),
            },
        };
        let number = match grant.amount {
            Some(number) if number.to_int().is_some() => number.to_string(),
            Some(number) => crate::reference::value::parse(&number.to_string()).to_string(),
            None if grant.amount_unpublished => "unpublished".into(),
            None => "-".into(),
        };
        let unit = grant.unit.map_or("-", |unit| &model.units[unit.index()].name);
        let mark = match &grant.mark {
            None => "no mark".into(),
            Some(mark) => match &mark.shows {
                Shows::Carried(state, _) => match state.value() {
                    Some(Value::Number(number)) => {
                        format!("marked {}", crate::reference::value::parse(&number.to_string()))
                    }
                    Some(other) => format!("marked {other}"),
                    None => "marked ?".into(),
                },
                _ => "marked".into(),
            },
        };
        let total = if grant.targets.len() > 1 { " in total" } else { "" };
        let by = ids(&grant.achievements).join(",");
        let mark = if grant.attributes.is_empty() { mark } else { format!("{mark} with attributes") };
        format!("{effect} {number} {unit}{total} {mark} onward {} by {by}", grant.onward)
    });
    let mut rules: Vec<String> = claim
        .rules
        .iter()
        .map(|rule| {
            let rule = &model.rules[rule.index()];
            format!("{}.{}", model.schemes[rule.scheme.index()].name, rule.name)
        })
        .collect();
    rules.sort();
    let named = |target: Goal| match target {
        Goal::Outcome(id) => record::Goal::Outcome(model.outcomes[id.index()].name.to_string()),
        Goal::Deposit(id) => record::Goal::Deposit(model.schemes[id.index()].name.to_string()),
        Goal::Block(_) => unreachable!("no generated package has blocks"),
    };
    let competing = claim.competing.iter().filter_map(|other| decision.claims[*other as usize].target);
    let mut competes: Vec<record::Goal> = competing.map(named).collect();
    competes.sort();
    competes.dedup();
    Line {
        achievements: ids(&claim.achievements),
        target: claim.target.map(named),
        competes,
        verdict,
        reason,
        grants: grants.collect(),
        questions,
        rules,
    }
}

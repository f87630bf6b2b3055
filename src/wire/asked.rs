//! A request as the document that would ask it again: `accredit.request/1`, written.

use serde_json::{Map, Value as Json, json};

use crate::answer::Request;
use crate::evaluate::{Facts, HeldId};
use crate::graph::Goal;
use crate::model::{FactUse, Model, ValueType};
use crate::space::{State, Value};

use super::request::SCHEMA;
use super::values::value;

/// A request in which every fact that is stated has one value, as a document.
pub fn request(model: &Model, request: &Request) -> Json {
    let record = &request.record;
    let writer = Writer { model, symbols: &record.symbols };
    let mut document = Map::new();
    document.insert("schema".into(), json!(SCHEMA));
    document.insert("as_of".into(), json!(request.as_of.to_string()));
    let mut add = |key: &str, facts: Map<String, Json>, inside: bool| {
        if !facts.is_empty() {
            document.insert(key.into(), if inside { json!({ "facts": facts }) } else { Json::Object(facts) });
        }
    };
    add("dates", writer.facts(&record.dates, &model.request), false);
    add("learner", writer.facts(&record.learner, &model.learner), true);
    add("plan", writer.facts(&record.plan, &model.plan), true);
    if let Some(programme) = request.programme.and_then(|of| model.programmes.get(of.index())) {
        let plan = document.entry("plan").or_insert_with(|| json!({}));
        plan["programme"] = json!(programme.name);
    }
    let nothing = Vec::new();
    let uses = |held: &HeldId| {
        let kind = record.held.get(held.index()).and_then(|held| held.kind);
        kind.and_then(|kind| model.kinds.get(kind.index())).map_or(&nothing, |kind| &kind.facts)
    };
    let held = record.held.iter().zip(0u32..).map(|(achievement, at)| {
        let of = match (achievement.outcome, achievement.kind) {
            (Some(outcome), _) => json!({ "id": model.outcomes.get(outcome.index()).map(|of| &*of.name) }),
            (None, Some(kind)) => json!({ "kind": model.kinds.get(kind.index()).map(|of| &*of.name) }),
            (None, None) => Json::Null,
        };
        let mut one = Map::new();
        one.insert("id".into(), json!(achievement.id));
        one.insert("of".into(), of);
        let facts = writer.facts(&achievement.facts, uses(&HeldId(at)));
        if !facts.is_empty() {
            one.insert("facts".into(), Json::Object(facts));
        }
        Json::Object(one)
    });
    let held: Vec<Json> = held.collect();
    document.insert("holds".into(), Json::Array(held));
    let id = |held: &HeldId| record.held.get(held.index()).map_or("", |held| &*held.id);
    let judged = record.judged.iter().map(|said| {
        let mut one = Map::new();
        let of = said.of.first().map_or(&model.learner, uses);
        let used = of.iter().find(|of| of.fact == said.question);
        one.insert("achievements".into(), json!(said.of.iter().map(id).collect::<Vec<_>>()));
        one.insert("fact".into(), json!(model.facts.get(said.question.index()).map(|of| &*of.name)));
        one.insert("value".into(), json!(said.state.value().map(|value| writer.value(used, value))));
        if let Some(body) = said.judge.and_then(|body| model.bodies.get(body.index())) {
            one.insert("by".into(), json!(body.name));
        }
        if let Some(target) = said.target {
            one.insert("target".into(), writer.goal(Goal::Outcome(target)));
        }
        Json::Object(one)
    });
    let judged: Vec<Json> = judged.collect();
    if !judged.is_empty() {
        document.insert("judged".into(), Json::Array(judged));
    }
    let asks = request.asks.iter().map(|ask| {
        let mut one = Map::new();
        if !ask.achievements.is_empty() {
            one.insert("achievements".into(), json!(ask.achievements.iter().map(id).collect::<Vec<_>>()));
        }
        if let Some(goal) = ask.target {
            one.insert("target".into(), writer.goal(goal));
        }
        Json::Object(one)
    });
    document.insert("asks".into(), Json::Array(asks.collect()));
    Json::Object(document)
}

struct Writer<'m> {
    model: &'m Model,
    symbols: &'m [Box<str>],
}

impl Writer<'_> {
    fn facts(&self, facts: &Facts, uses: &[FactUse]) -> Map<String, Json> {
        let mut written = Map::new();
        for (fact, state) in facts.iter() {
            let name = self.model.facts.get(fact.index()).map(|fact| fact.name.to_string());
            let used = uses.iter().find(|of| of.fact == *fact);
            if let (Some(name), Some(value)) = (name, State::value(state)) {
                written.insert(name, json!(self.value(used, value)));
            }
        }
        written
    }

    fn value(&self, used: Option<&FactUse>, of: Value) -> String {
        let domains = used.map_or(&[][..], |used| &used.domains);
        let typed = domains.iter().find(|typed| typed.domain.contains(of)).or(domains.first());
        let value_type = typed.map_or(ValueType::Date, |typed| typed.value_type);
        value(self.model, self.symbols, value_type, of).value
    }

    fn goal(&self, goal: Goal) -> Json {
        match goal {
            Goal::Outcome(outcome) => {
                json!({ "id": self.model.outcomes.get(outcome.index()).map(|outcome| &*outcome.name) })
            }
            Goal::Deposit(scheme) => {
                let scheme = self.model.schemes.get(scheme.index()).map(|scheme| &*scheme.name);
                json!({ "kind": "deposit", "id": scheme })
            }
            Goal::Block(block) => {
                json!({ "kind": "block", "id": self.model.blocks.get(block.index()).map(|block| &*block.name) })
            }
        }
    }
}

//! What `.ci/budget` counts the instructions of: one stage a run, at a small size.
//!
//! Only what runs inside `measured` counts, so a stage may prepare as much as it needs. Nothing here reads a clock: the same
//! build takes the same instructions on every machine of one kind.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a bench measures")]

mod large;

use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;

use accredit::answer::{Verdict, claim};
use accredit::check::check;
use accredit::compile::compile;
use accredit::evaluate::{Achievement, Facts, Origin, Status};
use accredit::format::format;
use accredit::graph::{ConversionGraph, build};
use accredit::model::{FactId, KindId, OutcomeId};
use accredit::project;
use accredit::quantity::{Date, Ratio};
use accredit::resolve::resolve;
use accredit::source::{FileId, Sources};
use accredit::space::{State, Value};
use accredit::syntax::parse;
use accredit::wire;

use large::{chinese, ends, english};

const RULES: u32 = 2_000;
const CLAIMS: u32 = 1_000;

/// The name that the counter looks for.
#[inline(never)]
fn measured(stage: &mut dyn FnMut()) {
    stage();
}

fn main() {
    let stage = std::env::args().nth(1).unwrap_or_default();
    match stage.as_str() {
        "parse-en" => parsing(&english(RULES)),
        "parse-zh" => parsing(&chinese(RULES)),
        "format-en" => formatting(&english(RULES)),
        "trees-to-graph" => trees_to_graph(),
        "claim" => claims(false),
        "claim-hot" => claims(true),
        "decide-clep" => decide("us.clep", "maria", "2026-03-02"),
        "decide-zikao" => decide("cn.zikao", "计算机专业考生", "2026-03-02"),
        "" | "--bench" => println!("one stage a run: see .ci/budget"),
        other => panic!("there is no stage {other}"),
    }
}

/// Reads the keyword table, which is read once however long a text is.
fn warm() {
    assert!(parse(FileId(0), "kind course\n").1.is_empty());
}

fn parsing(text: &str) {
    warm();
    measured(&mut || {
        let (tree, problems) = parse(FileId(0), black_box(text));
        assert!(problems.is_empty() && !black_box(tree).statements.is_empty());
    });
}

fn formatting(text: &str) {
    warm();
    measured(&mut || assert!(!format(black_box(text)).is_empty()));
}

fn trees_to_graph() {
    let mut sources = Sources::new();
    let file = sources.add("large.qf", english(RULES));
    let trees = [parse(file, sources.get(file).unwrap().code()).0];
    measured(&mut || {
        let (model, problems) = resolve(black_box(&trees), &sources);
        assert!(problems.is_empty() && check(&model).is_empty());
        black_box(build(Arc::new(model)));
    });
}

/// Claims of one achievement to one target: each of another rule, or all from the outcome that a twentieth of the rules lead from.
fn claims(hot: bool) {
    let mut sources = Sources::new();
    sources.add("large.qf", english(RULES));
    let graph: ConversionGraph = compile(sources).graph.unwrap();
    let as_of = Date::parse("2026-03-02").unwrap();
    let outcomes = RULES / 2;
    let hot_rules = outcomes / 10;
    // A name holds its number, so ids are numbers.
    let asked: Vec<(Achievement, OutcomeId)> = (0..CLAIMS)
        .map(|at| {
            let rule = if hot { at % hot_rules } else { hot_rules + (at * 37) % (RULES - hot_rules) };
            let (source, target) = ends(rule, outcomes);
            (held(&graph, source, i64::from(30 + at % 70)), OutcomeId(target))
        })
        .collect();
    let mut converted = 0;
    measured(&mut || {
        for (held, target) in &asked {
            let single = claim(&graph, black_box(held), *target, as_of, &mut ()).unwrap();
            converted += u32::from(single.verdict == Verdict::Converts);
        }
    });
    assert!(converted > CLAIMS / 4 && converted < CLAIMS, "{converted}");
}

fn held(graph: &ConversionGraph, outcome: u32, grade: i64) -> Achievement {
    let fact = graph.model().facts.iter().position(|fact| &*fact.name == "grade").unwrap();
    let fact = FactId(u32::try_from(fact).unwrap());
    Achievement {
        id: "a".into(),
        outcome: Some(OutcomeId(outcome)),
        kind: Some(KindId(0)),
        number: None,
        facts: Facts::new([(fact, State::known(Value::Number(Ratio::from_int(grade))))]),
        status: Status::Valid,
        origin: Origin::Original,
        evidence: vec![],
    }
}

/// A record of a real package, from its text to the decision as JSON.
fn decide(package: &str, record: &str, day: &str) {
    let folder = Path::new("frameworks").join(package);
    let project = project::read(&folder).unwrap();
    let compiled = compile(project.sources);
    let graph = compiled.graph.as_ref().unwrap();
    let record = std::fs::read_to_string(folder.join("records").join(record).with_extension("yaml")).unwrap();
    let day = Date::parse(day);
    measured(&mut || {
        let decision = wire::answer(graph, &compiled.sources, black_box(&record), day, None).unwrap();
        assert!(!wire::to_json(&decision).is_empty());
    });
}

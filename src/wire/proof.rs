//! `accredit.proof/1`: proofs as a document, and the checking of one against the package it speaks of.
//!
//! The statements are made anew from the package and compared with the document; the steps are then walked by the checker. So a
//! proof of another text, or one in which a number was changed, is refused.

use serde_json::{Value as Json, json};

use crate::analyze::{Analysis, Days, Outcome, Proved, prove};
use crate::certificate::{Claim, Proof, Step, check};
use crate::graph::ConversionGraph;
use crate::quantity::Date;

/// The name and version of this shape.
pub const SCHEMA: &str = "accredit.proof/1";

/// Why a proof is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProofRefused {
    /// The document is no proof.
    #[error("this is no {SCHEMA}: {0}")]
    Malformed(String),
    /// It speaks of another package, or of another text of it.
    #[error("the proof is of {0}; the package here is {1}")]
    Package(String, String),
    /// A statement is not what the package says.
    #[error("statement {0} is not what the package says")]
    Statement(usize),
    /// Statements are missing, or there are more than the package has.
    #[error("the proof has {0} statements; the package has {1}")]
    Count(usize, usize),
    /// The package leaves something refuted or open, of which nothing can be proved.
    #[error("the package has contradictions, or rules that were not analysed: nothing is proved")]
    Open,
    /// A step does not follow.
    #[error("statement {0}: {1}")]
    Step(usize, String),
}

/// The proofs of an analysis as a document.
pub fn document(graph: &ConversionGraph, analysis: Analysis, days: Days, proofs: &[Proved]) -> Json {
    let package = &graph.model().package;
    let statements: Vec<Json> = proofs
        .iter()
        .map(|proved| {
            let mut one = statement(graph, proved);
            if let Some(fields) = one.as_object_mut() {
                fields.insert("steps".into(), steps(&proved.proof));
            }
            one
        })
        .collect();
    json!({
        "schema": SCHEMA,
        "package": { "name": package.name, "version": package.version, "hash": package.hash },
        "analysis": analysis.id(),
        "days": match days { Days::All => "all".to_owned(), Days::On(day) => day.to_string() },
        "statements": statements,
    })
}

/// A statement: what its numbers stand for, and the numbers.
fn statement(graph: &ConversionGraph, proved: &Proved) -> Json {
    let model = graph.model();
    let claim = match proved.statement.claim {
        Claim::Empty => "empty",
        Claim::Apart => "apart",
        Claim::Covered => "covered",
    };
    let name = |rule: &crate::model::RuleId| {
        model.rules.get(rule.index()).map_or_else(|| "nobody".to_owned(), |rule| rule.name.to_string())
    };
    let regions: Vec<Json> = proved
        .statement
        .regions
        .iter()
        .zip(&proved.rules)
        .map(|(region, rule)| json!({ "rule": name(rule), "answer": region.label, "cells": region.ranges }))
        .collect();
    let facts: Vec<Json> = proved
        .facts(graph)
        .into_iter()
        .map(|(of, fact, cells)| json!({ "of": of, "fact": fact, "cells": cells }))
        .collect();
    json!({
        "claim": claim,
        "target": proved.target(graph),
        "achievements": proved.achievements(graph),
        "dates": proved.dates(graph).into_iter().map(|(fact, day)| (fact, json!(day))).collect::<serde_json::Map<_, _>>(),
        "facts": facts,
        "regions": regions,
    })
}

fn steps(proof: &Proof) -> Json {
    let steps = proof.steps.iter().map(|step| match step {
        Step::Cut { fact, at } => json!([fact, at]),
        Step::Plain => json!("plain"),
        Step::Inside(region) => json!({ "in": region }),
    });
    Json::Array(steps.collect())
}

/// Checks a document of proofs against a package.
///
/// # Errors
///
/// Where it is no proof, is of another text, or does not follow.
pub fn verify(graph: &ConversionGraph, text: &str) -> Result<usize, ProofRefused> {
    let malformed = |why: &str| ProofRefused::Malformed(why.to_owned());
    let document: Json = serde_json::from_str(text).map_err(|error| malformed(&error.to_string()))?;
    let field = |name: &str| document.get(name).and_then(Json::as_str).unwrap_or_default();
    if field("schema") != SCHEMA {
        return Err(malformed("the schema is another"));
    }
    let package = &graph.model().package;
    let here = format!("{} {}", package.name, package.hash);
    let of =
        |name: &str| document.pointer(&format!("/package/{name}")).and_then(Json::as_str).unwrap_or_default();
    let there = format!("{} {}", of("name"), of("hash"));
    if here != there {
        return Err(ProofRefused::Package(there, here));
    }
    let analysis = Analysis::ALL.into_iter().find(|analysis| analysis.id() == field("analysis"));
    let analysis = analysis.ok_or_else(|| malformed("the analysis is unknown"))?;
    let days = match field("days") {
        "all" => Days::All,
        day => Days::On(Date::parse(day).ok_or_else(|| malformed("the days are unknown"))?),
    };
    let report = prove(graph, days, &[analysis], true);
    // That a rule never applies is what its proof proves.
    let is_told = analysis == Analysis::Never && report.outcome(analysis) != Some(Outcome::NotAnalysed);
    if !is_told && !report.is_proved() {
        return Err(ProofRefused::Open);
    }
    let proofs = report.proofs(analysis);
    let empty = Vec::new();
    let written = document.get("statements").and_then(Json::as_array).unwrap_or(&empty);
    if written.len() != proofs.len() {
        return Err(ProofRefused::Count(written.len(), proofs.len()));
    }
    for (at, (written, proved)) in written.iter().zip(proofs).enumerate() {
        let mut said = written.clone();
        let steps = said.as_object_mut().and_then(|fields| fields.remove("steps"));
        if said != statement(graph, proved) {
            return Err(ProofRefused::Statement(at + 1));
        }
        let proof = read_steps(&steps.unwrap_or(Json::Null)).ok_or_else(|| malformed("a step is unknown"))?;
        check(&proved.statement, &proof).map_err(|why| ProofRefused::Step(at + 1, why.to_string()))?;
    }
    Ok(proofs.len())
}

fn read_steps(steps: &Json) -> Option<Proof> {
    let number = |value: &Json| value.as_u64().and_then(|number| u32::try_from(number).ok());
    let step = |step: &Json| match step {
        Json::Array(cut) => match cut.as_slice() {
            [fact, at] => Some(Step::Cut { fact: number(fact)?, at: number(at)? }),
            _ => None,
        },
        Json::String(word) if word == "plain" => Some(Step::Plain),
        Json::Object(fields) => Some(Step::Inside(number(fields.get("in")?)?)),
        _ => None,
    };
    Some(Proof { steps: steps.as_array()?.iter().map(step).collect::<Option<_>>()? })
}

//! `accredit prove`: the analyses, each proved, refuted by a learner, or not analysed, because ….

use std::fs;
use std::path::Path;

use crate::analyze::{self, Analysis, Days};
use crate::compile::compile;
use crate::diagnostic::settle;
use crate::project;
use crate::quantity::Date;
use crate::report::diagnostics::{self, Found};
use crate::report::proved::{self, ProvedPackage};
use crate::wire;

use super::Ended;
use super::args::{Prove, ProveFormat, ProveOnly};
use super::output::{coloured, complain, language, print, today, unread};

pub(super) fn run(command: &Prove) -> Ended {
    let language = language(command.speech);
    let days = match days(command) {
        Ok(days) => days,
        Err(why) => {
            complain(&why);
            return Ended::Unusable;
        }
    };
    let only: Vec<Analysis> = command.only.iter().map(|only| analysis(*only)).collect();
    let mut ended = Ended::Well;
    let mut results: Vec<ProvedPackage> = Vec::new();
    let roots = match project::packages_under(&command.path) {
        Ok(roots) => roots,
        Err(error) => {
            complain(&unread(&error, language));
            return Ended::Unusable;
        }
    };
    for root in roots {
        let read = match project::read(&root) {
            Ok(read) => read,
            Err(error) => {
                complain(&unread(&error, language));
                ended = Ended::Unusable;
                continue;
            }
        };
        let compiled = compile(read.sources);
        let report =
            compiled.graph.as_ref().map(|graph| analyze::prove(graph, days, &only, command.out.is_some()));
        let problems = match (&report, &compiled.graph) {
            (Some(report), Some(graph)) => settle(report.problems(graph), &compiled.sources),
            _ => compiled.problems.clone(),
        };
        if !report.as_ref().is_some_and(analyze::Report::is_proved) && ended == Ended::Well {
            ended = Ended::Short;
        }
        let package = ProvedPackage { root: read.root, compiled, report, problems };
        if let Some(folder) = &command.out
            && let Err(why) = write(folder, &package, &only)
        {
            complain(&why);
            ended = Ended::Unusable;
        }
        results.push(package);
    }
    match command.format {
        ProveFormat::Text => {
            for package in &results {
                print(&diagnostics::text(found(package), language, coloured()));
                print(&proved::summary(package, language));
            }
        }
        ProveFormat::Json => print(&proved::json(&results, language)),
        ProveFormat::Sarif => print(&diagnostics::sarif(results.iter().map(found), language)),
    }
    ended
}

fn found(package: &ProvedPackage) -> Found<'_> {
    Found { root: &package.root, sources: &package.compiled.sources, problems: &package.problems }
}

/// All days, or the day asked: today where none is named, and what is printed says so.
fn days(command: &Prove) -> Result<Days, String> {
    if command.all_dates {
        return Ok(Days::All);
    }
    match command.on.as_deref() {
        None | Some("today") => today().map(Days::On).ok_or_else(|| "the clock cannot be read".to_owned()),
        Some(day) => Date::parse(day)
            .map(Days::On)
            .ok_or_else(|| format!("{day:?} is no day; write 2026-03-02 or today")),
    }
}

const fn analysis(only: ProveOnly) -> Analysis {
    match only {
        ProveOnly::Never => Analysis::Never,
        ProveOnly::Overlap => Analysis::Overlap,
        ProveOnly::Gap => Analysis::Gap,
        ProveOnly::Stricter => Analysis::Stricter,
    }
}

/// Writes the proofs and the requests of a package: one file of proofs an analysis, one request a refutation.
fn write(folder: &Path, package: &ProvedPackage, only: &[Analysis]) -> Result<(), String> {
    let (Some(report), Some(graph)) = (&package.report, &package.compiled.graph) else { return Ok(()) };
    let said = |path: &Path, error: std::io::Error| format!("{}: {error}", path.display());
    fs::create_dir_all(folder).map_err(|error| said(folder, error))?;
    let name = &package.compiled.model.package.name;
    let save = |file: String, text: String| {
        let path = folder.join(file);
        fs::write(&path, text).map_err(|error| said(&path, error))
    };
    for analysis in Analysis::ALL {
        if !only.is_empty() && !only.contains(&analysis) {
            continue;
        }
        let id = analysis.id();
        let is_written = matches!(analysis, Analysis::Overlap | Analysis::Gap);
        if is_written && report.outcome(analysis) == Some(analyze::Outcome::Proved) {
            let proofs = wire::proof::document(graph, analysis, report.days, report.proofs(analysis));
            save(format!("{name}.{id}.proof.json"), wire::to_json(&proofs))?;
        }
        for (at, witness) in report.witnesses(analysis).iter().enumerate() {
            let request = wire::request(&package.compiled.model, &witness.request);
            save(format!("{name}.{id}-{}.request.json", at + 1), wire::to_json(&request))?;
        }
    }
    Ok(())
}

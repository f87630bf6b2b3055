//! `accredit check`: everything that is wrong, all at once.

use std::path::PathBuf;

use crate::compile::{Compiled, compile};
use crate::diagnostic::{MessageLanguage, Severity};
use crate::examples;
use crate::project;
use crate::report::diagnostics::{self, Found};

use super::Ended;
use super::args::{Check, CheckFormat};
use super::output::{coloured, complain, language, print};

pub(super) fn run(command: &Check) -> Ended {
    let language = language(command.speech);
    let mut packages = Vec::new();
    let mut ended = Ended::Well;
    for path in &command.paths {
        match project::packages_under(path) {
            Ok(found) => packages.extend(found),
            Err(error) => {
                complain(&error.to_string());
                ended = Ended::Unusable;
            }
        }
    }
    let mut results = Vec::new();
    for root in packages {
        match project::read(&root) {
            Ok(read) => {
                let mut compiled = compile(read.sources);
                // An example that fails is a mistake like any other: the text says two things.
                let failed = compiled
                    .graph
                    .as_ref()
                    .map(|graph| examples::run(graph, &compiled.sources).problems)
                    .unwrap_or_default();
                compiled.problems.extend(failed);
                if ended == Ended::Well && compiled.has_errors() {
                    ended = Ended::Short;
                }
                results.push((read.root, compiled));
            }
            Err(error) => {
                complain(&error.to_string());
                ended = Ended::Unusable;
            }
        }
    }
    let chinese = language == MessageLanguage::Chinese;
    match command.format {
        CheckFormat::Text => {
            for result in &results {
                print(&diagnostics::text(found(result), language, coloured()));
                print(&summary(&result.0, &result.1, chinese));
            }
        }
        CheckFormat::Json => print(&diagnostics::json(results.iter().map(found))),
        CheckFormat::Sarif => print(&diagnostics::sarif(results.iter().map(found), language)),
    }
    ended
}

/// What was found in a package, as reports take it.
fn found((root, compiled): &(PathBuf, Compiled)) -> Found<'_> {
    Found { root, sources: &compiled.sources, problems: &compiled.problems }
}

fn summary(root: &std::path::Path, compiled: &Compiled, chinese: bool) -> String {
    let (model, problems) = (&compiled.model, &compiled.problems);
    let errors = problems.iter().filter(|p| p.code.severity() == Severity::Error).count();
    let warnings = problems.len() - errors;
    let (name, version) = (&model.package.name, &model.package.version);
    let (rules, outcomes, examples) = (model.rules.len(), model.outcomes.len(), model.examples.len());
    let place = root.display();
    match (errors, chinese) {
        (0, true) => format!(
            "{name} {version}（{place}）：{rules}条规则、{outcomes}项学习成果、{examples}个示例，没有错误，{warnings}处提醒\n"
        ),
        (0, false) => format!(
            "{name} {version} ({place}): {rules} rules, {outcomes} outcomes, {examples} examples; no errors, {warnings} warnings\n"
        ),
        (_, true) => format!("{name} {version}（{place}）：{errors}处错误，{warnings}处提醒\n"),
        (_, false) => format!("{name} {version} ({place}): {errors} errors, {warnings} warnings\n"),
    }
}

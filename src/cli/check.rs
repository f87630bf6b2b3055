//! `accredit check`: everything that is wrong, all at once.

use std::path::{Path, PathBuf};

use crate::analyze;
use crate::compile::{Compiled, compile};
use crate::diagnostic::{MessageLanguage, Severity, settle};
use crate::examples;
use crate::project;
use crate::report::diagnostics::{self, Found};

use super::Ended;
use super::args::{Check, CheckFormat};
use super::output::{coloured, complain, language, print, unread};

pub(super) fn run(command: &Check) -> Ended {
    let language = language(command.speech);
    let mut packages = Vec::new();
    let mut ended = Ended::Well;
    for path in &command.paths {
        match project::packages_under(path) {
            Ok(found) => packages.extend(found),
            Err(error) => {
                complain(&unread(&error, language));
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
                // What rules say against each other keeps nobody from asking, and is wrong all the same.
                compiled.problems.extend(compiled.graph.as_ref().map(analyze::problems).unwrap_or_default());
                compiled.problems = settle(compiled.problems, &compiled.sources);
                if ended == Ended::Well && compiled.has_errors() {
                    ended = Ended::Short;
                }
                results.push((read.root, compiled));
            }
            Err(error) => {
                complain(&unread(&error, language));
                ended = Ended::Unusable;
            }
        }
    }
    let chinese = language == MessageLanguage::Chinese;
    for (first, second, name) in namesakes(&results) {
        let (first, second) = (first.display(), second.display());
        complain(&if chinese {
            format!("{first} 和 {second} 都叫“{name}”：引用时分不清是哪一个")
        } else {
            format!("{first} and {second} are both called {name}: a `use` could not tell them apart")
        });
        ended = if ended == Ended::Well { Ended::Short } else { ended };
    }
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

/// Packages of one name, each with the one before it.
fn namesakes(results: &[(PathBuf, Compiled)]) -> Vec<(&Path, &Path, &str)> {
    let mut named: Vec<(&str, &Path)> =
        results.iter().map(|(root, compiled)| (&*compiled.model.package.name, root.as_path())).collect();
    named.sort_unstable();
    let pairs = named.windows(2).filter_map(|pair| match pair {
        [(name, first), (other, second)] if name == other && !name.is_empty() && first != second => {
            Some((*first, *second, *name))
        }
        _ => None,
    });
    pairs.collect()
}

/// What was found in a package, as reports take it.
fn found((root, compiled): &(PathBuf, Compiled)) -> Found<'_> {
    Found { root, sources: &compiled.sources, problems: &compiled.problems }
}

/// One line on a package: what it holds, or how much is wrong with it.
fn summary(root: &Path, compiled: &Compiled, chinese: bool) -> String {
    let (model, problems) = (&compiled.model, &compiled.problems);
    let errors = problems.iter().filter(|p| p.code.severity() == Severity::Error).count();
    let warnings = problems.len() - errors;
    let (name, version) = (&model.package.name, &model.package.version);
    let (rules, outcomes, examples) = (model.rules.len(), model.outcomes.len(), model.examples.len());
    let place = match root.as_os_str().is_empty() {
        true => String::new(),
        false if chinese => format!("（{}）", root.display()),
        false => format!(" ({})", root.display()),
    };
    if chinese {
        let told = match errors {
            0 => format!("{rules}条规则、{outcomes}项学习成果、{examples}个示例，没有错误，"),
            _ => format!("{errors}处错误，"),
        };
        return format!("{name} {version}{place}：{told}{warnings}处提醒\n");
    }
    let told = match errors {
        0 => format!(
            "{}, {}, {}; no errors",
            counted(rules, "rule"),
            counted(outcomes, "outcome"),
            counted(examples, "example")
        ),
        _ => counted(errors, "error"),
    };
    format!("{name} {version}{place}: {told}, {}\n", counted(warnings, "warning"))
}

fn counted(number: usize, what: &str) -> String {
    if number == 1 { format!("1 {what}") } else { format!("{number} {what}s") }
}

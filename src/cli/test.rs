//! `accredit test`: every example asked as the request it is.

use std::path::PathBuf;

use crate::compile::{Compiled, compile};
use crate::diagnostic::MessageLanguage;
use crate::examples::{self, Run};
use crate::project;
use crate::report::diagnostics::{self, Found};
use crate::report::tested::{self, Tested};

use super::Ended;
use super::args::{Test, TestFormat};
use super::output::{coloured, complain, language, print, unread};

pub(super) fn run(command: &Test) -> Ended {
    let language = language(command.speech);
    let mut ended = Ended::Well;
    let mut results = Vec::new();
    for path in &command.paths {
        let roots = match project::packages_under(path) {
            Ok(roots) => roots,
            Err(error) => {
                complain(&unread(&error, language));
                ended = Ended::Unusable;
                continue;
            }
        };
        for root in roots {
            match project::read(&root) {
                Ok(read) => results.push(one(read.root, compile(read.sources))),
                Err(error) => {
                    complain(&unread(&error, language));
                    ended = Ended::Unusable;
                }
            }
        }
    }
    let short = results.iter().any(|tested| match &tested.run {
        Some(run) => run.passed < run.examples || falls_short(command, run),
        None => true,
    });
    if short && ended == Ended::Well {
        ended = Ended::Short;
    }
    match command.format {
        TestFormat::Text => results.iter().for_each(|tested| print(&text(tested, command, language))),
        TestFormat::Json => print(&tested::json(&results, language)),
        TestFormat::Junit => print(&tested::junit(&results, language)),
    }
    ended
}

fn one(root: PathBuf, compiled: Compiled) -> Tested {
    let run = compiled.graph.as_ref().map(|graph| examples::run(graph, &compiled.sources));
    Tested { root, compiled, run }
}

/// Whether fewer rules than asked for have an example.
fn falls_short(command: &Test, run: &Run) -> bool {
    command
        .fail_under
        .is_some_and(|wanted| u64::from(run.covered()) * 100 < u64::from(wanted) * u64::from(run.rules))
}

fn text(tested: &Tested, command: &Test, language: MessageLanguage) -> String {
    let Tested { root, compiled, run } = tested;
    let chinese = language == MessageLanguage::Chinese;
    let problems = run.as_ref().map_or(&compiled.problems, |run| &run.problems);
    let found = Found { root, sources: &compiled.sources, problems };
    let mut out = diagnostics::text(found, language, coloured());
    let name = &compiled.model.package.name;
    let Some(run) = run else {
        out.push_str(&if chinese {
            format!("{name}：规则包有错误，示例未核对\n")
        } else {
            format!("{name}: the package has errors; no example was asked\n")
        });
        return out;
    };
    let (passed, examples) = (run.passed, run.examples);
    out.push_str(&if chinese {
        format!("{name}：{examples}个示例，{passed}个相符\n")
    } else {
        format!("{name}: {passed} of {examples} examples hold\n")
    });
    if command.coverage {
        let (covered, rules) = (run.covered(), run.rules);
        out.push_str(&if chinese {
            format!("  {rules}条规则，{covered}条有示例\n")
        } else {
            format!("  {covered} of {rules} rules have an example\n")
        });
        for rule in run.uncovered.iter().filter_map(|rule| compiled.model.rules.get(rule.index())) {
            let missing = if chinese { "没有示例" } else { "no example" };
            out.push_str(&format!("  {}: {missing}\n", rule.name));
        }
    }
    out
}

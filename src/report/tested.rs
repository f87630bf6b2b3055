//! What became of the examples of packages, as JSON and as the XML that build servers read.
//!
//! It counts and words what the run of the examples found, and asks nothing itself.

use std::path::{Path, PathBuf};

use serde_json::json;

use crate::compile::Compiled;
use crate::diagnostic::{MessageLanguage, catalogue};
use crate::examples::Run;

use super::lettering::markup;

/// The name and version of the JSON.
pub const SCHEMA: &str = "accredit.test/1";

/// A package and what became of its examples.
#[derive(Debug)]
pub struct Tested {
    /// Where the package lies.
    pub root: PathBuf,
    /// The package.
    pub compiled: Compiled,
    /// Nothing where the package has errors, so that no example could be asked.
    pub run: Option<Run>,
}

/// The place of a problem, and what is wrong in words.
fn told(
    compiled: &Compiled,
    root: &Path,
    problem: &crate::diagnostic::Problem,
    language: MessageLanguage,
) -> (String, String) {
    let path = compiled.sources.get(problem.at.file).map_or("", |source| source.path.as_str());
    let line = compiled.sources.position(problem.at).map_or(0, |at| at.line);
    let sentence = catalogue::sentence(problem, language).sentence;
    (format!("{}:{line}", root.join(path).display()), sentence)
}

/// The results as JSON.
pub fn json(tested: &[Tested], language: MessageLanguage) -> String {
    let packages: Vec<_> = tested
        .iter()
        .map(|Tested { root, compiled, run }| {
            let problems = run.as_ref().map_or(&compiled.problems, |run| &run.problems);
            let failed: Vec<_> = problems
                .iter()
                .map(|problem| {
                    let (place, sentence) = told(compiled, root, problem, language);
                    json!({ "code": problem.code.id(), "place": place, "sentence": sentence })
                })
                .collect();
            let uncovered: Vec<_> = run
                .iter()
                .flat_map(|run| &run.uncovered)
                .filter_map(|rule| compiled.model.rules.get(rule.index()))
                .map(|rule| rule.name.to_string())
                .collect();
            json!({
                "package": compiled.model.package.name,
                "asked": run.is_some(),
                "examples": run.as_ref().map_or(0, |run| run.examples),
                "passed": run.as_ref().map_or(0, |run| run.passed),
                "rules": compiled.model.rules.len(),
                "rules_without_example": uncovered,
                "failed": failed,
            })
        })
        .collect();
    format!("{:#}\n", json!({ "schema": SCHEMA, "packages": packages }))
}

/// The results as JUnit's XML, for servers that show it.
pub fn junit(tested: &[Tested], language: MessageLanguage) -> String {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n");
    for Tested { root, compiled, run } in tested {
        let problems = run.as_ref().map_or(&compiled.problems, |run| &run.problems);
        let examples = run.as_ref().map_or(0, |run| run.examples);
        let name = markup(&compiled.model.package.name);
        let tests = usize::try_from(examples).unwrap_or(usize::MAX).max(problems.len());
        out.push_str(&format!(
            "  <testsuite name=\"{name}\" tests=\"{tests}\" failures=\"{}\">\n",
            problems.len()
        ));
        for problem in problems {
            let (place, sentence) = told(compiled, root, problem, language);
            let (place, sentence) = (markup(&place), markup(&sentence));
            out.push_str(&format!(
                "    <testcase name=\"{place}\" classname=\"{name}\"><failure message=\"{sentence}\"/></testcase>\n"
            ));
        }
        let passed = run.as_ref().map_or(0, |run| run.passed);
        if passed > 0 {
            out.push_str(&format!("    <testcase name=\"{passed} examples hold\" classname=\"{name}\"/>\n"));
        }
        out.push_str("  </testsuite>\n");
    }
    out.push_str("</testsuites>\n");
    out
}

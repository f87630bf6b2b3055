//! What is found wrong in one text, as `accredit check` finds it.

use accredit::analyze;
use accredit::compile::{Compiled, compile};
use accredit::diagnostic::{Code, MessageLanguage, Problem, Rendered, catalogue, settle};
use accredit::examples;
use accredit::source::Sources;

/// A text compiled as a package of its own, its examples run, its contradictions looked for.
pub(crate) struct Found {
    pub(crate) compiled: Compiled,
    pub(crate) problems: Vec<Problem>,
    /// What the problems leave unsaid of their pages; always nothing.
    pub(crate) unsaid: Vec<String>,
}

/// Compiles a text, runs its examples and looks for contradictions.
pub(crate) fn found(path: &str, text: &str) -> Found {
    let mut sources = Sources::new();
    sources.add(path, text);
    let compiled = compile(sources);
    let mut problems = compiled.problems.clone();
    if let Some(graph) = &compiled.graph {
        problems.extend(examples::run(graph, &compiled.sources).problems);
        problems.extend(analyze::problems(graph));
    }
    let problems = settle(problems, &compiled.sources);
    let unsaid = problems.iter().flat_map(catalogue::unsaid).collect();
    Found { compiled, problems, unsaid }
}

impl Found {
    /// Line, column and code of each problem, in their order.
    pub(crate) fn places(&self) -> Vec<(u32, u32, Code)> {
        let place = |problem: &Problem| {
            let position =
                self.compiled.sources.position(problem.at).unwrap_or_else(|| panic!("a place in no file"));
            (position.line, position.column, problem.code)
        };
        self.problems.iter().map(place).collect()
    }

    /// Each problem in words.
    pub(crate) fn said(&self, language: MessageLanguage) -> Vec<Rendered> {
        self.problems.iter().map(|problem| catalogue::sentence(problem, language)).collect()
    }

    /// Line and code of each problem, for messages of tests.
    pub(crate) fn shown(&self) -> String {
        let shown: Vec<String> = self
            .places()
            .iter()
            .map(|(line, column, code)| format!("{line}:{column} {}", code.id()))
            .collect();
        let shown = if shown.is_empty() { "nothing".to_owned() } else { shown.join(", ") };
        if self.unsaid.is_empty() { shown } else { format!("{shown}; {}", self.unsaid.join(", ")) }
    }
}

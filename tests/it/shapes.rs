//! The published rule shapes and the packages of the repository: each compiles, and each example in it is what the rules give.

use accredit::compile::compile;
use accredit::diagnostic::{MessageLanguage, catalogue};
use accredit::source::Sources;

use crate::tree::{files, none};

/// Everything that is wrong with one package, worded.
fn faults(name: &str, sources: Sources) -> Vec<String> {
    let compiled = compile(sources);
    let mut faults: Vec<String> = Vec::new();
    let mut say = |problem: &accredit::diagnostic::Problem| {
        let at = compiled
            .sources
            .position(problem.at)
            .map_or_else(String::new, |at| format!("{}:{}", at.line, at.column));
        let said = catalogue::sentence(problem, MessageLanguage::English);
        faults.push(format!("{name}:{at}: {}: {}", problem.code.id(), said.sentence));
    };
    compiled.problems.iter().for_each(&mut say);
    if let Some(graph) = &compiled.graph {
        let run = accredit::examples::run(graph, &compiled.sources);
        run.problems.iter().for_each(&mut say);
    }
    faults
}

#[test]
fn each_shape_answers_as_its_examples_say() {
    let mut found = Vec::new();
    for file in files("tests/shapes", ".qf") {
        let mut sources = Sources::new();
        sources.add(file.path.clone(), file.text);
        found.extend(faults(&file.path, sources));
    }
    none("shapes that are not what they say", &found);
}

#[test]
fn each_package_answers_as_its_examples_say() {
    let mut found = Vec::new();
    for folder in accredit::project::packages_under(&crate::tree::root().join("frameworks")).unwrap() {
        let project = accredit::project::read(&folder).unwrap();
        found.extend(faults(&folder.display().to_string(), project.sources));
    }
    none("packages that are not what they say", &found);
}

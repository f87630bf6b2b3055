//! Running the texts of a case and comparing what is found with what is expected: `ACCREDIT_SPEC=word` chooses cases,
//! `ACCREDIT_UPDATE=1` writes what was found.

use std::ops::Range;

use accredit::analyze;
use accredit::compile::{Compiled, compile};
use accredit::diagnostic::{Code, Problem, catalogue};
use accredit::examples;
use accredit::format::format_source;
use accredit::language::Lang;
use accredit::source::Sources;

use super::page::{Expected, Group, Kind, Text};
use super::show;
use crate::answer::decide;
use crate::tree::none;

#[test]
fn what_the_manual_says_is_so() {
    let wanted = std::env::var("ACCREDIT_SPEC").unwrap_or_default();
    let updates = std::env::var_os("ACCREDIT_UPDATE").is_some();
    let (mut wrong, mut cases) = (Vec::new(), 0);
    for page in super::pages() {
        let mut written = Vec::new();
        for case in &page.cases {
            if !page.path.contains(&wanted) && !case.heading.contains(&wanted) {
                continue;
            }
            cases += 1;
            for group in &case.groups {
                for fault in run(group) {
                    match fault.instead {
                        Some(instead) if updates => written.push((fault.at, instead)),
                        _ => wrong.push(format!("{}: “{}”\n{}", page.path, case.heading, fault.why)),
                    }
                }
            }
        }
        if !written.is_empty() {
            std::fs::write(crate::tree::root().join(&page.path), rewritten(&page.text, written)).unwrap();
        }
    }
    println!("{cases} cases, {} wrong", wrong.len());
    none("the manual", &wrong);
}

/// Where nothing else is said, a case is asked as of this day.
const AS_OF: &str = "2026-03-02";

/// What is not as expected.
struct Fault {
    why: String,
    /// The block that was not met, and what stands there if it is written anew.
    at: Range<usize>,
    instead: Option<String>,
}

struct Run<'a> {
    text: &'a Text,
    compiled: Compiled,
    problems: Vec<Problem>,
}

impl<'a> Run<'a> {
    fn new(text: &'a Text) -> Self {
        let mut sources = Sources::new();
        if !text.prelude.is_empty() {
            sources.add("before.qf", text.prelude.as_str());
        }
        sources.add(text.file, text.body.as_str());
        let compiled = compile(sources);
        let mut problems = compiled.problems.clone();
        if let Some(graph) = &compiled.graph {
            problems.extend(examples::run(graph, &compiled.sources).problems);
            problems.extend(analyze::problems(graph));
        }
        Run { text, compiled, problems }
    }

    fn shown(&self, expected: &str) -> String {
        show::problems(&self.problems, &self.compiled.sources, expected)
    }

    fn printed(&self, lang: Option<Lang>) -> String {
        let printed = self.compiled.trees.last().and_then(|tree| {
            let source = self.compiled.sources.get(tree.file)?;
            Some(format_source(source, lang))
        });
        printed.unwrap_or_default()
    }
}

/// Runs each text of a group against each expectation.
fn run(group: &Group) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (nth, text) in group.texts.iter().enumerate() {
        let run = Run::new(text);
        for problem in &run.problems {
            for unsaid in catalogue::unsaid(problem) {
                faults.push(Fault {
                    why: format!("{}: {unsaid}", problem.code.id()),
                    at: 0..0,
                    instead: None,
                });
            }
        }
        let mut record = None;
        for expected in &group.expected {
            // Sentences, codes of names and printed forms belong to the first text of a group.
            let found = match expected.kind {
                Kind::Request => {
                    record = Some(expected.body.as_str());
                    continue;
                }
                Kind::Clean => run.shown(""),
                Kind::Errors => run.shown(&expected.body),
                Kind::Decision if nth > 0 && text.chinese != group.texts[0].chinese => continue,
                Kind::Decision => decided(&run, record),
                Kind::Print => run.printed(None),
                Kind::PrintEnglish => run.printed(Some(Lang::En)),
                Kind::PrintChinese => run.printed(Some(Lang::Zh)),
                Kind::PrintTraditional => run.printed(Some(Lang::ZhHant)),
            };
            if found != expected.body {
                faults.push(fault(&run, expected, found));
            }
        }
    }
    faults
}

fn decided(run: &Run, record: Option<&str>) -> String {
    // What rules say against each other keeps nobody from asking: the answer is `conflict`.
    if run.problems.iter().any(|problem| problem.code != Code::RuleConflict) {
        return format!("not decided:\n{}", run.shown(""));
    }
    let answer = decide(&run.compiled, record.unwrap_or("holds: []"), AS_OF);
    match answer.get("verdict") {
        Some(_) => show::decision(&answer),
        None => format!("error {answer}\n"),
    }
}

fn fault(run: &Run, expected: &Expected, found: String) -> Fault {
    let why =
        format!("{}--- expected {:?}\n{}+++ found\n{found}", run.text.body, expected.kind, expected.body);
    let instead = (expected.kind != Kind::Clean).then_some(found);
    Fault { why, at: expected.at.clone(), instead }
}

/// A page with these blocks written anew.
fn rewritten(text: &str, mut blocks: Vec<(Range<usize>, String)>) -> String {
    blocks.sort_by_key(|(at, _)| at.start);
    blocks.dedup_by_key(|(at, _)| at.start);
    let mut page = text.to_owned();
    for (at, instead) in blocks.into_iter().rev() {
        page.replace_range(at, &instead);
    }
    page
}

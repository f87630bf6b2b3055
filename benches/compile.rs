//! Compiling at size: a hundred thousand rules over fifty thousand outcomes, five thousand of them on one outcome.
//!
//! Run with `cargo bench --bench compile`. Each stage is measured apart, on one thread, in time on a core; each language in a
//! process of its own, so that the memory of one is not counted for the other. Another number of rules is an argument.

#![allow(clippy::unwrap_used, clippy::float_arithmetic, reason = "a bench measures")]

mod clock;
mod large;

use std::process::Command;
use std::sync::Arc;

use accredit::check::check;
use accredit::graph::build;
use accredit::resolve::resolve;
use accredit::source::Sources;
use accredit::syntax::parse;

use clock::{memory, reset_peak, speed, timed};
use large::{chinese, english};

fn main() {
    let given: Vec<String> = std::env::args().collect();
    let rules: u32 = given.iter().filter_map(|given| given.parse().ok()).next().unwrap_or(100_000);
    match given.iter().find(|given| matches!(given.as_str(), "English" | "Chinese")) {
        Some(language) => compile(language, rules),
        None => {
            for language in ["English", "Chinese"] {
                let own = std::env::current_exe().unwrap();
                let ended = Command::new(own).args([language, &rules.to_string()]).status().unwrap();
                assert!(ended.success());
            }
        }
    }
}

fn compile(language: &str, rules: u32) {
    let text = if language == "English" { english(rules) } else { chinese(rules) };
    let bytes = text.len();
    let mut sources = Sources::new();
    let file = sources.add("large.qf", text);
    let code = Arc::clone(sources.get(file).unwrap().code());
    reset_peak();
    let ((tree, problems), parsing) = timed(|| parse(file, &code));
    assert!(problems.is_empty(), "{:?}", problems.first());
    let peak = memory("VmHWM");
    let trees = [tree];
    let held = memory("VmRSS");
    reset_peak();
    let ((model, problems), resolving) = timed(|| resolve(&trees, &sources));
    assert!(problems.is_empty(), "{:?}", problems.first());
    let (found, checking) = timed(|| check(&model));
    assert!(found.is_empty(), "{:?}", found.first());
    let (graph, freezing) = timed(|| build(Arc::new(model)));
    println!("{language}: {rules} rules, {:.1} MB", bytes as f64 / 1e6);
    println!("  text to tree    {parsing:>9.2?}  {:.1} MB/s, peak {peak} MB", speed(bytes, parsing));
    println!(
        "  trees to graph  {:>9.2?}  names {resolving:.2?}, checks {checking:.2?}, graph {freezing:.2?}; {} nodes",
        resolving + checking + freezing,
        graph.node_count()
    );
    println!(
        "  memory          text and trees hold {held} MB, the peak from trees to graph {} MB",
        memory("VmHWM")
    );
}

//! Compiling at size: a hundred thousand rules over fifty thousand outcomes, five thousand of them on one outcome.
//!
//! Run with `cargo bench --bench compile`. Each stage is measured apart, on one thread, in time on
//! a core (as Linux counts it); the texts are made here, in English and in
//! Chinese.

#![allow(clippy::unwrap_used, clippy::float_arithmetic, reason = "a bench measures")]

mod large;

use std::sync::Arc;
use std::time::Duration;

use accredit::check::check;
use accredit::graph::build;
use accredit::resolve::resolve;
use accredit::source::Sources;
use accredit::syntax::parse;

use large::{chinese, english};

fn speed(bytes: usize, time: Duration) -> String {
    format!("{:.1} MB/s", bytes as f64 / 1e6 / time.as_secs_f64())
}

/// The time that this thread was on a core: what the others on the machine take does not count.
fn core_time() -> Duration {
    let spent = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap();
    Duration::from_nanos(spent.split(' ').next().unwrap().parse().unwrap())
}

/// What a stage makes, and its time on a core.
fn timed<T>(stage: impl FnOnce() -> T) -> (T, Duration) {
    let start = core_time();
    let made = stage();
    (made, core_time().saturating_sub(start))
}

/// Memory in MB: `VmRSS` what the process holds, `VmHWM` the most since the mark was last reset.
fn memory(what: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix(what)).unwrap();
    line.trim_matches([':', ' ', '\t', 'k', 'B']).parse::<u64>().unwrap() / 1_000
}

fn main() {
    let rules: u32 = std::env::args().filter_map(|given| given.parse().ok()).next().unwrap_or(100_000);
    for (language, text) in [("English", english(rules)), ("Chinese", chinese(rules))] {
        let bytes = text.len();
        let mut sources = Sources::new();
        let file = sources.add("large.qf", text);
        let code = sources.get(file).unwrap().code().clone();
        let ((tree, problems), parsing) = timed(|| parse(file, &code));
        assert!(problems.is_empty(), "{:?}", problems.first());
        let trees = [tree];
        let held = memory("VmRSS");
        std::fs::write("/proc/self/clear_refs", "5").unwrap();
        let ((model, problems), resolving) = timed(|| resolve(&trees, &sources));
        assert!(problems.is_empty(), "{:?}", problems.first());
        let (found, checking) = timed(|| check(&model));
        assert!(found.is_empty(), "{:?}", found.first());
        let (graph, freezing) = timed(|| build(Arc::new(model)));
        println!(
            "{language}: {rules} rules, {:.1} MB: text to tree {parsing:.2?} ({}); names {resolving:.2?}, checks {checking:.2?}, graph \
             {freezing:.2?}: {:.2?} from trees to graph; {} nodes; text and trees hold {held} MB, the peak after them {} MB",
            bytes as f64 / 1e6,
            speed(bytes, parsing),
            resolving + checking + freezing,
            graph.node_count(),
            memory("VmHWM")
        );
    }
}

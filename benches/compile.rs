//! Compiling at size: a hundred thousand rules over fifty thousand outcomes, five thousand of them on one outcome.
//!
//! Run with `cargo bench --bench compile`. Each stage is measured apart, on one thread; the texts are made here, in English and in
//! Chinese.

#![allow(clippy::unwrap_used, clippy::float_arithmetic, reason = "a bench measures")]

use std::fmt::Write;
use std::sync::Arc;
use std::time::{Duration, Instant};

use accredit::check::check;
use accredit::graph::build;
use accredit::resolve::resolve;
use accredit::source::Sources;
use accredit::syntax::parse;

/// A package of so many rules, in English.
fn english(rules: u32) -> String {
    let outcomes = rules / 2;
    let mut text = String::from(
        "package bench.large version 2026.1\ndocument rules \"Rules\"\ncredit point { step 1 }\nscale marks { range 0 to 100; step 1 }\n\
         kind course { fact grade : marks }\n",
    );
    for id in 0..outcomes {
        writeln!(text, "outcome o{id:06} : course {{ credits {} }}", 1 + id % 9).unwrap();
    }
    text.push_str("scheme s {\n  cite rules\n  in force not stated\n  count each achievement freely\n");
    for id in 0..rules {
        let (source, target) = ends(id, outcomes);
        let grade = 40 + id % 41;
        writeln!(
            text,
            "  rule r{id:06} {{\n    from o{source:06}\n    when grade >= {grade}\n    to o{target:06}\n    give target credits\n  }}"
        )
        .unwrap();
    }
    text.push_str("}\n");
    text
}

/// The same package in Chinese.
fn chinese(rules: u32) -> String {
    let outcomes = rules / 2;
    let mut text = String::from(
        "规则包：bench.large 版本2026.1\n文件：规定“规定”\n学分单位：学分｛步长：1｝\n记分制：百分制｛范围：0至100；步长：1｝\n\
         成果类型：课程｛信息项：成绩：百分制｝\n",
    );
    for id in 0..outcomes {
        writeln!(text, "学习成果：课{id:06}：课程｛学分：{}｝", 1 + id % 9).unwrap();
    }
    text.push_str("办法：总则｛\n  依据：规定\n  施行：未载明\n  计次：可重复认定\n");
    for id in 0..rules {
        let (source, target) = ends(id, outcomes);
        let grade = 40 + id % 41;
        writeln!(
            text,
            "  规则：第{id:06}｛\n    凭：课{source:06}\n    条件：成绩不低于{grade}\n    转换为：课{target:06}\n    认定：课程学分\n  ｝"
        )
        .unwrap();
    }
    text.push_str("｝\n");
    text
}

fn ends(id: u32, outcomes: u32) -> (u32, u32) {
    if id < outcomes / 10 {
        return (0, 1 + id % (outcomes - 1));
    }
    let source = 1 + (id * 7) % (outcomes - 1);
    (source, (source + 1 + id % 11) % outcomes)
}

fn speed(bytes: usize, time: Duration) -> String {
    format!("{:.1} MB/s", bytes as f64 / 1e6 / time.as_secs_f64())
}

/// The most memory that this process ever held, where the system says so.
fn peak() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.map_or_else(|| "unknown".into(), |line| line.trim().into())
}

fn main() {
    let rules: u32 = std::env::args().filter_map(|given| given.parse().ok()).next().unwrap_or(100_000);
    for (language, text) in [("English", english(rules)), ("Chinese", chinese(rules))] {
        let bytes = text.len();
        let mut sources = Sources::new();
        let file = sources.add("large.qf", text);
        let code = sources.get(file).unwrap().code().clone();
        let start = Instant::now();
        let (tree, problems) = parse(file, &code);
        let parsing = start.elapsed();
        assert!(problems.is_empty(), "{:?}", problems.first());
        let trees = [tree];
        let start = Instant::now();
        let (model, problems) = resolve(&trees, &sources);
        let resolving = start.elapsed();
        assert!(problems.is_empty(), "{:?}", problems.first());
        let start = Instant::now();
        let found = check(&model);
        let checking = start.elapsed();
        assert!(found.is_empty(), "{:?}", found.first());
        let start = Instant::now();
        let graph = build(Arc::new(model));
        let freezing = start.elapsed();
        println!(
            "{language}: {rules} rules, {:.1} MB: text to tree {parsing:.2?} ({}); names {resolving:.2?}, checks {checking:.2?}, graph \
             {freezing:.2?}: {:.2?} from trees to graph; {} nodes; peak {}",
            bytes as f64 / 1e6,
            speed(bytes, parsing),
            resolving + checking + freezing,
            graph.node_count(),
            peak()
        );
    }
}

//! Contradictions at size: a hundred thousand rules, spread over many targets, in bands on a thousand targets, and all on one.
//!
//! Run with `cargo bench --bench prove`. Compiling is not counted; time on a core, one thread.

#![allow(clippy::unwrap_used, clippy::float_arithmetic, reason = "a bench measures")]

mod large;

use std::fmt::Write;
use std::time::Duration;

use accredit::analyze::{Days, never, overlap};
use accredit::compile::compile;
use accredit::source::Sources;

/// The time that this thread was on a core.
fn core_time() -> Duration {
    let spent = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap();
    Duration::from_nanos(spent.split(' ').next().unwrap().parse().unwrap())
}

/// So many rules on so many targets, each rule of a target in a band of hours of its own and with an amount of its own.
fn bands(rules: u32, targets: u32) -> String {
    let mut text = String::from(
        "package bench.bands version 2026.1\ndocument rules \"Rules\"\ncredit point { step 1 }\n\
         kind work { fact hours : 0 to 10000000 whole contact hours }\nkind course\noutcome job : work\n",
    );
    for target in 0..targets {
        writeln!(text, "outcome o{target} : course {{ credits 3 }}").unwrap();
    }
    text.push_str("scheme s {\n  cite rules\n  in force not stated\n  count each achievement freely\n");
    for id in 0..rules {
        let (target, band) = (id % targets, id / targets);
        writeln!(
            text,
            "  rule r{id} {{ from {}; when hours {} to {}; to o{target}; give {} credits }}",
            if id % 3 == 0 { "job" } else { "work" },
            band * 10,
            band * 10 + 9,
            1 + band % 7
        )
        .unwrap();
    }
    text.push_str("}\n");
    text
}

fn main() {
    let rules: u32 = std::env::args().filter_map(|given| given.parse().ok()).next().unwrap_or(100_000);
    let texts = [
        ("spread", large::english(rules)),
        ("on 1,000 targets", bands(rules, 1000)),
        ("on one target", bands(rules, 1)),
    ];
    for (name, text) in texts {
        let mut sources = Sources::new();
        sources.add("large.qf", text);
        let compiled = compile(sources);
        let graph = compiled.graph.as_ref().unwrap();
        let start = core_time();
        let found = overlap(graph, Days::All, false);
        let overlapping = core_time() - start;
        let start = core_time();
        let proved = overlap(graph, Days::All, true);
        let proving = core_time() - start;
        let start = core_time();
        let nevers = never(graph, Days::All, false);
        let applying = core_time() - start;
        assert!(found.unsettled.is_empty() && nevers.never.is_empty());
        println!(
            "{rules} rules {name}: overlap {:.2} s ({} cases, {} contradictions), with proofs {:.2} s ({} statements), never {:.2} s",
            overlapping.as_secs_f64(),
            found.cases,
            found.conflicts.len(),
            proving.as_secs_f64(),
            proved.proofs.len(),
            applying.as_secs_f64()
        );
        let start = core_time();
        proved.proofs.iter().for_each(|proof| proof.check().unwrap());
        println!("  the checker {:.2} s", (core_time() - start).as_secs_f64());
    }
}

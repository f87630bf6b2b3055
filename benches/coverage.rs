//! Coverage of ten thousand outcomes against each other, by index: `cargo bench --bench coverage`.

use std::time::Instant;

use accredit::graph::Counting;
use accredit::quantity::Ratio;
use accredit::source::Sources;

/// Outcomes on each side, and statements of each.
const OUTCOMES: usize = 10_000;
const EACH: usize = 8;
/// Statements in all: each is shared by about eighty outcomes.
const STATEMENTS: usize = 2_000;

fn main() {
    let mut text = String::from(
        "package b.c version 2026.1\nframework f { dimension k maps to knowledge; levels 1 to 3; descriptors unpublished }\nkind unit\nkind course\nstandard s {\n  under f\n",
    );
    for at in 0..STATEMENTS {
        text.push_str(&format!("  statement k{at} : k level 1 \"…\" weight {}\n", at % 3 + 1));
    }
    text.push_str("}\n");
    let mut seed = 7_u64;
    for (kind, prefix) in [("unit", "u"), ("course", "c")] {
        for at in 0..OUTCOMES {
            let names: Vec<String> = (0..EACH)
                .map(|_| {
                    seed =
                        seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                    format!("s.k{}", (seed >> 33) as usize % STATEMENTS)
                })
                .collect();
            text.push_str(&format!("outcome {prefix}{at} : {kind} {{ statements {} }}\n", names.join(", ")));
        }
    }
    let mut sources = Sources::new();
    sources.add("a.qf", text);
    let start = Instant::now();
    let compiled = accredit::compile::compile(sources);
    let graph = compiled.graph.as_ref().unwrap_or_else(|| std::process::exit(1));
    println!("compiled {} outcomes in {:?}", graph.model().outcomes.len(), start.elapsed());
    for (name, counting) in [
        ("one each", Counting::default()),
        ("by weight", Counting { by_weight: true, ..Counting::default() }),
    ] {
        let start = Instant::now();
        let Ok(pairs) = graph.coverage(Ratio::ZERO, counting) else { std::process::exit(1) };
        println!("{name}: {} pairs that share in {:?}", pairs.len(), start.elapsed());
    }
}

//! Texts at a size that nobody writes: each is told what is wrong, soon, in words that can be read.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use accredit::compile::compile;
use accredit::diagnostic::{MessageLanguage, catalogue};
use accredit::source::Sources;

const HEAD: &str = "package hostile version 2026.1\ncredit point { step 1 }\nkind exam\nkind course\n";

/// No such text takes longer, in a release build on a machine that does much else.
const LONGEST: Duration = Duration::from_secs(40);

/// Compiles a text; it is told something, in few and short sentences.
fn told(what: &str, text: String, code: &str) {
    let mut sources = Sources::new();
    sources.add("rules.qf", text);
    let start = Instant::now();
    let compiled = compile(sources);
    let took = start.elapsed();
    println!("{what}: {} problems in {took:?}", compiled.problems.len());
    assert!(compiled.graph.is_none(), "{what}");
    assert!(compiled.problems.len() < 100, "{what}: {}", compiled.problems.len());
    assert!(compiled.problems.iter().any(|problem| problem.code.id().starts_with(code)), "{what}: {code}");
    for problem in &compiled.problems {
        for language in MessageLanguage::ALL {
            let said = catalogue::sentence(problem, language);
            assert!(
                said.sentence.chars().count() + said.help.chars().count() < 1_500,
                "{what}: {}",
                said.sentence
            );
        }
    }
    assert!(took < LONGEST, "{what}: {took:?}");
}

#[test]
#[ignore = "texts of many megabytes, in a release build"]
fn texts_of_any_size_are_answered() {
    const CIRCLE: usize = 100_000;
    let mut overrides = format!("{HEAD}document d \"D\"\noutcome a : course {{ credits 1 }}\n");
    let mut conditions = HEAD.to_owned();
    for at in 0..CIRCLE {
        let next = (at + 1) % CIRCLE;
        let _ = writeln!(
            overrides,
            "rule r{at} {{ cite d; in force not stated; overrides r{next}; from exam; to a; give 1 credit }}"
        );
        let _ = writeln!(conditions, "condition c{at} {{ when c{next} }}");
    }
    told("100,000 rules that override in a circle", overrides, "override/cycle");
    told("100,000 conditions in a circle", conditions, "condition/cycle");
    for opening in ["rule a {\n", "when any of {\n", "{"] {
        told("200,000 nested blocks", HEAD.to_owned() + &opening.repeat(200_000), "");
    }
    for number in ["9".repeat(5_000), format!("0.{}", "1".repeat(5_000)), format!("1/{}", "7".repeat(5_000))]
    {
        told("5,000 digits", format!("{HEAD}outcome a : course {{ credits {number} }}\n"), "number/");
    }
    for name in ["x".repeat(3_000_000), "学".repeat(1_000_000), "以上".repeat(500_000), "每1".repeat(700_000)]
    {
        for statement in [
            format!("outcome a : {name}"),
            format!("rule r {{ from {name} }}"),
            format!("outcome b : course {{ credits 3 {name} }}"),
            format!("{name} x"),
        ] {
            told("a name of 3 MB", format!("{HEAD}{statement}\n"), "");
        }
    }
}

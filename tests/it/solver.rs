//! What a foreign solver says of random rule sets, and what the analyses say: `tests/vectors/proofs.txt` holds the solver's answers,
//! written by `tests/oracles/proofs.py`; the sets are made from the same seed here as there.

use std::fmt::Write as _;

use accredit::analyze::{Analysis, Days, prove};
use accredit::compile::compile;
use accredit::graph::Goal;
use accredit::source::Sources;

use crate::tree::root;

const RULES: u64 = 4;

/// So many sets stand in one package.
const TOGETHER: u64 = 100;

struct Seed(u64);

impl Seed {
    fn new(at: u64) -> Seed {
        Seed(at.wrapping_mul(0x9E37_79B9_7F4A_7C15).wrapping_add(0x123_4567))
    }

    fn below(&mut self, count: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % count
    }
}

fn a_test(seed: &mut Seed) -> String {
    let half = |n: u64| format!("{}{}", n / 2, if n % 2 == 1 { ".5" } else { "" });
    match seed.below(10) {
        0 => format!("grade >= {}", 1 + seed.below(20)),
        1 => format!("grade < {}", 1 + seed.below(20)),
        2 => {
            let low = seed.below(16);
            format!("grade {low} to {}", low + seed.below(21 - low))
        }
        3 => format!("scope >= s{}", 1 + seed.below(3)),
        4 => format!("scope is s{}", seed.below(4)),
        5 => (if seed.below(2) == 1 { "team is yes" } else { "team is no" }).to_owned(),
        6 => {
            let relation = if seed.below(2) == 0 { "<=" } else { ">" };
            format!("rank {relation} {}", 1 + seed.below(4))
        }
        7 => format!("learner major is m{}", seed.below(2)),
        _ => match seed.below(4) {
            0 => format!("hours >= {}", half(seed.below(40))),
            1 => format!("hours < {}", half(seed.below(40) + 1)),
            2 => format!("hours > {}", half(seed.below(40))),
            _ => format!("hours <= {}", half(seed.below(40))),
        },
    }
}

/// A rule set as a scheme that promises an answer for a target of its own.
fn a_scheme(at: u64, text: &mut String) {
    let mut seed = Seed::new(at);
    let _ = writeln!(
        text,
        "outcome t{at} : course\nscheme s{at} {{ cite notice; in force not stated; count each achievement freely; total over cup for each of t{at}"
    );
    for rule in 0..RULES {
        let _ = write!(text, "rule r{rule} {{ from cup; to t{at};");
        for _ in 0..seed.below(4) {
            match seed.below(6) {
                0 => {
                    let (one, other) = (a_test(&mut seed), a_test(&mut seed));
                    let _ = write!(text, " when any of {{ {one}; {other} }};");
                }
                1 => {
                    let _ = write!(text, " unless {};", a_test(&mut seed));
                }
                _ => {
                    let _ = write!(text, " when {};", a_test(&mut seed));
                }
            }
        }
        let _ = match seed.below(4) {
            0 => write!(text, " refuse because \"no\""),
            amount => write!(text, " give {amount} credits"),
        };
        if rule > 0 && seed.below(3) == 0 {
            let _ = write!(text, "; overrides r{}", seed.below(rule));
        }
        text.push_str(" }\n");
    }
    text.push_str("}\n");
}

/// What the analyses say of the sets from one number on, as the solver's lines say it.
fn lines(from: u64) -> Vec<String> {
    let mut text = "package a.b version 2025.1\ndocument notice\ncredit point { step 1 }
        kind award { fact grade : 0 to 20 whole; fact scope : s0 < s1 < s2 < s3; fact team : yes or no; fact rank : 1 to 5 whole, if team
          fact hours : contact hours }
        kind course\nlearner { fact major : m0, m1 }\noutcome cup : award\n"
        .to_owned();
    (from..from + TOGETHER).for_each(|at| a_scheme(at, &mut text));
    let mut sources = Sources::new();
    sources.add("a.qf", text.clone());
    let compiled = compile(sources);
    let Some(graph) = &compiled.graph else {
        let wrong = compiled.problems.iter().map(|problem| {
            accredit::diagnostic::catalogue::sentence(problem, accredit::diagnostic::MessageLanguage::English)
                .sentence
        });
        panic!("{:?}", wrong.collect::<Vec<_>>());
    };
    let model = graph.model();
    let report = prove(graph, Days::All, &[], true);
    for proved in Analysis::ALL.into_iter().flat_map(|analysis| report.proofs(analysis)) {
        assert_eq!(proved.check(), Ok(()));
    }
    let place = |rule: accredit::model::RuleId| {
        let rule = &model.rules[rule.index()];
        let scheme: u64 = model.schemes[rule.scheme.index()].name[1..].parse().unwrap();
        let nth: u64 = rule.name[1..].parse().unwrap();
        (usize::try_from(scheme - from).unwrap(), nth)
    };
    let mut found = vec![(0u64, 0u64, 0u64); usize::try_from(TOGETHER).unwrap()];
    let (nevers, overlap, gaps) =
        (report.nevers.as_ref().unwrap(), report.overlap.as_ref().unwrap(), report.gaps.as_ref().unwrap());
    assert!(nevers.unsettled.is_empty() && overlap.unsettled.is_empty() && gaps.unsettled.is_empty());
    for never in &nevers.never {
        let (set, rule) = place(never.rule);
        found[set].0 |= 1 << rule;
    }
    let pairs: Vec<(u64, u64)> = (0..RULES).flat_map(|i| (i + 1..RULES).map(move |j| (i, j))).collect();
    for conflict in &overlap.conflicts {
        let ((set, one), (_, other)) = (place(conflict.rules.0), place(conflict.rules.1));
        let pair = (one.min(other), one.max(other));
        found[set].1 |= 1 << pairs.iter().position(|of| *of == pair).unwrap();
    }
    for gap in &gaps.gaps {
        let Some(Goal::Outcome(target)) = gap.goal else { panic!("a promise for each target") };
        let set: u64 = model.outcomes[target.index()].name[1..].parse().unwrap();
        found[usize::try_from(set - from).unwrap()].2 = 1;
    }
    found.into_iter().map(|(never, meet, gap)| format!("{never:x}{meet:02x}{gap}")).collect()
}

fn compare(packages: u64) {
    let vectors = std::fs::read_to_string(root().join("tests/vectors/proofs.txt")).unwrap();
    let vectors: Vec<&str> = vectors.lines().collect();
    let mut wrong = Vec::new();
    let mut seen = [0usize; 3];
    for package in 0..packages {
        let from = package * TOGETHER;
        for (at, line) in (from..).zip(lines(from)) {
            let said = vectors[usize::try_from(at).unwrap()];
            seen[0] += usize::from(!said.starts_with('0'));
            seen[1] += usize::from(&said[1..3] != "00");
            seen[2] += usize::from(said.ends_with('1'));
            if said != line {
                let mut text = String::new();
                a_scheme(at, &mut text);
                wrong.push(format!("set {at}: the solver says {said}, the analyses {line}\n{text}"));
            }
        }
    }
    println!(
        "{} sets; with a rule that never applies {}, a contradiction {}, a gap {}",
        packages * TOGETHER,
        seen[0],
        seen[1],
        seen[2]
    );
    assert!(wrong.is_empty(), "{} differ\n{}", wrong.len(), wrong[..wrong.len().min(5)].join("\n"));
    assert!(
        seen.iter().all(|count| *count * 100 > usize::try_from(packages * TOGETHER).unwrap()),
        "{seen:?}"
    );
}

#[test]
fn the_analyses_say_what_a_solver_says() {
    compare(3);
}

/// All 20,000: in a release build.
#[test]
#[ignore = "a sweep: run by .ci/sweep in a release build"]
fn the_analyses_say_what_a_solver_says_of_every_set() {
    compare(200);
}

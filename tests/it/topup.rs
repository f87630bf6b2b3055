//! What is not covered is told by dimension, in both languages: the list of what is left to learn.

use accredit::compile::compile;
use accredit::source::Sources;

use crate::answer;

const PACKAGE: &str = r#"
package it.topup version 2026.1

document rules "Rules"

credit point {
  step 1
}

framework ladder {
  dimension know "Knowing" zh "懂得" maps to knowledge
  dimension hand "Doing" zh "动手" maps to skill
  levels 1 to 5
  descriptors unpublished
}

standard rail {
  under ladder
  statement k1 : know level 2 "reads a signal" zh "识别信号"
  statement k2 : know level 2 "knows the rules" zh "熟悉规章"
  statement h1 : hand level 3 "repairs a signal" zh "检修信号"
}

kind unit

kind course

outcome theory : unit {
  statements rail.k1
}

outcome signals : course {
  credits 4
  statements rail
}

rule recognise {
  cite rules
  in force not stated
  from theory
  when covers 80% of target statements
  to signals
  give target credits
  example theory -> signals refused condition not met
}
"#;

#[test]
fn what_is_left_to_learn_is_told_by_dimension_in_both_languages() {
    let mut sources = Sources::new();
    sources.add("rules.qf", PACKAGE);
    let compiled = compile(sources);
    assert!(compiled.problems.is_empty(), "{:?}", compiled.problems);
    let told = answer::told(&compiled, "holds:\n  - { id: a1, of: theory }\n", "2026-03-02");
    let english = "covers 1/3 of the target's statements; 80% asked; \
                   not covered: Knowing: knows the rules; Doing: repairs a signal: not met";
    let chinese = "覆盖转换课程学习目标的1/3，须80%；尚未覆盖：懂得：熟悉规章；动手：检修信号：不符合";
    assert!(told.contains(english), "{told}");
    assert!(told.contains(chinese), "{told}");
}

/// What is learnt and does not count, for a result that is too low, is named with the result that would make it count: the fewest
/// achievements that are enough.
#[test]
fn a_result_that_would_make_enough_count_is_the_smallest_change() {
    let package = PACKAGE
        .replace("kind unit\n", "kind unit { fact result : 0% to 100% }\n")
        .replace("  from theory\n", "  from theory and workshop\n")
        .replace("covers 80% of target statements", "covers 60% of target statements where result >= 50%")
        .replace("  example theory -> signals refused condition not met\n", "")
        .replace(
            "outcome signals",
            "outcome workshop : unit {\n  statements rail.k2, rail.h1\n}\n\noutcome signals",
        );
    let mut sources = Sources::new();
    sources.add("rules.qf", package);
    let compiled = compile(sources);
    assert!(compiled.problems.is_empty(), "{:?}", compiled.problems);
    let told = |theory: u32, workshop: u32| {
        let record = format!(
            "holds:\n  - {{ id: a1, of: theory, facts: {{ result: {theory}% }} }}\n  - {{ id: a2, of: workshop, facts: {{ result: {workshop}% }} }}\n"
        );
        answer::told(&compiled, &record, "2026-03-02")
    };
    // The workshop alone is two of three statements.
    for theory in [40, 80] {
        let told = told(theory, 45);
        assert!(told.contains("it would convert if the result of a2 were 50%: 4 credits."), "{told}");
        assert!(!told.contains("result of a1 were"), "{told}");
    }
    assert!(!told(40, 50).contains("it would convert"));
}

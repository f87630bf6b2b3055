//! What the checks find, each in the smallest text that shows it.

use accredit::compile::compile;
use accredit::source::Sources;

/// Code, underlined text and labelled texts of what is wrong with a package.
fn found(text: &str) -> Vec<String> {
    let mut sources = Sources::new();
    sources.add("a.qf", text);
    let compiled = compile(sources);
    let shown = |span| compiled.sources.snippet(span).lines().next().unwrap_or_default().to_owned();
    let of = |problem: &accredit::diagnostic::Problem| {
        let labels: Vec<String> = problem.labels.iter().map(|label| shown(label.at)).collect();
        format!("{} {} {labels:?}", problem.code.id(), shown(problem.at))
    };
    let more = compiled.graph.as_ref().map(accredit::analyze::problems).unwrap_or_default();
    compiled.problems.iter().chain(&more).map(of).collect()
}

fn with(rules: &str) -> String {
    format!(
        "package a.b version 2025.1
        document notice
        credit point {{ step 0.5 }}
        kind award {{
          fact scope : city, nation
          fact team : yes or no
          fact rank : 1 to 3 whole, if team
          fact grade : 0 to 100 whole
        }}
        kind course
        outcome cup : award
        outcome medal : award
        outcome english : course {{ credits 3 }}
        outcome physics : course {{ credits 4 }}
        scheme s {{ cite notice; in force not stated; count each achievement freely
          {rules}
        }}"
    )
}

#[test]
fn a_hole_is_a_learner_whom_no_row_answers() {
    let table = |rows: &str| {
        with(&format!(
            "rule r {{ from cup; give credits by scope, team {{ | scope | yes | no |\n{rows} }} }}"
        ))
    };
    assert_eq!(found(&table("| city | 1 | 2 |\n| nation | 3 | 4 |")), Vec::<String>::new());
    assert_eq!(found(&table("| city | 1 | 2 |")), ["table/gap credits by scope, team []"]);
}

#[test]
fn what_the_rule_does_not_reach_is_no_hole() {
    let bands = "give credits by grade { | grade | credits |\n| 60 to 79 | 1 |\n| 80 to 100 | 2 | }";
    assert_eq!(found(&with(&format!("rule r {{ from cup; {bands} }}"))), ["table/gap credits by grade []"]);
    assert_eq!(
        found(&with(&format!("rule r {{ from cup; when grade >= 60; {bands} }}"))),
        Vec::<String>::new()
    );
    let otherwise = "otherwise refuse because \"too low\"";
    assert_eq!(found(&with(&format!("rule r {{ from cup; {bands}; {otherwise} }}"))), Vec::<String>::new());
}

#[test]
fn a_fact_that_exists_only_if_another_holds_leaves_no_hole_where_it_does_not() {
    let rows = "| yes | 1 to 3 | 1 |\n| no | none | 2 |";
    let text = with(&format!(
        "rule r {{ from cup; give credits by team, rank {{ | team | rank | credits |\n{rows} }} }}"
    ));
    assert_eq!(found(&text), Vec::<String>::new());
}

#[test]
fn two_rows_that_answer_one_learner_are_named_both() {
    let rows = "| 0 to 60 | 1 |\n| 60 to 100 | 2 |";
    let text =
        with(&format!("rule r {{ from cup; give credits by grade {{ | grade | credits |\n{rows} }} }}"));
    assert_eq!(found(&text), ["table/overlap 2 [\"1\"]"]);
}

#[test]
fn a_rule_whose_tests_exclude_each_other_never_applies() {
    let text =
        with("rule r { from cup; when grade >= 60; when grade < 60; to english; give target credits }");
    assert_eq!(found(&text), ["rule/never grade < 60 [\"grade >= 60\"]"]);
}

#[test]
fn overrides_in_a_circle_are_found_at_any_length() {
    let rule = |n: usize, over: usize| {
        format!("rule r{n} {{ from cup; to english; give 1 credit; overrides r{over} }}\n")
    };
    let text = with(&(0..3).map(|n| rule(n, (n + 1) % 3)).collect::<String>());
    assert_eq!(found(&text), ["override/cycle rule r0 [\"rule r1\", \"rule r2\"]"]);
    let count = 20_000;
    let chain: String = (0..count).map(|n| rule(n, (n + 1).min(count - 1))).collect();
    assert_eq!(found(&with(&chain)), [format!("override/cycle rule r{} []", count - 1)]);
}

#[test]
fn a_rule_that_overrides_another_must_meet_it() {
    let text = |to: &str| {
        with(&format!(
            "rule a {{ from cup; to {to}; give 1 credit; overrides b }}\nrule b {{ from cup; to english; give 2 credits }}"
        ))
    };
    assert_eq!(found(&text("english")), Vec::<String>::new());
    assert_eq!(found(&text("physics")), ["override/no-common rule a [\"rule b\"]"]);
}

#[test]
fn a_scheme_says_whether_an_achievement_may_serve_twice() {
    let text = |first: &str, second: &str| {
        with(&format!(
            "rule a {{ from cup; {first} to english; give 1 credit }}\nrule b {{ from award; {second} to physics; give 2 credits }}"
        ))
        .replace("count each achievement freely", "by office")
        .replace("document notice", "document notice\nbody office")
    };
    assert_eq!(found(&text("", "")), ["count/unsaid rule b [\"rule a\"]"]);
    assert_eq!(found(&text("when grade >= 60;", "when grade < 60;")), Vec::<String>::new());
}

#[test]
fn a_selection_holds_something_and_no_less_than_is_asked_for() {
    let text = |from: &str| with(&format!("rule r {{ from {from}; to english; give target credits }}"));
    assert_eq!(found(&text("cup except cup")), ["select/empty cup []"]);
    assert_eq!(found(&text("3 of { cup, medal }")), ["select/too-many 3 of { cup, medal } []"]);
}

#[test]
fn every_level_is_described_in_every_dimension() {
    let text = |rows: &str| {
        format!(
            "package a.b version 2025.1
            framework f {{
              levels 1 to 2
              dimension mind \"Mind\" maps to knowledge
              descriptors {{ | level | mind |\n| 1 | \"knows\" |\n{rows} }}
            }}"
        )
    };
    assert_eq!(found(&text("| 2 | none |")), Vec::<String>::new());
    assert_eq!(found(&text(""))[0].split(' ').next(), Some("framework/descriptor-missing"));
}

//! Rules that answer one learner differently, each situation in the smallest text that shows it.

use accredit::analyze::{Days, overlap};
use accredit::answer::Verdict;
use accredit::compile::compile;
use accredit::source::Sources;

/// The pairs of rules that contradict each other, with the learner of each, then those of which nothing could be told; every proof
/// is put to the checker, every learner to the rules.
fn found(rules: &str) -> Vec<String> {
    let mut sources = Sources::new();
    sources.add(
        "a.qf",
        format!(
            "package a.b version 2025.1
            document notice
            body office; body panel
            credit point {{ step 0.5 }}
            scale mark {{ range 0 to 100; step 1; pass 60 }}
            kind award {{
              fact scope : city, nation
              fact team : yes or no
              fact rank : 1 to 9 whole, if team
              fact grade : mark
              fact awarded : date
              fact hours : 0 to 400 whole contact hours
            }}
            kind course {{ fact grade : mark; fact likeness : 0% to 100% judged by panel against target }}
            learner {{ fact major : arts, science }}
            outcome cup : award
            outcome medal : award
            outcome english : course {{ credits 3 }}
            outcome physics : course {{ credits 4 }}
            scheme s {{ cite notice; in force not stated; count each achievement freely
              {rules}
            }}"
        ),
    );
    let compiled = compile(sources);
    let wrong: Vec<_> = compiled
        .problems
        .iter()
        .map(|problem| {
            accredit::diagnostic::catalogue::sentence(problem, accredit::diagnostic::MessageLanguage::English)
                .sentence
        })
        .collect();
    let graph = compiled.graph.as_ref().unwrap_or_else(|| panic!("{rules}: {wrong:?}"));
    let name = |rule: accredit::model::RuleId| graph.model().rules[rule.index()].name.to_string();
    let all = overlap(graph, Days::All, true);
    for proved in &all.proofs {
        assert_eq!(proved.check(), Ok(()), "{rules}");
    }
    let mut told: Vec<String> = Vec::new();
    for conflict in &all.conflicts {
        assert_eq!(conflict.witness.decision.verdict, Verdict::Conflict);
        told.push(format!("{} {}", name(conflict.rules.0), name(conflict.rules.1)));
    }
    told.extend(
        all.unsettled
            .iter()
            .map(|(one, other, reason)| format!("{} {}: {}", name(*one), name(*other), reason.id())),
    );
    told
}

const NONE: [&str; 0] = [];

#[test]
fn bands_that_touch_meet_in_one_value() {
    let bands = |last: u32| {
        format!(
            "rule low {{ from cup; when grade <= {last}; to english; give 1 credit }}
             rule high {{ from cup; when grade >= 60; to english; give 2 credits }}"
        )
    };
    assert_eq!(found(&bands(59)), NONE);
    assert_eq!(found(&bands(60)), ["low high"]);
}

#[test]
fn equal_answers_contradict_nothing() {
    assert_eq!(
        found(
            "rule a { from cup; to english; give 2 credits }
             rule b { from cup; when grade >= 60; to english; give 2 credits }
             rule c { from award; to english; give 2 credits }"
        ),
        NONE
    );
    let mark = |second: &str| {
        format!(
            "rule a {{ from cup; to english; give 2 credits; mark grade }}
             rule b {{ from cup; to english; give 2 credits; mark {second} }}"
        )
    };
    assert_eq!(found(&mark("grade")), NONE);
    assert_eq!(found(&mark("grade, at most 70")), ["a b"]);
    assert_eq!(found(&mark("90")), ["a b"]);
}

#[test]
fn measured_amounts_are_compared_on_their_steps() {
    let per = |second: &str, when: &str| {
        format!(
            "rule a {{ from cup; to english; give 1 credit per 16 hours, round down to 0.5 }}
             rule b {{ from cup; {when} to english; give {second} }}"
        )
    };
    assert_eq!(found(&per("1 credit per 16 hours, round down to 0.5", "")), NONE);
    assert_eq!(found(&per("1 credit per 16 hours, round up to 0.5", "")), ["a b"]);
    assert_eq!(found(&per("1 credit", "when hours is 16;")), NONE);
    assert_eq!(found(&per("1 credit", "when hours >= 16;")), ["a b"]);
}

#[test]
fn who_overrides_is_followed_and_who_is_overridden_again() {
    let chain = |more: &str| {
        format!(
            "rule base {{ from cup; to english; give 1 credit }}
             rule arts {{ from cup; when learner major is arts; to english; give 2 credits; overrides base }}
             {more}"
        )
    };
    assert_eq!(found(&chain("")), NONE);
    assert_eq!(
        found(&chain("rule high { from cup; when grade >= 60; to english; give 3 credits; overrides base }")),
        ["arts high"]
    );
    assert_eq!(
        found(&chain("rule high { from cup; when grade >= 60; to english; give 1 credit; overrides arts }")),
        NONE
    );
}

#[test]
fn a_bar_leaves_nothing_to_contradict() {
    let two = "rule a { from cup; when grade < 50; to english; give 1 credit }
               rule b { from cup; to english; give 2 credits }";
    assert_eq!(found(two), ["a b"]);
    assert_eq!(found(&format!("{two}\nnever from cup when grade < 60 because \"failed\"")), NONE);
    assert_eq!(found(&format!("{two}\nnever to physics because \"no\"")), ["a b"]);
}

#[test]
fn what_an_achievement_is_decides_who_names_it() {
    let by_kind = |from: &str| {
        format!(
            "rule cups {{ from cup; to english; give 1 credit }}
             rule others {{ from {from}; to english; give 2 credits }}"
        )
    };
    assert_eq!(found(&by_kind("award")), ["cups others"]);
    assert_eq!(found(&by_kind("award except cup")), NONE);
    assert_eq!(found(&by_kind("medal")), NONE);
    assert_eq!(found(&by_kind("award (grade >= 60)")), ["cups others"]);
}

#[test]
fn a_fact_that_exists_only_if_another_holds_is_none_where_it_does_not() {
    let rank = |test: &str| {
        format!(
            "rule a {{ from cup; when rank <= 3; to english; give 1 credit }}
             rule b {{ from cup; when {test}; to english; give 2 credits }}"
        )
    };
    assert_eq!(found(&rank("team is no")), NONE);
    assert_eq!(found(&rank("team is yes")), ["a b"]);
}

#[test]
fn a_span_before_the_application_is_a_test_of_one_date() {
    let spans = |second: &str| {
        format!(
            "rule young {{ from cup; when awarded within 6 years before applied; to english; give 2 credits }}
             rule old {{ from cup; {second}; to english; give 1 credit }}"
        )
    };
    assert_eq!(found(&spans("unless awarded within 6 years before applied")), NONE);
    assert_eq!(found(&spans("unless awarded within 5 years before applied")), ["young old"]);
    assert_eq!(found(&spans("when awarded > applied")), NONE);
}

#[test]
fn windows_tell_rules_apart() {
    let windows = |until: &str| {
        format!(
            "rule old {{ in force to {until} by applied; from cup; to english; give 1 credit }}
             rule new {{ in force from 2025-09-01 by applied; from cup; to english; give 2 credits }}"
        )
    };
    assert_eq!(found(&windows("2025-08-31")), NONE);
    assert_eq!(found(&windows("2025-09-01")), ["old new"]);
}

#[test]
fn bundles_are_compared_in_every_order_of_their_items() {
    assert_eq!(
        found(
            "rule a { from cup and medal; to english; give 1 credit }
             rule b { from medal and cup; to english; give 2 credits }"
        ),
        ["a b"]
    );
    assert_eq!(
        found(
            "rule a { from cup (grade >= 60) and medal; to english; give 1 credit }
             rule b { from medal and cup (grade < 60); to english; give 2 credits }"
        ),
        NONE
    );
    // Two cups: each item may be either.
    assert_eq!(
        found(
            "rule a { from cup (grade >= 60) and cup (grade < 60); to english; give 1 credit }
             rule b { from cup (grade < 60) and award (grade >= 60); to english; give 2 credits }"
        ),
        ["a b"]
    );
    assert_eq!(
        found(
            "rule a { from cup; to english; give 1 credit }\nrule b { from cup and medal; to english; give 2 credits }"
        ),
        NONE
    );
}

#[test]
fn tables_and_what_they_leave_to_others_are_answers() {
    let table = |otherwise: &str, second: &str| {
        format!(
            "rule table {{ from cup; to english; give credits by scope, team {{
               | scope | yes | no |
               | city | 1 | - |
               | nation | 2 | unpublished | }}
               {otherwise} }}
             rule other {{ from cup; when {second}; to english; give 2 credits }}"
        )
    };
    assert_eq!(found(&table("", "team is no")), NONE);
    assert_eq!(found(&table("", "scope is nation")), NONE);
    assert_eq!(found(&table("", "scope is city")), ["table other"]);
}

#[test]
fn a_referral_beside_a_grant_is_a_contradiction() {
    assert_eq!(
        found(
            "rule a { from cup; when grade >= 60; to english; give 1 credit }
             rule b { from cup; when grade >= 90; to english; refer to panel because \"it is high\" }"
        ),
        ["a b"]
    );
}

#[test]
fn a_test_of_the_targets_credits_is_a_test_against_a_number() {
    assert_eq!(
        found(
            "rule a { from cup; when hours >= 10; to english, physics; give 1 credit each }
             rule b { from cup; when target credits >= 4; to english, physics; give 2 credits each }"
        ),
        ["a b"]
    );
}

#[test]
fn what_else_is_held_is_put_into_the_record() {
    assert_eq!(
        found(
            "rule a { from cup; when holds medal (grade >= 60); to english; give 1 credit }
             rule b { from cup; to english; give 2 credits }"
        ),
        ["a b"]
    );
    assert_eq!(
        found(
            "rule a { from cup; when holds medal; to english; give 1 credit }
             rule b { from cup; when holds no medal; to english; give 2 credits }"
        ),
        NONE
    );
}

#[test]
fn pools_of_one_are_asked_and_what_needs_more_is_said_to_be_open() {
    assert_eq!(
        found(
            "rule a { from award together; to english; give 1 credit }
             rule b { from cup together; to english; give 2 credits }"
        ),
        ["a b"]
    );
    assert_eq!(
        found(
            "rule a { from cup together; when each grade >= 60; to english; give 1 credit }
             rule b { from cup together; when each grade < 60; to english; give 2 credits }"
        ),
        NONE
    );
}

#[test]
fn what_a_body_judges_is_put_into_the_record_as_its_finding() {
    let similar = |test: &str| {
        format!(
            "rule a {{ from course; when likeness >= 80%; to physics; give 1 credit }}
             rule b {{ from course; when likeness {test}; to physics; give 2 credits }}"
        )
    };
    assert_eq!(found(&similar("< 80%")), NONE);
    assert_eq!(found(&similar(">= 90%")), ["a b"]);
}

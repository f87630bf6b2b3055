//! What is proved of a package, what refutes it, and what is not analysed: the promises of schemes, the files of proofs, and the
//! packages under `frameworks/`.

use accredit::analyze::{Analysis, Days, Outcome, Report, problems, prove};
use accredit::compile::{Compiled, compile};
use accredit::diagnostic::{MessageLanguage, catalogue};
use accredit::project;
use accredit::source::Sources;
use accredit::wire;

use crate::tree::root;

const BEFORE: &str = "package a.b version 2025.1
    document notice
    body panel
    credit point { step 0.5 }
    scale mark { range 0 to 100; step 1; pass 60 }
    kind award {
      fact scope : city, nation
      fact team : yes or no
      fact rank : 1 to 9 whole, if team
      fact grade : mark
      fact hours : 0 to 400 whole contact hours
    }
    kind course
    learner { fact major : arts, science }
    outcome cup : award
    outcome medal : award
    outcome english : course { credits 3 }
    outcome physics : course { credits 4 }
    ";

fn compiled(text: &str) -> Compiled {
    let mut sources = Sources::new();
    sources.add("a.qf", format!("{BEFORE}{text}"));
    let compiled = compile(sources);
    let wrong: Vec<String> = compiled
        .problems
        .iter()
        .map(|problem| catalogue::sentence(problem, MessageLanguage::English).sentence)
        .collect();
    assert!(compiled.graph.is_some(), "{text}: {wrong:?}");
    compiled
}

/// What is told of a text in English, each sentence of it whole, every proof accepted.
fn told(text: &str, days: Days) -> Vec<String> {
    let compiled = compiled(text);
    let graph = compiled.graph.as_ref().unwrap();
    let report = prove(graph, days, &[], true);
    accepted(&report);
    let problems = report.problems(graph);
    for problem in &problems {
        assert_eq!(catalogue::unsaid(problem), Vec::<String>::new());
    }
    problems.iter().map(|problem| catalogue::sentence(problem, MessageLanguage::English).sentence).collect()
}

fn accepted(report: &Report) {
    for analysis in Analysis::ALL {
        for proved in report.proofs(analysis) {
            assert_eq!(proved.check(), Ok(()));
        }
    }
}

fn scheme(total: &str, rules: &str) -> String {
    format!(
        "scheme s {{ cite notice; in force from 2025-01-01 to 2025-12-31 by applied; count each achievement freely\n{total}\n{rules} }}"
    )
}

const NOTHING: [&str; 0] = [];

#[test]
fn a_promise_is_kept_where_some_rule_answers_each_learner() {
    let rules = |pass: &str| {
        format!(
            "rule pass {{ from cup or medal; when grade >= {pass}; to english; give target credits }}
             rule fail {{ from cup or medal; when grade < 60; to english; refuse because \"failed\" }}"
        )
    };
    assert_eq!(told(&scheme("total over cup", &rules("60")), Days::All), NOTHING);
    assert_eq!(
        told(&scheme("total over cup", &rules("62")), Days::All),
        [
            "`s` promises to answer everyone and leaves one learner without an answer: cup, grade 60, applied 2025-01-01"
        ]
    );
}

#[test]
fn each_target_may_be_promised() {
    let rules = "rule a { from cup; to english; give target credits }
                 rule b { from cup; when learner major is arts; to physics; give target credits }";
    assert_eq!(told(&scheme("total over cup", rules), Days::All), NOTHING);
    assert_eq!(
        told(&scheme("total over cup for each of english, physics", rules), Days::All),
        [
            "`s` promises to answer everyone and leaves one learner without an answer for physics: cup, science, applied 2025-01-01"
        ]
    );
}

#[test]
fn a_bar_answers_and_a_fact_that_does_not_exist_asks_nothing() {
    let rules = "never from cup when team is no because \"for teams\"
                 rule high { from cup; when rank <= 3; to english; give target credits }
                 rule low { from cup; when rank > 3; to english; refuse because \"too low\" }";
    assert_eq!(told(&scheme("total over cup", rules), Days::All), NOTHING);
    let open = rules.replace("> 3", "> 4");
    assert_eq!(
        told(&scheme("total over cup", &open), Days::All),
        [
            "`s` promises to answer everyone and leaves one learner without an answer: cup, rank 4, team yes, applied 2025-01-01"
        ]
    );
}

#[test]
fn the_days_of_a_promise_are_those_of_its_scheme() {
    let rules =
        "rule late { in force from 2025-09-01 by applied; from cup; to english; give target credits }";
    let text = scheme("total over cup", rules);
    let day = |day: &str| Days::On(accredit::quantity::Date::parse(day).unwrap());
    assert_eq!(told(&text, day("2025-10-01")), NOTHING);
    assert_eq!(told(&text, day("2026-01-01")), NOTHING);
    assert_eq!(told(&text, day("2025-08-31")).len(), 1);
    assert_eq!(told(&text, Days::All).len(), 1);
}

/// Two frameworks, what compares them, and outcomes with levels and statements.
const TAUGHT: &str = "framework north { levels 1 to 5; dimension know maps to knowledge; dimension hand maps to skill; placement every dimension; descriptors unpublished }
    framework south { levels 1 to 4; placement best fit }
    comparison across of north with south { status endorsed; cite notice; | north | south |; | 5 | 4 |; | 4, 3 | 3 |; | 3 | 2 |; | 2 | none |; | 1 | not stated | }
    standard trade { under north; statement a : know level 5 \"a\"; statement b : know level 5 \"b\"; statement c : hand level 5 \"c\"; statement d : hand level 5 \"d\" }
    kind unit { fact grade : mark }
    outcome deep : unit { level north 4, know 5; statements trade.a, trade.b, trade.c }
    outcome flat : unit { level north 2, know 2, hand 2; statements trade.a }
    outcome silent : unit
    outcome welding : course { level south 3; credits 2; statements trade.a, trade.b, trade.c, trade.d }
    ";

#[test]
fn what_is_not_analysed_is_never_taken_for_proved() {
    let text = scheme(
        "",
        "rule a { from cup together; when total hours >= 120; to english; give 1 credit }
         rule b { from cup together; when total hours < 120; to english; give 2 credits }",
    );
    let compiled = compiled(&text);
    let graph = compiled.graph.as_ref().unwrap();
    let report = prove(graph, Days::All, &[Analysis::Overlap], true);
    assert_eq!(report.outcome(Analysis::Overlap), Some(Outcome::NotAnalysed));
    assert!(!report.is_proved());
    assert_eq!(
        told(&text, Days::All).last().map(String::as_str).unwrap_or_default(),
        "`a`, `b`: whether they contradict each other was not analysed, because a test looks at a sum or an extreme over several achievements"
    );
    // `check` tells what is wrong, not what is open.
    assert_eq!(problems(graph), []);
}

#[test]
fn a_sum_is_told_by_the_ends_of_what_is_added() {
    let told = |ours: &str, theirs: &str| {
        let rules = format!(
            "rule a {{ from cup and medal; when {ours}; to english; give 1 credit }}
             rule b {{ from cup and medal; when {theirs}; to english; give 2 credits }}"
        );
        told(&scheme("", &rules), Days::All)
    };
    let conflict = |learner: &str| {
        format!(
            "`a` and `b` disagree for one learner: cup, medal, {learner}, applied 2025-01-01: `a` gives 1 credit, `b` gives 2 credits."
        )
    };
    // One sum, two sides of a line.
    assert_eq!(told("total hours >= 120", "total hours < 120"), NOTHING);
    assert_eq!(told("total hours >= 120", "total hours <= 120"), [conflict("hours 120, hours 0")]);
    // Two sums that the limits of single facts keep apart, or do not.
    assert_eq!(told("total hours > 700; when each hours >= 1", "total hours < 50"), NOTHING);
    assert_eq!(told("total hours > 700", "each hours <= 350"), NOTHING);
    assert_eq!(told("total hours > 700", "each hours <= 351"), [conflict("hours 351, hours 351")]);
    // No learner has so many, and none in such parts.
    assert_eq!(
        told("total hours > 800", "total hours < 10"),
        ["`a` can never apply: no learner passes all of these tests"]
    );
}

#[test]
fn the_table_of_a_bundle_answers_whoever_its_tests_let_in() {
    let rule = |table: &str| {
        scheme(
            "",
            &format!("rule a {{ from cup and medal; when each grade >= 60; to english\n give {table} }}"),
        )
    };
    let outcome = |table: &str| {
        let compiled = compiled(&rule(table));
        let report = prove(compiled.graph.as_ref().unwrap(), Days::All, &[Analysis::Gap], true);
        accepted(&report);
        (report.outcome(Analysis::Gap), report.gaps.map(|gaps| gaps.tables))
    };
    let of_one = "credits by learner major {\n| learner major | credits |\n| arts | 1 |\n| science | 2 |\n}";
    assert_eq!(outcome(of_one), (Some(Outcome::Proved), Some(1)));
    let of_all =
        "credits by lowest grade {\n| lowest grade | credits |\n| under 80 | 1 |\n| 80 or more | 2 |\n}";
    assert_eq!(outcome(of_all), (Some(Outcome::Proved), Some(1)));
}

#[test]
fn whoever_holds_two_achievements_may_be_promised_an_answer() {
    let rules = |pass: &str| {
        format!(
            "rule both {{ from medal and cup; when each grade >= 60; to english; give target credits }}
             rule cup-alone {{ from cup; when grade < 60; to english; refuse because \"failed\" }}
             rule medal-alone {{ from medal; when grade < {pass}; to english; refuse because \"failed\" }}"
        )
    };
    assert_eq!(told(&scheme("total over cup and medal", &rules("60")), Days::All), NOTHING);
    assert_eq!(
        told(&scheme("total over cup and medal", &rules("50")), Days::All),
        [
            "`s` promises to answer everyone and leaves one learner without an answer: cup, medal, grade 60, grade 50, applied 2025-01-01"
        ]
    );
    // One of the two is no longer promised an answer by itself, and is where it is written so.
    assert_eq!(told(&scheme("total over cup", &rules("60")), Days::All).len(), 1);
    assert_eq!(told(&scheme("total over cup or medal", &rules("60")), Days::All).len(), 2);
}

#[test]
fn the_lowest_and_the_latest_are_told_one_by_one() {
    let told = |ours: &str, theirs: &str| {
        let rules = format!(
            "rule a {{ from cup and medal; when {ours}; to english; give 1 credit }}
             rule b {{ from cup and medal; when {theirs}; to english; give 2 credits }}"
        );
        told(&scheme("", &rules), Days::All)
    };
    assert_eq!(told("lowest grade >= 60", "lowest grade < 60"), NOTHING);
    assert_eq!(told("each grade >= 70", "lowest grade 60 to 69"), NOTHING);
    assert_eq!(told("lowest grade >= 60", "each grade <= 60").len(), 1);
    assert_eq!(told("latest awarded < 2020-01-01", "latest awarded >= 2020-01-01"), NOTHING);
}

#[test]
fn two_dates_of_one_record_are_told_by_their_order() {
    let told = |ours: &str, theirs: &str| {
        let rules = format!(
            "kind module {{ fact completed : date; fact assessed : date; fact lodged : date }}
             outcome unit : module
             scheme s {{ cite notice; in force not stated; count each achievement freely
               rule a {{ from unit; when {ours}; to english; give 1 credit }}
               rule b {{ from unit; when {theirs}; to english; give 2 credits }} }}"
        );
        told(&rules, Days::All)
    };
    let years = |n: u32| format!("assessed within {n} years after completed");
    assert_eq!(told(&years(2), "assessed before completed"), NOTHING);
    assert_eq!(told(&years(2), &format!("assessed after completed; unless {}", years(2))), NOTHING);
    let found = told(&years(2), &format!("assessed after completed; unless {}", years(1)));
    assert_eq!(found.len(), 1, "{found:?}");
    // Three dates: two years and two years are no more than four, a day and two ways round are none.
    let chain = "assessed within 2 years after completed; when lodged within 2 years after assessed";
    assert_eq!(told(chain, "lodged after completed; unless lodged within 4 years after completed"), NOTHING);
    let found = told(chain, "lodged after completed; unless lodged within 3 years after completed");
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(
        told("assessed after completed; when lodged after assessed", "lodged before completed"),
        NOTHING
    );
    assert_eq!(
        told("assessed after completed; when assessed before completed", "lodged is completed").len(),
        1
    );
    // A month is 28 to 31 days.
    let beyond =
        |days: u32| format!("assessed after completed; unless assessed within {days} days after completed");
    let month = "assessed within 1 month after completed";
    assert_eq!(told(month, &beyond(31)), NOTHING);
    assert_eq!(told(month, &beyond(30)).len(), 1);
    assert_eq!(told(&beyond(27), &format!("assessed after completed; unless {month}")).len(), 1);
}

#[test]
fn levels_and_coverage_are_constants_of_what_is_held() {
    let rules = |one: &str, other: &str| {
        format!(
            "{TAUGHT}{}",
            scheme(
                "",
                &format!(
                    "rule a {{ from deep or flat; when {one}; to welding; give 1 credit }}
                     rule b {{ from deep or flat; {other}; to welding; give 2 credits }}"
                )
            )
        )
    };
    let conflict = |who: &str| {
        vec![format!(
            "`a` and `b` disagree for one learner: {who}, applied 2025-01-01: `a` gives 1 credit, `b` gives 2 credits."
        )]
    };
    for (one, other, found) in [
        ("level >= north 3 in skill", "when level < north 3 in skill", Vec::new()),
        ("level >= target level by across", "when level < target level by across", Vec::new()),
        ("level >= south 2 by across", "when level >= south 3 by across", conflict("deep")),
        ("level >= north 2 in every dimension", "when level >= north 3 in knowledge", conflict("deep")),
        ("covers 75% of target statements", "unless covers 75% of target statements", Vec::new()),
        ("covers 75% of target statements", "when covers 50% of target statements in skill", conflict("deep")),
        (
            "covers 75% of target statements where grade >= 60",
            "unless covers 25% of target statements where grade >= 50",
            Vec::new(),
        ),
        (
            "covers 25% of target statements where grade >= 60",
            "unless covers 25% of target statements where grade >= 70",
            vec![
                "`a` and `b` disagree for one learner: deep, grade 60, applied 2025-01-01: `a` gives 1 credit, `b` gives 2 credits."
                    .to_owned(),
            ],
        ),
    ] {
        let compiled = compiled(&rules(one, other));
        let graph = compiled.graph.as_ref().unwrap();
        let report = prove(graph, Days::All, &[Analysis::Overlap], true);
        accepted(&report);
        let told: Vec<String> = report
            .problems(graph)
            .iter()
            .map(|problem| catalogue::sentence(problem, MessageLanguage::English).sentence)
            .collect();
        assert_eq!(told, found, "{one}; {other}");
    }
}

#[test]
fn a_promise_may_rest_on_levels_and_waits_where_a_judge_does() {
    let rules = "rule a { from unit; when level >= south 3 by across; to welding; give 2 credits }
                 rule b { from unit; unless level >= south 3 by across; to welding; refuse because \"too low\" }";
    let text = |over: &str| format!("{TAUGHT}{}", scheme(&format!("total over {over}"), rules));
    assert_eq!(told(&text("deep"), Days::All), NOTHING);
    assert_eq!(told(&text("flat"), Days::All), NOTHING);
    assert_eq!(
        told(&text("silent"), Days::All),
        [
            "`s`: whether everyone is answered was not analysed, because a judge has to say what the texts leave open: a comparison is silent, or an outcome names no statements"
        ]
    );
}

#[test]
fn that_a_rule_never_applies_is_proved_on_paper() {
    let text = |more: &str| {
        scheme("", &format!("rule a {{ from cup; when grade >= 60; {more} to english; give 1 credit }}"))
    };
    // One fact has no value left, or of two that depend on each other neither case has.
    for (more, cases) in [("when any of { grade < 50; grade < 40 };", 1), ("when rank <= 3; unless team;", 2)]
    {
        let compiled = compiled(&text(more));
        let graph = compiled.graph.as_ref().unwrap();
        let report = prove(graph, Days::All, &[Analysis::Never], true);
        accepted(&report);
        assert_eq!(report.outcome(Analysis::Never), Some(Outcome::Refuted));
        let proofs = report.proofs(Analysis::Never);
        assert_eq!(proofs.len(), 1);
        assert_eq!(proofs[0].statement.regions.len(), cases, "a region for each case that fails");
        let written = wire::proof::document(graph, Analysis::Never, Days::All, proofs).to_string();
        assert_eq!(wire::proof::verify(graph, &written).map_err(|why| why.to_string()), Ok(1));
        // A region that has a point is no proof.
        let mut forged = proofs[0].clone();
        forged.statement.regions[0].ranges.iter_mut().for_each(|ranges| *ranges = vec![(0, 1)]);
        assert!(forged.check().is_err());
    }
}

#[test]
fn a_rule_that_a_judge_may_let_through_is_not_said_never_to_apply() {
    let text = |of: &str| {
        format!(
            "{TAUGHT}{}",
            scheme(
                "",
                &format!(
                    "rule a {{ from {of}; when covers 80% of target statements; to welding; give 1 credit }}"
                )
            )
        )
    };
    assert_eq!(
        told(&text("silent"), Days::All),
        [
            "`a`: whether it ever applies was not analysed, because a judge has to say what the texts leave open: a comparison is silent, or an outcome names no statements"
        ]
    );
    assert_eq!(told(&text("deep"), Days::All).len(), 1);
    assert!(told(&text("deep"), Days::All)[0].contains("never"), "{:?}", told(&text("deep"), Days::All));
}

#[test]
fn a_request_that_refutes_is_written_down_and_asked_again_from_its_document() {
    let text = scheme(
        "",
        "rule a { from cup; when grade >= 60; when learner major is arts; to english; give 1 credit }
         rule b { from award; when team; when rank <= 3; to english; refuse because \"teams\" }",
    );
    let compiled = compiled(&text);
    let graph = compiled.graph.as_ref().unwrap();
    let report = prove(graph, Days::All, &[], false);
    let witnesses = report.witnesses(Analysis::Overlap);
    assert_eq!(witnesses.len(), 1);
    let document = wire::request(&compiled.model, &witnesses[0].request).to_string();
    let decision = wire::answer(graph, &compiled.sources, &document, None, None).unwrap();
    assert_eq!(decision.verdict, "conflict", "{document}");
}

#[test]
fn a_proof_is_accepted_as_written_and_refused_with_any_number_changed() {
    let rules = "rule low { from cup; when grade < 60; to english; give 1 credit }
                 rule middle { from cup; when grade 60 to 79; when team; to english; give 1.5 credits }
                 rule high { from cup; when grade >= 80; to english; give 2 credits }
                 rule else { from award; when grade 60 to 79; unless team; to english; give 2 credits }
                 rule gold { from cup (scope is nation); to physics; give 1 credit }
                 rule city { from cup (scope is city); to physics; give 2 credits }";
    let compiled = compiled(&scheme("total over cup for each of english, physics", rules));
    let graph = compiled.graph.as_ref().unwrap();
    for analysis in [Analysis::Overlap, Analysis::Gap] {
        let report = prove(graph, Days::All, &[analysis], true);
        assert_eq!(report.outcome(analysis), Some(Outcome::Proved));
        let text = wire::proof::document(graph, analysis, Days::All, report.proofs(analysis)).to_string();
        assert_eq!(
            wire::proof::verify(graph, &text).map_err(|why| why.to_string()),
            Ok(report.proofs(analysis).len())
        );
        let digits: Vec<usize> = text
            .char_indices()
            .filter(|(at, c)| c.is_ascii_digit() && text[..*at].contains("statements"))
            .map(|(at, _)| at)
            .collect();
        let mut refused = 0;
        for &at in &digits {
            for other in ['0', '1', '7'] {
                let mut forged = text.clone();
                forged.replace_range(at..=at, &other.to_string());
                if forged != text && wire::proof::verify(graph, &forged).is_err() {
                    refused += 1;
                } else if forged != text {
                    panic!(
                        "{analysis:?}: a changed number was accepted at {at}: {}",
                        &text[at.saturating_sub(40)..at + 10]
                    );
                }
            }
        }
        assert!(refused > 50, "{refused}");
    }
}

#[test]
fn a_proof_of_another_text_is_refused() {
    let text = |credits: &str| {
        scheme(
            "",
            &format!(
                "rule a {{ from cup; when grade < 60; to english; give 1 credit }}\nrule b {{ from cup; when grade >= {credits}; to english; give 2 credits }}"
            ),
        )
    };
    let (here, there) = (compiled(&text("60")), compiled(&text("61")));
    let graph = here.graph.as_ref().unwrap();
    let report = prove(graph, Days::All, &[], true);
    let document =
        wire::proof::document(graph, Analysis::Overlap, Days::All, report.proofs(Analysis::Overlap))
            .to_string();
    assert!(
        wire::proof::verify(there.graph.as_ref().unwrap(), &document)
            .unwrap_err()
            .to_string()
            .contains("the package here is")
    );
}

#[test]
fn the_packages_contradict_nothing_on_any_day_and_their_proofs_are_accepted() {
    let mut proved = 0;
    for folder in project::packages_under(&root().join("frameworks")).unwrap() {
        let compiled = compile(project::read(&folder).unwrap().sources);
        let Some(graph) = &compiled.graph else { panic!("{}", folder.display()) };
        let report = prove(graph, Days::All, &[], true);
        accepted(&report);
        let told: Vec<String> = report
            .problems(graph)
            .iter()
            .map(|problem| catalogue::sentence(problem, MessageLanguage::English).sentence)
            .collect();
        assert!(report.is_proved(), "{}: {told:?}", folder.display());
        proved += 1;
    }
    assert!(proved >= 4);
}

/// What `prove` tells in both languages.
fn in_both(text: &str, only: Analysis) -> Vec<(String, String)> {
    let compiled = compiled(text);
    let report = prove(compiled.graph.as_ref().unwrap(), Days::All, &[only], false);
    let said = |problem, language| catalogue::sentence(problem, language).sentence;
    let problems = report.problems(compiled.graph.as_ref().unwrap());
    let both = |problem| (said(problem, MessageLanguage::English), said(problem, MessageLanguage::Chinese));
    problems.iter().map(both).collect()
}

#[test]
fn two_grants_that_differ_in_their_mark_alone_are_told_by_their_marks() {
    let told = |ours: &str, theirs: &str| {
        let rules = format!(
            "rule a {{ from cup; to english; give target credits{ours} }}
             rule b {{ from cup; to english; give target credits{theirs} }}"
        );
        in_both(&scheme("", &rules), Analysis::Overlap).remove(0)
    };
    let (english, chinese) = told("; mark 90", "; mark 80");
    assert_eq!(
        english,
        "`a` and `b` disagree for one learner: applied 2025-01-01: `a` gives the mark 90, `b` gives the mark 80."
    );
    assert_eq!(
        chinese,
        "“a”与“b”对同一名学习者给出不同结果：申请日期2025年1月1日，“a”记载90分，“b”记载80分。"
    );
    let (english, _) = told("; mark grade", "");
    assert!(english.ends_with("`a` gives the mark 0, `b` gives no mark."), "{english}");
    let (english, _) = told("", "; convert again once");
    assert!(english.ends_with("`a` may not be converted again, `b` may be converted again."), "{english}");
}

fn member(frame: &str, amendment: &str) -> String {
    format!(
        "scheme frame {{ cite notice; by panel; in force not stated; count each achievement once; members may tighten
           rule article {{ from {frame}; to english }} }}
         scheme member {{ cite notice; under frame; amend article {{ {amendment} }} }}"
    )
}

#[test]
fn an_amendment_is_stricter_or_a_learner_is_shown_or_it_is_not_proved() {
    let stricter = |frame: &str, amendment: &str| {
        let compiled = compiled(&member(frame, amendment));
        prove(compiled.graph.as_ref().unwrap(), Days::All, &[Analysis::Stricter], false)
    };
    let asks = "cup; when grade >= 60; give 3 credits";
    let report = stricter(asks, "when grade >= 80");
    assert_eq!(report.outcome(Analysis::Stricter), Some(Outcome::Proved));
    assert_eq!(report.amendments.as_ref().unwrap().stricter, 1);
    assert_eq!(report.outcome(Analysis::Overlap), None);

    assert_eq!(stricter(asks, "when grade >= 50").outcome(Analysis::Stricter), Some(Outcome::Refuted));
    assert_eq!(stricter(asks, "give 4 credits").outcome(Analysis::Stricter), Some(Outcome::Refuted));
    assert_eq!(stricter(asks, "give 2 credits").outcome(Analysis::Stricter), Some(Outcome::Proved));

    // A completion beside credits: neither is less than the other.
    let report = stricter(asks, "give completion");
    assert_eq!(report.outcome(Analysis::Stricter), Some(Outcome::NotAnalysed));
    assert!(!report.is_proved());
    assert_eq!(
        in_both(&member(asks, "give completion"), Analysis::Stricter),
        [(
            "whether `member` is stricter than its frame in `article` could not be proved: the amounts are measured in different ways".to_owned(),
            "无法证明“member”对“article”的修订更严：学分的计算方式不同".to_owned()
        )]
    );
}

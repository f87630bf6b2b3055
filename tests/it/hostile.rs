//! Input that was not written by an author: each is answered with what is wrong and where, and nothing hangs or stops.

use std::fmt::Write as _;

use accredit::compile::{Compiled, compile};
use accredit::diagnostic::{MessageLanguage, catalogue};
use accredit::source::{Source, Sources};

use crate::answer::decide;
use crate::found::found;

/// What is found wrong in bytes: line, column, code.
fn told(bytes: &[u8]) -> (Compiled, Vec<String>) {
    let mut sources = Sources::new();
    sources.push(Source::from_bytes("rules.qf", bytes));
    let compiled = compile(sources);
    let told = compiled.problems.iter().map(|problem| {
        let place = compiled.sources.position(problem.at).unwrap();
        format!("{}:{} {}", place.line, place.column, problem.code.id())
    });
    let told = told.collect();
    (compiled, told)
}

const HEAD: &str = "package hostile version 2026.1\ncredit point { step 1 }\nkind course\n";

#[test]
fn a_text_in_gb18030_is_told_what_it_is() {
    let (compiled, told) = told(b"\xb9\xe6\xd4\xf2\xb0\xfc\xa3\xbaa \xb0\xe6\xb1\xbe2026.1\n");
    assert_eq!(told, ["1:1 encoding/gb18030"]);
    let chinese = catalogue::sentence(&compiled.problems[0], MessageLanguage::Chinese);
    assert!(chinese.sentence.contains("GB18030"), "{chinese:?}");
    assert!(compiled.graph.is_none());
}

#[test]
fn bytes_that_are_no_text_are_told_where_they_begin() {
    let (_, told) = told(b"package a version 2026.1\nkind \xff\xfe\x00b\n");
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].starts_with("2:6 encoding/"), "{told:?}");
}

#[test]
fn a_byte_order_mark_and_carriage_returns_are_no_matter() {
    let (_, told) = told(b"\xef\xbb\xbfpackage a version 2026.1\r\nkind b\r\n\r\nkind c\r\n");
    assert_eq!(told, Vec::<String>::new());
}

#[test]
fn an_empty_text_is_told_that_it_is_no_package() {
    for text in ["", "\n\n", "# only a comment\n"] {
        let (_, told) = told(text.as_bytes());
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(told[0].ends_with("package/header"), "{told:?}");
    }
}

#[test]
fn a_quote_without_its_end_costs_its_line_only() {
    let (_, told) = told(format!("{HEAD}outcome a \"A : course\noutcome b : cuorse\n").as_bytes());
    assert_eq!(told, ["4:11 quote/unclosed", "5:13 name/unknown"]);
}

#[test]
fn a_brace_without_its_end_is_told_where_it_should_end() {
    let (compiled, told) = told(format!("{HEAD}outcome a : course {{\n  credits 3\n").as_bytes());
    assert_eq!(told, ["5:11 brace/unclosed"]);
    assert!(
        compiled.model.outcomes.iter().any(|outcome| &*outcome.name == "a"),
        "its content is read all the same"
    );
}

#[test]
fn two_hundred_thousand_nested_blocks_are_too_deep() {
    for opening in ["rule a {\n", "when any of {\n", "{", "rule a { when any of { "] {
        let text = HEAD.to_owned() + &opening.repeat(200_000);
        let (_, told) = told(text.as_bytes());
        assert!(
            told.iter().any(|line| line.ends_with("depth/limit") || line.contains("brace/")),
            "{:?}",
            told.first()
        );
        assert!(told.len() < 100, "{opening:?}: {} problems", told.len());
    }
    let text = format!("{HEAD}rule r {{ from {} }}", "(".repeat(200_000));
    assert!(!told(text.as_bytes()).1.is_empty());
}

#[test]
fn a_number_of_five_thousand_digits_is_too_large() {
    for number in [
        "9".repeat(5000),
        format!("0.{}", "1".repeat(5000)),
        format!("1/{}", "7".repeat(5000)),
        format!("{}%", "9".repeat(5000)),
    ] {
        let (_, told) = told(format!("{HEAD}outcome a : course {{ credits {number} }}\n").as_bytes());
        assert_eq!(told, ["4:30 number/overflow"], "{} …", &number[..4]);
    }
}

#[test]
fn rules_that_override_in_a_long_circle_are_told_so_once() {
    const LENGTH: usize = 10_000;
    let mut text = format!("{HEAD}document d \"D\"\nkind exam\noutcome a : course {{ credits 1 }}\n");
    for rule in 0..LENGTH {
        let next = (rule + 1) % LENGTH;
        let _ = writeln!(
            text,
            "rule r{rule} {{ cite d; in force not stated; overrides r{next}; from exam; to a; give 1 credit }}"
        );
    }
    let (compiled, told) = told(text.as_bytes());
    assert_eq!(told.len(), 1, "{:?}", &told[..told.len().min(3)]);
    assert!(told[0].ends_with("override/cycle"), "{told:?}");
    assert!(compiled.graph.is_none());
}

#[test]
fn kinds_and_conditions_in_a_long_circle_are_told_so() {
    let mut kinds = String::from("package hostile version 2026.1\n");
    let mut conditions = kinds.clone();
    for at in 0..5_000 {
        let _ = writeln!(kinds, "kind k{at} : k{}", (at + 1) % 5_000);
        let _ = writeln!(conditions, "condition c{at} {{ when c{} }}", (at + 1) % 5_000);
    }
    conditions.push_str(
        "document d \"D\"\ncredit p { step 1 }\nkind exam\nrule r { cite d; in force not stated; from exam; when c0; give 1 credit }\n",
    );
    for (text, code) in [(kinds, "kind/"), (conditions, "condition/")] {
        let (_, told) = told(text.as_bytes());
        assert!(told.iter().any(|line| line.contains(code)), "{code}: {:?}", told.first());
        assert!(told.len() < 100, "{code}: {} problems", told.len());
    }
}

#[test]
fn characters_without_width_are_refused_by_their_number() {
    for character in ['\u{200b}', '\u{200d}', '\u{2060}', '\u{feff}'] {
        let (compiled, told) = told(format!("{HEAD}outcome a{character}b : course\n").as_bytes());
        assert_eq!(told, ["4:10 character/zero-width"], "{character:?}");
        let english = catalogue::sentence(&compiled.problems[0], MessageLanguage::English);
        let number = format!("U+{:04X}", u32::from(character));
        assert!(english.sentence.contains(&number), "{number}: {}", english.sentence);
    }
}

const RULES: &str = r#"package hostile version 2026.1
document d "D"
credit point { step 1 }
kind exam { fact grade : 0 to 100 whole }
kind course
outcome test : exam
outcome algebra : course { credits 3 }
rule r { cite d; in force not stated; from test; when grade >= 60; to algebra; give target credits }
"#;

/// The error that a record is answered with: its code and path.
fn refused(record: &str) -> (String, String) {
    let found = found("rules.qf", RULES);
    let answer = decide(&found.compiled, record, "2026-03-02");
    assert_eq!(answer["schema"], "accredit.error/1", "{answer}");
    assert!(answer.get("verdict").is_none(), "no partial answer: {answer}");
    assert!(!answer["message"].as_str().unwrap().is_empty());
    (answer["code"].as_str().unwrap().to_owned(), answer["path"].as_str().unwrap_or_default().to_owned())
}

fn pair(code: &str, path: &str) -> (String, String) {
    (code.to_owned(), path.to_owned())
}

#[test]
fn a_record_is_refused_with_the_path_of_what_is_wrong() {
    let held = |rest: &str| format!("holds: [ {{ id: a1, of: test{rest} }} ]\n");
    assert_eq!(refused(&held(", facts: { grade: 60.5 }")), pair("float", "holds[0].facts.grade"));
    assert_eq!(refused(&held(", facts: { grade: 1e2 }")), pair("float", "holds[0].facts.grade"));
    assert_eq!(refused(&held(", facts: { grade: null }")), pair("wrong_value", "holds[0].facts.grade"));
    assert_eq!(refused(&held(", facts: { grad: 60 }")), pair("unknown_name", "holds[0].facts.grad"));
    assert_eq!(refused(&held(", facts: { grade: 101 }")), pair("wrong_value", "holds[0].facts.grade"));
    assert_eq!(refused(&held(", colour: red")), pair("unknown_field", "holds[0].colour"));
    assert_eq!(refused("holds: [ { id: a1, of: tset } ]"), pair("unknown_name", "holds[0].of"));
    assert_eq!(refused("holds: [ { of: test } ]"), pair("missing_field", "holds[0].id"));
    assert_eq!(refused("holds: [ { id: a1, of: test }, { id: a1, of: test } ]").0, "duplicate");
    assert_eq!(refused("held: []"), pair("unknown_field", "held"));
    assert_eq!(refused("asks: [ { target: { id: nowhere } } ]").0, "unknown_name");
    assert_eq!(refused("as_of: tomorrow"), pair("wrong_value", "as_of"));
    assert_eq!(refused("package: { name: hostile, hash: 'sha256:00' }").0, "package_changed");
    assert_eq!(refused("[1, 2]").0, "wrong_value");
    assert_eq!(refused("holds: [").0, "malformed");
}

#[test]
fn more_ways_into_a_rule_than_are_answered_one_by_one_are_said() {
    let rules = RULES.replace("from test", "from test and test and test");
    let rules =
        rules.replace("when grade >= 60; to algebra; give target credits", "to algebra; give target credits");
    let found = found("rules.qf", &rules);
    let mut record = String::from("holds:\n");
    for at in 0..1_000 {
        let _ = writeln!(record, "  - {{ id: a{at}, of: test }}");
    }
    let answer = decide(&found.compiled, &record, "2026-03-02");
    assert_eq!(answer["code"], "too_large", "{answer}");
    let said = "`r`: a rule can be filled in more than 10000 ways, each of which would be a line of the answer; \
                ask about fewer achievements at once, by name in `asks`";
    assert_eq!(answer["message"], said);
}

#[test]
fn a_record_of_endless_aliases_is_refused() {
    let mut record = String::from("a: &a [x,x,x,x,x,x,x,x,x]\n");
    for letter in b'b'..=b'z' {
        let (one, before) = (char::from(letter), char::from(letter - 1));
        let _ = writeln!(
            record,
            "{one}: &{one} [*{before},*{before},*{before},*{before},*{before},*{before},*{before},*{before},*{before}]"
        );
    }
    assert_eq!(refused(&record).0, "malformed");
}

#[test]
fn a_record_nested_without_end_is_refused() {
    let deep = format!("holds: {}1{}", "[".repeat(100_000), "]".repeat(100_000));
    assert_eq!(refused(&deep).0, "malformed");
}

#[test]
fn a_message_repeats_no_more_of_a_text_than_finds_it_again() {
    let long = "x".repeat(300_000);
    let wide = "学".repeat(100_000);
    for name in [&long, &wide] {
        for statement in [
            format!("outcome a : {name}"),
            format!("rule r {{ from {name} }}"),
            format!("outcome b : course {{ credits 3 {name} }}"),
            format!("document \"{name}"),
            format!("kind k {{ fact f : {name} {name} }}"),
            format!("{name} x"),
        ] {
            let (compiled, told) = told(format!("{HEAD}{statement}\n").as_bytes());
            assert!(!told.is_empty(), "{}…", statement.chars().take(30).collect::<String>());
            for problem in &compiled.problems {
                for language in MessageLanguage::ALL {
                    let said = catalogue::sentence(problem, language);
                    let length = said.sentence.chars().count() + said.help.chars().count();
                    assert!(length < 1_000, "{}: {length} characters", problem.code.id());
                }
            }
        }
    }
    assert!(refused(&format!("holds: [ {{ id: a1, of: {long} }} ]")).0 == "unknown_name");
}

//! The program as a user runs it: what it prints, and how it ends.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

use crate::tree::root;

fn accredit(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_accredit"));
    command
        .args(arguments)
        .current_dir(root())
        .env("LANG", "C.UTF-8")
        .env_remove("LC_ALL")
        .env_remove("LC_MESSAGES");
    command
}

fn run(arguments: &[&str]) -> Output {
    accredit(arguments).output().unwrap()
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn both(output: &Output) -> String {
    out(output) + &String::from_utf8(output.stderr.clone()).unwrap()
}

/// A fresh folder of the test's own.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

#[test]
fn a_clean_package_ends_with_0_a_wrong_one_with_1_and_none_with_2() {
    let clean = run(&["check", "frameworks/us.clep"]);
    assert_eq!(code(&clean), 0, "{}", both(&clean));
    let wrong = run(&["check", "tests/mistakes/01-name-unknown.en.qf"]);
    assert_eq!(code(&wrong), 1);
    assert!(both(&wrong).contains("No course is titled 《英语二》."), "{}", both(&wrong));
    let absent = run(&["check", "no/such/folder"]);
    assert_eq!(code(&absent), 2);
    assert!(both(&absent).contains("no/such/folder"), "{}", both(&absent));
    let bad = run(&["decide"]);
    assert_eq!(code(&bad), 2);
}

#[test]
fn a_problem_is_told_in_chinese_where_it_is_asked_for() {
    let wrong = run(&["check", "--lang", "zh", "tests/mistakes/01-name-unknown.zh.qf"]);
    assert_eq!(code(&wrong), 1);
    assert!(both(&wrong).contains("没有名为《英语二》的课程。"), "{}", both(&wrong));
}

#[test]
fn problems_are_json_that_names_code_place_and_both_sentences() {
    let wrong = run(&["check", "--format", "json", "tests/mistakes/01-name-unknown.en.qf"]);
    assert_eq!(code(&wrong), 1);
    let json: Value = serde_json::from_slice(&wrong.stdout).unwrap();
    let text = json.to_string();
    for part in ["name/unknown", "没有名为《英语二》的", "No course is titled 《英语二》."] {
        assert!(text.contains(part), "{part}: {text}");
    }
}

#[test]
fn every_package_passes_check_test_and_fmt() {
    for arguments in [["check", "frameworks"], ["test", "frameworks"]] {
        let done = run(&arguments);
        assert_eq!(code(&done), 0, "{arguments:?}: {}", both(&done));
    }
    let done = run(&["fmt", "--check", "frameworks"]);
    assert_eq!(code(&done), 0, "{}", both(&done));
}

#[test]
fn an_example_that_fails_ends_with_1() {
    let failed = run(&["test", "tests/mistakes/09-example-failed.en.qf"]);
    assert_eq!(code(&failed), 1, "{}", both(&failed));
}

#[test]
fn a_new_package_passes_check_and_test_in_both_languages() {
    for language in ["en", "zh"] {
        let place = folder(&format!("new-{language}"));
        let name = "org.example";
        let made = accredit(&["new", name, "--lang", language]).current_dir(&place).output().unwrap();
        assert_eq!(code(&made), 0, "{}", both(&made));
        for command in ["check", "test"] {
            let done = accredit(&[command, name]).current_dir(&place).output().unwrap();
            assert_eq!(code(&done), 0, "{language} {command}: {}", both(&done));
        }
        let formatted = accredit(&["fmt", "--check", name]).current_dir(&place).output().unwrap();
        assert_eq!(code(&formatted), 0, "{language} fmt: {}", both(&formatted));
        let again = accredit(&["new", name]).current_dir(&place).output().unwrap();
        assert_eq!(code(&again), 2, "a folder that is there is never written over: {}", both(&again));
    }
}

#[test]
fn a_record_is_read_from_standard_input_and_answered_in_json() {
    let mut child =
        accredit(&["decide", "-", "-p", "frameworks/us.clep", "--on", "2026-03-02", "--format", "json"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
    let record =
        br#"{ "holds": [ { "id": "a1", "of": "financial-accounting", "facts": { "grade": 50 } } ] }"#;
    child.stdin.take().unwrap().write_all(record).unwrap();
    let done = child.wait_with_output().unwrap();
    assert_eq!(code(&done), 0, "{}", both(&done));
    let decision: Value = serde_json::from_slice(&done.stdout).unwrap();
    assert_eq!(decision["schema"], "accredit.decision/1");
    assert_eq!(decision["verdict"], "converts");
    assert_eq!(decision["semantics"], 1);
    assert_eq!(decision["as_of"], "2026-03-02");
    assert!(decision["grants"].as_array().unwrap().iter().any(|grant| grant["amount"] == "3"), "{decision}");
}

#[test]
fn a_record_is_answered_in_words_with_credits_and_reasons() {
    let record = "frameworks/us.clep/records/daniel.yaml";
    let english = run(&["decide", record, "-p", "frameworks/us.clep", "--on", "2026-03-02"]);
    assert_eq!(code(&english), 0, "{}", both(&english));
    for part in ["49", "50", "condition"] {
        assert!(out(&english).contains(part), "{part}: {}", out(&english));
    }
    let chinese = run(&["decide", record, "-p", "frameworks/us.clep", "--on", "2026-03-02", "--lang", "zh"]);
    assert_eq!(code(&chinese), 0, "{}", both(&chinese));
    for part in ["不符合条件", "49", "50"] {
        assert!(out(&chinese).contains(part), "{part}: {}", out(&chinese));
    }
}

#[test]
fn the_day_must_be_said() {
    let done = run(&["decide", "frameworks/us.clep/records/maria.yaml", "-p", "frameworks/us.clep"]);
    assert_eq!(code(&done), 2, "{}", both(&done));
    assert!(both(&done).contains("--on"), "{}", both(&done));
}

#[test]
fn a_target_is_named_by_id_code_or_title() {
    for target in ["math-130", "MATH 130"] {
        let record = "frameworks/us.clep/records/priya.yaml";
        let done = run(&["decide", record, "-p", "frameworks/us.clep", "--on", "2026-03-02", "--to", target]);
        assert_eq!(code(&done), 0, "{target}: {}", both(&done));
        assert!(out(&done).contains('6'), "{}", out(&done));
    }
    let record = "frameworks/us.clep/records/priya.yaml";
    let unknown =
        run(&["decide", record, "-p", "frameworks/us.clep", "--on", "2026-03-02", "--to", "MATH 131"]);
    assert_eq!(code(&unknown), 2, "{}", both(&unknown));
    assert!(both(&unknown).contains("MATH 13"), "{}", both(&unknown));
}

#[test]
fn a_code_has_its_page_in_both_languages() {
    let english = run(&["explain", "amount/rounding", "--lang", "en"]);
    assert_eq!(code(&english), 0);
    assert!(out(&english).contains("round"), "{}", out(&english));
    let chinese = run(&["explain", "amount/rounding", "--lang", "zh"]);
    assert!(out(&chinese).contains("四舍五入"), "{}", out(&chinese));
    let unknown = run(&["explain", "amount/ronding"]);
    assert_eq!(code(&unknown), 2);
    assert!(both(&unknown).contains("amount/rounding"), "{}", both(&unknown));
}

#[test]
fn a_text_is_printed_in_another_language_without_being_changed() {
    let done = run(&["fmt", "--print", "--lang", "zh", "tests/shapes/G8.qf"]);
    assert_eq!(code(&done), 0, "{}", both(&done));
    assert!(out(&done).contains("规则：clep-spanish"), "{}", out(&done));
    let untidy = folder("untidy").join("a.qf");
    fs::write(&untidy, "package a version 2026.1\nkind   b\n").unwrap();
    let checked = run(&["fmt", "--check", untidy.to_str().unwrap()]);
    assert_eq!(code(&checked), 1, "{}", both(&checked));
    let written = run(&["fmt", untidy.to_str().unwrap()]);
    assert_eq!(code(&written), 0);
    assert_eq!(fs::read_to_string(&untidy).unwrap(), "package a version 2026.1\n\nkind b\n");
}

#[test]
fn the_graph_is_drawn_in_four_forms() {
    for (format, mark) in [("dot", "digraph"), ("mermaid", "flowchart"), ("svg", "<svg"), ("json", "{")] {
        let done = run(&["graph", "frameworks/us.clep", "--format", format]);
        assert_eq!(code(&done), 0, "{format}: {}", both(&done));
        assert!(
            out(&done).trim_start().starts_with(mark) || out(&done).contains(mark),
            "{format}: {}",
            out(&done)
        );
    }
}

#[test]
fn convert_prints_each_way_with_its_basis_and_picks_none() {
    let cats = run(&["convert", "20", "cats", "to", "asian-credit", "-p", "tests/shapes/G3.qf"]);
    assert_eq!(code(&cats), 0, "{}", both(&cats));
    assert_eq!(
        out(&cats),
        "20 cats in asian-credit:\n  by the credits of a year: 5 to 6.25 asian-credit (1 becomes 0.25 to 0.3125)\n"
    );
    let chinese = run(&["convert", "20", "cats", "to", "ects", "-p", "tests/shapes/G1.qf", "--lang", "zh"]);
    assert_eq!(
        out(&chinese),
        "20 UK credit（cats）折为ECTS credit（ects）：\n  约定折算：10 ECTS credit（ects）（1折为0.5）\n    依据：UK credit and ECTS\n"
    );
    let json = run(&["convert", "3/2", "ucts", "to", "ects", "-p", "tests/shapes/G1.qf", "--format", "json"]);
    let document: Value = serde_json::from_str(&out(&json)).unwrap();
    assert_eq!(document["schema"], "accredit.conversion/1");
    assert_eq!(document["ways"][0]["least"], "2.25");
    assert_eq!(document["ways"][0]["by"], "agreed");
    // Two ratios lead there, and two are never chained.
    let chained = run(&["convert", "20", "cats", "to", "ucts", "-p", "tests/shapes/G1.qf"]);
    assert_eq!(code(&chained), 1);
    assert_eq!(
        out(&chained),
        "20 cats in ucts:\n  the package knows no way.\nNo ratio is agreed; over ects it would take two, and two are never chained.\n"
    );
    let unknown = run(&["convert", "20", "cats", "to", "ectz", "-p", "tests/shapes/G1.qf"]);
    assert_eq!(code(&unknown), 2);
    assert!(both(&unknown).contains("nearest: ects"), "{}", both(&unknown));
}

#[test]
fn a_name_that_nothing_has_is_told_in_the_language_asked_for() {
    let record = "frameworks/us.clep/records";
    let first = fs::read_dir(root().join(record)).unwrap().next().unwrap().unwrap().path();
    let decide = |to: &str, language: &str| {
        let arguments = ["decide", first.to_str().unwrap(), "-p", "frameworks/us.clep", "--on", "2026-03-02"];
        both(&run(&[&arguments[..], &["--to", to, "--lang", language]].concat()))
    };
    let english = decide("math-13", "en");
    assert!(
        english.contains("--to: this package has no outcome \"math-13\"; nearest: MATH 130, math-130"),
        "{english}"
    );
    let chinese = decide("math-13", "zh");
    assert!(
        chinese.contains("--to: 规则包中没有名为“math-13”的学习成果；相近的有MATH 130、math-130"),
        "{chinese}"
    );
    let graph = both(&run(&["graph", "frameworks/us.clep", "--from", "math-13", "--lang", "zh"]));
    assert!(graph.contains("math-13：规则包中没有这个名称；相近的有：MATH 130, math-130"), "{graph}");
}

#[test]
fn a_record_that_is_no_record_says_what_it_is() {
    let decide = |record: &[u8], language: &str| {
        let arguments = ["decide", "-", "-p", "frameworks/us.clep", "--on", "2026-03-02", "--lang", language];
        let mut child = accredit(&arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(record).unwrap();
        let output = child.wait_with_output().unwrap();
        assert_eq!(code(&output), 2);
        both(&output)
    };
    assert!(decide(b"", "en").contains("the record is empty"), "{}", decide(b"", "en"));
    assert!(decide(b"\n", "zh").contains("这份记录是空的"), "{}", decide(b"\n", "zh"));
    let old = b"learner: { id: \xd1\xa7\xc9\xfa }\n";
    assert!(decide(old, "zh").contains("GB18030"), "{}", decide(old, "zh"));
    assert!(decide(b"learner: \xff\n", "en").contains("from byte 10 on this is not UTF-8"));
    let kind = b"holds: [ { id: a1, of: clep-exam } ]";
    assert!(decide(kind, "en").contains("is a kind, not an outcome"), "{}", decide(kind, "en"));
    assert!(decide(kind, "zh").contains("“clep-exam”是成果类型，不是学习成果"), "{}", decide(kind, "zh"));
}

#[test]
fn two_packages_of_one_name_do_not_pass() {
    let folder = folder("namesakes");
    for part in ["a", "b"] {
        fs::create_dir_all(folder.join(part)).unwrap();
        fs::write(folder.join(part).join("p.qf"), "package edu.same version 2026.1\n").unwrap();
    }
    let output = run(&["check", folder.to_str().unwrap()]);
    assert_eq!(code(&output), 1, "{}", both(&output));
    assert!(both(&output).contains("are both called edu.same"), "{}", both(&output));
}

#[test]
fn prove_ends_with_0_where_all_is_proved_and_verify_refuses_a_changed_proof() {
    let out_folder = folder("prove");
    let at = out_folder.display().to_string();
    let proved = run(&["prove", "frameworks/us.clep", "--all-dates", "--out", &at]);
    assert_eq!(code(&proved), 0, "{}", both(&proved));
    assert!(out(&proved).contains("overlap: proved"), "{}", out(&proved));
    let proof = out_folder.join("us.clep.overlap.proof.json");
    let path = proof.display().to_string();
    let verified = run(&["verify", &path, "-p", "frameworks/us.clep"]);
    assert_eq!(code(&verified), 0, "{}", both(&verified));
    let other = run(&["verify", &path, "-p", "frameworks/cn.zikao"]);
    assert_eq!(code(&other), 1, "{}", both(&other));
    let text = fs::read_to_string(&proof).unwrap();
    let forged = text.replacen("\"answer\": 0", "\"answer\": 1", 1);
    assert_ne!(text, forged);
    fs::write(&proof, forged).unwrap();
    let refused = run(&["verify", &path, "-p", "frameworks/us.clep"]);
    assert_eq!(code(&refused), 1, "{}", both(&refused));
    assert!(both(&refused).contains("is not what the package says"), "{}", both(&refused));
}

#[test]
fn prove_ends_with_1_where_a_learner_refutes_and_writes_the_request_that_shows_it() {
    let out_folder = folder("refuted");
    let at = out_folder.display().to_string();
    let package = "tests/mistakes/10-rule-conflict.zh.qf";
    let refuted = run(&["prove", package, "--on", "2026-03-02", "--out", &at, "--lang", "zh"]);
    assert_eq!(code(&refuted), 1, "{}", both(&refuted));
    assert!(out(&refuted).contains("成绩430分、英语专业"), "{}", out(&refuted));
    let request = out_folder.join("mistakes.conflict.overlap-1.request.json");
    let decided = run(&["decide", &request.display().to_string(), "-p", package, "--format", "json"]);
    let answer: Value = serde_json::from_str(&out(&decided)).unwrap();
    assert_eq!(answer["verdict"], "conflict", "{}", both(&decided));
    let json = run(&["prove", package, "--all-dates", "--format", "json"]);
    let json: Value = serde_json::from_str(&out(&json)).unwrap();
    assert_eq!(json["packages"][0]["results"][1]["result"], "refuted");
    let sarif = run(&["prove", package, "--all-dates", "--format", "sarif"]);
    assert!(out(&sarif).contains("rule/conflict"));
}

#[test]
fn grade_says_what_a_mark_is_by_the_map_that_is_named() {
    let bavarian = run(&[
        "grade",
        "8",
        "from",
        "it-10",
        "to",
        "german",
        "--by",
        "bavarian",
        "-p",
        "tests/shapes/G62.qf",
    ]);
    assert_eq!(code(&bavarian), 0, "{}", both(&bavarian));
    assert_eq!(
        out(&bavarian),
        "8 of it-10 on german:\n  by Modified Bavarian formula: 2.5\n    basis: HU Berlin, M.Sc. Statistics: FAQ\n    \
         basis: Bavarian formula calculator\n    reading: the sources round to one decimal, half up: 2.25 is 2.3\n"
    );
    let chinese = run(&[
        "grade",
        "27",
        "from",
        "trento",
        "to",
        "ects-letter",
        "-p",
        "tests/shapes/G64.qf",
        "--lang",
        "zh",
    ]);
    assert!(out(&chinese).contains("：未载明"), "{}", both(&chinese));
    let json = run(&[
        "grade",
        "28",
        "from",
        "trentesimi",
        "to",
        "four-marks",
        "-p",
        "tests/shapes/G63.qf",
        "--format",
        "json",
    ]);
    let document: Value = serde_json::from_str(&out(&json)).unwrap();
    assert_eq!(document["schema"], "accredit.grade/1");
    assert_eq!(document["maps"][0]["mark"]["value"], "2");
    // A map of another scale makes nothing of it, and two are never chained.
    let other = run(&[
        "grade",
        "28",
        "from",
        "trento",
        "to",
        "ects-letter",
        "--by",
        "malta-ects",
        "-p",
        "tests/shapes/G64.qf",
    ]);
    assert_eq!(code(&other), 2);
    assert!(both(&other).contains("two maps are never chained"), "{}", both(&other));
    let none = run(&["grade", "31", "from", "trento", "to", "ects-letter", "-p", "tests/shapes/G64.qf"]);
    assert!(both(&none).contains("31: no mark of trento"), "{}", both(&none));
}

#[test]
fn counts_become_the_shares_that_are_published() {
    use accredit::{compile::compile, project};
    let compiled = compile(project::read(&root().join("frameworks/world.grades")).unwrap().sources);
    let scale = compiled.model.scales.iter().find(|scale| &*scale.name == "grading-table").unwrap();
    let shares: Vec<String> = scale.distribution.iter().map(|(_, share)| share.to_string()).collect();
    assert_eq!(shares, ["0.05", "0.1", "0.35", "0.3", "0.2"]);
}

#[test]
fn a_package_kept_in_a_folder_of_the_one_that_uses_it_is_its_own() {
    let folder = folder("kept");
    fs::create_dir_all(folder.join("kept")).unwrap();
    let own = "package x.own version 2026.1\nuse x.kept \"kept\" as kept\nset both { kept.a, kept.b }\n";
    fs::write(folder.join("z.qf"), own).unwrap();
    let kept = "package x.kept version 2026.1\nkind thing\noutcome a : thing\noutcome b : thing\n";
    fs::write(folder.join("kept/p.qf"), kept).unwrap();
    let output = run(&["check", folder.to_str().unwrap()]);
    assert_eq!(code(&output), 0, "{}", both(&output));
}

#[test]
fn packages_that_use_one_another_are_told() {
    let folder = folder("circle");
    for (part, other) in [("a", "b"), ("b", "a")] {
        fs::create_dir_all(folder.join(part)).unwrap();
        let text = format!("package x.{part} version 2026.1\nuse x.{other} \"../{other}\" as {other}\n");
        fs::write(folder.join(part).join("p.qf"), text).unwrap();
    }
    let output = run(&["check", folder.join("a").to_str().unwrap()]);
    assert_eq!(code(&output), 1, "{}", both(&output));
    assert!(
        both(&output).contains("packages use one another in a circle: `x.a`, `x.b`"),
        "{}",
        both(&output)
    );
}

#[test]
fn each_clause_stands_beside_what_encodes_it_and_one_that_nothing_encodes_is_named() {
    let package = "frameworks/cn.sichuan.member";
    let english = run(&["clauses", "实施细则", "-p", package, "--lang", "en"]);
    assert_eq!(code(&english), 0, "{}", both(&english));
    assert_eq!(
        out(&english),
        "示例大学学分认定和转换实施细则（虚构）\n  第三条\n    \"与本校课程内容匹配度达到80%的高等学校课程，转换为本校课程。\"\n    \
         rule 细则.课程 (实施细则.qf:42)\n  第四条\n    \"职业经历不转换为本校课程。\"\n    never 职业经历不转换为本校课程 (实施细则.qf:40)\n  \
         第五条\n    \"每学期受理一次申请。\"\n    nothing encodes it\n  the document as a whole\n    \
         scheme 细则 \"Implementing rules\" (实施细则.qf:33)\n  3 clauses, 1 of them encoded by nothing.\n"
    );
    let markdown = run(&["clauses", "-p", package, "--lang", "zh", "--format", "markdown"]);
    assert!(
        out(&markdown).contains("| 第五条 | 每学期受理一次申请。 | **没有编写** |"),
        "{}",
        out(&markdown)
    );
    // A document that does not list its clauses cannot tell which are missing.
    assert!(out(&markdown).contains("文件没有列出条款"), "{}", out(&markdown));
    let json = run(&["clauses", "第三条", "-p", package]);
    assert_eq!(code(&json), 2, "a clause is no document");
    let json = run(&["clauses", "-p", package, "--format", "json"]);
    let found: Value = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!(found["schema"], "accredit.clauses/1");
    let own = found["documents"].as_array().unwrap().iter().find(|it| it["document"] == "实施细则").unwrap();
    assert_eq!(own["uncoded"], 1);
    assert_eq!(own["clauses"][0]["encoded_by"][0]["what"], "rule");
    assert!(own["clauses"][0]["text_hash"].as_str().unwrap().starts_with("sha256:"));
}

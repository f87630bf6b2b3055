//! Decisions as letters: `tests/letters/NAME.yaml` is a record whose first line names the package, `NAME.txt` the letter in
//! English and in Chinese. `ACCREDIT_UPDATE=1` writes the letters anew.

use std::fs;
use std::path::PathBuf;

use accredit::compile::compile;
use accredit::quantity::Date;
use accredit::report::text::{TextLanguage, letter};
use accredit::source::Sources;
use accredit::wire;

use crate::tree::{none, root};

fn in_both_languages(decision: &wire::decision::Decision) -> Option<String> {
    let [english, chinese] = [TextLanguage::English, TextLanguage::Chinese].map(|of| letter(decision, of));
    Some(format!("{}\n{}", english?, chinese?))
}

#[test]
fn each_letter_says_what_was_read_and_kept() {
    let mut files: Vec<PathBuf> =
        fs::read_dir(root().join("tests/letters")).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|of| of == "yaml"));
    files.sort();
    assert!(!files.is_empty());
    let mut wrong = Vec::new();
    for file in files {
        let record = fs::read_to_string(&file).unwrap();
        let package = record.lines().next().unwrap().trim_start_matches("# ").to_owned();
        let project = accredit::project::read(&root().join(package)).unwrap();
        let compiled = compile(project.sources);
        let graph = compiled.graph.as_ref().unwrap();
        let decision =
            wire::answer(graph, &compiled.sources, &record, Date::parse("2026-03-16"), None).unwrap();
        let read_back: wire::decision::Decision = serde_json::from_str(&wire::to_json(&decision)).unwrap();
        let found = in_both_languages(&decision).unwrap();
        assert_eq!(Some(&found), in_both_languages(&read_back).as_ref());
        let kept = file.with_extension("txt");
        if std::env::var_os("ACCREDIT_UPDATE").is_some() {
            fs::write(&kept, &found).unwrap();
        } else if fs::read_to_string(&kept).unwrap_or_default() != found {
            wrong.push(format!("{}:\n{found}", kept.display()));
        }
    }
    none("letters", &wrong);
}

#[test]
fn rules_that_contradict_each_other_make_no_letter() {
    let text = "package it.letters version 2026.1\ndocument rules \"Rules\"\ncredit point { step 1 }\nkind exam\n\
                outcome a : exam\noutcome b : exam { credits 2 }\nscheme s { cite rules; in force not stated\n\
                rule one { from a; to b; give 1 point }\nrule two { from a; to b; give 2 points } }\n";
    let mut sources = Sources::default();
    sources.add("letters.qf", text);
    let compiled = compile(sources);
    let graph = compiled.graph.as_ref().unwrap();
    let record = "holds: [{ id: a1, of: a }]";
    let decision = wire::answer(graph, &compiled.sources, record, Date::parse("2026-03-16"), None).unwrap();
    assert_eq!(decision.verdict, "conflict");
    assert_eq!(in_both_languages(&decision), None);
}

//! Mistakes that authors make, and what they are told.

use accredit::diagnostic::MessageLanguage;

use crate::found::found;
use crate::tree::{TextFile, files, none};

/// `tests/mistakes`: one mistake a file, told word for word.
#[test]
fn a_typical_mistake_is_told_in_the_authors_language_word_for_word() {
    told_word_for_word("tests/mistakes");
}

/// Each text of a folder has one mistake; what is told of it, in the language of the text, is what stands beside it. The paths.
fn told_word_for_word(folder: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut paths = Vec::new();
    for (file, expected) in cases(folder) {
        let language =
            if file.path.ends_with(".zh.qf") { MessageLanguage::Chinese } else { MessageLanguage::English };
        let found = found("rules.qf", &file.text);
        let told: Vec<String> = found
            .said(language)
            .iter()
            .zip(found.places())
            .map(|(said, (line, column, code))| {
                let code = code.id();
                format!(
                    "code: {code}\nplace: {line}:{column}\nsentence: {}\nhelp: {}",
                    said.sentence, said.help
                )
            })
            .collect();
        if told != [expected.text.trim_end()] || !found.unsaid.is_empty() {
            wrong.push(format!(
                "{}\n  expected\n{}\n  told\n{}\n",
                file.path,
                expected.text,
                told.join("\n")
            ));
        }
        paths.push(file.path);
    }
    none(folder, &wrong);
    paths
}

/// `tests/recovery`: three mistakes a file, each told, and nothing else.
#[test]
fn three_mistakes_are_told_as_three() {
    let mut wrong = Vec::new();
    for (file, expected) in cases("tests/recovery") {
        let found = found("rules.qf", &file.text);
        let told: Vec<String> =
            found.places().iter().map(|(line, _, code)| format!("{line} {}", code.id())).collect();
        let expected: Vec<&str> = expected.text.lines().collect();
        if told != expected || !found.unsaid.is_empty() {
            wrong.push(format!("{}: expected {}; told {}", file.path, expected.join(", "), told.join(", ")));
        }
    }
    none("recovery", &wrong);
}

/// `tests/mixing`: a place where units, scales or levels could mix, or two ways be chained, a file. None compiles; each is told at its
/// place with what it would take.
#[test]
fn what_does_not_belong_together_never_mixes() {
    let paths = told_word_for_word("tests/mixing");
    let chained = paths.iter().filter(|path| path.contains("-two-")).count();
    let mixed = paths.len() - chained;
    assert!(mixed >= 12 && chained == 3, "{mixed} places, {chained} chains");
}

/// `tests/cases`: published examples that a check must find wrong.
#[test]
fn a_published_contradiction_is_found() {
    let mut wrong = Vec::new();
    for (file, expected) in cases("tests/cases") {
        let found = found("rules.qf", &file.text);
        let told: Vec<String> = found
            .places()
            .iter()
            .map(|(line, column, code)| format!("code: {}\nplace: {line}:{column}", code.id()))
            .collect();
        if told != [expected.text.trim_end()] || !found.unsaid.is_empty() {
            wrong.push(format!("{}: {}", file.path, found.shown()));
        }
    }
    none("cases", &wrong);
}

/// Each text of a folder with what is expected of it.
fn cases(folder: &str) -> Vec<(TextFile, TextFile)> {
    let expected = files(folder, ".expected");
    let texts = files(folder, ".qf");
    let cases: Vec<(TextFile, TextFile)> = texts
        .into_iter()
        .zip(expected)
        .inspect(|(text, expected)| {
            assert_eq!(text.path.trim_end_matches(".qf"), expected.path.trim_end_matches(".expected"));
        })
        .collect();
    assert!(!cases.is_empty(), "{folder} is empty");
    cases
}

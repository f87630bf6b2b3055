//! The phrases of the language, one row each: whatever an author writes for it in Chinese reads as the same English.

use accredit::diagnostic::{Problem, Severity};
use accredit::format::format_in;
use accredit::language::Lang;
use accredit::source::FileId;
use accredit::syntax::parse;

use crate::tree::{files, none};

/// A statement in a body of its sort.
fn within(body: &str, statement: &str) -> String {
    let header = match body {
        "file" => return format!("{statement}\n"),
        "document" => "document d",
        "credit" => "credit c",
        "scale" => "scale s",
        "framework" => "framework f",
        "kind" => "kind k",
        "outcome" => "outcome o : k",
        "scheme" => "scheme s",
        "body" => "body b",
        "programme" => "programme p",
        "test" => "test t",
        _ => "rule r",
    };
    format!("{header} {{\n  {statement}\n}}\n")
}

/// A text in English, and the codes of its errors.
fn in_english(text: &str) -> (String, Vec<&'static str>) {
    let (_, problems) = parse(FileId(0), text);
    let is_error = |problem: &&Problem| problem.code.severity() == Severity::Error;
    let codes = problems.iter().filter(is_error).map(|problem| problem.code.id()).collect();
    (format_in(text, Lang::En), codes)
}

#[test]
fn a_phrase_says_in_chinese_what_it_says_in_english() {
    let mut wrong = Vec::new();
    for file in files("tests/phrases", ".tsv") {
        for row in file.text.lines().filter(|row| !row.is_empty() && !row.starts_with('#')) {
            let mut columns = row.split('\t');
            let (body, english) = (columns.next().unwrap(), columns.next().unwrap());
            if let Some(code) = english.strip_prefix('!') {
                for chinese in columns {
                    let (_, told) = in_english(&within(body, chinese));
                    if told != [code] {
                        wrong.push(format!("{chinese}\n  is told {told:?}, not {code}"));
                    }
                }
                continue;
            }
            let (expected, told) = in_english(&within(body, english));
            if !told.is_empty() {
                wrong.push(format!("{english}\n  is told {told:?}"));
            }
            for chinese in columns {
                let (read, told) = in_english(&within(body, chinese));
                if !told.is_empty() || read != expected {
                    let lines =
                        |text: &str| text.lines().map(|line| format!("\n    {line}")).collect::<String>();
                    wrong.push(format!(
                        "{chinese}\n  is {told:?}{}\n  not{}",
                        lines(&read),
                        lines(&expected)
                    ));
                }
            }
        }
    }
    none("phrases", &wrong);
}

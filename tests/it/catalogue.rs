//! The pages of the codes: one a code, whole, in one style.

use std::collections::BTreeSet;

use accredit::diagnostic::{Code, MessageLanguage, catalogue};

use crate::tree::{TextFile, files, none};

/// Sentences that were agreed with authors word for word before there was a style; they are whole sentences.
const AGREED: &[&str] = &[
    "amount/rounding",
    "bound/unclear",
    "date/unnamed",
    "effect/unclear",
    "example/failed",
    "judge/missing",
    "name/unknown",
    "order/none",
    "rule/conflict",
    "slot/colon",
    "table/gap",
    "unit/mixed",
];

#[test]
fn each_code_has_its_page_and_each_page_its_code() {
    let pages: BTreeSet<String> = pages().iter().map(id_of).collect();
    let codes: BTreeSet<String> = Code::ALL.iter().map(|code| code.id().to_owned()).collect();
    assert_eq!(pages, codes);
    let mut sorted: Vec<&str> = Code::ALL.iter().map(|code| code.id()).collect();
    sorted.sort_unstable();
    assert_eq!(
        sorted,
        Code::ALL.iter().map(|code| code.id()).collect::<Vec<_>>(),
        "codes in the order of the alphabet"
    );
}

#[test]
fn sentences_begin_small_and_end_without_a_stop() {
    let mut wrong = Vec::new();
    for page in pages().iter().filter(|page| !AGREED.contains(&id_of(page).as_str())) {
        for (key, sentence) in front(page) {
            if !matches!(key, "en" | "en help" | "zh" | "zh help") {
                continue;
            }
            let starts_big = sentence.starts_with(|c: char| c.is_uppercase()) && !sentence.starts_with("QF");
            if sentence.ends_with(['.', '。', '!', '！']) || (key.starts_with("en") && starts_big) {
                wrong.push(format!("{}: {key}: {sentence}", page.path));
            }
            if key.starts_with("zh") && sentence.contains([',', ';', '?', '!']) && !sentence.contains('`') {
                wrong.push(format!("{}: {key}: half-width punctuation: {sentence}", page.path));
            }
        }
    }
    none("style of sentences", &wrong);
}

/// Words of the trade of writing compilers, and words that blame.
#[test]
fn sentences_use_the_words_of_authors() {
    const ENGLISH: &[&str] = &[
        "token",
        "identifier",
        "parse",
        "parser",
        "syntax",
        "invalid",
        "illegal",
        "type",
        "enum",
        "struct",
        "string",
        "integer",
        "boolean",
        "null",
        "expression",
        "node",
        "regex",
        "error",
        "panic",
        "undefined",
        "unexpected",
    ];
    const CHINESE: &[&str] = &[
        "标识符",
        "解析",
        "类型错误",
        "语法",
        "非法",
        "无效",
        "字符串",
        "令牌",
        "布尔",
        "表达式",
        "您",
        "系统",
    ];
    let mut wrong = Vec::new();
    for page in &pages() {
        for (key, text) in front(page) {
            let english = (key.starts_with("en") || key.ends_with(" en"))
                && text
                    .split(|c: char| !c.is_ascii_alphabetic())
                    .any(|word| ENGLISH.contains(&word.to_lowercase().as_str()));
            let chinese = (key.starts_with("zh") || key.ends_with(" zh"))
                && CHINESE.iter().any(|word| text.contains(word));
            if english || chinese {
                wrong.push(format!("{}: {key}: {text}", page.path));
            }
        }
    }
    none("words that no author uses", &wrong);
}

#[test]
fn each_page_shows_the_fault_and_its_repair_or_says_why_not() {
    let mut wrong = Vec::new();
    for page in &pages() {
        let excused = front(page).iter().any(|(key, reason)| *key == "no example" && !reason.is_empty());
        let (example, instead) = (block(page, "Example"), block(page, "Instead"));
        let shown = example.is_some() && instead.is_some() && example != instead;
        if shown == excused {
            wrong.push(page.path.clone());
        }
    }
    none("pages without a failing and a repaired example", &wrong);
}

#[test]
fn a_page_can_be_asked_for_in_both_languages() {
    for &code in Code::ALL {
        let [english, chinese] = MessageLanguage::ALL.map(|language| catalogue::page(code, language));
        assert!(english.contains("## What it means") && !english.contains("## 说明"), "{}", code.id());
        assert!(chinese.contains("## 说明") && !chinese.contains("## What it means"), "{}", code.id());
        assert_ne!(
            catalogue::headline(code, MessageLanguage::English),
            catalogue::headline(code, MessageLanguage::Chinese)
        );
    }
}

pub(crate) fn pages() -> Vec<TextFile> {
    files("docs/errors", ".md")
}

pub(crate) fn id_of(page: &TextFile) -> String {
    page.path.trim_start_matches("docs/errors/").trim_end_matches(".md").to_owned()
}

/// The bullets under the title, as key and value.
fn front(page: &TextFile) -> Vec<(&str, &str)> {
    let front = page.text.split("\n## ").next().unwrap_or_default();
    front
        .lines()
        .filter_map(|line| line.strip_prefix("- ")?.split_once(':'))
        .map(|(key, value)| (key, value.trim()))
        .collect()
}

/// The fenced QF under a heading.
pub(crate) fn block<'a>(page: &'a TextFile, heading: &str) -> Option<&'a str> {
    let section = page.text.split(&format!("\n## {heading}\n")).nth(1)?.split("\n## ").next()?;
    section.split("```qf\n").nth(1)?.split("\n```").next()
}

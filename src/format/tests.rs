//! What the printer makes of files, good and broken.

#![allow(clippy::unwrap_used)]

use super::*;
use crate::diagnostic::Code;
use crate::language::Meaning;
use crate::source::FileId;
use crate::syntax::parse;
use crate::syntax::token::{Sign, TokenKind};
use crate::syntax::tree::Tree;

fn tree(text: &str) -> Tree {
    parse(FileId(0), text).0
}

/// The shape of a tree: all that it says, without places and empty lines.
fn shape(tree: &Tree) -> String {
    let mut shape = format!("{:#?}\n{:#?}", tree.statements, tree.trailing);
    for (from, to) in [("Span {", "}"), ("blank_before: ", ","), ("Unclear(", ")")] {
        shape = without(&shape, from, to);
    }
    shape
}

/// A text without every piece that begins and ends so.
fn without(text: &str, from: &str, to: &str) -> String {
    let mut pieces = text.split(from);
    let first = pieces.next().unwrap().to_owned();
    pieces.fold(first, |kept, piece| kept + piece.split_once(to).unwrap().1)
}

/// Files that authors are shown, and every text of the manual.
fn corpus() -> Vec<(String, String)> {
    let mut texts = Vec::new();
    for path in ["frameworks", "tests/shapes"].into_iter().flat_map(|folder| files(folder, "qf")) {
        texts.push((path.display().to_string(), std::fs::read_to_string(path).unwrap()));
    }
    for path in files("tests/spec", "md") {
        let page = std::fs::read_to_string(&path).unwrap();
        for (at, block) in page.split("\n```").enumerate().filter(|(_, block)| block.starts_with("qf")) {
            let text = block.split_once('\n').map_or("", |(_, text)| text);
            texts.push((format!("{} block {at}", path.display()), text.to_owned()));
        }
    }
    assert!(texts.len() > 300, "{}", texts.len());
    texts
}

/// What a text says: its tokens without places, statement by statement.
fn said(text: &str) -> Vec<Vec<TokenKind>> {
    let read = read_words(FileId(0), text);
    assert!(read.problems.is_empty(), "{text}\n{:?}", read.problems);
    let kinds: Vec<&TokenKind> = read.tokens.iter().map(|token| &token.kind).collect();
    let statements = kinds.split(|kind| matches!(kind, TokenKind::End | TokenKind::Sign(Sign::Open)));
    let told = statements.map(|statement| {
        let told = super::join::essential(statement).into_iter().map(|kind| match kind {
            // The row a word was read from differs by language; the word does not.
            TokenKind::Word(word, _) => TokenKind::Word(*word, Meaning(0)),
            kind => kind.clone(),
        });
        told.collect()
    });
    told.collect()
}

fn files(folder: &str, extension: &str) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|found| found == extension) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

#[track_caller]
fn cases(lang: Option<Lang>, cases: &[(&str, &str)]) {
    for (text, expected) in cases {
        let printed = match lang {
            Some(lang) => format_in(text, lang),
            None => format(text),
        };
        assert_eq!(printed.trim_end(), *expected);
    }
}

#[test]
fn one_slot_stands_on_a_line_in_a_fixed_order() {
    cases(
        None,
        &[
            (
                "rule  a { to b ; from c;example x->refused ; when grade>=60 }",
                "rule a {\n  from c\n  when grade >= 60\n  to b\n  example x -> refused\n}",
            ),
            (
                "规则：a ｛转换为 乙；凭:甲；条件：成绩 不低于 60｝",
                "规则：a｛\n  凭：甲\n  条件：成绩不低于60\n  转换为：乙\n｝",
            ),
            ("from 2 of {a,b}", "from 2 of { a, b }"),
            ("when any of { a ; b }", "when any of {\n  a\n  b\n}"),
            ("kind x {}", "kind x { }"),
            (
                "kind a\nkind b\noutcome c : a {code \"1\"}\noutcome d : a",
                "kind a\nkind b\n\noutcome c : a {\n  code \"1\"\n}\n\noutcome d : a",
            ),
        ],
    );
}

#[test]
fn spellings_stay_as_they_are_written() {
    cases(
        None,
        &[
            ("条件：成绩 达到 60", "条件：成绩达到60"),
            ("认定：每满 16学时 折算1学分，不足1学分的不计", "认定：每满16学时折算1学分，不足1学分的不计"),
            ("施行：自2025-09-01起，以申请日期为准", "施行：自2025-09-01起，以申请日期为准"),
            ("条件：学习者的专业属于 英语类", "条件：学习者的专业属于英语类"),
            ("when grade at least 60", "when grade at least 60"),
            ("依据：《免修免考规定》 第三条", "依据：《免修免考规定》第三条"),
        ],
    );
}

#[test]
fn comments_and_single_empty_lines_stay() {
    cases(
        None,
        &[
            (
                "# a\n\n\n\n#b\nrule x { #c\n\n  # d\n  when y #e\n\n\n  to z\n  # f\n}\n",
                "# a\n\n# b\nrule x { # c\n  # d\n  when y # e\n\n  to z\n  # f\n}",
            ),
            ("注：说明\n条件：甲", "注：说明\n条件：甲"),
            ("to a, # why\n  b", "# why\nto a, b"),
        ],
    );
}

#[test]
fn tables_are_aligned_by_the_width_of_their_characters() {
    cases(
        None,
        &[
            (
                "give credits by a { \n|a|credits|\n| national |  6 |\n|no|-|\n}",
                "give credits by a {\n  | a        | credits |\n  | national | 6       |\n  | no       | -       |\n}",
            ),
            (
                "认定：学分 按 级别｛\n｜级别｜学分｜\n｜国家级｜6｜\n｝",
                "认定：学分按级别｛\n  ｜ 级别   ｜ 学分 ｜\n  ｜ 国家级 ｜ 6    ｜\n｝",
            ),
        ],
    );
}

#[test]
fn a_statement_is_said_in_each_language() {
    let text = "rule r {\n  from training\n  when grade >= 60\n  when awarded within 6 years before applied\n  give 1 credit per 16 hours, round down to 0.5, at most 4\n}";
    cases(Some(Lang::En), &[(text, text)]);
    cases(
        Some(Lang::Zh),
        &[(
            text,
            "规则：r｛\n  凭：training\n  条件：成绩不低于60\n  条件：取得日期在申请日期前6年内\n  认定：每16学时计1学分，不足0.5的不计，最高4\n｝",
        )],
    );
    cases(
        Some(Lang::ZhHant),
        &[(
            text,
            "規則：r｛\n  憑：training\n  條件：成績不低於60\n  條件：取得日期在申請日期前6年內\n  認可：每16學時計1學分，不足0.5的不計，最高4\n｝",
        )],
    );
}

#[test]
fn a_long_list_wraps_and_is_printed_in_one_pass() {
    let names: Vec<String> = (0..3000).map(|at| format!("课程 且 甲{at}")).collect();
    let text = format!("条件：{}", names.join(" 或 "));
    let printed = format(&text);
    assert_eq!(said(&printed), said(&text));
    assert_eq!(format(&printed), printed);
    let text = format!("to {}", vec!["outcome-name"; 30].join(","));
    let printed = format(&text);
    assert!(printed.lines().count() > 3 && printed.lines().all(|line| line.len() <= 110), "{printed}");
}

/// The test of the keyword table: print a text in a language, read it, and it says the same.
#[test]
fn every_text_says_the_same_in_each_language() {
    let mut read = 0;
    for (place, text) in corpus() {
        let (_, problems) = parse(FileId(0), &text);
        // What a text with mistakes says cannot be told twice.
        if problems.iter().any(|problem| problem.code != Code::SyntaxLater) {
            continue;
        }
        read += 1;
        let own = format(&text);
        let expected = shape(&tree(&own));
        for lang in Lang::ALL {
            let printed = format_in(&text, lang);
            let again = tree(&printed);
            assert_eq!(said(&printed), said(&own), "{place} in {}:\n{printed}", lang.tag());
            assert_eq!(shape(&again), expected, "{place} in {}:\n{printed}", lang.tag());
        }
    }
    assert!(read > 300, "{read}");
}

#[test]
fn printing_twice_changes_nothing() {
    for (place, text) in corpus() {
        let (_, problems) = parse(FileId(0), &text);
        if problems.iter().any(|problem| problem.code != Code::SyntaxLater) {
            continue;
        }
        let own = format(&text);
        assert_eq!(format(&own), own, "{place}");
        for lang in Lang::ALL {
            let printed = format_in(&text, lang);
            assert_eq!(format_in(&printed, lang), printed, "{place} in {}", lang.tag());
        }
    }
}

/// A file that is already in its form is not touched: the packages and shapes are.
#[test]
fn what_authors_are_shown_is_in_its_form() {
    for path in ["frameworks", "tests/shapes"].into_iter().flat_map(|folder| files(folder, "qf")) {
        let text = std::fs::read_to_string(&path).unwrap();
        assert_eq!(format(&text), text, "{}", path.display());
    }
}

#[test]
fn of_markdown_only_the_fences_change() {
    let text =
        "# 第三条\n文字  \n```qf\n办法：a｛ 依据:b\n```\n中间\n```qf\n  规则 c ｛凭 d｝\n\n｝\n```\n完\n";
    let source = Source::new("a.qf.md", text);
    let expected = "# 第三条\n文字  \n```qf\n办法：a｛\n  依据：b\n```\n中间\n```qf\n  规则：c｛\n    凭：d\n  ｝\n｝\n```\n完\n";
    assert_eq!(format_source(&source, None), expected);
}

/// What no parser accepts is printed too, and nothing crashes on it.
#[test]
fn broken_files_are_printed() {
    for path in ["tests/mistakes", "tests/recovery"].into_iter().flat_map(|folder| files(folder, "qf")) {
        let text = std::fs::read_to_string(&path).unwrap();
        for lang in [None, Some(Lang::En), Some(Lang::Zh), Some(Lang::ZhHant)] {
            let printed = lang.map_or_else(|| format(&text), |lang| format_in(&text, lang));
            assert!(printed.lines().count() * 2 > text.lines().count(), "{}", path.display());
        }
    }
    let deep = "any of { ".repeat(10_000) + &"}".repeat(9_000);
    assert!(format(&deep).len() > 10_000);
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(500))]

    #[test]
    fn any_text_can_be_printed(
        pieces in proptest::collection::vec(proptest::sample::select(vec![
            "rule", "规则：", "from", "凭", "a", "学分", "每16学时计1学分", "1", "{", "}", "｛", "｝", "\n", ";", "|", "｜", "# c", "\"t\"", "“",
            ",", "、", "and", "并且", "->", "不低于", "grade", "(", ")", "&", "的", "to", "自2025-09-01起", " ", "any of", "2 of",
        ]), 0..30)
    ) {
        let text = pieces.join(" ");
        let own = format(&text);
        for lang in Lang::ALL {
            let printed = format_in(&text, lang);
            proptest::prop_assert!(printed.is_empty() == own.is_empty());
        }
    }
}

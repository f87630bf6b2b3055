//! Texts, and the words that are read from them.

#![allow(clippy::unwrap_used, clippy::panic)]

use super::*;

/// The tokens of a text, short.
fn read(text: &str) -> String {
    let words = read_words(FileId(0), text);
    let mut shown: Vec<String> = words.tokens.iter().map(show).collect();
    shown.extend(words.problems.iter().map(|problem| format!("!{}", problem.code.id())));
    shown.join(" ")
}

fn show(token: &Token) -> String {
    match &token.kind {
        TokenKind::Word(word, _) => word.text().replace(' ', "_"),
        TokenKind::Name(text, Bracket::Bare) => format!("${text}"),
        TokenKind::Name(text, _) => format!("[{text}]"),
        TokenKind::Number { value, percent } => format!("{value}{}", if *percent { "%" } else { "" }),
        TokenKind::Date(first, last) if first == last => format!("@{first}"),
        TokenKind::Date(first, last) => format!("@{first}..{last}"),
        TokenKind::MonthDay(month, day) => format!("@{month:02}-{day:02}"),
        TokenKind::Version(text) => format!("v{text}"),
        TokenKind::Text(text) => format!("{text:?}"),
        TokenKind::Sign(sign) => match sign {
            Sign::Comma => ",",
            Sign::Colon => ":",
            Sign::Arrow => "->",
            Sign::Equals => "=",
            Sign::AtLeast => ">=",
            Sign::AtMost => "<=",
            Sign::Over => ">",
            Sign::Under => "<",
            Sign::NotEquals => "!=",
            Sign::Open => "{",
            Sign::Close => "}",
            Sign::OpenRound => "(",
            Sign::CloseRound => ")",
            Sign::Bar => "|",
            Sign::Dash => "-",
            Sign::Times => "*",
            Sign::Divide => "/",
        }
        .into(),
        TokenKind::End => "/".into(),
        TokenKind::Comment { text, blank_before, own_line } => {
            format!("#{}{}{text}", if *blank_before { "^" } else { "" }, if *own_line { "" } else { ">" })
        }
        TokenKind::Blank => "~".into(),
        TokenKind::Bad => "?".into(),
    }
}

#[track_caller]
fn cases(cases: &[(&str, &str)]) {
    let wrong: Vec<String> = cases
        .iter()
        .filter(|(text, expected)| read(text) != *expected)
        .map(|(text, expected)| format!("{text}\n  is  {}\n  not {expected}", read(text)))
        .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn english_statements() {
    cases(&[
        ("when grade >= 425", "when $grade >= 425 /"),
        ("when within 6 years", "when within 6 year /"),
        ("any of { level is 3; issuer in a, b }", "any_of { $level is 3 / $issuer in $a , $b / } /"),
        ("in force from 2025-09-01 by applied", "in_force from @2025-09-01 by $applied /"),
        (
            "give 1 credit per 16 hours, round down to 0.5, at most 4",
            "give 1 credit per 16 hour , round_down_to 0.5 , <= 4 /",
        ),
        ("give target credits", "give target $credits /"),
        ("to english-1, english-2", "to $english-1 , $english-2 /"),
        ("kind micro : certificate", "kind $micro : $certificate /"),
        ("package cn.zikao version 2025.1", "package $cn.zikao version v2025.1 /"),
        ("convert again 3 times", "convert_again 3 time /"),
        ("give no credit, total reduced", "give no_credit , total_reduced /"),
        (
            "never from x because \"not recognised\" cite d \"1\"",
            "never from $x because \"not recognised\" cite $d \"1\" /",
        ),
        ("scope is one of national, provincial", "$scope is_one_of $national , $provincial /"),
        ("| trained | under 6 months | 3 years or more |", "| $trained | < 6 month | 3 year or_above | /"),
        ("to up to 3 of { [a b], 《c》 }", "to up_to 3 of { [a b] , [c] / } /"),
        ("from cet-4 (grade>=60)", "from $cet-4 ( $grade >= 60 ) /"),
    ]);
}

#[test]
fn chinese_statements_need_no_spaces() {
    cases(&[
        ("条件：成绩不低于425", "when $grade >= 425 /"),
        ("条件 成绩>=425", "when $grade >= 425 /"),
        ("施行：自2025年9月1日起，以申请日期为准", "in_force from @2025-09-01 , by $applied /"),
        ("施行：自2025-09-01起至2030年12月31日", "in_force from @2025-09-01 to @2030-12-31 /"),
        ("施行：未载明", "in_force not_stated /"),
        (
            "认定：每16学时计1学分，不足0.5学分的不计，最高4学分",
            "give 1 credit per 16 hour , round_down_to 0.5 credit , <= 4 credit /",
        ),
        ("认定：课程学分", "give target $credits /"),
        ("认定：学分按级别、奖次｛", "give $credits by $级别 , $奖次 {"),
        ("转换为：英语（一）、英语（二）", "to $英语（一） , $英语（二） /"),
        ("计次：每项成果只认定一次", "count each_achievement_once /"),
        (
            "凭：NIT基础模块并且任1项｛【NIT Windows 95】、【NIT Word 97】｝",
            "from $NIT基础模块 and 1 of { [NIT Windows 95] , [NIT Word 97] / } /",
        ),
        ("凭：计算机一级以上", "from $计算机一级 or_above /"),
        ("凭：商务英语等级不含商务英语甲一", "from $商务英语等级 except $商务英语甲一 /"),
        ("除外：学习者的专业属于文科、艺术", "unless learner $专业 in $文科 , $艺术 /"),
        ("条件：取得日期在申请日期前6年内", "when $awarded within 6 year before $applied /"),
        ("条件：名称与转换课程相同", "when name is target name /"),
        ("条件：学时不低于转换课程的学时", "when $hours >= target $hours /"),
        ("记载：原成绩，最高70分", "mark $grade , <= 70 point /"),
        (
            "示例：成绩＝425→英语（一）：7学分，记90分",
            "example $grade = 425 -> $英语（一） : 7 credit , mark 90 point /",
        ),
        ("示例：成绩＝424→不予转换 不符合条件", "example $grade = 424 -> refused condition_not_met /"),
        ("示例：PETS二级（笔试合格＝是）→无适用规则", "example $PETS二级 ( $笔试合格 = yes ) -> no_rule /"),
        (
            "信息项：相似度：0%至100%，由课程组认定，对照转换课程",
            "fact $相似度 : 0% to 1% , judged_by $课程组 , against_target /",
        ),
        ("信息项：学时：40至80 步长8 课堂学时", "fact $hours : 40 to 80 step 8 contact_hours /"),
        ("认定：免修不免考", "give attendance_only , exam_stays /"),
        ("上限：每学期：不超过40%的课程", "limit per $学期 : <= 0.4% $课程 /"),
        ("认定：免修", "give exempt /"),
        (
            "维度：知识 “知识” 对应 知识、态度和价值观",
            "dimension $知识 \"知识\" maps_to $knowledge , $values /",
        ),
        ("不予认定成果：休闲类，理由“不得转换”", "never from $休闲类 , because \"不得转换\" /"),
        ("依据：《免修免考规定》第三条第（二）项", "cite [免修免考规定] \"第三条第（二）项\" /"),
        ("认定：6学分，按排名在1之后每名递减0.5", "give 6 credit , less 0.5 per $排名 after 1 /"),
        ("条件：成绩 为 70分以下", "when $grade is 70 point or_perhaps_below /"),
        ("条件：成绩 为 70分以下（含）", "when $grade is 70 point or_below /"),
        ("条件：成绩 为 70分以下（不含）", "when $grade is < 70 point /"),
        ("凭：商务英语等级（甲一除外）", "from $商务英语等级 except $甲一 /"),
        ("认定：1学分每16学时", "give 1 credit per 16 hour /"),
        ("｜6个月至不满1年｜60分到70分｜", "| 6 month to < 1 year | 60 point to 70 point | /"),
        ("信息项：级别：从低到高：校级、市级", "fact $级别 : low_to_high $校级 , $市级 /"),
        (
            "不予认定成果：休闲，理由：“x”，依据：规定“5”",
            "never from $休闲 , because \"x\" , cite $规定 \"5\" /",
        ),
        ("系数：2", "$系数 2 /"),
        ("outcome and : course", "outcome and : $course /"),
        ("不予认定，理由：“x”", "refuse , because \"x\" /"),
        ("组别：理论", "$组别 $理论 /"),
        ("条件：近6年内", "when within 6 year /"),
        ("示例：学习者的专业类别＝工商类→【00051】", "example learner $专业类别 = $工商类 -> [00051] /"),
    ]);
}

#[test]
fn traditional_chinese() {
    cases(&[
        ("資歷架構：hkqf“資歷架構”", "framework $hkqf \"資歷架構\" /"),
        ("條件：成績不低於60", "when $grade >= 60 /"),
        ("認可：每10學時計1學分", "give 1 credit per 10 hour /"),
        ("生效：由2019年4月1日起，以申請日期為準", "in_force from @2019-04-01 , by $applied /"),
    ]);
}

#[test]
fn numbers_and_dates() {
    cases(&[
        ("step 7", "step 7 /"),
        ("step ２．５", "step 2.5 /"),
        ("step 1/3", "step 1/3 /"),
        ("范围：60～70", "range 60 to 70 /"),
        ("step 80%", "step 0.8% /"),
        ("范围：三分之一", "range 1/3 /"),
        ("范围：百分之八十", "range 0.8% /"),
        ("issued 2025-08", "issued @2025-08-01..2025-08-31 /"),
        ("印发日期：2025年8月", "issued @2025-08-01..2025-08-31 /"),
        ("issued 2025.8.7", "issued @2025-08-07 /"),
        ("note 03-01, 9月1日", "note @03-01 , @09-01 /"),
        ("step 1,200", "step 1200 / !number/form"),
        ("step 0,5", "step 0.5 / !number/form"),
        ("step .5", "step 0.5 / !number/form"),
        ("step 1e3", "step 1 / !number/form"),
        ("step -1", "step 1 / !number/form"),
        ("rank 1-5", "$rank 1 to 5 / !number/form"),
        ("认定：二学分", "give 2 credit / !number/form"),
        ("in force 2022-2027 by applied", "in_force @2022-01-01 to @2027-12-31 by $applied / !date/form"),
        ("issued 2025-13-01", "issued @2025-01-01..2025-12-31 / !date/form"),
        ("issued 01/08/2025", "issued @2025-01-01..2025-12-31 / !date/form"),
        ("施行：自2025年13月1日起", "in_force from @2025-01-01..2025-12-31 / !date/form"),
    ]);
    assert_eq!(read(&format!("step {}", "9".repeat(5000))), "step 1 / !number/overflow");
}

#[test]
fn names_and_boxes() {
    cases(&[
        ("from ＣＥＴ－４", "from $CET-4 /"),
        ("from frame.a", "from $frame.a /"),
        ("from 英语（一）以上", "from $英语（一） or_above /"),
        ("from 英语（一）级", "from $英语（一） $级 / !name/bracket"),
        ("from [MATH 150], 【00018】, 《免考规定》", "from [MATH 150] , [00018] , [免考规定] /"),
        ("from [MATH 150", "from [MATH 150] / !box/unclosed"),
        ("from []", "from ? / !box/empty"),
        ("from e\u{301}cole", "from $école /"),
        ("set x { note, major }", "set $x { $note , $major / } /"),
        ("outcome credit : course", "outcome $credit : $course /"),
        ("to cite, fixed, optional, once", "to $cite , $fixed , $optional , $once /"),
        ("fact x : 1 to 2 whole, fixed", "fact $x : 1 to 2 whole , fixed /"),
        ("ｏｕｔｃｏｍｅ a ： course", "outcome $a : $course /"),
        ("weight : 2", "$weight 2 /"),
        ("note “a「b”", "note \"a「b\" /"),
        ("note 「b」", "note \"b\" /"),
        ("note \"abc", "note \"abc\" / !quote/unclosed"),
    ]);
}

#[test]
fn statements_end_and_go_on() {
    cases(&[
        ("a; b；c\n", "$a / $b / $c /"),
        ("to a,\n  b\n", "to $a , $b /"),
        ("from a\n  and b\n", "from $a and $b /"),
        ("from a\n\n  # why\n  and b\n", "from $a #^why and $b /"),
        ("example a\n  -> refused", "example $a -> refused /"),
        ("rule a { when x }\nrule b\n{\n}\n", "rule $a { when $x / } / rule $b { } /"),
        ("when any of {\n a\n b\n}\nto c", "when any_of { $a / $b / } / to $c /"),
        ("# one\nrule a # two\n\n\n# three\nrule b", "#one rule $a / #>two #^three rule $b /"),
        ("rule a {\n\n  when x\n\n  to y\n\n}", "rule $a { when $x / ~ to $y / } /"),
        ("rule a { # why\n when x }", "rule $a { #>why when $x / } /"),
        ("＃ 注\n注：说明\n条件：甲。\n", "#注 #说明 when $甲 /"),
        ("rule a { } rule b { } 规则：c｛｝规则：d", "rule $a { } / rule $b { } / rule $c { } / rule $d /"),
        ("never from 1 of { a } when b", "never from 1 of { $a / } when $b /"),
        ("}", "} /"),
    ]);
}

#[test]
fn mistakes_are_told_once_and_read_as_meant() {
    cases(&[
        ("whengrade >= 60", "when $grade >= 60 / !slot/colon"),
        ("条件成绩不低于60", "when $grade >= 60 / !slot/colon"),
        ("rule a { cite d; 转换为高等数学 }", "rule $a { cite $d / to $高等数学 / } / !slot/colon"),
        ("when any of { whengrade >= 60 }", "when any_of { $whengrade >= 60 / } /"),
        ("机构：收入不超过线办公室", "body $收入不超过线办公室 / !name/box"),
        ("学习成果：教学的艺术：课程", "outcome $教学的艺术 : $课程 / !name/box"),
        ("机构：《收入不超过线办公室》", "body [收入不超过线办公室] /"),
        ("信息项：排名：1至20整数", "fact $排名 : 1 to 20 whole /"),
        ("when grade 》= 60", "when $grade >= 60 / !character/look-alike"),
        ("example a -》 b", "example $a -> $b / !character/look-alike"),
        ("example a => b", "example $a -> $b / !character/look-alike"),
        ("范围：60—70", "range 60 to 70 / !character/look-alike"),
        ("from a\u{200b}b", "from $a $b / !character/zero-width"),
        ("table m { formula 4 * 3 }", "table $m { formula 4 ? 3 / } /"),
        ("提请评审组", "refer_to $评审组 /"),
        ("from a & b", "from $a ? $b / !character/unknown"),
        ("note \"a\u{200b}\"", "note \"a\\u{200b}\" / !character/zero-width"),
    ]);
}

/// Each spelling of the table, in each language, is read as its word where it may stand.
#[test]
fn every_spelling_is_read_as_its_word() {
    use crate::language::{Lang, meanings};
    let mut wrong = Vec::new();
    for meaning in meanings() {
        let before = match meaning.class() {
            Class::Slot if !crate::language::begins_within(meaning, None) => {
                let containers = ["test x { ", "body x { ", "programme x { "];
                let fits = |container: &&str| {
                    let first = read_words(FileId(0), container).tokens.into_iter().next();
                    matches!(first.map(|token| token.kind), Some(TokenKind::Word(_, container)) if crate::language::begins_within(meaning, Some(container)))
                };
                containers.into_iter().find(fits).unwrap_or_else(|| panic!("{}", meaning.id()))
            }
            Class::Declaration | Class::Slot => "",
            Class::Unit => "range 2 ",
            Class::Effect => "give ",
            Class::Verdict | Class::Reason => "example a -> ",
            Class::Dimension => "dimension x maps to ",
            Class::Pattern | Class::Opening | Class::Inner => continue,
            Class::Join if !crate::language::is_read_in(meaning, None) => {
                let openings = [
                    "when a ",
                    "fact x : ",
                    "never ",
                    "give ",
                    "count ",
                    "convert again ",
                    "total over ",
                    "status ",
                    "example x -> y ",
                    "package ",
                    "hours ",
                    "replaces ",
                    "reading ",
                    "descriptors ",
                    "counts ",
                    "ratio ",
                    "map x ",
                    "linear ",
                    "when ",
                    "dimension x ",
                    "statement x : ",
                    "comparison x ",
                    "title \"a\" ",
                    "clause \"a\" ",
                    "limit 2 ",
                    "require 2 ",
                    "combine ",
                    "programme x { share ",
                    "test x { expect ",
                    "body x { period x ",
                ];
                let fits = |opening: &&str| {
                    let tokens = read_words(FileId(0), opening).tokens.into_iter().rev();
                    let last = tokens.filter_map(|token| match token.kind {
                        TokenKind::Word(_, opening) => Some(opening),
                        _ => None,
                    });
                    let mut opens =
                        last.filter(|word| matches!(word.class(), Class::Declaration | Class::Slot));
                    opens.next().is_some_and(|opening| crate::language::is_read_in(meaning, Some(opening)))
                };
                openings.into_iter().find(fits).unwrap_or_else(|| panic!("{}", meaning.id()))
            }
            Class::Owner | Class::Join | Class::Comparison | Class::Value | Class::Rounding | Class::Fact => {
                "from "
            }
        };
        for spelling in Lang::ALL.into_iter().flat_map(|lang| meaning.spellings(lang)) {
            let text = format!("{before}{spelling} \"x\"");
            let tokens = read_words(FileId(0), &text).tokens;
            let expected = match word_kind(meaning) {
                TokenKind::Word(word, _) => {
                    show(&Token { kind: TokenKind::Word(word, meaning), span: Span::default() })
                }
                kind => show(&Token { kind, span: Span::default() }),
            };
            if tokens.len() < 3 || show(&tokens[tokens.len() - 3]) != expected {
                wrong.push(format!("{} {spelling}: {}", meaning.id(), read(&text)));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Each phrase of the table, however it is spelled, is read as its English.
#[test]
fn every_phrase_is_read_as_its_english() {
    use crate::language::{Lang, is_read_in, is_read_in_some, meaning_by_id, meanings};
    let fill = |spelling: &str, unit: &str| {
        let filled = spelling.replace("{n", "{#");
        (1..=3).fold(filled, |text, index| {
            let name = ["甲", "乙", "丙"][index - 1];
            text.replace(&format!("{{#{index}}}"), &format!("{index}{unit}"))
                .replace(&format!("{{{index}}}"), name)
        })
    };
    let mut wrong = Vec::new();
    for meaning in meanings().filter(|meaning| matches!(meaning.class(), Class::Pattern | Class::Opening)) {
        let before = match meaning.id() {
            _ if meaning.class() == Class::Opening => "",
            "pattern.mark-value" => "example x -> y, ",
            // 为 is glued to what it says.
            "pattern.saying-or-above" | "pattern.saying-or-below" => "when x",
            "pattern.saying-is-or-above" => "when x, ",
            "pattern.saying-maps-to" => "dimension x, ",
            "pattern.saying-only-if" => "fact x, ",
            "pattern.saying-up-to" => "from x, ",
            "pattern.saying-carried" => "mark x, ",
            id if is_read_in_some(meaning) && !is_read_in(meaning, meaning_by_id("slot.give")) => {
                let openings = ["declaration.limit", "declaration.require", "slot.share", "slot.test-expect"];
                let opening =
                    openings.into_iter().filter_map(meaning_by_id).find(|&of| is_read_in(meaning, Some(of)));
                match opening.map(|opening| opening.word().text()) {
                    Some("share") => "programme p { share x, ",
                    Some("expect") => "test t { expect x, ",
                    Some("require") => "require x, ",
                    Some(_) => "limit x, ",
                    None => panic!("{id} is read nowhere"),
                }
            }
            "pattern.comparison-of" => "comparison x ",
            _ => "give x, ",
        };
        let english = read(&format!("{before} {}", fill(meaning.spelling(Lang::En), " credit")));
        for spelling in [Lang::Zh, Lang::ZhHant].into_iter().flat_map(|lang| meaning.spellings(lang)) {
            let text = format!("{before}{}", fill(spelling, "学分"));
            if read(&text) != english {
                wrong.push(format!("{text}: {} not {english}", read(&text)));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Every file that authors are shown reads without a problem.
#[test]
fn the_packages_and_shapes_hold_no_unreadable_word() {
    let mut files = Vec::new();
    for folder in ["frameworks", "tests/shapes"] {
        collect(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), &mut files);
    }
    assert!(files.len() > 20, "{files:?}");
    for path in files {
        let text = std::fs::read_to_string(&path).unwrap();
        let problems = read_words(FileId(0), &text).problems;
        assert!(problems.is_empty(), "{}: {problems:?}", path.display());
    }
}

fn collect(folder: &std::path::Path, files: &mut Vec<std::path::PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "qf") {
            files.push(path);
        }
    }
}

mod properties {
    use proptest::prelude::*;

    use super::*;
    use crate::diagnostic::catalogue::unsaid;
    use crate::language::{Lang, meanings};

    /// Pieces of QF and of what authors type by mistake.
    fn alphabet() -> impl Strategy<Value = String> {
        let mut words: Vec<String> = meanings()
            .flat_map(|meaning| Lang::ALL.map(|lang| meaning.spelling(lang).to_owned()))
            .map(|spelling| spelling.replace(['{', '}'], ""))
            .collect();
        words.extend(
            "1 0.5 80% 1/3 2025-08-01 2025年8月1日 三分之一 二学分 1,2 .5 -1 1-5 1e3 （一） (a) 的 每 a-b a.b “ ” \" 「 《 》 [ ] 【 \
             、 ， ： ； 。 — ～ → -> -》 》= { } ｛ ｝ ( ) （ ） | ｜ # ＃ 注： = ＝ < > >= ≠ & \u{200b} \u{feff} é ａ １"
                .split_whitespace()
                .map(str::to_owned),
        );
        words.extend([" ", "\n", "\r\n", "\u{3000}"].map(str::to_owned));
        proptest::collection::vec(
            prop_oneof![3 => prop::sample::select(words), 1 => any::<char>().prop_map(String::from)],
            0..30,
        )
        .prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(3000))]

        #[test]
        fn any_text_is_read_to_its_end_and_every_place_lies_in_it(text in alphabet()) {
            let words = read_words(FileId(0), &text);
            for token in &words.tokens {
                prop_assert!(token.span.start <= token.span.end);
                prop_assert!(text.get(token.span.range()).is_some(), "{:?} in {:?}", token, text);
            }
            for problem in &words.problems {
                prop_assert!(text.get(problem.at.range()).is_some(), "{:?} in {:?}", problem, text);
                prop_assert_eq!(unsaid(problem), Vec::<String>::new());
            }
            // Inside a phrase the English order holds; statements and braces stand in the order of the file.
            let borders = words.tokens.iter().filter(|token| {
                matches!(token.kind, TokenKind::End | TokenKind::Comment { .. } | TokenKind::Sign(Sign::Open | Sign::Close))
            });
            prop_assert!(borders.map(|token| token.span.start).is_sorted(), "{:?}", text);
            let mut open_statement = false;
            for token in &words.tokens {
                match token.kind {
                    TokenKind::End => {
                        prop_assert!(open_statement, "an end of nothing in {:?}", text);
                        open_statement = false;
                    }
                    TokenKind::Comment { .. } | TokenKind::Blank => {}
                    TokenKind::Sign(Sign::Open) => open_statement = false,
                    _ => open_statement = true,
                }
            }
            prop_assert!(!open_statement || words.tokens.is_empty(), "no end after {:?}", text);
        }

        #[test]
        fn what_was_read_does_not_depend_on_the_text_after_a_line(text in alphabet(), more in alphabet()) {
            // A line that continues takes an end back, so the two are parted by a declaration.
            let line = format!("{}\n;\n", text.replace(['\n', '\r'], " "));
            let alone = read_words(FileId(0), &line);
            let both = read_words(FileId(0), &format!("{line}{more}"));
            prop_assert_eq!(&both.tokens[..alone.tokens.len()], &alone.tokens[..]);
        }
    }

    /// None of these may crash or take more than a moment.
    #[test]
    fn long_texts_are_read_in_one_pass() {
        for unit in [
            "{",
            "}",
            "由",
            "或者",
            "每",
            "每1计",
            "在前",
            "（",
            "甲（一）",
            "“",
            "《",
            "[",
            "\"",
            "的",
            "and ",
            "9",
            "—",
            "&",
            "条件",
            "不足1",
            "\u{200b}",
            "a\n",
            "#\n",
            "a.",
            "-",
            "1-",
            "三",
            "第",
            "以下（",
            "条件x不低于1;",
            "\"a\"",
            "《a》",
        ] {
            let text = unit.repeat(30_000 / unit.len().max(1));
            let words = read_words(FileId(0), &text);
            assert!(words.tokens.len() <= 2 * text.len(), "{unit}");
        }
        let nested = "rule a {\n".repeat(200_000);
        assert!(read_words(FileId(0), &nested).tokens.len() >= 600_000);
    }
}

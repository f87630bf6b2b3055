//! Each construct in English and Chinese, and what authors do wrong.

#![allow(clippy::unwrap_used, clippy::panic)]

use super::{dump, parse};
use crate::diagnostic::catalogue::unsaid;
use crate::source::{FileId, Source};

/// The tree in short, then each problem with its place.
fn read(text: &str) -> String {
    let (tree, problems) = parse(FileId(0), text);
    let source = Source::new("case", text);
    let mut said = dump::statements(&tree.statements);
    for problem in &problems {
        assert_eq!(unsaid(problem), Vec::<String>::new(), "{text}");
        let place = source.position(problem.at.start);
        said += &format!(" !{}:{} {}", place.line, place.column, problem.code.id());
    }
    said
}

/// Texts that all say the same, and what they say.
#[track_caller]
fn cases(cases: &[(&[&str], &str)]) {
    let mut wrong = Vec::new();
    for (texts, expected) in cases {
        for text in *texts {
            let said = read(text);
            if said != *expected {
                wrong.push(format!("{text}\n  is  {said}\n  not {expected}"));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn headers() {
    cases(&[
        (&["package cn.zikao version 2025.1", "规则包：cn.zikao 版本2025.1"], "package cn.zikao v2025.1"),
        (&["use cn.west version 2026 as frame"], "use cn.west v2026 as frame"),
        (
            &["document d, 规定 \"T\" en \"E\" { number \"1\"; issued 2025-08; replaces old }"],
            "document d = 规定 \"T\" en\"E\" { Number \"1\"; issued 2025-08-01..2025-08-31; Replaces old }",
        ),
        (&["document d { issued 2007 }"], "document d { issued 2007-01-01..2007-12-31 }"),
        (
            &[
                "outcome [MATH 115], m \"Maths\" : course { credits 3; level hkqf 3, skill 4; hours 30 notional }",
            ],
            "outcome [MATH 115] = m \"Maths\" : course { credits := 3; level := hkqf#3, skill#4; hours := 30 Notional-hours }",
        ),
        (
            &[
                "outcome a : course { credits unpublished; part of b; near c }",
                "学习成果：a：course｛学分：未公布；隶属：b；相近成果：c｝",
            ],
            "outcome a : course { credits := unpublished; PartOf b; Near c }",
        ),
        (&["kind b : a { counts whole }", "成果类型：b：a｛计入方式：整体｝"], "kind b : a { counts Whole }"),
        (&["kind b { counts in part }", "成果类型：b｛计入方式：可拆分｝"], "kind b { counts InPart }"),
        (
            &["dimension x \"X\" maps to knowledge, skill", "维度：x“X”对应 知识、技能"],
            "dimension x \"X\" -> knowledge, skill",
        ),
        (&["scheme s { rule r { to x } }"], "scheme s { rule r { to x } }"),
    ]);
}

#[test]
fn facts_and_scales() {
    cases(&[
        (
            &["kind k { fact grade : hundred or five-grade, optional }"],
            "kind k { fact grade : hundred or five-grade optional }",
        ),
        (
            &[
                "kind k { fact rank : 1 to 20 whole, if team }",
                "成果类型：k｛信息项：rank：1至20整数，仅当 team｝",
            ],
            "kind k { fact rank : 1..20 whole if team }",
        ),
        (
            &[
                "kind k { fact p : low to high a, b = c \"C\", d }",
                "成果类型：k｛信息项：p：从低到高 a、b＝c“C”、d｝",
            ],
            "kind k { fact p : a < b = c \"C\" < d }",
        ),
        (&["kind k { fact p : a < b }"], "kind k { fact p : a < b }"),
        (
            &["kind k { fact h : 40 to 80 step 8 contact hours }"],
            "kind k { fact h : 40..80 Contact-hours step 8 }",
        ),
        (
            &["learner { fact type \"类别\" : arts, sports; fact enrolled : date, proof \"学籍表\" }"],
            "learner { fact type \"类别\" : arts, sports; fact enrolled : date proof \"学籍表\" }",
        ),
        (
            &["kind k { fact t : yes or no, otherwise no, fixed }"],
            "kind k { fact t : yes/no otherwise no fixed }",
        ),
        (
            &[
                "scale s { range 5.0 to 1.0; step 0.1; pass 4; mark e \"E\" counts as required minimum, outside average }",
            ],
            "scale s { range 5..1; step 0.1; pass 4; mark e \"E\" as minimum outside }",
        ),
        (
            &["credit c { hours 25 to 30 notional; step 0.5 }"],
            "credit c { hours 25..30 Some(Notional); step 0.5 }",
        ),
        (
            &["set s { a, b in force from 1951-09, c }"],
            "set s { members a, b in-force [1951-09-01..1951-09-30|], c }",
        ),
        (
            &["framework f { levels 0.5 to 8 step 0.5; placement best fit; descriptors elsewhere d }"],
            "framework f { levels 0.5..8 step Some(\"0.5\"); placement BestFit; descriptors elsewhere d }",
        ),
        (
            &["framework f { descriptors { | level | a |\n | 1 | \"x\" | } }"],
            "framework f { descriptors level | a / 1 | \"x\" }",
        ),
    ]);
}

#[test]
fn schemes() {
    cases(&[
        (
            &[
                "scheme s { in force from 2025-09-01 to 2026-08-31 by applied; count each achievement once everywhere }",
                "办法：s｛施行：自2025年9月1日起至2026年8月31日，以申请日期为准；计次：每项成果只认定一次，全部办法通算｝",
            ],
            "scheme s { in-force [2025-09-01|2026-08-31] by applied; count AchievementOnceEverywhere }",
        ),
        (
            &["scheme s { in force not stated }", "办法：s｛施行：未载明｝"],
            "scheme s { in-force not-stated }",
        ),
        (
            &["agreement a { parties x, y -> z; convert again 3 times; status under review }"],
            "agreement a { parties x, y -> z; convert-again 3; status UnderReview }",
        ),
        (
            &["rule r { cite d \"1\", e; overrides a, b; with p; reading \"t\" cite d; note \"n\" }"],
            "rule r { cite d \"1\", e; overrides a, b; with p; reading \"t\" d; note \"n\" }",
        ),
        (
            &[
                "scheme s { never from k (basis is x) to t unless y because \"w\" cite d \"5\" }",
                "scheme s {\n never from k (basis is x)\n   , to t, unless y, because \"w\", cite d \"5\"\n}",
            ],
            "scheme s { never from k (basis is x) to t unless y because \"w\" cite d \"5\" }",
        ),
        (
            &["scheme s { otherwise refer to b because \"x\" }", "办法：s｛未列情形：提请b，理由“x”｝"],
            "scheme s { otherwise refer b \"x\" }",
        ),
    ]);
}

#[test]
fn selections() {
    let from = |text: &str| read(&format!("rule r {{ from {text} }}"));
    for (text, expected) in [
        ("a or above", "a+"),
        ("a and b and c", "all(a, b, c)"),
        ("a or b together", "together(any(a, b))"),
        ("a and 1 of { b, c }", "all(a, 1(b, c))"),
        ("up to 3 of { [a b]\n 《c》 }", "<=3([a b], [c])"),
        ("3 credits of { a, b }", "3 Credit(a, b)"),
        ("2 of kind", "2(kind)"),
        ("k (grade >= 60 and x) except b, c", "k (grade >= 60, x) minus (b, c)"),
        ("any of { a and b; c }", "any(all(a, b), c)"),
        ("[1] at b", "[1] at b"),
    ] {
        assert_eq!(from(text), format!("rule r {{ from {expected} }}"), "{text}");
    }
    assert_eq!(
        read("规则：r｛凭：二级以上；转换为：最多3门｛a、b｝｝"),
        "rule r { from 二级+; to <=3(a, b) }"
    );
}

#[test]
fn tests_of_facts_dates_and_records() {
    let when = |text: &str| read(&format!("rule r {{ when {text} }}"));
    for (text, expected) in [
        ("assessed", "assessed"),
        ("not assessed", "not assessed"),
        ("grade >= 425 and x", "all(grade >= 425, x)"),
        ("credits >= target credits", "credits >= target.credits"),
        ("name is target name", "name is target.name"),
        ("prize is first or above", "prize >= first"),
        ("grade is not 60 or above", "grade < 60"),
        ("rank 1 to 3", "rank in 1..3"),
        ("level >= hkqf 5", "level >= hkqf#5"),
        ("scope is one of a, b", "scope one-of (a, b)"),
        ("issuer not in list on completed", "issuer not-one-of (list) on completed"),
        ("awarded within 2 years 6 months before applied", "awarded within 2 Year + 6 Month Before applied"),
        ("within 6 years", "? within 6 Year Before ?"),
        ("completed before applied", "completed < applied"),
        ("learner type is arts", "learner.type is arts"),
        ("any of { a\n b and c\n}", "any(a, all(b, c))"),
        ("holds no x (grade < 60)", "holds-no x (grade < 60)"),
        ("holds 2 of { a, b } and grade >= 60", "all(holds 2(a, b), grade >= 60)"),
        ("lowest grade >= 60%", "lowest.grade >= 0.6%"),
    ] {
        assert_eq!(when(text), format!("rule r {{ when {expected} }}"), "{text}");
    }
    let chinese = "规则：r｛条件：成绩 为 70分以下；条件：取得日期在申请日期前6年内；除外：学习者的专业属于文科、艺术｝";
    assert_eq!(
        read(chinese),
        "rule r { when grade <= 70 Point ?; when awarded within 6 Year Before applied; \
         unless learner.专业 one-of (文科, 艺术) }"
    );
}

#[test]
fn amounts_effects_and_marks() {
    let give = |text: &str| read(&format!("rule r {{ give {text} }}"));
    for (text, expected) in [
        ("3 credits in total", "3 Credit InTotal"),
        ("target credits", "target.credits"),
        ("1 credit per 16 hours, round down to 0.5, at most 4", "1 Credit per 16 Hour Down 0.5 <= 4"),
        ("1 credit per 3 distinct module, exact", "1 Credit per distinct 3 module Exact"),
        ("6 credits less 0.5 per rank after 1", "6 Credit less 0.5 per rank after 1"),
        ("no credit, total reduced", "NoCreditReduced"),
        ("no credit, replaced from a or b", "NoCreditReplaced from any(a, b)"),
        ("attendance only, exam stays", "AttendanceOnly"),
        ("entry to year 3 of p", "Entry 3 p"),
        ("access to p", "Access p"),
        ("refer to b", "refer b"),
        (
            "credits by a, target b {\n| a | x | otherwise |\n| 1 to under 3, 5 | 1 credit per 2 hours | - |\n| 6 or more | unpublished | target credits |\n}, at most 3",
            "by (a, target.b) a | x | otherwise / 1..<3, 5 | = 1 Credit per 2 Hour | dash / >= 6 | unpublished | = target.credits <= 3",
        ),
    ] {
        assert_eq!(give(text), format!("rule r {{ give {expected} }}"), "{text}");
    }
    let mark = |text: &str| read(&format!("rule r {{ mark {text} }}"));
    for (text, expected) in [
        ("90", "90"),
        ("grade, at most 70", "carried grade <= 70"),
        ("exempt", "named exempt"),
        ("\"免考\" counts as 85, outside average", "\"免考\" as 85 outside"),
    ] {
        assert_eq!(mark(text), format!("rule r {{ mark {expected} }}"), "{text}");
    }
    let chinese = "规则：r｛认定：每16学时计1学分，不足0.5学分的不计，最高4学分；记载：原成绩，最高70分｝";
    assert_eq!(
        read(chinese),
        "rule r { give 1 Credit per 16 Hour Down 0.5 Credit <= 4 Credit; mark carried grade <= 70 Point }"
    );
}

#[test]
fn examples() {
    let example = |text: &str| read(&format!("rule r {{ example {text} }}"));
    for (text, expected) in [
        (
            "grade = 425, learner t = arts -> a 7 credits, mark 90, b",
            "it(grade=425) given learner.t=arts -> a 7 Credit mark 90, b converts",
        ),
        (
            "x (times = 5) and 10 y (credits = 3), applied = 2026-03-01 -> refused not yet",
            "x(times=5) and 10xy(credits=3) given applied=2026-03-01 -> refused Some(NotYet)",
        ),
        ("learner t = arts -> a refused", "given learner.t=arts -> a refused None"),
        ("grade = 4 -> m and n 6 credits in total", "it(grade=4) -> m & n 6 Credit InTotal"),
        ("x -> no rule", "x -> NoRule"),
        ("x -> unknown learner t", "x -> unknown learner.t"),
        ("x -> refer to b", "x -> refer b"),
        ("x -> deposit 3 credits", "x -> deposit 3 Credit"),
        ("x -> a no credit, total reduced", "x -> a NoCreditReduced"),
        ("x -> not established", "x -> NotEstablished"),
        ("x -> conflict", "x -> Conflict"),
    ] {
        // `example given …` has no achievement before it.
        let said = example(text).replace("example  given", "example given");
        assert_eq!(said, format!("rule r {{ example {expected} }}"), "{text}");
    }
    assert_eq!(
        read("规则：r｛示例：成绩＝425→英语（一）：7学分，记90分｝"),
        "rule r { example it(grade=425) -> 英语（一） 7 Credit mark 90 Point }"
    );
}

#[test]
fn a_bad_statement_costs_itself_and_is_told_once() {
    cases(&[
        (&["rule r {\n from a b\n to c\n}"], "rule r { BAD; to c } !2:7 name/side-by-side"),
        (&["rule r {\n wehn x\n to c\n}"], "rule r { BAD; to c } !2:2 slot/unknown"),
        (&["rule r {\n from\n to c\n}"], "rule r { BAD; to c } !2:2 slot/empty"),
        (&["rule r {\n from a and b or c\n to c\n}"], "rule r { BAD; to c } !2:7 select/mixed"),
        (&["rule r {\n from a and of\n to c\n}"], "rule r { BAD; to c } !2:13 name/reserved"),
        (&["rule r {\n to a, b when x\n from c\n}"], "rule r { BAD; from c } !2:10 syntax/statement"),
        (&["rule r {\n to english 1\n from c\n}"], "rule r { BAD; from c } !2:5 name/space"),
        (&["rule r {\n when grade 60\n to c\n}"], "rule r { BAD; to c } !2:13 syntax/statement"),
        (&["rule r {\n cite免考规定\n to c\n}"], "rule r { BAD; to c } !2:2 slot/colon"),
        (
            &["kind k {\n fact grade hundred\n counts whole\n}"],
            "kind k { BAD; counts Whole } !2:13 syntax/statement",
        ),
        (&["rule r {\n give no credit\n to c\n}"], "rule r { BAD; to c } !2:7 syntax/statement"),
        (&["rule r {\n give exempt\n to c\n}"], "rule r { BAD; to c } !2:7 effect/unclear"),
        (&["rule r {\n give 30%\n to c\n}"], "rule r { BAD; to c } !2:7 amount/percent-without-base"),
        (&["rule r {\n from a & b\n to c\n}"], "rule r { BAD; to c } !2:9 character/unknown"),
        (
            &["rule r { give credits by a {\n | a | b |\n | c | |\n | d | 1 |\n}; to c }"],
            "rule r { BAD; to c } !3:6 table/empty-cell",
        ),
        (
            &["set s {\n a, b\n low to high c, d\n}"],
            "set s { members a, b; low-to-high c < d } !2:2 syntax/mixed-body",
        ),
        (&["package p\nfoo {\n to x\n}\nrule r"], "package p; BAD; rule r !2:1 slot/unknown"),
        (&["rule english 1 {\n from a\n}\nset b"], "rule english { from a }; set b !1:6 name/space"),
        (
            &["rule r {\n to a,\n give 3 credits\n}", "规则：r｛\n转换为：a、\n认定：3学分\n｝"],
            "rule r { to a; give 3 Credit } !2:6 syntax/statement",
        ),
        (&["rule r {\n to a,\n note,\n b\n}"], "rule r { to each(a, note, b) }"),
        (&["rul r {\n from a\n}\nset b"], "rule r { from a }; set b !1:1 slot/unknown"),
    ]);
}

#[test]
fn what_was_expected_is_said_as_a_noun_in_both_languages() {
    use crate::diagnostic::{MessageLanguage, catalogue::sentence};
    for (text, english, chinese) in [
        (
            "count sometimes",
            "`each achievement once`, `each achievement freely` or `each target once`",
            "“每项成果只认定一次”“可重复认定”或“每门课程只转换一次”",
        ),
        ("mark as grade", "a mark", "成绩"),
        ("example grade is 60", "`->` and the expected answer", "“→”和应得的结果"),
        ("cite \"rules\"", "a name", "名称"),
        ("to a when b", "the end of the line", "本条结束"),
        ("when grade >=", "a value", "值"),
    ] {
        let (_, problems) = parse(FileId(0), &format!("rule r {{ {text} }}"));
        let said = |language| sentence(&problems[0], language).sentence;
        assert_eq!(
            said(MessageLanguage::English),
            format!("this statement cannot be read: {english} was expected here")
        );
        assert_eq!(said(MessageLanguage::Chinese), format!("这一条读不懂：这里应为{chinese}"));
    }
}

#[test]
fn frameworks_standards_and_comparisons() {
    cases(&[
        (
            &[
                "comparison x of a with b { status comparison only; | a | b |; | 3, 2 | none |; example 3 -> none }",
                "等级对照：x 就a与b｛核实状态：仅供比较；｜a｜b｜；｜3、2｜无｜；示例：3→无｝",
            ],
            "comparison x a ~ b { status ComparisonOnly; a | b; 3, 2 | none; example 3 -> none }",
        ),
        (
            &[
                "standard r { under f; statement k : know level 3 \"t\" weight 2, elsewhere d { same as r.q } }",
                "等级标准：r｛遵照：f；学习目标：k：know 等级3“t”权重2，另行规定 d｛等同：r.q｝｝",
            ],
            "standard r { Under f; statement k \"t\" know 3 Some(\"2\") Some(\"d\") { SameAs r.q } }",
        ),
        (
            &[
                "framework f { levels E1, E2, 1 to 3; tracks a \"A\", b; axis s; dimension x formerly y maps to skill }",
                "资历框架：f｛等级表：E1、E2、1至3；轨道：a“A”、b；分类轴：s；维度：x 原名 y 对应 技能｝",
            ],
            "framework f { levels E1 < E2 1..3 step None; tracks a \"A\" b; Axis s; dimension x -> skill formerly y }",
        ),
        (
            &[
                "framework f { title \"D\" requires level 3 or above and at least 60 credits cite d; example \"D\", level 3, 60 credits -> allowed }",
                "资历框架：f｛称谓：“D”须 等级3以上并且至少60学分 依据 d；示例：“D”，等级3，60学分→准许｝",
            ],
            "framework f { title \"D\" level >= 3 false 60 Credit d; title-example \"D\" Some(\"3\") Some(\"60 Credit\") true }",
        ),
        (
            &["framework f { descriptors en { | level | k |; | 1 | \"x\" | } }"],
            "framework f { descriptors enlevel | k / 1 | \"x\" }",
        ),
        (
            &[
                "rule r { when level >= target level in every dimension; when level >= f 5 by m; unless level >= f 5 in skill }",
                "规则：r｛条件：等级不低于转换课程的等级，各维度均如此；条件：等级不低于f 5，按 m；除外：等级不低于f 5 在skill维度上｝",
            ],
            "rule r { when level >= target.level every-dimension; when level >= f#5 by m; unless level >= f#5 in skill }",
        ),
        (
            &[
                "rule r { when covers 80% of target statements in skill by weight where result >= 50 }",
                "规则：r｛条件：覆盖转换课程学习目标的80%以上 在skill维度上，按权重，限于结果不低于50｝",
            ],
            "rule r { when covers 0.8% skill true result >= 50 }",
        ),
    ]);
}

#[test]
fn what_is_not_built_yet_is_named_at_its_place_and_kept() {
    cases(&[
        (&["table p { block x; rule r { } }\nset s"], "LATER; set s !1:1 syntax/later"),
        (
            &["rule r {\n give 3 credits to x when y\n from c\n}"],
            "rule r { give 3 Credit to x when y; from c }",
        ),
        (&["rule r {\n give 3 credits as x = y\n from c\n}"], "rule r { LATER; from c } !2:17 syntax/later"),
        (&["规则：r｛\n不受影响于：性别\n凭：c｝"], "rule r { LATER; from c } !2:1 syntax/later"),
    ]);
}

#[test]
fn a_brace_that_is_missing_costs_its_block() {
    cases(&[
        (
            &["rule a {\n  from x\n\nrule b {\n  from y\n}\n"],
            "rule a { from x }; rule b { from y } !2:8 brace/unclosed",
        ),
        (
            &["scheme s {\n  rule a {\n    from x\n  rule b {\n    from y\n  }\n}\nset z"],
            "scheme s { rule a { from x }; rule b { from y } }; set z !3:10 brace/unclosed",
        ),
        (&["  from x\n  to y\n}\nrule b { from y }"], "BAD; rule b { from y } !1:3 brace/extra"),
        (
            &["  cite d\n  rule a {\n    from x\n  }\n}\nset z"],
            "scheme { cite d; rule a { from x } }; set z !1:3 brace/extra",
        ),
        (
            &["rule a { from x }\n}\nrule b { from y }"],
            "rule a { from x }; rule b { from y } !2:1 brace/extra",
        ),
        (&["rule a { from x } y\nset b"], "rule a { from x }; BAD; set b !1:19 syntax/statement"),
    ]);
}

#[test]
fn comments_stay_with_their_statements() {
    let text = "# one\nrule a { # two\n\n  # three\n  from x # four\n  # five\n}\n# six\n";
    let (tree, problems) = parse(FileId(0), text);
    assert_eq!(problems, Vec::new());
    let rule = &tree.statements[0];
    let shown = |comments: &[crate::syntax::tree::Comment]| {
        comments.iter().map(|comment| comment.text.to_string()).collect::<Vec<_>>().join(" ")
    };
    let around = rule.remarks.as_ref().unwrap();
    assert_eq!(shown(&around.before), "one");
    assert_eq!(shown(around.end.as_slice()), "two");
    let crate::syntax::tree::StatementKind::Declaration(declaration) = &rule.kind else { panic!("{rule:?}") };
    let body = declaration.body.as_ref().unwrap();
    let around = body.statements[0].remarks.as_ref().unwrap();
    assert_eq!(shown(&around.before), "three");
    assert_eq!(shown(around.end.as_slice()), "four");
    assert_eq!(shown(&body.trailing), "five");
    assert_eq!(shown(&tree.trailing), "six");
}

/// Neither depth nor length takes more than a moment, and the first problem says what is wrong.
#[test]
fn no_text_is_too_deep_or_too_long() {
    let many = 20_000;
    let attacks = [
        ("rule a {\n".repeat(many), "depth/limit"),
        (format!("{}{}", "rule a {\n".repeat(many), "}\n".repeat(many)), "depth/limit"),
        (format!("rule a {{ when {}x{} }}", "any of {\n".repeat(many), "}\n".repeat(many)), "depth/limit"),
        (format!("rule a {{ from {}{} }}", "x (".repeat(many), ")".repeat(many)), "depth/limit"),
        ("}\n".repeat(many), "brace/extra"),
        ("{".repeat(many), "slot/unknown"),
        ("|".repeat(many), "table/empty-cell"),
        (format!("rule {}{{ }}", "a ".repeat(many)), "name/space"),
        (format!("rule a {{ from x{} }}", " and a or b".repeat(many)), "select/mixed"),
        (format!("rule a {{\n{}}}", "  condtion x\n".repeat(many)), "slot/unknown"),
        ("rule a {\n  from x\n\n".repeat(many), "brace/unclosed"),
        ("table p { ".repeat(many), "syntax/later"),
        ("load is \u{e000}".to_owned(), "character/unknown"),
    ];
    for (text, expected) in attacks {
        let (_, problems) = parse(FileId(0), &text);
        let first = problems.first().map(|problem| problem.code.id());
        assert_eq!(first, Some(expected), "{}", text.chars().take(40).collect::<String>());
    }
    let long = format!("set s {{ {} }}", (0..many).map(|at| format!("n{at}")).collect::<Vec<_>>().join(", "));
    assert_eq!(parse(FileId(0), &long).1, Vec::new());
}

mod properties {
    use proptest::prelude::*;

    use super::*;

    fn pieces() -> impl Strategy<Value = String> {
        const PIECES: &str = "package use document set kind outcome scheme rule never from to when unless give mark example \
            credits by hours in force fact low high levels a b grade 425 80% 2025-08-01 \"t\" [b] { } { } ( ) | | , : -> = >= is and or \
            not any of up to 2 of together except per round down each total refused refer because cite 规则：甲｛ ｝ 条件： 成绩不低于60 \
            凭： 认定： 每16学时计1学分 、 ； programme limit";
        let words: Vec<String> = PIECES.split_whitespace().map(str::to_owned).collect();
        let piece = prop_oneof![8 => prop::sample::select(words), 2 => Just("\n".to_owned()), 1 => any::<char>().prop_map(String::from)];
        proptest::collection::vec(piece, 0..60).prop_map(|pieces| pieces.join(" "))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn any_text_becomes_a_tree_or_says_why_not(text in pieces()) {
            let (tree, problems) = parse(FileId(0), &text);
            for problem in &problems {
                prop_assert!(text.get(problem.at.range()).is_some(), "{:?} in {:?}", problem, text);
                prop_assert_eq!(unsaid(problem), Vec::<String>::new());
            }
            let dumped = dump::statements(&tree.statements);
            let is_whole = !dumped.contains("BAD") && !dumped.contains("LATER");
            prop_assert!(is_whole || !problems.is_empty(), "nothing is told of {:?}: {}", text, dumped);
        }
    }
}

#[test]
fn frames_and_members() {
    cases(&[
        (
            &[
                "scheme m {\n under frame.west\n threshold 80%\n amend article-3 { when a >= 1 }\n}",
                "办法：m｛\n遵照：frame.west\nthreshold：80%\n修订：article-3｛条件：a不低于1｝\n｝",
            ],
            "scheme m { Under frame.west; threshold := 0.8%; amend article-3 { when a >= 1 } }",
        ),
        (
            &[
                "scheme f {\n open least \"lowest\" : 0 to 10 whole\n members may tighten\n}",
                "办法：f｛\n由成员定：least“lowest”：0至10整数\n成员可从严\n｝",
            ],
            "scheme f { open least \"lowest\" : 0..10 whole; members-may-tighten }",
        ),
        (
            &[
                "adopt ouc.certs as ours {\n only a, b\n except c\n}",
                "采用：ouc.certs 作为 ours｛\n仅限：a、b\n不采用：c\n｝",
            ],
            "adopt ouc.certs as ours { only a, b; not c }",
        ),
        (&["adopt with discretion certs", "参照：certs"], "adoptwithdiscretion certs"),
        (
            &[
                "document d { clause \"3\" \"text\" hash \"sha256:0\" }",
                "文件：d｛条款：“3”“text”校验值“sha256:0”｝",
            ],
            "document d { clause \"3\" Some(\"text\") hash \"sha256:0\" }",
        ),
        // What a scheme states looks like no slot.
        (&["scheme s {\n cyte rules\n}"], "scheme s { BAD } !2:2 slot/unknown"),
    ]);
}

#[test]
fn programmes_and_blocks() {
    cases(&[
        (
            &[
                "programme p \"P\" { at b; under s; unit u; block major { takes any course (category is major); when x } }",
                "培养方案：p“P”｛颁授单位：b；遵照：s；计量单位：u；模块：major｛列入：任一course（类别 为 major）；条件：x｝｝",
            ],
            "programme p \"P\" { At b; Under s; Unit u; block major { takes any course (category is major); when x } }",
        ),
        (
            &[
                "block a { 2 of { block b; block c { takes d, e } } }",
                "模块：a｛任2项｛模块：b；模块：c｛列入：d、e｝｝｝",
                "模块：a｛任选2门｛模块：b；模块：c｛列入：d、e｝｝｝",
            ],
            "block a { branches 2 { block b; block c { takes each(d, e) } } }",
        ),
        (
            &[
                "block a { share up to 6 credits with b; share with c }",
                "模块：a｛共用：与b共用最多6学分；共用：与c共用｝",
            ],
            "block a { share up-to 6 Credit with b; share with c }",
        ),
        (
            &["scheme s { not both a and b; surplus lost }", "办法：s｛不得兼得：a、b；超出部分不计｝"],
            "scheme s { not-both a, b; surplus lost }",
        ),
        (
            &[
                "scheme s { combine sum; combine highest by credits per category; surplus to x }",
                "办法：s｛合并：累加；取最高：按学分 每 类别；超出部分计入：x｝",
            ],
            "scheme s { combine sum; combine-highest credits per [category]; surplus to x }",
        ),
        (
            &[
                "body b { period term \"学期\" starts 03-01, 09-01 }",
                "机构：b｛学段：term“学期”始于03-01、09-01｝",
            ],
            "body b { period term \"学期\" starts 03-01, 09-01 }",
        ),
        (
            &[
                "programme p { count q in s, round down to 0.1 each }",
                "培养方案：p｛计次：q 折为 s，不足0.1的不计，各项｝",
            ],
            "programme p { count q in s Down 0.1 each }",
        ),
    ]);
}

#[test]
fn limits_and_requirements() {
    cases(&[
        (
            &[
                "scheme s { limit all: at most 105 credits per issuer cite act \"1\" }",
                "办法：s｛上限：all：不超过105学分，每颁证机构，依据：act“1”｝",
            ],
            "scheme s { limit all: 105 Credit per issuer cite act \"1\" }",
        ),
        (
            &[
                "programme p { require: at least 140 credits }",
                "培养方案：p｛应修：不低于140学分｝",
                "培养方案：p｛须修满：不少于140学分｝",
            ],
            "programme p { require: 140 Credit }",
        ),
        (
            &[
                "programme p { require a \"A\": at least 18 credits from x, y }",
                "培养方案：p｛应修：a“A”：不少于18学分，凭x、y｝",
            ],
            "programme p { require a \"A\": 18 Credit from each(x, y) }",
        ),
        (
            &[
                "programme p { limit year: at most 42 credits from each of x, y per kr-year by ended when holds z }",
                "培养方案：p｛上限：year：不超过42学分，分别凭x、y，每kr-year，以结束日期为准，条件：持有z｝",
            ],
            "programme p { limit year: 42 Credit from each each(x, y) per kr-year by ended when holds z }",
        ),
        (
            &[
                "scheme s { limit n: at most 40% of planned courses, counting converted }",
                "办法：s｛上限：n：不超过40%的计划门数，只计转换｝",
                "办法：s｛上限：n：不超过计划门数的40%，只计转换｝",
            ],
            "scheme s { limit n: 0.4% of Planned courses converted }",
        ),
        (
            &[
                "programme p { require scs: at least 60% of required credits or 72 credits, whichever is less, from x }",
                "培养方案：p｛应修：scs：不低于60%的应修学分或者72学分，两者以较低者为准，自x｝",
            ],
            "programme p { require scs: min(0.6% of Required credits, 72 Credit) from x }",
        ),
        (
            &[
                "programme p { limit m: at most 25% of counted credits of major excluding thesis, sport }",
                "培养方案：p｛上限：m：不超过major计入学分的25%，不计 thesis、sport｝",
            ],
            "programme p { limit m: 0.25% of Counted credits of major excluding each(thesis, sport) }",
        ),
        (
            &["scheme s { limit x: at most share of planned credits }"],
            "scheme s { limit x: share of Planned credits }",
        ),
        (&["scheme s { limit x: at most 40% of credits }"], "scheme s { limit x: 0.4% of ?credits }"),
        (
            &[
                "rule r { limit: at most 3 sources per same, in principle, surplus to x }",
                "规则：r｛上限：不超过3项成果，每组相同成果，原则上，超出部分计入x｝",
            ],
            "rule r { limit: 3 Source per same in-principle surplus to x }",
        ),
        (
            &[
                "programme p { require: at least 3 distinct field where grade >= 60 }",
                "培养方案：p｛应修：不少于3个不同的field，限于成绩不低于60｝",
            ],
            "programme p { require: 3 distinct field where grade >= 60 }",
        ),
        (
            &[
                "programme p { require g: average points >= 2 over x }",
                "培养方案：p｛应修：g：平均points不低于2凭x｝",
            ],
            "programme p { require g: average points >= 2 over x }",
        ),
        (
            &[
                "programme p { require t: at least 2 years span from x counting earned here }",
                "培养方案：p｛应修：t：不少于2年时间跨度，凭x，只计本校修得｝",
            ],
            "programme p { require t: span 2 Year from x earned-here }",
        ),
        (
            &[
                "programme p { limit l: at most 6 credits among last 60 credits by completed }",
                "培养方案：p｛上限：l：不超过6学分，按完成日期最近60学分中｝",
            ],
            "programme p { limit l: 6 Credit among 60 Credit by completed }",
        ),
    ]);
}

#[test]
fn tests_of_whole_records() {
    cases(&[
        (
            &[
                "test t \"T\" { on 2019-12-31; learner age = 20; plan p (credits = 140); holds 3 x (grade = 60) and y }",
                "用例：t“T”｛日期：2019-12-31；学习者：age＝20；修读计划：p（学分＝140）；持有：3 x（成绩＝60）、y｝",
            ],
            "test t \"T\" { on 2019-12-31; learner age = 20; plan p (credits = 140); holds 3x x(grade = 60) & y() }",
        ),
        (
            &[
                "test t { judged similarity of a1 to c = 85% by panel on 2026-01-01; granted talks 0.5 credits by carried from 4 x on 2018-12-31 }",
                "用例：t｛评定：similarity of a1 至 c＝85% 按 panel 于 2026-01-01；已认定：talks 0.5学分 按 carried 自 4 x 于 2018-12-31｝",
            ],
            "test t { judged similarity of Some(\"a1\") to Some(\"c\") = 0.85% by panel on 2026-01-01; granted talks 0.5 Credit by carried from 4x x() on 2018-12-31 }",
        ),
        (
            &[
                "test t { waived core 6 credits by board because \"ill\"; asks talks, c; expect talks 0.5 credits; expect cut 9 credits by semester; expect total short 139.5 credits; expect fulfilled; expect c refused }",
                "用例：t｛免除：core 6学分 按 board 理由“ill”；申请：talks、c；预期：talks 0.5学分；预期：semester截去9学分；预期：合计尚缺139.5学分；预期：已修满；预期：c 不予转换｝",
            ],
            "test t { waived core Some(\"6 Credit\") by board Some(\"ill\"); asks talks, c; expect talks 0.5 Credit; expect cut 9 Credit by Some(\"semester\"); expect total short 139.5 Credit; expect fulfilled; expect c refused None }",
        ),
    ]);
}

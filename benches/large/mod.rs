//! The text of a large package: rules over half as many outcomes, a twentieth of them from one outcome.

#![allow(dead_code, reason = "each bench uses a part")]

use std::fmt::Write;

/// A package of so many rules, in English.
pub(crate) fn english(rules: u32) -> String {
    let outcomes = rules / 2;
    let mut text = String::from(
        "package bench.large version 2026.1\ndocument rules \"Rules\"\ncredit point { step 1 }\nscale marks { range 0 to 100; step 1 }\n\
         kind course { fact grade : marks }\n",
    );
    for id in 0..outcomes {
        writeln!(text, "outcome o{id:06} : course {{ credits {} }}", 1 + id % 9).unwrap();
    }
    text.push_str("scheme s {\n  cite rules\n  in force not stated\n  count each achievement freely\n");
    for id in 0..rules {
        let (source, target) = ends(id, outcomes);
        let grade = 40 + id % 41;
        writeln!(
            text,
            "  rule r{id:06} {{\n    from o{source:06}\n    when grade >= {grade}\n    to o{target:06}\n    give target credits\n  }}"
        )
        .unwrap();
    }
    text.push_str("}\n");
    text
}

/// The same package in Chinese.
pub(crate) fn chinese(rules: u32) -> String {
    let outcomes = rules / 2;
    let mut text = String::from(
        "规则包：bench.large 版本2026.1\n文件：规定“规定”\n学分单位：学分｛步长：1｝\n记分制：百分制｛范围：0至100；步长：1｝\n\
         成果类型：课程｛信息项：成绩：百分制｝\n",
    );
    for id in 0..outcomes {
        writeln!(text, "学习成果：课{id:06}：课程｛学分：{}｝", 1 + id % 9).unwrap();
    }
    text.push_str("办法：总则｛\n  依据：规定\n  施行：未载明\n  计次：可重复认定\n");
    for id in 0..rules {
        let (source, target) = ends(id, outcomes);
        let grade = 40 + id % 41;
        writeln!(
            text,
            "  规则：第{id:06}｛\n    凭：课{source:06}\n    条件：成绩不低于{grade}\n    转换为：课{target:06}\n    认定：课程学分\n  ｝"
        )
        .unwrap();
    }
    text.push_str("｝\n");
    text
}

/// The outcomes of a rule: a tenth of the outcomes' number of rules lead from the first, the others are spread.
pub(crate) fn ends(id: u32, outcomes: u32) -> (u32, u32) {
    if id < outcomes / 10 {
        return (0, 1 + id % (outcomes - 1));
    }
    let source = 1 + (id * 7) % (outcomes - 1);
    (source, (source + 1 + id % 11) % outcomes)
}

//! The pages of the codes, and the sentences made from them, in English and Chinese.
//!
//! It never decides what is wrong. The one idea: a page under `docs/errors` is the only place where a code's severity,
//! sentences and values stand, so what `accredit explain` shows is what `accredit check` says.

use std::fmt::Write as _;
use std::sync::LazyLock;

use crate::language::{self, Lang, Meaning, meaning_by_id};
use crate::quantity::Ratio;
use crate::source::Span;

use super::code::{Code, Severity};
use super::problem::{Problem, Said};
use super::suggest::Candidates;
use super::template::Template;

/// A language in which problems are told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum MessageLanguage {
    /// English.
    #[default]
    English,
    /// Chinese in simplified characters.
    Chinese,
}

impl MessageLanguage {
    /// Both, in the order in which they are shown.
    pub const ALL: [MessageLanguage; 2] = [MessageLanguage::English, MessageLanguage::Chinese];

    /// The language of its keywords.
    pub const fn lang(self) -> Lang {
        match self {
            MessageLanguage::English => Lang::En,
            MessageLanguage::Chinese => Lang::Zh,
        }
    }
}

/// A problem in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendered {
    /// How bad it is.
    pub severity: Severity,
    /// The stable code.
    pub code: Code,
    /// What is wrong.
    pub sentence: String,
    /// What to do; empty where nothing can be advised.
    pub help: String,
    /// The other places that matter, each with its text.
    pub labels: Vec<(Span, String)>,
}

/// Says a problem in a language.
pub fn sentence(problem: &Problem, language: MessageLanguage) -> Rendered {
    let page = page_of(problem.code);
    let value = |name: &str| said_of(problem, name).map(|said| say(said, language.lang()));
    let text = page.texts(language);
    let label = |key: &str| {
        let known = page.labels.iter().find(|label| label.key == key);
        known.map_or_else(|| key.to_owned(), |label| label.text(language).to_owned())
    };
    Rendered {
        severity: page.severity,
        code: problem.code,
        sentence: text.sentence.fill(&value),
        help: text.help.fill(&value),
        labels: problem.labels.iter().map(|other| (other.at, label(other.key))).collect(),
    }
}

/// What keeps a problem from being said whole: values that its page needs and it does not give, values and labels that
/// its page does not know. Empty for every problem that the stages make; tests ask.
pub fn unsaid(problem: &Problem) -> Vec<String> {
    let page = page_of(problem.code);
    let value = |name: &str| said_of(problem, name).map(|_| String::new());
    let mut wrong = Vec::new();
    for language in MessageLanguage::ALL {
        let text = page.texts(language);
        for template in [&text.sentence, &text.help] {
            wrong.extend(template.missing(&value).into_iter().map(|name| format!("`{name}` is not said")));
        }
    }
    for (name, _) in &problem.said {
        if !page.values.iter().any(|known| known.name == *name) {
            wrong.push(format!("`{name}` is no value of the page"));
        }
    }
    for label in &problem.labels {
        if !page.labels.iter().any(|known| known.key == label.key) {
            wrong.push(format!("`{}` is no label of the page", label.key));
        }
    }
    wrong.sort();
    wrong.dedup();
    wrong
}

/// The sentence of a code with the names of its values, for lists.
pub fn headline(code: Code, language: MessageLanguage) -> String {
    page_of(code).texts(language).sentence.shown()
}

/// What to say of a code that there is not.
pub fn no_such_code(typed: &str, language: MessageLanguage) -> String {
    match (language, nearest(typed)) {
        (MessageLanguage::English, Some(near)) => {
            format!("no message has the code {typed}; nearest: {}", near.id())
        }
        (MessageLanguage::English, None) => {
            format!("no message has the code {typed}; without a code all are listed")
        }
        (MessageLanguage::Chinese, Some(near)) => format!("没有代码为{typed}的消息；相近的是{}", near.id()),
        (MessageLanguage::Chinese, None) => format!("没有代码为{typed}的消息；不写代码则列出全部"),
    }
}

/// The page of a code, as Markdown in a language.
pub fn page(code: Code, language: MessageLanguage) -> String {
    let page = page_of(code);
    let text = page.texts(language);
    let chinese = language == MessageLanguage::Chinese;
    let mut shown = format!("# {}\n\n{}\n", code.id(), text.sentence.shown());
    if !text.help.names().is_empty() || !text.help.shown().is_empty() {
        let _ = write!(shown, "\n{}{}\n", if chinese { "帮助：" } else { "Help: " }, text.help.shown());
    }
    let headings =
        if chinese { ["说明", "示例", "改为"] } else { ["What it means", "Example", "Instead"] };
    let sections = [if chinese { &page.meaning_zh } else { &page.meaning }, &page.example, &page.instead];
    for (heading, section) in headings.iter().zip(sections) {
        if !section.is_empty() {
            let _ = write!(shown, "\n## {heading}\n\n{section}\n");
        }
    }
    shown
}

/// The code that is meant by what was typed, where there is no such code.
pub fn nearest(typed: &str) -> Option<Code> {
    let ids: Vec<&str> = Code::ALL.iter().map(|code| code.id()).collect();
    let near = Candidates::new(ids).nearest(typed, 1);
    near.first().and_then(|id| Code::from_id(id))
}

impl Code {
    /// How bad a problem of this code is.
    pub fn severity(self) -> Severity {
        page_of(self).severity
    }

    /// The code of an id, as `name/unknown`.
    pub fn from_id(id: &str) -> Option<Code> {
        Code::ALL.iter().copied().find(|code| code.id() == id)
    }
}

/// A page, parsed.
struct Page {
    severity: Severity,
    english: Texts,
    chinese: Texts,
    labels: Vec<PageLabel>,
    values: Vec<PageValue>,
    meaning: &'static str,
    meaning_zh: &'static str,
    example: &'static str,
    instead: &'static str,
}

struct Texts {
    sentence: Template,
    help: Template,
}

struct PageLabel {
    key: &'static str,
    english: &'static str,
    chinese: &'static str,
}

struct PageValue {
    name: &'static str,
    /// The one language whose sentences speak of it, where only one does.
    #[cfg_attr(
        not(test),
        expect(dead_code, reason = "for authors of pages; the tests compare it with the sentences")
    )]
    only: Option<MessageLanguage>,
}

impl Page {
    fn texts(&self, language: MessageLanguage) -> &Texts {
        match language {
            MessageLanguage::English => &self.english,
            MessageLanguage::Chinese => &self.chinese,
        }
    }

    /// Reads a page: bullets `- key: value` under the title, then sections.
    fn parse(text: &'static str) -> Page {
        let (front, body) = text.split_once("\n## ").unwrap_or((text, ""));
        let entries: Vec<(&str, &str)> = front
            .lines()
            .filter_map(|line| line.strip_prefix("- ")?.split_once(':'))
            .map(|(k, v)| (k, v.trim()))
            .collect();
        let entry =
            |key: &str| entries.iter().find(|(known, _)| *known == key).map_or("", |(_, value)| *value);
        let section = |title: &str| {
            let found = body.split("\n## ").find_map(|part| part.strip_prefix(title)?.strip_prefix('\n'));
            found.map_or("", str::trim)
        };
        let texts = |sentence: &str, help: &str| Texts {
            sentence: Template::parse(entry(sentence)),
            help: Template::parse(entry(help)),
        };
        let label = |&(key, english): &(&'static str, &'static str)| {
            let key = key.strip_prefix("label ")?.strip_suffix(" en")?;
            Some(PageLabel { key, english, chinese: entry(&format!("label {key} zh")) })
        };
        let value = |&(key, _): &(&'static str, &'static str)| {
            let name = key.strip_prefix("value ")?;
            Some(match name.split_once(" (") {
                Some((name, "en)")) => PageValue { name, only: Some(MessageLanguage::English) },
                Some((name, _)) => PageValue { name, only: Some(MessageLanguage::Chinese) },
                None => PageValue { name, only: None },
            })
        };
        Page {
            severity: if entry("severity") == "warning" { Severity::Warning } else { Severity::Error },
            english: texts("en", "en help"),
            chinese: texts("zh", "zh help"),
            labels: entries.iter().filter_map(label).collect(),
            values: entries.iter().filter_map(value).collect(),
            meaning: section("What it means"),
            meaning_zh: section("说明"),
            example: section("Example"),
            instead: section("Instead"),
        }
    }
}

impl PageLabel {
    fn text(&self, language: MessageLanguage) -> &'static str {
        match language {
            MessageLanguage::English => self.english,
            MessageLanguage::Chinese => self.chinese,
        }
    }
}

static PAGES: LazyLock<Vec<Page>> =
    LazyLock::new(|| Code::ALL.iter().map(|code| Page::parse(code.page())).collect());

fn page_of(code: Code) -> &'static Page {
    // Pages stand in the order of `Code::ALL`, which is the order of the codes themselves.
    &PAGES[code as usize]
}

fn said_of<'a>(problem: &'a Problem, name: &str) -> Option<&'a Said> {
    problem.said.iter().find(|(known, _)| *known == name).map(|(_, said)| said)
}

/// A value in words.
fn say(said: &Said, lang: Lang) -> String {
    let chinese = lang.is_chinese();
    match said {
        Said::Text(text) => clipped(text),
        Said::Name(name) if chinese => format!("“{}”", clipped(name)),
        Said::Name(name) => format!("`{}`", clipped(name)),
        Said::Titled { title, code: None } => format!("《{}》", clipped(title)),
        Said::Titled { title, code: Some(code) } if chinese => {
            format!("《{}》（{}）", clipped(title), clipped(code))
        }
        Said::Titled { title, code: Some(code) } => format!("《{}》 ({})", clipped(title), clipped(code)),
        Said::Number(number) => language::number(*number),
        Said::Amount(number, unit) => amount(*number, unit, lang),
        Said::Part(part) => part_of(*part, lang),
        Said::Given(_, value) if !chinese => say(value, lang),
        Said::Given(fact, value) => format!("{}{}", say(fact, lang), say(value, lang)),
        Said::Valued(fact, value) => valued(&say(fact, lang), &say(value, lang), chinese),
        Said::Points(number) if chinese => format!("{}分", language::number(*number)),
        Said::Points(number) => language::number(*number),
        Said::Each { chinese: text, .. } if chinese => text.to_string(),
        Said::Each { english: text, .. } => text.to_string(),
        Said::Done { chinese: verb, of: Some(of), .. } if chinese => format!("{verb}《{of}》"),
        Said::Done { chinese: verb, .. } if chinese => (*verb).to_owned(),
        Said::Done { english: verb, .. } => (*verb).to_owned(),
        Said::Bound(comparison, value) => bound(comparison, &say(value, lang), lang),
        Said::Date(date) => language::date(*date, lang),
        Said::Word(id) => spelling(id, lang),
        Said::Noun { chinese: noun, .. } if chinese => (*noun).to_owned(),
        Said::Noun { english: noun, .. } => (*noun).to_owned(),
        Said::List(items) => {
            let items: Vec<String> = items.iter().map(|item| say(item, lang)).collect();
            items.join(if chinese { "、" } else { ", " })
        }
    }
}

/// What a message repeats of a text: enough to find it again.
fn clipped(text: &str) -> String {
    const MOST: usize = 120;
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

/// `grade 430`, 成绩430分; where either side of the joint is Latin, Chinese sets a space as English does.
fn valued(fact: &str, value: &str, chinese: bool) -> String {
    let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
    let joint = !chinese || latin(fact.chars().last()) || latin(value.chars().next());
    let space = if joint && !fact.is_empty() { " " } else { "" };
    format!("{fact}{space}{value}")
}

fn spelling(id: &'static str, lang: Lang) -> String {
    meaning_by_id(id).map_or(id, |meaning| meaning.spelling(lang)).to_owned()
}

fn amount(number: Ratio, unit: &Said, lang: Lang) -> String {
    let known: Option<Meaning> = if let Said::Word(id) = unit { meaning_by_id(id) } else { None };
    if let Some(unit) = known {
        return language::quantity(number, unit, lang);
    }
    let unit = say(unit, lang);
    // Chinese sets no space between a number and a Chinese word.
    let space = if lang.is_chinese() && !unit.starts_with(|c: char| c.is_ascii()) { "" } else { " " };
    format!("{number}{space}{unit}")
}

fn part_of(part: Ratio, lang: Lang) -> String {
    let word = match (part.numerator(), part.denominator()) {
        (1, 2) => "half",
        (1, 3) => "third",
        (1, 4) => "quarter",
        _ => return language::number(part),
    };
    if lang.is_chinese() { language::number(part) } else { word.to_owned() }
}

fn bound(comparison: &'static str, value: &str, lang: Lang) -> String {
    let (english, before, after) = match comparison {
        "comparison.at-least" => ("at least", "", "以上"),
        "comparison.at-most" => ("at most", "不超过", ""),
        "comparison.over" => ("over", "超过", ""),
        "comparison.under" => ("under", "低于", ""),
        "comparison.is" => ("", "为", ""),
        other => {
            let word = spelling(other, lang);
            return if lang.is_chinese() { format!("{word}{value}") } else { format!("{word} {value}") };
        }
    };
    if lang.is_chinese() {
        format!("{before}{value}{after}")
    } else {
        format!("{english} {value}").trim_start().to_owned()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use MessageLanguage::{Chinese, English};

    fn number(value: i64) -> Said {
        Said::Number(Ratio::from_int(value))
    }

    fn hours(value: i64) -> Said {
        Said::Amount(Ratio::from_int(value), Box::new(Said::Word("unit.hour")))
    }

    #[track_caller]
    fn says(problem: &Problem, language: MessageLanguage, sentence: &str, help: &str) {
        let said = super::sentence(problem, language);
        assert_eq!((said.sentence.as_str(), said.help.as_str()), (sentence, help));
        assert_eq!(unsaid(problem), Vec::<String>::new());
    }

    #[test]
    fn every_page_is_whole_in_both_languages() {
        for &code in Code::ALL {
            let page = page_of(code);
            let id = code.id();
            assert!(code.page().starts_with(&format!("# {id}\n")), "{id}: title");
            assert!(!page.meaning.is_empty() && !page.meaning_zh.is_empty(), "{id}: what it means");
            let mut used: Vec<&str> = Vec::new();
            for language in MessageLanguage::ALL {
                let text = page.texts(language);
                assert!(
                    !text.sentence.shown().is_empty()
                        && !text.help.names().is_empty() | !text.help.shown().is_empty(),
                    "{id}"
                );
                let mut spoken: Vec<&str> = [text.sentence.names(), text.help.names()].concat();
                spoken.sort_unstable();
                spoken.dedup();
                let other = |value: &&PageValue| value.only.is_none_or(|only| only == language);
                let mut declared: Vec<&str> =
                    page.values.iter().filter(other).map(|value| value.name).collect();
                declared.sort_unstable();
                assert_eq!(spoken, declared, "{id}: values said in {language:?}, and values of the page");
                used.extend(spoken);
            }
            for label in &page.labels {
                assert!(!label.english.is_empty() && !label.chinese.is_empty(), "{id}: label {}", label.key);
            }
        }
    }

    #[test]
    fn a_title_that_nobody_published() {
        let problem = Problem::new(Code::NameUnknown, Span::default())
            .say("kind", "course")
            .say("title", "英语二")
            .say("nearest", vec![Said::Titled { title: "英语（二）".into(), code: Some("00015".into()) }]);
        says(
            &problem,
            English,
            "No course is titled 《英语二》.",
            "Nearest: 《英语（二）》 (00015). Titles must match the published ones, brackets included; or write the code.",
        );
        let problem = Problem {
            said: problem
                .said
                .into_iter()
                .map(|(name, said)| (name, if name == "kind" { "课程".into() } else { said }))
                .collect(),
            ..Problem::new(Code::NameUnknown, Span::default())
        };
        says(
            &problem,
            Chinese,
            "没有名为《英语二》的课程。",
            "相近的有《英语（二）》（00015）。名称须与公布的完全一致，括号也算；或直接写代码。",
        );
    }

    #[test]
    fn a_slot_word_that_runs_into_its_content() {
        let problem = Problem::new(Code::SlotColon, Span::default())
            .say("slot", Said::Word("slot.when"))
            .say("text", "条件成绩不低于425分")
            .say("rest", "成绩不低于425分");
        says(
            &problem,
            English,
            "\"when\" and its content run together.",
            "Put a colon or a space after the slot word.",
        );
        says(
            &problem,
            Chinese,
            "“条件成绩不低于425分”连在一起，分不清条目和内容。",
            "在条目后加冒号：条件：成绩不低于425分",
        );
    }

    #[test]
    fn hours_that_do_not_come_out_even() {
        let half = Ratio::new(1, 2).unwrap();
        let credit = || Box::new(Said::Word("unit.credit"));
        let problem = Problem::new(Code::AmountRounding, Span::default())
            .say("quantity", hours(40))
            .say("per", number(16))
            .say("amount", Ratio::new(5, 2).unwrap())
            .say("rest", Said::Part(half))
            .say("step", number(1))
            .say("half", half)
            .say("unit", Said::Amount(Ratio::ONE, credit()))
            .say("unit-name", Said::Word("unit.credit"));
        says(
            &problem,
            English,
            "40 hours ÷ 16 = 2.5, and the rule does not say what becomes of the half.",
            "round down to 1; round half up to 0.5; or exact.",
        );
        says(
            &problem,
            Chinese,
            "40学时÷16＝2.5，规则没有说明不足1学分怎么计。",
            "选一种：不足1学分的不计；四舍五入到0.5学分；如实计。",
        );
    }

    #[test]
    fn a_list_without_an_order() {
        let problem = |text: &str| {
            Problem::new(Code::OrderNone, Span::default())
                .say("text", text)
                .say("list", "NIT模块")
                .say("bound", "以上")
        };
        says(
            &problem("level 2 or above"),
            English,
            "\"level 2 or above\": the list has no order.",
            "Write low to high: …, or name the members.",
        );
        says(
            &problem("二级以上"),
            Chinese,
            "“二级以上”：目录《NIT模块》没有高低顺序，“以上”没有含义。",
            "在目录中写“从低到高：……”，或逐项列出。",
        );
    }

    #[test]
    fn words_that_are_used_both_ways() {
        let below =
            Problem::new(Code::BoundUnclear, Span::default()).say("text", "70分以下").say("bound", "70分");
        says(
            &below,
            Chinese,
            "“70分以下”没有写明是否含70分，各校用法不一。",
            "写“70分以下（含）”或“低于70分”。",
        );
        let exempt = |word: &str| Problem::new(Code::EffectUnclear, Span::default()).say("word", word);
        says(
            &exempt("exempt"),
            English,
            "\"Exempt\" does not say whether credits are earned or the exam is sat.",
            "target credits; no credit, total reduced; no credit, replaced; attendance only, exam stays.",
        );
        says(
            &exempt("免修"),
            Chinese,
            "“免修”在有的学校仍须考试，在有的学校不须考试。",
            "写明学分和考试：课程学分；不计学分，总学分核减；不计学分，学分另行补足；免修不免考。",
        );
    }

    #[test]
    fn learners_without_an_answer() {
        let problem = |values: [&str; 3]| {
            let list = values.into_iter().map(Said::from).collect::<Vec<_>>();
            Problem::new(Code::TableGap, Span::default()).say("missing", list)
        };
        says(
            &problem(["municipal", "team", "first"]),
            English,
            "No row answers municipal, team, first.",
            "Add a row, or otherwise refuse because … / otherwise refer to ….",
        );
        says(
            &problem(["市级", "团体", "一等奖"]),
            Chinese,
            "表中没有“市级、团体、一等奖”，这样的学习者得不到结论。",
            "补一行，或写“未列情形：不予认定，理由：……”或“未列情形：提请……”。",
        );
    }

    #[test]
    fn a_span_of_time_between_dates_that_are_not_named() {
        let six_years = || Said::Amount(Ratio::from_int(6), Box::new(Said::Word("unit.year")));
        let problem = |text: &str| {
            Problem::new(Code::DateUnnamed, Span::default()).say("text", text).say("length", six_years())
        };
        says(
            &problem("within 6 years"),
            English,
            "\"Within 6 years\" of what, before what?",
            "obtained within 6 years before applied. Dates: obtained, completed, applied, enrolled, in force.",
        );
        says(
            &problem("近6年内"),
            Chinese,
            "“近6年内”没有写明从哪个日期到哪个日期。",
            "写“取得日期在申请日期前6年内”。可用：取得、完成、申请、入学、施行日期。",
        );
    }

    #[test]
    fn an_example_that_the_rule_does_not_answer() {
        let credits = || Said::Amount(Ratio::from_int(14), Box::new(Said::Word("unit.credit")));
        let problem = |value: &str, clause: &str, least: &str| {
            Problem::new(Code::ExampleFailed, Span::default())
                .say("given", vec![Said::Given(Box::new(Said::Word("fact.grade")), Box::new(value.into()))])
                .say("expected", credits())
                .say("clause", clause)
                .say("reason", Said::Bound("comparison.at-least", Box::new(least.into())))
                .say("answer", Said::Word("verdict.refused"))
        };
        says(
            &problem("424", "item 3", "425"),
            English,
            "The example and the rule disagree: it says 424 → 14 credits; item 3 refuses (at least 425).",
            "Correct item 3, or make the example \"refused\".",
        );
        says(
            &problem("424分", "第三项", "425分"),
            Chinese,
            "示例与规则不符：示例写“成绩424分 → 14学分”，按第三项应为不予转换（须425分以上）。",
            "如规则有误，改第三项；如示例有误，改为“不予转换”。",
        );
    }

    #[test]
    fn a_problem_that_its_page_cannot_say_is_found_out() {
        let problem = Problem::new(Code::SlotRepeated, Span::default())
            .say("word", "to")
            .label(Span::default(), "fist");
        assert_eq!(
            unsaid(&problem),
            ["`fist` is no label of the page", "`slot` is not said", "`word` is no value of the page"]
        );
    }

    #[test]
    fn a_page_is_shown_in_the_readers_language() {
        let english = page(Code::TableGap, English);
        assert!(english.starts_with("# table/gap\n\nNo row answers {missing}.\n\nHelp: Add a row"));
        assert!(english.contains("\n## Instead\n\n```qf\n") && !english.contains("说明"));
        let chinese = page(Code::TableGap, Chinese);
        assert!(chinese.contains("\n## 说明\n\n") && chinese.contains("\n## 改为\n\n```qf\n"));
        assert_eq!((nearest("table/gaps"), nearest("xyzzy")), (Some(Code::TableGap), None));
    }
}

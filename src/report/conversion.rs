//! An amount in another unit, in words: each way with its basis and its range, none of them first choice.
//!
//! It reads the document alone, so that one read back from its JSON is told in the same words.

use super::text::TextLanguage;
use crate::wire::conversion::{Conversion, Way, Window};
use crate::wire::decision::{Citation, Titles, Unit};

/// A conversion in a language.
pub fn text(conversion: &Conversion, language: TextLanguage) -> String {
    let chinese = language == TextLanguage::Chinese;
    let (amount, from, to) =
        (&conversion.amount, name(&conversion.from, chinese), name(&conversion.to, chinese));
    let mut lines = vec![if chinese {
        format!("{amount} {from}折为{to}：")
    } else {
        format!("{amount} {from} in {to}:")
    }];
    for way in &conversion.ways {
        lines.extend(told(conversion, way, chinese));
    }
    if conversion.ways.is_empty() {
        lines.push(
            if chinese { "  规则包没有写明如何折算。" } else { "  the package knows no way." }.to_owned(),
        );
    } else if conversion.ways.len() > 1 {
        lines.push(
            if chinese {
                "以上各种折算互不优先；规则须写明用哪一种。"
            } else {
                "None of these is preferred; a rule says which one it uses."
            }
            .to_owned(),
        );
    }
    if !conversion.through.is_empty() {
        let names: Vec<String> = conversion.through.iter().map(|unit| name(unit, chinese)).collect();
        lines.push(if chinese {
            format!("没有约定的折算；经{}要用两个折算，两个折算从不连用。", names.join("、"))
        } else {
            format!(
                "No ratio is agreed; over {} it would take two, and two are never chained.",
                names.join(" or ")
            )
        });
    }
    lines.join("\n") + "\n"
}

fn told(conversion: &Conversion, way: &Way, chinese: bool) -> Vec<String> {
    let to = name(&conversion.to, chinese);
    let amount = if way.least == way.most {
        format!("{} {to}", way.least)
    } else if chinese {
        format!("{}至{} {to}", way.least, way.most)
    } else {
        format!("{} to {} {to}", way.least, way.most)
    };
    let by = match (way.by.as_str(), chinese) {
        ("agreed", false) => "agreed",
        ("year", false) => "by the credits of a year",
        ("contact_hours", false) => "by contact hours",
        ("notional_hours", false) => "by notional hours",
        ("agreed", true) => "约定折算",
        ("year", true) => "按学年学分数",
        ("contact_hours", true) => "按课堂学时",
        ("notional_hours", true) => "按学习时数",
        (other, _) => other,
    };
    let factor = if way.factor_least == way.factor_most {
        way.factor_least.clone()
    } else if chinese {
        format!("{}至{}", way.factor_least, way.factor_most)
    } else {
        format!("{} to {}", way.factor_least, way.factor_most)
    };
    let mut lines = vec![if chinese {
        format!("  {by}：{amount}（1折为{factor}）")
    } else {
        format!("  {by}: {amount} (1 becomes {factor})")
    }];
    let mut says = |english: String, chinese_text: String| {
        lines.push(format!("    {}", if chinese { chinese_text } else { english }));
    };
    if let Some(scheme) = &way.scheme {
        says(format!("only under {scheme}"), format!("仅限于{scheme}"));
    }
    if let Some(body) = &way.body {
        says(format!("only as {body} applies it"), format!("仅限{body}适用"));
    }
    for body in way.from_at.iter().chain(way.to_at.iter().filter(|to| way.from_at.as_ref() != Some(*to))) {
        says(format!("with the figure of {body}"), format!("用{body}自己的数"));
    }
    for window in &way.windows {
        says(days(window, false), days(window, true));
    }
    if way.in_force == Some(false) {
        let day = conversion.as_of.as_deref().unwrap_or_default();
        says(format!("not in force on {day}"), format!("{day}未施行"));
    }
    match way.status.as_deref() {
        Some("under_review") => {
            says("under review: no rule grants by it".into(), "复核中，不能据以认定".into())
        }
        Some(_) => says("unverified: no rule grants by it".into(), "未核实，不能据以认定".into()),
        None => {}
    }
    for cited in &way.citations {
        let cited = citation(cited, chinese);
        says(format!("basis: {cited}"), format!("依据：{cited}"));
    }
    for reading in &way.readings {
        says(format!("reading: {reading}"), format!("解释：{reading}"));
    }
    lines
}

/// First and last day, and the date that is tested.
pub(super) fn days(window: &Window, chinese: bool) -> String {
    let by = window.by.as_deref().unwrap_or_default();
    match (&window.from, &window.to, chinese) {
        (Some(from), Some(to), false) => format!("in force from {from} to {to} by {by}"),
        (Some(from), None, false) => format!("in force from {from} by {by}"),
        (None, to, false) => format!("in force to {} by {by}", to.as_deref().unwrap_or_default()),
        (Some(from), Some(to), true) => format!("施行：自{from}起至{to}（{by}）"),
        (Some(from), None, true) => format!("施行：自{from}起（{by}）"),
        (None, to, true) => format!("施行：至{}（{by}）", to.as_deref().unwrap_or_default()),
    }
}

/// A document, its number and the clause.
pub(super) fn citation(cited: &Citation, chinese: bool) -> String {
    let title = best(&cited.title, chinese).unwrap_or(&cited.document);
    let mut said = title.to_owned();
    for part in cited.number.iter().chain(&cited.clause) {
        said.push_str(if chinese { "，" } else { ", " });
        said.push_str(part);
    }
    if let Some(link) = &cited.link {
        said.push_str(&if chinese { format!("（{link}）") } else { format!(" ({link})") });
    }
    said
}

fn name(unit: &Unit, chinese: bool) -> String {
    match best(&unit.title, chinese) {
        Some(title) if chinese => format!("{title}（{}）", unit.id),
        _ => unit.id.clone(),
    }
}

fn best(titles: &Titles, chinese: bool) -> Option<&str> {
    let tags: &[&str] = if chinese { &["zh", "zh-Hant"] } else { &["en"] };
    tags.iter().find_map(|tag| titles.get(*tag)).or_else(|| titles.values().next()).map(String::as_str)
}

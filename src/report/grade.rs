//! A mark on another scale, in words: by each map with its basis, none of them first choice.

use super::conversion::{citation, days};
use super::text::TextLanguage;
use crate::wire::decision::Titles;
use crate::wire::grade::{Grade, Map};

/// A mark on another scale in a language.
pub fn text(grade: &Grade, language: TextLanguage) -> String {
    let chinese = language == TextLanguage::Chinese;
    let (mark, from, to) = (&grade.mark.value, &grade.from.id, &grade.to.id);
    let mut lines = vec![if chinese {
        format!("“{from}”的{mark}在“{to}”中：")
    } else {
        format!("{mark} of {from} on {to}:")
    }];
    for map in &grade.maps {
        lines.extend(told(grade, map, chinese));
    }
    if grade.maps.is_empty() {
        lines.push(
            if chinese { "  规则包没有这样的成绩对照。" } else { "  the package has no map." }.to_owned(),
        );
    } else if grade.maps.len() > 1 {
        let none = if chinese {
            "以上各种对照互不优先；规则须写明用哪一种。"
        } else {
            "None of these is preferred; a rule says which one it uses."
        };
        lines.push(none.to_owned());
    }
    lines.join("\n") + "\n"
}

fn told(grade: &Grade, map: &Map, chinese: bool) -> Vec<String> {
    let mark = match (map.result.as_str(), &map.mark, chinese) {
        ("mark", Some(mark), _) => mark.value.clone(),
        ("none", _, false) => "no counterpart".to_owned(),
        ("none", _, true) => "无对应成绩".to_owned(),
        (_, _, false) => "not stated".to_owned(),
        (_, _, true) => "未载明".to_owned(),
    };
    let name = best(&map.title, chinese).unwrap_or(&map.id);
    let mut lines =
        vec![if chinese { format!("  按{name}：{mark}") } else { format!("  by {name}: {mark}") }];
    let mut says = |english: String, chinese_text: String| {
        lines.push(format!("    {}", if chinese { chinese_text } else { english }));
    };
    for window in &map.windows {
        says(days(window, false), days(window, true));
    }
    if map.in_force == Some(false) {
        let day = grade.as_of.as_deref().unwrap_or_default();
        says(format!("not in force on {day}"), format!("{day}未施行"));
    }
    match map.status.as_deref() {
        Some("under_review") => {
            says("under review: no rule marks by it".into(), "复核中，不能据以记载".into())
        }
        Some(_) => says("unverified: no rule marks by it".into(), "未核实，不能据以记载".into()),
        None => {}
    }
    for cited in &map.citations {
        let cited = citation(cited, chinese);
        says(format!("basis: {cited}"), format!("依据：{cited}"));
    }
    for reading in &map.readings {
        says(format!("reading: {reading}"), format!("解释：{reading}"));
    }
    lines
}

fn best(titles: &Titles, chinese: bool) -> Option<&str> {
    let tags: &[&str] = if chinese { &["zh", "zh-Hant"] } else { &["en"] };
    tags.iter().find_map(|tag| titles.get(*tag)).or_else(|| titles.values().next()).map(String::as_str)
}

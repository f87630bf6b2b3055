//! How long spells last, in words.

use super::value;
use crate::wire::decision::{Change, Lasted, Step};

/// `1826 days`, or both ends where it is not known exactly.
fn days(of: &Lasted) -> (String, String) {
    match of.most_days {
        Some(most) if most == of.least_days => (most.to_string(), most.to_string()),
        Some(most) => (format!("{} to {most}", of.least_days), format!("{}至{most}", of.least_days)),
        None => (format!("{} or more", of.least_days), format!("至少{}", of.least_days)),
    }
}

pub(super) fn english(step: &Step, of: &str) -> String {
    let part = |part: &Lasted| {
        let bound = match part.op.as_str() {
            "at_most" => "at most ",
            "over" => "more than ",
            "under" => "less than ",
            _ => "",
        };
        let met = match part.result.as_str() {
            "true" => "enough",
            "false" if matches!(part.op.as_str(), "at_most" | "under") => "too long",
            "false" => "too short",
            _ => "unknown",
        };
        let met =
            if matches!(part.op.as_str(), "at_most" | "under") && met == "enough" { "met" } else { met };
        format!("{} days, {bound}{} asked: {met}", days(part).0, value(&part.needed, &["en"]))
    };
    let parts: Vec<String> = step.lengths.iter().map(part).collect();
    let denied = if step.test.as_ref().is_some_and(|test| test.op == "total_length_not") {
        "what must not last so long: "
    } else {
        ""
    };
    let of = if of.is_empty() { "nothing held" } else { of };
    format!("{denied}{of}: {}", parts.join("; of which "))
}

pub(super) fn chinese(step: &Step, of: &str) -> String {
    let part = |part: &Lasted| {
        let bound = match part.op.as_str() {
            "at_most" => "不超过",
            "over" => "超过",
            "under" => "低于",
            _ => "不低于",
        };
        let met = match part.result.as_str() {
            "true" => "已满足",
            "false" => "未满足",
            _ => "不详",
        };
        format!("{}天，须{bound}{}（{met}）", days(part).1, value(&part.needed, &["zh"]))
    };
    let parts: Vec<String> = step.lengths.iter().map(part).collect();
    let denied = if step.test.as_ref().is_some_and(|test| test.op == "total_length_not") {
        "不得达到的时长："
    } else {
        ""
    };
    let of = if of.is_empty() { "未持有" } else { of };
    format!("{denied}{of}累计{}", parts.join("；其中"))
}

pub(super) fn longer_in_english(change: &Change) -> String {
    let any: Vec<String> = change.add_any_of.iter().map(|v| value(v, &["en"])).collect();
    let longer = change.longer.as_ref().map(|of| value(of, &["en"])).unwrap_or_default();
    let part = match change.part {
        0 => String::new(),
        1 => " of the part named first by \"of which\"".to_owned(),
        nth => format!(" of part {nth} named by \"of which\""),
    };
    format!("{}{part} lasted {longer} more", any.join(" or "))
}

pub(super) fn longer_in_chinese(change: &Change) -> String {
    const TAGS: &[&str] = &["zh", "zh-Hant"];
    let any: Vec<String> = change.add_any_of.iter().map(|v| value(v, TAGS)).collect();
    let longer = change.longer.as_ref().map(|of| value(of, TAGS)).unwrap_or_default();
    let part = if change.part == 0 {
        String::new()
    } else {
        format!("（第{}个“其中”所指）", change.part)
    };
    format!("{}{part}再满{longer}", any.join("或"))
}

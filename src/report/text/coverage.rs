//! What is covered and what is left to learn, in words.

use super::value;
use crate::wire::decision::Coverage;

pub(super) fn english(coverage: &Coverage) -> String {
    let covered = coverage.share.clone().unwrap_or_else(|| "nothing that is stated".to_owned());
    let within =
        coverage.dimension.as_ref().map(|of| format!(" in {}", value(of, &["en"]))).unwrap_or_default();
    let weighed = if coverage.by_weight { ", by weight" } else { "" };
    let mut told =
        format!("covers {covered} of the target's statements{within}{weighed}; {} asked", coverage.needed);
    let missing: Vec<String> = coverage
        .missing
        .iter()
        .map(|lacking| {
            let statements: Vec<String> =
                lacking.statements.iter().map(|statement| value(statement, &["en"])).collect();
            format!("{}: {}", value(&lacking.dimension, &["en"]), statements.join(", "))
        })
        .collect();
    if !missing.is_empty() {
        told.push_str(&format!("; not covered: {}", missing.join("; ")));
    }
    told
}

pub(super) fn chinese(coverage: &Coverage) -> String {
    const TAGS: &[&str] = &["zh", "zh-Hant"];
    let covered = coverage.share.clone().unwrap_or_else(|| "未载明的部分".to_owned());
    let within =
        coverage.dimension.as_ref().map(|of| format!("“{}”维度的", value(of, TAGS))).unwrap_or_default();
    let weighed = if coverage.by_weight { "（按权重）" } else { "" };
    let mut told = format!("覆盖转换课程{within}学习目标的{covered}{weighed}，须{}", coverage.needed);
    let missing: Vec<String> = coverage
        .missing
        .iter()
        .map(|lacking| {
            let statements: Vec<String> =
                lacking.statements.iter().map(|statement| value(statement, TAGS)).collect();
            format!("{}：{}", value(&lacking.dimension, TAGS), statements.join("、"))
        })
        .collect();
    if !missing.is_empty() {
        told.push_str(&format!("；尚未覆盖：{}", missing.join("；")));
    }
    told
}

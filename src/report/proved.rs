//! What was proved of packages, in words and as JSON.
//!
//! It counts and words what the analyses found, and analyses nothing itself.

use std::fmt::Write as _;
use std::path::PathBuf;

use serde_json::{Value as Json, json};

use crate::analyze::{Analysis, Days, Outcome, Report};
use crate::compile::Compiled;
use crate::diagnostic::{MessageLanguage, Problem, catalogue};
use crate::wire;

/// The name and version of the JSON.
pub const SCHEMA: &str = "accredit.proved/1";

/// A package and what was proved of it.
#[derive(Debug)]
pub struct ProvedPackage {
    /// Where the package lies.
    pub root: PathBuf,
    /// The package.
    pub compiled: Compiled,
    /// Nothing where the package has errors.
    pub report: Option<Report>,
    /// What was refuted and what is open, or what is wrong with the package.
    pub problems: Vec<Problem>,
}

/// One line for each analysis.
pub fn summary(package: &ProvedPackage, language: MessageLanguage) -> String {
    let chinese = language == MessageLanguage::Chinese;
    let of = &package.compiled.model.package;
    let Some(report) = &package.report else {
        return if chinese {
            format!("{} {}：规则包有错误，未作证明\n", of.name, of.version)
        } else {
            format!("{} {}: the package has errors; nothing was proved\n", of.name, of.version)
        };
    };
    let mut out = String::new();
    let days = match (report.days, chinese) {
        (Days::All, true) => "任何日期".to_owned(),
        (Days::All, false) => "on any day".to_owned(),
        (Days::On(day), true) => format!("申请日期{day}"),
        (Days::On(day), false) => format!("applied for on {day}"),
    };
    let _ = if chinese {
        writeln!(out, "{} {}（{days}）：", of.name, of.version)
    } else {
        writeln!(out, "{} {}, {days}:", of.name, of.version)
    };
    for analysis in Analysis::ALL {
        let Some(outcome) = report.outcome(analysis) else { continue };
        let line = if chinese {
            in_chinese(report, analysis, outcome)
        } else {
            in_english(report, analysis, outcome)
        };
        let _ = writeln!(out, "  {line}");
    }
    out
}

fn in_english(report: &Report, analysis: Analysis, outcome: Outcome) -> String {
    let counted = |number: usize, what: &str, more: &str| {
        if number == 1 { format!("1 {what}") } else { format!("{number} {what}{more}") }
    };
    match (analysis, &report.nevers, &report.overlap, &report.gaps) {
        (Analysis::Never, Some(found), ..) => match outcome {
            Outcome::Proved => format!(
                "applies: proved; each of {} applies to someone",
                counted(found.apply as usize, "rule", "s")
            ),
            Outcome::Refuted => {
                format!("applies: refuted; {} never", counted(found.never.len(), "rule applies", ""))
            }
            Outcome::NotAnalysed => {
                format!("applies: not analysed for {}", counted(found.unsettled.len(), "rule", "s"))
            }
        },
        (Analysis::Overlap, _, Some(found), _) => match outcome {
            Outcome::Proved => format!(
                "overlap: proved; no two rules answer one learner differently ({})",
                counted(found.cases as usize, "case", "s")
            ),
            Outcome::Refuted => {
                format!("overlap: refuted by {}", counted(found.conflicts.len(), "learner", "s"))
            }
            Outcome::NotAnalysed => {
                format!("overlap: not analysed for {}", counted(found.unsettled.len(), "pair of rules", ""))
            }
        },
        (Analysis::Gap, .., Some(found)) => match outcome {
            Outcome::Proved if found.promises == 0 && found.tables == 0 => {
                "gap: nothing is promised; no scheme says `total over`".to_owned()
            }
            Outcome::Proved => format!(
                "gap: proved; {} and {} answer everyone",
                counted(found.promises as usize, "promise", "s"),
                counted(found.tables as usize, "table", "s")
            ),
            Outcome::Refuted => format!("gap: refuted by {}", counted(found.gaps.len(), "learner", "s")),
            Outcome::NotAnalysed => format!(
                "gap: not analysed for {}",
                counted(found.unsettled.len() + found.unsettled_tables.len(), "promise or table", "")
            ),
        },
        (Analysis::Stricter, ..) => {
            report.amendments.as_ref().map_or_else(String::new, |found| match outcome {
                Outcome::Proved if found.stricter == 0 => {
                    "stricter: no member amends a rule of its frame".to_owned()
                }
                Outcome::Proved => format!(
                    "stricter: proved; {} no more than the frame",
                    counted(found.stricter as usize, "amendment grants", "")
                ),
                Outcome::Refuted => {
                    format!("stricter: refuted by {}", counted(found.favoured.len(), "learner", "s"))
                }
                Outcome::NotAnalysed => {
                    format!("stricter: not analysed for {}", counted(found.unsettled.len(), "amendment", "s"))
                }
            })
        }
        _ => String::new(),
    }
}

fn in_chinese(report: &Report, analysis: Analysis, outcome: Outcome) -> String {
    match (analysis, &report.nevers, &report.overlap, &report.gaps) {
        (Analysis::Never, Some(found), ..) => match outcome {
            Outcome::Proved => format!("适用：已证明，{}条规则各有适用的学习者", found.apply),
            Outcome::Refuted => format!("适用：不成立，{}条规则永远不能适用", found.never.len()),
            Outcome::NotAnalysed => format!("适用：{}条规则未能分析", found.unsettled.len()),
        },
        (Analysis::Overlap, _, Some(found), _) => match outcome {
            Outcome::Proved => {
                format!("冲突：已证明没有，任两条规则不会对同一学习者给出不同结果（{}种情形）", found.cases)
            }
            Outcome::Refuted => format!("冲突：有，{}名学习者为例", found.conflicts.len()),
            Outcome::NotAnalysed => format!("冲突：{}对规则未能分析", found.unsettled.len()),
        },
        (Analysis::Gap, .., Some(found)) => match outcome {
            Outcome::Proved if found.promises == 0 && found.tables == 0 => {
                "遗漏：没有办法写明“全面覆盖”，无可证明".to_owned()
            }
            Outcome::Proved => {
                format!("遗漏：已证明没有，{}项承诺、{}张表人人有结论", found.promises, found.tables)
            }
            Outcome::Refuted => format!("遗漏：有，{}名学习者为例", found.gaps.len()),
            Outcome::NotAnalysed => {
                format!("遗漏：{}项承诺或表未能分析", found.unsettled.len() + found.unsettled_tables.len())
            }
        },
        (Analysis::Stricter, ..) => {
            report.amendments.as_ref().map_or_else(String::new, |found| match outcome {
                Outcome::Proved if found.stricter == 0 => "从严：没有成员修订所遵照的办法".to_owned(),
                Outcome::Proved => format!("从严：已证明，{}处修订都不比所遵照的办法宽", found.stricter),
                Outcome::Refuted => format!("从严：不成立，{}名学习者为例", found.favoured.len()),
                Outcome::NotAnalysed => format!("从严：{}处修订未能分析", found.unsettled.len()),
            })
        }
        _ => String::new(),
    }
}

/// The results as JSON, each refutation with the request that shows it.
pub fn json(packages: &[ProvedPackage], language: MessageLanguage) -> String {
    let packages: Vec<Json> = packages
        .iter()
        .map(|package| {
            let of = &package.compiled.model.package;
            let problems: Vec<Json> = package
                .problems
                .iter()
                .map(|problem| {
                    let said = catalogue::sentence(problem, language);
                    let position = package.compiled.sources.position(problem.at);
                    let path =
                        package.compiled.sources.get(problem.at.file).map(|source| source.path.clone());
                    json!({
                        "code": problem.code.id(),
                        "path": path,
                        "line": position.map(|at| at.line),
                        "column": position.map(|at| at.column),
                        "sentence": said.sentence,
                        "help": said.help,
                    })
                })
                .collect();
            let results: Vec<Json> = package
                .report
                .iter()
                .flat_map(|report| Analysis::ALL.map(|analysis| (report, analysis)))
                .filter_map(|(report, analysis)| {
                    let outcome = match report.outcome(analysis)? {
                        Outcome::Proved => "proved",
                        Outcome::Refuted => "refuted",
                        Outcome::NotAnalysed => "not_analysed",
                    };
                    let witnesses: Vec<Json> = report
                        .witnesses(analysis)
                        .iter()
                        .map(|witness| wire::request(&package.compiled.model, &witness.request))
                        .collect();
                    Some(json!({
                        "analysis": analysis.id(),
                        "result": outcome,
                        "statements": report.proofs(analysis).len(),
                        "requests": witnesses,
                    }))
                })
                .collect();
            let days = package.report.as_ref().map(|report| match report.days {
                Days::All => "all".to_owned(),
                Days::On(day) => day.to_string(),
            });
            json!({
                "package": { "name": of.name, "version": of.version, "hash": of.hash },
                "days": days,
                "results": results,
                "problems": problems,
            })
        })
        .collect();
    format!("{:#}\n", json!({ "schema": SCHEMA, "packages": packages }))
}

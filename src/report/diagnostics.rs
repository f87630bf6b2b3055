//! Problems as text, as JSON (`accredit.diagnostics/1`) and as SARIF 2.1.0.
//!
//! Nothing is left out or added here: what [`settle`](crate::diagnostic::settle) kept is told in its order. The one idea: lines
//! and columns count from 1 and in characters everywhere, and bytes stand beside them for programs.

use std::path::Path;

use serde::Serialize;
use serde_json::{Value, json};

use crate::diagnostic::frame::{Look, frame, severity_word};
use crate::diagnostic::{Code, MessageLanguage, Problem, Rendered, Severity, catalogue};
use crate::source::{Sources, Span};

/// What was found in one package: the folder it lies in, its texts, and its problems.
#[derive(Clone, Copy, Debug)]
pub struct Found<'a> {
    /// The folder, as it goes before each path; empty for none.
    pub root: &'a Path,
    /// The texts.
    pub sources: &'a Sources,
    /// The problems, settled.
    pub problems: &'a [Problem],
}

/// Problems with their lines, an empty line after each.
pub fn text(found: Found<'_>, language: MessageLanguage, colour: bool) -> String {
    let folder = found.folder();
    let look = Look { language, colour, folder: &folder };
    found.problems.iter().map(|problem| frame(problem, found.sources, look) + "\n").collect()
}

/// Problems as one JSON document, each in both languages.
pub fn json<'a>(packages: impl IntoIterator<Item = Found<'a>>) -> String {
    let diagnostics: Vec<Diagnostic> = packages.into_iter().flat_map(Found::diagnostics).collect();
    let count = |severity: &str| diagnostics.iter().filter(|found| found.severity == severity).count();
    let document = Document {
        schema: "accredit.diagnostics/1",
        errors: count("error"),
        warnings: count("warning"),
        diagnostics,
    };
    printed(&document)
}

/// Problems as a SARIF 2.1.0 log with one run, for code-scanning services and editors.
pub fn sarif<'a>(packages: impl IntoIterator<Item = Found<'a>>, language: MessageLanguage) -> String {
    let packages: Vec<Found<'a>> = packages.into_iter().collect();
    let mut codes: Vec<Code> =
        packages.iter().flat_map(|found| found.problems).map(|problem| problem.code).collect();
    codes.sort_unstable();
    codes.dedup();
    let rules: Vec<Value> = codes.iter().map(|&code| sarif_rule(code, language)).collect();
    let results: Vec<Value> =
        packages.iter().flat_map(|found| found.sarif_results(&codes, language)).collect();
    printed(&json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "accredit",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            } },
            "language": match language {
                MessageLanguage::English => "en",
                MessageLanguage::Chinese => "zh-CN",
            },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    }))
}

#[derive(Serialize)]
struct Document {
    schema: &'static str,
    errors: usize,
    warnings: usize,
    diagnostics: Vec<Diagnostic>,
}

#[derive(Serialize)]
struct Diagnostic {
    code: &'static str,
    severity: &'static str,
    #[serde(flatten)]
    place: Place,
    sentence: Both,
    #[serde(skip_serializing_if = "Both::is_empty")]
    help: Both,
    labels: Vec<Label>,
}

#[derive(Serialize)]
struct Label {
    #[serde(flatten)]
    place: Place,
    text: Both,
}

/// A file, and from where to where in it.
#[derive(Serialize)]
struct Place {
    file: String,
    span: Extent,
}

#[derive(Clone, Copy, Serialize)]
struct Extent {
    line: u32,
    column: u32,
    end_line: u32,
    end_column: u32,
    start: u32,
    end: u32,
}

/// A text in both languages.
#[derive(Serialize)]
struct Both {
    en: String,
    zh: String,
}

impl Both {
    fn is_empty(&self) -> bool {
        self.en.is_empty() && self.zh.is_empty()
    }
}

impl Found<'_> {
    /// The folder as it goes before a path: nothing, or with a `/` at its end.
    fn folder(self) -> String {
        let root = self.root.to_string_lossy().replace('\\', "/");
        let root = root.trim_end_matches('/');
        if root.is_empty() || root == "." { String::new() } else { format!("{root}/") }
    }

    fn place(self, at: Span) -> Place {
        let Some(source) = self.sources.get(at.file) else {
            let span = Extent { line: 1, column: 1, end_line: 1, end_column: 1, start: 0, end: 0 };
            return Place { file: self.folder(), span };
        };
        let (from, to) = (source.position(at.start), source.position(at.end));
        let span = Extent {
            line: from.line,
            column: from.column,
            end_line: to.line,
            end_column: to.column,
            start: at.start,
            end: at.end,
        };
        Place { file: self.folder() + &source.path, span }
    }

    fn diagnostics(self) -> Vec<Diagnostic> {
        let diagnostic = |problem: &Problem| {
            let [en, zh] = MessageLanguage::ALL.map(|language| catalogue::sentence(problem, language));
            let labels = en.labels.into_iter().zip(zh.labels);
            Diagnostic {
                code: problem.code.id(),
                severity: severity_word(en.severity, MessageLanguage::English),
                place: self.place(problem.at),
                sentence: Both { en: en.sentence, zh: zh.sentence },
                help: Both { en: en.help, zh: zh.help },
                labels: labels
                    .map(|((at, en), (_, zh))| Label { place: self.place(at), text: Both { en, zh } })
                    .collect(),
            }
        };
        self.problems.iter().map(diagnostic).collect()
    }

    fn sarif_results(self, codes: &[Code], language: MessageLanguage) -> Vec<Value> {
        let result = |problem: &Problem| {
            let said = catalogue::sentence(problem, language);
            let mut result = json!({
                "ruleId": problem.code.id(),
                "level": severity_word(said.severity, MessageLanguage::English),
                "message": { "text": sarif_message(&said) },
                "locations": [self.sarif_location(problem.at)],
            });
            if let Ok(index) = codes.binary_search(&problem.code) {
                result["ruleIndex"] = json!(index);
            }
            let others = said.labels.into_iter().enumerate().map(|(at, (span, text))| {
                let mut location = self.sarif_location(span);
                location["id"] = json!(at + 1);
                location["message"] = json!({ "text": text });
                location
            });
            let others: Vec<Value> = others.collect();
            if !others.is_empty() {
                result["relatedLocations"] = Value::Array(others);
            }
            result
        };
        self.problems.iter().map(result).collect()
    }

    fn sarif_location(self, at: Span) -> Value {
        let Place { file, span } = self.place(at);
        json!({ "physicalLocation": {
            "artifactLocation": { "uri": uri(&file) },
            "region": {
                "startLine": span.line,
                "startColumn": span.column,
                "endLine": span.end_line,
                "endColumn": span.end_column,
                "byteOffset": span.start,
                "byteLength": span.end.saturating_sub(span.start),
            },
        } })
    }
}

/// SARIF shows one text a result, so the help is part of it.
fn sarif_message(said: &Rendered) -> String {
    if said.help.is_empty() { said.sentence.clone() } else { format!("{}\n{}", said.sentence, said.help) }
}

fn sarif_rule(code: Code, language: MessageLanguage) -> Value {
    let level = match code.severity() {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    json!({
        "id": code.id(),
        "shortDescription": { "text": catalogue::headline(code, language) },
        "help": { "text": catalogue::headline(code, language), "markdown": catalogue::page(code, language) },
        "defaultConfiguration": { "level": level },
    })
}

/// A path as a relative URI: what is no plain letter, digit or sign is written byte by byte.
fn uri(path: &str) -> String {
    let mut uri = String::new();
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'.' | b'_' | b'~' => {
                uri.push(char::from(byte));
            }
            other => uri.push_str(&format!("%{other:02X}")),
        }
    }
    uri
}

/// A document with two spaces a level and a newline at its end.
fn printed(document: &impl Serialize) -> String {
    // Text and numbers under text keys always print.
    serde_json::to_string_pretty(document).map(|text| text + "\n").unwrap_or_default()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::source::FileId;

    fn problems() -> (Sources, Vec<Problem>) {
        let mut sources = Sources::new();
        sources.add("规则/免考.qf", "机构：学院\n机构：学院“College”\n");
        let first = Span::new(FileId(0), 9, 15);
        let second = Span::new(FileId(0), 25, 31);
        let twice = Problem::new(Code::NameDuplicate, second).say("name", "学院").label(first, "first");
        let header = Problem::new(Code::PackageHeader, Span::at(FileId(0), 0));
        (sources, vec![header, twice])
    }

    #[test]
    fn text_is_a_frame_a_problem() {
        let (sources, problems) = problems();
        let found = Found { root: Path::new("packages/zikao"), sources: &sources, problems: &problems };
        insta::assert_snapshot!(text(found, MessageLanguage::Chinese, false), @r#"
        错误 package/header

          × 没有写规则包的名称
           ╭─[packages/zikao/规则/免考.qf:1:1]
         1 │ 机构：学院
           · ▲
         2 │ 机构：学院“College”
           ╰────
          帮助：在其中一个源文件的开头写“规则包：名称 版本2026.1”

        错误 name/duplicate

          × “学院”声明了两次
           ╭─[packages/zikao/规则/免考.qf:2:4]
         1 │ 机构：学院
           ·       ──┬─
           ·         ╰── 第一次在这里声明
         2 │ 机构：学院“College”
           ·       ────
           ╰────
          帮助：给其中一个另取名称
        "#);
        insta::assert_snapshot!(text(found, MessageLanguage::English, false), @r#"
        error package/header

          × this package does not say its name
           ╭─[packages/zikao/规则/免考.qf:1:1]
         1 │ 机构：学院
           · ▲
         2 │ 机构：学院“College”
           ╰────
          help: begin one file with `package NAME version 2026.1`

        error name/duplicate

          × `学院` is declared twice
           ╭─[packages/zikao/规则/免考.qf:2:4]
         1 │ 机构：学院
           ·       ──┬─
           ·         ╰── first declared here
         2 │ 机构：学院“College”
           ·       ────
           ╰────
          help: give one of them another name
        "#);
    }

    #[test]
    fn json_gives_places_in_characters_and_bytes_and_both_languages() {
        let (sources, problems) = problems();
        let found = Found { root: Path::new("packages/zikao"), sources: &sources, problems: &problems };
        insta::assert_snapshot!(json([found]), @r#"
        {
          "schema": "accredit.diagnostics/1",
          "errors": 2,
          "warnings": 0,
          "diagnostics": [
            {
              "code": "package/header",
              "severity": "error",
              "file": "packages/zikao/规则/免考.qf",
              "span": {
                "line": 1,
                "column": 1,
                "end_line": 1,
                "end_column": 1,
                "start": 0,
                "end": 0
              },
              "sentence": {
                "en": "this package does not say its name",
                "zh": "没有写规则包的名称"
              },
              "help": {
                "en": "begin one file with `package NAME version 2026.1`",
                "zh": "在其中一个源文件的开头写“规则包：名称 版本2026.1”"
              },
              "labels": []
            },
            {
              "code": "name/duplicate",
              "severity": "error",
              "file": "packages/zikao/规则/免考.qf",
              "span": {
                "line": 2,
                "column": 4,
                "end_line": 2,
                "end_column": 6,
                "start": 25,
                "end": 31
              },
              "sentence": {
                "en": "`学院` is declared twice",
                "zh": "“学院”声明了两次"
              },
              "help": {
                "en": "give one of them another name",
                "zh": "给其中一个另取名称"
              },
              "labels": [
                {
                  "file": "packages/zikao/规则/免考.qf",
                  "span": {
                    "line": 1,
                    "column": 4,
                    "end_line": 1,
                    "end_column": 6,
                    "start": 9,
                    "end": 15
                  },
                  "text": {
                    "en": "first declared here",
                    "zh": "第一次在这里声明"
                  }
                }
              ]
            }
          ]
        }
        "#);
        let none = Found { problems: &[], ..found };
        insta::assert_snapshot!(json([none]), @r#"
        {
          "schema": "accredit.diagnostics/1",
          "errors": 0,
          "warnings": 0,
          "diagnostics": []
        }
        "#);
    }

    #[test]
    fn sarif_names_each_rule_once_and_points_into_files_by_uri() {
        let (sources, problems) = problems();
        let found = Found { root: Path::new("."), sources: &sources, problems: &problems };
        let log = sarif([found, found], MessageLanguage::English);
        let log: Value = serde_json::from_str(&log).unwrap();
        let run = &log["runs"][0];
        assert_eq!(run["tool"]["driver"]["rules"].as_array().unwrap().len(), 2);
        assert_eq!(run["results"].as_array().unwrap().len(), 4);
        insta::assert_snapshot!(serde_json::to_string_pretty(&run["results"][1]).unwrap(), @r#"
        {
          "level": "error",
          "locations": [
            {
              "physicalLocation": {
                "artifactLocation": {
                  "uri": "%E8%A7%84%E5%88%99/%E5%85%8D%E8%80%83.qf"
                },
                "region": {
                  "byteLength": 6,
                  "byteOffset": 25,
                  "endColumn": 6,
                  "endLine": 2,
                  "startColumn": 4,
                  "startLine": 2
                }
              }
            }
          ],
          "message": {
            "text": "`学院` is declared twice\ngive one of them another name"
          },
          "relatedLocations": [
            {
              "id": 1,
              "message": {
                "text": "first declared here"
              },
              "physicalLocation": {
                "artifactLocation": {
                  "uri": "%E8%A7%84%E5%88%99/%E5%85%8D%E8%80%83.qf"
                },
                "region": {
                  "byteLength": 6,
                  "byteOffset": 9,
                  "endColumn": 6,
                  "endLine": 1,
                  "startColumn": 4,
                  "startLine": 1
                }
              }
            }
          ],
          "ruleId": "name/duplicate",
          "ruleIndex": 0
        }
        "#);
    }
}

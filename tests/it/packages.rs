//! The packages under `frameworks`: clean, in the one form, the same in three languages, and what their records come to.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use accredit::compile::{Compiled, compile};
use accredit::format::format_source;
use accredit::language::Lang;
use accredit::project::{self, Project};
use accredit::source::{Source, Sources};

use crate::answer;
use crate::same::same_meaning;
use crate::tree::{none, root};

fn packages() -> Vec<(PathBuf, Project)> {
    let folders = project::packages_under(&root().join("frameworks")).unwrap();
    folders.into_iter().map(|folder| (folder.clone(), project::read(&folder).unwrap())).collect()
}

fn name_of(folder: &Path) -> String {
    folder.file_name().unwrap().to_string_lossy().into_owned()
}

fn shown(compiled: &Compiled, problems: &[accredit::diagnostic::Problem]) -> String {
    let mut text = String::new();
    for problem in problems {
        let place = compiled.sources.position(problem.at).unwrap();
        let file = compiled.sources.get(problem.at.file).unwrap();
        let _ = writeln!(text, "  {}:{}:{} {}", file.path, place.line, place.column, problem.code.id());
    }
    text
}

#[test]
fn every_package_says_where_its_facts_come_from() {
    let silent = packages().into_iter().filter(|(folder, _)| !folder.join("SOURCES.md").is_file());
    none("packages without sources", &silent.map(|(folder, _)| name_of(&folder)).collect::<Vec<_>>());
}

#[test]
fn every_package_is_in_the_one_form() {
    let mut wrong = Vec::new();
    for (folder, project) in packages() {
        let compiled = compile(project.sources);
        for tree in &compiled.trees {
            let source = compiled.sources.get(tree.file).unwrap();
            let printed = format_source(source, None);
            if printed != *source.text {
                let at = printed.lines().zip(source.text.lines()).position(|(a, b)| a != b).unwrap_or(0);
                wrong.push(format!(
                    "{}/{}:{}\n  written {:?}\n  printed {:?}",
                    name_of(&folder),
                    source.path,
                    at + 1,
                    source.text.lines().nth(at),
                    printed.lines().nth(at)
                ));
            }
        }
    }
    none("packages not in the one form", &wrong);
}

/// The test of the keyword table: printed in any language, a package means the same.
#[test]
fn every_text_printed_in_any_language_means_the_same() {
    let mut wrong = Vec::new();
    let mut texts: Vec<(String, Sources)> =
        packages().into_iter().map(|(folder, project)| (name_of(&folder), project.sources)).collect();
    for file in crate::tree::files("tests/shapes", ".qf") {
        let mut sources = Sources::new();
        sources.add("rules.qf", file.text);
        texts.push((file.path, sources));
    }
    for (name, sources) in texts {
        let compiled = compile(sources);
        for lang in [Lang::En, Lang::Zh, Lang::ZhHant] {
            let mut again = Sources::new();
            for tree in &compiled.trees {
                let source = compiled.sources.get(tree.file).unwrap();
                again.push(Source::new(source.path.clone(), format_source(source, Some(lang))));
            }
            let recompiled = compile(again);
            if let Err(why) = same_meaning(&compiled.model, &recompiled.model) {
                wrong
                    .push(format!("{name} in {lang:?}: {why}\n{}", shown(&recompiled, &recompiled.problems)));
            }
        }
    }
    none("texts that mean something else when printed", &wrong);
}

/// `tests/records/PACKAGE.RECORD.txt` holds what is printed; `ACCREDIT_UPDATE=1` writes it anew.
#[test]
fn every_record_of_a_package_comes_to_what_was_read_and_kept() {
    let mut wrong = Vec::new();
    for (folder, project) in packages() {
        let records = folder.join("records");
        let Ok(entries) = fs::read_dir(&records) else { continue };
        let compiled = compile(project.sources);
        let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
        files.sort();
        for file in files {
            let record = fs::read_to_string(&file).unwrap();
            let found = answer::told(&compiled, &record, "2026-03-02");
            let name = format!("{}.{}.txt", name_of(&folder), file.file_stem().unwrap().to_string_lossy());
            let kept = root().join("tests/records").join(&name);
            if std::env::var_os("ACCREDIT_UPDATE").is_some() {
                fs::create_dir_all(kept.parent().unwrap()).unwrap();
                fs::write(&kept, &found).unwrap();
            } else if fs::read_to_string(&kept).unwrap_or_default() != found {
                wrong.push(format!("{name}:\n{found}"));
            }
        }
    }
    none("records", &wrong);
}

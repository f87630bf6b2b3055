//! Packages with a piece missing: each line once, and characters at random. Whatever is left compiles, or is told.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use accredit::compile::{Compiled, compile};
use accredit::diagnostic::{Code, Severity};
use accredit::source::{Source, Sources};

use crate::generate::Seed;

/// No edit of a package takes longer to compile, in a release build.
const LONGEST: Duration = Duration::from_millis(50);

fn packages() -> Vec<PathBuf> {
    let frameworks = Path::new(env!("CARGO_MANIFEST_DIR")).join("frameworks");
    let mut found: Vec<PathBuf> = std::fs::read_dir(frameworks)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
        .collect();
    found.sort();
    found
}

fn read(package: &Path) -> Vec<Source> {
    let project = accredit::project::read(package).unwrap();
    project.sources.iter().map(|(_, source)| source.clone()).collect()
}

/// A package with one file's text replaced, compiled; and how long that took.
fn edited(sources: &[Source], file: usize, text: &str) -> (Compiled, Duration) {
    let mut all = Sources::new();
    for (at, source) in sources.iter().enumerate() {
        all.push(if at == file { Source::new(source.path.clone(), text) } else { source.clone() });
    }
    let timed = || {
        let start = Instant::now();
        let compiled = compile(all.clone());
        (compiled, start.elapsed())
    };
    // A busy machine says little of speed: what seems slow is timed again.
    let (compiled, mut took) = timed();
    for _ in 0..3 {
        if took >= LONGEST && !cfg!(debug_assertions) {
            took = took.min(timed().1);
        }
    }
    (compiled, took)
}

fn in_time(took: Duration, what: impl Fn() -> String) {
    // A debug build says nothing of speed.
    assert!(cfg!(debug_assertions) || took < LONGEST, "{took:?}: {}", what());
}

/// What a deletion leaves is a valid package, or an error with a place in it.
fn told(compiled: &Compiled, what: impl Fn() -> String) {
    let errors = compiled.problems.iter().filter(|it| it.code.severity() == Severity::Error).count();
    assert_eq!(compiled.graph.is_none(), errors > 0, "{}", what());
    for problem in &compiled.problems {
        let source = compiled.sources.get(problem.at.file).unwrap();
        let (start, end) = (problem.at.start as usize, problem.at.end as usize);
        assert!(start <= end && end <= source.text.len(), "{}: {problem:?}", what());
        assert!(source.text.is_char_boundary(start) && source.text.is_char_boundary(end), "{}", what());
    }
}

/// Where a name is gone, each error for it stands on that name; so many were seen.
fn names_what_is_missing(compiled: &Compiled, gone: &str, what: impl Fn() -> String) -> usize {
    let unknown = compiled.problems.iter().filter(|problem| problem.code == Code::NameUnknown);
    unknown
        .filter(|problem| {
            let text = &compiled.sources.get(problem.at.file).unwrap().text;
            let there = &text[problem.at.start as usize..problem.at.end as usize];
            assert!(!there.trim().is_empty(), "{}: {problem:?}", what());
            there.contains(gone) || gone.contains(there)
        })
        .count()
}

/// Deletes every line whose number leaves this rest.
fn lines(every: usize) {
    let mut named = 0;
    for package in packages() {
        let sources = read(&package);
        for (file, source) in sources.iter().enumerate() {
            let all: Vec<&str> = source.text.split_inclusive('\n').collect();
            for deleted in (0..all.len()).filter(|line| line % every == 0) {
                let rest: String =
                    all.iter().enumerate().filter(|(at, _)| *at != deleted).map(|(_, line)| *line).collect();
                let what = || format!("{}:{} {}", source.path, deleted + 1, all[deleted].trim());
                let (compiled, took) = edited(&sources, file, &rest);
                in_time(took, what);
                told(&compiled, what);
                // `outcome NAME …`, `学习成果：NAME…`: the second word is what is gone.
                let words: Vec<&str> = all[deleted]
                    .split([' ', '：', ':', '\n', '“', '"'])
                    .filter(|word| !word.is_empty())
                    .collect();
                if let [_, name, ..] = words.as_slice() {
                    named += names_what_is_missing(&compiled, name, what);
                }
            }
        }
    }
    assert!(named > 0, "no error named what was missing");
}

/// Deletes so many characters, one at a time.
fn characters(number: usize, first: u64) {
    let mut seed = Seed::new(first);
    let packages: Vec<Vec<Source>> = packages().iter().map(|package| read(package)).collect();
    for _ in 0..number {
        let sources = seed.pick(&packages).clone();
        let file = seed.below(sources.len());
        let source = &sources[file];
        let places: Vec<(usize, char)> = source.text.char_indices().collect();
        if places.is_empty() {
            continue;
        }
        let (at, gone) = *seed.pick(&places);
        let rest = [&source.text[..at], &source.text[at + gone.len_utf8()..]].concat();
        let what = || format!("{} at byte {at} without {gone:?}", source.path);
        let (compiled, took) = edited(&sources, file, &rest);
        in_time(took, what);
        told(&compiled, what);
    }
}

#[test]
fn a_package_without_one_of_its_lines_compiles_or_says_why() {
    lines(9);
}

#[test]
fn a_package_without_one_of_its_characters_compiles_or_says_why() {
    characters(150, 5);
}

#[test]
#[ignore = "the whole sweep, in a release build"]
fn every_line_once_and_many_characters() {
    lines(1);
    characters(20_000, crate::compare::setting("ACCREDIT_SEED", 1));
}

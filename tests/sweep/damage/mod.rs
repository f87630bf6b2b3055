//! Packages with a line gone or a character mistyped: whatever is left compiles, or is told where the hand slipped.

mod edit;
mod judge;

use std::path::Path;

use accredit::source::Source;

use crate::generate::Seed;
use judge::{Package, Seen};

/// The real packages, and one for each published shape of rule.
fn packages() -> Vec<Package> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    for folder in accredit::project::packages_under(&root.join("frameworks")).unwrap() {
        let project = accredit::project::read(&folder).unwrap();
        let sources = project.sources.iter().map(|(_, source)| source.clone()).collect();
        found.push(Package::new(folder.display().to_string(), sources));
    }
    let mut shapes: Vec<_> = std::fs::read_dir(root.join("tests/shapes"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "qf"))
        .collect();
    shapes.sort();
    for path in shapes {
        let text = std::fs::read_to_string(&path).unwrap();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        found.push(Package::new(name.clone(), vec![Source::new(name, text)]));
    }
    found
}

/// Deletes every line whose number leaves no rest.
fn lines(packages: &[Package], every: usize) -> Seen {
    let mut seen = Seen::default();
    for package in packages {
        for (file, source) in package.sources.iter().enumerate() {
            for line in (0..source.text.lines().count()).step_by(every) {
                package.judge(file, &edit::without_line(&source.text, line), &mut seen);
            }
        }
    }
    seen
}

/// Changes so many characters, one at a time.
fn characters(packages: &[Package], number: usize, first: u64) -> Seen {
    let mut seed = Seed::new(first);
    let mut seen = Seen::default();
    while seen.edits < number {
        let package = seed.pick(packages);
        let file = seed.below(package.sources.len());
        if let Some(edit) = edit::character(&package.sources[file].text, &mut seed) {
            package.judge(file, &edit, &mut seen);
        }
    }
    seen
}

/// Nine in ten of the edits that make a text unreadable are told beside the edit and cost nothing else; a name that is gone
/// is told wherever it is used.
fn told_well(what: &str, seen: &Seen) {
    let Seen { unread, well_told, uses, uses_told, .. } = seen;
    assert!(unread * 9 <= well_told * 10, "{what}: {:#?}", &seen.worst[..seen.worst.len().min(20)]);
    assert_eq!(uses, uses_told, "{what}: {:#?}", seen.worst);
}

#[test]
fn a_package_without_one_of_its_lines_compiles_or_says_why() {
    told_well("lines", &lines(&packages(), 9));
}

#[test]
fn a_package_with_a_mistyped_character_compiles_or_says_why() {
    told_well("characters", &characters(&packages(), 400, 5));
}

#[test]
#[ignore = "the whole sweep, in a release build"]
fn every_line_once_and_many_characters() {
    let packages = packages();
    let number = usize::try_from(crate::compare::setting("ACCREDIT_EDITS", 20_000)).unwrap();
    let lines = lines(&packages, 1);
    let characters = characters(&packages, number, crate::compare::setting("ACCREDIT_SEED", 1));
    for (what, seen) in [("lines", &lines), ("characters", &characters)] {
        println!("{}", seen.say(what));
        for line in
            seen.worst.iter().take(usize::try_from(crate::compare::setting("ACCREDIT_SHOW", 0)).unwrap())
        {
            println!("  {line}");
        }
    }
    told_well("lines", &lines);
    told_well("characters", &characters);
}

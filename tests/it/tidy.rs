//! What each file of the library keeps to.

use crate::tree::{files, none, root};

#[test]
fn each_file_opens_with_why() {
    let without = files("src", ".rs").into_iter().filter(|file| !file.text.starts_with("//! "));
    none("files that do not open with `//!`", &without.map(|file| file.path).collect::<Vec<_>>());
}

#[test]
fn no_file_is_longer_than_eight_hundred_lines() {
    let all = ["src", "tests", "benches", "grammar"].into_iter().flat_map(|folder| files(folder, ".rs"));
    let long = all.filter_map(|file| {
        let lines = file.text.lines().count();
        (lines > 800).then(|| format!("{}: {lines} lines", file.path))
    });
    none("long files", &long.collect::<Vec<_>>());
}

#[test]
fn no_file_is_named_for_having_no_subject() {
    const EMPTY: &[&str] = &["util", "utils", "helper", "helpers", "common", "misc"];
    let vague = files("src", ".rs").into_iter().map(|file| file.path).filter(|path| {
        let names = path.split('/').map(|part| part.trim_end_matches(".rs"));
        names.into_iter().any(|name| EMPTY.contains(&name))
    });
    none("names without a subject", &vague.collect::<Vec<_>>());
}

/// Whole numbers and fractions of them decide; a float could differ between machines.
#[test]
fn no_float_decides() {
    let mut found = Vec::new();
    for file in files("src", ".rs") {
        // Pictures are drawn with them, a request that holds one is refused, and hints are proved before they are used.
        let decides_nothing = file.path.starts_with("src/report/")
            || file.path.starts_with("src/cli/")
            || file.path.starts_with("src/allocate/hint")
            || file.path == "src/wire/node.rs";
        for (line, text) in file.library_lines().filter(|_| !decides_nothing) {
            let code = text.split("//").next().unwrap_or_default();
            if code.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| word == "f64" || word == "f32") {
                found.push(format!("{}:{line}", file.path));
            }
        }
    }
    none("floating point", &found);
}

/// A newcomer reads the page first: every folder of the library and of the tests stands in it, and no folder that is gone.
#[test]
fn the_architecture_page_names_every_folder() {
    let page = std::fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let named: Vec<&str> =
        page.split('`').filter(|word| word.starts_with("src/") || word.starts_with("tests/")).collect();
    let mut wrong = Vec::new();
    for parent in ["src", "tests"] {
        for entry in std::fs::read_dir(root().join(parent)).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if path.is_dir() && !named.contains(&format!("{parent}/{name}/").as_str()) {
                wrong.push(format!("{parent}/{name}/ is not on the page"));
            }
        }
    }
    let gone = named.iter().filter(|name| !root().join(name).exists());
    wrong.extend(gone.map(|name| format!("{name} is on the page and nowhere else")));
    none("the architecture page", &wrong);
}

//! A module imports only from modules above it, and a borrowed crate stays in the folder that borrows it.

use crate::tree::{files, none};

/// The modules of `src`, tier by tier. A module may import from earlier tiers only.
const TIERS: &[&[&str]] = &[
    &["quantity", "source"],
    &["language", "certificate"],
    &["diagnostic"],
    &["syntax"],
    &["space", "format"],
    &["model"],
    &["convert"],
    &["resolve", "check"],
    &["graph", "artefact"],
    &["evaluate"],
    &["allocate"],
    &["answer"],
    &["analyze", "examples"],
    &["compile"],
    &["wire"],
    &["exchange", "batch"],
    &["report", "project", "ide"],
    &["lsp", "cli"],
];

/// Where each borrowed crate may be named.
const BORROWED: &[(&str, &[&str])] = &[
    ("jiff", &["src/quantity/"]),
    ("sha2", &["src/source/"]),
    ("unicode_normalization", &["src/language/"]),
    ("miette", &["src/diagnostic/frame.rs"]),
    ("pest", &["src/syntax/"]),
    ("accredit_grammar", &["src/syntax/", "src/language/"]),
    ("petgraph", &["src/graph/", "src/report/", "src/analyze/"]),
    ("serde", &["src/wire/", "src/report/"]),
    ("serde_json", &["src/wire/", "src/report/"]),
    ("serde_yaml", &["src/wire/"]),
    ("clap", &["src/cli/"]),
];

#[test]
fn modules_import_only_from_tiers_above_their_own() {
    let mut wrong = Vec::new();
    for file in files("src", ".rs") {
        let Some(module) = module_of(&file.path) else { continue };
        let Some(tier) = tier_of(module) else {
            wrong.push(format!("{}: `{module}` stands in no tier", file.path));
            continue;
        };
        for (line, text) in file.library_lines() {
            for used in used_in(text) {
                if used != module && tier_of(used).is_some_and(|other| other >= tier) {
                    wrong.push(format!("{}:{line}: `{module}` (tier {tier}) uses `{used}`", file.path));
                }
            }
        }
    }
    none("imports that point the wrong way", &wrong);
}

#[test]
fn borrowed_crates_stay_where_they_are_borrowed() {
    let mut wrong = Vec::new();
    for file in files("src", ".rs") {
        for (line, text) in file.library_lines() {
            for (name, places) in BORROWED {
                let named = text.match_indices(&format!("{name}::")).any(|(at, _)| is_start(text, at));
                if named && !places.iter().any(|place| file.path.starts_with(place)) {
                    wrong.push(format!("{}:{line}: `{name}` belongs in {}", file.path, places.join(", ")));
                }
            }
        }
    }
    none("borrowed crates", &wrong);
}

/// `diagnostic` of `src/diagnostic/code.rs` and of `src/diagnostic.rs`; nothing for `lib.rs` and `main.rs`.
fn module_of(path: &str) -> Option<&str> {
    let inside = path.strip_prefix("src/")?;
    let module = inside.split('/').next()?.trim_end_matches(".rs");
    (!matches!(module, "lib" | "main")).then_some(module)
}

fn tier_of(module: &str) -> Option<usize> {
    TIERS.iter().position(|tier| tier.contains(&module))
}

/// The modules that a line names behind `crate::`.
fn used_in(line: &str) -> Vec<&str> {
    let mut used = Vec::new();
    for (at, _) in line.match_indices("crate::").filter(|&(at, _)| is_start(line, at)) {
        let rest = &line[at + "crate::".len()..];
        match rest.strip_prefix('{') {
            // `use crate::{a::B, c}` on one line.
            Some(group) => used.extend(group.split([',', '}']).map(|one| first_name(one.trim()))),
            None => used.push(first_name(rest)),
        }
    }
    used
}

fn first_name(path: &str) -> &str {
    path.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').next().unwrap_or_default()
}

fn is_start(line: &str, at: usize) -> bool {
    !line[..at].ends_with(|c: char| c.is_ascii_alphanumeric() || c == '_' || c == ':')
}

#[test]
fn the_names_behind_crate_are_found_in_every_form() {
    assert_eq!(used_in("use crate::model::{Rule, Id};"), ["model"]);
    assert_eq!(
        used_in("    let x: crate::source::Span = crate::quantity::Ratio::ONE;"),
        ["source", "quantity"]
    );
    assert_eq!(used_in("use crate::{graph, model::Rule};")[..2], ["graph", "model"]);
    assert!(used_in("pub(crate) fn crates() {}").is_empty());
}

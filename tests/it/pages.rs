//! The examples of the pages: each shows its code and nothing else, and what stands instead is clean.

use accredit::diagnostic::Code;

use crate::catalogue::{block, id_of, pages};
use crate::found::{Found, found};
use crate::tree::none;

/// What is found, but for what decisions do not know yet: a page about blocks must use them.
fn connected(page: &str, mut found: Found) -> Found {
    if page != "syntax/later" {
        found.problems.retain(|problem| problem.code != Code::SyntaxLater);
    }
    found
}

#[test]
fn each_example_shows_its_code_and_what_stands_instead_is_clean() {
    let mut wrong = Vec::new();
    for page in pages() {
        let id = id_of(&page);
        if let Some(example) = block(&page, "Example") {
            let found = connected(&id, found("rules.qf", example));
            if found.problems.iter().map(|problem| problem.code.id()).collect::<Vec<_>>() != [id.as_str()]
                || !found.unsaid.is_empty()
            {
                wrong.push(format!("{id}: the example shows {}", found.shown()));
            }
        }
        if let Some(instead) = block(&page, "Instead") {
            let found = connected(&id, found("rules.qf", instead));
            if !found.problems.is_empty() {
                wrong.push(format!("{id}: what stands instead shows {}", found.shown()));
            }
        }
    }
    none("examples of pages", &wrong);
}

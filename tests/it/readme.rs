//! Every text in QF that the repository shows to a reader compiles, or is marked with the code that it shows.

use crate::found::found;
use crate::tree::{TextFile, files, none, root};

#[test]
fn every_block_of_the_documentation_compiles_or_says_which_code_it_shows() {
    let mut pages: Vec<TextFile> =
        files("docs", ".md").into_iter().filter(|page| !page.path.starts_with("docs/errors")).collect();
    for name in ["README.md", "CONTRIBUTING.md", "ARCHITECTURE.md", "CHANGELOG.md", "grammar/README.md"] {
        if let Ok(text) = std::fs::read_to_string(root().join(name)) {
            pages.push(TextFile { path: name.to_owned(), text });
        }
    }
    let mut wrong = Vec::new();
    for page in &pages {
        for (line, info, body) in blocks(&page.text) {
            let words: Vec<&str> = info.split_whitespace().collect();
            let expected = match words.as_slice() {
                ["qf"] => "nothing".to_owned(),
                ["qf", "fails", code] => (*code).to_owned(),
                ["qf", ..] => {
                    wrong.push(format!("{}:{line}: `{info}` says nothing that is tested", page.path));
                    continue;
                }
                _ => continue,
            };
            let found = found("rules.qf", &body);
            let codes: Vec<&str> = found.problems.iter().map(|problem| problem.code.id()).collect();
            let told = if codes.is_empty() { "nothing".to_owned() } else { codes.join(" ") };
            if told != expected {
                wrong.push(format!("{}:{line}: expected {expected}; told {}", page.path, found.shown()));
            }
        }
    }
    none("blocks", &wrong);
}

/// Fenced blocks: the line on which each begins, what follows the fence, what stands inside.
fn blocks(text: &str) -> Vec<(usize, String, String)> {
    let mut found = Vec::new();
    let mut open: Option<(usize, String, String)> = None;
    for (at, line) in text.lines().enumerate() {
        match (&mut open, line.trim_start().strip_prefix("```")) {
            (Some(_), Some(_)) => found.extend(open.take()),
            (Some((_, _, body)), None) => {
                body.push_str(line);
                body.push('\n');
            }
            (None, Some(info)) => open = Some((at + 1, info.to_owned(), String::new())),
            (None, None) => {}
        }
    }
    found
}

//! The manual under `tests/spec`, run.

mod page;
mod run;
mod show;
mod twin;

use crate::tree::{files, none};

use page::Page;

fn pages() -> Vec<Page> {
    let all = files("tests/spec", ".md").into_iter().filter(|file| !file.path.ends_with("README.md"));
    all.map(|file| Page::read(&file.path, file.text)).collect()
}

#[test]
fn every_block_of_the_manual_is_read_and_every_case_expects_something() {
    none("faults of the manual", &pages().into_iter().flat_map(|page| page.faults).collect::<Vec<_>>());
}

#[test]
fn the_manual_names_each_of_its_pages() {
    let readme = &files("tests/spec", "README.md")[0].text;
    let missing = pages().into_iter().map(|page| page.path.replace("tests/spec/", ""));
    none(
        "pages that the README does not name",
        &missing.filter(|name| !readme.contains(name)).collect::<Vec<_>>(),
    );
}

#[test]
fn what_the_manual_says_in_chinese_it_says_in_english() {
    let mut wrong = Vec::new();
    for page in pages() {
        for case in &page.cases {
            for group in &case.groups {
                let english = group.texts.iter().filter(|text| !text.chinese);
                let chinese = group.texts.iter().filter(|text| text.chinese);
                for (one, other) in english.zip(chinese) {
                    if let Some(difference) = twin::difference(one, other) {
                        wrong.push(format!("{}: “{}”: {difference}", page.path, case.heading));
                    }
                }
            }
        }
    }
    none("texts that differ", &wrong);
}

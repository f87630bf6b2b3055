//! A table with a hole on each side, one level against two, and two against one.

#![allow(clippy::unwrap_used)]

use super::{SideBySide, TextLanguage, side_by_side};
use crate::model::FrameworkId;
use crate::source::Sources;

fn shown(language: TextLanguage) -> SideBySide {
    let mut sources = Sources::new();
    sources.add(
        "a.qf",
        "package a.b version 2026.1
        document report \"Joint report\"
        framework north \"North\" zh \"北方框架\" { levels 1 to 3; dimension know maps to knowledge, skill; placement best fit; descriptors unpublished }
        framework south \"South\" zh \"南方框架\" { levels 1 to 4; dimension all \"All\" maps to knowledge; descriptors elsewhere report }
        framework west { levels 1 to 2 }
        comparison north-south of north with south {
          status comparison only
          cite report \"table 2\"
          | north | south |
          | 3     | 4, 3  |
          | 2     | none  |
          | 1     | 2     |
          | none  | 1     |
        }",
    );
    let compiled = crate::compile::compile(sources);
    assert!(compiled.problems.is_empty(), "{:?}", compiled.problems);
    side_by_side(&compiled.model, &[FrameworkId(0), FrameworkId(1), FrameworkId(2)], language)
}

#[test]
fn levels_stand_beside_their_counterparts_and_holes_are_shown() {
    insta::assert_snapshot!("text", shown(TextLanguage::English).text());
    insta::assert_snapshot!("chinese", shown(TextLanguage::Chinese).text());
    insta::assert_snapshot!("markdown", shown(TextLanguage::English).markdown());
}

#[test]
fn the_picture_draws_a_line_for_each_pair_and_no_other() {
    let svg = shown(TextLanguage::English).svg();
    assert_eq!(svg.matches("<g class=\"edge\">").count(), 3);
    assert_eq!(
        svg.matches("<g class=\"box class\">").count(),
        2,
        "level 2 of the north, level 1 of the south"
    );
    assert!(svg.starts_with("<svg") && svg.ends_with("</svg>\n") && !svg.contains("<script"));
}

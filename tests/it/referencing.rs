//! The tables of levels in `frameworks/world.referencing`: each published row, from both of its sides, holes and statuses included.

use accredit::compile::compile;
use accredit::model::{ComparisonStatus, Counterparts};
use accredit::project;

use crate::tree::{none, root};

/// `comparison`, `status`, `of` (a framework), `level`, `answer`: levels of the other framework, `none`, `not stated`, `-` (no row).
const ROWS: &str = include_str!("../referencing.tsv");

#[test]
fn every_published_row_is_answered_from_both_sides() {
    let read = project::read(&root().join("frameworks/world.referencing")).unwrap();
    let compiled = compile(read.sources);
    let model = &compiled.model;
    let mut wrong = Vec::new();
    let mut asked = 0;
    for line in ROWS.lines().skip(1) {
        let fields: Vec<&str> = line.split('\t').collect();
        let &[comparison, status, of, level, expected] = fields.as_slice() else { panic!("{line}") };
        let Some(found) = model.comparisons.iter().find(|it| &*it.name == comparison) else {
            wrong.push(format!("{comparison}: there is none"));
            continue;
        };
        let said = match found.status {
            ComparisonStatus::Endorsed => "endorsed",
            ComparisonStatus::ComparisonOnly => "comparison only",
            ComparisonStatus::Proposed => "proposed",
            ComparisonStatus::NotEndorsed => "not endorsed",
            ComparisonStatus::Unverified => "unverified",
            ComparisonStatus::UnderReview => "under review",
        };
        let side = if &*model.frameworks[found.left.index()].name == of { found.left } else { found.right };
        let framework = &model.frameworks[side.index()];
        let names = |id: accredit::model::FrameworkId| model.frameworks[id.index()].levels.as_ref().unwrap();
        let rank = names(side).iter().position(|it| &*it.name == level);
        let (true, Some(rank)) = (&*framework.name == of, rank) else {
            wrong.push(format!("{comparison}: {of} has no level {level}"));
            continue;
        };
        let answer = match found.counterparts(side, u32::try_from(rank).unwrap()) {
            Counterparts::Levels(levels) => {
                let other = names(found.other(side).unwrap());
                let shown: Vec<&str> = levels.iter().map(|rank| &*other[*rank as usize].name).collect();
                shown.join(",")
            }
            Counterparts::None => "none".into(),
            Counterparts::NotStated => "not stated".into(),
            Counterparts::Unnamed => "-".into(),
        };
        asked += 1;
        if (answer.as_str(), said) != (expected, status) {
            wrong.push(format!("{comparison}: {of} {level}: {answer} ({said}), not {expected} ({status})"));
        }
    }
    none("rows that are answered otherwise", &wrong);
    let levels =
        |id: accredit::model::FrameworkId| model.frameworks[id.index()].levels.as_ref().map_or(0, Vec::len);
    let all: usize = model.comparisons.iter().map(|it| levels(it.left) + levels(it.right)).sum();
    assert_eq!(asked, all, "every level of every comparison is asked");
}

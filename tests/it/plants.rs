//! Contradictions planted in the packages (`tests/plants.tsv`): each is found, between the rules that it names, and no other.

use accredit::analyze::{Days, overlap};
use accredit::compile::compile;
use accredit::diagnostic::{MessageLanguage, catalogue};
use accredit::project;
use accredit::source::Sources;

use crate::tree::{none, root};

#[test]
fn each_planted_contradiction_is_found_and_no_other() {
    let table = std::fs::read_to_string(root().join("tests/plants.tsv")).unwrap();
    let (mut wrong, mut planted, mut harmless) = (Vec::new(), 0, 0);
    for row in table.lines().filter(|row| !row.starts_with('#')) {
        let [package, before, rule, against] = row.split('\t').collect::<Vec<_>>()[..] else {
            panic!("four columns: {row}")
        };
        let read = project::read(&root().join("frameworks").join(package)).unwrap();
        let mut sources = Sources::new();
        let mut places = 0;
        for (_, source) in read.sources.iter() {
            let text = &source.text;
            places += text.matches(before).count();
            sources.add(&*source.path, text.replacen(before, &format!("  {rule}\n{before}"), 1));
        }
        assert_eq!(places, 1, "{row}");
        let compiled = compile(sources);
        let Some(graph) = &compiled.graph else {
            let told = compiled.problems.iter();
            let told: Vec<_> =
                told.map(|of| catalogue::sentence(of, MessageLanguage::English).sentence).collect();
            wrong.push(format!("{row}: {told:?}"));
            continue;
        };
        let name = |rule: accredit::model::RuleId| graph.model().rules[rule.index()].name.to_string();
        let found = overlap(graph, Days::All, false);
        let mut told: Vec<String> = found
            .conflicts
            .iter()
            .map(|conflict| {
                let names = [name(conflict.rules.0), name(conflict.rules.1)];
                let other = names.iter().find(|name| !["planted", "植入"].contains(&name.as_str()));
                let by_plant = names.iter().any(|name| ["planted", "植入"].contains(&name.as_str()));
                if by_plant { other.cloned().unwrap_or_default() } else { names.join("/") }
            })
            .collect();
        told.sort();
        let told = if told.is_empty() { "-".to_owned() } else { told.join(" ") };
        if told != against || !found.unsettled.is_empty() {
            wrong.push(format!("{row}: found {told}, open {:?}", found.unsettled));
        }
        if against == "-" {
            harmless += 1;
        } else {
            planted += 1;
        }
    }
    none("planted contradictions", &wrong);
    assert!(planted >= 30 && harmless >= 10, "{planted} planted, {harmless} harmless");
}

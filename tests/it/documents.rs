//! A decision is its document: what is read back from JSON is told in the same words, and no order of files or records shows in it.

use std::fs;
use std::path::PathBuf;

use accredit::compile::{Compiled, compile};
use accredit::project;
use accredit::quantity::Date;
use accredit::report::text::{TextLanguage, text};
use accredit::source::Sources;
use accredit::wire::answer;
use accredit::wire::decision::Decision;

use crate::tree::root;

/// Every package with records, and its records.
fn packages() -> Vec<(PathBuf, Vec<String>)> {
    let mut found: Vec<(PathBuf, Vec<String>)> = Vec::new();
    for folder in project::packages_under(&root().join("frameworks")).unwrap() {
        let Ok(entries) = fs::read_dir(folder.join("records")) else { continue };
        let mut records: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
        records.sort();
        found.push((folder, records.iter().map(|record| fs::read_to_string(record).unwrap()).collect()));
    }
    assert!(found.iter().map(|(_, records)| records.len()).sum::<usize>() >= 6, "the packages have records");
    found
}

fn decided(compiled: &Compiled, record: &str) -> Decision {
    let graph = compiled.graph.as_ref().unwrap();
    answer(graph, &compiled.sources, record, Date::parse("2026-03-02"), None).unwrap()
}

#[test]
fn a_decision_read_back_from_its_json_is_told_in_the_same_words() {
    for (folder, records) in packages() {
        let compiled = compile(project::read(&folder).unwrap().sources);
        for record in records {
            let decision = decided(&compiled, &record);
            let json = serde_json::to_string(&decision).unwrap();
            let read: Decision = serde_json::from_str(&json).unwrap();
            assert_eq!(serde_json::to_string(&read).unwrap(), json);
            for language in [TextLanguage::English, TextLanguage::Chinese] {
                assert_eq!(text(&read, language), text(&decision, language));
            }
        }
    }
}

#[test]
fn the_order_of_files_does_not_show_in_a_decision() {
    for (folder, records) in packages() {
        let project = project::read(&folder).unwrap();
        let mut turned = Sources::new();
        let files: Vec<_> = project.sources.iter().map(|(_, source)| source.clone()).collect();
        for source in files.into_iter().rev() {
            turned.push(source);
        }
        let (one, other) = (compile(project.sources), compile(turned));
        for record in records {
            let (one, other) = (decided(&one, &record), decided(&other, &record));
            assert_eq!(
                serde_json::to_string_pretty(&one).unwrap(),
                serde_json::to_string_pretty(&other).unwrap()
            );
        }
    }
}

/// A package whose items stand in another order means the same; only the hash and the places tell the texts apart.
#[test]
fn the_order_of_items_does_not_show_in_a_decision() {
    let items = [
        "document d \"D\"",
        "credit c { step 1 }",
        "scale s { range 0 to 100; step 1 }",
        "kind test { fact grade : s }",
        "kind course",
        "outcome t : test",
        "outcome x : course { credits 3 }",
        "outcome y : course { credits 4 }",
        "scheme one { cite d; in force not stated; count each achievement once
           rule low { from t; when grade >= 50; to x; give target credits }
           rule high { from t; when grade >= 80; to y; give target credits } }",
        "scheme two { cite d; in force not stated; never from t to y when grade < 90 because \"too low\" }",
    ];
    let record = "{ holds: [ { id: a, of: t, facts: { grade: 85 } } ] }";
    let package = |order: &[&str]| {
        let mut sources = Sources::new();
        sources.add("p.qf", format!("package order version 2026.1\n{}\n", order.join("\n")));
        let compiled = compile(sources);
        assert!(!compiled.has_errors(), "{:?}", compiled.problems);
        let decision = decided(&compiled, record);
        text(&decision, TextLanguage::English)
    };
    let first = package(&items);
    assert!(first.contains("converts"), "{first}");
    let mut order = items.to_vec();
    for turn in 0..items.len() {
        order.rotate_left(1);
        order.swap(0, turn);
        assert_eq!(package(&order), first, "items in another order: {order:?}");
    }
}

/// A `use` names its package by a path, or finds the folder of that name beside its own.
#[test]
fn a_package_is_used_by_its_path_or_from_beside() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("used");
    let write = |name: &str, text: &str| {
        fs::create_dir_all(folder.join(name)).unwrap();
        fs::write(folder.join(name).join("package.qf"), text).unwrap();
    };
    let frame = "document d \"D\"\ncredit c { step 1 }\nscale s { range 0 to 100; step 1 }\nkind t { fact grade : s }\n\
                 kind k\noutcome x : t\noutcome y : k { credits 3 }\n";
    write("elsewhere", &format!("package cn.frame version 2026.1\n{frame}"));
    write("cn.beside", &format!("package cn.beside version 2026.1\n{frame}"));
    let member = |used: &str| {
        format!(
            "package cn.member version 2026.1\nuse {used} as f\ndocument e \"E\"\nrule r {{ cite e; in force not stated; from f.x\n\
             when grade >= 60; to f.y; give target credits\nexample grade = 60 -> f.y 3 credits }}\n"
        )
    };
    for used in ["cn.frame \"../elsewhere\"", "cn.beside"] {
        write("member", &member(used));
        let project = project::read(&folder.join("member")).unwrap();
        assert_eq!(project.sources.len(), 2, "use {used}");
        let compiled = compile(project.sources);
        assert!(compiled.problems.is_empty(), "use {used}: {:?}", compiled.problems);
        let run = accredit::examples::run(compiled.graph.as_ref().unwrap(), &compiled.sources);
        assert!(run.problems.is_empty(), "use {used}: {:?}", run.problems);
    }
}

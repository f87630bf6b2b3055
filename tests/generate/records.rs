//! Records and requests about a generated package.

use super::{Package, Seed};
use crate::reference::record::{Ask, Entry, Facts, Goal, Held, Judged, Request, Stated};

const DAYS: [&str; 12] = [
    "2022-12-31",
    "2023-01-01",
    "2024-02-29",
    "2024-08-31",
    "2024-09-01",
    "2025-03-01",
    "2025-03-02",
    "2025-08-31",
    "2025-09-01",
    "2026-02-28",
    "2026-03-01",
    "2026-06-30",
];
const MONTHS: [&str; 5] = ["2024-02", "2024-09", "2025-03", "2025-08", "2026-03"];

/// A request about a package.
pub fn request(seed: &mut Seed, package: &Package) -> Request {
    let mut request = Request {
        as_of: (*seed.pick(&["2025-09-01", "2026-03-01", "2026-03-01", "2026-06-30"])).to_owned(),
        partial: seed.chance(8),
        ..Request::default()
    };
    if seed.chance(15) {
        let day = *seed.pick(&DAYS[6..]);
        request.dates.push(("applied".into(), Stated::Date(day.into())));
    }
    for (fact, values) in [("student", ["arts", "sports", "other"])] {
        if seed.chance(70) {
            request.learner.push((fact.into(), Stated::Word((*seed.pick(&values)).into())));
        }
    }
    if seed.chance(70) {
        request.learner.push(("veteran".into(), Stated::Yes(seed.chance(60))));
    }
    if seed.chance(70) {
        request.learner.push(("years".into(), Stated::Number(seed.below(10).to_string())));
    }
    // How much is known differs from request to request.
    let known = *seed.pick(&[60, 85, 95, 100]);
    for at in 0..seed.between(0, 4) {
        let (outcome, kind) = seed.pick(&package.sources).clone();
        let outcome = (!seed.chance(6)).then_some(outcome);
        request.held.push(Held {
            id: format!("a{}", at + 1),
            outcome,
            kind,
            facts: facts(seed, package, known),
            withdrawn: seed.chance(2),
            onward: None,
        });
    }
    if package.judged {
        for at in 0..request.held.len() {
            for _ in 0..seed.below(4) {
                let said = judged(seed, package, &request.held[at].id);
                request.judged.push(said);
            }
        }
    }
    for fact in &package.ranges {
        for at in 0..request.held.len() {
            if seed.chance(60) {
                let (by, of) = ((*seed.pick(&["panel", "board"])).to_owned(), request.held[at].id.clone());
                let value = if fact.ends_with("mark") { ["70", "85", "90"] } else { ["1", "1.5", "2"] };
                let said = Stated::Number((*seed.pick(&value)).into());
                request.judged.push(Judged {
                    by: Some(by),
                    fact: fact.clone(),
                    of,
                    target: None,
                    said,
                    on: None,
                });
            }
        }
    }
    if seed.chance(2) {
        // A course is held, too; no rule may name it.
        request.held.push(Held {
            id: "a9".into(),
            outcome: Some(seed.pick(&package.targets).clone()),
            kind: "course".into(),
            ..Held::default()
        });
    }
    if seed.chance(12) && !request.held.is_empty() {
        let rule = seed.pick(&package.rules).clone();
        let achievements = vec![seed.pick(&request.held).id.clone()];
        let target = seed.chance(70).then(|| Goal::Outcome(seed.pick(&package.targets).clone()));
        request.granted.push(Entry {
            id: "g1".into(),
            rule: seed.chance(90).then_some(rule),
            achievements,
            target,
            standing: !seed.chance(15),
        });
    }
    if seed.chance(30) {
        let ids: Vec<String> = request.held.iter().map(|held| held.id.clone()).collect();
        let achievements = if ids.is_empty() || seed.chance(50) {
            Vec::new()
        } else {
            let number = seed.between(1, ids.len());
            seed.some(&ids, number)
        };
        let target = seed.chance(80).then(|| Goal::Outcome(seed.pick(&package.targets).clone()));
        request.asks.push(Ask { achievements, target });
    }
    request
}

fn judged(seed: &mut Seed, package: &Package, of: &str) -> Judged {
    let against = seed.chance(60);
    let (fact, said) = if against {
        ("similarity", Stated::Number((*seed.pick(&["0.5", "79/100", "0.8", "1"])).into()))
    } else {
        ("suits", Stated::Yes(seed.chance(60)))
    };
    Judged {
        by: seed.chance(80).then(|| (*seed.pick(&["panel", "board"])).to_owned()),
        fact: fact.into(),
        of: of.into(),
        target: seed.chance(70).then(|| seed.pick(&package.targets).clone()),
        said,
        on: seed.chance(70).then(|| (*seed.pick(&["2025-03-01", "2025-08-31"])).to_owned()),
    }
}

/// Facts of an achievement, every one of them.
pub fn all_facts(seed: &mut Seed, package: &Package) -> Facts {
    let mut all = facts(seed, package, 100);
    all.retain(|(fact, _)| fact != "expires" && fact != "times");
    all
}

fn facts(seed: &mut Seed, package: &Package, known: usize) -> Facts {
    let mut facts = Facts::new();
    let mut say = |seed: &mut Seed, fact: &str, of: &dyn Fn(&mut Seed) -> Stated| {
        if seed.chance(known) {
            let value = of(seed);
            facts.push((fact.to_owned(), value));
        }
    };
    say(seed, "grade", &|seed| {
        if seed.chance(8) {
            Stated::Between((*seed.pick(&["50", "55"])).into(), (*seed.pick(&["59", "60", "70"])).into())
        } else {
            Stated::Number((*seed.pick(&["39", "40", "49", "50", "59", "60", "75", "79", "80", "95"])).into())
        }
    });
    say(seed, "mark-letter", &|seed| Stated::Word((*seed.pick(&["F", "D", "C", "B", "A"])).into()));
    say(seed, "mark-note", &|seed| Stated::Number((*seed.pick(&["1", "1.5", "2", "3.5", "5"])).into()));
    say(seed, "scope", &|seed| Stated::Word((*seed.pick(&["local", "regional", "national"])).into()));
    say(seed, "sort", &|seed| Stated::Word((*seed.pick(&["oral", "written", "practical"])).into()));
    let mut team = true;
    if seed.chance(known) {
        team = seed.chance(60);
        facts.push(("team".into(), Stated::Yes(team)));
    }
    let mut say = |seed: &mut Seed, fact: &str, of: &dyn Fn(&mut Seed) -> Stated| {
        if seed.chance(known) {
            let value = of(seed);
            facts.push((fact.to_owned(), value));
        }
    };
    say(seed, "checked", &|seed| Stated::Yes(seed.chance(60)));
    if team || !package.rank_if {
        let none = package.rank_optional;
        say(seed, "rank", &|seed| {
            if none && seed.chance(30) {
                Stated::None
            } else {
                Stated::Number(seed.between(1, 9).to_string())
            }
        });
    }
    say(seed, "share", &|seed| Stated::Number((*seed.pick(&["0.5", "79/100", "0.8", "1"])).into()));
    say(seed, "hours", &|seed| {
        if seed.chance(5) {
            Stated::Between("64".into(), "72".into())
        } else {
            Stated::Number((*seed.pick(&["0", "4", "8", "16", "20", "24", "40", "41", "100"])).into())
        }
    });
    say(seed, "credits", &|seed| Stated::Number((*seed.pick(&["0.5", "2", "2", "3", "3.5", "5"])).into()));
    say(seed, "trained", &|seed| Stated::Number((*seed.pick(&["5", "6", "30"])).into()));
    say(seed, "subject", &|seed| Stated::Word((*seed.pick(&["math", "art", "law"])).into()));
    if !package.judged {
        say(seed, "similarity", &|seed| Stated::Number((*seed.pick(&["0.5", "79/100", "0.8"])).into()));
        say(seed, "suits", &|seed| Stated::Yes(seed.chance(60)));
    }
    say(seed, "awarded", &date);
    say(seed, "completed", &date);
    if seed.chance(40) {
        facts.push(("started".into(), date(seed)));
        if seed.chance(60) {
            let day = *seed.pick(&[
                "2024-08-31",
                "2025-03-01",
                "2025-08-31",
                "2026-03-01",
                "2026-06-30",
                "2027-01-01",
            ]);
            facts.push(("ended".into(), Stated::Date(day.into())));
        }
    }
    if seed.chance(10) {
        let day = *seed.pick(&["2025-08-31", "2026-03-01", "2027-01-01"]);
        facts.push(("expires".into(), Stated::Date(day.into())));
    }
    if seed.chance(15) {
        facts.push(("times".into(), Stated::Number(seed.between(1, 4).to_string())));
    }
    facts
}

fn date(seed: &mut Seed) -> Stated {
    let text = if seed.chance(15) { *seed.pick(&MONTHS) } else { *seed.pick(&DAYS) };
    Stated::Date(text.into())
}

//! Many packages, many requests, two answers to each.

use std::collections::BTreeMap;

use accredit::diagnostic::Severity;

use crate::engine;
use crate::generate::{self, Package, Seed};
use crate::reference::record::Request;
use crate::reference::{self, Answer, Line, Model};
use crate::smallest::smallest;

/// What a sweep has seen.
#[derive(Debug, Default)]
struct Census {
    packages: usize,
    refused: usize,
    requests: usize,
    constructs: BTreeMap<&'static str, usize>,
    verdicts: BTreeMap<String, usize>,
    reasons: BTreeMap<String, usize>,
    claims: usize,
    differences: usize,
    faults: BTreeMap<String, (usize, String)>,
}

/// A number from the environment.
pub fn setting(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}

/// One package with its requests; the first difference is printed as a whole.
fn one(seed: u64, requests: usize, census: &mut Census, shown: &mut usize) {
    let mut seed = Seed::new(seed);
    let package = generate::package(&mut seed);
    let compiled = engine::compile(&package.text);
    census.packages += 1;
    if compiled.graph.is_none() {
        census.refused += 1;
        for problem in compiled.problems.iter().filter(|it| it.code.severity() == Severity::Error) {
            let at = &package.text[problem.at.start as usize..problem.at.end as usize];
            let entry = census.faults.entry(format!("{:?}", problem.code)).or_default();
            entry.0 += 1;
            entry.1 = at.to_owned();
        }
        return;
    }
    for construct in &package.constructs {
        *census.constructs.entry(construct).or_default() += 1;
    }
    let model = Model::read(&accredit::wire::model::export(&compiled.model));
    for _ in 0..requests {
        let request = generate::request(&mut seed, &package);
        census.requests += 1;
        let theirs = engine::decide(&compiled, &request);
        let ours = reference::decide(&model, &request);
        *census.verdicts.entry(format!("{:?}", ours.verdict)).or_default() += 1;
        for line in &ours.lines {
            census.claims += 1;
            if let Some(reason) = line.reason {
                *census.reasons.entry(format!("{reason:?}")).or_default() += 1;
            }
        }
        if !same(&ours, &theirs) {
            census.differences += 1;
            if *shown > 0 {
                *shown -= 1;
                show(&package, &request);
            }
            return;
        }
    }
}

/// Whether two answers say the same; which rules had a say is for people only.
pub fn same(ours: &Answer, theirs: &Answer) -> bool {
    ours.verdict == theirs.verdict && bare(ours) == bare(theirs)
}

fn bare(answer: &Answer) -> Vec<Line> {
    let mut lines: Vec<Line> =
        answer.lines.iter().map(|line| Line { rules: Vec::new(), ..line.clone() }).collect();
    if setting("ACCREDIT_LOOSE", 0) == 1 {
        lines.retain(|line| line.target.is_some());
        for line in &mut lines {
            line.questions.retain(|it| it.1 != "credits");
        }
    }
    lines.sort();
    lines.dedup();
    lines
}

fn show(package: &Package, request: &Request) {
    let (text, request) = smallest(&package.text, request);
    let compiled = engine::compile(&text);
    let model = Model::read(&accredit::wire::model::export(&compiled.model));
    let (ours, theirs) = (reference::decide(&model, &request), engine::decide(&compiled, &request));
    println!("==== difference\n{text}");
    println!(
        "as of {} dates {:?} partial {} asks {:?}",
        request.as_of, request.dates, request.partial, request.asks
    );
    println!("learner {:?}", request.learner);
    for held in &request.held {
        println!(
            "  {} {:?}: {} {:?} withdrawn {}",
            held.id, held.outcome, held.kind, held.facts, held.withdrawn
        );
    }
    println!("granted {:?}", request.granted);
    println!("reference: {:?}\nengine: {:?}", ours.verdict, theirs.verdict);
    let (a, b) = (bare(&ours), bare(&theirs));
    for line in &ours.lines {
        let bare = Line { rules: Vec::new(), ..line.clone() };
        if !b.contains(&bare) {
            println!("only reference: {line:?}");
        }
    }
    for line in &theirs.lines {
        let bare = Line { rules: Vec::new(), ..line.clone() };
        if !a.contains(&bare) {
            println!("only engine:    {line:?}");
        }
    }
}

/// A sweep on as many threads as there are, each with its packages.
fn sweep(first: u64, packages: u64, requests: usize) -> Census {
    let threads = std::thread::available_parallelism().map_or(1, |threads| threads.get() as u64);
    let run = |thread: u64| {
        let mut census = Census::default();
        let mut shown = usize::try_from(setting("ACCREDIT_SHOW", 1)).unwrap();
        for package in (0..packages).filter(|package| package % threads == thread) {
            one(first.wrapping_mul(1_000_003).wrapping_add(package), requests, &mut census, &mut shown);
        }
        census
    };
    std::thread::scope(|scope| {
        let running: Vec<_> = (0..threads).map(|thread| scope.spawn(move || run(thread))).collect();
        running.into_iter().fold(Census::default(), |mut all, thread| {
            all.add(thread.join().unwrap());
            all
        })
    })
}

impl Census {
    fn add(&mut self, other: Census) {
        self.packages += other.packages;
        self.refused += other.refused;
        self.requests += other.requests;
        self.claims += other.claims;
        self.differences += other.differences;
        for (name, count) in other.constructs {
            *self.constructs.entry(name).or_default() += count;
        }
        for (name, count) in other.verdicts {
            *self.verdicts.entry(name).or_default() += count;
        }
        for (name, count) in other.reasons {
            *self.reasons.entry(name).or_default() += count;
        }
        for (code, (count, at)) in other.faults {
            let entry = self.faults.entry(code).or_default();
            *entry = (entry.0 + count, at);
        }
    }

    /// What was too rare to have been tried: verdicts under 1 % of the requests, constructs under 0.5 % of the packages.
    fn too_rare(&self) -> Vec<String> {
        let verdicts = self.verdicts.iter().filter(|(_, count)| **count * 100 < self.requests);
        let compiled = self.packages - self.refused;
        let seen =
            generate::CONSTRUCTS.iter().map(|name| (name, self.constructs.get(name).copied().unwrap_or(0)));
        let constructs = seen.filter(|(_, count)| count * 200 < compiled);
        let unlisted = self.constructs.keys().filter(|name| !generate::CONSTRUCTS.contains(name));
        let unlisted: Vec<String> = unlisted.map(|name| format!("{name} is not listed")).collect();
        let mut rare: Vec<String> = verdicts.map(|(name, count)| format!("{name}: {count}")).collect();
        rare.extend(constructs.map(|(name, count)| format!("{name}: {count}")));
        rare.extend(unlisted);
        if self.verdicts.len() < 7 {
            rare.push(format!("only the verdicts {:?}", self.verdicts.keys()));
        }
        if self.refused * 10 > self.packages {
            rare.push(format!("{} packages did not compile", self.refused));
        }
        rare
    }
}

fn report(census: &Census) {
    println!(
        "{} packages ({} did not compile), {} requests, {} claims, {} packages with a difference",
        census.packages, census.refused, census.requests, census.claims, census.differences
    );
    for (code, (count, at)) in &census.faults {
        println!("  {code}: {count}, for example at {at:?}");
    }
    println!("  verdicts {:?}", census.verdicts);
    println!("  reasons {:?}", census.reasons);
    println!("  constructs {:?}", census.constructs);
}

#[test]
fn engine_and_reference_agree() {
    let census = sweep(1, setting("ACCREDIT_PACKAGES", 150), 10);
    report(&census);
    assert_eq!(census.differences, 0);
    assert!(census.refused * 5 < census.packages, "{} packages did not compile", census.refused);
}

#[test]
#[ignore = "the whole sweep, in a release build"]
fn engine_and_reference_agree_on_everything() {
    let requests = usize::try_from(setting("ACCREDIT_REQUESTS", 50)).unwrap();
    let census = sweep(setting("ACCREDIT_SEED", 1), setting("ACCREDIT_PACKAGES", 2000), requests);
    report(&census);
    assert_eq!(census.differences, 0);
    assert!(census.too_rare().is_empty(), "too rare: {:?}", census.too_rare());
}

#[test]
fn what_was_hardly_tried_fails_the_sweep() {
    let mut census = Census { packages: 1_000, requests: 1_000, ..Census::default() };
    for construct in generate::CONSTRUCTS {
        census.constructs.insert(construct, 5);
    }
    for verdict in ["Conflict", "Converts", "Refer", "Unknown", "Refused", "NotEstablished", "NoRule"] {
        census.verdicts.insert(verdict.into(), 10);
    }
    assert_eq!(census.too_rare(), [""; 0]);
    census.constructs.insert("together", 4);
    census.constructs.remove("unless");
    census.verdicts.insert("Conflict".into(), 9);
    assert_eq!(census.too_rare(), ["Conflict: 9", "together: 4", "unless: 0"]);
    census.verdicts.remove("Refer");
    assert!(census.too_rare().iter().any(|rare| rare.starts_with("only the verdicts")));
}

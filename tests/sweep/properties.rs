//! What holds of every answer: the order of a text means nothing, and knowing more never turns an answer round.

use accredit::compile::Compiled;
use accredit::source::Sources;
use accredit::wire::Asked;
use serde_json::Value as Json;

use crate::engine;
use crate::generate::{self, Package, Seed};
use crate::reference::decide::Verdict;
use crate::reference::record::{Goal, Request, Stated};
use crate::reference::{Answer, Line};

/// The declarations of a text, each with its lines.
fn items(text: &str) -> Vec<String> {
    let (mut items, mut open, mut depth) = (Vec::new(), String::new(), 0usize);
    for line in text.lines() {
        depth += line.matches('{').count();
        depth -= line.matches('}').count();
        open.push_str(line);
        open.push('\n');
        if depth == 0 {
            items.push(std::mem::take(&mut open));
        }
    }
    items
}

/// The same declarations in another order and in two files.
fn shuffled(text: &str, seed: &mut Seed) -> Sources {
    let mut items = items(text);
    let header = items.remove(0);
    let (mut first, mut second) = (Vec::new(), vec![header]);
    while !items.is_empty() {
        let next = items.remove(seed.below(items.len()));
        if seed.chance(50) { first.push(next) } else { second.push(next) }
    }
    let mut sources = Sources::new();
    sources.add("b.qf", first.concat());
    sources.add("a.qf", second.concat());
    sources
}

/// The bytes of the document that answers a request. What says where something is written, and in which text, is left out.
fn document(compiled: &Compiled, asked: &Request) -> String {
    fn unplaced(json: &mut Json) {
        match json {
            Json::Object(fields) => {
                fields.retain(|name, _| !matches!(name.as_str(), "source" | "hash" | "decision_id"));
                fields.values_mut().for_each(unplaced);
            }
            Json::Array(items) => items.iter_mut().for_each(unplaced),
            _ => {}
        }
    }
    let request = engine::request(&compiled.model, asked);
    let graph = compiled.graph.as_ref().unwrap();
    let decision = accredit::answer::decide(graph, &request).unwrap();
    let asked = Asked { request, request_id: None, hash: String::new(), derivation: true, text: Vec::new() };
    let document = accredit::wire::document(graph, &compiled.sources, &asked, &decision);
    let mut json = serde_json::to_value(&document).unwrap();
    unplaced(&mut json);
    json.to_string()
}

#[test]
fn the_order_of_files_and_items_means_nothing() {
    let mut asked = 0;
    for number in 0..60 {
        let mut seed = Seed::new(77_000 + number);
        let package = generate::package(&mut seed);
        let one = engine::compile(&package.text);
        let two = accredit::compile::compile(shuffled(&package.text, &mut seed));
        assert_eq!(one.graph.is_some(), two.graph.is_some(), "{}", package.text);
        if one.graph.is_none() {
            continue;
        }
        let mut models = [&one, &two].map(|compiled| accredit::wire::model::export(&compiled.model));
        for model in &mut models {
            model["package"]["hash"].take();
        }
        assert_eq!(models[0], models[1], "{}", package.text);
        for _ in 0..5 {
            let request = generate::request(&mut seed, &package);
            let mut turned = request.clone();
            turned.held.reverse();
            assert_eq!(engine::decide(&one, &request), engine::decide(&two, &turned), "{}", package.text);
            assert_eq!(document(&one, &request), document(&two, &turned), "{}\n{request:?}", package.text);
            asked += 1;
        }
    }
    assert!(asked > 200, "{asked}");
}

/// The same request with one more fact known; nothing where all is.
fn told_more(seed: &mut Seed, package: &Package, request: &Request) -> Option<Request> {
    let mut more = request.clone();
    if !more.held.is_empty() && seed.chance(80) {
        let full = generate::all_facts(seed, package);
        let held = seed.below(more.held.len());
        let facts = &mut more.held[held].facts;
        if let Some((_, Stated::Date(text))) =
            facts.iter_mut().find(|(_, stated)| matches!(stated, Stated::Date(text) if text.len() == 7))
        {
            text.push_str("-15");
            return Some(more);
        }
        let missing: Vec<_> =
            full.iter().filter(|(fact, _)| facts.iter().all(|(known, _)| known != fact)).collect();
        if missing.is_empty() {
            return None;
        }
        facts.push((*seed.pick(&missing)).clone());
        return Some(more);
    }
    if more.learner.iter().any(|(fact, _)| fact == "veteran") {
        return None;
    }
    more.learner.push(("veteran".into(), Stated::Yes(seed.chance(50))));
    Some(more)
}

/// The best verdict for each target.
fn best(answer: &Answer) -> Vec<(Option<Goal>, Verdict)> {
    let mut best: Vec<(Option<Goal>, Verdict)> = Vec::new();
    for Line { target, verdict, .. } in &answer.lines {
        match best.iter_mut().find(|(of, _)| of == target) {
            Some((_, before)) => *before = (*before).min(*verdict),
            None => best.push((target.clone(), *verdict)),
        }
    }
    best
}

#[test]
fn knowing_more_never_turns_an_answer_round() {
    let (mut settled, mut decided) = (0, 0);
    for number in 0..150 {
        let mut seed = Seed::new(88_000 + number);
        let package = generate::package(&mut seed);
        let compiled = engine::compile(&package.text);
        if compiled.graph.is_none() {
            continue;
        }
        for _ in 0..12 {
            let mut request = generate::request(&mut seed, &package);
            request.asks.clear();
            let Some(more) = told_more(&mut seed, &package, &request) else { continue };
            let (before, after) = (engine::decide(&compiled, &request), engine::decide(&compiled, &more));
            let after = best(&after);
            for (target, verdict) in best(&before).into_iter().filter(|(target, _)| target.is_some()) {
                let then = after.iter().find(|(of, _)| *of == target).map_or(Verdict::NoRule, |it| it.1);
                let turned = match verdict {
                    Verdict::Converts => matches!(then, Verdict::Refused | Verdict::NoRule),
                    Verdict::Refused | Verdict::NoRule => then == Verdict::Converts,
                    _ => false,
                };
                assert!(
                    !turned,
                    "{target:?}: {verdict:?}, then {then:?}\n{}\n{request:?}\n{more:?}",
                    package.text
                );
                settled += usize::from(verdict == Verdict::Unknown && then != Verdict::Unknown);
                decided += usize::from(matches!(verdict, Verdict::Converts | Verdict::Refused));
            }
        }
    }
    // The property says something: some questions were settled, and many answers stood.
    assert!(settled > 10 && decided > 500, "{settled} settled, {decided} stood");
}

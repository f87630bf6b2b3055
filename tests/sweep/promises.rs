//! What is proved of a promise holds: no learner of whom everything is known is left without an answer.

use accredit::analyze::{Days, gaps};

use crate::engine;
use crate::generate::{self, Seed};
use crate::reference::condition::Reason;
use crate::reference::decide::Verdict;
use crate::reference::record::{Ask, Goal, Held, Request, Stated};
use crate::reference::{self, Model};

/// A package with one promise that some rules together may keep.
fn package(seed: &mut Seed) -> generate::Package {
    let mut package = generate::package(seed);
    let tests = [
        "grade >= 50",
        "checked",
        "scope is regional or above",
        "mark-note is 2 or better",
        "level >= north 3",
    ];
    let (one, other) = (*seed.pick(&tests), *seed.pick(&tests));
    let rest = match seed.below(4) {
        0 => String::new(),
        1 => "rule rest { from thing; to t0; refuse because \"not enough\" }".into(),
        2 => format!("rule rest {{ from thing; unless {one}; to t0; refer to panel }}"),
        _ => format!("rule rest {{ from thing; when {other}; to t0; refer to panel }}"),
    };
    let over = *seed.pick(&["thing", "exam", "some", "thing (grade >= 60)"]);
    package.text.push_str(&format!(
        "scheme vow {{\n  cite doc\n  in force not stated\n  count each achievement freely\n  total over {over} for each of t0\n  \
         rule best {{ from thing; when {one}; to t0; give target credits }}\n  {rest}\n}}\n"
    ));
    package
}

#[test]
fn a_promise_that_is_proved_is_kept() {
    let (mut proved, mut refuted, mut open, mut asked) = (0, 0, 0, 0);
    for number in 0..200 {
        let mut seed = Seed::new(99_000 + number);
        let package = package(&mut seed);
        let compiled = engine::compile(&package.text);
        let Some(graph) = &compiled.graph else { continue };
        let vow = compiled.model.schemes.iter().position(|scheme| &*scheme.name == "vow").unwrap();
        let found = gaps(graph, Days::All, true);
        found.proofs.iter().for_each(|proof| proof.check().unwrap());
        refuted += usize::from(found.gaps.iter().any(|gap| gap.scheme.index() == vow));
        let is_open = found.unsettled.iter().any(|of| of.0.index() == vow);
        open += usize::from(is_open);
        if is_open || found.gaps.iter().any(|gap| gap.scheme.index() == vow) {
            continue;
        }
        proved += 1;
        let model = Model::read(&accredit::wire::model::export(&compiled.model));
        for at in 0..40 {
            let (outcome, kind) = seed.pick(&package.sources).clone();
            let mut facts = generate::all_facts(&mut seed, &package);
            facts.retain(|(_, stated)| !matches!(stated, Stated::Between(..)));
            let known = |name: &str| facts.iter().any(|(fact, _)| fact == name);
            if !["grade", "checked", "scope", "mark-note"].iter().all(|fact| known(fact)) {
                continue;
            }
            let held = Held { id: "a1".into(), outcome: Some(outcome), kind, facts, ..Held::default() };
            let days = ["2024-02-29", "2025-03-01", "2026-03-01"];
            let request = Request {
                as_of: days[at % 3].into(),
                held: vec![held],
                learner: vec![
                    ("student".into(), Stated::Word((*seed.pick(&["arts", "sports", "other"])).into())),
                    ("veteran".into(), Stated::Yes(seed.chance(50))),
                    ("years".into(), Stated::Number(seed.below(10).to_string())),
                ],
                asks: vec![Ask { achievements: vec!["a1".into()], target: Some(Goal::Outcome("t0".into())) }],
                ..Request::default()
            };
            if !meant(&model, &package.text, &request.held[0]) {
                continue;
            }
            let answer = engine::decide(&compiled, &request);
            let kept = match answer.verdict {
                Verdict::Conflict | Verdict::Converts | Verdict::Refer => true,
                Verdict::Unknown => answer.lines.iter().any(|line| !line.questions.is_empty()),
                // What has lapsed serves no more, as a certificate that expired does: no promise speaks of it.
                Verdict::Refused => answer
                    .lines
                    .iter()
                    .any(|line| matches!(line.reason, Some(Reason::Excluded | Reason::Expired))),
                _ => false,
            };
            assert!(kept, "{answer:?}\n{}\n{request:?}", package.text);
            assert_eq!(answer.verdict, reference::decide(&model, &request).verdict);
            asked += 1;
        }
    }
    assert!(
        proved > 10 && refuted > 10 && asked > 200,
        "{proved} proved, {refuted} refuted, {open} open, {asked} asked"
    );
}

/// Whether the promise of `vow` speaks of an achievement.
fn meant(model: &Model, text: &str, held: &Held) -> bool {
    let over = text.split("scheme vow").nth(1).unwrap().split("total over ").nth(1).unwrap();
    let over = over.split(" for each").next().unwrap();
    let good = || {
        let outcome = &model.outcomes[held.outcome.as_ref().unwrap()];
        let given = outcome.given.iter().any(|(fact, _)| fact == "grade");
        let stated = held.facts.iter().find(|(fact, _)| fact == "grade");
        !given && matches!(stated, Some((_, Stated::Number(grade))) if grade.parse::<i32>().unwrap() >= 60)
    };
    match over {
        "exam" => model.kinds[&held.kind].ancestors.iter().any(|kind| kind == "exam"),
        "some" => {
            let set = text.split("set some { ").nth(1).unwrap().split(" }").next().unwrap();
            set.split(", ").any(|name| Some(name) == held.outcome.as_deref())
        }
        "thing (grade >= 60)" => good(),
        _ => true,
    }
}

//! Deciding at size: from a model to its frozen graph, one claim among a hundred thousand rules, and an outcome with five thousand.
//!
//! Run with `cargo bench --bench decide`. The claim is measured beside a loop over the same numbers written by hand, and the two
//! are compared within one run, so that the machine does not matter.

#![allow(
    clippy::unwrap_used,
    clippy::cast_possible_truncation,
    clippy::float_arithmetic,
    reason = "a bench measures"
)]

mod clock;

use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

use accredit::answer::{Ask, Request, Verdict, claim, decide};
use accredit::evaluate::{Achievement, Facts, Goal, HeldId, Origin, Record, Status};
use accredit::graph::{ConversionGraph, build};
use accredit::model::*;
use accredit::quantity::{Date, Ratio};
use accredit::source::Span;
use accredit::space::{Domain, Numbers, Set, State, Value};

use clock::timed;

const GRADE: FactId = FactId(0);
const POINT: UnitId = UnitId(0);

/// A package of `rules` plain rules between half as many outcomes; the first outcome has `hot` of them.
fn model(rules: u32, hot: u32) -> Model {
    let span = Span::default();
    let outcomes = (rules / 2).max(2);
    let grade = FactUse {
        fact: GRADE,
        titles: Titles::default(),
        domains: vec![TypedDomain {
            value_type: ValueType::Number,
            domain: Domain::numbers(Numbers::whole(0, Some(100)).unwrap()),
        }],
        optional: false,
        only_if: None,
        otherwise: None,
        fixed: false,
        proof: None,
        judged: None,

        worked_out: None,
        span: Some(span),
    };
    let mut model = Model::default();
    model.facts.push(Fact { name: "grade".into(), aliases: vec![], built_in: true });
    model.units.push(Unit {
        name: "point".into(),
        aliases: vec![],
        titles: Titles::default(),
        step: Some(Ratio::ONE),
        hours: Vec::new(),
        years: Vec::new(),
        cites: Vec::new(),
        readings: Vec::new(),
        span,
    });
    model.kinds.push(Kind {
        name: "course".into(),
        aliases: vec![],
        titles: Titles::default(),
        parent: None,
        ancestors: vec![KindId(0)],
        facts: vec![grade],
        given: vec![],
        counts_whole: None,
        lapses: Vec::new(),
        possible: Vec::new(),
        span,
    });
    for id in 0..outcomes {
        model.outcomes.push(Outcome {
            name: format!("o{id:06}").into(),
            aliases: vec![],
            titles: Titles::default(),
            code: None,
            kind: KindId(0),
            issuer: None,
            credits: Credits::Amount(Ratio::from_int(i64::from(1 + id % 9)), POINT),
            given: vec![],
            levels: vec![],
            bears: None,
            statements: Vec::new(),
            relations: vec![],
            span,
        });
        model.classes.push(Class { outcomes: vec![OutcomeId(id)], kinds: vec![] });
    }
    model.schemes.push(Scheme {
        name: "scheme".into(),
        aliases: vec![],
        titles: Titles::default(),
        by: None,
        parties: vec![],
        receiving: vec![],
        status: Status2::Verified,
        cites: vec![],
        windows: vec![],
        unit: Some(POINT),
        frame: None,
        is_frame: false,
        members_may_tighten: false,
        opens: Vec::new(),
        scope: SchemeId(0),
        achievements: Use::Freely,
        target_once: true,
        convert_again: 0,
        otherwise: None,
        totals: Vec::new(),
        rules: (0..rules).map(RuleId).collect(),
        readings: vec![],
        advice: vec![],
        notes: vec![],
        span,
    });
    for id in 0..rules {
        let (source, target) = ends(id, outcomes, hot);
        let atom = Atom {
            test: AtomTest::In {
                subject: Subject { of: Holder::Source(0), fact: GRADE },
                value_type: ValueType::Number,
                set: Set::between(number(bound(id)), number(100)),
            },
            role: Role::Condition,
            lines: vec![span],
        };
        model.rules.push(Rule {
            name: format!("r{id:06}").into(),
            titles: Titles::default(),
            scheme: SchemeId(0),
            status: Status2::Verified,
            cites: vec![],
            windows: vec![],
            in_force_not_stated: true,
            sources: vec![vec![SourceSlot {
                items: vec![SourceItem { class: ClassId(source), bracket: None, except: vec![], span }],
                take: Take::One,
                bind: None,
                span,
            }]],
            targets: Targets::Each(vec![Target { outcome: OutcomeId(target), excluded: false, span }]),
            family: None,
            guard: Cond::Atom(Box::new(atom)),
            gives: Gives::Credit(AmountRule {
                piece: Piece::TargetCredits,
                unit: None,
                conversion: None,
                in_total: false,
                rounding: None,
                at_least: None,
                at_most: None,
                span,
            }),
            lines: Vec::new(),
            attributes: Box::default(),
            mark: None,
            otherwise: None,
            by: None,
            achievements: Use::Freely,
            convert_again: 0,
            delegated: None,
            overrides: vec![],
            readings: vec![],
            advice: vec![],
            notes: vec![],
            span,
            places: RulePlaces::default(),
        });
    }
    model
}

use accredit::model::Status as Status2;

fn number(number: i64) -> Value {
    Value::Number(Ratio::from_int(number))
}

/// The outcomes of a rule: the first `hot` lead from outcome 0, the others are spread.
fn ends(id: u32, outcomes: u32, hot: u32) -> (u32, u32) {
    if id < hot {
        (0, 1 + id % (outcomes - 1))
    } else {
        let source = 1 + (id * 7) % (outcomes - 1);
        (source, (source + 1 + id % 11) % outcomes)
    }
}

fn bound(id: u32) -> i64 {
    i64::from(40 + id % 41)
}

fn held(outcome: u32, grade: i64) -> Achievement {
    Achievement {
        id: "a".into(),
        outcome: Some(OutcomeId(outcome)),
        kind: Some(KindId(0)),
        number: None,
        facts: Facts::new([(GRADE, State::known(number(grade)))]),
        status: Status::Valid,
        origin: Origin::Original,
        evidence: vec![],
    }
}

/// The nanoseconds of one call, over batches of an eighth of `calls`. A batch is shorter than the time that a busy machine gives at a
/// stretch, and the quicker quarter of the batches were not interrupted.
fn time(calls: u32, mut call: impl FnMut(u32)) -> f64 {
    const BATCHES: usize = 120;
    let batch = calls / 8;
    let mut times: Vec<f64> = (0..BATCHES)
        .map(|_| {
            let start = Instant::now();
            for at in 0..batch {
                call(at);
            }
            start.elapsed().as_nanos() as f64 / f64::from(batch)
        })
        .collect();
    times.sort_unstable_by(f64::total_cmp);
    times[BATCHES / 4]
}

/// What the claim is compared with: rows by (outcome, target), one comparison of a whole number, one amount.
struct ByHand {
    starts: Vec<u32>,
    rows: Vec<(u32, i64, Ratio)>,
}

impl ByHand {
    fn of(rules: u32, hot: u32) -> ByHand {
        let outcomes = (rules / 2).max(2);
        let mut all: Vec<(u32, u32, i64, Ratio)> = (0..rules)
            .map(|id| {
                let (source, target) = ends(id, outcomes, hot);
                (source, target, bound(id), Ratio::from_int(i64::from(1 + target % 9)))
            })
            .collect();
        all.sort_unstable_by_key(|row| (row.0, row.1));
        let mut starts = vec![0; outcomes as usize + 1];
        for row in &all {
            starts[row.0 as usize + 1] += 1;
        }
        for at in 0..outcomes as usize {
            starts[at + 1] += starts[at];
        }
        ByHand {
            starts,
            rows: all.into_iter().map(|(_, target, least, amount)| (target, least, amount)).collect(),
        }
    }

    /// As the fast path reads it: the learner's grade is found among the facts.
    fn claim(&self, held: &Achievement, target: u32) -> Option<Ratio> {
        let outcome = held.outcome?.index();
        let rows = &self.rows[self.starts[outcome] as usize..self.starts[outcome + 1] as usize];
        let from = rows.partition_point(|row| row.0 < target);
        let grade = held.facts.get(GRADE)?.value()?.number()?.to_int()?;
        let mut best = None;
        for row in rows[from..].iter().take_while(|row| row.0 == target) {
            if grade >= row.1 {
                best = Some(row.2);
            }
        }
        best
    }
}

fn main() {
    let as_of = Date::parse("2026-03-02").unwrap();
    println!("{:>8} {:>12} {:>12} {:>12} {:>7}", "rules", "freeze", "claim", "by hand", "ratio");
    for rules in [1_000, 10_000, 100_000] {
        let hot = 5_000.min(rules / 20);
        let model = Arc::new(model(rules, hot));
        let (graph, frozen): (ConversionGraph, Duration) = timed(|| build(Arc::clone(&model)));
        let by_hand = ByHand::of(rules, hot);
        let outcomes = rules / 2;
        let asked: Vec<(Achievement, u32)> = (0..1_000u32)
            .map(|at| {
                let id = hot + (at * 37) % (rules - hot);
                let (source, target) = ends(id, outcomes, hot);
                (held(source, i64::from(30 + at % 70)), target)
            })
            .collect();
        for (held, target) in &asked {
            let single = claim(&graph, held, OutcomeId(*target), as_of, &mut ()).unwrap();
            let hand = by_hand.claim(held, *target);
            assert_eq!(single.verdict == Verdict::Converts, hand.is_some());
            assert_eq!(single.amount, hand);
        }
        let ours = time(16_000, |at| {
            let (held, target) = &asked[at as usize % asked.len()];
            black_box(claim(&graph, black_box(held), OutcomeId(*target), as_of, &mut ())).unwrap();
        });
        let theirs = time(16_000, |at| {
            let (held, target) = &asked[at as usize % asked.len()];
            black_box(by_hand.claim(black_box(held), *target));
        });
        let ratio = ours / theirs;
        println!("{rules:>8} {frozen:>12.1?} {ours:>9.1} ns {theirs:>9.1} ns {ratio:>7.2}");

        let hot_held = held(0, 70);
        let one = time(8_000, |at| {
            let target = OutcomeId(1 + (at * 13) % hot);
            black_box(claim(&graph, black_box(&hot_held), target, as_of, &mut ())).unwrap();
        });
        let record = Record { held: vec![hot_held.clone()], ..Record::default() };
        let asks =
            vec![Ask { achievements: vec![HeldId(0)], target: Some(Goal::Outcome(OutcomeId(1 + hot / 2))) }];
        let request = Request { record, as_of, asks, choices: vec![], programme: None };
        let explained = time(400, |_| {
            black_box(decide(&graph, black_box(&request))).unwrap();
        });
        let whole = Request { asks: vec![], ..request };
        let (decision, all) = timed(|| decide(&graph, &whole).unwrap());
        println!(
            "         {hot} rules on one outcome: one target {one:.0} ns, the same explained {:.1} µs, all {} targets {all:.1?}",
            explained / 1e3,
            decision.claims.len()
        );
    }
}

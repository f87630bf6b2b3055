//! Gaps: a scheme promises to answer whoever holds something, and here is a learner whom no rule of it answers.
//!
//! An answer is a grant, a refusal or a referral that some rule of the scheme gives, or a bar; failing every rule's tests is none.
//! Tables are promises too: where a rule's tests hold, some cell answers.

use crate::answer::{Decision, Verdict};
use crate::certificate::Claim;
use crate::graph::{ConversionGraph, Goal, goals_of};
use crate::model::{Gives, Lookup, Piece, Rule, RuleId, SchemeId, Total};
use crate::source::Span;

use super::Reason;
use super::combinations::each_combination;
use super::days::{Days, scenes};
use super::form::{Bounds, Form, boxes};
use super::given::given;
use super::grid::Grid;
use super::index::Index;
use super::proof::Proved;
use super::region::{Entry, applies, barred, items, speaks};
use super::scene::{Scene, Source};
use super::split::covered;
use super::witness::{Witness, replay};

/// So many combinations of achievements are tried for the table of a bundle.
const MOST_COMBINATIONS: usize = 1024;

/// So many achievements may be promised an answer together.
const MOST_HELD: usize = 6;

/// A learner without an answer.
#[derive(Clone, Debug)]
pub struct Gap {
    /// The scheme that promises.
    pub scheme: SchemeId,
    /// Where.
    pub span: Span,
    /// For which target, where each is promised.
    pub goal: Option<Goal>,
    /// The learner.
    pub witness: Witness,
}

/// What was found of gaps.
#[derive(Clone, Debug, Default)]
pub struct Gaps {
    /// Learners without an answer, one a promise, target and kind of achievement.
    pub gaps: Vec<Gap>,
    /// Promises of which nothing could be told.
    pub unsettled: Vec<(SchemeId, Span, Reason)>,
    /// Tables of which nothing could be told.
    pub unsettled_tables: Vec<(RuleId, Reason)>,
    /// How many promises there are.
    pub promises: u32,
    /// How many tables answer everyone whom their rule reaches.
    pub tables: u32,
    /// The proofs, where they are wanted.
    pub proofs: Vec<Proved>,
}

/// Looks for learners without an answer.
pub fn gaps(graph: &ConversionGraph, days: Days, proofs: bool) -> Gaps {
    let mut index = Index::of(graph);
    let mut all = Gaps::default();
    for (at, scheme) in (0u32..).zip(&graph.model().schemes) {
        for total in &scheme.totals {
            all.promises += 1;
            promise(graph, &mut index, SchemeId(at), total, days, proofs, &mut all);
        }
    }
    for (at, rule) in (0u32..).zip(&graph.model().rules) {
        if !graph.model().speaks(rule) {
            continue;
        }
        let lines = if rule.lines.is_empty() { std::slice::from_ref(rule) } else { &rule.lines };
        for line in lines {
            table(graph, &mut index, RuleId(at), line, days, proofs, &mut all);
        }
    }
    all
}

fn promise(
    graph: &ConversionGraph,
    index: &mut Index<'_>,
    scheme: SchemeId,
    total: &Total,
    days: Days,
    proofs: bool,
    all: &mut Gaps,
) {
    let model = graph.model();
    let Some(of) = model.schemes.get(scheme.index()) else { return };
    let mut entries: Vec<Entry> = Vec::new();
    for &rule in &of.rules {
        let alternatives = model.rules.get(rule.index()).map_or(0, |rule| rule.sources.len());
        entries.extend((0u32..).take(alternatives).map(|alternative| Entry { rule, alternative }));
    }
    let goals_of_rules: Vec<Goal> = {
        let mut goals: Vec<Goal> =
            of.rules.iter().filter_map(|rule| model.rules.get(rule.index())).flat_map(goals_of).collect();
        goals.sort_unstable();
        goals.dedup();
        goals
    };
    // Each target alone, or all that the scheme speaks of together.
    let asked: Vec<Vec<Goal>> = if total.each.is_empty() {
        vec![goals_of_rules]
    } else {
        total.each.iter().map(|outcome| vec![Goal::Outcome(*outcome)]).collect()
    };
    let taken: Vec<(Entry, usize)> = entries
        .iter()
        .flat_map(|entry| {
            let slots = slots(model.rules.get(entry.rule.index()), entry.alternative);
            let slots = if slots <= total.over.len() { slots } else { 0 };
            (0..slots).map(|slot| (*entry, slot))
        })
        .collect();
    let rows: Vec<Vec<Source>> = total.over.iter().map(|place| index.meant(place, &taken)).collect();
    for goals in asked {
        for (tried, sources) in each_combination(&rows).enumerate() {
            let found = match tried {
                MOST_COMBINATIONS.. => Err(Reason::Budget),
                _ => one(graph, &entries, &goals, &sources, total, days),
            };
            if tried > MOST_COMBINATIONS {
                break;
            }
            match found {
                Ok(found) => {
                    for (scene, grid, rules, hole) in found {
                        match hole {
                            Ok(proof) if proofs => all.proofs.push(Proved::new(&scene, grid, proof, rules)),
                            Ok(_) => {}
                            Err(bounds) => match witness(&scene, &bounds, &goals) {
                                Ok(witness) => {
                                    let goal = goals.first().copied().filter(|_| !total.each.is_empty());
                                    all.gaps.push(Gap { scheme, span: total.span, goal, witness });
                                    break;
                                }
                                Err(reason) => {
                                    all.unsettled.push((scheme, total.span, reason));
                                    break;
                                }
                            },
                        }
                    }
                }
                Err(reason) => all.unsettled.push((scheme, total.span, reason)),
            }
        }
    }
}

fn slots(rule: Option<&Rule>, alternative: u32) -> usize {
    rule.and_then(|rule| rule.sources.get(alternative as usize)).map_or(usize::MAX, Vec::len)
}

/// A scene, its cells, whose each region is, and the proof or the box of a hole.
type Looked<'g> = (Scene<'g>, Grid, Vec<RuleId>, Result<crate::certificate::Proof, Bounds>);

/// Every way in which so many slots take different ones of so many achievements.
fn seatings(slots: usize, held: usize) -> Vec<Vec<u32>> {
    let held = u32::try_from(held).unwrap_or(u32::MAX);
    let mut all: Vec<Vec<u32>> = vec![Vec::new()];
    for _ in 0..slots {
        let longer = |seats: &Vec<u32>| {
            let free = (0..held).filter(|place| !seats.contains(place)).collect::<Vec<_>>();
            free.into_iter().map(|place| [seats.as_slice(), &[place]].concat()).collect::<Vec<_>>()
        };
        all = all.iter().flat_map(longer).collect();
    }
    all
}

/// These kinds of achievement, held together: whether the rules cover every value of their facts.
fn one<'g>(
    graph: &'g ConversionGraph,
    entries: &[Entry],
    goals: &[Goal],
    sources: &[Source],
    total: &Total,
    days: Days,
) -> Result<Vec<Looked<'g>>, Reason> {
    let Some(&first) = goals.first() else { return Err(Reason::Target) };
    if sources.len() > MOST_HELD {
        return Err(Reason::Bundle);
    }
    let built = scenes(graph, first, sources, days, |scene| {
        let mut regions: Vec<(RuleId, Bounds)> = Vec::new();
        let mut doubtful: Option<Reason> = None;
        let mut nobody = Vec::new();
        for &goal in goals {
            scene.goal = goal;
            for entry in entries {
                let Some(rule) = graph.model().rules.get(entry.rule.index()) else { continue };
                if !speaks(goal, graph, rule) {
                    continue;
                }
                let rule = scene.rule(entry.rule).unwrap_or(rule);
                for places in seatings(slots(Some(rule), entry.alternative), sources.len()) {
                    // A bar answers whatever rule it stands over, so single achievements are all tried.
                    if places.len() < 2 || is_seated(scene, rule, entry.alternative, &places) {
                        doubtful = doubtful.or(answers(scene, *entry, rule, &places, &mut regions)?);
                    }
                }
            }
        }
        scene.goal = first;
        // Whom the promise does not speak of, and values that nobody has.
        let places = (0u32..).zip(&total.over);
        let meant = Form::All(places.map(|(place, over)| items(scene, over, place)).collect());
        let inside = Form::All(vec![meant, window(scene, entries), scene.existence()]);
        let outside = inside.not(&scene.facts);
        nobody.extend(boxes(&outside).ok_or(Reason::Budget)?);
        Ok((regions, nobody, doubtful))
    })?;
    let mut found = Vec::with_capacity(built.len());
    for (scene, (regions, nobody, doubtful)) in built {
        let mut labelled: Vec<(u32, &Bounds)> =
            regions.iter().map(|(rule, bounds)| (rule.0, bounds)).collect();
        labelled
            .extend(nobody.iter().filter(|bounds| doubt(bounds).is_none()).map(|bounds| (u32::MAX, bounds)));
        let grid = Grid::of(Claim::Covered, &scene, &labelled);
        let rules: Vec<RuleId> = labelled.iter().map(|(rule, _)| RuleId(*rule)).collect();
        let hole = match covered(&grid.statement).ok_or(Reason::Budget)? {
            Ok(proof) => Ok(proof),
            Err(cells) => {
                let mut bounds = Bounds { open: doubtful.into_iter().collect(), ..Bounds::default() };
                for ((dim, cells), (from, _)) in grid.dims.iter().zip(&grid.partitions).zip(&cells) {
                    if let Some(set) = cells.cell(*from) {
                        bounds.limit(*dim, set);
                    }
                }
                Err(bounds)
            }
        };
        found.push((scene, grid, rules, hole));
    }
    Ok(found)
}

/// Whether each slot of a rule names what stands in its place.
fn is_seated(scene: &Scene<'_>, rule: &Rule, alternative: u32, places: &[u32]) -> bool {
    let slots = rule.sources.get(alternative as usize).map_or(&[][..], Vec::as_slice);
    slots
        .iter()
        .zip(places)
        .all(|(slot, place)| slot.items.iter().any(|item| scene.is_of_class(*place, item.class)))
}

/// The boxes in which a rule, or a bar over it, answers; and why some of them are in doubt.
fn answers(
    scene: &mut Scene<'_>,
    entry: Entry,
    rule: &Rule,
    places: &[u32],
    regions: &mut Vec<(RuleId, Bounds)>,
) -> Result<Option<Reason>, Reason> {
    let here = applies(scene, rule, entry.alternative, places);
    let bar = barred(scene, rule, places);
    let cells = given(scene, rule, places)?;
    // A rule that is set aside is answered for by the one that sets it aside.
    let cells = Form::Any(cells.into_iter().map(|(cell, _)| cell).collect());
    let mut doubtful = None;
    for form in [Form::All(vec![here, cells]), bar] {
        for bounds in boxes(&form).ok_or(Reason::Budget)? {
            // What is open may be false: it covers nothing.
            match doubt(&bounds) {
                Some(reason) => doubtful = doubtful.or(Some(reason)),
                None => regions.push((entry.rule, bounds)),
            }
        }
    }
    Ok(doubtful)
}

/// Why a box covers nothing: something in it is open, or ties facts to each other, which no cells do.
fn doubt(bounds: &Bounds) -> Option<Reason> {
    bounds.open.first().copied().or(bounds.joint.first().map(super::joint::Joint::reason))
}

/// The days on which the scheme of some rules stands, by the dates of the request that it tests.
fn window(scene: &mut Scene<'_>, entries: &[Entry]) -> Form {
    let model = scene.model();
    let rule = entries.first().and_then(|entry| model.rules.get(entry.rule.index()));
    let scheme = rule.and_then(|rule| model.schemes.get(rule.scheme.index()));
    let mut all = Vec::new();
    for window in scheme.map_or(&[][..], |scheme| &scheme.windows) {
        let Some(by) = window.by.filter(|by| by.of == crate::model::Holder::Request) else { continue };
        let from = window.days.from.unwrap_or(crate::quantity::Date::MIN);
        let to = window.days.to.unwrap_or(crate::quantity::Date::MAX);
        let set = crate::space::Set::between(crate::space::Value::Date(from), crate::space::Value::Date(to));
        let test = crate::model::AtomTest::In { subject: by, value_type: crate::model::ValueType::Date, set };
        all.push(super::condition::single(scene, &test, &[0]));
    }
    Form::All(all)
}

/// A learner in a hole, whom the rules indeed leave without an answer.
fn witness(scene: &Scene<'_>, bounds: &Bounds, goals: &[Goal]) -> Result<Witness, Reason> {
    let mut last = Err(Reason::Replay);
    for &goal in goals {
        let mut scene = scene.clone();
        scene.goal = goal;
        // What a judge has to say is neither an answer of a rule nor the lack of one.
        let waits = std::cell::Cell::new(false);
        last = replay(&scene, bounds, &[], |decision| {
            waits.set(matches!(decision.verdict, Verdict::Refer | Verdict::Unknown));
            unanswered(decision)
        });
        last.as_ref().map_err(|reason| match reason {
            Reason::Replay if waits.get() => Reason::Judged,
            other => *other,
        })?;
    }
    last
}

/// Whether no rule answered: none names it, or each failed its tests.
fn unanswered(decision: &Decision) -> bool {
    use crate::answer::Why;
    use crate::model::Reason;
    match decision.verdict {
        Verdict::NoRule => true,
        Verdict::Refused => {
            !matches!(decision.reason, Some(Why::Refused(Reason::Excluded | Reason::AlreadyUsed)))
        }
        Verdict::NotEstablished => true,
        Verdict::Conflict | Verdict::Converts | Verdict::Refer | Verdict::Unknown => false,
    }
}

/// A rule with a table: where its tests hold, some cell is meant.
fn table(
    graph: &ConversionGraph,
    index: &mut Index<'_>,
    id: RuleId,
    rule: &Rule,
    days: Days,
    proofs: bool,
    all: &mut Gaps,
) {
    let Gives::Credit(amount) = &rule.gives else { return };
    let mut lookups: Vec<&Lookup> = Vec::new();
    let mut pieces = vec![&amount.piece];
    while let Some(piece) = pieces.pop() {
        match piece {
            Piece::Table(lookup) => lookups.push(lookup),
            Piece::Less { base, .. } => pieces.push(base),
            Piece::Whichever { amounts, .. } => pieces.extend(amounts.iter().map(|amount| &amount.piece)),
            Piece::Constant(_) | Piece::TargetCredits | Piece::Fact(_) | Piece::Rate { .. } => {}
        }
    }
    let Some(&goal) = goals_of(rule).first() else { return };
    for lookup in lookups {
        let mut told = Ok(());
        for (alternative, bundle) in (0u32..).zip(&rule.sources) {
            let entry = Entry { rule: id, alternative };
            let rows: Vec<Vec<Source>> =
                (0..bundle.len()).map(|slot| index.sources(&[(entry, slot)])).collect();
            for (tried, sources) in each_combination(&rows).enumerate() {
                if tried >= MOST_COMBINATIONS {
                    told = told.and(Err(Reason::Budget));
                    break;
                }
                let looked = looked_up(graph, rule, alternative, lookup, goal, &sources, days);
                match looked {
                    Ok(found) => {
                        for (scene, grid, rules, hole) in found {
                            match hole {
                                Ok(proof) if proofs => {
                                    all.proofs.push(Proved::new(&scene, grid, proof, rules))
                                }
                                Ok(_) => {}
                                // The check of tables names the hole; a cell that is open is not told.
                                Err(_) => told = told.and(Err(Reason::Several)),
                            }
                        }
                    }
                    Err(reason) => told = told.and(Err(reason)),
                }
            }
        }
        match told {
            Ok(()) => all.tables += 1,
            Err(_) if rule.otherwise.is_some() => all.tables += 1,
            Err(reason) => all.unsettled_tables.push((id, reason)),
        }
    }
}

fn looked_up<'g>(
    graph: &'g ConversionGraph,
    rule: &Rule,
    alternative: u32,
    lookup: &Lookup,
    goal: Goal,
    sources: &[Source],
    days: Days,
) -> Result<Vec<Looked<'g>>, Reason> {
    let places: Vec<u32> = (0u32..).take(sources.len()).collect();
    let built = scenes(graph, goal, sources, days, |scene| {
        let mut cells: Vec<Bounds> = Vec::new();
        for cell in &lookup.cells {
            let tests = lookup.by.iter().zip(&cell.sets).map(|((subject, value_type), set)| {
                let test = crate::model::AtomTest::In {
                    subject: *subject,
                    value_type: *value_type,
                    set: set.clone(),
                };
                super::condition::single(scene, &test, &places)
            });
            let form = Form::All(tests.collect());
            cells
                .extend(boxes(&form).ok_or(Reason::Budget)?.into_iter().filter(|cell| doubt(cell).is_none()));
        }
        let here = applies(scene, rule, alternative, &places);
        // The table's own facts must exist as they are declared; the rule's tests reach no further.
        let inside = Form::All(vec![here, scene.existence()]);
        let nobody = boxes(&inside.not(&scene.facts)).ok_or(Reason::Budget)?;
        Ok((cells, nobody))
    })?;
    let mut found = Vec::with_capacity(built.len());
    for (scene, (cells, nobody)) in built {
        let mut labelled: Vec<(u32, &Bounds)> = (0u32..).zip(&cells).collect();
        if rule.otherwise.is_some() {
            // What no cell answers, the rule's `otherwise` does.
            labelled.clear();
        }
        let everyone = Bounds::default();
        if rule.otherwise.is_some() {
            labelled.push((0, &everyone));
        }
        labelled
            .extend(nobody.iter().filter(|bounds| doubt(bounds).is_none()).map(|bounds| (u32::MAX, bounds)));
        let grid = Grid::of(Claim::Covered, &scene, &labelled);
        let rules = labelled.iter().map(|(label, _)| RuleId(*label)).collect();
        let hole = match covered(&grid.statement).ok_or(Reason::Budget)? {
            Ok(proof) => Ok(proof),
            Err(_) => Err(Bounds::default()),
        };
        found.push((scene, grid, rules, hole));
    }
    Ok(found)
}

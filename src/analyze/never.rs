//! Rules that can never apply: whatever is held and whatever the facts are, some test fails.

use crate::certificate::{Claim, Proof};
use crate::graph::{ConversionGraph, goals_of};
use crate::model::{Atom, AtomTest, Cond, FactId, Rule, RuleId, Subject};
use crate::source::Span;
use crate::space::Set;

use super::Reason;
use super::combinations::each_combination;
use super::condition::form;
use super::days::{Days, scenes};
use super::form::{Bounds, Form, boxes, cases, waits};
use super::grid::Grid;
use super::index::Index;
use super::proof::Proved;
use super::region::{Entry, applies};
use super::scene::{Scene, Source};
use super::witness::choose;

/// So many combinations of achievements are tried for a bundle.
const MOST_COMBINATIONS: usize = 1024;

/// A rule that never applies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Never {
    /// The rule.
    pub rule: RuleId,
    /// The fact that cannot pass, where one fact alone cannot.
    pub fact: Option<FactId>,
    /// The lines that exclude each other.
    pub lines: Vec<Span>,
}

/// What was found of rules that never apply.
#[derive(Clone, Debug, Default)]
pub struct Nevers {
    /// Those that never do.
    pub never: Vec<Never>,
    /// Those of which nothing could be told.
    pub unsettled: Vec<(RuleId, Reason)>,
    /// How many do apply to someone.
    pub apply: u32,
    /// The proofs that a rule never applies, where they are wanted: one a goal and combination of achievements.
    pub proofs: Vec<Proved>,
}

/// Looks for rules that never apply.
pub fn never(graph: &ConversionGraph, days: Days, proofs: bool) -> Nevers {
    let mut index = Index::of(graph);
    let mut all = Nevers::default();
    for (at, rule) in (0u32..).zip(&graph.model().rules) {
        if !graph.model().speaks(rule) {
            continue;
        }
        match applies_to_someone(graph, &mut index, RuleId(at), rule, days, proofs) {
            Ok(Some((clash, found))) => {
                all.never.push(clash);
                all.proofs.extend(found);
            }
            Ok(None) => all.apply += 1,
            Err(reason) => all.unsettled.push((RuleId(at), reason)),
        }
    }
    all
}

/// Nothing where a rule applies to some learner; else why it does not.
fn applies_to_someone(
    graph: &ConversionGraph,
    index: &mut Index<'_>,
    id: RuleId,
    rule: &Rule,
    days: Days,
    proofs: bool,
) -> Result<Option<(Never, Vec<Proved>)>, Reason> {
    let mut clash: Option<Never> = None;
    let mut proved: Vec<Proved> = Vec::new();
    let mut open: Option<Reason> = None;
    let mut judged = false;
    for (alternative, bundle) in (0u32..).zip(&rule.sources) {
        let entry = Entry { rule: id, alternative };
        let rows: Vec<Vec<Source>> = (0..bundle.len()).map(|slot| index.sources(&[(entry, slot)])).collect();
        let places: Vec<u32> = (0u32..).take(bundle.len()).collect();
        for goal in goals_of(rule) {
            for (tried, sources) in each_combination(&rows).enumerate() {
                if tried >= MOST_COMBINATIONS {
                    return Err(Reason::Budget);
                }
                let built = scenes(graph, goal, &sources, days, |scene| {
                    let rule = scene.rule(id).unwrap_or(rule);
                    let found = applies(scene, rule, alternative, &places);
                    let whole = Form::All(vec![found, scene.existence()]);
                    let found = boxes(&whole).ok_or(Reason::Budget)?;
                    if found.is_empty() {
                        // A judge may say what would make it hold.
                        if waits(&whole) {
                            judged = true;
                        } else if clash.is_none() {
                            clash = Some(explain(scene, id, rule, &places));
                        }
                        if proofs && proved.len() < MOST_COMBINATIONS {
                            let fact = explain(scene, id, rule, &places).fact;
                            proved.extend(empty(scene, &whole, id, fact)?);
                        }
                    }
                    Ok(found)
                })?;
                let mut found = built.iter().flat_map(|(scene, boxes)| boxes.iter().map(move |b| (scene, b)));
                match found.clone().find(|(scene, bounds)| is_someone(scene, bounds)) {
                    Some(_) => return Ok(None),
                    None => open = open.or(found.find_map(|(_, bounds)| first_open(bounds))),
                }
            }
        }
    }
    match open {
        Some(reason) => Err(reason),
        None if judged => Err(Reason::Judged),
        None => Ok(clash.map(|clash| (clash, proved))),
    }
}

/// That no case of a formula leaves every fact a value. Where tests of one fact alone exclude each other, there is one case, in which
/// that fact has none.
fn empty(
    scene: &Scene<'_>,
    whole: &Form,
    id: RuleId,
    fact: Option<FactId>,
) -> Result<Option<Proved>, Reason> {
    let mut cases = cases(whole).ok_or(Reason::Budget)?;
    let dim = scene.facts.keys().find(|dim| Some(dim.fact) == fact);
    if let (true, Some(dim)) = (cases.is_empty(), dim) {
        cases.push(Bounds { sets: vec![(*dim, Set::empty())], ..Bounds::default() });
    }
    // What ties several facts to each other is no region of cells: the checker has no form for it.
    if cases.iter().any(|case| !case.joint.is_empty() && case.sets.iter().all(|(_, set)| !set.is_empty())) {
        return Ok(None);
    }
    let labelled: Vec<(u32, &Bounds)> = cases.iter().map(|case| (id.0, case)).collect();
    let grid = Grid::of(Claim::Empty, scene, &labelled);
    Ok(Some(Proved::new(scene, grid, Proof::default(), vec![id; cases.len()])))
}

/// Whether a box surely holds a learner: one whose values can be named, where facts are tied to each other.
fn is_someone(scene: &Scene<'_>, bounds: &Bounds) -> bool {
    bounds.open.is_empty() && (bounds.joint.is_empty() || choose(scene, bounds, &[]).is_some())
}

fn first_open(bounds: &Bounds) -> Option<Reason> {
    bounds.open.first().copied().or(bounds.joint.first().map(super::joint::Joint::reason))
}

/// The tests that must all hold and cannot.
fn explain(scene: &mut Scene<'_>, id: RuleId, rule: &Rule, places: &[u32]) -> Never {
    let mut atoms: Vec<&Atom> = Vec::new();
    conjuncts(&rule.guard, &mut atoms);
    let mut so_far: Vec<(super::scene::Dim, crate::space::Set, Vec<Span>)> = Vec::new();
    for atom in &atoms {
        let test = Cond::Atom(Box::new((*atom).clone()));
        let found = form(scene, &test, places, None);
        let fact = subject(&atom.test).map(|subject| subject.fact);
        match found {
            Form::Any(parts) if parts.is_empty() => {
                return Never { rule: id, fact, lines: atom.lines.clone() };
            }
            Form::In(dim, set) => match so_far.iter_mut().find(|(of, ..)| *of == dim) {
                Some((_, before, lines)) => {
                    *before = before.intersect(&set);
                    lines.extend(&atom.lines);
                    if before.is_empty() {
                        return Never { rule: id, fact, lines: lines.clone() };
                    }
                }
                None => so_far.push((dim, set, atom.lines.clone())),
            },
            _ => {}
        }
    }
    // Several facts together, or a bracket.
    let lines: Vec<Span> = atoms.iter().flat_map(|atom| atom.lines.iter().copied()).collect();
    let places = rule.sources.iter().flatten().map(|slot| slot.span);
    let lines = if lines.is_empty() { places.collect() } else { lines };
    Never { rule: id, fact: None, lines }
}

/// The tests of a condition that must all hold.
fn conjuncts<'c>(cond: &'c Cond, atoms: &mut Vec<&'c Atom>) {
    match cond {
        Cond::All(parts) => parts.iter().for_each(|part| conjuncts(part, atoms)),
        Cond::Atom(atom) => atoms.push(atom),
        Cond::Any(_) => {}
    }
}

/// What a test reads.
fn subject(test: &AtomTest) -> Option<Subject> {
    match test {
        AtomTest::In { subject, .. }
        | AtomTest::Target { subject, .. }
        | AtomTest::Differ { subject, .. }
        | AtomTest::Dates { subject, .. }
        | AtomTest::Within { subject, .. } => Some(*subject),
        AtomTest::Level(test) => Some(test.subject),
        AtomTest::Covers(_) | AtomTest::Holds(_) | AtomTest::Lasting(_) => None,
    }
}

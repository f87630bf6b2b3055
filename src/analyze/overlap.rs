//! Overlap: two rules that answer the same achievements for the same goal, and not alike.
//!
//! Rules are brought together by goal and by what an achievement is; then cuts along the facts tell them apart, or a learner is made
//! from what two of them share and asked for.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use crate::certificate::Claim;
use crate::graph::{ConversionGraph, Goal};
use crate::model::{RuleId, Take};
use crate::space::Value;

use super::Reason;
use super::combinations::each_combination;
use super::days::{Days, scenes};
use super::form::Bounds;
use super::given::{Amount, Answered, Compared, Grant, Measured, Shows, compare};
use super::grid::Grid;
use super::index::{Index, Pooled, form_of};
use super::proof::Proved;
use super::region::{Entry, Region, carve, regions};
use super::scene::{Dim, Scene, Source};
use super::split::{MOST_PAIRS, apart};
use super::witness::{Witness, candidates, contradicts, replay};

/// So many items of a bundle are matched in every order.
const MOST_ITEMS: usize = 6;

/// So many kinds of achievement are tried for one place of a bundle, and so many combinations of them.
const MOST_SOURCES: usize = 16;
const MOST_COMBINATIONS: usize = 4096;

/// So many values are compared where two amounts are measured.
const MOST_VALUES: usize = 100_000;

/// So many pairs of bundles that share an achievement are compared.
const MOST_BUNDLES: usize = 1_000_000;

/// Two rules that contradict each other.
#[derive(Clone, Debug)]
pub struct Conflict {
    /// The rules, by place in the text.
    pub rules: (RuleId, RuleId),
    /// For what.
    pub goal: Goal,
    /// The learner whom they answer differently.
    pub witness: Witness,
    pub(super) answers: (Answered, Answered),
}

/// What was found of overlap.
#[derive(Clone, Debug, Default)]
pub struct Overlap {
    /// The contradictions, each pair of rules once.
    pub conflicts: Vec<Conflict>,
    /// Pairs of rules of which nothing could be told.
    pub unsettled: Vec<(RuleId, RuleId, Reason)>,
    /// How many cases were looked at: a goal and a kind of achievement that two rules name.
    pub cases: u32,
    /// The proofs, where they are wanted, one a case and day.
    pub proofs: Vec<Proved>,
}

/// Looks for rules that contradict each other.
pub fn overlap(graph: &ConversionGraph, days: Days, proofs: bool) -> Overlap {
    let mut index = Index::of(graph);
    let mut search = Search {
        graph,
        days,
        proofs,
        found: BTreeMap::new(),
        unsettled: BTreeMap::new(),
        cases: 0,
        proved: Vec::new(),
    };
    for (goal, forms) in index.entries() {
        for (form, entries) in forms {
            let mut rules: Vec<RuleId> = entries.iter().map(|entry| entry.rule).collect();
            rules.dedup();
            if rules.len() < 2 {
                continue;
            }
            match form.singles as usize + form.pooled.len() {
                0 => search.case(goal, &[], &entries),
                1 => {
                    let slots: Vec<(Entry, usize)> = entries.iter().map(|entry| (*entry, 0)).collect();
                    for source in index.sources(&slots) {
                        let named = |entry: &&Entry| names(graph, **entry, 0, source);
                        let members: Vec<Entry> = entries.iter().filter(named).copied().collect();
                        if members.len() > 1 {
                            search.case(goal, &[source], &members);
                        }
                    }
                }
                _ => search.bundles(&mut index, goal, &entries),
            }
        }
    }
    search.finish()
}

/// Whether a slot of a rule names an achievement.
fn names(graph: &ConversionGraph, entry: Entry, slot: usize, source: Source) -> bool {
    let rule = graph.model().rules.get(entry.rule.index());
    let bundle = rule.and_then(|rule| rule.sources.get(entry.alternative as usize));
    bundle
        .and_then(|bundle| bundle.get(slot))
        .is_some_and(|slot| slot.items.iter().any(|item| source.is_of(graph, item.class)))
}

struct Search<'g> {
    graph: &'g ConversionGraph,
    days: Days,
    proofs: bool,
    found: BTreeMap<(RuleId, RuleId), Conflict>,
    unsettled: BTreeMap<(RuleId, RuleId), Reason>,
    cases: u32,
    proved: Vec<Proved>,
}

impl<'g> Search<'g> {
    fn finish(self) -> Overlap {
        let place = |rule: RuleId| self.graph.model().rules.get(rule.index()).map(|rule| rule.span);
        let mut conflicts: Vec<Conflict> = self.found.into_values().collect();
        for conflict in &mut conflicts {
            let (one, other) = conflict.rules;
            if place(other) < place(one) {
                conflict.rules = (other, one);
                let (ours, theirs) = conflict.answers.clone();
                conflict.answers = (theirs, ours);
            }
        }
        let found: BTreeSet<(RuleId, RuleId)> = conflicts.iter().map(|conflict| conflict.rules).collect();
        let unsettled = self
            .unsettled
            .into_iter()
            .filter(|((one, other), _)| !found.contains(&(*one, *other)) && !found.contains(&(*other, *one)))
            .map(|((one, other), reason)| (one, other, reason))
            .collect();
        Overlap { conflicts, unsettled, cases: self.cases, proofs: self.proved }
    }

    fn give_up(&mut self, one: RuleId, other: RuleId, reason: Reason) {
        let pair = if one <= other { (one, other) } else { (other, one) };
        self.unsettled.entry(pair).or_insert(reason);
    }

    /// One kind of achievement (or none) and one goal: all rules that name them, told apart by their facts.
    fn case(&mut self, goal: Goal, sources: &[Source], members: &[Entry]) {
        self.cases += 1;
        let places: Vec<u32> = (0u32..).take(sources.len()).collect();
        let mut failed: Vec<(RuleId, Reason)> = Vec::new();
        let built = scenes(self.graph, goal, sources, self.days, |scene| {
            let mut all: Vec<Region> = Vec::new();
            failed.clear();
            for &member in members {
                match regions(scene, member, &places) {
                    Ok(found) => all.extend(found),
                    Err(reason) => failed.push((member.rule, reason)),
                }
            }
            Ok(all)
        });
        for (rule, reason) in failed {
            for member in members.iter().filter(|member| member.rule != rule) {
                self.give_up(rule, member.rule, reason);
            }
        }
        match built {
            Ok(built) => {
                built.into_iter().for_each(|(scene, all)| self.tell_apart(&scene, &carve(&scene, all)))
            }
            Err(reason) => self.give_up_all(members, reason),
        }
    }

    fn give_up_all(&mut self, members: &[Entry], reason: Reason) {
        if let [first, rest @ ..] = members
            && let Some(other) = rest.iter().find(|other| other.rule != first.rule)
        {
            self.give_up(first.rule, other.rule, reason);
        }
    }

    fn tell_apart(&mut self, scene: &Scene<'g>, all: &[Region]) {
        let mut labels: FxHashMap<String, u32> = FxHashMap::default();
        let mut labelled: Vec<(u32, &Bounds)> = Vec::with_capacity(all.len());
        let mut answers: Vec<String> = Vec::new();
        for region in all {
            let text = format!("{:?}", region.answered);
            let next = u32::try_from(labels.len()).unwrap_or(u32::MAX);
            let label = *labels.entry(text).or_insert_with_key(|text| {
                answers.push(text.clone());
                next
            });
            labelled.push((label, &region.bounds));
        }
        if labels.len() < 2 && !self.proofs {
            return;
        }
        let grid = Grid::of(Claim::Apart, scene, &labelled);
        // Of two rules a few pairs of boxes are enough, but not where what ties their facts may yet keep them apart.
        let owner = |at: u32| match all.get(at as usize) {
            Some(region) if region.bounds.joint.is_empty() => region.entry.rule.0,
            _ => u32::MAX - at,
        };
        let Some(found) = apart(&grid.statement, owner) else {
            let members: Vec<Entry> = all.iter().map(|region| region.entry).collect();
            self.give_up_all(&members, Reason::Budget);
            return;
        };
        if found.pairs.len() >= MOST_PAIRS && all.iter().any(|region| !region.bounds.joint.is_empty()) {
            let members: Vec<Entry> = all.iter().map(|region| region.entry).collect();
            self.give_up_all(&members, Reason::Budget);
        }
        let mut clean = true;
        for (one, other) in found.pairs {
            let (Some(one), Some(other)) = (all.get(one as usize), all.get(other as usize)) else { continue };
            if one.entry.rule == other.entry.rule {
                continue;
            }
            clean = false;
            self.settle(scene, one, other);
        }
        if clean && self.proofs {
            let rules = all.iter().map(|region| region.entry.rule).collect();
            self.proved.push(Proved::new(scene, grid, found.proof, rules));
        }
    }

    /// Two rules that meet: a learner whom they answer differently, or why there is no telling.
    fn settle(&mut self, scene: &Scene<'g>, one: &Region, other: &Region) {
        let pair = (one.entry.rule.min(other.entry.rule), one.entry.rule.max(other.entry.rule));
        if self.found.contains_key(&pair) {
            return;
        }
        let (one, other) = if one.entry.rule <= other.entry.rule { (one, other) } else { (other, one) };
        let Some(bounds) = one.bounds.meet(&other.bounds) else { return };
        match differ(scene, &bounds, one, other) {
            Ok(witness) => {
                self.unsettled.remove(&pair);
                let answers = (one.answered.clone(), other.answered.clone());
                self.found.insert(pair, Conflict { rules: pair, goal: scene.goal, witness, answers });
            }
            Err(reason) => self.give_up(pair.0, pair.1, reason),
        }
    }

    /// Rules that take several achievements: those that share one are compared in every order of their items.
    fn bundles(&mut self, index: &mut Index<'g>, goal: Goal, entries: &[Entry]) {
        let mut takers: BTreeMap<Source, Vec<usize>> = BTreeMap::new();
        for (at, &entry) in entries.iter().enumerate() {
            let slots = self.slots(entry);
            for source in index.sources(&(0..slots).map(|slot| (entry, slot)).collect::<Vec<_>>()) {
                let of = takers.entry(source).or_default();
                if of.last() != Some(&at) {
                    of.push(at);
                }
            }
        }
        let mut pairs: BTreeSet<(usize, usize)> = BTreeSet::new();
        for together in takers.values() {
            for (nth, &one) in together.iter().enumerate() {
                for &other in together.get(nth + 1..).unwrap_or_default() {
                    if pairs.len() >= MOST_BUNDLES {
                        return self.give_up_all(entries, Reason::Budget);
                    }
                    pairs.insert((one, other));
                }
            }
        }
        for (one, other) in pairs {
            let (Some(&one), Some(&other)) = (entries.get(one), entries.get(other)) else { continue };
            let over = |a: Entry, b: Entry| self.graph.overriders(a.rule).contains(&b.rule);
            // On the same achievements one of them sets the other aside.
            if one.rule != other.rule && !over(one, other) && !over(other, one) {
                self.pair(index, goal, one, other);
            }
        }
    }

    fn slots(&self, entry: Entry) -> usize {
        let rule = self.graph.model().rules.get(entry.rule.index());
        rule.and_then(|rule| rule.sources.get(entry.alternative as usize)).map_or(0, Vec::len)
    }

    fn take(&self, entry: Entry, slot: usize) -> Option<Take> {
        let rule = self.graph.model().rules.get(entry.rule.index())?;
        rule.sources.get(entry.alternative as usize)?.get(slot).map(|slot| slot.take)
    }

    fn pair(&mut self, index: &mut Index<'g>, goal: Goal, one: Entry, other: Entry) {
        let count = self.slots(one);
        if count > MOST_ITEMS {
            return self.give_up(one.rule, other.rule, Reason::Bundle);
        }
        // For each item of the one and each of the other, what both may take.
        let mut shared: Vec<Vec<Vec<Source>>> = Vec::with_capacity(count);
        for ours in 0..count {
            let mut row = Vec::with_capacity(count);
            for theirs in 0..count {
                let alike = match (self.take(one, ours), self.take(other, theirs)) {
                    (Some(ours), Some(theirs)) => pooled(ours) == pooled(theirs),
                    _ => false,
                };
                let mut both: Vec<Source> = Vec::new();
                if alike {
                    let either = index.sources(&[(one, ours), (other, theirs)]);
                    let graph = self.graph;
                    both.extend(either.into_iter().filter(|source| {
                        names(graph, one, ours, *source) && names(graph, other, theirs, *source)
                    }));
                }
                if both.len() > MOST_SOURCES {
                    return self.give_up(one.rule, other.rule, Reason::Budget);
                }
                row.push(both);
            }
            shared.push(row);
        }
        let pair = (one.rule.min(other.rule), one.rule.max(other.rule));
        let mut tried = 0;
        for order in orders(count) {
            let rows: Vec<&[Source]> =
                order.iter().enumerate().map(|(ours, theirs)| shared[ours][*theirs].as_slice()).collect();
            for sources in each_combination(&rows) {
                tried += 1;
                if tried > MOST_COMBINATIONS {
                    return self.give_up(one.rule, other.rule, Reason::Budget);
                }
                self.combination(goal, &sources, one, other, &order);
                if self.found.contains_key(&pair) {
                    return;
                }
            }
        }
    }

    /// Two bundles with these achievements in the places of the one; `order` says which item of the other each fills.
    fn combination(&mut self, goal: Goal, sources: &[Source], one: Entry, other: Entry, order: &[usize]) {
        self.cases += 1;
        let ours: Vec<u32> = (0u32..).take(sources.len()).collect();
        let mut theirs = ours.clone();
        for (place, item) in (0u32..).zip(order) {
            theirs[*item] = place;
        }
        let built = scenes(self.graph, goal, sources, self.days, |scene| {
            let mut all = regions(scene, one, &ours)?;
            all.extend(regions(scene, other, &theirs)?);
            Ok(all)
        });
        match built {
            Ok(built) => {
                built.into_iter().for_each(|(scene, all)| self.tell_apart(&scene, &carve(&scene, all)))
            }
            Err(reason) => self.give_up(one.rule, other.rule, reason),
        }
    }
}

/// How many a slot takes, where it takes several.
fn pooled(take: Take) -> Option<Pooled> {
    form_of(&[crate::model::SourceSlot {
        items: Vec::new(),
        take,
        bind: None,
        span: crate::source::Span::default(),
    }])
    .pooled
    .first()
    .copied()
}

/// All orders of so many items.
fn orders(count: usize) -> Vec<Vec<usize>> {
    let mut all: Vec<Vec<usize>> = vec![Vec::new()];
    for _ in 0..count {
        let longer = |order: &Vec<usize>| -> Vec<Vec<usize>> {
            let free = (0..count).filter(|item| !order.contains(item));
            free.map(|item| order.iter().copied().chain([item]).collect()).collect()
        };
        all = all.iter().flat_map(longer).collect();
    }
    all
}

/// A learner in a box whom two rules answer differently.
fn differ(scene: &Scene<'_>, bounds: &Bounds, one: &Region, other: &Region) -> Result<Witness, Reason> {
    let (first, second) = (one.entry.rule, other.entry.rule);
    let ask = |given: &[(Dim, Value)]| {
        replay(scene, bounds, given, |decision| contradicts(decision, first, second))
    };
    if compare(&one.answered, &other.answered) == Compared::Different {
        return ask(&[]);
    }
    let (Answered::Grant(ours), Answered::Grant(theirs)) = (&one.answered, &other.answered) else {
        return ask(&[]);
    };
    if ours.amount != theirs.amount
        && let Some(given) = telling(scene, bounds, &ours.amount, &theirs.amount)
    {
        return ask(&given);
    }
    if let Some(given) = other_marks(scene, bounds, ours, theirs) {
        return given.iter().find_map(|value| ask(&[*value]).ok()).ok_or(Reason::Amounts);
    }
    Err(bounds.open.first().copied().unwrap_or(Reason::Amounts))
}

/// Values of what is measured for which two amounts differ and neither is nothing.
fn telling(scene: &Scene<'_>, bounds: &Bounds, ours: &Amount, theirs: &Amount) -> Option<Vec<(Dim, Value)>> {
    let values = |measured: &Measured| -> Option<(Dim, Vec<Value>)> {
        let dim = measured.dim()?;
        let known = scene.facts.get(&dim)?;
        let set = known.snap(bounds.get(dim).unwrap_or(&known.full));
        let mut values = candidates(scene, known, &set);
        for domain in &known.domains {
            let all = domain.values(MOST_VALUES).unwrap_or_default();
            values.extend(all.into_iter().filter(|value| set.contains(*value)));
        }
        Some((dim, values))
    };
    let positive = |amount: Option<crate::quantity::Ratio>| amount.filter(|amount| amount.is_positive());
    match (ours, theirs) {
        (Amount::Measured(ours), Amount::Measured(theirs)) => {
            let ((dim, all), (other, others)) = (values(ours)?, values(theirs)?);
            if dim == other {
                let tells = |value: &&Value| {
                    let (a, b) = (positive(ours.at(**value)), positive(theirs.at(**value)));
                    a.is_some() && b.is_some() && a != b
                };
                return all.iter().find(tells).map(|value| vec![(dim, *value)]);
            }
            let few = |values: Vec<Value>| values.into_iter().take(64).collect::<Vec<_>>();
            let others = few(others);
            for value in few(all) {
                let Some(a) = positive(ours.at(value)) else { continue };
                let tells = |other: &&Value| positive(theirs.at(**other)).is_some_and(|b| b != a);
                if let Some(found) = others.iter().find(tells) {
                    return Some(vec![(dim, value), (other, *found)]);
                }
            }
            None
        }
        (Amount::Measured(measured), Amount::Exactly(fixed))
        | (Amount::Exactly(fixed), Amount::Measured(measured)) => {
            let (dim, all) = values(measured)?;
            let tells = |value: &&Value| positive(measured.at(**value)).is_some_and(|found| found != *fixed);
            all.iter().find(tells).map(|value| vec![(dim, *value)])
        }
        _ => None,
    }
}

/// Values for which two carried marks may differ.
fn other_marks(
    scene: &Scene<'_>,
    bounds: &Bounds,
    ours: &Grant,
    theirs: &Grant,
) -> Option<Vec<(Dim, Value)>> {
    let carried = |grant: &Grant| match grant.mark.as_ref().map(|mark| &mark.what) {
        Some(Shows::Carried(dim, ..)) => *dim,
        _ => None,
    };
    let mut tried = Vec::new();
    for dim in [carried(ours), carried(theirs)].into_iter().flatten() {
        let known = scene.facts.get(&dim)?;
        let set = bounds.get(dim).unwrap_or(&known.full);
        tried.extend(candidates(scene, known, set).into_iter().map(|value| (dim, value)));
    }
    (!tried.is_empty() && ours.mark != theirs.mark).then_some(tried)
}

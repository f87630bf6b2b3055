//! Which rules may speak of the same achievements and the same goal: by goal, then by what an achievement is.
//!
//! Rules are never compared pair by pair. The one idea: what an achievement is decides which rules name it, and entries of the
//! catalogue that are named alike and settle the tested facts alike are one case.

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::graph::{ConversionGraph, Goal, goals_of};
use crate::model::{
    AtomTest, ClassId, Cond, FactId, Gives, KindId, OutcomeId, Piece, RuleId, SourceItem, SourceSlot, Take,
};

use super::region::{Entry, speaks};
use super::scene::Source;

/// The members of the classes of a package.
pub(super) struct Index<'g> {
    graph: &'g ConversionGraph,
    class_outcomes: Vec<Vec<OutcomeId>>,
    class_kinds: Vec<Vec<KindId>>,
    kind_outcomes: Vec<Vec<OutcomeId>>,
    alike: FxHashMap<(KindId, Vec<FactId>), Vec<Vec<OutcomeId>>>,
}

/// How many single achievements a way into a rule takes, and how many its other slots do.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Form {
    pub(super) singles: u32,
    pub(super) pooled: Vec<Pooled>,
}

/// How many a slot takes that does not take one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Pooled {
    All,
    Achievements(u32),
    Credits(crate::quantity::Ratio),
}

impl<'g> Index<'g> {
    pub(super) fn of(graph: &'g ConversionGraph) -> Self {
        let model = graph.model();
        let mut class_outcomes = vec![Vec::new(); model.classes.len()];
        let mut kind_outcomes = vec![Vec::new(); model.kinds.len()];
        for (at, outcome) in (0u32..).zip(&model.outcomes) {
            for class in graph.classes(Some(OutcomeId(at)), None).0 {
                class_outcomes[class.index()].push(OutcomeId(at));
            }
            if let Some(of) = kind_outcomes.get_mut(outcome.kind.index()) {
                of.push(OutcomeId(at));
            }
        }
        let mut class_kinds = vec![Vec::new(); model.classes.len()];
        for at in (0u32..).take(model.kinds.len()).map(KindId) {
            for class in graph.classes(None, Some(at)).1 {
                class_kinds[class.index()].push(at);
            }
        }
        Index { graph, class_outcomes, class_kinds, kind_outcomes, alike: FxHashMap::default() }
    }

    /// The ways into rules that may answer for each goal, by goal and then by what they take.
    pub(super) fn entries(&self) -> BTreeMap<Goal, BTreeMap<Form, Vec<Entry>>> {
        let mut all: BTreeMap<Goal, BTreeMap<Form, Vec<Entry>>> = BTreeMap::new();
        for (at, rule) in (0u32..).zip(&self.graph.model().rules) {
            for goal in goals_of(rule).into_iter().filter(|goal| speaks(*goal, self.graph, rule)) {
                for (alternative, bundle) in (0u32..).zip(&rule.sources) {
                    let entry = Entry { rule: RuleId(at), alternative };
                    all.entry(goal).or_default().entry(form_of(bundle)).or_default().push(entry);
                }
            }
        }
        all
    }

    /// The classes that a slot names.
    fn classes(&self, entry: Entry, slot: usize) -> Vec<ClassId> {
        let rule = self.graph.model().rules.get(entry.rule.index());
        let bundle = rule.and_then(|rule| rule.sources.get(entry.alternative as usize));
        let items = bundle.and_then(|bundle| bundle.get(slot)).map_or(&[][..], |slot| &slot.items);
        items.iter().map(|item| item.class).collect()
    }

    /// The kinds of achievement that one of these slots may take, those that are named and settled alike once.
    pub(super) fn sources(&mut self, slots: &[(Entry, usize)]) -> Vec<Source> {
        let mut classes: Vec<ClassId> =
            slots.iter().flat_map(|(entry, slot)| self.classes(*entry, *slot)).collect();
        classes.sort_unstable();
        classes.dedup();
        let mut facts: Vec<FactId> = Vec::new();
        let mut rules: Vec<RuleId> = slots.iter().map(|(entry, _)| entry.rule).collect();
        rules.sort_unstable();
        rules.dedup();
        for rule in rules {
            self.reads(rule, &mut facts);
        }
        facts.sort_unstable();
        facts.dedup();
        self.of_classes(&classes, &facts)
    }

    /// What is of some classes, those that are named and settle some facts alike once.
    fn of_classes(&mut self, classes: &[ClassId], facts: &[FactId]) -> Vec<Source> {
        let mut found: Vec<Source> = Vec::new();
        let mut named: Vec<OutcomeId> =
            classes.iter().flat_map(|class| self.class_outcomes[class.index()].iter().copied()).collect();
        named.sort_unstable();
        named.dedup();
        // The classes that name an outcome beside its kind: exclusions and bars too, so all of them.
        let mut seen: FxHashSet<(Vec<ClassId>, Vec<ClassId>, String)> = FxHashSet::default();
        for &outcome in &named {
            let kind = self.graph.kind_of(outcome);
            let (by_outcome, by_kind) = self.graph.classes(Some(outcome), kind);
            if seen.insert((by_outcome.to_vec(), by_kind.to_vec(), self.settled(outcome, facts))) {
                found.push(Source::Outcome(outcome));
            }
        }
        let mut kinds: Vec<KindId> =
            classes.iter().flat_map(|class| self.class_kinds[class.index()].iter().copied()).collect();
        kinds.sort_unstable();
        kinds.dedup();
        for kind in kinds {
            found.extend(self.alike(kind, facts).into_iter().map(Source::Outcome));
            found.push(Source::Kind(kind));
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The kinds of achievement that a promise speaks of, as finely as some rules tell them apart.
    pub(super) fn meant(&mut self, over: &[SourceItem], slots: &[(Entry, usize)]) -> Vec<Source> {
        let mut facts: Vec<FactId> = Vec::new();
        slots.iter().for_each(|(entry, _)| self.reads(entry.rule, &mut facts));
        over.iter().filter_map(|item| item.bracket.as_ref()).for_each(|bracket| read_by(bracket, &mut facts));
        facts.sort_unstable();
        facts.dedup();
        let classes: Vec<ClassId> = over.iter().map(|item| item.class).collect();
        self.of_classes(&classes, &facts)
    }

    /// One outcome of a kind for each way in which they are named by outcome and settle some facts.
    fn alike(&mut self, kind: KindId, facts: &[FactId]) -> Vec<OutcomeId> {
        let key = (kind, facts.to_vec());
        if let Some(groups) = self.alike.get(&key) {
            return groups.iter().filter_map(|group| group.first().copied()).collect();
        }
        let mut groups: FxHashMap<(Vec<ClassId>, String), Vec<OutcomeId>> = FxHashMap::default();
        for &outcome in self.kind_outcomes.get(kind.index()).map_or(&[][..], Vec::as_slice) {
            let by_outcome = self.graph.classes(Some(outcome), None).0.to_vec();
            groups.entry((by_outcome, self.settled(outcome, facts))).or_default().push(outcome);
        }
        let mut groups: Vec<Vec<OutcomeId>> = groups.into_values().collect();
        groups.sort_unstable();
        let found = groups.iter().filter_map(|group| group.first().copied()).collect();
        self.alike.insert(key, groups);
        found
    }

    /// What the catalogue settles of some facts of an outcome, as one text.
    fn settled(&self, outcome: OutcomeId, facts: &[FactId]) -> String {
        let Some(entry) = self.graph.model().outcomes.get(outcome.index()) else { return String::new() };
        let built_in = self.graph.built_in();
        let mut text = String::new();
        for &fact in facts {
            if Some(fact) == built_in.outcome {
                text.push_str(&format!("is {};", outcome.0));
            } else if Some(fact) == built_in.level {
                let levels: Vec<_> =
                    entry.levels.iter().map(|level| (level.framework, level.dimension, level.rank)).collect();
                text.push_str(&format!("{levels:?};"));
            } else {
                if let Ok(at) = entry.given.binary_search_by_key(&fact, |(of, _)| *of) {
                    text.push_str(&format!("{:?};", entry.given.get(at)));
                }
                if Some(fact) == built_in.credits {
                    text.push_str(&format!("{:?};", entry.credits));
                }
            }
        }
        text
    }

    /// The facts that a rule, those that override it and the bars over it read.
    fn reads(&self, rule: RuleId, facts: &mut Vec<FactId>) {
        let model = self.graph.model();
        let mut waiting = vec![rule];
        let mut seen: FxHashSet<RuleId> = FxHashSet::default();
        while let Some(id) = waiting.pop() {
            let Some(of) = model.rules.get(id.index()).filter(|_| seen.insert(id)) else { continue };
            waiting.extend(self.graph.overriders(id));
            for slot in of.sources.iter().flatten() {
                read_by_slot(slot, facts);
            }
            for line in std::iter::once(of).chain(&of.lines) {
                read_by(&line.guard, facts);
                if let Gives::Credit(amount) = &line.gives {
                    let mut pieces: Vec<&Piece> = vec![&amount.piece];
                    while let Some(piece) = pieces.pop() {
                        read_by_piece(piece, facts, &mut pieces, self.graph);
                    }
                }
            }
            match of.mark.as_ref().map(|mark| &mark.kind) {
                Some(crate::model::MarkKind::Carried(subject, ..)) => facts.push(subject.fact),
                Some(crate::model::MarkKind::Table(table, _)) => {
                    facts.extend(table.by.iter().map(|(subject, _)| subject.fact));
                }
                _ => {}
            }
            for bar in self.graph.bars(of.scheme).filter_map(|bar| model.bars.get(bar.index())) {
                read_by(&bar.guard, facts);
                for item in &bar.from {
                    item.bracket.iter().for_each(|bracket| read_by(bracket, facts));
                    item.except
                        .iter()
                        .filter_map(|(_, out)| out.as_ref())
                        .for_each(|out| read_by(out, facts));
                }
            }
        }
    }
}

/// What a bundle takes.
pub(super) fn form_of(bundle: &[SourceSlot]) -> Form {
    let mut form = Form { singles: 0, pooled: Vec::new() };
    for slot in bundle {
        match slot.take {
            Take::One => form.singles += 1,
            Take::Exactly(number) | Take::UpTo(number) => form.pooled.push(Pooled::Achievements(number)),
            Take::Together => form.pooled.push(Pooled::All),
            Take::Credits(least) => form.pooled.push(Pooled::Credits(least)),
        }
    }
    form.pooled.sort_unstable();
    form
}

fn read_by(cond: &Cond, facts: &mut Vec<FactId>) {
    match cond {
        Cond::All(parts) | Cond::Any(parts) => parts.iter().for_each(|part| read_by(part, facts)),
        Cond::Atom(atom) => match &atom.test {
            AtomTest::In { subject, .. }
            | AtomTest::Target { subject, .. }
            | AtomTest::Differ { subject, .. } => facts.push(subject.fact),
            AtomTest::Dates { subject, other, .. } | AtomTest::Within { subject, other, .. } => {
                facts.extend([subject.fact, other.fact]);
            }
            AtomTest::Level(test) => facts.push(test.subject.fact),
            AtomTest::Covers(test) => test.only.iter().for_each(|only| read_by(only, facts)),
            AtomTest::Holds(_) | AtomTest::Lasting(_) => {}
        },
    }
}

fn read_by_slot(slot: &SourceSlot, facts: &mut Vec<FactId>) {
    for item in &slot.items {
        item.bracket.iter().for_each(|bracket| read_by(bracket, facts));
        item.except.iter().filter_map(|(_, out)| out.as_ref()).for_each(|out| read_by(out, facts));
    }
}

fn read_by_piece<'p>(
    piece: &'p Piece,
    facts: &mut Vec<FactId>,
    pieces: &mut Vec<&'p Piece>,
    graph: &ConversionGraph,
) {
    match piece {
        Piece::Constant(_) | Piece::TargetCredits => {}
        Piece::Whichever { amounts, .. } => pieces.extend(amounts.iter().map(|amount| &amount.piece)),
        Piece::Fact(subject) => facts.push(subject.fact),
        Piece::Rate { measure, .. } => match measure {
            crate::model::Measure::Fact(subject) => facts.push(subject.fact),
            crate::model::Measure::Times => facts.extend(graph.built_in().times),
            crate::model::Measure::Distinct(fact) => facts.extend(*fact),
        },
        Piece::Less { base, fact, .. } => {
            facts.push(fact.fact);
            pieces.push(base);
        }
        Piece::Table(table) => {
            facts.extend(table.by.iter().map(|(subject, _)| subject.fact));
            for cell in &table.cells {
                if let crate::model::CellValue::Amount(inner) = &cell.value {
                    pieces.push(inner);
                }
            }
        }
    }
}

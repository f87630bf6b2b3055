//! The last step: classes and symbols are numbered by what they are, not by where they were met first.
//!
//! So two packages that say the same in another order of files or items have the same model.

use crate::model::{
    Aim, Atom, AtomTest, AttributeKind, Bound, CellValue, ClassId, Cond, CountsAs, Effect, Expectation,
    ExpectedResult, FactUse, Given, Gives, Lookup, Mark, MarkKind, Model, Piece, RecordExpectation, Rule,
    SourceItem, SourceSlot,
};
use crate::space::{Axis, Set, Shape, Value};

use super::known::{Classes, Symbols};

/// New numbers for classes and symbols.
struct Renumbering {
    classes: Vec<ClassId>,
    symbols: Vec<u32>,
}

/// Sorts classes and symbols into the model, and gives every use its new number.
pub(super) fn settle(model: &mut Model, classes: Classes, symbols: Symbols) {
    let (sorted, class_ids) = sort_with_places(classes.list);
    let (names, symbol_ids) = sort_with_places(symbols.list);
    model.classes = sorted;
    model.symbols = names;
    let renumbering =
        Renumbering { classes: class_ids.into_iter().map(ClassId).collect(), symbols: symbol_ids };
    renumbering.model(model);
    sort_bars(model);
}

/// Bars have no names: they stand by scheme, cause and what they bar.
fn sort_bars(model: &mut Model) {
    let classes = |items: &[SourceItem]| items.iter().map(|item| item.class).collect::<Vec<_>>();
    model.bars.sort_by_cached_key(|bar| {
        let mut tests = Vec::new();
        tests_of(&bar.guard, &mut tests);
        (bar.scheme, bar.because.clone(), classes(&bar.from), classes(&bar.to), tests)
    });
}

/// The tests of a condition without their places.
fn tests_of(cond: &Cond, tests: &mut Vec<String>) {
    match cond {
        Cond::All(parts) | Cond::Any(parts) => {
            tests.push(if matches!(cond, Cond::All(_)) { "all" } else { "any" }.to_owned());
            parts.iter().for_each(|part| tests_of(part, tests));
        }
        Cond::Atom(atom) => match &atom.test {
            AtomTest::Holds(holds) => tests.push(format!("holds {} {:?}", holds.negated, holds.after)),
            AtomTest::Lasting(lasting) => {
                tests.push(format!("length {}", lasting.negated));
                for part in &lasting.parts {
                    tests.push(format!("{:?} {:?}", part.relation, part.wanted));
                    part.only.iter().for_each(|only| tests_of(only, tests));
                }
            }
            test => tests.push(format!("{test:?}")),
        },
    }
}

/// The list sorted, and for each old place the new one.
fn sort_with_places<T: Ord>(list: Vec<T>) -> (Vec<T>, Vec<u32>) {
    let mut order: Vec<(T, usize)> = list.into_iter().zip(0..).collect();
    order.sort_unstable();
    let mut places = vec![0; order.len()];
    for (new, (_, old)) in (0u32..).zip(&order) {
        if let Some(place) = places.get_mut(*old) {
            *place = new;
        }
    }
    (order.into_iter().map(|(item, _)| item).collect(), places)
}

impl Renumbering {
    fn class(&self, class: &mut ClassId) {
        *class = self.classes.get(class.index()).copied().unwrap_or(*class);
    }

    fn value(&self, value: &mut Value) {
        if let Value::Symbol(symbol) = value {
            *symbol = self.symbols.get(*symbol as usize).copied().unwrap_or(*symbol);
        }
    }

    /// Symbols in a set are a few, or all but a few.
    fn set(&self, set: &mut Set) {
        let all = Set::everything(Axis::Symbol);
        let symbols = set.intersect(&all);
        if symbols.is_empty() || symbols == all {
            return;
        }
        let limit = self.symbols.len();
        let renumbered = |of: &Set| {
            of.values(limit).map(|mut values| {
                values.iter_mut().for_each(|value| self.value(value));
                Set::of(values)
            })
        };
        let new = renumbered(&symbols)
            .or_else(|| renumbered(&all.minus(&symbols)).map(|without| all.minus(&without)));
        if let Some(new) = new {
            *set = set.minus(&all).union(&new);
        }
    }

    fn model(&self, model: &mut Model) {
        for kind in &mut model.kinds {
            kind.facts.iter_mut().for_each(|fact| self.fact(fact));
            kind.given.iter_mut().for_each(|(_, given)| self.given(given));
            kind.lapses.iter_mut().for_each(|lapse| self.cond(&mut lapse.unless));
            kind.possible.iter_mut().for_each(|possible| self.cond(possible));
        }
        for fact in model.learner.iter_mut().chain(&mut model.plan).chain(&mut model.request) {
            self.fact(fact);
        }
        for outcome in &mut model.outcomes {
            outcome.given.iter_mut().for_each(|(_, given)| self.given(given));
        }
        for rule in &mut model.rules {
            self.rule(rule);
            rule.lines.iter_mut().for_each(|line| self.rule(line));
        }
        for total in model.schemes.iter_mut().flat_map(|scheme| &mut scheme.totals) {
            total.over.iter_mut().flatten().for_each(|item| self.item(item));
        }
        for bar in &mut model.bars {
            bar.from.iter_mut().chain(&mut bar.to).for_each(|item| self.item(item));
            self.cond(&mut bar.guard);
        }
        for example in &mut model.examples {
            let own = example.learner.iter_mut().chain(&mut example.plan).chain(&mut example.dates);
            own.chain(example.holds.iter_mut().flat_map(|held| &mut held.facts))
                .for_each(|(_, value)| self.value(value));
            example.expected.iter_mut().for_each(|expected| self.expected(expected));
        }
        self.places(model);
    }

    fn expected(&self, expected: &mut Expectation) {
        if let ExpectedResult::Grant(_, _, Some(mark)) | ExpectedResult::Effect(_, Some(mark)) =
            &mut expected.result
        {
            self.mark(mark);
        }
        expected.carries.iter_mut().for_each(|(of, _)| self.attribute(of));
    }

    /// Blocks, limits, requirements and tests.
    fn places(&self, model: &mut Model) {
        for block in &mut model.blocks {
            block.takes.iter_mut().flatten().for_each(|item| self.item(item));
            self.cond(&mut block.when);
        }
        for door in model.programmes.iter_mut().flat_map(|programme| &mut programme.doors) {
            door.conversion.ways.iter_mut().for_each(|way| self.cond(&mut way.guard));
        }
        for line in model.limits.iter_mut().chain(&mut model.requirements) {
            line.from.iter_mut().for_each(|item| self.item(item));
            line.to.iter_mut().for_each(|aim| self.aim(aim));
            self.cond(&mut line.filter);
            self.cond(&mut line.when);
            self.bound(&mut line.bound);
        }
        for test in &mut model.tests {
            let stated = test.learner.iter_mut().chain(&mut test.plan).chain(&mut test.dates);
            let before = test.granted.iter_mut().flat_map(|entry| &mut entry.from);
            stated
                .chain(test.holds.iter_mut().chain(before).flat_map(|held| &mut held.facts))
                .for_each(|(_, value)| self.value(value));
            test.judged.iter_mut().for_each(|judged| self.value(&mut judged.value));
            for expected in &mut test.expected {
                if let RecordExpectation::Result(expected) = expected {
                    self.expected(expected);
                }
            }
        }
    }

    fn attribute(&self, of: &mut AttributeKind) {
        if let AttributeKind::Fact(.., value) = of {
            self.value(value);
        }
    }

    fn aim(&self, aim: &mut Aim) {
        if let Aim::Targets(item) = aim {
            self.item(item);
        }
    }

    /// A bound nests no deeper than one `whichever`.
    fn bound(&self, bound: &mut Bound) {
        match bound {
            Bound::Amount(amount) => self.piece(&mut amount.piece),
            Bound::Share { base, .. } => base.excluding.iter_mut().for_each(|aim| self.aim(aim)),
            Bound::Either { of, .. } => of.iter_mut().for_each(|one| self.bound(one)),
            Bound::Mean { least, over, .. } => {
                self.value(least);
                over.iter_mut().for_each(|item| self.item(item));
            }
            Bound::Length(_) | Bound::Unpublished(_) => {}
        }
    }

    fn rule(&self, rule: &mut Rule) {
        rule.sources.iter_mut().flatten().for_each(|slot| self.slot(slot));
        rule.family.iter_mut().for_each(|family| self.class(family));
        self.cond(&mut rule.guard);
        self.gives(&mut rule.gives);
        if let Some(mark) = &mut rule.mark {
            self.mark(mark);
        }
        for attribute in &mut rule.attributes {
            self.cond(&mut attribute.guard);
            self.attribute(&mut attribute.kind);
        }
    }

    fn fact(&self, fact: &mut FactUse) {
        for domain in &mut fact.domains {
            if let Shape::Symbols(Some(symbols)) = &mut domain.domain.shape {
                for symbol in symbols.iter_mut() {
                    *symbol = self.symbols.get(*symbol as usize).copied().unwrap_or(*symbol);
                }
                symbols.sort_unstable();
            }
        }
        if let Some(cond) = &mut fact.only_if {
            self.cond(cond);
        }
        if let Some(value) = &mut fact.otherwise {
            self.value(value);
        }
    }

    fn given(&self, given: &mut Given) {
        match given {
            Given::Value(value) => self.value(value),
            Given::Within(set) => self.set(set),
            Given::Unpublished => {}
        }
    }

    /// Conditions nest no deeper than texts and the conditions inlined in them may.
    fn cond(&self, cond: &mut Cond) {
        match cond {
            Cond::All(parts) | Cond::Any(parts) => parts.iter_mut().for_each(|part| self.cond(part)),
            Cond::Atom(atom) => self.atom(atom),
        }
    }

    fn atom(&self, atom: &mut Atom) {
        match &mut atom.test {
            AtomTest::In { set, .. } => self.set(set),
            AtomTest::Holds(holds) => {
                holds.alternatives.iter_mut().flatten().for_each(|slot| self.slot(slot))
            }
            AtomTest::Lasting(lasting) => {
                lasting.of.iter_mut().for_each(|item| self.item(item));
                lasting
                    .parts
                    .iter_mut()
                    .filter_map(|part| part.only.as_mut())
                    .for_each(|only| self.cond(only));
            }
            AtomTest::Covers(covers) => {
                if let Some(only) = &mut covers.only {
                    self.cond(only);
                }
            }
            AtomTest::Target { .. }
            | AtomTest::Differ { .. }
            | AtomTest::Dates { .. }
            | AtomTest::Within { .. }
            | AtomTest::Level(_) => {}
        }
    }

    fn slot(&self, slot: &mut SourceSlot) {
        slot.items.iter_mut().for_each(|item| self.item(item));
    }

    fn item(&self, item: &mut SourceItem) {
        self.class(&mut item.class);
        if let Some(bracket) = &mut item.bracket {
            self.cond(bracket);
        }
        for (class, bracket) in &mut item.except {
            self.class(class);
            if let Some(bracket) = bracket {
                self.cond(bracket);
            }
        }
    }

    fn gives(&self, gives: &mut Gives) {
        match gives {
            Gives::Credit(amount) => {
                self.piece(&mut amount.piece);
                for way in amount.conversion.iter_mut().flat_map(|conversion| &mut conversion.ways) {
                    self.cond(&mut way.guard);
                }
            }
            Gives::Effect(Effect::Replaced(classes)) => {
                classes.iter_mut().for_each(|class| self.class(class));
                classes.sort_unstable();
            }
            Gives::Effect(_) | Gives::Answer(_) => {}
        }
    }

    /// A piece nests in tables and `less` no deeper than a text may.
    fn piece(&self, piece: &mut Piece) {
        match piece {
            Piece::Less { base, .. } => self.piece(base),
            Piece::Whichever { amounts, .. } => {
                amounts.iter_mut().for_each(|amount| self.piece(&mut amount.piece));
            }
            Piece::Table(lookup) => self.lookup(lookup),
            Piece::Constant(_) | Piece::TargetCredits | Piece::Fact(_) | Piece::Rate { .. } => {}
        }
    }

    fn lookup(&self, lookup: &mut Lookup) {
        for cell in &mut lookup.cells {
            cell.sets.iter_mut().for_each(|set| self.set(set));
            match &mut cell.value {
                CellValue::Amount(piece) => self.piece(piece),
                CellValue::Mark(value) => self.value(value),
                CellValue::NotHere | CellValue::Unpublished | CellValue::Otherwise => {}
            }
        }
    }

    fn mark(&self, mark: &mut Mark) {
        match &mut mark.kind {
            MarkKind::Fixed(value, _) => self.value(value),
            MarkKind::Table(lookup, _) => self.lookup(lookup),
            MarkKind::Carried(..) | MarkKind::Literal(_) | MarkKind::Declared(..) => {}
        }
        if let Some(value) = &mut mark.at_most {
            self.value(value);
        }
        if let Some(CountsAs::Value(value)) = &mut mark.counts_as {
            self.value(value);
        }
    }
}

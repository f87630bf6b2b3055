//! What rules say of days: whether a day to come may change what they answer, and the days and lengths of time that they name.

use crate::model::{
    AmountRule, AtomTest, CellValue, Cond, FactId, Gives, Holder, Lasting, Lookup, Piece, Rule, SourceSlot,
    Subject,
};
use crate::quantity::{Date, Length};
use crate::space::{End, Set, Value};

/// What has been read of some rules.
pub(super) struct Tested<'c> {
    /// The dates of the request that move with the day asked.
    moving: Vec<FactId>,
    /// Whether anything read changes with the day asked.
    pub(super) changes: bool,
    /// Whether the whole record is looked at, and not only what the rule uses.
    pub(super) looks_around: bool,
    pub(super) days: Vec<Date>,
    pub(super) spans: Vec<Length>,
    pub(super) lasting: Vec<&'c Lasting>,
}

impl<'c> Tested<'c> {
    /// Nothing read yet, where these dates of the request move with the day asked.
    pub(super) fn new(moving: Vec<FactId>) -> Tested<'c> {
        Tested {
            moving,
            changes: false,
            looks_around: false,
            days: Vec::new(),
            spans: Vec::new(),
            lasting: Vec::new(),
        }
    }

    /// Reads a rule: what it takes, tests and gives.
    pub(super) fn rule(&mut self, rule: &'c Rule) {
        self.cond(&rule.guard);
        rule.sources.iter().flatten().for_each(|slot| self.slot(slot));
        if let Gives::Credit(amount) = &rule.gives {
            self.amount(amount);
        }
    }

    fn slot(&mut self, slot: &'c SourceSlot) {
        for item in &slot.items {
            let excepted = item.except.iter().filter_map(|(_, bracket)| bracket.as_ref());
            item.bracket.iter().chain(excepted).for_each(|bracket| self.cond(bracket));
        }
    }

    fn amount(&mut self, amount: &'c AmountRule) {
        self.piece(&amount.piece);
        // A ratio or a unit may be in force for a time only.
        let ways = amount.conversion.iter().flat_map(|conversion| &conversion.ways);
        ways.for_each(|way| self.cond(&way.guard));
    }

    fn piece(&mut self, piece: &'c Piece) {
        match piece {
            Piece::Whichever { amounts, .. } => amounts.iter().for_each(|amount| self.amount(amount)),
            Piece::Less { base, .. } => self.piece(base),
            Piece::Table(table) => self.table(table),
            Piece::Constant(_) | Piece::TargetCredits | Piece::Fact(_) | Piece::Rate { .. } => {}
        }
    }

    fn table(&mut self, table: &'c Lookup) {
        for cell in &table.cells {
            for ((subject, _), set) in table.by.iter().zip(&cell.sets) {
                self.set(subject, set);
            }
            if let CellValue::Amount(piece) = &cell.value {
                self.piece(piece);
            }
        }
    }

    fn cond(&mut self, cond: &'c Cond) {
        match cond {
            Cond::All(parts) | Cond::Any(parts) => parts.iter().for_each(|part| self.cond(part)),
            Cond::Atom(atom) => match &atom.test {
                AtomTest::In { subject, set, .. } => self.set(subject, set),
                AtomTest::Dates { subject, other, .. } => self.moves(&[subject, other]),
                AtomTest::Within { subject, other, length, .. } => {
                    self.moves(&[subject, other]);
                    self.spans.push(*length);
                }
                AtomTest::Target { subject, .. } => self.moves(&[subject]),
                AtomTest::Lasting(test) => {
                    self.changes = true;
                    self.lasting.push(test);
                }
                AtomTest::Covers(covers) => covers.only.iter().for_each(|only| self.cond(only)),
                AtomTest::Holds(holds) => {
                    self.looks_around = true;
                    holds.alternatives.iter().flatten().for_each(|slot| self.slot(slot));
                }
                AtomTest::Differ { .. } | AtomTest::Level(_) => {}
            },
        }
    }

    fn set(&mut self, subject: &Subject, set: &Set) {
        self.moves(&[subject]);
        self.ends(set);
    }

    fn moves(&mut self, subjects: &[&Subject]) {
        let moving = |of: &&Subject| of.of == Holder::Request && self.moving.contains(&of.fact);
        self.changes |= subjects.iter().any(moving);
    }

    /// Takes in the first and the last day of each stretch of a set.
    pub(super) fn ends(&mut self, set: &Set) {
        for interval in set.intervals() {
            for end in [interval.least, interval.greatest] {
                if let End::Closed(Value::Date(day)) | End::Open(Value::Date(day)) = end {
                    self.days.push(day);
                }
            }
        }
    }
}

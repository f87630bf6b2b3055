//! Whether a day to come is all that is lacking: on it, with nothing else changed, a rule that fails would hold.

use std::collections::BTreeSet;

use super::condition::World;
use super::instance::{Instance, instances};
use super::model::{Amount, Cell, Cond, Given, Gives, Item, Lasting, Length, Model, Piece, Rule, Slot};
use super::model::{Subject, Test};
use super::record::{Goal, Stated};
use super::value::{self, Q, Set, Truth, V, add_months, days_of};

/// Whether it would hold on a later day, asked of the same achievements.
pub fn comes(world: &World<'_>, it: &Instance<'_>) -> bool {
    // Two sets may name the same achievement.
    let asked: BTreeSet<usize> = it.filling.slots.concat().into_iter().collect();
    let asked: Vec<usize> = asked.into_iter().collect();
    days_to_come(world, it, &asked).into_iter().any(|as_of| {
        let then = World { as_of, ..*world };
        instances(&then, &asked).iter().any(|same| {
            std::ptr::eq(same.rule, it.rule)
                && std::ptr::eq(same.bundle, it.bundle)
                && same.target == it.target
                && same.filling == it.filling
                && same.active.truth == Truth::T
                && same.bar.truth == Truth::F
        })
    })
}

/// Every later day on which an answer may change: each date of the rules that speak and of what they look at, itself and after and
/// before each length of time that they name.
fn days_to_come(world: &World<'_>, it: &Instance<'_>, asked: &[usize]) -> Vec<i64> {
    let mut said = Said::default();
    for rule in with_overriders(world.model, it.rule) {
        said.rule(rule);
    }
    let applied = world.request.dates.iter().any(|(name, _)| name == "applied");
    let moving = |date: &String| date == "decided" || date == "applied" && !applied;
    // What tests no day that moves waits for none: that another certificate will expire is nothing to wait for.
    if said.lasting.is_empty() && !said.of_request.iter().any(moving) {
        return Vec::new();
    }
    let request = world.request;
    let looks = |at: &usize| said.looks_around || asked.contains(at);
    let held: Vec<_> = (0..request.held.len()).filter(looks).map(|at| &request.held[at]).collect();
    let stated = held.iter().flat_map(|held| &held.facts).chain(&request.dates).chain(&request.learner);
    for (_, stated) in stated {
        if let Stated::Date(text) = stated {
            said.days.extend([days_of(text).0, days_of(text).1]);
        }
    }
    let target = if let Goal::Outcome(target) = &it.goal { Some(target) } else { None };
    for outcome in held.iter().filter_map(|held| held.outcome.as_ref()).chain(target) {
        for (_, given) in &world.model.outcomes[outcome].given {
            if let Given::Value(V::Date(day)) = given {
                said.days.push(*day);
            }
        }
    }
    // The days on which a length that still grows may be reached.
    let mut all: Vec<i64> = said.lasting.iter().flat_map(|test| world.turning(test)).collect();
    for day in said.days {
        all.push(day);
        for span in &said.spans {
            all.extend(match span {
                Length::Months(months) => [add_months(day, *months), add_months(day, -*months)],
                Length::Days(days) => [day + days, day - days],
            });
        }
    }
    let mut all: Vec<i64> = all.iter().flat_map(|day| [day - 1, *day, day + 1]).collect();
    all.retain(|day| *day > world.as_of);
    all.sort_unstable();
    all.dedup();
    all
}

/// A rule, those that override it, those that override them, and so on.
fn with_overriders<'a>(model: &'a Model, rule: &'a Rule) -> Vec<&'a Rule> {
    let mut rules = vec![rule];
    loop {
        let more = model.rules.iter().find(|over| {
            let overrides =
                |under: &&Rule| over.overrides.contains(&(under.scheme.clone(), under.name.clone()));
            rules.iter().any(overrides) && !rules.iter().any(|rule| std::ptr::eq(*rule, *over))
        });
        let Some(over) = more else { return rules };
        rules.push(over);
    }
}

/// What rules say of days.
#[derive(Default)]
struct Said<'a> {
    days: Vec<i64>,
    spans: Vec<Length>,
    lasting: Vec<&'a Lasting>,
    /// The dates of the request that are read.
    of_request: Vec<String>,
    /// Whether the whole record is looked at.
    looks_around: bool,
}

impl<'a> Said<'a> {
    fn rule(&mut self, rule: &'a Rule) {
        self.cond(&rule.when);
        rule.sources.iter().flatten().for_each(|slot| self.slot(slot));
        if let Gives::Credit(amount) = &rule.gives {
            self.amount(amount);
        }
    }

    fn slot(&mut self, slot: &'a Slot) {
        slot.items.iter().for_each(|item| self.item(item));
    }

    fn item(&mut self, item: &'a Item) {
        item.bracket.iter().for_each(|bracket| self.cond(bracket));
        item.except.iter().for_each(|except| self.item(except));
    }

    fn amount(&mut self, amount: &'a Amount) {
        self.piece(&amount.piece);
        let ways = amount.conversion.iter().flat_map(|conversion| &conversion.ways);
        ways.for_each(|(when, _, _)| self.cond(when));
    }

    fn piece(&mut self, piece: &'a Piece) {
        match piece {
            Piece::Whichever { amounts, .. } => amounts.iter().for_each(|amount| self.amount(amount)),
            Piece::Less { base, .. } => self.piece(base),
            Piece::Table { by, cells } => {
                for (sets, cell) in cells {
                    by.iter().zip(sets).for_each(|(subject, set)| self.set(subject, set));
                    if let Cell::Amount(piece) = cell {
                        self.piece(piece);
                    }
                }
            }
            Piece::Constant(_) | Piece::TargetCredits | Piece::Fact(_) | Piece::Rate { .. } => {}
        }
    }

    fn cond(&mut self, cond: &'a Cond) {
        match cond {
            Cond::All(parts) | Cond::Any(parts) => parts.iter().for_each(|part| self.cond(part)),
            Cond::Test(_, test) => match test {
                Test::In { subject, set, .. } => self.set(subject, set),
                Test::Dates { subject, other, .. } => self.read(&[subject, other]),
                Test::Within { subject, length, other, .. } => {
                    self.read(&[subject, other]);
                    self.spans.push(*length);
                }
                Test::Target { subject, .. } => self.read(&[subject]),
                Test::Lasting(test) => self.lasting.push(test),
                Test::Covers(covers) => covers.only.iter().for_each(|only| self.cond(only)),
                Test::Holds { alternatives, .. } => {
                    self.looks_around = true;
                    alternatives.iter().flatten().for_each(|slot| self.slot(slot));
                }
                Test::Differ { .. } | Test::Level(_) => {}
            },
        }
    }

    fn set(&mut self, subject: &Subject, set: &Set) {
        self.read(&[subject]);
        let whole = |at: Q| i64::try_from(at.to_integer()).unwrap();
        for piece in &set.0 {
            match piece {
                value::Piece::One(V::Date(day)) => self.days.push(*day),
                value::Piece::Span { sort, least, greatest, .. } if sort == "date" => {
                    self.days.extend(least.iter().chain(greatest).map(|end| whole(end.0)));
                }
                _ => {}
            }
        }
    }

    fn read(&mut self, subjects: &[&Subject]) {
        let dates = subjects.iter().filter(|subject| subject.of == "request");
        self.of_request.extend(dates.map(|subject| subject.fact.clone()));
    }
}

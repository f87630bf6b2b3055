//! Levels in dimensions and through comparisons, and what is covered, the plain way.

use super::condition::{Out, Question, Reason, View, Who, World, compare};
use super::model::{Bound, Comparison, Covers, LevelTest};
use super::value::{Known, Piece, Q, Set, Truth, V};

/// Ends the fact of a question that a judge answers.
pub const JUDGED: char = '!';

impl<'a> World<'a> {
    /// The levels of a ladder.
    fn ladder(&self, framework: &str) -> Set {
        Set((0..self.model.frameworks[framework].levels).map(|rank| Piece::One(V::Rank(rank))).collect())
    }

    /// What is known of a level.
    pub fn level_of(&self, outcome: Option<&str>, framework: &str, dimension: Option<&str>) -> Known {
        let of = &self.model.frameworks[framework];
        let all = Known::of(self.ladder(framework));
        let Some(outcome) = outcome else { return all };
        let own: Vec<(Option<&str>, i64)> = self.model.outcomes[outcome]
            .levels
            .iter()
            .filter(|level| level.0 == framework)
            .map(|level| (level.1.as_deref(), level.2))
            .collect();
        if let Some((_, rank)) = own.iter().find(|level| level.0 == dimension) {
            return Known::one(V::Rank(*rank));
        }
        let overall = own.iter().find(|level| level.0.is_none());
        let ranks =
            |from: i64, to: i64| Known::of(Set((from..=to).map(|rank| Piece::One(V::Rank(rank))).collect()));
        match (dimension, overall) {
            _ if !of.every_dimension => all,
            (Some(_), Some((_, rank))) => ranks(*rank, of.levels - 1),
            (None, _) if !own.is_empty() => {
                let lowest = own.iter().map(|level| level.1).min().unwrap();
                if own.len() == of.dimensions.len() { Known::one(V::Rank(lowest)) } else { ranks(0, lowest) }
            }
            _ => all,
        }
    }

    fn read_through(&self, comparison: &Comparison, own: &str, known: &Known) -> (Known, bool) {
        let (other, forward) =
            if comparison.of == own { (&comparison.with, true) } else { (&comparison.of, false) };
        let mut pieces = Vec::new();
        let mut unsaid = false;
        for rank in (0..self.model.frameworks[own].levels).filter(|rank| known.set.contains(&V::Rank(*rank)))
        {
            let rows: Vec<_> = comparison
                .rows
                .iter()
                .map(
                    |(of, with, not_stated)| {
                        if forward { (of, with, not_stated) } else { (with, of, not_stated) }
                    },
                )
                .filter(|row| row.0.contains(&rank))
                .collect();
            let found: Vec<i64> = rows.iter().flat_map(|row| row.1.clone()).collect();
            if !found.is_empty() {
                pieces.extend(found.into_iter().map(|rank| Piece::One(V::Rank(rank))));
            } else if rows.is_empty() || rows.iter().any(|row| *row.2) {
                unsaid = true;
            } else {
                pieces.push(Piece::One(V::None));
            }
        }
        let mut set = Set(pieces);
        if unsaid {
            set.0.extend(self.ladder(other).0);
        }
        (Known::of(set), unsaid)
    }

    pub fn level(&self, test: &LevelTest, view: &View<'a>, reason: Reason) -> Out {
        let held: Vec<usize> = match test.subject.of.as_str() {
            "source" => view.used.get(test.subject.slot).cloned().unwrap_or_default(),
            "each" | "some" => view.used.iter().flatten().copied().collect(),
            _ => match view.itself {
                Some(Who::Held(place)) => vec![place],
                _ => Vec::new(),
            },
        };
        let comparison = test.by.as_ref().map(|by| &self.model.comparisons[by]);
        let own =
            comparison.map_or(&test.framework, |it| if it.of == test.framework { &it.with } else { &it.of });
        let whole = [None];
        let dimensions: Vec<Option<&str>> = test.dimensions.iter().map(|name| Some(name.as_str())).collect();
        let dimensions = if dimensions.is_empty() { &whole[..] } else { &dimensions };
        let mut all = Vec::new();
        for place in held {
            let of = self.held(place);
            let mut parts = Vec::new();
            for dimension in dimensions {
                let known = self.level_of(of.outcome.as_deref(), own, *dimension);
                let (read, _) = match comparison {
                    Some(comparison) => self.read_through(comparison, own, &known),
                    None => (known.clone(), false),
                };
                let truth = match &test.bound {
                    Bound::In(set) => read.test(set),
                    // An account has no level.
                    Bound::Target(_) if view.target.is_none() => Truth::F,
                    Bound::Target(relation) => {
                        let theirs = self.level_of(view.target, &test.framework, *dimension);
                        compare(&read, &theirs, relation, false, false)
                    }
                };
                let usable = comparison.is_none_or(|it| it.usable);
                let judged = known.value().is_some() && comparison.is_some();
                let fact = format!("level{}", if judged { JUDGED.to_string() } else { String::new() });
                let question: Question = (of.id.clone(), fact);
                let mut out = Out::of(if usable { truth } else { Truth::U }, vec![question], reason);
                out.unpublished = out.truth == Truth::U && !usable;
                parts.push(out);
            }
            let one = Out::all(parts);
            all.push(if test.negated { one.not() } else { one });
        }
        if test.subject.of == "some" { Out::any(all) } else { Out::all(all) }
    }

    pub fn covers(&self, test: &Covers, view: &View<'a>) -> Out {
        let Some(target) = view.target else { return Out::truth(Truth::F) };
        let wanted: Vec<&String> =
            self.model.outcomes[target].statements.iter().filter(|name| self.counts(name, test)).collect();
        let held: Vec<usize> = match test.of.as_str() {
            "source" => view.used.get(test.slot).cloned().unwrap_or_default(),
            _ => view.used.iter().flatten().copied().collect(),
        };
        let (mut sure, mut possible): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
        let (mut silent, mut asked) = (Vec::new(), Vec::new());
        for place in held {
            let counts = test.only.as_ref().map_or(Out::truth(Truth::T), |only| {
                self.cond(only, &View { itself: Some(Who::Held(place)), ..view.clone() })
            });
            if counts.truth == Truth::F {
                continue;
            }
            asked.extend(counts.questions.clone());
            let of = self.held(place);
            let own = of.outcome.as_ref().map(|name| self.model.outcomes[name].statements.clone());
            let own = own.unwrap_or_default();
            if own.is_empty() {
                silent.push(of.id.clone());
            }
            if counts.truth == Truth::T { sure.extend(own) } else { possible.extend(own) }
        }
        possible.extend(sure.clone());
        let total = self.weigh(&wanted, test);
        let shared = |among: &[String]| -> Vec<&String> {
            let has = |name: &String| {
                among.contains(name) || self.model.statements[name].same.iter().any(|it| among.contains(it))
            };
            wanted.iter().copied().filter(|name| has(name)).collect()
        };
        let least = self.weigh(&shared(&sure), test);
        let unsaid = wanted.is_empty() || !silent.is_empty();
        let most = if unsaid { total } else { self.weigh(&shared(&possible), test) };
        let bound = total * test.share;
        let truth = match (wanted.is_empty(), least >= bound, most < bound) {
            (true, ..) => Truth::U,
            (_, true, _) => Truth::T,
            (_, _, true) => Truth::F,
            _ => Truth::U,
        };
        let truth = if test.negated { truth.not() } else { truth };
        if unsaid {
            let fact = format!("statements{JUDGED}");
            if wanted.is_empty() {
                silent = vec![format!("target {target}")];
            }
            asked.extend(silent.into_iter().map(|of| (of, fact.clone())));
        }
        Out::of(truth, asked, Reason::ConditionNotMet)
    }

    fn counts(&self, name: &str, test: &Covers) -> bool {
        let statement = &self.model.statements[name];
        match &test.dimension {
            None => true,
            Some((Some(framework), own)) => statement.framework == *framework && statement.dimension == *own,
            Some((None, canonical)) => self.model.frameworks[&statement.framework]
                .dimensions
                .iter()
                .any(|(name, mapped)| *name == statement.dimension && mapped.contains(canonical)),
        }
    }

    fn weigh(&self, statements: &[&String], test: &Covers) -> Q {
        let one = Q::from_integer(1);
        let weight = |name: &&String| if test.by_weight { self.model.statements[*name].weight } else { one };
        statements.iter().map(weight).sum()
    }
}

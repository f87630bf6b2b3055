//! Which outcomes cover how much of which others, by index: from each statement to the outcomes that state it.
//!
//! The same question that a rule asks of one pair with `covers`, asked of all pairs at once. Only pairs that share a statement are
//! looked at, so the cost is that of what is shared and not of all pairs.

use crate::model::{Canonical, OutcomeId, Statement, StatementId};
use crate::quantity::{Overflow, Ratio};

use super::ConversionGraph;

/// One outcome covers part of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Covered {
    /// The outcome that is held.
    pub source: OutcomeId,
    /// The outcome whose statements it covers.
    pub target: OutcomeId,
    /// How much of them.
    pub share: Ratio,
}

/// What counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counting {
    /// Statements count by their weights, else one each.
    pub by_weight: bool,
    /// Only statements of dimensions that are mapped to this one.
    pub dimension: Option<Canonical>,
}

impl ConversionGraph {
    /// Every pair of different outcomes of which the first covers at least such a share of the second's statements, by target and
    /// source. An outcome without statements covers nothing and is not covered.
    pub fn coverage(&self, least: Ratio, counting: Counting) -> Result<Vec<Covered>, Overflow> {
        let model = self.model();
        // Statements that say the same are one: the first of them stands for all.
        let one_for = |id: StatementId| {
            let same = model.statements.get(id.index()).map_or(&[][..], |of| &of.same);
            same.iter().copied().fold(id, StatementId::min)
        };
        let scale = self.scale(counting)?;
        let mut stating: Vec<Vec<OutcomeId>> = vec![Vec::new(); model.statements.len()];
        for (id, outcome) in (0u32..).map(OutcomeId).zip(&model.outcomes) {
            let mut own: Vec<StatementId> = outcome.statements.iter().map(|id| one_for(*id)).collect();
            own.sort_unstable();
            own.dedup();
            for statement in own {
                if let Some(list) = stating.get_mut(statement.index()) {
                    list.push(id);
                }
            }
        }
        let mut all = Vec::new();
        let mut shared: Vec<i64> = vec![0; model.outcomes.len()];
        let mut met: Vec<OutcomeId> = Vec::new();
        for (target, outcome) in (0u32..).map(OutcomeId).zip(&model.outcomes) {
            let mut total: i64 = 0;
            let counted = outcome.statements.iter().filter_map(|id| {
                let of = model.statements.get(id.index())?;
                self.counts(of, counting).then(|| (one_for(*id), of))
            });
            for (statement, of) in counted {
                let weight = if counting.by_weight { scaled(of.weight, scale)? } else { 1 };
                total = total.checked_add(weight).ok_or(Overflow)?;
                for source in stating.get(statement.index()).into_iter().flatten() {
                    let Some(sum) = shared.get_mut(source.index()) else { continue };
                    if *sum == 0 {
                        met.push(*source);
                    }
                    // Never more than the total, which was checked.
                    *sum = sum.saturating_add(weight);
                }
            }
            met.sort_unstable();
            for source in met.drain(..) {
                let Some(sum) = shared.get_mut(source.index()) else { continue };
                let sum = std::mem::take(sum);
                if source == target {
                    continue;
                }
                let share = Ratio::new(sum, total).ok_or(Overflow)?;
                if share >= least {
                    all.push(Covered { source, target, share });
                }
            }
        }
        Ok(all)
    }

    /// Whether a statement counts.
    fn counts(&self, statement: &Statement, counting: Counting) -> bool {
        let Some(wanted) = counting.dimension else { return true };
        let model = self.model();
        let standard = model.standards.get(statement.standard.index());
        let framework = standard.and_then(|of| of.under).and_then(|id| model.frameworks.get(id.index()));
        let own = framework.and_then(|of| of.dimensions.get(statement.dimension as usize));
        own.is_some_and(|own| own.canonical.contains(&wanted))
    }

    /// What makes all weights whole.
    fn scale(&self, counting: Counting) -> Result<i64, Overflow> {
        if !counting.by_weight {
            return Ok(1);
        }
        let denominators = self.model().statements.iter().map(|of| of.weight.denominator());
        denominators.into_iter().try_fold(1i64, |scale, of| {
            let (mut a, mut b) = (scale, of);
            while b != 0 {
                (a, b) = (b, a % b);
            }
            (scale / a.max(1)).checked_mul(of).ok_or(Overflow)
        })
    }
}

fn scaled(weight: Ratio, scale: i64) -> Result<i64, Overflow> {
    weight.checked_mul(Ratio::from_int(scale))?.to_int().ok_or(Overflow)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::source::Sources;

    fn pairs(counting: Counting, least: Ratio) -> Vec<(String, String, String)> {
        let mut sources = Sources::new();
        sources.add(
            "a.qf",
            "package a.b version 2026.1
            framework ladder { dimension know maps to knowledge; dimension hand maps to skill; levels 1 to 3; descriptors unpublished }
            standard rail {
              under ladder
              statement k1 : know level 1 \"a\"
              statement k2 : know level 1 \"b\" { same as rail.k3 }
              statement k3 : know level 1 \"c\"
              statement h1 : hand level 1 \"d\" weight 2
            }
            kind unit
            outcome a : unit { statements rail.k1, rail.k2 }
            outcome b : unit { statements rail.k1, rail.k3, rail.h1 }
            outcome c : unit { statements rail.h1 }
            outcome d : unit",
        );
        let compiled = crate::compile::compile(sources);
        assert!(compiled.problems.is_empty(), "{:?}", compiled.problems);
        let graph = compiled.graph.as_ref().unwrap();
        let name = |id: OutcomeId| graph.model().outcomes[id.index()].name.to_string();
        let all = graph.coverage(least, counting).unwrap();
        all.iter().map(|it| (name(it.source), name(it.target), it.share.to_string())).collect()
    }

    fn shown(found: &[(String, String, String)]) -> String {
        found.iter().map(|(a, b, share)| format!("{a}→{b} {share}")).collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn pairs_that_share_are_counted_and_no_others() {
        let all = Counting::default();
        assert_eq!(shown(&pairs(all, Ratio::ZERO)), "b→a 1, a→b 2/3, c→b 1/3, b→c 1");
        assert_eq!(shown(&pairs(all, Ratio::new(1, 2).unwrap())), "b→a 1, a→b 2/3, b→c 1");
        let weighed = Counting { by_weight: true, ..all };
        assert_eq!(shown(&pairs(weighed, Ratio::ZERO)), "b→a 1, a→b 0.5, c→b 0.5, b→c 1");
        let skill = Counting { dimension: Some(Canonical::Skill), ..all };
        assert_eq!(shown(&pairs(skill, Ratio::ZERO)), "c→b 1, b→c 1");
    }
}

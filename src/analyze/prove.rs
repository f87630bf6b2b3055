//! All analyses of a package, and what each came to.

use crate::diagnostic::{Code, Problem, Said};
use crate::graph::ConversionGraph;
use crate::model::RuleId;
use crate::source::Span;

use super::days::Days;
use super::gap::{Gaps, gaps};
use super::never::{Nevers, never};
use super::overlap::{Overlap, overlap};
use super::proof::Proved;
use super::stricter::{self, Amendments, amendments};
use super::{Reason, Witness, said};

/// What is analysed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Analysis {
    /// Rules that never apply.
    Never,
    /// Rules that answer one learner differently.
    Overlap,
    /// Learners whom a promise leaves without an answer.
    Gap,
    /// Learners whom a member favours over its frame.
    Stricter,
}

impl Analysis {
    /// All, in the order in which they are told.
    pub const ALL: [Analysis; 4] = [Analysis::Never, Analysis::Overlap, Analysis::Gap, Analysis::Stricter];

    /// Its stable name.
    pub const fn id(self) -> &'static str {
        match self {
            Analysis::Never => "never",
            Analysis::Overlap => "overlap",
            Analysis::Gap => "gap",
            Analysis::Stricter => "stricter",
        }
    }
}

/// What an analysis came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// Refuted, by a learner or by lines that exclude each other.
    Refuted,
    /// Not analysed in part, and nothing refuted.
    NotAnalysed,
    /// Proved.
    Proved,
}

/// What was proved of a package.
#[derive(Clone, Debug)]
pub struct Report {
    /// For which days.
    pub days: Days,
    /// Rules that never apply, where that was asked.
    pub nevers: Option<Nevers>,
    /// Rules that contradict each other, where that was asked.
    pub overlap: Option<Overlap>,
    /// Learners without an answer, where that was asked.
    pub gaps: Option<Gaps>,
    /// Amendments beside what they amend, where that was asked.
    pub amendments: Option<Amendments>,
}

/// Runs the analyses that are asked for.
pub fn prove(graph: &ConversionGraph, days: Days, only: &[Analysis], proofs: bool) -> Report {
    let wanted = |analysis: Analysis| only.is_empty() || only.contains(&analysis);
    Report {
        days,
        // A rule that is no longer in force applied to someone once.
        nevers: wanted(Analysis::Never).then(|| never(graph, Days::All, proofs)),
        overlap: wanted(Analysis::Overlap).then(|| overlap(graph, days, proofs)),
        gaps: wanted(Analysis::Gap).then(|| gaps(graph, days, proofs)),
        // A member binds itself for as long as its frame stands.
        amendments: wanted(Analysis::Stricter).then(|| amendments(graph)),
    }
}

impl Report {
    /// What each analysis came to, where it was asked.
    pub fn outcome(&self, analysis: Analysis) -> Option<Outcome> {
        let (refuted, open) = match analysis {
            Analysis::Never => {
                let found = self.nevers.as_ref()?;
                (!found.never.is_empty(), !found.unsettled.is_empty())
            }
            Analysis::Overlap => {
                let found = self.overlap.as_ref()?;
                (!found.conflicts.is_empty(), !found.unsettled.is_empty())
            }
            Analysis::Gap => {
                let found = self.gaps.as_ref()?;
                (!found.gaps.is_empty(), !found.unsettled.is_empty() || !found.unsettled_tables.is_empty())
            }
            Analysis::Stricter => {
                let found = self.amendments.as_ref()?;
                (!found.favoured.is_empty(), !found.unsettled.is_empty())
            }
        };
        Some(match (refuted, open) {
            (true, _) => Outcome::Refuted,
            (false, true) => Outcome::NotAnalysed,
            (false, false) => Outcome::Proved,
        })
    }

    /// Whether all that was asked is proved.
    pub fn is_proved(&self) -> bool {
        Analysis::ALL
            .iter()
            .filter_map(|analysis| self.outcome(*analysis))
            .all(|found| found == Outcome::Proved)
    }

    /// The proofs of an analysis.
    pub fn proofs(&self, analysis: Analysis) -> &[Proved] {
        match analysis {
            Analysis::Never => self.nevers.as_ref().map_or(&[], |found| &found.proofs),
            Analysis::Overlap => self.overlap.as_ref().map_or(&[], |found| &found.proofs),
            Analysis::Gap => self.gaps.as_ref().map_or(&[], |found| &found.proofs),
            // What is compared is two rules of which no text has the one.
            Analysis::Stricter => &[],
        }
    }

    /// The learners of the refutations of an analysis.
    pub fn witnesses(&self, analysis: Analysis) -> Vec<&Witness> {
        match analysis {
            Analysis::Never => Vec::new(),
            Analysis::Overlap => {
                let found = self.overlap.iter().flat_map(|found| &found.conflicts);
                found.map(|conflict| &conflict.witness).collect()
            }
            Analysis::Gap => self.gaps.iter().flat_map(|found| &found.gaps).map(|gap| &gap.witness).collect(),
            Analysis::Stricter => {
                let found = self.amendments.iter().flat_map(|found| &found.favoured);
                found.map(|favoured| &favoured.witness).collect()
            }
        }
    }

    /// What was refuted and what was not analysed, as problems at their places.
    pub fn problems(&self, graph: &ConversionGraph) -> Vec<Problem> {
        let model = graph.model();
        let mut problems = Vec::new();
        let name = |rule: RuleId| {
            let rule = model.rules.get(rule.index());
            Said::Name(rule.map_or_else(|| "".into(), |rule| rule.name.clone()))
        };
        let place = |rule: RuleId| model.rules.get(rule.index()).map_or(Span::default(), |rule| rule.span);
        if let Some(found) = &self.nevers {
            problems.extend(found.never.iter().filter_map(|found| said::never(graph, found)));
            for (rule, reason) in &found.unsettled {
                problems.push(open(Analysis::Never, vec![name(*rule)], *reason, place(*rule)));
            }
        }
        if let Some(found) = &self.overlap {
            problems.extend(found.conflicts.iter().filter_map(|found| said::conflict(graph, found)));
            for (one, other, reason) in &found.unsettled {
                let at = place(*one).max(place(*other));
                problems.push(open(Analysis::Overlap, vec![name(*one), name(*other)], *reason, at));
            }
        }
        if let Some(found) = &self.gaps {
            problems.extend(found.gaps.iter().filter_map(|gap| said::gap(graph, gap)));
            for (scheme, span, reason) in &found.unsettled {
                let scheme = model.schemes.get(scheme.index());
                let name = Said::Name(scheme.map_or_else(|| "".into(), |scheme| scheme.name.clone()));
                problems.push(open(Analysis::Gap, vec![name], *reason, *span));
            }
            for (rule, reason) in &found.unsettled_tables {
                problems.push(open(Analysis::Gap, vec![name(*rule)], *reason, place(*rule)));
            }
        }
        if let Some(found) = &self.amendments {
            problems.extend(stricter::problems(graph, found));
        }
        problems
    }
}

/// What was neither proved nor refuted.
fn open(analysis: Analysis, of: Vec<Said>, reason: Reason, at: Span) -> Problem {
    let what = match analysis {
        Analysis::Never => Said::Noun { english: "whether it ever applies", chinese: "能否适用" },
        Analysis::Overlap => {
            Said::Noun { english: "whether they contradict each other", chinese: "是否冲突" }
        }
        Analysis::Gap => {
            Said::Noun { english: "whether everyone is answered", chinese: "是否人人有结论" }
        }
        Analysis::Stricter => {
            Said::Noun { english: "whether the member is stricter", chinese: "修订是否更严" }
        }
    };
    Problem::new(Code::ProofNotAnalysed, at)
        .say("rules", Said::List(of))
        .say("question", what)
        .say("reason", reason.said())
}

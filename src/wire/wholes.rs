//! A whole record as its document shows it.

use crate::answer::whole::{self, Bucket, Idle, Requires};
use crate::model::{Bound, Citation, Counted, Figure, Limit, Scope, Surplus};

use super::amounts;
use super::decision::{Named, Titles, Value};
use super::document::{Writer, reason, verdict};
use super::values;
use super::whole::{Base, CountsIn, Cut, LimitUse, Optimal, Requirement, Study, Unused, Whole};

impl Writer<'_> {
    /// The whole, where one was asked about.
    pub(super) fn whole(&self) -> Option<Whole> {
        let whole = self.decision.whole.as_ref()?;
        let programme = self.model.programmes.get(whole.programme.index())?;
        let limits = whole.limits.iter().filter_map(|of| self.limit_use(of)).collect();
        let requirements = whole.requirements.iter().filter_map(|of| self.required(of)).collect();
        let unused = whole.unused.iter().map(|(held, why)| Unused {
            achievement: self.achievement(*held),
            reason: match why {
                Idle::NotNeeded => "not_needed".to_owned(),
                Idle::NotPassed => "not_passed".to_owned(),
                Idle::Verdict(_, Some(why)) => reason(crate::answer::Why::Refused(*why)).to_owned(),
                Idle::Verdict(of, None) => verdict(*of).to_owned(),
            },
        });
        let required = !whole.requirements.is_empty();
        Some(Whole {
            programme: Some(Named {
                id: programme.name.to_string(),
                title: values::titles(&programme.titles),
            }),
            unit: Some(amounts::unit(self.model, whole.unit)),
            fulfilled: required.then_some(whole.fulfilled),
            awarded: whole.awarded.to_string(),
            counted: whole.counted.to_string(),
            study: whole
                .study
                .iter()
                .map(|of| Study {
                    achievement: self.achievement(of.held),
                    amount: of.amount.to_string(),
                    counted: of.counts.counted.to_string(),
                    counts_in: self.counts_in(&of.counts),
                })
                .collect(),
            limits,
            requirements,
            unused: unused.collect(),
            optimal: Optimal {
                proved: whole.proved,
                objective: if required { "least_credit_left" } else { "most_credit_counted" }.to_owned(),
                value: whole.value.to_string(),
                bound: whole.bound.to_string(),
            },
        })
    }

    /// What limits cut, in the order of the grants.
    pub(super) fn cuts(&self) -> Vec<Cut> {
        let Some(whole) = &self.decision.whole else { return Vec::new() };
        let mut cuts = Vec::new();
        for (nth, cut) in (1..).zip(&whole.cuts) {
            let by: Vec<(&whole::LimitUse, &Limit)> = cut
                .limits
                .iter()
                .filter_map(|at| whole.limits.get(*at as usize))
                .filter_map(|of| Some((of, self.model.limits.get(of.limit as usize)?)))
                .collect();
            let mut limits: Vec<String> = by.iter().map(|(_, limit)| self.line_id(limit)).collect();
            limits.dedup();
            let surplus = match by.iter().find_map(|(_, limit)| limit.surplus) {
                Some(Surplus::Kept(_)) => "kept",
                _ => "lost",
            };
            cuts.push(Cut {
                cut_id: format!("x{nth}"),
                grant_id: cut.grant.and_then(|grant| self.grant_ids.get(grant as usize).cloned()),
                achievements: cut.achievements.iter().map(|held| self.held_id(*held)).collect(),
                amount: cut.amount.to_string(),
                unit: Some(amounts::unit(self.model, whole.unit)),
                limits,
                firm: !by.iter().any(|(_, limit)| limit.in_principle),
                surplus: surplus.to_owned(),
            });
        }
        cuts
    }

    /// What of a grant counts, and where, where a whole is asked about.
    pub(super) fn counted(&self, grant: usize) -> (Option<String>, Vec<CountsIn>) {
        let whole = self.decision.whole.as_ref();
        let counts = whole
            .and_then(|whole| whole.grants.iter().find(|of| of.grant.is_some_and(|of| of as usize == grant)));
        match counts {
            Some(counts) => (Some(counts.counted.to_string()), self.counts_in(counts)),
            None => (None, Vec::new()),
        }
    }

    fn counts_in(&self, counts: &whole::Counts) -> Vec<CountsIn> {
        let places = counts.places.iter().map(|(block, amount)| {
            let block = self.model.blocks.get(block.index());
            let block =
                block.map(|block| Named { id: block.name.to_string(), title: values::titles(&block.titles) });
            CountsIn { block: block.unwrap_or_default(), amount: amount.to_string() }
        });
        places.collect()
    }

    fn limit_use(&self, of: &whole::LimitUse) -> Option<LimitUse> {
        let limit = self.model.limits.get(of.limit as usize)?;
        let (before, now) = (of.before, of.now);
        Some(LimitUse {
            id: self.line_id(limit),
            title: values::titles(&limit.titles),
            measure: measure(limit.measure).to_owned(),
            per: of.bucket.iter().map(|bucket| self.bucket(bucket)).collect(),
            ceiling: of.ceiling.to_string(),
            base: of.base.and_then(|amount| base(&limit.bound, amount)),
            used_before: before.to_string(),
            used_now: now.to_string(),
            binding: before.checked_add(now).is_ok_and(|used| used >= of.ceiling),
            citations: self.cited_by(&limit.cites),
        })
    }

    fn required(&self, of: &whole::Required) -> Option<Requirement> {
        let (id, title, measured, cites): (String, Titles, Counted, &[Citation]) = match of.of {
            Requires::Block(block) => {
                let unit = self.decision.whole.as_ref()?.unit;
                let block = self.model.blocks.get(block.index())?;
                (block.name.to_string(), values::titles(&block.titles), Counted::Credits(unit), &block.cites)
            }
            Requires::Named(at) => {
                let requirement = self.model.requirements.get(at as usize)?;
                let title = values::titles(&requirement.titles);
                (self.line_id(requirement), title, requirement.measure, &requirement.cites)
            }
        };
        Some(Requirement {
            id,
            title,
            measure: measure(measured).to_owned(),
            required: of.required.to_string(),
            met: of.met.to_string(),
            short: of.short.to_string(),
            citations: self.cited_by(cites),
        })
    }

    /// The id of a limit or a requirement: its scope's, and its name.
    fn line_id(&self, line: &Limit) -> String {
        let scope = match line.scope {
            Scope::Rule(rule) => self.rule_id(rule),
            Scope::Scheme(scheme) => {
                self.model.schemes.get(scheme.index()).map(|of| of.name.to_string()).unwrap_or_default()
            }
            Scope::Block(block) => {
                self.model.blocks.get(block.index()).map(|of| of.name.to_string()).unwrap_or_default()
            }
        };
        if line.name.is_empty() { scope } else { format!("{scope}.{}", line.name) }
    }

    fn bucket(&self, bucket: &Bucket) -> Value {
        match bucket {
            Bucket::Achievement(held) => {
                let of = self.achievement(*held);
                Value { value: of.id, title: of.title }
            }
            Bucket::Outcome(outcome) => self.outcome_value(*outcome),
            Bucket::Rule(rule) => Value { value: self.rule_id(*rule), title: Titles::default() },
            Bucket::Value(_, value_type, value) => {
                values::value(self.model, self.symbols(), *value_type, *value)
            }
            Bucket::Period(day) => Value { value: day.to_string(), title: Titles::default() },
            Bucket::Unknown => Value { value: "unknown".to_owned(), title: Titles::default() },
        }
    }

    /// Ids of citations, of what the decision cites.
    fn cited_by(&self, cites: &[Citation]) -> Vec<String> {
        let at = |cite: &Citation| {
            let same = |of: &Citation| of.document == cite.document && of.clause == cite.clause;
            self.decision.citations.iter().position(same).map(|at| format!("t{}", at + 1))
        };
        cites.iter().filter_map(at).collect()
    }
}

fn measure(of: Counted) -> &'static str {
    match of {
        Counted::Credits(_) => "credits",
        Counted::Hours { .. } => "hours",
        Counted::Courses => "courses",
        Counted::Sources => "sources",
        Counted::Distinct(_) => "distinct",
        Counted::Span => "span",
        Counted::Mean => "average",
    }
}

/// What a share is of, of the first share that a bound names.
fn base(bound: &Bound, amount: crate::quantity::Ratio) -> Option<Base> {
    match bound {
        Bound::Share { share: Some(share), base, .. } => {
            let of = match base.figure {
                Figure::Planned => "planned",
                Figure::Required => "required",
                Figure::Counted => "counted",
            };
            Some(Base { of: of.to_owned(), share: share.to_string(), amount: amount.to_string() })
        }
        Bound::Either { of, .. } => of.iter().find_map(|part| base(part, amount)),
        _ => None,
    }
}

//! How long spells last, counted day by day.

use std::collections::BTreeSet;

use super::condition::{Out, Question, Reason, View, Who, World};
use super::model::{Cond, Lasting, Slot, Take};
use super::value::Truth;

/// The days that surely count, those that may (nothing where there is no end of them), and what is asked.
struct Counted {
    least: i64,
    most: Option<i64>,
    questions: Vec<Question>,
}

impl World<'_> {
    pub fn lasting(&self, test: &Lasting) -> Out {
        let parts = self.counted(test).into_iter().zip(&test.parts).map(|(counted, part)| {
            let wanted = part.days();
            let compares = |days: i64| match part.relation.as_str() {
                "at_least" => days >= wanted,
                "over" => days > wanted,
                "at_most" => days <= wanted,
                _ => days < wanted,
            };
            // However many days there may be, the most of all stands for them.
            let ends = [compares(counted.least), compares(counted.most.unwrap_or(i64::MAX))];
            let truth = match ends {
                [true, true] => Truth::T,
                [false, false] => Truth::F,
                _ => Truth::U,
            };
            Out::of(truth, counted.questions, Reason::ConditionNotMet)
        });
        let mut out = Out::all(parts.collect());
        if out.truth == Truth::U && self.request.partial {
            out.questions.push(("record".into(), "outcome".into()));
        }
        // Denied or not, what is false is a condition not met.
        if test.negated { out.not() } else { out }
    }

    /// Days on which the answer may turn: so many as are lacking from the day asked, and from each later day that a spell names.
    pub fn turning(&self, test: &Lasting) -> Vec<i64> {
        let slot = Slot { items: test.of.clone(), take: Take::One, bound: None };
        let mut bases = vec![self.as_of];
        for at in (0..self.request.held.len()).filter(|at| !self.request.held[*at].withdrawn) {
            if self.meant(&slot, at).truth != Truth::F {
                for fact in ["started", "ended"] {
                    let (first, last) = self.state(Who::Held(at), fact).ends();
                    let whole = |end: super::value::Q| i64::try_from(end.to_integer()).unwrap();
                    bases.extend(first.into_iter().chain(last).map(whole).filter(|day| *day > self.as_of));
                }
            }
        }
        let mut all = Vec::new();
        for base in bases {
            let then = World { as_of: base, ..*self };
            for (counted, part) in then.counted(test).into_iter().zip(&test.parts) {
                all.extend(
                    [Some(counted.least), counted.most]
                        .into_iter()
                        .flatten()
                        .map(|days| base + part.days() - days),
                );
            }
        }
        all
    }

    fn counted(&self, test: &Lasting) -> Vec<Counted> {
        let slot = Slot { items: test.of.clone(), take: Take::One, bound: None };
        let held = (0..self.request.held.len()).filter(|at| !self.request.held[*at].withdrawn);
        let mut spells: Vec<(usize, Out)> = held.map(|at| (at, self.meant(&slot, at))).collect();
        let mut all = Vec::new();
        for part in &test.parts {
            let only = part.only.clone().unwrap_or(Cond::All(Vec::new()));
            spells = spells
                .into_iter()
                .map(|(at, before)| {
                    let view = View { itself: Some(Who::Held(at)), ..View::default() };
                    let passes = self.cond(&only, &view);
                    // What is asked of the part before is asked of this one too.
                    let questions: Vec<Question> =
                        before.questions.iter().chain(&passes.questions).cloned().collect();
                    (at, Out { questions, ..Out::all(vec![before, passes]) })
                })
                .filter(|(_, out)| out.truth != Truth::F)
                .collect();
            all.push(self.count(&spells));
        }
        all
    }

    fn count(&self, spells: &[(usize, Out)]) -> Counted {
        let (mut sure, mut may, mut endless) = (BTreeSet::new(), BTreeSet::new(), self.request.partial);
        let mut questions = Vec::new();
        for (at, out) in spells {
            let held = self.held(*at);
            questions.extend(out.questions.iter().cloned());
            let started = self.state(Who::Held(*at), "started");
            let declared = self.model.kinds[&held.kind].facts.iter().any(|fact| fact.name == "ended");
            let stated = held.facts.iter().any(|(fact, _)| fact == "ended");
            let runs = !declared && !stated;
            let ended = self.state(Who::Held(*at), "ended");
            if started.value().is_none() {
                questions.push((held.id.clone(), "started".into()));
            }
            if !runs && ended.value().is_none() {
                questions.push((held.id.clone(), "ended".into()));
            }
            if started.is_none() {
                continue;
            }
            let whole = |end: Option<super::value::Q>| end.map(|at| i64::try_from(at.to_integer()).unwrap());
            let (first, latest) = (whole(started.ends().0), whole(started.ends().1));
            let (soonest, furthest) = match (runs || ended.is_none(), ended.may_be_none()) {
                (true, _) => (Some(self.as_of), self.as_of),
                (_, true) => (whole(ended.ends().0), self.as_of),
                _ => (whole(ended.ends().0), whole(ended.ends().1).unwrap_or(self.as_of)),
            };
            let (soonest, furthest) = (soonest.map(|day| day.min(self.as_of)), furthest.min(self.as_of));
            if let (Some(latest), Some(soonest)) = (latest, soonest)
                && out.truth == Truth::T
                && !started.may_be_none()
            {
                sure.extend(latest..=soonest);
            }
            match first {
                Some(first) => may.extend(first..=furthest),
                None => endless = true,
            }
        }
        let long = |days: &BTreeSet<i64>| i64::try_from(days.len()).unwrap();
        Counted { least: long(&sure), most: (!endless).then(|| long(&may)), questions }
    }
}

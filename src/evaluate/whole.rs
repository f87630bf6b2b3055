//! What is asked and what is given of all that a claim uses together, where its slots take several.

use std::cell::Cell;

use crate::model::{Cond, Reason};
use crate::space::Truth;

use super::building::Building;
use super::choose::{Choosing, Members};
use super::condition::{About, Open, Sink, ask_whole, truth};
use super::no_answer::NoAnswer;
use super::value::{Value, ask_measured, value, value_between};
use super::{Goal, Trace};

impl Building<'_, '_> {
    /// The choices that the slots leave.
    pub(super) fn choosing<'c>(&'c self, pooled: &'c [usize], totals: &'c [&'c Cond]) -> Choosing<'c, 'c> {
        Choosing {
            reader: self.case.reader,
            rule: self.rule,
            id: self.way.rule,
            bundle: self.bundle,
            pooled,
            goal: self.goal,
            totals,
            trials: Cell::new(0),
        }
    }

    /// Whether some choice of members passes the tests on the whole.
    pub(super) fn test_choices<T: Trace>(
        &self,
        choosing: &Choosing<'_, '_>,
        about: About<'_>,
        members_open: &[Open],
        sink: &mut Sink<'_, T>,
    ) -> Result<Truth, NoAnswer> {
        let (sure, possible) = (about.sure.to_vec(), about.possible.to_vec());
        let usable = choosing.usable(&sure, &possible)?;
        // Shown is what the tests come to for what is used in the end; where nothing will do, for all there is.
        let shown = if usable.is_true() { choosing.best(&sure)?.least } else { sure };
        let about = About { sure: &shown, possible: if usable.is_true() { &[] } else { &possible }, ..about };
        let (open, failed) = (sink.open.len(), sink.failed.len());
        for test in choosing.totals {
            truth(&self.case.reader, about, test, sink)?;
        }
        sink.open.truncate(open);
        sink.failed.truncate(failed);
        match usable {
            Truth::True => {}
            Truth::False => sink.failed.push(Reason::ConditionNotMet),
            Truth::Unknown => {
                for test in choosing.totals {
                    ask_whole(&self.case.reader, about, test, sink)?;
                }
                members_open.iter().for_each(|open| sink.ask(open.clone()));
            }
        }
        Ok(usable)
    }

    /// What the rule gives for the sure members, and which of them are used.
    pub(super) fn give<T: Trace>(
        &self,
        choosing: &Choosing<'_, '_>,
        sure: Members,
        sink: &mut Sink<'_, T>,
    ) -> Result<(Value, Members), NoAnswer> {
        if choosing.pooled.is_empty() {
            let given = value(&self.case.reader, self.about(&sure), self.rule, self.goal, sink)?;
            return Ok((given, sure));
        }
        let best = choosing.best(&sure)?;
        let most = best.most.as_ref().unwrap_or(&best.least);
        let (low, high) = (choosing.award(&best.least)?.least, choosing.award(most)?.most);
        if high == Some(low) {
            let chosen = choosing.earliest(&sure, best.least)?;
            let given = value(&self.case.reader, self.about(&chosen), self.rule, self.goal, sink)?;
            return Ok((given, chosen));
        }
        let between = (self.about(&best.least), self.about(most));
        let given = value_between(&self.case.reader, between, self.rule, self.goal, sink)?;
        // Whoever is left out now may be the one that counts.
        ask_measured(&self.case.reader, self.about(&sure), self.rule, self.goal, sink)?;
        Ok((given, best.least))
    }

    fn about<'m>(&self, sure: &'m Members) -> About<'m> {
        let target = if let Goal::Outcome(outcome) = self.goal { Some(outcome) } else { None };
        About { sure, possible: &[], target, itself: None }
    }
}

//! What was begun after the achievement at hand.

use super::condition::{Out, Reason, View, Who, World};
use super::model::Subject;
use super::value::Truth;

impl<'a> World<'a> {
    /// The achievements that a condition calls "this".
    pub fn these(&self, of: &Subject, view: &View<'a>) -> Vec<Who<'a>> {
        match of.of.as_str() {
            "source" => view.used.get(of.slot).into_iter().flatten().map(|at| Who::Held(*at)).collect(),
            _ => view.itself.into_iter().collect(),
        }
    }

    /// Whether an achievement that is meant began after the day of each of these; it never began after itself.
    pub fn began_later(&self, at: usize, these: &[Who<'_>], meant: Out) -> Out {
        let mut parts = vec![meant];
        for this in these {
            let Who::Held(this) = *this else { return Out::truth(Truth::F) };
            if this == at {
                return Out::truth(Truth::F);
            }
            let declared = |fact: &str| {
                let kind = &self.model.kinds[&self.held(this).kind];
                kind.facts.iter().any(|of| of.name == fact)
            };
            let stated = |fact: &str| self.held(this).facts.iter().any(|(name, _)| name == fact);
            let says = |fact: &str| declared(fact) || stated(fact);
            let day = if !says("completed") && says("awarded") { "awarded" } else { "completed" };
            let (began, done) = (self.state(Who::Held(at), "started"), self.state(Who::Held(this), day));
            let ((soonest, latest), (first, last)) = (began.ends(), done.ends());
            let none = began.is_none() || done.is_none();
            let may_be_none = began.may_be_none() || done.may_be_none();
            // Open ends reach as far as days do.
            let surely = soonest.is_some_and(|soonest| last.is_some_and(|last| soonest > last));
            let perhaps = latest.is_none_or(|latest| first.is_none_or(|first| latest > first));
            let truth = match (surely && !may_be_none, perhaps && !none) {
                (true, _) => Truth::T,
                (_, true) => Truth::U,
                _ => Truth::F,
            };
            let mut asked = Vec::new();
            if began.value().is_none() {
                asked.push((self.held(at).id.clone(), "started".into()));
            }
            if done.value().is_none() {
                asked.push((self.held(this).id.clone(), day.into()));
            }
            parts.push(Out::of(truth, asked, Reason::ConditionNotMet));
        }
        if these.is_empty() { Out::truth(Truth::F) } else { Out::all(parts) }
    }
}

//! Which achievements go together where a fact binds them.

use super::condition::{Out, Reason, Who, World};
use super::model::{Slot, Take};
use super::value::{Set, Truth, V};

impl World<'_> {
    /// Whether a slot may have an achievement as far as the fact is concerned that binds it: one without a value never; in a number
    /// of different values only one whose value is known does so surely.
    pub fn has_value(&self, slot: &Slot, at: usize) -> Out {
        let Some((fact, _)) = &slot.bound else { return Out::truth(Truth::T) };
        let state = self.state(Who::Held(at), fact);
        match state.value() {
            Some(value) if *value == V::None => Out::truth(Truth::F),
            None if slot.take != Take::One => {
                let asked = vec![(self.held(at).id.clone(), fact.clone())];
                Out::of(Truth::U, asked, Reason::ConditionNotMet)
            }
            _ => Out::truth(Truth::T),
        }
    }

    /// Whether two achievements are one where so many different ones are asked.
    pub fn repeats_in(&self, slot: &Slot, one: usize, other: usize) -> bool {
        let Some((fact, true)) = &slot.bound else { return self.repeats(one, other) };
        let value = |at: usize| self.state(Who::Held(at), fact).value().cloned();
        value(one).is_some() && value(one) == value(other)
    }

    /// Whether the single achievements of a bundle go together, each with each.
    pub fn together(&self, bundle: &[Slot], used: &[Vec<usize>]) -> Out {
        let singles = || bundle.iter().zip(used).filter(|(slot, _)| slot.take == Take::One);
        let Some((fact, distinct)) = singles().find_map(|(slot, _)| slot.bound.clone()) else {
            return Out::truth(Truth::T);
        };
        let all: Vec<usize> = singles().flat_map(|(_, used)| used).copied().collect();
        let mut truth = Truth::T;
        for (place, one) in all.iter().enumerate() {
            for other in &all[..place] {
                let (one, other) = (self.state(Who::Held(*one), &fact), self.state(Who::Held(*other), &fact));
                let none = one.may_be_none() || other.may_be_none();
                let mut same = match (one.value(), other.value()) {
                    (Some(one), Some(other)) => {
                        if one == other {
                            Truth::T
                        } else {
                            Truth::F
                        }
                    }
                    (Some(one), None) => other.test(&Set::one(one.clone())),
                    (None, Some(other)) => one.test(&Set::one(other.clone())),
                    (None, None) => Truth::U,
                };
                if distinct {
                    same = match same {
                        Truth::T => Truth::F,
                        Truth::F => Truth::T,
                        Truth::U => Truth::U,
                    };
                }
                if none && same == Truth::T {
                    same = Truth::U;
                }
                truth = truth.min(same);
            }
        }
        let open = all.iter().filter(|at| self.state(Who::Held(**at), &fact).value().is_none());
        let asked = open.map(|at| (self.held(*at).id.clone(), fact.clone())).collect();
        Out::of(truth, asked, Reason::ConditionNotMet)
    }
}

//! Conditions over complete records: formulas of single tests, and the boxes they are unions of.
//!
//! A record is complete here, so every test is true or false, and "not" is plain. What cannot be told by single tests is *open*: it
//! may be true or false whatever else holds, so that a proof never leans on it and a refutation that needs it says so.

use std::collections::BTreeMap;

use crate::space::Set;

use super::Reason;
use super::joint::{Joint, Passes, passes};
use super::scene::{Dim, Known};

/// So many boxes of one formula are followed.
pub(super) const MOST_BOXES: usize = 4096;

/// A formula.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Form {
    /// All hold.
    All(Vec<Form>),
    /// One holds.
    Any(Vec<Form>),
    /// A fact lies in a set.
    In(Dim, Set),
    /// Several facts stand to each other as said.
    Joint(Joint),
    /// Neither this nor its opposite is ever sure: what it reads is published nowhere.
    Never,
    /// Not told by single tests.
    Open(Reason),
}

impl Form {
    pub(super) const TRUE: Form = Form::All(Vec::new());
    pub(super) const FALSE: Form = Form::Any(Vec::new());

    /// The opposite.
    #[must_use]
    pub(super) fn not(self, facts: &BTreeMap<Dim, Known>) -> Form {
        match self {
            // Cases that share nothing: the first test fails; it holds and the second fails; …
            Form::All(parts) if parts.iter().all(|part| matches!(part, Form::In(..))) => {
                let mut cases = Vec::with_capacity(parts.len());
                for (at, part) in parts.iter().enumerate() {
                    let mut case: Vec<Form> = parts.iter().take(at).cloned().collect();
                    case.push(part.clone().not(facts));
                    cases.push(Form::All(case));
                }
                Form::Any(cases)
            }
            Form::All(parts) => Form::Any(parts.into_iter().map(|part| part.not(facts)).collect()),
            Form::Any(parts) => Form::All(parts.into_iter().map(|part| part.not(facts)).collect()),
            Form::In(dim, set) => match facts.get(&dim) {
                Some(known) => Form::In(dim, known.snap(&known.full.minus(&set))),
                None => Form::Never,
            },
            Form::Joint(joint) => {
                let there = present(&joint, facts);
                Form::All(vec![there, joint.opposite()])
            }
            Form::Never | Form::Open(_) => self,
        }
    }

    /// Several facts that all have values, and stand to each other as said.
    pub(super) fn tied(joints: Vec<Joint>, facts: &BTreeMap<Dim, Known>) -> Form {
        let there = joints.iter().map(|joint| present(joint, facts)).collect::<Vec<_>>();
        Form::All(there.into_iter().chain(joints.into_iter().map(Form::Joint)).collect())
    }

    /// A test of one fact, settled at once where all or none of its values pass.
    pub(super) fn test(dim: Dim, known: &Known, set: &Set) -> Form {
        let allowed = known.snap(set);
        if allowed.is_empty() {
            Form::FALSE
        } else if known.full.is_subset(&allowed) {
            Form::TRUE
        } else {
            Form::In(dim, allowed)
        }
    }
}

/// That the facts which a condition ties have values.
fn present(joint: &Joint, facts: &BTreeMap<Dim, Known>) -> Form {
    let of = |dim: Dim| match facts.get(&dim) {
        Some(known) => Form::In(dim, known.full.minus(&Set::none())),
        None => Form::Never,
    };
    Form::All(joint.dims().into_iter().map(of).collect())
}

/// A box: a set for each fact that is limited, and what else must hold that is not told by tests.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Bounds {
    /// By fact; a fact that is not listed may be anything.
    pub(super) sets: Vec<(Dim, Set)>,
    /// What ties several facts to each other.
    pub(super) joint: Vec<Joint>,
    /// What is open.
    pub(super) open: Vec<Reason>,
}

impl Bounds {
    /// What a fact may be here.
    pub(super) fn get(&self, dim: Dim) -> Option<&Set> {
        let at = self.sets.binary_search_by_key(&dim, |(of, _)| *of).ok()?;
        self.sets.get(at).map(|(_, set)| set)
    }

    /// Limits a fact; false where nothing is left.
    pub(super) fn limit(&mut self, dim: Dim, set: &Set) -> bool {
        match self.sets.binary_search_by_key(&dim, |(of, _)| *of) {
            Ok(at) => {
                let Some((_, ours)) = self.sets.get_mut(at) else { return false };
                *ours = ours.intersect(set);
                !ours.is_empty()
            }
            Err(at) => {
                self.sets.insert(at, (dim, set.clone()));
                !set.is_empty()
            }
        }
    }

    /// What two boxes share.
    pub(super) fn meet(&self, other: &Bounds) -> Option<Bounds> {
        let mut both = self.clone();
        for (dim, set) in &other.sets {
            if !both.limit(*dim, set) {
                return None;
            }
        }
        for joint in &other.joint {
            both.tie(joint);
        }
        other.open.iter().for_each(|reason| both.note(*reason));
        both.stands().then_some(both)
    }

    fn tie(&mut self, joint: &Joint) {
        // One sum twice is one sum in what both stretches share.
        if let Joint::Sum { of, within } = joint {
            let same = self.joint.iter_mut().find_map(|joint| match joint {
                Joint::Sum { of: ours, within } if ours == of => Some(within),
                _ => None,
            });
            if let Some(ours) = same {
                *ours = ours.intersect(within);
                return;
            }
        }
        if !self.joint.contains(joint) {
            self.joint.push(joint.clone());
        }
    }

    fn note(&mut self, reason: Reason) {
        if let Err(at) = self.open.binary_search(&reason) {
            self.open.insert(at, reason);
        }
    }

    /// Whether what ties its facts leaves a value; where there is no telling, that is noted.
    fn stands(&mut self) -> bool {
        match passes(self) {
            Passes::Maybe => true,
            Passes::Never => false,
            Passes::Open(reason) => {
                self.note(reason);
                true
            }
        }
    }
}

/// The boxes whose union a formula is; nothing where there are too many.
pub(super) fn boxes(form: &Form) -> Option<Vec<Bounds>> {
    under(form, vec![Bounds::default()])
}

/// The boxes of a formula within some boxes.
pub(super) fn under(form: &Form, within: Vec<Bounds>) -> Option<Vec<Bounds>> {
    let mut found = told(form, within, false)?;
    found.retain_mut(Bounds::stands);
    Some(found)
}

/// The boxes of a formula, those in which some fact has no value left among them: what there is to show of a formula that never holds.
pub(super) fn cases(form: &Form) -> Option<Vec<Bounds>> {
    told(form, vec![Bounds::default()], true)
}

/// Whether a formula could hold if what is never sure were.
pub(super) fn waits(form: &Form) -> bool {
    fn supposed(form: &Form) -> Form {
        match form {
            Form::All(parts) => Form::All(parts.iter().map(supposed).collect()),
            Form::Any(parts) => Form::Any(parts.iter().map(supposed).collect()),
            Form::Never => Form::TRUE,
            other => other.clone(),
        }
    }
    boxes(&supposed(form)).is_none_or(|boxes| !boxes.is_empty())
}

fn told(form: &Form, within: Vec<Bounds>, keep: bool) -> Option<Vec<Bounds>> {
    let found = match form {
        Form::In(dim, set) => {
            let limited = within
                .into_iter()
                .filter_map(|mut bounds| (bounds.limit(*dim, set) || keep).then_some(bounds));
            limited.collect()
        }
        Form::Never => Vec::new(),
        Form::Open(reason) => {
            let noted = within.into_iter().map(|mut bounds| {
                bounds.note(*reason);
                bounds
            });
            noted.collect()
        }
        Form::Joint(joint) => {
            let tied = within.into_iter().map(|mut bounds| {
                bounds.tie(joint);
                bounds
            });
            tied.collect()
        }
        Form::All(parts) => {
            // Single tests first: they never make more boxes.
            let (single, several): (Vec<&Form>, Vec<&Form>) = parts.iter().partition(|part| {
                matches!(part, Form::In(..) | Form::Joint(_) | Form::Never | Form::Open(_))
            });
            let mut left = within;
            for part in single.into_iter().chain(several) {
                left = told(part, left, keep)?;
            }
            left
        }
        Form::Any(parts) => {
            let mut all = Vec::new();
            for part in parts {
                all.extend(told(part, within.clone(), keep)?);
                if all.len() > MOST_BOXES {
                    return None;
                }
            }
            all
        }
    };
    (found.len() <= MOST_BOXES).then_some(found)
}

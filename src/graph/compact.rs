//! Plain rules made small: one achievement, one bound on one whole number, one window, one amount.
//!
//! Most rules of a large package are of this form. It is read in a few comparisons; whatever does not fit it, is read in full.

use rustc_hash::FxHashSet;

use crate::model::{
    AtomTest, Cond, Credits, FactId, Gives, Holder, Model, Piece, Role, Rule, RuleId, ScaleShape, SchemeId,
    Status, Take, Targets, UnitId, ValueType,
};
use crate::quantity::{Date, Ratio};
use crate::space::{End, Set, Value};

use super::Goal;

/// A plain rule for one goal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Compact {
    pub(crate) rule: RuleId,
    /// The fact that is tested; nothing where none is.
    pub(crate) fact: Option<FactId>,
    /// Its least and greatest allowed value.
    pub(crate) bound: (i64, i64),
    /// The first and last day of the windows that test the day of asking.
    pub(crate) days: (i32, i32),
    /// What it gives.
    pub(crate) amount: Ratio,
    pub(crate) unit: UnitId,
}

/// What the whole package must not contain for a rule to be plain.
pub(super) struct Plainness {
    /// Facts that the catalogue may give, or that an `if` governs: they need the full reading.
    involved: FxHashSet<FactId>,
    overridden: FxHashSet<RuleId>,
    /// Schemes with bars of their own, and whether the whole package has one.
    barred: FxHashSet<SchemeId>,
    all_barred: bool,
    applied: Option<FactId>,
    decided: Option<FactId>,
    expires_declared: bool,
}

impl Plainness {
    pub(super) fn of(
        model: &Model,
        applied: Option<FactId>,
        decided: Option<FactId>,
        expires: Option<FactId>,
    ) -> Plainness {
        let given = model.outcomes.iter().flat_map(|outcome| outcome.given.iter().map(|(fact, _)| *fact));
        let governed = model.kinds.iter().flat_map(|kind| &kind.facts);
        let governed = governed
            .filter(|of| {
                of.only_if.is_some()
                    || of.optional
                    || of.judged.is_some()
                    || of.worked_out.is_some()
                    || of.domains.len() != 1
            })
            .map(|of| of.fact);
        let overridden = model.rules.iter().flat_map(|rule| rule.overrides.iter().copied()).collect();
        let barred = model.bars.iter().filter_map(|bar| bar.scheme).collect();
        let all_barred = model.bars.iter().any(|bar| bar.scheme.is_none());
        let declares = model.kinds.iter().flat_map(|kind| &kind.facts).any(|of| Some(of.fact) == expires);
        let gives =
            model.outcomes.iter().flat_map(|outcome| &outcome.given).any(|(fact, _)| Some(*fact) == expires);
        Plainness {
            involved: given.chain(governed).collect(),
            overridden,
            barred,
            all_barred,
            applied,
            decided,
            expires_declared: declares || gives,
        }
    }

    /// The rule in its small form, if it has one.
    pub(super) fn compact(&self, model: &Model, id: RuleId, rule: &Rule, goal: Goal) -> Option<Compact> {
        let scheme = model.schemes.get(rule.scheme.index())?;
        let verified = rule.status == Status::Verified && scheme.status == Status::Verified;
        let barred = self.all_barred || self.barred.contains(&rule.scheme);
        if !verified
            || barred
            || self.expires_declared
            || !rule.overrides.is_empty()
            || self.overridden.contains(&id)
        {
            return None;
        }
        let [bundle] = rule.sources.as_slice() else { return None };
        let [slot] = bundle.as_slice() else { return None };
        if slot.take != Take::One
            || slot.bind.is_some()
            || slot.items.iter().any(|item| item.bracket.is_some() || !item.except.is_empty())
        {
            return None;
        }
        let (Targets::Each(targets) | Targets::All(targets)) = &rule.targets else { return None };
        let Goal::Outcome(outcome) = goal else { return None };
        if targets.iter().any(|target| target.excluded && target.outcome == outcome) {
            return None;
        }
        let Gives::Credit(amount) = &rule.gives else { return None };
        if amount.in_total
            || amount.rounding.is_some()
            || amount.at_least.is_some()
            || amount.at_most.is_some()
        {
            return None;
        }
        let credits = model.outcomes.get(outcome.index()).map(|outcome| outcome.credits);
        let (number, unit) = match (&amount.piece, amount.unit, credits) {
            (Piece::Constant(number), Some(unit), _) => (*number, unit),
            (Piece::TargetCredits, _, Some(Credits::Amount(number, unit))) => {
                (number, amount.unit.unwrap_or(unit))
            }
            _ => return None,
        };
        if !number.is_positive() {
            return None;
        }
        let mut compact = Compact {
            rule: id,
            fact: None,
            bound: (i64::MIN, i64::MAX),
            days: (i32::MIN, i32::MAX),
            amount: number,
            unit,
        };
        self.guard(model, &rule.guard, &mut compact)?;
        Some(compact)
    }

    fn guard(&self, model: &Model, guard: &Cond, compact: &mut Compact) -> Option<()> {
        match guard {
            Cond::All(parts) => parts.iter().try_for_each(|part| self.guard(model, part, compact)),
            Cond::Any(_) => None,
            Cond::Atom(atom) => {
                let AtomTest::In { subject, value_type, set } = &atom.test else { return None };
                let tested = Some(subject.fact);
                match (subject.of, atom.role) {
                    (Holder::Request, Role::Window) if tested == self.applied || tested == self.decided => {
                        let (least, greatest) = ends(set)?;
                        let day = |end: End, open: i32| match end {
                            End::Closed(Value::Date(date)) => Some(Date::day_number(date)),
                            End::Unbounded => Some(open),
                            _ => None,
                        };
                        compact.days.0 = compact.days.0.max(day(least, i32::MIN)?);
                        compact.days.1 = compact.days.1.min(day(greatest, i32::MAX)?);
                        Some(())
                    }
                    (Holder::Source(0), Role::Condition)
                        if compact.fact.is_none() && !self.involved.contains(&subject.fact) =>
                    {
                        if !is_whole(model, *value_type) {
                            return None;
                        }
                        let (least, greatest) = ends(set)?;
                        let number = |end: End, open: i64| match end {
                            End::Closed(Value::Number(number)) => number.to_int(),
                            End::Unbounded => Some(open),
                            _ => None,
                        };
                        compact.bound = (number(least, i64::MIN)?, number(greatest, i64::MAX)?);
                        compact.fact = Some(subject.fact);
                        Some(())
                    }
                    _ => None,
                }
            }
        }
    }
}

/// Whether values of this type may be whole numbers at all.
fn is_whole(model: &Model, value_type: ValueType) -> bool {
    match value_type {
        ValueType::Number | ValueType::Credits(_) | ValueType::ContactHours | ValueType::NotionalHours => {
            true
        }
        ValueType::Scale(scale) => model
            .scales
            .get(scale.index())
            .is_some_and(|scale| matches!(scale.shape, ScaleShape::Numeric { .. })),
        _ => false,
    }
}

/// The ends of a set that is one stretch.
fn ends(set: &Set) -> Option<(End, End)> {
    let mut intervals = set.intervals();
    let only = intervals.next()?;
    intervals.next().is_none().then_some((only.least, only.greatest))
}

//! Coverage: how much of the target's statements the sources share, and which they do not.
//!
//! A statement is shared by id, or by one that is declared the same. A source or target that states none says nothing of what it
//! teaches: then a judge has to. What is not covered stands in the derivation, dimension by dimension: it is what a learner still
//! has to learn.

use crate::model::{
    Atom, CoverDimension, Covers, FactId, Model, OutcomeId, Statement, StatementId, ValueType,
};
use crate::quantity::{Overflow, Ratio};
use crate::space::{Axis, Set, State, Truth, Value};

use super::condition::{About, Open, Sink, owners, truth};
use super::facts::Reader;
use super::{Owner, Slot, Trace, What};

/// Whether the sources cover as much as the test asks.
pub(super) fn holds<T: Trace>(
    reader: &Reader<'_>,
    about: About<'_>,
    test: &Covers,
    atom: &Atom,
    sink: &mut Sink<'_, T>,
) -> Result<Truth, Overflow> {
    let model = reader.graph.model();
    // An account has no statements to cover.
    let Some(target) = about.target else {
        sink.failed.push(crate::model::Reason::ConditionNotMet);
        return Ok(Truth::False);
    };
    let wanted: Vec<StatementId> = wanted(model, target, test);
    let (mut sure, mut possible): (Vec<StatementId>, Vec<StatementId>) = (Vec::new(), Vec::new());
    let mut silent: Vec<Owner> = Vec::new();
    let mut sources: Vec<(Owner, bool)> =
        owners(about, test.of).into_iter().map(|owner| (owner, true)).collect();
    sources.extend(about.possible.iter().flatten().map(|held| (Owner::Held(*held), false)));
    for (owner, is_sure) in sources {
        let counts = match &test.only {
            Some(only) => truth(reader, About { itself: Some(owner), ..about }, only, sink)?,
            None => Truth::True,
        };
        if counts.is_false() {
            continue;
        }
        let stated = statements(reader, owner);
        if stated.is_empty() {
            silent.push(owner);
        }
        let into = if is_sure && counts.is_true() { &mut sure } else { &mut possible };
        into.extend(stated);
    }
    let total = weigh(model, &wanted, test.by_weight)?;
    let covered = shared(model, &wanted, &sure);
    let least = weigh(model, &covered, test.by_weight)?;
    let unsaid = wanted.is_empty() || !silent.is_empty();
    let most = if unsaid {
        total
    } else {
        possible.extend(&sure);
        weigh(model, &shared(model, &wanted, &possible), test.by_weight)?
    };
    let bound = total.checked_mul(test.share)?;
    let answer = if wanted.is_empty() {
        Truth::Unknown
    } else if least >= bound {
        Truth::True
    } else if most < bound {
        Truth::False
    } else {
        Truth::Unknown
    };
    let answer = if test.negated { answer.not() } else { answer };
    let what = || What::Covers {
        target,
        share: test.share,
        covered: if total.is_zero() { None } else { least.checked_div(total).ok() },
        missing: wanted.iter().copied().filter(|id| !covered.contains(id)).collect(),
        dimension: test.dimension.clone(),
        by_weight: test.by_weight,
        negated: test.negated,
    };
    sink.step(Slot::from(atom.role), what, answer, &atom.lines);
    if answer.is_unknown() && unsaid {
        let fact = reader.graph.built_in().statements.unwrap_or(FactId(u32::MAX));
        let silent = if wanted.is_empty() { vec![Owner::Target(target)] } else { silent };
        for of in silent {
            sink.ask(Open {
                of,
                fact,
                value_type: ValueType::Name,
                known: State::of(Set::everything(Axis::Symbol)).unwrap_or(State::known(Value::None)),
                unpublished: false,
                judgement: true,
            });
        }
    }
    if answer.is_false() {
        sink.failed.push(crate::model::Reason::ConditionNotMet);
    }
    Ok(answer)
}

/// The target's statements that count.
fn wanted(model: &Model, target: OutcomeId, test: &Covers) -> Vec<StatementId> {
    let all = model.outcomes.get(target.index()).map_or(&[][..], |of| &of.statements);
    let counts = |id: &&StatementId| {
        model.statements.get(id.index()).is_some_and(|of| is_in(model, of, test.dimension.as_ref()))
    };
    all.iter().filter(counts).copied().collect()
}

fn is_in(model: &Model, statement: &Statement, dimension: Option<&CoverDimension>) -> bool {
    let under = || model.standards.get(statement.standard.index()).and_then(|standard| standard.under);
    match dimension {
        None => true,
        Some(CoverDimension::Own(framework, at)) => statement.dimension == *at && under() == Some(*framework),
        Some(CoverDimension::Canonical(canonical)) => {
            let framework = under().and_then(|framework| model.frameworks.get(framework.index()));
            let own = framework.and_then(|of| of.dimensions.get(statement.dimension as usize));
            own.is_some_and(|own| own.canonical.contains(canonical))
        }
    }
}

fn statements(reader: &Reader<'_>, owner: Owner) -> Vec<StatementId> {
    let outcome = match owner {
        Owner::Held(held) => reader.held(held).and_then(|held| held.outcome),
        Owner::Target(outcome) => Some(outcome),
        _ => None,
    };
    let of = outcome.and_then(|outcome| reader.graph.model().outcomes.get(outcome.index()));
    of.map_or_else(Vec::new, |of| of.statements.clone())
}

/// Those of the wanted statements that are among others, by id or by one declared the same.
fn shared(model: &Model, wanted: &[StatementId], among: &[StatementId]) -> Vec<StatementId> {
    let mut among = among.to_vec();
    among.sort_unstable();
    let has = |id: &StatementId| among.binary_search(id).is_ok();
    let same = |id: &StatementId| model.statements.get(id.index()).is_some_and(|of| of.same.iter().any(&has));
    wanted.iter().copied().filter(|id| has(id) || same(id)).collect()
}

fn weigh(model: &Model, statements: &[StatementId], by_weight: bool) -> Result<Ratio, Overflow> {
    statements.iter().try_fold(Ratio::ZERO, |sum, id| {
        let weight = model.statements.get(id.index()).map_or(Ratio::ONE, |of| of.weight);
        sum.checked_add(if by_weight { weight } else { Ratio::ONE })
    })
}

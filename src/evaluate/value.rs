//! What a rule gives for a claim: an amount as the image of what is known, an effect, a refusal or a referral.
//!
//! An amount is looked up, measured, rounded and capped over every value its facts may have. It is known when all of them lead to
//! the same number; otherwise the rule waits for the facts.

use crate::model::{
    AmountRule, Answer, CellValue, Conversion, Credits, Effect, FactId, Gives, Holder, Lookup, Measure,
    Piece, Rule, Subject, UnitId,
};
use crate::quantity::{Overflow, Ratio};
use crate::space::Truth;

use super::compare::numbers;
use super::condition::{About, Open, Sink, seen, truth};
use super::facts::{Reader, domain_of};
use super::holes::has_hole;
use super::membership::distinct;
use super::{Amounts, CellSays, Converted, Goal, HeldId, Owner, Range, Slot, Trace, What};

/// What a rule gives, before any verdict.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    /// Credits.
    Credit { amount: Range, raw: Range, unit: Option<UnitId> },
    /// Credits whose number is not published: it converts all the same.
    CreditUnpublished,
    /// An effect without credit.
    Effect(Effect),
    /// A refusal or referral.
    Answer(Answer),
    /// The table says 0: a refusal.
    Zero,
    /// The amount comes to 0: the condition is not met.
    Nothing,
    /// The rule does not apply here.
    NotHere,
    /// The number that decides is not published: nothing is established.
    Unpublished,
    /// It depends on facts that are not known; several of the above are possible.
    Open,
}

/// What a piece of an amount may come to.
#[derive(Clone, Debug, Default)]
struct Image {
    range: Option<Range>,
    says: Vec<CellSays>,
    measured: Option<Range>,
    unpublished_credits: bool,
}

impl Image {
    fn of(range: Range) -> Image {
        Image { range: Some(range), ..Image::default() }
    }

    /// The greater, or the lesser, of two amounts. Where one is not published, or a table gives none, so is the whole.
    fn or_chosen(self, other: Image, greater: bool) -> Image {
        if self.unpublished_credits || !self.says.is_empty() {
            return self;
        }
        if other.unpublished_credits || !other.says.is_empty() {
            return other;
        }
        let range = self.range.zip(other.range).map(|(ours, theirs)| {
            if greater {
                let most = ours.most.zip(theirs.most).map(|(ours, theirs)| ours.max(theirs));
                Range { least: ours.least.max(theirs.least), most }
            } else {
                let most = match (ours.most, theirs.most) {
                    (Some(ours), Some(theirs)) => Some(ours.min(theirs)),
                    (ours, theirs) => ours.or(theirs),
                };
                Range { least: ours.least.min(theirs.least), most }
            }
        });
        Image { range, measured: self.measured.or(other.measured), ..Image::default() }
    }

    /// At its least what this is, at its most what the other is.
    fn up_to(&mut self, most: Image) {
        let between = |least: Option<Range>, most: Option<Range>| match (least, most) {
            (Some(least), Some(most)) => Some(Range { least: least.least, most: most.most }),
            (least, most) => least.or(most),
        };
        self.range = between(self.range, most.range);
        self.measured = between(self.measured, most.measured);
        for says in most.says {
            if !self.says.contains(&says) {
                self.says.push(says);
            }
        }
        self.unpublished_credits |= most.unpublished_credits;
    }

    fn or(&mut self, other: Image) {
        self.range = match (self.range, other.range) {
            (Some(ours), Some(theirs)) => Some(Range {
                least: ours.least.min(theirs.least),
                most: ours.most.zip(theirs.most).map(|(ours, theirs)| ours.max(theirs)),
            }),
            (ours, theirs) => ours.or(theirs),
        };
        for says in other.says {
            if !self.says.contains(&says) {
                self.says.push(says);
            }
        }
        self.measured = self.measured.or(other.measured);
        self.unpublished_credits |= other.unpublished_credits;
    }
}

/// What the rule gives for these achievements and this goal.
pub(crate) fn value<T: Trace>(
    reader: &Reader<'_>,
    about: About<'_>,
    rule: &Rule,
    goal: Goal,
    sink: &mut Sink<'_, T>,
) -> Result<Value, Overflow> {
    value_between(reader, (about, about), rule, goal, sink)
}

/// What the rule gives where one choice of achievements gives it at its least and another one at its most.
pub(crate) fn value_between<T: Trace>(
    reader: &Reader<'_>,
    about: (About<'_>, About<'_>),
    rule: &Rule,
    goal: Goal,
    sink: &mut Sink<'_, T>,
) -> Result<Value, Overflow> {
    match &rule.gives {
        Gives::Effect(effect) => Ok(Value::Effect(effect.clone())),
        Gives::Answer(answer) => Ok(Value::Answer(answer.clone())),
        Gives::Credit(amount) => credit(reader, about, rule, amount, goal, sink),
    }
}

/// Asks for all that an amount measures and that is not known, of these achievements.
pub(crate) fn ask_measured<T: Trace>(
    reader: &Reader<'_>,
    about: About<'_>,
    rule: &Rule,
    goal: Goal,
    sink: &mut Sink<'_, T>,
) -> Result<(), Overflow> {
    if let Gives::Credit(amount) = &rule.gives {
        piece(reader, about, rule, amount, &amount.piece, goal, sink)?;
    }
    Ok(())
}

fn credit<T: Trace>(
    reader: &Reader<'_>,
    (least, most): (About<'_>, About<'_>),
    rule: &Rule,
    amount: &AmountRule,
    goal: Goal,
    sink: &mut Sink<'_, T>,
) -> Result<Value, Overflow> {
    let open = sink.open.len();
    let mut image = piece(reader, least, rule, amount, &amount.piece, goal, sink)?;
    if !std::ptr::eq(least.sure, most.sure) {
        image.up_to(piece(reader, most, rule, amount, &amount.piece, goal, sink)?);
    }
    let unit = unit(reader, amount, goal);
    if let (None, [says]) = (image.range, image.says.as_slice()) {
        sink.open.truncate(open);
        let says = *says;
        sink.step(
            Slot::Give,
            || What::Cell { says },
            Truth::from(says == CellSays::Otherwise),
            &[amount.span],
        );
        return Ok(match says {
            CellSays::Zero => Value::Zero,
            CellSays::NotHere => Value::NotHere,
            CellSays::Unpublished => Value::Unpublished,
            CellSays::Otherwise => match &rule.otherwise {
                Some(answer) => Value::Answer(answer.clone()),
                None => Value::NotHere,
            },
        });
    }
    let Some(raw) = image.range.filter(|_| image.says.is_empty()) else {
        if image.says.is_empty() && image.unpublished_credits {
            sink.open.truncate(open);
            return Ok(Value::CreditUnpublished);
        }
        return Ok(if image.says.is_empty() { Value::NotHere } else { Value::Open });
    };
    if image.unpublished_credits {
        return Ok(Value::Open);
    }
    let converted = match &amount.conversion {
        None => None,
        Some(conversion) => match convert(reader, least, conversion, raw, sink)? {
            Some(converted) => Some(converted),
            None => return Ok(Value::NotHere),
        },
    };
    let before = raw;
    let raw = converted.unwrap_or(raw);
    let least = finish_amount(raw.least, amount)?;
    let most = raw.most.map(|most| finish_amount(most, amount)).transpose()?.or(amount.at_most);
    let result = Range { least, most };
    let measured = image.measured;
    let what = || {
        What::Amount(Box::new(Amounts {
            measured,
            converted: amount.conversion.as_ref().map(|conversion| Converted {
                before,
                from: conversion.from,
                by: conversion.by,
            }),
            raw,
            rounding: amount.rounding,
            at_least: amount.at_least,
            at_most: amount.at_most,
            result,
            unit,
        }))
    };
    let truth = match (result.known(), result.least.is_positive()) {
        (Some(known), _) => Truth::from(known.is_positive()),
        (None, true) => Truth::True,
        (None, false) => Truth::Unknown,
    };
    sink.step(Slot::Give, what, truth, &[amount.span]);
    if let (Some(body), None, true) =
        (amount.conversion.as_ref().and_then(|of| of.refer), result.known(), sink.open.len() == open)
    {
        // What is converted is known; that it lies between two ends is for a body to decide.
        return Ok(Value::Answer(Answer::Refer(body, None, amount.span)));
    }
    match result.known() {
        Some(known) => {
            sink.open.truncate(open);
            Ok(if known.is_positive() { Value::Credit { amount: result, raw, unit } } else { Value::Nothing })
        }
        None if sink
            .open
            .get(open..)
            .is_some_and(|open| !open.is_empty() && open.iter().all(|open| open.unpublished)) =>
        {
            sink.open.truncate(open);
            Ok(Value::Unpublished)
        }
        None => Ok(Value::Credit { amount: result, raw, unit }),
    }
}

/// An amount of one unit as an amount of another: over every way that may hold on the days tested.
fn convert<T: Trace>(
    reader: &Reader<'_>,
    about: About<'_>,
    conversion: &Conversion,
    raw: Range,
    sink: &mut Sink<'_, T>,
) -> Result<Option<Range>, Overflow> {
    let mut image: Option<Range> = None;
    for way in &conversion.ways {
        let nothing = &mut ();
        let mut unseen = Sink::new(nothing, sink.asked);
        let holds = truth(reader, about, &way.guard, &mut unseen)?;
        if holds.is_false() {
            continue;
        }
        unseen.open.into_iter().for_each(|open| sink.ask(open));
        let range = Range {
            least: raw.least.checked_mul(way.least)?,
            most: raw.most.map(|most| most.checked_mul(way.most)).transpose()?,
        };
        image = Some(image.map_or(range, |so_far| Range {
            least: so_far.least.min(range.least),
            most: so_far.most.zip(range.most).map(|(ours, theirs)| ours.max(theirs)),
        }));
    }
    Ok(image)
}

/// Rounds and caps: first the rounding, then `at least`, then `at most`.
pub(crate) fn finish_amount(amount: Ratio, rule: &AmountRule) -> Result<Ratio, Overflow> {
    let rounded = rule.rounding.map_or(Ok(amount), |rounding| rounding.apply(amount))?;
    let raised = rule.at_least.map_or(rounded, |least| rounded.max(least));
    Ok(rule.at_most.map_or(raised, |most| raised.min(most)))
}

/// The unit of an amount: its own, or that of the target's credits.
fn unit(reader: &Reader<'_>, amount: &AmountRule, goal: Goal) -> Option<UnitId> {
    amount.unit.or_else(|| match goal {
        Goal::Outcome(outcome) => match reader.graph.model().outcomes.get(outcome.index())?.credits {
            Credits::Amount(_, unit) => Some(unit),
            Credits::Unpublished | Credits::Unstated => None,
        },
        Goal::Deposit(_) | Goal::Block(_) => None,
    })
}

fn piece<T: Trace>(
    reader: &Reader<'_>,
    about: About<'_>,
    rule: &Rule,
    amount: &AmountRule,
    of: &Piece,
    goal: Goal,
    sink: &mut Sink<'_, T>,
) -> Result<Image, Overflow> {
    Ok(match of {
        Piece::Constant(amount) => Image::of(Range::exactly(*amount)),
        Piece::TargetCredits => target_credits(reader, rule, amount, goal)?,
        Piece::Fact(subject) => {
            let measured = sum(reader, about, *subject, sink)?;
            Image { range: Some(measured), measured: Some(measured), ..Image::default() }
        }
        Piece::Rate { earns, per, measure } => {
            let measured = match measure {
                Measure::Fact(subject) => sum(reader, about, *subject, sink)?,
                Measure::Times => times(reader, about, sink)?,
                Measure::Distinct(fact) => different(reader, about, *fact, sink),
            };
            let rate = |quantity: Ratio| quantity.checked_mul(*earns)?.checked_div(*per);
            let range = Range { least: rate(measured.least)?, most: measured.most.map(rate).transpose()? };
            Image { range: Some(range), measured: Some(measured), ..Image::default() }
        }
        Piece::Whichever { amounts, greater } => {
            let mut chosen: Option<Image> = None;
            for part in amounts {
                let mut image = piece(reader, about, rule, part, &part.piece, goal, sink)?;
                if let Some(range) = image.range {
                    let least = finish_amount(range.least, part)?;
                    let most = range.most.map(|most| finish_amount(most, part)).transpose()?.or(part.at_most);
                    image.range = Some(Range { least, most });
                }
                chosen = Some(match chosen {
                    None => image,
                    Some(so_far) => so_far.or_chosen(image, *greater),
                });
            }
            chosen.unwrap_or_default()
        }
        Piece::Less { base, step, fact, start } => {
            let mut image = piece(reader, about, rule, amount, base, goal, sink)?;
            let counted = sum(reader, about, *fact, sink)?;
            let taken = |value: Ratio| value.checked_sub(*start)?.max(Ratio::ZERO).checked_mul(*step);
            let left = |base: Ratio, taken: Ratio| Ok(base.checked_sub(taken)?.max(Ratio::ZERO));
            if let Some(range) = image.range {
                let least = match counted.most {
                    Some(most) => left(range.least, taken(most)?)?,
                    None => Ratio::ZERO,
                };
                let fewest = taken(counted.least)?;
                let most = range.most.map(|most| left(most, fewest)).transpose()?;
                image.range = Some(Range { least, most });
            }
            image.measured = Some(counted);
            image
        }
        Piece::Table(table) => lookup(reader, about, rule, amount, table, goal, sink)?,
    })
}

/// The credits of the target; of all targets together where one amount covers them.
fn target_credits(
    reader: &Reader<'_>,
    rule: &Rule,
    amount: &AmountRule,
    goal: Goal,
) -> Result<Image, Overflow> {
    let goals = if amount.in_total { crate::graph::goals_of(rule) } else { vec![goal] };
    let mut sum = Ratio::ZERO;
    for goal in goals {
        let Goal::Outcome(outcome) = goal else { continue };
        match reader.graph.model().outcomes.get(outcome.index()).map(|outcome| outcome.credits) {
            Some(Credits::Amount(credits, _)) => sum = sum.checked_add(credits)?,
            Some(Credits::Unpublished | Credits::Unstated) | None => {
                return Ok(Image { unpublished_credits: true, ..Image::default() });
            }
        }
    }
    Ok(Image::of(Range::exactly(sum)))
}

/// The cells that may be meant; of disjoint cells at most one surely is.
fn lookup<T: Trace>(
    reader: &Reader<'_>,
    about: About<'_>,
    rule: &Rule,
    amount: &AmountRule,
    table: &Lookup,
    goal: Goal,
    sink: &mut Sink<'_, T>,
) -> Result<Image, Overflow> {
    let mut keys = Vec::with_capacity(table.by.len());
    let mut owners = Vec::with_capacity(table.by.len());
    let mut asked: Vec<Open> = Vec::new();
    for (subject, value_type) in &table.by {
        let of = owners_of(about, subject.of);
        let mut states = Vec::with_capacity(of.len());
        for &owner in &of {
            let seen = seen(reader, about, owner, subject.fact, Some(*value_type))?;
            if seen.state.value().is_none() {
                let known = seen.state.clone().into_owned();
                asked.push(Open {
                    of: owner,
                    fact: subject.fact,
                    value_type: *value_type,
                    known,
                    unpublished: seen.unpublished,
                    judgement: false,
                });
            }
            states.push(seen);
        }
        keys.push(states);
        owners.push(of);
    }
    let mut image = Image::default();
    let mut met = Truth::False;
    for cell in &table.cells {
        let fits = keys.iter().zip(&cell.sets).map(|(states, set)| {
            // Several achievements read one cell together only when they agree.
            Truth::all(states.iter().map(|seen| seen.state.test(set)))
        });
        let fits = Truth::all(fits);
        if fits.is_false() {
            continue;
        }
        met = met.or(fits);
        image.or(match &cell.value {
            CellValue::Amount(of) => {
                let of = piece(reader, about, rule, amount, of, goal, sink)?;
                if of.range.is_some_and(|range| range.known() == Some(Ratio::ZERO)) && of.measured.is_none() {
                    Image { says: vec![CellSays::Zero], ..Image::default() }
                } else {
                    of
                }
            }
            CellValue::NotHere | CellValue::Mark(_) => {
                Image { says: vec![CellSays::NotHere], ..Image::default() }
            }
            CellValue::Unpublished => Image { says: vec![CellSays::Unpublished], ..Image::default() },
            CellValue::Otherwise => Image { says: vec![CellSays::Otherwise], ..Image::default() },
        });
    }
    if met.is_false() {
        // A value outside the table: the rule's `otherwise` answers, or the rule does not apply.
        return Ok(Image { says: vec![CellSays::Otherwise], ..Image::default() });
    }
    if met.is_unknown() && rule.otherwise.is_some() {
        let domains: Vec<_> = table
            .by
            .iter()
            .zip(&owners)
            .map(|((subject, _), of)| reader.declared(*of.first()?, subject.fact).map(domain_of))
            .collect();
        let known = keys.iter().map(|states| match states.as_slice() {
            [one] => Some(one.state.to_set()),
            _ => None,
        });
        let known: Option<Vec<_>> = known.collect();
        if known.is_none_or(|known| has_hole(known, &domains, &table.cells)) {
            image.or(Image { says: vec![CellSays::Otherwise], ..Image::default() });
        }
    }
    asked.into_iter().for_each(|open| sink.ask(open));
    Ok(image)
}

fn owners_of(about: About<'_>, holder: Holder) -> Vec<Owner> {
    match holder {
        Holder::Source(slot) => {
            about.sure.get(slot as usize).into_iter().flatten().copied().map(Owner::Held).collect()
        }
        Holder::Each | Holder::Some | Holder::Itself => {
            about.sure.iter().flatten().copied().map(Owner::Held).collect()
        }
        Holder::Total => vec![Owner::Total],
        Holder::Lowest => vec![Owner::Lowest],
        Holder::Latest => vec![Owner::Latest],
        Holder::Target => about.target.map(Owner::Target).into_iter().collect(),
        Holder::Learner => vec![Owner::Learner],
        Holder::Plan => vec![Owner::Plan],
        Holder::Request => vec![Owner::Request],
    }
}

/// A fact as a number: of one holder, or summed over the achievements that are pooled.
fn sum<T: Trace>(
    reader: &Reader<'_>,
    about: About<'_>,
    subject: Subject,
    sink: &mut Sink<'_, T>,
) -> Result<Range, Overflow> {
    let (mut least, mut most) = (Ratio::ZERO, Some(Ratio::ZERO));
    let owners = match subject.of {
        Holder::Total => about.sure.iter().flatten().copied().map(Owner::Held).collect(),
        of => owners_of(about, of),
    };
    for owner in owners {
        let seen = seen(reader, about, owner, subject.fact, None)?;
        let (low, high) = numbers(&seen.state).unwrap_or((Ratio::ZERO, Some(Ratio::ZERO)));
        least = least.checked_add(low)?;
        most = match (most, high) {
            (Some(most), Some(high)) => Some(most.checked_add(high)?),
            _ => None,
        };
        if high != Some(low)
            && let Some(made) = reader.declared(owner, subject.fact).and_then(|of| of.worked_out.as_ref())
        {
            // What it is worked out from is asked for.
            for part in &made.parts {
                let value_type = part.level.map(crate::model::ValueType::Level);
                let seen = reader.state(owner, part.fact, value_type);
                if seen.state.value().is_none() {
                    let (unpublished, judgement) = (seen.unpublished, false);
                    let value_type = value_type.unwrap_or_else(|| type_of(reader, owner, part.fact));
                    let known = seen.state.into_owned();
                    sink.ask(Open { of: owner, fact: part.fact, value_type, known, unpublished, judgement });
                }
            }
        } else if high != Some(low) {
            let value_type = type_of(reader, owner, subject.fact);
            let known = seen.state.into_owned();
            sink.ask(Open {
                of: owner,
                fact: subject.fact,
                value_type,
                known,
                unpublished: seen.unpublished,
                judgement: false,
            });
        }
    }
    Ok(Range { least, most })
}

/// How many achievements there are, each as often as it says.
fn times<T: Trace>(reader: &Reader<'_>, about: About<'_>, sink: &mut Sink<'_, T>) -> Result<Range, Overflow> {
    match reader.graph.built_in().times {
        Some(fact) => sum(reader, about, Subject { of: Holder::Each, fact }, sink),
        None => {
            let count = about.sure.iter().flatten().count();
            Ok(Range::exactly(Ratio::from_int(i64::try_from(count).map_err(|_| Overflow)?)))
        }
    }
}

/// How many different values of a fact there are; of `None`, how many different outcomes.
fn different<T: Trace>(
    reader: &Reader<'_>,
    about: About<'_>,
    fact: Option<FactId>,
    sink: &mut Sink<'_, T>,
) -> Range {
    let held = about.sure.iter().flatten().copied();
    let count = |number: usize| Ratio::from_int(i64::try_from(number).unwrap_or(i64::MAX));
    let Some(fact) = fact else {
        let mut outcomes: Vec<_> = held.map(|held| distinct(reader, held)).collect();
        outcomes.sort_unstable();
        outcomes.dedup();
        return Range::exactly(count(outcomes.len()));
    };
    let (mut values, mut unknown) = (Vec::new(), 0);
    for held in held {
        let owner = Owner::Held(held);
        let seen = reader.state(owner, fact, None);
        match seen.state.value() {
            Some(crate::space::Value::None) => {}
            Some(value) => values.push(value),
            None => {
                unknown += 1;
                let value_type = type_of(reader, owner, fact);
                let known = seen.state.into_owned();
                let unpublished = seen.unpublished;
                sink.ask(Open { of: owner, fact, value_type, known, unpublished, judgement: false });
            }
        }
    }
    values.sort_unstable();
    values.dedup();
    // A value that is not known may be a new one or one of those known; the first of all is new in any case.
    let least = if values.is_empty() && unknown > 0 { 1 } else { values.len() };
    Range { least: count(least), most: Some(count(values.len() + unknown)) }
}

/// The declared type of a fact, for questions about it.
pub(crate) fn type_of(reader: &Reader<'_>, owner: Owner, fact: FactId) -> crate::model::ValueType {
    let declared = reader.declared(owner, fact);
    declared
        .and_then(|of| of.domains.first())
        .map_or(crate::model::ValueType::Number, |typed| typed.value_type)
}

/// What a pooled achievement adds to the quantity that an amount measures, at least: for choosing which to use.
pub(crate) fn quantity(reader: &Reader<'_>, piece: &Piece, held: HeldId) -> Ratio {
    let of = |fact: FactId| {
        numbers(&reader.state(Owner::Held(held), fact, None).state).map_or(Ratio::ZERO, |(least, _)| least)
    };
    match piece {
        Piece::Fact(subject) | Piece::Rate { measure: Measure::Fact(subject), .. } => of(subject.fact),
        Piece::Rate { measure: Measure::Times, .. } => reader.graph.built_in().times.map_or(Ratio::ONE, of),
        Piece::Less { base, .. } => quantity(reader, base, held),
        Piece::Whichever { amounts, .. } => {
            let all = amounts.iter().map(|amount| quantity(reader, &amount.piece, held));
            all.max().unwrap_or(Ratio::ONE)
        }
        Piece::Rate { measure: Measure::Distinct(_), .. }
        | Piece::Constant(_)
        | Piece::TargetCredits
        | Piece::Table(_) => Ratio::ONE,
    }
}

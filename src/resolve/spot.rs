//! Whose fact a written name reads: the achievement's, the target's, the learner's, the plan's or the request's.
//!
//! A fact lives in its kind. So the kinds that a rule's sources may have decide what `grade` is, and two kinds that give one
//! name two types make the name useless there, which is said.

use std::borrow::Cow;

use crate::diagnostic::{Code, Problem, Said};
use crate::language::normal;
use crate::model::{BodyId, FactUse, Holder, KindId, Role, Subject, TypedDomain, UnitId, ValueType};
use crate::space::{Domain, Numbers, Shape};
use crate::syntax::tree::{FactOwner, FactRef, Name};

use super::builtin::{self, HeldBy, Nature};
use super::fault::{type_name, with_nearest};
use super::known::{Known, Making};
use super::names::Thing;

/// What a bare fact name reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Plain {
    /// A fact of this holder.
    Of(Holder),
    /// A fact of the learner or the plan, in an `if` of their own facts.
    Person(Holder),
    /// One of several sources, which must be said.
    Several,
    /// There is no source.
    Nobody,
}

/// Where a test, an amount or a mark stands.
#[derive(Clone, Debug)]
pub(super) struct Scene<'s> {
    pub(super) package: usize,
    /// What a bare fact name reads.
    pub(super) plain: Plain,
    /// The kinds of the sources; empty where none is known.
    pub(super) sources: Cow<'s, [KindId]>,
    /// The kinds of the targets.
    pub(super) targets: Cow<'s, [KindId]>,
    /// What bare `credits` means.
    pub(super) unit: Option<UnitId>,
    /// Whose ratios may be used.
    pub(super) applied: super::conversions::Applied<'s>,
    /// The parties of the agreement, for `issuer in parties`.
    pub(super) parties: &'s [BodyId],
    /// What part the atoms play.
    pub(super) role: Role,
    /// Whether something here could not be read, so that what seems to be missing may stand there.
    pub(super) damaged: bool,
}

impl<'s> Scene<'s> {
    /// Where the facts of one kind are read of whatever is of it.
    pub(super) fn of_kind(known: &Known<'_>, package: usize, kind: &'s [KindId; 1]) -> Scene<'s> {
        Scene {
            package,
            plain: Plain::Of(Holder::Itself),
            sources: (&kind[..]).into(),
            targets: (&[][..]).into(),
            unit: known.package_units.get(package).copied().flatten(),
            applied: Default::default(),
            parties: &[],
            role: Role::Condition,
            damaged: false,
        }
    }
}

/// A fact as a test reads it.
#[derive(Clone, Debug)]
pub(super) struct Spot<'k> {
    pub(super) subject: Subject,
    pub(super) domains: Cow<'k, [TypedDomain]>,
    /// The nature of a built-in fact that nobody declared.
    pub(super) nature: Option<Nature>,
    /// Whether it is worked out from other facts.
    pub(super) worked_out: bool,
}

impl Spot<'_> {
    /// Its only type, if it has one.
    pub(super) fn value_type(&self) -> Option<ValueType> {
        if let [one] = &*self.domains { Some(one.value_type) } else { None }
    }
}

/// The fact that a reference reads, or a problem. What is worked out from other facts is nothing that a test or a record reads.
pub(super) fn spot<'k>(
    known: &'k Known<'_>,
    making: &mut Making,
    scene: &Scene<'_>,
    fact: &FactRef,
) -> Option<Spot<'k>> {
    let read = measured(known, making, scene, fact)?;
    if read.worked_out {
        making.found.push(Problem::new(Code::FactWorkedOut, fact.span).say("fact", &*fact.name.text));
        return None;
    }
    Some(read)
}

/// The fact that an amount reads, or a problem.
pub(super) fn measured<'k>(
    known: &'k Known<'_>,
    making: &mut Making,
    scene: &Scene<'_>,
    fact: &FactRef,
) -> Option<Spot<'k>> {
    let id = builtin::canonical(&fact.name.text);
    let built_in = builtin::fact(id);
    let of_request = matches!(built_in, Some((HeldBy::Request, _)));
    match fact.of {
        FactOwner::Plain | FactOwner::Source => {
            let declared = scene.sources.iter().any(|&kind| known.kind_fact(kind, &fact.name.text).is_some());
            if of_request && !declared {
                return request(known, id);
            }
            match scene.plain {
                Plain::Of(holder) => of_kinds(known, making, scene, holder, &scene.sources, fact),
                Plain::Person(holder) => {
                    let of = if holder == Holder::Learner { FactOwner::Learner } else { FactOwner::Plan };
                    measured(
                        known,
                        making,
                        &Scene { plain: Plain::Nobody, ..scene.clone() },
                        &FactRef { of, ..fact.clone() },
                    )
                }
                Plain::Several => {
                    let has = |kind: &KindId| known.kind_fact(*kind, &fact.name.text).is_some();
                    let has_none =
                        !scene.sources.iter().any(has) && natural(known, scene, &fact.name).is_none();
                    if scene.damaged {
                        nowhere(known, making, &fact.name);
                    } else if has_none {
                        let problem = undeclared(known, &fact.name);
                        making.found.push(problem);
                    } else {
                        let problem =
                            Problem::new(Code::SelectSeveral, fact.span).say("fact", &*fact.name.text);
                        making.found.push(problem);
                    }
                    None
                }
                Plain::Nobody => {
                    if scene.damaged {
                        nowhere(known, making, &fact.name);
                    } else {
                        no_source(making, &fact.name);
                    }
                    None
                }
            }
        }
        FactOwner::Each => of_kinds(known, making, scene, Holder::Each, &scene.sources, fact),
        FactOwner::Total => of_kinds(known, making, scene, Holder::Total, &scene.sources, fact),
        FactOwner::Lowest => of_kinds(known, making, scene, Holder::Lowest, &scene.sources, fact),
        FactOwner::Latest => of_kinds(known, making, scene, Holder::Latest, &scene.sources, fact),
        FactOwner::Target => of_kinds(known, making, scene, Holder::Target, &scene.targets, fact),
        FactOwner::Learner => match known.learner_fact(&fact.name.text) {
            Some(of) if !of_request => Some(declared(Holder::Learner, of)),
            _ if of_request => request(known, id),
            _ => {
                unknown(known, making, &fact.name, &known.model.learner, "declaration.learner");
                None
            }
        },
        FactOwner::Plan => match known.plan_fact(&fact.name.text) {
            Some(of) if !of_request => Some(declared(Holder::Plan, of)),
            _ if of_request => request(known, id),
            _ => {
                unknown(known, making, &fact.name, &known.model.plan, "declaration.plan");
                None
            }
        },
    }
}

fn declared(holder: Holder, of: &FactUse) -> Spot<'_> {
    Spot {
        subject: Subject { of: holder, fact: of.fact },
        domains: Cow::Borrowed(&of.domains),
        nature: None,
        worked_out: of.worked_out.is_some(),
    }
}

/// A date of the request.
fn request<'k>(known: &'k Known<'_>, id: &str) -> Option<Spot<'k>> {
    let fact = known.fact(id)?;
    let domains = match known.model.request.iter().find(|of| of.fact == fact) {
        Some(of) => Cow::Borrowed(&*of.domains),
        None => Cow::Owned(vec![TypedDomain { value_type: ValueType::Date, domain: builtin::date(false) }]),
    };
    Some(Spot { subject: Subject { of: Holder::Request, fact }, domains, nature: None, worked_out: false })
}

/// A fact that all of these kinds have, with one type.
fn of_kinds<'k>(
    known: &'k Known<'_>,
    making: &mut Making,
    scene: &Scene<'_>,
    holder: Holder,
    kinds: &[KindId],
    fact: &FactRef,
) -> Option<Spot<'k>> {
    let mut first: Option<(KindId, Option<&'k FactUse>)> = None;
    for &kind in kinds {
        let of = known.kind_fact(kind, &fact.name.text);
        if of.is_none() && natural(known, scene, &fact.name).is_none() {
            let damaged = scene.damaged || known.damaged_kinds.get(kind.index()).copied().unwrap_or(false);
            if !damaged {
                unknown_in(known, making, &fact.name, kind);
            }
            return None;
        }
        match first {
            None => first = Some((kind, of)),
            Some((before, seen)) if !same_type(seen, of) => {
                differs(known, making, fact, before, kind);
                return None;
            }
            Some(_) => {}
        }
    }
    let Some((_, of)) = first else {
        nowhere(known, making, &fact.name);
        return None;
    };
    match of {
        Some(of) if holder == Holder::Total => Some(Spot {
            domains: Cow::Owned(of.domains.iter().map(summed).collect()),
            ..declared(holder, of)
        }),
        Some(of) => Some(Spot { domains: Cow::Borrowed(&of.domains), ..declared(holder, of) }),
        None => {
            let (domains, nature) = natural(known, scene, &fact.name)?;
            let fact = known.fact(builtin::canonical(&fact.name.text))?;
            making.names_compared |= fact == known.built_in("name");
            Some(Spot {
                subject: Subject { of: holder, fact },
                domains: Cow::Owned(domains),
                nature: Some(nature),
                worked_out: false,
            })
        }
    }
}

/// What a sum of several such facts may be: as fine as one of them, and as great as there are many.
fn summed(of: &TypedDomain) -> TypedDomain {
    let Shape::Number(numbers) = of.domain.shape else { return of.clone() };
    match Numbers::new(numbers.least(), None, numbers.step()) {
        Some(numbers) => TypedDomain { domain: Domain::numbers(numbers), ..of.clone() },
        None => of.clone(),
    }
}

fn same_type(a: Option<&FactUse>, b: Option<&FactUse>) -> bool {
    let types = |of: &FactUse| of.domains.iter().map(|domain| domain.value_type).collect::<Vec<_>>();
    match (a, b) {
        (Some(a), Some(b)) => a.fact == b.fact && types(a) == types(b),
        (None, None) => true,
        _ => false,
    }
}

/// What a built-in fact is where nobody declares it; nothing where it must be declared.
fn natural(known: &Known<'_>, scene: &Scene<'_>, name: &Name) -> Option<(Vec<TypedDomain>, Nature)> {
    let (_, nature) = builtin::fact(builtin::canonical(&name.text))?;
    let typed = |value_type, domain| vec![TypedDomain { value_type, domain }];
    let domains = match nature {
        Nature::Name => typed(ValueType::Name, Domain::of(Shape::Symbols(None))),
        Nature::Body => typed(ValueType::Body(None), Domain::of(Shape::Symbols(None))),
        Nature::Credits => match scene.unit {
            Some(unit) => typed(ValueType::Credits(unit), builtin::from_zero(None)?),
            None => Vec::new(),
        },
        Nature::Hours => typed(ValueType::ContactHours, builtin::from_zero(None)?),
        Nature::Date => typed(ValueType::Date, builtin::date(false)),
        Nature::DateOrNone => typed(ValueType::Date, builtin::date(true)),
        Nature::Whole(least) => typed(ValueType::Number, Domain::numbers(Numbers::whole(least, None)?)),
        Nature::Origin => {
            let list = known.model.lists.iter().zip(0u32..).find(|(list, _)| &*list.name == "origin");
            let (_, at) = list?;
            let domain = Domain::of(Shape::List { len: 2, ordered: false });
            typed(ValueType::List(crate::model::ListId(at)), domain)
        }
        // A level is of the framework that its value names.
        Nature::Level => Vec::new(),
        Nature::Undeclared => return None,
    };
    Some((domains, nature))
}

/// A fact of a source, where a rule takes none.
pub(super) fn no_source(making: &mut Making, name: &Name) {
    let problem = Problem::new(Code::FactUndeclared, name.span).say("fact", &*name.text);
    making.found.push(problem.say("kind", Said::Noun { english: "source", chinese: "原成果" }));
}

/// What the sources are is not known, but nothing at all has such a fact, and something has one that is spelt much like it.
fn nowhere(known: &Known<'_>, making: &mut Making, name: &Name) {
    if !is_declared(known, &name.text) {
        let problem = undeclared(known, name);
        if problem.said.iter().any(|(value, _)| *value == "nearest") {
            making.found.push(problem);
        }
    }
}

/// A fact that nothing has.
pub(super) fn undeclared(known: &Known<'_>, name: &Name) -> Problem {
    let problem = Problem::new(Code::FactUndeclared, name.span).say("fact", &*name.text);
    let names = known.model.facts.iter().map(|fact| &*fact.name);
    with_nearest(problem.say("kind", Said::Noun { english: "source", chinese: "原成果" }), &name.text, names)
}

/// Whether any kind, the learner or the plan has a fact of this name.
pub(super) fn is_declared(known: &Known<'_>, written: &str) -> bool {
    let (canonical, folded) = (builtin::canonical(written), normal(written));
    let mut holders = known.kind_facts.iter().chain([&known.learner_facts, &known.plan_facts]);
    known.fact(canonical).is_some()
        || holders.any(|names| names.contains_key(canonical) || names.contains_key(&*folded))
}

/// The learner, the plan or the source has no such fact.
fn unknown(known: &Known<'_>, making: &mut Making, name: &Name, among: &[FactUse], holder: &'static str) {
    let problem = Problem::new(Code::FactUndeclared, name.span)
        .say("fact", &*name.text)
        .say("kind", Said::Word(holder));
    let names = among.iter().flat_map(|of| names_of(known, of));
    making.found.push(with_nearest(problem, &name.text, names));
}

/// A kind has no such fact.
pub(super) fn unknown_in(known: &Known<'_>, making: &mut Making, name: &Name, kind: KindId) {
    let mut problem = Problem::new(Code::FactUndeclared, name.span)
        .say("fact", &*name.text)
        .say("kind", known.names.name_of(Thing::Kind(kind)));
    let facts = known.model.kinds.get(kind.index()).map_or(&[][..], |kind| &kind.facts);
    problem = with_nearest(problem, &name.text, facts.iter().flat_map(|of| names_of(known, of)));
    if let Some(declared) = known.names.place_of(Thing::Kind(kind)) {
        problem = problem.label(declared, "declared");
    }
    making.found.push(problem);
}

fn names_of<'k>(known: &'k Known<'_>, of: &'k FactUse) -> impl Iterator<Item = &'k str> {
    std::iter::once(known.fact_name(of.fact)).chain(of.titles.0.iter().map(|(_, title)| &**title))
}

fn differs(known: &Known<'_>, making: &mut Making, fact: &FactRef, first: KindId, second: KindId) {
    let of = |kind| {
        let domain = known.kind_fact(kind, &fact.name.text).and_then(|of| of.domains.first());
        domain.map_or(Said::Word("value.none"), |domain| type_name(known, domain.value_type))
    };
    let mut problem = Problem::new(Code::FactTwoTypes, fact.span)
        .say("fact", &*fact.name.text)
        .say("first", of(first))
        .say("second", of(second));
    for (kind, key) in [(first, "first"), (second, "second")] {
        let place = known.kind_fact(kind, &fact.name.text).and_then(|of| of.span);
        if let Some(place) = place.or_else(|| known.names.place_of(Thing::Kind(kind))) {
            problem = problem.label(place, key);
        }
    }
    making.found.push(problem);
}

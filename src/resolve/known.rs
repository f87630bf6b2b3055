//! What is known while rules are read: the declarations by name, the catalogue so far, and what is being gathered.
//!
//! `Known` only ever grows between two steps, never within one; `Making` is what a step adds to. So a step reads the one
//! and writes the other, and no step can depend on how far another has come.

use rustc_hash::FxHashMap;

use crate::language::normal as fold;
use crate::model::{
    Class, ClassId, FactId, FactUse, KindId, ListId, Listed, Member, Model, OutcomeId, SetId, UnitId,
};
use crate::source::{Sources, Span};

use super::builtin;
use super::found::Found;
use super::items::Items;
use super::names::Names;

/// A set as written: values, or outcomes, kinds or bodies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SetIs {
    /// Values of its own.
    List(ListId),
    /// Things declared elsewhere.
    Named(SetId),
}

/// The declarations and the catalogue.
pub(super) struct Known<'t> {
    pub(super) items: Items<'t>,
    pub(super) names: Names<'t>,
    pub(super) sources: &'t Sources,
    /// Everything but schemes, rules, bars and examples.
    pub(super) model: Model,
    /// What each written set is; nothing while sets are still unread, or where one is wrong.
    pub(super) sets: Vec<Option<SetIs>>,
    /// The lists written in facts, by the place of the domain.
    pub(super) written_lists: FxHashMap<Span, ListId>,
    /// Fact ids by canonical name.
    pub(super) facts: FxHashMap<Box<str>, FactId>,
    /// For each kind, its facts by every name: id, alias, title.
    pub(super) kind_facts: Vec<FxHashMap<Box<str>, u32>>,
    pub(super) learner_facts: FxHashMap<Box<str>, u32>,
    pub(super) plan_facts: FxHashMap<Box<str>, u32>,
    /// For each list, its values by id and title.
    pub(super) list_values: Vec<FxHashMap<Box<str>, u32>>,
    /// The ordered and unordered sets that something is a member of, with its rank.
    pub(super) member_of: FxHashMap<Member, Vec<(SetId, u32)>>,
    /// The unit that a package says, or its only one.
    pub(super) package_units: Vec<Option<UnitId>>,
    /// Conditions and provisions by package and name.
    conditions: FxHashMap<(usize, Box<str>), usize>,
    provisions: FxHashMap<(usize, Box<str>), usize>,
    /// Statements by their full names.
    pub(super) statements: FxHashMap<Box<str>, crate::model::StatementId>,
    /// Kinds some outcome of which states its hours.
    pub(super) kinds_with_hours: rustc_hash::FxHashSet<KindId>,
    /// Kinds of which part could not be read: a fact that seems undeclared may stand there.
    pub(super) damaged_kinds: Vec<bool>,
}

/// What is gathered on the way.
pub(super) struct Making<'t> {
    pub(super) found: Found<'t>,
    pub(super) classes: Classes,
    pub(super) symbols: Symbols,
    /// Whether some test compares names: only then does each outcome need its own as a value.
    pub(super) names_compared: bool,
    /// The ways that the rule being read converts by: it rests on them.
    pub(super) rests: Vec<crate::convert::Way>,
    /// The conditions that some test uses.
    pub(super) used_conditions: std::collections::BTreeSet<usize>,
    /// The provisions that some rule or scheme applies.
    pub(super) used_provisions: std::collections::BTreeSet<usize>,
    /// The maps that the rule being read marks by: it rests on them.
    pub(super) maps: Vec<crate::model::MapId>,
    /// The values left to members that the rule being read asks for and that its scheme does not state.
    pub(super) unstated: Vec<Box<str>>,
    /// The first place of which nothing could be made.
    pub(super) unmade: Option<Span>,
}

impl Making<'_> {
    /// What was made of a place. Nothing is made of what is wrong, which is said; where nothing at all was wrong, a
    /// number was too large, and the place is remembered so that it is never passed over in silence.
    pub(super) fn made<T>(&mut self, made: Option<T>, at: Span) -> Option<T> {
        if made.is_none() && self.unmade.is_none() {
            self.unmade = Some(at);
        }
        made
    }
}

/// Classes, each once.
#[derive(Default)]
pub(super) struct Classes {
    by_class: FxHashMap<Class, ClassId>,
    pub(super) list: Vec<Class>,
    /// The kinds of what a class holds, without repetition.
    pub(super) kinds: Vec<Vec<KindId>>,
}

impl Classes {
    /// The id of a class, its members sorted first.
    pub(super) fn intern(
        &mut self,
        mut class: Class,
        kind_of: impl Fn(OutcomeId) -> Option<KindId>,
    ) -> ClassId {
        class.outcomes.sort_unstable();
        class.outcomes.dedup();
        class.kinds.sort_unstable();
        class.kinds.dedup();
        if let Some(&id) = self.by_class.get(&class) {
            return id;
        }
        let id = ClassId(u32::try_from(self.list.len()).unwrap_or(u32::MAX));
        let mut kinds: Vec<KindId> =
            class.outcomes.iter().filter_map(|&o| kind_of(o)).chain(class.kinds.iter().copied()).collect();
        kinds.sort_unstable();
        kinds.dedup();
        self.kinds.push(kinds);
        self.list.push(class.clone());
        self.by_class.insert(class, id);
        id
    }

    pub(super) fn kinds_of(&self, id: ClassId) -> &[KindId] {
        self.kinds.get(id.index()).map_or(&[], Vec::as_slice)
    }
}

/// Names that are values, each once, in the order of first use; sorted when the model is finished.
#[derive(Default)]
pub(super) struct Symbols {
    by_name: FxHashMap<Box<str>, u32>,
    pub(super) list: Vec<Box<str>>,
}

impl Symbols {
    pub(super) fn intern(&mut self, name: &str) -> u32 {
        let name = fold(name);
        if let Some(&id) = self.by_name.get(&*name) {
            return id;
        }
        let id = u32::try_from(self.list.len()).unwrap_or(u32::MAX);
        let name: Box<str> = name.into();
        self.list.push(name.clone());
        self.by_name.insert(name, id);
        id
    }
}

impl<'t> Known<'t> {
    /// The declarations by name, and nothing of what they mean.
    pub(super) fn new(items: Items<'t>, names: Names<'t>, sources: &'t Sources) -> Known<'t> {
        Known {
            items,
            names,
            sources,
            model: Model::default(),
            sets: Vec::new(),
            written_lists: FxHashMap::default(),
            facts: FxHashMap::default(),
            kind_facts: Vec::new(),
            learner_facts: FxHashMap::default(),
            plan_facts: FxHashMap::default(),
            list_values: Vec::new(),
            member_of: FxHashMap::default(),
            package_units: Vec::new(),
            conditions: FxHashMap::default(),
            provisions: FxHashMap::default(),
            statements: FxHashMap::default(),
            kinds_with_hours: Default::default(),
            damaged_kinds: Vec::new(),
        }
    }

    /// The names of conditions and of provisions, which have spaces of their own.
    pub(super) fn read_own_spaces(&mut self, making: &mut Making) {
        self.conditions = own_space(&self.items.conditions, making);
        self.provisions = own_space(&self.items.provisions, making);
    }

    /// A condition by id, alias or title, of this package or through a used one.
    pub(super) fn condition(&self, package: usize, name: &str) -> Option<usize> {
        self.in_space(&self.conditions, package, name)
    }

    /// A provision by id, alias or title, of this package or through a used one.
    pub(super) fn provision(&self, package: usize, name: &str) -> Option<usize> {
        self.in_space(&self.provisions, package, name)
    }

    fn in_space(
        &self,
        space: &FxHashMap<(usize, Box<str>), usize>,
        package: usize,
        name: &str,
    ) -> Option<usize> {
        if space.is_empty() {
            return None;
        }
        let own = space.get(&(package, fold(name).into()));
        let through = || {
            let (used, rest) = self.names.split(package, name)?;
            space.get(&(used, fold(rest).into()))
        };
        own.or_else(through).copied()
    }
}

/// Ids and aliases, then titles; an id declared twice is wrong.
fn own_space(items: &[super::items::Item<'_>], making: &mut Making) -> FxHashMap<(usize, Box<str>), usize> {
    let mut space = FxHashMap::default();
    let mut first: FxHashMap<(usize, &str), Span> = FxHashMap::default();
    for (at, item) in items.iter().enumerate() {
        for name in item.declaration.name.iter().chain(&item.declaration.aliases) {
            match first.insert((item.package, &*name.text), name.span) {
                Some(before) => making.found.push(super::fault::duplicate(&name.text, name.span, before)),
                None => {
                    space.insert((item.package, Box::from(&*name.text)), at);
                }
            }
        }
    }
    for (at, item) in items.iter().enumerate() {
        for title in &item.declaration.titles {
            space.entry((item.package, fold(&title.text.text).into())).or_insert(at);
        }
    }
    space
}

impl Known<'_> {
    pub(super) fn fact(&self, name: &str) -> Option<FactId> {
        self.facts.get(name).copied()
    }

    /// The id of a built-in fact; all of them have one.
    pub(super) fn built_in(&self, name: &str) -> FactId {
        self.fact(name).unwrap_or(FactId(u32::MAX))
    }

    pub(super) fn fact_name(&self, fact: FactId) -> &str {
        self.model.facts.get(fact.index()).map_or("", |fact| &fact.name)
    }

    pub(super) fn kind_of(&self, outcome: OutcomeId) -> Option<KindId> {
        self.model.outcomes.get(outcome.index()).map(|outcome| outcome.kind).filter(|kind| kind.0 != u32::MAX)
    }

    /// A fact of a kind by any of its names.
    pub(super) fn kind_fact(&self, kind: KindId, written: &str) -> Option<&FactUse> {
        let names = self.kind_facts.get(kind.index())?;
        let at = names.get(builtin::canonical(written)).or_else(|| names.get(&*fold(written)))?;
        self.model.kinds.get(kind.index())?.facts.get(*at as usize)
    }

    pub(super) fn learner_fact(&self, written: &str) -> Option<&FactUse> {
        named(&self.learner_facts, &self.model.learner, written)
    }

    pub(super) fn plan_fact(&self, written: &str) -> Option<&FactUse> {
        named(&self.plan_facts, &self.model.plan, written)
    }

    /// The rank of a value of a list, by id or title.
    pub(super) fn list_rank(&self, list: ListId, written: &str) -> Option<u32> {
        self.list_values.get(list.index())?.get(&*fold(written)).copied()
    }

    pub(super) fn class(&self, making: &mut Making, class: Class) -> ClassId {
        making.classes.intern(class, |outcome| self.kind_of(outcome))
    }

    pub(super) fn set_is(&self, set: u32) -> Option<SetIs> {
        self.sets.get(set as usize).copied().flatten()
    }
}

fn named<'k>(names: &FxHashMap<Box<str>, u32>, uses: &'k [FactUse], written: &str) -> Option<&'k FactUse> {
    let at = names.get(builtin::canonical(written)).or_else(|| names.get(&*fold(written)))?;
    uses.get(*at as usize)
}

/// The names of listed values, with the rank of each: ids first, so that no title hides one.
pub(super) fn ranks(ranks: &[Vec<Listed>]) -> FxHashMap<Box<str>, u32> {
    let mut names = FxHashMap::default();
    let listed =
        || ranks.iter().zip(0u32..).flat_map(|(equals, rank)| equals.iter().map(move |value| (value, rank)));
    for (value, rank) in listed() {
        names.entry(value.name.clone()).or_insert(rank);
    }
    for (value, rank) in listed() {
        for (_, title) in &value.titles.0 {
            names.entry(fold(title).into()).or_insert(rank);
        }
    }
    names
}

/// The names of facts, with the place of each.
pub(super) fn fact_names(
    uses: &[FactUse],
    name_of: impl Fn(FactId) -> (Box<str>, Vec<Box<str>>),
) -> FxHashMap<Box<str>, u32> {
    let mut names = FxHashMap::default();
    for (fact, at) in uses.iter().zip(0u32..) {
        let (name, aliases) = name_of(fact.fact);
        names.insert(name, at);
        for alias in aliases {
            names.entry(alias).or_insert(at);
        }
    }
    for (fact, at) in uses.iter().zip(0u32..) {
        for (_, title) in &fact.titles.0 {
            names.entry(fold(title).into()).or_insert(at);
        }
    }
    names
}

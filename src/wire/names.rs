//! The door: from the strings of a request to the ids and values of a package, through maps built once.

use rustc_hash::FxHashMap;

use crate::language::{Class, Lang, Meaning, meanings, normal};
use crate::model::{
    BlockId, BodyId, FactId, FactUse, KindId, Listed, MapId, Model, OutcomeId, ProgrammeId, RuleId, ScaleId,
    ScaleShape, SchemeId, Titles, TypedDomain, UnitId, ValueType,
};
use crate::quantity::{DateRange, Ratio};
use crate::space::{Set, Value};

/// The names of a package, by what they name.
pub struct Names<'m> {
    model: &'m Model,
    outcomes: FxHashMap<&'m str, Vec<OutcomeId>>,
    codes: FxHashMap<&'m str, Vec<OutcomeId>>,
    kinds: FxHashMap<&'m str, Vec<KindId>>,
    bodies: FxHashMap<&'m str, Vec<BodyId>>,
    units: FxHashMap<&'m str, Vec<UnitId>>,
    scales: FxHashMap<&'m str, Vec<ScaleId>>,
    maps: FxHashMap<&'m str, Vec<MapId>>,
    facts: FxHashMap<&'m str, Vec<FactId>>,
    rules: FxHashMap<&'m str, Vec<RuleId>>,
    schemes: FxHashMap<&'m str, Vec<SchemeId>>,
}

/// Why a name names nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotFound {
    /// Nothing bears it.
    Unknown,
    /// Several things bear it.
    Several,
}

fn add<'m, T: Copy + PartialEq>(
    map: &mut FxHashMap<&'m str, Vec<T>>,
    id: T,
    name: &'m str,
    aliases: &'m [Box<str>],
    titles: &'m Titles,
) {
    let names =
        std::iter::once(name).chain(aliases.iter().map(|a| &**a)).chain(titles.0.iter().map(|(_, t)| &**t));
    for name in names {
        let ids = map.entry(name).or_default();
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
}

/// The number of a place in a list.
fn place(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

impl<'m> Names<'m> {
    /// The names of a package.
    pub fn new(model: &'m Model) -> Self {
        let mut names = Self {
            model,
            outcomes: FxHashMap::default(),
            codes: FxHashMap::default(),
            kinds: FxHashMap::default(),
            bodies: FxHashMap::default(),
            units: FxHashMap::default(),
            scales: FxHashMap::default(),
            maps: FxHashMap::default(),
            facts: FxHashMap::default(),
            rules: FxHashMap::default(),
            schemes: FxHashMap::default(),
        };
        for (at, outcome) in model.outcomes.iter().enumerate() {
            let id = OutcomeId(place(at));
            add(&mut names.outcomes, id, &outcome.name, &outcome.aliases, &outcome.titles);
            if let Some(code) = &outcome.code {
                names.codes.entry(code).or_default().push(id);
            }
        }
        for (at, kind) in model.kinds.iter().enumerate() {
            add(&mut names.kinds, KindId(place(at)), &kind.name, &kind.aliases, &kind.titles);
        }
        for (at, body) in model.bodies.iter().enumerate() {
            add(&mut names.bodies, BodyId(place(at)), &body.name, &body.aliases, &body.titles);
        }
        for (at, unit) in model.units.iter().enumerate() {
            add(&mut names.units, UnitId(place(at)), &unit.name, &unit.aliases, &unit.titles);
        }
        for (at, scale) in model.scales.iter().enumerate() {
            add(&mut names.scales, ScaleId(place(at)), &scale.name, &scale.aliases, &scale.titles);
        }
        for (at, map) in model.maps.iter().enumerate() {
            add(&mut names.maps, MapId(place(at)), &map.name, &map.aliases, &map.titles);
        }
        for (at, rule) in model.rules.iter().enumerate() {
            add(&mut names.rules, RuleId(place(at)), &rule.name, &[], &rule.titles);
        }
        for (at, scheme) in model.schemes.iter().enumerate() {
            add(&mut names.schemes, SchemeId(place(at)), &scheme.name, &scheme.aliases, &scheme.titles);
        }
        for (at, fact) in model.facts.iter().enumerate() {
            let id = FactId(place(at));
            names.facts.entry(&fact.name).or_default().push(id);
            for alias in &fact.aliases {
                let ids = names.facts.entry(alias).or_default();
                if !ids.contains(&id) {
                    ids.push(id);
                }
            }
        }
        names
    }

    /// The package.
    pub fn model(&self) -> &'m Model {
        self.model
    }

    /// The outcome of this id, alias or title; else of this code. `at` narrows codes to one issuer.
    ///
    /// # Errors
    ///
    /// Where nothing, or several outcomes, bear the name.
    pub fn outcome(&self, name: &str, at: Option<BodyId>) -> Result<OutcomeId, NotFound> {
        match self.outcomes.get(name) {
            Some(ids) => self.one_at(ids, at),
            None => self.code(name, at),
        }
    }

    /// The outcome of this code.
    ///
    /// # Errors
    ///
    /// Where nothing, or several outcomes, bear the code.
    pub fn code(&self, code: &str, at: Option<BodyId>) -> Result<OutcomeId, NotFound> {
        self.one_at(self.codes.get(code).map_or(&[][..], Vec::as_slice), at)
    }

    fn one_at(&self, ids: &[OutcomeId], at: Option<BodyId>) -> Result<OutcomeId, NotFound> {
        let issued = |id: &&OutcomeId| {
            at.is_none() || self.model.outcomes.get(id.index()).is_some_and(|outcome| outcome.issuer == at)
        };
        let mut fitting = ids.iter().filter(issued);
        match (fitting.next(), fitting.next()) {
            (Some(id), None) => Ok(*id),
            (Some(_), Some(_)) => Err(NotFound::Several),
            (None, _) => Err(NotFound::Unknown),
        }
    }

    /// The kind of this name.
    ///
    /// # Errors
    ///
    /// Where nothing, or several kinds, bear it.
    pub fn kind(&self, name: &str) -> Result<KindId, NotFound> {
        one(&self.kinds, name)
    }

    /// The body of this name.
    ///
    /// # Errors
    ///
    /// Where nothing, or several bodies, bear it.
    pub fn body(&self, name: &str) -> Result<BodyId, NotFound> {
        one(&self.bodies, name)
    }

    /// The unit of this name.
    ///
    /// # Errors
    ///
    /// Where nothing, or several units, bear it.
    pub fn unit(&self, name: &str) -> Result<UnitId, NotFound> {
        one(&self.units, name)
    }

    /// The scale of this name.
    ///
    /// # Errors
    ///
    /// Where nothing, or several scales, bear it.
    pub fn scale(&self, name: &str) -> Result<ScaleId, NotFound> {
        one(&self.scales, name)
    }

    /// The map of this name.
    ///
    /// # Errors
    ///
    /// Where nothing, or several maps, bear it.
    pub fn map(&self, name: &str) -> Result<MapId, NotFound> {
        one(&self.maps, name)
    }

    /// The rule of this name, in the scheme where one is said.
    ///
    /// # Errors
    ///
    /// Where nothing, or several rules, bear it.
    pub fn rule(&self, name: &str, scheme: Option<SchemeId>) -> Result<RuleId, NotFound> {
        let ids = self.rules.get(name).map_or(&[][..], Vec::as_slice);
        // A frame that has members is meant only where it is said.
        let speaks =
            |id: &&RuleId| self.model.rules.get(id.index()).is_some_and(|rule| self.model.speaks(rule));
        let among = scheme.is_none() && ids.iter().any(|id| speaks(&id));
        let mut fitting = ids.iter().filter(|id| !among || speaks(id)).filter(|id| {
            scheme.is_none_or(|scheme| {
                self.model.rules.get(id.index()).is_some_and(|rule| rule.scheme == scheme)
            })
        });
        match (fitting.next(), fitting.next()) {
            (Some(id), None) => Ok(*id),
            (Some(_), Some(_)) => Err(NotFound::Several),
            (None, _) => Err(NotFound::Unknown),
        }
    }

    /// The scheme of this name.
    ///
    /// # Errors
    ///
    /// Where nothing, or several schemes, bear it.
    pub fn scheme(&self, name: &str) -> Result<SchemeId, NotFound> {
        one(&self.schemes, name)
    }

    /// The programme of this name.
    pub fn programme(&self, name: &str) -> Option<ProgrammeId> {
        let named = normal(name);
        let is =
            |of: &&crate::model::Programme| *of.name == *named || of.aliases.iter().any(|it| **it == *named);
        let at = self.model.programmes.iter().position(|of| is(&of))?;
        u32::try_from(at).ok().map(ProgrammeId)
    }

    /// The block of this name: its canonical one, or an account's own.
    pub fn block(&self, name: &str) -> Option<BlockId> {
        let named = normal(name);
        let is = |of: &&crate::model::Block| *of.name == *named || of.aliases.iter().any(|it| **it == *named);
        let at = self.model.blocks.iter().position(|of| is(&of))?;
        u32::try_from(at).ok().map(BlockId)
    }

    /// The fact of this name among the facts of one holder: by id, by title, or by a built-in's word in any language.
    pub fn fact_use<'u>(&self, uses: &'u [FactUse], name: &str) -> Option<&'u FactUse> {
        let named =
            |name: &str| self.facts.get(name).and_then(|ids| uses.iter().find(|u| ids.contains(&u.fact)));
        named(name)
            .or_else(|| uses.iter().find(|u| u.titles.0.iter().any(|(_, title)| &**title == name)))
            .or_else(|| named(&normal(name)))
            .or_else(|| named(built_in(name)?))
    }

    /// The values that a text may mean in these domains. `extra` takes names that the package does not know, where the domain is
    /// open.
    pub fn values(&self, domains: &[TypedDomain], text: &str, extra: &mut Vec<Box<str>>) -> Option<Set> {
        domains.iter().find_map(|typed| self.in_domain(typed, text, extra))
    }

    fn in_domain(&self, typed: &TypedDomain, text: &str, extra: &mut Vec<Box<str>>) -> Option<Set> {
        let text = text.trim();
        let value = match typed.value_type {
            ValueType::YesNo => Value::Bool(yes_or_no(text)?),
            ValueType::List(list) => Value::Rank(rank(&self.model.lists.get(list.index())?.ranks, text)?),
            ValueType::Scale(scale) => match &self.model.scales.get(scale.index())?.shape {
                ScaleShape::Named(ranks) => Value::Rank(rank(ranks, text)?),
                ScaleShape::Numeric { .. } => Value::Number(Ratio::parse(text).ok()?),
            },
            ValueType::Level(framework) => {
                let levels = self.model.frameworks.get(framework.index())?.levels.as_ref()?;
                let at = levels.iter().position(|level| {
                    &*level.name == text || level.titles.0.iter().any(|(_, title)| &**title == text)
                })?;
                Value::Rank(place(at))
            }
            ValueType::Date => {
                let days = DateRange::parse(text)?;
                let set = Set::dates(days);
                return set.is_subset(&typed.domain.full_set()).then_some(set);
            }
            ValueType::Share => {
                let share = match text.strip_suffix('%').or_else(|| text.strip_suffix('％')) {
                    Some(percent) => Ratio::parse(percent.trim()).ok()?.percent().ok()?,
                    None => Ratio::parse(text).ok()?,
                };
                Value::Number(share)
            }
            ValueType::Months => Value::Months(length(text, MONTHS)?),
            ValueType::Days => Value::Days(length(text, DAYS)?),
            ValueType::Number
            | ValueType::Credits(_)
            | ValueType::ContactHours
            | ValueType::NotionalHours
            | ValueType::Hours => Value::Number(Ratio::parse(text).ok()?),
            ValueType::Name | ValueType::Outcome(_) | ValueType::Body(_) => {
                Value::Symbol(self.symbol(typed, text, extra)?)
            }
        };
        typed.domain.contains(value).then(|| Set::one(value))
    }

    /// The symbol of a name: the canonical name of a body or outcome, else the text itself.
    fn symbol(&self, typed: &TypedDomain, text: &str, extra: &mut Vec<Box<str>>) -> Option<u32> {
        let canonical: &str = match typed.value_type {
            ValueType::Outcome(_) => &self.model.outcomes.get(self.outcome(text, None).ok()?.index())?.name,
            ValueType::Body(_) => match self.body(text) {
                Ok(id) => &self.model.bodies.get(id.index())?.name,
                // An issuer that no package knows is known to be none of those that it does know.
                Err(_) => text,
            },
            _ => text,
        };
        if let Ok(at) = self.model.symbols.binary_search_by(|symbol| (**symbol).cmp(canonical)) {
            return Some(place(at));
        }
        let at = extra.iter().position(|name| &**name == canonical).unwrap_or_else(|| {
            extra.push(canonical.into());
            extra.len() - 1
        });
        Some(place(self.model.symbols.len() + at))
    }
}

/// Whether a name is that of a fact which the language knows by itself.
pub(super) fn is_built_in(name: &str) -> bool {
    built_in(name).is_some()
}

/// The English word of a built-in fact, whatever its language.
pub(super) fn built_in(name: &str) -> Option<&'static str> {
    let mut facts = meanings().filter(|meaning| meaning.class() == Class::Fact);
    let spelled = |meaning: &Meaning| {
        Lang::ALL.into_iter().any(|lang| meaning.spellings(lang).any(|spelling| spelling == name))
    };
    facts.find(spelled).map(|meaning| meaning.spelling(Lang::En))
}

fn one<T: Copy>(map: &FxHashMap<&str, Vec<T>>, name: &str) -> Result<T, NotFound> {
    match map.get(name).map(Vec::as_slice) {
        Some([id]) => Ok(*id),
        Some([_, _, ..]) => Err(NotFound::Several),
        _ => Err(NotFound::Unknown),
    }
}

fn rank(ranks: &[Vec<Listed>], text: &str) -> Option<u32> {
    let is =
        |listed: &Listed| &*listed.name == text || listed.titles.0.iter().any(|(_, title)| &**title == text);
    ranks.iter().position(|equals| equals.iter().any(is)).map(place)
}

fn yes_or_no(text: &str) -> Option<bool> {
    match text {
        "yes" | "true" | "是" => Some(true),
        "no" | "false" | "否" => Some(false),
        _ => None,
    }
}

/// How many months, or days, a unit word is; a number alone is in the unit itself.
type Units = &'static [(&'static [&'static str], u32)];

const MONTHS: Units = &[(&["months", "month", "个月", "個月", "月"], 1), (&["years", "year", "年"], 12)];
const DAYS: Units = &[(&["days", "day", "天", "日"], 1), (&["weeks", "week", "周", "週"], 7)];

/// `30`, `30 months`, `2 years 6 months`, `2年6个月`.
fn length(text: &str, units: Units) -> Option<u32> {
    let mut total = 0_u32;
    let mut rest = text.trim();
    let mut any = false;
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        let number: u32 = rest.get(..digits)?.parse().ok()?;
        rest = rest.get(digits..)?.trim_start();
        let mut factor = 1;
        if !rest.is_empty() {
            let (word, times) = units
                .iter()
                .flat_map(|(words, times)| words.iter().map(move |w| (*w, *times)))
                .find(|(word, _)| rest.starts_with(word))?;
            rest = rest.get(word.len()..)?.trim_start();
            factor = times;
        }
        total = total.checked_add(number.checked_mul(factor)?)?;
        any = true;
    }
    any.then_some(total)
}

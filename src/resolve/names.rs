//! Which thing a name names.
//!
//! Outcomes, kinds, sets, bodies, documents, units, scales, frameworks, comparisons and standards of a
//! package share one space. A bare name is an id,
//! an alias or an exact title; a boxed one may also be a code. Titles and codes may be shared: only a use that does not say
//! which is wrong.

use std::borrow::Cow;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::diagnostic::{Code, Problem, Said, suggest};
use crate::language::normal as fold;
use crate::model::{
    BlockId, BodyId, ComparisonId, DocumentId, FrameworkId, KindId, MapId, OutcomeId, ProgrammeId, ScaleId,
    StandardId, UnitId,
};
use crate::source::Span;
use crate::syntax::token::TokenKind;
use crate::syntax::tree::{
    Bracket, Declaration, DeclarationWord, Name, Operand, Statement, StatementKind, Tree, ValueKind,
};
use crate::syntax::words::read_words;

use super::builtin;
use super::fault;
use super::found::Found;
use super::items::{Item, Items, slots};
use super::packages::Package;

/// What a name may name. A set is known by its place among the sets as written, whether of outcomes or of values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Thing {
    Document(DocumentId),
    Body(BodyId),
    Unit(UnitId),
    Scale(ScaleId),
    Map(MapId),
    Kind(KindId),
    Outcome(OutcomeId),
    Set(u32),
    Framework(FrameworkId),
    Comparison(ComparisonId),
    Standard(StandardId),
    /// A block outside programmes.
    Block(BlockId),
    Programme(ProgrammeId),
}

/// The sorts of things.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Sort {
    Document,
    Body,
    Unit,
    Scale,
    Map,
    Kind,
    Outcome,
    Set,
    Framework,
    Comparison,
    Standard,
    Block,
    Programme,
}

impl Thing {
    pub(super) const fn sort(self) -> Sort {
        match self {
            Thing::Document(_) => Sort::Document,
            Thing::Body(_) => Sort::Body,
            Thing::Unit(_) => Sort::Unit,
            Thing::Scale(_) => Sort::Scale,
            Thing::Map(_) => Sort::Map,
            Thing::Kind(_) => Sort::Kind,
            Thing::Outcome(_) => Sort::Outcome,
            Thing::Set(_) => Sort::Set,
            Thing::Framework(_) => Sort::Framework,
            Thing::Comparison(_) => Sort::Comparison,
            Thing::Standard(_) => Sort::Standard,
            Thing::Block(_) => Sort::Block,
            Thing::Programme(_) => Sort::Programme,
        }
    }
}

impl Sort {
    /// The declaration word of the sort, by its id in the keyword table.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Sort::Document => "declaration.document",
            Sort::Body => "declaration.body",
            Sort::Unit => "declaration.credit",
            Sort::Scale => "declaration.scale",
            Sort::Map => "declaration.map",
            Sort::Kind => "declaration.kind",
            Sort::Outcome => "declaration.outcome",
            Sort::Set => "declaration.set",
            Sort::Framework => "declaration.framework",
            Sort::Comparison => "declaration.comparison",
            Sort::Standard => "declaration.standard",
            Sort::Block => "declaration.block",
            Sort::Programme => "declaration.programme",
        }
    }
}

/// What a written name was found to be.
#[derive(Clone, Debug, Default)]
enum Hits {
    #[default]
    None,
    One(Thing),
    Many(Vec<Thing>),
}

impl Hits {
    fn add(&mut self, thing: Thing) {
        match self {
            Hits::None => *self = Hits::One(thing),
            Hits::One(first) if *first == thing => {}
            Hits::One(first) => *self = Hits::Many(vec![*first, thing]),
            Hits::Many(all) if all.contains(&thing) => {}
            Hits::Many(all) => all.push(thing),
        }
    }

    fn all(&self) -> &[Thing] {
        match self {
            Hits::None => &[],
            Hits::One(thing) => std::slice::from_ref(thing),
            Hits::Many(all) => all,
        }
    }
}

/// The names of one package.
#[derive(Debug, Default)]
struct Scope<'t> {
    named: FxHashMap<Cow<'t, str>, Hits>,
    codes: FxHashMap<Cow<'t, str>, Hits>,
}

/// The header of a thing, and its canonical name.
#[derive(Debug)]
struct Header<'t> {
    declaration: &'t Declaration,
    span: Span,
    name: Box<str>,
}

/// The names of all packages.
#[derive(Debug, Default)]
pub(super) struct Names<'t> {
    scopes: Vec<Scope<'t>>,
    uses: Vec<FxHashMap<&'t str, usize>>,
    headers: FxHashMap<Thing, Header<'t>>,
    /// What an outcome's kind is called, for "no course is named so".
    kind_names: FxHashMap<Thing, Box<str>>,
    codes: FxHashMap<Thing, &'t str>,
    /// What statements that are not built yet declare: their uses are told with them.
    later: FxHashSet<Box<str>>,
}

/// A boxed name also names a code, and `at BODY` says whose.
pub(super) const fn is_boxed(name: &Name) -> bool {
    !matches!(name.bracket, Bracket::Bare)
}

impl<'t> Names<'t> {
    /// Reads the headers of all declarations.
    pub(super) fn of(items: &Items<'t>, packages: &mut [Package<'t>], found: &mut Found) -> Names<'t> {
        let mut names = Names::default();
        for package in packages {
            names.scopes.push(Scope::default());
            names.uses.push(std::mem::take(&mut package.uses));
        }
        names.list(&items.documents, |n| Thing::Document(DocumentId(n)), found);
        names.list(&items.bodies, |n| Thing::Body(BodyId(n)), found);
        names.list(&items.units, |n| Thing::Unit(UnitId(n)), found);
        names.list(&items.scales, |n| Thing::Scale(ScaleId(n)), found);
        names.list(&items.maps, |n| Thing::Map(MapId(n)), found);
        names.list(&items.kinds, |n| Thing::Kind(KindId(n)), found);
        names.list(&items.outcomes, |n| Thing::Outcome(OutcomeId(n)), found);
        names.list(&items.sets, Thing::Set, found);
        names.list(&items.frameworks, |n| Thing::Framework(FrameworkId(n)), found);
        names.list(&items.comparisons, |n| Thing::Comparison(ComparisonId(n)), found);
        names.list(&items.standards, |n| Thing::Standard(StandardId(n)), found);
        names.list(&items.programmes, |n| Thing::Programme(ProgrammeId(n)), found);
        for (account, n) in items.accounts.iter().zip(0u32..) {
            names.header(&account.item, Thing::Block(BlockId(n)), found);
        }
        names
    }

    /// Takes in the names that statements declare which are not built yet: `block elective`, `programme bachelor { … }`.
    pub(super) fn add_later(&mut self, trees: &[Tree], found: &Found) {
        let mut open: Vec<&Statement> = trees.iter().flat_map(|tree| &tree.statements).collect();
        while let Some(statement) = open.pop() {
            match &statement.kind {
                StatementKind::Declaration(declaration) => {
                    open.extend(super::items::statements(declaration.body.as_ref()));
                }
                StatementKind::Later => {
                    let words = read_words(statement.span.file, found.written(statement.span)).tokens;
                    if let [declares, name, ..] = words.as_slice()
                        && matches!(declares.kind, TokenKind::Word(_, meaning) if meaning.gives_a_name())
                        && let TokenKind::Name(name, _) = &name.kind
                    {
                        self.later.insert(name.clone());
                    }
                }
                _ => {}
            }
        }
    }

    fn list(&mut self, items: &[Item<'t>], thing: impl Fn(u32) -> Thing, found: &mut Found) {
        for (item, n) in items.iter().zip(0u32..) {
            self.header(item, thing(n), found);
        }
    }

    fn header(&mut self, item: &Item<'t>, thing: Thing, found: &mut Found) {
        let declaration = item.declaration;
        let Some(name) = &declaration.name else { return };
        let Some(scope) = self.scopes.get_mut(item.package) else { return };
        let former = super::outcomes::former_names(declaration);
        for id in std::iter::once(name).chain(&declaration.aliases).chain(former) {
            let taken = scope.named.get(&*id.text).and_then(|hits| hits.all().first().copied());
            if let Some(first) = taken.filter(|&first| first != thing) {
                let place = self.headers.get(&first).map_or(id.span, |header| header.span);
                found.push(fault::duplicate(&id.text, id.span, place));
                continue;
            }
            scope.named.entry(Cow::Borrowed(&*id.text)).or_default().add(thing);
        }
        let name = Header { declaration, span: name.span, name: item.name.clone() };
        self.headers.insert(thing, name);
    }

    /// Adds titles and codes, after all ids: an id that is also another thing's title names both.
    pub(super) fn add_titles(&mut self, items: &Items<'t>) {
        self.titles(&items.documents, |n| Thing::Document(DocumentId(n)));
        self.titles(&items.bodies, |n| Thing::Body(BodyId(n)));
        self.titles(&items.units, |n| Thing::Unit(UnitId(n)));
        self.titles(&items.scales, |n| Thing::Scale(ScaleId(n)));
        self.titles(&items.maps, |n| Thing::Map(MapId(n)));
        self.titles(&items.kinds, |n| Thing::Kind(KindId(n)));
        self.titles(&items.outcomes, |n| Thing::Outcome(OutcomeId(n)));
        self.titles(&items.sets, Thing::Set);
        self.titles(&items.frameworks, |n| Thing::Framework(FrameworkId(n)));
        self.titles(&items.comparisons, |n| Thing::Comparison(ComparisonId(n)));
        self.titles(&items.standards, |n| Thing::Standard(StandardId(n)));
        self.titles(&items.programmes, |n| Thing::Programme(ProgrammeId(n)));
        self.titles(items.accounts.iter().map(|account| &account.item), |n| Thing::Block(BlockId(n)));
        for (item, n) in items.outcomes.iter().zip(0u32..) {
            let Some(scope) = self.scopes.get_mut(item.package) else { continue };
            if let Some(kind) = &item.declaration.kind {
                self.kind_names.insert(Thing::Outcome(OutcomeId(n)), kind.text.clone());
            }
            if let Some(code) = code_of(item) {
                self.codes.insert(Thing::Outcome(OutcomeId(n)), code);
                scope.codes.entry(fold(code)).or_default().add(Thing::Outcome(OutcomeId(n)));
            }
        }
    }

    fn titles<'i>(&mut self, items: impl IntoIterator<Item = &'i Item<'t>>, thing: impl Fn(u32) -> Thing)
    where
        't: 'i,
    {
        for (item, n) in items.into_iter().zip(0u32..) {
            let Some(scope) = self.scopes.get_mut(item.package) else { continue };
            for title in &item.declaration.titles {
                scope.named.entry(fold(&title.text.text)).or_default().add(thing(n));
            }
        }
    }

    fn hits(&self, package: usize, name: &Name) -> Vec<Thing> {
        let mut things = Vec::new();
        if let Some(scope) = self.scopes.get(package) {
            scope.look(&name.text, is_boxed(name), &mut things);
        }
        if things.is_empty()
            && !is_boxed(name)
            && let Some((used, rest)) = self.split(package, &name.text)
            && let Some(scope) = self.scopes.get(used)
        {
            scope.look(rest, false, &mut things);
        }
        things
    }

    /// The used package that a dotted name begins with, and the rest of the name.
    pub(super) fn split<'n>(&self, package: usize, text: &'n str) -> Option<(usize, &'n str)> {
        let uses = self.uses.get(package)?;
        text.rmatch_indices('.').find_map(|(at, _)| Some((*uses.get(text.get(..at)?)?, text.get(at + 1..)?)))
    }

    /// Whether the name names anything of these sorts.
    pub(super) fn has(&self, package: usize, name: &Name, want: &[Sort]) -> bool {
        self.hits(package, name).iter().any(|thing| want.contains(&thing.sort()))
    }

    /// The one thing of these sorts that the name names, without a word where there is none or more.
    pub(super) fn peek(&self, package: usize, name: &Name, want: &[Sort]) -> Option<Thing> {
        if let (Some(scope), false) = (self.scopes.get(package), is_boxed(name))
            && let Some(Hits::One(thing)) = scope.named.get(&*name.text)
        {
            return Some(*thing).filter(|thing| want.contains(&thing.sort()));
        }
        let mut hits = self.hits(package, name);
        hits.retain(|thing| want.contains(&thing.sort()));
        if let &[thing] = hits.as_slice() { Some(thing) } else { None }
    }

    /// The one thing of these sorts that the name names.
    pub(super) fn find(
        &self,
        package: usize,
        name: &Name,
        want: &[Sort],
        found: &mut Found,
    ) -> Option<Thing> {
        self.find_among(package, name, want, |_| true, found)
    }

    /// The one thing of these sorts that the name names and that `fits`.
    pub(super) fn find_among(
        &self,
        package: usize,
        name: &Name,
        want: &[Sort],
        fits: impl Fn(Thing) -> bool,
        found: &mut Found,
    ) -> Option<Thing> {
        // Nearly every name is a bare one that names one thing.
        if let (Some(scope), false) = (self.scopes.get(package), is_boxed(name))
            && let Some(Hits::One(thing)) = scope.named.get(&*name.text)
            && want.contains(&thing.sort())
            && fits(*thing)
        {
            return Some(*thing);
        }
        let hits = self.hits(package, name);
        let mut wanted = hits.iter().copied().filter(|thing| want.contains(&thing.sort()) && fits(*thing));
        match (wanted.next(), wanted.next()) {
            (Some(thing), None) => return Some(thing),
            (Some(first), Some(second)) => {
                let all: Vec<Thing> = [first, second].into_iter().chain(wanted).collect();
                found.push(self.ambiguous(name, &all));
            }
            (None, _) => match hits.first() {
                Some(&other) => found.push(self.wrong_sort(name, other, want)),
                None if self.later.contains(&*name.text) => {}
                None => {
                    let problem = self.unknown(package, name, want, found);
                    found.push(problem);
                }
            },
        }
        None
    }

    fn ambiguous(&self, name: &Name, all: &[Thing]) -> Problem {
        let names = all.iter().map(|thing| Said::Name(self.name_of(*thing).into())).collect::<Vec<_>>();
        let mut problem =
            Problem::new(Code::NameAmbiguous, name.span).say("name", &*name.text).say("candidates", names);
        for thing in all {
            if let Some(header) = self.headers.get(thing) {
                problem = problem.label(header.span, "also");
            }
        }
        problem
    }

    fn wrong_sort(&self, name: &Name, other: Thing, want: &[Sort]) -> Problem {
        let mut problem = Problem::new(Code::NameSort, name.span).say("name", &*name.text);
        problem = problem.say("found", Said::Word(other.sort().word())).say("expected", words(want));
        if let Some(header) = self.headers.get(&other) {
            problem = problem.label(header.span, "declared");
        }
        problem
    }

    /// With the nearest names of the same sort. Where hundreds of names are missing, looking for the nearest of each would
    /// help nobody and take long.
    fn unknown(&self, package: usize, name: &Name, want: &[Sort], found: &Found) -> Problem {
        let near = if found.len() > 200 { Vec::new() } else { self.nearest(package, name, want, found) };
        let names = || -> Vec<Said> { near.iter().map(|(said, _)| said.clone()).collect() };
        let problem = match want {
            [Sort::Document] => Problem::new(Code::CitationUnknown, name.span).say("document", &*name.text),
            [Sort::Unit] => Problem::new(Code::UnitUnknown, name.span).say("name", &*name.text),
            _ => {
                let kind = near.first().and_then(|(_, thing)| self.kind_names.get(thing));
                let kind = kind.map_or_else(|| words(want), |kind| Said::Text(kind.clone()));
                fault::unknown(&name.text, is_boxed(name), kind, name.span)
            }
        };
        match want {
            _ if !near.is_empty() => problem.say("nearest", names()),
            // What is a place in a catalogue is published under a title; anything else is the author's to declare.
            [sort] if !matches!(sort, Sort::Outcome | Sort::Kind | Sort::Document | Sort::Unit) => {
                problem.say("declare", Said::Word(sort.word())).say("missing", &*name.text)
            }
            _ => problem,
        }
    }

    fn nearest(&self, package: usize, name: &Name, want: &[Sort], found: &Found) -> Vec<(Said, Thing)> {
        let Some(scope) = self.scopes.get(package) else { return Vec::new() };
        let codes = is_boxed(name).then_some(&scope.codes).into_iter().flatten();
        let known: FxHashMap<&str, Thing> = scope
            .named
            .iter()
            .chain(codes)
            .filter_map(|(key, hits)| {
                let thing = hits.all().iter().find(|thing| want.contains(&thing.sort()))?;
                Some((&**key, *thing))
            })
            .collect();
        let near = suggest::nearest(&name.text, known.keys().copied(), 3);
        let mut things = Vec::new();
        for key in near {
            let Some(&thing) = known.get(key) else { continue };
            if things.iter().all(|(_, other)| *other != thing) {
                let code = self.codes.get(&thing).map(|code| (*code).into());
                let is_id = key.is_ascii() && self.name_of(thing) == key;
                let said = if is_id && !is_boxed(name) {
                    Said::Name(key.into())
                } else {
                    Said::Titled { title: self.as_declared(thing, key, found), code }
                };
                things.push((said, thing));
            }
        }
        things
    }

    /// A name or title as its declaration spells it, brackets and widths included.
    fn as_declared(&self, thing: Thing, key: &str, found: &Found) -> Box<str> {
        let Some(declaration) = self.headers.get(&thing).map(|header| header.declaration) else {
            return key.into();
        };
        let titles = declaration.titles.iter().map(|title| &*title.text.text);
        let bare = declaration.name.iter().chain(&declaration.aliases).filter(|name| !is_boxed(name));
        let names = bare.map(|name| found.written(name.span));
        titles.chain(names).find(|written| fold(written) == key).unwrap_or(key).into()
    }

    /// The canonical name of a thing.
    pub(super) fn name_of(&self, thing: Thing) -> &str {
        self.headers.get(&thing).map_or("", |header| &header.name)
    }

    /// Where a thing's name is declared.
    pub(super) fn place_of(&self, thing: Thing) -> Option<Span> {
        self.headers.get(&thing).map(|header| header.span)
    }
}

impl Scope<'_> {
    fn look(&self, text: &str, boxed: bool, things: &mut Vec<Thing>) {
        let key = fold(text);
        let codes = boxed.then(|| self.codes.get(&*key)).flatten();
        for hits in self.named.get(&*key).into_iter().chain(codes) {
            for thing in hits.all() {
                if !things.contains(thing) {
                    things.push(*thing);
                }
            }
        }
    }
}

fn words(want: &[Sort]) -> Said {
    match want {
        [one] => Said::Word(one.word()),
        _ => Said::List(want.iter().map(|sort| Said::Word(sort.word())).collect()),
    }
}

/// The code that an outcome says, or its boxed name.
pub(super) fn code_of<'t>(item: &Item<'t>) -> Option<&'t str> {
    let declaration: &'t crate::syntax::tree::Declaration = item.declaration;
    if declaration.word != DeclarationWord::Outcome {
        return None;
    }
    let said = slots(declaration.body.as_ref()).find_map(|(_, slot)| match &slot.operand {
        Operand::Given(given) if builtin::canonical(&given.fact.text) == "code" => given.values.first(),
        _ => None,
    });
    match said.map(|value| &value.kind) {
        Some(ValueKind::Text(text)) => Some(&text.text),
        Some(ValueKind::Name(name)) => Some(&name.text),
        Some(_) => None,
        None => declaration.name.as_ref().filter(|name| is_boxed(name)).map(|name| &*name.text),
    }
}

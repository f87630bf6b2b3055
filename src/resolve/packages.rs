//! Which file belongs to which package, and which packages a package uses.
//!
//! A package is the folder of the file that holds its header. The package that is compiled is the one nearest to the root
//! of the paths; all others are there because it uses them. Order of files never decides.

use rustc_hash::FxHashMap;

use crate::diagnostic::{Code, Problem, Said};
use crate::model::UnitId;
use crate::quantity::Date;
use crate::source::{Sources, Span};
use crate::syntax::tree::{Declaration, DeclarationWord, NameSlot, Operand, StatementKind, Tree};

use super::fault;
use super::found::Found;
use super::items;
use super::known::{Known, Making};
use super::titles::titles;

/// A package and the names of those it uses.
#[derive(Debug)]
pub(super) struct Package<'t> {
    /// Its dotted name; empty where no header says one.
    pub(super) name: &'t str,
    /// What stands before the names it declares in the model: nothing for the package compiled, `cn.west.` for another.
    pub(super) prefix: Box<str>,
    /// Its header.
    pub(super) header: Option<&'t Declaration>,
    /// The packages it uses, by the names under which it does.
    pub(super) uses: FxHashMap<&'t str, usize>,
    folder: &'t str,
}

/// The packages, the compiled one first and the others by name, and for each tree the package it belongs to.
pub(super) fn packages<'t>(
    trees: &'t [Tree],
    sources: &'t Sources,
    found: &mut Found,
) -> (Vec<Package<'t>>, Vec<usize>) {
    let folder_of = |tree: &Tree| sources.get(tree.file).map_or("", |source| folder(&source.path));
    let mut headers: Vec<(&str, &Declaration)> = Vec::new();
    for tree in trees {
        headers.extend(declarations(tree, DeclarationWord::Package).map(|header| (folder_of(tree), header)));
    }
    headers.sort_by_key(|(folder, header)| (depth(folder), *folder, header.header));

    let mut packages: Vec<Package<'t>> = Vec::new();
    for (folder, header) in headers {
        let Some(name) = &header.name else { continue };
        if let Some(twin) = packages.iter().find(|package| package.folder == folder) {
            let first = twin.header.map_or(header.header, |header| header.header);
            found.push(fault::duplicate(&name.text, name.span, first));
            continue;
        }
        packages.push(Package {
            name: &name.text,
            prefix: Box::default(),
            header: Some(header),
            uses: FxHashMap::default(),
            folder,
        });
    }
    if packages.is_empty() {
        // A file that could not be read at all may hold the header.
        let first = trees.iter().min_by_key(|tree| sources.get(tree.file).map(|source| &source.path));
        if let Some(tree) = first.filter(|_| trees.iter().all(is_sound)) {
            found.push(Problem::new(Code::PackageHeader, Span::at(tree.file, 0)));
        }
        let uses = FxHashMap::default();
        packages.push(Package { name: "", prefix: Box::default(), header: None, uses, folder: "" });
    }
    if let Some(others) = packages.get_mut(1..) {
        others.sort_by_key(|package| package.name);
        for package in others {
            package.prefix = format!("{}.", package.name).into();
        }
    }
    let of_tree: Vec<usize> = trees.iter().map(|tree| owner(folder_of(tree), &packages)).collect();
    read_uses(trees, &of_tree, &mut packages, found);
    (packages, of_tree)
}

/// Whether every statement at the top of a file could be read.
fn is_sound(tree: &Tree) -> bool {
    tree.statements.iter().all(|statement| !matches!(statement.kind, StatementKind::Bad))
}

/// The package whose folder holds this one most closely.
fn owner(folder: &str, packages: &[Package<'_>]) -> usize {
    let holds = |outer: &str| {
        outer.is_empty() && !folder.starts_with("..")
            || folder.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    let holding = packages.iter().enumerate().filter(|(_, package)| holds(package.folder));
    holding.max_by_key(|(_, package)| package.folder.len()).map_or(0, |(at, _)| at)
}

fn read_uses<'t>(trees: &'t [Tree], of_tree: &[usize], packages: &mut [Package<'t>], found: &mut Found) {
    let mut edges: Vec<(usize, usize, Span)> = Vec::new();
    let by_name: FxHashMap<&str, usize> = packages.iter().enumerate().map(|(at, p)| (p.name, at)).collect();
    for (tree, &user) in trees.iter().zip(of_tree) {
        for used in declarations(tree, DeclarationWord::Use) {
            let Some(name) = &used.name else { continue };
            let Some(&target) = by_name.get(&*name.text).filter(|&&target| target != user) else {
                let problem = Problem::new(Code::UseUnknown, name.span).say("name", &*name.text);
                let names = packages.iter().map(|package| package.name).filter(|name| !name.is_empty());
                found.push(fault::with_nearest(problem, &name.text, names));
                continue;
            };
            edges.push((user, target, name.span));
            check_version(used, packages.get(target).and_then(|package| package.header), found);
            let Some(package) = packages.get_mut(user) else { continue };
            let short = used.rename.as_ref().map_or_else(|| last_part(&name.text), |rename| &*rename.text);
            package.uses.insert(short, target);
            package.uses.insert(&name.text, target);
        }
    }
    circles(&edges, packages, found);
}

/// Tells each circle of packages once, at its first `use`.
fn circles(edges: &[(usize, usize, Span)], packages: &[Package<'_>], found: &mut Found) {
    let mut told: Vec<Vec<usize>> = Vec::new();
    for &(user, target, at) in edges {
        let Some(mut around) = way(edges, target, user) else { continue };
        let names: Vec<Said> = std::iter::once(user)
            .chain(around.iter().copied().take_while(|&package| package != user))
            .filter_map(|package| packages.get(package))
            .map(|package| Said::Name(package.name.into()))
            .collect();
        around.sort_unstable();
        if !told.contains(&around) {
            found.push(Problem::new(Code::UseCycle, at).say("names", names));
            told.push(around);
        }
    }
}

/// The packages on a way of `use`s from one to another, both included.
fn way(edges: &[(usize, usize, Span)], from: usize, to: usize) -> Option<Vec<usize>> {
    let mut came: FxHashMap<usize, usize> = FxHashMap::default();
    let mut next = vec![from];
    while let Some(package) = next.pop() {
        if package == to {
            let mut way = vec![to];
            while let Some(&before) = way.last().filter(|&&last| last != from).and_then(|last| came.get(last))
            {
                way.push(before);
            }
            way.reverse();
            return Some(way);
        }
        for &(user, target, _) in edges.iter().filter(|(user, ..)| *user == package) {
            if target != from && !came.contains_key(&target) {
                came.insert(target, user);
                next.push(target);
            }
        }
    }
    None
}

/// `use cn.west version 2026` is met by every 2026.n.
fn check_version(used: &Declaration, header: Option<&Declaration>, found: &mut Found) {
    let (Some(wanted), Some(header)) = (&used.version, header) else { return };
    let Some(stands) = &header.version else { return };
    let met =
        stands.text.strip_prefix(&*wanted.text).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
    if !met {
        let name = used.name.as_ref().map_or("", |name| &*name.text);
        let problem = Problem::new(Code::UseVersion, wanted.span).say("name", name);
        found.push(problem.say("found", &*stands.text).say("wanted", &*wanted.text));
    }
}

/// The declarations of one sort at the top of a file, and inside the header of its package.
fn declarations(tree: &Tree, word: DeclarationWord) -> impl Iterator<Item = &Declaration> {
    tree.statements
        .iter()
        .filter_map(|statement| match &statement.kind {
            StatementKind::Declaration(declaration) => Some(&**declaration),
            _ => None,
        })
        .flat_map(|outer| {
            let inner = (outer.word == DeclarationWord::Package).then_some(outer.body.as_ref()).flatten();
            let inner =
                inner.into_iter().flat_map(|body| &body.statements).filter_map(|statement| match &statement
                    .kind
                {
                    StatementKind::Declaration(declaration) => Some(&**declaration),
                    _ => None,
                });
            std::iter::once(outer).chain(inner)
        })
        .filter(move |declaration| declaration.word == word)
}

fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

fn depth(folder: &str) -> usize {
    if folder.is_empty() { 0 } else { folder.split('/').count() }
}

fn last_part(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(_, last)| last)
}

/// The header of the package that is compiled.
pub(super) fn header(package: Option<&Package<'_>>) -> crate::model::Package {
    let Some(header) = package.and_then(|package| package.header) else { return Default::default() };
    let in_body = items::slots(header.body.as_ref()).find_map(|(_, slot)| match &slot.operand {
        Operand::Version(version) => Some(version),
        _ => None,
    });
    let version = header.version.as_deref().or(in_body);
    crate::model::Package {
        name: package.map_or("", |package| package.name).into(),
        titles: titles(&header.titles),
        version: version.map_or("", |version| &*version.text).into(),
        hash: Box::default(),
        first_day: version.and_then(|version| first_day(&version.text)),
        span: Some(header.header),
    }
}

/// The first day of the year of a version.
fn first_day(version: &str) -> Option<Date> {
    Date::new(version.split('.').next()?.parse().ok()?, 1, 1)
}

/// What bare `credits` means in each package: the unit that its header says, else its only one.
pub(super) fn units(known: &mut Known<'_>, making: &mut Making, packages: &[Package<'_>]) {
    let mut units = Vec::with_capacity(packages.len());
    for (at, package) in packages.iter().enumerate() {
        let mut said = None;
        for (_, slot) in items::slots(package.header.and_then(|header| header.body.as_ref())) {
            match &slot.operand {
                Operand::Names(NameSlot::Unit, names) => {
                    said = super::schemes::unit(known, making, at, names);
                }
                Operand::Version(_)
                | Operand::Text(..)
                | Operand::Names(NameSlot::Owner, _)
                | Operand::Note(_) => {}
                _ => making.found.misplaced(slot.word_span, "declaration.package"),
            }
        }
        let own = || (0u32..).zip(&known.items.units).filter(|(_, item)| item.package == at);
        let only = own().next().filter(|_| own().nth(1).is_none()).map(|(id, _)| UnitId(id));
        units.push(said.or(only));
    }
    known.package_units = units;
}

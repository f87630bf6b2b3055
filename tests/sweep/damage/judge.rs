//! What a damaged package must still say.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;
use std::time::{Duration, Instant};

use accredit::compile::{Compiled, compile};
use accredit::diagnostic::{MessageLanguage, Problem, Severity, catalogue};
use accredit::source::{Source, Sources, Span};
use accredit::syntax::token::TokenKind;
use accredit::syntax::tree::{DeclarationWord, Statement, StatementKind};
use accredit::syntax::words::read_words;

use super::edit::Edit;

/// No edit of a package takes longer to compile, in a release build.
const LONGEST: Duration = Duration::from_millis(50);

/// A declaration, by its word and name.
type Item = (DeclarationWord, String);

struct Placed {
    item: Item,
    file: usize,
    header: RangeInclusive<usize>,
    whole: RangeInclusive<usize>,
}

impl Placed {
    fn is_in(&self, file: usize, edit: &Edit) -> bool {
        self.file == file && meet(&self.whole, &edit.before)
    }
}

fn meet(one: &RangeInclusive<usize>, other: &RangeInclusive<usize>) -> bool {
    one.start() <= other.end() && other.start() <= one.end()
}

/// A package that is sound, and what is in it.
pub struct Package {
    pub name: String,
    pub sources: Vec<Source>,
    /// Each item, its file, the lines of its header, and the lines of the whole of it.
    items: Vec<Placed>,
    meant: BTreeSet<(&'static str, String)>,
}

/// What was seen of many edits.
#[derive(Debug, Default)]
pub struct Seen {
    pub edits: usize,
    /// Edits after which a text could not be read.
    pub unread: usize,
    /// Of them, those whose first error stands beside the edit and which keep every other item.
    pub well_told: usize,
    /// Uses of a name that is gone, and those that are told.
    pub uses: usize,
    pub uses_told: usize,
    /// What was not told well, for people.
    pub worst: Vec<String>,
    pub slowest: Duration,
}

impl Seen {
    pub fn say(&self, what: &str) -> String {
        let Seen { edits, unread, well_told, uses, uses_told, slowest, .. } = self;
        format!(
            "{what}: {edits} edits, {unread} unreadable, {well_told} of them told beside the edit with all else kept; \
             {uses} uses of names that are gone, {uses_told} told; slowest {slowest:?}"
        )
    }
}

impl Package {
    pub fn new(name: String, sources: Vec<Source>) -> Package {
        let mut package = Package { name, sources, items: Vec::new(), meant: BTreeSet::new() };
        let compiled = compile(package.with(usize::MAX, ""));
        assert!(compiled.graph.is_some(), "{} is sound", package.name);
        for tree in &compiled.trees {
            let mut lines = |statement: &Statement, item: Item| {
                let StatementKind::Declaration(declaration) = &statement.kind else { return };
                let text = &compiled.sources.get(tree.file).unwrap().text;
                let line = |offset: u32| text[..offset as usize].matches('\n').count();
                let lines = |span: Span| line(span.start)..=line(span.end);
                let (header, whole) = (lines(declaration.header), lines(statement.span));
                package.items.push(Placed { item, file: tree.file.0 as usize, header, whole });
            };
            each_item(&tree.statements, &mut lines);
        }
        package.meant = meant(&compiled);
        package
    }

    fn with(&self, file: usize, text: &str) -> Sources {
        let mut all = Sources::new();
        for (at, source) in self.sources.iter().enumerate() {
            all.push(if at == file { Source::new(source.path.clone(), text) } else { source.clone() });
        }
        all
    }

    /// Compiles the package with one file edited, and judges what is said of it.
    pub fn judge(&self, file: usize, edit: &Edit, seen: &mut Seen) {
        let what = || format!("{}:{}", self.sources[file].path, edit.what);
        let compiled = self.in_time(file, edit, seen);
        seen.edits += 1;
        sound(&compiled, what);

        let path = &self.sources[file].path;
        let edited = compiled.sources.find(path).unwrap();
        let (_, unread) = accredit::syntax::parse(edited, compiled.sources.get(edited).unwrap().code());
        let kept = items(&compiled);
        let is_touched = |placed: &Placed| placed.file == file && meet(&placed.header, &edit.before);
        if unread.iter().any(is_error) {
            seen.unread += 1;
            let lost: Vec<&Item> = self
                .items
                .iter()
                .filter(|placed| !is_touched(placed))
                .map(|placed| &placed.item)
                .filter(|item| !kept.contains(*item))
                .collect();
            // What holds the edit directly may be unfit for more than being kept.
            let inside = self.items.iter().filter(|placed| placed.is_in(file, edit));
            let inmost = inside.min_by_key(|placed| placed.whole.end() - placed.whole.start());
            let others: BTreeSet<&str> = self
                .items
                .iter()
                .filter(|placed| {
                    !is_touched(placed) && inmost.is_none_or(|inmost| inmost.item != placed.item)
                })
                .map(|placed| placed.item.1.as_str())
                .collect();
            let now_meant = meant(&compiled);
            let unchecked: Vec<_> = self
                .meant
                .iter()
                .filter(|item| others.contains(item.1.as_str()) && !now_meant.contains(*item))
                .collect();
            let first =
                compiled.problems.iter().find(|problem| is_error(problem) && problem.at.file == edited);
            let line = first.map(|problem| compiled.sources.position(problem.at).unwrap().line as usize - 1);
            let is_near =
                line.is_some_and(|line| line + 1 >= *edit.after.start() && line <= *edit.after.end() + 1);
            if is_near && lost.is_empty() && unchecked.is_empty() {
                seen.well_told += 1;
            } else {
                let code = first.map_or("", |problem| problem.code.id());
                let line = line.map_or(0, |line| line + 1);
                let more = compiled.problems.len();
                seen.worst.push(format!(
                    "{} → {line} {code} ({more}), lost {lost:?}, unchecked {unchecked:?}",
                    what()
                ));
            }
        } else {
            let gone = self.items.iter().filter(|placed| is_touched(placed) && !kept.contains(&placed.item));
            for placed in gone {
                uses_are_told(&compiled, &placed.item, (file, edit), seen, what);
            }
        }
    }

    fn in_time(&self, file: usize, edit: &Edit, seen: &mut Seen) -> Compiled {
        let timed = || {
            let sources = self.with(file, &edit.text);
            let start = Instant::now();
            let compiled = compile(sources);
            (compiled, start.elapsed())
        };
        let (compiled, mut took) = timed();
        // A busy machine says little of speed: what seems slow is timed again. A debug build says nothing of it.
        for _ in 0..3 {
            if took >= LONGEST && !cfg!(debug_assertions) {
                took = took.min(timed().1);
            }
        }
        seen.slowest = seen.slowest.max(took);
        assert!(
            cfg!(debug_assertions) || took < LONGEST,
            "{took:?}: {}:{}",
            self.sources[file].path,
            edit.what
        );
        compiled
    }
}

fn is_error(problem: &Problem) -> bool {
    problem.code.severity() == Severity::Error
}

/// What an edit leaves is a valid package, or an error with a place in it.
fn sound(compiled: &Compiled, what: impl Fn() -> String) {
    assert_eq!(compiled.graph.is_none(), compiled.has_errors(), "{}", what());
    for problem in &compiled.problems {
        let source = compiled.sources.get(problem.at.file).unwrap();
        let (start, end) = (problem.at.start as usize, problem.at.end as usize);
        assert!(start <= end && end <= source.text.len(), "{}: {problem:?}", what());
        assert!(source.text.is_char_boundary(start) && source.text.is_char_boundary(end), "{}", what());
    }
}

/// Where a name is gone, an error stands at each use and names it.
fn uses_are_told(
    compiled: &Compiled,
    (word, name): &Item,
    (file, edit): (usize, &Edit),
    seen: &mut Seen,
    what: impl Fn() -> String,
) {
    // These are named nowhere; and where something else has the name too, a use of it means that.
    if matches!(word, DeclarationWord::Package | DeclarationWord::Use | DeclarationWord::Dimension)
        || is_known_otherwise(compiled, name)
    {
        return;
    }
    for tree in &compiled.trees {
        let source = compiled.sources.get(tree.file).unwrap();
        for token in read_words(tree.file, source.code()).tokens {
            let TokenKind::Name(text, _) = &token.kind else { continue };
            let line = compiled.sources.position(token.span).map_or(0, |at| at.line as usize);
            // What is left of the declaration itself is no use of it.
            let is_edited = tree.file.0 as usize == file && edit.after.contains(&line.saturating_sub(1));
            if **text != **name || is_edited {
                continue;
            }
            seen.uses += 1;
            let says = |problem: &&Problem| {
                let there = problem.at;
                is_error(problem) && (there.contains(token.span) || token.span.contains(there))
            };
            let told = compiled.problems.iter().filter(says).any(|problem| {
                let said = catalogue::sentence(problem, MessageLanguage::English);
                said.sentence.contains(name.as_str())
            });
            if told {
                seen.uses_told += 1;
            } else {
                let at = compiled.sources.position(token.span).unwrap();
                seen.worst.push(format!("{}: {name} at {}:{} is not told", what(), at.line, at.column));
            }
        }
    }
}

/// Whether a name is also a fact's or a value's, or a title, another name or the name in full-width letters of something that is left.
fn is_known_otherwise(compiled: &Compiled, name: &str) -> bool {
    if matches!(name, "credits" | "points" | "hours" | "grade") {
        return true;
    }
    let model = &compiled.model;
    // A set whose members are declared nowhere is a list too; only the values of facts mean themselves.
    let sets: BTreeSet<String> = items(compiled)
        .into_iter()
        .filter(|(word, _)| *word == DeclarationWord::Set)
        .map(|(_, name)| name)
        .collect();
    let of_facts = model.lists.iter().filter(|list| !sets.contains(&*list.name));
    let mut listed = of_facts.flat_map(|list| list.ranks.iter().flatten());
    let mut is_known =
        model.facts.iter().any(|fact| *fact.name == *name) || listed.any(|value| *value.name == *name);
    for tree in &compiled.trees {
        each_item(&tree.statements, &mut |statement, (_, other)| {
            let StatementKind::Declaration(declaration) = &statement.kind else { return };
            is_known |= folded(&other) == folded(name)
                || declaration.titles.iter().any(|title| *title.text.text == *name)
                || declaration.aliases.iter().any(|alias| *alias.text == *name);
        });
    }
    is_known
}

/// Names are compared in one width.
fn folded(name: &str) -> String {
    name.chars()
        .map(|character| match u32::from(character) {
            code @ 0xff01..=0xff5e => char::from_u32(code - 0xfee0).unwrap(),
            0x3000 => ' ',
            _ => character,
        })
        .collect()
}

/// Every declaration of a package's trees.
fn items(compiled: &Compiled) -> BTreeSet<Item> {
    let mut items = BTreeSet::new();
    for tree in &compiled.trees {
        each_item(&tree.statements, &mut |_, item| {
            items.insert(item);
        });
    }
    items
}

fn each_item(statements: &[Statement], each: &mut impl FnMut(&Statement, Item)) {
    for statement in statements {
        if let StatementKind::Declaration(declaration) = &statement.kind {
            let name = declaration.name.as_ref().map_or_else(String::new, |name| name.text.to_string());
            each(statement, (declaration.word, name));
            if let Some(body) = &declaration.body {
                each_item(&body.statements, each);
            }
        }
    }
}

/// Everything that the model holds: what was not only read but checked.
fn meant(compiled: &Compiled) -> BTreeSet<(&'static str, String)> {
    let model = &compiled.model;
    let mut all = BTreeSet::new();
    let mut add = |sort, name: &str| {
        all.insert((sort, name.to_owned()));
    };
    model.documents.iter().for_each(|it| add("document", &it.name));
    model.bodies.iter().for_each(|it| add("body", &it.name));
    model.units.iter().for_each(|it| add("unit", &it.name));
    model.scales.iter().for_each(|it| add("scale", &it.name));
    model.kinds.iter().for_each(|it| add("kind", &it.name));
    model.outcomes.iter().for_each(|it| add("outcome", &it.name));
    model.sets.iter().for_each(|it| add("set", &it.name));
    model.frameworks.iter().for_each(|it| add("framework", &it.name));
    model.schemes.iter().for_each(|it| add("scheme", &it.name));
    model.rules.iter().for_each(|it| add("rule", &it.name));
    all
}

//! Frames and members: a scheme `under` another has that one's rules too, and so has one that adopts them.
//!
//! A member's rule is the frame's own text read once more in the member's scheme: with the frame's lines, the member's lines, and what
//! the member amends. Whatever decides, draws or proves afterwards sees plain rules of a plain scheme. A frame that has members in
//! the package answers through them alone.

use rustc_hash::FxHashMap;

use crate::diagnostic::{Code, Problem, Said};
use crate::language::normal;
use crate::syntax::tree::{Declaration, DeclarationWord, Name, NameSlot, Operand};

use super::fault::{duplicate, repeated, unknown, with_nearest};
use super::found::Found;
use super::items::{BarItem, Bond, Frame, Inherited, Item, Items, RuleItem, SchemeItem, own_name, slots};
use super::names::{Names, is_boxed};

/// Gives each scheme its frame, and the rules and bars of that frame.
pub(super) fn inherit(items: &mut Items<'_>, names: &Names<'_>, found: &mut Found) {
    let by_name = by_name(items);
    let frames: Vec<Option<Frame>> = (0..items.schemes.len())
        .map(|at| {
            let scheme = items.schemes.get(at)?;
            let (name, bond) = written_frame(scheme)?;
            let of = find(&by_name, names, scheme.item.package, name);
            if of.is_none() {
                let kind = Said::Word("declaration.scheme");
                let schemes = items.schemes.iter().map(|scheme| &*scheme.item.name);
                let problem = unknown(&name.text, is_boxed(name), kind, name.span);
                found.push(with_nearest(problem, &name.text, schemes));
            }
            of.map(|scheme| Frame { scheme, bond, at: name.span })
        })
        .collect();
    for (scheme, frame) in items.schemes.iter_mut().zip(frames) {
        scheme.frame = frame;
    }
    cut_circles(items, found);
    let outermost_first = outermost_first(items);
    for &at in &outermost_first {
        let Some(frame) = items.schemes.get(at).and_then(|scheme| scheme.frame) else {
            homeless(items, at, found);
            continue;
        };
        if let Some(of) = items.schemes.get_mut(frame.scheme) {
            of.is_frame = true;
        }
        take_rules(items, at, frame, found);
        take_bars(items, at, frame);
    }
    if !outermost_first.is_empty() {
        items.rules.sort_by(|a, b| {
            (a.scheme, &*a.item.name, a.item.span).cmp(&(b.scheme, &*b.item.name, b.item.span))
        });
    }
}

/// A scheme and those it stands under, the outermost first.
pub(super) fn chain(items: &Items<'_>, at: usize) -> Vec<usize> {
    let mut chain = vec![at];
    while let Some(frame) = chain.last().and_then(|&at| items.schemes.get(at)).and_then(|scheme| scheme.frame)
    {
        chain.push(frame.scheme);
    }
    chain.reverse();
    chain
}

/// The name of the scheme whose rules a scheme has too.
fn written_frame<'t>(scheme: &SchemeItem<'t>) -> Option<(&'t Name, Bond)> {
    let declaration: &'t Declaration = scheme.item.declaration;
    match declaration.word {
        DeclarationWord::Adopt => Some((declaration.name.as_ref()?, Bond::Adopted)),
        DeclarationWord::AdoptWithDiscretion => Some((declaration.name.as_ref()?, Bond::Discretion)),
        _ => slots(declaration.body.as_ref()).find_map(|(_, slot)| match &slot.operand {
            Operand::Names(NameSlot::Under, names) => Some((names.first()?, Bond::Under)),
            _ => None,
        }),
    }
}

type ByName = FxHashMap<(usize, Box<str>), usize>;

/// The schemes of each package by id, alias and title; a rule outside a scheme is a scheme of one.
fn by_name(items: &Items<'_>) -> ByName {
    let mut by_name = ByName::default();
    // A package in which nobody stands under another never asks for a scheme by name.
    if !items.schemes.iter().any(|scheme| written_frame(scheme).is_some()) {
        return by_name;
    }
    for (at, scheme) in items.schemes.iter().enumerate() {
        let declaration = scheme.item.declaration;
        let aliases = declaration.aliases.iter().map(|alias| &*alias.text);
        let titles = declaration.titles.iter().map(|title| &*title.text.text);
        for name in own_name(declaration).into_iter().chain(aliases).chain(titles) {
            by_name.entry((scheme.item.package, normal(name).into())).or_insert(at);
        }
    }
    by_name
}

fn find(by_name: &ByName, names: &Names<'_>, package: usize, name: &Name) -> Option<usize> {
    let here = by_name.get(&(package, normal(&name.text).into()));
    here.copied().or_else(|| {
        let (package, rest) = names.split(package, &name.text)?;
        by_name.get(&(package, normal(rest).into())).copied()
    })
}

/// Tells each circle of frames once, and cuts it there.
fn cut_circles(items: &mut Items<'_>, found: &mut Found) {
    for start in 0..items.schemes.len() {
        let mut way = vec![start];
        while let Some(frame) =
            way.last().and_then(|&at| items.schemes.get(at)).and_then(|scheme| scheme.frame)
        {
            if frame.scheme == start {
                let name = |at: &usize| items.schemes.get(*at).map(|scheme| scheme.item.name.clone());
                let names: Vec<Said> = way.iter().filter_map(name).map(Said::Name).collect();
                if let Some(place) = items.schemes.get(start).and_then(|scheme| scheme.frame) {
                    found.push(Problem::new(Code::UnderCycle, place.at).say("names", names));
                }
                if let Some(scheme) = items.schemes.get_mut(start) {
                    scheme.frame = None;
                }
                break;
            }
            // A circle further on is told from within.
            if way.contains(&frame.scheme) {
                break;
            }
            way.push(frame.scheme);
        }
    }
}

/// The schemes that have a frame or amend one, each after its own frame.
fn outermost_first(items: &Items<'_>) -> Vec<usize> {
    let concerned = |scheme: &SchemeItem<'_>| scheme.frame.is_some() || !scheme.amends.is_empty();
    let schemes = items.schemes.iter().enumerate().filter(|(_, scheme)| concerned(scheme));
    let mut order: Vec<(usize, usize)> = schemes.map(|(at, _)| (chain(items, at).len(), at)).collect();
    order.sort_unstable();
    order.into_iter().map(|(_, at)| at).collect()
}

/// What a scheme without a frame would amend.
fn homeless(items: &Items<'_>, at: usize, found: &mut Found) {
    for amend in items.schemes.get(at).into_iter().flat_map(|scheme| &scheme.amends) {
        found.push(Problem::new(Code::AmendNoFrame, amend.declaration.word_span));
    }
}

fn take_rules(items: &mut Items<'_>, at: usize, frame: Frame, found: &mut Found) {
    let Some(scheme) = items.schemes.get(at) else { return };
    let own: Vec<&RuleItem<'_>> = items.rules.iter().filter(|rule| rule.scheme == at).collect();
    let theirs: Vec<&RuleItem<'_>> = items.rules.iter().filter(|rule| rule.scheme == frame.scheme).collect();
    let mut amended = vec![None; theirs.len()];
    for amend in &scheme.amends {
        let Some(name) = &amend.declaration.name else { continue };
        let Some(nth) = of_name(&theirs, &name.text) else {
            let problem = unknown(&name.text, is_boxed(name), Said::Word("declaration.rule"), name.span);
            found.push(with_nearest(problem, &name.text, theirs.iter().map(|rule| &*rule.item.name)));
            continue;
        };
        let (Some(place), Some(rule)) = (amended.get_mut(nth), theirs.get(nth)) else { continue };
        if let Some(first) = place.replace(amend.declaration) {
            let first: &Declaration = first;
            found.push(repeated(Said::Word("declaration.amend"), amend.declaration.header, first.header));
        }
        if frame.bond == Bond::Under
            && let Some(silent) = forbids(items, rule, frame.scheme)
        {
            let problem = Problem::new(Code::AmendNotAllowed, amend.declaration.header)
                .say("rule", &*rule.item.name)
                .say("frame", &*silent.name);
            found.push(problem.label(silent.declaration.header, "frame"));
        }
    }
    let (only, except) = adopting(scheme.item.declaration, &theirs, found);
    let mut taken: Vec<RuleItem<'_>> = Vec::with_capacity(theirs.len());
    for (nth, (rule, amend)) in theirs.iter().zip(&amended).enumerate() {
        if !only.is_empty() && !only.contains(&nth) || except.contains(&nth) {
            continue;
        }
        let twin = own.iter().find(|own| own.item.name == rule.item.name);
        if let Some(name) = twin.and_then(|twin| twin.item.declaration.name.as_ref()) {
            found.push(duplicate(&name.text, name.span, rule.item.declaration.header));
            continue;
        }
        let mut inherited = rule.inherited.as_deref().cloned().unwrap_or(Inherited {
            home: frame.scheme,
            from: frame.scheme,
            amended: Vec::new(),
        });
        inherited.from = frame.scheme;
        inherited.amended.extend(amend.map(|declaration| (at, declaration)));
        let item = Item { name: rule.item.name.clone(), ..rule.item };
        taken.push(RuleItem { item, scheme: at, inherited: Some(Box::new(inherited)) });
    }
    items.rules.extend(taken);
}

/// The scheme between a rule's home and the one that would amend it that does not let its members tighten.
fn forbids<'i, 't>(items: &'i Items<'t>, rule: &RuleItem<'_>, frame: usize) -> Option<&'i Item<'t>> {
    let home = rule.inherited.as_ref().map_or(frame, |inherited| inherited.home);
    let chain = chain(items, frame);
    let between = chain.into_iter().skip_while(|&at| at != home);
    between.filter_map(|at| items.schemes.get(at)).map(|scheme| &scheme.item).find(|item| {
        !slots(item.declaration.body.as_ref())
            .any(|(_, slot)| matches!(slot.operand, Operand::MembersMayTighten))
    })
}

/// The rule that a name means: `article-3`, `frame.article-3`.
fn of_name(rules: &[&RuleItem<'_>], text: &str) -> Option<usize> {
    let named = |text: &str| {
        let text = normal(text);
        rules.iter().position(|rule| {
            let declaration = rule.item.declaration;
            let names = declaration.name.iter().chain(&declaration.aliases).map(|name| &*name.text);
            let titles = declaration.titles.iter().map(|title| &*title.text.text);
            names.chain(titles).any(|name| normal(name) == text)
        })
    };
    named(text).or_else(|| named(text.rsplit_once('.')?.1))
}

/// Which rules are adopted alone, and which are not.
fn adopting(
    declaration: &Declaration,
    theirs: &[&RuleItem<'_>],
    found: &mut Found,
) -> (Vec<usize>, Vec<usize>) {
    let (mut only, mut except) = (Vec::new(), Vec::new());
    for (_, slot) in slots(declaration.body.as_ref()) {
        let Operand::Adopting(these, names) = &slot.operand else { continue };
        for name in names {
            match of_name(theirs, &name.text) {
                Some(nth) if *these => only.push(nth),
                Some(nth) => except.push(nth),
                None => {
                    let kind = Said::Word("declaration.rule");
                    let problem = unknown(&name.text, is_boxed(name), kind, name.span);
                    let rules = theirs.iter().map(|rule| &*rule.item.name);
                    found.push(with_nearest(problem, &name.text, rules));
                }
            }
        }
    }
    (only, except)
}

fn take_bars(items: &mut Items<'_>, at: usize, frame: Frame) {
    let theirs = items.bars.iter().filter(|bar| bar.scheme == Some(frame.scheme));
    let taken: Vec<BarItem<'_>> =
        theirs.map(|bar| BarItem { home: bar.home.or(bar.scheme), scheme: Some(at), ..*bar }).collect();
    items.bars.extend(taken);
}

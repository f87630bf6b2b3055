//! Values that a frame leaves to its members: `open threshold : 50% to 100%`, stated by `threshold 80%`.
//!
//! A member's value stands in the rule where the frame names it. Where it is not stated, the rule is not established for that member.

use crate::diagnostic::{Code, Problem, Said};
use crate::model::{OpenValue, TypedDomain};
use crate::source::Span;
use crate::syntax::tree::{self, FactLine, Name, ValueKind};

use super::fault::{repeated, with_nearest};
use super::known::{Known, Making};
use super::members;
use super::schemes::Shared;
use super::titles::titles;
use super::values::{self, Asked};

/// A value that is left open, and what a scheme states for it.
#[derive(Clone, Debug)]
pub(super) struct Opened<'t> {
    pub(super) name: &'t Name,
    line: &'t FactLine,
    pub(super) domain: Option<TypedDomain>,
    /// The value, and the package in which it is written.
    pub(super) stated: Option<(&'t tree::Value, usize)>,
    /// Whether something is stated that cannot be: that is said.
    misstated: bool,
}

/// What each scheme knows of the values that it and its frames leave open.
pub(super) fn all<'t>(known: &Known<'t>, making: &mut Making, shared: &[Shared<'t>]) -> Vec<Vec<Opened<'t>>> {
    (0..shared.len()).map(|at| of_scheme(known, making, shared, at)).collect()
}

fn of_scheme<'t>(
    known: &Known<'t>,
    making: &mut Making,
    shared: &[Shared<'t>],
    at: usize,
) -> Vec<Opened<'t>> {
    let mut opened: Vec<Opened<'t>> = Vec::new();
    let chain = members::chain(&known.items, at);
    for &level in &chain {
        let (Some(of), Some(item)) = (shared.get(level), known.items.schemes.get(level)) else { continue };
        let package = item.item.package;
        let mut seen: Vec<(&str, Span)> = Vec::new();
        for given in &of.slots.stated {
            let (name, text) = (&given.fact, &*given.fact.text);
            if let Some((_, first)) = seen.iter().find(|(other, _)| *other == text) {
                making.found.push(repeated(Said::Name(text.into()), name.span, *first));
            }
            seen.push((text, name.span));
            let Some(open) = opened.iter_mut().find(|open| open.is(text)) else {
                let problem = Problem::new(Code::OpenUnknown, name.span).say("name", text);
                let names = opened.iter().map(|open| &*open.name.text);
                making.found.push(with_nearest(problem, text, names));
                continue;
            };
            let ([value], Some(domain)) = (&*given.values, &open.domain) else { continue };
            let asked = Asked { package, fact: text, kind: None };
            if values::single(known, making, asked, std::slice::from_ref(domain), value).is_some() {
                open.stated = Some((value, package));
            } else {
                open.misstated = true;
            }
        }
        for line in &of.slots.opens {
            if let Some(first) = opened.iter().find(|open| open.name.text == line.name.text) {
                making.found.push(super::fault::duplicate(&line.name.text, line.name.span, first.name.span));
                continue;
            }
            let written = line.domains.first();
            let domain = written.and_then(|written| super::facts::domain(known, making, package, written));
            opened.push(Opened { name: &line.name, line, domain, stated: None, misstated: false });
        }
    }
    let item = known.items.schemes.get(at);
    let is_member = chain.len() > 1 && item.is_some_and(|item| !item.is_frame);
    if let (true, Some(item)) = (is_member, item) {
        for open in
            opened.iter().filter(|open| open.stated.is_none() && !open.misstated && open.domain.is_some())
        {
            let problem = Problem::new(Code::OpenUnstated, item.item.declaration.header)
                .say("name", &*open.name.text)
                .say("member", &*item.item.name);
            making.found.push(problem.label(open.name.span, "open"));
        }
    }
    opened
}

impl Opened<'_> {
    fn is(&self, text: &str) -> bool {
        let text = crate::language::normal(text);
        *text == *self.name.text
            || self.line.titles.iter().any(|title| crate::language::normal(&title.text.text) == text)
    }

    /// For the model: what is stated, as it is written.
    pub(super) fn value(&self, known: &Known<'_>) -> OpenValue {
        OpenValue {
            name: self.name.text.clone(),
            titles: titles(&self.line.titles),
            stated: self.stated.map(|(value, _)| known.sources.snippet(value.span).into()),
            span: self.name.span,
        }
    }
}

/// What a value stands for in a rule.
pub(super) enum Stands<'v> {
    /// Itself, or what the scheme states; and the package in which that is written.
    For(&'v tree::Value, usize),
    /// A value that is left open and not stated.
    Open,
}

/// What a written value stands for: itself, unless it names a value that a frame leaves open.
pub(super) fn stands<'v>(
    making: &mut Making,
    package: usize,
    opens: &'v [Opened<'_>],
    written: &'v tree::Value,
) -> Stands<'v> {
    let ValueKind::Name(name) = &written.kind else { return Stands::For(written, package) };
    let Some(open) = opens.iter().find(|open| open.is(&name.text)) else {
        return Stands::For(written, package);
    };
    match open.stated {
        Some((value, package)) => Stands::For(value, package),
        None => {
            making.unstated.push(open.name.text.clone());
            Stands::Open
        }
    }
}

//! The names of rules: which one `overrides` means.

use rustc_hash::FxHashMap;

use crate::diagnostic::{Code, Problem, Said};
use crate::language::normal;
use crate::model::RuleId;
use crate::source::Span;
use crate::syntax::tree::{Name, Operand};

use super::fault::{duplicate, unknown, with_nearest};
use super::items::{Items, RuleItem, own_name, slots};
use super::known::Making;
use super::names::is_boxed;

/// The names of rules: in their scheme, and in their package where only one rule has it.
#[derive(Default)]
pub(super) struct RuleNames {
    in_scheme: FxHashMap<(usize, Box<str>), RuleId>,
    in_package: FxHashMap<(usize, Box<str>), Vec<RuleId>>,
    schemes: FxHashMap<(usize, Box<str>), usize>,
}

impl RuleNames {
    /// Reads the headers of all rules; one scheme cannot have two rules of one name.
    pub(super) fn of(items: &Items<'_>, making: &mut Making) -> RuleNames {
        let mut names = RuleNames::default();
        let mut first: FxHashMap<(usize, Box<str>), Span> = FxHashMap::default();
        for (at, scheme) in items.schemes.iter().enumerate().filter(|(_, scheme)| !scheme.solitary) {
            let declaration = scheme.item.declaration;
            for name in declaration.name.iter().chain(&declaration.aliases) {
                let is_own = declaration.name.as_ref() == Some(name);
                let text = own_name(declaration).filter(|_| is_own).unwrap_or(&name.text);
                let key = (scheme.item.package, Box::from(text));
                if let Some(before) = first.insert(key.clone(), name.span) {
                    making.found.push(duplicate(text, name.span, before));
                }
                names.schemes.entry(key).or_insert(at);
            }
            for title in &declaration.titles {
                names.schemes.entry((scheme.item.package, normal(&title.text.text).into())).or_insert(at);
            }
        }
        // A package in which nothing overrides anything never asks for a rule by name.
        let asked = items.rules.iter().any(|rule| {
            slots(rule.item.declaration.body.as_ref())
                .any(|(_, slot)| matches!(slot.operand, Operand::Overrides(_)))
        });
        let mut first: FxHashMap<(usize, &str), Span> = FxHashMap::default();
        let mut solitary: FxHashMap<(usize, &str), Span> = FxHashMap::default();
        for (rule, id) in items.rules.iter().zip((0u32..).map(RuleId)) {
            let declaration = rule.item.declaration;
            // A member's names are its frame's, which have been checked there.
            let is_inherited = rule.inherited.is_some();
            let is_solitary = items.schemes.get(rule.scheme).is_some_and(|scheme| scheme.solitary);
            for name in declaration.name.iter().chain(&declaration.aliases) {
                let before = if is_inherited {
                    None
                } else if is_solitary {
                    solitary.insert((rule.item.package, &*name.text), name.span)
                } else {
                    first.insert((rule.scheme, &*name.text), name.span)
                };
                if let Some(before) = before {
                    making.found.push(duplicate(&name.text, name.span, before));
                    continue;
                }
                if asked {
                    names.add(items, rule, id, &name.text);
                }
            }
            for title in declaration.titles.iter().filter(|_| asked) {
                names.add(items, rule, id, &normal(&title.text.text));
            }
        }
        names
    }

    fn add(&mut self, items: &Items<'_>, rule: &RuleItem<'_>, id: RuleId, name: &str) {
        self.in_scheme.entry((rule.scheme, name.into())).or_insert(id);
        // A frame with members is asked through them.
        if items.schemes.get(rule.scheme).is_some_and(|scheme| scheme.is_frame) {
            return;
        }
        let all = self.in_package.entry((rule.item.package, name.into())).or_default();
        if !all.contains(&id) {
            all.push(id);
        }
    }

    /// The rule that a name in `overrides` means: of the same scheme, else the only one of the package, else `scheme.rule`.
    pub(super) fn find(
        &self,
        items: &Items<'_>,
        from: &RuleItem<'_>,
        name: &Name,
        making: &mut Making,
    ) -> Option<RuleId> {
        let text = normal(&name.text);
        if let Some(id) = self.in_scheme.get(&(from.scheme, Box::from(&*text))) {
            return Some(*id);
        }
        // What a member's rule overrides may not have been adopted; it is still the frame's.
        let home = from.inherited.as_ref().map(|inherited| inherited.home);
        if let Some(id) = home.and_then(|home| self.in_scheme.get(&(home, Box::from(&*text)))) {
            return Some(*id);
        }
        let package = from.item.package;
        let everywhere = self.in_package.get(&(package, Box::from(&*text))).map_or(&[][..], Vec::as_slice);
        let all: Vec<RuleId> = match (everywhere, text.rsplit_once('.')) {
            ([], Some((scheme, rule))) => {
                let scheme = self.schemes.get(&(package, Box::from(scheme)));
                let found = scheme.and_then(|scheme| self.in_scheme.get(&(*scheme, Box::from(rule))));
                found.copied().into_iter().collect()
            }
            (all, _) => all.to_vec(),
        };
        match all.as_slice() {
            [one] => return Some(*one),
            [] => {
                let problem = unknown(&name.text, is_boxed(name), Said::Word("declaration.rule"), name.span);
                let rules = items.rules.iter().filter(|rule| rule.item.package == package);
                making.found.push(with_nearest(problem, &name.text, rules.map(|rule| &*rule.item.name)));
            }
            several => {
                let names = several.iter().filter_map(|id| items.rules.get(id.index()));
                let schemes = names.clone().filter_map(|rule| items.schemes.get(rule.scheme));
                let said: Vec<Said> = schemes
                    .map(|scheme| Said::Name(format!("{}.{}", scheme.item.name, name.text).into()))
                    .collect();
                let problem = Problem::new(Code::NameAmbiguous, name.span)
                    .say("name", &*name.text)
                    .say("candidates", said);
                let problem =
                    names.fold(problem, |problem, rule| problem.label(rule.item.declaration.header, "also"));
                making.found.push(problem);
            }
        }
        None
    }
}

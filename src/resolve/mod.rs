//! Names become meaning: the trees of a package and of those it uses become one model, and everything that is wrong is said.
//!
//! It never reads text and never decides a claim. The one idea: all declarations are first sorted by canonical name, which
//! fixes every id; so the steps after may read in any order, and the model is the same whatever the order of files and items.
//! Start with [`resolve`]; each subject has its file.

mod amounts;
mod attributes;
mod bars;
mod binding;
mod blocks;
mod bodies;
mod builtin;
mod canonical;
mod compare;
mod comparisons;
mod conditions;
mod conversion_examples;
mod conversions;
mod coverage;
mod descriptors;
mod documents;
mod examples;
mod facts;
mod families;
mod fault;
mod found;
mod frameworks;
mod given;
mod gives;
mod grains;
mod inherited;
mod items;
mod judged;
mod kinds;
mod known;
mod lapse;
mod lasting;
mod levels;
mod limits;
mod looking;
mod maps;
mod marks;
mod members;
mod merge;
mod names;
mod once;
mod opens;
mod outcomes;
mod packages;
mod part;
mod parties;
mod people;
mod periods;
mod programmes;
mod quantities;
mod ratios;
mod records;
mod remarks;
mod rule_names;
mod rules;
mod scales;
mod schemes;
mod selections;
mod sentences;
mod sets;
mod sharing;
mod similar;
mod slots;
mod spot;
mod standards;
mod tables;
mod targets;
#[cfg(test)]
mod tests;
mod title_rules;
mod titles;
mod totals;
mod units;
mod unused;
mod values;

use crate::diagnostic::{Code, Problem};
use crate::model::{Bar, Divisible, Example, FactId, Model, Rule, RuleId, Scheme, Scope};
use crate::source::Sources;
use crate::syntax::tree::Tree;

use blocks::Blocks;
use found::Found;
use items::Items;
use known::{Known, Making};
use names::Names;
use programmes::Places;

/// What the trees mean, as far as they can be understood, and all that is wrong with them.
///
/// The trees are those of one package and of every package that it uses; which is which is read from the paths of `sources`.
pub fn resolve(trees: &[Tree], sources: &Sources) -> (Model, Vec<Problem>) {
    let mut making = Making {
        found: Found::new(sources),
        classes: Default::default(),
        symbols: Default::default(),
        names_compared: false,
        rests: Vec::new(),
        used_conditions: Default::default(),
        used_provisions: Default::default(),
        maps: Vec::new(),
        unstated: Vec::new(),
        unmade: None,
    };
    let (mut packages, of_tree) = packages::packages(trees, sources, &mut making.found);
    let mut items = Items::gather(trees, &of_tree, &packages, &mut making.found);
    let mut names = Names::of(&items, &mut packages, &mut making.found);
    names.add_titles(&items);
    names.add_later(trees, &making.found);
    members::inherit(&mut items, &names, &mut making.found);
    let mut known = Known::new(items, names, sources);
    known.model.package = packages::header(packages.first());

    known.model.facts = facts::gather(&known.items);
    let ids =
        known.model.facts.iter().zip(0u32..).map(|(fact, id)| (fact.name.clone(), FactId(id))).collect();
    known.facts = ids;
    known.read_own_spaces(&mut making);
    sets::classify(&mut known, &mut making);
    units::read(&mut known, &mut making);
    packages::units(&mut known, &mut making, &packages);
    documents::read(&mut known, &mut making);
    units::cite(&mut known, &mut making);
    ratios::read(&mut known, &mut making);
    scales::read(&mut known, &mut making);
    maps::read(&mut known, &mut making);
    frameworks::read(&mut known, &mut making);
    comparisons::read(&mut known, &mut making);
    standards::read(&mut known, &mut making);
    sets::read(&mut known, &mut making);
    kinds::read(&mut known, &mut making);
    people::read(&mut known, &mut making);
    lapse::read(&mut known, &mut making);
    outcomes::read(&mut known, &mut making);
    let is_sound = making.found.len() == 0 && !known.items.is_damaged(trees);
    conversion_examples::check(&known, &mut making, is_sound);
    maps::check(&known, &mut making, is_sound);
    let rules = rules(&known, &mut making);
    unused::conditions(&known, &mut making);
    unused::provisions(&known, &mut making);
    let tests = records::read(&known, &mut making, &rules.tree, &rules.places);
    let Places { blocks, programmes, limits, requirements, combines, exclusions, surpluses } = rules.places;
    let mut model = Model {
        blocks,
        programmes,
        limits,
        requirements,
        combines,
        exclusions,
        surpluses,
        divisible: rules.divisible,
        tests,
        schemes: rules.schemes,
        rules: rules.rules,
        bars: rules.bars,
        examples: rules.examples,
        worked_examples: known.items.worked_examples(),
        ..std::mem::take(&mut known.model)
    };
    if let Some(at) = making.unmade.filter(|_| making.found.len() == 0 && !known.items.is_damaged(trees)) {
        making.found.push(Problem::new(Code::NumberOverflow, at));
    }
    if making.names_compared {
        outcomes::give_names(&mut model, &mut making, known.built_in("name"));
    }
    canonical::settle(&mut model, making.classes, making.symbols);
    (model, making.found.into_problems())
}

/// What rests on the catalogue.
struct Rules<'t> {
    tree: Blocks<'t>,
    places: Places,
    divisible: Vec<Divisible>,
    schemes: Vec<Scheme>,
    rules: Vec<Rule>,
    bars: Vec<Bar>,
    examples: Vec<Example>,
}

/// Schemes, rules, bars and examples.
fn rules<'t>(known: &Known<'t>, making: &mut Making) -> Rules<'t> {
    let mut shared = schemes::all(known, making);
    let opened = opens::all(known, making, &shared);
    for (of, opened) in shared.iter_mut().zip(&opened) {
        of.scheme.opens = opened.iter().map(|open| open.value(known)).collect();
    }
    let tree = Blocks::gather(known, making);
    let mut places = programmes::read(known, making, &tree);
    let mut divisible = Vec::new();
    let names = rule_names::RuleNames::of(&known.items, making);
    let mut rules = Vec::with_capacity(known.items.rules.len());
    let mut examples = Vec::new();
    for (item, id) in known.items.rules.iter().zip((0u32..).map(RuleId)) {
        let schemes = rules::Schemes { shared: &shared, opened: &opened };
        let Some(made) = rules::rule(known, making, &names, item, &schemes) else { continue };
        let of = examples::In { id, rule: &made.rule, scene: &made.scene };
        for written in &made.slots.examples {
            let example = examples::example(known, making, &of, written);
            examples.extend(making.made(example, written.span));
        }
        let at = rules::Schemes { shared: &shared, opened: &opened };
        lines_of_rule(known, making, &tree, item, (id, &made), &at, &mut places);
        if let Some((how, span)) = made.slots.counting.counts {
            divisible.push(Divisible { rule: id, whole: how == crate::syntax::tree::CountsHow::Whole, span });
        }
        rules.push(made.rule);
        if let Some(scheme) = shared.get_mut(item.scheme).filter(|of| !of.scheme.is_frame) {
            scheme.scheme.rules.push(id);
        }
    }
    for at in 0..known.items.schemes.len() {
        lines_of_scheme(known, making, &tree, at, (&shared, &opened), &mut places);
        let mut promised = Vec::new();
        for level in members::chain(&known.items, at) {
            let (Some(item), Some(of)) = (known.items.schemes.get(level), shared.get(level)) else {
                continue;
            };
            promised.extend(totals::totals(known, making, item, of));
        }
        // A frame promises through its members.
        if let Some(of) = shared.get_mut(at).filter(|of| !of.scheme.is_frame) {
            of.scheme.totals = promised;
        }
    }
    let mut bars = Vec::with_capacity(known.items.bars.len());
    for item in &known.items.bars {
        let bar = bars::bar(known, making, item, &shared);
        bars.extend(making.made(bar, item.span));
    }
    bars.sort_by(|a, b| (a.scheme, &a.because, a.span).cmp(&(b.scheme, &b.because, b.span)));
    places.settle();
    Rules {
        tree,
        places,
        divisible,
        schemes: shared.into_iter().map(|shared| shared.scheme).collect(),
        rules,
        bars,
        examples,
    }
}

/// What a rule says of which of its credits count.
fn lines_of_rule(
    known: &Known<'_>,
    making: &mut Making,
    tree: &Blocks<'_>,
    item: &items::RuleItem<'_>,
    (id, made): (RuleId, &rules::Made<'_>),
    schemes: &rules::Schemes<'_, '_>,
    places: &mut Places,
) {
    let written = &made.slots.counting;
    if written.is_empty() {
        return;
    }
    let shared = schemes.shared.get(item.scheme);
    let around = sentences::Around {
        package: item.item.package,
        scope: Scope::Rule(id),
        root: None,
        unit: made.scene.unit,
        here: made.rule.by,
        parties: shared.map_or(&[], |shared| &shared.parties),
        applied: made.scene.applied,
        opened: schemes.opened.get(item.scheme).map_or(&[], Vec::as_slice),
        cites: &made.rule.cites,
        blocks: tree,
        kinds: &made.scene.sources,
        damaged: made.scene.damaged,
    };
    places.add(known, making, &around, written, Some(item.scheme));
}

/// What a scheme says of which of its credits count, and what those say that it stands under.
fn lines_of_scheme(
    known: &Known<'_>,
    making: &mut Making,
    tree: &Blocks<'_>,
    at: usize,
    (shared, opened): (&[schemes::Shared<'_>], &[Vec<opens::Opened<'_>>]),
    places: &mut Places,
) {
    let own = known.items.schemes.get(at).zip(shared.get(at));
    // A frame that has members counts through them; a rule outside a scheme says it itself.
    let Some((_, of)) = own.filter(|(item, _)| !item.solitary && !item.is_frame) else { return };
    for level in members::chain(&known.items, at) {
        let (Some(item), Some(level)) = (known.items.schemes.get(level), shared.get(level)) else { continue };
        let written = &level.slots.counting;
        if written.is_empty() {
            continue;
        }
        let around = sentences::Around {
            package: item.item.package,
            scope: sharing::of_scheme(at),
            root: None,
            unit: of.scheme.unit.or(known.package_units.get(item.item.package).copied().flatten()),
            here: of.scheme.by,
            parties: &level.parties,
            applied: conversions::Applied::default(),
            opened: opened.get(at).map_or(&[], Vec::as_slice),
            cites: &level.scheme.cites,
            blocks: tree,
            kinds: &[],
            damaged: level.slots.damaged,
        };
        places.add(known, making, &around, written, Some(at));
    }
}

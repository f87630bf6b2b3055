//! From the model to the graph and its flat arrays.

use std::sync::Arc;

use petgraph::algo::{kosaraju_scc, toposort};
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::unionfind::UnionFind;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::model::{BarId, ClassId, FactId, KindId, Model, OutcomeId, Relation, Rule, RuleId, Targets};

use super::compact::{Compact, Plainness};
use super::query::Node;
use super::rows::Rows;
use super::{BuiltIn, ConversionGraph, Goal, Row};

pub(super) fn build(model: Arc<Model>) -> ConversionGraph {
    let outcomes = model.outcomes.len();
    let schemes = model.schemes.len();
    let goals = outcomes + schemes + model.blocks.len();
    let number = |goal| match goal {
        Goal::Outcome(outcome) => OutcomeId::index(outcome),
        Goal::Deposit(scheme) => outcomes + scheme.index(),
        Goal::Block(block) => outcomes + schemes + block.index(),
    };

    let built_in = built_in(&model);
    let plain = Plainness::of(&model, built_in.applied, built_in.decided, built_in.expires);
    let mut compacts: Vec<Compact> = Vec::new();
    let mut class_rows: Vec<(u32, Row)> = Vec::new();
    let mut goal_rules: Vec<(u32, RuleId)> = Vec::new();
    let mut rights: Vec<(u32, (RuleId, u32))> = Vec::new();
    // What a rule over a family leads to has one number, beyond those of goals; each member knows the numbers that it is behind.
    let mut families: FxHashMap<ClassId, u32> = FxHashMap::default();
    let mut family_goals: Vec<(u32, u32)> = Vec::new();
    for family in model.rules.iter().filter_map(|rule| rule.family) {
        let next = short(families.len());
        if let std::collections::hash_map::Entry::Vacant(place) = families.entry(family) {
            place.insert(short(goals) + next);
            let members = model.classes.get(family.index()).map_or(&[][..], |class| &class.outcomes);
            family_goals.extend(members.iter().map(|member| (next, member.0)));
        }
    }
    let goal_families: Vec<(u32, u32)> =
        family_goals.iter().map(|(family, goal)| (*goal, short(goals) + family)).collect();
    for (id, rule) in numbered(&model.rules) {
        if !model.speaks(rule) {
            continue;
        }
        let rule_id = RuleId(id);
        if let Some(goal) = rule.family.and_then(|family| families.get(&family)).copied() {
            goal_rules.push((goal, rule_id));
            for (alternative, bundle) in numbered(&rule.sources) {
                if bundle.is_empty() {
                    rights.push((goal, (rule_id, alternative)));
                }
                for (slot, item) in
                    numbered(bundle).flat_map(|(at, slot)| slot.items.iter().map(move |item| (at, item)))
                {
                    let compact = u32::MAX;
                    class_rows.push((item.class.0, Row { goal, rule: rule_id, alternative, slot, compact }));
                }
            }
            continue;
        }
        for goal in goals_of(rule) {
            let toward = if let Goal::Outcome(outcome) = goal { Some(outcome) } else { None };
            let compact = match plain.compact(&model, rule_id, rule.toward(toward), goal) {
                Some(compact) => {
                    compacts.push(compact);
                    short(compacts.len() - 1)
                }
                None => u32::MAX,
            };
            let goal = short(number(goal));
            goal_rules.push((goal, rule_id));
            for (alternative, bundle) in numbered(&rule.sources) {
                if bundle.is_empty() {
                    rights.push((goal, (rule_id, alternative)));
                }
                for (slot, item) in
                    numbered(bundle).flat_map(|(at, slot)| slot.items.iter().map(move |item| (at, item)))
                {
                    class_rows.push((item.class.0, Row { goal, rule: rule_id, alternative, slot, compact }));
                }
            }
        }
    }
    class_rows.sort_unstable_by_key(|(class, row)| (*class, *row));
    class_rows.dedup();

    let mut outcome_classes: Vec<(u32, ClassId)> = Vec::new();
    let mut by_kind: Vec<Vec<ClassId>> = vec![Vec::new(); model.kinds.len()];
    for (id, class) in numbered(&model.classes) {
        outcome_classes.extend(class.outcomes.iter().map(|outcome| (outcome.0, ClassId(id))));
        // What an outcome replaces as its equivalent serves where it is named: one step, never a chain.
        for outcome in class.outcomes.iter().filter_map(|outcome| model.outcomes.get(outcome.index())) {
            let replaced =
                outcome.relations.iter().filter(|(relation, ..)| *relation == Relation::ReplacesEquivalent);
            outcome_classes.extend(replaced.map(|(_, old, _)| (old.0, ClassId(id))));
        }
        for kind in &class.kinds {
            if let Some(classes) = by_kind.get_mut(kind.index()) {
                classes.push(ClassId(id));
            }
        }
    }
    let mut kind_classes: Vec<(u32, ClassId)> = Vec::new();
    for (id, kind) in numbered(&model.kinds) {
        let mut classes: Vec<ClassId> = Vec::new();
        for above in std::iter::once(&KindId(id)).chain(&kind.ancestors) {
            classes.extend(by_kind.get(above.index()).into_iter().flatten());
        }
        classes.sort_unstable();
        classes.dedup();
        kind_classes.extend(classes.into_iter().map(|class| (id, class)));
    }

    let (overriders, ranks) = overrides(&model);
    let mut scheme_bars: Vec<(u32, BarId)> = Vec::new();
    let mut package_bars: Vec<BarId> = Vec::new();
    for (id, bar) in numbered(&model.bars) {
        match bar.scheme {
            Some(scheme) => scheme_bars.push((scheme.0, BarId(id))),
            None => package_bars.push(BarId(id)),
        }
    }

    let outcome_symbols = model.outcomes.iter().map(|outcome| symbol(&model, &outcome.name)).collect();
    let same_as = same_as(&model);
    let (graph, nodes) = draw(&model);
    ConversionGraph {
        outcome_classes: Rows::group(outcomes, outcome_classes),
        kind_classes: Rows::group(model.kinds.len(), kind_classes),
        class_rows: Rows::group(model.classes.len(), class_rows),
        goal_rules: Rows::group(goals + families.len(), goal_rules),
        rights: Rows::group(goals + families.len(), rights),
        first_family: short(goals),
        family_goals: Rows::group(families.len(), family_goals),
        goal_families: Rows::group(goals, goal_families),
        overriders,
        ranks,
        scheme_bars: Rows::group(model.schemes.len(), scheme_bars),
        package_bars,
        outcome_symbols,
        same_as,
        built_in,
        any_lapses: model.kinds.iter().any(|kind| !kind.lapses.is_empty()),
        compacts,
        graph,
        nodes,
        model,
    }
}

/// A rule as it stands to a goal: with the `give` line that names it.
pub(crate) fn toward(rule: &Rule, goal: Goal) -> &Rule {
    match goal {
        Goal::Outcome(outcome) => rule.toward(Some(outcome)),
        Goal::Deposit(_) => rule.toward(None),
        Goal::Block(block) => {
            let names = |line: &&Rule| matches!(&line.targets, Targets::Blocks { of, .. } if of.iter().any(|(of, _)| *of == block));
            rule.lines.iter().find(names).unwrap_or(rule)
        }
    }
}

/// The goals of a rule, each once.
pub fn goals_of(rule: &Rule) -> Vec<Goal> {
    let of = |targets: &Targets| match targets {
        Targets::Deposit => vec![Goal::Deposit(rule.scheme)],
        Targets::Blocks { of, .. } => of.iter().map(|(block, _)| Goal::Block(*block)).collect(),
        _ => targets.all().iter().map(|target| Goal::Outcome(target.outcome)).collect(),
    };
    let mut goals: Vec<Goal> = match rule.lines.as_slice() {
        [] => of(&rule.targets),
        lines => lines.iter().flat_map(|line| of(&line.targets)).collect(),
    };
    goals.sort_unstable();
    goals.dedup();
    goals
}

/// Who overrides whom, and an order in which overriders come first. Rules that override each other in a circle, which a package
/// must not contain, override nothing within it.
fn overrides(model: &Model) -> (Rows<RuleId>, Vec<u32>) {
    let mut graph: DiGraph<RuleId, ()> = DiGraph::with_capacity(model.rules.len(), 0);
    let nodes: Vec<NodeIndex> = numbered(&model.rules).map(|(id, _)| graph.add_node(RuleId(id))).collect();
    let edges = numbered(&model.rules)
        .flat_map(|(id, rule)| rule.overrides.iter().map(move |lower| (RuleId(id), *lower)));
    for (upper, lower) in edges {
        if let (Some(&from), Some(&to)) = (nodes.get(upper.index()), nodes.get(lower.index())) {
            graph.add_edge(from, to, ());
        }
    }
    let mut ranks = vec![0; model.rules.len()];
    if graph.edge_count() == 0 {
        return (Rows::group(model.rules.len(), Vec::new()), ranks);
    }
    if toposort(&graph, None).is_err() {
        let mut circle = vec![0; graph.node_count()];
        for (number, component) in numbered(&kosaraju_scc(&graph)) {
            for node in component {
                if let Some(place) = circle.get_mut(node.index()) {
                    *place = number;
                }
            }
        }
        graph.retain_edges(|graph, edge| {
            graph
                .edge_endpoints(edge)
                .is_some_and(|(from, to)| circle.get(from.index()) != circle.get(to.index()))
        });
    }
    for node in toposort(&graph, None).unwrap_or_default() {
        let above = graph.neighbors_directed(node, petgraph::Direction::Incoming);
        let rank = above.filter_map(|upper| ranks.get(upper.index()).map(|rank| rank + 1)).max().unwrap_or(0);
        if let Some(place) = ranks.get_mut(node.index()) {
            *place = rank;
        }
    }
    let mut pairs: Vec<(u32, RuleId)> = graph
        .edge_indices()
        .filter_map(|edge| graph.edge_endpoints(edge))
        .map(|(from, to)| (short(to.index()), RuleId(short(from.index()))))
        .collect();
    pairs.sort_unstable();
    pairs.dedup();
    (Rows::group(model.rules.len(), pairs), ranks)
}

/// The graph that can be asked: outcome and kind → class → rule → outcome or account.
fn draw(model: &Model) -> (DiGraph<Node, ()>, FxHashMap<Node, NodeIndex>) {
    let mut graph: DiGraph<Node, ()> = DiGraph::new();
    let mut nodes: FxHashMap<Node, NodeIndex> = FxHashMap::default();
    let mut seen: FxHashSet<(NodeIndex, NodeIndex)> = FxHashSet::default();
    for (id, _) in numbered(&model.outcomes) {
        node(&mut graph, &mut nodes, Node::Outcome(OutcomeId(id)));
    }
    for (id, rule) in numbered(&model.rules) {
        if !model.speaks(rule) {
            continue;
        }
        let rule_node = node(&mut graph, &mut nodes, Node::Rule(RuleId(id)));
        for item in rule.sources.iter().flatten().flat_map(|slot| &slot.items) {
            let known = nodes.contains_key(&Node::Class(item.class));
            let class_node = node(&mut graph, &mut nodes, Node::Class(item.class));
            if !known && let Some(class) = model.classes.get(item.class.index()) {
                for &outcome in &class.outcomes {
                    let from = node(&mut graph, &mut nodes, Node::Outcome(outcome));
                    graph.add_edge(from, class_node, ());
                }
                for &kind in &class.kinds {
                    let from = node(&mut graph, &mut nodes, Node::Kind(kind));
                    graph.add_edge(from, class_node, ());
                }
            }
            if seen.insert((class_node, rule_node)) {
                graph.add_edge(class_node, rule_node, ());
            }
        }
        if let Some(family) = rule.family {
            let known = nodes.contains_key(&Node::Family(family));
            let to = node(&mut graph, &mut nodes, Node::Family(family));
            graph.add_edge(rule_node, to, ());
            let members = model.classes.get(family.index()).filter(|_| !known);
            for &outcome in members.map_or(&[][..], |class| &class.outcomes) {
                let member = node(&mut graph, &mut nodes, Node::Outcome(outcome));
                graph.add_edge(to, member, ());
            }
            continue;
        }
        for goal in goals_of(rule) {
            let to = match goal {
                Goal::Outcome(outcome) => node(&mut graph, &mut nodes, Node::Outcome(outcome)),
                Goal::Deposit(scheme) => node(&mut graph, &mut nodes, Node::Account(scheme)),
                Goal::Block(block) => node(&mut graph, &mut nodes, Node::Block(block)),
            };
            graph.add_edge(rule_node, to, ());
        }
    }
    // An outcome leads on through its kind only where some class names that kind or one above it.
    for (id, outcome) in numbered(&model.outcomes) {
        let ancestors = model.kinds.get(outcome.kind.index()).map_or(&[][..], |kind| &kind.ancestors);
        for kind in std::iter::once(&outcome.kind).chain(ancestors) {
            let (Some(&from), Some(&to)) =
                (nodes.get(&Node::Outcome(OutcomeId(id))), nodes.get(&Node::Kind(*kind)))
            else {
                continue;
            };
            if seen.insert((from, to)) {
                graph.add_edge(from, to, ());
            }
        }
    }
    (graph, nodes)
}

fn node(graph: &mut DiGraph<Node, ()>, nodes: &mut FxHashMap<Node, NodeIndex>, of: Node) -> NodeIndex {
    *nodes.entry(of).or_insert_with(|| graph.add_node(of))
}

/// `same as` holds both ways and through each other: the first outcome stands for all.
fn same_as(model: &Model) -> Vec<OutcomeId> {
    let mut union = UnionFind::<u32>::new(model.outcomes.len());
    for (id, outcome) in numbered(&model.outcomes) {
        for (relation, other, _) in &outcome.relations {
            if *relation == Relation::SameAs && other.index() < model.outcomes.len() {
                union.union(id, other.0);
            }
        }
    }
    let mut first: Vec<OutcomeId> = vec![OutcomeId(u32::MAX); model.outcomes.len()];
    let mut all = Vec::with_capacity(first.len());
    for (id, _) in numbered(&model.outcomes) {
        let Some(place) = first.get_mut(union.find(id) as usize) else { continue };
        *place = (*place).min(OutcomeId(id));
        all.push(*place);
    }
    all
}

fn symbol(model: &Model, name: &str) -> u32 {
    model.symbols.binary_search_by(|symbol| (**symbol).cmp(name)).map_or(u32::MAX, short)
}

fn built_in(model: &Model) -> BuiltIn {
    let find = |name: &str| {
        let at = model.facts.binary_search_by(|fact| (*fact.name).cmp(name)).ok()?;
        model.facts.get(at).filter(|fact| fact.built_in).map(|_| FactId(short(at)))
    };
    BuiltIn {
        applied: find("applied"),
        decided: find("decided"),
        awarded: find("awarded"),
        completed: find("completed"),
        credits: find("credits"),
        ended: find("ended"),
        expires: find("expires"),
        grade: find("grade"),
        issuer: find("issuer"),
        level: find("level"),
        outcome: find("outcome"),
        started: find("started"),
        statements: find("statements"),
        steps: find("steps"),
        times: find("times"),
        origin: find("origin"),
        name: find("name"),
    }
}

/// The items of a list with their ids.
fn numbered<T>(items: &[T]) -> impl Iterator<Item = (u32, &T)> {
    (0u32..).zip(items)
}

/// Lists of a package are shorter than four thousand million: their sources are counted in as many bytes.
fn short(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

//! A part of the conversion graph as a drawing, and as JSON: outcomes, kinds, classes, rules and accounts, and what leads to what.
//!
//! It takes names from the model and decides nothing. A class that names one thing only is drawn as that thing.

use serde_json::json;

use crate::graph::{ConversionGraph, Neighbourhood, Node};
use crate::model::{AmountRule, Answer, Class, Effect, Gives, Model, Piece, Rule, Titles};

use super::drawing::{self, BrokenDrawing, Drawing, Edge, EdgeKind, NodeKind};

/// The name and version of the JSON.
pub const SCHEMA: &str = "accredit.graph/1";

/// The part as a drawing; `tags` are the languages of its titles, first wanted first.
///
/// # Errors
///
/// Where an edge of the part ends outside of it.
pub fn picture(
    graph: &ConversionGraph,
    part: &Neighbourhood,
    title: &str,
    tags: &[&str],
) -> Result<Drawing, BrokenDrawing> {
    let model = graph.model();
    let part = &plain(model, part);
    let mut nodes: Vec<drawing::Node> = part.nodes.iter().map(|node| shown(model, *node, tags)).collect();
    let mut edges: Vec<Edge> = part
        .edges
        .iter()
        .map(|(from, to)| Edge::new(id(model, *from), kind_of(model, *from, *to), id(model, *to)))
        .collect();
    // Overriding is no step of a path, and yet it must be seen.
    for node in &part.nodes {
        let Node::Rule(rule) = node else { continue };
        let Some(of) = model.rules.get(rule.index()) else { continue };
        let defeated =
            of.overrides.iter().map(|other| Node::Rule(*other)).filter(|other| part.nodes.contains(other));
        edges
            .extend(defeated.map(|other| Edge::new(id(model, *node), EdgeKind::Overrides, id(model, other))));
    }
    nodes.sort();
    nodes.dedup_by(|a, b| a.id == b.id);
    Drawing::new(title, nodes, edges)
}

/// The part as JSON.
pub fn json(graph: &ConversionGraph, part: &Neighbourhood) -> String {
    let model = graph.model();
    let part = &plain(model, part);
    let nodes: Vec<_> = part
        .nodes
        .iter()
        .map(|node| {
            let titles = titles(model, *node);
            let titles: serde_json::Map<String, serde_json::Value> =
                titles.iter().flat_map(|t| &t.0).map(|(tag, t)| (tag.to_string(), json!(t))).collect();
            json!({ "id": id(model, *node), "kind": sort(*node), "name": name(model, *node), "title": titles })
        })
        .collect();
    let edges: Vec<_> = part
        .edges
        .iter()
        .map(|(from, to)| json!({ "from": id(model, *from), "to": id(model, *to) }))
        .collect();
    let package =
        json!({ "name": model.package.name, "version": model.package.version, "hash": model.package.hash });
    format!("{:#}\n", json!({ "schema": SCHEMA, "package": package, "nodes": nodes, "edges": edges }))
}

/// The part with each class that names one thing only as that thing.
fn plain(model: &Model, part: &Neighbourhood) -> Neighbourhood {
    let as_thing = |node: Node| match node {
        Node::Class(of) => match model.classes.get(of.index()).map(|of| (&*of.outcomes, &*of.kinds)) {
            Some(([outcome], [])) => Node::Outcome(*outcome),
            Some(([], [kind])) => Node::Kind(*kind),
            _ => node,
        },
        _ => node,
    };
    let mut nodes: Vec<Node> = part.nodes.iter().copied().map(as_thing).collect();
    let edges = part.edges.iter().map(|(from, to)| (as_thing(*from), as_thing(*to)));
    let mut edges: Vec<_> = edges.filter(|(from, to)| from != to).collect();
    nodes.sort_unstable();
    nodes.dedup();
    edges.sort_unstable();
    edges.dedup();
    Neighbourhood { nodes, edges }
}

/// What a node is called: `outcome:cet-4`.
pub fn id(model: &Model, node: Node) -> String {
    format!("{}:{}", sort(node), name(model, node))
}

const fn sort(node: Node) -> &'static str {
    match node {
        Node::Outcome(_) => "outcome",
        Node::Kind(_) => "kind",
        Node::Class(_) => "class",
        Node::Family(_) => "family",
        Node::Rule(_) => "rule",
        Node::Account(_) => "account",
        Node::Block(_) => "block",
    }
}

/// The name of a node; a rule's with its scheme's, where it stands in one.
pub fn name(model: &Model, node: Node) -> String {
    let found = match node {
        Node::Outcome(of) => model.outcomes.get(of.index()).map(|of| of.name.to_string()),
        Node::Kind(of) => model.kinds.get(of.index()).map(|of| of.name.to_string()),
        Node::Class(of) | Node::Family(of) => {
            model.classes.get(of.index()).map(|class| class_name(model, class))
        }
        Node::Rule(of) => model.rules.get(of.index()).map(|rule| {
            let scheme = model.schemes.get(rule.scheme.index()).map(|scheme| &scheme.name);
            match scheme.filter(|scheme| **scheme != rule.name) {
                Some(scheme) => format!("{scheme}.{}", rule.name),
                None => rule.name.to_string(),
            }
        }),
        Node::Account(of) => model.schemes.get(of.index()).map(|of| of.name.to_string()),
        Node::Block(of) => model.blocks.get(of.index()).map(|of| of.name.to_string()),
    };
    found.unwrap_or_default()
}

fn class_name(model: &Model, class: &Class) -> String {
    let outcomes = class.outcomes.iter().filter_map(|of| model.outcomes.get(of.index())).map(|of| &*of.name);
    let kinds = class.kinds.iter().filter_map(|of| model.kinds.get(of.index())).map(|of| &*of.name);
    outcomes.chain(kinds).collect::<Vec<_>>().join(" | ")
}

fn titles(model: &Model, node: Node) -> Option<&Titles> {
    match node {
        Node::Outcome(of) => model.outcomes.get(of.index()).map(|of| &of.titles),
        Node::Kind(of) => model.kinds.get(of.index()).map(|of| &of.titles),
        Node::Class(_) | Node::Family(_) => None,
        Node::Rule(of) => model.rules.get(of.index()).map(|of| &of.titles),
        Node::Account(of) => model.schemes.get(of.index()).map(|of| &of.titles),
        Node::Block(of) => model.blocks.get(of.index()).map(|of| &of.titles),
    }
}

/// So many members of a class are named in its box.
const NAMED: usize = 3;

fn shown(model: &Model, node: Node, tags: &[&str]) -> drawing::Node {
    let kind = match node {
        Node::Outcome(_) => NodeKind::Outcome,
        Node::Kind(_) | Node::Class(_) | Node::Family(_) => NodeKind::Class,
        Node::Rule(_) => NodeKind::Rule,
        Node::Account(_) | Node::Block(_) => NodeKind::Block,
    };
    let title = titles(model, node).and_then(|titles| titles.best(tags)).map(str::to_owned);
    let label = match node {
        Node::Class(of) | Node::Family(of) => {
            let class = model.classes.get(of.index()).cloned().unwrap_or_default();
            let outcomes = class.outcomes.iter().map(|of| Node::Outcome(*of));
            let kinds = class.kinds.iter().map(|of| Node::Kind(*of));
            let all: Vec<Node> = outcomes.chain(kinds).collect();
            let named = all.iter().take(NAMED).map(|member| {
                let title = titles(model, *member).and_then(|titles| titles.best(tags));
                title.map_or_else(|| name(model, *member), str::to_owned)
            });
            let mut label: Vec<String> = named.collect();
            if all.len() > NAMED {
                label.push(format!("+ {}", all.len() - NAMED));
            }
            label
        }
        Node::Rule(of) => vec![title.unwrap_or_else(|| {
            model.rules.get(of.index()).map(|rule| rule.name.to_string()).unwrap_or_default()
        })],
        _ => vec![title.unwrap_or_else(|| name(model, node))],
    };
    let box_of = drawing::Node::new(id(model, node), kind, label);
    let note = match node {
        Node::Outcome(of) => {
            model.outcomes.get(of.index()).and_then(|of| of.code.as_ref()).map(ToString::to_string)
        }
        Node::Rule(of) => model.rules.get(of.index()).and_then(|rule| given(model, rule)),
        _ => None,
    };
    match note {
        Some(note) => box_of.with_note(note),
        None => box_of,
    }
}

/// What a rule gives, in a few words: a number of credits, or the keyword of its effect.
fn given(model: &Model, rule: &Rule) -> Option<String> {
    let word = |id: &str| {
        crate::language::meaning_by_id(id).map(|word| word.spelling(crate::language::Lang::En).to_owned())
    };
    match &rule.gives {
        Gives::Credit(AmountRule { piece: Piece::Constant(amount), unit, .. }) => {
            let unit = unit.and_then(|unit| model.units.get(unit.index())).map(|unit| &*unit.name);
            Some(format!("{amount} {}", unit.unwrap_or_default()).trim().to_owned())
        }
        Gives::Credit(_) => None,
        Gives::Effect(effect) => word(match effect {
            Effect::TotalReduced => "effect.total-reduced",
            Effect::Replaced(_) => "effect.replaced",
            Effect::AttendanceOnly => "effect.attendance-only",
            Effect::Completion => "effect.completion",
            Effect::Access => "effect.access-to",
            Effect::Placement => "effect.placement-in",
            Effect::Entry(_) => "effect.entry-to-year",
            Effect::Award => "effect.award",
        }),
        Gives::Answer(Answer::Refer(..)) => word("slot.refer"),
        Gives::Answer(Answer::Refuse(..)) => word("slot.refuse"),
    }
}

fn kind_of(model: &Model, from: Node, to: Node) -> EdgeKind {
    match (from, to) {
        (Node::Rule(rule), _) => match model.rules.get(rule.index()).map(|rule| &rule.gives) {
            Some(Gives::Answer(_)) => EdgeKind::Refusal,
            _ => EdgeKind::Target,
        },
        (_, Node::Rule(_)) => EdgeKind::Source,
        _ => EdgeKind::Member,
    }
}

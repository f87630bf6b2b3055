//! What the graph of a package answers.

use std::sync::Arc;

use accredit::compile::compile;
use accredit::graph::{ConversionGraph, Node, build};
use accredit::model::{Model, OutcomeId};
use accredit::source::Sources;

const TEXT: &str = "package case version 2026.1
document rules \"Rules\"
credit point { step 1 }
kind exam
kind course
outcome a : exam
outcome b : exam
outcome c : course { credits 3 }
outcome d : course { credits 3 }
outcome e : course { credits 3 }
outcome alone : exam
scheme s { cite rules; in force not stated; count each achievement freely
  rule bundle { from a and b; to c; give target credits }
  rule family { from exam; to d; give target credits }
  rule onward { from c; to d, e; give target credits }
  rule back { from d; to c; give target credits } }
";

fn graph() -> ConversionGraph {
    let mut sources = Sources::new();
    sources.add("case.qf", TEXT);
    compile(sources).graph.unwrap()
}

fn outcome(model: &Model, name: &str) -> OutcomeId {
    OutcomeId(
        u32::try_from(model.outcomes.iter().position(|outcome| &*outcome.name == name).unwrap()).unwrap(),
    )
}

fn names(model: &Model, nodes: &[Node]) -> String {
    let name = |node: &Node| match node {
        Node::Outcome(id) => model.outcomes[id.index()].name.to_string(),
        Node::Kind(id) => format!("kind {}", model.kinds[id.index()].name),
        Node::Class(id) => format!("class {}", id.0),
        Node::Family(id) => format!("family {}", id.0),
        Node::Rule(id) => format!("rule {}", model.rules[id.index()].name),
        Node::Block(id) => format!("block {}", model.blocks[id.index()].name),
        Node::Account(id) => format!("account {}", model.schemes[id.index()].name),
    };
    nodes.iter().map(name).collect::<Vec<_>>().join(" ")
}

fn rules(model: &Model, found: &[(accredit::model::RuleId, Vec<Node>)]) -> String {
    found.iter().map(|(rule, _)| &*model.rules[rule.index()].name).collect::<Vec<_>>().join(" ")
}

#[test]
fn it_says_what_an_outcome_earns_and_what_earns_it() {
    let graph = graph();
    let model = graph.model();
    // `a` is in the bundle, and an exam like any other.
    assert_eq!(rules(model, &graph.earns(outcome(model, "a"))), "bundle family");
    assert_eq!(rules(model, &graph.earns(outcome(model, "alone"))), "family");
    assert_eq!(rules(model, &graph.earned_by(outcome(model, "d"))), "family onward");
    assert_eq!(rules(model, &graph.earns(outcome(model, "e"))), "");
    let (_, to) = &graph.earns(outcome(model, "c"))[0];
    assert_eq!(names(model, to), "d e");
}

#[test]
fn a_path_goes_through_rules() {
    let graph = graph();
    let model = graph.model();
    let path = |from: &str, to: &str| {
        graph.path(outcome(model, from), outcome(model, to)).map(|path| names(model, &path))
    };
    assert_eq!(path("a", "e").as_deref(), Some("a rule bundle c rule onward e"));
    assert_eq!(path("alone", "e").as_deref(), Some("alone rule family d rule back c rule onward e"));
    assert_eq!(path("c", "c").as_deref(), Some("c rule onward d rule back c"));
    assert_eq!(path("e", "a"), None);
}

#[test]
fn circles_and_parts_are_found() {
    let graph = graph();
    let model = graph.model();
    let cycles = graph.cycles();
    assert_eq!(cycles.len(), 1);
    let round: Vec<Node> = cycles[0].iter().copied().filter(|node| !matches!(node, Node::Class(_))).collect();
    assert_eq!(names(model, &round), "c d rule back rule onward");
    assert_eq!(graph.components().len(), 1);
}

#[test]
fn a_neighbourhood_shows_its_rules_whole() {
    let graph = graph();
    let model = graph.model();
    let near = graph.neighbourhood(Node::Outcome(outcome(model, "b")), 1, true, false);
    let shown = names(model, &near.nodes);
    assert!(
        shown.contains("rule bundle") && shown.contains("rule family") && !shown.contains("rule onward"),
        "{shown}"
    );
    let back = graph.neighbourhood(Node::Outcome(outcome(model, "e")), 1, false, true);
    assert!(names(model, &back.nodes).starts_with("c d e"), "{}", names(model, &back.nodes));
    assert!(near.edges.iter().all(|(from, to)| near.nodes.contains(from) && near.nodes.contains(to)));
    assert_eq!(graph.whole().nodes.len(), graph.node_count());
    assert_eq!(graph.whole().edges.len(), graph.edge_count());
}

#[test]
fn a_family_is_one_edge_from_its_class_and_never_one_from_each_member() {
    let graph = graph();
    let into_family = graph
        .whole()
        .edges
        .iter()
        .filter(
            |(_, to)| matches!(to, Node::Rule(rule) if &*graph.model().rules[rule.index()].name == "family"),
        )
        .count();
    assert_eq!(into_family, 1);
}

#[test]
fn an_empty_package_has_an_empty_graph() {
    let graph = build(Arc::new(Model::default()));
    assert_eq!((graph.node_count(), graph.components().len(), graph.cycles().len()), (0, 0, 0));
}

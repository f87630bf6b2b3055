//! What the graph answers: what an outcome earns, what earns it, by which path, which parts hang together and where the circles are.
//!
//! Every walk keeps its own list of what to visit, so no chain of rules is too long for it.

use std::collections::VecDeque;

use petgraph::Direction;
use petgraph::algo::kosaraju_scc;
use petgraph::unionfind::UnionFind;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::model::{BlockId, ClassId, KindId, OutcomeId, RuleId, SchemeId};

use super::ConversionGraph;

/// A node of the graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Node {
    /// A catalogue entry.
    Outcome(OutcomeId),
    /// A kind that some class names.
    Kind(KindId),
    /// A class that some rule names.
    Class(ClassId),
    /// The members of a family that some rule leads to.
    Family(ClassId),
    /// A rule.
    Rule(RuleId),
    /// The account of a scheme.
    Account(SchemeId),
    /// A place for credits.
    Block(BlockId),
}

/// An edge, from its first to its second node.
pub type Edge = (Node, Node);

/// A part of the graph, as plain data.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Neighbourhood {
    /// The nodes, sorted.
    pub nodes: Vec<Node>,
    /// The edges between them, sorted.
    pub edges: Vec<Edge>,
}

impl ConversionGraph {
    /// The rules through which an outcome may earn something, with what each leads to; sorted by rule.
    pub fn earns(&self, outcome: OutcomeId) -> Vec<(RuleId, Vec<Node>)> {
        let near = self.near(Node::Outcome(outcome), Direction::Outgoing);
        self.rules_among(&near, Direction::Outgoing)
    }

    /// The rules that give something for an outcome, with the outcomes, kinds and classes each starts from; sorted by rule.
    pub fn earned_by(&self, outcome: OutcomeId) -> Vec<(RuleId, Vec<Node>)> {
        let near = self.near(Node::Outcome(outcome), Direction::Incoming);
        self.rules_among(&near, Direction::Incoming)
    }

    /// One shortest path of outcomes and rules from one outcome to another: outcome, rule, outcome, …; nothing where there is
    /// none. Whether it may be walked is for the rules' guards and for how often a grant may be converted again to say.
    pub fn path(&self, from: OutcomeId, to: OutcomeId) -> Option<Vec<Node>> {
        let start = Node::Outcome(from);
        let mut came_from: FxHashMap<Node, Node> = FxHashMap::default();
        let mut queue = VecDeque::from([start]);
        while let Some(node) = queue.pop_front() {
            for next in self.next_to(node, Direction::Outgoing) {
                if next == Node::Outcome(to) {
                    came_from.insert(next, node);
                    let mut path = vec![next];
                    let mut at = node;
                    while at != start {
                        path.push(at);
                        at = came_from.get(&at).copied()?;
                    }
                    path.push(start);
                    path.reverse();
                    path.retain(|node| matches!(node, Node::Outcome(_) | Node::Rule(_)));
                    return Some(path);
                }
                if next != start && !came_from.contains_key(&next) {
                    came_from.insert(next, node);
                    queue.push_back(next);
                }
            }
        }
        None
    }

    /// The parts that hang together, each sorted, by their first node.
    pub fn components(&self) -> Vec<Vec<Node>> {
        let mut union = UnionFind::<usize>::new(self.graph.node_count());
        for edge in self.graph.raw_edges() {
            union.union(edge.source().index(), edge.target().index());
        }
        let mut parts: FxHashMap<usize, Vec<Node>> = FxHashMap::default();
        for (index, node) in self.graph.raw_nodes().iter().enumerate() {
            parts.entry(union.find(index)).or_default().push(node.weight);
        }
        sorted(parts.into_values().collect())
    }

    /// The circles: sets of nodes each of which leads to all others of it, each sorted, by their first node.
    pub fn cycles(&self) -> Vec<Vec<Node>> {
        let components =
            kosaraju_scc(&self.graph).into_iter().filter(|component| match component.as_slice() {
                [only] => self.graph.contains_edge(*only, *only),
                _ => true,
            });
        let weights = |component: Vec<_>| {
            component.into_iter().filter_map(|node| self.graph.node_weight(node).copied())
        };
        sorted(components.map(|component| weights(component).collect()).collect())
    }

    /// What lies within so many rules of a node, in this direction or the other or both.
    pub fn neighbourhood(&self, of: Node, rules: usize, forward: bool, backward: bool) -> Neighbourhood {
        let mut found: FxHashSet<Node> = FxHashSet::from_iter([of]);
        let directions = [(forward, Direction::Outgoing), (backward, Direction::Incoming)];
        for direction in directions.into_iter().filter_map(|(wanted, direction)| wanted.then_some(direction))
        {
            let mut reached: FxHashMap<Node, usize> = FxHashMap::from_iter([(of, 0)]);
            let mut queue = VecDeque::from([(of, 0)]);
            while let Some((node, passed)) = queue.pop_front() {
                let passed = passed + usize::from(matches!(node, Node::Rule(_)));
                for next in self.next_to(node, direction) {
                    let beyond = passed + usize::from(matches!(next, Node::Rule(_))) > rules;
                    if !beyond && reached.get(&next).is_none_or(|before| passed < *before) {
                        reached.insert(next, passed);
                        queue.push_back((next, passed));
                    }
                }
            }
            found.extend(reached.into_keys());
        }
        // A rule is shown with all it starts from and all it leads to, or it would say less than it does.
        let rules: Vec<Node> = found.iter().copied().filter(|node| matches!(node, Node::Rule(_))).collect();
        for rule in rules {
            found.extend(self.next_to(rule, Direction::Outgoing));
            found.extend(self.next_to(rule, Direction::Incoming));
        }
        self.part(found)
    }

    /// The whole graph.
    pub fn whole(&self) -> Neighbourhood {
        self.part(self.nodes.keys().copied().collect())
    }

    /// How many nodes there are.
    pub fn node_count(&self) -> usize {
        self.graph.node_count()
    }

    /// How many edges there are.
    pub fn edge_count(&self) -> usize {
        self.graph.edge_count()
    }

    fn part(&self, nodes: FxHashSet<Node>) -> Neighbourhood {
        let mut edges: Vec<Edge> = nodes
            .iter()
            .flat_map(|&node| {
                self.next_to(node, Direction::Outgoing).into_iter().map(move |next| (node, next))
            })
            .filter(|(_, next)| nodes.contains(next))
            .collect();
        edges.sort_unstable();
        let mut nodes: Vec<Node> = nodes.into_iter().collect();
        nodes.sort_unstable();
        Neighbourhood { nodes, edges }
    }

    /// The nodes next to one, sorted.
    fn next_to(&self, node: Node, direction: Direction) -> Vec<Node> {
        let Some(&index) = self.nodes.get(&node) else { return Vec::new() };
        let neighbours = self.graph.neighbors_directed(index, direction);
        let mut next: Vec<Node> =
            neighbours.filter_map(|next| self.graph.node_weight(next).copied()).collect();
        next.sort_unstable();
        next
    }

    /// The rules next to a node, across the classes and kinds between.
    fn near(&self, of: Node, direction: Direction) -> Vec<RuleId> {
        let mut rules = Vec::new();
        let mut seen: FxHashSet<Node> = FxHashSet::default();
        let mut waiting = self.next_to(of, direction);
        while let Some(node) = waiting.pop() {
            match node {
                Node::Rule(rule) => rules.push(rule),
                Node::Kind(_) | Node::Class(_) | Node::Family(_) if seen.insert(node) => {
                    waiting.extend(self.next_to(node, direction))
                }
                _ => {}
            }
        }
        rules.sort_unstable();
        rules.dedup();
        rules
    }

    fn rules_among(&self, rules: &[RuleId], direction: Direction) -> Vec<(RuleId, Vec<Node>)> {
        rules.iter().map(|&rule| (rule, self.next_to(Node::Rule(rule), direction))).collect()
    }
}

fn sorted(mut parts: Vec<Vec<Node>>) -> Vec<Vec<Node>> {
    for part in &mut parts {
        part.sort_unstable();
    }
    parts.sort_unstable();
    parts
}

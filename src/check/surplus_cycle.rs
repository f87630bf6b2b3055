//! What is more than a block takes goes on to another, and never comes back.

use crate::diagnostic::{Code, Problem, Said};
use crate::model::{BlockId, Model, Scope, Surplus};
use crate::source::Span;

pub(super) fn check(model: &Model, problems: &mut Vec<Problem>) {
    let edges = edges(model);
    if edges.is_empty() {
        return;
    }
    let mut told: Vec<BlockId> = Vec::new();
    for &(start, _, at) in &edges {
        if told.contains(&start) {
            continue;
        }
        let Some(path) = circle(&edges, start) else { continue };
        told.extend(&path);
        let name = |id: &BlockId| model.blocks.get(id.index()).map_or("", |block| &*block.short);
        let path: Vec<Said> = path.iter().chain([&start]).map(|id| Said::Name(name(id).into())).collect();
        let problem = Problem::new(Code::SurplusCycle, at).say("block", name(&start));
        problems.push(problem.say("path", path));
    }
}

/// Which block sends to which, and where that is said.
fn edges(model: &Model) -> Vec<(BlockId, BlockId, Span)> {
    let blocks = (0u32..).map(BlockId).zip(&model.blocks);
    let own = blocks.filter_map(|(id, block)| match block.surplus {
        Some(Surplus::To(to, span)) => Some((id, to, span)),
        _ => None,
    });
    let lines = model.limits.iter().filter_map(|line| match (line.scope, line.surplus) {
        (Scope::Block(from), Some(Surplus::To(to, span))) => Some((from, to, span)),
        _ => None,
    });
    let mut edges: Vec<_> = own.chain(lines).collect();
    edges.sort_unstable();
    edges
}

/// The blocks on a way from a block back to itself.
fn circle(edges: &[(BlockId, BlockId, Span)], start: BlockId) -> Option<Vec<BlockId>> {
    let mut reached: Vec<(BlockId, Option<usize>)> = vec![(start, None)];
    let mut at = 0;
    while let Some(&(from, _)) = reached.get(at) {
        for &(_, to, _) in edges.iter().filter(|edge| edge.0 == from) {
            if to == start {
                let mut path = Vec::new();
                let mut back = Some(at);
                while let Some((block, before)) = back.and_then(|at| reached.get(at)) {
                    path.push(*block);
                    back = *before;
                }
                path.reverse();
                return Some(path);
            }
            if reached.iter().all(|(other, _)| *other != to) {
                reached.push((to, Some(at)));
            }
        }
        at += 1;
    }
    None
}

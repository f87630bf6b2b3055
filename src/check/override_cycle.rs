//! Rules that override one another in a circle: then none of them could be decided before the others.
//!
//! Components are found along lists, never by recursion: a chain of 100,000 overrides is no deeper than one of two.

use crate::diagnostic::{Code, Problem, Said};
use crate::model::{Model, RuleId};

pub(super) fn check(model: &Model, problems: &mut Vec<Problem>) {
    if model.rules.iter().all(|rule| rule.overrides.is_empty()) {
        return;
    }
    for mut circle in circles(model) {
        circle.sort_unstable();
        let rules: Vec<_> = circle.iter().filter_map(|id| model.rules.get(id.index())).collect();
        let Some((first, others)) = rules.split_first() else { continue };
        let names: Vec<Said> = rules.iter().take(8).map(|rule| Said::Name(rule.name.clone())).collect();
        let mut problem = Problem::new(Code::OverrideCycle, first.span).say("names", names);
        for other in others.iter().take(7) {
            problem = problem.label(other.span, "also");
        }
        problems.push(problem);
    }
}

/// The components with more than one rule, and rules that override themselves (Tarjan's algorithm on an explicit stack).
fn circles(model: &Model) -> Vec<Vec<RuleId>> {
    const UNSEEN: u32 = u32::MAX;
    let count = model.rules.len();
    let mut index = vec![UNSEEN; count];
    let mut low = vec![0u32; count];
    let mut on_stack = vec![false; count];
    let (mut stack, mut next) = (Vec::new(), 0u32);
    let mut found = Vec::new();
    for start in 0..count {
        if index[start] != UNSEEN {
            continue;
        }
        // Each frame is a rule and how many of its overrides have been followed.
        let mut frames: Vec<(usize, usize)> = vec![(start, 0)];
        while let Some(frame) = frames.last_mut() {
            let (at, followed) = *frame;
            if followed == 0 {
                index[at] = next;
                low[at] = next;
                next += 1;
                stack.push(at);
                on_stack[at] = true;
            }
            let overrides = &model.rules[at].overrides;
            if let Some(target) =
                overrides.get(followed).map(|rule| rule.index()).filter(|&target| target < count)
            {
                frame.1 += 1;
                if index[target] == UNSEEN {
                    frames.push((target, 0));
                } else if on_stack[target] {
                    low[at] = low[at].min(index[target]);
                }
                continue;
            }
            frames.pop();
            if let Some(&(parent, _)) = frames.last() {
                low[parent] = low[parent].min(low[at]);
            }
            if low[at] == index[at] {
                let from = stack.iter().rposition(|&rule| rule == at).unwrap_or(0);
                let component = stack.split_off(from);
                component.iter().for_each(|&rule| on_stack[rule] = false);
                let itself = overrides.iter().any(|rule| rule.index() == at);
                if component.len() > 1 || itself {
                    let ids = component.into_iter().filter_map(|rule| u32::try_from(rule).ok());
                    found.push(ids.map(RuleId).collect());
                }
            }
        }
    }
    found
}

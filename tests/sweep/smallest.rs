//! The smallest package and request that still show a difference: lines, achievements and facts are taken away as long as it
//! stays.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::compare::same;
use crate::engine;
use crate::reference::record::Request;
use crate::reference::{self, Model};

/// Whether the two disagree; a package that does not compile, or a request that does not fit it, shows nothing.
fn differ(text: &str, request: &Request) -> bool {
    catch_unwind(AssertUnwindSafe(|| {
        let compiled = engine::compile(text);
        if compiled.graph.is_none() {
            return false;
        }
        let model = Model::read(&accredit::wire::model::export(&compiled.model));
        !same(&reference::decide(&model, request), &engine::decide(&compiled, request))
    }))
    .unwrap_or(false)
}

/// Blocks of lines that belong together, by their first line and the one after their last.
fn blocks(lines: &[&str]) -> Vec<(usize, usize)> {
    let mut blocks = Vec::new();
    for (first, line) in lines.iter().enumerate() {
        let mut depth = 0i32;
        for (at, line) in lines[first..].iter().enumerate() {
            depth += i32::try_from(line.matches('{').count()).unwrap();
            depth -= i32::try_from(line.matches('}').count()).unwrap();
            if depth <= 0 {
                blocks.push((first, first + at + 1));
                break;
            }
        }
        let _ = line;
    }
    blocks.sort_by_key(|(first, last)| std::cmp::Reverse(last - first));
    blocks
}

pub fn smallest(text: &str, request: &Request) -> (String, Request) {
    std::panic::set_hook(Box::new(|_| {}));
    let (mut text, mut request) = (text.to_owned(), request.clone());
    loop {
        let before = (text.clone(), format!("{request:?}"));
        let lines: Vec<&str> = text.lines().collect();
        let shorter = blocks(&lines).into_iter().find_map(|(first, last)| {
            let less: Vec<&str> = lines[..first].iter().chain(&lines[last..]).copied().collect();
            let less = less.join("\n") + "\n";
            differ(&less, &request).then_some(less)
        });
        if let Some(less) = shorter {
            text = less;
        }
        let mut tries: Vec<Request> = Vec::new();
        let mut without = |change: &dyn Fn(&mut Request)| {
            let mut less = request.clone();
            change(&mut less);
            tries.push(less);
        };
        for at in 0..request.held.len() {
            without(&|it| {
                it.held.remove(at);
            });
            for fact in 0..request.held[at].facts.len() {
                without(&|it| {
                    it.held[at].facts.remove(fact);
                });
            }
        }
        for at in 0..request.learner.len() {
            without(&|it| {
                it.learner.remove(at);
            });
        }
        if request.partial {
            without(&|it| it.partial = false);
        }
        if !request.asks.is_empty() {
            without(&|it| it.asks.clear());
        }
        if !request.granted.is_empty() {
            without(&|it| it.granted.clear());
        }
        if !request.dates.is_empty() {
            without(&|it| it.dates.clear());
        }
        if let Some(less) = tries.into_iter().find(|it| differ(&text, it)) {
            request = less;
        }
        if before == (text.clone(), format!("{request:?}")) {
            break;
        }
    }
    let _ = std::panic::take_hook();
    (text, request)
}

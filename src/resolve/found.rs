//! What is found wrong while names are resolved: each mistake once, however many lines run into it.

use rustc_hash::FxHashSet;

use crate::diagnostic::{Code, Problem, Said};
use crate::source::{Sources, Span};

/// The problems found so far.
#[derive(Debug)]
pub(super) struct Found<'t> {
    sources: &'t Sources,
    problems: Vec<Problem>,
    seen: FxHashSet<(Code, Span)>,
}

impl<'t> Found<'t> {
    /// Nothing yet.
    pub(super) fn new(sources: &'t Sources) -> Found<'t> {
        Found { sources, problems: Vec::new(), seen: FxHashSet::default() }
    }

    /// What is written at a place, its first line.
    pub(super) fn written(&self, at: Span) -> &'t str {
        self.sources.snippet(at).lines().next().unwrap_or_default().trim()
    }

    /// A slot or declaration where none of its sort belongs.
    pub(super) fn misplaced(&mut self, at: Span, container: &'static str) {
        let slot = self.written(at);
        self.push(
            Problem::new(Code::SlotMisplaced, at).say("slot", slot).say("container", Said::Word(container)),
        );
    }

    /// A form of the language that this version does not have.
    pub(super) fn later(&mut self, at: Span) {
        let word = self.written(at);
        self.push(super::slots::later(word, at));
    }

    /// Takes a problem in, unless the same code already stands at the same place: a line that many rules share is
    /// wrong once.
    pub(super) fn push(&mut self, problem: Problem) {
        if self.seen.insert((problem.code, problem.at)) {
            self.problems.push(problem);
        }
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.problems.len()
    }

    /// All of them.
    pub(super) fn into_problems(self) -> Vec<Problem> {
        self.problems
    }
}

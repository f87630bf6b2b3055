//! Slots that stand once: a second one is wrong at both places.

use crate::diagnostic::Said;
use crate::source::Span;

use super::fault::repeated;
use super::found::Found;

/// The single slots met so far in one body: a handful, so a list is searched.
#[derive(Debug, Default)]
pub(super) struct Once {
    first: Vec<(&'static str, Span)>,
}

impl Once {
    /// Whether this is the first slot of that word (its id in the keyword table); a second one is reported.
    pub(super) fn check(&mut self, found: &mut Found, word: &'static str, at: Span) -> bool {
        match self.first.iter().find(|(met, _)| *met == word) {
            None => {
                self.first.push((word, at));
                true
            }
            Some((_, first)) => {
                found.push(repeated(Said::Word(word), at, *first));
                false
            }
        }
    }

    /// Whether a slot of that word stood.
    pub(super) fn has(&self, word: &'static str) -> bool {
        self.first.iter().any(|(met, _)| *met == word)
    }
}

//! Whether the cells of a table leave a hole in what is known of its facts.
//!
//! What is known is a box of sets, one a fact; each cell takes a box out of it, and what is left in the end is a hole. Numbers are
//! looked at on their step: between 59 and 60 whole marks there is nothing.

use crate::model::LookupCell;
use crate::space::{Domain, Set};

/// So many pieces are kept; beyond, a hole is taken to be there, and the rule waits for the facts.
const MOST_PIECES: usize = 4096;

/// Whether some values of the facts are in no cell.
pub(super) fn has_hole(known: Vec<Set>, domains: &[Option<Domain>], cells: &[LookupCell]) -> bool {
    let mut rest = vec![known];
    for cell in cells {
        let mut less = Vec::new();
        for piece in rest {
            without(piece, &cell.sets, domains, &mut less);
        }
        if less.len() > MOST_PIECES {
            return true;
        }
        rest = less;
    }
    !rest.is_empty()
}

/// What a cell leaves of a box: for each fact the part beside the cell, inside it in the facts before.
fn without(mut piece: Vec<Set>, cell: &[Set], domains: &[Option<Domain>], out: &mut Vec<Vec<Set>>) {
    for place in 0..piece.len() {
        let (Some(ours), Some(theirs)) = (piece.get(place).cloned(), cell.get(place)) else { return };
        let on_step = |set: Set| match domains.get(place) {
            Some(Some(domain)) => domain.snap(&set),
            _ => set,
        };
        let beside = on_step(ours.minus(theirs));
        if !beside.is_empty() {
            let mut left = piece.clone();
            if let Some(set) = left.get_mut(place) {
                *set = beside;
            }
            out.push(left);
        }
        let inside = on_step(ours.intersect(theirs));
        if inside.is_empty() {
            return;
        }
        if let Some(set) = piece.get_mut(place) {
            *set = inside;
        }
    }
}

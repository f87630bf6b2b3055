//! Proofs as data, and the checker of them: it knows numbered cells, ranges of them, and how to compare.
//!
//! It never knows a rule, a fact or a value: each fact is a row of numbered cells, each rule a list of ranges, and a proof says along
//! which facts the space is cut until every piece is plain. It shares no code with what finds proofs. The one idea: a proof is
//! believed only after this file has walked all of it.

mod check;
mod optimum;
mod statement;

pub use check::{Refused, check};
pub use optimum::{Cut, Inequality, Node, Program, SCALE, Tree, Unproved, check_optimum};
pub use statement::{Claim, Proof, Region, Statement, Step};

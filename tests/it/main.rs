//! What the library promises as a whole, and what the repository keeps to: one test binary, a module a subject.

#![allow(clippy::unwrap_used, clippy::panic, clippy::expect_used, reason = "a test may stop where it stands")]

mod allocate;
mod answer;
mod catalogue;
mod checks;
#[cfg(feature = "cli")]
mod cli;
mod decide;
mod documents;
mod found;
mod graph;
mod hostile;
mod layers;
mod ledgers;
mod letters;
mod mistakes;
mod overlap;
mod packages;
mod pages;
mod phrases;
mod plants;
mod proofs;
mod readme;
mod referencing;
mod same;
mod shapes;
mod solver;
mod spec;
mod tidy;
mod topup;

mod tree;

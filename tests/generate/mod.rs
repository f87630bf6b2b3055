//! Small packages as QF text, and records to ask them about, from one seed.
//!
//! Every package has facts of all domains, one to three schemes and one to six rules; what a rule is made of is drawn construct
//! by construct, and each construct drawn is counted, so that a sweep can tell what it has seen.

mod amount;
mod constructs;
mod looking;
mod marks;
mod members;
mod package;
mod records;
mod seed;
mod tests;

pub use constructs::CONSTRUCTS;
pub use package::{Package, package};
pub use records::{all_facts, request};
pub use seed::Seed;

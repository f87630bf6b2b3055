//! The decide of the library: a request goes in, one of seven verdicts comes out, with its reasons as data.
//!
//! Every well-formed request has a decision; a refusal is a value, never an error. No sentence is made here.

mod decision;

pub use decision::*;

//! `accredit` compiles QF, a language for qualifications frameworks and credit recognition, and answers whether an
//! outcome converts and how many credits it gives.

pub mod answer;
pub mod check;
pub mod compile;
pub mod diagnostic;
pub mod evaluate;
pub mod examples;
pub mod format;
pub mod graph;
pub mod language;
pub mod model;
pub mod project;
pub mod quantity;
pub mod report;
pub mod resolve;
pub mod source;
pub mod space;
pub mod syntax;
pub mod wire;

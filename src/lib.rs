//! `accredit` compiles QF, a language for qualifications frameworks and credit recognition, and answers whether an
//! outcome converts and how many credits it gives, exactly, with reasons.
//!
//! A package is text. [`compile::compile`] makes a graph of it and says everything that is wrong; [`wire::answer`] takes a
//! record in JSON or YAML and gives the decision document; [`report::text::text`] tells it in English or Chinese:
//!
//! ```
//! use accredit::compile::compile;
//! use accredit::quantity::Date;
//! use accredit::report::text::{TextLanguage, text};
//! use accredit::source::Sources;
//!
//! let mut sources = Sources::new();
//! sources.add("package.qf", r#"
//! package edu.example version 2026.1
//! document handbook "Handbook"
//! credit college-credit "credits" { step 1 }
//! scale score { range 0 to 100; step 1; pass 60 }
//! kind certificate { fact grade : score }
//! kind course
//! outcome language-test "Language test" : certificate
//! outcome language-1 "Language I" : course { credits 3 }
//! rule language {
//!   cite handbook "section 1"
//!   in force from 2026-09-01 by applied
//!   from language-test
//!   when grade >= 60
//!   to language-1
//!   give target credits
//! }
//! "#);
//! let compiled = compile(sources);
//! assert!(compiled.problems.is_empty());
//! let graph = compiled.graph.as_ref().expect("a package without errors has a graph");
//!
//! let record = r#"{ "holds": [ { "id": "a1", "of": "language-test", "facts": { "grade": 72 } } ] }"#;
//! let day = Date::parse("2026-10-01");
//! let decision = accredit::wire::answer(graph, &compiled.sources, record, day, Some("language-1"))?;
//! assert_eq!(decision.verdict, "converts");
//! assert_eq!(decision.grants[0].amount.as_deref(), Some("3"));
//! assert!(text(&decision, TextLanguage::English).contains("3 credits"));
//! # Ok::<(), accredit::wire::RequestError>(())
//! ```
//!
//! A refusal is an answer, not an error, and says the smallest change that would convert:
//!
//! ```
//! # use accredit::{compile::compile, quantity::Date, source::Sources};
//! # let mut sources = Sources::new();
//! # sources.add("package.qf", r#"
//! # package edu.example version 2026.1
//! # document handbook "Handbook"
//! # credit college-credit { step 1 }
//! # scale score { range 0 to 100; step 1; pass 60 }
//! # kind certificate { fact grade : score }
//! # kind course
//! # outcome language-test : certificate
//! # outcome language-1 : course { credits 3 }
//! # rule language { cite handbook; in force from 2026-09-01 by applied; from language-test; when grade >= 60; to language-1; give target credits }
//! # "#);
//! # let compiled = compile(sources);
//! # let graph = compiled.graph.as_ref().expect("sound");
//! let record = r#"{ "holds": [ { "id": "a1", "of": "language-test", "facts": { "grade": 59 } } ] }"#;
//! let decision = accredit::wire::answer(graph, &compiled.sources, record, Date::parse("2026-10-01"), None)?;
//! assert_eq!((decision.verdict.as_str(), decision.reason.as_deref()), ("refused", Some("condition_not_met")));
//! let change = &decision.counterfactual[0].changes[0];
//! assert_eq!(change.to.as_ref().map(|value| value.value.as_str()), Some("60"));
//! # Ok::<(), accredit::wire::RequestError>(())
//! ```
//!
//! A system that asks often keeps the [`graph::ConversionGraph`] and the [`wire::Names`] and calls [`wire::read`],
//! [`answer::decide`] and [`wire::document`] itself. Nothing below `report` and `project` opens a file or reads a clock: the
//! day as of which is asked is always an argument.

pub mod allocate;
pub mod analyze;
pub mod answer;
pub mod certificate;
pub mod check;
#[cfg(feature = "cli")]
pub mod cli;
pub mod compile;
pub mod convert;
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

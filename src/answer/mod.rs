//! The decide of the library: a request goes in, one of seven verdicts comes out, with its reasons as data.
//!
//! Every well-formed request has a decision; a refusal is a value, never an error. No sentence is made here.
//!
//! ```
//! use accredit::answer::{Change, Verdict, decide};
//! use accredit::compile::compile;
//! use accredit::quantity::Date;
//! use accredit::source::Sources;
//! use accredit::wire::{Names, read};
//!
//! let mut sources = Sources::new();
//! sources.add(
//!     "rules.qf",
//!     "package example.welding version 2026.1
//!      document agreement
//!      credit point { step 0.5 }
//!      kind certificate { fact grade : 0 to 100 whole }
//!      kind course
//!      outcome welding-basic : certificate
//!      outcome metal-joining : course { credits 2.5 }
//!      rule welding {
//!        cite agreement
//!        in force to 2030-12-31 by applied
//!        from welding-basic
//!        when grade >= 60
//!        to metal-joining
//!        give target credits
//!      }",
//! );
//! let graph = compile(sources).graph.expect("nothing is wrong with the package");
//!
//! let record = r#"{ "holds": [ { "id": "a1", "of": "welding-basic", "facts": { "grade": "59" } } ] }"#;
//! let asked = read(record, &Names::new(graph.model()), Date::parse("2026-03-02"), None)?;
//! let decision = decide(&graph, &asked.request).expect("its numbers can be held exactly");
//!
//! assert_eq!(decision.verdict, Verdict::Refused);
//! let change = &decision.counterfactuals[0].changes[0];
//! assert!(matches!(change, Change::Fact { from, to, .. } if from.to_string() == "59" && to.to_string() == "60"));
//! # Ok::<(), accredit::wire::RequestError>(())
//! ```

mod asking;
mod assembly;
mod convert;
mod decide;
mod decision;
mod fix;
mod grade;
mod grant;
mod later;
mod line;
mod nearest;
mod single;
mod tested;
mod validity;
mod verdict;
pub mod whole;

pub use convert::{Conversions, ConvertedBy, convert};
pub use decide::decide;
pub use decision::*;
pub use grade::{GradedBy, Grades, grade, mark};
pub use single::{Single, claim};

use asking::Asking;

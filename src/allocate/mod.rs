//! A whole record against a whole programme, exactly: which achievement serves which target, so that least is left to earn.
//!
//! It knows no rule, no name and no text. Whoever asks turns rules, blocks, limits and the ledger into a [`Problem`] of plain numbers
//! (amounts in steps of the unit), and gets an [`Allocation`]: what is made, what counts where, what each limit and condition comes to,
//! and for each objective a proof that nothing is better, or the honest word that the work was not enough, with a bound.
//!
//! The one idea: everything that must hold is a row of whole numbers ([`rows`]), and nothing is believed that integers have not
//! proved. Floating point only says where to look ([`hint`]).
//!
//! A learner holds two courses of 4 and 3 credits that may both count in a block that takes 6; the second may also be half of
//! a bundle for a course worth 5:
//!
//! ```
//! use accredit::allocate::{allocate, certify, Achievement, Application, Award, Block, Counts, Grant, Pin, Problem, Scope, Slot, Target, Work};
//!
//! let grant = |credits, covers: &[usize], whole, place| Grant {
//!     covers: covers.to_vec(), award: Award::Fixed(credits), counts: Counts::Credit, whole, places: vec![place], effect: None,
//! };
//! let application = |uses: &[usize], grant| Application {
//!     slots: uses.iter().map(|at| Slot::One(*at)).collect(),
//!     times: 1, grants: vec![grant], choice: None, scopes: vec![0], pin: Pin::Free,
//! };
//! let problem = Problem {
//!     achievements: vec![Achievement { count: 1 }; 3],
//!     scopes: vec![Scope::default()],
//!     targets: vec![Target { covered: false }],
//!     applications: vec![
//!         application(&[0], grant(4, &[], false, 1)),
//!         application(&[1], grant(3, &[], false, 1)),
//!         application(&[1, 2], grant(5, &[0], true, 2)),
//!     ],
//!     blocks: vec![
//!         Block { need: Some(11), ..Block::default() },
//!         Block { parent: Some(0), need: Some(6), at_most: Some(6), ..Block::default() },
//!         Block { parent: Some(0), need: Some(5), ..Block::default() },
//!     ],
//!     ..Problem::default()
//! };
//! let allocation = allocate(&problem, Work::default())?;
//! assert_eq!(allocation.chosen.made, [1, 0, 1]);
//! assert_eq!(allocation.remaining, [2, 2, 0]);
//! assert!(allocation.proved);
//! assert!(certify(&problem, &allocation).is_ok());
//! # Ok::<(), accredit::allocate::Refusal>(())
//! ```
//!
//! [`rows`]: self
//! [`hint`]: self

mod bound;
mod certify;
mod cuts;
mod expression;
mod hint;
mod measure;
mod narrow;
mod problem;
mod program;
mod result;
mod rows;
mod search;
mod sets;
mod stages;
mod structure;

pub use certify::{Distrust, certify};
pub use measure::Chosen;
pub use problem::{
    Achievement, Application, Average, Award, Block, Branches, Choice, Condition, Counted, Counts, Grant,
    Limit, Line, Measure, Measured, Part, Pin, Problem, Round, Scope, Set, Share, Slot, Take, Target, Total,
    When,
};
pub use program::Origin;
pub use result::{Allocation, Refusal, Work, allocate};
pub use stages::Stage;
pub use structure::Fault;

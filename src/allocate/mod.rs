//! A whole record against a whole programme, exactly: which achievement serves which target, so that least is left to earn.
//!
//! It knows no rule, no name and no text. Whoever asks turns rules, blocks, limits and the ledger into a [`Problem`] of plain numbers
//! (amounts in steps of the unit), and gets an [`Allocation`]: what is made, what counts where, what each limit and condition comes to,
//! and for each objective a proof that nothing is better, or the honest word that the work was not enough, with a bound.
//!
//! The one idea: everything that must hold is a row of whole numbers (`rows`), and nothing is believed that integers have not
//! proved. Floating point only says where to look (`hint`).
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
//! # What to fill in
//!
//! Amounts are whole steps of the unit: divide by the step, round a ceiling down. Lists stand in canonical order where the order decides
//! (see [`Problem`]).
//!
//! | in a package or a record | here |
//! |---|---|
//! | achievements that nothing tells apart | one [`Achievement`] with a count, its applications made up to `times` |
//! | a rule with the evidence that fills it, active and surely true | an [`Application`]: a [`Slot::One`] for each single item, a [`Set`] for `n of S`, `S together`, `c credits of S` |
//! | `n of S` for a block | `times` is ⌊size of S ∕ n⌋; two takings of one course share a key in `one_of` |
//! | `in distinct K` | [`Take::Different`] with the value of K of each candidate |
//! | `total F >= c`, `c credits of S`, `latest F` in a window | [`Set::totals`], [`Set::some_of`]; tests of single candidates choose who is a candidate |
//! | `give` to an outcome | a [`Grant`] that `covers` it, `whole` unless it `counts in part` |
//! | `give` to a block, and own study | `places`: the blocks that take the target or the outcome; in part unless it `counts whole` |
//! | several targets `in total` | one grant that covers them all |
//! | `a or b`, `2 of { … }` in `to` | a grant each, and a [`Choice`] |
//! | an amount by hours, rounded, `at most` | [`Measured`]: lines, a rounding, a cap; tables of constants are an application a cell |
//! | `no credit, total reduced` · `replaced from S` · `completion`, access, waiver | [`Counts::Lowers`] · [`Counts::Volume`] with an effect, and a [`Condition`] on S with a measure of this grant and factor −1 · an amount of 0 and an effect |
//! | `count each achievement once` | a [`Scope`]; what the ledger used is `spent`; an application is in the scope of its scheme and of the programme |
//! | `count each target once`, covered before | a [`Target`] |
//! | `not both A and B` | a [`Limit`] for each pair: [`Measure::Applications`] at most 1 |
//! | passed courses of the programme itself | [`Pin::Own`] |
//! | what the learner or officer asked for | [`Pin::Made`], [`Pin::NotMade`] |
//! | `block`, unnamed `require`, `at most`, `surplus to` | a [`Block`]: need, ceiling, `surplus_to`; what the ledger counted is `held` |
//! | `2 of { block a … }`, `when` in a block | [`Branches`]; a block whose `when` fails has no need |
//! | `share up to n with X` | a [`Share`] |
//! | `limit` | a [`Limit`] for each bucket of its `per`: the parts that its tests and its block let through; at most the cap less what the ledger used |
//! | `limit … 40% of counted credits` | one with factors: 5 · part − 2 · all ≤ 0 |
//! | a bundle in a limit: any member matches; in a condition: all do | [`When::AnyUsed`] of those that match; [`When::NoneUsed`] of those that do not |
//! | named `require` | a [`Condition`] (less what the ledger holds), or an [`Average`]: each grant's mark less what is asked, in whole numbers |
//! | `combine highest by` | before: only the one that stays is an application |
//! | unknown facts | ask twice: with what is sure, and with what is possible besides |
//!

mod bound;
mod certify;
mod cuts;
mod expression;
mod greedy;
mod hint;
mod lift;
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

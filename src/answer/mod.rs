//! The decide of the library: a request goes in, one of seven verdicts comes out, with its reasons as data.
//!
//! Every well-formed request has a decision; a refusal is a value, never an error. No sentence is made here.

mod asking;
mod assembly;
mod decide;
mod decision;
mod fix;
mod grant;
mod line;
mod nearest;
mod single;
mod verdict;

pub use decide::decide;
pub use decision::*;
pub use single::{Single, claim};

use asking::Asking;

//! Text to tree. `words` reads any keyword language into canonical tokens; the pest grammar reads those; `tree` is what comes
//! out. Nothing here knows what a name means.

mod braces;
mod canonical;
mod parse;
pub mod token;
pub mod tree;
pub mod words;

pub use parse::parse;

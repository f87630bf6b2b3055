//! What can be wrong, as data: a code, a place, and the words and numbers of the author's own text.
//!
//! A problem never holds a sentence. Sentences, in English and Chinese, live with the page of their code under `docs/errors`
//! and are filled in by [`catalogue`]; so every stage reports facts, and both languages say the same.

pub mod catalogue;
mod code;
pub mod frame;
mod order;
mod problem;
pub mod suggest;
mod template;

pub use catalogue::{MessageLanguage, Rendered};
pub use code::{Code, Severity};
pub use order::settle;
pub use problem::{Label, Problem, Said};

//! The texts of a package, and places in them.
//!
//! Nothing here opens a file or knows what a text means. The one idea: a place is a file and two byte offsets
//! and stays true whatever is done to the text on the way, so lines and columns are looked up only to show them.

mod decode;
mod hash;
pub mod markdown;
mod span;
mod text;

pub use decode::{NotUtf8, decode};
pub use hash::{content_hash, text_hash};
pub use span::{FileId, Position, Span};
pub use text::{Source, Sources};

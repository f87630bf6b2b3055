//! The one JSON and YAML shape of records, requests, decisions and models, versioned.
//!
//! Other systems depend on it, so nothing inside the library is serialised as it is: what is read is checked field by field with its
//! path, and what is written is a document of its own. Amounts are strings; a float is refused.

mod amounts;
mod answer;
mod asked;
pub mod clauses;
pub mod conversion;
pub mod decision;
mod document;
pub mod grade;
mod grants;
mod lasting;
mod levels;
pub mod model;
pub mod names;
mod node;
pub mod proof;
mod reader;
mod request;
mod steps;
mod undeclared;
mod values;
pub mod whole;
mod wholes;

pub use answer::{Desk, ERROR_SCHEMA, ErrorDocument, answer, to_json};
pub use asked::request;
pub use document::document;
pub use names::Names;
pub use node::Node;
pub use reader::{ErrorCode, RequestError};
pub use request::{Asked, read};

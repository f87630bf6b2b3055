//! From the text of a record to the document of its decision, as every door of the library answers.

use serde::Serialize;

use crate::answer::decide;
use crate::graph::ConversionGraph;
use crate::quantity::Date;
use crate::source::Sources;

use super::decision::Decision;
use super::{ErrorCode, Names, RequestError, document, read};

/// The name and version of the shape of an error.
pub const ERROR_SCHEMA: &str = "accredit.error/1";

/// Reads a record or a request in JSON or YAML, decides it and writes the decision down.
///
/// # Errors
///
/// Where the request is not understood, or an amount is beyond exact arithmetic.
pub fn answer(
    graph: &ConversionGraph,
    sources: &Sources,
    record: &str,
    as_of: Option<Date>,
    to: Option<&str>,
) -> Result<Decision, RequestError> {
    let asked = read(record, &Names::new(graph.model()), as_of, to)?;
    let decision = decide(graph, &asked.request).map_err(|_| {
        let message = "an amount is beyond exact arithmetic: 18 digits above and below the line";
        RequestError::new(ErrorCode::Overflow, "", message)
    })?;
    Ok(document(graph, sources, &asked, &decision))
}

/// `accredit.error/1`: why there is no decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ErrorDocument {
    schema: &'static str,
    code: &'static str,
    path: String,
    message: String,
}

/// A document as JSON, indented.
pub fn to_json(document: &impl Serialize) -> String {
    // Only text, counts and lists are in a document, so nothing can fail to be written.
    serde_json::to_string_pretty(document).unwrap_or_default() + "\n"
}

impl From<&RequestError> for ErrorDocument {
    fn from(error: &RequestError) -> Self {
        Self {
            schema: ERROR_SCHEMA,
            code: error.code.id(),
            path: error.path.clone(),
            message: error.message.clone(),
        }
    }
}

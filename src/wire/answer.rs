//! From the text of a record to the document of its decision, as every door of the library answers.

use serde::Serialize;

use crate::answer::decide;
use crate::evaluate::NoAnswer;
use crate::graph::ConversionGraph;
use crate::quantity::Date;
use crate::source::Sources;

use super::decision::Decision;
use super::{ErrorCode, Names, RequestError, document, read};

/// The name and version of the shape of an error.
pub const ERROR_SCHEMA: &str = "accredit.error/1";

/// Reads a record or a request in JSON or YAML, decides it and writes the decision down.
///
/// For one record. Who asks about many holds a [`Desk`].
///
/// # Errors
///
/// Where the request is not understood, or what it asks is too large to be answered exactly.
pub fn answer(
    graph: &ConversionGraph,
    sources: &Sources,
    record: &str,
    as_of: Option<Date>,
    to: Option<&str>,
) -> Result<Decision, RequestError> {
    Desk::new(graph, sources).answer(record, as_of, to)
}

/// A package at which records are answered, one after another: what reading a record needs of it is gathered once.
pub struct Desk<'a> {
    graph: &'a ConversionGraph,
    sources: &'a Sources,
    names: Names<'a>,
}

impl<'a> Desk<'a> {
    /// The desk of a package.
    pub fn new(graph: &'a ConversionGraph, sources: &'a Sources) -> Self {
        Self { graph, sources, names: Names::new(graph.model()) }
    }

    /// As [`answer`] does.
    ///
    /// # Errors
    ///
    /// Where the request is not understood, or what it asks is too large to be answered exactly.
    pub fn answer(
        &self,
        record: &str,
        as_of: Option<Date>,
        to: Option<&str>,
    ) -> Result<Decision, RequestError> {
        let asked = read(record, &self.names, as_of, to)?;
        let decision = decide(self.graph, &asked.request).map_err(|why| self.refuse(why))?;
        Ok(document(self.graph, self.sources, &asked, &decision))
    }

    fn refuse(&self, why: NoAnswer) -> RequestError {
        let code = match why {
            NoAnswer::Overflow => ErrorCode::Overflow,
            NoAnswer::TooManyWays(_) | NoAnswer::TooManyChoices(_) | NoAnswer::NotPlaced => {
                ErrorCode::TooLarge
            }
        };
        let model = self.graph.model();
        let rule = why.rule().and_then(|rule| model.rules.get(rule.index()));
        let message = match rule {
            Some(rule) => {
                let scheme = model.schemes.get(rule.scheme.index()).map_or("", |scheme| &scheme.name);
                let name = if scheme == &*rule.name {
                    rule.name.to_string()
                } else {
                    format!("{scheme}.{}", rule.name)
                };
                format!("`{name}`: {why}; ask about fewer achievements at once, by name in `asks`")
            }
            None => why.to_string(),
        };
        RequestError::new(code, "", message)
    }
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

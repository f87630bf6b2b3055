//! Asking a compiled package, as `accredit decide` asks it: a record in, the JSON of the decision out.

use accredit::compile::Compiled;
use accredit::quantity::Date;
use accredit::report::text::{TextLanguage, text};
use accredit::wire::{self, ErrorDocument};
use serde_json::Value;

/// Decides a record as of a day; what cannot be read is answered by the error's JSON.
pub(crate) fn decide(compiled: &Compiled, record: &str, as_of: &str) -> Value {
    let graph = compiled.graph.as_ref().unwrap_or_else(|| panic!("a package with errors decides nothing"));
    match wire::answer(graph, &compiled.sources, record, Date::parse(as_of), None) {
        Ok(decision) => serde_json::to_value(decision).unwrap(),
        Err(error) => serde_json::to_value(ErrorDocument::from(&error)).unwrap(),
    }
}

/// A decision read back from its JSON, told in both languages.
pub(crate) fn told(decision: &Value) -> String {
    let decision =
        serde_json::from_value(decision.clone()).unwrap_or_else(|_| panic!("no decision: {decision}"));
    let [english, chinese] =
        [TextLanguage::English, TextLanguage::Chinese].map(|language| text(&decision, language));
    format!("{english}\n{chinese}")
}

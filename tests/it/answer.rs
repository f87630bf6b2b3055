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

/// A decision told in both languages: the same words from the document as from its JSON.
pub(crate) fn told(compiled: &Compiled, record: &str, as_of: &str) -> String {
    let graph = compiled.graph.as_ref().unwrap();
    let decision = wire::answer(graph, &compiled.sources, record, Date::parse(as_of), None).unwrap();
    let read_back: wire::decision::Decision = serde_json::from_str(&wire::to_json(&decision)).unwrap();
    let [english, chinese] = [TextLanguage::English, TextLanguage::Chinese].map(|language| {
        let told = text(&decision, language);
        assert_eq!(told, text(&read_back, language));
        told
    });
    format!("{english}\n{chinese}")
}

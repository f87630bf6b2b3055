//! `accredit clauses`: each clause of a document beside what encodes it.

use crate::diagnostic::MessageLanguage;
use crate::model::{DocumentId, Model};
use crate::report::clauses::{markdown, text};
use crate::wire::clauses::clauses;
use crate::wire::to_json;

use super::Ended;
use super::args::{Clauses, ClausesFormat};
use super::asked::opened;
use super::output::{complain, language, print, spoken};

pub(super) fn run(command: &Clauses) -> Ended {
    let language = language(command.about.speech);
    let compiled = match opened(&command.about.package, language) {
        Ok(compiled) => compiled,
        Err(ended) => return ended,
    };
    let mut wanted = Vec::new();
    for name in &command.documents {
        match named(&compiled.model, name) {
            Some(document) => wanted.push(document),
            None => {
                complain(&unknown(&compiled.model, name, language));
                return Ended::Unusable;
            }
        }
    }
    let found = clauses(&compiled.model, &compiled.sources, &wanted);
    let words = spoken(language);
    print(&match command.format {
        ClausesFormat::Text => text(&found, words),
        ClausesFormat::Markdown => markdown(&found, words),
        ClausesFormat::Json => to_json(&found),
    });
    Ended::Well
}

/// A document by its id, the last part of it, another name, a title or its number.
fn named(model: &Model, name: &str) -> Option<DocumentId> {
    let all = || (0u32..).map(DocumentId).zip(&model.documents);
    let exact = all().find(|(_, of)| &*of.name == name);
    let short = || {
        all().find(|(_, of)| {
            of.name.rsplit_once('.').is_some_and(|(_, last)| last == name)
                || of.aliases.iter().any(|alias| &**alias == name)
                || of.titles.0.iter().any(|(_, title)| &**title == name)
                || of.number.as_deref() == Some(name)
        })
    };
    exact.or_else(short).map(|(id, _)| id)
}

fn unknown(model: &Model, name: &str, language: MessageLanguage) -> String {
    let names: Vec<&str> = model.documents.iter().map(|of| &*of.name).collect();
    match language {
        MessageLanguage::English => {
            format!("no document is called {name:?}; there are: {}", names.join(", "))
        }
        MessageLanguage::Chinese => format!("没有名为“{name}”的文件；已有：{}", names.join("、")),
    }
}

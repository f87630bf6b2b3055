//! `accredit decide`: what a record converts to, and why.

use std::fs;
use std::io::Read as _;
use std::path::Path;

use crate::compile::compile;
use crate::diagnostic::MessageLanguage;
use crate::project;
use crate::report::diagnostics::{self, Found};
use crate::report::text::text;
use crate::wire::{self, ErrorCode, ErrorDocument, RequestError};

use super::Ended;
use super::args::{Decide, DecideFormat};
use super::asked::day;
use super::output::{complain, language, print, spoken};

pub(super) fn run(command: &Decide) -> Ended {
    let language = language(command.speech);
    let as_of = match day(command.on.as_deref(), language) {
        Ok(day) => day,
        Err(message) => {
            complain(&message);
            return Ended::Unusable;
        }
    };
    let record = match record(&command.record) {
        Ok(record) => record,
        Err(error) => {
            complain(&format!("{}: {error}", command.record.display()));
            return Ended::Unusable;
        }
    };
    let project = match project::read(&command.package) {
        Ok(project) => project,
        Err(error) => {
            complain(&error.to_string());
            return Ended::Unusable;
        }
    };
    let compiled = compile(project.sources);
    let Some(graph) = &compiled.graph else {
        let found = Found { root: &project.root, sources: &compiled.sources, problems: &compiled.problems };
        complain(&diagnostics::text(found, language, false));
        let message = match language {
            MessageLanguage::English => "the package has errors, so nothing is decided with it",
            MessageLanguage::Chinese => "规则包有错误，不能据以作出结论",
        };
        refuse(command, &RequestError::new(ErrorCode::BrokenPackage, "", message));
        return Ended::Short;
    };
    match wire::answer(graph, &compiled.sources, &record, as_of, command.to.as_deref()) {
        Ok(decision) => {
            print(&match command.format {
                DecideFormat::Json => wire::to_json(&decision),
                DecideFormat::Text => text(&decision, spoken(language)),
            });
            Ended::Well
        }
        Err(error) => {
            refuse(command, &error);
            Ended::Unusable
        }
    }
}

fn record(path: &Path) -> std::io::Result<String> {
    if path == Path::new("-") {
        let mut text = String::new();
        std::io::stdin().lock().read_to_string(&mut text)?;
        return Ok(text);
    }
    fs::read_to_string(path)
}

/// Why there is no decision: as JSON where JSON was asked for, and always on standard error.
fn refuse(command: &Decide, error: &RequestError) {
    if command.format == DecideFormat::Json {
        print(&wire::to_json(&ErrorDocument::from(error)));
    }
    if error.code == ErrorCode::MissingField && error.path == "as_of" {
        return complain("the day is missing: say --on 2026-03-02, or --on today");
    }
    let at = if error.path.is_empty() { String::new() } else { format!("{}: ", error.path) };
    complain(&format!("{}: {at}{}", command.record.display(), error.message));
}

//! What questions about a package have in common: reading it, the day, names that nothing has.

use std::path::Path;

use crate::compile::{Compiled, compile};
use crate::diagnostic::MessageLanguage;
use crate::project;
use crate::quantity::Date;
use crate::report::diagnostics::{self, Found};
use crate::wire::names::NotFound;

use super::Ended;
use super::output::{complain, today, unread};

/// A package that may be asked.
pub(super) struct Asked {
    pub(super) compiled: Compiled,
}

/// Reads and compiles a package; of one with errors the mistakes are told, and it is never asked.
pub(super) fn opened(path: &Path, language: MessageLanguage) -> Result<Compiled, Ended> {
    let project = project::read(path).map_err(|error| {
        complain(&unread(&error, language));
        Ended::Unusable
    })?;
    let compiled = compile(project.sources);
    if compiled.graph.is_none() {
        let found = Found { root: &project.root, sources: &compiled.sources, problems: &compiled.problems };
        complain(&diagnostics::text(found, language, false));
        return Err(Ended::Short);
    }
    Ok(compiled)
}

/// A package that may be asked; where it has errors, that nothing is answered with it.
pub(super) fn compiled(path: &Path, language: MessageLanguage) -> Result<Asked, Ended> {
    let compiled = opened(path, language).inspect_err(|ended| {
        if *ended == Ended::Short {
            complain(match language {
                MessageLanguage::English => "the package has errors, so nothing is answered with it",
                MessageLanguage::Chinese => "规则包有错误，不能据以回答",
            });
        }
    })?;
    Ok(Asked { compiled })
}

/// The day asked for, where one is.
pub(super) fn day(on: Option<&str>, language: MessageLanguage) -> Result<Option<Date>, String> {
    match on {
        None => Ok(None),
        Some("today") => Ok(today()),
        Some(written) => Date::parse(written).map(Some).ok_or_else(|| match language {
            MessageLanguage::English => format!("--on {written}: no such day; write 2026-03-02, or today"),
            MessageLanguage::Chinese => format!("--on {written}：没有这一天；写2026-03-02，或today"),
        }),
    }
}

/// Nothing has this name, or several things have.
pub(super) fn no_such(name: &str, error: NotFound, near: &[&str], language: MessageLanguage) -> String {
    let near = near.join(", ");
    match (error, language, near.is_empty()) {
        (NotFound::Several, MessageLanguage::English, _) => format!("{name}: several have this name"),
        (NotFound::Several, MessageLanguage::Chinese, _) => format!("{name}：有多个同名"),
        (_, MessageLanguage::English, true) => format!("{name}: the package has nothing of this name"),
        (_, MessageLanguage::Chinese, true) => format!("{name}：规则包中没有这个名称"),
        (_, MessageLanguage::English, false) => {
            format!("{name}: the package has nothing of this name; nearest: {near}")
        }
        (_, MessageLanguage::Chinese, false) => format!("{name}：规则包中没有这个名称；相近的有：{near}"),
    }
}

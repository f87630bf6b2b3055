//! `accredit fmt`: every source in one form, comments kept; in another keyword language where one is asked for.

use std::fs;
use std::path::Path;

use crate::diagnostic::Severity;
use crate::format;
use crate::language::Lang;
use crate::project;
use crate::report::diagnostics::{self, Found};
use crate::source::{Source, Sources};
use crate::syntax;

use super::Ended;
use super::args::{Fmt, KeywordLanguage, Speech};
use super::output::{complain, language, print, refused, unread};

pub(super) fn run(command: &Fmt) -> Ended {
    let mut ended = Ended::Well;
    for path in &command.paths {
        match project::files_under(path) {
            Ok(files) => {
                for file in files {
                    ended = worse(ended, one(&file, command));
                }
            }
            Err(error) => {
                complain(&unread(&error, language(Speech { lang: None })));
                ended = Ended::Unusable;
            }
        }
    }
    ended
}

fn one(path: &Path, command: &Fmt) -> Ended {
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) => {
            complain(&format!("{}: {}", path.display(), refused(&error, language(Speech { lang: None }))));
            return Ended::Unusable;
        }
    };
    let mut sources = Sources::new();
    let file = sources.push(Source::from_bytes(path.display().to_string(), &bytes));
    let Some(source) = sources.get(file) else { return Ended::Unusable };
    let (_, mut problems) = syntax::parse(file, source.code());
    problems.retain(|problem| problem.code.severity() == Severity::Error);
    // Text that was not understood is never rewritten: what is not in the tree would be lost.
    if source.broken.is_some() || !problems.is_empty() {
        let found = Found { root: Path::new(""), sources: &sources, problems: &problems };
        complain(&diagnostics::text(found, language(Speech { lang: None }), false));
        complain(&format!("{}: left as it is, since it cannot be read", path.display()));
        return Ended::Short;
    }
    let written = format::format_source(source, command.lang.map(keyword_language));
    if command.print {
        print(&written);
        return Ended::Well;
    }
    if *written == *source.text {
        return Ended::Well;
    }
    if command.check {
        complain(&format!("{}: not in the one form; run accredit fmt", path.display()));
        return Ended::Short;
    }
    match fs::write(path, written) {
        Ok(()) => Ended::Well,
        Err(error) => {
            complain(&format!("{}: {}", path.display(), refused(&error, language(Speech { lang: None }))));
            Ended::Unusable
        }
    }
}

const fn keyword_language(language: KeywordLanguage) -> Lang {
    match language {
        KeywordLanguage::En => Lang::En,
        KeywordLanguage::Zh => Lang::Zh,
        KeywordLanguage::ZhHant => Lang::ZhHant,
    }
}

const fn worse(one: Ended, other: Ended) -> Ended {
    match (one, other) {
        (Ended::Unusable, _) | (_, Ended::Unusable) => Ended::Unusable,
        (Ended::Short, _) | (_, Ended::Short) => Ended::Short,
        _ => Ended::Well,
    }
}

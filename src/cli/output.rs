//! Where a command's words go: answers to standard output, complaints to standard error, in the user's language.

use std::io::{self, IsTerminal as _, Write};

use crate::diagnostic::MessageLanguage;
use crate::project::ProjectError;
use crate::report::text::TextLanguage;

use super::args::{Language, Speech};

/// The language to speak: as said, else as the locale has it.
pub(super) fn language(speech: Speech) -> MessageLanguage {
    match speech.lang {
        Some(Language::En) => MessageLanguage::English,
        Some(Language::Zh) => MessageLanguage::Chinese,
        None => {
            let locale = ["LC_ALL", "LC_MESSAGES", "LANG"]
                .into_iter()
                .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()));
            if locale.is_some_and(|value| value.starts_with("zh")) {
                MessageLanguage::Chinese
            } else {
                MessageLanguage::English
            }
        }
    }
}

/// The language of a text, as the program speaks.
pub(super) const fn spoken(language: MessageLanguage) -> TextLanguage {
    match language {
        MessageLanguage::English => TextLanguage::English,
        MessageLanguage::Chinese => TextLanguage::Chinese,
    }
}

/// Prints to standard output. A reader that has gone away (`| head`) is no failure.
pub(super) fn print(text: &str) {
    // Nothing useful can be done where standard output is closed.
    let _ = io::stdout().lock().write_all(text.as_bytes());
}

/// Whether standard output is a terminal that shows colours.
pub(super) fn coloured() -> bool {
    io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none()
}

/// Complains on standard error.
pub(super) fn complain(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}

/// Why a package cannot be read.
pub(super) fn unread(error: &ProjectError, language: MessageLanguage) -> String {
    if language == MessageLanguage::English {
        return error.to_string();
    }
    match error {
        ProjectError::Missing { path } => format!("{}：没有这个文件或文件夹", path.display()),
        ProjectError::Empty { path } => format!("{}：其中没有 .qf 或 .qf.md 文件", path.display()),
        ProjectError::NotSource { path } => format!("{}：不是 .qf 或 .qf.md 文件", path.display()),
        ProjectError::Unreadable { path, source } => {
            format!("{}：{}", path.display(), refused(source, language))
        }
        ProjectError::TooLarge { path } => format!("{}：超过2 GB", path.display()),
    }
}

/// Why the operating system gave no file.
pub(super) fn refused(error: &io::Error, language: MessageLanguage) -> String {
    match (language, error.kind()) {
        (MessageLanguage::English, io::ErrorKind::NotFound) => "there is no such file".to_owned(),
        (MessageLanguage::Chinese, io::ErrorKind::NotFound) => "没有这个文件".to_owned(),
        (MessageLanguage::Chinese, io::ErrorKind::PermissionDenied) => "无权读取".to_owned(),
        (MessageLanguage::Chinese, io::ErrorKind::IsADirectory) => "这是文件夹，不是文件".to_owned(),
        (MessageLanguage::English, _) => error.to_string(),
        (MessageLanguage::Chinese, _) => format!("不能读取（{error}）"),
    }
}

/// The day it is here and now, for `--on today`: the only place that reads a clock.
pub(super) fn today() -> Option<crate::quantity::Date> {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).ok()?;
    crate::quantity::Date::from_day_number(i32::try_from(since.as_secs() / 86_400).ok()?)
}

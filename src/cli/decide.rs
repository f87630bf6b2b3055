//! `accredit decide`: what a record converts to, and why.

use std::fs;
use std::io::Read as _;
use std::path::Path;

use crate::diagnostic::MessageLanguage;
use crate::report::text::{letter, text};
use crate::source::decode;
use crate::wire::{self, ErrorCode, ErrorDocument, RequestError};

use super::Ended;
use super::args::{Decide, DecideFormat};
use super::asked::{day, opened};
use super::output::{complain, language, print, refused, spoken};

pub(super) fn run(command: &Decide) -> Ended {
    let language = language(command.about.speech);
    let as_of = match day(command.on.as_deref(), language) {
        Ok(day) => day,
        Err(message) => {
            complain(&message);
            return Ended::Unusable;
        }
    };
    let record = match record(&command.record, language) {
        Ok(record) => record,
        Err(error) => {
            complain(&format!("{}: {}", command.record.display(), error));
            return Ended::Unusable;
        }
    };
    let compiled = match opened(&command.about.package, language) {
        Ok(compiled) => compiled,
        Err(ended) => {
            if ended == Ended::Short {
                let message = match language {
                    MessageLanguage::English => "the package has errors, so nothing is decided with it",
                    MessageLanguage::Chinese => "规则包有错误，不能据以作出结论",
                };
                refuse(
                    command,
                    &RequestError::new(ErrorCode::BrokenPackage, "", message).chinese(message),
                    language,
                );
            }
            return ended;
        }
    };
    let Some(graph) = &compiled.graph else { return Ended::Short };
    match wire::answer(graph, &compiled.sources, &record, as_of, command.to.as_deref()) {
        Ok(decision) => {
            print(&match command.format {
                DecideFormat::Json => wire::to_json(&decision),
                DecideFormat::Text => text(&decision, spoken(language)),
                DecideFormat::Letter => match letter(&decision, spoken(language)) {
                    Some(letter) => letter,
                    None => {
                        complain(match language {
                            MessageLanguage::English => {
                                "no letter can be drafted: the rules of the package contradict each other here; \
                                 `--format text` says which"
                            }
                            MessageLanguage::Chinese => {
                                "不能拟稿：规则包中的规则在此互相矛盾；用 --format text 查看是哪几条"
                            }
                        });
                        return Ended::Short;
                    }
                },
            });
            Ended::Well
        }
        Err(error) => {
            refuse(command, &error, language);
            Ended::Unusable
        }
    }
}

fn record(path: &Path, language: MessageLanguage) -> Result<String, String> {
    let mut bytes = Vec::new();
    let read = if path == Path::new("-") {
        std::io::stdin().lock().read_to_end(&mut bytes).map(|_| ())
    } else {
        fs::read(path).map(|read| bytes = read)
    };
    read.map_err(|error| refused(&error, language))?;
    // An editor's mark of byte order is no matter.
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
    decode(bytes).map(str::to_owned).map_err(|broken| match (language, broken.looks_like_gb18030) {
        (MessageLanguage::English, true) => {
            "this looks like Chinese text in GB18030 (GBK); save it as UTF-8".to_owned()
        }
        (MessageLanguage::Chinese, true) => {
            "这份记录像是以GB18030（GBK）保存的中文；请另存为UTF-8".to_owned()
        }
        (MessageLanguage::English, false) => format!("from byte {} on this is not UTF-8", broken.offset + 1),
        (MessageLanguage::Chinese, false) => format!("从第{}字节起不是UTF-8", broken.offset + 1),
    })
}

/// Why there is no decision: as JSON where JSON was asked for, and always on standard error.
fn refuse(command: &Decide, error: &RequestError, language: MessageLanguage) {
    if command.format == DecideFormat::Json {
        print(&wire::to_json(&ErrorDocument::from(error)));
    }
    if error.code == ErrorCode::MissingField && error.path == "as_of" {
        return complain(match language {
            MessageLanguage::English => "the day is missing: say --on 2026-03-02, or --on today",
            MessageLanguage::Chinese => "没有写日期：请加 --on 2026-03-02，或 --on today",
        });
    }
    let at = if error.path.is_empty() { String::new() } else { format!("{}: ", error.path) };
    let message = match language {
        MessageLanguage::English => error.message.clone(),
        MessageLanguage::Chinese => error.in_chinese(),
    };
    complain(&format!("{}: {at}{message}", command.record.display()));
}

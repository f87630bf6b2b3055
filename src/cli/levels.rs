//! `accredit levels`: frameworks side by side.

use crate::diagnostic::MessageLanguage;
use crate::model::{FrameworkId, Model};
use crate::report::levels::side_by_side;

use super::Ended;
use super::args::{Levels, LevelsFormat};
use super::asked::opened;
use super::output::{complain, language, print, spoken};

pub(super) fn run(command: &Levels) -> Ended {
    let language = language(command.about.speech);
    let compiled = match opened(&command.about.package, language) {
        Ok(compiled) => compiled,
        Err(ended) => return ended,
    };
    let mut frameworks = Vec::new();
    for name in &command.frameworks {
        match named(&compiled.model, name) {
            Some(framework) => frameworks.push(framework),
            None => {
                complain(&unknown(&compiled.model, name, language));
                return Ended::Unusable;
            }
        }
    }
    let words = spoken(language);
    let shown = side_by_side(&compiled.model, &frameworks, words);
    print(&match command.format {
        LevelsFormat::Text => shown.text(),
        LevelsFormat::Markdown => shown.markdown(),
        LevelsFormat::Svg => shown.svg(),
    });
    Ended::Well
}

/// A framework by its id, the last part of it, another name, or a title.
fn named(model: &Model, name: &str) -> Option<FrameworkId> {
    let all = || (0u32..).map(FrameworkId).zip(&model.frameworks);
    let exact = all().find(|(_, of)| &*of.name == name);
    let short = || {
        all().find(|(_, of)| {
            of.name.rsplit_once('.').is_some_and(|(_, last)| last == name)
                || of.aliases.iter().any(|alias| &**alias == name)
                || of.titles.0.iter().any(|(_, title)| &**title == name)
        })
    };
    exact.or_else(short).map(|(id, _)| id)
}

fn unknown(model: &Model, name: &str, language: MessageLanguage) -> String {
    let names: Vec<&str> = model.frameworks.iter().map(|of| &*of.name).collect();
    match language {
        MessageLanguage::English => {
            let all = names.join(", ");
            format!(
                "no framework is called {name:?}; there are: {all}\nthat of another package is seen from one that uses it: `use hk.hkqf \"FOLDER\" as hk`"
            )
        }
        MessageLanguage::Chinese => format!(
            "没有名为“{name}”的资历框架；已有：{}\n要看其他规则包的框架，先引用：引用：hk.hkqf“所在文件夹”作为 hk",
            names.join("、")
        ),
    }
}

//! `accredit grade`: a mark of one scale on another, by each map that a package knows or by the one that is named.

use crate::answer::{grade, mark};
use crate::convert::NotMapped;
use crate::diagnostic::MessageLanguage;
use crate::diagnostic::suggest::nearest;
use crate::report;
use crate::wire::names::NotFound;
use crate::wire::{self, Names};

use super::Ended;
use super::args::{AnswerFormat, Grade};
use super::asked::{Asked, compiled, day, no_such};
use super::output::{complain, language, print, spoken};

pub(super) fn run(command: &Grade) -> Ended {
    let language = language(command.about.speech);
    let on = match day(command.on.as_deref(), language) {
        Ok(on) => on,
        Err(message) => {
            complain(&message);
            return Ended::Unusable;
        }
    };
    let Asked { compiled, .. } = match compiled(&command.about.package, language) {
        Ok(asked) => asked,
        Err(ended) => return ended,
    };
    let Some(graph) = &compiled.graph else { return Ended::Short };
    let model = graph.model();
    let names = Names::new(model);
    let unknown = |name: &str, error: NotFound, all: Vec<&str>| {
        complain(&no_such(name, error, &nearest(name, all, 3), language));
    };
    let scale = |name: &str| {
        let all = || model.scales.iter().map(|scale| &*scale.name).collect();
        names.scale(name).map_err(|error| unknown(name, error, all()))
    };
    let (Ok(from), Ok(to)) = (scale(&command.from), scale(&command.to)) else { return Ended::Unusable };
    let by = match command.by.as_deref().map(|name| (name, names.map(name))) {
        None => None,
        Some((_, Ok(map))) => Some(map),
        Some((name, Err(error))) => {
            unknown(name, error, model.maps.iter().map(|map| &*map.name).collect());
            return Ended::Unusable;
        }
    };
    let Some(mark) = mark(graph, from, &command.mark) else {
        complain(&match language {
            MessageLanguage::English => format!("{}: no mark of {}", command.mark, command.from),
            MessageLanguage::Chinese => format!("{}：不是“{}”的成绩", command.mark, command.from),
        });
        return Ended::Unusable;
    };
    match grade(graph, mark, from, to, by, on) {
        Ok(found) => {
            let document = wire::grade::grade(graph, &compiled.sources, &found);
            print(&match command.format {
                AnswerFormat::Json => wire::to_json(&document),
                AnswerFormat::Text => report::grade::text(&document, spoken(language)),
            });
            if found.maps.is_empty() { Ended::Short } else { Ended::Well }
        }
        Err(why) => {
            complain(&refused(command, why, language));
            Ended::Unusable
        }
    }
}

/// Why the map that is named makes nothing of the mark.
fn refused(command: &Grade, why: NotMapped, language: MessageLanguage) -> String {
    let by = command.by.as_deref().unwrap_or_default();
    let (from, to) = (&command.from, &command.to);
    match (why, language) {
        (NotMapped::OtherScale, MessageLanguage::English) => {
            format!("{by} does not lead from {from} to {to}; two maps are never chained")
        }
        (NotMapped::OtherScale, MessageLanguage::Chinese) => {
            format!("{by}不是从“{from}”到“{to}”的对照；两个对照从不连用")
        }
        (NotMapped::NoPass, MessageLanguage::English) => {
            format!("{from} states no pass mark, which {by} needs")
        }
        (NotMapped::NoPass, MessageLanguage::Chinese) => format!("“{from}”没有写合格线，而{by}要用到"),
        (NotMapped::Overflow, _) => {
            "an amount is beyond exact arithmetic: 18 digits above and below the line".to_owned()
        }
    }
}

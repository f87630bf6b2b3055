//! `accredit convert`: an amount of one unit in another, each way that a package knows.

use crate::answer::convert;
use crate::diagnostic::MessageLanguage;
use crate::quantity::Ratio;
use crate::report::conversion;
use crate::wire::names::NotFound;
use crate::wire::{self, Names};

use super::Ended;
use super::args::{AnswerFormat, Convert};
use super::asked::{Asked, compiled, day};
use super::output::{complain, language, print, spoken};

pub(super) fn run(command: &Convert) -> Ended {
    let language = language(command.about.speech);
    let (on, amount) = match (day(command.on.as_deref(), language), Ratio::parse(&command.amount)) {
        (Ok(on), Ok(amount)) => (on, amount),
        (Err(message), _) => {
            complain(&message);
            return Ended::Unusable;
        }
        (_, Err(_)) => {
            complain(&no_number(&command.amount, language));
            return Ended::Unusable;
        }
    };
    let Asked { compiled, .. } = match compiled(&command.about.package, language) {
        Ok(asked) => asked,
        Err(ended) => return ended,
    };
    let Some(graph) = &compiled.graph else { return Ended::Short };
    let names = Names::new(graph.model());
    let unit = |name: &str| {
        names.unit(name).map_err(|error| complain(&unknown(name, error, graph.model(), language)))
    };
    let (Ok(from), Ok(to)) = (unit(&command.from), unit(&command.to)) else { return Ended::Unusable };
    let Ok(found) = convert(graph, amount, from, to, on) else {
        complain("an amount is beyond exact arithmetic: 18 digits above and below the line");
        return Ended::Unusable;
    };
    let document = wire::conversion::conversion(graph, &compiled.sources, &found);
    print(&match command.format {
        AnswerFormat::Json => wire::to_json(&document),
        AnswerFormat::Text => conversion::text(&document, spoken(language)),
    });
    if found.ways.is_empty() { Ended::Short } else { Ended::Well }
}

fn no_number(written: &str, language: MessageLanguage) -> String {
    match language {
        MessageLanguage::English => format!("{written}: no number; write 20, 2.5 or 3/2"),
        MessageLanguage::Chinese => format!("{written}：不是数；写20、2.5或3/2"),
    }
}

/// No unit has this name, or several have.
fn unknown(name: &str, error: NotFound, model: &crate::model::Model, language: MessageLanguage) -> String {
    let near = crate::diagnostic::suggest::nearest(name, model.units.iter().map(|unit| &*unit.name), 3);
    super::asked::no_such(name, error, &near, language)
}

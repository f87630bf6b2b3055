//! Readings, advice, notes and answers: what an author adds in words.

use crate::model::{Answer, Remark};
use crate::syntax::tree::{self, Text};

use super::documents::citations;
use super::known::{Known, Making};
use super::names::{Sort, Thing};

/// Words alone.
pub(super) fn remark(text: &Text) -> Remark {
    Remark { text: text.text.clone(), cites: Vec::new(), span: text.span }
}

/// The author's choice where the text is silent, with its basis.
pub(super) fn reading(
    known: &Known<'_>,
    making: &mut Making,
    package: usize,
    text: &Text,
    cites: &[tree::Citation],
) -> Remark {
    Remark { cites: citations(known, making, package, cites), ..remark(text) }
}

/// A refusal or a referral.
pub(super) fn answer(
    known: &Known<'_>,
    making: &mut Making,
    package: usize,
    written: &tree::Answer,
) -> Option<Answer> {
    match written {
        tree::Answer::Refuse { because, span } => {
            Some(Answer::Refuse(because.as_ref().map(|because| because.text.clone()), *span))
        }
        tree::Answer::Refer { to, because, span } => {
            match known.names.find(package, to, &[Sort::Body], &mut making.found)? {
                Thing::Body(body) => {
                    Some(Answer::Refer(body, because.as_ref().map(|because| because.text.clone()), *span))
                }
                _ => None,
            }
        }
    }
}

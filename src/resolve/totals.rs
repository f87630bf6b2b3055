//! `total over`: which achievements a scheme promises to answer, and for which targets.

use crate::model::{Holder, Role, Total};
use crate::syntax::tree::SelectionKind;

use super::items::SchemeItem;
use super::known::{Known, Making};
use super::schemes::Shared;
use super::selections::items;
use super::spot::{Plain, Scene};
use super::targets::targets;

/// The promises of a scheme that could be read.
pub(super) fn totals(
    known: &Known<'_>,
    making: &mut Making,
    written: &SchemeItem<'_>,
    shared: &Shared<'_>,
) -> Vec<Total> {
    let package = written.item.package;
    let scene = Scene {
        package,
        applied: Default::default(),
        plain: Plain::Of(Holder::Itself),
        sources: (&[][..]).into(),
        targets: (&[][..]).into(),
        unit: shared.scheme.unit,
        parties: &shared.parties,
        role: Role::Bracket,
        damaged: false,
    };
    let mut made = Vec::new();
    for total in &shared.slots.totals {
        let places = match &total.over.kind {
            SelectionKind::All(parts) => &parts[..],
            _ => std::slice::from_ref(&total.over),
        };
        let read: Vec<_> = places.iter().map(|place| items(known, making, &scene, place)).collect();
        let over: Option<Vec<_>> = read.into_iter().collect();
        let each = match &total.each {
            None => Some(Vec::new()),
            Some(each) => targets(known, making, &scene, each).map(|targets| {
                let named = targets.all().iter().filter(|target| !target.excluded);
                let mut outcomes: Vec<_> = named.map(|target| target.outcome).collect();
                outcomes.sort_unstable();
                outcomes.dedup();
                outcomes
            }),
        };
        let promise = over.zip(each).map(|(over, each)| Total { over, each, span: total.span });
        made.extend(making.made(promise, total.span));
    }
    made
}

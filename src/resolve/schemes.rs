//! Schemes and agreements: what their rules share.
//!
//! A rule's tests and windows stand beside its scheme's; every other slot of the rule replaces the scheme's. A rule outside a
//! scheme is a scheme of one.

use crate::diagnostic::{Code, Problem};
use crate::model::{BodyId, Member, Role, Scheme, SchemeId, Status, UnitId, Use};
use crate::source::Span;
use crate::syntax::tree::{CountRule, Name, StatusWord};

use super::documents::{citations, window};
use super::items::SchemeItem;
use super::known::{Known, Making, SetIs};
use super::names::{Sort, Thing};
use super::remarks::{answer, reading, remark};
use super::slots::{Place, Slots, read};
use super::spot::{Plain, Scene};
use super::titles::titles;

/// A scheme as written and as read.
pub(super) struct Shared<'t> {
    pub(super) slots: Slots<'t>,
    pub(super) scheme: Scheme,
    /// Its parties on both sides.
    pub(super) parties: Vec<BodyId>,
    pub(super) in_force_not_stated: bool,
}

/// Reads all schemes, in the order of their ids.
pub(super) fn all<'t>(known: &Known<'t>, making: &mut Making) -> Vec<Shared<'t>> {
    let mut all: Vec<Shared<'t>> =
        known.items.schemes.iter().map(|item| scheme(known, making, item)).collect();
    for (shared, at) in all.iter_mut().zip(0u32..) {
        shared.scheme.scope = SchemeId(at);
    }
    super::inherited::complete(known, making, &mut all);
    all
}

fn scheme<'t>(known: &Known<'t>, making: &mut Making, written: &SchemeItem<'t>) -> Shared<'t> {
    let item = &written.item;
    let (package, declaration) = (item.package, item.declaration);
    let place = if written.solitary { Place::Rule } else { Place::Scheme };
    let slots = read(declaration, place, &mut making.found);
    let (left, right) = slots.parties.unwrap_or_default();
    let sending = parties(known, making, package, left);
    let receiving = parties(known, making, package, right);
    let by = deciding(known, making, package, &slots);
    let scene = Scene {
        package,
        plain: Plain::Nobody,
        sources: (&[][..]).into(),
        targets: (&[][..]).into(),
        unit: None,
        applied: Default::default(),
        parties: &[],
        role: Role::Window,
        damaged: true,
    };
    // A window by a date of the request is the scheme's own; one by a date of the achievement is read with each rule.
    let windows = slots.in_force.iter().filter(|written| is_by_request(written));
    let windows = windows.filter_map(|written| window(known, making, &scene, written)).collect();
    let mut made = Scheme {
        name: item.name.clone(),
        aliases: declaration.aliases.iter().map(|alias| alias.text.clone()).collect(),
        titles: titles(&declaration.titles),
        by,
        parties: sending.clone(),
        receiving: receiving.clone(),
        status: status(slots.status),
        cites: slots.cite.map_or_else(Vec::new, |cites| citations(known, making, package, cites)),
        windows,
        unit: slots.unit.and_then(|names| unit(known, making, package, names)),
        frame: None,
        is_frame: written.is_frame,
        members_may_tighten: slots.may_tighten,
        opens: Vec::new(),
        achievements: Use::Unsaid,
        scope: SchemeId(0),
        target_once: true,
        convert_again: slots.convert_again.unwrap_or(0),
        otherwise: if written.solitary {
            None
        } else {
            slots.otherwise.and_then(|otherwise| answer(known, making, package, otherwise))
        },
        totals: Vec::new(),
        rules: Vec::new(),
        readings: Vec::new(),
        advice: Vec::new(),
        notes: Vec::new(),
        span: declaration.header,
    };
    made.achievements = counts(slots.count.iter(), making).unwrap_or(Use::Unsaid);
    made.target_once = true;
    if !written.solitary {
        made.readings =
            slots.readings.iter().map(|(text, cites)| reading(known, making, package, text, cites)).collect();
        made.advice = slots.advice.iter().map(|text| remark(text)).collect();
        made.notes = slots.notes.iter().map(|text| remark(text)).collect();
    }
    let name = &*made.name;
    // What is adopted rests on its own text; who stands under another has the other's dates besides.
    let is_adopted = super::slots::is_adopted(declaration);
    if slots.cite.is_none() && !slots.damaged && !is_adopted {
        making.found.push(Problem::new(Code::SchemeCiteMissing, declaration.header).say("rule", name));
    }
    if slots.in_force.is_empty() && !slots.damaged && written.frame.is_none() && !is_adopted {
        making.found.push(Problem::new(Code::SchemeInForceMissing, declaration.header).say("rule", name));
    }
    let mut both = sending;
    both.extend(receiving);
    both.sort_unstable();
    both.dedup();
    let in_force_not_stated = slots.in_force.iter().any(|written| written.not_stated);
    Shared { slots, scheme: made, parties: both, in_force_not_stated }
}

/// Whether a window tests a date of the request.
pub(super) fn is_by_request(written: &crate::syntax::tree::InForce) -> bool {
    use super::builtin::{HeldBy, canonical, fact};
    written.by.as_ref().is_some_and(|by| matches!(fact(canonical(&by.name.text)), Some((HeldBy::Request, _))))
}

pub(super) const fn status(word: Option<StatusWord>) -> Status {
    match word {
        None => Status::Verified,
        Some(StatusWord::Unverified) => Status::Unverified,
        Some(StatusWord::UnderReview) => Status::UnderReview,
    }
}

/// The body that decides, where one is named.
pub(super) fn deciding(
    known: &Known<'_>,
    making: &mut Making,
    package: usize,
    slots: &Slots<'_>,
) -> Option<BodyId> {
    let name = slots.by.and_then(<[Name]>::first)?;
    match known.names.find(package, name, &[Sort::Body], &mut making.found)? {
        Thing::Body(body) => Some(body),
        _ => None,
    }
}

/// What an achievement may serve, where it is said; a second line is wrong.
pub(super) fn counts<'s>(
    lines: impl Iterator<Item = &'s (CountRule, Span)>,
    making: &mut Making,
) -> Option<Use> {
    let mut achievements: Option<(Use, Span)> = None;
    for (rule, at) in lines {
        let said = match rule {
            CountRule::AchievementOnce => Use::Once,
            CountRule::AchievementOnceEverywhere => Use::OnceEverywhere,
            CountRule::AchievementFreely => Use::Freely,
            // So for every named course, said or not.
            CountRule::TargetOnce => continue,
        };
        match achievements {
            None => achievements = Some((said, *at)),
            Some((_, first)) => {
                making.found.push(super::fault::repeated(
                    crate::diagnostic::Said::Word("slot.count"),
                    *at,
                    first,
                ));
            }
        }
    }
    achievements.map(|(said, _)| said)
}

/// Bodies, or the bodies of a set.
fn parties(known: &Known<'_>, making: &mut Making, package: usize, names: &[Name]) -> Vec<BodyId> {
    let mut bodies = Vec::new();
    for name in names {
        match known.names.find(package, name, &[Sort::Body, Sort::Set], &mut making.found) {
            Some(Thing::Body(body)) => bodies.push(body),
            Some(Thing::Set(set)) => {
                let Some(SetIs::Named(set)) = known.set_is(set) else { continue };
                let members = known.model.sets.get(set.index()).map_or(&[][..], |set| &set.members);
                bodies.extend(members.iter().filter_map(|member| match member.of {
                    Member::Body(body) => Some(body),
                    _ => None,
                }));
            }
            _ => {}
        }
    }
    bodies.sort_unstable();
    bodies.dedup();
    bodies
}

/// The unit that a `unit` slot names.
pub(super) fn unit(known: &Known<'_>, making: &mut Making, package: usize, names: &[Name]) -> Option<UnitId> {
    match known.names.find(package, names.first()?, &[Sort::Unit], &mut making.found)? {
        Thing::Unit(unit) => Some(unit),
        _ => None,
    }
}

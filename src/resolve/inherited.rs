//! What a scheme has from the one it stands under, or adopts: every line, with its own beside it or in its place.

use crate::diagnostic::{Code, Problem, Said};
use crate::model::{self, SchemeId, Use};
use crate::source::Span;
use crate::syntax::tree::{CountRule, Operand};

use super::items::{Bond, slots};
use super::known::{Known, Making};
use super::schemes::Shared;

/// Completes each scheme by its frame's lines, the outermost first.
pub(super) fn complete(known: &Known<'_>, making: &mut Making, all: &mut [Shared<'_>]) {
    let bound = |at: &usize| known.items.schemes.get(*at).is_some_and(|scheme| scheme.frame.is_some());
    let mut order: Vec<(usize, usize)> =
        (0..all.len()).filter(bound).map(|at| (super::members::chain(&known.items, at).len(), at)).collect();
    order.sort_unstable();
    for (_, at) in order {
        let Some(frame) = known.items.schemes.get(at).and_then(|scheme| scheme.frame) else { continue };
        let Some(above) = all.get(frame.scheme).map(Above::of) else { continue };
        if frame.bond == Bond::Under {
            weakened(known, making, all, at, &above);
        }
        if let Some(shared) = all.get_mut(at) {
            take(shared, frame, above);
        }
    }
}

/// What of a frame goes on to its members.
struct Above {
    scheme: model::Scheme,
    parties: Vec<model::BodyId>,
    in_force_not_stated: bool,
}

impl Above {
    fn of(shared: &Shared<'_>) -> Above {
        Above {
            scheme: shared.scheme.clone(),
            parties: shared.parties.clone(),
            in_force_not_stated: shared.in_force_not_stated,
        }
    }
}

fn take(shared: &mut Shared<'_>, frame: super::items::Frame, above: Above) {
    let scheme = &mut shared.scheme;
    let theirs = above.scheme;
    scheme.frame = Some(model::Frame {
        scheme: SchemeId(u32::try_from(frame.scheme).unwrap_or(u32::MAX)),
        bond: match frame.bond {
            Bond::Under => model::Bond::Under,
            Bond::Adopted => model::Bond::Adopted,
            Bond::Discretion => model::Bond::Discretion,
        },
    });
    scheme.by = scheme.by.or(theirs.by);
    if scheme.parties.is_empty() {
        scheme.parties = theirs.parties;
        scheme.receiving = theirs.receiving;
        shared.parties = above.parties;
    }
    scheme.unit = scheme.unit.or(theirs.unit);
    scheme.windows.splice(0..0, theirs.windows);
    scheme.status = scheme.status.max(theirs.status);
    if scheme.cites.is_empty() {
        scheme.cites = theirs.cites;
    }
    if shared.slots.convert_again.is_none() {
        scheme.convert_again = theirs.convert_again;
    }
    if scheme.achievements == Use::Unsaid || is_weaker(scheme.achievements, theirs.achievements) {
        scheme.achievements = theirs.achievements;
    }
    // What counts once counts once among all members.
    if frame.bond == Bond::Under && theirs.achievements == Use::Once {
        scheme.scope = theirs.scope;
    }
    scheme.otherwise = scheme.otherwise.take().or(theirs.otherwise);
    scheme.readings.splice(0..0, theirs.readings);
    scheme.advice.splice(0..0, theirs.advice);
    scheme.notes.splice(0..0, theirs.notes);
    shared.in_force_not_stated |= above.in_force_not_stated;
}

/// Whether an achievement may serve more than the frame lets it.
const fn is_weaker(own: Use, frame: Use) -> bool {
    matches!((own, frame), (Use::Freely, Use::Once | Use::OnceEverywhere) | (Use::Once, Use::OnceEverywhere))
}

/// Tells of a member's lines that would give more than its frame.
fn weakened(known: &Known<'_>, making: &mut Making, all: &[Shared<'_>], at: usize, above: &Above) {
    let (Some(shared), Some(item)) = (all.get(at), known.items.schemes.get(at)) else { return };
    let written = || slots(item.item.declaration.body.as_ref());
    let mut tell = |slot: &'static str, span: Span| {
        let problem = Problem::new(Code::MemberWeakens, span)
            .say("slot", Said::Word(slot))
            .say("frame", &*above.scheme.name);
        making.found.push(problem.label(above.scheme.span, "frame"));
    };
    if is_weaker(shared.scheme.achievements, above.scheme.achievements) {
        let counts = written().find(|(_, slot)| {
            matches!(
                slot.operand,
                Operand::Count(CountRule::AchievementFreely | CountRule::AchievementOnce, _)
            )
        });
        if let Some((statement, _)) = counts {
            tell("slot.count", statement.span);
        }
    }
    if shared.slots.convert_again.is_some_and(|times| times > above.scheme.convert_again) {
        let again = written().find(|(_, slot)| matches!(slot.operand, Operand::ConvertAgain(..)));
        if let Some((statement, _)) = again {
            tell("slot.convert-again", statement.span);
        }
    }
}

/// Tells of a member's own rule that counts less strictly than its frame, or lets grants be converted more often.
pub(super) fn rule_weakens(
    known: &Known<'_>,
    making: &mut Making,
    all: &[Shared<'_>],
    item: &super::items::RuleItem<'_>,
    (counted, again): (Option<Use>, Option<u32>),
) {
    let frame = known.items.schemes.get(item.scheme).and_then(|scheme| scheme.frame);
    let Some(frame) = frame.filter(|frame| frame.bond == Bond::Under && item.inherited.is_none()) else {
        return;
    };
    let Some(above) = all.get(frame.scheme).map(|shared| &shared.scheme) else { return };
    let mut tell = |slot: &'static str| {
        let problem = Problem::new(Code::MemberWeakens, item.item.declaration.header)
            .say("slot", Said::Word(slot))
            .say("frame", &*above.name);
        making.found.push(problem.label(above.span, "frame"));
    };
    if counted.is_some_and(|counted| is_weaker(counted, above.achievements)) {
        tell("slot.count");
    }
    if again.is_some_and(|times| times > above.convert_again) {
        tell("slot.convert-again");
    }
}

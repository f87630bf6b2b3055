//! The slots of a scheme, a rule or a provision, each where it belongs: what may stand once stands once.

use crate::diagnostic::{Code, Problem};
use crate::source::Span;
use crate::syntax::tree::{
    Answer, Attribute, Citation, CombineHighest, CountRule, CountsHow, Declaration, DeclarationWord, Example,
    FactLine, Give, GiveKind, Given, InForce, LimitLine, MarkRule, Name, NameSlot, Operand, Selection,
    StatementKind, StatusWord, SurplusWord, Text, TotalOver,
};

use super::found::Found;
use super::items::{is_damaged, statements};
use super::once::Once;

/// What a rule gives, as written: credits or an effect, or an answer that stands as a slot.
#[derive(Clone, Copy, Debug)]
pub(super) enum Giving<'t> {
    Give(&'t Give),
    Answer(&'t Answer, Span),
}

impl Giving<'_> {
    pub(super) const fn span(&self) -> Span {
        match self {
            Giving::Give(give) => give.span,
            Giving::Answer(_, span) => *span,
        }
    }
}

/// What the lines of a scheme or a rule say of which of its credits count.
#[derive(Debug, Default)]
pub(super) struct Counting<'t> {
    pub(super) limits: Vec<&'t LimitLine>,
    pub(super) requires: Vec<&'t LimitLine>,
    pub(super) combines: Vec<&'t CombineHighest>,
    pub(super) exclusions: Vec<(&'t [Name], Span)>,
    pub(super) surplus: Option<&'t SurplusWord>,
    /// `counts whole`, `counts in part` of a rule.
    pub(super) counts: Option<(CountsHow, Span)>,
}

impl Counting<'_> {
    /// Whether nothing is said.
    pub(super) fn is_empty(&self) -> bool {
        self.limits.is_empty()
            && self.requires.is_empty()
            && self.combines.is_empty()
            && self.exclusions.is_empty()
            && self.surplus.is_none()
    }
}

/// The slots as written.
#[derive(Debug, Default)]
pub(super) struct Slots<'t> {
    pub(super) by: Option<&'t [Name]>,
    pub(super) parties: Option<(&'t [Name], &'t [Name])>,
    pub(super) status: Option<StatusWord>,
    pub(super) cite: Option<&'t [Citation]>,
    pub(super) in_force: Vec<&'t InForce>,
    pub(super) unit: Option<&'t [Name]>,
    pub(super) count: Vec<(CountRule, Span)>,
    pub(super) convert_again: Option<u32>,
    pub(super) totals: Vec<&'t TotalOver>,
    /// Values left to members.
    pub(super) opens: Vec<&'t FactLine>,
    /// Values stated where a frame leaves them.
    pub(super) stated: Vec<&'t Given>,
    pub(super) may_tighten: bool,
    pub(super) overrides: Vec<&'t Name>,
    pub(super) with: Vec<&'t Name>,
    pub(super) from: Option<&'t Selection>,
    pub(super) to: Option<&'t Selection>,
    /// `when` and `unless`, in the order of the text.
    pub(super) tests: Vec<&'t Operand>,
    pub(super) give: Option<Giving<'t>>,
    /// Further `give` lines, where each names its targets.
    pub(super) more: Vec<&'t Give>,
    pub(super) mark: Option<&'t MarkRule>,
    /// What its grants carry beside their amount.
    pub(super) attributes: Vec<&'t Attribute>,
    pub(super) otherwise: Option<&'t Answer>,
    /// What of its credits counts, and with what.
    pub(super) counting: Counting<'t>,
    pub(super) readings: Vec<(&'t Text, &'t [Citation])>,
    pub(super) advice: Vec<&'t Text>,
    pub(super) notes: Vec<&'t Text>,
    pub(super) examples: Vec<&'t Example>,
    /// Whether something in the body could not be read.
    pub(super) damaged: bool,
}

/// Reads the slots of a body; `allowed` says which of them belong there.
pub(super) fn read<'t>(declaration: &'t Declaration, allowed: Place, found: &mut Found) -> Slots<'t> {
    let mut slots = Slots { damaged: is_damaged(declaration.body.as_ref()), ..Slots::default() };
    let mut once = Once::default();
    for statement in statements(declaration.body.as_ref()) {
        let slot = match &statement.kind {
            StatementKind::Slot(slot) => slot,
            StatementKind::Row(_) | StatementKind::Members(_) => {
                found.misplaced(statement.span, allowed.word());
                continue;
            }
            StatementKind::Declaration(inner) if allowed != Place::Scheme => {
                found.misplaced(inner.word_span, allowed.word());
                continue;
            }
            _ => continue,
        };
        let at = slot.word_span;
        if allowed == Place::Amend && !amends(&slot.operand) {
            found.misplaced(at, allowed.word());
            continue;
        }
        let mut single = |word: &'static str, found: &mut Found| once.check(found, word, at);
        match &slot.operand {
            Operand::Cite(cites) => {
                if single("slot.cite", found) {
                    slots.cite = Some(cites);
                }
            }
            Operand::InForce(written) => slots.in_force.push(written),
            Operand::Status(word, _) if allowed != Place::Provision => {
                if single("slot.status", found) {
                    slots.status = Some(*word);
                }
            }
            Operand::When(_) | Operand::Unless(_) => slots.tests.push(&slot.operand),
            Operand::From(selection) if allowed != Place::Provision => {
                if single("slot.from", found) {
                    slots.from = Some(selection);
                }
            }
            Operand::To(selection) if allowed != Place::Provision => {
                if single("slot.to", found) {
                    slots.to = Some(selection);
                }
            }
            Operand::Give(give) => {
                let giving = match &give.kind {
                    GiveKind::Answer(answer) => Giving::Answer(answer, give.span),
                    _ => Giving::Give(give),
                };
                // Lines that name their targets stand beside each other, one of them perhaps without: a deposit.
                let first_is_line = matches!(slots.give, Some(Giving::Give(first)) if allowed == Place::Rule && (first.to().is_some() || give.to().is_some()));
                match (&slots.give, giving) {
                    (Some(_), Giving::Give(give)) if first_is_line => slots.more.push(give),
                    _ => {
                        answer_beside(&slots, declaration, statement.span, found);
                        slots.give = slots.give.or(Some(giving));
                    }
                }
            }
            Operand::Refer(answer) | Operand::Refuse(answer) => {
                answer_beside(&slots, declaration, statement.span, found);
                slots.give = slots.give.or(Some(Giving::Answer(answer, statement.span)));
            }
            Operand::Mark(mark) => {
                if single("slot.mark", found) {
                    slots.mark = Some(mark);
                }
            }
            Operand::Attribute(attribute) if allowed != Place::Scheme => slots.attributes.push(attribute),
            Operand::Otherwise(answer) => {
                if single("slot.otherwise", found) {
                    slots.otherwise = Some(answer);
                }
            }
            Operand::Names(NameSlot::By, names) if allowed != Place::Provision => {
                if single("slot.by", found) {
                    slots.by = Some(names);
                }
            }
            Operand::Names(NameSlot::Unit, names) if allowed != Place::Provision => {
                if single("slot.unit", found) {
                    slots.unit = Some(names);
                }
            }
            Operand::Parties { left, right } if allowed == Place::Scheme => {
                if single("slot.parties", found) {
                    slots.parties = Some((left, right));
                }
            }
            Operand::Count(rule, _) => {
                slots.count.push((*rule, at));
            }
            Operand::ConvertAgain(times, _) => {
                if single("slot.convert-again", found) {
                    slots.convert_again = Some(*times);
                }
            }
            Operand::TotalOver(total) if allowed == Place::Scheme => slots.totals.push(total),
            Operand::Overrides(names) if allowed == Place::Rule => {
                if single("slot.overrides", found) {
                    slots.overrides.extend(names);
                }
            }
            Operand::With(names) if allowed != Place::Provision => slots.with.extend(names),
            Operand::Names(NameSlot::Under, _) if allowed == Place::Scheme => {
                single("slot.under", found);
            }
            Operand::Open(open) if allowed == Place::Scheme => slots.opens.push(open),
            Operand::Given(given) if allowed == Place::Scheme => slots.stated.push(given),
            Operand::MembersMayTighten if allowed == Place::Scheme => {
                single("slot.members-may-tighten", found);
                slots.may_tighten = true;
            }
            Operand::Adopting(..) if is_adopted(declaration) => {}
            Operand::Reading(text, cites) => slots.readings.push((text, cites)),
            Operand::Advise(text) => slots.advice.push(text),
            Operand::Note(text) => slots.notes.push(text),
            Operand::Example(example) if matches!(allowed, Place::Rule | Place::Amend) => {
                slots.examples.push(example)
            }
            Operand::Never(_) if allowed != Place::Provision => {}
            Operand::Limit(line) if allowed.counts() => slots.counting.limits.push(line),
            Operand::Require(line) if allowed == Place::Scheme => slots.counting.requires.push(line),
            Operand::Counts(how, at) if allowed == Place::Rule => {
                if single("slot.counts", found) {
                    slots.counting.counts = Some((*how, *at));
                }
            }
            Operand::NotBoth(names) if allowed.counts() => {
                slots.counting.exclusions.push((names, statement.span));
            }
            Operand::CombineSum if allowed.counts() => {}
            Operand::CombineHighest(of) if allowed.counts() => slots.counting.combines.push(of),
            Operand::Surplus(word) if allowed.counts() => {
                if single("slot.surplus-lost", found) {
                    slots.counting.surplus = Some(word);
                }
            }
            _ => found.misplaced(at, allowed.word()),
        }
    }
    slots
}

/// What a member may change of a rule.
const fn amends(operand: &Operand) -> bool {
    matches!(
        operand,
        Operand::Cite(_)
            | Operand::InForce(_)
            | Operand::When(_)
            | Operand::Unless(_)
            | Operand::Give(_)
            | Operand::Reading(..)
            | Operand::Advise(_)
            | Operand::Note(_)
            | Operand::Example(_)
    )
}

/// Whether a declaration adopts another scheme.
pub(super) const fn is_adopted(declaration: &Declaration) -> bool {
    matches!(declaration.word, DeclarationWord::Adopt | DeclarationWord::AdoptWithDiscretion)
}

/// A slot that the language has and this version does not.
pub(super) fn later(word: &str, at: Span) -> Problem {
    Problem::new(Code::SyntaxLater, at).say("word", word)
}

/// A second answer: the same slot again, or a grant beside a refusal.
fn answer_beside(slots: &Slots<'_>, declaration: &Declaration, at: Span, found: &mut Found) {
    let Some(first) = slots.give.as_ref().map(Giving::span) else { return };
    let name = declaration.name.as_ref().map_or("", |name| &*name.text);
    found.push(Problem::new(Code::RuleTwoAnswers, at).say("rule", name).label(first, "first"));
}

/// Where slots stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Scheme,
    Rule,
    Provision,
    Amend,
}

impl Place {
    /// Whether it may say which of its credits count.
    const fn counts(self) -> bool {
        matches!(self, Place::Scheme | Place::Rule)
    }

    /// Its declaration word, by its id in the keyword table.
    const fn word(self) -> &'static str {
        match self {
            Place::Scheme => "declaration.scheme",
            Place::Rule => "declaration.rule",
            Place::Provision => "declaration.provision",
            Place::Amend => "declaration.amend",
        }
    }
}

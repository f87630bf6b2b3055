//! Documents, bodies, citations and windows: what rules rest on, and when.

use crate::diagnostic::{Code, Problem, Said};
use crate::model::{Body, Citation, Clause, Days, Document, DocumentId, Window};
use crate::quantity::DateRange;
use crate::source::text_hash;
use crate::syntax::tree::{self, InForce, NameSlot, Operand, TextSlot};

use super::items::slots;
use super::known::{Known, Making};
use super::names::{Sort, Thing};
use super::once::Once;
use super::spot::{Scene, spot};
use super::titles::titles;

/// Reads all documents into the model.
pub(super) fn read(known: &mut Known<'_>, making: &mut Making) {
    for item in &known.items.documents {
        let declaration = item.declaration;
        let mut document = Document {
            name: item.name.clone(),
            aliases: declaration.aliases.iter().map(|alias| alias.text.clone()).collect(),
            titles: titles(&declaration.titles),
            number: None,
            issuer: None,
            issued: None,
            link: None,
            replaces: Vec::new(),
            clauses: Vec::new(),
            span: declaration.header,
        };
        let mut once = Once::default();
        for (_, slot) in slots(declaration.body.as_ref()) {
            match &slot.operand {
                Operand::Text(TextSlot::Number, text) => {
                    once.check(&mut making.found, "slot.number", slot.word_span);
                    document.number = Some(text.text.clone());
                }
                Operand::Text(TextSlot::Link, text) => {
                    once.check(&mut making.found, "slot.link", slot.word_span);
                    document.link = Some(text.text.clone());
                }
                Operand::Text(..) | Operand::Note(_) => {}
                Operand::Issued(date) => {
                    once.check(&mut making.found, "slot.issued", slot.word_span);
                    document.issued = DateRange::new(date.first, date.last);
                }
                Operand::Clause(clause) => {
                    let written = self::clause(making, clause);
                    let first = document.clauses.iter().find(|first| first.label == written.label);
                    if let Some(first) = first {
                        making.found.push(super::fault::duplicate(&written.label, written.span, first.span));
                    }
                    document.clauses.push(written);
                }
                Operand::Names(NameSlot::Issuer, names) => {
                    once.check(&mut making.found, "slot.issuer", slot.word_span);
                    document.issuer = names.first().map(|name| {
                        let body = known.names.find(item.package, name, &[Sort::Body], &mut making.found);
                        body.map_or_else(|| name.text.clone(), |body| known.names.name_of(body).into())
                    });
                }
                Operand::Names(NameSlot::Replaces, names) => {
                    for name in names {
                        let found =
                            known.names.find(item.package, name, &[Sort::Document], &mut making.found);
                        if let Some(Thing::Document(id)) = found {
                            document.replaces.push(id);
                        }
                    }
                }
                _ => making.found.misplaced(slot.word_span, "declaration.document"),
            }
        }
        known.model.documents.push(document);
    }
    for item in &known.items.bodies {
        let declaration = item.declaration;
        let mut periods = Vec::new();
        for (_, slot) in slots(declaration.body.as_ref()) {
            match &slot.operand {
                Operand::Text(..) | Operand::Note(_) => {}
                Operand::Period(written) => periods.extend(super::periods::period(making, written, &periods)),
                _ => making.found.misplaced(slot.word_span, "declaration.body"),
            }
        }
        known.model.bodies.push(Body {
            name: item.name.clone(),
            aliases: declaration.aliases.iter().map(|alias| alias.text.clone()).collect(),
            titles: titles(&declaration.titles),
            periods,
            span: declaration.header,
        });
    }
}

/// A clause; where its hash is written, its text still has it.
fn clause(making: &mut Making, written: &tree::ClauseLine) -> Clause {
    if let (Some(text), Some(hash)) = (&written.text, &written.hash) {
        let now = text_hash(&text.text);
        if now != *hash.text {
            let problem = Problem::new(Code::ClauseStale, hash.span)
                .say("clause", &*written.label.text)
                .say("hash", &*now);
            making.found.push(problem.label(text.span, "text"));
        }
    }
    Clause {
        label: written.label.text.clone(),
        text: written.text.as_ref().map(|text| text.text.clone()),
        span: written.label.span,
    }
}

/// The citations of a `cite` slot.
pub(super) fn citations(
    known: &Known<'_>,
    making: &mut Making,
    package: usize,
    written: &[tree::Citation],
) -> Vec<Citation> {
    let mut citations = Vec::with_capacity(written.len());
    for citation in written {
        let thing = known.names.find(package, &citation.document, &[Sort::Document], &mut making.found);
        let Some(Thing::Document(document)) = thing else { continue };
        check_clause(known, making, document, citation);
        let clause = citation.clause.as_ref().map(|clause| clause.text.clone());
        citations.push(Citation { document, clause, span: citation.span });
    }
    citations
}

/// Where a document lists its clauses, only those can be cited.
fn check_clause(known: &Known<'_>, making: &mut Making, document: DocumentId, citation: &tree::Citation) {
    let (Some(clause), Some(document)) = (&citation.clause, known.model.documents.get(document.index()))
    else {
        return;
    };
    let declared = document.clauses.is_empty() || document.clauses.iter().any(|of| of.label == clause.text);
    if !declared {
        let problem = Problem::new(Code::CitationClauseUnknown, clause.span)
            .say("document", &*document.name)
            .say("clause", &*clause.text)
            .label(document.span, "declared");
        let labels = document.clauses.iter().map(|of| &*of.label);
        making.found.push(super::fault::with_nearest(problem, &clause.text, labels));
    }
}

/// A window; nothing for `not stated`.
pub(super) fn window(
    known: &Known<'_>,
    making: &mut Making,
    scene: &Scene<'_>,
    written: &InForce,
) -> Option<Window> {
    if written.not_stated {
        return None;
    }
    let days = days(making, written)?;
    let Some(by) = &written.by else {
        if !scene.damaged {
            making.found.push(Problem::new(Code::DateWindowUnnamed, written.span));
        }
        return None;
    };
    let by = window_date(known, making, scene, by)?;
    Some(Window { days, by: Some(by), span: written.span })
}

/// The days of a window, the first not after the last.
pub(super) fn days(making: &mut Making, written: &InForce) -> Option<Days> {
    let days = Days { from: written.from.as_ref().map(|d| d.first), to: written.to.as_ref().map(|d| d.last) };
    if let (Some(from), Some(to)) = (days.from, days.to)
        && from > to
    {
        making.found.push(Problem::new(Code::DateOrder, written.span).say("start", from).say("end", to));
        return None;
    }
    Some(days)
}

/// The date that a window tests: of the request, of the learner, or of each achievement used.
fn window_date(
    known: &Known<'_>,
    making: &mut Making,
    scene: &Scene<'_>,
    by: &tree::FactRef,
) -> Option<crate::model::Subject> {
    use super::spot::Plain;
    let each = tree::FactRef { of: tree::FactOwner::Each, ..by.clone() };
    let several = scene.plain == Plain::Several && by.of == tree::FactOwner::Plain;
    let is_request = super::builtin::fact(super::builtin::canonical(&by.name.text))
        .is_some_and(|(held_by, _)| held_by == super::builtin::HeldBy::Request);
    let tested = spot(known, making, scene, if several && !is_request { &each } else { by })?;
    if tested.value_type() != Some(crate::model::ValueType::Date) {
        let problem = Problem::new(Code::FactComparison, by.span).say("fact", &*by.name.text);
        let is = tested.domains.first().map(|domain| super::fault::type_name(known, domain.value_type));
        let problem = is.into_iter().fold(problem, |problem, is| problem.say("domain", is));
        making.found.push(problem.say("value", Said::Word("value.date")));
        return None;
    }
    Some(tested.subject)
}

/// The clause that a heading begins with: `第三条`, `第五条第（二）项`, `Article 3`, `§ 4`.
pub(super) fn clause_in(heading: &str) -> Option<&str> {
    let heading = heading.trim();
    if heading.starts_with('第') {
        let end = heading.char_indices().take_while(|(_, c)| !c.is_whitespace());
        let last =
            end.filter(|(_, c)| matches!(c, '条' | '條' | '款' | '项' | '項' | '目' | '章' | '节')).last();
        return last.and_then(|(at, c)| heading.get(..at + c.len_utf8()));
    }
    let (word, rest) = heading.split_once(' ')?;
    let known = ["Article", "Section", "Clause", "Item", "Rule", "§", "Art.", "Sec."];
    let number = rest.split(|c: char| c.is_whitespace() || c == ':').next()?;
    let numbered = number.starts_with(|c: char| c.is_ascii_digit());
    let end = heading.len() - rest.len() + number.trim_end_matches(['.', ',']).len();
    heading.get(..end).filter(|_| known.contains(&word) && numbered)
}

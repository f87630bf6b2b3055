//! `accredit.clauses/1`: each clause of a document beside what encodes it, and what nothing encodes.
//!
//! It decides nothing: it turns the citations of a package round. The clauses stand in the order in which the document lists them; clauses
//! that are cited of a document that lists none follow in the order of their labels.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::model::{Citation, Document, DocumentId, Model, Remark, Rule, Titles as ModelTitles};
use crate::source::{Sources, Span, text_hash};

use super::decision::{Place, Titles};
use super::values;

/// The schema of the document.
pub const SCHEMA: &str = "accredit.clauses/1";

/// The clauses of documents.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clauses {
    /// `accredit.clauses/1`.
    pub schema: String,
    /// The package's name.
    pub package: String,
    /// Its version.
    pub version: String,
    /// sha256 over its sources.
    pub hash: String,
    /// The documents, by name.
    pub documents: Vec<OfDocument>,
}

/// The clauses of one document.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfDocument {
    /// Its id.
    pub document: String,
    /// Its titles.
    #[serde(skip_serializing_if = "BTreeMap::is_empty", default)]
    pub title: Titles,
    /// Its number.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub number: Option<String>,
    /// Whether it lists its clauses: then those that nothing encodes are known.
    pub lists_clauses: bool,
    /// Its clauses.
    pub clauses: Vec<OfClause>,
    /// What rests on it as a whole.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub whole: Vec<Encoding>,
    /// How many of its clauses nothing encodes.
    pub uncoded: u32,
}

/// One clause.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfClause {
    /// Its label.
    pub clause: String,
    /// Its text, where the package holds it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub text: Option<String>,
    /// sha256 of that text.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub text_hash: Option<String>,
    /// What encodes it, by place; nothing where it is empty.
    pub encoded_by: Vec<Encoding>,
}

/// Something that rests on a clause.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Encoding {
    /// Where it stands.
    pub at: Place,
    /// What it is: `rule`, `scheme`, `never`, `reading`, `framework`, `title`, `standard`, `comparison`, `credit`, `ratio`, `map`.
    pub what: String,
    /// Its id; of a reading its text.
    pub id: String,
    /// The scheme, of a rule or a bar.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub scheme: Option<String>,
    /// Its titles.
    #[serde(skip_serializing_if = "BTreeMap::is_empty", default)]
    pub title: Titles,
}

/// The clauses of these documents; of all where none is named.
pub fn clauses(model: &Model, sources: &Sources, documents: &[DocumentId]) -> Clauses {
    let found = Finding::of(model, sources);
    let all = (0u32..).map(DocumentId).zip(&model.documents);
    let wanted = all.filter(|(id, _)| documents.is_empty() || documents.contains(id));
    Clauses {
        schema: SCHEMA.to_owned(),
        package: model.package.name.to_string(),
        version: model.package.version.to_string(),
        hash: model.package.hash.to_string(),
        documents: wanted.map(|(id, document)| found.of_document(id, document)).collect(),
    }
}

/// What rests on each clause.
struct Finding<'m> {
    sources: &'m Sources,
    found: BTreeMap<(DocumentId, Option<&'m str>), Vec<Encoding>>,
}

impl<'m> Finding<'m> {
    fn of(model: &'m Model, sources: &'m Sources) -> Finding<'m> {
        let mut found = Finding { sources, found: BTreeMap::new() };
        for framework in &model.frameworks {
            found.add(
                &framework.cites,
                "framework",
                &framework.name,
                None,
                &framework.titles,
                framework.span,
            );
            for title in &framework.title_rules {
                found.add(&title.cites, "title", &title.title, None, &ModelTitles::default(), title.span);
            }
        }
        for it in &model.standards {
            found.add(&it.cites, "standard", &it.name, None, &it.titles, it.span);
        }
        for it in &model.comparisons {
            found.add(&it.cites, "comparison", &it.name, None, &it.titles, it.span);
            found.readings(&it.readings);
        }
        for it in &model.units {
            found.add(&it.cites, "credit", &it.name, None, &it.titles, it.span);
        }
        for it in &model.ratios {
            found.add(&it.cites, "ratio", sources.snippet(it.span), None, &ModelTitles::default(), it.span);
        }
        for it in &model.maps {
            found.add(&it.cites, "map", &it.name, None, &it.titles, it.span);
            found.readings(&it.readings);
        }
        for scheme in &model.schemes {
            // A rule outside a scheme is told as the rule that it is.
            let is_of_one = model.rules.iter().any(|rule| rule.span == scheme.span);
            if !is_of_one {
                found.add(&scheme.cites, "scheme", &scheme.name, None, &scheme.titles, scheme.span);
            }
            found.readings(&scheme.readings);
        }
        for rule in &model.rules {
            found.rule(model, rule);
        }
        for bar in &model.bars {
            let scheme = bar.scheme.and_then(|id| model.schemes.get(id.index()));
            let named = bar.because.as_deref().unwrap_or_default();
            // A frame's bar stands in each member; it is written once.
            let own =
                scheme.is_none_or(|scheme| scheme.frame.is_none() || written_in(scheme, bar.span, model));
            if own {
                let scheme = scheme.map(|scheme| &*scheme.name);
                found.add(&bar.cites, "never", named, scheme, &ModelTitles::default(), bar.span);
            }
        }
        for all in found.found.values_mut() {
            all.sort();
            all.dedup();
        }
        found
    }

    /// What a rule rests on of its own: what it has from its scheme is told with the scheme.
    fn rule(&mut self, model: &'m Model, rule: &'m Rule) {
        let scheme = model.schemes.get(rule.scheme.index());
        let is_of_one = scheme.is_some_and(|scheme| scheme.span == rule.span);
        let delegated = rule.delegated.as_deref();
        let base = delegated.and_then(|of| of.from).and_then(|id| model.rules.get(id.index()));
        let told = |cite: &&Citation| {
            let of_scheme = |scheme: &crate::model::Scheme| scheme.cites.contains(cite);
            let in_scheme = !is_of_one && scheme.is_some_and(of_scheme);
            in_scheme || base.is_some_and(|base| base.cites.contains(cite))
        };
        let span = delegated.and_then(|of| of.amendment.as_ref()).map_or(rule.span, |it| it.span);
        for cite in rule.cites.iter().filter(|cite| !told(cite)) {
            let scheme = scheme.filter(|_| !is_of_one).map(|scheme| &*scheme.name);
            self.add(std::slice::from_ref(cite), "rule", &rule.name, scheme, &rule.titles, span);
        }
        self.readings(&rule.readings);
    }

    fn readings(&mut self, readings: &'m [Remark]) {
        for reading in readings {
            self.add(&reading.cites, "reading", &reading.text, None, &ModelTitles::default(), reading.span);
        }
    }

    fn add(
        &mut self,
        cites: &'m [Citation],
        what: &str,
        id: &str,
        scheme: Option<&str>,
        titles: &ModelTitles,
        span: Span,
    ) {
        for cite in cites {
            let (clause, at) = (cite.clause.as_deref(), self.place(span));
            self.found.entry((cite.document, clause)).or_default().push(Encoding {
                at,
                what: what.to_owned(),
                id: id.to_owned(),
                scheme: scheme.map(str::to_owned),
                title: values::titles(titles),
            });
        }
    }

    fn place(&self, span: Span) -> Place {
        let file = self.sources.get(span.file).map(|source| source.path.clone()).unwrap_or_default();
        let line = self.sources.position(span).map_or(0, |position| position.line);
        Place { file, line }
    }

    fn of_document(&self, id: DocumentId, document: &Document) -> OfDocument {
        let encoded = |label: &str| self.found.get(&(id, Some(label))).cloned().unwrap_or_default();
        let mut clauses: Vec<OfClause> = Vec::with_capacity(document.clauses.len());
        for clause in &document.clauses {
            clauses.push(OfClause {
                clause: clause.label.to_string(),
                text: clause.text.as_ref().map(ToString::to_string),
                text_hash: clause.text.as_deref().map(text_hash),
                encoded_by: encoded(&clause.label),
            });
        }
        let lists_clauses = !clauses.is_empty();
        let cited = self.found.range((id, None)..).take_while(|((of, _), _)| *of == id);
        for ((_, clause), encoded_by) in cited {
            let Some(label) = clause.filter(|label| !clauses.iter().any(|of| of.clause == *label)) else {
                continue;
            };
            let encoded_by = encoded_by.clone();
            clauses.push(OfClause { clause: label.to_owned(), encoded_by, ..OfClause::default() });
        }
        let uncoded = clauses.iter().filter(|clause| clause.encoded_by.is_empty()).count();
        OfDocument {
            document: document.name.to_string(),
            title: values::titles(&document.titles),
            number: document.number.as_ref().map(ToString::to_string),
            lists_clauses,
            clauses,
            whole: self.found.get(&(id, None)).cloned().unwrap_or_default(),
            uncoded: u32::try_from(uncoded).unwrap_or(u32::MAX),
        }
    }
}

/// Whether a bar is written in a scheme that stands under another, and not in its frame.
fn written_in(scheme: &crate::model::Scheme, bar: Span, model: &Model) -> bool {
    let above = scheme.frame.and_then(|frame| model.schemes.get(frame.scheme.index()));
    let same = |other: &crate::model::Bar| {
        other.span == bar
            && other.scheme.and_then(|id| model.schemes.get(id.index())).map(|of| &of.name)
                == above.map(|of| &of.name)
    };
    !model.bars.iter().any(same)
}

//! `hours similar, judged by committee`: a judgement asked for in a test, without a fact that anybody declared.
//!
//! What is judged is a yes/no fact of its own, `hours-similar`, which every kind has wherever some test names the judge. So it is
//! stated, asked for and referred as any judged fact is.

use crate::diagnostic::{Code, Problem};
use crate::model::{Cond, FactUse, Judge, Titles, ValueType};
use crate::source::Span;
use crate::syntax::tree::{FactOwner, FactRef, Name, Tree};

use super::builtin;
use super::compare::{atom, yes, yes_or_no};
use super::known::{Known, Making};
use super::names::{Sort, Thing};
use super::spot::{Scene, spot};
use super::titles::language_of;

/// A test that says who judges.
#[derive(Debug)]
pub(super) struct Judged {
    package: usize,
    /// What is alike, as the language calls it.
    fact: Box<str>,
    judge: Name,
    /// The fact as written.
    span: Span,
}

impl Judged {
    /// The name of the fact that is judged, and another one under which Chinese texts state it.
    pub(super) fn names(&self) -> (Box<str>, Box<str>) {
        (name_of(&self.fact), format!("{}相近", self.fact).into())
    }
}

fn name_of(fact: &str) -> Box<str> {
    format!("{fact}-similar").into()
}

/// Every test of this form, in the order of packages and places.
pub(super) fn gather(trees: &[Tree], of_tree: &[usize]) -> Vec<Judged> {
    let mut all = Vec::new();
    for (tree, &package) in trees.iter().zip(of_tree) {
        all.extend(tree.likenesses.iter().map(|said| Judged {
            package,
            fact: builtin::canonical(&said.fact.text).into(),
            judge: said.judge.clone(),
            span: said.fact.span,
        }));
    }
    all
}

/// The judged facts themselves, each once; two tests that name different judges of one fact are told.
pub(super) fn facts(known: &Known<'_>, making: &mut Making) -> Vec<FactUse> {
    let mut uses: Vec<FactUse> = Vec::new();
    for said in &known.items.judged {
        let thing = known.names.find(said.package, &said.judge, &[Sort::Body], &mut making.found);
        let (Some(Thing::Body(by)), Some(fact)) = (thing, known.fact(&said.names().0)) else { continue };
        if let Some(first) = uses.iter().find(|of| of.fact == fact) {
            if first.judged.is_some_and(|judge| judge.by != by) {
                let other = first.judged.map_or("", |judge| known.names.name_of(Thing::Body(judge.by)));
                let problem = Problem::new(Code::JudgeTwo, said.judge.span)
                    .say("fact", known.sources.snippet(said.span))
                    .say("first", other)
                    .say("second", known.names.name_of(Thing::Body(by)));
                making.found.push(first.span.into_iter().fold(problem, |p, at| p.label(at, "first")));
            }
            continue;
        }
        let written = known.sources.snippet(said.span);
        let title = match language_of(written) {
            "zh" => ("zh".into(), format!("{written}相近").into()),
            tag => (tag.into(), format!("{written} similar").into()),
        };
        uses.push(FactUse {
            fact,
            titles: Titles(vec![title]),
            domains: vec![yes_or_no()],
            optional: false,
            only_if: None,
            otherwise: None,
            fixed: true,
            proof: None,
            judged: Some(Judge { by, against_target: true }),
            worked_out: None,
            span: Some(said.judge.span),
        });
    }
    uses
}

/// The test itself.
pub(super) fn similar(
    known: &Known<'_>,
    making: &mut Making,
    scene: &Scene<'_>,
    fact: &FactRef,
    judge: Option<&Name>,
    negated: bool,
    line: Span,
) -> Option<Cond> {
    let name = name_of(builtin::canonical(&fact.name.text));
    if judge.is_none() {
        let problem = Problem::new(Code::JudgeMissing, line).say("fact", known.sources.snippet(fact.span));
        making.found.push(problem);
        return None;
    }
    // What is alike is a fact of the source, or of what a bare name reads.
    let judged = Name { text: name, ..fact.name.clone() };
    let asked = FactRef { of: FactOwner::Plain, name: judged, span: fact.span };
    // A judge that is no body has been told.
    known.fact(&asked.name.text)?;
    let tested = spot(known, making, scene, &asked)?;
    Some(atom(tested.subject, ValueType::YesNo, yes(), negated.then_some(&*tested.domains), scene.role, line))
}

//! `total length of work >= 6 years, of which >= 2 years (duty is management)`; `lapses 8 years after registered`.

use accredit_grammar::Rule;

use super::line::{Line, Node};
use crate::syntax::tree::{
    Bracket, Comparison, FactOwner, FactRef, Lapses, Lasting, LastingPart, Name, Operand, Selection,
    SelectionKind, TestKind,
};

impl Line<'_> {
    /// How long spells last, all together and part by part.
    pub(super) fn lasting(&mut self, node: Node<'_>) -> TestKind {
        let mut of = Selection { span: self.span(&node), kind: SelectionKind::All(Vec::new()) };
        let mut parts = Vec::new();
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::spells => of = self.selection(child),
                Rule::long_enough => parts.push(self.long_enough(child)),
                _ => {
                    let span = self.span(&child);
                    let mut part: Option<LastingPart> = None;
                    let mut tests = Vec::new();
                    for inner in child.into_inner() {
                        match inner.as_rule() {
                            Rule::long_enough => part = Some(self.long_enough(inner)),
                            _ => tests.push(self.test(inner)),
                        }
                    }
                    parts.extend(part.map(|part| LastingPart { tests, span, ..part }));
                }
            }
        }
        TestKind::Lasting(Box::new(Lasting { of, parts }))
    }

    fn long_enough(&mut self, node: Node<'_>) -> LastingPart {
        let span = self.span(&node);
        let (mut comparison, mut length) = (Comparison::AtLeast, Vec::new());
        for child in node.into_inner() {
            match (child.as_rule(), child.as_str()) {
                (Rule::quantity, _) => length.push(self.quantity(child)),
                (_, "<= " | "or below ") => comparison = Comparison::AtMost,
                (_, "> ") => comparison = Comparison::Over,
                (_, "< ") => comparison = Comparison::Under,
                _ => comparison = Comparison::AtLeast,
            }
        }
        LastingPart { comparison, length, tests: Vec::new(), span }
    }

    /// How long after which event an achievement serves no more.
    pub(super) fn lapses(&mut self, node: Node<'_>) -> Operand {
        let span = self.span(&node);
        let name = Name { text: Box::default(), bracket: Bracket::Bare, span };
        let mut after = FactRef { of: FactOwner::Plain, name, span };
        let (mut length, mut unless) = (Vec::new(), Vec::new());
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::quantity => length.push(self.quantity(child)),
                Rule::fact => after = self.fact(child),
                Rule::lapses_unless => unless.extend(child.into_inner().map(|test| self.test(test))),
                _ => {}
            }
        }
        Operand::Lapses(Box::new(Lapses { length, after, unless, span }))
    }
}

//! Headers of declarations.

use accredit_grammar::Rule;

use super::line::{Line, Node};
use crate::source::Span;
use crate::syntax::tree::{Declaration, DeclarationWord};

impl Declaration {
    /// A declaration of which only the word is known.
    pub(super) fn of(word: DeclarationWord, word_span: Span, header: Span) -> Declaration {
        Declaration {
            word,
            word_span,
            name: None,
            aliases: Box::default(),
            titles: Box::default(),
            kind: None,
            version: None,
            rename: None,
            maps_to: Box::default(),
            ratio: None,
            body: None,
            header,
        }
    }
}

impl Line<'_> {
    /// Fills a declaration from its header.
    pub(super) fn header(&self, node: Node<'_>, declaration: &mut Declaration) {
        let (mut aliases, mut titles) = (Vec::new(), Vec::new());
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::name if declaration.name.is_none() => declaration.name = Some(self.name(&child)),
                Rule::name => aliases.push(self.name(&child)),
                Rule::title => titles.push(self.title(child)),
                Rule::of_kind => declaration.kind = self.names(child).pop(),
                Rule::version_part => {
                    declaration.version =
                        child.into_inner().next().map(|version| Box::new(self.version(&version)));
                }
                Rule::rename => declaration.rename = self.names(child).pop().map(Box::new),
                Rule::maps_to => declaration.maps_to = self.names(child).into(),
                Rule::ratio_term => {
                    let term = self.ratio_term(child);
                    let ratio = declaration.ratio.get_or_insert_default();
                    ratio.terms.push(term);
                }
                Rule::one_way => declaration.ratio.get_or_insert_default().is_one_way = true,
                _ => {}
            }
        }
        declaration.aliases = aliases.into();
        declaration.titles = titles.into();
    }
}

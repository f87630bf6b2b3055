//! Headers of declarations.

use accredit_grammar::Rule;

use super::line::{Line, Node};
use crate::source::Span;
use crate::syntax::tree::{Declaration, DeclarationWord, Links, MapHeader, RatioHeader};

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
            links: None,
            body: None,
            header,
        }
    }
}

impl Line<'_> {
    /// Fills a declaration from its header.
    pub(super) fn header(&self, node: Node<'_>, declaration: &mut Declaration) {
        let (mut aliases, mut titles) = (Vec::new(), Vec::new());
        let (mut ratio, mut map) = (RatioHeader::default(), MapHeader { from: None, to: None });
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
                Rule::ratio_term => ratio.terms.push(self.ratio_term(child)),
                Rule::one_way => ratio.is_one_way = true,
                Rule::map_from => map.from = self.names(child).pop(),
                Rule::map_to => map.to = self.names(child).pop(),
                _ => {}
            }
        }
        declaration.aliases = aliases.into();
        declaration.titles = titles.into();
        declaration.links = match declaration.word {
            DeclarationWord::Ratio => Some(Box::new(Links::Ratio(ratio))),
            DeclarationWord::Map => Some(Box::new(Links::Map(map))),
            _ => None,
        };
    }
}

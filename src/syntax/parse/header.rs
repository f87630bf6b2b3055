//! Headers of declarations.

use accredit_grammar::Rule;

use super::line::{Line, Node};
use crate::source::Span;
use crate::syntax::tree::{Declaration, DeclarationWord, MapHeader, RatioHeader, SpecialHeader};

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
            special: None,
            body: None,
            header,
        }
    }
}

impl Line<'_> {
    /// Fills a declaration from its header.
    pub(super) fn header(&self, node: Node<'_>, declaration: &mut Declaration) {
        if node.as_rule() == Rule::statement_header {
            let statement = self.statement_header(node.clone());
            declaration.special = statement.map(|statement| Box::new(SpecialHeader::Statement(statement)));
        }
        let (mut aliases, mut titles, mut maps_to) = (Vec::new(), Vec::new(), Vec::new());
        let mut map = MapHeader { from: None, to: None };
        let (mut former, mut ratio) = (None, None::<RatioHeader>);
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
                Rule::ratio_term => {
                    let term = self.ratio_term(child);
                    let ratio: &mut RatioHeader = ratio.get_or_insert_default();
                    ratio.terms.push(term);
                }
                // `2 of { … }`.
                Rule::number => {
                    let number = self.bare_number(&child);
                    declaration.special = Some(Box::new(SpecialHeader::Branches(number)));
                }
                Rule::one_way => ratio.get_or_insert_default().is_one_way = true,
                Rule::formerly => former = self.names(child).pop(),
                Rule::between_frameworks => {
                    let mut names = self.names(child).into_iter();
                    let both = names.next().zip(names.next());
                    declaration.special = both.map(|(of, with)| Box::new(SpecialHeader::Between(of, with)));
                }
                Rule::maps_to => maps_to = self.names(child),
                Rule::map_from => map.from = self.names(child).pop(),
                Rule::map_to => map.to = self.names(child).pop(),
                _ => {}
            }
        }
        if let Some(ratio) = ratio {
            declaration.special = Some(Box::new(SpecialHeader::Ratio(ratio)));
        }
        if declaration.word == DeclarationWord::Map {
            declaration.special = Some(Box::new(SpecialHeader::Map(map)));
        }
        if declaration.word == DeclarationWord::Dimension {
            let dimension = SpecialHeader::Dimension { formerly: former, maps_to };
            declaration.special = Some(Box::new(dimension));
        }
        declaration.aliases = aliases.into();
        declaration.titles = titles.into();
    }
}

//! What the builders of the tree read from: the pairs of one statement, and the tokens behind them.

use accredit_grammar::Rule;
use pest::iterators::Pair;

use crate::diagnostic::Problem;
use crate::quantity::{Date, Ratio};
use crate::source::Span;
use crate::syntax::canonical::Canonical;
use crate::syntax::token::{Token, TokenKind};
use crate::syntax::tree::{Bracket, DateLiteral, Likeness, Name, Row, Text, Title, Version};

/// A node of the grammar.
pub(super) type Node<'i> = Pair<'i, Rule>;

/// One statement being turned into tree nodes.
pub(super) struct Line<'a> {
    /// The file's text.
    pub(super) source: &'a str,
    /// All tokens of the file.
    pub(super) tokens: &'a [Token],
    /// The statement's canonical text.
    pub(super) canonical: &'a Canonical,
    /// The rows of its table, if it has one.
    pub(super) rows: Vec<Row>,
    /// Its tests of likeness that name their judge.
    pub(super) likenesses: Vec<Likeness>,
    /// What its nodes say that cannot be meant.
    pub(super) problems: Vec<Problem>,
}

impl<'a> Line<'a> {
    /// The token at a byte of the canonical text.
    fn token(&self, offset: usize) -> Option<&'a Token> {
        self.tokens.get(*self.canonical.tokens.get(offset)? as usize)
    }

    /// Where a node was written: from its first token to its last, in the order of the source.
    pub(super) fn span(&self, node: &Node<'_>) -> Span {
        let span = node.as_span();
        self.span_of(span.start(), span.end())
    }

    /// The place of a piece of canonical text.
    pub(super) fn span_of(&self, start: usize, end: usize) -> Span {
        let index = |offset: usize| self.canonical.tokens.get(offset).map_or(0, |&token| token as usize);
        let (first, last) = (index(start), index(end.saturating_sub(1)).max(index(start)));
        let tokens = self.tokens.get(first..=last).unwrap_or_default();
        let place = |token: &Token| match token.kind {
            TokenKind::Comment { .. } | TokenKind::Blank | TokenKind::End => None,
            _ => Some(token.span),
        };
        tokens.iter().filter_map(place).reduce(Span::join).unwrap_or_default()
    }

    /// The author's own spelling of a node.
    pub(super) fn written(&self, node: &Node<'_>) -> &'a str {
        self.source.get(self.span(node).range()).unwrap_or_default()
    }

    /// The name of a node that is one token: a name, or a word that stands where a name stands.
    pub(super) fn name(&self, node: &Node<'_>) -> Name {
        let span = self.span(node);
        match self.token(node.as_span().start()).map(|token| &token.kind) {
            Some(TokenKind::Name(text, bracket)) => Name { text: text.clone(), bracket: *bracket, span },
            // `exempt` is also the name of a mark: as the author spells it.
            Some(TokenKind::Word(word, _)) if word.text() == "exempt" => {
                Name { text: self.written(node).into(), bracket: Bracket::Bare, span }
            }
            Some(TokenKind::Word(word, _)) => Name { text: word.text().into(), bracket: Bracket::Bare, span },
            _ => Name { text: Box::default(), bracket: Bracket::Bare, span },
        }
    }

    /// The names among the children of a node.
    pub(super) fn names(&self, node: Node<'_>) -> Vec<Name> {
        let names = node.into_inner().filter(|child| child.as_rule() == Rule::name);
        names.map(|child| self.name(&child)).collect()
    }

    /// The text of a node that is one token.
    pub(super) fn text(&self, node: &Node<'_>) -> Text {
        let text = match self.token(node.as_span().start()).map(|token| &token.kind) {
            Some(TokenKind::Text(text)) => text.clone(),
            _ => Box::default(),
        };
        Text { text, span: self.span(node) }
    }

    /// A title with its language.
    pub(super) fn title(&self, node: Node<'_>) -> Title {
        let mut title = Title { tag: None, text: Text { text: Box::default(), span: self.span(&node) } };
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::tag => title.tag = Some(self.name(&child).text),
                _ => title.text = self.text(&child),
            }
        }
        title
    }

    /// A version.
    pub(super) fn version(&self, node: &Node<'_>) -> Version {
        let text = match self.token(node.as_span().start()).map(|token| &token.kind) {
            Some(TokenKind::Version(text)) => text.clone(),
            _ => Box::default(),
        };
        Version { text, span: self.span(node) }
    }

    /// The value of a number, and whether it is a share.
    pub(super) fn number(&self, node: &Node<'_>) -> (Ratio, bool) {
        match self.token(node.as_span().start()).map(|token| &token.kind) {
            Some(TokenKind::Number { value, percent }) => (*value, *percent),
            _ => (Ratio::ONE, false),
        }
    }

    /// A month and a day of it.
    pub(super) fn month_day(&self, node: &Node<'_>) -> Option<(u8, u8)> {
        match self.token(node.as_span().start()).map(|token| &token.kind) {
            Some(TokenKind::MonthDay(month, day)) => Some((*month, *day)),
            _ => None,
        }
    }

    /// A date; a number of four digits is a year.
    pub(super) fn date(&mut self, node: &Node<'_>) -> DateLiteral {
        let span = self.span(node);
        let kind = self.token(node.as_span().start()).map(|token| &token.kind);
        let days = match kind {
            Some(TokenKind::Date(first, last)) => Some((*first, *last)),
            Some(TokenKind::Number { value, percent: false }) if value.denominator() == 1 => {
                let year = i32::try_from(value.numerator()).ok().filter(|year| (1000..10_000).contains(year));
                year.and_then(|year| Some((Date::new(year, 1, 1)?, Date::new(year, 12, 31)?)))
            }
            _ => None,
        };
        let Some((first, last)) = days else {
            let written = self.written(node);
            self.problems.push(super::mistake::not_a_date(span, written));
            // Its problem keeps the package from being used.
            return DateLiteral { first: Date::MIN, last: Date::MIN, span };
        };
        DateLiteral { first, last, span }
    }
}

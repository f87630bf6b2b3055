//! Canonical tokens become the tree, statement by statement.
//!
//! Blocks are matched before anything is parsed, and each statement is parsed by itself with the rule that its first word
//! asks for; so a mistake costs its own statement, a header that cannot be read keeps its body, and no nesting of an
//! author's reaches the call stack. Nothing here knows what a name means.

mod amount;
#[cfg(test)]
mod deletion;
#[cfg(test)]
mod dump;
#[cfg(test)]
mod dump_lines;
mod example;
mod fact;
mod form;
mod framework;
mod header;
mod lasting;
mod limit;
mod line;
mod map;
mod mistake;
mod record;
mod row;
mod selection;
mod slot;
mod test;
#[cfg(test)]
mod tests;
mod unit;
mod value;

use accredit_grammar::{Grammar, Rule};
use pest::Parser as _;
use pest::error::Error;

use super::braces::Braces;
use super::canonical::{Canonical, Extent, Inside};
use super::token::{Sign, Token, TokenKind};
use super::tree::{
    Body, Comment, Declaration, DeclarationWord, Likeness, Remarks, Row, Statement, StatementKind, Tree,
};
use super::words::read_words;
use crate::diagnostic::{Code, Problem};
use rustc_hash::FxHashMap;

use crate::language::{Class, Meaning, State};
use crate::quantity::Ratio;
use crate::source::{FileId, Span};
use form::{Form, form};
use line::Line;
use mistake::Failed;

/// How deep braces may stand.
const DEEPEST: usize = 32;

/// No keyword looks like a longer word.
const LONGEST_WORD: usize = 60;

/// A file with more unknown words than this is no QF; looking each of them up would take long.
const MOST_LOOKED_UP: usize = 500;

/// Reads a file: its tree, and everything that could not be read. What could not be read stands in the tree as
/// [`StatementKind::Bad`] or [`StatementKind::Later`], so that nobody takes what is left for the whole.
pub fn parse(file: FileId, text: &str) -> (Tree, Vec<Problem>) {
    let words = read_words(file, text);
    let braces = Braces::pair(text, &words.tokens);
    let mut reader = Reader {
        source: text,
        file,
        tokens: &words.tokens,
        braces: &braces,
        canonical: Canonical::default(),
        unread: words.problems.iter().map(|problem| problem.at).collect(),
        likenesses: Vec::new(),
        problems: Vec::new(),
        frames: Vec::new(),
        nearest: FxHashMap::default(),
    };
    reader.unread.sort_unstable();
    let (statements, trailing) = reader.file();
    let (mut problems, likenesses) = (reader.problems, reader.likenesses);
    problems.extend(words.problems);
    problems.extend(braces.problems);
    problems.sort_by_key(|problem| problem.at);
    (Tree { file, statements, trailing, likenesses }, problems)
}

/// A block being read.
struct Frame {
    opening: Opening,
    /// Where its statements end.
    end: usize,
    statements: Vec<Statement>,
    comments: Vec<Comment>,
    /// Whether an empty line stands before what comes next.
    blank: bool,
}

/// What a block belongs to.
enum Opening {
    /// The file itself.
    File,
    /// A declaration, of which the statement is kept until its body is read.
    Declaration(Box<Statement>, Box<Declaration>, usize),
    /// A header that could not be taken for any declaration, or none at all: what is in it is read and reported.
    Lost(Option<Box<Statement>>, usize),
}

struct Reader<'a> {
    source: &'a str,
    file: FileId,
    tokens: &'a [Token],
    braces: &'a Braces,
    canonical: Canonical,
    /// Where the words could not be read, in order: a statement there needs no second problem.
    unread: Vec<Span>,
    likenesses: Vec<Likeness>,
    problems: Vec<Problem>,
    frames: Vec<Frame>,
    /// Keywords that unknown words look like.
    nearest: FxHashMap<&'a str, Option<(&'static str, Meaning)>>,
}

impl<'a> Reader<'a> {
    fn file(&mut self) -> (Vec<Statement>, Vec<Comment>) {
        self.open(Opening::File, self.tokens.len());
        let mut headless = self.braces.headless.iter().copied().peekable();
        let mut at = 0;
        loop {
            let Some(end) = self.frames.last().map(|frame| frame.end) else {
                return (Vec::new(), Vec::new());
            };
            if at >= end {
                match self.close(end) {
                    Closed::File(statements, trailing) => return (statements, trailing),
                    Closed::Block(next) => at = next.max(at),
                }
                continue;
            }
            while headless.next_if(|&(from, _)| from < at).is_some() {}
            if let Some((from, close)) = headless.next_if(|&(from, close)| from == at && close <= end) {
                self.open(Opening::Lost(None, from), close);
            }
            at = self.step(at);
        }
    }

    /// Reads what stands at a token: a statement, or what stands between statements.
    fn step(&mut self, at: usize) -> usize {
        let Some(token) = self.tokens.get(at) else { return at + 1 };
        match &token.kind {
            TokenKind::Blank => {
                if let Some(frame) = self.frames.last_mut() {
                    frame.blank = true;
                }
                at + 1
            }
            TokenKind::Comment { own_line, .. } => {
                self.comment(at, *own_line);
                at + 1
            }
            TokenKind::End | TokenKind::Sign(Sign::Close) => at + 1,
            _ => self.statement(at),
        }
    }

    fn comment_at(&self, at: usize) -> Option<Comment> {
        let token = self.tokens.get(at)?;
        let TokenKind::Comment { text, blank_before, .. } = &token.kind else { return None };
        Some(Comment { text: text.clone(), blank_before: *blank_before, span: token.span })
    }

    fn comment(&mut self, at: usize, own_line: bool) {
        let Some(comment) = self.comment_at(at) else { return };
        let Some(frame) = self.frames.last_mut() else { return };
        if !own_line {
            let before = match (frame.statements.last_mut(), &mut frame.opening) {
                (Some(statement), _) if frame.comments.is_empty() => Some(statement),
                (None, Opening::Declaration(statement, ..) | Opening::Lost(Some(statement), _)) => {
                    Some(&mut **statement)
                }
                _ => None,
            };
            if let Some(statement) = before
                && statement.remarks.as_ref().is_none_or(|remarks| remarks.end.is_none())
            {
                statement.remarks.get_or_insert_default().end = Some(comment);
                return;
            }
        }
        frame.comments.push(comment);
    }

    fn open(&mut self, opening: Opening, end: usize) {
        self.frames.push(Frame { opening, end, statements: Vec::new(), comments: Vec::new(), blank: false });
    }

    /// Ends the innermost block; says where reading goes on.
    fn close(&mut self, end: usize) -> Closed {
        let Some(frame) = self.frames.pop() else { return Closed::File(Vec::new(), Vec::new()) };
        let has_brace =
            matches!(self.tokens.get(end).map(|token| &token.kind), Some(TokenKind::Sign(Sign::Close)));
        let after = end + usize::from(has_brace);
        match frame.opening {
            Opening::File => return Closed::File(frame.statements, frame.comments),
            Opening::Declaration(mut statement, mut declaration, open) => {
                if declaration.word == DeclarationWord::Set {
                    self.problems.extend(mistake::mixed_body(&frame.statements));
                }
                let span = self.span_between(open, after);
                declaration.body =
                    Some(Body { span, statements: frame.statements.into(), trailing: frame.comments.into() });
                statement.kind = StatementKind::Declaration(declaration);
                self.finish(*statement, after);
            }
            Opening::Lost(statement, open) => self.keep_lost(statement, open, frame.statements, after),
        }
        Closed::Block(self.after_body(after))
    }

    /// A block whose header could not be read, or is missing: what it declares is checked all the same, as part of the
    /// scheme or framework that it must have been.
    fn keep_lost(
        &mut self,
        statement: Option<Box<Statement>>,
        open: usize,
        inside: Vec<Statement>,
        after: usize,
    ) {
        let mut statement = statement.map_or_else(|| self.begin(open), |statement| *statement);
        if let Some(word) = inside.iter().find_map(belongs_to) {
            let span = self.span_between(open, after);
            let mut declaration = Declaration::of(word, statement.span, statement.span);
            let header = self.tokens.get(..open).unwrap_or_default();
            let first = header.iter().rposition(|token| token.span == statement.span);
            declaration.name = first.and_then(|first| self.name_after(first, open));
            declaration.body = Some(Body { span, statements: inside.into(), trailing: Box::default() });
            statement.kind = StatementKind::Declaration(Box::new(declaration));
        }
        self.finish(statement, after);
    }

    /// After the brace that closes a body its line must end.
    fn after_body(&mut self, after: usize) -> usize {
        let limit = self.frames.last().map_or(self.tokens.len(), |frame| frame.end);
        let rest = self.tokens.get(after).filter(|_| after < limit);
        if rest.is_none_or(|token| {
            matches!(
                token.kind,
                TokenKind::End
                    | TokenKind::Blank
                    | TokenKind::Comment { .. }
                    | TokenKind::Sign(Sign::Close)
            ) || matches!(token.kind, TokenKind::Word(_, meaning) if matches!(meaning.class(), Class::Declaration | Class::Slot))
        }) {
            return after;
        }
        let extent = self.write(after, limit, Inside::Operand);
        self.problems.push(mistake::after_the_end(self.span_between(after, extent.end)));
        let mut statement = self.begin(after);
        statement.kind = StatementKind::Bad;
        self.finish(statement, extent.end);
        extent.end
    }

    /// A statement of which only the beginning is known.
    fn begin(&mut self, at: usize) -> Statement {
        let span = self.tokens.get(at).map(|token| token.span).unwrap_or_default();
        let (comments, blank_before) = match self.frames.last_mut() {
            Some(frame) => (std::mem::take(&mut frame.comments), std::mem::take(&mut frame.blank)),
            None => (Vec::new(), false),
        };
        let blank_before = blank_before || comments.first().is_some_and(|comment| comment.blank_before);
        Statement {
            span,
            remarks: (!comments.is_empty()).then(|| Box::new(Remarks { before: comments, end: None })),
            blank_before,
            kind: StatementKind::Bad,
        }
    }

    /// Puts a statement that ends before `end` into its block.
    fn finish(&mut self, mut statement: Statement, end: usize) {
        // What was begun ends after its last word.
        let before = self.tokens.get(..end).unwrap_or(self.tokens);
        if let Some(last) = before.iter().rev().find(says) {
            statement.span = statement.span.join(last.span);
        }
        if let Some(frame) = self.frames.last_mut() {
            frame.statements.push(statement);
        }
    }

    /// The place of tokens, without the end of the line.
    fn span_between(&self, start: usize, end: usize) -> Span {
        let tokens = self.tokens.get(start..end.max(start)).unwrap_or_default();
        let (first, last) = (tokens.iter().find(says), tokens.iter().rev().find(says));
        match (first, last) {
            (Some(first), Some(last)) => first.span.join(last.span),
            _ => Span::at(self.file, self.tokens.get(start).map_or(0, |token| token.span.start)),
        }
    }

    /// The declaration whose body is being read.
    fn container(&self) -> Option<DeclarationWord> {
        match self.frames.last().map(|frame| &frame.opening) {
            Some(Opening::Declaration(_, declaration, _)) => Some(declaration.word),
            _ => None,
        }
    }

    fn write(&mut self, at: usize, limit: usize, inside: Inside) -> Extent {
        let room = DEEPEST.saturating_sub(self.frames.len().saturating_sub(1));
        self.canonical.write(self.tokens, self.braces, at, limit, inside, room)
    }

    fn statement(&mut self, at: usize) -> usize {
        let Some(frame) = self.frames.last() else { return at + 1 };
        let limit = frame.end;
        let is_lost = matches!(frame.opening, Opening::Lost(..));
        let container = self.container();
        let first = self.tokens.get(at).map(|token| &token.kind);
        match first {
            Some(TokenKind::Word(_, meaning))
                if meaning.state() == State::Later
                    && matches!(meaning.class(), Class::Declaration | Class::Slot) =>
            {
                self.skip_later(at, limit)
            }
            Some(TokenKind::Word(word, _)) => match form(*word, container) {
                Some(Form::Declaration(word, rule)) => self.declaration(at, limit, word, rule),
                Some(Form::Slot(rule)) => self.line(at, limit, rule),
                None => self.unknown(at, limit),
            },
            Some(TokenKind::Sign(Sign::Bar)) => self.line(at, limit, Rule::row),
            // `2 of { block a { … }; block b { … } }`.
            Some(TokenKind::Number { .. }) if self.begins_branches(at, limit) => {
                self.declaration(at, limit, DeclarationWord::Branches, Rule::branches_header)
            }
            Some(TokenKind::Name(..)) if container == Some(DeclarationWord::Set) => {
                self.line(at, limit, Rule::list_members)
            }
            // `load is credits / semester-credits`: a declared quantity.
            Some(TokenKind::Name(..)) if self.declares_quantity(at, limit) => {
                self.line(at, limit, Rule::quantity_line)
            }
            Some(TokenKind::Name(..))
                if form::gives_facts(container)
                    && (container.is_some() || is_lost)
                    && !self.has_block(at, limit)
                    && !self.looks_like_a_slot(at, container) =>
            {
                self.line(at, limit, Rule::given)
            }
            _ => self.unknown(at, limit),
        }
    }

    /// In a scheme a value is stated only now and then, a slot misspelt more often.
    fn looks_like_a_slot(&self, at: usize, container: Option<DeclarationWord>) -> bool {
        let is_scheme = matches!(
            container,
            Some(
                DeclarationWord::Scheme
                    | DeclarationWord::Agreement
                    | DeclarationWord::Adopt
                    | DeclarationWord::AdoptWithDiscretion
            )
        );
        let written = self.tokens.get(at).and_then(|token| self.source.get(token.span.range()));
        is_scheme
            && written.is_none_or(|written| {
                mistake::nearest_opening(written).is_some() || mistake::is_glued(written)
            })
    }

    /// Whether a brace opens on the line of a statement.
    fn has_block(&self, at: usize, limit: usize) -> bool {
        let rest = self.tokens.get(at..limit).unwrap_or_default();
        let line = rest.iter().take_while(|token| !matches!(token.kind, TokenKind::End));
        line.into_iter().any(|token| matches!(token.kind, TokenKind::Sign(Sign::Open)))
    }

    /// Whether a number stands before braces that hold declarations.
    fn begins_branches(&self, at: usize, limit: usize) -> bool {
        let is_of = matches!(self.tokens.get(at + 1).map(|token| &token.kind), Some(TokenKind::Word(word, _)) if word.text() == "of");
        let opens =
            matches!(self.tokens.get(at + 2).map(|token| &token.kind), Some(TokenKind::Sign(Sign::Open)));
        is_of && opens && at + 2 < limit && self.holds_statements(at + 2, self.braces.end(at + 2))
    }

    /// Whether a statement says `is`, and then how a quantity is worked out.
    fn declares_quantity(&self, at: usize, limit: usize) -> bool {
        let line = self.tokens.get(at + 1..limit).unwrap_or_default();
        let mut line = line
            .iter()
            .take_while(|token| !matches!(token.kind, TokenKind::End))
            .skip_while(|token| matches!(token.kind, TokenKind::Text(_)));
        matches!(line.next().map(|token| &token.kind), Some(TokenKind::Word(word, _)) if word.text() == "is")
            && line.any(|token| {
                matches!(token.kind, TokenKind::Bad | TokenKind::Sign(Sign::Times | Sign::Divide))
            })
    }

    /// A statement of the language that is not built yet, whatever it holds.
    fn skip_later(&mut self, at: usize, limit: usize) -> usize {
        let mut statement = self.begin(at);
        let extent = self.write(at, limit, Inside::Operand);
        self.keep_comments(&mut statement, &extent);
        let span = statement.span;
        self.problems.push(mistake::later(span, self.source.get(span.range()).unwrap_or_default()));
        statement.kind = StatementKind::Later;
        self.finish(statement, extent.end);
        extent.end
    }

    fn keep_comments(&self, statement: &mut Statement, extent: &Extent) {
        if extent.comments.is_empty() {
            return;
        }
        let between = extent.comments.iter().filter_map(|&at| self.comment_at(at));
        statement.remarks.get_or_insert_default().before.extend(between);
    }

    /// A slot, a row, or list members.
    fn line(&mut self, at: usize, limit: usize, rule: Rule) -> usize {
        let mut statement = self.begin(at);
        let extent = self.write(at, limit, Inside::Operand);
        self.keep_comments(&mut statement, &extent);
        statement.kind = self.read_line(at, &extent, rule);
        self.finish(statement, extent.end);
        extent.end
    }

    fn read_line(&mut self, at: usize, extent: &Extent, rule: Rule) -> StatementKind {
        if let Some(deep) = extent.too_deep {
            self.too_deep(deep);
            return StatementKind::Bad;
        }
        if let Some(later) = extent.later {
            let span = self.tokens.get(later).map(|token| token.span).unwrap_or_default();
            self.problems.push(mistake::later(span, self.source.get(span.range()).unwrap_or_default()));
            return StatementKind::Later;
        }
        // The rows of a table are read one by one, so that a bad one costs itself.
        let canonical = std::mem::take(&mut self.canonical);
        let rows = extent.tables.first().filter(|_| rule != Rule::row).map(|&open| self.rows(open));
        self.canonical = canonical;
        let Some(rows) = rows.unwrap_or(Some(Vec::new())) else { return StatementKind::Bad };
        let result = Grammar::parse(rule, &self.canonical.text);
        let mut pairs = match result {
            Ok(pairs) => pairs,
            Err(error) => {
                let canonical = std::mem::take(&mut self.canonical);
                let kind = self.failed(&canonical, at, extent, Some(rule), Some(&error));
                self.canonical = canonical;
                return kind;
            }
        };
        let Some(node) = pairs.next() else { return StatementKind::Bad };
        let mut line = Line {
            source: self.source,
            tokens: self.tokens,
            canonical: &self.canonical,
            rows,
            likenesses: Vec::new(),
            problems: Vec::new(),
        };
        let kind = match rule {
            Rule::row => StatementKind::Row(Box::new(line.row(node))),
            Rule::list_members => StatementKind::Members(Box::new(line.ranked(node, false))),
            _ => StatementKind::Slot(line.slot(node)),
        };
        let is_meant = line.problems.is_empty();
        self.likenesses.append(&mut line.likenesses);
        self.problems.append(&mut line.problems);
        if is_meant { kind } else { StatementKind::Bad }
    }

    /// The rows of a table; nothing where one of them could not be read.
    fn rows(&mut self, open: usize) -> Option<Vec<Row>> {
        let end = self.braces.end(open);
        self.open(Opening::Lost(None, open), end);
        let mut at = open + 1;
        while at < end {
            at = match self.tokens.get(at).map(|token| &token.kind) {
                Some(TokenKind::End | TokenKind::Blank | TokenKind::Comment { .. }) => self.step(at),
                // Whatever else stands between the braces is no row.
                _ => self.line(at, end, Rule::row),
            };
        }
        let frame = self.frames.pop()?;
        let mut rows: Vec<Row> = Vec::with_capacity(frame.statements.len());
        for statement in frame.statements {
            let StatementKind::Row(mut row) = statement.kind else { return None };
            if !rows.is_empty() {
                row::with_amounts(&mut row);
            }
            row.remarks = statement.remarks;
            rows.push(*row);
        }
        Some(rows)
    }

    /// What stands in the tree for a statement that could not be read, which is reported once.
    fn failed(
        &mut self,
        canonical: &Canonical,
        at: usize,
        extent: &Extent,
        rule: Option<Rule>,
        error: Option<&Error<Rule>>,
    ) -> StatementKind {
        let span = self.span_between(at, extent.end);
        let next = self.unread.partition_point(|place| place.start < span.start);
        let is_told = extent.has_bad || self.unread.get(next).is_some_and(|place| place.start <= span.end);
        if !is_told {
            let failed = Failed {
                source: self.source,
                tokens: self.tokens,
                canonical,
                start: at,
                end: extent.end,
                rule,
                container: self.container(),
                nearest: if rule.is_none() {
                    self.nearest(at, extent.end).map(|(text, _)| text)
                } else {
                    None
                },
            };
            let problem = failed.problem(error);
            let is_later = problem.code == Code::SyntaxLater;
            self.problems.push(problem);
            if is_later {
                return StatementKind::Later;
            }
        }
        StatementKind::Bad
    }

    fn declaration(&mut self, at: usize, limit: usize, word: DeclarationWord, rule: Rule) -> usize {
        let mut statement = self.begin(at);
        let extent = self.write(at, limit, Inside::Body);
        self.keep_comments(&mut statement, &extent);
        let header = self.span_between(at, extent.end);
        let word_span = self.tokens.get(at).map(|token| token.span).unwrap_or_default();
        let mut declaration = Declaration::of(word, word_span, header);
        let canonical = std::mem::take(&mut self.canonical);
        match Grammar::parse(rule, &canonical.text) {
            Ok(mut pairs) => {
                let line = Line {
                    source: self.source,
                    tokens: self.tokens,
                    canonical: &canonical,
                    rows: Vec::new(),
                    likenesses: Vec::new(),
                    problems: Vec::new(),
                };
                if let Some(node) = pairs.next() {
                    line.header(node, &mut declaration);
                }
            }
            Err(error) => {
                if let Some(later) = extent.later {
                    let span = self.tokens.get(later).map(|token| token.span).unwrap_or_default();
                    self.problems
                        .push(mistake::later(span, self.source.get(span.range()).unwrap_or_default()));
                } else {
                    self.failed(&canonical, at, &extent, Some(rule), Some(&error));
                }
                declaration.name = self.name_after(at, extent.end);
            }
        }
        self.canonical = canonical;
        if extent.has_body {
            return self.body(statement, declaration, extent.end);
        }
        statement.kind = StatementKind::Declaration(Box::new(declaration));
        self.finish(statement, extent.end);
        extent.end
    }

    /// Goes into the body of a declaration, unless it stands too deep.
    fn body(&mut self, mut statement: Statement, declaration: Declaration, open: usize) -> usize {
        let end = self.braces.end(open);
        if self.frames.len() > DEEPEST {
            self.too_deep(open);
            statement.kind = StatementKind::Bad;
            let has_brace =
                matches!(self.tokens.get(end).map(|token| &token.kind), Some(TokenKind::Sign(Sign::Close)));
            let after = end + usize::from(has_brace);
            self.finish(statement, after);
            return after;
        }
        self.open(Opening::Declaration(Box::new(statement), Box::new(declaration), open), end);
        open + 1
    }

    fn too_deep(&mut self, at: usize) {
        let span = self.tokens.get(at).map(|token| token.span).unwrap_or_default();
        let limit = Ratio::from_int(i64::try_from(DEEPEST).unwrap_or(i64::MAX));
        self.problems.push(Problem::new(Code::DepthLimit, span).say("limit", limit));
    }

    /// The first name after a declaration word whose header could not be read.
    fn name_after(&self, at: usize, end: usize) -> Option<super::tree::Name> {
        let header = self.tokens.get(at + 1..end)?;
        header.iter().find_map(|token| match &token.kind {
            TokenKind::Name(text, bracket) => {
                Some(super::tree::Name { text: text.clone(), bracket: *bracket, span: token.span })
            }
            _ => None,
        })
    }

    /// A statement whose first word begins none. With a body it is taken for the declaration that it most looks like.
    fn unknown(&mut self, at: usize, limit: usize) -> usize {
        let mut statement = self.begin(at);
        let extent = self.write(at, limit, Inside::Body);
        self.keep_comments(&mut statement, &extent);
        let near = self.nearest(at, extent.end);
        let canonical = std::mem::take(&mut self.canonical);
        statement.kind = self.failed(&canonical, at, &extent, None, None);
        self.canonical = canonical;
        let near = near.and_then(|(_, meaning)| form(meaning.word(), None));
        if !extent.has_body {
            self.finish(statement, extent.end);
            return extent.end;
        }
        if let Some(Form::Declaration(word, _)) = near {
            let mut declaration = Declaration::of(word, statement.span, self.span_between(at, extent.end));
            declaration.name = self.name_after(at, extent.end);
            return self.body(statement, declaration, extent.end);
        }
        let end = self.braces.end(extent.end);
        if self.holds_statements(extent.end, end) && self.frames.len() <= DEEPEST {
            self.open(Opening::Lost(Some(Box::new(statement)), extent.end), end);
            return extent.end + 1;
        }
        let has_brace =
            matches!(self.tokens.get(end).map(|token| &token.kind), Some(TokenKind::Sign(Sign::Close)));
        let after = end + usize::from(has_brace);
        self.finish(statement, after);
        after
    }

    /// The keyword that a statement's first two words or its first one most look like.
    fn nearest(&mut self, at: usize, end: usize) -> Option<(&'static str, Meaning)> {
        let first = self.tokens.get(at)?.span;
        let second = self.tokens.get(at + 1).filter(|_| at + 1 < end).map(|token| first.join(token.span));
        [second, Some(first)].into_iter().flatten().find_map(|span| {
            let written = self.source.get(span.range())?;
            let known = self.nearest.len();
            if written.len() > LONGEST_WORD || known >= MOST_LOOKED_UP && !self.nearest.contains_key(written)
            {
                return None;
            }
            *self.nearest.entry(written).or_insert_with(|| mistake::nearest_opening(written))
        })
    }

    /// Whether the first thing in a block begins a statement.
    fn holds_statements(&self, open: usize, end: usize) -> bool {
        let inside = self.tokens.get(open + 1..end).unwrap_or_default();
        let first =
            inside.iter().find(|token| !matches!(token.kind, TokenKind::Comment { .. } | TokenKind::Blank));
        matches!(first.map(|token| &token.kind),
            Some(TokenKind::Word(_, meaning)) if matches!(meaning.class(), Class::Declaration | Class::Slot))
    }
}

/// What a statement can only have stood in.
fn belongs_to(statement: &Statement) -> Option<DeclarationWord> {
    let StatementKind::Declaration(declaration) = &statement.kind else { return None };
    match declaration.word {
        DeclarationWord::Rule => Some(DeclarationWord::Scheme),
        DeclarationWord::Dimension => Some(DeclarationWord::Framework),
        _ => None,
    }
}

/// What ended.
enum Closed {
    File(Vec<Statement>, Vec<Comment>),
    /// A block; reading goes on there.
    Block(usize),
}

/// Whether a token says something: all but comments and what parts statements.
fn says(token: &&Token) -> bool {
    !matches!(token.kind, TokenKind::End | TokenKind::Blank | TokenKind::Comment { .. })
}

//! Which brace closes which.
//!
//! Where the braces of a file pair up, layout is never looked at. Only where they do not, a second pass takes the lines'
//! indentation as what the author meant, so that one forgotten brace costs one declaration: an unclosed block ends before
//! the next declaration that is not indented more than its header, and a block whose header is missing ends at its brace.

use rustc_hash::FxHashMap;

use crate::diagnostic::{Code, Problem};
use crate::language::Class;

use super::token::{Sign, Token, TokenKind};

/// The braces of one file.
#[derive(Debug, Default)]
pub(super) struct Braces {
    /// For each brace that opens, where its block ends: the brace that closes it, or the token before which it ends.
    ends: FxHashMap<usize, usize>,
    /// Blocks without a header, from their first statement to the brace that closes nothing.
    pub(super) headless: Vec<(usize, usize)>,
    /// What does not pair up.
    pub(super) problems: Vec<Problem>,
}

impl Braces {
    /// Pairs the braces of a file up.
    pub(super) fn pair(source: &str, tokens: &[Token]) -> Braces {
        let mut braces = Braces::default();
        let mut open: Vec<usize> = Vec::new();
        for (at, token) in tokens.iter().enumerate() {
            match token.kind {
                TokenKind::Sign(Sign::Open) => open.push(at),
                TokenKind::Sign(Sign::Close) => match open.pop() {
                    Some(opener) => {
                        braces.ends.insert(opener, at);
                    }
                    None => return Layout::new(source, tokens).pair(),
                },
                _ => {}
            }
        }
        if open.is_empty() { braces } else { Layout::new(source, tokens).pair() }
    }

    /// Where the block of a brace ends.
    pub(super) fn end(&self, open: usize) -> usize {
        self.ends.get(&open).copied().unwrap_or(open + 1)
    }
}

/// A block that is open.
struct Block {
    open: usize,
    /// The indentation of the line of its brace.
    indent: usize,
    /// The indentation of its statements.
    inner: Option<usize>,
    /// The first statement that is indented more, as if its header were missing.
    headless: Option<usize>,
}

struct Layout<'a> {
    source: &'a str,
    tokens: &'a [Token],
    braces: Braces,
    blocks: Vec<Block>,
    /// The file itself, as a block.
    file: Block,
}

impl<'a> Layout<'a> {
    fn new(source: &'a str, tokens: &'a [Token]) -> Layout<'a> {
        let file = Block { open: 0, indent: 0, inner: Some(0), headless: None };
        Layout { source, tokens, braces: Braces::default(), blocks: Vec::new(), file }
    }

    fn pair(mut self) -> Braces {
        let mut line_indent = 0;
        let mut is_any_indented = false;
        let mut starts_statement = true;
        for (at, token) in self.tokens.iter().enumerate() {
            let is_sound =
                !matches!(token.kind, TokenKind::End | TokenKind::Blank | TokenKind::Comment { .. });
            let first = if is_sound { self.indent(token.span.start as usize) } else { None };
            if let Some(indent) = first {
                line_indent = indent;
                is_any_indented |= indent > 0;
            }
            match token.kind {
                TokenKind::Sign(Sign::Open) => {
                    self.blocks.push(Block { open: at, indent: line_indent, inner: None, headless: None });
                }
                TokenKind::Sign(Sign::Close) => self.close(at, first),
                TokenKind::Word(_, meaning) if starts_statement && meaning.class() == Class::Declaration => {
                    if let Some(indent) = first {
                        self.declaration(at, indent);
                    }
                }
                _ => {}
            }
            if starts_statement
                && is_sound
                && let Some(indent) = first
            {
                self.statement(at, indent);
            }
            if is_sound {
                starts_statement = matches!(token.kind, TokenKind::Sign(Sign::Open | Sign::Close));
            } else if matches!(token.kind, TokenKind::End) {
                starts_statement = true;
            }
        }
        while let Some(block) = self.blocks.pop() {
            self.unclosed(&block, self.tokens.len());
        }
        // Without indentation only the first guess is worth telling.
        self.braces.problems.sort_by_key(|problem| problem.at);
        if !is_any_indented {
            self.braces.problems.truncate(1);
        }
        self.braces.headless.sort_unstable();
        self.braces
    }

    /// The indentation of the line, if nothing but spaces stands before this byte on it.
    fn indent(&self, at: usize) -> Option<usize> {
        const DEEPEST: usize = 400;
        let mut indent = 0;
        for character in self.source.get(..at)?.chars().rev() {
            match character {
                '\n' | '\u{feff}' => return Some(indent),
                ' ' => indent += 1,
                '\t' | '\u{3000}' => indent += 2,
                _ => return None,
            }
            if indent > DEEPEST {
                return None;
            }
        }
        Some(indent)
    }

    fn close(&mut self, at: usize, first: Option<usize>) {
        if let Some(indent) = first {
            while self.blocks.len() > 1
                && self.blocks.last().is_some_and(|block| block.indent > indent)
                && self.blocks.iter().any(|block| block.indent == indent)
            {
                if let Some(block) = self.blocks.pop() {
                    self.unclosed(&block, at);
                }
            }
            let outer = self.blocks.last_mut().unwrap_or(&mut self.file);
            if let Some(headless) = outer.headless
                && outer.inner == Some(indent)
            {
                outer.headless = None;
                self.extra(headless, at);
                return;
            }
        }
        match self.blocks.pop() {
            Some(block) => {
                self.braces.ends.insert(block.open, at);
            }
            None => {
                let from = self.file.headless.take().unwrap_or(at);
                self.extra(from, at);
            }
        }
    }

    fn declaration(&mut self, at: usize, indent: usize) {
        while self.blocks.last().is_some_and(|block| block.indent >= indent && block.open + 1 < at) {
            if let Some(block) = self.blocks.pop() {
                self.unclosed(&block, at);
            }
        }
    }

    fn statement(&mut self, at: usize, indent: usize) {
        let block = self.blocks.last_mut().unwrap_or(&mut self.file);
        match block.inner {
            None => block.inner = Some(indent),
            Some(inner) if indent > inner && block.headless.is_none() => block.headless = Some(at),
            Some(inner) if indent <= inner => block.headless = None,
            _ => {}
        }
    }

    fn unclosed(&mut self, block: &Block, end: usize) {
        self.braces.ends.insert(block.open, end);
        let Some(opener) = self.tokens.get(block.open) else { return };
        // Where it should have been closed: after the last thing in it.
        let inside = self.tokens.get(block.open..end).unwrap_or_default();
        let is_sound = |token: &&Token| {
            !matches!(token.kind, TokenKind::End | TokenKind::Blank | TokenKind::Comment { .. })
        };
        let last = inside.iter().rev().find(is_sound).unwrap_or(opener);
        let problem = Problem::new(Code::BraceUnclosed, last.span).say("name", self.header(block.open));
        self.braces.problems.push(problem.label(opener.span, "open"));
    }

    /// What stands on the line before a brace.
    fn header(&self, open: usize) -> String {
        const LONGEST: usize = 60;
        let at = self.tokens.get(open).map_or(0, |token| token.span.start as usize);
        let line = self.source.get(..at).unwrap_or_default().rsplit(['\n', ';', '；', '{', '｛']).next();
        line.unwrap_or_default().trim().chars().take(LONGEST).collect()
    }

    fn extra(&mut self, from: usize, close: usize) {
        let at = self.tokens.get(from).or_else(|| self.tokens.get(close));
        if let Some(token) = at {
            self.braces.problems.push(Problem::new(Code::BraceExtra, token.span));
        }
        if from < close {
            self.braces.headless.push((from, close));
        }
    }
}

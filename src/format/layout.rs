//! Tokens to statements: which tokens stand together, what braces hold, and where comments and empty lines belong.

use crate::syntax::token::{Sign, Token, TokenKind};

/// Braces deeper than this are printed as they are written: the parser refuses them long before.
const DEEPEST: usize = 64;

/// What braces hold, or a whole file.
#[derive(Default)]
pub(super) struct Block {
    pub(super) items: Vec<Item>,
    /// Comments after the last statement.
    pub(super) trailing: Vec<Remark>,
}

/// A comment on a line of its own.
#[derive(Clone, Copy)]
pub(super) struct Remark {
    pub(super) token: usize,
    pub(super) blank_before: bool,
}

/// One statement.
pub(super) struct Item {
    pub(super) comments: Vec<Remark>,
    pub(super) blank_before: bool,
    pub(super) parts: Vec<Part>,
    /// A comment at the end of its line.
    pub(super) end_comment: Option<usize>,
}

/// A piece of a statement.
pub(super) enum Part {
    /// Tokens, by number.
    Tokens(Vec<usize>),
    /// Braces.
    Braces { open: usize, block: Block, open_comment: Option<usize> },
    /// Braces that lie too deep, from one token to another.
    Raw { open: usize, close: usize },
}

/// Lays out the tokens of a file.
pub(super) fn lay_out(tokens: &[Token]) -> Block {
    let mut layout = Layout { tokens, at: 0 };
    let mut block = layout.block(0).0;
    // A brace that closes nothing ends the block; what follows is kept.
    while layout.at < tokens.len() {
        let more = layout.block(0).0;
        block.items.extend(more.items);
        block.trailing.extend(more.trailing);
    }
    block
}

struct Layout<'a> {
    tokens: &'a [Token],
    at: usize,
}

impl Layout<'_> {
    /// A block up to and with the brace that closes it, and the comment beside the brace that opens it.
    fn block(&mut self, depth: usize) -> (Block, Option<usize>) {
        let mut block = Block::default();
        let mut remarks = Vec::new();
        let mut blank_before = false;
        let mut open_comment = None;
        while let Some(token) = self.tokens.get(self.at) {
            match &token.kind {
                TokenKind::Blank => blank_before = true,
                TokenKind::End => {}
                TokenKind::Comment { own_line: false, .. } => match block.items.last_mut() {
                    Some(item) if item.end_comment.is_none() && remarks.is_empty() => {
                        item.end_comment = Some(self.at)
                    }
                    None if open_comment.is_none() && remarks.is_empty() && depth > 0 => {
                        open_comment = Some(self.at)
                    }
                    _ => remarks.push(Remark { token: self.at, blank_before: false }),
                },
                TokenKind::Comment { blank_before, .. } => {
                    remarks.push(Remark { token: self.at, blank_before: *blank_before });
                }
                TokenKind::Sign(Sign::Close) => {
                    self.at += 1;
                    break;
                }
                _ => {
                    let item =
                        self.item(depth, std::mem::take(&mut remarks), std::mem::take(&mut blank_before));
                    block.items.push(item);
                    continue;
                }
            }
            self.at += 1;
        }
        block.trailing = remarks;
        (block, open_comment)
    }

    fn item(&mut self, depth: usize, comments: Vec<Remark>, blank_before: bool) -> Item {
        let mut item = Item { comments, blank_before, parts: Vec::new(), end_comment: None };
        let mut line = Vec::new();
        while let Some(token) = self.tokens.get(self.at) {
            match &token.kind {
                TokenKind::End => {
                    self.at += 1;
                    break;
                }
                TokenKind::Sign(Sign::Close) => break,
                // A comment inside a statement goes before it.
                TokenKind::Comment { .. } => {
                    item.comments.push(Remark { token: self.at, blank_before: false })
                }
                TokenKind::Blank => {}
                TokenKind::Sign(Sign::Open) => {
                    if !line.is_empty() {
                        item.parts.push(Part::Tokens(std::mem::take(&mut line)));
                    }
                    item.parts.push(self.braces(depth));
                    continue;
                }
                _ => line.push(self.at),
            }
            self.at += 1;
        }
        if !line.is_empty() {
            item.parts.push(Part::Tokens(line));
        }
        item
    }

    fn braces(&mut self, depth: usize) -> Part {
        let open = self.at;
        self.at += 1;
        if depth < DEEPEST {
            let (block, open_comment) = self.block(depth + 1);
            return Part::Braces { open, block, open_comment };
        }
        let mut depth = 1;
        while let Some(token) = self.tokens.get(self.at) {
            match token.kind {
                TokenKind::Sign(Sign::Open) => depth += 1,
                TokenKind::Sign(Sign::Close) => depth -= 1,
                _ => {}
            }
            self.at += 1;
            if depth == 0 {
                break;
            }
        }
        Part::Raw { open, close: self.at.saturating_sub(1) }
    }
}

impl Item {
    /// Its first token.
    pub(super) fn first(&self) -> Option<usize> {
        match self.parts.first()? {
            Part::Tokens(tokens) => tokens.first().copied(),
            Part::Braces { open, .. } | Part::Raw { open, .. } => Some(*open),
        }
    }
}

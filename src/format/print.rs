//! Statements to lines: indentation, braces, tables, comments, and long lists that wrap.

use crate::language::{Class, Lang, Meaning};
use crate::syntax::token::{Sign, Token, TokenKind};

use super::join::{Gap, Piece, join, kinds, with_spaces};
use super::layout::{Block, Item, Part, Remark, lay_out};
use super::order::{rank, sorted};
use super::spell::Context;
use super::width::width;
use super::{own, spell};

/// Lines longer than this wrap after a comma.
const WIDEST: usize = 110;

/// A printed line, and the byte of the source that it comes from.
pub(super) struct Line {
    pub(super) at: usize,
    pub(super) text: String,
}

/// What is printed, and how.
pub(super) struct Printer<'a> {
    tokens: &'a [Token],
    text: &'a str,
    lang: Option<Lang>,
    lines: Vec<Line>,
    sorts: bool,
    /// Whether the last line opened braces.
    has_opened: bool,
}

/// What is around a statement.
#[derive(Clone, Copy)]
struct Around {
    depth: usize,
    style: Lang,
    container: Option<Meaning>,
}

/// A statement ready to be joined.
#[derive(Default)]
struct Draft<'b> {
    pieces: Vec<Piece>,
    /// Braces that open at a piece, with what they hold.
    blocks: Vec<(usize, &'b Block, Option<usize>)>,
}

impl<'a> Printer<'a> {
    pub(super) fn new(tokens: &'a [Token], text: &'a str, lang: Option<Lang>) -> Self {
        Printer { tokens, text, lang, lines: Vec::new(), sorts: true, has_opened: false }
    }

    /// Prints everything; `sorts` puts slots into their fixed order.
    pub(super) fn print(mut self, sorts: bool) -> Vec<Line> {
        self.sorts = sorts;
        let style = self.lang.unwrap_or_else(|| self.style_of_file());
        let tokens = self.tokens;
        self.block(&lay_out(tokens), Around { depth: 0, style, container: None });
        self.lines
    }

    /// The language of most statement words.
    fn style_of_file(&self) -> Lang {
        let words = self.tokens.iter().filter(|token| matches!(token.kind, TokenKind::Word(..)));
        let (mut english, mut chinese) = (0, 0);
        for token in words {
            let is_english = self.source(token).is_ascii();
            *(if is_english { &mut english } else { &mut chinese }) += 1;
        }
        if chinese > english { Lang::Zh } else { Lang::En }
    }

    fn source(&self, token: &Token) -> &'a str {
        self.text.get(token.span.range()).unwrap_or_default()
    }

    fn kind(&self, at: usize) -> Option<&'a TokenKind> {
        self.tokens.get(at).map(|token| &token.kind)
    }

    fn start(&self, at: usize) -> usize {
        self.tokens.get(at).map_or(self.text.len(), |token| token.span.start as usize)
    }

    fn line(&mut self, at: usize, depth: usize, text: &str) {
        let text = if text.is_empty() { String::new() } else { "  ".repeat(depth) + text };
        self.lines.push(Line { at, text });
        self.has_opened = false;
    }

    fn blank(&mut self, at: usize) {
        if !self.has_opened && self.lines.last().is_some_and(|last| !last.text.is_empty()) {
            self.lines.push(Line { at, text: String::new() });
        }
    }

    fn block(&mut self, block: &Block, around: Around) {
        let mut items: Vec<&Item> = block.items.iter().collect();
        if self.sorts {
            items = sorted(items, |item| rank(around.container, self.opening(item)));
        }
        let mut at = 0;
        while at < items.len() {
            if at > 0 && self.parts(items[at - 1], items[at], around.depth) {
                self.blank(items[at].first().map_or(0, |first| self.start(first)));
            }
            let rows = items[at..].iter().take_while(|item| self.is_row(item)).count();
            if rows > 0 {
                self.rows(&items[at..at + rows], around);
                at += rows;
            } else {
                self.item(items[at], around);
                at += 1;
            }
        }
        for remark in &block.trailing {
            self.remark(*remark, around.depth);
        }
    }

    /// Whether an empty line stands between two statements: around a declaration with a body, and in a file between
    /// declarations of different kinds.
    fn parts(&self, one: &Item, next: &Item, depth: usize) -> bool {
        let declaration =
            |item: &Item| self.opening(item).filter(|meaning| meaning.class() == Class::Declaration);
        let has_body = |item: &Item| {
            let filled = |part: &Part| matches!(part, Part::Braces { block, .. } if !block.items.is_empty());
            declaration(item).is_some() && item.parts.iter().any(filled)
        };
        let differ = || match (declaration(one), declaration(next)) {
            (Some(one), Some(next)) => one.word() != next.word(),
            _ => false,
        };
        has_body(one) || has_body(next) || depth == 0 && differ()
    }

    fn remark(&mut self, remark: Remark, depth: usize) {
        if remark.blank_before {
            self.blank(self.start(remark.token));
        }
        let text = self.comment(remark.token);
        self.line(self.start(remark.token), depth, &text);
    }

    /// A comment: 注： stays a comment of that form, every other sign becomes `#`.
    fn comment(&self, token: usize) -> String {
        let Some(Token { kind: TokenKind::Comment { text, .. }, span }) = self.tokens.get(token) else {
            return String::new();
        };
        let written = self.text.get(span.range()).unwrap_or_default();
        let sign = if written.starts_with('注') { "注：" } else { "#" };
        let space = if sign == "#" && !text.is_empty() { " " } else { "" };
        format!("{sign}{space}{text}")
    }

    fn before(&mut self, item: &Item, depth: usize) {
        for remark in &item.comments {
            self.remark(*remark, depth);
        }
        if item.blank_before {
            self.blank(item.first().map_or(0, |first| self.start(first)));
        }
    }

    /// The word that opens a statement.
    fn opening(&self, item: &Item) -> Option<Meaning> {
        match self.kind(item.first()?)? {
            TokenKind::Word(_, meaning)
                if matches!(meaning.class(), Class::Declaration | Class::Slot | Class::Fact) =>
            {
                Some(*meaning)
            }
            _ => None,
        }
    }

    /// Whether a statement of an outcome or a kind gives a fact its value, which is then printed as a slot is.
    fn gives_a_fact(&self, item: &Item, context: Context) -> bool {
        let within = context
            .container
            .is_some_and(|around| matches!(around.id(), "declaration.outcome" | "declaration.kind"));
        within && matches!(item.first().and_then(|first| self.kind(first)), Some(TokenKind::Name(..)))
    }

    fn is_row(&self, item: &Item) -> bool {
        item.first().and_then(|first| self.kind(first)) == Some(&TokenKind::Sign(Sign::Bar))
    }

    /// The language whose signs a statement uses.
    fn style(&self, item: &Item, around: Around) -> Lang {
        if let Some(lang) = self.lang {
            return lang;
        }
        let opener = item.first().and_then(|first| self.tokens.get(first));
        match (self.opening(item), opener) {
            (Some(_), Some(token)) if self.source(token).is_ascii() => Lang::En,
            (Some(_), Some(_)) => Lang::Zh,
            _ => around.style,
        }
    }

    fn item(&mut self, item: &Item, around: Around) {
        self.before(item, around.depth);
        let style = self.style(item, around);
        let opening = self.opening(item);
        let at = item.first().map_or(0, |first| self.start(first));
        let expected = self.expected(item);
        let context =
            Context { lang: style, opening, container: around.container, phrases: true, in_cell: false };
        let mut draft = self.draft(item, context, self.lang.is_some());
        let mut spaces = join(&draft.pieces, &expected, around.container);
        if spaces.is_none() && self.lang.is_some() {
            draft = self.draft(item, Context { phrases: false, ..context }, true);
            spaces = join(&draft.pieces, &expected, around.container);
        }
        if spaces.is_none() && self.lang.is_some() {
            draft = self.draft(item, context, false);
            spaces = join(&draft.pieces, &expected, around.container);
        }
        // A statement that cannot be read is kept with a space between its pieces.
        let spaces =
            spaces.unwrap_or_else(|| draft.pieces.iter().map(|piece| piece.before != Gap::None).collect());
        let inner = Around {
            depth: around.depth + 1,
            style,
            container: opening.filter(|meaning| meaning.class() == Class::Declaration),
        };
        let mut from = 0;
        let mut at_line = at;
        for (open, block, open_comment) in std::mem::take(&mut draft.blocks) {
            let mut head = self.wrapped(&draft.pieces, &spaces, from, open + 1, around.depth);
            if let Some(comment) = open_comment {
                head.push(' ');
                head.push_str(&self.comment(comment));
            }
            self.line(at_line, around.depth, &head);
            self.has_opened = true;
            self.block(block, inner);
            from = open + 1;
            at_line = self.lines.last().map_or(at, |line| line.at.max(at));
        }
        let mut tail = self.wrapped(&draft.pieces, &spaces, from, draft.pieces.len(), around.depth);
        if let Some(comment) = item.end_comment {
            tail.push(' ');
            tail.push_str(&self.comment(comment));
        }
        self.line(at_line, around.depth, &tail);
    }

    /// The tokens that a statement must be read as; what stands in braces on lines of its own is left out.
    fn expected(&self, item: &Item) -> Vec<&'a TokenKind> {
        let mut expected = Vec::new();
        let mut last = None;
        for part in &item.parts {
            match part {
                Part::Tokens(numbers) => {
                    expected.extend(kinds(self.tokens, numbers));
                    last = numbers.last().copied();
                }
                Part::Braces { block, .. } => {
                    expected.push(&TokenKind::Sign(Sign::Open));
                    if let Some(inner) = self.inline(block, last) {
                        expected.extend(self.expected(inner));
                    }
                    expected.push(&TokenKind::Sign(Sign::Close));
                }
                Part::Raw { open, close } => {
                    expected.extend(
                        self.tokens.get(*open..=*close).into_iter().flatten().map(|token| &token.kind),
                    );
                }
            }
        }
        expected
    }

    /// The only statement of braces that stay on their line: members after `of`.
    fn inline<'b>(&self, block: &'b Block, before: Option<usize>) -> Option<&'b Item> {
        let of = match self.kind(before?)? {
            TokenKind::Word(word, _) => matches!(word.text(), "of" | "any of" | "all of"),
            _ => false,
        };
        match block.items.as_slice() {
            [item]
                if of
                    && block.trailing.is_empty()
                    && item.comments.is_empty()
                    && item.end_comment.is_none()
                    && !self.is_row(item) =>
            {
                Some(item)
            }
            _ => None,
        }
    }

    fn draft<'b>(&self, item: &'b Item, context: Context, translated: bool) -> Draft<'b> {
        let mut draft = Draft::default();
        self.fill(&mut draft, item, context, translated);
        draft
    }

    fn fill<'b>(&self, draft: &mut Draft<'b>, item: &'b Item, context: Context, translated: bool) {
        let style = context.lang;
        let sign = |sign| own::sign_text(sign, "", style, None);
        let mut last = None;
        for (number, part) in item.parts.iter().enumerate() {
            match part {
                Part::Tokens(numbers) => {
                    let opens =
                        number == 0 && (context.opening.is_some() || self.gives_a_fact(item, context));
                    let mut pieces = if translated {
                        spell::pieces(self.tokens, self.text, numbers, context, opens)
                    } else {
                        own::pieces(self.tokens, self.text, numbers, self.end_of(numbers), style, opens)
                    };
                    if let Some(first) = pieces.first_mut() {
                        first.before = own::gap(
                            draft.pieces.last().map(|piece| piece.text.as_str()),
                            &first.text,
                            style,
                            None,
                        );
                    }
                    if opens && style.is_chinese() && pieces.len() > 1 {
                        if let Some(opener) = pieces.first_mut() {
                            opener.text.push('：');
                        }
                        pieces[1].before = Gap::None;
                    }
                    draft.pieces.extend(pieces);
                    last = numbers.last().copied();
                }
                Part::Braces { block, open_comment, .. } => {
                    let before = if style.is_chinese() { Gap::None } else { Gap::Space };
                    draft.pieces.push(Piece { text: sign(Sign::Open).to_owned(), before });
                    if let Some(inner) = self.inline(block, last) {
                        let from = draft.pieces.len();
                        let inner_context =
                            Context { opening: self.opening(inner).filter(|_| false), ..context };
                        self.fill(draft, inner, inner_context, translated);
                        if let Some(first) = draft.pieces.get_mut(from) {
                            first.before = before;
                        }
                    } else if !block.items.is_empty() || !block.trailing.is_empty() || open_comment.is_some()
                    {
                        draft.blocks.push((draft.pieces.len() - 1, block, *open_comment));
                    }
                    draft.pieces.push(Piece { text: sign(Sign::Close).to_owned(), before });
                }
                Part::Raw { open, close } => {
                    let text = self.text.get(self.start(*open)..self.start(*close + 1)).unwrap_or_default();
                    draft.pieces.push(Piece { text: text.trim_end().to_owned(), before: Gap::Space });
                }
            }
        }
    }

    /// Where the text after the last of some tokens ends: at the next token of the file.
    fn end_of(&self, numbers: &[usize]) -> usize {
        let next = numbers.iter().max().map_or(0, |last| last + 1);
        let end = self.tokens.get(next).map_or(self.text.len(), |token| token.span.start as usize);
        let stop =
            numbers.iter().filter_map(|&at| self.tokens.get(at)).map(|token| token.span.end as usize).max();
        end.max(stop.unwrap_or(0))
    }

    /// Pieces from one to another on a line, and on more lines after commas where it is too long.
    fn wrapped(&self, pieces: &[Piece], spaces: &[bool], from: usize, to: usize, depth: usize) -> String {
        let (pieces, spaces) =
            (pieces.get(from..to).unwrap_or_default(), spaces.get(from..to).unwrap_or_default());
        let whole = with_spaces(pieces, spaces);
        if width(&whole) + 2 * depth <= WIDEST {
            return whole;
        }
        let mut lines: Vec<String> = vec![String::new()];
        let mut start = 0;
        for end in 1..=pieces.len() {
            let is_comma = |at: usize| matches!(pieces[at].text.as_str(), "," | "，" | "、");
            if end < pieces.len() && !is_comma(end - 1) {
                continue;
            }
            let run = with_spaces(&pieces[start..end], &spaces[start..end]);
            let indent = 2 * depth + if lines.len() > 1 { 4 } else { 0 };
            let space = if spaces[start] && start > 0 { " " } else { "" };
            match lines.last_mut() {
                Some(line)
                    if line.is_empty() || indent + width(line) + space.len() + width(&run) <= WIDEST =>
                {
                    line.push_str(if line.is_empty() { "" } else { space });
                    line.push_str(&run);
                }
                _ => lines.push(run),
            }
            start = end;
        }
        lines.join(&format!("\n{}", "  ".repeat(depth + 2)))
    }

    /// Rows of a table, their cells one under another.
    fn rows(&mut self, items: &[&Item], around: Around) {
        let style = around.style;
        let cells: Vec<Vec<String>> = items.iter().map(|item| self.cells(item, style)).collect();
        let columns = cells.iter().map(Vec::len).max().unwrap_or(0);
        let widest: Vec<usize> = (0..columns)
            .map(|column| {
                cells.iter().filter_map(|row| row.get(column)).map(|cell| width(cell)).max().unwrap_or(0)
            })
            .collect();
        let bar = own::sign_text(Sign::Bar, "", style, None);
        for (item, row) in items.iter().zip(&cells) {
            self.before(item, around.depth);
            let mut text = String::from(bar);
            for (cell, widest) in row.iter().zip(&widest) {
                let padding = " ".repeat(widest - width(cell));
                text.push_str(&format!(" {cell}{padding} {bar}"));
            }
            if let Some(comment) = item.end_comment {
                text.push(' ');
                text.push_str(&self.comment(comment));
            }
            let at = item.first().map_or(0, |first| self.start(first));
            self.line(at, around.depth, &text);
        }
    }

    fn cells(&self, item: &Item, style: Lang) -> Vec<String> {
        let numbers: Vec<usize> = item
            .parts
            .iter()
            .flat_map(|part| match part {
                Part::Tokens(numbers) => numbers.clone(),
                Part::Braces { .. } | Part::Raw { .. } => Vec::new(),
            })
            .collect();
        let mut cells = Vec::new();
        let mut cell = Vec::new();
        for at in numbers.into_iter().skip(1) {
            if self.kind(at) == Some(&TokenKind::Sign(Sign::Bar)) {
                cells.push(self.cell(&std::mem::take(&mut cell), style));
            } else {
                cell.push(at);
            }
        }
        if !cell.is_empty() {
            cells.push(self.cell(&cell, style));
        }
        cells
    }

    fn cell(&self, numbers: &[usize], style: Lang) -> String {
        let bar =
            || Piece { text: own::sign_text(Sign::Bar, "", style, None).to_owned(), before: Gap::Space };
        let mut expected = vec![&TokenKind::Sign(Sign::Bar)];
        expected.extend(kinds(self.tokens, numbers));
        expected.push(&TokenKind::Sign(Sign::Bar));
        let drafts = |translated: bool, phrases: bool| {
            let inside = if translated {
                let context = Context { lang: style, opening: None, container: None, phrases, in_cell: true };
                spell::pieces(self.tokens, self.text, numbers, context, false)
            } else {
                own::pieces(self.tokens, self.text, numbers, self.end_of(numbers), style, false)
            };
            let mut pieces = vec![bar()];
            pieces.extend(inside);
            pieces.push(bar());
            pieces
        };
        let translated = self.lang.is_some();
        for (translated, phrases) in [(translated, true), (translated, false), (false, false)] {
            let pieces = drafts(translated, phrases);
            if let Some(spaces) = join(&pieces, &expected, None) {
                let last = pieces.len() - 1;
                return with_spaces(&pieces[1..last], &spaces[1..last]);
            }
        }
        let pieces = drafts(false, false);
        let spaces = vec![true; pieces.len()];
        with_spaces(&pieces[1..pieces.len() - 1], &spaces[1..pieces.len() - 1])
    }
}

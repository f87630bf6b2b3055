//! The texts themselves, and where a byte lies in lines and columns.

use std::sync::Arc;

use super::markdown::{self, Fence};
use super::{FileId, NotUtf8, Position, Span, content_hash, decode};

/// One file: its path in the package and its text.
#[derive(Clone, Debug)]
pub struct Source {
    /// The path inside the package, with `/`.
    pub path: String,
    /// The text as it was written, which is what messages show.
    pub text: Arc<str>,
    /// Where the bytes stop being UTF-8; `text` then ends before that byte, and there is nothing to parse.
    pub broken: Option<NotUtf8>,
    code: Arc<str>,
    fences: Vec<Fence>,
    line_starts: Vec<u32>,
}

impl Source {
    /// A file; for a `.qf.md` its fenced blocks are found here.
    ///
    /// A place holds 32-bit offsets. Of a text of 4 GiB or more, the part beyond has no places.
    pub fn new(path: impl Into<String>, text: impl Into<Arc<str>>) -> Source {
        let (path, text) = (path.into(), text.into());
        let (code, fences) = if path.ends_with(".qf.md") {
            let blanked = markdown::blank(&text);
            (Arc::from(blanked.text), blanked.fences)
        } else {
            (Arc::clone(&text), Vec::new())
        };
        let after_newline = |(at, byte): (usize, u8)| (byte == b'\n').then(|| u32::try_from(at + 1).ok());
        let line_starts =
            std::iter::once(0).chain(text.bytes().enumerate().filter_map(after_newline).flatten()).collect();
        Source { path, text, broken: None, code, fences, line_starts }
    }

    /// A file as it was read from a disk or a network, whatever its bytes are.
    pub fn from_bytes(path: impl Into<String>, bytes: &[u8]) -> Source {
        match decode(bytes) {
            Ok(text) => Source::new(path, text),
            Err(broken) => {
                let sound =
                    bytes.get(..broken.offset).and_then(|sound| decode(sound).ok()).unwrap_or_default();
                Source { broken: Some(broken), ..Source::new(path, sound) }
            }
        }
    }

    /// What is to be parsed, byte for byte in the places of `text`: in a `.qf.md`, all that is not fenced is
    /// blank.
    pub fn code(&self) -> &Arc<str> {
        &self.code
    }

    /// The fenced blocks of a `.qf.md`, in order.
    pub fn fences(&self) -> &[Fence] {
        &self.fences
    }

    /// The line and column of a byte. Inside a character it is that of the character; after the end, of the
    /// end.
    pub fn position(&self, offset: u32) -> Position {
        let mut offset = (offset as usize).min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        let line = self.line_starts.partition_point(|&start| start as usize <= offset);
        let start =
            line.checked_sub(1).and_then(|line| self.line_starts.get(line)).map_or(0, |&at| at as usize);
        let before = self.text.get(start..offset).unwrap_or_default();
        // No editor counts a byte order mark.
        let column = before.trim_start_matches('\u{feff}').chars().count() + 1;
        Position { line: narrow(line), column: narrow(column) }
    }

    /// The byte of a line and column; of the end of the line when it is shorter, nothing when there is no such
    /// line.
    pub fn offset(&self, position: Position) -> Option<u32> {
        let start = *self.line_starts.get(position.line.checked_sub(1)? as usize)?;
        let line = self.line(position.line)?;
        let mark = line.len() - line.trim_start_matches('\u{feff}').len();
        let nth = position.column.saturating_sub(1) as usize;
        let within = line.get(mark..)?.char_indices().nth(nth).map_or(line.len(), |(at, _)| mark + at);
        Some(start + narrow(within))
    }

    /// The text of a line, counted from 1, without its end.
    pub fn line(&self, line: u32) -> Option<&str> {
        let index = line.checked_sub(1)? as usize;
        let start = *self.line_starts.get(index)? as usize;
        let end = self.line_starts.get(index + 1).map_or(self.text.len(), |&next| next as usize);
        let line = self.text.get(start..end)?;
        let line = line.strip_suffix('\n').unwrap_or(line);
        Some(line.strip_suffix('\r').unwrap_or(line))
    }

    /// How many lines there are; a text that ends in a newline has an empty one after it.
    pub fn line_count(&self) -> u32 {
        narrow(self.line_starts.len())
    }

    /// The nearest heading above a byte of a `.qf.md` block.
    pub fn heading(&self, offset: u32) -> Option<&str> {
        let fence = self.fences.iter().find(|fence| fence.start <= offset && offset <= fence.end)?;
        fence.heading.as_deref()
    }
}

/// The files of a compilation.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    files: Vec<Source>,
}

impl Sources {
    /// No files yet.
    pub fn new() -> Sources {
        Sources::default()
    }

    /// Takes a file in and numbers it.
    pub fn add(&mut self, path: impl Into<String>, text: impl Into<Arc<str>>) -> FileId {
        self.push(Source::new(path, text))
    }

    /// Takes a file in and numbers it.
    pub fn push(&mut self, source: Source) -> FileId {
        let id = FileId(narrow(self.files.len()));
        self.files.push(source);
        id
    }

    /// The file of that number.
    pub fn get(&self, file: FileId) -> Option<&Source> {
        self.files.get(file.0 as usize)
    }

    /// The file at a path.
    pub fn find(&self, path: &str) -> Option<FileId> {
        self.files.iter().position(|source| source.path == path).map(|at| FileId(narrow(at)))
    }

    /// Every file with its number, in the order of adding.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (FileId, &Source)> {
        self.files.iter().enumerate().map(|(at, source)| (FileId(narrow(at)), source))
    }

    /// How many files.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// The identity of the package: the same on every machine and in every order of files.
    pub fn hash(&self) -> String {
        content_hash(self.files.iter().map(|source| (source.path.as_str(), source.text.as_bytes())))
    }

    /// What is written at a place; empty when the place is in no text.
    pub fn snippet(&self, span: Span) -> &str {
        self.get(span.file).and_then(|source| source.text.get(span.range())).unwrap_or_default()
    }

    /// The line and column where a place starts.
    pub fn position(&self, span: Span) -> Option<Position> {
        self.get(span.file).map(|source| source.position(span.start))
    }
}

/// Counts of lines, characters and files, which memory bounds long before 32 bits.
fn narrow(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn at(line: u32, column: u32) -> Position {
        Position { line, column }
    }

    #[test]
    fn columns_count_characters_and_lines_end_where_they_are_written_to_end() {
        let source = Source::new("a.qf", "unit 学分\r\n\nstep 1");
        assert_eq!(source.position(0), at(1, 1));
        assert_eq!(source.position(5), at(1, 6));
        assert_eq!(source.position(8), at(1, 7));
        assert_eq!(source.position(9), at(1, 7), "inside 分");
        assert_eq!(source.position(13), at(2, 1));
        assert_eq!(source.position(14), at(3, 1));
        assert_eq!(source.position(999), at(3, 7));
        assert_eq!(source.line(1), Some("unit 学分"));
        assert_eq!((source.line(2), source.line(3), source.line(4)), (Some(""), Some("step 1"), None));
        assert_eq!(source.line_count(), 3);
    }

    #[test]
    fn a_byte_order_mark_is_not_counted() {
        let source = Source::new("a.qf", "\u{feff}unit");
        assert_eq!(source.position(3), at(1, 1));
        assert_eq!(source.position(4), at(1, 2));
        assert_eq!(source.offset(at(1, 1)), Some(3));
    }

    #[test]
    fn every_character_is_found_again_by_its_line_and_column() {
        let source = Source::new("a.qf", "一 b\n\n三 é🙂 d\n");
        for (offset, character) in source.text.char_indices().filter(|&(_, character)| character != '\n') {
            let offset = u32::try_from(offset).unwrap();
            assert_eq!(source.offset(source.position(offset)), Some(offset), "{character}");
        }
        assert_eq!(source.offset(at(1, 99)), Some(5));
        assert_eq!((source.offset(at(0, 1)), source.offset(at(9, 1))), (None, None));
    }

    #[test]
    fn files_are_numbered_as_they_come_and_show_what_is_written() {
        let mut sources = Sources::new();
        let first = sources.add("a.qf", "credit ects");
        let second = sources.add("b.qf", "学分");
        assert_eq!((sources.find("b.qf"), sources.find("c.qf"), sources.len()), (Some(second), None, 2));
        assert_eq!(sources.snippet(Span::new(first, 7, 11)), "ects");
        assert_eq!(sources.snippet(Span::new(second, 1, 3)), "", "not at a character");
        assert_eq!(sources.position(Span::at(second, 3)), Some(at(1, 2)));
    }

    #[test]
    fn a_markdown_file_shows_its_text_and_gives_its_blocks_to_the_parser() {
        let source = Source::new("rules.qf.md", "# 第三条\n```qf\nunit\n```\n");
        assert!(source.text.starts_with("# 第三条"));
        assert_eq!(source.code().trim(), "unit");
        assert_eq!(source.code().find("unit"), source.text.find("unit"));
        let inside = u32::try_from(source.text.find("unit").unwrap()).unwrap();
        assert_eq!((source.heading(inside), source.heading(0)), (Some("第三条"), None));
    }
}

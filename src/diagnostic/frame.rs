//! A problem as people read it: its sentence, the lines it speaks of with the place underlined, and what to do.
//!
//! This is the only file that knows miette. It never wraps a sentence, so that it can be copied, and never prints a control
//! character of a source. The one idea: a frame is drawn over a small copy of the lines that matter, clipped where they
//! are long; without the feature `cli` the same is said in plain lines.

use std::fmt::Write as _;

use crate::source::{Position, Source, Sources, Span};

use super::catalogue::{MessageLanguage, Rendered, sentence};
use super::code::Severity;
use super::problem::Problem;

/// How frames look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Look<'a> {
    /// The language of sentences and headings.
    pub language: MessageLanguage,
    /// Whether colours are wanted.
    pub colour: bool,
    /// What goes before each path: the folder of the package with a `/` at its end, or nothing.
    pub folder: &'a str,
}

/// One problem, with its lines.
pub fn frame(problem: &Problem, sources: &Sources, look: Look<'_>) -> String {
    let said = sentence(problem, look.language);
    let heading = format!("{} {}", severity_word(said.severity, look.language), said.code.id());
    let mut text = match sources.get(problem.at.file) {
        Some(source) => drawn(problem, &said, source, &heading, look),
        None => format!("{heading}\n\n  {}\n", said.sentence),
    };
    for (at, label) in elsewhere(problem, &said, sources, look) {
        let _ = writeln!(text, "  {label}{}{at}", colon(look.language));
    }
    if !said.help.is_empty() {
        let (before, after) = if look.colour { ("\u{1b}[36m", "\u{1b}[0m") } else { ("", "") };
        let _ = writeln!(text, "  {before}{}{after}{}", help_word(look.language), said.help);
    }
    text
}

/// How severe, in words.
pub fn severity_word(severity: Severity, language: MessageLanguage) -> &'static str {
    match (severity, language) {
        (Severity::Error, MessageLanguage::English) => "error",
        (Severity::Error, MessageLanguage::Chinese) => "错误",
        (Severity::Warning, MessageLanguage::English) => "warning",
        (Severity::Warning, MessageLanguage::Chinese) => "提醒",
    }
}

const fn help_word(language: MessageLanguage) -> &'static str {
    match language {
        MessageLanguage::English => "help: ",
        MessageLanguage::Chinese => "帮助：",
    }
}

const fn colon(language: MessageLanguage) -> &'static str {
    match language {
        MessageLanguage::English => ": ",
        MessageLanguage::Chinese => "：",
    }
}

/// How far a second place may be from the first to be drawn in the same lines.
const NEAR_LINES: u32 = 12;

/// Whether a second place is drawn with the first.
fn is_near(problem: &Problem, other: Span, source: &Source) -> bool {
    let lines = (source.position(problem.at.start).line, source.position(other.start).line);
    other.file == problem.at.file && lines.0.abs_diff(lines.1) <= NEAR_LINES
}

/// The second places that stand in other files or far away, as `path:line:column` with their labels.
fn elsewhere(problem: &Problem, said: &Rendered, sources: &Sources, look: Look<'_>) -> Vec<(String, String)> {
    let far = |(at, label): &(Span, String)| {
        let source = sources.get(at.file)?;
        if is_near(problem, *at, source) {
            return None;
        }
        let Position { line, column } = source.position(at.start);
        Some((format!("{}{}:{line}:{column}", look.folder, source.path), label.clone()))
    };
    said.labels.iter().filter_map(far).collect()
}

/// The lines that a frame is drawn over: cut out of their file, long ones clipped, odd characters replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Snippet {
    text: String,
    /// The number of its first line.
    first_line: u32,
    /// Where each place starts and ends in `text`, the problem's own first.
    marks: Vec<(usize, usize)>,
}

/// How many characters of a long line are shown, and how many of them stand before the place.
const CLIPPED: (usize, usize) = (160, 40);

impl Snippet {
    /// Cuts out the lines of some places of one file, and one line around them.
    fn of(source: &Source, places: &[Span]) -> Snippet {
        let lines = || places.iter().map(|place| source.position(place.start).line);
        let first_line = lines().min().unwrap_or(1).saturating_sub(1).max(1);
        let last_line = lines().max().unwrap_or(1).saturating_add(1).min(source.line_count());
        let mut snippet = Snippet { text: String::new(), first_line, marks: vec![(0, 0); places.len()] };
        for number in first_line..=last_line {
            let line = source.line(number).unwrap_or_default();
            let start = source.offset(Position { line: number, column: 1 }).unwrap_or(0) as usize;
            let here: Vec<(usize, usize, usize)> = places
                .iter()
                .enumerate()
                .filter(|(_, place)| source.position(place.start).line == number)
                // A place that goes on over lines is underlined to the end of its first one.
                .map(|(at, place)| (at, clamp(place.start, start, line), clamp(place.end, start, line)))
                .collect();
            snippet.push_line(line.trim_start_matches('\u{feff}'), &here);
            // No empty line after the last statement of a file.
            if number < last_line && !(number + 1 == last_line && source.line(last_line) == Some("")) {
                snippet.text.push('\n');
            }
        }
        snippet
    }

    /// Adds a line with the places on it: their number, first and last byte.
    fn push_line(&mut self, line: &str, places: &[(usize, usize, usize)]) {
        let (shown, before) = CLIPPED;
        let count = line.chars().count();
        let start = places.iter().map(|place| place.1).min().unwrap_or(0);
        let skipped = match line.get(..start).map(|text| text.chars().count()) {
            Some(column) if count > shown => column.saturating_sub(before),
            _ => 0,
        };
        if skipped > 0 {
            self.text.push('…');
        }
        for &(at, ..) in places {
            self.marks[at] = (self.text.len(), self.text.len());
        }
        for (offset, character) in line.char_indices().skip(skipped).take(shown) {
            self.text.push(visible(character));
            for &(at, start, end) in places {
                if offset < start {
                    self.marks[at] = (self.text.len(), self.text.len());
                } else if offset < end {
                    self.marks[at].1 = self.text.len();
                }
            }
        }
        if skipped + shown < count {
            self.text.push('…');
        }
    }
}

/// A byte of a file as a byte of one of its lines.
fn clamp(offset: u32, start: usize, line: &str) -> usize {
    (offset as usize).saturating_sub(start).min(line.len())
}

/// A character that a terminal shows as itself, and only shows.
fn visible(character: char) -> char {
    match character {
        '\t' => '\t',
        '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' => {
            '\u{fffd}'
        }
        other if other.is_control() => '\u{fffd}',
        other => other,
    }
}

/// The places that are drawn: the problem's own, then the near ones with their labels.
fn drawn_places(problem: &Problem, said: &Rendered, source: &Source) -> (Vec<Span>, Vec<Option<String>>) {
    let near = said.labels.iter().filter(|(at, _)| is_near(problem, *at, source));
    let mut places = vec![problem.at];
    let mut labels = vec![None];
    for (at, label) in near {
        places.push(*at);
        labels.push(Some(label.clone()));
    }
    (places, labels)
}

#[cfg(feature = "cli")]
use graphical::drawn;
#[cfg(not(feature = "cli"))]
use plain::drawn;

#[cfg(any(test, not(feature = "cli")))]
mod plain {
    //! Frames without a terminal library: the line, and its places with their labels.

    use super::*;

    pub(super) fn drawn(
        problem: &Problem,
        said: &Rendered,
        source: &Source,
        heading: &str,
        look: Look<'_>,
    ) -> String {
        let Position { line, column } = source.position(problem.at.start);
        let mut text =
            format!("{heading}\n\n  {}\n  {}{}:{line}:{column}\n", said.sentence, look.folder, source.path);
        let _ = writeln!(text, "  | {}", Snippet::of(source, &[problem.at]).text.replace('\n', "\n  | "));
        let (places, labels) = drawn_places(problem, said, source);
        for (place, label) in places.iter().zip(labels).skip(1) {
            let Position { line, column } = source.position(place.start);
            let (label, colon) = (label.unwrap_or_default(), colon(look.language));
            let _ = writeln!(text, "  {label}{colon}{}{}:{line}:{column}", look.folder, source.path);
        }
        text
    }
}

#[cfg(feature = "cli")]
mod graphical {
    //! Frames as miette draws them.

    use std::fmt;

    use miette::{
        Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents,
        SourceCode, SourceSpan, SpanContents,
    };

    use super::*;

    pub(super) fn drawn(
        problem: &Problem,
        said: &Rendered,
        source: &Source,
        heading: &str,
        look: Look<'_>,
    ) -> String {
        let (places, labels) = drawn_places(problem, said, source);
        let snippet = Snippet::of(source, &places);
        let mark = |(at, label): (usize, Option<String>)| {
            let (start, end) = snippet.marks.get(at).copied().unwrap_or_default();
            // The problem's own place is the one whose line and column stand in the head of the frame.
            let span = (start, end - start);
            if at == 0 {
                LabeledSpan::new_primary_with_span(label, span)
            } else {
                LabeledSpan::new_with_span(label, span)
            }
        };
        let drawing = Drawing {
            sentence: said.sentence.clone(),
            heading: heading.to_owned(),
            severity: said.severity,
            marks: labels.into_iter().enumerate().map(mark).collect(),
            code: Lines {
                snippet: &snippet,
                path: format!("{}{}", look.folder, source.path),
                at: source.position(problem.at.start),
            },
        };
        let theme = if look.colour { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
        let handler = GraphicalReportHandler::new_themed(theme).with_wrap_lines(false).with_links(false);
        let mut text = String::new();
        match handler.render_report(&mut text, &drawing) {
            Ok(()) => text,
            // A drawing that cannot be made must not swallow what was to be said.
            Err(fmt::Error) => format!("{heading}\n\n  {}\n", said.sentence),
        }
    }

    #[derive(Debug)]
    struct Drawing<'a> {
        sentence: String,
        heading: String,
        severity: Severity,
        marks: Vec<LabeledSpan>,
        code: Lines<'a>,
    }

    impl fmt::Display for Drawing<'_> {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str(&self.sentence)
        }
    }

    impl std::error::Error for Drawing<'_> {}

    impl Diagnostic for Drawing<'_> {
        fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
            Some(Box::new(&self.heading))
        }

        fn severity(&self) -> Option<miette::Severity> {
            Some(match self.severity {
                Severity::Error => miette::Severity::Error,
                Severity::Warning => miette::Severity::Warning,
            })
        }

        fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
            Some(Box::new(self.marks.iter().cloned()))
        }

        fn source_code(&self) -> Option<&dyn SourceCode> {
            Some(&self.code)
        }
    }

    /// A snippet that knows the numbers of its lines, and the column in characters.
    #[derive(Debug)]
    struct Lines<'a> {
        snippet: &'a Snippet,
        path: String,
        at: Position,
    }

    impl SourceCode for Lines<'_> {
        fn read_span<'a>(
            &'a self,
            span: &SourceSpan,
            before: usize,
            after: usize,
        ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
            let inner = self.snippet.text.as_str().read_span(span, before, after)?;
            let is_head = before == 0 && after == 0;
            let first = self.snippet.first_line as usize - 1;
            let (line, column) = if is_head {
                (self.at.line as usize - 1, self.at.column as usize - 1)
            } else {
                (first + inner.line(), inner.column())
            };
            Ok(Box::new(MietteSpanContents::new_named(
                self.path.clone(),
                inner.data(),
                *inner.span(),
                line,
                column,
                inner.line_count(),
            )))
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::diagnostic::{Code, Said};
    use crate::source::FileId;

    fn place(sources: &Sources, text: &str, nth: usize) -> Span {
        let (file, source) = sources.iter().next().unwrap();
        let start = source.text.match_indices(text).nth(nth).unwrap().0;
        let narrow = |at: usize| u32::try_from(at).unwrap();
        Span::new(file, narrow(start), narrow(start + text.len()))
    }

    fn look(language: MessageLanguage) -> Look<'static> {
        Look { language, ..ENGLISH }
    }

    const ENGLISH: Look<'static> = Look { language: MessageLanguage::English, colour: false, folder: "" };

    #[test]
    fn a_frame_underlines_the_place_in_chinese_text() {
        let mut sources = Sources::new();
        sources.add(
            "免考.qf",
            "规则：四级免英语｛\n  条件：成绩不低于425分\n  转换为：《英语二》\n  认定：课程学分\n｝\n",
        );
        let problem = Problem::new(Code::NameUnknown, place(&sources, "《英语二》", 0))
            .say("kind", "课程")
            .say("title", "英语二")
            .say("nearest", vec![Said::Titled { title: "英语（二）".into(), code: Some("00015".into()) }]);
        insta::assert_snapshot!(frame(&problem, &sources, look(MessageLanguage::Chinese)), @r#"
        错误 name/unknown

          × 没有名为《英语二》的课程。
           ╭─[免考.qf:3:7]
         2 │   条件：成绩不低于425分
         3 │   转换为：《英语二》
           ·           ──────────
         4 │   认定：课程学分
           ╰────
          帮助：相近的有《英语（二）》（00015）。名称须与公布的完全一致，括号也算；或直接写代码。
        "#);
        insta::assert_snapshot!(frame(&problem, &sources, ENGLISH), @r#"
        error name/unknown

          × No 课程 is titled 《英语二》.
           ╭─[免考.qf:3:7]
         2 │   条件：成绩不低于425分
         3 │   转换为：《英语二》
           ·           ──────────
         4 │   认定：课程学分
           ╰────
          help: Nearest: 《英语（二）》 (00015). Titles must match the published ones, brackets included; or write the code.
        "#);
    }

    #[test]
    fn a_second_place_is_drawn_when_it_is_near_and_named_when_it_is_far() {
        let mut sources = Sources::new();
        sources.add("a.qf", format!("body college\nbody college\n{}body college\n", "\n".repeat(30)));
        let problem = |nth| {
            Problem::new(Code::NameDuplicate, place(&sources, "college", nth))
                .say("name", "college")
                .label(place(&sources, "college", 0), "first")
        };
        insta::assert_snapshot!(frame(&problem(1), &sources, ENGLISH), @r#"
        error name/duplicate

          × `college` is declared twice
           ╭─[a.qf:2:6]
         1 │ body college
           ·      ───┬───
           ·         ╰── first declared here
         2 │ body college
           ·      ───────
           ╰────
          help: give one of them another name
        "#);
        insta::assert_snapshot!(frame(&problem(2), &sources, look(MessageLanguage::Chinese)), @r#"
        错误 name/duplicate

          × “college”声明了两次
            ╭─[a.qf:33:6]
         32 │ 
         33 │ body college
            ·      ───────
            ╰────
          第一次在这里声明：a.qf:1:6
          帮助：给其中一个另取名称
        "#);
    }

    #[test]
    fn a_long_line_is_clipped_and_no_control_character_gets_through() {
        let mut sources = Sources::new();
        let line = format!("{} @ {}", "规则、".repeat(200), "x ".repeat(500));
        sources.add("a.qf", format!("\u{1b}[31mbody\u{200b}\n{line}"));
        let problem = Problem::new(Code::CharacterUnknown, place(&sources, "@", 0))
            .say("character", "@")
            .say("code", "U+0040");
        let drawn = frame(&problem, &sources, ENGLISH);
        insta::assert_snapshot!(drawn, @r#"
        error character/unknown

          × `@` (U+0040) has no meaning here
           ╭─[a.qf:2:602]
         1 │ �[31mbody�
         2 │ …规则、规则、规则、规则、规则、规则、规则、规则、规则、规则、规则、规则、规则、 @ x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x …
           ·                                                                                 ─
           ╰────
          help: put it between quotation marks if it belongs to a title, or delete it
        "#);
        assert!(!drawn.contains(['\u{1b}', '\u{200b}']));
    }

    #[test]
    fn the_end_of_a_file_and_a_place_over_several_lines_can_be_drawn() {
        let mut sources = Sources::new();
        sources.add("a.qf", "credit point {\n  step 1\n");
        let end = Span::at(FileId(0), 25);
        let open = Problem::new(Code::BraceUnclosed, end).say("name", "credit point");
        insta::assert_snapshot!(frame(&open, &sources, ENGLISH), @r#"
        error brace/unclosed

          × `credit point` is not closed
           ╭─[a.qf:3:1]
         2 │   step 1
           ╰────
          help: add `}` where it ends; what follows was read as if it were closed before the next declaration
        "#);
        let whole = Problem::new(Code::SlotMissing, Span::new(FileId(0), 0, 25))
            .say("name", "point")
            .say("slot", Said::Word("slot.step"));
        insta::assert_snapshot!(frame(&whole, &sources, ENGLISH), @r#"
        error slot/missing

          × `point` has no `step`
           ╭─[a.qf:1:1]
         1 │ credit point {
           · ──────────────
         2 │   step 1
           ╰────
          help: add `step` with its content
        "#);
    }

    proptest::proptest! {
        /// Whatever the text, and wherever the place: even inside a character or behind the end.
        #[test]
        fn every_place_of_every_text_can_be_drawn(text in "[a-z 规（\\t\\n\\r\u{1b}\u{200b}\u{feff}🙂]{0,400}", start: u16, length in 0u32..600, other: u16) {
            let mut sources = Sources::new();
            let file = sources.add("a.qf", text);
            let start = u32::from(start) % 500;
            let problem = Problem::new(Code::NameDuplicate, Span::new(file, start, start + length))
                .say("name", "学院")
                .label(Span::at(file, u32::from(other) % 900), "first");
            for language in MessageLanguage::ALL {
                let drawn = frame(&problem, &sources, look(language));
                assert!(drawn.contains(&sentence(&problem, language).sentence));
                assert!(drawn.contains("[a.qf:"));
                assert!(!drawn.contains(['\u{1b}', '\u{200b}', '\u{feff}', '\r']));
            }
        }
    }

    #[test]
    fn without_a_terminal_the_same_is_said_in_plain_lines() {
        let mut sources = Sources::new();
        sources.add("a.qf", "body college\nbody college\n");
        let problem = Problem::new(Code::NameDuplicate, place(&sources, "college", 1))
            .say("name", "college")
            .label(place(&sources, "college", 0), "first");
        let said = sentence(&problem, MessageLanguage::English);
        let source = sources.get(problem.at.file).unwrap();
        insta::assert_snapshot!(plain::drawn(&problem, &said, source, "error name/duplicate", ENGLISH), @r#"
        error name/duplicate

          `college` is declared twice
          a.qf:2:6
          | body college
          | body college
          first declared here: a.qf:1:6
        "#);
    }
}

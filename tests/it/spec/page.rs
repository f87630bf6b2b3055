//! A page of the manual: cases under headings, each with texts and what is expected of them.

use std::ops::Range;

/// A file of `tests/spec`.
pub(super) struct Page {
    /// Its path, from the root of the repository.
    pub(super) path: String,
    /// The whole text.
    pub(super) text: String,
    /// What stands before each English text of the file, and before each Chinese one.
    preludes: [String; 2],
    /// The cases in order.
    pub(super) cases: Vec<Case>,
    /// What is wrong with the page itself.
    pub(super) faults: Vec<String>,
}

/// A heading: one or more groups of texts, each with what is expected.
pub(super) struct Case {
    pub(super) heading: String,
    pub(super) groups: Vec<Group>,
}

/// Texts of which the same is expected.
#[derive(Default)]
pub(super) struct Group {
    pub(super) texts: Vec<Text>,
    pub(super) expected: Vec<Expected>,
}

/// A text in QF.
pub(super) struct Text {
    /// Whether it is Chinese.
    pub(super) chinese: bool,
    /// What stands before it; empty for `alone`.
    pub(super) prelude: String,
    /// The text itself.
    pub(super) body: String,
    /// The file that it is read as.
    pub(super) file: &'static str,
}

/// An expectation, or what it is about.
pub(super) struct Expected {
    pub(super) kind: Kind,
    pub(super) body: String,
    /// Where the body stands in the page.
    pub(super) at: Range<usize>,
}

/// What a block says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Clean,
    Errors,
    Request,
    Decision,
    Print,
    PrintEnglish,
    PrintChinese,
    PrintTraditional,
}

impl Page {
    pub(super) fn read(path: &str, text: String) -> Page {
        let mut page = Page {
            path: path.to_owned(),
            text: String::new(),
            preludes: Default::default(),
            cases: Vec::new(),
            faults: Vec::new(),
        };
        for block in blocks(&text) {
            match block {
                Block::Heading(heading) => page.cases.push(Case { heading, groups: Vec::new() }),
                Block::Fence { info, body } => page.take(&info, &text[body.clone()], body),
            }
        }
        for case in &page.cases {
            let asserts = |group: &Group| group.expected.iter().any(|e| e.kind != Kind::Request);
            if case.groups.is_empty() {
                page.faults.push(format!("{path}: “{}” has no text", case.heading));
            } else if !case.groups.iter().all(asserts) {
                page.faults.push(format!("{path}: “{}” expects nothing of a text", case.heading));
            }
        }
        page.text = text;
        page
    }

    fn take(&mut self, info: &str, body: &str, at: Range<usize>) {
        let words: Vec<&str> = info.split_whitespace().collect();
        let kind = match words.as_slice() {
            ["qf", "prelude"] => return body.clone_into(&mut self.preludes[0]),
            ["qf", "zh", "prelude"] => return body.clone_into(&mut self.preludes[1]),
            ["qf"] => return self.take_text(false, self.preludes[0].clone(), body),
            ["qf", "zh"] => return self.take_text(true, self.preludes[1].clone(), body),
            ["qf", "alone"] => return self.take_text(false, String::new(), body),
            ["qf", "zh", "alone"] => return self.take_text(true, String::new(), body),
            ["qf", "md"] => {
                self.take_text(false, self.preludes[0].clone(), body);
                let text = self.cases.last_mut().and_then(|case| case.groups.last_mut()?.texts.last_mut());
                return text.into_iter().for_each(|text| text.file = "case.qf.md");
            }
            ["clean"] => Kind::Clean,
            ["errors"] => Kind::Errors,
            ["request"] => Kind::Request,
            ["decision"] => Kind::Decision,
            ["print"] => Kind::Print,
            ["print", "en"] => Kind::PrintEnglish,
            ["print", "zh"] => Kind::PrintChinese,
            ["print", "zh-Hant"] => Kind::PrintTraditional,
            _ => return self.faults.push(format!("{}: nobody reads a block `{info}`", self.path)),
        };
        if body.trim().is_empty() && kind != Kind::Clean {
            self.faults.push(format!("{}: a block `{info}` is empty", self.path));
        }
        match self.cases.last_mut().and_then(|case| case.groups.last_mut()) {
            Some(group) => group.expected.push(Expected { kind, body: body.to_owned(), at }),
            None => self.faults.push(format!("{}: a block `{info}` stands before any text", self.path)),
        }
    }

    fn take_text(&mut self, chinese: bool, prelude: String, body: &str) {
        let text = Text { chinese, prelude, body: body.to_owned(), file: "case.qf" };
        let Some(case) = self.cases.last_mut() else {
            return self.faults.push(format!("{}: a text stands before any heading", self.path));
        };
        match case.groups.last_mut() {
            Some(group) if group.expected.is_empty() => group.texts.push(text),
            _ => case.groups.push(Group { texts: vec![text], expected: Vec::new() }),
        }
    }
}

enum Block {
    Heading(String),
    Fence { info: String, body: Range<usize> },
}

/// Headings of the second rank and fenced blocks, in order.
fn blocks(text: &str) -> Vec<Block> {
    let mut found = Vec::new();
    let mut open: Option<(usize, String, usize)> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let written = line.trim_end();
        let info = written.trim_start_matches('`');
        let ticks = written.len() - info.len();
        match open.take() {
            Some((width, name, start)) if ticks == width && info.is_empty() => {
                found.push(Block::Fence { info: name, body: start..at });
            }
            Some(block) => open = Some(block),
            None if ticks >= 3 => open = Some((ticks, info.to_owned(), at + line.len())),
            None => {
                found.extend(written.strip_prefix("## ").map(|heading| Block::Heading(heading.to_owned())));
            }
        }
        at += line.len();
    }
    found
}

//! One edit of one file: a line gone, or one character gone, put in, exchanged with its neighbour or typed full-width.

use std::ops::RangeInclusive;

use crate::generate::Seed;

/// What an author's hand did to a text.
pub struct Edit {
    /// What became of the text.
    pub text: String,
    /// The lines of the text before that it touches, from 0.
    pub before: RangeInclusive<usize>,
    /// The lines of the text after that it touches.
    pub after: RangeInclusive<usize>,
    /// What was done, for people.
    pub what: String,
}

/// The text without one of its lines.
pub fn without_line(text: &str, line: usize) -> Edit {
    let all: Vec<&str> = text.split_inclusive('\n').collect();
    let rest = all.iter().enumerate().filter(|(at, _)| *at != line).map(|(_, line)| *line).collect();
    Edit {
        text: rest,
        before: line..=line,
        after: line.saturating_sub(1)..=line,
        what: format!("{} without `{}`", line + 1, all[line].trim_end()),
    }
}

/// Signs that a keyboard or an input method gives where others were meant.
const TYPED: &[char] = &[
    '{', '}', '｛', '｝', '(', ')', '（', '）', '"', '“', '”', '《', '》', '[', ']', '|', ',', '，', '、',
    ';', '；', ':', '：', '。', '=', '<', '>', '-', '#', '.', '1', '0', 'a', 'x', '的', '和', '每', '分',
    ' ', '\u{3000}', '\n', '\u{200b}', '%', '/',
];

/// The text with one character changed.
pub fn character(text: &str, seed: &mut Seed) -> Option<Edit> {
    let characters: Vec<(usize, char)> = text.char_indices().collect();
    let (at, old) = *characters.get(seed.below(characters.len().max(1)))?;
    let end = at + old.len_utf8();
    let line = text[..at].matches('\n').count();
    let (what, span, new) = match seed.below(4) {
        0 => ("deleted", end, String::new()),
        1 => ("put in before", at, seed.pick(TYPED).to_string()),
        2 => {
            let next = text[end..].chars().next()?;
            ("exchanged", end + next.len_utf8(), format!("{next}{old}"))
        }
        _ => ("full-width twin of", end, twin(old)?.to_string()),
    };
    let old_text = &text[at..span];
    let lines = |changed: &str| line..=line + changed.matches('\n').count();
    Some(Edit {
        before: lines(old_text),
        after: lines(&new),
        what: format!("{}: {what} {old_text:?} {new:?}", line + 1),
        text: [&text[..at], &new, &text[span..]].concat(),
    })
}

/// The same character in the other width.
fn twin(of: char) -> Option<char> {
    let code = u32::from(of);
    match code {
        0x21..=0x7e => char::from_u32(code + 0xfee0),
        0xff01..=0xff5e => char::from_u32(code - 0xfee0),
        0x20 => Some('\u{3000}'),
        _ => None,
    }
}

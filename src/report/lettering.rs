//! How wide a text will be, where it may be broken, and which characters may be shown.
//!
//! It never measures a font: a picture is laid out here and shown elsewhere, with whatever font is at hand. The one
//! idea: widths in thousandths of the type size, taken from common sans-serif faces and rounded up, with every
//! Chinese character a full square, are near enough for a box with some room in it.

/// The width of one line in pixels, at a type size in pixels.
pub(super) fn width(text: &str, size: i32) -> i32 {
    let thousandths: i64 = text.chars().map(|c| i64::from(advance(c))).sum();
    i32::try_from((thousandths * i64::from(size) + 999) / 1000).unwrap_or(i32::MAX / 4)
}

/// Breaks a line into lines no wider than `room`, at most `most` of them; what does not fit ends in `…`.
pub(super) fn wrap(text: &str, size: i32, room: i32, most: usize) -> Vec<String> {
    let letters: Vec<char> = text.trim().chars().collect();
    let room = i64::from(room) * 1000 / i64::from(size.max(1));
    let mut lines = Vec::new();
    let mut start = 0;
    while start < letters.len() && lines.len() < most {
        let end = line_end(&letters, start, room);
        let line: String = letters[start..end].iter().collect();
        lines.push(line.trim_end().to_owned());
        start = end;
        while letters.get(start).is_some_and(|c| c.is_whitespace()) {
            start += 1;
        }
    }
    if start < letters.len()
        && let Some(last) = lines.last_mut()
    {
        while last.chars().map(|c| i64::from(advance(c))).sum::<i64>() + 1000 > room && last.pop().is_some() {
        }
        last.push('…');
    }
    lines
}

/// A text as it stands in XML, between tags or in an attribute.
pub(super) fn markup(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// The text with every character that must not reach a picture shown as `\u{fffd}`: controls, what XML forbids, and
/// the marks that turn the reading direction of their surroundings. Tabs and line breaks become spaces.
pub(super) fn visible(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\t' | '\n' | '\r' => ' ',
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '\u{fffd}',
            '\u{fdd0}'..='\u{fdef}' => '\u{fffd}',
            c if c.is_control() || u32::from(c) & 0xfffe == 0xfffe => '\u{fffd}',
            c => c,
        })
        .collect()
}

/// Where the line that starts at `start` ends; always past `start`.
fn line_end(letters: &[char], start: usize, room: i64) -> usize {
    let mut used = 0;
    let mut chance = None;
    for at in start..letters.len() {
        if at > start && may_break(letters[at - 1], letters[at]) {
            chance = Some(at);
        }
        // A space at the end of a line needs no room.
        used += i64::from(advance(letters[at]));
        if used > room && at > start && !letters[at].is_whitespace() {
            return chance.unwrap_or(at);
        }
    }
    letters.len()
}

/// Whether a line may end between two letters: after a space, after a joint of a word, and around any Chinese
/// character, except where a line would begin with a closing mark or end with an opening one.
fn may_break(before: char, after: char) -> bool {
    const CLOSING: &str = "，。、；：！？）】」』》〉”’…,.;:!?)]}%％";
    const OPENING: &str = "（【「『《〈“‘([{";
    if CLOSING.contains(after) || OPENING.contains(before) {
        return false;
    }
    before.is_whitespace() || matches!(before, '-' | '/' | '_' | '·') || square(before) || square(after)
}

/// How far one character moves the pen, in thousandths of the type size.
fn advance(c: char) -> i32 {
    match c {
        '\u{300}'..='\u{36f}'
        | '\u{200b}'..='\u{200f}'
        | '\u{20d0}'..='\u{20ff}'
        | '\u{fe00}'..='\u{fe0f}' => 0,
        'i' | 'j' | 'l' | '\'' | '|' => 300,
        'f' | 't' | 'r' | 'I' | ' ' | '.' | ',' | ':' | ';' | '!' | '(' | ')' | '[' | ']' | '/' | '\\'
        | '-' | '·' | '`' => 380,
        'm' | 'w' | 'M' | 'W' | '@' | '%' => 930,
        'A'..='Z' | '+' | '<' | '=' | '>' | '~' | '#' | '&' => 700,
        c if square(c) => 1000,
        _ => 610,
    }
}

/// Whether a character fills a square, as Chinese characters and their punctuation do.
fn square(c: char) -> bool {
    matches!(u32::from(c),
        0x1100..=0x115f | 0x2014 | 0x2018..=0x201d | 0x2026 | 0x2190..=0x21ff | 0x2460..=0x24ff | 0x2e80..=0x303e
        | 0x3041..=0xa4cf | 0xac00..=0xd7a3 | 0xf900..=0xfaff | 0xfe30..=0xfe4f | 0xff00..=0xff60 | 0xffe0..=0xffe6
        | 0xfffd | 0x1f000..=0x1faff | 0x20000..=0x3fffd)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chinese_character_is_a_square() {
        assert_eq!(width("大学英语", 13), 52);
        assert!(width("ll", 13) < width("学", 13));
    }

    #[test]
    fn lines_break_at_spaces_and_between_chinese_characters() {
        assert_eq!(wrap("College Mathematics", 13, 90, 3), ["College", "Mathematics"]);
        assert_eq!(wrap("全国大学英语六级", 13, 52, 3), ["全国大学", "英语六级"]);
    }

    #[test]
    fn no_line_begins_with_a_closing_mark() {
        assert_eq!(wrap("高等数学，微积分", 13, 52, 4), ["高等数", "学，微积", "分"]);
    }

    #[test]
    fn what_does_not_fit_ends_in_an_ellipsis() {
        let lines = wrap(&"long ".repeat(100), 13, 100, 2);
        assert_eq!(lines.len(), 2);
        assert!(lines[1].ends_with('…') && width(&lines[1], 13) <= 100);
        assert!(wrap(&"x".repeat(500), 13, 100, 3).iter().all(|line| width(line, 13) <= 100));
    }

    #[test]
    fn controls_and_direction_marks_are_shown_as_unknown() {
        assert_eq!(visible("a\u{0}b\u{202e}c\u{ffff}d\te"), "a\u{fffd}b\u{fffd}c\u{fffd}d e");
    }
}

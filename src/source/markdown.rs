//! Rules written among prose: a `.qf.md` is Markdown with its rules in blocks fenced as `qf`.
//!
//! Nothing is cut out. The one idea: all that is not in a `qf` block becomes blank, byte for byte, so every
//! place in what is parsed is the same place in the file.

/// A text of which only the `qf` blocks are left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blanked {
    /// As many bytes as the original, newlines at the same places, spaces for all else outside the blocks.
    pub text: String,
    /// The blocks in order.
    pub fences: Vec<Fence>,
}

/// A `qf` block: the bytes between its two fences.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fence {
    /// The first byte of its first line.
    pub start: u32,
    /// The byte after its last line.
    pub end: u32,
    /// The text of the nearest heading above (`# …` to `###### …`), if there is one.
    pub heading: Option<String>,
}

/// Leaves only the `qf` blocks. Fences are those of CommonMark: three or more backticks or tildes, indented at
/// most three spaces, closed by at least as many of the same or by the end of the text. A block is ours when the
/// first word after its fence is `qf`.
pub fn blank(text: &str) -> Blanked {
    let mut blanked = Blanked { text: String::with_capacity(text.len()), fences: Vec::new() };
    let mut heading: Option<&str> = None;
    let mut open: Option<Opening> = None;
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        let next = offset + line.len();
        let mut is_code = false;
        match open {
            Some(opening) if opening.is_closed_by(line) => open = None,
            Some(opening) if opening.is_qf => {
                is_code = true;
                if let Some(fence) = blanked.fences.last_mut() {
                    fence.end = narrow(next);
                }
            }
            Some(_) => {}
            None => {
                open = Opening::read(line);
                match open {
                    Some(opening) if opening.is_qf => blanked.fences.push(Fence {
                        start: narrow(next),
                        end: narrow(next),
                        heading: heading.map(str::to_owned),
                    }),
                    Some(_) => {}
                    None => heading = read_heading(line).or(heading),
                }
            }
        }
        if is_code {
            blanked.text.push_str(line);
        } else {
            blanked.text.extend(line.bytes().map(|byte| match byte {
                b'\n' | b'\r' => char::from(byte),
                _ => ' ',
            }));
        }
        offset = next;
    }
    blanked
}

/// The line that opens a fenced block.
#[derive(Clone, Copy)]
struct Opening {
    mark: char,
    width: usize,
    is_qf: bool,
}

impl Opening {
    fn read(line: &str) -> Option<Opening> {
        let line = unindented(line)?;
        let mark = line.chars().next().filter(|mark| matches!(mark, '`' | '~'))?;
        let info = line.trim_start_matches(mark);
        let width = line.len() - info.len();
        // "```x```" in a line of its own is code within prose, not a fence.
        if width < 3 || (mark == '`' && info.contains('`')) {
            return None;
        }
        Some(Opening { mark, width, is_qf: info.split_whitespace().next() == Some("qf") })
    }

    fn is_closed_by(self, line: &str) -> bool {
        let Some(line) = unindented(line) else { return false };
        let rest = line.trim_start_matches(self.mark);
        line.len() - rest.len() >= self.width && rest.trim().is_empty()
    }
}

fn read_heading(line: &str) -> Option<&str> {
    let line = unindented(line)?;
    let title = line.trim_start_matches('#');
    let depth = line.len() - title.len();
    if !(1..=6).contains(&depth) || !title.starts_with([' ', '\t', '\r', '\n']) && !title.is_empty() {
        return None;
    }
    let title = title.trim();
    let without_closing = title.trim_end_matches('#');
    let closes = without_closing.is_empty() || without_closing.ends_with([' ', '\t']);
    Some(if closes { without_closing.trim_end() } else { title })
}

/// The line without its indent; nothing when that makes it an indented block.
fn unindented(line: &str) -> Option<&str> {
    let rest = line.trim_start_matches(' ');
    (line.len() - rest.len() <= 3).then_some(rest)
}

fn narrow(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use proptest::prelude::*;

    use super::*;

    fn blocks(text: &str) -> Vec<(Option<String>, String)> {
        let blanked = blank(text);
        let code = |fence: &Fence| blanked.text[fence.start as usize..fence.end as usize].to_owned();
        blanked.fences.iter().map(|fence| (fence.heading.clone(), code(fence))).collect()
    }

    #[test]
    fn a_block_stays_at_its_bytes_and_takes_the_heading_above() {
        let text = "# 办法\n\n第一条 说明。\n\n## 第三条 ##\n\n```qf\nrule a {\n}\n```\nafter\n";
        assert_eq!(blocks(text), [(Some("第三条".to_owned()), "rule a {\n}\n".to_owned())]);
        let blanked = blank(text);
        assert_eq!(blanked.text.len(), text.len());
        assert_eq!(blanked.text.find("rule"), text.find("rule"));
        assert_eq!(blanked.text.trim(), "rule a {\n}");
    }

    #[test]
    fn other_blocks_are_prose_and_hide_what_is_in_them() {
        let text =
            "# A\n````md\n# B\n```qf\nhidden\n```\n````\n~~~ qf invented\nshown\n~~~\n```qfx\nno\n```\n";
        assert_eq!(blocks(text), [(Some("A".to_owned()), "shown\n".to_owned())]);
    }

    #[test]
    fn a_fence_closes_with_its_own_mark_or_at_the_end() {
        assert_eq!(blocks("```qf\na\n~~~\n``\nb"), [(None, "a\n~~~\n``\nb".to_owned())]);
        assert_eq!(blocks("  ```qf\na\n   `````  \nb"), [(None, "a\n".to_owned())]);
        assert_eq!(blocks("    ```qf\na\n"), []);
        assert_eq!(blocks("```qf```\na\n"), []);
        assert_eq!(blocks("```qf\n```"), [(None, String::new())]);
    }

    #[test]
    fn a_heading_needs_a_space_and_at_most_six_signs() {
        let heading = |line: &str| blocks(&format!("{line}\n```qf\n```\n"))[0].0.clone();
        assert_eq!(heading("### Article 3").as_deref(), Some("Article 3"));
        assert_eq!(heading("# C#").as_deref(), Some("C#"));
        assert_eq!(heading("#第三条"), None);
        assert_eq!(heading("####### deep"), None);
        assert_eq!(heading("#").as_deref(), Some(""));
    }

    #[test]
    fn windows_line_ends_are_kept() {
        let text = "# A\r\n```qf\r\na\r\n```\r\n";
        assert_eq!(blocks(text), [(Some("A".to_owned()), "a\r\n".to_owned())]);
        assert_eq!(blank(text).text.matches("\r\n").count(), 4);
    }

    proptest! {
        #[test]
        fn blanking_keeps_the_length_the_lines_and_nothing_outside_the_blocks(
            lines in proptest::collection::vec(
                prop_oneof![Just("```qf"), Just("```"), Just("# 标题"), Just("~~~"), Just("规则 r"), Just("")], 0..12)
        ) {
            let text = lines.join("\n");
            let blanked = blank(&text);
            prop_assert_eq!(blanked.text.len(), text.len());
            for (at, (ours, theirs)) in blanked.text.bytes().zip(text.bytes()).enumerate() {
                let at = u32::try_from(at).unwrap();
                let fenced = blanked.fences.iter().any(|fence| fence.start <= at && at < fence.end);
                let kept = fenced || theirs == b'\n';
                prop_assert_eq!(ours, if kept { theirs } else { b' ' });
            }
        }
    }
}

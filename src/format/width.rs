//! How wide text is where every character is one or two cells wide.

/// The width of a text in cells.
pub(super) fn width(text: &str) -> usize {
    text.chars().map(|character| if is_wide(character) { 2 } else { usize::from(!is_mark(character)) }).sum()
}

const fn is_wide(character: char) -> bool {
    matches!(character,
        '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{303e}' | '\u{3041}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe6f}' | '\u{ff01}'..='\u{ff60}' | '\u{ffe0}'..='\u{ffe6}'
        | '“' | '”' | '→' | '\u{1f300}'..='\u{1faff}' | '\u{20000}'..='\u{3fffd}')
}

const fn is_mark(character: char) -> bool {
    matches!(character, '\u{300}'..='\u{36f}')
}

#[cfg(test)]
mod tests {
    use super::width;

    #[test]
    fn chinese_characters_and_their_signs_are_two_cells_wide() {
        assert_eq!((width("abc"), width("学分｜"), width("e\u{301}"), width("학점")), (3, 6, 1, 4));
    }
}

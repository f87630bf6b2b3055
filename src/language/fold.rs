//! When two spellings of a name are one: NFC, and full-width forms as their plain ones. Nothing more is folded: Ⅱ and ㈡
//! stay what they are.

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// The plain form of a full-width character (U+FF01–FF5E and U+3000), or the character itself.
pub const fn width_folded(character: char) -> char {
    match character {
        '\u{3000}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => match char::from_u32(character as u32 - 0xfee0) {
            Some(plain) => plain,
            None => character,
        },
        other => other,
    }
}

/// Whether a text is already what [`normal`] makes of it; may say no where it is.
pub fn is_folded(text: &str) -> bool {
    text.is_ascii()
        || !text
            .chars()
            .any(|character| width_folded(character) != character || matches!(character, '(' | ')'))
            && is_nfc_quick(text.chars()) == IsNormalized::Yes
}

/// A name as it is compared: NFC, and full-width forms folded. Beside Chinese characters both forms of round brackets are
/// the full-width one, which is how such titles are published and shown: 英语（二）.
pub fn normal(text: &str) -> Cow<'_, str> {
    if is_folded(text) {
        return Cow::Borrowed(text);
    }
    let folded: String = text.nfc().map(width_folded).collect();
    if !folded.contains(['(', ')']) || !folded.chars().any(is_han) {
        return Cow::Owned(folded);
    }
    let widened = folded.chars().map(|character| match character {
        '(' => '（',
        ')' => '）',
        other => other,
    });
    Cow::Owned(widened.collect())
}

/// Whether this is a Chinese character.
const fn is_han(character: char) -> bool {
    matches!(character, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_folded_by_width_and_composed_and_no_further() {
        assert_eq!(normal("ＣＥＴ－４（一）"), "CET-4（一）");
        assert_eq!(normal("英语(二)"), "英语（二）");
        assert_eq!(normal("ＭＡＴＨ（１）"), "MATH(1)");
        assert_eq!(normal("e\u{301}cole"), "école");
        assert_eq!(normal("物理Ⅱ㈡"), "物理Ⅱ㈡");
        assert!(matches!(normal("大学物理"), Cow::Borrowed(_)));
    }
}

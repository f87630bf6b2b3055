//! Titles and the language of those that do not say theirs.

use crate::model::Titles;
use crate::syntax::tree::Title;

/// The titles as written; an untagged one with Hangul is Korean, else with Han Chinese, else English.
pub(super) fn titles(written: &[Title]) -> Titles {
    let tagged = |title: &Title| {
        let tag = title.tag.as_deref().unwrap_or_else(|| language_of(&title.text.text));
        (tag.into(), title.text.text.clone())
    };
    Titles(written.iter().map(tagged).collect())
}

/// The language of a text without a tag.
pub(super) fn language_of(text: &str) -> &'static str {
    let hangul =
        |c: char| matches!(c, '\u{1100}'..='\u{11ff}' | '\u{3130}'..='\u{318f}' | '\u{ac00}'..='\u{d7a3}');
    let han = |c: char| matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3134f}');
    if text.chars().any(hangul) {
        "ko"
    } else if text.chars().any(han) {
        "zh"
    } else {
        "en"
    }
}

#[cfg(test)]
mod tests {
    use super::language_of;

    #[test]
    fn one_hangul_syllable_makes_a_title_korean() {
        assert_eq!(language_of("회계 入門"), "ko");
        assert_eq!(language_of("英语（二） English II"), "zh");
        assert_eq!(language_of("English II"), "en");
    }
}

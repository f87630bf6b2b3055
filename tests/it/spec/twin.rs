//! The same text in English and in Chinese: the same words in the same places, names and titles apart.

use std::collections::BTreeMap;

use accredit::source::FileId;
use accredit::syntax::token::{Sign, TokenKind};
use accredit::syntax::words::read_words;

use super::page::Text;

/// Why two texts do not say the same; nothing where they do. Names may differ, but one name of the one text is always
/// the same name in the other. Commas, colons and the words 学分 and 分 after a number may be left out in either.
pub(super) fn difference(english: &Text, chinese: &Text) -> Option<String> {
    let mut names = Names::default();
    if !english.prelude.is_empty() && !chinese.prelude.is_empty() {
        let found = compare(&english.prelude, &chinese.prelude, &mut names);
        if found.is_some() {
            return found.map(|found| format!("in the preludes: {found}"));
        }
    }
    compare(&english.body, &chinese.body, &mut names)
}

#[derive(Default)]
struct Names {
    there: BTreeMap<String, String>,
    back: BTreeMap<String, String>,
}

impl Names {
    fn agree(&mut self, a: &str, b: &str) -> bool {
        let there = self.there.entry(a.to_owned()).or_insert_with(|| b.to_owned());
        let back = self.back.entry(b.to_owned()).or_insert_with(|| a.to_owned());
        there == b && back == a
    }
}

fn compare(english: &str, chinese: &str, names: &mut Names) -> Option<String> {
    let (left, right) = (words_of(english), words_of(chinese));
    for (at, (l, r)) in left.iter().zip(&right).enumerate() {
        let same = match (&l.0, &r.0) {
            (TokenKind::Name(a, _), TokenKind::Name(b, _)) => names.agree(a, b),
            (TokenKind::Text(_), TokenKind::Text(_)) => true,
            (TokenKind::Word(a, _), TokenKind::Word(b, _)) => a == b,
            (a, b) => a == b,
        };
        if !same {
            let before = |words: &[(TokenKind, String)]| {
                words[at.saturating_sub(4)..=at].iter().map(|w| w.1.clone()).collect::<Vec<_>>().join(" ")
            };
            return Some(format!("`{}` and `{}` part", before(&left), before(&right)));
        }
    }
    let rest = left.get(right.len()..).or_else(|| right.get(left.len()..)).unwrap_or_default();
    rest.first().map(|word| format!("one text goes on with `{}`", word.1))
}

fn words_of(text: &str) -> Vec<(TokenKind, String)> {
    let tokens = read_words(FileId(0), text).tokens;
    tokens
        .into_iter()
        .filter(|token| match &token.kind {
            TokenKind::Comment { .. } | TokenKind::Blank | TokenKind::End => false,
            TokenKind::Sign(sign) => !matches!(sign, Sign::Comma | Sign::Colon),
            TokenKind::Word(word, _) => !matches!(word.text(), "credit" | "point"),
            _ => true,
        })
        .map(|token| {
            let written = match &token.kind {
                TokenKind::Word(word, _) => word.text().to_owned(),
                TokenKind::Name(name, _) => name.to_string(),
                TokenKind::Number { value, .. } => value.to_string(),
                TokenKind::Text(text) => format!("\"{text}\""),
                other => format!("{other:?}"),
            };
            (token.kind, written)
        })
        .collect()
}

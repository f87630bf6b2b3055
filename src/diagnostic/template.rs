//! Sentences with placeholders.
//!
//! A template knows no code and no language. The one idea: `{name}` is filled with a value, `{Name}` with the same value
//! and a capital, and `[[a||b]]` is the first of its parts whose values are all there, or nothing.

/// A sentence of a page, in pieces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Template(Vec<Piece>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Text(&'static str),
    Value { name: &'static str, capital: bool, written: &'static str },
    Choice(Vec<Template>),
}

impl Template {
    /// Reads a template. Braces that hold no name, and brackets without a partner, are text.
    pub(super) fn parse(text: &'static str) -> Template {
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some(at) = rest.find(['{', '[']) {
            let (before, from) = rest.split_at(at);
            let (piece, after) =
                choice(from).or_else(|| value(from)).unwrap_or((Piece::Text(&from[..1]), &from[1..]));
            if !before.is_empty() {
                pieces.push(Piece::Text(before));
            }
            pieces.push(piece);
            rest = after;
        }
        if !rest.is_empty() {
            pieces.push(Piece::Text(rest));
        }
        Template(pieces)
    }

    /// The sentence, with the value of each name; a value that must be there and is not reads `…`.
    pub(super) fn fill(&self, value: &dyn Fn(&str) -> Option<String>) -> String {
        let mut filled = String::new();
        for piece in &self.0 {
            match piece {
                Piece::Text(text) => filled.push_str(text),
                Piece::Value { name, capital, .. } => match value(name) {
                    Some(said) if *capital => filled.push_str(&capitalised(&said)),
                    Some(said) => filled.push_str(&said),
                    None => filled.push('…'),
                },
                Piece::Choice(parts) => {
                    if let Some(part) = parts.iter().find(|part| part.missing(value).is_empty()) {
                        filled.push_str(&part.fill(value));
                    }
                }
            }
        }
        filled
    }

    /// The names without which the sentence would have a hole.
    pub(super) fn missing(&self, value: &dyn Fn(&str) -> Option<String>) -> Vec<&'static str> {
        let needed = |piece: &Piece| match piece {
            Piece::Value { name, .. } if value(name).is_none() => Some(*name),
            _ => None,
        };
        self.0.iter().filter_map(needed).collect()
    }

    /// Every name in it, sorted, each once.
    pub(super) fn names(&self) -> Vec<&'static str> {
        let mut names: Vec<&'static str> = Vec::new();
        for piece in &self.0 {
            match piece {
                Piece::Text(_) => {}
                Piece::Value { name, .. } => names.push(name),
                Piece::Choice(parts) => names.extend(parts.iter().flat_map(Template::names)),
            }
        }
        names.sort_unstable();
        names.dedup();
        names
    }

    /// The sentence as its page shows it: names stand for values, and of a choice its first part.
    pub(super) fn shown(&self) -> String {
        let show = |piece: &Piece| match piece {
            Piece::Text(text) => (*text).to_owned(),
            Piece::Value { written, .. } => (*written).to_owned(),
            Piece::Choice(parts) => parts.first().map(Template::shown).unwrap_or_default(),
        };
        self.0.iter().map(show).collect()
    }
}

/// `[[…||…]]` at the start of the text, and what follows.
fn choice(text: &'static str) -> Option<(Piece, &'static str)> {
    let (inside, after) = text.strip_prefix("[[")?.split_once("]]")?;
    Some((Piece::Choice(inside.split("||").map(Template::parse).collect()), after))
}

/// `{name}` at the start of the text, and what follows.
fn value(text: &'static str) -> Option<(Piece, &'static str)> {
    let (inside, after) = text.strip_prefix('{')?.split_once('}')?;
    let is_name = !inside.is_empty() && inside.chars().all(|c| c.is_ascii_alphabetic() || c == '-');
    let written = text.get(..inside.len() + 2)?;
    let capital = inside.starts_with(|first: char| first.is_ascii_uppercase());
    // A name is written small in every page but where its value gets a capital.
    let name = if capital { small(inside) } else { inside };
    is_name.then_some((Piece::Value { name, capital, written }, after))
}

/// The names that a page may write with a capital.
fn small(name: &'static str) -> &'static str {
    match name {
        "Rule" => "rule",
        "Text" => "text",
        "Word" => "word",
        other => other,
    }
}

fn capitalised(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fill(template: &'static str, values: &[(&str, &str)]) -> String {
        let value =
            |name: &str| values.iter().find(|(known, _)| *known == name).map(|(_, said)| (*said).to_owned());
        Template::parse(template).fill(&value)
    }

    #[test]
    fn a_name_is_filled_and_a_capital_one_with_a_capital() {
        assert_eq!(fill("\"{Text}\": {text}.", &[("text", "within")]), "\"Within\": within.");
        assert_eq!(fill("{Word}", &[("word", "éclat")]), "Éclat");
        assert_eq!(fill("a {gone} b", &[]), "a … b");
    }

    #[test]
    fn of_a_choice_the_first_part_that_can_be_said_is_said() {
        let template = "[[near {a}. ||far {b}. ||nowhere. ]]End";
        assert_eq!(fill(template, &[("a", "A"), ("b", "B")]), "near A. End");
        assert_eq!(fill(template, &[("b", "B")]), "far B. End");
        assert_eq!(fill(template, &[]), "nowhere. End");
        assert_eq!(fill("[[near {a}. ]]End", &[]), "End");
    }

    #[test]
    fn braces_and_brackets_without_a_name_are_text() {
        assert_eq!(
            fill("`}` closes `{`, [{word}] boxes, any of { … }", &[("word", "to")]),
            "`}` closes `{`, [to] boxes, any of { … }"
        );
        assert_eq!(fill("[[open", &[]), "[[open");
    }

    #[test]
    fn only_what_no_choice_can_do_without_is_missing() {
        let template = Template::parse("{a} [[{b}||{c}]]");
        assert_eq!(template.missing(&|_| None), ["a"]);
        assert_eq!(template.names(), ["a", "b", "c"]);
        assert_eq!(template.shown(), "{a} {b}");
    }
}

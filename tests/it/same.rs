//! Whether two models mean the same: everything but the places in the text and the hash of the sources.

use accredit::model::Model;

/// Nothing where they do; else where they part.
pub(crate) fn same_meaning(one: &Model, other: &Model) -> Result<(), String> {
    let (one, other) = (placeless(one), placeless(other));
    let Some(at) = one.iter().zip(&other).position(|(a, b)| a != b) else {
        return if one.len() == other.len() { Ok(()) } else { Err("one goes on".to_owned()) };
    };
    let around = |text: &[String]| {
        text[at.saturating_sub(6)..text.len().min(at + 3)]
            .iter()
            .map(|line| line.trim())
            .collect::<Vec<_>>()
            .join(" ")
    };
    Err(format!("\n    {}\n    {}", around(&one), around(&other)))
}

/// The model's lines without its places.
fn placeless(model: &Model) -> Vec<String> {
    let mut model = model.clone();
    model.package.hash = "".into();
    let text = format!("{model:#?}");
    let mut lines: Vec<String> = Vec::new();
    let mut inside = 0usize;
    for line in text.lines() {
        let opens = line.trim_end().ends_with("Span {");
        if inside > 0 {
            inside = match line.trim() {
                "}," | "}" => inside - 1,
                _ => inside,
            };
        } else if opens {
            inside = 1;
        } else {
            lines.push(line.to_owned());
        }
    }
    lines
}

//! Frameworks side by side: the levels of the first, and what each named comparison sets against them.
//!
//! It shows what comparisons say and never joins two of them: every other column is compared with the first, and no column
//! with another. A hole is shown as a hole, a row that does not say as not saying, and levels of the other framework that
//! stand against nothing in the first have lines of their own. The one idea: one plain table of words, written in three ways.

mod markdown;
mod plain;
mod svg;
mod words;

use crate::model::{
    Canonical, Comparison, ComparisonStatus, Counterparts, Descriptors, Framework, FrameworkId, Model,
    Placement,
};

use words::Words;

/// The language of the words.
pub use crate::report::text::TextLanguage;

/// Frameworks side by side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SideBySide {
    /// What the columns are headed: the first framework, then each comparison's other framework.
    pub columns: Vec<Column>,
    /// The levels, highest first.
    pub rows: Vec<Vec<Cell>>,
    /// What is said of each framework: pairs of a heading and, for each framework that was asked for, a text.
    pub facts: Vec<(String, Vec<String>)>,
    /// The frameworks that were asked for, by their shown names.
    pub frameworks: Vec<String>,
    /// Lines below: what each comparison rests on, and what no comparison says.
    pub notes: Vec<String>,
    language: TextLanguage,
}

/// A column of levels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// The framework.
    pub heading: String,
    /// The comparison and its status; nothing for the first column.
    pub under: Option<String>,
    /// All its levels, highest first.
    pub levels: Vec<String>,
}

/// A cell of the table of levels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Levels, each by itself and all as they are written.
    Levels(Vec<String>, String),
    /// A published hole.
    None(String),
    /// The comparison does not say.
    NotStated(String),
    /// Nothing: a line that belongs to other columns.
    Empty,
}

impl Cell {
    /// Its words.
    pub fn text(&self) -> &str {
        match self {
            Cell::Levels(_, text) | Cell::None(text) | Cell::NotStated(text) => text,
            Cell::Empty => "",
        }
    }
}

/// Sets frameworks beside the first of them, by every comparison that the package has of the two.
pub fn side_by_side(model: &Model, frameworks: &[FrameworkId], language: TextLanguage) -> SideBySide {
    let words = Words(language);
    let of = |id: FrameworkId| model.frameworks.get(id.index());
    let mut made = SideBySide {
        columns: Vec::new(),
        rows: Vec::new(),
        facts: Vec::new(),
        frameworks: frameworks.iter().filter_map(|id| of(*id)).map(|of| words.framework(of)).collect(),
        notes: Vec::new(),
        language,
    };
    let Some((first, others)) = frameworks.split_first() else { return made };
    let Some(pivot) = of(*first) else { return made };
    let ladder = |of: &Framework| {
        let levels = of.levels.as_deref().unwrap_or_default();
        levels.iter().rev().map(|level| words.level(level)).collect::<Vec<_>>()
    };
    made.columns.push(Column { heading: words.framework(pivot), under: None, levels: ladder(pivot) });
    let mut shown: Vec<(&Comparison, FrameworkId, &Framework)> = Vec::new();
    for other in others {
        let Some(framework) = of(*other) else { continue };
        let between: Vec<&Comparison> =
            model.comparisons.iter().filter(|of| of.other(*first) == Some(*other)).collect();
        if between.is_empty() {
            made.notes.push(words.no_comparison(pivot, framework));
        }
        for comparison in between {
            let (heading, under) = (words.framework(framework), Some(words.comparison(comparison)));
            made.columns.push(Column { heading, under, levels: ladder(framework) });
            shown.push((comparison, *other, framework));
        }
    }
    levels(&mut made, words, (*first, pivot), &shown);
    for (comparison, ..) in &shown {
        made.notes.push(words.basis(model, comparison));
    }
    if !shown.is_empty() {
        made.notes.push(words.never_joined());
    }
    facts(&mut made, words, model, frameworks);
    made
}

fn levels(
    made: &mut SideBySide,
    words: Words,
    (first, pivot): (FrameworkId, &Framework),
    shown: &[(&Comparison, FrameworkId, &Framework)],
) {
    let Some(own) = &pivot.levels else {
        made.notes.push(words.unpublished(pivot));
        return;
    };
    let names = |framework: &Framework, ranks: &[u32]| {
        let levels = framework.levels.as_deref().unwrap_or_default();
        let names: Vec<String> = ranks
            .iter()
            .rev()
            .filter_map(|rank| levels.get(*rank as usize))
            .map(|level| words.level(level))
            .collect();
        let text = words.list(&names);
        Cell::Levels(names, text)
    };
    for rank in (0u32..).take(own.len()).collect::<Vec<_>>().into_iter().rev() {
        let mut row = vec![names(pivot, &[rank])];
        for (comparison, _, framework) in shown {
            row.push(match comparison.counterparts(first, rank) {
                Counterparts::Levels(levels) => names(framework, &levels),
                Counterparts::None => Cell::None(words.none()),
                Counterparts::NotStated => Cell::NotStated(words.not_stated()),
                Counterparts::Unnamed => Cell::NotStated(words.unnamed()),
            });
        }
        made.rows.push(row);
    }
    // Levels of the others against which nothing of the first stands.
    for (column, (comparison, other, framework)) in (1..).zip(shown) {
        let all = framework.levels.as_ref().map_or(0, Vec::len);
        for rank in (0u32..).take(all).collect::<Vec<_>>().into_iter().rev() {
            let first_cell = match comparison.counterparts(*other, rank) {
                Counterparts::Levels(_) => continue,
                Counterparts::None => Cell::None(words.none()),
                Counterparts::NotStated => Cell::NotStated(words.not_stated()),
                Counterparts::Unnamed => Cell::NotStated(words.unnamed()),
            };
            let mut row = vec![Cell::Empty; shown.len() + 1];
            if let Some(cell) = row.first_mut() {
                *cell = first_cell;
            }
            if let Some(cell) = row.get_mut(column) {
                *cell = names(framework, &[rank]);
            }
            made.rows.push(row);
        }
        if framework.levels.is_none() {
            made.notes.push(words.unpublished(framework));
        }
    }
}

/// What is said of each framework besides its levels.
fn facts(made: &mut SideBySide, words: Words, model: &Model, frameworks: &[FrameworkId]) {
    let of: Vec<&Framework> = frameworks.iter().filter_map(|id| model.frameworks.get(id.index())).collect();
    let mut line = |heading: String, say: &dyn Fn(&Framework) -> Option<String>| {
        let cells: Vec<Option<String>> = of.iter().map(|framework| say(framework)).collect();
        if cells.iter().any(Option::is_some) {
            let cells = cells.into_iter().map(|cell| cell.unwrap_or_else(|| words.unsaid())).collect();
            made.facts.push((heading, cells));
        }
    };
    line(words.version(), &|it| it.version.as_ref().map(ToString::to_string));
    line(words.number_of_levels(), &|it| match &it.levels {
        Some(levels) => Some(levels.len().to_string()),
        None => Some(words.not_published()),
    });
    for canonical in Canonical::ALL {
        line(words.canonical(canonical), &|it| {
            let own = it.dimensions.iter().filter(|dimension| dimension.canonical.contains(&canonical));
            let names: Vec<String> = own.map(|dimension| words.dimension(dimension)).collect();
            (!names.is_empty()).then(|| words.list(&names))
        });
    }
    line(words.placement(), &|it| {
        it.placement.map(|placement| match placement {
            Placement::BestFit => words.best_fit(),
            Placement::EveryDimension => words.every_dimension(),
        })
    });
    line(words.descriptors(), &|it| match &it.descriptors {
        Descriptors::Unsaid => None,
        Descriptors::Elsewhere(document, _) => {
            let document = document.and_then(|id| model.documents.get(id.index()));
            Some(words.elsewhere(document))
        }
        Descriptors::Unpublished(_) => Some(words.not_published()),
        Descriptors::Here(cells, _) => Some(cells.len().to_string()),
    });
    line(words.credit(), &|it| {
        let unit = it.unit.and_then(|id| model.units.get(id.index()))?;
        Some(words.unit(unit))
    });
    line(words.tracks(), &|it| {
        let names: Vec<String> =
            it.tracks.iter().map(|track| words.titled(&track.titles, &track.name)).collect();
        (!names.is_empty()).then(|| words.list(&names))
    });
    line(words.axes(), &|it| {
        let names: Vec<String> = it.axes.iter().map(ToString::to_string).collect();
        (!names.is_empty()).then(|| words.list(&names))
    });
    line(words.replaces(), &|it| {
        let names: Vec<String> = it
            .replaces
            .iter()
            .filter_map(|id| model.frameworks.get(id.index()))
            .map(|of| words.framework(of))
            .collect();
        (!names.is_empty()).then(|| words.list(&names))
    });
}

/// Whether a comparison was accepted, as a word.
const fn status_id(status: ComparisonStatus) -> &'static str {
    match status {
        ComparisonStatus::Endorsed => "join.endorsed",
        ComparisonStatus::ComparisonOnly => "join.comparison-only",
        ComparisonStatus::Proposed => "join.proposed",
        ComparisonStatus::NotEndorsed => "join.not-endorsed",
        ComparisonStatus::Unverified => "join.unverified",
        ComparisonStatus::UnderReview => "join.under-review",
    }
}

impl SideBySide {
    /// As lines of text.
    pub fn text(&self) -> String {
        plain::write(self)
    }

    /// As Markdown.
    pub fn markdown(&self) -> String {
        markdown::write(self)
    }

    /// As a picture that needs nothing else.
    pub fn svg(&self) -> String {
        svg::write(self)
    }

    /// The heading of the table of facts.
    fn about(&self) -> String {
        Words(self.language).about()
    }
}

#[cfg(test)]
mod tests;

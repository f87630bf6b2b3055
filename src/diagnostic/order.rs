//! Which problems are told, and in which order.
//!
//! It never weighs how important a problem is to an author. The one idea: a statement that could not be read, or a name that
//! could not be found, is told once; what later stages then miss in the same words is its consequence and is left out.

use crate::source::{Sources, Span};

use super::code::Code;
use super::problem::Problem;

/// Sorts problems by path, place and code, and leaves out repetitions and consequences.
#[must_use]
pub fn settle(mut problems: Vec<Problem>, sources: &Sources) -> Vec<Problem> {
    problems.sort_by(|a, b| key(a, sources).cmp(&key(b, sources)));
    problems.dedup_by(|later, first| later.code == first.code && later.at == first.at);
    let mut causes: Vec<(Stage, Span)> = problems
        .iter()
        .map(|problem| (Stage::of(problem.code), problem.at))
        .filter(|(stage, _)| *stage < Stage::Meaning)
        .collect();
    causes.sort_by_key(|(_, at)| (at.file, at.start));
    problems.retain(|problem| {
        let (stage, statement) = (Stage::of(problem.code), statement(problem.at, sources));
        let from = causes.partition_point(|(_, at)| (at.file, at.start) < (statement.file, statement.start));
        let in_statement =
            causes.get(from..).unwrap_or_default().iter().take_while(|(_, at)| at.start <= statement.end);
        !in_statement
            .filter(|(_, at)| at.file == statement.file)
            .any(|&(cause, at)| cause < stage && explains(cause, at, problem.at))
    });
    let never: Vec<Span> = problems
        .iter()
        .filter(|problem| problem.code == Code::RuleNever)
        .flat_map(|problem| std::iter::once(problem.at).chain(problem.labels.iter().map(|label| label.at)))
        .collect();
    // What a rule that never applies does not answer follows from that.
    problems.retain(|problem| {
        problem.code != Code::ExampleFailed || !problem.labels.iter().any(|label| never.contains(&label.at))
    });
    problems
}

fn key<'a>(problem: &Problem, sources: &'a Sources) -> (&'a str, u32, u32, Code) {
    let path = sources.get(problem.at.file).map_or("", |source| source.path.as_str());
    (path, problem.at.start, problem.at.end, problem.code)
}

/// How early a problem is noticed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Stage {
    /// The text could not be read.
    Text,
    /// A name could not be found.
    Names,
    /// What was read and found does not fit together.
    Meaning,
}

impl Stage {
    fn of(code: Code) -> Stage {
        let (family, name) = code.id().split_once('/').unwrap_or((code.id(), ""));
        match (family, name) {
            ("encoding" | "character" | "quote" | "box" | "brace" | "depth" | "syntax", _) => Stage::Text,
            ("number", "form" | "overflow") | ("date", "form" | "unnamed") => Stage::Text,
            ("slot", "colon" | "unknown" | "empty") | ("select", "mixed" | "comma") => Stage::Text,
            ("name", "reserved" | "box" | "side-by-side" | "space") => Stage::Text,
            ("bound" | "effect", _) => Stage::Text,
            ("name" | "use", _) | (_, "unknown" | "undeclared") => Stage::Names,
            _ => Stage::Meaning,
        }
    }
}

/// The statement or cell around a place, as far as signs show it.
fn statement(at: Span, sources: &Sources) -> Span {
    const ENDS: [char; 9] = [';', '；', '{', '}', '｛', '｝', '|', '｜', '\n'];
    let text = sources.get(at.file).map_or("", |source| &source.text);
    let before = text.get(..at.start as usize).unwrap_or_default();
    let after = text.get(at.end as usize..).unwrap_or_default();
    let start = before.rfind(ENDS).map_or(0, |sign| sign + 1);
    let end = at.end as usize + after.find(ENDS).unwrap_or(after.len());
    let narrow = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
    Span::new(at.file, narrow(start), narrow(end))
}

/// Whether an earlier fault explains a later one in the same statement: always, where the text could not be read; where
/// a name was not found, in what is little more than that name.
fn explains(cause: Stage, at: Span, later: Span) -> bool {
    cause == Stage::Text || at == later || later.contains(at) && at.len() * 2 >= later.len()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::source::FileId;

    fn sources(text: &str) -> Sources {
        let mut sources = Sources::new();
        sources.add("b.qf", text);
        sources.add("a.qf", "body x");
        sources
    }

    fn at(sources: &Sources, code: Code, text: &str) -> Problem {
        let start = u32::try_from(sources.get(FileId(0)).unwrap().text.find(text).unwrap()).unwrap();
        Problem::new(code, Span::new(FileId(0), start, start + u32::try_from(text.len()).unwrap()))
    }

    fn told(problems: Vec<Problem>, sources: &Sources) -> Vec<&'static str> {
        settle(problems, sources).iter().map(|problem| problem.code.id()).collect()
    }

    #[test]
    fn files_come_by_their_path_and_places_in_their_order_and_nothing_twice() {
        let texts = sources("from a\nto b");
        let other = Problem::new(Code::NameDuplicate, Span::new(FileId(1), 5, 6));
        let problems = vec![
            at(&texts, Code::NameUnknown, "b"),
            at(&texts, Code::NameSort, "a"),
            at(&texts, Code::NameSort, "a"),
            other,
        ];
        assert_eq!(told(problems, &texts), ["name/duplicate", "name/sort", "name/unknown"]);
    }

    #[test]
    fn what_follows_from_a_statement_that_could_not_be_read_is_left_out() {
        let texts = sources("when grade => 60; to english\nwhen hours");
        let unread = || at(&texts, Code::SyntaxStatement, "=>");
        let same = at(&texts, Code::FactUndeclared, "grade");
        let next_statement = at(&texts, Code::NameUnknown, "english");
        let next_line = at(&texts, Code::FactBare, "hours");
        let problems = vec![unread(), same, next_statement, next_line];
        assert_eq!(told(problems, &texts), ["syntax/statement", "name/unknown", "fact/bare"]);
    }

    #[test]
    fn what_follows_from_a_name_that_was_not_found_is_left_out_and_each_use_is_told() {
        let texts = sources("to englsh\nto englsh, french");
        let unknown = at(&texts, Code::NameUnknown, "englsh");
        let nothing_left = at(&texts, Code::SelectEmpty, "englsh");
        let second = Problem { at: Span::new(FileId(0), 13, 19), ..unknown.clone() };
        let sharing = at(&texts, Code::AmountSharing, "englsh, french");
        let problems = vec![unknown, nothing_left, second, sharing];
        assert_eq!(told(problems, &texts), ["name/unknown", "name/unknown", "amount/sharing"]);
    }

    #[test]
    fn two_faults_of_one_rule_are_both_told() {
        let texts = sources("rule exempt {");
        let problems = vec![
            at(&texts, Code::SchemeCiteMissing, "exempt"),
            at(&texts, Code::SchemeInForceMissing, "exempt"),
        ];
        assert_eq!(told(problems, &texts), ["scheme/cite-missing", "scheme/in-force-missing"]);
    }
}

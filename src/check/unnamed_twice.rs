//! A place has one need and one ceiling of its own: what is asked besides has a name.

use crate::diagnostic::{Code, Problem, Said};
use crate::model::{Limit, Model};

pub(super) fn check(model: &Model, problems: &mut Vec<Problem>) {
    for (lines, word) in [(&model.requirements, "declaration.require"), (&model.limits, "declaration.limit")]
    {
        let unnamed: Vec<&Limit> = lines.iter().filter(|line| line.name.is_empty()).collect();
        for (at, line) in unnamed.iter().enumerate() {
            let before = unnamed.iter().take(at);
            // `from each of a, b` is one line that says several.
            let mut before = before.filter(|other| other.scope == line.scope && other.span != line.span);
            if let Some(first) = before.next() {
                let problem = Problem::new(Code::LimitTwo, line.span).say("line", Said::Word(word));
                problems.push(problem.label(first.span, "first"));
            }
        }
    }
}

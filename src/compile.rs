//! The spine: sources → trees → model → graph, and everything that is wrong on the way.
//!
//! Start reading here. Each step is one function of one folder; each returns what it made and all that was wrong with it.

use std::sync::Arc;

use crate::check::check;
use crate::diagnostic::{Code, Problem, Severity, settle};
use crate::graph::{self, ConversionGraph};
use crate::model::Model;
use crate::resolve::resolve;
use crate::source::{Sources, Span};
use crate::syntax::{self, tree::Tree};

/// What became of a package.
#[derive(Debug)]
pub struct Compiled {
    /// The texts it was made from.
    pub sources: Sources,
    /// One tree a file, in the order of the files.
    pub trees: Vec<Tree>,
    /// What the texts mean, as far as they could be understood.
    pub model: Arc<Model>,
    /// The graph of outcomes and rules; only where names, types and shapes have no error.
    pub graph: Option<ConversionGraph>,
    /// All that is wrong, in the order of paths and places.
    pub problems: Vec<Problem>,
}

impl Compiled {
    /// Whether anything is wrong that keeps the package from being used.
    pub fn has_errors(&self) -> bool {
        self.problems.iter().any(|problem| problem.code.severity() == Severity::Error)
    }
}

/// Compiles a package: its own sources and those of the packages it uses.
pub fn compile(sources: Sources) -> Compiled {
    let mut problems = Vec::new();
    let mut trees = Vec::with_capacity(sources.len());
    for (file, source) in sources.iter() {
        if let Some(broken) = source.broken {
            let code = if broken.looks_like_gb18030 { Code::EncodingGb18030 } else { Code::EncodingNotUtf8 };
            problems.push(Problem::new(code, Span::at(file, end_of(&source.text))));
            continue;
        }
        let (tree, found) = syntax::parse(file, source.code());
        problems.extend(found);
        trees.push(tree);
    }
    let (mut model, found) = resolve(&trees, &sources);
    problems.extend(found);
    problems.extend(check(&model));
    model.package.hash = sources.hash().into();
    let problems = settle(problems, &sources);

    let model = Arc::new(model);
    let sound = problems.iter().all(|problem| problem.code.severity() != Severity::Error);
    let graph = sound.then(|| graph::build(Arc::clone(&model)));
    Compiled { sources, trees, model, graph, problems }
}

fn end_of(text: &str) -> u32 {
    u32::try_from(text.len()).unwrap_or(u32::MAX)
}

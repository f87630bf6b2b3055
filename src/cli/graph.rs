//! `accredit graph`: the graph drawn, a neighbourhood of it, a path, or its components and circles as a list.

use crate::diagnostic::MessageLanguage;
use crate::diagnostic::suggest::nearest;
use crate::graph::{ConversionGraph, Neighbourhood, Node};
use crate::model::OutcomeId;
use crate::report::{dot, map, mermaid, svg};
use crate::wire::Names;

use super::Ended;
use super::args::{Graph, GraphFormat};
use super::asked::{no_such, opened};
use super::output::{complain, language, print};

/// So many rules stand between an outcome and what is still shown with it.
const REACH: usize = 2;

pub(super) fn run(command: &Graph) -> Ended {
    let language = language(command.speech);
    let compiled = match opened(&command.path, language) {
        Ok(compiled) => compiled,
        Err(ended) => return ended,
    };
    let Some(graph) = &compiled.graph else { return Ended::Short };
    if command.components {
        print(&parts(graph, language));
        return Ended::Well;
    }
    let part = match part(graph, command, language) {
        Ok(part) => part,
        Err(message) => {
            complain(&message);
            return Ended::Unusable;
        }
    };
    match drawn(graph, &part, command, language) {
        Ok(text) => {
            print(&text);
            Ended::Well
        }
        Err(message) => {
            complain(&message);
            Ended::Unusable
        }
    }
}

fn drawn(
    graph: &ConversionGraph,
    part: &Neighbourhood,
    command: &Graph,
    language: MessageLanguage,
) -> Result<String, String> {
    if command.format == GraphFormat::Json {
        return Ok(map::json(graph, part));
    }
    let package = &graph.model().package;
    let tags: &[&str] = match language {
        MessageLanguage::English => &["en"],
        MessageLanguage::Chinese => &["zh", "zh-Hant"],
    };
    let title = format!("{} {}", package.name, package.version);
    let drawing = map::picture(graph, part, &title, tags).map_err(|error| error.to_string())?;
    match command.format {
        GraphFormat::Dot => Ok(dot::render(&drawing)),
        GraphFormat::Mermaid | GraphFormat::Json => Ok(mermaid::render(&drawing)),
        GraphFormat::Svg => svg::render(&drawing).map_err(|large| match language {
            MessageLanguage::English => format!(
                "{} boxes are too many for one picture (at most {}); say --from OUTCOME or --to OUTCOME",
                large.nodes, large.limit
            ),
            MessageLanguage::Chinese => {
                format!(
                    "共{}个方框，一张图最多{}个；请用 --from 或 --to 指定学习成果",
                    large.nodes, large.limit
                )
            }
        }),
    }
}

fn part(
    graph: &ConversionGraph,
    command: &Graph,
    language: MessageLanguage,
) -> Result<Neighbourhood, String> {
    let names = Names::new(graph.model());
    let find = |name: &str| outcome(&names, name, language);
    if let Some([from, to]) = command.path_between.as_deref() {
        let (from, to) = (find(from)?, find(to)?);
        let Some(nodes) = graph.path(from, to) else {
            return Err(match language {
                MessageLanguage::English => "no rules lead from one to the other".to_owned(),
                MessageLanguage::Chinese => "两者之间没有可走的规则".to_owned(),
            });
        };
        let edges = nodes.windows(2).filter_map(|pair| Some((*pair.first()?, *pair.get(1)?))).collect();
        return Ok(Neighbourhood { nodes, edges });
    }
    match (&command.from, &command.to) {
        (Some(from), None) => Ok(graph.neighbourhood(Node::Outcome(find(from)?), REACH, true, false)),
        (None, Some(to)) => Ok(graph.neighbourhood(Node::Outcome(find(to)?), REACH, false, true)),
        (Some(from), Some(to)) => {
            let ahead = graph.neighbourhood(Node::Outcome(find(from)?), REACH, true, false);
            let behind = graph.neighbourhood(Node::Outcome(find(to)?), REACH, false, true);
            let nodes: Vec<Node> =
                ahead.nodes.into_iter().filter(|node| behind.nodes.contains(node)).collect();
            let edges =
                ahead.edges.into_iter().filter(|(a, b)| nodes.contains(a) && nodes.contains(b)).collect();
            Ok(Neighbourhood { nodes, edges })
        }
        (None, None) => Ok(graph.whole()),
    }
}

fn outcome(names: &Names<'_>, name: &str, language: MessageLanguage) -> Result<OutcomeId, String> {
    names.outcome(name, None).map_err(|error| {
        let known = names.model().outcomes.iter().flat_map(|outcome| {
            std::iter::once(&*outcome.name)
                .chain(outcome.code.as_deref())
                .chain(outcome.titles.0.iter().map(|(_, title)| &**title))
        });
        let near = nearest(name, known.collect::<Vec<_>>(), 3);
        no_such(name, error, &near, language)
    })
}

/// The parts that hang together, and the circles.
fn parts(graph: &ConversionGraph, language: MessageLanguage) -> String {
    let chinese = language == MessageLanguage::Chinese;
    let named = |nodes: &[Node]| -> String {
        nodes.iter().map(|node| map::id(graph.model(), *node)).collect::<Vec<_>>().join(", ")
    };
    let mut out = String::new();
    let components = graph.components();
    out.push_str(&if chinese {
        format!("{}个连通部分\n", components.len())
    } else {
        format!("{} parts hang together\n", components.len())
    });
    for component in &components {
        out.push_str(&format!("  {}: {}\n", component.len(), named(component)));
    }
    let cycles = graph.cycles();
    out.push_str(&match (cycles.is_empty(), chinese) {
        (true, true) => "没有循环\n".to_owned(),
        (true, false) => "no circles\n".to_owned(),
        (false, true) => format!("{}个循环\n", cycles.len()),
        (false, false) => format!("{} circles\n", cycles.len()),
    });
    for cycle in &cycles {
        out.push_str(&format!("  {}\n", named(cycle)));
    }
    out
}

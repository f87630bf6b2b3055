//! Drawings that every renderer is tried on, from plain to odd.

use super::{Drawing, Edge, EdgeKind, Node, NodeKind};
use EdgeKind::{Member, Overrides, Refusal, Source, Target};
use NodeKind::{Block, Body, Class, Level, Outcome, Rule};

/// The drawings, each with a name for its snapshots.
pub(in crate::report) fn all() -> Vec<(&'static str, Drawing)> {
    [
        ("examinations", examinations()),
        ("bundles", bundles()),
        ("circle", circle()),
        ("chinese", chinese()),
        ("apart", apart()),
        ("hostile", hostile()),
    ]
    .map(|(name, (title, nodes, edges))| (name, Drawing::new(title, nodes, edges).unwrap()))
    .into()
}

/// A title, nodes and edges before they are a drawing.
pub(in crate::report) type Parts = (&'static str, Vec<Node>, Vec<Edge>);

/// A college takes examinations: amounts on the lines, a class, a special rule that defeats a general one, a refusal.
pub(in crate::report) fn examinations() -> Parts {
    let nodes = vec![
        Node::new("calculus-exam", Outcome, ["Calculus", "examination"]).with_note("score 20 to 80"),
        Node::new("algebra-exam", Outcome, ["College Algebra", "examination"]),
        Node::new("any-language-exam", Class, ["any language examination", "level 2"]),
        Node::new("french-exam", Outcome, ["French Language", "examination"]),
        Node::new("spanish-exam", Outcome, ["Spanish Language", "examination"]),
        Node::new("r-calculus", Rule, ["calculus", "score 50 or above"]),
        Node::new("r-calculus-high", Rule, ["calculus, with distinction", "score 65 or above"]),
        Node::new("r-algebra", Rule, ["algebra", "score 50 or above"]),
        Node::new("r-language", Rule, ["languages", "score 59 or above"]),
        Node::new("never-native", Rule, ["never: first language"]),
        Node::new("math-101", Outcome, ["MATH 101", "Calculus I"]).with_note("4 credits"),
        Node::new("math-102", Outcome, ["MATH 102", "Calculus II"]).with_note("4 credits"),
        Node::new("elective", Block, ["Free electives"]).with_note("at least 12 credits"),
        Node::new("lang-201", Outcome, ["LANG 201", "Intermediate language"]),
    ];
    let edges = vec![
        Edge::new("calculus-exam", Source, "r-calculus"),
        Edge::new("calculus-exam", Source, "r-calculus-high"),
        Edge::new("algebra-exam", Source, "r-algebra"),
        Edge::new("french-exam", Member, "any-language-exam"),
        Edge::new("spanish-exam", Member, "any-language-exam"),
        Edge::new("any-language-exam", Source, "r-language"),
        Edge::new("any-language-exam", Source, "never-native"),
        Edge::new("r-calculus", Target, "math-101").with_label("4 credits"),
        Edge::new("r-calculus-high", Target, "math-101").with_label("4 credits"),
        Edge::new("r-calculus-high", Target, "math-102").with_label("4 credits"),
        Edge::new("r-calculus-high", Overrides, "r-calculus"),
        Edge::new("r-algebra", Target, "elective").with_label("3 credits"),
        Edge::new("r-language", Target, "lang-201").with_label("6 credits"),
        Edge::new("r-language", Target, "elective").with_label("up to 6 credits, whichever is less"),
        Edge::new("never-native", Refusal, "lang-201"),
    ];
    ("Credit by examination", nodes, edges)
}

/// Rules with several sources and several targets, some of them shared.
pub(in crate::report) fn bundles() -> Parts {
    let mut nodes = Vec::new();
    for course in ["physics-1", "physics-2", "lab", "mechanics", "optics", "project"] {
        nodes.push(Node::new(course, Outcome, [course]));
    }
    for target in ["ph-100", "ph-110", "ph-120", "ph-200", "ph-210"] {
        nodes.push(Node::new(target, Outcome, [target.to_uppercase()]));
    }
    for (rule, says) in
        [("r1", "all of three"), ("r2", "both"), ("r3", "any one of four"), ("r4", "two of three")]
    {
        nodes.push(Node::new(rule, Rule, [rule, says]));
    }
    let mut edges = Vec::new();
    for (rule, sources, targets) in [
        ("r1", &["physics-1", "physics-2", "lab"][..], &["ph-100", "ph-110"][..]),
        ("r2", &["mechanics", "lab"], &["ph-110", "ph-120", "ph-200"]),
        ("r3", &["physics-1", "mechanics", "optics", "project"], &["ph-200"]),
        ("r4", &["optics", "project", "lab"], &["ph-210", "ph-100"]),
    ] {
        edges.extend(sources.iter().map(|source| Edge::new(*source, Source, rule)));
        edges.extend(targets.iter().map(|target| Edge::new(rule, Target, *target)));
    }
    edges.push(Edge::new("ph-100", Source, "r3"));
    ("Bundles: several for several", nodes, edges)
}

/// Two colleges that take each other's courses, so that credit could go round; and a rule that defeats itself.
pub(in crate::report) fn circle() -> Parts {
    let nodes = vec![
        Node::new("east.stats", Outcome, ["Statistics", "East College"]).with_note("3 credits"),
        Node::new("west.stats", Outcome, ["Statistics", "West College"]).with_note("4 credits"),
        Node::new("north.data", Outcome, ["Data Analysis", "North College"]),
        Node::new("east-to-west", Rule, ["East to West"]),
        Node::new("west-to-north", Rule, ["West to North"]),
        Node::new("north-to-east", Rule, ["North to East"]),
        Node::new("old-rule", Rule, ["old rule"]),
    ];
    let edges = vec![
        Edge::new("east.stats", Source, "east-to-west"),
        Edge::new("east-to-west", Target, "west.stats").with_label("4"),
        Edge::new("west.stats", Source, "west-to-north"),
        Edge::new("west-to-north", Target, "north.data").with_label("5"),
        Edge::new("north.data", Source, "north-to-east"),
        Edge::new("north-to-east", Target, "east.stats").with_label("5"),
        Edge::new("east-to-west", Overrides, "old-rule").with_label("since 2024"),
        Edge::new("old-rule", Overrides, "old-rule"),
        Edge::new("old-rule", Target, "west.stats"),
    ];
    ("A circle of three colleges", nodes, edges)
}

/// Chinese throughout, with a body, a level and a block.
pub(in crate::report) fn chinese() -> Parts {
    let nodes = vec![
        Node::new("cet6", Outcome, ["全国大学英语六级考试", "成绩单"]).with_note("满分七百一十分"),
        Node::new("ncre2", Outcome, ["全国计算机等级考试（二级）", "合格证书"]),
        Node::new("wsk", Outcome, ["全国外语水平考试", "合格证书"]),
        Node::new("english-proof", Class, ["外语类证书"]),
        Node::new("r-english", Rule, ["英语类免考", "成绩不低于四百二十五分"]),
        Node::new("r-computer", Rule, ["计算机类免考"]),
        Node::new("e00015", Outcome, ["00015", "英语（二）"]).with_note("14学分"),
        Node::new("e00018", Outcome, ["00018", "计算机应用基础"]).with_note("2学分"),
        Node::new("e00019", Outcome, ["00019", "计算机应用基础（实践）"]).with_note("2学分"),
        Node::new("public", Block, ["公共基础课"]),
        Node::new("committee", Body, ["省高等教育自学考试委员会"]),
        Node::new("level5", Level, ["五级", "高等教育专科"]),
    ];
    let edges = vec![
        Edge::new("cet6", Member, "english-proof"),
        Edge::new("wsk", Member, "english-proof"),
        Edge::new("english-proof", Source, "r-english"),
        Edge::new("ncre2", Source, "r-computer"),
        Edge::new("r-english", Target, "e00015").with_label("14学分"),
        Edge::new("r-computer", Target, "e00018").with_label("2学分"),
        Edge::new("r-computer", Target, "e00019").with_label("2学分"),
        Edge::new("e00015", Member, "public"),
        Edge::new("e00018", Member, "public"),
        Edge::new("e00019", Member, "public"),
        Edge::new("committee", Source, "r-english").with_label("由其认定"),
        Edge::new("public", Member, "level5"),
    ];
    ("自学考试课程免考关系图", nodes, edges)
}

/// Parts that no line joins, some of a single box.
pub(in crate::report) fn apart() -> Parts {
    let mut nodes = vec![
        Node::new("a1", Outcome, ["Welding certificate"]),
        Node::new("a2", Rule, ["welding"]),
        Node::new("a3", Outcome, ["METAL 1"]),
        Node::new("b1", Outcome, ["First aid"]),
        Node::new("b2", Outcome, ["Lifeguard"]),
        Node::new("b3", Rule, ["sport"]),
        Node::new("b4", Outcome, ["SPORT 1"]),
        Node::new("b5", Rule, ["sport, higher"]),
        Node::new("b6", Outcome, ["SPORT 2"]),
    ];
    for alone in 1..=3 {
        nodes.push(Node::new(format!("z{alone}"), Outcome, [format!("nothing leads to {alone}")]));
    }
    let edges = vec![
        Edge::new("a1", Source, "a2"),
        Edge::new("a2", Target, "a3"),
        Edge::new("b1", Source, "b3"),
        Edge::new("b2", Source, "b3"),
        Edge::new("b3", Target, "b4"),
        Edge::new("b4", Source, "b5"),
        Edge::new("b2", Source, "b5"),
        Edge::new("b5", Target, "b6"),
    ];
    ("Three parts", nodes, edges)
}

/// Texts that try to leave their place in each format.
pub(in crate::report) fn hostile() -> Parts {
    let nodes = vec![
        Node::new("a\"b\\", Outcome, ["quote \" and back\\slash \\N \\", "two\nlines"]),
        Node::new("</svg><script>", Rule, ["<b>bold</b> & &lt;", "]]> --> <!-- %%{init: {}}%%"]),
        Node::new("end", Class, ["1. a list", "- `code` #quot; *star* _under_"]).with_note("style:x#1;"),
        Node::new("空\u{0}\u{7}\u{202e}", Body, ["nul \u{0} bell \u{7} turn \u{202e} end\u{ffff}"]),
        Node::new("long", Level, ["x".repeat(200), "长".repeat(200)]),
        Node::new("", Block, [""]),
    ];
    let edges = vec![
        Edge::new("a\"b\\", Source, "</svg><script>").with_label("\"|x|\" ]\n--> y"),
        Edge::new("</svg><script>", Target, "end").with_label("<i>&amp;</i>"),
        Edge::new("</svg><script>", Refusal, "空\u{0}\u{7}\u{202e}").with_label(""),
        Edge::new("long", Source, "</svg><script>"),
        Edge::new("", Member, "long"),
    ];
    ("title: \"quoted\" </title> \\ --- <x>", nodes, edges)
}

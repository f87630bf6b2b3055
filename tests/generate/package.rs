//! A package as QF text.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::Seed;

/// A package: its text, the constructs in it, and what a record may speak of.
#[derive(Clone, Debug, Default)]
pub struct Package {
    pub text: String,
    pub constructs: BTreeSet<&'static str>,
    /// Outcomes that are held, with their kinds.
    pub sources: Vec<(String, String)>,
    pub targets: Vec<String>,
    /// The rules with their schemes.
    pub rules: Vec<(String, String)>,
    /// What each rule of the scheme has in `from` and `to`, to override it where it speaks.
    said: Vec<(String, bool, bool, String, bool)>,
    /// Whether the scheme tests a date of the achievement.
    dated: bool,
    /// Whether the catalogue gives `grade` of an outcome.
    pub rank_optional: bool,
    pub rank_if: bool,
    /// Whether two facts are judged.
    pub judged: bool,
    /// What rules leave to a judge between two ends: the names of these facts.
    pub ranges: Vec<String>,
}

pub(super) struct Draw<'s> {
    pub(super) seed: &'s mut Seed,
    pub(super) made: Package,
}

pub fn package(seed: &mut Seed) -> Package {
    let mut draw = Draw { seed, made: Package::default() };
    draw.header();
    draw.schemes();
    super::members::add(draw.made)
}

pub(super) const DATES: [&str; 6] =
    ["2023-01-01", "2024-02-29", "2024-09-01", "2025-03-01", "2025-09-01", "2026-03-01"];

impl Draw<'_> {
    pub(super) fn saw(&mut self, construct: &'static str) {
        self.made.constructs.insert(construct);
    }

    pub(super) fn line(&mut self, text: &str) {
        self.made.text.push_str(text);
        self.made.text.push('\n');
    }

    fn header(&mut self) {
        self.line("package sweep.p version 2026.1 { unit point }");
        self.line("document doc \"Rules\"\nbody panel\nbody board\nbody college");
        self.line("credit point { step 0.5; hours 10 notional; year 60 }");
        self.line("credit other { step 0.5; hours 12 to 15 notional; year 30 to 40 }");
        if self.seed.chance(50) {
            self.saw("dated ratios");
            self.line("ratio 2 point = 1 other { cite doc; in force from 2025-03-01 by applied }");
            self.line("ratio 3 point gives 1 other { cite doc; in force to 2025-02-28 by applied }");
        } else {
            self.line("ratio 2 point = 1 other { cite doc }");
        }
        self.line("scale hundred { range 0 to 100; step 1; pass 60; mark exempt \"exempt\" counts as required minimum }");
        let falling = self.seed.chance(50);
        if falling {
            self.saw("falling scale");
        }
        let ends = if falling { "5 to 1; step 0.5; pass 4" } else { "1 to 5; step 0.5; pass 2" };
        self.line(&format!("scale note {{ range {ends} }}"));
        self.maps(falling);
        self.line("set sorts { oral, written, practical }");
        self.line("set ranks { low to high local, regional, national }");
        let optional = self.seed.chance(30);
        let only_if = !optional && self.seed.chance(30);
        self.made.rank_optional = optional;
        self.made.rank_if = only_if;
        let rank = if optional {
            self.saw("optional");
            "1 to 9 whole, optional"
        } else if only_if {
            self.saw("if");
            "1 to 9 whole, if team"
        } else {
            "1 to 9 whole"
        };
        let checked = if self.seed.chance(50) {
            self.saw("otherwise no");
            "yes or no, otherwise no"
        } else {
            "yes or no"
        };
        // Judged of the achievement, or of achievement and target together.
        let judged = self.seed.chance(25);
        self.made.judged = judged;
        let (similar, fit) = if judged {
            self.saw("judged by");
            (" judged by panel against target", " judged by board")
        } else {
            ("", "")
        };
        let lines = self.kind_lines();
        let mut kind = String::from("kind thing {\n");
        let _ = write!(
            kind,
            "  fact grade : hundred\n  fact mark-letter : letter\n  fact mark-note : note\n  fact scope : ranks\n  fact sort : sorts\n  \
             fact team : yes or no\n  fact checked : {checked}\n  fact rank : {rank}\n  fact share : 0% to 100%\n  fact hours : 0 to 200 whole contact hours\n  \
             fact credits : 0 to 10 step 0.5 credits\n  fact trained : months\n  fact subject : name\n  fact awarded : date\n  fact completed : date\n  \
             fact similarity : 0% to 100%{similar}\n  fact suits : yes or no{fit}\n{lines}  \
             effort is hours * share : 0 to 150\n  pace is credits / hours\n}}\n"
        );
        self.made.text.push_str(&kind);
        let kinds = self.seed.between(1, 3);
        let names = ["thing", "exam", "work", "talk"];
        for name in &names[1..=kinds] {
            let parent = if *name == "talk" && self.seed.chance(50) { "exam" } else { "thing" };
            self.line(&format!("kind {name} : {parent}"));
        }
        self.line("kind course { fact scope : ranks; fact sort : sorts; fact bar-grade : hundred; fact completed : date }");
        self.line("framework north { levels 1 to 5; dimension know maps to knowledge; dimension hand maps to skill; placement every dimension; descriptors unpublished }");
        self.line("framework south { levels 1 to 4; placement best fit }");
        let status = *self.seed.pick(&["endorsed", "comparison only", "endorsed", "proposed"]);
        self.line(&format!("comparison across of north with south {{ status {status}; cite doc; | north | south |; | 5 | 4 |; | 4, 3 | 3 |; | 3 | 2 |; | 2 | none |; | 1 | not stated | }}"));
        self.line("standard common { under north; statement a : know level 5 \"a\"; statement b : know level 5 \"b\" weight 2; statement c : hand level 5 \"c\"; statement d : hand level 5 \"d\" { same as common.c } }");
        let outcomes = self.seed.between(2, 6);
        for at in 0..outcomes {
            let kind = *self.seed.pick(&names[..=kinds]);
            let mut body = Vec::new();
            if self.seed.chance(15) {
                self.saw("catalogue value");
                body.push(format!("grade {}", self.seed.pick(&[40, 60, 75])));
            }
            if self.seed.chance(15) {
                self.saw("catalogue value");
                body.push(format!("scope {}", self.seed.pick(&["local", "regional", "national"])));
            }
            if self.seed.chance(15) {
                body.push(format!("credits {}", self.seed.pick(&["2", "3.5", "5"])));
            }
            body.extend(self.taught());
            if at > 0 && self.seed.chance(12) {
                self.saw("same as");
                body.push(format!("same as s{}", self.seed.below(at)));
            }
            let body = if body.is_empty() { String::new() } else { format!(" {{ {} }}", body.join("; ")) };
            self.line(&format!("outcome s{at} : {kind}{body}"));
            self.made.sources.push((format!("s{at}"), kind.to_owned()));
        }
        let targets = self.seed.between(2, 3);
        for at in 0..targets {
            let credits = if self.seed.chance(10) {
                self.saw("credits unpublished");
                "credits unpublished".to_owned()
            } else {
                format!("credits {}", self.seed.pick(&["2", "3", "4.5"]))
            };
            let mut body = vec![credits];
            body.push(format!("scope {}", self.seed.pick(&["local", "regional", "national"])));
            body.push(format!("sort {}", self.seed.pick(&["oral", "written"])));
            if self.seed.chance(70) {
                body.push(format!("bar-grade {}", self.seed.pick(&[50, 60, 80])));
            }
            body.extend(self.taught());
            self.line(&format!("outcome t{at} : course {{ {} }}", body.join("; ")));
            self.made.targets.push(format!("t{at}"));
        }
        let ordered: Vec<String> = (0..outcomes).map(|at| format!("s{at}")).collect();
        self.line(&format!("set ladder {{ low to high {} }}", ordered.join(", ")));
        let half: Vec<String> = self.seed.some(&ordered, outcomes.div_ceil(2));
        self.line(&format!("set some {{ {} }}", half.join(", ")));
        self.line("condition keen { when learner veteran; unless learner student is sports }");
        self.line("condition able { when any of { learner years >= 3; learner student is arts } }");
        self.line("provision early { when learner years >= 1; when learner student is not other }");
        self.line("learner { fact student : arts, sports, other; fact veteran : yes or no; fact years : 0 to 9 whole }");
    }

    fn schemes(&mut self) {
        let schemes = self.seed.between(1, 3);
        let rules = self.seed.between(1, 6).max(schemes);
        let mut left = rules;
        let mut bars = 0;
        for scheme in 0..schemes {
            let name = format!("c{scheme}");
            self.line(&format!("scheme {name} {{\n  cite doc"));
            if self.seed.chance(25) {
                self.saw("scheme window");
                let window = self.window();
                self.made.dated = !window.ends_with("applied");
                self.line(&format!("  {window}"));
            } else {
                self.made.dated = false;
                self.line("  in force not stated");
            }
            let count = *self.seed.pick(&["once", "once", "freely", "freely", "once everywhere"]);
            self.saw(match count {
                "once" => "count once",
                "freely" => "count freely",
                _ => "count once everywhere",
            });
            self.line(&format!("  count each achievement {count}"));
            if self.seed.chance(8) {
                self.saw("status unverified");
                self.line("  status unverified");
            }
            if self.seed.chance(15) {
                self.saw("convert again");
                let again = *self.seed.pick(&["once", "2 times"]);
                self.line(&format!("  convert again {again}"));
            }
            if scheme == 0 && self.seed.chance(15) {
                self.saw("scheme otherwise");
                let otherwise = *self.seed.pick(&["refer to panel", "refuse because \"not listed\""]);
                self.line(&format!("  otherwise {otherwise}"));
            }
            if self.seed.chance(12) {
                self.saw("total over");
                let over = *self.seed.pick(&["thing", "exam", "some", "thing (grade >= 60)"]);
                let each = if self.seed.chance(60) { " for each of t0, t1" } else { "" };
                self.line(&format!("  total over {over}{each}"));
            }
            if self.seed.chance(15) {
                self.saw("scheme when");
                let test = self.learner_test();
                self.line(&format!("  when {test}"));
            }
            while bars < 2 && self.seed.chance(20) {
                bars += 1;
                let bar = self.bar();
                self.line(&format!("  {bar}"));
            }
            let here = if scheme + 1 == schemes {
                left
            } else {
                self.seed.between(1, left - (schemes - scheme - 1))
            };
            let first = rules - left;
            for rule in first..first + here {
                self.rule(&name, rule, first);
            }
            left -= here;
            self.line("}");
        }
        if bars < 2 && self.seed.chance(8) {
            self.saw("never at the top");
            let bar = self.bar();
            self.line(&format!("{bar} cite doc"));
        }
    }

    fn window(&mut self) -> String {
        let by = *self.seed.pick(&["applied", "applied", "completed", "awarded"]);
        let from = *self.seed.pick(&DATES[..3]);
        let to = *self.seed.pick(&DATES[3..]);
        match self.seed.below(3) {
            0 => format!("in force from {from} by {by}"),
            1 => format!("in force {from} to {to} by {by}"),
            _ => format!("in force from {from} to {to} by {by}"),
        }
    }

    fn bar(&mut self) -> String {
        self.saw("never");
        let source = self.seed.pick(&self.made.sources.clone()).0.clone();
        let target = self.seed.pick(&self.made.targets.clone()).clone();
        let grade = *self.seed.pick(&[40, 60]);
        match self.seed.below(6) {
            0 => format!("never from {source} because \"barred\""),
            1 => format!("never to {target} because \"barred\""),
            2 => format!("never from thing (grade < {grade}) because \"barred\""),
            3 => {
                self.saw("never unless");
                format!("never from exam unless grade >= {grade} because \"barred\"")
            }
            4 => "never to course (scope is national) because \"barred\"".into(),
            _ => format!("never from {source} to {target} when team because \"barred\""),
        }
    }

    pub(super) fn learner_test(&mut self) -> String {
        if self.seed.chance(15) {
            self.saw("condition");
            return (*self.seed.pick(&["keen", "able", "not keen"])).to_owned();
        }
        self.saw("learner fact");
        (*self.seed.pick(&[
            "learner student is arts",
            "learner student is not sports",
            "learner veteran",
            "learner years >= 3",
            "learner student is one of arts, sports",
        ]))
        .to_owned()
    }

    pub(super) fn source(&mut self) -> String {
        self.seed.pick(&self.made.sources.clone()).0.clone()
    }

    pub(super) fn sources(&mut self, number: usize) -> Vec<String> {
        let names: Vec<String> = self.made.sources.iter().map(|(name, _)| name.clone()).collect();
        self.seed.some(&names, number.min(names.len()))
    }

    fn bracket(&mut self) -> String {
        self.saw("bracket");
        let grade = *self.seed.pick(&[50, 60, 80]);
        match self.seed.below(4) {
            0 => format!("(grade >= {grade})"),
            1 => "(scope is regional or above)".into(),
            2 => "(checked)".into(),
            _ => format!("(grade >= {grade} and scope is not local)"),
        }
    }

    pub(super) fn item(&mut self) -> String {
        let mut item = match self.seed.below(8) {
            0..4 => self.source(),
            4 => "exam".into(),
            5 => {
                self.saw("set");
                "some".into()
            }
            6 => {
                self.saw("kind");
                "thing".into()
            }
            _ => {
                self.saw("or above");
                format!("{} or above", self.source())
            }
        };
        if self.seed.chance(15) && !item.contains("or above") {
            item = format!("{item} {}", self.bracket());
        }
        item
    }

    /// A selection for `from`; whether it is pooled; whether plain facts may be tested.
    fn from(&mut self) -> (String, bool, bool) {
        match self.seed.below(20) {
            18 | 19 => {
                let (first, second) = (self.sources(3), self.sources(3));
                if first.len() < 2 {
                    return (self.item(), false, true);
                }
                self.saw("sets beside sets");
                let take = *self.seed.pick(&["1 of", "2 of", "3 credits of", "up to 2 of"]);
                (
                    format!("{take} {{ {} }} and 1 of {{ {} }}", first.join(", "), second.join(", ")),
                    true,
                    false,
                )
            }
            0..5 => (self.item(), false, true),
            5 | 6 => {
                self.saw("or");
                let some = self.sources(2);
                (some.join(" or "), false, true)
            }
            7 | 8 => {
                self.saw("and");
                let some = self.sources(2);
                let bound = if some.len() < 2 { String::new() } else { self.bound("in one") };
                (format!("{}{bound}", some.join(" and ")), false, some.len() < 2)
            }
            9 => {
                self.saw("and any of");
                let first = self.source();
                let some = self.sources(2);
                (format!("{first} and any of {{ {} }}", some.join(", ")), false, false)
            }
            10 | 11 => {
                self.saw("N of");
                let some = self.sources(3);
                if some.len() < 2 {
                    return (self.item(), false, true);
                }
                let bound = self.bound("in distinct");
                (format!("2 of {{ {} }}{bound}", some.join(", ")), true, true)
            }
            12 => {
                self.saw("up to N of");
                let some = self.sources(3);
                (format!("up to {} of {{ {} }}", some.len().min(2), some.join(", ")), true, true)
            }
            13 | 14 => {
                self.saw("together");
                let item = match self.seed.below(3) {
                    0 => "thing".into(),
                    1 => "some".into(),
                    _ => format!("exam {}", self.bracket()),
                };
                (format!("{item} together"), true, true)
            }
            15 => {
                self.saw("credits of");
                let some = self.sources(3);
                let credits = *self.seed.pick(&[3, 5]);
                (format!("{credits} credits of {{ {} }}", some.join(", ")), true, true)
            }
            16 => {
                self.saw("and N of");
                let first = self.source();
                let some = self.sources(3);
                (format!("{first} and 1 of {{ {} }}", some.join(", ")), true, false)
            }
            _ => {
                self.saw("except");
                let some = self.source();
                let test = if self.seed.chance(30) { self.bracket() } else { String::new() };
                let of = *self.seed.pick(&["thing", "some", "exam"]);
                (format!("{of} except {some} {test}"), false, true)
            }
        }
    }

    /// A level and statements of an outcome.
    fn taught(&mut self) -> Vec<String> {
        let mut body = Vec::new();
        if self.seed.chance(40) {
            let level = *self.seed.pick(&[
                "level north 3, know 4, hand 3",
                "level north 2",
                "level know 4",
                "level know 3, hand 4",
                "level south 3",
                "level north 5, south 2",
                "level north 1",
            ]);
            // A level by dimension alone belongs to the framework before it.
            if level.starts_with("level know") {
                body.push(level.replacen("level ", "level north 1, ", 1));
            } else {
                body.push(level.to_owned());
            }
        }
        if self.seed.chance(40) {
            let some =
                self.seed.some(&["common.a", "common.b", "common.c", "common.d"].map(str::to_owned), 2);
            body.push(format!("statements {}", some.join(", ")));
        }
        body
    }

    fn rule(&mut self, scheme: &str, number: usize, first: usize) {
        let name = format!("r{number}");
        self.made.rules.push((scheme.to_owned(), name.clone()));
        let mut out = format!("  rule {name} {{\n");
        if self.seed.chance(8) {
            self.saw("status unverified");
            let _ = writeln!(out, "    status {}", self.seed.pick(&["unverified", "under review"]));
        }
        let over = (number > first && self.seed.chance(35)).then(|| self.seed.between(first, number - 1));
        if let Some(over) = over {
            self.saw("overrides");
            let _ = writeln!(out, "    overrides r{over}");
        }
        if self.seed.chance(6) {
            self.saw("count on a rule");
            let _ = writeln!(
                out,
                "    count each achievement {}",
                self.seed.pick(&["once", "freely", "once everywhere"])
            );
        }
        if self.seed.chance(6) {
            self.saw("convert again on a rule");
            let _ = writeln!(out, "    convert again {}", self.seed.pick(&["never", "once", "2 times"]));
        }
        let without_from = over.is_none() && !self.made.dated && self.seed.chance(7);
        if self.seed.chance(10) {
            self.saw("provision");
            let _ = writeln!(out, "    with early");
        }
        if self.seed.chance(15) && !without_from {
            self.saw("window");
            let window = self.window();
            let _ = writeln!(out, "    {window}");
        }
        let shared = over.map(|over| self.made.said[over].clone());
        let mut said = (String::new(), false, false);
        if without_from {
            self.saw("without from");
        } else {
            said = match &shared {
                Some((from, pooled, plain, ..)) if from.is_empty() || self.seed.chance(50) => {
                    (from.clone(), *pooled, *plain)
                }
                Some(_) if self.seed.chance(50) => ("thing".into(), false, true),
                Some((from, ..)) if !from.contains('{') && !from.contains(" and ") => {
                    (format!("{from} together").replace(" together together", " together"), true, true)
                }
                _ => self.from(),
            };
            if said.0.contains(" or ") && said.0.contains("together") {
                said = ("thing".into(), false, true);
            }
            if !said.0.is_empty() {
                let _ = writeln!(out, "    from {}", said.0);
            }
        }
        let (from, pooled, plain) = said;
        let without_from = from.is_empty();
        let all_targets = self.made.targets.clone();
        let (targets, several) = match self.seed.below(10) {
            0 | 1 => {
                self.saw("deposit");
                (String::new(), false)
            }
            2..6 => {
                // The first target is the one that rules meet on.
                let one = if self.seed.chance(60) {
                    all_targets[0].clone()
                } else {
                    self.seed.pick(&all_targets).clone()
                };
                (one, false)
            }
            6 | 7 => {
                self.saw("to list");
                (self.seed.some(&all_targets, 2).join(", "), true)
            }
            8 if self.seed.chance(40) => {
                self.saw("any family");
                let family = *self.seed.pick(&[
                    "any course",
                    "any course (scope is regional or above)",
                    "any course (sort is oral)",
                    "any course except t0",
                ]);
                (family.to_owned(), false)
            }
            8 => {
                self.saw("to and");
                (self.seed.some(&all_targets, 2).join(" and "), true)
            }
            _ => {
                self.saw("choice");
                let some = self.seed.some(&all_targets, 2);
                if self.seed.chance(50) {
                    (some.join(" or "), true)
                } else {
                    (format!("up to 2 of {{ {} }}", some.join(", ")), true)
                }
            }
        };
        let (targets, several) = shared.map_or((targets, several), |it| (it.3, it.4));
        self.made.said.push((from, pooled, plain, targets.clone(), several));
        let has_target = !targets.is_empty();
        for _ in 0..*self.seed.pick(&[0, 0, 1, 1, 2, 3]) {
            let test = if plain && self.seed.chance(80) && !pooled {
                self.source_test(has_target)
            } else if pooled || !plain && !without_from {
                if self.seed.chance(60) && !without_from { self.several_test() } else { self.other_test() }
            } else {
                self.other_test()
            };
            if self.seed.chance(20) {
                self.saw("unless");
                let _ = writeln!(out, "    unless {test}");
            } else {
                self.saw("when");
                let _ = writeln!(out, "    when {test}");
            }
        }
        if targets.contains(", ") && !targets.contains('{') && self.seed.chance(40) {
            self.lines(&mut out, &targets, plain && !pooled);
            out.push_str("  }\n");
            self.made.text.push_str(&out);
            return;
        }
        if has_target && !several && self.seed.chance(8) {
            self.saw("access or award");
            let effect = *self.seed.pick(&[
                "access to",
                "award",
                "placement in",
                "entry to year 2 of",
                "entry to year 3 of",
            ]);
            let _ = writeln!(out, "    give {effect} {targets}\n  }}");
            self.made.text.push_str(&out);
            return;
        }
        if has_target {
            let _ = writeln!(out, "    to {targets}");
        }
        let credit = self.gives(&mut out, has_target, several, pooled, plain, without_from);
        if credit && self.seed.chance(20) && has_target {
            let mark = match self.seed.below(9) {
                0 => "90",
                6.. if plain && !pooled => self.mapped_mark(),
                1 if plain && !pooled => "grade",
                2 if plain && !pooled && self.seed.chance(40) => "grade, at most 70, under source name",
                2 if plain && !pooled => "grade, at most 70",
                3 if plain && !pooled && self.seed.chance(60) => {
                    "by grade {\n      | grade | mark |\n      | 80 or more | 90 |\n      | 60 to 79 | 80 |\n      | otherwise | - |\n    }"
                }
                4 if plain && !pooled && self.seed.chance(60) => {
                    let (_, name) = self.made.rules.last().unwrap();
                    let fact = format!("{name}-mark");
                    self.made.ranges.push(fact);
                    "70 to 90 judged by panel"
                }
                3 => "\"passed\" counts as 85, outside average",
                _ => "80",
            };
            self.saw(match mark.split(' ').next() {
                Some("by") => "mark by table",
                Some("70") => "mark judged",
                _ if mark.ends_with("source name") => "under source name",
                Some(word) if word.starts_with("grade") && !mark.contains(" by ") => "mark carried",
                _ => "mark",
            });
            let _ = writeln!(out, "    mark {mark}");
        }
        if credit && self.seed.chance(15) {
            self.saw("attribute");
            let of = match self.seed.below(4) {
                0 if has_target => "as scope = national",
                1 => "at level north 2",
                2 => "only for prerequisite",
                _ => "not for prerequisite",
            };
            let test = match self.seed.below(3) {
                0 if plain && !pooled => format!(" when {}", self.source_test(false)),
                1 => format!(" unless {}", self.learner_test()),
                _ => String::new(),
            };
            if !test.is_empty() {
                self.saw("attribute when");
                if of.starts_with("at level") && self.seed.chance(40) {
                    self.saw("two levels");
                    let _ = writeln!(out, "    at level north 3 when learner student is arts");
                }
            }
            let _ = writeln!(out, "    {of}{test}");
        }
        out.push_str("  }\n");
        self.made.text.push_str(&out);
    }

    /// A line for each target, perhaps one for the account, each perhaps with a test of its own.
    fn lines(&mut self, out: &mut String, targets: &str, plain: bool) {
        self.saw("give lines");
        let deposit = self.seed.chance(30);
        for to in targets.split(", ").map(|target| format!(" to {target}")).chain(deposit.then(String::new)) {
            let amount = match self.seed.below(4) {
                0 if !to.is_empty() => "target credits".to_owned(),
                1 if plain => "1 credit per 16 hours, round down to 0.5".into(),
                2 if !to.is_empty() => "attendance only, exam stays".into(),
                _ => format!("{} credits", self.seed.pick(&["1", "2", "2.5"])),
            };
            let test = match self.seed.below(4) {
                0 if plain => format!(" when {}", self.source_test(!to.is_empty())),
                1 => format!(" when {}", self.other_test()),
                2 => {
                    self.saw("line unless");
                    format!(" unless {}", self.learner_test())
                }
                _ => String::new(),
            };
            let part = self.part(&amount, plain);
            let _ = writeln!(out, "    give {amount}{to}{test}{part}");
        }
    }

    /// Perhaps a part of what a line gives, and where it sits.
    fn part(&mut self, amount: &str, plain: bool) -> String {
        if !self.seed.chance(25) || amount.starts_with("attendance") {
            return String::new();
        }
        self.saw("of which");
        let part = if amount.contains("per") { "4" } else { "1" };
        let test = match self.seed.below(3) {
            0 if plain => format!(" when {}", self.source_test(false)),
            1 => format!(" unless {}", self.learner_test()),
            _ => String::new(),
        };
        format!(", of which {part} to s0{test}")
    }
}

//! Frames: a scheme that others stand under or adopt, and those others.

use super::Seed;
use super::package::{Draw, Package};

/// Makes the first scheme a frame, now and then, and adds its members. They are drawn from a seed of their own, so that all else is drawn
/// as it was before there were any.
pub(super) fn add(made: Package) -> Package {
    let mut seed = Seed::new(made.text.len() as u64);
    let mut draw = Draw { seed: &mut seed, made };
    if draw.seed.chance(20) {
        draw.members();
    }
    draw.made
}

impl Draw<'_> {
    fn members(&mut self) {
        let mut lines = String::from("scheme c0 {\n  members may tighten\n  cite doc");
        if self.seed.chance(50) {
            self.saw("open value");
            lines.push_str("\n  open span : 0 to 10 whole\n  when learner years >= span");
        }
        self.made.text = self.made.text.replacen("scheme c0 {\n  cite doc", &lines, 1);
        let rules: Vec<String> = self
            .made
            .rules
            .iter()
            .filter(|(scheme, _)| scheme == "c0")
            .map(|(_, rule)| rule.clone())
            .collect();
        for number in 0..self.seed.between(1, 2) {
            let name = format!("m{number}");
            let has = match self.seed.below(5) {
                0 => self.adopted(&name, &rules),
                _ => self.member(&name, &rules),
            };
            self.line("}");
            // An earlier grant may name a member's rule, or the frame's.
            self.made.rules.extend(has.into_iter().map(|rule| (name.clone(), rule)));
        }
    }

    fn member(&mut self, name: &str, rules: &[String]) -> Vec<String> {
        self.saw("under");
        self.line(&format!("scheme {name} {{\n  by college\n  under c0\n  cite doc"));
        if self.seed.chance(25) {
            self.line("  in force from 2024-09-01 by applied");
        }
        if self.seed.chance(25) {
            self.line("  count each achievement once everywhere");
        }
        if self.seed.chance(30) {
            let test = self.learner_test();
            self.line(&format!("  when {test}"));
        }
        if self.seed.chance(15) {
            let source = self.source();
            self.line(&format!("  never from {source} because \"barred by the member\""));
        }
        self.stated();
        if self.seed.chance(40) {
            self.saw("amend");
            let (rule, test) = (self.seed.pick(rules).clone(), self.learner_test());
            self.line(&format!("  amend {rule} {{ when {test} }}"));
        }
        rules.to_vec()
    }

    fn adopted(&mut self, name: &str, rules: &[String]) -> Vec<String> {
        let discretion = self.seed.chance(50);
        self.saw(if discretion { "adopt with discretion" } else { "adopt" });
        let word = if discretion { "adopt with discretion" } else { "adopt" };
        self.line(&format!("{word} c0 as {name} {{\n  by board"));
        let mut has = rules.to_vec();
        if self.seed.chance(40) {
            let rule = self.seed.pick(rules).clone();
            let only = self.seed.chance(50);
            has.retain(|other| (*other == rule) == only);
            self.line(&format!("  {} {rule}", if only { "only" } else { "except" }));
        }
        self.stated();
        has
    }

    fn stated(&mut self) {
        if self.made.text.contains("open span") && self.seed.chance(70) {
            let span = *self.seed.pick(&[0, 2, 3]);
            self.line(&format!("  span {span}"));
        }
    }
}

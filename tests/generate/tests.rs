//! The tests of a rule.

use super::package::{DATES, Draw};

impl Draw<'_> {
    /// A test of a level, or of what is covered.
    pub(super) fn level_test(&mut self, has_target: bool) -> String {
        self.saw("level or coverage");
        let own = [
            "level >= south 3 by across",
            "level >= north 3 by across",
            "level >= north 3 in skill",
            "level >= north 3",
            "level >= south 2",
            "level >= north 3 in every dimension",
            "level < north 4 in knowledge",
            "level >= know 3",
        ];
        let of_target = [
            "level >= target level by across",
            "level >= target level in every dimension",
            "covers 50% of target statements",
            "covers 60% of target statements by weight",
            "covers 100% of target statements in skill",
            "covers 50% of target statements where grade >= 50",
        ];
        let from = if has_target && self.seed.chance(60) { &of_target[..] } else { &own[..] };
        (*self.seed.pick(from)).to_owned()
    }

    /// A test of the source's own facts.
    pub(super) fn source_test(&mut self, has_target: bool) -> String {
        if self.seed.chance(5) {
            return self.later_test();
        }
        if self.seed.chance(12) {
            return self.level_test(has_target);
        }
        let grade = *self.seed.pick(&[40, 50, 60, 80]);
        if self.made.judged && self.seed.chance(30) {
            self.saw("judged fact");
            return (*self.seed.pick(&["similarity >= 80%", "suits", "hours similar, judged by panel"]))
                .into();
        }
        match self.seed.below(24) {
            0..4 => format!("grade >= {grade}"),
            4 => format!("grade {} to {}", grade - 20, grade),
            5 => {
                self.saw("ordered list");
                "scope is regional or above".into()
            }
            6 => {
                self.saw("is one of");
                "sort is one of oral, written".into()
            }
            7 => "team".into(),
            8 => "checked".into(),
            9 => format!("rank <= {}", self.seed.pick(&[2, 5])),
            10 => {
                self.saw("share");
                "share >= 80%".into()
            }
            11 => {
                self.saw("named scale");
                "mark-letter >= C".into()
            }
            12 => "mark-note is 2 or better".into(),
            13 => {
                self.saw("months");
                "trained >= 6 months".into()
            }
            14 | 15 => {
                self.saw("within");
                let fact = *self.seed.pick(&["awarded", "completed"]);
                let (number, unit) =
                    *self.seed.pick(&[("1", "year"), ("2", "years"), ("6", "months"), ("100", "days")]);
                format!("{fact} within {number} {unit} before applied")
            }
            16 => {
                self.saw("dates");
                format!(
                    "completed {} {}",
                    self.seed.pick(&["before", "after"]),
                    self.seed.pick(&["applied", "decided", "awarded"])
                )
            }
            17 if self.seed.chance(30) => {
                self.saw("valid on");
                format!("valid on {}", self.seed.pick(&["applied", "completed"]))
            }
            17 => {
                self.saw("date");
                format!("awarded {} {}", self.seed.pick(&[">=", "<", "<="]), self.seed.pick(&DATES))
            }
            18 if has_target && self.seed.chance(50) => {
                self.saw("differ by at most");
                (*self.seed.pick(&[
                    "grade differ by at most 20 from target bar-grade",
                    "credits differ by at most 1 from target",
                    "credits differ by at most 0 from target",
                ]))
                .to_owned()
            }
            18..22 if has_target => {
                self.saw("target fact");
                (*self.seed.pick(&[
                    "scope >= target scope",
                    "sort is target sort",
                    "credits >= target credits",
                    "grade >= target bar-grade",
                    "scope is not target scope",
                ]))
                .to_owned()
            }
            18 => "sort is not oral".into(),
            19 => {
                self.saw("any of");
                let first = self.source_test(has_target);
                let second = self.source_test(has_target);
                format!("any of {{ {first}; {second} }}")
            }
            20 => {
                self.saw("none");
                if self.made.rank_optional { "rank is not none".into() } else { "hours >= 16".into() }
            }
            _ => format!("hours {} {}", self.seed.pick(&[">=", "<", ">"]), self.seed.pick(&[16, 40])),
        }
    }

    pub(super) fn other_test(&mut self) -> String {
        match self.seed.below(9) {
            0..3 => self.learner_test(),
            7 => self.length_test(),
            8 => {
                self.saw("holds credits of");
                let some = self.sources(3);
                format!("holds {} credits of {{ {} }}", self.seed.pick(&[2, 4]), some.join(", "))
            }
            3 | 4 => {
                self.saw("holds");
                format!("holds {}", self.item())
            }
            5 => {
                self.saw("holds no");
                format!("holds no {}", self.source())
            }
            _ => {
                self.saw("holds N of");
                let some = self.sources(3);
                format!("holds {} of {{ {} }}", some.len().min(2), some.join(", "))
            }
        }
    }

    pub(super) fn several_test(&mut self) -> String {
        if self.seed.chance(15) {
            self.saw("each level");
            return (*self.seed.pick(&[
                "each level >= north 3 in skill",
                "each level >= south 3 by across",
                "each level >= north 3",
                "each level >= north 3 in every dimension",
            ]))
            .to_owned();
        }
        self.saw("of several");
        (*self.seed.pick(&[
            "each grade >= 50",
            "total credits >= 4",
            "latest completed >= 2024-09-01",
            "lowest grade >= 50",
            "each team",
        ]))
        .to_owned()
    }
}

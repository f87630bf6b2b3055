//! Tests that look at the whole record and use nothing of it.

use super::package::Draw;

impl Draw<'_> {
    /// What was begun after the achievement at hand.
    pub(super) fn later_test(&mut self) -> String {
        self.saw("registered for");
        let of = *self.seed.pick(&["thing", "s0", "exam or s1", "thing (team)", "s0 and s1"]);
        format!("registered for {of} after this")
    }

    /// Perhaps a fact by which the achievements of a rule are bound: they have one value, or each its own.
    pub(super) fn bound(&mut self, word: &'static str) -> String {
        if !self.seed.chance(40) {
            return String::new();
        }
        let word = if self.seed.chance(30) { "in distinct" } else { word };
        self.saw(word);
        format!(" {word} {}", self.seed.pick(&["scope", "sort", "subject", "team", "rank"]))
    }

    /// What the kind says of its achievements: when they serve no more, and what is impossible.
    pub(super) fn kind_lines(&mut self) -> String {
        let mut lines = String::new();
        if self.seed.chance(20) {
            self.saw("lapses");
            let length = *self.seed.pick(&["6 months", "1 year", "18 months", "400 days"]);
            let after = *self.seed.pick(&["awarded", "completed"]);
            let unless = *self.seed.pick(&[
                "",
                " unless checked",
                " unless scope is national",
                " unless learner veteran",
            ]);
            lines.push_str(&format!("  lapses {length} after {after}{unless}\n"));
        }
        if self.seed.chance(10) {
            self.saw("impossible when");
            lines.push_str("  impossible when team and grade < 40\n");
        }
        lines
    }

    /// How long spells last.
    pub(super) fn length_test(&mut self) -> String {
        self.saw("total length");
        let of = *self.seed.pick(&["thing", "exam or thing", "thing (team)", "some", "thing except s0"]);
        let sign = *self.seed.pick(&[">=", ">=", ">=", ">", "<", "<="]);
        let length = *self.seed.pick(&["1 year", "1 year 6 months", "200 days", "2 years", "26 weeks"]);
        let mut test = format!("total length of {of} {sign} {length}");
        if self.seed.chance(50) {
            self.saw("of which length");
            test.push_str(", of which >= 150 days (grade >= 50)");
            if self.seed.chance(40) {
                test.push_str(", of which >= 60 days (scope is regional or above)");
            }
        }
        test
    }
}

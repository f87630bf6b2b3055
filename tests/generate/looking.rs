//! Tests that look at the whole record and use nothing of it.

use super::package::Draw;

impl Draw<'_> {
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

//! Maps of marks, and the marks that generated rules show.

use super::package::Draw;

impl Draw<'_> {
    /// Two scales with distributions and a map of each sort.
    pub(super) fn maps(&mut self, falling: bool) {
        self.line("scale letter { low to high F, D, C, B, A; pass D; distribution { | grade | share |; | A | 10% |; | B | 20% |; | C | 40% |; | D | 20% |; | F | 10% | } }");
        self.line("scale band { low to high poor, fair, good; pass fair; distribution { | grade | share |; | good | 25% |; | fair | 45% |; | poor | 30% | } }");
        self.line("scale points { range 0 to 4; step 0.01 }");
        let holes = *self.seed.pick(&[
            "below pass -> none; otherwise not stated",
            "otherwise none",
            "otherwise not stated",
            "below pass -> F; otherwise none",
        ]);
        let how = self.map_status();
        self.line(&format!("map graded from hundred to letter {{ cite doc; {how}{holes}; | hundred | letter |; | 90 or more | A |; | 70 to 89 | B |; | 65 to 69 | none |; | 62 to 64 | not stated | }}"));
        let ends = if falling { "linear best -> 1, pass -> 4" } else { "linear best -> 5, pass -> 2" };
        let below = *self.seed.pick(&["", "below pass -> none; ", "otherwise none; "]);
        let how = self.map_status();
        let mode = *self.seed.pick(&["half up", "down", "up", "half down"]);
        self.line(&format!(
            "map lined from any numeric scale to note {{ cite doc; {how}{ends}; {below}round {mode} to 0.5 }}"
        ));
        let how = self.map_status();
        self.line(&format!("map better from any numeric scale to note {{ cite doc; {how}{ends}; {below}round to next better mark }}"));
        let how = self.map_status();
        self.line(&format!(
            "map formed from hundred to points {{ cite doc; {how}formula \"4 - (100 - grade)^2/2500\"; round half up to 0.01 }}"
        ));
        let take = *self.seed.pick(&["larger", "most", "least"]);
        self.line(&format!("map shared from letter to band {{ cite doc; by overlap, take {take} }}"));
    }

    fn map_status(&mut self) -> &'static str {
        match self.seed.below(12) {
            0 => "status unverified; ",
            1 => "in force from 2025-03-01 by applied; ",
            _ => "",
        }
    }

    /// A mark carried through a map.
    pub(super) fn mapped_mark(&mut self) -> &'static str {
        let (mark, construct) = *self.seed.pick(&[
            ("grade by graded", "map by rows"),
            ("grade by lined", "map by a line"),
            ("mark-note by lined, at most 3", "map by a line"),
            ("grade by better", "map to the next better"),
            ("mark-note by better", "map to the next better"),
            ("grade by formed", "map by a formula"),
            ("grade by formed, at most 3", "map by a formula"),
            ("mark-letter by shared", "map by overlap"),
        ]);
        self.saw(construct);
        mark
    }
}

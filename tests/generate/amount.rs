//! What a generated rule gives.

use std::fmt::Write as _;

use super::package::Draw;

impl Draw<'_> {
    pub(super) fn gives(
        &mut self,
        out: &mut String,
        has_target: bool,
        several: bool,
        pooled: bool,
        plain: bool,
        nobody: bool,
    ) -> bool {
        let each = if several {
            if self.seed.chance(30) {
                self.saw("in total");
                " in total"
            } else {
                " each"
            }
        } else {
            ""
        };
        match self.seed.below(22) {
            0..3 if has_target => {
                self.saw("target credits");
                let _ = writeln!(out, "    give target credits");
            }
            3 if !several && self.seed.chance(50) => {
                self.saw("whichever");
                let which = *self.seed.pick(&["greater", "less"]);
                let other = match self.seed.below(3) {
                    0 if plain && !pooled => "1 credit per 16 hours, round down to 0.5, at most 4",
                    1 if has_target => "target credits",
                    _ => "1.5 credits",
                };
                let number = *self.seed.pick(&["1", "2.5"]);
                let _ = writeln!(out, "    give {number} credits or {other}, whichever is {which}");
            }
            3 | 4 => {
                let number = *self.seed.pick(&["1", "2", "2.5", "3"]);
                let _ = writeln!(out, "    give {number} credits{each}");
            }
            5 if plain && !several && !pooled => {
                self.saw("source credits");
                let _ = writeln!(out, "    give source credits");
            }
            6..9 if plain && !several => {
                self.saw("rate");
                let mode = *self.seed.pick(&["down", "up", "half up", "half down"]);
                let step = *self.seed.pick(&["0.5", "1"]);
                self.saw("rounding");
                let cap = if self.seed.chance(50) {
                    self.saw("at most");
                    ", at most 3"
                } else if self.seed.chance(20) {
                    ", at least 1"
                } else {
                    ""
                };
                let what = if pooled && self.seed.chance(50) {
                    if self.seed.chance(50) {
                        self.saw("times");
                        "2 times"
                    } else {
                        self.saw("distinct");
                        "2 distinct subject"
                    }
                } else {
                    "16 hours"
                };
                let _ = writeln!(out, "    give 1 credit per {what}, round {mode} to {step}{cap}");
            }
            9..12 if plain && !several && !pooled => {
                self.saw("table");
                self.table(out);
            }
            12 if plain && !several && !pooled && !self.made.rank_optional && !self.made.rank_if => {
                self.saw("less per");
                let _ = writeln!(out, "    give 4 credits less 0.5 per rank after 1");
            }
            13 | 14 if has_target && !several => {
                let effect = *self.seed.pick(&[
                    "no credit, total reduced",
                    "no credit, replaced from course",
                    "attendance only, exam stays",
                    "no credit, replaced",
                ]);
                self.saw("effect");
                let _ = writeln!(out, "    give {effect}");
                return false;
            }
            19 | 20 if plain && !several && !pooled => {
                let what = *self.seed.pick(&["3 credits", "source credits", "1 credit per 16 hours"]);
                let how = *self.seed.pick(&[
                    ", round down to 0.5",
                    ", round half up to 0.5",
                    " by hours, take least, round up to 0.5",
                    " by year, take most, round down to 0.5",
                    " by hours, refer to panel, round down to 0.5",
                    " by year, refer to board",
                ]);
                self.saw(if how.starts_with(',') { "in unit" } else { "in unit by figures" });
                let _ = writeln!(out, "    give {what} in other{how}");
            }
            15 => {
                self.saw("refer");
                let _ = writeln!(out, "    refer to {}", self.seed.pick(&["panel", "panel", "board"]));
                return false;
            }
            16 => {
                self.saw("refuse");
                let _ = writeln!(out, "    refuse because \"no\"");
                return false;
            }
            18 if plain && !several => {
                self.saw("quantity worked out");
                let what =
                    *self.seed.pick(&["effort", "1 credit per 2 effort", "effort", "2 credits per 0.5 pace"]);
                let _ = writeln!(out, "    give {what}, round down to 0.5");
            }
            17 if plain && !pooled && !several => {
                self.saw("judged amount");
                let (_, name) = self.made.rules.last().unwrap();
                let fact = format!("{name}-credits");
                self.made.ranges.push(fact);
                let least = *self.seed.pick(&["0", "0.5", "1"]);
                let _ = writeln!(
                    out,
                    "    give {least} to 2 credits judged by {}",
                    self.seed.pick(&["panel", "board"])
                );
            }
            _ if has_target => {
                let _ = writeln!(out, "    give target credits");
            }
            _ => {
                let _ = writeln!(out, "    give 2 credits{each}");
            }
        }
        let _ = nobody;
        true
    }

    fn cell(&mut self) -> &'static str {
        match self.seed.below(12) {
            0 | 1 => {
                self.saw("dash");
                "-"
            }
            2 => {
                self.saw("unpublished");
                "unpublished"
            }
            3 => {
                self.saw("zero cell");
                "0"
            }
            _ => {
                let amounts: [&'static str; 5] = ["1", "2", "2", "3", "4.5"];
                amounts[self.seed.below(5)]
            }
        }
    }

    fn table(&mut self, out: &mut String) {
        let otherwise = self.seed.chance(40);
        match self.seed.below(3) {
            0 => {
                let _ = writeln!(
                    out,
                    "    give credits by scope, sort {{\n      | scope | oral | written | practical |"
                );
                for scope in ["local", "regional", "national"] {
                    if otherwise && self.seed.chance(30) {
                        continue;
                    }
                    let _ = writeln!(
                        out,
                        "      | {scope} | {} | {} | {} |",
                        self.cell(),
                        self.cell(),
                        self.cell()
                    );
                }
            }
            1 => {
                let _ = writeln!(out, "    give credits by grade {{\n      | grade | credits |");
                let rows = ["under 50", "50 to 59", "60 to 79", "80 or more"];
                for row in rows {
                    if otherwise && self.seed.chance(30) {
                        continue;
                    }
                    let _ = writeln!(out, "      | {row} | {} |", self.cell());
                }
            }
            _ => {
                self.saw("table by learner");
                let _ = writeln!(
                    out,
                    "    give credits by learner student, team {{\n      | learner student | team | credits |"
                );
                for student in ["arts", "sports", "other"] {
                    for team in ["yes", "no"] {
                        if otherwise && self.seed.chance(20) {
                            continue;
                        }
                        let _ = writeln!(out, "      | {student} | {team} | {} |", self.cell());
                    }
                }
            }
        }
        if out.ends_with("credits |\n") || out.ends_with("practical |\n") {
            let row = if out.ends_with("practical |\n") {
                "      | local | 1 | 2 | 3 |\n"
            } else if out.contains("by grade {") {
                "      | under 50 | 1 |\n"
            } else {
                "      | arts | yes | 1 |\n"
            };
            out.push_str(row);
        }
        let _ = writeln!(out, "    }}");
        if otherwise {
            self.saw("table otherwise");
            let _ = writeln!(
                out,
                "    otherwise {}",
                self.seed.pick(&["refer to panel", "refuse because \"not in the table\""])
            );
        }
    }
}

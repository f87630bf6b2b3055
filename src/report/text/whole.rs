//! A whole record in words: what counts, what limits cut, what is required and what remains.

use super::{TextLanguage, achievement, best, called, chinese, english, named};
use crate::wire::decision::{Decision, Titles, Unit};
use crate::wire::whole::{Cut, LimitUse, Requirement, Study, Unused, Whole};

/// The lines that tell of the whole, after those of single claims.
pub(super) fn lines(decision: &Decision, language: TextLanguage) -> Vec<(usize, String)> {
    let Some(whole) = &decision.whole else { return Vec::new() };
    let say = Say { language };
    let mut lines = vec![(0, String::new()), (0, say.heading(whole)), (2, say.counted(whole))];
    for study in &whole.study {
        lines.push((2, say.study(study, whole.unit.as_ref())));
    }
    for cut in &decision.cut {
        lines.push((2, say.cut(decision, whole, cut)));
    }
    for requirement in &whole.requirements {
        lines.push((2, say.requirement(requirement, whole.unit.as_ref())));
    }
    if let Some(fulfilled) = whole.fulfilled {
        lines.push((2, say.fulfilled(fulfilled)));
    }
    for limit in &whole.limits {
        lines.push((2, say.limit(limit, whole.unit.as_ref())));
    }
    for unused in &whole.unused {
        lines.push((2, say.unused(unused)));
    }
    lines.push((2, say.proved(whole)));
    lines
}

struct Say {
    language: TextLanguage,
}

impl Say {
    fn is_english(&self) -> bool {
        self.language == TextLanguage::English
    }

    fn tags(&self) -> &'static [&'static str] {
        if self.is_english() { &["en"] } else { &["zh"] }
    }

    /// `6 credits`, `6学分`; a number of things that are no credits stands alone with its measure.
    fn amount(&self, amount: &str, measure: &str, unit: Option<&Unit>) -> String {
        match (measure, self.is_english()) {
            ("credits", true) => english::credits(amount, unit),
            ("credits", false) => chinese::credits(amount, unit),
            ("hours", true) => format!("{amount} hours"),
            ("hours", false) => format!("{amount}学时"),
            ("courses", true) if amount == "1" => "1 course".to_owned(),
            ("sources", true) if amount == "1" => "1 achievement".to_owned(),
            ("courses", true) => format!("{amount} courses"),
            ("courses", false) => format!("{amount}门课程"),
            ("sources", true) => format!("{amount} achievements"),
            ("sources", false) => format!("{amount}项成果"),
            (_, true) => amount.to_owned(),
            (_, false) => format!("{amount}项"),
        }
    }

    fn name(&self, title: &Titles, id: &str) -> String {
        called(title, id, self.tags()).to_owned()
    }

    fn heading(&self, whole: &Whole) -> String {
        let programme = whole.programme.as_ref().map(|of| named(of, self.tags()));
        match (programme, self.is_english()) {
            (Some(programme), true) => format!("{programme} as a whole"),
            (Some(programme), false) => format!("{programme}：全部成果"),
            (None, true) => "The record as a whole".to_owned(),
            (None, false) => "全部成果".to_owned(),
        }
    }

    fn counted(&self, whole: &Whole) -> String {
        let counted = self.amount(&whole.counted, "credits", whole.unit.as_ref());
        match (whole.counted == whole.awarded, self.is_english()) {
            (true, true) => format!("Counts: {counted}, all that is recognised."),
            (true, false) => format!("计入：{counted}，即认定的全部。"),
            (false, true) => format!("Counts: {counted} of {} recognised.", whole.awarded),
            (false, false) => {
                format!(
                    "计入：认定{}，计入{counted}。",
                    self.amount(&whole.awarded, "credits", whole.unit.as_ref())
                )
            }
        }
    }

    fn study(&self, of: &Study, unit: Option<&Unit>) -> String {
        let what = achievement(&of.achievement, self.tags());
        let counted = self.amount(&of.counted, "credits", unit);
        let places: Vec<String> = of.counts_in.iter().map(|place| named(&place.block, self.tags())).collect();
        let short = of.counted != of.amount;
        match (places.is_empty(), self.is_english()) {
            (true, true) => {
                format!("Own study: {what}: 0 of {} counts.", self.amount(&of.amount, "credits", unit))
            }
            (true, false) => {
                format!("本专业修读：{what}：{}未计入。", self.amount(&of.amount, "credits", unit))
            }
            (false, true) => {
                let of_all = if short { format!(" of {}", of.amount) } else { String::new() };
                format!("Own study: {what}: {counted}{of_all} in {}.", places.join(", "))
            }
            (false, false) => {
                let of_all = if short { format!("（共{}）", of.amount) } else { String::new() };
                format!("本专业修读：{what}：{counted}{of_all}，计入{}。", places.join("、"))
            }
        }
    }

    /// What was cut, of which achievements, by which limit and on which clause.
    fn cut(&self, decision: &Decision, whole: &Whole, cut: &Cut) -> String {
        let amount = self.amount(&cut.amount, "credits", cut.unit.as_ref());
        let of = cut.achievements.join(if self.is_english() { ", " } else { "、" });
        let limits: Vec<&LimitUse> = whole.limits.iter().filter(|of| cut.limits.contains(&of.id)).collect();
        let mut names: Vec<String> = limits
            .iter()
            .map(|limit| {
                format!("{}{}", self.name(&limit.title, &limit.id), self.clauses(decision, &limit.citations))
            })
            .collect();
        names.dedup();
        let names = names.join(if self.is_english() { " and " } else { "、" });
        let surplus = match (cut.firm, cut.surplus.as_str(), self.is_english()) {
            (false, _, true) => " What is over is referred.",
            (false, _, false) => "超出部分提请评议。",
            (true, "kept", true) => " The surplus is kept for a later request.",
            (true, "kept", false) => "超出部分留待以后申请。",
            (true, _, true) => " The surplus is lost.",
            (true, _, false) => "超出部分不予累计。",
        };
        match (names.is_empty(), self.is_english()) {
            (true, true) => format!("Not counted: {amount} of {of}: what it could serve is full."),
            (true, false) => format!("未计入：{of}的{amount}，可计入之处已满。"),
            (false, true) => format!("Cut: {amount} of {of}, by {names}.{surplus}"),
            (false, false) => format!("截去：{of}的{amount}，因超出上限：{names}。{surplus}"),
        }
    }

    fn clauses(&self, decision: &Decision, citations: &[String]) -> String {
        let cited = decision.citations.iter().filter(|of| citations.contains(&of.id));
        let told: Vec<String> = cited
            .map(|of| {
                let title = best(&of.title, self.tags()).unwrap_or(&of.document);
                let clause = of.clause.as_deref().unwrap_or_default();
                match (self.is_english(), clause.is_empty()) {
                    (true, true) => title.to_owned(),
                    (true, false) => format!("{title}, {clause}"),
                    (false, _) => format!("《{title}》{clause}"),
                }
            })
            .collect();
        match (told.is_empty(), self.is_english()) {
            (true, _) => String::new(),
            (false, true) => format!(" ({})", told.join("; ")),
            (false, false) => format!("（{}）", told.join("；")),
        }
    }

    fn requirement(&self, of: &Requirement, unit: Option<&Unit>) -> String {
        let name = self.name(&of.title, &of.id);
        let required = self.amount(&of.required, &of.measure, unit);
        match (of.short == "0", self.is_english()) {
            (true, true) => format!("Required: {name}: {required}: {}, met.", of.met),
            (true, false) => format!("要求：{name}：{required}；已有{}，符合。", of.met),
            (false, true) => format!("Required: {name}: {required}: {}, {} short.", of.met, of.short),
            (false, false) => format!("要求：{name}：{required}；已有{}，尚缺{}。", of.met, of.short),
        }
    }

    fn fulfilled(&self, fulfilled: bool) -> String {
        match (fulfilled, self.is_english()) {
            (true, true) => "All that is required is met.".to_owned(),
            (true, false) => "各项要求均已符合。".to_owned(),
            (false, true) => "Not all that is required is met.".to_owned(),
            (false, false) => "要求尚未全部符合。".to_owned(),
        }
    }

    fn limit(&self, of: &LimitUse, unit: Option<&Unit>) -> String {
        let mut name = self.name(&of.title, &of.id);
        let per: Vec<String> = of.per.iter().map(|value| super::value(value, self.tags())).collect();
        if !per.is_empty() {
            name = if self.is_english() {
                format!("{name} ({})", per.join(", "))
            } else {
                format!("{name}（{}）", per.join("、"))
            };
        }
        let ceiling = self.amount(&of.ceiling, &of.measure, unit);
        let base = match (&of.base, self.is_english()) {
            (None, _) => String::new(),
            (Some(base), true) => format!(", {} of {}", base.share, base.amount),
            (Some(base), false) => format!("（{}×{}）", base.amount, base.share),
        };
        let before = match (of.used_before == "0", self.is_english()) {
            (true, _) => String::new(),
            (false, true) => format!(" and {} before", of.used_before),
            (false, false) => format!("，以前已用{}", of.used_before),
        };
        match (of.binding, self.is_english()) {
            (true, true) => format!("Limit {name}: {ceiling}{base}; used {}{before}: reached.", of.used_now),
            (true, false) => format!("上限{name}：{ceiling}{base}；已用{}{before}，已达到。", of.used_now),
            (false, true) => {
                format!("Limit {name}: {ceiling}{base}; used {}{before}: not reached.", of.used_now)
            }
            (false, false) => format!("上限{name}：{ceiling}{base}；已用{}{before}，未触及。", of.used_now),
        }
    }

    fn unused(&self, of: &Unused) -> String {
        let what = achievement(&of.achievement, self.tags());
        match (of.reason.as_str(), self.is_english()) {
            ("not_needed", true) => format!("Not used: {what}: not needed."),
            ("not_needed", false) => format!("未使用：{what}：无须使用。"),
            ("not_passed", true) => format!("Not used: {what}: not passed, or repeated."),
            ("not_passed", false) => format!("未使用：{what}：未合格，或为重复修读。"),
            ("no_rule", true) => format!("Not used: {what}: no rule names it."),
            ("no_rule", false) => format!("未使用：{what}：无适用规则。"),
            (reason, true) => format!("Not used: {what}: {}.", english::reason(reason)),
            (reason, false) => format!("未使用：{what}：{}。", chinese::reason(reason)),
        }
    }

    fn proved(&self, whole: &Whole) -> String {
        match (whole.optimal.proved, self.is_english()) {
            (true, true) => "No other allocation is better: proved.".to_owned(),
            (true, false) => "没有更优的安排：已证明。".to_owned(),
            (false, true) => format!(
                "This is the best that was found ({}); that nothing better exists is not proved (it could reach {}).",
                whole.optimal.value, whole.optimal.bound
            ),
            (false, false) => format!(
                "这是所找到的最优安排（{}）；尚未证明没有更优的安排（界为{}）。",
                whole.optimal.value, whole.optimal.bound
            ),
        }
    }
}

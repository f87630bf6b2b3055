//! 认定结论的中文表述。The phrases of a decision in Chinese, in the words of the field: 准予、不予、补正、提请。

use super::{Phrases, best, not_stated, rule, target, unit, value};
use crate::wire::decision::{
    Amount, Attribute, Claim, Counterfactual, Decision, Fact, Grant, Mark, Question, Referral, RuleName,
    Seen, Step, Test,
};

pub(super) struct Chinese;

const TAGS: &[&str] = &["zh", "zh-Hant"];

impl Phrases for Chinese {
    fn tags(&self) -> &'static [&'static str] {
        TAGS
    }

    fn heading(&self, decision: &Decision) -> String {
        let package = &decision.package;
        let title = best(&package.title, TAGS).map(|title| format!("《{title}》")).unwrap_or_default();
        format!("{} {}{title}，审核日期{}", package.name, package.version, decision.as_of)
    }

    fn nothing(&self) -> String {
        "没有持有的成果，也没有申请事项。".to_owned()
    }

    fn asked(&self, achievements: &str, target: Option<&str>) -> String {
        match (achievements.is_empty(), target) {
            (false, Some(target)) => format!("{achievements} → {target}"),
            (false, None) => achievements.to_owned(),
            (true, Some(target)) => format!("依身份 → {target}"),
            (true, None) => String::new(),
        }
    }

    fn result(&self, claim: &Claim, grants: &[&Grant]) -> String {
        match claim.verdict.as_str() {
            "converts" => {
                let told: Vec<String> = grants.iter().map(|grant| self::grant(grant)).collect();
                format!("结论：准予转换：{}。", told.join("；"))
            }
            "refused" => {
                let reason = claim.reason.as_deref().map(reason).unwrap_or_default();
                let because = claim.because.as_ref().map(|b| format!("：{b}")).unwrap_or_default();
                format!("结论：不予转换，{reason}{because}。")
            }
            "conflict" if claim.rules.len() == 1 => {
                let rules: Vec<String> = claim.rules.iter().map(|r| rule(r, TAGS)).collect();
                format!("结论：规则冲突：{}对同一认定结果有两种说法，须改写该规则。", self.list(&rules))
            }
            "conflict" => {
                let rules: Vec<String> = claim.rules.iter().map(|r| rule(r, TAGS)).collect();
                format!("结论：规则冲突：{}对此给出不同结果，须写明哪条优先。", self.list(&rules))
            }
            "refer" => "结论：提请评议。".to_owned(),
            "unknown" => "结论：材料待补正；补齐前不作结论。".to_owned(),
            "not_established" if claim.reason.as_deref() == Some("value_not_stated") => {
                let names = self.list(&not_stated(claim, TAGS));
                format!("结论：依据待核实，{names}由成员定，而成员没有写明。")
            }
            "not_established" => "结论：依据待核实，此处只有未公布或未核实的规则。".to_owned(),
            _ => "结论：无适用规则。".to_owned(),
        }
    }

    fn step(&self, step: &Step) -> Option<String> {
        let outcome = match step.result.as_str() {
            "true" => "符合",
            "false" => "不符合",
            "unknown" => "不详",
            _ => return None,
        };
        let matched: Vec<String> = step.matched.iter().map(|a| super::achievement(a, TAGS)).collect();
        if let Some(found) = step.test.as_ref().and_then(|test| found(&test.op)) {
            return Some(format!("{}：{}{found}", step.rule, self.list(&matched)));
        }
        if let (Some(coverage), "when" | "never") = (&step.coverage, step.slot.as_str()) {
            return Some(format!("{}：{outcome}", super::coverage::chinese(coverage)));
        }
        if !step.lengths.is_empty() && matches!(step.slot.as_str(), "when" | "never") {
            return Some(format!("{}：{outcome}", super::lasting::chinese(step, &self.list(&matched))));
        }
        match (step.slot.as_str(), &step.test, &step.amount) {
            ("from", ..) => {
                let lacking: Vec<String> = step.lacking.iter().map(|v| value(v, TAGS)).collect();
                Some(match (matched.is_empty(), lacking.is_empty()) {
                    (true, true) => format!("{}：未持有成果：{outcome}", step.rule),
                    (true, false) => format!("{}：凭{}：未持有，{outcome}", step.rule, lacking.join("或")),
                    (false, _) => format!("{}：凭{}：{outcome}", step.rule, self.list(&matched)),
                })
            }
            (_, Some(test), _) if test.fact.is_none() => {
                let held = if matched.is_empty() { "未持有".to_owned() } else { self.list(&matched) };
                let asked =
                    if test.op == "holds_no" { "须未持有的成果" } else { "须持有的成果" };
                Some(format!("{asked}：{held}，{outcome}"))
            }
            ("never", Some(test), _) => {
                let holds = match step.result.as_str() {
                    "true" => "属于",
                    "false" => "不属于",
                    _ => "不详",
                };
                Some(format!("不予认定的情形（{}）：{}，{holds}", self::test(test), seen(step.seen.as_ref())))
            }
            (_, Some(test), _) => {
                Some(format!("{}：{}，{outcome}", self::test(test), seen(step.seen.as_ref())))
            }
            ("give", _, Some(amount)) => Some(computed(amount)),
            ("never", ..) => Some(format!("{}：不予认定的情形：{outcome}", step.rule)),
            _ => None,
        }
    }

    fn question(&self, question: &Question) -> String {
        if question.fact.of == "record" {
            let any: Vec<String> = question.any_of.iter().map(|v| value(v, TAGS)).collect();
            return format!("是否另有未列的{}", any.join("或"));
        }
        let fact = self::fact(&question.fact);
        let proof = question.proof.as_ref().map(|proof| format!("。证明材料：{proof}")).unwrap_or_default();
        let judgement = match &question.judge {
            Some(judge) => format!("（由{}认定）", best(&judge.title, TAGS).unwrap_or(&judge.value)),
            None => String::new(),
        };
        let because = match question.because.as_deref() {
            Some("contradiction") => "（两处记载不一致）",
            _ => "",
        };
        format!("{fact}{judgement}{because}{proof}")
    }

    fn questions(&self, count: usize) -> String {
        format!("缺{count}项：")
    }

    fn referral(&self, referral: &Referral) -> String {
        let to = best(&referral.title, TAGS).unwrap_or(&referral.to);
        let because = referral.because.as_ref().map(|b| format!("，理由：{b}")).unwrap_or_default();
        format!("提请{to}{because}。")
    }

    fn change(&self, change: &Counterfactual) -> String {
        let changes: Vec<String> = change
            .changes
            .iter()
            .map(|c| match (&c.fact, &c.to) {
                _ if c.longer.is_some() => super::lasting::longer_in_chinese(c),
                (Some(fact), Some(to)) => format!("{}为{}", self::fact(fact), value(to, TAGS)),
                _ => {
                    let any: Vec<String> = c.add_any_of.iter().map(|v| value(v, TAGS)).collect();
                    let any = any.join("或");
                    match c.add_number {
                        0 | 1 => format!("另持有{any}"),
                        more => format!("另持有{any}共{more}项"),
                    }
                }
            })
            .collect();
        let then =
            change.then.amount.as_ref().map(|a| format!("：{}", credits(a, change.then.unit.as_ref())));
        format!("按现行规定，{}即可转换{}。", changes.join("并且"), then.unwrap_or_default())
    }

    fn set_aside(&self, rule: &str, by: &[String]) -> String {
        format!("规则“{rule}”不适用：{}优先。", self.list(by))
    }

    fn may_add(&self, rules: &[RuleName]) -> String {
        format!("或可增加：{}。", self.list(&rules.iter().map(|r| rule(r, TAGS)).collect::<Vec<_>>()))
    }

    fn nearest(&self, rule: &str, differs_in: &[String]) -> String {
        let parts: Vec<String> = differs_in
            .iter()
            .map(|part| match part.as_str() {
                "from" => "成果".to_owned(),
                "to" => "转换课程".to_owned(),
                other => other.to_owned(),
            })
            .collect();
        format!("最接近的规则：{rule}；不同之处：{}。", self.list(&parts))
    }

    fn competes(&self, claims: &[String]) -> String {
        format!("每项成果只认定一次：用于本项即不得用于{}。", claims.join("、"))
    }

    fn choice(&self, number: u32, up_to: bool, of: &str) -> String {
        let most = if up_to { "最多选" } else { "选" };
        format!("由学习者在{of}中{most}{number}门。")
    }

    fn member(&self, by: Option<&str>, frame: &str) -> String {
        by.map_or_else(|| format!("适用{frame}的规则。"), |by| format!("由{by}依{frame}认定。"))
    }

    fn basis(&self, citations: &[String]) -> String {
        format!("依据：{}。", citations.join("；"))
    }

    fn citation(&self, title: &str, number: Option<&str>, clause: Option<&str>) -> String {
        let number = number.map(|n| format!("（{n}）")).unwrap_or_default();
        format!("《{title}》{number}{}", clause.unwrap_or_default())
    }

    fn closing(&self, decision: &Decision) -> Vec<String> {
        let mut lines = Vec::new();
        lines.extend(decision.readings.iter().map(|r| format!("解释（{}）：{}。", r.of, r.text)));
        lines.extend(decision.advice.iter().map(|r| format!("提示（{}）：{}。", r.of, r.text)));
        if !decision.in_force_not_stated.is_empty() {
            lines.push(format!(
                "{}的施行日期原文未载明，未核对日期。",
                self.list(&decision.in_force_not_stated)
            ));
        }
        if let Some(until) = &decision.valid_until {
            lines.push(format!("以上结论至{until}有效，其后所用规则有变。"));
        }
        if !decision.is_final {
            lines.push("所报成果不全：另有成果的，结论可能改变。".to_owned());
        }
        lines.push("本件为拟稿，经审核人签章后生效。".to_owned());
        lines
    }

    fn list(&self, items: &[String]) -> String {
        items.join("、")
    }
}

pub(super) fn credits(amount: &str, of: Option<&crate::wire::decision::Unit>) -> String {
    let name = unit(of, TAGS).unwrap_or("学分");
    // A number touches a Chinese word, and stands apart from a Latin one.
    let space = if name.starts_with(|c: char| c.is_ascii()) { " " } else { "" };
    format!("{}{space}{name}", ranged(amount))
}

/// `0.5 to 1`, `2 or more`: an amount that is still open.
fn ranged(amount: &str) -> String {
    match (amount.split_once(" to "), amount.strip_suffix(" or more")) {
        (Some((least, most)), _) => format!("{least}至{most}"),
        (_, Some(least)) => format!("至少{least}"),
        _ => amount.to_owned(),
    }
}

pub(super) fn grant(grant: &Grant) -> String {
    let what = match grant.effect.as_str() {
        "credit" | "deposit" => match &grant.amount {
            Some(amount) => credits(amount, grant.unit.as_ref()),
            None => "按课程学分（学分数未公布）".to_owned(),
        },
        "total_reduced" => "不计学分，总学分核减".to_owned(),
        "replaced" if grant.made_up_from.is_empty() => "不计学分，学分另行补足".to_owned(),
        "replaced" => {
            let from: Vec<String> = grant.made_up_from.iter().map(|v| value(v, TAGS)).collect();
            format!("不计学分，学分须由{}补足", from.join("、"))
        }
        "attendance_only" => "免修不免考".to_owned(),
        "completion" => "视为完成".to_owned(),
        "access" => "准予进入".to_owned(),
        "placement" => "编入".to_owned(),
        "entry" => format!("进入{}年级", grant.year.unwrap_or(1)),
        "award" => "授予".to_owned(),
        other => other.to_owned(),
    };
    let mark = grant.mark.as_ref().map(mark);
    let of = match grant.targets.as_slice() {
        [] | [_] if grant.effect == "deposit" => "存入".to_owned(),
        [] | [_] => String::new(),
        several => {
            let names: Vec<String> = several.iter().map(|t| target(t, TAGS)).collect();
            format!("{}共计", names.join("、"))
        }
    };
    let carried: String = grant.attributes.iter().map(attribute).collect();
    format!("{of}{what}{}{carried}", mark.unwrap_or_default())
}

/// What a grant carries beside its amount.
fn attribute(of: &Attribute) -> String {
    let shown = |value: &Option<_>| value.as_ref().map(value_of).unwrap_or_default();
    match of.kind.as_str() {
        "level" => format!("，计为{}{}级", shown(&of.framework), shown(&of.value)),
        "fact" => format!("，归入：{}为{}", shown(&of.fact), shown(&of.value)),
        "part" => {
            let part = of.amount.as_deref().unwrap_or_default();
            let place = of.target.as_ref().map(|place| target(place, TAGS)).unwrap_or_default();
            format!("，其中{}计入{place}", credits(part, of.unit.as_ref()))
        }
        "not_for" => "，不作先修".to_owned(),
        _ => "，仅作先修".to_owned(),
    }
}

fn value_of(value: &crate::wire::decision::Value) -> String {
    best(&value.title, TAGS).unwrap_or(&value.value).to_owned()
}

fn mark(mark: &Mark) -> String {
    let judge = mark.judge.as_ref().map(|judge| best(&judge.title, TAGS).unwrap_or(&judge.value));
    let shown = match (&mark.text, mark.between.as_slice(), judge) {
        (Some(text), ..) => format!("，成绩记载为“{text}”"),
        (None, [least, most], Some(judge)) => format!("，成绩在{least}至{most}之间，由{judge}认定"),
        (None, _, Some(judge)) => format!("，成绩由{judge}认定"),
        (None, ..) => String::new(),
    };
    let under = if mark.under_source_name { "，按原课程名称记载" } else { "" };
    format!("{shown}{under}")
}

pub(super) fn reason(reason: &str) -> &str {
    match reason {
        "excluded" => "已排除",
        "already_used" => "已使用",
        "expired" => "已过期",
        "not_yet" => "时间未到",
        "not_in_force" => "所用日期规则未施行",
        "over_limit" => "超出上限",
        "condition_not_met" => "不符合条件",
        other => other,
    }
}

/// What was found of the record or in the text, where nothing is compared.
pub(super) fn found(op: &str) -> Option<&'static str> {
    Some(match op {
        "used_before" => "已用于先前的认定",
        "expired" => "已过有效期",
        "withdrawn" => "已被撤销",
        "covered_before" => "该课程已由先前的认定取得",
        "excepted" => "属于规则写明不含的成果",
        "cell_zero" => "此栏为0学分",
        "cell_not_here" => "此栏不予认定",
        "cell_unpublished" => "此栏数额未公布",
        "cell_otherwise" => "表中未列，按未列情形办理",
        _ => return None,
    })
}

pub(super) fn fact(fact: &Fact) -> String {
    let name = best(&fact.title, TAGS).unwrap_or(&fact.id);
    match fact.of.as_str() {
        "learner" => format!("学习者的{name}"),
        "plan" => format!("修读计划的{name}"),
        "target" => format!("转换课程的{name}"),
        "total" => format!("{name}合计"),
        "lowest" => format!("最低{name}"),
        "latest" => format!("最近{name}"),
        "request" | "" => name.to_owned(),
        id => format!("{id}的{name}"),
    }
}

pub(super) fn test(test: &Test) -> String {
    let mut values: Vec<String> = test.values.iter().map(|v| value(v, TAGS)).collect();
    // A level that a comparison reads is of another framework than the one that is seen.
    if let (Some(_), Some(framework), Some(first)) = (&test.by, &test.on, values.first_mut()) {
        *first = format!("{framework} {first}");
    }
    let (first, all) = (values.first().cloned().unwrap_or_default(), values.join("、"));
    let fact = test.fact.as_ref().map(fact).unwrap_or_default();
    let dimension = test.dimension.as_ref().map(|v| format!("“{}”维度", value(v, TAGS))).unwrap_or_default();
    let by = test.by.as_ref().map(|v| format!("（按{}）", value(v, TAGS))).unwrap_or_default();
    let fact = format!("{fact}{dimension}{by}");
    match test.op.as_str() {
        "at_least" => format!("{fact}不低于{first}"),
        "over" => format!("{fact}超过{first}"),
        "at_most" => format!("{fact}不高于{first}"),
        "under" => format!("{fact}低于{first}"),
        "between" => format!("{fact}{}", values.join("至")),
        "is" => format!("{fact}为{first}"),
        "is_not" => format!("{fact}不为{first}"),
        "one_of" => format!("{fact}为下列之一：{all}"),
        "holds" => format!("持有{}", values.join("或")),
        "holds_no" => format!("未持有{}", values.join("或")),
        "within_before" => format!("{fact}在{}前{first}内", values.get(1).cloned().unwrap_or_default()),
        "within_after" => format!("{fact}在{}后{first}内", values.get(1).cloned().unwrap_or_default()),
        "not_within_before" => format!("{fact}不在{}前{first}内", values.get(1).cloned().unwrap_or_default()),
        "not_within_after" => format!("{fact}不在{}后{first}内", values.get(1).cloned().unwrap_or_default()),
        "target_differs_at_most" => {
            format!("{fact}与转换课程的{}相差不超过{first}", values.get(1).cloned().unwrap_or_default())
        }
        "target_differs_over" => {
            format!("{fact}与转换课程的{}相差超过{first}", values.get(1).cloned().unwrap_or_default())
        }
        "target_at_least" => format!("{fact}不低于转换课程的{first}"),
        "target_at_most" => format!("{fact}不高于转换课程的{first}"),
        "target_over" => format!("{fact}超过转换课程的{first}"),
        "target_under" => format!("{fact}低于转换课程的{first}"),
        "target_is" => format!("{fact}与转换课程的{first}相同"),
        "target_is_not" => format!("{fact}与转换课程的{first}不同"),
        other => format!("{fact} {other} {all}"),
    }
}

pub(super) fn seen(seen: Option<&Seen>) -> String {
    let Some(seen) = seen else { return "已核对".to_owned() };
    if seen.contradiction {
        return "两处记载不一致".to_owned();
    }
    if !seen.read_as.is_empty() {
        let read: Vec<String> = seen.read_as.iter().map(|v| value(v, TAGS)).collect();
        let own = seen.value.as_ref().map_or_else(|| "未载明".to_owned(), |v| value(v, TAGS));
        return format!("{own}，换读为{}", read.join("或"));
    }
    match (&seen.value, seen.possible.as_slice()) {
        (Some(v), _) => value(v, TAGS),
        (None, []) => "未载明".to_owned(),
        (None, possible) => {
            format!("可能为{}", possible.iter().map(|v| value(v, TAGS)).collect::<Vec<_>>().join("、"))
        }
    }
}

fn computed(amount: &Amount) -> String {
    // Between two numbers, where it is not known.
    let ranged = |text: &str| match text.strip_suffix(" or more") {
        Some(least) => format!("不少于{least}"),
        None => text.replace(" to ", "至"),
    };
    let mut told = match &amount.converted {
        None => format!("计算：{}", ranged(&amount.raw)),
        Some(converted) => {
            let by = match converted.by.as_str() {
                "year" => "按学年学分数",
                "contact_hours" => "按课堂学时",
                "notional_hours" => "按学习时数",
                _ => "按约定的折算",
            };
            format!(
                "计算：{}{}，{by}折为{}",
                ranged(&converted.amount),
                converted.unit.id,
                ranged(&amount.raw)
            )
        }
    };
    if let (Some(rounding), Some(step)) = (&amount.rounding, &amount.step) {
        told.push_str(&match rounding.as_str() {
            "down" => format!("，不足{step}的不计"),
            "up" => format!("，不足{step}的按{step}计"),
            "half_up" => format!("，四舍五入到{step}"),
            _ => format!("，五舍六入到{step}"),
        });
    }
    if let Some(floor) = &amount.at_least {
        told.push_str(&format!("，最低{floor}"));
    }
    if let Some(cap) = &amount.at_most {
        told.push_str(&format!("，最高{cap}"));
    }
    if amount.result == amount.raw { told } else { format!("{told}，得{}", ranged(&amount.result)) }
}

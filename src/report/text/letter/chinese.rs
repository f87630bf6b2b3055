//! The wording of a letter in Chinese.

use super::super::chinese::{fact, found, grant, reason, seen, test};
use super::super::{best, value};
use super::{Kind, Part, Wording, applied, date};
use crate::wire::decision::{Citation, Claim, Decision, Grant, Question, Step};

pub(super) struct Letter;

const NUMERALS: [&str; 10] = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];

impl Wording for Letter {
    fn heading(&self, kind: Kind) -> &'static str {
        match kind {
            Kind::Result => "学习成果认定与转换结果通知书",
            Kind::Refusal => "不予认定通知书",
            Kind::Supplement => "补正材料通知书",
        }
    }

    fn address(&self, year: &str) -> Vec<String> {
        vec![format!("（　）〔{year}〕（　）号"), "（　）同学：".to_owned()]
    }

    fn opening(&self, decision: &Decision, documents: &[String]) -> String {
        let number = decision.request_id.as_ref().map(|id| format!("（受理号{id}）")).unwrap_or_default();
        let basis =
            if documents.is_empty() { String::new() } else { format!("，依据{}", documents.join("、")) };
        format!(
            "　　你于{}提交的学习成果认定与转换申请{number}收悉。经审核{basis}，结果通知如下：",
            day(applied(decision))
        )
    }

    fn document(&self, citation: &Citation) -> String {
        let number = citation.number.as_ref().map(|number| format!("（{number}）")).unwrap_or_default();
        format!("《{}》{number}", best(&citation.title, &["zh"]).unwrap_or(&citation.document))
    }

    fn part(&self, number: usize, title: Part) -> String {
        format!("　　{}、{}", numeral(number), title_of(title))
    }

    fn item(&self, number: usize, text: &str) -> String {
        format!("　　{number}. {text}")
    }

    fn sentence(&self, number: usize, title: Part, text: &str) -> String {
        match title {
            Part::Rules | Part::Again => format!("　　{}、{text}", numeral(number)),
            Part::Request | Part::Found => format!("　　{}、{}{text}。", numeral(number), title_of(title)),
            _ => format!("　　{}、{}{text}", numeral(number), title_of(title)),
        }
    }

    fn title(&self, name: &str, code: Option<&str>) -> String {
        let code = code.map(|code| if name.is_empty() { code.to_owned() } else { format!("（{code}）") });
        let name = if name.is_empty() { String::new() } else { format!("《{name}》") };
        format!("{name}{}", code.unwrap_or_default())
    }

    fn asked(&self, achievements: &str, target: Option<&str>, deposit: bool) -> String {
        match (achievements.is_empty(), target) {
            (false, Some(target)) if deposit => format!("凭{achievements}，申请存入{target}"),
            (false, Some(target)) => format!("凭{achievements}，申请转换为{target}"),
            (false, None) => format!("凭{achievements}申请认定"),
            (true, Some(target)) => format!("申请认定{target}"),
            (true, None) => "申请认定".to_owned(),
        }
    }

    fn granted(&self, asked: &str, grants: &[&Grant], basis: &str) -> String {
        let told: Vec<String> = grants.iter().map(|of| grant(of)).collect();
        format!("{asked}：{}{}。", told.join("；"), clause(basis))
    }

    fn refused(&self, asked: &str, claim: &Claim, failed: &[String], basis: &str) -> String {
        format!("{asked}：{}{}。", why(claim, failed), clause(basis))
    }

    fn conclusion(&self, claim: &Claim, failed: &[String], others_met: bool, basis: &str) -> String {
        let others = if others_met { "；其他条件均符合" } else { "" };
        format!("不予转换。{}{others}{}。", why(claim, failed), clause(basis))
    }

    fn failed(&self, step: &Step) -> Option<String> {
        let told = step.test.as_ref().filter(|of| of.fact.is_some() && found(&of.op).is_none());
        if let (Some(of), "when" | "in_force" | "never") = (told, step.slot.as_str()) {
            let barred = if step.slot == "never" { "属于不予转换的情形：" } else { "须" };
            return Some(format!("{barred}{}，查明为{}", test(of), seen(step.seen.as_ref())));
        }
        if step.slot == "from" && !step.lacking.is_empty() {
            let lacking: Vec<String> = step.lacking.iter().map(|of| value(of, &["zh"])).collect();
            return Some(format!("缺少{}", lacking.join("或")));
        }
        step.test.as_ref().and_then(|of| found(&of.op)).map(str::to_owned)
    }

    fn found(&self, step: &Step) -> Option<String> {
        let of = step.test.as_ref()?.fact.as_ref()?;
        step.seen.as_ref().filter(|seen| seen.value.is_some() || !seen.possible.is_empty())?;
        Some(format!("{}为{}", fact(of), seen(step.seen.as_ref())))
    }

    fn referred(&self, asked: &str, claim: &Claim) -> String {
        let to: Vec<&str> =
            claim.referrals.iter().map(|to| best(&to.title, &["zh"]).unwrap_or(&to.to)).collect();
        let to = if to.is_empty() { "（　）".to_owned() } else { to.join("、") };
        format!("{asked}：已提请{to}评议，结果另行通知。")
    }

    fn wanted(&self, question: &Question) -> String {
        if question.fact.of == "record" {
            let any: Vec<String> = question.any_of.iter().map(|of| value(of, &["zh"])).collect();
            return format!("是否另持有{}。", any.join("或"));
        }
        let proof = question.proof.as_ref().map(|proof| format!("。证明材料：{proof}")).unwrap_or_default();
        format!("{}{proof}。", fact(&question.fact))
    }

    fn depends(&self, asked: &[String]) -> String {
        format!("　　请于（　）前一次补齐。上述事项影响的申请：{}；补齐前不作结论。", asked.join("；"))
    }

    fn rules_of(&self, decision: &Decision) -> String {
        format!("以上按申请日期{}有效的规定审核。", day(applied(decision)))
    }

    fn again(&self, changes: &[String]) -> String {
        format!("{}本次不予转换不影响以其他成果申请。", changes.concat())
    }

    fn closing(&self, decision: &Decision) -> Vec<String> {
        let mut lines = Vec::new();
        if !decision.readings.is_empty() {
            let readings: Vec<&str> = decision.readings.iter().map(|of| of.text.as_str()).collect();
            lines.push(format!("　　原文未明之处，本件按下列理解办理：{}。", readings.join("；")));
        }
        lines.push("　　如有异议，可自收到本通知之日起（　）内向（　）申请复核。".to_owned());
        lines.push("（印章）　　年　月　日　　审核人（　）".to_owned());
        let package = &decision.package;
        lines.push(format!(
            "本件由accredit依据规则包 {}@{} 拟制，经签章后生效。",
            package.name,
            super::short(&package.hash)
        ));
        lines
    }
}

fn title_of(part: Part) -> &'static str {
    match part {
        Part::Granted => "准予转换。",
        Part::Refused => "未予转换。",
        Part::Referred => "提请评议。",
        Part::Wanted => "下列事项尚不能认定，请补齐：",
        Part::Request => "申请事项：",
        Part::Found => "查明：",
        Part::Conclusion => "结论：",
        Part::Advice => "提示。",
        Part::Rules | Part::Again => "",
    }
}

/// Why it is refused: what the text says, else the tests that failed, else the reason.
fn why(claim: &Claim, failed: &[String]) -> String {
    if claim.verdict == "no_rule" {
        return "现行规定中没有适用的条款".to_owned();
    }
    if claim.verdict == "not_established" {
        return "所依据的规定尚未公布或未经核实，不能据以认定".to_owned();
    }
    let because = claim.because.as_ref().map(|because| format!("：{because}")).unwrap_or_default();
    let cause = claim.reason.as_deref().map(reason).unwrap_or_default();
    let failed = if failed.is_empty() { String::new() } else { format!("：{}", failed.join("；")) };
    format!("{cause}{}", if because.is_empty() { failed } else { because })
}

fn clause(basis: &str) -> String {
    if basis.is_empty() { String::new() } else { format!("（{basis}）") }
}

fn numeral(number: usize) -> &'static str {
    number.checked_sub(1).and_then(|at| NUMERALS.get(at)).copied().unwrap_or("又")
}

/// `2026年3月2日`.
fn day(text: &str) -> String {
    match date(text) {
        Some((year, month, day)) => format!("{year}年{month}月{day}日"),
        None => text.to_owned(),
    }
}

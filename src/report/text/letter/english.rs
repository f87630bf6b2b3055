//! The wording of a letter in English.

use super::super::english::{English, fact, found, grant, reason, seen, test};
use super::super::{Phrases as _, best, value};
use super::{Kind, Part, Wording, applied, date};
use crate::wire::decision::{Citation, Claim, Decision, Grant, Question, Step};

pub(super) struct Letter;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

impl Wording for Letter {
    fn heading(&self, kind: Kind) -> &'static str {
        match kind {
            Kind::Result => "Notice of Recognition and Conversion of Learning Outcomes",
            Kind::Refusal => "Notice of Refusal",
            Kind::Supplement => "Notice to Supplement Documents",
        }
    }

    fn address(&self, year: &str) -> Vec<String> {
        vec![format!("No. (    ) of {year}"), "Dear (    ),".to_owned()]
    }

    fn opening(&self, decision: &Decision, documents: &[String]) -> String {
        let number = decision.request_id.as_ref().map(|id| format!(" (ref. {id})")).unwrap_or_default();
        let under =
            if documents.is_empty() { String::new() } else { format!(" under {}", English.list(documents)) };
        format!(
            "Your application of {}{number} has been examined{under}. The result is as follows.",
            day(applied(decision))
        )
    }

    fn document(&self, citation: &Citation) -> String {
        let number = citation.number.as_ref().map(|number| format!(" ({number})")).unwrap_or_default();
        format!("{}{number}", best(&citation.title, &["en"]).unwrap_or(&citation.document))
    }

    fn part(&self, number: usize, title: Part) -> String {
        format!("{number}. {}", title_of(title))
    }

    fn item(&self, number: usize, text: &str) -> String {
        format!("   ({number}) {text}")
    }

    fn sentence(&self, number: usize, title: Part, text: &str) -> String {
        match title {
            Part::Rules | Part::Again => format!("{number}. {text}"),
            Part::Request | Part::Found => format!("{number}. {} {text}.", title_of(title)),
            _ => format!("{number}. {} {text}", title_of(title)),
        }
    }

    fn title(&self, name: &str, code: Option<&str>) -> String {
        match code {
            Some(code) if name.is_empty() => code.to_owned(),
            Some(code) => format!("{name} ({code})"),
            None => name.to_owned(),
        }
    }

    fn asked(&self, achievements: &str, target: Option<&str>, deposit: bool) -> String {
        match (achievements.is_empty(), target) {
            (false, Some(target)) if deposit => {
                format!("deposit in {target}, on the strength of {achievements}")
            }
            (false, Some(target)) => format!("{target}, on the strength of {achievements}"),
            (false, None) => format!("recognition of {achievements}"),
            (true, Some(target)) => target.to_owned(),
            (true, None) => "recognition".to_owned(),
        }
    }

    fn granted(&self, asked: &str, grants: &[&Grant], basis: &str) -> String {
        let told: Vec<String> = grants.iter().map(|of| grant(of)).collect();
        format!("{asked}: {}{}.", English.list(&told), clause(basis))
    }

    fn refused(&self, asked: &str, claim: &Claim, failed: &[String], basis: &str) -> String {
        format!("{asked}: {}{}.", why(claim, failed), clause(basis))
    }

    fn conclusion(&self, claim: &Claim, failed: &[String], others_met: bool, basis: &str) -> String {
        let others = if others_met { "; all other conditions are met" } else { "" };
        format!("refused: {}{others}{}.", why(claim, failed), clause(basis))
    }

    fn failed(&self, step: &Step) -> Option<String> {
        let told = step.test.as_ref().filter(|of| of.fact.is_some() && found(&of.op).is_none());
        if let (Some(of), "when" | "in_force" | "never") = (told, step.slot.as_str()) {
            let barred = if step.slot == "never" { "barred where " } else { "required: " };
            return Some(format!("{barred}{}; found: {}", test(of), seen(step.seen.as_ref())));
        }
        if step.slot == "from" && !step.lacking.is_empty() {
            let lacking: Vec<String> = step.lacking.iter().map(|of| value(of, &["en"])).collect();
            return Some(format!("{} is not held", lacking.join(" or ")));
        }
        step.test.as_ref().and_then(|of| found(&of.op)).map(str::to_owned)
    }

    fn found(&self, step: &Step) -> Option<String> {
        let of = step.test.as_ref()?.fact.as_ref()?;
        step.seen.as_ref().filter(|seen| seen.value.is_some() || !seen.possible.is_empty())?;
        Some(format!("{} {}", fact(of), seen(step.seen.as_ref())))
    }

    fn referred(&self, asked: &str, claim: &Claim) -> String {
        let to: Vec<String> =
            claim.referrals.iter().map(|to| best(&to.title, &["en"]).unwrap_or(&to.to).to_owned()).collect();
        let to = if to.is_empty() { "(    )".to_owned() } else { English.list(&to) };
        format!("{asked}: referred to {to}; the result will follow.")
    }

    fn wanted(&self, question: &Question) -> String {
        if question.fact.of == "record" {
            let any: Vec<String> = question.any_of.iter().map(|of| value(of, &["en"])).collect();
            return format!("Whether {} is held as well.", any.join(" or "));
        }
        let proof = question.proof.as_ref().map(|proof| format!(" Proof: {proof}.")).unwrap_or_default();
        format!("{}.{proof}", capital(&fact(&question.fact)))
    }

    fn depends(&self, asked: &[String]) -> String {
        format!(
            "   Please supply all of it by (    ). It decides on: {}. Until then there is no result.",
            asked.join("; ")
        )
    }

    fn rules_of(&self, decision: &Decision) -> String {
        format!("The rules in force on {}, the date of application, apply.", day(applied(decision)))
    }

    fn again(&self, changes: &[String]) -> String {
        let mut text = changes.join(" ");
        if !text.is_empty() {
            text.push(' ');
        }
        text + "This refusal does not affect other applications."
    }

    fn closing(&self, decision: &Decision) -> Vec<String> {
        let mut lines = Vec::new();
        if !decision.readings.is_empty() {
            let readings: Vec<&str> = decision.readings.iter().map(|of| of.text.as_str()).collect();
            lines.push(format!("Where the text is silent it has been read so: {}.", readings.join("; ")));
        }
        lines.push("You may ask (    ) for review within (    ) of receiving this notice.".to_owned());
        lines.push("(Seal)  Date  Examined by (    )".to_owned());
        let package = &decision.package;
        lines.push(format!(
            "Drafted by accredit from package {}@{}; valid once signed.",
            package.name,
            super::short(&package.hash)
        ));
        lines
    }
}

fn title_of(part: Part) -> &'static str {
    match part {
        Part::Granted => "Granted.",
        Part::Refused => "Not granted.",
        Part::Referred => "Referred.",
        Part::Wanted => "The following cannot yet be established. Please supply:",
        Part::Request => "Request:",
        Part::Found => "Found:",
        Part::Conclusion => "Result:",
        Part::Advice => "Advice.",
        Part::Rules | Part::Again => "",
    }
}

/// Why it is refused: what the text says, else the tests that failed, else the reason.
fn why(claim: &Claim, failed: &[String]) -> String {
    if claim.verdict == "no_rule" {
        return "no rule in force names it".to_owned();
    }
    if claim.verdict == "not_established" {
        return "the rule that it would rest on is not published or not verified".to_owned();
    }
    let because = claim.because.as_ref().map(|because| format!(": {because}")).unwrap_or_default();
    let cause = claim.reason.as_deref().map(reason).unwrap_or_default();
    let failed = if failed.is_empty() { String::new() } else { format!(" ({})", failed.join("; ")) };
    format!("{cause}{}", if because.is_empty() { failed } else { because })
}

fn clause(basis: &str) -> String {
    if basis.is_empty() { String::new() } else { format!(" [{basis}]") }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// `2 March 2026`.
fn day(text: &str) -> String {
    let month = |month: usize| month.checked_sub(1).and_then(|at| MONTHS.get(at));
    match date(text).and_then(|(year, of, day)| Some((year, *month(of)?, day))) {
        Some((year, month, day)) => format!("{day} {month} {year}"),
        None => text.to_owned(),
    }
}

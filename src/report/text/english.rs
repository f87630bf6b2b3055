//! The phrases of a decision in English.

use super::{Phrases, best, not_stated, rule, target, unit, value};
use crate::wire::decision::{
    Amount, Attribute, Claim, Counterfactual, Decision, Fact, Grant, Mark, Question, Referral, RuleName,
    Seen, Step, Test,
};

pub(super) struct English;

const TAGS: &[&str] = &["en"];

impl Phrases for English {
    fn tags(&self) -> &'static [&'static str] {
        TAGS
    }

    fn heading(&self, decision: &Decision) -> String {
        let package = &decision.package;
        let title = best(&package.title, TAGS).map(|title| format!(" “{title}”")).unwrap_or_default();
        format!("{} {}{title}, as of {}", package.name, package.version, decision.as_of)
    }

    fn nothing(&self) -> String {
        "Nothing is held, and nothing was asked.".to_owned()
    }

    fn asked(&self, achievements: &str, target: Option<&str>) -> String {
        match (achievements.is_empty(), target) {
            (false, Some(target)) => format!("{achievements} → {target}"),
            (false, None) => achievements.to_owned(),
            (true, Some(target)) => format!("by right → {target}"),
            (true, None) => String::new(),
        }
    }

    fn result(&self, claim: &Claim, grants: &[&Grant]) -> String {
        match claim.verdict.as_str() {
            "converts" => {
                let told: Vec<String> = grants.iter().map(|grant| self::grant(grant)).collect();
                format!("Result: converts: {}.", self.list(&told))
            }
            "refused" => {
                let reason = claim.reason.as_deref().map(reason).unwrap_or_default();
                let because = claim.because.as_ref().map(|b| format!(": {b}")).unwrap_or_default();
                format!("Result: refused, {reason}{because}.")
            }
            "conflict" if claim.rules.len() == 1 => format!(
                "Result: {} says two things of one grant. The package must say one.",
                self.list(&claim.rules.iter().map(|r| rule(r, TAGS)).collect::<Vec<_>>())
            ),
            "conflict" => format!(
                "Result: the rules contradict each other here: {}. The package must say which overrides which.",
                self.list(&claim.rules.iter().map(|r| rule(r, TAGS)).collect::<Vec<_>>())
            ),
            "refer" => "Result: referred; a judgement is needed.".to_owned(),
            "unknown" => "Result: cannot be determined yet.".to_owned(),
            "not_established" if claim.reason.as_deref() == Some("value_not_stated") => {
                let names = self.list(&not_stated(claim, TAGS));
                format!("Result: not established; {names} is left to the member, which does not state it.")
            }
            "not_established" => {
                "Result: not established; only unpublished or unverified rules speak here.".to_owned()
            }
            _ => "Result: no rule; nothing in this package names it.".to_owned(),
        }
    }

    fn step(&self, step: &Step) -> Option<String> {
        let outcome = match step.result.as_str() {
            "true" => "met",
            "false" => "not met",
            "unknown" => "unknown",
            _ => return None,
        };
        let matched: Vec<String> = step.matched.iter().map(|a| super::achievement(a, TAGS)).collect();
        if let Some(found) = step.test.as_ref().and_then(|test| found(&test.op)) {
            let of = if matched.is_empty() { String::new() } else { format!("{}: ", self.list(&matched)) };
            return Some(format!("{}: {of}{found}", step.rule));
        }
        if let (Some(coverage), "when" | "never") = (&step.coverage, step.slot.as_str()) {
            return Some(format!("{}: {}: {outcome}", step.rule, super::coverage::english(coverage)));
        }
        if !step.lengths.is_empty() && matches!(step.slot.as_str(), "when" | "never") {
            let of = self.list(&matched);
            return Some(format!("{}: {}: {outcome}", step.rule, super::lasting::english(step, &of)));
        }
        match (step.slot.as_str(), &step.test, &step.amount) {
            ("from", ..) => {
                let lacking: Vec<String> = step.lacking.iter().map(|v| value(v, TAGS)).collect();
                Some(match (matched.is_empty(), lacking.is_empty()) {
                    (true, true) => format!("{}: from nothing held: {outcome}", step.rule),
                    (true, false) => {
                        format!("{}: from {}: nothing held, {outcome}", step.rule, lacking.join(" or "))
                    }
                    (false, _) => format!("{}: from {}: {outcome}", step.rule, self.list(&matched)),
                })
            }
            (_, Some(test), _) if test.fact.is_none() => {
                let held = if matched.is_empty() { "nothing held".to_owned() } else { self.list(&matched) };
                let asked = if test.op == "holds_no" { "what must not be held" } else { "what must be held" };
                Some(format!("{}: {asked}: {held}: {outcome}", step.rule))
            }
            ("never", Some(test), _) => {
                let holds = match step.result.as_str() {
                    "true" => "so barred",
                    "false" => "so not barred",
                    _ => "unknown",
                };
                let seen = seen(step.seen.as_ref());
                Some(format!("{}: barred where {}: {seen}, {holds}", step.rule, self::test(test)))
            }
            (_, Some(test), _) => {
                Some(format!("{}: {}, {outcome}", self::test(test), seen(step.seen.as_ref())))
            }
            ("give", _, Some(amount)) => Some(computed(amount)),
            ("never", ..) => Some(format!("{}: barred: {outcome}", step.rule)),
            _ => None,
        }
    }

    fn question(&self, question: &Question) -> String {
        if question.fact.of == "record" {
            let any: Vec<String> = question.any_of.iter().map(|v| value(v, TAGS)).collect();
            return format!("whether {} is held and not listed", any.join(" or "));
        }
        let fact = self::fact(&question.fact);
        let proof = question.proof.as_ref().map(|proof| format!(", proved by: {proof}")).unwrap_or_default();
        let judgement = match &question.judge {
            Some(judge) => format!(" (judged by {})", best(&judge.title, TAGS).unwrap_or(&judge.value)),
            None => String::new(),
        };
        let because = match question.because.as_deref() {
            Some("contradiction") => " (two statements contradict each other)",
            _ => "",
        };
        format!("{fact}{judgement}{because}{proof}")
    }

    fn questions(&self, count: usize) -> String {
        format!(
            "{} could still matter:",
            if count == 1 { "1 fact".to_owned() } else { format!("{count} facts") }
        )
    }

    fn referral(&self, referral: &Referral) -> String {
        let to = best(&referral.title, TAGS).unwrap_or(&referral.to);
        let because = referral.because.as_ref().map(|b| format!(": {b}")).unwrap_or_default();
        format!("Referred to {to}{because}.")
    }

    fn change(&self, change: &Counterfactual) -> String {
        let changes: Vec<String> = change
            .changes
            .iter()
            .map(|c| match (&c.fact, &c.to) {
                _ if c.longer.is_some() => super::lasting::longer_in_english(c),
                (Some(fact), Some(to)) => {
                    let fact = self::fact(fact);
                    let the = if fact.starts_with("the ") { "" } else { "the " };
                    format!("{the}{fact} were {}", value(to, TAGS))
                }
                _ => {
                    let any: Vec<String> = c.add_any_of.iter().map(|v| value(v, TAGS)).collect();
                    let any = any.join(" or ");
                    match c.add_number {
                        0 | 1 => format!("{any} were held as well"),
                        more => format!("{more} more of {any} were held as well"),
                    }
                }
            })
            .collect();
        let then =
            change.then.amount.as_ref().map(|a| format!(": {}", credits(a, change.then.unit.as_ref())));
        format!(
            "Under the present rules it would convert if {}{}.",
            self.list(&changes),
            then.unwrap_or_default()
        )
    }

    fn set_aside(&self, rule: &str, by: &[String]) -> String {
        format!("Rule {rule} is set aside by {}.", self.list(by))
    }

    fn may_add(&self, rules: &[RuleName]) -> String {
        format!("May still add: {}.", self.list(&rules.iter().map(|r| rule(r, TAGS)).collect::<Vec<_>>()))
    }

    fn nearest(&self, rule: &str, differs_in: &[String]) -> String {
        format!("Nearest rule: {rule}; it differs in {}.", self.list(differs_in))
    }

    fn competes(&self, claims: &[String]) -> String {
        format!("The achievement counts once: it serves this or {}, not both.", claims.join(" or "))
    }

    fn choice(&self, number: u32, up_to: bool, of: &str) -> String {
        let most = if up_to { "up to " } else { "" };
        format!("The learner chooses {most}{number} of {of}.")
    }

    fn member(&self, by: Option<&str>, frame: &str) -> String {
        by.map_or_else(|| format!("A rule of {frame}."), |by| format!("Decided by {by}, under {frame}."))
    }

    fn basis(&self, citations: &[String]) -> String {
        format!("Basis: {}.", citations.join("; "))
    }

    fn citation(&self, title: &str, number: Option<&str>, clause: Option<&str>) -> String {
        let number = number.map(|n| format!(" ({n})")).unwrap_or_default();
        let clause = clause.map(|c| format!(", {c}")).unwrap_or_default();
        format!("{title}{number}{clause}")
    }

    fn closing(&self, decision: &Decision) -> Vec<String> {
        let mut lines = Vec::new();
        lines.extend(decision.readings.iter().map(|r| format!("Reading ({}): {}.", r.of, r.text)));
        lines.extend(decision.advice.iter().map(|r| format!("Advice ({}): {}.", r.of, r.text)));
        if !decision.in_force_not_stated.is_empty() {
            lines.push(format!(
                "The source states no dates for {}: no date was tested.",
                self.list(&decision.in_force_not_stated)
            ));
        }
        if let Some(until) = &decision.valid_until {
            lines.push(format!("Holds until {until}, when a rule used here changes."));
        }
        if !decision.is_final {
            lines.push("The record is marked as partial: more achievements could change this.".to_owned());
        }
        lines.push("This is a draft until an officer signs it.".to_owned());
        lines
    }

    fn list(&self, items: &[String]) -> String {
        match items {
            [] => String::new(),
            [one] => one.clone(),
            [first @ .., last] => format!("{} and {last}", first.join(", ")),
        }
    }
}

pub(super) fn credits(amount: &str, of: Option<&crate::wire::decision::Unit>) -> String {
    match unit(of, TAGS) {
        Some(name) => format!("{amount} {name}"),
        None if amount == "1" => "1 credit".to_owned(),
        None => format!("{amount} credits"),
    }
}

pub(super) fn grant(grant: &Grant) -> String {
    let what = match grant.effect.as_str() {
        "credit" | "deposit" => match &grant.amount {
            Some(amount) => credits(amount, grant.unit.as_ref()),
            None => "the target's credits, whose number is not published".to_owned(),
        },
        "total_reduced" => "no credit, total reduced".to_owned(),
        "replaced" if grant.made_up_from.is_empty() => "no credit, to be replaced".to_owned(),
        "replaced" => {
            let from: Vec<String> = grant.made_up_from.iter().map(|v| value(v, TAGS)).collect();
            format!("no credit, to be replaced from {}", from.join(", "))
        }
        "attendance_only" => "attendance only, the exam stays".to_owned(),
        "completion" => "completion".to_owned(),
        "access" => "access".to_owned(),
        "placement" => "placement".to_owned(),
        "entry" => format!("entry to year {}", grant.year.unwrap_or(1)),
        "award" => "award".to_owned(),
        other => other.to_owned(),
    };
    let mark = grant.mark.as_ref().map(mark);
    let of = match grant.targets.as_slice() {
        [] | [_] if grant.effect == "deposit" => " deposited".to_owned(),
        [] | [_] => String::new(),
        several => {
            let names: Vec<String> = several.iter().map(|t| target(t, TAGS)).collect();
            format!(" in total for {}", English.list(&names))
        }
    };
    let carried: String = grant.attributes.iter().map(attribute).collect();
    format!("{what}{of}{}{carried}", mark.unwrap_or_default())
}

/// What a grant carries beside its amount.
fn attribute(of: &Attribute) -> String {
    let shown = |value: &Option<_>| value.as_ref().map(value_of).unwrap_or_default();
    match of.kind.as_str() {
        "level" => format!(", at level {} of {}", shown(&of.value), shown(&of.framework)),
        "fact" => format!(", as {} {}", shown(&of.fact), shown(&of.value)),
        "part" => {
            let part = of.amount.as_deref().unwrap_or_default();
            let place = of.target.as_ref().map(|place| target(place, TAGS)).unwrap_or_default();
            format!(", of which {} to {place}", credits(part, of.unit.as_ref()))
        }
        "not_for" => ", not for a prerequisite".to_owned(),
        _ => ", for a prerequisite only".to_owned(),
    }
}

fn value_of(value: &crate::wire::decision::Value) -> String {
    best(&value.title, TAGS).unwrap_or(&value.value).to_owned()
}

fn mark(mark: &Mark) -> String {
    let judge = mark.judge.as_ref().map(|judge| best(&judge.title, TAGS).unwrap_or(&judge.value));
    let shown = match (&mark.text, mark.between.as_slice(), judge) {
        (Some(text), ..) => format!(", mark {text}"),
        (None, [least, most], Some(judge)) => format!(", mark {least} to {most}, to be judged by {judge}"),
        (None, _, Some(judge)) => format!(", mark to be judged by {judge}"),
        (None, ..) => String::new(),
    };
    let under = if mark.under_source_name { ", under the name of what was learnt" } else { "" };
    format!("{shown}{under}")
}

pub(super) fn reason(reason: &str) -> &str {
    match reason {
        "excluded" => "excluded",
        "already_used" => "already used",
        "expired" => "expired",
        "not_yet" => "not yet",
        "not_in_force" => "the rule is not in force on that date",
        "over_limit" => "over the limit",
        "condition_not_met" => "condition not met",
        other => other,
    }
}

/// What was found of the record or in the text, where nothing is compared.
pub(super) fn found(op: &str) -> Option<&'static str> {
    Some(match op {
        "used_before" => "used for a grant before",
        "expired" => "expired",
        "withdrawn" => "withdrawn",
        "covered_before" => "a grant made before covers the target",
        "excepted" => "excepted by the rule",
        "cell_zero" => "the table gives 0 here",
        "cell_not_here" => "the table gives nothing here",
        "cell_unpublished" => "the figure of the table is not published here",
        "cell_otherwise" => "the table has no row here, so what the rule says otherwise holds",
        _ => return None,
    })
}

pub(super) fn fact(fact: &Fact) -> String {
    let name = best(&fact.title, TAGS).unwrap_or(&fact.id);
    match fact.of.as_str() {
        "learner" => format!("the learner's {name}"),
        "plan" => format!("the plan's {name}"),
        "target" => format!("the target's {name}"),
        of @ ("total" | "lowest" | "latest") => format!("{of} {name}"),
        "request" | "" => name.to_owned(),
        id => format!("{name} of {id}"),
    }
}

pub(super) fn test(test: &Test) -> String {
    let mut values: Vec<String> = test.values.iter().map(|v| value(v, TAGS)).collect();
    // A level that a comparison reads is of another framework than the one that is seen.
    if let (Some(_), Some(framework), Some(first)) = (&test.by, &test.on, values.first_mut()) {
        *first = format!("{framework} {first}");
    }
    let (first, all) = (values.first().cloned().unwrap_or_default(), values.join(", "));
    let fact = test.fact.as_ref().map(fact).unwrap_or_default();
    let dimension = test.dimension.as_ref().map(|v| format!(" in {}", value(v, TAGS))).unwrap_or_default();
    let by = test.by.as_ref().map(|v| format!(" by {}", value(v, TAGS))).unwrap_or_default();
    let fact = format!("{fact}{dimension}{by}");
    match test.op.as_str() {
        "at_least" => format!("{fact} at least {first}"),
        "over" => format!("{fact} over {first}"),
        "at_most" => format!("{fact} at most {first}"),
        "under" => format!("{fact} under {first}"),
        "between" => format!("{fact} {}", values.join(" to ")),
        "is" => format!("{fact} is {first}"),
        "is_not" => format!("{fact} is not {first}"),
        "one_of" => format!("{fact} is one of {all}"),
        "holds" => format!("holds {}", values.join(" or ")),
        "holds_no" => format!("holds no {}", values.join(" or ")),
        "within_before" => {
            format!("{fact} at most {first} before {}", values.get(1).cloned().unwrap_or_default())
        }
        "within_after" => {
            format!("{fact} at most {first} after {}", values.get(1).cloned().unwrap_or_default())
        }
        "not_within_before" => {
            format!("{fact} not within {first} before {}", values.get(1).cloned().unwrap_or_default())
        }
        "not_within_after" => {
            format!("{fact} not within {first} after {}", values.get(1).cloned().unwrap_or_default())
        }
        "target_differs_at_most" => {
            format!("{fact} at most {first} from the target's {}", values.get(1).cloned().unwrap_or_default())
        }
        "target_differs_over" => {
            format!("{fact} over {first} from the target's {}", values.get(1).cloned().unwrap_or_default())
        }
        "target_at_least" => format!("{fact} at least the target's {first}"),
        "target_at_most" => format!("{fact} at most the target's {first}"),
        "target_over" => format!("{fact} over the target's {first}"),
        "target_under" => format!("{fact} under the target's {first}"),
        "target_is" => format!("{fact} the same as the target's {first}"),
        "target_is_not" => format!("{fact} other than the target's {first}"),
        other => format!("{fact} {other} {all}"),
    }
}

pub(super) fn seen(seen: Option<&Seen>) -> String {
    let Some(seen) = seen else { return "seen".to_owned() };
    if seen.contradiction {
        return "two statements contradict each other".to_owned();
    }
    if !seen.read_as.is_empty() {
        let read: Vec<String> = seen.read_as.iter().map(|v| value(v, TAGS)).collect();
        let own = seen.value.as_ref().map_or_else(|| "not stated".to_owned(), |v| value(v, TAGS));
        return format!("{own}, read as {}", read.join(" or "));
    }
    match (&seen.value, seen.possible.as_slice()) {
        (Some(v), _) => value(v, TAGS),
        (None, []) => "not stated".to_owned(),
        (None, possible) => {
            format!("one of {}", possible.iter().map(|v| value(v, TAGS)).collect::<Vec<_>>().join(", "))
        }
    }
}

fn computed(amount: &Amount) -> String {
    let mut told = match &amount.converted {
        None => format!("amount: {}", amount.raw),
        Some(converted) => {
            let by = match converted.by.as_str() {
                "year" => "by the credits of a year",
                "contact_hours" => "by contact hours",
                "notional_hours" => "by notional hours",
                _ => "by the agreed ratio",
            };
            format!("amount: {} {} {by}: {}", converted.amount, converted.unit.id, amount.raw)
        }
    };
    if let (Some(rounding), Some(step)) = (&amount.rounding, &amount.step) {
        let way = match rounding.as_str() {
            "down" => "down",
            "up" => "up",
            "half_up" => "half up",
            _ => "half down",
        };
        told.push_str(&format!(", rounded {way} to {step}"));
    }
    if let Some(floor) = &amount.at_least {
        told.push_str(&format!(", at least {floor}"));
    }
    if let Some(cap) = &amount.at_most {
        told.push_str(&format!(", at most {cap}"));
    }
    if amount.result == amount.raw { told } else { format!("{told}: {}", amount.result) }
}

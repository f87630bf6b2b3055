//! What was found, in the short form of the manual: problems, decisions.

use std::fmt::Write as _;

use accredit::diagnostic::{MessageLanguage, Problem, catalogue};
use accredit::source::Sources;
use serde_json::Value;

/// A problem as the manual writes it, with the sentences that the manual asks for.
pub(super) struct Shown {
    /// `5:6 name/unknown `…``.
    pub(super) head: String,
    /// The code.
    pub(super) code: &'static str,
    /// `en`, `en help`, `zh`, `zh help`, each with its sentence.
    pub(super) sentences: [(&'static str, String); 4],
}

/// A problem of a case; places in its prelude name the file.
pub(super) fn problem(problem: &Problem, sources: &Sources) -> Shown {
    let file = sources.get(problem.at.file).map_or("", |source| source.path.as_str());
    let mut head = if file.starts_with("case.qf") { String::new() } else { format!("{file} ") };
    if let Some(place) = sources.position(problem.at) {
        let _ = write!(head, "{}:{} ", place.line, place.column);
    }
    head.push_str(problem.code.id());
    let marked = sources.snippet(problem.at);
    let first = marked.lines().next().unwrap_or_default().trim_end();
    if !first.is_empty() && first.chars().any(|c| !c.is_control() && !is_invisible(c)) {
        let more = if marked.trim_end().contains('\n') { " …" } else { "" };
        let _ = write!(head, " `{first}{more}`");
    }
    let english = catalogue::sentence(problem, MessageLanguage::English);
    let chinese = catalogue::sentence(problem, MessageLanguage::Chinese);
    let sentences = [
        ("en", english.sentence),
        ("en help", english.help),
        ("zh", chinese.sentence),
        ("zh help", chinese.help),
    ];
    Shown { head, code: problem.code.id(), sentences }
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

/// The problems, each with those sentences that the expectation also has at a problem of that code.
pub(super) fn problems(found: &[Problem], sources: &Sources, expected: &str) -> String {
    let mut wanted: Vec<(String, Vec<String>)> = Vec::new();
    for line in expected.lines() {
        match line.strip_prefix("  ").and_then(|line| line.split_once(": ")) {
            Some((key, _)) => {
                if let Some((_, keys)) = wanted.last_mut() {
                    keys.push(key.to_owned());
                }
            }
            None => wanted.push((line.to_owned(), Vec::new())),
        }
    }
    let mut text = String::new();
    for found in found {
        let shown = problem(found, sources);
        let keys = wanted
            .iter()
            .position(|(line, _)| line == &shown.head)
            .or_else(|| wanted.iter().position(|(line, _)| line.contains(shown.code)))
            .map(|at| wanted.remove(at).1)
            .unwrap_or_default();
        let _ = writeln!(text, "{}", shown.head);
        for (key, sentence) in shown.sentences.iter().filter(|(key, _)| keys.iter().any(|k| k == key)) {
            let _ = writeln!(text, "  {key}: {sentence}");
        }
    }
    text
}

/// A decision, read from its JSON.
pub(super) fn decision(decision: &Value) -> String {
    let mut text = text_of(decision, "verdict").to_owned();
    if let Some(reason) = decision["reason"].as_str() {
        let _ = write!(text, " {}", reason.replace('_', " "));
    }
    text.push('\n');
    for claim in list(decision, "claims") {
        show_claim(&mut text, decision, claim);
    }
    if let Some(whole) = decision.get("whole") {
        show_whole(&mut text, decision, whole);
    }
    for reading in list(decision, "readings") {
        let _ = writeln!(text, "reading \"{}\"", text_of(reading, "text"));
    }
    for advice in list(decision, "advice") {
        let _ = writeln!(text, "advice \"{}\"", text_of(advice, "text"));
    }
    let silent: Vec<&str> = list(decision, "in_force_not_stated").iter().filter_map(Value::as_str).collect();
    if !silent.is_empty() {
        let _ = writeln!(text, "in force not stated: {}", silent.join(", "));
    }
    if let Some(day) = decision["valid_until"].as_str() {
        let _ = writeln!(text, "valid until {day}");
    }
    if decision["final"] == Value::Bool(false) {
        text.push_str("not final\n");
    }
    text
}

/// A whole record: what counts, own study, cuts, what is required, limits, what is unused.
fn show_whole(text: &mut String, decision: &Value, whole: &Value) {
    let fulfilled = match &whole["fulfilled"] {
        Value::Bool(true) => ", fulfilled",
        Value::Bool(false) => ", not fulfilled",
        _ => "",
    };
    let of = |key: &str| text_of(whole, key).to_owned();
    let proved = if whole["optimal"]["proved"] == Value::Bool(true) { "" } else { ", not proved" };
    let programme = text_of(&whole["programme"], "id");
    let _ = writeln!(text, "whole {programme}: {} of {}{fulfilled}{proved}", of("counted"), of("awarded"));
    let places = |of: &Value| {
        let places = list(of, "counts_in").iter();
        places
            .map(|place| format!("{} in {}", text_of(place, "amount"), text_of(&place["block"], "id")))
            .collect::<Vec<_>>()
            .join(", ")
    };
    for grant in list(decision, "grants").iter().filter(|grant| grant.get("counted").is_some()) {
        let held: Vec<&str> = list(grant, "achievements").iter().filter_map(Value::as_str).collect();
        let _ = writeln!(
            text,
            "  {}: {} of {}: {}",
            held.join(", "),
            text_of(grant, "counted"),
            grant["amount"].as_str().unwrap_or("-"),
            places(grant)
        );
    }
    for study in list(whole, "study") {
        let held = text_of(&study["achievement"], "id");
        let _ = writeln!(
            text,
            "  study {held}: {} of {}: {}",
            text_of(study, "counted"),
            text_of(study, "amount"),
            places(study)
        );
    }
    for cut in list(decision, "cut") {
        let names =
            |key: &str| list(cut, key).iter().filter_map(Value::as_str).collect::<Vec<_>>().join(", ");
        let _ = writeln!(
            text,
            "  cut {} of {} by {}",
            text_of(cut, "amount"),
            names("achievements"),
            names("limits")
        );
    }
    for of in list(whole, "requirements") {
        let _ = writeln!(
            text,
            "  require {}: {} of {}, short {}",
            text_of(of, "id"),
            text_of(of, "met"),
            text_of(of, "required"),
            text_of(of, "short")
        );
    }
    for of in list(whole, "limits") {
        let per: Vec<&str> = list(of, "per").iter().map(|value| text_of(value, "value")).collect();
        let per = if per.is_empty() { String::new() } else { format!(" [{}]", per.join(", ")) };
        let reached = if of["binding"] == Value::Bool(true) { ", reached" } else { "" };
        let _ = writeln!(
            text,
            "  limit {}{per}: {} + {} of {}{reached}",
            text_of(of, "id"),
            text_of(of, "used_before"),
            text_of(of, "used_now"),
            text_of(of, "ceiling")
        );
    }
    for of in list(whole, "unused") {
        let _ = writeln!(
            text,
            "  unused {}: {}",
            text_of(&of["achievement"], "id"),
            text_of(of, "reason").replace('_', " ")
        );
    }
}

fn show_claim(text: &mut String, decision: &Value, claim: &Value) {
    let held: Vec<&str> = list(claim, "achievements").iter().map(|held| text_of(held, "id")).collect();
    text.push_str(&held.join(", "));
    if let Some(target) = claim.get("target") {
        let _ = write!(text, "{}-> {}", if held.is_empty() { "" } else { " " }, target_of(target));
    }
    let _ = write!(text, ": {}", text_of(claim, "verdict"));
    if let Some(reason) = claim["reason"].as_str() {
        let _ = write!(text, " {}", reason.replace('_', " "));
    }
    let ids = list(claim, "grants");
    let grants: Vec<&Value> =
        list(decision, "grants").iter().filter(|g| ids.contains(&g["grant_id"])).collect();
    for (at, grant) in grants.iter().enumerate() {
        let _ = write!(text, "{}{}", if at == 0 { " " } else { ", " }, grant_of(grant));
    }
    let rules: Vec<&str> = list(claim, "rules").iter().map(|rule| text_of(rule, "rule")).collect();
    if !rules.is_empty() {
        let _ = write!(text, " by {}", rules.join(", "));
    }
    text.push('\n');
    for mark in grants.iter().filter_map(|grant| grant.get("mark")) {
        let _ = writeln!(text, "  mark {}", mark_of(mark));
    }
    for carried in grants.iter().flat_map(|grant| list(grant, "attributes")) {
        let said = ["framework", "fact", "value"].map(|key| text_of(&carried[key], "value"));
        let said = said.iter().filter(|said| !said.is_empty());
        let words: Vec<&str> = said.copied().chain(carried["purpose"].as_str()).collect();
        if let Some(part) = carried["amount"].as_str() {
            let (unit, place) = (text_of(&carried["unit"], "id"), text_of(&carried["target"], "id"));
            let _ = writeln!(text, "  of which {part} {unit} to {place}");
            continue;
        }
        let _ = writeln!(text, "  {} {}", text_of(carried, "kind"), words.join(" "));
    }
    if let Some(because) = claim["because"].as_str() {
        let _ = writeln!(text, "  because \"{because}\"");
    }
    for referral in list(claim, "referrals") {
        let _ = write!(text, "  refer to {}", text_of(referral, "to"));
        if let Some(because) = referral["because"].as_str() {
            let _ = write!(text, " because \"{because}\"");
        }
        text.push('\n');
    }
    for question in list(claim, "missing") {
        let _ = write!(
            text,
            "  unknown {} of {}",
            text_of(&question["fact"], "id"),
            text_of(&question["fact"], "of")
        );
        let any: Vec<&str> = list(question, "any_of").iter().map(|any| text_of(any, "value")).collect();
        if !any.is_empty() {
            let _ = write!(text, ", any of {}", any.join(", "));
        }
        if let Some(proof) = question["proof"].as_str() {
            let _ = write!(text, ", proof \"{proof}\"");
        }
        if let Some(because) = question["because"].as_str() {
            let _ = write!(text, ", {because}");
        }
        text.push('\n');
    }
    for aside in list(claim, "set_aside") {
        let by: Vec<&str> = list(aside, "by").iter().filter_map(Value::as_str).collect();
        let _ = writeln!(text, "  set aside {} by {}", text_of(aside, "rule"), by.join(", "));
    }
    let adding: Vec<&str> = list(claim, "may_add").iter().map(|rule| text_of(rule, "rule")).collect();
    if !adding.is_empty() {
        let _ = writeln!(text, "  may add {}", adding.join(", "));
    }
    for change in list(decision, "counterfactual").iter().filter(|c| c["claim_id"] == claim["claim_id"]) {
        let changes: Vec<String> = list(change, "changes").iter().map(change_of).collect();
        let _ = writeln!(text, "  nearest: {}", changes.join(" and "));
    }
    for near in list(claim, "nearest") {
        let differs: Vec<&str> = list(near, "differs_in").iter().filter_map(Value::as_str).collect();
        let _ =
            writeln!(text, "  near {}, differs in {}", text_of(&near["rule"], "rule"), differs.join(", "));
    }
    for other in list(claim, "competes_with") {
        let named = list(decision, "claims").iter().find(|claim| &claim["claim_id"] == other);
        let _ = writeln!(
            text,
            "  competes with {}",
            named.map_or_else(String::new, |claim| target_of(&claim["target"]))
        );
    }
    if let Some(choice) = claim.get("choice") {
        let of: Vec<String> = list(choice, "of").iter().map(target_of).collect();
        let up_to = if choice["up_to"] == Value::Bool(true) { "up to " } else { "" };
        let _ = writeln!(text, "  choice: {up_to}{} of {}", choice["number"], of.join(", "));
    }
}

fn grant_of(grant: &Value) -> String {
    let mut shown = match (grant["amount"].as_str(), text_of(grant, "effect")) {
        (Some(amount), _) => format!("{amount} {}", text_of(&grant["unit"], "id")),
        (None, "credit" | "deposit") => "unpublished".to_owned(),
        (None, effect) => effect.to_owned(),
    };
    if let Some(year) = grant["year"].as_u64() {
        let _ = write!(shown, " {year}");
    }
    let made_up: Vec<&str> = list(grant, "made_up_from").iter().map(|from| text_of(from, "value")).collect();
    if !made_up.is_empty() {
        let _ = write!(shown, " from {}", made_up.join(", "));
    }
    if list(grant, "targets").len() > 1 {
        shown.push_str(" in total");
    }
    shown
}

fn mark_of(mark: &Value) -> String {
    let mut shown = mark["text"].as_str().unwrap_or_else(|| text_of(mark, "kind")).to_owned();
    if let Some(counts) = mark["counts_as"].as_str() {
        let _ = write!(shown, ", counts as {counts}");
    }
    if mark["in_average"] == Value::Bool(false) {
        shown.push_str(", outside average");
    }
    if mark["under_source_name"] == Value::Bool(true) {
        shown.push_str(", under source name");
    }
    if let [least, most] = list(mark, "between") {
        let judge = text_of(&mark["judge"], "value");
        let _ =
            write!(shown, ", {} to {} by {judge}", least.as_str().unwrap_or(""), most.as_str().unwrap_or(""));
    }
    shown
}

fn change_of(change: &Value) -> String {
    if let Some(fact) = change.get("fact") {
        let from = change["from"]["value"].as_str().unwrap_or("unknown");
        return format!(
            "{} of {} {from} to {}",
            text_of(fact, "id"),
            text_of(fact, "of"),
            text_of(&change["to"], "value")
        );
    }
    let any: Vec<&str> = list(change, "add_any_of").iter().map(|value| text_of(value, "value")).collect();
    if change["longer"].is_object() {
        let part = change["part"].as_u64().map(|part| format!(" (part {part})")).unwrap_or_default();
        return format!("{} more of {}{part}", text_of(&change["longer"], "value"), any.join(" or "));
    }
    format!("add {}", any.join(" or "))
}

fn target_of(target: &Value) -> String {
    match text_of(target, "kind") {
        "deposit" => format!("deposit {}", text_of(target, "id")),
        _ => text_of(target, "id").to_owned(),
    }
}

fn text_of<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().unwrap_or_default()
}

fn list<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value[key].as_array().map_or(&[], Vec::as_slice)
}

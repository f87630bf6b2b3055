//! A decision in words: what was asked, what was found, the clause, the conclusion, what is missing, who signs.
//!
//! It reads the decision document alone, so that a decision read back from its JSON is told in the same words. Each language has
//! a file of phrases; the order of things is here. The program never decides: every text ends with who must sign.

mod chinese;
mod coverage;
mod english;
mod lasting;
mod letter;
mod whole;

use crate::wire::decision::{
    Achievement, Claim, Counterfactual, Decision, Grant, Named, Question, Referral, RuleName, Step, Target,
    Titles, Unit, Value,
};

pub use letter::letter;

/// The language of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextLanguage {
    /// English.
    English,
    /// 中文.
    Chinese,
}

/// What each language says in its own way.
trait Phrases {
    /// Which titles to take, first wanted first.
    fn tags(&self) -> &'static [&'static str];
    /// The first lines: package, day.
    fn heading(&self, decision: &Decision) -> String;
    /// What nothing was asked or held for.
    fn nothing(&self) -> String;
    /// `Language test (a1) → Language I (LANG 101)`.
    fn asked(&self, achievements: &str, target: Option<&str>) -> String;
    /// The conclusion of a claim.
    fn result(&self, claim: &Claim, grants: &[&Grant]) -> String;
    /// One step.
    fn step(&self, step: &Step) -> Option<String>;
    /// An open question.
    fn question(&self, question: &Question) -> String;
    /// The line before open questions.
    fn questions(&self, count: usize) -> String;
    /// A referral.
    fn referral(&self, referral: &Referral) -> String;
    /// A smallest change.
    fn change(&self, change: &Counterfactual) -> String;
    /// Which rule was set aside by which.
    fn set_aside(&self, rule: &str, by: &[String]) -> String;
    /// Rules that may still add.
    fn may_add(&self, rules: &[RuleName]) -> String;
    /// The nearest rules.
    fn nearest(&self, rule: &str, differs_in: &[String]) -> String;
    /// Claims that would use the same achievement.
    fn competes(&self, claims: &[String]) -> String;
    /// What the learner may choose.
    fn choice(&self, number: u32, up_to: bool, of: &str) -> String;
    /// A citation.
    fn basis(&self, citations: &[String]) -> String;
    /// A document and its clause.
    fn citation(&self, title: &str, number: Option<&str>, clause: Option<&str>) -> String;
    /// Who decides by whose rule.
    fn member(&self, by: Option<&str>, frame: &str) -> String;
    /// The last lines: readings, advice, dates not stated, validity, signature.
    fn closing(&self, decision: &Decision) -> Vec<String>;
    /// A list.
    fn list(&self, items: &[String]) -> String;
}

/// The decision in words.
pub fn text(decision: &Decision, language: TextLanguage) -> String {
    match language {
        TextLanguage::English => tell(decision, &english::English, language),
        TextLanguage::Chinese => tell(decision, &chinese::Chinese, language),
    }
}

fn tell(decision: &Decision, say: &impl Phrases, language: TextLanguage) -> String {
    let mut out = String::new();
    let mut line = |indent: usize, text: &str| {
        out.extend(std::iter::repeat_n(' ', indent));
        out.push_str(text);
        out.push('\n');
    };
    line(0, &say.heading(decision));
    if decision.claims.is_empty() {
        line(0, &say.nothing());
    }
    for claim in &decision.claims {
        line(0, "");
        let achievements: Vec<_> = claim.achievements.iter().map(|a| achievement(a, say.tags())).collect();
        let target = claim.target.as_ref().map(|t| target(t, say.tags()));
        line(0, &format!("{}  {}", claim.claim_id, say.asked(&say.list(&achievements), target.as_deref())));
        let grants: Vec<&Grant> =
            decision.grants.iter().filter(|g| claim.grants.contains(&g.grant_id)).collect();
        line(2, &say.result(claim, &grants));
        let mut number = 0;
        for step in decision.derivation.iter().filter(|step| claim.derivation.contains(&step.id)) {
            if let Some(told) = say.step(step) {
                number += 1;
                line(4, &format!("{number}. {told}"));
            }
        }
        if !claim.missing.is_empty() {
            line(2, &say.questions(claim.missing.len()));
            for question in &claim.missing {
                line(4, &format!("- {}", say.question(question)));
            }
        }
        for referral in &claim.referrals {
            line(2, &say.referral(referral));
        }
        for aside in &claim.set_aside {
            line(2, &say.set_aside(&aside.rule, &aside.by));
        }
        if !claim.may_add.is_empty() {
            line(2, &say.may_add(&claim.may_add));
        }
        for nearest in &claim.nearest {
            line(2, &say.nearest(&rule(&nearest.rule, say.tags()), &nearest.differs_in));
        }
        for change in decision.counterfactual.iter().filter(|change| change.claim_id == claim.claim_id) {
            line(2, &say.change(change));
        }
        if !claim.competes_with.is_empty() {
            line(2, &say.competes(&claim.competes_with));
        }
        if let Some(choice) = &claim.choice {
            let of: Vec<_> = choice.of.iter().map(|t| self::target(t, say.tags())).collect();
            line(2, &say.choice(choice.number, choice.up_to, &say.list(&of)));
        }
        for of in claim.rules.iter().filter(|of| of.frame.is_some()) {
            let name = |of: &Option<Named>| of.as_ref().map(|of| named(of, say.tags()));
            line(2, &say.member(name(&of.by).as_deref(), &name(&of.frame).unwrap_or_default()));
        }
        let basis = basis(decision, claim, say);
        if !basis.is_empty() {
            line(2, &say.basis(&basis));
        }
    }
    for (indent, told) in whole::lines(decision, language) {
        line(indent, &told);
    }
    line(0, "");
    for closing in say.closing(decision) {
        line(0, &closing);
    }
    out
}

/// The clauses that a claim rests on: those of its rules, else those of its steps.
fn basis(decision: &Decision, claim: &Claim, say: &impl Phrases) -> Vec<String> {
    let of_rules = claim.rules.iter().flat_map(|rule| &rule.citations);
    let of_steps =
        decision.derivation.iter().filter(|s| claim.derivation.contains(&s.id)).flat_map(|s| &s.citations);
    let mut wanted: Vec<&String> = of_rules.collect();
    if wanted.is_empty() {
        wanted = of_steps.collect();
    }
    let cited = decision.citations.iter().filter(|citation| wanted.contains(&&citation.id));
    cited
        .map(|citation| {
            let title = best(&citation.title, say.tags()).unwrap_or(&citation.document);
            say.citation(title, citation.number.as_deref(), citation.clause.as_deref())
        })
        .collect()
}

/// The title in the first language that has one, else any title.
fn best<'a>(titles: &'a Titles, tags: &[&str]) -> Option<&'a str> {
    tags.iter().find_map(|tag| titles.get(*tag)).or_else(|| titles.values().next()).map(String::as_str)
}

/// What something is called: its title in the language; in Chinese its name, where that is written in Chinese; else any title.
fn called<'a>(titles: &'a Titles, name: &'a str, tags: &[&str]) -> &'a str {
    let is_chinese = |text: &str| text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    match tags.iter().find_map(|tag| titles.get(*tag)) {
        Some(title) => title,
        None if tags.contains(&"zh") && is_chinese(name) => name,
        None => best(titles, tags).unwrap_or(name),
    }
}

fn achievement(achievement: &Achievement, tags: &[&str]) -> String {
    let name = called(&achievement.title, &achievement.of, tags);
    if achievement.id.is_empty() { name.to_owned() } else { format!("{name} ({})", achievement.id) }
}

fn target(target: &Target, tags: &[&str]) -> String {
    let name = called(&target.title, &target.id, tags);
    match &target.code {
        Some(code) if code != name => format!("{name} ({code})"),
        _ => name.to_owned(),
    }
}

fn named(of: &Named, tags: &[&str]) -> String {
    called(&of.title, &of.id, tags).to_owned()
}

/// What is left to members and not stated, of all rules that a claim names.
fn not_stated(claim: &Claim, tags: &[&str]) -> Vec<String> {
    let mut names: Vec<String> =
        claim.rules.iter().flat_map(|rule| &rule.not_stated).map(|of| named(of, tags)).collect();
    names.dedup();
    names
}

fn rule(rule: &RuleName, tags: &[&str]) -> String {
    called(&rule.title, &rule.rule, tags).to_owned()
}

fn value(value: &Value, tags: &[&str]) -> String {
    called(&value.title, &value.value, tags).to_owned()
}

fn unit<'a>(unit: Option<&'a Unit>, tags: &[&str]) -> Option<&'a str> {
    unit.and_then(|unit| best(&unit.title, tags))
}

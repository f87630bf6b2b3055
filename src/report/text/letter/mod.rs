//! A decision as the letter that an office sends: a notice of the result, of a refusal, or of what is still to be supplied.
//!
//! It reads the decision document alone. What the document cannot say (the letter's own number, the name of the learner, the seal)
//! stands as an open pair of brackets, and every letter says that it is a draft until it is signed. A letter asks only for what the
//! learner can prove: what a judge still has to say is told as referred.

mod chinese;
mod english;

use super::{Phrases, TextLanguage, basis, called};
use crate::wire::decision::{Achievement, Citation, Claim, Decision, Fact, Grant, Question, Step, Target};

/// The letter, or nothing where the rules contradict each other: then there is no result to write of.
pub fn letter(decision: &Decision, language: TextLanguage) -> Option<String> {
    match language {
        TextLanguage::English => write(decision, &english::Letter, &super::english::English),
        TextLanguage::Chinese => write(decision, &chinese::Letter, &super::chinese::Chinese),
    }
}

/// Which letter it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// Something is granted, referred, or neither granted nor refused.
    Result,
    /// Everything is refused.
    Refusal,
    /// Nothing is granted, and something can be proved that would decide it.
    Supplement,
}

/// What each language says in its own way.
trait Wording {
    /// The heading.
    fn heading(&self, kind: Kind) -> &'static str;
    /// Its number, and who it is for; `year` is that of the application.
    fn address(&self, year: &str) -> Vec<String>;
    /// What was applied for when, and by which documents it was examined.
    fn opening(&self, decision: &Decision, documents: &[String]) -> String;
    /// A document, without a clause.
    fn document(&self, citation: &Citation) -> String;
    /// The number and the title of a part.
    fn part(&self, number: usize, title: Part) -> String;
    /// An item of a part.
    fn item(&self, number: usize, text: &str) -> String;
    /// A part that is a sentence and has no items.
    fn sentence(&self, number: usize, title: Part, text: &str) -> String;
    /// What an achievement or a target is called, with its code.
    fn title(&self, name: &str, code: Option<&str>) -> String;
    /// Who asks for what; a deposit is asked for in an account.
    fn asked(&self, achievements: &str, target: Option<&str>, deposit: bool) -> String;
    /// What is granted.
    fn granted(&self, asked: &str, grants: &[&Grant], basis: &str) -> String;
    /// That it is not granted, why, and on which clause.
    fn refused(&self, asked: &str, claim: &Claim, failed: &[String], basis: &str) -> String;
    /// The same as the conclusion of a letter that has no other.
    fn conclusion(&self, claim: &Claim, failed: &[String], others_met: bool, basis: &str) -> String;
    /// A test that failed, and what was found.
    fn failed(&self, step: &Step) -> Option<String>;
    /// A fact that was found.
    fn found(&self, step: &Step) -> Option<String>;
    /// To whom something is referred.
    fn referred(&self, asked: &str, claim: &Claim) -> String;
    /// A document that is to be supplied.
    fn wanted(&self, question: &Question) -> String;
    /// Which results depend on what is to be supplied.
    fn depends(&self, asked: &[String]) -> String;
    /// By which day's rules it was examined.
    fn rules_of(&self, decision: &Decision) -> String;
    /// What a learner who is refused may still do.
    fn again(&self, changes: &[String]) -> String;
    /// Where a review may be asked for, and who signs.
    fn closing(&self, decision: &Decision) -> Vec<String>;
}

/// The parts of a letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Granted,
    Refused,
    Referred,
    Wanted,
    Request,
    Found,
    Conclusion,
    Rules,
    Again,
    Advice,
}

fn write(decision: &Decision, wording: &impl Wording, say: &impl Phrases) -> Option<String> {
    let with = |verdicts: &[&str]| -> Vec<&Claim> {
        decision.claims.iter().filter(|claim| verdicts.contains(&claim.verdict.as_str())).collect()
    };
    if !with(&["conflict"]).is_empty() {
        return None;
    }
    let (granted, referred) = (with(&["converts"]), with(&["refer"]));
    let (refused, open) = (with(&["refused", "no_rule", "not_established"]), with(&["unknown"]));
    let kind = match (granted.is_empty() && referred.is_empty(), open.is_empty(), refused.is_empty()) {
        (true, true, false) => Kind::Refusal,
        (true, false, _) => Kind::Supplement,
        _ => Kind::Result,
    };
    let letter = Letter { decision, wording, say };
    let mut lines = vec![wording.heading(kind).to_owned()];
    lines.extend(wording.address(&year(decision)));
    lines.push(wording.opening(decision, &letter.documents()));
    let mut parts = Parts { wording, number: 0, lines };
    if let (Kind::Refusal, [only]) = (kind, refused.as_slice()) {
        letter.refusal(only, &mut parts);
    } else {
        parts.list(Part::Granted, letter.granted(&granted).into_iter());
        parts.list(Part::Refused, refused.iter().map(|claim| letter.refused(claim)));
        parts
            .list(Part::Referred, referred.iter().map(|claim| wording.referred(&letter.asked(claim), claim)));
        // The office asks its judges itself.
        let wanted: Vec<&Question> =
            decision.missing.iter().filter(|question| question.kind != "judgement").collect();
        parts.list(Part::Wanted, wanted.iter().map(|question| letter.wanted(question)));
        if !open.is_empty() {
            let depends: Vec<String> = open.iter().map(|claim| letter.asked(claim)).collect();
            parts.lines.push(wording.depends(&depends));
        }
    }
    if !decision.advice.is_empty() {
        parts.list(Part::Advice, decision.advice.iter().map(|advice| advice.text.clone()));
    }
    parts.sentence(Part::Rules, &wording.rules_of(decision));
    parts.lines.extend(wording.closing(decision));
    let mut text = parts.lines.join("\n");
    text.push('\n');
    Some(text)
}

/// The parts of a letter as they are numbered and written.
struct Parts<'w, W> {
    wording: &'w W,
    number: usize,
    lines: Vec<String>,
}

impl<W: Wording> Parts<'_, W> {
    fn list(&mut self, title: Part, items: impl Iterator<Item = String>) {
        let items: Vec<String> = items.collect();
        if items.is_empty() {
            return;
        }
        self.number += 1;
        self.lines.push(self.wording.part(self.number, title));
        for (number, item) in (1..).zip(&items) {
            self.lines.push(self.wording.item(number, item));
        }
    }

    fn sentence(&mut self, title: Part, text: &str) {
        self.number += 1;
        self.lines.push(self.wording.sentence(self.number, title, text));
    }
}

struct Letter<'a, W, P> {
    decision: &'a Decision,
    wording: &'a W,
    say: &'a P,
}

impl<W: Wording, P: Phrases> Letter<'_, W, P> {
    fn asked(&self, claim: &Claim) -> String {
        self.asked_for(claim, claim.target.iter())
    }

    fn asked_for<'t>(&self, claim: &Claim, targets: impl Iterator<Item = &'t Target>) -> String {
        let by: Vec<String> = claim.achievements.iter().map(|of| self.achievement(of)).collect();
        let mut deposit = false;
        let targets: Vec<String> =
            targets.inspect(|of| deposit |= of.kind == "deposit").map(|of| self.target(of)).collect();
        let target = (!targets.is_empty()).then(|| self.say.list(&targets));
        self.wording.asked(&self.say.list(&by), target.as_deref(), deposit)
    }

    fn target(&self, of: &Target) -> String {
        let name = called(&of.title, &of.id, self.say.tags());
        match &of.code {
            // A course without a title is known by its code.
            Some(code) if of.title.is_empty() || code == name => self.wording.title("", Some(code)),
            code => self.wording.title(name, code.as_deref()),
        }
    }

    /// By its title; with its id where the learner holds several that are called the same.
    fn achievement(&self, of: &Achievement) -> String {
        let name = called(&of.title, &of.of, self.say.tags());
        let all = self.decision.claims.iter().flat_map(|claim| &claim.achievements);
        let mut same =
            all.filter(|other| other.id != of.id && called(&other.title, &other.of, self.say.tags()) == name);
        self.wording.title(name, same.next().map(|_| of.id.as_str()))
    }

    /// The documents that all of it rests on, each once.
    fn documents(&self) -> Vec<String> {
        let mut all = Vec::new();
        for citation in &self.decision.citations {
            let document = self.wording.document(citation);
            if !all.contains(&document) {
                all.push(document);
            }
        }
        all
    }

    fn clauses(&self, claim: &Claim) -> String {
        self.say.list(&basis(self.decision, claim, self.say))
    }

    /// What is granted, claim by claim; what one grant gives for several targets is told once.
    fn granted(&self, claims: &[&Claim]) -> Vec<String> {
        let mut told: Vec<&String> = Vec::new();
        let mut items = Vec::new();
        for claim in claims {
            if !claim.grants.is_empty() && claim.grants.iter().all(|grant| told.contains(&grant)) {
                continue;
            }
            told.extend(&claim.grants);
            let grants: Vec<Grant> = self
                .decision
                .grants
                .iter()
                .filter(|grant| claim.grants.contains(&grant.grant_id))
                .cloned()
                .collect();
            let asked = match grants.as_slice() {
                [only] if only.targets.len() > 1 => self.asked_for(claim, only.targets.iter()),
                _ => self.asked(claim),
            };
            // The targets have been named.
            let grants: Vec<Grant> =
                grants.into_iter().map(|grant| Grant { targets: Vec::new(), ..grant }).collect();
            let grants: Vec<&Grant> = grants.iter().collect();
            items.push(self.wording.granted(&asked, &grants, &self.clauses(claim)));
        }
        items
    }

    fn refused(&self, claim: &Claim) -> String {
        self.wording.refused(&self.asked(claim), claim, &self.failed(claim), &self.clauses(claim))
    }

    fn steps<'d>(&'d self, claim: &'d Claim) -> impl Iterator<Item = &'d Step> {
        self.decision.derivation.iter().filter(|step| claim.derivation.contains(&step.id))
    }

    fn failed(&self, claim: &Claim) -> Vec<String> {
        let stands =
            |step: &&Step| if step.slot == "never" { step.result == "true" } else { step.result == "false" };
        let failed = self.steps(claim).filter(stands);
        failed.filter_map(|step| self.wording.failed(&self.named(claim, step))).collect()
    }

    fn wanted(&self, question: &Question) -> String {
        let mut question = question.clone();
        self.name_owner(&Claim::default(), &mut question.fact);
        self.wording.wanted(&question)
    }

    /// A step with the owner of what it tests called by its title.
    fn named(&self, claim: &Claim, step: &Step) -> Step {
        let mut step = step.clone();
        if let Some(fact) = step.test.as_mut().and_then(|test| test.fact.as_mut()) {
            self.name_owner(claim, fact);
        }
        step
    }

    /// Where a claim rests on one achievement it need not be said whose fact is meant; else by its title, and not by its id.
    fn name_owner(&self, claim: &Claim, fact: &mut Fact) {
        if let [only] = claim.achievements.as_slice()
            && fact.of == only.id
        {
            fact.of.clear();
            return;
        }
        let mut all = self.decision.claims.iter().flat_map(|claim| &claim.achievements);
        if let Some(of) = all.find(|of| of.id == fact.of) {
            fact.of = self.achievement(of);
        }
    }

    /// A letter that refuses one thing: what was asked, what was found, the conclusion, what may be done.
    fn refusal(&self, claim: &Claim, parts: &mut Parts<'_, W>) {
        parts.sentence(Part::Request, &self.asked(claim));
        let mut found: Vec<String> = Vec::new();
        let steps = self.steps(claim).map(|step| self.named(claim, step));
        for fact in steps.filter_map(|step| self.wording.found(&step)) {
            if !found.contains(&fact) {
                found.push(fact);
            }
        }
        if !found.is_empty() {
            parts.sentence(Part::Found, &self.say.list(&found));
        }
        let failed = self.failed(claim);
        let tests: Vec<&Step> =
            self.steps(claim).filter(|step| step.test.is_some() && step.slot == "when").collect();
        let met = tests.iter().filter(|step| step.result == "true").count();
        let others_met = met > 0 && tests.len() - met == failed.len();
        let conclusion = self.wording.conclusion(claim, &failed, others_met, &self.clauses(claim));
        parts.sentence(Part::Conclusion, &conclusion);
        let changes = self.decision.counterfactual.iter().filter(|change| change.claim_id == claim.claim_id);
        let changes: Vec<String> = changes
            .map(|change| {
                let mut change = change.clone();
                for fact in change.changes.iter_mut().filter_map(|change| change.fact.as_mut()) {
                    self.name_owner(claim, fact);
                }
                self.say.change(&change)
            })
            .collect();
        parts.sentence(Part::Again, &self.wording.again(&changes));
    }
}

/// The day on which it was applied for.
fn applied(decision: &Decision) -> &str {
    decision.applied.as_deref().unwrap_or(&decision.as_of)
}

fn year(decision: &Decision) -> String {
    applied(decision).split('-').next().unwrap_or_default().to_owned()
}

/// Year, month and day of a date as it stands in a document, without leading zeros.
fn date(text: &str) -> Option<(&str, usize, &str)> {
    let mut parts = text.splitn(3, '-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    Some((year, month.parse().ok()?, day.trim_start_matches('0')))
}

/// The first figures of a hash, enough to tell packages apart in a letter.
fn short(hash: &str) -> String {
    let (kind, figures) = hash.split_once(':').unwrap_or(("", hash));
    let figures: String = figures.chars().take(12).collect();
    if kind.is_empty() { figures } else { format!("{kind}:{figures}…") }
}

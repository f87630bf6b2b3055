//! What was found, as problems at their places: the rules by their clauses, the learner by the facts that the text tests.

use crate::answer::{Decision, Verdict};
use crate::diagnostic::{Code, Problem, Said};
use crate::graph::{ConversionGraph, Goal};
use crate::model::{
    Effect, FactId, FactUse, Listed, Model, OutcomeId, Rule, RuleId, ScaleShape, Titles, UnitId, ValueType,
};
use crate::quantity::Ratio;
use crate::space::Value;

use super::given::{Amount, Answered};
use super::granted;
use super::never::Never;
use super::overlap::Conflict;
use super::scene::{Dim, Source, Whose};
use super::witness::Witness;

/// A contradiction, told at the later of the two rules.
pub(super) fn conflict(graph: &ConversionGraph, found: &Conflict) -> Option<Problem> {
    let model = graph.model();
    let (one, other) = found.rules;
    let (first, second) = (model.rules.get(one.index())?, model.rules.get(other.index())?);
    let (rule, rival) = names(first, second);
    let (ours, theirs) = said_apart(model, found);
    let problem = Problem::new(Code::RuleConflict, second.span)
        .say("rule", rule)
        .say("other", rival)
        .say("learner", Said::List(learner(graph, &found.witness, &[one, other])))
        .say("answer", ours)
        .say("rival", theirs)
        .say("name", &*first.name)
        .say("others-name", &*second.name);
    Some(problem.label(first.span, "other"))
}

/// What two rules answer, said so that the words differ as the answers do.
fn said_apart(model: &Model, found: &Conflict) -> (Said, Said) {
    let ((one, other), (ours, theirs)) = (found.rules, (&found.answers.0, &found.answers.1));
    let (Answered::Grant(a), Answered::Grant(b)) = (ours, theirs) else {
        return (answer(model, found, one, ours, false), answer(model, found, other, theirs, false));
    };
    let with_amount = a.effect.is_none() && b.effect.is_none();
    let said =
        (answer(model, found, one, ours, with_amount), answer(model, found, other, theirs, with_amount));
    if said.0 != said.1 {
        return said;
    }
    granted::difference(model, &found.witness, a, b).unwrap_or(said)
}

/// A rule that never applies.
pub(super) fn never(graph: &ConversionGraph, found: &Never) -> Option<Problem> {
    let model = graph.model();
    let rule = model.rules.get(found.rule.index())?;
    let fact = found.fact.and_then(|fact| model.facts.get(fact.index()));
    let fact = match fact {
        Some(fact) => Said::Text(fact.name.clone()),
        None => Said::Noun { english: "learner", chinese: "学习者" },
    };
    let at = found.lines.last().copied().unwrap_or(rule.span);
    let mut problem = Problem::new(Code::RuleNever, at).say("rule", &*rule.name).say("fact", fact);
    for &other in found.lines.iter().filter(|&&line| line != at) {
        problem = problem.label(other, "also");
    }
    Some(problem)
}

/// Two rules as their clauses, where these tell them apart; else by their names.
fn names(first: &Rule, second: &Rule) -> (Said, Said) {
    let clause = |rule: &Rule| rule.cites.iter().find_map(|cite| cite.clause.clone());
    match (clause(first), clause(second)) {
        (Some(one), Some(other)) if one != other => (Said::Text(one), Said::Text(other)),
        _ => (Said::Name(first.name.clone()), Said::Name(second.name.clone())),
    }
}

/// The learner of a refutation: what is held, where that is not plain, and the facts that the rules test.
pub(super) fn learner(graph: &ConversionGraph, witness: &Witness, rules: &[RuleId]) -> Vec<Said> {
    let model = graph.model();
    let mut all: Vec<Said> = Vec::new();
    let tests = |dim: &Dim| dim.whose != Whose::Record;
    let facts: Vec<&(Dim, ValueType, Value)> = witness.chosen.iter().filter(|(dim, ..)| tests(dim)).collect();
    if facts.is_empty() || rules.is_empty() || !rules.iter().all(|rule| is_of_one(model, *rule)) {
        all.extend(witness.sources.iter().map(|source| held(model, *source)));
    }
    all.extend(facts.into_iter().map(|(dim, value_type, value)| {
        fact(model, use_of(model, &witness.sources, *dim), dim.fact, *value_type, *value)
    }));
    if all.is_empty() {
        all.push(Said::Noun { english: "any learner", chinese: "任何学习者" });
    }
    all
}

/// Whether a rule takes one named outcome, or achievements of one kind.
fn is_of_one(model: &Model, rule: RuleId) -> bool {
    let Some(rule) = model.rules.get(rule.index()) else { return false };
    let mut items = rule.sources.iter().flatten().flat_map(|slot| &slot.items);
    let (Some(item), None) = (items.next(), items.next()) else {
        return rule.sources.iter().all(Vec::is_empty);
    };
    model.classes.get(item.class.index()).is_some_and(|class| class.outcomes.len() + class.kinds.len() == 1)
}

/// An achievement: its title, or its name.
fn held(model: &Model, source: Source) -> Said {
    let (name, titles) = match source {
        Source::Outcome(outcome) => match model.outcomes.get(outcome.index()) {
            Some(outcome) => (&outcome.name, &outcome.titles),
            None => return Said::Text("".into()),
        },
        Source::Kind(kind) => match model.kinds.get(kind.index()) {
            Some(kind) => (&kind.name, &kind.titles),
            None => return Said::Text("".into()),
        },
    };
    in_both(name, titles)
}

/// A name in both languages: the title in each, where there is one.
pub(super) fn in_both(name: &str, titles: &Titles) -> Said {
    let english = titles.get("en").unwrap_or(name);
    let chinese = titles.get("zh").or(titles.get("zh-Hant")).unwrap_or(name);
    Said::Each { english: english.into(), chinese: chinese.into() }
}

fn use_of<'m>(model: &'m Model, sources: &[Source], dim: Dim) -> Option<&'m FactUse> {
    let uses: &[FactUse] = match dim.whose {
        Whose::Held(place) => {
            let kind = sources.get(place as usize)?.kind(model)?;
            &model.kinds.get(kind.index())?.facts
        }
        Whose::Learner => &model.learner,
        Whose::Plan => &model.plan,
        Whose::Request => &model.request,
        Whose::Record => return None,
    };
    uses.iter().find(|of| of.fact == dim.fact)
}

/// A fact and its value: of a listed value its title says enough.
fn fact(model: &Model, of: Option<&FactUse>, id: FactId, value_type: ValueType, value: Value) -> Said {
    let known = model.facts.get(id.index());
    let name = match (of, known) {
        // A built-in fact that nobody titles is a word of the language.
        (Some(of), Some(fact)) if of.titles.0.is_empty() && fact.built_in => built_in(&fact.name),
        (Some(of), Some(fact)) => in_both(&fact.name, &of.titles),
        (None, Some(fact)) if fact.built_in => built_in(&fact.name),
        (None, Some(fact)) => Said::Text(fact.name.clone()),
        _ => Said::Text("".into()),
    };
    let listed = |ranks: &[Vec<Listed>], rank: u32| {
        ranks.get(rank as usize).and_then(|equals| equals.first()).map(|of| in_both(&of.name, &of.titles))
    };
    let told = |value: Said| Said::Valued(Box::new(name.clone()), Box::new(value));
    match (value, value_type) {
        (Value::None, _) => told(Said::Word("value.none")),
        (Value::Bool(yes), _) => told(Said::Word(if yes { "value.yes" } else { "value.no" })),
        (Value::Rank(rank), ValueType::List(list)) => {
            listed(model.lists.get(list.index()).map_or(&[], |list| &list.ranks), rank).unwrap_or(name)
        }
        (Value::Rank(rank), ValueType::Scale(scale)) => {
            match model.scales.get(scale.index()).map(|scale| &scale.shape) {
                Some(ScaleShape::Named(ranks)) => told(listed(ranks, rank).unwrap_or("…".into())),
                _ => told("…".into()),
            }
        }
        (Value::Number(number), ValueType::Scale(_)) => told(Said::Points(number)),
        (Value::Symbol(symbol), _) if symbol as usize >= model.symbols.len() => {
            told(Said::Noun { english: "another", chinese: "其他" })
        }
        (value, value_type) => told(crate::check::said(model, value_type, value)),
    }
}

/// A built-in fact as the word of the language that it is.
fn built_in(name: &str) -> Said {
    let (english, chinese) = match name {
        "applied" => ("applied", "申请日期"),
        "decided" => ("decided", "审核日期"),
        "enrolled" => ("enrolled", "入学日期"),
        "admitted" => ("admitted", "录取日期"),
        "awarded" => ("awarded", "取得日期"),
        "completed" => ("completed", "完成日期"),
        "started" => ("started", "开始日期"),
        "ended" => ("ended", "结束日期"),
        "expires" => ("expires", "失效日期"),
        "grade" => ("grade", "成绩"),
        "credits" => ("credits", "学分"),
        "hours" => ("hours", "学时"),
        "level" => ("level", "等级"),
        "issuer" => ("issuer", "颁发机构"),
        "times" => ("times", "次数"),
        other => return Said::Text(other.into()),
    };
    Said::Noun { english, chinese }
}

/// What a rule answers: "converts", "refuses"; with the amount where both grant.
fn answer(model: &Model, found: &Conflict, rule: RuleId, answered: &Answered, with_amount: bool) -> Said {
    let target = match found.goal {
        Goal::Outcome(outcome) => Some(outcome),
        Goal::Deposit(_) | Goal::Block(_) => None,
    };
    match answered {
        Answered::Refusal => Said::Noun { english: "refuses", chinese: "不予转换" },
        Answered::Referral(_) => Said::Noun { english: "refers", chinese: "提请认定" },
        Answered::Grant(grant) if grant.effect.is_some() => {
            let word = Said::Word(grant.effect.as_ref().map_or("effect.completion", effect_word));
            Said::Valued(Box::new(Said::Noun { english: "gives", chinese: "" }), Box::new(word))
        }
        Answered::Grant(grant) => {
            let amount = match &grant.amount {
                Amount::Exactly(amount) => Some(*amount),
                Amount::Measured(_) | Amount::None => granted(found, rule),
            };
            match amount.filter(|_| with_amount) {
                Some(amount) => grants(model, amount, grant.unit),
                None => converts(model, target),
            }
        }
    }
}

/// What a decision answers: "converts", "refuses"; with the amount where that tells two apart.
pub(super) fn answered(model: &Model, goal: Goal, decision: &Decision, with_amount: bool) -> Said {
    let target = if let Goal::Outcome(outcome) = goal { Some(outcome) } else { None };
    let grant = decision.grants.first();
    match (decision.verdict, grant.and_then(|grant| Some((grant.amount?, grant.unit)))) {
        (Verdict::Converts, Some((amount, unit))) if with_amount => grants(model, amount, unit),
        (Verdict::Converts, _) => converts(model, target),
        (Verdict::Refer, _) => Said::Noun { english: "refers", chinese: "提请认定" },
        _ => Said::Noun { english: "refuses", chinese: "不予转换" },
    }
}

/// The amount of a measured grant for the learner of the refutation, from the steps of the answer.
fn granted(found: &Conflict, rule: RuleId) -> Option<Ratio> {
    use crate::evaluate::{Asked, What};
    found.witness.decision.derivation.iter().find_map(|step| match (&step.rule, &step.what) {
        (Asked::Rule(of), What::Amount(amounts)) if *of == rule => amounts.result.known(),
        _ => None,
    })
}

fn converts(model: &Model, target: Option<OutcomeId>) -> Said {
    Said::Done {
        english: "converts",
        chinese: "准予转换",
        of: target
            .and_then(|target| model.outcomes.get(target.index()))
            .map(|of| title(&of.name, &of.titles)),
    }
}

fn grants(model: &Model, amount: Ratio, unit: Option<UnitId>) -> Said {
    let named = unit.filter(|_| model.units.len() > 1).and_then(|unit| model.units.get(unit.index()));
    let unit = named.map_or(Said::Word("unit.credit"), |unit| Said::Text(unit.name.clone()));
    Said::Valued(
        Box::new(Said::Noun { english: "gives", chinese: "认定" }),
        Box::new(Said::Amount(amount, Box::new(unit))),
    )
}

fn title(name: &str, titles: &Titles) -> Box<str> {
    titles.get("zh").or(titles.get("zh-Hant")).or(titles.get("en")).unwrap_or(name).into()
}

const fn effect_word(effect: &Effect) -> &'static str {
    match effect {
        Effect::TotalReduced => "effect.total-reduced",
        Effect::Replaced(_) => "effect.replaced",
        Effect::AttendanceOnly => "effect.attendance-only",
        Effect::Completion => "effect.completion",
        Effect::Access => "effect.access-to",
        Effect::Placement => "effect.placement-in",
        Effect::Entry(_) => "effect.entry-to-year",
        Effect::Award => "effect.award",
    }
}

/// A learner without an answer, told at the promise.
pub(super) fn gap(graph: &ConversionGraph, found: &super::gap::Gap) -> Option<Problem> {
    let model = graph.model();
    let scheme = model.schemes.get(found.scheme.index())?;
    let problem = Problem::new(Code::TotalGap, found.span)
        .say("scheme", Said::Name(scheme.name.clone()))
        .say("learner", Said::List(learner(graph, &found.witness, &[])));
    let target = match found.goal {
        Some(Goal::Outcome(outcome)) => model.outcomes.get(outcome.index()),
        _ => None,
    };
    Some(match target {
        Some(target) => problem.say("target", in_both(&target.name, &target.titles)),
        None => problem,
    })
}

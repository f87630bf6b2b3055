//! Names become meaning: small texts and the model they have, or what is said of them.

#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

use crate::diagnostic::Problem;
use crate::model::{
    AtomTest, CellValue, Cond, Given, Gives, Holder, Model, Piece, Role, Rule, Take, Targets,
};
use crate::source::Sources;
use crate::space::Value;

use super::resolve;

/// The model of some files, and what is wrong with them, trees included.
fn files(files: &[(&str, &str)]) -> (Model, Vec<Problem>, Sources) {
    let mut sources = Sources::new();
    for (path, text) in files {
        sources.add(*path, *text);
    }
    let mut problems = Vec::new();
    let mut trees = Vec::new();
    for (file, source) in sources.iter() {
        let (tree, found) = crate::syntax::parse(file, source.code());
        problems.extend(found);
        trees.push(tree);
    }
    let (model, found) = resolve(&trees, &sources);
    problems.extend(found);
    (model, problems, sources)
}

/// Code and underlined text of every problem.
fn said(text: &str) -> Vec<String> {
    let (_, problems, sources) = files(&[("a.qf", text)]);
    problems.iter().map(|problem| format!("{} {}", problem.code.id(), sources.snippet(problem.at))).collect()
}

fn sound(text: &str) -> Model {
    let (model, problems, sources) = files(&[("a.qf", text)]);
    let said: Vec<_> =
        problems.iter().map(|p| format!("{} {}", p.code.id(), sources.snippet(p.at))).collect();
    assert!(said.is_empty(), "{said:?}\n{text}");
    model
}

/// A package around a rule: a test, two courses, a learner.
fn with(rule: &str) -> String {
    format!(
        "package a.b version 2025.1
        document notice
        body office
        credit point {{ step 0.5 }}
        scale hundred {{ range 0 to 100; step 1; pass 60 }}
        scale german {{ range 5.0 to 1.0; step 0.1; pass 4.0 }}
        kind certificate {{
          fact grade : hundred
          fact note : german
          fact hours : 0 to 160 step 8 contact hours
          fact team : yes or no
          fact rank : 1 to 5 whole, if team
          fact prize : low to high merit, third = bronze, first
          fact awarded : date
        }}
        kind course {{ fact grade : hundred }}
        outcome test-a : certificate
        outcome test-b : certificate
        outcome test-c : certificate
        set tests {{ low to high test-a, test-b, test-c }}
        outcome english : course {{ credits 3 }}
        outcome physics : course {{ credits 4 }}
        learner {{ fact subject : arts, science }}
        {rule}"
    )
}

/// The slots of a rule, closed.
fn rule(slots: &str) -> String {
    with(&format!("rule r {{ cite notice; in force not stated; {slots} }}"))
}

fn only_rule(slots: &str) -> (Model, Rule) {
    let model = sound(&rule(slots));
    let rule = model.rules.first().unwrap().clone();
    (model, rule)
}

/// The sets that a rule's guard tests, as text, with the fact and its role.
fn guard(model: &Model, rule: &Rule) -> Vec<String> {
    let Cond::All(parts) = &rule.guard else { panic!("{:?}", rule.guard) };
    parts.iter().map(|part| shown(model, part)).collect()
}

fn shown(model: &Model, cond: &Cond) -> String {
    let all = |parts: &[Cond]| parts.iter().map(|part| shown(model, part)).collect::<Vec<_>>().join("; ");
    match cond {
        Cond::All(parts) => format!("all [{}]", all(parts)),
        Cond::Any(parts) => format!("any [{}]", all(parts)),
        Cond::Atom(atom) => match &atom.test {
            AtomTest::In { subject, set, .. } => {
                let role = if atom.role == Role::Window { "window " } else { "" };
                format!("{role}{} in {set}", model.facts[subject.fact.index()].name)
            }
            other => format!("{other:?}"),
        },
    }
}

#[test]
fn tests_that_stand_side_by_side_on_one_fact_are_one() {
    let (model, rule) =
        only_rule("from test-a; when grade >= 60; when grade <= 89; to english; give target credits");
    assert_eq!(guard(&model, &rule), ["grade in [60, 89]"]);
    let Cond::All(parts) = &rule.guard else { panic!() };
    assert!(matches!(&parts[0], Cond::Atom(atom) if atom.lines.len() == 2));
}

#[test]
fn at_least_as_good_is_less_on_a_falling_scale() {
    let (model, rule) = only_rule("from test-a; when note >= 2.5; to english; give target credits");
    assert_eq!(guard(&model, &rule), ["note in (…, 2.5]"]);
}

#[test]
fn what_is_denied_lets_none_pass_and_what_is_compared_does_not() {
    let (model, rule) = only_rule("from test-a; unless rank <= 3; to english; give target credits");
    assert_eq!(guard(&model, &rule), ["rank in (3, …) ∪ {none}"]);
    let (model, rule) = only_rule("from test-a; when rank is not 3; to english; give target credits");
    assert_eq!(guard(&model, &rule), ["rank in (…, 3) ∪ (3, …)"]);
}

#[test]
fn equals_of_a_list_share_a_rank() {
    let (model, rule) =
        only_rule("from test-a; when prize is bronze or above; to english; give target credits");
    let (model_2, rule_2) = only_rule("from test-a; when prize >= third; to english; give target credits");
    assert_eq!(guard(&model, &rule), guard(&model_2, &rule_2));
}

#[test]
fn or_above_reaches_from_the_named_member_upwards() {
    let (model, rule) = only_rule("from test-b or above; to english; give target credits");
    let class = rule.sources[0][0].items[0].class;
    let names: Vec<&str> =
        model.classes[class.index()].outcomes.iter().map(|o| &*model.outcomes[o.index()].name).collect();
    assert_eq!(names, ["test-b", "test-c"]);
}

#[test]
fn a_bundle_of_alternatives_is_slots_with_several_items() {
    let (_, rule) =
        only_rule("from all of { test-a, any of { test-b, test-c } }; to english; give target credits");
    assert_eq!(rule.sources.len(), 1);
    assert_eq!(rule.sources[0].iter().map(|slot| slot.items.len()).collect::<Vec<_>>(), [1, 2]);
    let (_, rule) =
        only_rule("from any of { all of { test-a, test-b }, test-c }; to english; give target credits");
    assert_eq!(rule.sources.iter().map(Vec::len).collect::<Vec<_>>(), [2, 1]);
    let (_, rule) = only_rule("from 2 of { test-a, test-b, test-c }; to english; give target credits");
    assert_eq!(rule.sources[0][0].take, Take::Exactly(2));
}

#[test]
fn several_sources_must_be_told_apart() {
    assert_eq!(
        said(&rule("from test-a and test-b; when grade >= 60; to english; give target credits")),
        ["select/several grade"]
    );
    let (_, rule) =
        only_rule("from test-a and test-b; when lowest grade >= 60; to english; give target credits");
    let Cond::All(parts) = &rule.guard else { panic!() };
    let Cond::Atom(atom) = &parts[0] else { panic!() };
    assert!(matches!(atom.test, AtomTest::In { subject, .. } if subject.of == Holder::Lowest));
}

#[test]
fn a_target_that_is_excluded_is_still_named() {
    let (_, rule) =
        only_rule("from test-a; to 1 of { english, physics } except physics; give target credits");
    let Targets::Choose { of, .. } = &rule.targets else { panic!("{:?}", rule.targets) };
    assert_eq!(of.iter().map(|target| target.excluded).collect::<Vec<_>>(), [false, true]);
}

#[test]
fn otherwise_in_a_table_is_what_no_other_row_answers() {
    let (_, rule) = only_rule(
        "from test-a; give credits by team, prize {
           | team | prize | credits |
           | yes | first | 6 |
           | yes | otherwise | 2 |
           | no | otherwise | 1 |
         }",
    );
    let Gives::Credit(amount) = &rule.gives else { panic!() };
    let Piece::Table(lookup) = &amount.piece else { panic!() };
    let cells: Vec<String> = lookup
        .cells
        .iter()
        .map(|cell| {
            let sets: Vec<String> = cell.sets.iter().map(ToString::to_string).collect();
            let CellValue::Amount(Piece::Constant(amount)) = cell.value else { panic!() };
            format!("{} {amount}", sets.join(" "))
        })
        .collect();
    assert_eq!(cells, ["{yes} {rank 2} 6", "{yes} [rank 0, rank 1] 2", "{no} [rank 0, rank 2] 1"]);
}

#[test]
fn one_fact_may_stand_as_two_rows() {
    let (_, rule) = only_rule(
        "from test-a; give credits by grade {
           | grade | 0 to under 60 | 60 to 100 |
           | credits | - | 3 |
         }",
    );
    let Gives::Credit(amount) = &rule.gives else { panic!() };
    let Piece::Table(lookup) = &amount.piece else { panic!() };
    assert_eq!(lookup.cells[0].value, CellValue::NotHere);
    assert_eq!(lookup.cells.len(), 2);
}

#[test]
fn rounding_is_needed_exactly_where_an_amount_can_fall_between_steps() {
    let text = |give: &str| rule(&format!("from test-a; {give}"));
    assert_eq!(
        said(&text("give 1 credit per 16 hours")),
        Vec::<String>::new(),
        "hours come in eights, credits in halves"
    );
    assert_eq!(said(&text("give 1 credit per 32 hours")), ["amount/rounding 1 credit per 32 hours"]);
    assert_eq!(said(&text("give 1 credit per 32 hours, round down to 0.5")), Vec::<String>::new());
    assert_eq!(said(&text("give 1 credit per 32 hours, exact")), Vec::<String>::new());
    assert_eq!(said(&text("give 0.3 credits")), ["amount/step 0.3 credits"]);
}

#[test]
fn a_name_that_is_missing_is_said_at_each_use_and_nothing_follows_from_it() {
    assert_eq!(
        said(&rule(
            "from test-x; when grade >= 60; to english; give target credits; mark grade; example grade = 60 -> english"
        )),
        ["name/unknown test-x"]
    );
    assert_eq!(
        said(&rule("from test-a; to englisch; give target credits; example grade = 60 -> englisch")),
        ["name/unknown englisch", "name/unknown englisch"]
    );
}

#[test]
fn two_lines_that_cannot_stand_together_name_both_places() {
    let (_, problems, sources) =
        files(&[("a.qf", &rule("from test-a; from test-b; to english; give target credits"))]);
    let problem = &problems[0];
    assert_eq!(problem.code.id(), "slot/repeated");
    assert_eq!(sources.snippet(problem.labels[0].at), "from");
    assert!(problem.labels[0].at.start < problem.at.start);
}

#[test]
fn a_condition_in_a_circle_is_located_and_inlined_no_further() {
    let text = with(
        "condition a { when b }
         condition b { when a }
         rule r { cite notice; in force not stated; from test-a; when a; to english; give target credits }",
    );
    assert_eq!(said(&text), ["condition/cycle a"]);
}

#[test]
fn a_condition_is_read_where_it_is_used() {
    let model = sound(&with(
        "condition passed { when grade >= 60; unless team }
         rule r { cite notice; in force not stated; from test-a; unless passed; to english; give target credits }",
    ));
    assert_eq!(guard(&model, &model.rules[0]), ["any [grade in (…, 60) ∪ {none}; team in {yes}]"]);
}

#[test]
fn a_sub_kind_has_the_facts_above_it_and_an_outcome_what_its_kind_gives() {
    let model = sound(
        "package a.b version 2025.1
         credit c { step 1 }
         kind top { fact weight : 1 to 9 whole; weight 2 }
         kind below : top { fact own : yes or no }
         outcome o : below { credits 3 }",
    );
    let kind = &model.kinds[0];
    assert_eq!((&*kind.name, kind.facts.len(), kind.ancestors.len()), ("below", 2, 2));
    let weight = model.facts.iter().position(|fact| &*fact.name == "weight").unwrap();
    let given = model.outcomes[0].given.iter().find(|(fact, _)| fact.index() == weight);
    assert_eq!(given.map(|(_, given)| given.clone()), Some(Given::Value(Value::Number(2.into()))));
}

#[test]
fn what_another_package_declares_is_named_through_it() {
    let (model, problems, _) = files(&[
        ("own.qf", "package a.b version 2025.1\nuse c.d\nkind k : d.top\noutcome o : k\nset s { o, c.d.x }"),
        ("../c.d/x.qf", "package c.d version 2024.2\nkind top { fact f : yes or no }\noutcome x : top"),
    ]);
    assert!(problems.is_empty(), "{problems:?}");
    let names: Vec<&str> = model.outcomes.iter().map(|outcome| &*outcome.name).collect();
    assert_eq!(names, ["c.d.x", "o"]);
    assert_eq!(&*model.package.name, "a.b");
    assert_eq!(model.sets[0].members.len(), 2);
}

#[test]
fn two_things_of_one_title_are_told_apart_only_where_that_title_is_used() {
    let text = |to: &str| {
        with(&format!(
            "outcome e-1 \"English\" : course {{ credits 1 }}
             outcome e-2 \"English\" : course {{ credits 1 }}
             rule r {{ cite notice; in force not stated; from test-a; to {to}; give target credits }}"
        ))
    };
    assert_eq!(said(&text("e-1")), Vec::<String>::new());
    assert_eq!(said(&text("《English》")), ["name/ambiguous 《English》"]);
}

/// A model as text, without its places.
fn without_places(model: &Model) -> String {
    let text = format!("{model:?}");
    let mut parts = text.split("Span { ");
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        plain.push_str(part.split_once('}').map_or("", |(_, rest)| rest));
    }
    plain
}

#[test]
fn the_order_of_files_and_items_decides_nothing() {
    let items: Vec<String> = with(
        "condition passed { when grade >= 60 }
         scheme second {
           cite notice; in force from 2025-01-01 by applied; count each achievement freely
           rule b { from tests; when passed; to physics; give 2 credits }
           rule a { from 2 of { test-c, test-b }; to english; give target credits; overrides c }
           rule c { from test-b or above; to english; give 1 credit }
         }
         never from test-c because \"no\" cite notice
         never from test-a to physics because \"no\" cite notice
         rule first { cite notice; in force not stated; from test-b; when learner subject is arts; to english; give target credits; example grade = 70, learner subject = arts -> english 3 credits }",
    )
    .split("\n        ")
    .map(str::to_owned)
    .collect();
    // Items that begin a line of their own; the others belong to the one before.
    let mut whole: Vec<String> = Vec::new();
    for line in items {
        let starts = !line.starts_with(' ') && !line.starts_with('}');
        match whole.last_mut() {
            Some(last) if !starts => last.push_str(&format!("\n{line}")),
            _ => whole.push(line),
        }
    }
    let (header, rest) = whole.split_first().unwrap();
    let forwards = files(&[("a.qf", &format!("{header}\n{}", rest.join("\n")))]);
    assert!(forwards.1.is_empty(), "{:?}", forwards.1);
    let mut backwards: Vec<&str> = rest.iter().map(String::as_str).collect();
    backwards.reverse();
    let (left, right) = backwards.split_at(backwards.len() / 2);
    let shuffled = files(&[("z.qf", &right.join("\n")), ("b.qf", &format!("{header}\n{}", left.join("\n")))]);
    assert!(shuffled.1.is_empty(), "{:?}", shuffled.1);
    assert_eq!(without_places(&forwards.0), without_places(&shuffled.0));
}

#[test]
fn long_chains_end_with_a_message() {
    let count = 20_000;
    let kinds: String = (1..count).map(|n| format!("kind k{n} : k{}\n", n - 1)).collect();
    let (_, problems, _) = files(&[("a.qf", &format!("package a.b version 2025.1\nkind k0\n{kinds}"))]);
    assert!(problems.iter().all(|problem| problem.code.id() == "kind/deep") && !problems.is_empty());

    let circle: String = (0..count).map(|n| format!("kind k{n} : k{}\n", (n + 1) % count)).collect();
    let (_, problems, _) = files(&[("a.qf", &format!("package a.b version 2025.1\n{circle}"))]);
    assert_eq!(problems.iter().filter(|problem| problem.code.id() == "kind/cycle").count(), 1);

    let sets: String = (1..count).map(|n| format!("set s{n} {{ s{} }}\n", n - 1)).collect();
    let text = format!("package a.b version 2025.1\nkind k\noutcome o : k\nset s0 {{ o }}\n{sets}");
    let (_, problems, _) = files(&[("a.qf", &text)]);
    assert!(problems.iter().all(|problem| problem.code.id() == "set/deep") && !problems.is_empty());
}

#[test]
fn an_amount_too_large_to_be_exact_is_located_and_never_passed_over() {
    let text = rule("from test-a; give 999999999999999999 credits per 0.001 hours, round down to 0.5");
    let said = said(&text);
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(said[0].starts_with("number/overflow "), "{said:?}");
}

//! `accredit.model/1`, read into plain lists. Only what answering needs.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::map::{Map, Scale};
use super::value::{Q, Set, V, number};

#[derive(Clone, Debug)]
pub struct Model {
    pub kinds: BTreeMap<String, Kind>,
    pub outcomes: BTreeMap<String, Outcome>,
    pub frameworks: BTreeMap<String, Framework>,
    pub comparisons: BTreeMap<String, Comparison>,
    pub statements: BTreeMap<String, Statement>,
    pub learner: Vec<Fact>,
    pub schemes: BTreeMap<String, Scheme>,
    pub rules: Vec<Rule>,
    /// Those of frames that have members: they answer nothing, and the ledger may name them.
    pub silent: Vec<Rule>,
    pub bars: Vec<Bar>,
    /// The names of lists, each with its rank.
    pub ranks: BTreeMap<String, BTreeMap<String, i64>>,
    /// Scales that fall: better is smaller.
    pub falling: Vec<String>,
    pub scales: BTreeMap<String, Scale>,
    pub maps: BTreeMap<String, Map>,
}

#[derive(Clone, Debug)]
pub struct Kind {
    pub ancestors: Vec<String>,
    pub facts: Vec<Fact>,
    pub given: Vec<(String, Given)>,
    pub lapses: Vec<(Length, String, Cond)>,
}

#[derive(Clone, Debug)]
pub struct Fact {
    pub name: String,
    pub domains: Vec<Domain>,
    pub optional: bool,
    pub only_if: Option<Cond>,
    pub otherwise: Option<V>,
    /// Who says it, and whether for each target apart.
    pub judged: Option<(String, bool)>,
    /// The facts that it is worked out from: each with its framework where it is a level, and whether it divides.
    pub worked_out: Vec<(String, Option<String>, bool)>,
}

#[derive(Clone, Debug)]
pub struct Domain {
    pub list: Option<String>,
    pub sort: String,
    pub values: Set,
    pub lattice: Option<(Q, Q)>,
}

#[derive(Clone, Debug)]
pub enum Given {
    Value(V),
    Within(Set),
    Unpublished,
}

#[derive(Clone, Debug)]
pub struct Outcome {
    pub kind: String,
    pub code: Option<String>,
    pub issuer: Option<String>,
    pub credits: Option<Credits>,
    pub given: Vec<(String, Given)>,
    /// What it is declared the same as.
    pub same: Vec<String>,
    /// What it replaces as an equivalent.
    pub replaces: Vec<String>,
    /// Framework, dimension, rank.
    pub levels: Vec<(String, Option<String>, i64)>,
    pub statements: Vec<String>,
}

#[derive(Clone, Debug)]
pub struct Framework {
    pub levels: i64,
    pub every_dimension: bool,
    /// Names, and what each is mapped to.
    pub dimensions: Vec<(String, Vec<String>)>,
}

#[derive(Clone, Debug)]
pub struct Comparison {
    pub of: String,
    pub with: String,
    pub usable: bool,
    /// Ranks on both sides, and whether the empty one is not stated.
    pub rows: Vec<(Vec<i64>, Vec<i64>, bool)>,
}

#[derive(Clone, Debug)]
pub struct Statement {
    pub framework: String,
    pub dimension: String,
    pub weight: Q,
    pub same: Vec<String>,
}

/// What a level must be.
#[derive(Clone, Debug)]
pub enum Bound {
    In(Set),
    Target(String),
}

#[derive(Clone, Debug)]
pub struct LevelTest {
    pub subject: Subject,
    pub framework: String,
    pub dimensions: Vec<String>,
    pub by: Option<String>,
    pub bound: Bound,
    pub negated: bool,
}

#[derive(Clone, Debug)]
pub struct Covers {
    pub of: String,
    pub slot: usize,
    pub share: Q,
    /// One of the four, or a framework and its own.
    pub dimension: Option<(Option<String>, String)>,
    pub by_weight: bool,
    pub only: Option<Box<Cond>>,
    pub negated: bool,
}

#[derive(Clone, Debug)]
pub struct Lasting {
    pub of: Vec<Item>,
    pub parts: Vec<LongEnough>,
    pub negated: bool,
}

#[derive(Clone, Debug)]
pub struct LongEnough {
    pub only: Option<Cond>,
    pub relation: String,
    pub years: i64,
    pub months: i64,
    pub days: i64,
}

impl LongEnough {
    pub fn days(&self) -> i64 {
        365 * self.years + 30 * self.months + self.days
    }
}

#[derive(Clone, Debug)]
pub enum Credits {
    Amount(Q, String),
    Unpublished,
}

#[derive(Clone, Debug)]
pub struct Scheme {
    pub verified: bool,
    /// The scheme among all of whose members an achievement counts once.
    pub within: String,
    pub otherwise: Option<Answer>,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Answer {
    Refer(String),
    Refuse,
}

#[derive(Clone, Debug)]
pub struct Rule {
    pub scheme: String,
    pub name: String,
    pub verified: bool,
    pub sources: Vec<Vec<Slot>>,
    pub form: String,
    pub targets: Vec<(String, bool)>,
    /// How many of its targets it gives, where the learner chooses.
    pub chooses: Option<u64>,
    pub when: Cond,
    pub gives: Gives,
    pub mark: Option<Mark>,
    /// What a grant carries, as a text that tells two apart, and when.
    pub attributes: Vec<(String, Cond)>,
    pub otherwise: Option<Answer>,
    pub overrides: Vec<(String, String)>,
    pub achievements: Option<String>,
    pub convert_again: u64,
}

#[derive(Clone, Debug)]
pub struct Slot {
    pub items: Vec<Item>,
    pub take: Take,
    /// The fact by which those of all slots are bound, and whether each has a value of its own.
    pub bound: Option<(String, bool)>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Take {
    One,
    Exactly(usize),
    UpTo(usize),
    Together,
    Credits(Q),
}

#[derive(Clone, Debug)]
pub struct Item {
    pub outcomes: Vec<String>,
    pub kinds: Vec<String>,
    pub bracket: Option<Cond>,
    pub except: Vec<Item>,
}

#[derive(Clone, Debug)]
pub enum Cond {
    All(Vec<Cond>),
    Any(Vec<Cond>),
    Test(Role, Test),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// A test of an attribute, or its denial: they stay apart, so that what is not known stays open.
    Attribute,
    Condition,
    Window,
    Bracket,
}

#[derive(Clone, Debug)]
pub enum Test {
    In { subject: Subject, set: Set },
    Target { subject: Subject, target: String, relation: String, falling: bool, negated: bool },
    Differ { subject: Subject, target: String, most: Q, negated: bool },
    Dates { subject: Subject, relation: String, other: Subject, negated: bool },
    Within { subject: Subject, length: Length, before: bool, other: Subject, negated: bool },
    Level(LevelTest),
    Covers(Covers),
    Lasting(Lasting),
    Holds { alternatives: Vec<Vec<Slot>>, after: Option<Subject>, negated: bool },
}

#[derive(Clone, Copy, Debug)]
pub enum Length {
    Months(i64),
    Days(i64),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    pub of: String,
    pub slot: usize,
    pub fact: String,
    /// The framework, where the fact is a level.
    pub framework: Option<String>,
}

#[derive(Clone, Debug)]
#[allow(clippy::large_enum_variant, reason = "one a rule")]
pub enum Gives {
    Credit(Amount),
    Effect(String),
    Answer(Answer),
}

#[derive(Clone, Debug)]
pub struct Amount {
    pub piece: Piece,
    pub unit: Option<String>,
    pub conversion: Option<Conversion>,
    pub in_total: bool,
    pub rounding: Option<(String, Q)>,
    pub at_least: Option<Q>,
    pub at_most: Option<Q>,
}

/// Ways with the days on which they hold, and what one of the unit before becomes at least and at most.
#[derive(Clone, Debug)]
pub struct Conversion {
    pub ways: Vec<(Cond, Q, Q)>,
    pub refer: Option<String>,
}

#[derive(Clone, Debug)]
pub enum Piece {
    Whichever { amounts: Vec<Amount>, greater: bool },
    Constant(Q),
    TargetCredits,
    Fact(Subject),
    Rate { earns: Q, per: Q, measure: Measure },
    Less { base: Box<Piece>, step: Q, fact: Subject, start: Q },
    Table { by: Vec<Subject>, cells: Vec<(Vec<Set>, Cell)> },
}

#[derive(Clone, Debug)]
pub enum Measure {
    Fact(Subject),
    Times,
    Distinct(Option<String>),
}

#[derive(Clone, Debug)]
pub enum Cell {
    Amount(Piece),
    NotHere,
    Unpublished,
    Otherwise,
}

/// A mark, as far as answering needs it: the text that tells two marks apart, and what it carries.
#[derive(Clone, Debug)]
pub struct Mark {
    pub text: String,
    /// What a carried or looked-up mark says besides.
    pub rest: String,
    pub carried: Option<Subject>,
    pub table: Option<(Vec<Subject>, Vec<MarkRow>)>,
    pub at_most: Option<V>,
    pub scale: Option<String>,
    pub map: Option<String>,
    /// A mark that the rule fixes.
    pub fixed: Option<V>,
}

/// Where a table of marks says a mark, or that there is none.
pub type MarkRow = (Vec<Set>, Option<V>);

#[derive(Clone, Debug)]
pub struct Bar {
    pub scheme: Option<String>,
    pub from: Vec<Item>,
    pub to: Vec<Item>,
    pub when: Cond,
}

fn text(json: &Json, key: &str) -> Option<String> {
    json.get(key).and_then(Json::as_str).map(str::to_owned)
}

fn flag(json: &Json, key: &str) -> bool {
    json.get(key).and_then(Json::as_bool).unwrap_or(false)
}

fn each<T>(json: Option<&Json>, read: impl Fn(&Json) -> T) -> Vec<T> {
    json.and_then(Json::as_array).map_or_else(Vec::new, |items| items.iter().map(read).collect())
}

fn strings(json: Option<&Json>) -> Vec<String> {
    each(json, |name| name.as_str().unwrap().to_owned())
}

fn by_name<T>(json: Option<&Json>, read: impl Fn(&Json) -> T) -> BTreeMap<String, T> {
    each(json, |item| (text(item, "name").unwrap(), read(item))).into_iter().collect()
}

impl Model {
    pub fn read(json: &Json) -> Model {
        assert_eq!(json["schema"], "accredit.model/1");
        let named = |items: Option<&Json>| -> Vec<(String, BTreeMap<String, i64>)> {
            each(items, |item| {
                let ranks =
                    each(item.get("ranks"), |equals| each(Some(equals), |one| text(one, "name").unwrap()));
                let ranks = (0i64..).zip(ranks);
                let ranks = ranks.flat_map(|(rank, names)| names.into_iter().map(move |name| (name, rank)));
                (text(item, "name").unwrap(), ranks.collect())
            })
        };
        let scales = each(json.get("scales"), |scale| {
            let ends = scale.get("worst").zip(scale.get("best"));
            (text(scale, "name").unwrap(), ends.is_some_and(|(worst, best)| number(worst) > number(best)))
        });
        // A frame with members answers through them.
        let frames: Vec<Json> =
            each(json.get("schemes"), Json::clone).into_iter().filter(is_silent).collect();
        let is_of_frame =
            |rule: &Rule| frames.iter().any(|scheme| text(scheme, "name").as_deref() == Some(&rule.scheme));
        let (silent, rules): (Vec<Rule>, Vec<Rule>) =
            each(json.get("rules"), lines).into_iter().flatten().partition(is_of_frame);
        Model {
            kinds: by_name(json.get("kinds"), |kind| Kind {
                ancestors: strings(kind.get("ancestors")),
                facts: each(kind.get("facts"), fact),
                given: each(kind.get("given"), given),
                lapses: each(kind.get("lapses"), |lapse| {
                    (length(&lapse["length"]), text(lapse, "after").unwrap(), cond(&lapse["unless"]))
                }),
            }),
            outcomes: by_name(json.get("outcomes"), |outcome| Outcome {
                kind: text(outcome, "kind").unwrap(),
                code: text(outcome, "code"),
                issuer: text(outcome, "issuer"),
                credits: outcome.get("credits").map(|credits| {
                    if flag(credits, "unpublished") {
                        Credits::Unpublished
                    } else {
                        Credits::Amount(number(&credits["amount"]), text(credits, "unit").unwrap())
                    }
                }),
                given: each(outcome.get("given"), given),
                same: related(outcome, "same_as"),
                replaces: related(outcome, "replaces_equivalent"),
                levels: each(outcome.get("levels"), |level| {
                    let rank = level["rank"].as_i64().unwrap();
                    (text(level, "framework").unwrap(), text(level, "dimension"), rank)
                }),
                statements: strings(outcome.get("statements")),
            }),
            frameworks: by_name(json.get("frameworks"), |it| Framework {
                levels: i64::try_from(strings(it.get("levels")).len()).unwrap(),
                every_dimension: text(it, "placement").as_deref() == Some("every_dimension"),
                dimensions: each(it.get("dimensions"), |dimension| {
                    (text(dimension, "name").unwrap(), strings(dimension.get("canonical")))
                }),
            }),
            comparisons: by_name(json.get("comparisons"), |it| Comparison {
                of: text(it, "of").unwrap(),
                with: text(it, "with").unwrap(),
                usable: matches!(text(it, "status").as_deref(), Some("endorsed" | "comparison_only")),
                rows: each(it.get("rows"), |row| {
                    let ranks = |key: &str| each(row.get(key), |rank| rank.as_i64().unwrap());
                    (ranks("of"), ranks("with"), flag(row, "not_stated"))
                }),
            }),
            statements: {
                let under: BTreeMap<String, String> =
                    by_name(json.get("standards"), |it| text(it, "under").unwrap_or_default());
                by_name(json.get("statements"), |it| Statement {
                    framework: under[&text(it, "standard").unwrap()].clone(),
                    dimension: text(it, "dimension").unwrap(),
                    weight: number(&it["weight"]),
                    same: strings(it.get("same")),
                })
            },
            learner: each(json.get("learner"), fact),
            schemes: by_name(json.get("schemes"), |scheme| Scheme {
                within: text(scheme, "counts_within").or(text(scheme, "name")).unwrap_or_default(),
                verified: scheme.get("status").is_none(),
                otherwise: scheme.get("otherwise").filter(|_| !is_silent(scheme)).and_then(answer),
            }),
            rules,
            silent,
            bars: each(json.get("bars"), |bar| Bar {
                scheme: text(bar, "scheme"),
                from: each(bar.get("from"), item),
                to: each(bar.get("to"), item),
                when: cond(&bar["when"]),
            }),
            ranks: named(json.get("lists")).into_iter().chain(named(json.get("scales"))).collect(),
            scales: by_name(json.get("scales"), Scale::read),
            maps: by_name(json.get("maps"), Map::read),
            falling: scales.into_iter().filter(|(_, falls)| *falls).map(|(name, _)| name).collect(),
        }
    }
}

fn is_silent(scheme: &Json) -> bool {
    scheme.get("speaks_through_members").and_then(Json::as_bool) == Some(true)
}

/// The outcomes that one relates to in this way.
fn related(outcome: &Json, how: &str) -> Vec<String> {
    let relations = each(outcome.get("relations"), |it| (text(it, "is"), text(it, "outcome")));
    relations
        .into_iter()
        .filter(|(is, _)| is.as_deref() == Some(how))
        .filter_map(|(_, other)| other)
        .collect()
}

fn fact(json: &Json) -> Fact {
    Fact {
        name: text(json, "fact").unwrap(),
        domains: each(json.get("domains"), |domain| {
            let sort = text(&domain["type"], "is").unwrap();
            let of = text(&domain["type"], "of").filter(|_| matches!(sort.as_str(), "list" | "scale"));
            Domain {
                list: of,
                values: Set::read(&domain["values"]),
                lattice: domain.get("step").map(|step| (number(step), number(&domain["origin"]))),
                sort,
            }
        }),
        optional: flag(json, "optional"),
        only_if: json.get("only_if").map(cond),
        otherwise: json.get("otherwise").map(V::read),
        worked_out: each(json.get("worked_out"), |part| {
            (text(part, "fact").unwrap(), text(part, "level"), flag(part, "divides"))
        }),
        judged: json
            .get("judged")
            .map(|judged| (text(judged, "by").unwrap(), flag(judged, "against_target"))),
    }
}

fn given(json: &Json) -> (String, Given) {
    let says = if let Some(value) = json.get("value") {
        Given::Value(V::read(value))
    } else if let Some(within) = json.get("within") {
        Given::Within(Set::read(within))
    } else {
        Given::Unpublished
    };
    (text(json, "fact").unwrap(), says)
}

fn answer(json: &Json) -> Option<Answer> {
    match text(json, "refer") {
        Some(body) => Some(Answer::Refer(body)),
        None => flag(json, "refuse").then_some(Answer::Refuse),
    }
}

/// A rule, or for each of its `give` lines the rule with that line alone: they name different targets.
fn lines(json: &Json) -> Vec<Rule> {
    let Some(lines) = json.get("lines") else { return vec![rule(json)] };
    each(Some(lines), |line| {
        let mut one = json.clone();
        for key in ["targets", "when", "gives", "attributes"] {
            one[key] = line[key].clone();
        }
        rule(&one)
    })
}

fn rule(json: &Json) -> Rule {
    let gives = &json["gives"];
    Rule {
        scheme: text(json, "scheme").unwrap(),
        name: text(json, "name").unwrap(),
        verified: json.get("status").is_none(),
        sources: match json.get("sources") {
            None => vec![Vec::new()],
            sources => each(sources, |bundle| each(Some(bundle), slot)),
        },
        form: text(&json["targets"], "form").unwrap(),
        targets: each(json["targets"].get("of"), |target| {
            (text(target, "outcome").unwrap(), flag(target, "excluded"))
        }),
        chooses: json["targets"].get("number").and_then(Json::as_u64),
        when: cond(&json["when"]),
        gives: if let Some(credit) = gives.get("credit") {
            Gives::Credit(amount(credit))
        } else if let Some(effect) = gives.get("effect") {
            let year = effect.get("year").map(Json::to_string).unwrap_or_default();
            let from = effect.get("from").map(|from| format!(" from {from}")).unwrap_or_default();
            Gives::Effect(format!("{}{year}{from}", effect["is"].as_str().unwrap()))
        } else {
            Gives::Answer(answer(gives).unwrap())
        },
        mark: json.get("mark").map(|mark| Mark {
            text: mark.to_string(),
            rest: ["counts_as", "outside_average", "under_source_name"]
                .iter()
                .filter_map(|key| mark.get(key).map(|value| format!("|{key} {value}")))
                .collect(),
            carried: mark.get("carried").map(subject),
            table: mark.get("table").map(|table| {
                let cell =
                    |cell: &Json| (each(cell.get("sets"), Set::read), cell["gives"].get("mark").map(V::read));
                (each(table.get("by"), |by| subject(&by["subject"])), each(table.get("cells"), cell))
            }),
            at_most: mark.get("at_most").map(V::read),
            scale: text(mark, "scale"),
            map: text(mark, "map"),
            fixed: mark.get("fixed").map(V::read),
        }),
        attributes: each(json.get("attributes"), |of| {
            let mut says = of.clone();
            let when = says.as_object_mut().unwrap().remove("when");
            (says.to_string(), when.map_or(Cond::All(Vec::new()), |when| cond(&when)))
        }),
        otherwise: json.get("otherwise").and_then(answer),
        achievements: text(json, "achievements"),
        convert_again: json.get("convert_again").and_then(Json::as_u64).unwrap_or(0),
        overrides: each(json.get("overrides"), |rule| {
            (text(rule, "scheme").unwrap(), text(rule, "rule").unwrap())
        }),
    }
}

fn slot(json: &Json) -> Slot {
    let take = &json["take"];
    let count = |key: &str| take.get(key).and_then(Json::as_u64).map(|count| usize::try_from(count).unwrap());
    Slot {
        items: each(json.get("items"), item),
        take: match take.as_str() {
            Some("one") => Take::One,
            Some(_) => Take::Together,
            None => match (count("exactly"), count("up_to")) {
                (Some(count), _) => Take::Exactly(count),
                (_, Some(count)) => Take::UpTo(count),
                _ => Take::Credits(number(&take["credits"])),
            },
        },
        bound: json.get("bound").map(|of| (text(of, "fact").unwrap(), of["values"] == "distinct")),
    }
}

fn item(json: &Json) -> Item {
    Item {
        outcomes: strings(json.get("outcomes")),
        kinds: strings(json.get("kinds")),
        bracket: json.get("bracket").map(cond),
        except: each(json.get("except"), item),
    }
}

fn cond(json: &Json) -> Cond {
    if let Some(parts) = json.get("all") {
        return Cond::All(each(Some(parts), cond));
    }
    if let Some(parts) = json.get("any") {
        return Cond::Any(each(Some(parts), cond));
    }
    let role = match json["role"].as_str().unwrap() {
        "condition" => Role::Condition,
        "attribute" => Role::Attribute,
        "window" => Role::Window,
        _ => Role::Bracket,
    };
    let negated = flag(json, "negated");
    let tested = || Subject { framework: framework(json), ..subject(&json["subject"]) };
    let relation = || text(json, "relation").unwrap();
    let test = match json["test"].as_str().unwrap() {
        "in" => Test::In { subject: tested(), set: Set::read(&json["set"]) },
        "target" => Test::Target {
            subject: tested(),
            target: text(json, "target").unwrap(),
            relation: relation(),
            falling: flag(json, "falling"),
            negated,
        },
        "differ" => Test::Differ {
            subject: tested(),
            target: text(json, "target").unwrap(),
            most: number(&json["most"]),
            negated,
        },
        "dates" => {
            Test::Dates { subject: tested(), relation: relation(), other: subject(&json["other"]), negated }
        }
        "level" => Test::Level(LevelTest {
            subject: tested(),
            framework: text(json, "framework").unwrap(),
            dimensions: strings(json.get("dimensions")),
            by: text(json, "by"),
            bound: match json.get("set") {
                Some(set) => Bound::In(Set::read(set)),
                None => Bound::Target(relation()),
            },
            negated,
        }),
        "covers" => Test::Covers(Covers {
            of: text(json, "of").unwrap(),
            slot: json.get("slot").and_then(Json::as_u64).map_or(0, |slot| usize::try_from(slot).unwrap()),
            share: number(&json["share"]),
            dimension: json.get("dimension").map(|of| match text(of, "canonical") {
                Some(canonical) => (None, canonical),
                None => (text(of, "framework"), text(of, "dimension").unwrap()),
            }),
            by_weight: flag(json, "by_weight"),
            only: json.get("where").map(|only| Box::new(cond(only))),
            negated,
        }),
        "within" => Test::Within {
            subject: tested(),
            length: length(&json["length"]),
            before: flag(json, "before"),
            other: subject(&json["other"]),
            negated,
        },
        "lasting" => Test::Lasting(Lasting {
            of: each(json.get("of"), item),
            parts: each(json.get("parts"), |part| LongEnough {
                only: part.get("when").map(cond),
                relation: text(part, "relation").unwrap(),
                years: part["years"].as_i64().unwrap(),
                months: part["months"].as_i64().unwrap(),
                days: part["days"].as_i64().unwrap(),
            }),
            negated,
        }),
        _ => Test::Holds {
            alternatives: each(json.get("alternatives"), |parts| each(Some(parts), slot)),
            after: text(json, "after").map(|of| Subject {
                of,
                slot: json
                    .get("slot")
                    .and_then(Json::as_u64)
                    .map_or(0, |slot| usize::try_from(slot).unwrap()),
                fact: "completed".into(),
                framework: None,
            }),
            negated,
        },
    };
    Cond::Test(role, test)
}

fn length(json: &Json) -> Length {
    match json.get("months").and_then(Json::as_i64) {
        Some(months) => Length::Months(months),
        None => Length::Days(json["days"].as_i64().unwrap()),
    }
}

fn subject(json: &Json) -> Subject {
    let slot = json.get("slot").and_then(Json::as_u64).unwrap_or(0);
    Subject {
        of: text(json, "of").unwrap(),
        slot: usize::try_from(slot).unwrap(),
        fact: text(json, "fact").unwrap(),
        framework: None,
    }
}

/// The framework of a test of levels.
fn framework(json: &Json) -> Option<String> {
    json.get("type").filter(|of| of["is"] == "level").and_then(|of| text(of, "of"))
}

fn amount(json: &Json) -> Amount {
    Amount {
        piece: piece(&json["piece"]),
        unit: text(json, "unit"),
        conversion: json.get("conversion").map(|of| Conversion {
            ways: each(of.get("ways"), |way| {
                let when = way.get("when").map_or(Cond::All(Vec::new()), cond);
                (when, number(&way["least"]), number(&way["most"]))
            }),
            refer: text(of, "refer"),
        }),
        in_total: flag(json, "in_total"),
        rounding: json.get("rounding").map(|r| (text(r, "mode").unwrap(), number(&r["step"]))),
        at_least: json.get("at_least").map(number),
        at_most: json.get("at_most").map(number),
    }
}

fn piece(json: &Json) -> Piece {
    if json == "target_credits" {
        return Piece::TargetCredits;
    }
    let (key, inner) = json.as_object().unwrap().iter().next().unwrap();
    match key.as_str() {
        "constant" => Piece::Constant(number(inner)),
        "fact" => Piece::Fact(subject(inner)),
        "rate" => Piece::Rate {
            earns: number(&inner["earns"]),
            per: number(&inner["per"]),
            measure: {
                let measure = &inner["measure"];
                if let Some(fact) = measure.get("fact") {
                    Measure::Fact(subject(fact))
                } else if let Some(distinct) = measure.get("distinct") {
                    Measure::Distinct(text(distinct, "fact"))
                } else {
                    Measure::Times
                }
            },
        },
        "whichever" => Piece::Whichever {
            amounts: each(inner.get("amounts"), amount),
            greater: inner["is"] == "greater",
        },
        "less" => Piece::Less {
            base: Box::new(piece(&inner["base"])),
            step: number(&inner["step"]),
            fact: subject(&inner["fact"]),
            start: number(&inner["start"]),
        },
        _ => Piece::Table {
            by: each(inner.get("by"), |by| subject(&by["subject"])),
            cells: each(inner.get("cells"), |cell| {
                let gives = &cell["gives"];
                let says = match gives.as_str() {
                    Some("not_here") => Cell::NotHere,
                    Some("unpublished") => Cell::Unpublished,
                    Some(_) => Cell::Otherwise,
                    None => Cell::Amount(piece(&gives["amount"])),
                };
                (each(cell.get("sets"), Set::read), says)
            }),
        },
    }
}

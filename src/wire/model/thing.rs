//! What rules speak of: documents, bodies, units, scales, lists, kinds, outcomes, frameworks, and schemes.

use serde_json::{Value as Json, json};

use super::value::{days, ratio};
use super::{Export, list, object, titles};
use crate::model::{
    Body, Bond, CountsAs, Credits, Document, FactId, FactUse, Frame, Given, GradeMap, Kind, List, Listed,
    MapHow, Mapped, MarkRounding, Outcome, Part, Relation, Scale, ScaleShape, Scheme, Status, Unit,
    UnitRatio, Use,
};

impl Export<'_> {
    pub(super) fn package(&self) -> Json {
        let package = &self.0.package;
        object([
            ("name", json!(package.name)),
            ("version", json!(package.version)),
            ("hash", json!(package.hash)),
            ("titles", titles(&package.titles)),
        ])
    }

    pub(super) fn document(&self, it: &Document) -> Json {
        object([
            ("name", json!(it.name)),
            ("aliases", json!(it.aliases)),
            ("titles", titles(&it.titles)),
            ("number", json!(it.number)),
            ("issuer", json!(it.issuer)),
            ("issued", it.issued.map_or(Json::Null, days)),
            ("link", json!(it.link)),
            ("replaces", list(&it.replaces, |id| json!(self.0.documents[id.index()].name))),
            (
                "clauses",
                list(&it.clauses, |of| object([("label", json!(of.label)), ("text", json!(of.text))])),
            ),
        ])
    }

    pub(super) fn body(&self, it: &Body) -> Json {
        object([
            ("name", json!(it.name)),
            ("aliases", json!(it.aliases)),
            ("titles", titles(&it.titles)),
            ("periods", self.periods(it)),
        ])
    }

    pub(super) fn unit(&self, it: &Unit) -> Json {
        let hours = list(&it.hours, |hours| {
            object([
                ("least", json!(hours.least.to_string())),
                ("most", json!(hours.most.to_string())),
                ("sort", json!(if hours.contact { "contact" } else { "notional" })),
                ("at", json!(hours.at.map(|id| &self.0.bodies[id.index()].name))),
                ("windows", list(&hours.windows, |window| self.window(window))),
            ])
        });
        let years = list(&it.years, |year| {
            object([
                ("least", json!(year.least.to_string())),
                ("most", json!(year.most.to_string())),
                ("at", json!(year.at.map(|id| &self.0.bodies[id.index()].name))),
                ("windows", list(&year.windows, |window| self.window(window))),
            ])
        });
        object([
            ("name", json!(it.name)),
            ("aliases", json!(it.aliases)),
            ("titles", titles(&it.titles)),
            ("step", ratio(it.step)),
            ("hours", hours),
            ("years", years),
            ("cites", self.cites(&it.cites)),
        ])
    }

    pub(super) fn ratio(&self, it: &UnitRatio) -> Json {
        let terms = list(&it.terms, |term| {
            json!({
                "least": term.least.to_string(),
                "most": term.most.to_string(),
                "unit": self.0.units[term.unit.index()].name,
            })
        });
        object([
            ("terms", terms),
            ("one_way", json!(it.is_one_way)),
            ("scheme", json!(it.scheme.map(|id| &self.0.schemes[id.index()].name))),
            ("by", json!(it.by.map(|id| &self.0.bodies[id.index()].name))),
            ("windows", list(&it.windows, |window| self.window(window))),
            ("status", status(it.status)),
            ("cites", self.cites(&it.cites)),
        ])
    }

    pub(super) fn scale(&self, it: &Scale) -> Json {
        let (worst, best, step, ranks) = match &it.shape {
            ScaleShape::Numeric { worst, best, step } => {
                (ratio(Some(*worst)), ratio(Some(*best)), ratio(*step), Json::Null)
            }
            ScaleShape::Named(names) => (Json::Null, Json::Null, Json::Null, ranks(names)),
        };
        let marks = list(&it.marks, |mark| {
            object([
                ("name", json!(mark.name)),
                ("titles", titles(&mark.titles)),
                ("counts_as", self.counts_as(mark.counts_as.as_ref())),
                ("outside_average", json!(mark.outside_average)),
            ])
        });
        object([
            ("name", json!(it.name)),
            ("aliases", json!(it.aliases)),
            ("titles", titles(&it.titles)),
            ("worst", worst),
            ("best", best),
            ("step", step),
            ("ranks", ranks),
            ("pass", it.pass.map_or(Json::Null, |pass| self.value(pass))),
            ("marks", marks),
            (
                "distribution",
                list(
                    &it.distribution,
                    |(mark, share)| json!({ "mark": self.value(*mark), "share": share.to_string() }),
                ),
            ),
        ])
    }

    pub(super) fn map(&self, it: &GradeMap) -> Json {
        let mapped = |mapped: Mapped| match mapped {
            Mapped::Value(value) => self.value(value),
            Mapped::None => json!("none"),
            Mapped::NotStated => json!("not_stated"),
        };
        let (linear, rows) = match &it.how {
            MapHow::Linear { best, pass } => {
                (json!({ "best": best.to_string(), "pass": pass.to_string() }), Json::Null)
            }
            MapHow::Table(rows) => {
                (Json::Null, list(rows, |row| json!({ "marks": self.set(&row.marks), "to": mapped(row.to) })))
            }
        };
        let rounding = match it.rounding {
            None => Json::Null,
            Some(MarkRounding::NextBetter) => json!("next_better"),
            Some(MarkRounding::To(of)) => super::value::rounding(Some(of)),
        };
        object([
            ("name", json!(it.name)),
            ("aliases", json!(it.aliases)),
            ("titles", titles(&it.titles)),
            ("from", json!(it.from.map(|id| &self.0.scales[id.index()].name))),
            ("to", json!(self.0.scales[it.to.index()].name)),
            ("linear", linear),
            ("rows", rows),
            ("below_pass", it.below_pass.map_or(Json::Null, mapped)),
            ("rounding", rounding),
            ("otherwise", it.otherwise.map_or(Json::Null, mapped)),
            ("windows", list(&it.windows, |window| self.window(window))),
            ("status", status(it.status)),
            ("cites", self.cites(&it.cites)),
        ])
    }

    pub(super) fn counts_as(&self, it: Option<&CountsAs>) -> Json {
        match it {
            None => Json::Null,
            Some(CountsAs::RequiredMinimum) => json!("required_minimum"),
            Some(CountsAs::Value(value)) => self.value(*value),
        }
    }

    pub(super) fn list(&self, it: &List) -> Json {
        object([("name", json!(it.name)), ("ranks", ranks(&it.ranks)), ("ordered", json!(it.ordered))])
    }

    pub(super) fn kind(&self, it: &Kind) -> Json {
        let name = |id: &crate::model::KindId| &self.0.kinds[id.index()].name;
        object([
            ("name", json!(it.name)),
            ("aliases", json!(it.aliases)),
            ("titles", titles(&it.titles)),
            ("parent", json!(it.parent.as_ref().map(name))),
            ("ancestors", json!(it.ancestors.iter().map(name).collect::<Vec<_>>())),
            ("facts", list(&it.facts, |fact| self.fact_use(fact))),
            ("given", self.given(&it.given)),
            (
                "lapses",
                list(&it.lapses, |lapse| {
                    object([
                        ("length", super::value::length(lapse.length)),
                        ("after", self.fact(lapse.after)),
                        ("unless", self.condition(&lapse.unless)),
                    ])
                }),
            ),
            ("possible", list(&it.possible, |possible| self.condition(possible))),
            ("counts", json!(it.counts_whole.map(|whole| if whole { "whole" } else { "in_part" }))),
        ])
    }

    pub(super) fn fact(&self, id: FactId) -> Json {
        json!(self.0.facts[id.index()].name)
    }

    pub(super) fn fact_use(&self, it: &FactUse) -> Json {
        object([
            ("fact", self.fact(it.fact)),
            ("aliases", json!(self.0.facts[it.fact.index()].aliases)),
            ("titles", titles(&it.titles)),
            ("domains", self.domains(&it.domains)),
            ("optional", json!(it.optional)),
            ("only_if", it.only_if.as_ref().map_or(Json::Null, |cond| self.condition(cond))),
            ("otherwise", it.otherwise.map_or(Json::Null, |value| self.value(value))),
            ("fixed", json!(it.fixed)),
            ("proof", json!(it.proof)),
            (
                "worked_out",
                it.worked_out.as_ref().map_or(Json::Null, |made| list(&made.parts, |part| self.part(*part))),
            ),
            (
                "judged",
                it.judged.map_or(Json::Null, |judge| {
                    let by = json!(self.0.bodies[judge.by.index()].name);
                    object([("by", by), ("against_target", json!(judge.against_target))])
                }),
            ),
        ])
    }

    /// One fact of a quantity.
    fn part(&self, it: Part) -> Json {
        object([
            ("fact", self.fact(it.fact)),
            ("level", json!(it.level.map(|of| &self.0.frameworks[of.index()].name))),
            ("divides", json!(it.divides)),
        ])
    }

    fn given(&self, given: &[(FactId, Given)]) -> Json {
        list(given, |(fact, given)| {
            let (says, value) = match given {
                Given::Value(value) => ("value", self.value(*value)),
                Given::Within(set) => ("within", self.set(set)),
                Given::Unpublished => ("unpublished", json!(true)),
            };
            object([("fact", self.fact(*fact)), (says, value)])
        })
    }

    pub(super) fn outcome(&self, it: &Outcome) -> Json {
        let model = self.0;
        let credits = match it.credits {
            Credits::Amount(amount, unit) => {
                json!({ "amount": amount.to_string(), "unit": model.units[unit.index()].name })
            }
            Credits::Unpublished => json!({ "unpublished": true }),
            Credits::Unstated => Json::Null,
        };
        let levels = list(&it.levels, |level| {
            let framework = &model.frameworks[level.framework.index()];
            let dimension = level.dimension.and_then(|place| framework.dimensions.get(place as usize));
            object([
                ("framework", json!(framework.name)),
                ("dimension", json!(dimension.map(|dimension| &dimension.name))),
                ("rank", json!(level.rank)),
            ])
        });
        let relations = list(
            &it.relations,
            |(relation, other, _)| json!({ "is": relation_name(*relation), "outcome": model.outcomes[other.index()].name }),
        );
        object([
            ("name", json!(it.name)),
            ("aliases", json!(it.aliases)),
            ("titles", titles(&it.titles)),
            ("code", json!(it.code)),
            ("kind", json!(model.kinds[it.kind.index()].name)),
            ("issuer", json!(it.issuer.map(|id| &model.bodies[id.index()].name))),
            ("credits", credits),
            ("given", self.given(&it.given)),
            ("levels", levels),
            ("title", json!(it.bears.as_ref().map(|(title, _)| title))),
            ("statements", list(&it.statements, |id| json!(model.statements[id.index()].name))),
            ("relations", relations),
        ])
    }

    pub(super) fn scheme(&self, it: &Scheme) -> Json {
        let body = |id: &crate::model::BodyId| &self.0.bodies[id.index()].name;
        let totals = list(&it.totals, |total| {
            let targets: Vec<_> = total.each.iter().map(|id| &self.0.outcomes[id.index()].name).collect();
            let places = list(&total.over, |place| list(place, |item| self.item(item)));
            object([("over_each_of", places), ("for_each_of", json!(targets))])
        });
        let opens = list(&it.opens, |open| {
            object([
                ("name", json!(open.name)),
                ("titles", titles(&open.titles)),
                ("stated", json!(open.stated)),
            ])
        });
        let scope = self.0.schemes.get(it.scope.index()).filter(|scope| scope.name != it.name);
        let counts_within = json!(scope.map(|scope| &scope.name));
        object([
            ("name", json!(it.name)),
            ("aliases", json!(it.aliases)),
            ("titles", titles(&it.titles)),
            ("by", json!(it.by.as_ref().map(body))),
            ("parties", json!(it.parties.iter().map(body).collect::<Vec<_>>())),
            ("receiving", json!(it.receiving.iter().map(body).collect::<Vec<_>>())),
            ("status", status(it.status)),
            ("cites", self.cites(&it.cites)),
            ("unit", json!(it.unit.map(|id| &self.0.units[id.index()].name))),
            ("achievements", uses(it.achievements)),
            ("frame", it.frame.map_or(Json::Null, |frame| self.frame(frame))),
            ("speaks_through_members", if it.is_frame { json!(true) } else { Json::Null }),
            ("members_may_tighten", if it.members_may_tighten { json!(true) } else { Json::Null }),
            ("open", if it.opens.is_empty() { Json::Null } else { opens }),
            ("counts_within", counts_within),
            ("target_once", json!(it.target_once)),
            ("convert_again", json!(it.convert_again)),
            ("otherwise", it.otherwise.as_ref().map_or(Json::Null, |answer| self.answer(answer))),
            ("totals", if it.totals.is_empty() { Json::Null } else { totals }),
        ])
    }
}

/// What an achievement may serve; nothing where it is not said.
pub(super) fn uses(it: Use) -> Json {
    json!(match it {
        Use::Unsaid => None,
        Use::Once => Some("once"),
        Use::OnceEverywhere => Some("once_everywhere"),
        Use::Freely => Some("freely"),
    })
}

impl Export<'_> {
    fn frame(&self, it: Frame) -> Json {
        let bond = match it.bond {
            Bond::Under => "under",
            Bond::Adopted => "adopted",
            Bond::Discretion => "adopted_with_discretion",
        };
        json!({ "scheme": self.0.schemes[it.scheme.index()].name, "bond": bond })
    }
}

/// The names of each rank, lowest first.
fn ranks(ranks: &[Vec<Listed>]) -> Json {
    list(ranks, |equals| {
        list(equals, |it| object([("name", json!(it.name)), ("titles", titles(&it.titles))]))
    })
}

pub(super) fn status(status: Status) -> Json {
    match status {
        Status::Verified => Json::Null,
        Status::Unverified => json!("unverified"),
        Status::UnderReview => json!("under_review"),
        Status::Unstated => json!("value_not_stated"),
    }
}

const fn relation_name(relation: Relation) -> &'static str {
    match relation {
        Relation::SameAs => "same_as",
        Relation::Near => "near",
        Relation::Requires => "requires",
        Relation::Replaces => "replaces",
        Relation::ReplacesEquivalent => "replaces_equivalent",
        Relation::PartOf => "part_of",
    }
}

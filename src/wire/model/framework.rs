//! Frameworks, comparisons, standards and statements, and the tests that read them.

use serde_json::{Value as Json, json};

use super::rule::{holder, order_name};
use super::value::ratio;
use super::{Export, list, object, titles};
use crate::model::{
    Canonical, Comparison, ComparisonStatus, CoverDimension, Covers, Descriptors, Framework, LevelBound,
    LevelTest, Placement, Standard, Statement,
};

impl Export<'_> {
    pub(super) fn framework(&self, it: &Framework) -> Json {
        let dimensions = list(&it.dimensions, |dimension| {
            object([
                ("name", json!(dimension.name)),
                ("titles", titles(&dimension.titles)),
                ("canonical", json!(dimension.canonical.iter().map(canonical_name).collect::<Vec<_>>())),
                ("formerly", json!(dimension.formerly)),
            ])
        });
        let levels: Option<Vec<_>> =
            it.levels.as_ref().map(|levels| levels.iter().map(|level| &level.name).collect());
        let cells = match &it.descriptors {
            Descriptors::Here(cells, _) => list(cells, |cell| {
                object([
                    ("level", json!(cell.level)),
                    (
                        "dimension",
                        json!(it.dimensions.get(cell.dimension as usize).map(|dimension| &dimension.name)),
                    ),
                    ("texts", titles(&cell.texts)),
                ])
            }),
            Descriptors::Unsaid | Descriptors::Elsewhere(..) | Descriptors::Unpublished(_) => Json::Null,
        };
        let title_rules = list(&it.title_rules, |rule| {
            object([
                ("title", json!(rule.title)),
                ("levels", rule.levels.as_ref().map_or(Json::Null, |set| self.set(set))),
                ("at_least", ratio(rule.at_least)),
                ("at_most", ratio(rule.at_most)),
                ("cites", self.cites(&rule.cites)),
            ])
        });
        object([
            ("name", json!(it.name)),
            ("aliases", json!(it.aliases)),
            ("titles", titles(&it.titles)),
            ("version", json!(it.version)),
            ("replaces", list(&it.replaces, |id| json!(self.0.frameworks[id.index()].name))),
            ("cites", self.cites(&it.cites)),
            ("unit", json!(it.unit.map(|id| &self.0.units[id.index()].name))),
            ("placement", json!(it.placement.map(placement_name))),
            ("levels", json!(levels)),
            ("dimensions", dimensions),
            ("descriptors", cells),
            (
                "tracks",
                list(&it.tracks, |track| {
                    object([("name", json!(track.name)), ("titles", titles(&track.titles))])
                }),
            ),
            ("axes", json!(it.axes)),
            ("title_rules", title_rules),
        ])
    }

    pub(super) fn comparison(&self, it: &Comparison) -> Json {
        let framework = |id: crate::model::FrameworkId| &self.0.frameworks[id.index()].name;
        object([
            ("name", json!(it.name)),
            ("aliases", json!(it.aliases)),
            ("titles", titles(&it.titles)),
            ("of", json!(framework(it.left))),
            ("with", json!(framework(it.right))),
            ("status", json!(status_name(it.status))),
            ("cites", self.cites(&it.cites)),
            (
                "rows",
                list(&it.rows, |row| {
                    object([
                        ("of", json!(row.left)),
                        ("with", json!(row.right)),
                        ("not_stated", json!(row.not_stated)),
                    ])
                }),
            ),
        ])
    }

    pub(super) fn standard(&self, it: &Standard) -> Json {
        object([
            ("name", json!(it.name)),
            ("aliases", json!(it.aliases)),
            ("titles", titles(&it.titles)),
            ("under", json!(it.under.map(|id| &self.0.frameworks[id.index()].name))),
            ("version", json!(it.version)),
            ("cites", self.cites(&it.cites)),
        ])
    }

    pub(super) fn statement(&self, it: &Statement) -> Json {
        let standard = &self.0.standards[it.standard.index()];
        let framework = standard.under.map(|id| &self.0.frameworks[id.index()]);
        let dimension = framework.and_then(|of| of.dimensions.get(it.dimension as usize));
        object([
            ("name", json!(it.name)),
            ("titles", titles(&it.titles)),
            ("standard", json!(standard.name)),
            ("dimension", json!(dimension.map(|dimension| &dimension.name))),
            ("level", json!(it.level)),
            ("weight", json!(it.weight.to_string())),
            ("same", list(&it.same, |id| json!(self.0.statements[id.index()].name))),
        ])
    }

    pub(super) fn level_test(&self, it: &LevelTest, role: Json) -> Json {
        let framework = &self.0.frameworks[it.framework.index()];
        let dimensions = it.dimensions.iter().filter_map(|at| framework.dimensions.get(*at as usize));
        let (set, relation) = match &it.bound {
            LevelBound::In(set) => (self.set(set), Json::Null),
            LevelBound::Target(order) => (Json::Null, json!(order_name(*order))),
        };
        object([
            ("test", json!("level")),
            ("role", role),
            ("subject", self.subject(it.subject)),
            ("framework", json!(framework.name)),
            ("dimensions", json!(dimensions.map(|dimension| &dimension.name).collect::<Vec<_>>())),
            ("by", json!(it.by.map(|id| &self.0.comparisons[id.index()].name))),
            ("set", set),
            ("relation", relation),
            ("negated", json!(it.negated)),
        ])
    }

    pub(super) fn covers(&self, it: &Covers, role: Json) -> Json {
        let dimension = it.dimension.as_ref().map(|dimension| match dimension {
            CoverDimension::Canonical(canonical) => json!({ "canonical": canonical_name(canonical) }),
            CoverDimension::Own(framework, at) => {
                let framework = &self.0.frameworks[framework.index()];
                let name = framework.dimensions.get(*at as usize).map(|dimension| &dimension.name);
                json!({ "framework": framework.name, "dimension": name })
            }
        });
        object([
            ("test", json!("covers")),
            ("role", role),
            ("of", json!(holder(it.of).0)),
            ("slot", json!(holder(it.of).1)),
            ("share", json!(it.share.to_string())),
            ("dimension", json!(dimension)),
            ("by_weight", json!(it.by_weight)),
            ("where", it.only.as_ref().map_or(Json::Null, |only| self.condition(only))),
            ("negated", json!(it.negated)),
        ])
    }
}

const fn placement_name(placement: Placement) -> &'static str {
    match placement {
        Placement::BestFit => "best_fit",
        Placement::EveryDimension => "every_dimension",
    }
}

const fn status_name(status: ComparisonStatus) -> &'static str {
    match status {
        ComparisonStatus::Endorsed => "endorsed",
        ComparisonStatus::ComparisonOnly => "comparison_only",
        ComparisonStatus::Proposed => "proposed",
        ComparisonStatus::NotEndorsed => "not_endorsed",
        ComparisonStatus::Unverified => "unverified",
        ComparisonStatus::UnderReview => "under_review",
    }
}

const fn canonical_name(canonical: &Canonical) -> &'static str {
    match canonical {
        Canonical::Knowledge => "knowledge",
        Canonical::Skill => "skill",
        Canonical::Competence => "competence",
        Canonical::Values => "values",
    }
}

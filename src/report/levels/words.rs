//! What is said of frameworks and comparisons, in English and Chinese.

use crate::language::{Lang, meaning_by_id};
use crate::model::{Canonical, Comparison, Dimension, Document, Framework, Level, Model, Titles, Unit};

use super::{TextLanguage, status_id};

/// The words of a language.
#[derive(Clone, Copy)]
pub(super) struct Words(pub(super) TextLanguage);

impl Words {
    fn pick(self, english: &str, chinese: &str) -> String {
        if self.is_chinese() { chinese } else { english }.to_owned()
    }

    fn is_chinese(self) -> bool {
        self.0 == TextLanguage::Chinese
    }

    fn keyword(self, id: &str) -> String {
        let lang = if self.is_chinese() { Lang::Zh } else { Lang::En };
        meaning_by_id(id).map_or_else(String::new, |meaning| meaning.spelling(lang).to_owned())
    }

    pub(super) fn titled(self, titles: &Titles, name: &str) -> String {
        let tags: &[&str] = if self.is_chinese() { &["zh", "zh-Hant"] } else { &["en"] };
        titles.best(tags).unwrap_or(name).to_owned()
    }

    pub(super) fn framework(self, of: &Framework) -> String {
        self.titled(&of.titles, &of.name)
    }

    pub(super) fn dimension(self, of: &Dimension) -> String {
        self.titled(&of.titles, &of.name)
    }

    pub(super) fn level(self, of: &Level) -> String {
        self.titled(&of.titles, &of.name)
    }

    pub(super) fn list(self, items: &[String]) -> String {
        items.join(if self.is_chinese() { "、" } else { ", " })
    }

    pub(super) fn canonical(self, canonical: Canonical) -> String {
        self.keyword(canonical.keyword())
    }

    pub(super) fn comparison(self, of: &Comparison) -> String {
        let status = self.keyword(status_id(of.status));
        let name = self.titled(&of.titles, &of.name);
        if self.is_chinese() { format!("{name}（{status}）") } else { format!("{name} ({status})") }
    }

    pub(super) fn basis(self, model: &Model, of: &Comparison) -> String {
        let documents: Vec<String> = of
            .cites
            .iter()
            .filter_map(|cite| {
                let document = model.documents.get(cite.document.index())?;
                let title = self.titled(&document.titles, &document.name);
                let clause = cite.clause.as_deref();
                Some(match (self.is_chinese(), clause) {
                    (true, clause) => format!("《{title}》{}", clause.unwrap_or_default()),
                    (false, Some(clause)) => format!("{title}, {clause}"),
                    (false, None) => title,
                })
            })
            .collect();
        let name = self.comparison(of);
        let basis = if documents.is_empty() { self.unsaid() } else { self.list(&documents) };
        let notes: String = of
            .readings
            .iter()
            .chain(&of.notes)
            .map(
                |note| {
                    if self.is_chinese() { format!("{}。", note.text) } else { format!(" {}.", note.text) }
                },
            )
            .collect();
        if self.is_chinese() {
            format!("{name}：{basis}。{notes}")
        } else {
            format!("{name}: {basis}.{notes}")
        }
    }

    pub(super) fn no_comparison(self, one: &Framework, other: &Framework) -> String {
        let (one, other) = (self.framework(one), self.framework(other));
        if self.is_chinese() {
            format!("没有“{one}”与“{other}”的等级对照。")
        } else {
            format!("There is no comparison of {one} with {other}.")
        }
    }

    pub(super) fn unpublished(self, of: &Framework) -> String {
        let name = self.framework(of);
        if self.is_chinese() {
            format!("“{name}”的等级未公布。")
        } else {
            format!("The levels of {name} are not published.")
        }
    }

    pub(super) fn never_joined(self) -> String {
        self.pick(
            "Each column is compared with the first only; a comparison recognises nothing by itself.",
            "各列只与第一列对照，不得相接；等级对照本身不构成认定。",
        )
    }

    pub(super) fn about(self) -> String {
        self.pick("About", "概况")
    }

    pub(super) fn none(self) -> String {
        self.pick("none", "无对应")
    }

    pub(super) fn not_stated(self) -> String {
        self.pick("not stated", "未载明")
    }

    pub(super) fn unnamed(self) -> String {
        self.pick("not in the table", "表中未列")
    }

    pub(super) fn unsaid(self) -> String {
        self.pick("–", "—")
    }

    pub(super) fn not_published(self) -> String {
        self.pick("not published", "未公布")
    }

    pub(super) fn version(self) -> String {
        self.pick("version", "版本")
    }

    pub(super) fn number_of_levels(self) -> String {
        self.pick("levels", "等级数")
    }

    pub(super) fn placement(self) -> String {
        self.keyword("slot.placement")
    }

    pub(super) fn best_fit(self) -> String {
        self.keyword("join.best-fit")
    }

    pub(super) fn every_dimension(self) -> String {
        self.keyword("join.every-dimension")
    }

    pub(super) fn descriptors(self) -> String {
        self.pick("descriptors", "等级描述")
    }

    pub(super) fn elsewhere(self, document: Option<&Document>) -> String {
        match document.map(|document| self.titled(&document.titles, &document.name)) {
            Some(title) if self.is_chinese() => format!("见《{title}》"),
            Some(title) => format!("in {title}"),
            None => self.pick("elsewhere", "另行规定"),
        }
    }

    pub(super) fn credit(self) -> String {
        self.pick("credit", "学分单位")
    }

    pub(super) fn unit(self, of: &Unit) -> String {
        let name = self.titled(&of.titles, &of.name);
        // The figure that holds for everyone.
        let general = of.hours.iter().find(|hours| hours.at.is_none());
        let Some(hours) = general.or(of.hours.first()) else { return name };
        let range = if hours.least == hours.most {
            hours.least.to_string()
        } else {
            format!("{}–{}", hours.least, hours.most)
        };
        match (self.is_chinese(), hours.contact) {
            (true, true) => format!("{name}（{range}课堂学时）"),
            (true, false) => format!("{name}（{range}学习时数）"),
            (false, true) => format!("{name} ({range} contact hours)"),
            (false, false) => format!("{name} ({range} notional hours)"),
        }
    }

    pub(super) fn tracks(self) -> String {
        self.keyword("slot.tracks")
    }

    pub(super) fn axes(self) -> String {
        self.pick("axes", "分类轴")
    }

    pub(super) fn replaces(self) -> String {
        self.keyword("slot.replaces")
    }
}

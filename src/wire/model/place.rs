//! Programmes, blocks, limits and requirements.

use serde_json::{Value as Json, json};

use super::thing::{status, uses};
use super::value::{length, ratio, rounding};
use super::{Export, list, object, titles};
use crate::model::{
    Aim, Base, Block, BlockId, Body, Bound, Branches, Combine, CombineBy, Counted, Counting, Divisible,
    Exclusion, Figure, Home, Key, Limit, MeanOf, Programme, Scope, Share, Side, Surplus, SurplusLine,
    UnitDoor,
};

impl Export<'_> {
    pub(super) fn programme(&self, it: &Programme) -> Json {
        let model = self.0;
        let under: Vec<_> = it.under.iter().map(|id| &model.schemes[id.index()].name).collect();
        object([
            ("name", json!(it.name)),
            ("aliases", json!(it.aliases)),
            ("titles", titles(&it.titles)),
            ("at", json!(it.at.map(|id| &model.bodies[id.index()].name))),
            ("under", json!(under)),
            ("root", self.block_name(it.root)),
            ("achievements", uses(it.achievements)),
            ("status", status(it.status)),
            ("cites", self.cites(&it.cites)),
            ("windows", list(&it.windows, |window| self.window(window))),
            ("doors", list(&it.doors, |door| self.door(door))),
        ])
    }

    fn door(&self, it: &UnitDoor) -> Json {
        object([
            ("conversion", self.conversion(&it.conversion)),
            ("to", json!(self.0.units[it.to.index()].name)),
            ("rounding", rounding(it.rounding)),
        ])
    }

    pub(super) fn block(&self, it: &Block) -> Json {
        let model = self.0;
        let home = match it.of {
            Home::Package => Json::Null,
            Home::Scheme(id) => json!({ "scheme": model.schemes[id.index()].name }),
            Home::Programme(id) => json!({ "programme": model.programmes[id.index()].name }),
        };
        let takes = it.takes.as_ref().map_or(Json::Null, |items| list(items, |item| self.item(item)));
        object([
            ("name", json!(it.name)),
            ("short", json!(it.short)),
            ("aliases", json!(it.aliases)),
            ("titles", titles(&it.titles)),
            ("of", home),
            ("parent", it.parent.map_or(Json::Null, |id| self.block_name(id))),
            ("account", it.account.map_or(Json::Null, |id| self.block_name(id))),
            ("unit", json!(it.unit.map(|id| &model.units[id.index()].name))),
            ("takes", takes),
            ("when", self.condition(&it.when)),
            ("branches", list(&it.branches, |of| self.branches(of))),
            ("shares", list(&it.shares, |share| self.share(*share))),
            ("surplus", it.surplus.map_or(Json::Null, |surplus| self.surplus(surplus))),
            ("cites", self.cites(&it.cites)),
        ])
    }

    fn block_name(&self, id: BlockId) -> Json {
        json!(self.0.blocks[id.index()].name)
    }

    fn branches(&self, it: &Branches) -> Json {
        json!({ "number": it.number, "of": list(&it.of, |id| self.block_name(*id)) })
    }

    fn share(&self, it: Share) -> Json {
        object([("with", self.block_name(it.with)), ("up_to", ratio(it.up_to))])
    }

    fn surplus(&self, it: Surplus) -> Json {
        match it {
            Surplus::Lost(_) => json!("lost"),
            Surplus::Kept(_) => json!("kept"),
            Surplus::To(block, _) => json!({ "to": self.block_name(block) }),
        }
    }

    pub(super) fn surplus_line(&self, it: SurplusLine) -> Json {
        object([("scope", self.scope(it.scope)), ("surplus", self.surplus(it.surplus))])
    }

    fn scope(&self, it: Scope) -> Json {
        let model = self.0;
        match it {
            Scope::Rule(id) => {
                let rule = &model.rules[id.index()];
                json!({ "scheme": model.schemes[rule.scheme.index()].name, "rule": rule.name })
            }
            Scope::Scheme(id) => json!({ "scheme": model.schemes[id.index()].name }),
            Scope::Block(id) => json!({ "block": self.block_name(id) }),
        }
    }

    pub(super) fn combine(&self, it: &Combine) -> Json {
        let by = match it.by {
            CombineBy::Credits => json!("credits"),
            CombineBy::Level => json!("level"),
            CombineBy::Grade => json!("grade"),
            CombineBy::Fact(fact) => json!({ "fact": self.fact(fact) }),
        };
        object([("scope", self.scope(it.scope)), ("by", by), ("per", list(&it.per, |key| self.key(*key)))])
    }

    pub(super) fn exclusion(&self, it: &Exclusion) -> Json {
        let model = self.0;
        let side = |side: &Side| match *side {
            Side::Rule(id) => self.scope(Scope::Rule(id)),
            Side::Scheme(id) => self.scope(Scope::Scheme(id)),
            Side::Block(id) => self.scope(Scope::Block(id)),
            Side::Outcome(id) => json!({ "outcome": model.outcomes[id.index()].name }),
        };
        object([("scope", self.scope(it.scope)), ("sides", list(&it.sides, side))])
    }

    pub(super) fn divisible(&self, it: &Divisible) -> Json {
        let scope = self.scope(Scope::Rule(it.rule));
        json!({ "of": scope, "counts": if it.whole { "whole" } else { "in_part" } })
    }

    pub(super) fn limit(&self, it: &Limit) -> Json {
        let among = it.among.map_or(Json::Null, |among| {
            json!({
                "last": among.last.to_string(),
                "unit": self.0.units[among.unit.index()].name,
                "by": self.subject(among.by),
            })
        });
        let counting = match it.counting {
            Counting::All => Json::Null,
            Counting::Converted => json!("converted"),
            Counting::EarnedHere => json!("earned_here"),
        };
        object([
            ("scope", self.scope(it.scope)),
            ("name", if it.name.is_empty() { Json::Null } else { json!(it.name) }),
            ("titles", titles(&it.titles)),
            ("measure", self.counted(it.measure)),
            ("bound", self.bound(&it.bound)),
            ("counting", counting),
            ("from", list(&it.from, |item| self.item(item))),
            ("to", list(&it.to, |aim| self.aim(aim))),
            ("where", self.condition(&it.filter)),
            ("rules", list(&it.rules, |id| self.scope(Scope::Rule(*id)))),
            ("units", list(&it.units, |id| json!(self.0.units[id.index()].name))),
            ("among", among),
            ("per", list(&it.per, |key| self.key(*key))),
            ("when", self.condition(&it.when)),
            ("surplus", it.surplus.map_or(Json::Null, |surplus| self.surplus(surplus))),
            ("in_principle", json!(it.in_principle)),
            ("cites", self.cites(&it.cites)),
        ])
    }

    fn counted(&self, it: Counted) -> Json {
        match it {
            Counted::Credits(unit) => json!({ "credits": self.0.units[unit.index()].name }),
            Counted::Hours { contact: None } => json!("hours"),
            Counted::Hours { contact: Some(true) } => json!("contact_hours"),
            Counted::Hours { contact: Some(false) } => json!("notional_hours"),
            Counted::Courses => json!("courses"),
            Counted::Sources => json!("sources"),
            Counted::Distinct(key) => json!({ "distinct": self.key(key) }),
            Counted::Span => json!("span"),
            Counted::Mean => json!("mean"),
        }
    }

    /// A bound nests no deeper than one `whichever`.
    fn bound(&self, it: &Bound) -> Json {
        match it {
            Bound::Amount(amount) => json!({ "amount": self.amount(amount) }),
            Bound::Share { share, base, .. } => object([("share", ratio(*share)), ("base", self.base(base))]),
            Bound::Length(span) => json!({ "length": length(*span) }),
            Bound::Either { of, greater } => {
                let is = if *greater { "greater" } else { "less" };
                json!({ "whichever": { "is": is, "of": list(of, |one| self.bound(one)) } })
            }
            Bound::Mean { of, least, over } => {
                let of = match of {
                    MeanOf::Fact(fact) => json!({ "fact": self.fact(*fact) }),
                    MeanOf::Map(map) => json!({ "map": self.0.maps[map.index()].name }),
                };
                let over = list(over, |item| self.item(item));
                json!({ "mean": object([("of", of), ("least", self.value(*least)), ("over", over)]) })
            }
            Bound::Unpublished(_) => json!("unpublished"),
        }
    }

    fn base(&self, it: &Base) -> Json {
        let figure = match it.figure {
            Figure::Planned => "planned",
            Figure::Required => "required",
            Figure::Counted => "counted",
        };
        object([
            ("figure", json!(figure)),
            ("of", it.of.map_or(Json::Null, |id| self.block_name(id))),
            ("excluding", list(&it.excluding, |aim| self.aim(aim))),
        ])
    }

    fn aim(&self, it: &Aim) -> Json {
        match it {
            Aim::Targets(item) => self.item(item),
            Aim::Block(block, _) => json!({ "block": self.block_name(*block) }),
        }
    }

    fn key(&self, it: Key) -> Json {
        match it {
            Key::Achievement => json!("achievement"),
            Key::Outcome => json!("outcome"),
            Key::Target => json!("target"),
            Key::Rule => json!("rule"),
            Key::Same => json!("same"),
            Key::Near => json!("near"),
            Key::Fact(subject) => json!({ "fact": self.subject(subject) }),
            Key::Period { body, period, by } => {
                let body = &self.0.bodies[body.index()];
                let period = &body.periods[period as usize].name;
                json!({ "period": { "body": body.name, "name": period, "by": self.subject(by) } })
            }
        }
    }

    pub(super) fn periods(&self, it: &Body) -> Json {
        list(&it.periods, |period| {
            let day = |day: &crate::quantity::MonthDay| json!(format!("{:02}-{:02}", day.month(), day.day()));
            object([
                ("name", json!(period.name)),
                ("aliases", json!(period.aliases)),
                ("titles", titles(&period.titles)),
                ("starts", list(&period.starts, day)),
            ])
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use serde_json::json;

    use crate::compile::compile;
    use crate::source::Sources;

    /// The model of a programme: what a foreign implementation reads of it.
    #[test]
    fn a_programme_is_written_with_its_blocks_and_lines() {
        let text = "package x version 2026.1
document act \"Act\"
body board { period year starts 03-01 }
credit point { step 1 }
kind course { fact ended : date }
outcome algebra : course { credits 3 }
block elective { unit point }
programme degree {
  at board
  require: at least 6 credits
  block major { takes algebra; limit: at most 3 credits; surplus to elective }
  block elective
  limit year: at most 40% of planned courses, counting converted, per year by ended, cite act \"1\"
}
";
        let mut sources = Sources::new();
        sources.add("x.qf", text);
        let model = super::super::export(&compile(sources).model);
        let names: Vec<_> = model["blocks"].as_array().unwrap().iter().map(|block| &block["name"]).collect();
        assert_eq!(names, ["elective", "degree", "degree.elective", "degree.major"]);
        assert_eq!(model["blocks"][2]["account"], "elective");
        assert_eq!(model["blocks"][3]["surplus"], json!({ "to": "degree.elective" }));
        assert_eq!(model["programmes"][0]["root"], "degree");
        assert_eq!(model["requirements"][0]["measure"], json!({ "credits": "point" }));
        let limits = model["limits"].as_array().unwrap();
        let year = limits.iter().find(|limit| limit["name"] == "year").unwrap();
        assert_eq!(year["bound"], json!({ "share": "0.4", "base": { "figure": "planned" } }));
        let by = json!({ "of": "itself", "fact": "ended" });
        assert_eq!(year["per"], json!([{ "period": { "body": "board", "name": "year", "by": by } }]));
        assert_eq!(year["counting"], "converted");
        assert_eq!(model["bodies"][0]["periods"][0]["starts"], json!(["03-01"]));
    }
}

//! Rules and bars.

use serde_json::{Value as Json, json};

use super::thing::status;
use super::value::{length, ratio, rounding};
use super::{Export, list, object, titles};
use crate::model::{
    AmountRule, Answer, Atom, AtomTest, Attribute, AttributeKind, Bar, CellValue, Citation, ClassId, Cond,
    Conversion, Effect, Gives, Holder, Lookup, Mark, MarkKind, Measure, Order, Piece, Purpose, Role, Rule,
    ScaleId, SourceItem, SourceSlot, Subject, Take, Target, Targets, Window,
};
use crate::wire::amounts::by;

impl Export<'_> {
    pub(super) fn rule(&self, it: &Rule) -> Json {
        let model = self.0;
        let overrides = list(&it.overrides, |id| {
            let rule = &model.rules[id.index()];
            json!({ "scheme": model.schemes[rule.scheme.index()].name, "rule": rule.name })
        });
        object([
            ("scheme", json!(model.schemes[it.scheme.index()].name)),
            ("name", json!(it.name)),
            ("titles", titles(&it.titles)),
            ("status", status(it.status)),
            ("cites", self.cites(&it.cites)),
            ("windows", list(&it.windows, |window| self.window(window))),
            ("in_force_not_stated", json!(it.in_force_not_stated)),
            ("sources", list(&it.sources, |bundle| list(bundle, |slot| self.slot(slot)))),
            ("targets", self.targets(&it.targets)),
            ("when", self.condition(&it.guard)),
            ("gives", self.gives(&it.gives)),
            (
                "lines",
                list(&it.lines, |line| {
                    object([
                        ("targets", self.targets(&line.targets)),
                        ("when", self.condition(&line.guard)),
                        ("gives", self.gives(&line.gives)),
                        ("attributes", list(&line.attributes, |of| self.attribute(of))),
                    ])
                }),
            ),
            ("mark", it.mark.as_ref().map_or(Json::Null, |mark| self.mark(mark))),
            ("attributes", list(&it.attributes, |of| self.attribute(of))),
            ("otherwise", it.otherwise.as_ref().map_or(Json::Null, |answer| self.answer(answer))),
            ("by", json!(it.by.map(|id| &model.bodies[id.index()].name))),
            ("achievements", super::thing::uses(it.achievements)),
            ("convert_again", json!(it.convert_again)),
            ("overrides", overrides),
        ])
    }

    pub(super) fn bar(&self, it: &Bar) -> Json {
        object([
            ("scheme", json!(it.scheme.map(|id| &self.0.schemes[id.index()].name))),
            ("from", list(&it.from, |item| self.item(item))),
            ("to", list(&it.to, |item| self.item(item))),
            ("when", self.condition(&it.guard)),
            ("because", json!(it.because)),
            ("cites", self.cites(&it.cites)),
        ])
    }

    pub(super) fn cites(&self, cites: &[Citation]) -> Json {
        list(cites, |cite| {
            object([
                ("document", json!(self.0.documents[cite.document.index()].name)),
                ("clause", json!(cite.clause)),
            ])
        })
    }

    pub(super) fn window(&self, it: &Window) -> Json {
        object([
            ("from", json!(it.days.from.map(|day| day.to_string()))),
            ("to", json!(it.days.to.map(|day| day.to_string()))),
            ("by", it.by.map_or(Json::Null, |subject| self.subject(subject))),
        ])
    }

    fn slot(&self, it: &SourceSlot) -> Json {
        let take = match it.take {
            Take::One => json!("one"),
            Take::Exactly(number) => json!({ "exactly": number }),
            Take::UpTo(number) => json!({ "up_to": number }),
            Take::Together => json!("together"),
            Take::Credits(least) => json!({ "credits": least.to_string() }),
        };
        let bind = it.bind.map_or(
            Json::Null,
            |bind| json!({ "fact": self.fact(bind.fact), "values": if bind.distinct { "distinct" } else { "one" } }),
        );
        object([("items", list(&it.items, |item| self.item(item))), ("take", take), ("bound", bind)])
    }

    pub(super) fn item(&self, it: &SourceItem) -> Json {
        let (outcomes, kinds) = self.class(it.class);
        let except = list(&it.except, |(class, bracket)| {
            let (outcomes, kinds) = self.class(*class);
            object([("outcomes", outcomes), ("kinds", kinds), ("bracket", self.bracket(bracket.as_ref()))])
        });
        object([
            ("outcomes", outcomes),
            ("kinds", kinds),
            ("bracket", self.bracket(it.bracket.as_ref())),
            ("except", except),
        ])
    }

    fn bracket(&self, bracket: Option<&Cond>) -> Json {
        bracket.map_or(Json::Null, |cond| self.condition(cond))
    }

    fn class(&self, id: ClassId) -> (Json, Json) {
        let class = &self.0.classes[id.index()];
        (
            list(&class.outcomes, |id| json!(self.0.outcomes[id.index()].name)),
            list(&class.kinds, |id| json!(self.0.kinds[id.index()].name)),
        )
    }

    fn targets(&self, it: &Targets) -> Json {
        let one = |target: &Target| {
            object([
                ("outcome", json!(self.0.outcomes[target.outcome.index()].name)),
                ("excluded", json!(target.excluded)),
            ])
        };
        match it {
            Targets::Deposit => json!({ "form": "deposit" }),
            Targets::Blocks { of, choose } => object([
                ("form", json!("blocks")),
                ("blocks", list(of, |(block, _)| json!(self.0.blocks[block.index()].name))),
                ("number", json!(choose.map(|(number, _)| number))),
                ("up_to", json!(choose.is_some_and(|(_, up_to)| up_to))),
            ]),
            Targets::Each(of) => json!({ "form": "each", "of": list(of, one) }),
            Targets::All(of) => json!({ "form": "all", "of": list(of, one) }),
            Targets::Choose { number, up_to, of } => object([
                ("form", json!("choose")),
                ("number", json!(number)),
                ("up_to", json!(up_to)),
                ("of", list(of, one)),
            ]),
        }
    }

    pub(super) fn condition(&self, it: &Cond) -> Json {
        match it {
            Cond::All(parts) => json!({ "all": list(parts, |part| self.condition(part)) }),
            Cond::Any(parts) => json!({ "any": list(parts, |part| self.condition(part)) }),
            Cond::Atom(atom) => self.atom(atom),
        }
    }

    fn atom(&self, it: &Atom) -> Json {
        let role = json!(match it.role {
            Role::Condition => "condition",
            Role::Window => "window",
            Role::Bracket => "bracket",
            Role::Attribute | Role::Twin => "attribute",
        });
        match &it.test {
            AtomTest::In { subject, value_type, set } => json!({
                "test": "in",
                "role": role,
                "subject": self.subject(*subject),
                "type": self.value_type(*value_type),
                "set": self.set(set),
            }),
            AtomTest::Target { subject, target, value_type, relation, falling, negated } => object([
                ("test", json!("target")),
                ("role", role),
                ("subject", self.subject(*subject)),
                ("target", self.fact(*target)),
                ("type", self.value_type(*value_type)),
                ("relation", json!(order_name(*relation))),
                ("falling", json!(falling)),
                ("negated", json!(negated)),
            ]),
            AtomTest::Differ { subject, target, value_type, most, negated } => object([
                ("test", json!("differ")),
                ("role", role),
                ("subject", self.subject(*subject)),
                ("target", self.fact(*target)),
                ("type", self.value_type(*value_type)),
                ("most", json!(most.to_string())),
                ("negated", json!(negated)),
            ]),
            AtomTest::Dates { subject, relation, other, negated } => object([
                ("test", json!("dates")),
                ("role", role),
                ("subject", self.subject(*subject)),
                ("relation", json!(order_name(*relation))),
                ("other", self.subject(*other)),
                ("negated", json!(negated)),
            ]),
            AtomTest::Within { subject, length: span, before, other, negated } => object([
                ("test", json!("within")),
                ("role", role),
                ("subject", self.subject(*subject)),
                ("length", length(*span)),
                ("before", json!(before)),
                ("other", self.subject(*other)),
                ("negated", json!(negated)),
            ]),
            AtomTest::Level(test) => self.level_test(test, role),
            AtomTest::Covers(test) => self.covers(test, role),
            AtomTest::Lasting(it) => object([
                ("test", json!("lasting")),
                ("role", role),
                ("of", list(&it.of, |item| self.item(item))),
                (
                    "parts",
                    list(&it.parts, |part| {
                        object([
                            ("when", part.only.as_ref().map_or(Json::Null, |only| self.condition(only))),
                            ("relation", json!(order_name(part.relation))),
                            ("years", json!(part.wanted.years)),
                            ("months", json!(part.wanted.months)),
                            ("days", json!(part.wanted.days)),
                        ])
                    }),
                ),
                ("negated", json!(it.negated)),
            ]),
            AtomTest::Holds(holds) => object([
                ("test", json!("holds")),
                ("role", role),
                ("alternatives", list(&holds.alternatives, |parts| list(parts, |slot| self.slot(slot)))),
                ("after", json!(holds.after.map(|this| holder(this).0))),
                ("slot", json!(holds.after.and_then(|this| holder(this).1))),
                ("negated", json!(holds.negated)),
            ]),
        }
    }

    pub(super) fn subject(&self, it: Subject) -> Json {
        let (of, slot) = holder(it.of);
        object([("of", json!(of)), ("slot", json!(slot)), ("fact", self.fact(it.fact))])
    }

    fn gives(&self, it: &Gives) -> Json {
        match it {
            Gives::Credit(amount) => json!({ "credit": self.amount(amount) }),
            Gives::Effect(effect) => json!({ "effect": self.effect(effect) }),
            Gives::Answer(answer) => self.answer(answer),
        }
    }

    fn effect(&self, it: &Effect) -> Json {
        match it {
            Effect::TotalReduced => json!({ "is": "total_reduced" }),
            Effect::Replaced(from) => {
                let from = list(from, |id| {
                    let (outcomes, kinds) = self.class(*id);
                    object([("outcomes", outcomes), ("kinds", kinds)])
                });
                object([("is", json!("replaced")), ("from", from)])
            }
            Effect::AttendanceOnly => json!({ "is": "attendance_only" }),
            Effect::Completion => json!({ "is": "completion" }),
            Effect::Access => json!({ "is": "access" }),
            Effect::Placement => json!({ "is": "placement" }),
            Effect::Entry(year) => json!({ "is": "entry", "year": year }),
            Effect::Award => json!({ "is": "award" }),
        }
    }

    pub(super) fn answer(&self, it: &Answer) -> Json {
        match it {
            Answer::Refer(body, because, _) => {
                object([("refer", json!(self.0.bodies[body.index()].name)), ("because", json!(because))])
            }
            Answer::Refuse(because, _) => object([("refuse", json!(true)), ("because", json!(because))]),
        }
    }

    pub(super) fn amount(&self, it: &AmountRule) -> Json {
        object([
            ("piece", self.piece(&it.piece)),
            ("unit", json!(it.unit.map(|id| &self.0.units[id.index()].name))),
            ("conversion", it.conversion.as_ref().map_or(Json::Null, |of| self.conversion(of))),
            ("in_total", json!(it.in_total)),
            ("rounding", rounding(it.rounding)),
            ("at_least", ratio(it.at_least)),
            ("at_most", ratio(it.at_most)),
        ])
    }

    pub(super) fn conversion(&self, it: &Conversion) -> Json {
        let ways = list(&it.ways, |way| {
            object([
                ("when", self.condition(&way.guard)),
                ("least", json!(way.least.to_string())),
                ("most", json!(way.most.to_string())),
            ])
        });
        object([
            ("from", json!(self.0.units[it.from.index()].name)),
            ("by", json!(by(it.by))),
            ("ways", ways),
            ("refer", json!(it.refer.map(|id| &self.0.bodies[id.index()].name))),
        ])
    }

    fn piece(&self, it: &Piece) -> Json {
        match it {
            Piece::Constant(amount) => json!({ "constant": amount.to_string() }),
            Piece::TargetCredits => json!("target_credits"),
            Piece::Fact(subject) => json!({ "fact": self.subject(*subject) }),
            Piece::Rate { earns, per, measure } => json!({ "rate": {
                "earns": earns.to_string(),
                "per": per.to_string(),
                "measure": self.measure(measure),
            } }),
            Piece::Whichever { amounts, greater } => json!({ "whichever": {
                "is": if *greater { "greater" } else { "less" },
                "amounts": list(amounts, |amount| self.amount(amount)),
            } }),
            Piece::Less { base, step, fact, start } => json!({ "less": {
                "base": self.piece(base),
                "step": step.to_string(),
                "fact": self.subject(*fact),
                "start": start.to_string(),
            } }),
            Piece::Table(lookup) => json!({ "table": self.lookup(lookup) }),
        }
    }

    fn measure(&self, it: &Measure) -> Json {
        match it {
            Measure::Fact(subject) => json!({ "fact": self.subject(*subject) }),
            Measure::Times => json!({ "times": true }),
            Measure::Distinct(Some(fact)) => json!({ "distinct": { "fact": self.fact(*fact) } }),
            Measure::Distinct(None) => json!({ "distinct": "outcome" }),
        }
    }

    fn lookup(&self, it: &Lookup) -> Json {
        let by = list(
            &it.by,
            |(subject, value_type)| json!({ "subject": self.subject(*subject), "type": self.value_type(*value_type) }),
        );
        let cells = list(&it.cells, |cell| {
            let gives = match &cell.value {
                CellValue::Amount(piece) => json!({ "amount": self.piece(piece) }),
                CellValue::NotHere => json!("not_here"),
                CellValue::Unpublished => json!("unpublished"),
                CellValue::Otherwise => json!("otherwise"),
                CellValue::Mark(value) => json!({ "mark": self.value(*value) }),
            };
            json!({ "sets": list(&cell.sets, |set| self.set(set)), "gives": gives })
        });
        json!({ "by": by, "cells": cells })
    }

    fn attribute(&self, it: &Attribute) -> Json {
        let when = if it.guard == Cond::always() { Json::Null } else { self.condition(&it.guard) };
        let (key, says) = match it.kind {
            AttributeKind::Level(framework, rank) => {
                ("level", json!({ "framework": self.0.frameworks[framework.index()].name, "rank": rank }))
            }
            AttributeKind::Fact(fact, value_type, value) => (
                "fact",
                json!({ "fact": self.fact(fact), "type": self.value_type(value_type), "value": self.value(value) }),
            ),
            AttributeKind::Part(outcome, amount, unit) => (
                "part",
                json!({
                    "target": self.0.outcomes[outcome.index()].name,
                    "amount": amount.to_string(),
                    "unit": self.0.units[unit.index()].name,
                }),
            ),
            AttributeKind::NotFor(Purpose::Prerequisite) => ("not_for", json!("prerequisite")),
            AttributeKind::OnlyFor(Purpose::Prerequisite) => ("only_for", json!("prerequisite")),
        };
        object([(key, says), ("when", when)])
    }

    fn mark(&self, it: &Mark) -> Json {
        let scale = |id: ScaleId| &self.0.scales[id.index()];
        let named = |id: Option<ScaleId>| json!(id.map(|id| &scale(id).name));
        let (says, what, of) = match &it.kind {
            MarkKind::Fixed(value, of) => ("fixed", self.value(*value), named(*of)),
            MarkKind::Table(lookup, of) => ("table", self.lookup(lookup), named(*of)),
            MarkKind::Carried(subject, of, _) => ("carried", self.subject(*subject), named(*of)),
            MarkKind::Literal(text) => ("literal", json!(text), Json::Null),
            MarkKind::Declared(of, place) => {
                let mark = scale(*of).marks.get(*place as usize);
                ("declared", json!(mark.map(|mark| &mark.name)), named(Some(*of)))
            }
        };
        let map = match &it.kind {
            MarkKind::Carried(_, _, Some(map)) => json!(self.0.maps[map.index()].name),
            _ => Json::Null,
        };
        object([
            (says, what),
            ("scale", of),
            ("map", map),
            ("at_most", it.at_most.map_or(Json::Null, |value| self.value(value))),
            ("counts_as", self.counts_as(it.counts_as.as_ref())),
            ("outside_average", json!(it.outside_average)),
            ("under_source_name", json!(it.under_source_name)),
        ])
    }
}

pub(super) const fn order_name(order: Order) -> &'static str {
    match order {
        Order::AtLeast => "at_least",
        Order::AtMost => "at_most",
        Order::Over => "over",
        Order::Under => "under",
        Order::Same => "same",
        Order::Different => "different",
    }
}

/// Who holds a fact, and by which slot.
pub(super) const fn holder(of: Holder) -> (&'static str, Option<u32>) {
    match of {
        Holder::Source(slot) => ("source", Some(slot)),
        Holder::Each => ("each", None),
        Holder::Some => ("some", None),
        Holder::Total => ("total", None),
        Holder::Lowest => ("lowest", None),
        Holder::Latest => ("latest", None),
        Holder::Target => ("target", None),
        Holder::Learner => ("learner", None),
        Holder::Plan => ("plan", None),
        Holder::Request => ("request", None),
        Holder::Itself => ("itself", None),
    }
}

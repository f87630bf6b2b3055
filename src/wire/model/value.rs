//! Values, sets, types and domains.

use serde_json::{Value as Json, json};

use super::{Export, list, object};
use crate::model::{TypedDomain, ValueType};
use crate::quantity::{DateRange, Length, Ratio, Rounding};
use crate::space::{Axis, End, Interval, Numbers, Set, Shape, Value};

impl Export<'_> {
    pub(super) fn value(&self, value: Value) -> Json {
        match value {
            Value::Number(number) => json!({ "number": number.to_string() }),
            Value::Date(date) => json!({ "date": date.to_string() }),
            Value::Rank(rank) => json!({ "rank": rank }),
            Value::Symbol(symbol) => json!({ "name": self.symbol(symbol) }),
            Value::Bool(yes) => json!({ "yes": yes }),
            Value::Months(months) => json!({ "months": months }),
            Value::Days(days) => json!({ "days": days }),
            Value::None => json!("none"),
        }
    }

    fn symbol(&self, symbol: u32) -> &str {
        self.0.symbols.get(symbol as usize).map_or("", |name| name)
    }

    pub(super) fn set(&self, set: &Set) -> Json {
        Json::Array(set.intervals().flat_map(|stretch| self.stretch(stretch)).collect())
    }

    fn stretch(&self, stretch: Interval) -> Vec<Json> {
        match (stretch.axis, stretch.least, stretch.greatest) {
            (Axis::None, ..) => vec![json!("none")],
            (Axis::Symbol, least, greatest) => self.names(least, greatest),
            (Axis::Bool, ..) => {
                let values = Set::interval(stretch).values(2).unwrap_or_default();
                values.into_iter().map(|value| self.value(value)).collect()
            }
            (_, End::Closed(first), End::Closed(last)) if first == last => vec![self.value(first)],
            (axis, least, greatest) => {
                let end = |end, wanted| match end {
                    End::Closed(value) if wanted => self.value(value),
                    End::Open(value) if !wanted => self.value(value),
                    _ => Json::Null,
                };
                vec![object([
                    ("axis", json!(axis_name(axis))),
                    ("from", end(least, true)),
                    ("above", end(least, false)),
                    ("to", end(greatest, true)),
                    ("below", end(greatest, false)),
                ])]
            }
        }
    }

    /// Names are numbered in this program only: a stretch of numbers is written name by name, an endless one by what it lacks.
    fn names(&self, least: End, greatest: End) -> Vec<Json> {
        let place = |value| if let Value::Symbol(place) = value { place } else { 0 };
        let first = if let End::Closed(value) = least { place(value) } else { 0 };
        match greatest {
            End::Closed(last) => {
                let last = place(last);
                (first..=last).map(|symbol| self.value(Value::Symbol(symbol))).collect()
            }
            _ => {
                let before: Vec<&str> = (0..first).map(|symbol| self.symbol(symbol)).collect();
                vec![json!({ "axis": "name", "except": before })]
            }
        }
    }

    pub(super) fn value_type(&self, value_type: ValueType) -> Json {
        let model = self.0;
        let (is, of) = match value_type {
            ValueType::YesNo => ("yes_no", None),
            ValueType::List(id) => ("list", Some(&model.lists[id.index()].name)),
            ValueType::Scale(id) => ("scale", Some(&model.scales[id.index()].name)),
            ValueType::Number => ("number", None),
            ValueType::Credits(id) => ("credits", Some(&model.units[id.index()].name)),
            ValueType::ContactHours => ("contact_hours", None),
            ValueType::NotionalHours => ("notional_hours", None),
            ValueType::Share => ("share", None),
            ValueType::Date => ("date", None),
            ValueType::Months => ("months", None),
            ValueType::Days => ("days", None),
            ValueType::Hours => ("hours", None),
            ValueType::Name => ("name", None),
            ValueType::Outcome(kind) => ("outcome", kind.map(|id| &model.kinds[id.index()].name)),
            ValueType::Body(set) => ("body", set.map(|id| &model.sets[id.index()].name)),
            ValueType::Level(id) => ("level", Some(&model.frameworks[id.index()].name)),
        };
        object([("is", json!(is)), ("of", json!(of))])
    }

    pub(super) fn domains(&self, domains: &[TypedDomain]) -> Json {
        list(domains, |typed| {
            let (step, origin) = match typed.domain.shape {
                Shape::Number(numbers) => spacing(numbers),
                _ => (None, None),
            };
            object([
                ("type", self.value_type(typed.value_type)),
                ("values", self.set(&typed.domain.full_set())),
                ("step", ratio(step)),
                ("origin", ratio(origin)),
            ])
        })
    }
}

fn spacing(numbers: Numbers) -> (Option<Ratio>, Option<Ratio>) {
    (numbers.step(), numbers.step().map(|_| numbers.least().unwrap_or(Ratio::ZERO)))
}

const fn axis_name(axis: Axis) -> &'static str {
    match axis {
        Axis::Number => "number",
        Axis::Date => "date",
        Axis::Rank => "rank",
        Axis::Symbol => "name",
        Axis::Bool => "yes",
        Axis::Months => "months",
        Axis::Days => "days",
        Axis::None => "none",
    }
}

pub(super) fn ratio(number: Option<Ratio>) -> Json {
    number.map_or(Json::Null, |number| json!(number.to_string()))
}

pub(super) fn days(range: DateRange) -> Json {
    json!({ "first": range.first().to_string(), "last": range.last().to_string() })
}

pub(super) fn length(length: Length) -> Json {
    match length {
        Length::Months(months) => json!({ "months": months }),
        Length::Days(days) => json!({ "days": days }),
        Length::Hours(hours) => json!({ "hours": hours.to_string() }),
    }
}

pub(super) fn rounding(rounding: Option<Rounding>) -> Json {
    use crate::quantity::Mode;
    rounding.map_or(Json::Null, |Rounding { mode, step }| {
        let mode = match mode {
            Mode::Down => "down",
            Mode::Up => "up",
            Mode::HalfUp => "half_up",
            Mode::HalfDown => "half_down",
        };
        json!({ "mode": mode, "step": step.to_string() })
    })
}

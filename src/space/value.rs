//! The values that facts have, as small numbers: names, ranks and days are interned before they come here.

use std::fmt;

use crate::quantity::{Date, Ratio};

/// One value of a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Value {
    /// An amount, a mark, a count or a share.
    Number(Ratio),
    /// A day.
    Date(Date),
    /// A place in an ordered or plain list or on a named scale, counted from 0, worst to best.
    Rank(u32),
    /// An interned name: an outcome, a body, a programme, a text.
    Symbol(u32),
    /// Yes or no.
    Bool(bool),
    /// A length in months.
    Months(u32),
    /// A length in days.
    Days(u32),
    /// That there is no value, which is known and is not "not stated".
    None,
}

/// The kind of a value. Values of two axes are never equal, and none is better than the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Axis {
    /// [`Value::Number`]
    Number,
    /// [`Value::Date`]
    Date,
    /// [`Value::Rank`]
    Rank,
    /// [`Value::Symbol`]
    Symbol,
    /// [`Value::Bool`]
    Bool,
    /// [`Value::Months`]
    Months,
    /// [`Value::Days`]
    Days,
    /// [`Value::None`]
    None,
}

impl Value {
    /// Its kind.
    pub const fn axis(self) -> Axis {
        match self {
            Value::Number(_) => Axis::Number,
            Value::Date(_) => Axis::Date,
            Value::Rank(_) => Axis::Rank,
            Value::Symbol(_) => Axis::Symbol,
            Value::Bool(_) => Axis::Bool,
            Value::Months(_) => Axis::Months,
            Value::Days(_) => Axis::Days,
            Value::None => Axis::None,
        }
    }

    /// The number, if it is one.
    pub const fn number(self) -> Option<Ratio> {
        if let Value::Number(number) = self { Some(number) } else { None }
    }

    /// The day, if it is one.
    pub const fn date(self) -> Option<Date> {
        if let Value::Date(date) = self { Some(date) } else { None }
    }

    /// Whether this is [`Value::None`].
    pub const fn is_none(self) -> bool {
        matches!(self, Value::None)
    }

    /// Where the value lies on its axis.
    pub(super) fn place(self) -> Ratio {
        match self {
            Value::Number(number) => number,
            Value::Date(date) => Ratio::from(date.day_number()),
            Value::Rank(n) | Value::Symbol(n) | Value::Months(n) | Value::Days(n) => Ratio::from(n),
            Value::Bool(yes) => Ratio::from(u32::from(yes)),
            Value::None => Ratio::ZERO,
        }
    }
}

impl Axis {
    /// The value at a place of the axis; nothing where the axis has none.
    pub(super) fn value_at(self, place: Ratio) -> Option<Value> {
        let whole = || place.to_int();
        let index = || whole().and_then(|whole| u32::try_from(whole).ok());
        match self {
            Axis::Number => Some(Value::Number(place)),
            Axis::Date => {
                let day = whole().and_then(|whole| i32::try_from(whole).ok())?;
                Date::from_day_number(day).map(Value::Date)
            }
            Axis::Rank => index().map(Value::Rank),
            Axis::Symbol => index().map(Value::Symbol),
            Axis::Months => index().map(Value::Months),
            Axis::Days => index().map(Value::Days),
            Axis::Bool => match whole()? {
                0 => Some(Value::Bool(false)),
                1 => Some(Value::Bool(true)),
                _ => None,
            },
            Axis::None => place.is_zero().then_some(Value::None),
        }
    }
}

/// The bare value, for tests and traces; what people read is worded elsewhere.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Number(number) => write!(f, "{number}"),
            Value::Date(date) => write!(f, "{date}"),
            Value::Rank(rank) => write!(f, "rank {rank}"),
            Value::Symbol(symbol) => write!(f, "#{symbol}"),
            Value::Bool(true) => f.write_str("yes"),
            Value::Bool(false) => f.write_str("no"),
            Value::Months(months) => write!(f, "{months} months"),
            Value::Days(days) => write!(f, "{days} days"),
            Value::None => f.write_str("none"),
        }
    }
}

impl From<Ratio> for Value {
    fn from(number: Ratio) -> Value {
        Value::Number(number)
    }
}

impl From<Date> for Value {
    fn from(date: Date) -> Value {
        Value::Date(date)
    }
}

impl From<bool> for Value {
    fn from(yes: bool) -> Value {
        Value::Bool(yes)
    }
}

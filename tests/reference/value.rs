//! Values, sets and what is known of a fact, the plain way.
//!
//! How two sets lie is found by trying every value at which membership of either can change. Nothing is normalised.

use std::cmp::Ordering;

use num_rational::Ratio;
use serde_json::Value as Json;

/// An exact number.
pub type Q = Ratio<i128>;

/// Truth with a third value, in the order of the less true.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Truth {
    F,
    U,
    T,
}

impl Truth {
    pub fn not(self) -> Truth {
        match self {
            Truth::F => Truth::T,
            Truth::U => Truth::U,
            Truth::T => Truth::F,
        }
    }
}

/// One value.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum V {
    Num(Q),
    /// A day number.
    Date(i64),
    Rank(i64),
    Name(String),
    Yes(bool),
    Months(i64),
    Days(i64),
    None,
}

impl V {
    pub fn read(json: &Json) -> V {
        if json.as_str() == Some("none") {
            return V::None;
        }
        let (key, inner) = json.as_object().unwrap().iter().next().unwrap();
        match key.as_str() {
            "number" => V::Num(number(inner)),
            "date" => V::Date(day(inner.as_str().unwrap())),
            "rank" => V::Rank(inner.as_i64().unwrap()),
            "name" => V::Name(inner.as_str().unwrap().to_owned()),
            "yes" => V::Yes(inner.as_bool().unwrap()),
            "months" => V::Months(inner.as_i64().unwrap()),
            "days" => V::Days(inner.as_i64().unwrap()),
            other => panic!("a value of no known sort: {other}"),
        }
    }

    /// The value as a number, where it has an order.
    pub fn place(&self) -> Option<Q> {
        match self {
            V::Num(number) => Some(*number),
            V::Date(n) | V::Rank(n) | V::Months(n) | V::Days(n) => Some(Q::from_integer(i128::from(*n))),
            V::Name(_) | V::Yes(_) | V::None => None,
        }
    }

    fn sort(&self) -> &'static str {
        match self {
            V::Num(_) => "number",
            V::Date(_) => "date",
            V::Rank(_) => "rank",
            V::Name(_) => "name",
            V::Yes(_) => "yes",
            V::Months(_) => "months",
            V::Days(_) => "days",
            V::None => "none",
        }
    }

    fn at(sort: &str, place: Q) -> Option<V> {
        let whole = || place.is_integer().then(|| i64::try_from(place.to_integer()).unwrap());
        match sort {
            "number" => Some(V::Num(place)),
            "date" => whole().map(V::Date),
            "rank" => whole().filter(|n| *n >= 0).map(V::Rank),
            "months" => whole().filter(|n| *n >= 0).map(V::Months),
            "days" => whole().filter(|n| *n >= 0).map(V::Days),
            _ => None,
        }
    }
}

/// Reads `7`, `2.5`, `3/2`.
pub fn number(json: &Json) -> Q {
    let text = json.as_str().unwrap();
    parse(text)
}

pub fn parse(text: &str) -> Q {
    if let Some((over, under)) = text.split_once('/') {
        return Q::new(over.parse().unwrap(), under.parse().unwrap());
    }
    match text.split_once('.') {
        None => Q::from_integer(text.parse().unwrap()),
        Some((whole, rest)) => {
            let scale = 10i128.pow(u32::try_from(rest.len()).unwrap());
            Q::from_integer(whole.parse().unwrap()) + Q::new(rest.parse().unwrap(), scale)
        }
    }
}

/// Days since 1970-01-01 of an ISO date, by counting (no calendar library).
pub fn day(text: &str) -> i64 {
    let part = |range: std::ops::Range<usize>| text[range].parse::<i64>().unwrap();
    civil(part(0..4), part(5..7), part(8..10))
}

fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

pub fn month_length(year: i64, month: i64) -> i64 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

fn civil(year: i64, month: i64, day: i64) -> i64 {
    let before_year = |year: i64| {
        year * 365 + (year - 1).div_euclid(4) - (year - 1).div_euclid(100) + (year - 1).div_euclid(400)
    };
    let months: i64 = (1..month).map(|month| month_length(year, month)).sum();
    before_year(year) - before_year(1970) + months + day - 1
}

fn from_civil(days: i64) -> (i64, i64, i64) {
    let mut year = 1970 + days.div_euclid(366);
    while civil(year + 1, 1, 1) <= days {
        year += 1;
    }
    let mut month = 1;
    while month < 12 && civil(year, month + 1, 1) <= days {
        month += 1;
    }
    (year, month, days - civil(year, month, 1) + 1)
}

/// So many months later, the day clipped to the end of its month.
pub fn add_months(days: i64, months: i64) -> i64 {
    let (year, month, day) = from_civil(days);
    let count = year * 12 + month - 1 + months;
    let (year, month) = (count.div_euclid(12), count.rem_euclid(12) + 1);
    civil(year, month, day.min(month_length(year, month)))
}

/// The days of a month written `2025-08`, or one day.
pub fn days_of(text: &str) -> (i64, i64) {
    if text.len() == 7 {
        let (year, month): (i64, i64) = (text[0..4].parse().unwrap(), text[5..7].parse().unwrap());
        (civil(year, month, 1), civil(year, month, month_length(year, month)))
    } else {
        (day(text), day(text))
    }
}

/// A piece of a set.
#[derive(Clone, Debug)]
pub enum Piece {
    One(V),
    Span { sort: String, least: Option<(Q, bool)>, greatest: Option<(Q, bool)> },
    NamesBut(Vec<String>),
}

/// A set of values.
#[derive(Clone, Debug, Default)]
pub struct Set(pub Vec<Piece>);

impl Set {
    pub fn read(json: &Json) -> Set {
        let mut pieces = Vec::new();
        for piece in json.as_array().map_or(&[][..], Vec::as_slice) {
            let Some(sort) = piece.get("axis").and_then(Json::as_str) else {
                pieces.push(Piece::One(V::read(piece)));
                continue;
            };
            if let Some(but) = piece.get("except") {
                let names = but.as_array().unwrap().iter().map(|name| name.as_str().unwrap().to_owned());
                pieces.push(Piece::NamesBut(names.collect()));
                continue;
            }
            let end = |closed: &str, open: &str| {
                let at = |key: &str| piece.get(key).map(|value| V::read(value).place().unwrap());
                at(closed).map(|at| (at, true)).or_else(|| at(open).map(|at| (at, false)))
            };
            pieces.push(Piece::Span {
                sort: sort.to_owned(),
                least: end("from", "above"),
                greatest: end("to", "below"),
            });
        }
        Set(pieces)
    }

    pub fn one(value: V) -> Set {
        Set(vec![Piece::One(value)])
    }

    pub fn between(sort: &str, first: Option<Q>, last: Option<Q>) -> Set {
        if let Some(only) = first.filter(|_| first == last) {
            return Set::one(V::at(sort, only).unwrap());
        }
        let closed = |end: Option<Q>| end.map(|at| (at, true));
        Set(vec![Piece::Span { sort: sort.to_owned(), least: closed(first), greatest: closed(last) }])
    }

    pub fn contains(&self, value: &V) -> bool {
        self.0.iter().any(|piece| match piece {
            Piece::One(one) => one == value,
            Piece::NamesBut(but) => matches!(value, V::Name(name) if !but.contains(name)),
            Piece::Span { sort, least, greatest } => {
                value.sort() == sort
                    && value.place().is_some_and(|at| {
                        least.is_none_or(|(end, closed)| at > end || closed && at == end)
                            && greatest.is_none_or(|(end, closed)| at < end || closed && at == end)
                    })
            }
        })
    }

    pub fn with(mut self, value: V) -> Set {
        if !self.contains(&value) {
            self.0.push(Piece::One(value));
        }
        self
    }

    pub fn without_none(&self) -> Set {
        Set(self.0.iter().filter(|piece| !matches!(piece, Piece::One(V::None))).cloned().collect())
    }

    /// Values at and around every end: between two neighbours of them membership does not change.
    fn marks(&self, out: &mut Vec<V>, lattice: Option<(Q, Q)>) {
        let one = Q::from_integer(1);
        for piece in &self.0 {
            match piece {
                Piece::One(V::Num(at)) => around("number", *at, lattice, out),
                Piece::One(value) => {
                    out.push(value.clone());
                    if let Some(at) = value.place() {
                        out.extend(V::at(value.sort(), at - one));
                        out.extend(V::at(value.sort(), at + one));
                    }
                    if matches!(value, V::Name(_)) {
                        out.push(V::Name("\u{1}some other name".into()));
                    }
                    if matches!(value, V::Yes(_)) {
                        out.extend([V::Yes(true), V::Yes(false)]);
                    }
                }
                Piece::NamesBut(but) => {
                    out.extend(but.iter().cloned().map(V::Name));
                    out.push(V::Name("\u{1}some other name".into()));
                }
                Piece::Span { sort, least, greatest } => {
                    for (end, _) in least.iter().chain(greatest) {
                        around(sort, *end, lattice, out);
                    }
                    if least.is_none() && greatest.is_none() {
                        around(sort, Q::from_integer(0), lattice, out);
                    }
                }
            }
        }
    }
}

fn around(sort: &str, end: Q, lattice: Option<(Q, Q)>, out: &mut Vec<V>) {
    let one = Q::from_integer(1);
    if sort == "number" {
        if let Some((step, origin)) = lattice {
            let below = ((end - origin) / step).floor() * step + origin;
            for at in [below - step, below, below + step, below + step + step] {
                out.push(V::Num(at));
            }
        } else {
            let bit = Q::new(1, 1_000_003);
            out.extend([end - bit, end, end + bit].map(V::Num));
        }
        return;
    }
    for at in [end - one, end, end + one] {
        out.extend(V::at(sort, at));
    }
}

/// What is known of a fact: the values it may have.
#[derive(Clone, Debug)]
pub struct Known {
    pub set: Set,
    /// Numbers lie on `origin + n · step`.
    pub lattice: Option<(Q, Q)>,
    /// The catalogue says that it is not published.
    pub unpublished: bool,
}

impl Known {
    pub fn one(value: V) -> Known {
        Known { set: Set::one(value), lattice: None, unpublished: false }
    }

    pub fn of(set: Set) -> Known {
        Known { set, lattice: None, unpublished: false }
    }

    pub fn value(&self) -> Option<&V> {
        match self.set.0.as_slice() {
            [Piece::One(value)] => Some(value),
            _ => None,
        }
    }

    /// Every value that can matter to a question with these sets: members of what is known only.
    pub fn trials(&self, asked: &[&Set]) -> Vec<V> {
        if let Some(value) = self.value() {
            return vec![value.clone()];
        }
        let mut out = Vec::new();
        self.set.marks(&mut out, self.lattice);
        for set in asked {
            set.marks(&mut out, self.lattice);
        }
        out.sort_by(|a, b| a.partial_cmp(b).unwrap_or(Ordering::Equal));
        out.dedup();
        out.retain(|value| self.may_be(value));
        out
    }

    fn may_be(&self, value: &V) -> bool {
        let on_step = match (value, self.lattice) {
            (V::Num(at), Some((step, origin))) => ((at - origin) / step).is_integer(),
            _ => true,
        };
        on_step && self.set.contains(value)
    }

    /// Whether it is one of these.
    pub fn test(&self, set: &Set) -> Truth {
        self.passes(&[set], &|value| set.contains(value))
    }

    /// Whether it passes a test that asks nothing but these sets.
    pub fn passes(&self, asked: &[&Set], test: &dyn Fn(&V) -> bool) -> Truth {
        let trials = self.trials(asked);
        let inside = trials.iter().filter(|value| test(value)).count();
        if trials.is_empty() {
            Truth::U
        } else if inside == trials.len() {
            Truth::T
        } else if inside == 0 {
            Truth::F
        } else {
            Truth::U
        }
    }

    /// What remains of it inside a set; nothing where the two exclude each other.
    pub fn narrowed(&self, to: &Set) -> Option<Known> {
        if let Some(value) = self.value() {
            return to.contains(value).then(|| self.clone());
        }
        if let [Piece::One(value)] = to.0.as_slice() {
            return self.may_be(value).then(|| Known::one(value.clone()));
        }
        let mut pieces = Vec::new();
        for ours in &self.set.0 {
            for theirs in &to.0 {
                pieces.extend(both(ours, theirs));
            }
        }
        let known = Known { set: Set(pieces), ..self.clone() };
        (!known.trials(&[]).is_empty()).then_some(known)
    }

    /// Least and greatest value as numbers, open ends as nothing; `None` aside.
    pub fn ends(&self) -> (Option<Q>, Option<Q>) {
        let mut least: Option<Option<Q>> = None;
        let mut greatest: Option<Option<Q>> = None;
        for piece in &self.set.0 {
            let (low, high) = match piece {
                Piece::One(value) => match value.place() {
                    Some(at) => (Some(at), Some(at)),
                    None => continue,
                },
                Piece::Span { least, greatest, .. } => (least.map(|end| end.0), greatest.map(|end| end.0)),
                Piece::NamesBut(_) => continue,
            };
            least = Some(least.map_or(low, |now| now.zip(low).map(|(a, b)| a.min(b))));
            greatest = Some(greatest.map_or(high, |now| now.zip(high).map(|(a, b)| a.max(b))));
        }
        (least.flatten(), greatest.flatten())
    }

    pub fn may_be_none(&self) -> bool {
        self.set.contains(&V::None)
    }

    pub fn is_none(&self) -> bool {
        self.value() == Some(&V::None)
    }
}

fn both(a: &Piece, b: &Piece) -> Option<Piece> {
    match (a, b) {
        (Piece::One(value), other) | (other, Piece::One(value)) => {
            Set(vec![other.clone()]).contains(value).then(|| Piece::One(value.clone()))
        }
        (Piece::Span { sort, least, greatest }, Piece::Span { sort: other, least: low, greatest: high })
            if sort == other =>
        {
            let more = |x: Option<(Q, bool)>, y: Option<(Q, bool)>| match (x, y) {
                (Some(x), Some(y)) => Some(if x.0 > y.0 || x.0 == y.0 && !x.1 { x } else { y }),
                (x, y) => x.or(y),
            };
            let less = |x: Option<(Q, bool)>, y: Option<(Q, bool)>| match (x, y) {
                (Some(x), Some(y)) => Some(if x.0 < y.0 || x.0 == y.0 && !x.1 { x } else { y }),
                (x, y) => x.or(y),
            };
            let (least, greatest) = (more(*least, *low), less(*greatest, *high));
            match (least, greatest) {
                (Some(l), Some(g)) if l.0 > g.0 => None,
                (Some(l), Some(g)) if l.0 == g.0 => {
                    (l.1 && g.1).then(|| Piece::One(V::at(sort, l.0).unwrap()))
                }
                _ => Some(Piece::Span { sort: sort.clone(), least, greatest }),
            }
        }
        (Piece::NamesBut(a), Piece::NamesBut(b)) => {
            Some(Piece::NamesBut(a.iter().chain(b).cloned().collect()))
        }
        _ => None,
    }
}

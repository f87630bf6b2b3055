//! Maps of marks, the plain way: every mark that a grade may be is looked up, and what is not on the scale after is not named.

use std::cmp::Ordering;

use serde_json::Value as Json;

use super::amount::round;
use super::value::{Known, Q, Set, V, number};

/// A scale of marks: from the worst to the best on its step, or by the ranks of its names.
#[derive(Clone, Debug)]
pub struct Scale {
    pub numeric: Option<(Q, Q, Option<Q>)>,
    pub ranks: i64,
    pub pass: Option<V>,
}

#[derive(Clone, Debug)]
pub struct Map {
    pub to: String,
    /// What the best mark and the worst that passes become.
    pub linear: Option<(Q, Q)>,
    pub rows: Vec<(Set, Mapped)>,
    pub below_pass: Option<Mapped>,
    pub otherwise: Mapped,
    pub rounding: Option<Rounding>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Mapped {
    Mark(V),
    None,
    NotStated,
}

#[derive(Clone, Debug)]
pub enum Rounding {
    To(String, Q),
    NextBetter,
}

impl Scale {
    pub fn read(json: &Json) -> Scale {
        let ends = json.get("worst").zip(json.get("best"));
        let step = json.get("step").map(number);
        Scale {
            numeric: ends.map(|(worst, best)| (number(worst), number(best), step)),
            ranks: json
                .get("ranks")
                .and_then(Json::as_array)
                .map_or(0, |ranks| i64::try_from(ranks.len()).unwrap()),
            pass: json.get("pass").map(V::read),
        }
    }

    fn falls(&self) -> bool {
        self.numeric.is_some_and(|(worst, best, _)| worst > best)
    }

    /// Every mark, where they can be counted.
    fn marks(&self) -> Option<Vec<V>> {
        let Some((worst, best, step)) = self.numeric else {
            return Some((0..self.ranks).map(V::Rank).collect());
        };
        let (low, high, step) = (worst.min(best), worst.max(best), step?);
        let mut marks = Vec::new();
        let mut at = low;
        while at <= high {
            marks.push(V::Num(at));
            at += step;
        }
        Some(marks)
    }

    fn has(&self, mark: &V) -> bool {
        match (mark, self.numeric) {
            (V::Num(at), Some((worst, best, step))) => {
                let (low, high) = (worst.min(best), worst.max(best));
                low <= *at && *at <= high && step.is_none_or(|step| ((*at - low) / step).is_integer())
            }
            (V::Rank(rank), None) => (0..self.ranks).contains(rank),
            _ => false,
        }
    }

    /// The order of better: greater is better, unless the scale falls.
    fn order(&self, one: &V, other: &V) -> Option<Ordering> {
        let order = one.place()?.cmp(&other.place()?);
        Some(if self.falls() { order.reverse() } else { order })
    }
}

impl Map {
    pub fn read(json: &Json) -> Map {
        let mapped = |json: &Json| match json.as_str() {
            Some("none") => Mapped::None,
            Some(_) => Mapped::NotStated,
            None => Mapped::Mark(V::read(json)),
        };
        Map {
            to: json["to"].as_str().unwrap().to_owned(),
            linear: json.get("linear").map(|of| (number(&of["best"]), number(&of["pass"]))),
            rows: json.get("rows").and_then(Json::as_array).map_or_else(Vec::new, |rows| {
                rows.iter().map(|row| (Set::read(&row["marks"]), mapped(&row["to"]))).collect()
            }),
            below_pass: json.get("below_pass").map(mapped),
            otherwise: json.get("otherwise").map_or(Mapped::NotStated, mapped),
            rounding: json.get("rounding").map(|of| match of.as_str() {
                Some(_) => Rounding::NextBetter,
                None => Rounding::To(of["mode"].as_str().unwrap().to_owned(), number(&of["step"])),
            }),
        }
    }

    fn one(&self, mark: &V, from: &Scale, to: &Scale) -> Mapped {
        if let (Some(below), Some(pass)) = (&self.below_pass, &from.pass)
            && from.order(mark, pass) == Some(Ordering::Less)
        {
            return below.clone();
        }
        let Some((best, pass)) = self.linear else {
            let row = self.rows.iter().find(|(marks, _)| marks.contains(mark));
            return row.map_or_else(|| self.otherwise.clone(), |(_, to)| to.clone());
        };
        // On the line through (pass, pass) and (best, best).
        let (V::Num(at), Some(V::Num(passes)), Some((_, top, _))) = (mark, &from.pass, from.numeric) else {
            return Mapped::NotStated;
        };
        let exact = pass + (at - passes) * (best - pass) / (top - passes);
        let comes = match (&self.rounding, to.numeric) {
            (Some(Rounding::To(mode, step)), _) => round(exact, mode, *step),
            (Some(Rounding::NextBetter), Some((_, _, Some(step)))) => {
                let steps = exact / step;
                (if to.falls() { steps.floor() } else { steps.ceil() }) * step
            }
            _ => exact,
        };
        if to.has(&V::Num(comes)) { Mapped::Mark(V::Num(comes)) } else { self.otherwise.clone() }
    }

    /// The marks that what is known of a mark may become: any where the text does not say, or nothing is known.
    pub fn all(&self, known: &Known, from: &Scale, to: &Scale) -> Vec<V> {
        let before = from.marks().unwrap_or_default();
        let may =
            before.iter().filter(|mark| known.value().map_or(known.set.contains(mark), |only| only == *mark));
        let after: Vec<Mapped> = may.map(|mark| self.one(mark, from, to)).collect();
        let open = after.is_empty() || after.contains(&Mapped::NotStated);
        let mut marks: Vec<V> = if open {
            to.marks().unwrap()
        } else {
            after
                .into_iter()
                .map(|mapped| if let Mapped::Mark(mark) = mapped { mark } else { V::None })
                .collect()
        };
        sort(&mut marks);
        marks
    }
}

/// No better than a mark of the scale.
pub fn capped(mut marks: Vec<V>, most: Option<&V>, to: &Scale) -> Vec<V> {
    if let Some(most) = most {
        for mark in &mut marks {
            if to.order(mark, most) == Some(Ordering::Greater) {
                *mark = most.clone();
            }
        }
    }
    sort(&mut marks);
    marks
}

fn sort(marks: &mut Vec<V>) {
    marks.sort_by(|a, b| a.partial_cmp(b).unwrap_or(Ordering::Equal));
    marks.dedup();
}

//! A dual simplex in floating point that says where to look: which multipliers may prove a bound, which column to split, which whole
//! point to try.
//!
//! It never decides. All it gives are whole numbers, and whoever asks proves them in integers before they are used: a bound by adding
//! rows up, a point by trying every row. The one idea: from the basis of slacks, with all columns between bounds, a start that is
//! optimal for its costs always exists, and a changed bound keeps it so; a search goes on from where it stands.

#![allow(clippy::float_arithmetic, reason = "hints only: nothing they say is used unproved")]

mod rounding;

use super::program::Program;
use crate::certificate::SCALE;

/// A basic value this far outside its bounds is outside.
const OUTSIDE: f64 = 1e-7;
/// A pivot smaller than this is none.
const PIVOT: f64 = 1e-7;
/// How far factors are moved, at least.
const TILT: f64 = 2e-5;
/// A value this near to a whole number is whole.
const WHOLE: f64 = 1e-6;

/// Where the simplex came to rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rest {
    /// An optimum of the relaxation, or a bound below what was asked.
    Bounded,
    /// This row cannot be kept.
    Clash(usize),
    /// It gave up.
    Stuck,
}

/// On which side a column may be rounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Down,
    Up,
    Nearest,
}

/// A dictionary: basic variables as sums of the others. Variables are columns first, then the slack of each row.
pub(super) struct Hint {
    /// By own column, that of the programme.
    columns: Vec<u32>,
    /// By own row, that of the programme.
    rows: Vec<u32>,
    sparse: Vec<Vec<(usize, f64)>>,
    most: Vec<f64>,
    gone: Vec<bool>,
    goal: Vec<f64>,
    table: Vec<f64>,
    value: Vec<f64>,
    /// By row, the square of the length of its factors: how much a step along it changes.
    length: Vec<f64>,
    cost: Vec<f64>,
    basic: Vec<usize>,
    outer: Vec<usize>,
    at: Vec<Where>,
    lower: Vec<f64>,
    upper: Vec<f64>,
    high: Vec<bool>,
    plus: f64,
    /// How many pivots were made, those of large tables counted more than once.
    pub(super) pivots: u64,
}

#[derive(Clone, Copy, Debug)]
enum Where {
    Basic(usize),
    Outer(usize),
    /// The slack of a row that was dropped.
    Gone,
}

#[allow(clippy::cast_precision_loss, reason = "a hint")]
fn float(number: i64) -> f64 {
    number as f64
}

#[allow(clippy::cast_possible_truncation, reason = "clamped first")]
fn whole(number: f64) -> i64 {
    if number.is_finite() { number.round().clamp(-1e17, 1e17) as i64 } else { 0 }
}

fn squares(of: &[f64]) -> f64 {
    let mut sums = [0.0; 4];
    let mut parts = of.chunks_exact(4);
    for part in &mut parts {
        for (sum, one) in sums.iter_mut().zip(part) {
            *sum += one * one;
        }
    }
    sums.iter().sum::<f64>() + parts.remainder().iter().map(|one| one * one).sum::<f64>()
}

impl Hint {
    /// The relaxation of a programme between bounds; columns that are settled and rows that cannot be broken are left out.
    pub(super) fn new(program: &Program, objective: &[i64], lower: &[i64], upper: &[i64]) -> Self {
        let mut own = vec![usize::MAX; lower.len()];
        let mut columns = Vec::new();
        for (at, (low, high)) in lower.iter().zip(upper).enumerate() {
            if low < high {
                own[at] = columns.len();
                columns.push(u32::try_from(at).unwrap_or(u32::MAX));
            }
        }
        let (mut rows, mut sparse, mut most, mut equal) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for (at, row) in program.rows.iter().enumerate() {
            let (mut settled, mut reach) = (0i128, 0i128);
            let mut entries = Vec::new();
            for &(column, by) in &row.entries {
                let here = column as usize;
                if own[here] == usize::MAX {
                    settled += i128::from(by) * i128::from(lower[here]);
                } else {
                    let bound = if by > 0 { upper[here] } else { lower[here] };
                    reach += i128::from(by) * i128::from(bound);
                    entries.push((own[here], float(by)));
                }
            }
            if !row.asleep && (row.equal || settled + reach > i128::from(row.at_most)) {
                rows.push(u32::try_from(at).unwrap_or(u32::MAX));
                let left = i128::from(row.at_most) - settled;
                most.push(float(i64::try_from(left).unwrap_or(if left > 0 { i64::MAX } else { i64::MIN })));
                sparse.push(entries);
                equal.push(row.equal);
            }
        }
        let goal: Vec<f64> = columns.iter().map(|column| float(objective[*column as usize])).collect();
        let plus: f64 = (0..lower.len())
            .filter(|at| own[*at] == usize::MAX)
            .map(|at| float(objective[at]) * float(lower[at]))
            .sum();
        let mut low: Vec<f64> = columns.iter().map(|column| float(lower[*column as usize])).collect();
        let mut high: Vec<f64> = columns.iter().map(|column| float(upper[*column as usize])).collect();
        low.extend(equal.iter().map(|_| 0.0));
        high.extend(equal.iter().map(|equal| if *equal { 0.0 } else { f64::INFINITY }));
        let mut hint = Self {
            columns,
            rows,
            sparse,
            gone: vec![false; most.len()],
            most,
            goal,
            table: Vec::new(),
            value: Vec::new(),
            length: Vec::new(),
            cost: Vec::new(),
            basic: Vec::new(),
            outer: Vec::new(),
            at: Vec::new(),
            lower: low,
            upper: high,
            high: Vec::new(),
            plus,
            pivots: 0,
        };
        hint.reset();
        hint
    }

    /// The basis of slacks, each column at the bound that its cost likes.
    fn reset(&mut self) {
        let size = self.columns.len();
        let kept: Vec<usize> = (0..self.rows.len()).filter(|row| !self.gone[*row]).collect();
        self.table = vec![0.0; size * kept.len()];
        for (at, row) in kept.iter().enumerate() {
            for &(column, by) in &self.sparse[*row] {
                self.table[at * size + column] = by;
            }
        }
        self.length =
            (0..kept.len()).map(|at| 1.0 + squares(&self.table[at * size..(at + 1) * size])).collect();
        self.cost = self.tilted();
        self.basic = kept.iter().map(|row| size + row).collect();
        self.outer = (0..size).collect();
        self.at = (0..size).map(Where::Outer).chain(self.rows.iter().map(|_| Where::Gone)).collect();
        for (at, row) in kept.iter().enumerate() {
            self.at[size + row] = Where::Basic(at);
        }
        self.high = self.goal.iter().map(|goal| *goal > 0.0).chain(self.rows.iter().map(|_| false)).collect();
        self.settle();
    }

    /// The objective with each factor moved a little, by its place, so that ties between columns, of which there would be many, are
    /// none. Bounds are proved of the objective itself.
    fn tilted(&self) -> Vec<f64> {
        let each = self.goal.iter().enumerate().map(|(at, goal)| {
            let part = (at as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 44;
            let little = TILT * (1.0 + float(i64::try_from(part).unwrap_or(0)) / 1_048_576.0);
            if *goal > 0.0 { goal + little } else { goal - little }
        });
        each.collect()
    }

    /// Where a variable outside the basis stands.
    fn stands(&self, variable: usize) -> f64 {
        if self.high[variable] { self.upper[variable] } else { self.lower[variable] }
    }

    /// The basic values anew, from the rows as they were given.
    fn settle(&mut self) {
        // From the table: value = what the row comes to with all outer variables where they stand. The right sides are kept in
        // the rows as given, so they are carried through the slacks.
        let size = self.columns.len();
        let mut right = vec![0.0; self.basic.len()];
        for (row, right) in right.iter_mut().enumerate() {
            // A basic variable plus its outer ones equals a sum of right sides: each slack brings its own.
            let mut sum = 0.0;
            if self.basic[row] >= size {
                sum += self.most[self.basic[row] - size];
            }
            for (column, variable) in self.outer.iter().enumerate() {
                if *variable >= size {
                    sum += self.table[row * size + column] * self.most[*variable - size];
                }
                sum -= self.table[row * size + column] * self.stands(*variable);
            }
            *right = sum;
        }
        self.value = right;
    }

    /// Pivots back to the basis that stands, from the slacks: what has drifted is gone.
    pub(super) fn rebuild(&mut self) {
        let size = self.columns.len();
        let wanted: Vec<usize> = self.basic.iter().copied().filter(|variable| *variable < size).collect();
        let keep: Vec<bool> =
            (0..self.at.len()).map(|variable| matches!(self.at[variable], Where::Basic(_))).collect();
        let high = self.high.clone();
        self.reset();
        for variable in wanted {
            let Where::Outer(column) = self.at[variable] else { continue };
            let mut best = (PIVOT, usize::MAX);
            for row in 0..self.basic.len() {
                let by = self.table[row * size + column].abs();
                if !keep[self.basic[row]] && by > best.0 {
                    best = (by, row);
                }
            }
            if best.1 != usize::MAX {
                self.exchange(best.1, column);
            }
        }
        for (variable, was) in high.into_iter().enumerate() {
            if let Where::Outer(column) = self.at[variable] {
                let cost = self.cost[column];
                let wants = if cost.abs() > 1e-9 { cost > 0.0 } else { was };
                self.high[variable] = wants && self.upper[variable].is_finite();
            }
        }
        self.settle();
    }

    /// New bounds of a column of the programme.
    pub(super) fn bounds(&mut self, column: u32, low: i64, high: i64) {
        let Ok(variable) = self.columns.binary_search(&column) else { return };
        let before = self.stands(variable);
        self.lower[variable] = float(low);
        self.upper[variable] = float(high);
        if let Where::Outer(column) = self.at[variable] {
            let change = self.stands(variable) - before;
            self.shift(column, change);
        }
    }

    fn shift(&mut self, column: usize, change: f64) {
        if change != 0.0 {
            let size = self.columns.len();
            for (row, value) in self.value.iter_mut().enumerate() {
                *value -= self.table[row * size + column] * change;
            }
        }
    }

    /// What the relaxation comes to.
    fn reach(&self) -> f64 {
        let size = self.columns.len();
        let mut reach = self.plus;
        for (variable, goal) in self.goal.iter().enumerate() {
            reach += goal
                * match self.at[variable] {
                    Where::Basic(row) => self.value[row],
                    Where::Outer(_) | Where::Gone => self.stands(variable),
                };
        }
        debug_assert!(size == self.goal.len());
        reach
    }

    /// Goes on to the optimum of the relaxation, or until it is surely below what would be better.
    pub(super) fn solve(&mut self, better: i64, budget: u64) -> Rest {
        let size = self.columns.len();
        let enough = float(better) - 1e-4;
        let stop = self.pivots.saturating_add((20 * (size + self.basic.len()) as u64).min(budget));
        let mut turns = 0u32;
        loop {
            let (mut worst, mut most) = ((0.0, usize::MAX, false), 0.0);
            for (row, value) in self.value.iter().enumerate() {
                let variable = self.basic[row];
                let (under, over) = (self.lower[variable] - value, value - self.upper[variable]);
                let far = under.max(over);
                if far > OUTSIDE && far * far > most * self.length[row] {
                    most = far * far / self.length[row];
                    worst = (far, row, over > under);
                }
            }
            let (amount, row, over) = worst;
            if row == usize::MAX {
                return Rest::Bounded;
            }
            if self.pivots >= stop {
                return Rest::Stuck;
            }
            turns += 1;
            if turns.is_multiple_of(8) && self.reach() < enough {
                return Rest::Bounded;
            }
            let Some(column) = self.enter(row, over, amount) else { return Rest::Clash(row) };
            self.pivot(row, column, over);
        }
    }

    /// Which variable takes the place of a row's basic one: the first whose cost would change its sign, after all that may as well
    /// stand at their other bound.
    fn enter(&mut self, row: usize, over: bool, amount: f64) -> Option<usize> {
        let size = self.columns.len();
        let line = &self.table[row * size..(row + 1) * size];
        let mut could: Vec<(f64, usize)> = Vec::new();
        for (column, &by) in line.iter().enumerate() {
            let variable = self.outer[column];
            if by.abs() > PIVOT
                && self.lower[variable] < self.upper[variable]
                && (by > 0.0) == (over != self.high[variable])
            {
                could.push((self.cost[column].abs() / by.abs(), column));
            }
        }
        could.sort_unstable_by(|one, other| {
            let size = |column: usize| line[column].abs();
            one.0.total_cmp(&other.0).then(size(other.1).total_cmp(&size(one.1))).then(one.1.cmp(&other.1))
        });
        let mut left = amount;
        let mut flips = Vec::new();
        let mut chosen = None;
        for (nth, &(ratio, column)) in could.iter().enumerate() {
            let variable = self.outer[column];
            let room = (self.upper[variable] - self.lower[variable]) * line[column].abs();
            if left - room > OUTSIDE && nth + 1 < could.len() {
                left -= room;
                flips.push(column);
                continue;
            }
            // Of those that are as near, the largest pivot.
            let near = could[nth..].iter().take_while(|other| other.0 <= ratio + 1e-9);
            let best = near.max_by(|one, other| {
                line[one.1].abs().total_cmp(&line[other.1].abs()).then(other.1.cmp(&one.1))
            });
            chosen = best.map(|best| best.1);
            break;
        }
        let chosen = chosen?;
        for column in flips {
            let variable = self.outer[column];
            let before = self.stands(variable);
            self.high[variable] = !self.high[variable];
            let change = self.stands(variable) - before;
            self.shift(column, change);
        }
        Some(chosen)
    }

    fn pivot(&mut self, row: usize, column: usize, over: bool) {
        let size = self.columns.len();
        let (leaves, enters) = (self.basic[row], self.outer[column]);
        let bound = if over { self.upper[leaves] } else { self.lower[leaves] };
        let step = (self.value[row] - bound) / self.table[row * size + column];
        let start = self.stands(enters);
        self.shift(column, step);
        self.high[leaves] = over;
        self.exchange(row, column);
        self.value[row] = start + step;
    }

    /// The exchange itself: a variable of the basis for one outside it. Values are the caller's.
    fn exchange(&mut self, row: usize, column: usize) {
        let size = self.columns.len();
        // A pivot of a very large table is as much work as several.
        self.pivots += 1 + (self.table.len() as u64 >> 18);
        let by = 1.0 / self.table[row * size + column];
        let mut line: Vec<f64> = self.table[row * size..(row + 1) * size].to_vec();
        for entry in &mut line {
            *entry *= by;
        }
        line[column] = by;
        let filled: Vec<usize> = (0..size).filter(|at| line[*at] != 0.0).collect();
        let dense = filled.len() * 3 > size;
        for ((other, target), length) in self.table.chunks_exact_mut(size).enumerate().zip(&mut self.length) {
            if other == row {
                target.copy_from_slice(&line);
                *length = 1.0 + squares(&line);
                continue;
            }
            let factor = target[column];
            if factor == 0.0 {
                continue;
            }
            target[column] = 0.0;
            if dense {
                for (entry, part) in target.iter_mut().zip(&line) {
                    *entry -= factor * part;
                }
            } else {
                for &at in &filled {
                    target[at] -= factor * line[at];
                }
            }
            *length = 1.0 + squares(target);
        }
        let factor = self.cost[column];
        self.cost[column] = 0.0;
        if factor != 0.0 {
            for &at in &filled {
                self.cost[at] -= factor * line[at];
            }
        }
        let (leaves, enters) = (self.basic[row], self.outer[column]);
        self.basic[row] = enters;
        self.outer[column] = leaves;
        self.at[enters] = Where::Basic(row);
        self.at[leaves] = Where::Outer(column);
    }

    /// What the relaxation suggests as multipliers: rows of the programme, in parts of [`SCALE`].
    pub(super) fn multipliers(&self) -> Vec<(u32, i64)> {
        let size = self.columns.len();
        let outer = self.outer.iter().enumerate().filter(|(_, variable)| **variable >= size);
        let each = outer.map(|(column, variable)| {
            (self.rows[*variable - size], whole(-self.cost[column] * float(SCALE)))
        });
        let mut multipliers: Vec<(u32, i64)> = each.filter(|(_, by)| *by != 0).collect();
        multipliers.sort_unstable();
        multipliers
    }

    /// What may show that a row cannot be kept.
    pub(super) fn clash(&self, row: usize) -> Vec<(u32, i64)> {
        let size = self.columns.len();
        let basic = self.basic[row];
        let sign = if self.value[row] < self.lower[basic] { 1.0 } else { -1.0 };
        let mut multipliers = Vec::new();
        if basic >= size {
            multipliers.push((self.rows[basic - size], whole(sign * float(SCALE))));
        }
        for (column, variable) in self.outer.iter().enumerate() {
            if *variable >= size {
                let by = whole(sign * self.table[row * size + column] * float(SCALE));
                multipliers.push((self.rows[*variable - size], by));
            }
        }
        multipliers.retain(|(_, by)| *by != 0);
        multipliers.sort_unstable();
        multipliers
    }

    fn now(&self, variable: usize) -> f64 {
        match self.at[variable] {
            Where::Basic(row) => self.value[row],
            Where::Outer(_) | Where::Gone => self.stands(variable),
        }
    }

    /// Writes a whole value of each column into a point of the programme: the nearest, or the one on the side on which no row can
    /// break.
    pub(super) fn rounded(&self, side: &[Side], point: &mut [i64]) {
        for (variable, column) in self.columns.iter().enumerate() {
            let now = self.now(variable);
            let near = (now - now.round()).abs() < WHOLE;
            let to = match side.get(*column as usize) {
                Some(Side::Down) if !near => now.floor(),
                Some(Side::Up) if !near => now.ceil(),
                _ => now,
            };
            point[*column as usize] = whole(to);
        }
    }

    /// The column to split, the whole number below it, and whether the one above is to be searched first: of those that are made
    /// or not made the one that is nearest to made, else the one farthest from whole.
    pub(super) fn fraction(&self) -> Option<(u32, i64, bool)> {
        let mut best: Option<(f64, u32, f64)> = None;
        for (variable, column) in self.columns.iter().enumerate() {
            let now = self.now(variable);
            let part = now - now.floor();
            let far = (now - now.round()).abs();
            if far <= WHOLE {
                continue;
            }
            let single = self.upper[variable] - self.lower[variable] < 1.5;
            let score = if single { 1.0 + part } else { far };
            if best.is_none_or(|(most, ..)| score > most + 1e-9) {
                best = Some((score, *column, now));
            }
        }
        best.map(|(score, column, now)| (column, whole(now.floor()), score > 1.0 || now - now.floor() > 0.5))
    }

    /// The columns that stand at a bound at a price: what fixing them may be worth.
    pub(super) fn priced(&self) -> Vec<u32> {
        let size = self.columns.len();
        let outer = self.outer.iter().enumerate().filter(|(_, variable)| **variable < size);
        let priced = outer.filter(|(column, variable)| {
            self.cost[*column].abs() > WHOLE && self.lower[**variable] < self.upper[**variable]
        });
        let mut columns: Vec<u32> = priced.map(|(_, variable)| self.columns[*variable]).collect();
        columns.sort_unstable();
        columns
    }
}

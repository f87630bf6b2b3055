//! An integer programme: columns between bounds and rows that may not pass a number.
//!
//! It never knows what a column means; a row knows where it comes from, so that what clashes or is too fine can be named.

use super::expression::Expression;

/// Columns and rows.
#[derive(Clone, Debug, Default)]
pub(super) struct Program {
    pub(super) lower: Vec<i64>,
    pub(super) upper: Vec<i64>,
    pub(super) rows: Vec<Row>,
    /// The first row that was too fine to hold.
    pub(super) too_fine: Option<Origin>,
}

/// A sum of columns that may not pass a number, or must be it.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub(super) entries: Vec<(u32, i64)>,
    pub(super) at_most: i64,
    pub(super) equal: bool,
    pub(super) origin: Origin,
    /// It follows from others and is of no use to a relaxation any more.
    pub(super) asleep: bool,
}

/// What a row says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Origin {
    /// How an application is made: its slots, its choice.
    Application(usize),
    /// What a grant of an application gives.
    Grant(usize, usize),
    /// An achievement serves once in a scope.
    Use(usize, usize),
    /// A target is covered once.
    Target(usize),
    /// A limit.
    Limit(usize),
    /// A condition.
    Condition(usize),
    /// An average.
    Average(usize),
    /// What a block counts and asks.
    Block(usize),
    /// Branches.
    Branches(usize),
    /// A share.
    Share(usize),
    /// What an earlier objective reached: 0 is the first.
    Stage(usize),
    /// A row that follows from others.
    Cut,
}

/// No factor in a row is as large as this.
const FACTOR: i128 = 1 << 31;
/// No row can come to this.
const ACTIVITY: i128 = 1 << 62;

impl Program {
    /// A new column.
    pub(super) fn column(&mut self, lower: i64, upper: i64) -> Expression {
        let at = u32::try_from(self.lower.len()).unwrap_or(u32::MAX);
        if lower == upper {
            return Expression::number(lower);
        }
        self.lower.push(lower);
        self.upper.push(upper.max(lower));
        Expression::column(at)
    }

    /// What an expression may come to at most.
    pub(super) fn most(&self, of: &Expression) -> i64 {
        let each = of.terms.iter().map(|&(column, by)| {
            let bounds = if by > 0 { &self.upper } else { &self.lower };
            by.saturating_mul(i128::from(bounds.get(column as usize).copied().unwrap_or(0)))
        });
        let most = each.fold(of.plus, i128::saturating_add);
        i64::try_from(most).unwrap_or(i64::MAX)
    }

    /// What it may come to at least.
    pub(super) fn least(&self, of: &Expression) -> i64 {
        -self.most(&of.times(-1))
    }

    /// `left <= right`.
    pub(super) fn at_most(&mut self, left: &Expression, right: &Expression, origin: Origin) {
        self.row(&left.and(right, -1), false, origin);
    }

    /// `left = right`.
    pub(super) fn equal(&mut self, left: &Expression, right: &Expression, origin: Origin) {
        self.row(&left.and(right, -1), true, origin);
    }

    fn row(&mut self, sum: &Expression, equal: bool, origin: Origin) {
        let fine = |by: i128| i64::try_from(by).ok().filter(|by| i128::from(*by).abs() < FACTOR);
        let entries: Option<Vec<(u32, i64)>> =
            sum.terms.iter().map(|&(column, by)| fine(by).map(|by| (column, by))).collect();
        let reach = sum.terms.iter().fold(sum.plus.saturating_abs(), |reach, &(column, by)| {
            let at = column as usize;
            let widest = self.lower.get(at).zip(self.upper.get(at));
            let widest = widest.map_or(0, |(low, high)| low.unsigned_abs().max(high.unsigned_abs()));
            reach.saturating_add(by.saturating_abs().saturating_mul(i128::from(widest)))
        });
        match (entries, i64::try_from(-sum.plus)) {
            (Some(entries), Ok(at_most)) if reach < ACTIVITY => {
                let holds = entries.is_empty() && (0 == at_most || (0 < at_most && !equal));
                if !holds {
                    self.rows.push(Row { entries, at_most, equal, origin, asleep: false });
                }
            }
            _ => self.too_fine = self.too_fine.or(Some(origin)),
        }
    }

    /// Whether a point keeps all bounds and rows.
    pub(super) fn holds(&self, point: &[i64]) -> bool {
        let within =
            self.lower.iter().zip(&self.upper).zip(point).all(|((low, high), at)| low <= at && at <= high);
        within && point.len() == self.lower.len() && self.rows.iter().all(|row| row.holds(point))
    }
}

impl Row {
    pub(super) fn sum(&self, point: &[i64]) -> i128 {
        let each = self.entries.iter().map(|&(column, by)| {
            i128::from(by) * i128::from(point.get(column as usize).copied().unwrap_or(0))
        });
        each.sum()
    }

    pub(super) fn holds(&self, point: &[i64]) -> bool {
        let sum = self.sum(point);
        let most = i128::from(self.at_most);
        if self.equal { sum == most } else { sum <= most }
    }
}

//! Sums of columns with whole factors, from which the rows of an integer programme are put together.
//!
//! It never rounds and never overflows: factors are held in 128 bits until a row is made of them.

/// A sum of columns, each with a factor, and a number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Expression {
    /// Columns in rising order, each once, none with factor 0.
    pub(super) terms: Vec<(u32, i128)>,
    /// What is added.
    pub(super) plus: i128,
}

impl Expression {
    pub(super) fn number(plus: i64) -> Self {
        Self { terms: Vec::new(), plus: i128::from(plus) }
    }

    pub(super) fn column(column: u32) -> Self {
        Self { terms: vec![(column, 1)], plus: 0 }
    }

    /// The sum of several, each with its factor.
    pub(super) fn sum<'e>(parts: impl IntoIterator<Item = (&'e Expression, i64)>) -> Self {
        let mut sum = Self::default();
        for (part, factor) in parts {
            sum.gather(part, factor);
        }
        sum.tidy();
        sum
    }

    /// This, so many times.
    pub(super) fn times(&self, factor: i64) -> Self {
        Self::sum([(self, factor)])
    }

    pub(super) fn and(&self, other: &Self, factor: i64) -> Self {
        Self::sum([(self, 1), (other, factor)])
    }

    fn gather(&mut self, part: &Self, factor: i64) {
        let factor = i128::from(factor);
        if factor != 0 {
            self.terms.extend(part.terms.iter().map(|&(column, by)| (column, by.saturating_mul(factor))));
            self.plus = self.plus.saturating_add(part.plus.saturating_mul(factor));
        }
    }

    fn tidy(&mut self) {
        self.terms.sort_unstable_by_key(|term| term.0);
        self.terms.dedup_by(|next, kept| {
            let same = next.0 == kept.0;
            if same {
                kept.1 = kept.1.saturating_add(next.1);
            }
            same
        });
        self.terms.retain(|term| term.1 != 0);
    }

    /// What it comes to.
    pub(super) fn value(&self, point: &[i64]) -> i128 {
        let terms = self.terms.iter();
        let each =
            terms.map(|&(column, by)| by * i128::from(point.get(column as usize).copied().unwrap_or(0)));
        each.sum::<i128>() + self.plus
    }

    pub(super) fn is_zero(&self) -> bool {
        self.terms.is_empty() && self.plus == 0
    }
}

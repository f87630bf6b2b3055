//! Further rows for a relaxation, and which sums of rows may be worth rounding: hints like all others here.

#![allow(clippy::float_arithmetic, reason = "hints only: nothing they say is used unproved")]

use super::{Hint, Where, float, squares, whole};
use crate::certificate::SCALE;

impl Hint {
    /// A further row of the programme, which the relaxation may break.
    pub(in super::super) fn add(&mut self, number: u32, entries: &[(u32, i64)], at_most: i64, lower: &[i64]) {
        let size = self.columns.len();
        let (mut sparse, mut most) = (Vec::new(), float(at_most));
        for &(column, by) in entries {
            match self.columns.binary_search(&column) {
                Ok(own) => sparse.push((own, float(by))),
                Err(_) => most -= float(by) * float(lower[column as usize]),
            }
        }
        let mut line = vec![0.0; size];
        let mut value = most;
        for &(own, by) in &sparse {
            value -= by * self.now(own);
            match self.at[own] {
                Where::Outer(column) => line[column] += by,
                Where::Basic(row) => {
                    for (entry, part) in line.iter_mut().zip(&self.table[row * size..(row + 1) * size]) {
                        *entry -= by * part;
                    }
                }
                Where::Gone => {}
            }
        }
        self.length.push(1.0 + squares(&line));
        self.table.extend(line);
        self.value.push(value);
        self.at.push(Where::Basic(self.basic.len()));
        self.basic.push(size + self.rows.len());
        self.rows.push(number);
        self.sparse.push(sparse);
        self.most.push(most);
        self.gone.push(false);
        self.lower.push(0.0);
        self.upper.push(f64::INFINITY);
        self.high.push(false);
    }

    /// Drops rows from a number on that do not bind.
    pub(in super::super) fn drop_loose(&mut self, from: u32) {
        let size = self.columns.len();
        for row in (0..self.basic.len()).rev() {
            let variable = self.basic[row];
            if variable >= size && self.rows[variable - size] >= from {
                self.gone[variable - size] = true;
                self.at[variable] = Where::Gone;
                self.table.drain(row * size..(row + 1) * size);
                self.value.remove(row);
                self.length.remove(row);
                self.basic.remove(row);
                for later in row..self.basic.len() {
                    self.at[self.basic[later]] = Where::Basic(later);
                }
            }
        }
    }

    /// For each column that is not whole, multiples of rows that may show a sum of columns to be less: parts of one, times
    /// [`SCALE`].
    pub(in super::super) fn roundings(&self) -> Vec<Vec<(u32, i64)>> {
        let size = self.columns.len();
        let mut all = Vec::new();
        for (row, variable) in self.basic.iter().enumerate() {
            let now = self.value[row];
            if *variable >= size || (now - now.round()).abs() < 0.01 {
                continue;
            }
            for turn in [1.0, -1.0] {
                let mut multipliers = Vec::new();
                for (column, outer) in self.outer.iter().enumerate() {
                    if *outer >= size {
                        let by = turn * self.table[row * size + column];
                        let part = by - (by + 1e-7).floor();
                        if part > 1e-6 {
                            multipliers.push((self.rows[*outer - size], whole(part * float(SCALE))));
                        }
                    }
                }
                multipliers.sort_unstable();
                all.push(multipliers);
            }
        }
        all
    }

    /// Whether a column stands at its upper bound.
    pub(in super::super) fn high(&self, column: u32) -> bool {
        let own = self.columns.binary_search(&column);
        own.is_ok_and(|own| matches!(self.at[own], Where::Outer(_)) && self.high[own])
    }

    /// How far a sum of columns is over a number, against the length of its factors, in millionths.
    pub(in super::super) fn over(&self, entries: &[(u32, i64)], at_most: i64, lower: &[i64]) -> i64 {
        let (mut sum, mut length) = (0.0, 0.0);
        for &(column, by) in entries {
            let now = self
                .columns
                .binary_search(&column)
                .map_or(float(lower[column as usize]), |own| self.now(own));
            sum += float(by) * now;
            length += float(by) * float(by);
        }
        whole((sum - float(at_most)) / length.sqrt().max(1.0) * 1e6)
    }
}

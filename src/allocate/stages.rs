//! One objective after another, each held fast as a row for the next; then, of what is equally good, the first in canonical order.
//!
//! Nothing is weighed against anything: a later objective never costs an earlier one. The one idea: what an optimum proves about
//! columns (that they cannot leave a bound) holds for all that comes after, so that each question is smaller than the one before.

use super::bound::{Bound, allowed};
use super::expression::Expression;
use super::lift::lifted;
use super::narrow::narrow;
use super::program::{Origin, Program, Row};
use super::search::{Question, Searched, search, worth};
use crate::certificate::{Cut, Inequality, Node, SCALE, Tree};

/// What an objective reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stage {
    /// What was reached, in the sense of the objective: the more the better, so that what is to be little is below 0.
    pub value: i64,
    /// Nothing can be more than this.
    pub bound: i64,
    /// The tree proves that the value is the optimum.
    pub proved: bool,
    /// The proof, over the rows of the problem and what the stages before reached.
    pub tree: Tree,
    /// How much work it was.
    pub pivots: u64,
}

/// A question that gets narrower with each answer.
pub(super) struct Stages {
    pub(super) program: Program,
    pub(super) lower: Vec<i64>,
    pub(super) upper: Vec<i64>,
    /// A point that keeps all rows so far.
    pub(super) point: Option<Vec<i64>>,
    fixed: Vec<Fixed>,
    /// What each cut among the rows follows from.
    because: Vec<Vec<(u32, i64)>>,
    pub(super) budget: u64,
    pub(super) pivots: u64,
    /// Every search so far ended with a proof.
    pub(super) settled: bool,
}

/// A column that an optimum keeps at a bound, and why.
#[derive(Clone, Debug)]
struct Fixed {
    column: u32,
    /// The number of the split, and whether what is at most it goes on.
    at: i64,
    below_goes_on: bool,
    /// Rows that exclude the other side.
    because: usize,
    /// By how much, times [`SCALE`].
    gap: i128,
}

/// Which rows exclude the other sides, by stage.
pub(super) type Reasons = Vec<Vec<(u32, i64)>>;

impl Stages {
    pub(super) fn new(program: Program, budget: u64) -> Self {
        let (lower, upper) = (program.lower.clone(), program.upper.clone());
        Self {
            program,
            lower,
            upper,
            point: None,
            fixed: Vec::new(),
            because: Vec::new(),
            budget,
            pivots: 0,
            settled: true,
        }
    }

    fn ask(&mut self, objective: &[i64], budget: u64) -> Searched {
        let searched = search(&Question {
            program: &self.program,
            objective,
            lower: &self.lower,
            upper: &self.upper,
            known: self.point.as_deref(),
            budget,
        });
        self.pivots += searched.pivots;
        self.settled &= searched.proved;
        searched
    }

    fn dense(&self, of: &Expression) -> Vec<i64> {
        let mut dense = vec![0; self.program.lower.len()];
        for &(column, by) in &of.terms {
            if let (Some(place), Ok(by)) = (dense.get_mut(column as usize), i64::try_from(by)) {
                *place = by;
            }
        }
        dense
    }

    /// Makes one objective as great as it can be, and holds it. Nothing where no point was found; then it says whether there is none.
    pub(super) fn stage(
        &mut self,
        number: usize,
        objective: &Expression,
        reasons: &mut Reasons,
    ) -> Result<Stage, bool> {
        let dense = self.dense(objective);
        let plus = i64::try_from(objective.plus).unwrap_or(i64::MAX);
        if let Some(point) = self.point.as_deref().filter(|_| objective.terms.is_empty()) {
            let tree = Tree { nodes: vec![Node::Leaf(0)], multipliers: vec![Vec::new()], cuts: Vec::new() };
            let value = worth(&dense, point) + plus;
            return Ok(Stage { value, bound: value, proved: true, tree, pivots: 0 });
        }
        let searched = self.ask(&dense, self.budget);
        let Some((point, value)) = searched.best else { return Err(searched.proved) };
        self.point = Some(point);
        for cut in searched.cuts {
            let number = u32::try_from(self.program.rows.len()).unwrap_or(u32::MAX);
            let asleep = !searched.root.iter().any(|(row, _)| *row == number);
            self.program.rows.push(Row { asleep, ..cut.row });
            self.because.push(cut.because);
        }
        let tree = if searched.proved {
            self.prefixed(&searched.tree, &dense, value, reasons)
        } else {
            Tree::default()
        };
        let row = u32::try_from(self.program.rows.len()).unwrap_or(u32::MAX);
        self.program.at_most(
            &Expression::number(value),
            &objective.and(&Expression::number(plus), -1),
            Origin::Stage(number),
        );
        if searched.proved && self.program.rows.len() > row as usize {
            self.keep(&dense, value, &searched.root, row, reasons);
        }
        Ok(Stage {
            value: value + plus,
            bound: searched.bound + plus,
            proved: searched.proved,
            tree,
            pivots: searched.pivots,
        })
    }

    /// Narrows columns that no optimum of this objective can move.
    fn keep(&mut self, objective: &[i64], value: i64, root: &[(u32, i64)], row: u32, reasons: &mut Reasons) {
        let mut multipliers = root.to_vec();
        allowed(&self.program, &mut multipliers);
        let bound = Bound::new(&self.program, objective, &multipliers);
        let spare = bound.most(&self.lower, &self.upper) - i128::from(SCALE) * i128::from(value);
        // What is excluded by a hair would need multipliers that are too long.
        let hair = i128::from(SCALE) >> 12;
        let because = reasons.len();
        let mut any = false;
        for (at, left) in bound.left.iter().enumerate() {
            let (low, high) = (self.lower[at], self.upper[at]);
            if *left == 0 || low >= high || spare < 0 {
                continue;
            }
            let steps = i64::try_from((spare + hair) / left.abs()).unwrap_or(i64::MAX);
            let (new_low, new_high) = if *left > 0 {
                (high.saturating_sub(steps).max(low), high)
            } else {
                (low, low.saturating_add(steps).min(high))
            };
            if (new_low, new_high) == (low, high) {
                continue;
            }
            let gap = left.abs() * i128::from(steps + 1) - spare;
            let column = u32::try_from(at).unwrap_or(u32::MAX);
            let (split, below_goes_on) = if *left > 0 { (new_low - 1, false) } else { (new_high, true) };
            self.fixed.push(Fixed { column, at: split, below_goes_on, because, gap });
            self.lower[at] = new_low;
            self.upper[at] = new_high;
            any = true;
        }
        if any {
            multipliers.push((row, SCALE));
            reasons.push(multipliers);
        }
    }

    /// Narrows columns likewise, where nothing is to be certified.
    fn keep_here(&mut self, objective: &[i64], value: i64, root: &[(u32, i64)]) {
        let own = u32::try_from(self.program.rows.len()).unwrap_or(u32::MAX);
        if root.iter().any(|(row, _)| *row >= own) {
            return;
        }
        let bound = Bound::new(&self.program, objective, root);
        let spare = bound.most(&self.lower, &self.upper) - i128::from(SCALE) * i128::from(value);
        for (at, left) in bound.left.iter().enumerate().filter(|(_, left)| **left != 0 && spare >= 0) {
            let steps = i64::try_from(spare / left.abs()).unwrap_or(i64::MAX);
            let (low, high) = (self.lower[at], self.upper[at]);
            if *left > 0 {
                self.lower[at] = high.saturating_sub(steps).max(low);
            } else {
                self.upper[at] = low.saturating_add(steps).min(high);
            }
        }
    }

    /// Begins from these values of expressions, and what they lift; nothing where that breaks a row.
    pub(super) fn begin(&mut self, from: &[(Expression, i64)]) {
        let mut point = self.lower.clone();
        for (of, value) in from {
            if let [(column, 1)] = of.terms[..] {
                let at = column as usize;
                let value = value.saturating_sub(i64::try_from(of.plus).unwrap_or(0));
                point[at] = value.clamp(self.lower[at], self.upper[at]);
            }
        }
        self.point = lifted(&self.program, point, &self.upper);
    }

    /// A tree that first splits off what earlier stages excluded.
    fn prefixed(&self, tree: &Tree, objective: &[i64], value: i64, reasons: &Reasons) -> Tree {
        let mut whole = Tree::default();
        let most = Bound::new(&self.program, objective, &[]).most(&self.program.lower, &self.program.upper);
        let over = (most - i128::from(SCALE) * (i128::from(value) + 1) + 1).max(0);
        let number = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
        let mut leaves: Vec<((usize, i64), u32)> = Vec::new();
        for fixed in &self.fixed {
            let times = i64::try_from(over / fixed.gap.max(1) + 1).unwrap_or(i64::MAX);
            // The next power of two: many columns then share one list.
            let times = times.checked_next_power().unwrap_or(times);
            let which = leaves.iter().find(|leaf| leaf.0 == (fixed.because, times)).map(|leaf| leaf.1);
            let which = which.unwrap_or_else(|| {
                let because = reasons.get(fixed.because).map(Vec::as_slice).unwrap_or_default();
                whole
                    .multipliers
                    .push(because.iter().map(|(row, by)| (*row, by.saturating_mul(times))).collect());
                let which = number(whole.multipliers.len() - 1);
                leaves.push(((fixed.because, times), which));
                which
            });
            let at = number(whole.nodes.len());
            let (leaf, goes_on) = (at + 1, at + 2);
            let (below, above) = if fixed.below_goes_on { (goes_on, leaf) } else { (leaf, goes_on) };
            whole.nodes.push(Node::Split { column: fixed.column, at: fixed.at, below, above });
            whole.nodes.push(Node::Leaf(which));
        }
        let (nodes, lists) = (number(whole.nodes.len()), number(whole.multipliers.len()));
        whole.nodes.extend(tree.nodes.iter().map(|node| match *node {
            Node::Split { column, at, below, above } => {
                Node::Split { column, at, below: below + nodes, above: above + nodes }
            }
            Node::Leaf(which) => Node::Leaf(which + lists),
        }));
        whole.multipliers.extend(tree.multipliers.iter().cloned());
        self.stated(whole)
    }

    /// A tree with its rows numbered as in a statement: a row that must be met is two, and cuts come last.
    fn stated(&self, tree: Tree) -> Tree {
        let mut next = 0u32;
        let mut numbers: Vec<u32> = Vec::with_capacity(self.program.rows.len());
        for cuts in [false, true] {
            for (at, row) in self.program.rows.iter().enumerate() {
                if !cuts {
                    numbers.push(0);
                }
                if (row.origin == Origin::Cut) == cuts {
                    numbers[at] = next;
                    next += 1 + u32::from(row.equal);
                }
            }
        }
        let one = |&(row, by): &(u32, i64)| {
            let number = numbers.get(row as usize).copied().unwrap_or(u32::MAX);
            if by < 0 { (number.saturating_add(1), by.saturating_neg()) } else { (number, by) }
        };
        let list = |list: &Vec<(u32, i64)>| list.iter().map(one).collect::<Vec<_>>();
        let cuts = self.program.rows.iter().filter(|row| row.origin == Origin::Cut).zip(&self.because);
        let cuts = cuts.map(|(row, because)| Cut {
            row: Inequality { entries: row.entries.clone(), at_most: row.at_most },
            because: list(because),
        });
        Tree {
            nodes: tree.nodes,
            multipliers: tree.multipliers.iter().map(list).collect(),
            cuts: cuts.collect(),
        }
    }

    /// Makes expressions as large as they can be, the first first, and holds each.
    pub(super) fn canonical(&mut self, order: &[Expression]) -> Result<(), bool> {
        if self.point.is_none() {
            let zero = vec![0; self.program.lower.len()];
            let searched = self.ask(&zero, self.budget);
            self.point = Some(searched.best.ok_or(searched.proved)?.0);
        }
        narrow(&self.program, &mut self.lower, &mut self.upper);
        // All choices among equals together may take as much work as one objective.
        let until = self.pivots.saturating_add(self.budget);
        let mut next = 0;
        while next < order.len() {
            if let Some(one) = order.get(next).filter(|one| self.is_most(one)) {
                self.hold(one);
                next += 1;
                continue;
            }
            if self.pivots >= until {
                // What stands is as good as any; it is not known to come first.
                self.settled = false;
                return Ok(());
            }
            let mut batch: Vec<&Expression> = Vec::new();
            let mut room: i64 = 1;
            let mut end = next;
            while let Some(one) = order.get(end) {
                let (low, high) = self.range(one);
                if low < high {
                    let wider = room.saturating_mul(high - low + 1);
                    if wider > 1 << 16 && !batch.is_empty() {
                        break;
                    }
                    room = wider;
                    batch.push(one);
                }
                end += 1;
            }
            let mut weight = 1;
            let mut weighed = Vec::new();
            for one in batch.iter().rev() {
                let (low, high) = self.range(one);
                weighed.push((*one, weight));
                weight *= high - low + 1;
            }
            let sum = Expression::sum(weighed);
            let dense = self.dense(&sum);
            let searched = self.ask(&dense, until - self.pivots);
            if let Some((point, value)) = searched.best {
                self.point = Some(point);
                if searched.proved {
                    self.keep_here(&dense, value, &searched.root);
                }
            }
            for one in order.get(next..end).unwrap_or_default() {
                self.hold(one);
            }
            next = end;
        }
        Ok(())
    }

    /// What an expression may be between the bounds as they are.
    fn range(&self, of: &Expression) -> (i64, i64) {
        let mut range = (of.plus, of.plus);
        for &(column, by) in &of.terms {
            let (low, high) =
                (i128::from(self.lower[column as usize]), i128::from(self.upper[column as usize]));
            range.0 += if by > 0 { by * low } else { by * high };
            range.1 += if by > 0 { by * high } else { by * low };
        }
        (i64::try_from(range.0).unwrap_or(i64::MIN), i64::try_from(range.1).unwrap_or(i64::MAX))
    }

    fn value(&self, of: &Expression) -> i64 {
        let value = self.point.as_ref().map_or(0, |point| of.value(point));
        i64::try_from(value).unwrap_or(i64::MAX)
    }

    fn is_most(&self, of: &Expression) -> bool {
        self.range(of).1 == self.value(of)
    }

    /// Holds an expression at the value that the point has.
    pub(super) fn hold(&mut self, of: &Expression) {
        let (low, high) = self.range(of);
        let value = self.value(of);
        if low == high {
            return;
        }
        if let [(column, by)] = of.terms[..] {
            let at = column as usize;
            let here = self.point.as_ref().map_or(self.lower[at], |point| point[at]);
            debug_assert!(by != 0);
            (self.lower[at], self.upper[at]) = (here, here);
        } else if value == low || value == high {
            for &(column, by) in &of.terms {
                let at = column as usize;
                let bound = if (value == low) == (by > 0) { self.lower[at] } else { self.upper[at] };
                (self.lower[at], self.upper[at]) = (bound, bound);
            }
        } else {
            self.program.equal(of, &Expression::number(value), Origin::Stage(usize::MAX));
        }
        narrow(&self.program, &mut self.lower, &mut self.upper);
    }
}

/// The next power of two of a number above 0.
trait NextPower: Sized {
    fn checked_next_power(self) -> Option<Self>;
}

impl NextPower for i64 {
    fn checked_next_power(self) -> Option<Self> {
        u64::try_from(self).ok()?.checked_next_power_of_two().and_then(|power| Self::try_from(power).ok())
    }
}

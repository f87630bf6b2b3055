//! The best whole point of an integer programme, with a tree that proves it.
//!
//! A branch is left only when integers prove that nothing better lies in it; hints say where to look and are never believed. The work
//! is counted in pivots, so that it ends at the same place everywhere. The one idea: depth first, the nearer side first, and every
//! leaf carries its multipliers.

use super::bound::{Bound, allowed};
use super::hint::{Hint, Rest};
use super::program::Program;
use crate::certificate::{Node, SCALE, Tree};

/// What a search found.
#[derive(Clone, Debug)]
pub(super) struct Searched {
    /// The best point and its value; none where there is no point at all, or none was found.
    pub(super) best: Option<(Vec<i64>, i64)>,
    /// Nothing is more than this.
    pub(super) bound: i64,
    /// The tree proves that nothing is more than the value.
    pub(super) proved: bool,
    pub(super) tree: Tree,
    pub(super) pivots: u64,
    /// Multipliers of the root, from which bounds of columns follow.
    pub(super) root: Vec<(u32, i64)>,
}

/// What is searched.
pub(super) struct Question<'q> {
    pub(super) program: &'q Program,
    /// By column, what is made great.
    pub(super) objective: &'q [i64],
    /// Bounds of columns, within those of the programme.
    pub(super) lower: &'q [i64],
    pub(super) upper: &'q [i64],
    /// A point to begin from.
    pub(super) known: Option<&'q [i64]>,
    /// How many pivots it may take.
    pub(super) budget: u64,
}

struct Search<'q> {
    of: &'q Question<'q>,
    hint: Hint,
    lower: Vec<i64>,
    upper: Vec<i64>,
    best: Option<Vec<i64>>,
    value: i64,
    tree: Tree,
    /// Bounds as they were, to go back to.
    trail: Vec<(u32, i64, i64)>,
    frames: Vec<Frame>,
    /// The multipliers of leaves that were proved by those of the node above, by number.
    root: Option<Vec<(u32, i64)>>,
}

/// A split of which the second side is still to be searched, or is being so.
struct Frame {
    trail: usize,
    /// Column, its bounds on the second side, and the node there; none once it is being searched.
    second: Option<(u32, i64, i64, u32)>,
    /// What nothing on the second side passes, times [`SCALE`].
    bound: i128,
}

/// What becomes of a node.
enum Next {
    Closed,
    Split { column: u32, at: i64, above_first: bool, node: u32, bound: i128 },
    Spent(i128),
}

/// Searches it all, or until the budget is spent.
pub(super) fn search(of: &Question<'_>) -> Searched {
    let worth = |point: &[i64]| worth(of.objective, point);
    let known = of.known.filter(|point| of.program.holds(point));
    let least: i128 = of
        .objective
        .iter()
        .zip(of.lower.iter().zip(of.upper))
        .map(|(by, (low, high))| {
            (i128::from(*by) * i128::from(*low)).min(i128::from(*by) * i128::from(*high))
        })
        .sum();
    let value = known.map_or(i64::try_from(least - 1).unwrap_or(i64::MIN), worth);
    let search = Search {
        of,
        hint: Hint::new(of.program, of.objective, of.lower, of.upper),
        lower: of.lower.to_vec(),
        upper: of.upper.to_vec(),
        best: known.map(<[i64]>::to_vec),
        value,
        tree: Tree::default(),
        trail: Vec::new(),
        frames: Vec::new(),
        root: None,
    };
    search.run()
}

pub(super) fn worth(objective: &[i64], point: &[i64]) -> i64 {
    let sum: i128 = objective.iter().zip(point).map(|(by, at)| i128::from(*by) * i128::from(*at)).sum();
    i64::try_from(sum).unwrap_or(i64::MAX)
}

impl Search<'_> {
    fn run(mut self) -> Searched {
        let mut at = self.grow();
        let mut open: Option<i128> = None;
        loop {
            match self.node(at) {
                Next::Closed => {}
                Next::Split { column, at: split, above_first, node, bound } => {
                    let (low, high) = self.bounds(column);
                    let (below, above) = (self.grow(), self.grow());
                    self.set_node(node, Node::Split { column, at: split, below, above });
                    let (first, second) = if above_first {
                        ((split + 1, high, above), (column, low, split, below))
                    } else {
                        ((low, split, below), (column, split + 1, high, above))
                    };
                    self.frames.push(Frame { trail: self.trail.len(), second: Some(second), bound });
                    self.narrow(column, first.0, first.1);
                    at = first.2;
                    continue;
                }
                Next::Spent(bound) => {
                    let waiting =
                        self.frames.iter().filter(|frame| frame.second.is_some()).map(|frame| frame.bound);
                    open = waiting.chain([bound]).max();
                    break;
                }
            }
            // Back to the last split with a side left.
            while let Some(frame) = self.frames.last_mut() {
                let (mark, second) = (frame.trail, frame.second.take());
                self.undo(mark);
                if let Some((column, low, high, node)) = second {
                    self.narrow(column, low, high);
                    at = node;
                    break;
                }
                self.frames.pop();
            }
            if self.frames.is_empty() {
                break;
            }
        }
        let proved = open.is_none();
        let value = self.value;
        let bound =
            open.map_or(value, |open| i64::try_from(open.div_euclid(i128::from(SCALE))).unwrap_or(i64::MAX));
        Searched {
            best: self.best.map(|best| (best, value)),
            bound: bound.max(value),
            proved,
            tree: if proved { self.tree } else { Tree::default() },
            pivots: self.hint.pivots,
            root: self.root.unwrap_or_default(),
        }
    }

    /// One node: proved, split, or out of budget.
    fn node(&mut self, mut node: u32) -> Next {
        let mut rebuilt = false;
        loop {
            if self.hint.pivots >= self.of.budget {
                return Next::Spent(
                    Bound::new(self.of.program, self.of.objective, &self.current())
                        .most(&self.lower, &self.upper),
                );
            }
            let rest = self.hint.solve(self.value.saturating_add(1), self.of.budget - self.hint.pivots);
            if let Rest::Clash(row) = rest
                && let Some(multipliers) = self.infeasible(row)
            {
                self.leaf(node, multipliers);
                return Next::Closed;
            }
            let multipliers = self.current();
            let bound = Bound::new(self.of.program, self.of.objective, &multipliers);
            if self.root.is_none() {
                self.root = Some(multipliers.clone());
            }
            let mut most = bound.most(&self.lower, &self.upper);
            if most >= self.better() && rest == Rest::Bounded {
                self.try_nearest();
            }
            if most < self.better() {
                self.leaf(node, multipliers);
                return Next::Closed;
            }
            let fraction = self.hint.fraction();
            if (rest != Rest::Bounded || fraction.is_none()) && !rebuilt {
                rebuilt = true;
                self.hint.rebuild();
                continue;
            }
            if self.best.is_some() {
                node = self.fix(node, &bound, &mut most, multipliers);
            }
            let inside = |column: u32, at: i64| {
                let (low, high) = self.bounds(column);
                low < high && low <= at && at < high
            };
            if let Some((column, at, above_first)) = fraction.filter(|split| inside(split.0, split.1)) {
                return Next::Split { column, at, above_first, node, bound: most };
            }
            return self.settled(node, most);
        }
    }

    /// Nothing is fractional and nothing is proved: split what is not settled, or look at the one point that is left.
    fn settled(&mut self, node: u32, bound: i128) -> Next {
        let mut point = self.lower.clone();
        self.hint.nearest(&mut point);
        let unsettled = self.lower.iter().zip(&self.upper).position(|(low, high)| low < high);
        if let Some(column) = unsettled {
            let (low, high) = (self.lower[column], self.upper[column]);
            let at = point[column].clamp(low, high - 1);
            let above_first = point[column] > at;
            let column = u32::try_from(column).unwrap_or(u32::MAX);
            return Next::Split { column, at, above_first, node, bound };
        }
        let point = self.lower.clone();
        self.offer(point);
        let point = self.lower.clone();
        let broken = self.of.program.rows.iter().position(|row| !row.holds(&point));
        let multipliers = match broken {
            None => Vec::new(),
            Some(row) => {
                let over =
                    self.of.program.rows[row].sum(&point) > i128::from(self.of.program.rows[row].at_most);
                let here = i128::from(worth(self.of.objective, &point)) - i128::from(self.value);
                let much = i64::try_from((here + 1).max(1)).unwrap_or(i64::MAX).saturating_mul(SCALE);
                vec![(u32::try_from(row).unwrap_or(u32::MAX), if over { much } else { -much })]
            }
        };
        self.leaf(node, multipliers);
        Next::Closed
    }

    /// Columns that cannot leave their bound for anything better are fixed there: splits with one leaf.
    fn fix(&mut self, mut node: u32, bound: &Bound, most: &mut i128, multipliers: Vec<(u32, i64)>) -> u32 {
        let spare = *most - self.better();
        let mut number = None;
        for column in self.hint.priced() {
            let left = bound.left[column as usize];
            let (low, high) = self.bounds(column);
            if left == 0 || low >= high {
                continue;
            }
            // So many steps from its bound it may go.
            let steps = i64::try_from(spare / left.abs()).unwrap_or(i64::MAX);
            let (new_low, new_high) = if left > 0 {
                (high.saturating_sub(steps).max(low), high)
            } else {
                (low, low.saturating_add(steps).min(high))
            };
            if (new_low, new_high) == (low, high) {
                continue;
            }
            let which = *number.get_or_insert_with(|| {
                self.tree.multipliers.push(multipliers.clone());
                u32::try_from(self.tree.multipliers.len() - 1).unwrap_or(u32::MAX)
            });
            let (leaf, goes_on) = (self.grow(), self.grow());
            let split = if left > 0 {
                Node::Split { column, at: new_low - 1, below: leaf, above: goes_on }
            } else {
                Node::Split { column, at: new_high, below: goes_on, above: leaf }
            };
            self.set_node(leaf, Node::Leaf(which));
            self.set_node(node, split);
            self.narrow(column, new_low, new_high);
            node = goes_on;
        }
        node
    }

    /// What the hint suggests, as far as it is allowed.
    fn current(&self) -> Vec<(u32, i64)> {
        let mut multipliers = self.hint.multipliers();
        allowed(self.of.program, &mut multipliers);
        multipliers
    }

    /// Multipliers that prove that no point is here, where the hint says so and integers agree.
    fn infeasible(&mut self, row: usize) -> Option<Vec<(u32, i64)>> {
        let zero = vec![0; self.of.objective.len()];
        for turn in 0..2 {
            let mut clash = self.hint.clash(row);
            allowed(self.of.program, &mut clash);
            let gap = Bound::new(self.of.program, &zero, &clash).most(&self.lower, &self.upper);
            if gap < 0 {
                let most = Bound::new(self.of.program, self.of.objective, &[]).most(&self.lower, &self.upper);
                let over = (most - self.better() + 1).max(0);
                let times = i64::try_from(over / -gap + 1).ok()?;
                let scaled = clash.iter().map(|(row, by)| by.checked_mul(times).map(|by| (*row, by)));
                return scaled.collect();
            }
            if turn == 0 {
                self.hint.rebuild();
                if !matches!(self.hint.solve(self.value.saturating_add(1), 1), Rest::Clash(other) if other == row)
                {
                    return None;
                }
            }
        }
        None
    }

    fn try_nearest(&mut self) {
        let mut point = self.lower.clone();
        self.hint.nearest(&mut point);
        self.offer(point);
    }

    fn offer(&mut self, point: Vec<i64>) {
        if self.of.program.holds(&point) {
            let value = worth(self.of.objective, &point);
            if self.best.is_none() || value > self.value {
                self.value = value;
                self.best = Some(point);
            }
        }
    }

    /// What would be better, times [`SCALE`].
    fn better(&self) -> i128 {
        i128::from(SCALE) * (i128::from(self.value) + 1)
    }

    fn leaf(&mut self, node: u32, multipliers: Vec<(u32, i64)>) {
        self.tree.multipliers.push(multipliers);
        let which = u32::try_from(self.tree.multipliers.len() - 1).unwrap_or(u32::MAX);
        self.set_node(node, Node::Leaf(which));
    }

    fn grow(&mut self) -> u32 {
        self.tree.nodes.push(Node::Leaf(u32::MAX));
        u32::try_from(self.tree.nodes.len() - 1).unwrap_or(u32::MAX)
    }

    fn set_node(&mut self, at: u32, node: Node) {
        if let Some(place) = self.tree.nodes.get_mut(at as usize) {
            *place = node;
        }
    }

    fn bounds(&self, column: u32) -> (i64, i64) {
        (self.lower[column as usize], self.upper[column as usize])
    }

    fn narrow(&mut self, column: u32, low: i64, high: i64) {
        let before = self.bounds(column);
        self.trail.push((column, before.0, before.1));
        self.lower[column as usize] = low;
        self.upper[column as usize] = high;
        self.hint.bounds(column, low, high);
    }

    fn undo(&mut self, mark: usize) {
        while self.trail.len() > mark {
            let Some((column, low, high)) = self.trail.pop() else { break };
            self.lower[column as usize] = low;
            self.upper[column as usize] = high;
            self.hint.bounds(column, low, high);
        }
    }
}

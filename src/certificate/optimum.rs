//! That no better answer exists: a tree of splits whose leaves add rows up to a bound, and the checker of it.
//!
//! It knows columns between bounds, rows that may not pass a number, and an objective. It solves nothing and divides nothing: a leaf
//! gives whole multipliers of rows, and their sum must lie below the next better value. The one idea: if rows times numbers above 0
//! add up to less, nothing that keeps the rows is more.

use std::collections::HashSet;

/// Multipliers are whole numbers of this part of one.
pub const SCALE: i64 = 1 << 20;

/// What is made as great as it can be, under rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Program {
    /// The least that each column may be.
    pub lower: Vec<i64>,
    /// The most.
    pub upper: Vec<i64>,
    /// The rows.
    pub rows: Vec<Inequality>,
    /// What is made great: columns and factors, each column once.
    pub objective: Vec<(u32, i64)>,
}

/// A sum of columns that may not pass a number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inequality {
    /// Columns and factors, each column once.
    pub entries: Vec<(u32, i64)>,
    /// What the sum may reach.
    pub at_most: i64,
}

/// A proof that a value cannot be passed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tree {
    /// The first is the root; each comes before what it splits into.
    pub nodes: Vec<Node>,
    /// Rows and multipliers, for leaves; several leaves may have the same.
    pub multipliers: Vec<Vec<(u32, i64)>>,
    /// Rows that follow from those before them, and are numbered after them.
    pub cuts: Vec<Cut>,
}

/// A row that every whole point keeps: rows times multipliers show that its sum, which is whole, lies below the next number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cut {
    /// What follows.
    pub row: Inequality,
    /// Rows and multipliers.
    pub because: Vec<(u32, i64)>,
}

/// A node of a proof.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Node {
    /// Either a column is at most a number, or it is more.
    Split {
        /// The column.
        column: u32,
        /// The number.
        at: i64,
        /// The node for what is at most.
        below: u32,
        /// The node for what is more.
        above: u32,
    },
    /// These multipliers prove it here.
    Leaf(u32),
}

/// Why an optimum is not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unproved {
    /// The lists of the problem or of the tree do not fit together.
    #[error("the problem or the tree does not fit together")]
    Misshapen,
    /// The answer lies outside the bounds of this column.
    #[error("column {0} lies outside its bounds")]
    Bounds(u32),
    /// The answer breaks this row.
    #[error("row {0} does not hold")]
    Row(u32),
    /// The answer is not worth what is said.
    #[error("the value is {0}")]
    Value(i64),
    /// The rows of this leaf do not add up to a bound that is low enough.
    #[error("node {0} proves nothing")]
    Leaf(u32),
    /// This cut does not follow.
    #[error("cut {0} does not follow")]
    Cut(u32),
    /// A node splits into itself or into one before it, or nothing leads to a node.
    #[error("node {0} is not part of a tree")]
    Tree(u32),
    /// The numbers are too long.
    #[error("the numbers are too long to add up")]
    TooLong,
}

/// Whether a point keeps all rows, is worth a value, and nothing that keeps them is worth more.
///
/// # Errors
///
/// Where this does not follow.
pub fn check_optimum(program: &Program, point: &[i64], value: i64, tree: &Tree) -> Result<(), Unproved> {
    if program.upper.len() != program.lower.len() || point.len() != program.lower.len() {
        return Err(Unproved::Misshapen);
    }
    let unique = |entries: &[(u32, i64)]| {
        let mut seen = HashSet::new();
        entries.iter().all(|entry| (entry.0 as usize) < point.len() && seen.insert(entry.0))
    };
    if !unique(&program.objective) || !program.rows.iter().all(|row| unique(&row.entries)) {
        return Err(Unproved::Misshapen);
    }
    for (at, (here, (low, high))) in (0u32..).zip(point.iter().zip(program.lower.iter().zip(&program.upper)))
    {
        if here < low || high < here {
            return Err(Unproved::Bounds(at));
        }
    }
    for (at, row) in (0u32..).zip(&program.rows) {
        if sum(&row.entries, point)? > i128::from(row.at_most) {
            return Err(Unproved::Row(at));
        }
    }
    let reached = sum(&program.objective, point)?;
    if reached != i128::from(value) {
        return Err(Unproved::Value(i64::try_from(reached).map_err(|_| Unproved::TooLong)?));
    }
    if tree.cuts.is_empty() {
        return walk(program, value, tree);
    }
    let mut with_cuts = program.clone();
    for (at, cut) in (0u32..).zip(&tree.cuts) {
        if !unique(&cut.row.entries) {
            return Err(Unproved::Misshapen);
        }
        with_cuts.objective.clone_from(&cut.row.entries);
        let most = bound(&with_cuts, &program.lower, &program.upper, &cut.because)?;
        if most >= times(i128::from(SCALE), i128::from(cut.row.at_most) + 1)? {
            return Err(Unproved::Cut(at));
        }
        with_cuts.rows.push(cut.row.clone());
    }
    with_cuts.objective.clone_from(&program.objective);
    walk(&with_cuts, value, tree)
}

fn sum(entries: &[(u32, i64)], point: &[i64]) -> Result<i128, Unproved> {
    let mut sum: i128 = 0;
    for &(column, by) in entries {
        let at = point.get(column as usize).copied().ok_or(Unproved::Misshapen)?;
        sum = add(sum, times(i128::from(by), i128::from(at))?)?;
    }
    Ok(sum)
}

/// Walks the tree with the bounds that the splits on the way leave.
fn walk(program: &Program, value: i64, tree: &Tree) -> Result<(), Unproved> {
    enum Visit {
        Enter(u32),
        Upper(u32, i64),
        Lower(u32, i64),
        Restore(u32, i64, i64),
    }
    let (mut lower, mut upper) = (program.lower.clone(), program.upper.clone());
    let mut visits = vec![Visit::Enter(0)];
    let mut visited = vec![false; tree.nodes.len()];
    while let Some(visit) = visits.pop() {
        let at = match visit {
            Visit::Enter(at) => at,
            Visit::Upper(column, to) => {
                set(&mut upper, column, to);
                continue;
            }
            Visit::Lower(column, to) => {
                set(&mut lower, column, to);
                continue;
            }
            Visit::Restore(column, low, high) => {
                set(&mut lower, column, low);
                set(&mut upper, column, high);
                continue;
            }
        };
        match visited.get_mut(at as usize) {
            Some(seen) if !*seen => *seen = true,
            _ => return Err(Unproved::Tree(at)),
        }
        match tree.nodes.get(at as usize).copied().ok_or(Unproved::Tree(at))? {
            Node::Split { column, at: split, below, above } => {
                if below <= at || above <= at {
                    return Err(Unproved::Tree(at));
                }
                let low = lower.get(column as usize).copied().ok_or(Unproved::Misshapen)?;
                let high = upper.get(column as usize).copied().ok_or(Unproved::Misshapen)?;
                let next = split.checked_add(1).ok_or(Unproved::TooLong)?;
                // In this order from the last: below, and back; above, and back.
                visits.push(Visit::Restore(column, low, high));
                visits.push(Visit::Enter(above));
                visits.push(Visit::Lower(column, low.max(next)));
                visits.push(Visit::Restore(column, low, high));
                visits.push(Visit::Enter(below));
                visits.push(Visit::Upper(column, high.min(split)));
            }
            Node::Leaf(which) => {
                let multipliers = tree.multipliers.get(which as usize).ok_or(Unproved::Misshapen)?;
                let empty = lower.iter().zip(&upper).any(|(low, high)| low > high);
                let better = times(i128::from(SCALE), i128::from(value) + 1)?;
                if !empty && bound(program, &lower, &upper, multipliers)? >= better {
                    return Err(Unproved::Leaf(at));
                }
            }
        }
    }
    let left = visited.iter().position(|seen| !seen);
    left.map_or(Ok(()), |at| Err(Unproved::Tree(u32::try_from(at).unwrap_or(u32::MAX))))
}

/// What the objective is at most, times [`SCALE`], by these multiples of rows and between these bounds.
fn bound(
    program: &Program,
    lower: &[i64],
    upper: &[i64],
    multipliers: &[(u32, i64)],
) -> Result<i128, Unproved> {
    let mut left = vec![0i128; lower.len()];
    for &(column, by) in &program.objective {
        let place = left.get_mut(column as usize).ok_or(Unproved::Misshapen)?;
        *place = times(i128::from(SCALE), i128::from(by))?;
    }
    let mut bound: i128 = 0;
    for &(row, by) in multipliers {
        let row = program.rows.get(row as usize).ok_or(Unproved::Misshapen)?;
        if by < 0 {
            return Err(Unproved::Misshapen);
        }
        bound = add(bound, times(i128::from(by), i128::from(row.at_most))?)?;
        for &(column, factor) in &row.entries {
            let place = left.get_mut(column as usize).ok_or(Unproved::Misshapen)?;
            *place = add(*place, times(i128::from(by), -i128::from(factor))?)?;
        }
    }
    for (left, (&low, &high)) in left.iter().zip(lower.iter().zip(upper)) {
        if *left != 0 {
            let most = times(*left, i128::from(low))?.max(times(*left, i128::from(high))?);
            bound = add(bound, most)?;
        }
    }
    Ok(bound)
}

fn set(bounds: &mut [i64], column: u32, to: i64) {
    if let Some(place) = bounds.get_mut(column as usize) {
        *place = to;
    }
}

fn add(one: i128, other: i128) -> Result<i128, Unproved> {
    one.checked_add(other).ok_or(Unproved::TooLong)
}

fn times(one: i128, other: i128) -> Result<i128, Unproved> {
    one.checked_mul(other).ok_or(Unproved::TooLong)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two of three things that take 2 of 5 places: 2·(a + b + c) <= 5, so that two are the most, and the bound 2.5 shows it.
    fn two_of_three() -> Program {
        Program {
            lower: vec![0; 3],
            upper: vec![1; 3],
            rows: vec![Inequality { entries: vec![(0, 2), (1, 2), (2, 2)], at_most: 5 }],
            objective: vec![(0, 1), (1, 1), (2, 1)],
        }
    }

    fn leaf(multiplier: i64) -> Tree {
        Tree { nodes: vec![Node::Leaf(0)], multipliers: vec![vec![(0, multiplier)]], cuts: vec![] }
    }

    #[test]
    fn rows_add_up_to_a_bound() {
        let program = two_of_three();
        assert_eq!(check_optimum(&program, &[1, 1, 0], 2, &leaf(SCALE / 2)), Ok(()));
        assert_eq!(check_optimum(&program, &[1, 1, 0], 2, &leaf(0)), Err(Unproved::Leaf(0)));
        assert_eq!(check_optimum(&program, &[1, 0, 0], 1, &leaf(SCALE / 2)), Err(Unproved::Leaf(0)));
        assert_eq!(check_optimum(&program, &[1, 1, 0], 3, &leaf(SCALE / 2)), Err(Unproved::Value(2)));
        assert_eq!(check_optimum(&program, &[1, 1, 1], 3, &leaf(SCALE / 2)), Err(Unproved::Row(0)));
        assert_eq!(check_optimum(&program, &[2, 0, 0], 2, &leaf(SCALE / 2)), Err(Unproved::Bounds(0)));
        assert_eq!(check_optimum(&program, &[1, 1, 0], 2, &leaf(-1)), Err(Unproved::Misshapen));
    }

    #[test]
    fn a_split_must_be_proved_on_both_sides() {
        let program =
            Program { rows: vec![], upper: vec![1, 1], lower: vec![0, 0], objective: vec![(0, 1), (1, -1)] };
        let nodes = vec![Node::Split { column: 0, at: 0, below: 1, above: 2 }, Node::Leaf(0), Node::Leaf(0)];
        let tree = Tree { nodes, multipliers: vec![vec![]], cuts: vec![] };
        assert_eq!(check_optimum(&program, &[1, 0], 1, &tree), Ok(()));
        let mut half = tree.clone();
        half.nodes[0] = Node::Split { column: 0, at: 0, below: 1, above: 1 };
        assert_eq!(check_optimum(&program, &[1, 0], 1, &half), Err(Unproved::Tree(1)));
        half.nodes[0] = Node::Split { column: 0, at: 0, below: 0, above: 2 };
        assert_eq!(check_optimum(&program, &[1, 0], 1, &half), Err(Unproved::Tree(0)));
    }
}

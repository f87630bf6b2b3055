//! The problem as the allocation reads it: blocks with their needs and ceilings, applications, limits and requirements as rows.

use crate::allocate::{Block, Branches, Condition, Limit as Row, Problem, Share};
use crate::answer::asking::Asking;
use crate::evaluate::{About, quietly};
use crate::model::{Counted, Scope, Surplus};
use crate::quantity::{Overflow, Ratio};

use super::applied::From;
use super::lines::{Line, Lines, whole};
use super::places::Places;

/// The problem, and what each block asks of itself, by its number.
pub(super) fn problem(
    asking: &Asking<'_>,
    places: &Places<'_>,
    lines: &Lines<'_>,
    limits: &[Line],
    requirements: &[Line],
) -> Result<(Problem, Vec<(usize, Ratio)>), Overflow> {
    let model = asking.model();
    let applications = lines.applications;
    let step = lines.step;
    let mut needs = Vec::new();
    let mut blocks = Vec::new();
    let (mut branches, mut shares) = (Vec::new(), Vec::new());
    for (at, id) in places.blocks.iter().enumerate() {
        let Some(block) = model.blocks.get(id.index()) else { continue };
        // A block of which it is not known whether it is asked is asked.
        let asked = !quietly(&asking.case.reader, About::default(), &block.when)?.is_false();
        let need = if asked { lines.need(*id)? } else { None };
        needs.extend(need.map(|need| (at, need)));
        let mut ceiling = None;
        let mut surplus = block.surplus;
        for limit in
            model.limits.iter().filter(|limit| limit.scope == Scope::Block(*id) && limit.is_ceiling())
        {
            if let crate::model::Bound::Amount(amount) = &limit.bound
                && let crate::model::Piece::Constant(number) = amount.piece
            {
                ceiling = Some(whole(number, step, false)?);
                surplus = surplus.or(limit.surplus);
            }
        }
        blocks.push(Block {
            parent: block.parent.and_then(|parent| places.number(parent)),
            need: need.map(|need| whole(need, step, true)).transpose()?,
            at_most: ceiling,
            surplus_to: match surplus.filter(|_| ceiling.is_some()) {
                Some(Surplus::To(to, _)) => places.number(to),
                _ => None,
            },
            held: 0,
        });
        for several in &block.branches {
            let of = several.of.iter().filter_map(|block| places.number(*block)).collect();
            branches.push(Branches { number: i64::from(several.number), blocks: of });
        }
        for share in &block.shares {
            if let Some(from) = places.number(share.with) {
                let at_most = share.up_to.map(|up_to| whole(up_to, step, false)).transpose()?;
                shares.push(Share { from, to: at, at_most });
            }
        }
    }
    let spent = |line: &Line| -> i64 {
        // What earlier grants used is no longer used by anything.
        let of_ledger = line.parts.iter().filter_map(|(at, _)| applications.all.get(*at));
        let members = of_ledger.filter(|of| matches!(of.from, From::Ledger(_))).map(|of| of.members.len());
        i64::try_from(members.sum::<usize>()).unwrap_or(i64::MAX)
    };
    let mut problem = Problem {
        achievements: vec![crate::allocate::Achievement { count: 1 }; applications.held.len()],
        scopes: applications.scopes.clone(),
        targets: applications.targets.clone(),
        applications: applications.all.iter().map(|of| of.application.clone()).collect(),
        blocks,
        branches,
        shares,
        limits: Vec::new(),
        conditions: Vec::new(),
        averages: Vec::new(),
    };
    for line in limits {
        let used = if line.counts_sources() { spent(line) } else { 0 };
        let at_most = line.most()?.saturating_sub(used);
        problem.limits.push(Row { counted: line.counted.clone(), at_most });
    }
    for line in requirements {
        let counts = !matches!(
            model.requirements.get(line.of as usize).map(|of| of.measure),
            Some(Counted::Credits(_))
        );
        let at_least = whole(line.bound, line.step, true)?;
        problem.conditions.push(Condition { counted: line.counted.clone(), at_least, counts });
    }
    Ok((problem, needs))
}

//! A block into which nothing can ever get asks for what nobody can meet.

use crate::diagnostic::{Code, Problem};
use crate::model::{BlockId, Model, Surplus};

pub(super) fn check(model: &Model, problems: &mut Vec<Problem>) {
    let filled = |id: BlockId| {
        let sends = |surplus: Option<Surplus>| matches!(surplus, Some(Surplus::To(to, _)) if to == id);
        model.blocks.iter().any(|block| block.parent == Some(id) || sends(block.surplus))
            || model.limits.iter().any(|line| sends(line.surplus))
            || model.surpluses.iter().any(|line| sends(Some(line.surplus)))
    };
    for (block, id) in model.blocks.iter().zip((0u32..).map(BlockId)) {
        let takes = block.takes.is_some() || block.account.is_some() || !block.shares.is_empty();
        // A root without a line of its own takes whatever counts, and an account what rules send.
        if block.parent.is_some() && !takes && !filled(id) {
            problems.push(Problem::new(Code::BlockEmpty, block.span).say("block", &*block.short));
        }
    }
}

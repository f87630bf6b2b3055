//! Where a credit may sit: the blocks of a programme, and what each takes.

use crate::evaluate::{Goal, HeldId, Owner};
use crate::model::{Block, BlockId, Home, Model, ProgrammeId};
use crate::quantity::Overflow;

use crate::answer::asking::Asking;

/// The blocks of a programme as an allocation numbers them: the programme itself is 0, and each stands after the one around it.
pub(super) struct Places<'a> {
    asking: &'a Asking<'a>,
    pub(super) blocks: Vec<BlockId>,
}

impl<'a> Places<'a> {
    pub(super) fn of(asking: &'a Asking<'a>, programme: ProgrammeId, root: BlockId) -> Places<'a> {
        let model = asking.model();
        let mut blocks = vec![root];
        let mut at = 0;
        while let Some(&around) = blocks.get(at) {
            let inside = (0u32..).map(BlockId).zip(&model.blocks);
            let inside = inside
                .filter(|(_, block)| block.parent == Some(around) && block.of == Home::Programme(programme));
            blocks.extend(inside.map(|(id, _)| id));
            at += 1;
        }
        Places { asking, blocks }
    }

    pub(super) fn number(&self, block: BlockId) -> Option<usize> {
        self.blocks.iter().position(|of| *of == block)
    }

    pub(super) fn block(&self, number: usize) -> Option<&'a Block> {
        block(self.asking.model(), *self.blocks.get(number)?)
    }

    /// Whether a block is another, or inside it.
    pub(super) fn is_in(&self, place: usize, within: usize) -> bool {
        let mut at = Some(place);
        while let Some(number) = at {
            if number == within {
                return true;
            }
            at = self.block(number).and_then(|block| block.parent).and_then(|parent| self.number(parent));
        }
        false
    }

    fn has_children(&self, of: BlockId) -> bool {
        self.blocks
            .iter()
            .any(|other| block(self.asking.model(), *other).is_some_and(|block| block.parent == Some(of)))
    }

    /// The blocks in which what is granted for a goal may sit.
    pub(super) fn of_goal(&self, goal: Goal) -> Result<Vec<usize>, Overflow> {
        match goal {
            Goal::Outcome(outcome) => self.taking(Owner::Target(outcome)),
            Goal::Block(of) => Ok((0..self.blocks.len())
                .filter(|at| {
                    let account = self.block(*at).and_then(|block| block.account);
                    self.blocks.get(*at) == Some(&of) || account == Some(of)
                })
                .collect()),
            Goal::Deposit(_) => Ok(Vec::new()),
        }
    }

    /// The blocks that take an achievement as what it is.
    pub(super) fn of_study(&self, held: HeldId) -> Result<Vec<usize>, Overflow> {
        self.taking(Owner::Held(held))
    }

    fn taking(&self, of: Owner) -> Result<Vec<usize>, Overflow> {
        let mut taking = Vec::new();
        for (at, id) in self.blocks.iter().enumerate() {
            let Some(block) = self.block(at) else { continue };
            let takes = match &block.takes {
                Some(items) => self.asking.means(items, of)?.is_true(),
                // A programme that says nothing of what it takes and has no blocks takes every course.
                None => at == 0 && !self.has_children(*id),
            };
            if takes {
                taking.push(at);
            }
        }
        Ok(taking)
    }
}

fn block(model: &Model, id: BlockId) -> Option<&Block> {
    model.blocks.get(id.index())
}

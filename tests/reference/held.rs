//! Which achievements a selection means, and whether the record holds what one asks for.

use super::condition::{Out, Question, Reason, View, Who, World};
use super::instance::total;
use super::model::{Item, Slot, Take};
use super::value::Truth;

impl World<'_> {
    /// Whether each part is held, all by different achievements.
    pub fn holds(&self, parts: &[Slot], later_than: Option<&[Who<'_>]>) -> Out {
        let held: Vec<usize> =
            (0..self.request.held.len()).filter(|at| !self.request.held[*at].withdrawn).collect();
        let fits: Vec<Vec<(usize, Out)>> = parts
            .iter()
            .map(|slot| {
                let meant = held.iter().map(|at| (*at, self.meant(slot, *at)));
                let meant = meant.map(|(at, out)| match later_than {
                    Some(these) if out.truth != Truth::F => (at, self.began_later(at, these, out)),
                    _ => (at, out),
                });
                meant.filter(|(_, out)| out.truth != Truth::F).collect()
            })
            .collect();
        let sure = assigned(parts, &fits, self, Truth::T);
        let possible = sure || assigned(parts, &fits, self, Truth::U);
        let truth = match (sure, possible || self.request.partial) {
            (true, _) => Truth::T,
            (_, false) => Truth::F,
            _ => Truth::U,
        };
        let mut questions: Vec<Question> =
            fits.iter().flatten().flat_map(|(_, out)| out.questions.clone()).collect();
        if possible && !sure {
            // What those that may count are worth decides it too.
            for (_, fits) in parts.iter().zip(&fits).filter(|(part, _)| matches!(part.take, Take::Credits(_)))
            {
                let open =
                    fits.iter().filter(|(at, _)| self.state(Who::Held(*at), "credits").value().is_none());
                questions.extend(open.map(|(at, _)| (self.held(*at).id.clone(), "credits".into())));
            }
        }
        if self.request.partial {
            questions.push(("record".into(), "outcome".into()));
        }
        Out::of(truth, questions, Reason::ConditionNotMet)
    }

    /// Whether a slot, with what its items leave out, means this achievement.
    pub fn meant(&self, slot: &Slot, place: usize) -> Out {
        let meant = Out::any(
            slot.items
                .iter()
                .map(|item| Out::all(vec![self.selects(item, place), self.excepts(item, place).not()]))
                .collect(),
        );
        Out::all(vec![meant, self.has_value(slot, place)])
    }

    /// Whether an item selects an achievement, exclusions aside.
    pub fn selects(&self, item: &Item, place: usize) -> Out {
        let held = self.held(place);
        let outcome = held.outcome.as_ref().is_some_and(|name| {
            // What was replaced by an equivalent serves where the new one is named, one step.
            let serves = |new: &String| self.model.outcomes[new].replaces.contains(name);
            item.outcomes.iter().any(|new| new == name || serves(new))
        });
        let kind = item.kinds.iter().any(|kind| self.is_of(&held.kind, kind));
        if !outcome && !kind {
            return Out::truth(Truth::F);
        }
        let view = View { itself: Some(Who::Held(place)), ..View::default() };
        item.bracket.as_ref().map_or(Out::truth(Truth::T), |cond| self.cond(cond, &view))
    }

    /// Whether an item names an achievement and leaves it out.
    pub fn excepts(&self, item: &Item, place: usize) -> Out {
        Out::any(item.except.iter().map(|item| self.selects(item, place)).collect())
    }

    /// Whether an item of a bar names a target.
    pub fn names(&self, item: &Item, target: &str) -> Out {
        let outcome = &self.model.outcomes[target];
        let named = item.outcomes.iter().any(|name| name == target)
            || item.kinds.iter().any(|kind| self.is_of(&outcome.kind, kind));
        if !named {
            return Out::truth(Truth::F);
        }
        let target = self.model.outcomes.get_key_value(target).unwrap().0;
        let view = View { itself: Some(Who::Outcome(target)), target: Some(target), ..View::default() };
        let selected = item.bracket.as_ref().map_or(Out::truth(Truth::T), |cond| self.cond(cond, &view));
        let but = Out::any(item.except.iter().map(|item| self.names(item, target)).collect());
        Out::all(vec![selected, but.not()])
    }
}

/// Whether every part can be filled by achievements of its own that match at least so surely.
fn assigned(parts: &[Slot], fits: &[Vec<(usize, Out)>], world: &World<'_>, least: Truth) -> bool {
    fn fill(
        parts: &[Slot],
        fits: &[Vec<(usize, Out)>],
        world: &World<'_>,
        least: Truth,
        part: usize,
        taken: &mut Vec<usize>,
    ) -> bool {
        let Some(slot) = parts.get(part) else { return true };
        let free: Vec<usize> = fits[part]
            .iter()
            .filter(|(at, out)| out.truth >= least && !taken.contains(at))
            .map(|(at, _)| *at)
            .collect();
        if let Take::Credits(wanted) = slot.take {
            // Any of them that are worth enough.
            return (1..=free.len()).any(|number| {
                chosen(&free, number, &mut |some| {
                    let (low, high) = total(world, some, "credits");
                    let worth = if least == Truth::T {
                        low >= wanted
                    } else {
                        high.is_none_or(|high| high >= wanted)
                    };
                    if !worth {
                        return false;
                    }
                    let before = taken.len();
                    taken.extend(some);
                    let done = fill(parts, fits, world, least, part + 1, taken);
                    taken.truncate(before);
                    done
                })
            });
        }
        let number = match slot.take {
            Take::Exactly(number) => number,
            _ => 1,
        };
        chosen(&free, number, &mut |some| {
            let different = some
                .iter()
                .enumerate()
                .all(|(i, a)| some[..i].iter().all(|b| !world.repeats_in(slot, *a, *b)));
            if !different {
                return false;
            }
            let before = taken.len();
            taken.extend(some);
            let done = fill(parts, fits, world, least, part + 1, taken);
            taken.truncate(before);
            done
        })
    }
    fill(parts, fits, world, least, 0, &mut Vec::new())
}

/// Tries every choice of so many, in order; stops at the first that is accepted.
pub fn chosen(of: &[usize], number: usize, accept: &mut dyn FnMut(&[usize]) -> bool) -> bool {
    fn go(
        of: &[usize],
        number: usize,
        some: &mut Vec<usize>,
        accept: &mut dyn FnMut(&[usize]) -> bool,
    ) -> bool {
        if number == 0 {
            return accept(some);
        }
        (0..of.len()).any(|first| {
            some.push(of[first]);
            let done = go(&of[first + 1..], number - 1, some, accept);
            some.pop();
            done
        })
    }
    go(of, number, &mut Vec::new(), accept)
}

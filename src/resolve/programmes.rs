//! Programmes and blocks: each with its lines, and what they ask and take.

use crate::model::{
    Block, BlockId, BodyId, Branches, Combine, Exclusion, Holder, Home, Limit, Programme, Role, SchemeId,
    Scope, Share, Status, Surplus, SurplusLine, UnitDoor, UnitId, Use,
};
use crate::syntax::tree::{
    CountRule, InForce, LimitLine, Name, NameSlot, Operand, Selection, SelectionKind, StatusWord, Test,
};

use super::blocks::{Blocks, Written};
use super::conversions::Applied;
use super::documents::{citations, window};
use super::fault::{unknown, with_nearest};
use super::items::{is_damaged, slots_among};
use super::known::{Known, Making};
use super::names::{Sort, Thing, is_boxed};
use super::once::Once;
use super::remarks::{reading, remark};
use super::selections::items;
use super::sentences::{Around, sentences, surplus, switch};
use super::sharing;
use super::spot::{Plain, Scene};
use super::titles::titles;

/// Everything that programmes, blocks, and the lines in them, schemes and rules say of where credits go.
#[derive(Default)]
pub(super) struct Places {
    pub(super) blocks: Vec<Block>,
    pub(super) programmes: Vec<Programme>,
    pub(super) limits: Vec<Limit>,
    pub(super) requirements: Vec<Limit>,
    pub(super) combines: Vec<Combine>,
    pub(super) exclusions: Vec<Exclusion>,
    pub(super) surpluses: Vec<SurplusLine>,
}

impl Places {
    /// Takes in what a scheme or a rule says of which of its credits count.
    pub(super) fn add(
        &mut self,
        known: &Known<'_>,
        making: &mut Making,
        around: &Around<'_, '_>,
        written: &super::slots::Counting<'_>,
        scheme: Option<usize>,
    ) {
        self.limits.extend(sentences(known, making, around, &written.limits, false));
        self.requirements.extend(sentences(known, making, around, &written.requires, true));
        for of in &written.combines {
            self.combines.extend(sharing::combine(known, making, around, of));
        }
        for (names, at) in &written.exclusions {
            self.exclusions.extend(sharing::exclusion(known, making, around, scheme, names, *at));
        }
        if let Some(word) = written.surplus {
            self.surpluses.extend(sharing::surplus_line(known, making, around, word));
        }
    }

    /// Sorts the lines by where they hold and what they are called: their ids do not depend on the order of the text.
    pub(super) fn settle(&mut self) {
        // Of one name there are several only where one line says `each of`.
        let order = |a: &Limit, b: &Limit| (a.scope, &a.name, a.span).cmp(&(b.scope, &b.name, b.span));
        self.limits.sort_by(order);
        self.requirements.sort_by(order);
        self.combines.sort_by(|a, b| (a.scope, a.by, &a.per).cmp(&(b.scope, b.by, &b.per)));
        self.exclusions.sort_by(|a, b| (a.scope, &a.sides).cmp(&(b.scope, &b.sides)));
        self.surpluses.sort_by_key(|line| line.scope);
    }
}

/// The lines of one block or programme, as written.
#[derive(Default)]
struct Lines<'t> {
    at: Option<&'t [Name]>,
    under: &'t [Name],
    unit: Option<&'t [Name]>,
    cite: Option<&'t [crate::syntax::tree::Citation]>,
    in_force: Vec<&'t InForce>,
    status: Option<StatusWord>,
    takes: Option<&'t Selection>,
    when: Vec<(&'t Test, bool)>,
    limits: Vec<&'t LimitLine>,
    requires: Vec<&'t LimitLine>,
    count: Option<CountRule>,
    rest: Vec<&'t crate::syntax::tree::Slot>,
}

fn lines<'t>(making: &mut Making, written: &Written<'t>) -> Lines<'t> {
    use crate::syntax::tree::DeclarationWord as W;
    let is_programme = written.parent.is_none() && matches!(written.home, Home::Programme(_));
    let container = if is_programme { "declaration.programme" } else { "declaration.block" };
    let mut lines = Lines::default();
    let mut once = Once::default();
    let body = written.declaration.body.as_ref();
    for slot in slots_among(body, container, &[W::Block, W::Branches], false, &mut making.found) {
        let at = slot.word_span;
        let mut single = |word: &'static str, making: &mut Making| once.check(&mut making.found, word, at);
        match &slot.operand {
            Operand::Names(NameSlot::At, names) if is_programme => {
                if single("slot.at", making) {
                    lines.at = Some(names);
                }
            }
            Operand::Names(NameSlot::Under, names) if is_programme => {
                if single("slot.under", making) {
                    lines.under = names;
                }
            }
            Operand::Names(NameSlot::Unit, names) => {
                if single("slot.unit", making) {
                    lines.unit = Some(names);
                }
            }
            Operand::Cite(cites) => {
                if single("slot.cite", making) {
                    lines.cite = Some(cites);
                }
            }
            Operand::InForce(written) if is_programme => lines.in_force.push(written),
            Operand::Status(word, _) if is_programme => {
                if single("slot.status", making) {
                    lines.status = Some(*word);
                }
            }
            Operand::Takes(of) => {
                if single("slot.takes", making) {
                    lines.takes = Some(of);
                }
            }
            Operand::Count(rule, _) if is_programme => {
                if single("slot.count", making) {
                    lines.count = Some(*rule);
                }
            }
            Operand::Surplus(_) => {
                if single("slot.surplus-lost", making) {
                    lines.rest.push(slot);
                }
            }
            Operand::When(test) => lines.when.push((test, false)),
            Operand::Unless(test) => lines.when.push((test, true)),
            Operand::Limit(line) => lines.limits.push(line),
            Operand::Require(line) => lines.requires.push(line),
            Operand::CombineSum => {}
            Operand::Share(_) | Operand::NotBoth(_) | Operand::CombineHighest(_) => lines.rest.push(slot),
            Operand::CountIn(_) | Operand::Reading(..) | Operand::Advise(_) | Operand::Note(_)
                if is_programme =>
            {
                lines.rest.push(slot);
            }
            Operand::Note(_) => {}
            _ => making.found.misplaced(at, container),
        }
    }
    lines
}

/// Reads all blocks and programmes.
pub(super) fn read(known: &Known<'_>, making: &mut Making, blocks: &Blocks<'_>) -> Places {
    let mut places = Places::default();
    let written: Vec<Lines<'_>> = blocks.all.iter().map(|block| lines(making, block)).collect();
    for id in (0u32..).map(BlockId).take(blocks.all.len()) {
        let block = block(known, making, blocks, &written, id, &mut places);
        places.blocks.extend(block);
    }
    for (&root, item) in blocks.roots.iter().zip(&known.items.programmes) {
        let Some((of, lines)) = blocks.all.get(root.index()).zip(written.get(root.index())) else { continue };
        let unit = places.blocks.get(root.index()).and_then(|block| block.unit);
        let programme = programme(known, making, blocks, (of, lines, root), unit);
        places.programmes.push(Programme { name: item.name.clone(), ..programme });
    }
    places
}

/// The unit that an account states.
pub(super) fn account_unit<'t>(known: &Known<'t>, block: BlockId) -> Option<&'t [Name]> {
    let declaration: &'t crate::syntax::tree::Declaration =
        known.items.accounts.get(block.index())?.item.declaration;
    super::items::slots(declaration.body.as_ref()).find_map(|(_, slot)| match &slot.operand {
        Operand::Names(NameSlot::Unit, names) => Some(&names[..]),
        _ => None,
    })
}

/// What the nearest of a block and those around it says; trees of blocks nest no deeper than a text may.
fn nearest<'l, 't, T>(
    blocks: &Blocks<'t>,
    written: &'l [Lines<'t>],
    id: BlockId,
    said: impl Fn(&'l Lines<'t>) -> Option<T>,
) -> Option<T> {
    let mut at = Some(id);
    while let Some(here) = at {
        if let Some(said) = written.get(here.index()).and_then(&said) {
            return Some(said);
        }
        at = blocks.all.get(here.index())?.parent;
    }
    None
}

/// The body at hand, for what is earned here and for periods.
fn here(known: &Known<'_>, making: &mut Making, package: usize, names: Option<&[Name]>) -> Option<BodyId> {
    match known.names.find(package, names?.first()?, &[Sort::Body], &mut making.found)? {
        Thing::Body(body) => Some(body),
        _ => None,
    }
}

fn block(
    known: &Known<'_>,
    making: &mut Making,
    blocks: &Blocks<'_>,
    written: &[Lines<'_>],
    id: BlockId,
    places: &mut Places,
) -> Option<Block> {
    let (of, lines) = (blocks.all.get(id.index())?, written.get(id.index())?);
    let declaration = of.declaration;
    let is_in_programme = matches!(of.home, Home::Programme(_));
    // A block of a programme takes in the account of its name.
    let account = declaration.name.as_ref().filter(|_| is_in_programme && of.parent.is_some());
    let account = account.and_then(|name| blocks.peek(known, None, of.package, name));
    // A block's unit is its own, else that of the block around it, of its account, of its package.
    let said = nearest(blocks, written, id, |lines| lines.unit);
    let said = said.or_else(|| nearest(blocks, written, account?, |lines| lines.unit));
    let unit = match said {
        Some(names) => super::schemes::unit(known, making, of.package, names),
        None => known.package_units.get(of.package).copied().flatten(),
    };
    let body = here(known, making, of.package, nearest(blocks, written, id, |lines| lines.at));
    let basis = nearest(blocks, written, id, |lines| lines.cite);
    let basis = basis.map_or_else(Vec::new, |cites| citations(known, making, of.package, cites));
    let around = Around {
        package: of.package,
        scope: Scope::Block(id),
        root: Some(of.root),
        unit,
        here: body,
        parties: &[],
        applied: Applied::default(),
        opened: &[],
        cites: &basis,
        blocks,
        kinds: &[],
        damaged: is_damaged(declaration.body.as_ref()),
    };
    let bare = around.scene(Plain::Of(Holder::Itself), &[], &[]);
    let takes = match lines.takes {
        None => None,
        Some(selection) => {
            let made = items(known, making, &bare, &each(selection));
            making.made(made, selection.span)
        }
    };
    let when = switch(known, making, &around, &lines.when);
    places.limits.extend(sentences(known, making, &around, &lines.limits, false));
    places.requirements.extend(sentences(known, making, &around, &lines.requires, true));
    let mut shares: Vec<Share> = Vec::new();
    let mut own_surplus: Option<Surplus> = None;
    for slot in &lines.rest {
        match &slot.operand {
            Operand::Share(share) => shares.extend(sharing::shares(known, making, &around, id, share)),
            Operand::NotBoth(names) => {
                let at = names.iter().map(|name| name.span).fold(slot.word_span, crate::source::Span::join);
                places.exclusions.extend(sharing::exclusion(known, making, &around, None, names, at));
            }
            Operand::CombineHighest(of) => {
                places.combines.extend(sharing::combine(known, making, &around, of))
            }
            Operand::Surplus(word) => own_surplus = surplus(known, making, &around, word),
            _ => {}
        }
    }
    let branches = of.branches.iter();
    Some(Block {
        name: of.name.clone(),
        short: declaration.name.as_ref().map_or_else(Box::default, |name| name.text.clone()),
        aliases: declaration.aliases.iter().map(|alias| alias.text.clone()).collect(),
        titles: titles(&declaration.titles),
        of: of.home,
        parent: of.parent,
        account,
        unit,
        takes,
        when,
        branches: branches
            .map(|several| Branches { number: several.number, of: several.of.clone(), span: several.span })
            .collect(),
        shares,
        surplus: own_surplus,
        cites: basis,
        span: declaration.header,
    })
}

/// What a block takes is each of what is named.
fn each(selection: &Selection) -> Selection {
    match &selection.kind {
        SelectionKind::All(parts) => {
            Selection { span: selection.span, kind: SelectionKind::Each(parts.clone()) }
        }
        _ => selection.clone(),
    }
}

fn programme(
    known: &Known<'_>,
    making: &mut Making,
    blocks: &Blocks<'_>,
    (of, lines, root): (&Written<'_>, &Lines<'_>, BlockId),
    unit: Option<UnitId>,
) -> Programme {
    let declaration = of.declaration;
    let mut under: Vec<SchemeId> = Vec::new();
    for name in lines.under {
        match sharing::scheme_named(known, of.package, name) {
            Some(scheme) => under.push(scheme),
            None => {
                let kind = crate::diagnostic::Said::Word("declaration.scheme");
                let problem = unknown(&name.text, is_boxed(name), kind, name.span);
                let schemes = known.items.schemes.iter().filter(|scheme| !scheme.solitary);
                let names = schemes.map(|scheme| &*scheme.item.name);
                making.found.push(with_nearest(problem, &name.text, names));
            }
        }
    }
    let at = here(known, making, of.package, lines.at);
    let scene = Scene {
        package: of.package,
        plain: Plain::Nobody,
        sources: (&[][..]).into(),
        targets: (&[][..]).into(),
        unit,
        applied: Applied::default(),
        parties: &[],
        role: Role::Window,
        damaged: is_damaged(declaration.body.as_ref()),
    };
    let around = Around {
        package: of.package,
        scope: Scope::Block(root),
        root: Some(root),
        unit,
        here: at,
        parties: &[],
        applied: Applied::default(),
        opened: &[],
        cites: &[],
        blocks,
        kinds: &[],
        damaged: scene.damaged,
    };
    let mut made = Programme {
        name: Box::default(),
        aliases: declaration.aliases.iter().map(|alias| alias.text.clone()).collect(),
        titles: titles(&declaration.titles),
        at,
        under,
        root,
        achievements: match lines.count {
            Some(CountRule::AchievementFreely) => Use::Freely,
            Some(CountRule::AchievementOnceEverywhere) => Use::OnceEverywhere,
            _ => Use::Once,
        },
        status: lines.status.map_or(Status::Verified, |word| super::schemes::status(Some(word))),
        cites: lines.cite.map_or_else(Vec::new, |cites| citations(known, making, of.package, cites)),
        windows: lines.in_force.iter().filter_map(|written| window(known, making, &scene, written)).collect(),
        doors: Vec::new(),
        readings: Vec::new(),
        advice: Vec::new(),
        notes: Vec::new(),
        span: declaration.header,
    };
    for slot in &lines.rest {
        match &slot.operand {
            Operand::CountIn(door) => {
                let door: Option<UnitDoor> = sharing::door(known, making, &around, door);
                made.doors.extend(door);
            }
            Operand::Reading(text, cites) => {
                made.readings.push(reading(known, making, of.package, text, cites));
            }
            Operand::Advise(text) => made.advice.push(remark(text)),
            Operand::Note(text) => made.notes.push(remark(text)),
            _ => {}
        }
    }
    made
}

//! The tree of blocks: accounts with what stands in them, and the blocks of programmes, each with its id.
//!
//! Accounts are named in their package; a block inside another only in its own account or programme, so two programmes may
//! both have a `core`. A name is looked for inside first.

use rustc_hash::FxHashMap;

use crate::language::normal;
use crate::model::{BlockId, Home, ProgrammeId, SchemeId};
use crate::source::Span;
use crate::syntax::tree::{Declaration, DeclarationWord, Name, SpecialHeader, StatementKind};

use super::fault::duplicate;
use super::items::{Item, statements};
use super::known::{Known, Making};
use super::names::{Sort, Thing};

/// A block as written.
pub(super) struct Written<'t> {
    pub(super) declaration: &'t Declaration,
    pub(super) package: usize,
    /// Its canonical name.
    pub(super) name: Box<str>,
    pub(super) home: Home,
    /// The block around it, and the one that all around it stand in: itself where none is around.
    pub(super) parent: Option<BlockId>,
    pub(super) root: BlockId,
    /// So many of some of its children.
    pub(super) branches: Vec<Several>,
}

/// `2 of { block a; block b }`.
pub(super) struct Several {
    pub(super) number: u32,
    pub(super) of: Vec<BlockId>,
    pub(super) span: Span,
}

/// All blocks, in the order of their ids.
#[derive(Default)]
pub(super) struct Blocks<'t> {
    pub(super) all: Vec<Written<'t>>,
    local: FxHashMap<(BlockId, Box<str>), BlockId>,
    /// The root block of each programme.
    pub(super) roots: Vec<BlockId>,
}

/// A block as it is met: by the places of headers, before ids are known.
struct Met<'t> {
    declaration: &'t Declaration,
    package: usize,
    name: Box<str>,
    home: Home,
    parent: Option<Span>,
    root: Span,
}

impl<'t> Blocks<'t> {
    /// Takes in the blocks of all accounts and programmes.
    pub(super) fn gather(known: &Known<'t>, making: &mut Making) -> Blocks<'t> {
        let top = |item: &Item<'t>, home| Met {
            declaration: item.declaration,
            package: item.package,
            name: item.name.clone(),
            home,
            parent: None,
            root: item.declaration.header,
        };
        let mut accounts: Vec<Met<'t>> = Vec::new();
        for account in &known.items.accounts {
            let scheme = account.scheme.and_then(|at| u32::try_from(at).ok()).map(SchemeId);
            accounts.push(top(&account.item, scheme.map_or(Home::Package, Home::Scheme)));
        }
        let programmes = known.items.programmes.iter().zip((0u32..).map(ProgrammeId));
        let mut met: Vec<Met<'t>> = programmes.map(|(item, id)| top(item, Home::Programme(id))).collect();
        let mut several: Vec<(Span, &'t Declaration)> = Vec::new();
        let mut inner = Vec::new();
        for around in accounts.iter().chain(&met) {
            inner.extend(inside(making, around, &mut several));
        }
        met.extend(inner);
        met.sort_by(|a, b| {
            (&*a.name, a.package, a.declaration.header).cmp(&(&*b.name, b.package, b.declaration.header))
        });
        accounts.extend(met);
        Blocks::of(accounts, &several, making)
    }

    fn of(met: Vec<Met<'t>>, several: &[(Span, &'t Declaration)], making: &mut Making) -> Blocks<'t> {
        let ids: FxHashMap<Span, BlockId> =
            met.iter().zip((0u32..).map(BlockId)).map(|(of, id)| (of.declaration.header, id)).collect();
        let mut blocks = Blocks::default();
        let mut first: FxHashMap<(Span, &str), Span> = FxHashMap::default();
        for (of, id) in met.iter().zip((0u32..).map(BlockId)) {
            if of.parent.is_none() {
                if let Home::Programme(_) = of.home {
                    blocks.roots.push(id);
                }
                continue;
            }
            let Some(&root) = ids.get(&of.root) else { continue };
            for name in of.declaration.name.iter().chain(&of.declaration.aliases) {
                if let Some(&before) = first.get(&(of.root, &*name.text)) {
                    making.found.push(duplicate(&name.text, name.span, before));
                    continue;
                }
                first.insert((of.root, &name.text), name.span);
                blocks.local.insert((root, name.text.clone()), id);
            }
        }
        for (of, id) in met.iter().zip((0u32..).map(BlockId)).filter(|(of, _)| of.parent.is_some()) {
            let Some(&root) = ids.get(&of.root) else { continue };
            for title in &of.declaration.titles {
                blocks.local.entry((root, normal(&title.text.text).into())).or_insert(id);
            }
        }
        // Programmes are numbered by name, as their roots are sorted.
        blocks.roots.sort_unstable_by_key(|&id| match met.get(id.index()).map(|of| of.home) {
            Some(Home::Programme(programme)) => programme.0,
            _ => u32::MAX,
        });
        let named = |span: &Span| ids.get(span).copied();
        for (of, id) in met.into_iter().zip((0u32..).map(BlockId)) {
            let header = of.declaration.header;
            let mut branches = Vec::new();
            for (_, declaration) in several.iter().filter(|(around, _)| *around == header) {
                branches.extend(branch(declaration, &named, making));
            }
            blocks.all.push(Written {
                declaration: of.declaration,
                package: of.package,
                name: of.name,
                home: of.home,
                parent: of.parent.as_ref().and_then(named),
                root: named(&of.root).unwrap_or(id),
                branches,
            });
        }
        blocks
    }

    /// The block that a name names inside this root, else the account; what names nothing is told.
    pub(super) fn find(
        &self,
        known: &Known<'_>,
        making: &mut Making,
        root: Option<BlockId>,
        package: usize,
        name: &Name,
    ) -> Option<BlockId> {
        if let Some(block) = self.peek(known, root, package, name) {
            return Some(block);
        }
        match known.names.find(package, name, &[Sort::Block], &mut making.found)? {
            Thing::Block(block) => Some(block),
            _ => None,
        }
    }

    /// The block that a name names, without a word where it names none.
    pub(super) fn peek(
        &self,
        known: &Known<'_>,
        root: Option<BlockId>,
        package: usize,
        name: &Name,
    ) -> Option<BlockId> {
        let local = root.and_then(|root| {
            let exact = self.local.get(&(root, name.text.clone()));
            exact.or_else(|| self.local.get(&(root, normal(&name.text).into()))).copied()
        });
        local.or_else(|| match known.names.peek(package, name, &[Sort::Block])? {
            Thing::Block(block) => Some(block),
            _ => None,
        })
    }
}

/// The blocks inside an account or a programme, in any depth that a text may have.
fn inside<'t>(
    making: &mut Making,
    top: &Met<'t>,
    several: &mut Vec<(Span, &'t Declaration)>,
) -> Vec<Met<'t>> {
    let mut met = Vec::new();
    let container =
        if matches!(top.home, Home::Programme(_)) { "declaration.programme" } else { "declaration.block" };
    let mut open: Vec<(&'t Declaration, Span)> = vec![(top.declaration, top.declaration.header)];
    while let Some((declaration, around)) = open.pop() {
        for statement in statements(declaration.body.as_ref()) {
            let StatementKind::Declaration(inner) = &statement.kind else { continue };
            let inner: &'t Declaration = inner;
            match inner.word {
                DeclarationWord::Block => {
                    let Some(name) = &inner.name else { continue };
                    met.push(Met {
                        declaration: inner,
                        package: top.package,
                        name: format!("{}.{}", top.name, name.text).into(),
                        home: top.home,
                        parent: Some(around),
                        root: top.root,
                    });
                    open.push((inner, inner.header));
                }
                DeclarationWord::Branches if declaration.word != DeclarationWord::Branches => {
                    several.push((around, inner));
                    open.push((inner, around));
                }
                _ => making.found.misplaced(inner.word_span, container),
            }
        }
    }
    met
}

/// `2 of { … }`: no more than stand there, and one at least.
fn branch(
    declaration: &Declaration,
    named: &impl Fn(&Span) -> Option<BlockId>,
    making: &mut Making,
) -> Option<Several> {
    let of: Vec<BlockId> = statements(declaration.body.as_ref())
        .iter()
        .filter_map(|statement| match &statement.kind {
            StatementKind::Declaration(inner) if inner.word == DeclarationWord::Block => named(&inner.header),
            _ => None,
        })
        .collect();
    let Some(SpecialHeader::Branches(number)) = declaration.special.as_deref() else { return None };
    let count = number.value.to_int().and_then(|whole| u32::try_from(whole).ok()).filter(|&count| count > 0);
    let Some(count) = count else {
        making.found.push(super::selections::not_a_number(making.found.written(number.span), number.span));
        return None;
    };
    if count as usize > of.len() {
        let there =
            i64::try_from(of.len()).map_or(crate::quantity::Ratio::ZERO, crate::quantity::Ratio::from_int);
        let problem = crate::diagnostic::Problem::new(crate::diagnostic::Code::SelectTooMany, number.span);
        making.found.push(problem.say("wanted", number.value).say("there", there));
        return None;
    }
    Some(Several { number: count, of, span: declaration.header })
}

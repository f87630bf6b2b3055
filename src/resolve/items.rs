//! The declarations of all packages, each sort in the order of canonical names: what ids are given by.
//!
//! Two packages whose files are shuffled give the same items in the same order. A declaration in a place where none of its
//! sort belongs is reported and taken in all the same, so that its uses are not reported too.

use crate::source::Span;
use crate::syntax::tree::{
    Body, Declaration, DeclarationWord, Never, Operand, Statement, StatementKind, Tree,
};

use super::found::Found;
use super::packages::Package;

/// A declaration.
#[derive(Debug)]
pub(super) struct Item<'t> {
    /// The package it stands in.
    pub(super) package: usize,
    /// Its canonical name, the package's prefix included.
    pub(super) name: Box<str>,
    /// What was written.
    pub(super) declaration: &'t Declaration,
    /// The whole of it, body included.
    pub(super) span: Span,
}

/// A rule and the scheme it stands in.
#[derive(Debug)]
pub(super) struct RuleItem<'t> {
    /// The rule itself; its name has no prefix, as its scheme's has.
    pub(super) item: Item<'t>,
    /// Its scheme, by its place among the schemes.
    pub(super) scheme: usize,
    /// Where a member, or one that adopts, has it from.
    pub(super) inherited: Option<Box<Inherited<'t>>>,
}

/// What a rule is that stands in another scheme than the one it is written in.
#[derive(Clone, Debug)]
pub(super) struct Inherited<'t> {
    /// The scheme in which it is written, by its place among the schemes.
    pub(super) home: usize,
    /// The scheme it was taken from: that of the frame itself, or of a member that is a frame in turn.
    pub(super) from: usize,
    /// What members changed, the outermost first: the scheme that says so and what it says.
    pub(super) amended: Vec<(usize, &'t Declaration)>,
}

/// A scheme, or the scheme of one that a rule outside a scheme is.
#[derive(Debug)]
pub(super) struct SchemeItem<'t> {
    /// The scheme, or the rule.
    pub(super) item: Item<'t>,
    /// Whether it is a rule outside a scheme.
    pub(super) solitary: bool,
    /// The scheme whose rules it has too, by its place among the schemes.
    pub(super) frame: Option<Frame>,
    /// Whether another scheme has its rules: then it answers through that one alone.
    pub(super) is_frame: bool,
    /// What it changes of the rules it has from its frame.
    pub(super) amends: Vec<Item<'t>>,
}

/// Whose rules a scheme has too, and on what terms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Frame {
    /// The scheme.
    pub(super) scheme: usize,
    /// How it is bound.
    pub(super) bond: Bond,
    /// Where it says so.
    pub(super) at: Span,
}

/// How a scheme is bound to the one whose rules it has too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bond {
    /// `under`: it obeys.
    Under,
    /// `adopt`: it copies what does not bind it.
    Adopted,
    /// `adopt with discretion`: what would be granted is referred.
    Discretion,
}

impl<'t> SchemeItem<'t> {
    fn of(item: Item<'t>, solitary: bool) -> SchemeItem<'t> {
        SchemeItem { item, solitary, frame: None, is_frame: false, amends: Vec::new() }
    }
}

/// A bar and where it stands.
#[derive(Debug)]
pub(super) struct BarItem<'t> {
    /// The scheme in which it is written, where it stands in a member's.
    pub(super) home: Option<usize>,
    pub(super) package: usize,
    /// The scheme it stands in, by its place among the schemes.
    pub(super) scheme: Option<usize>,
    pub(super) never: &'t Never,
    pub(super) span: Span,
}

/// A ratio and where it stands.
#[derive(Debug)]
pub(super) struct RatioItem<'t> {
    pub(super) package: usize,
    /// The scheme it stands in, by its place among the schemes.
    pub(super) scheme: Option<usize>,
    pub(super) declaration: &'t Declaration,
}

/// A block outside programmes, and the scheme it stands in.
#[derive(Debug)]
pub(super) struct AccountItem<'t> {
    pub(super) item: Item<'t>,
    /// The scheme, by its place among the schemes.
    pub(super) scheme: Option<usize>,
}

/// All declarations.
#[derive(Debug, Default)]
pub(super) struct Items<'t> {
    pub(super) documents: Vec<Item<'t>>,
    pub(super) bodies: Vec<Item<'t>>,
    pub(super) units: Vec<Item<'t>>,
    pub(super) scales: Vec<Item<'t>>,
    pub(super) maps: Vec<Item<'t>>,
    pub(super) kinds: Vec<Item<'t>>,
    pub(super) outcomes: Vec<Item<'t>>,
    pub(super) sets: Vec<Item<'t>>,
    pub(super) frameworks: Vec<Item<'t>>,
    pub(super) comparisons: Vec<Item<'t>>,
    pub(super) standards: Vec<Item<'t>>,
    pub(super) conditions: Vec<Item<'t>>,
    pub(super) provisions: Vec<Item<'t>>,
    pub(super) programmes: Vec<Item<'t>>,
    pub(super) tests: Vec<Item<'t>>,
    pub(super) accounts: Vec<AccountItem<'t>>,
    pub(super) schemes: Vec<SchemeItem<'t>>,
    pub(super) rules: Vec<RuleItem<'t>>,
    pub(super) bars: Vec<BarItem<'t>>,
    /// Judgements that tests ask for, with their judges.
    pub(super) judged: Vec<super::similar::Judged>,
    /// What rules leave to a judge between two ends.
    pub(super) ranges: Vec<super::judged::Asked<'t>>,
    pub(super) ratios: Vec<RatioItem<'t>>,
    /// `learner` and `plan` declarations, in the order of packages and places.
    pub(super) learners: Vec<(usize, &'t Declaration)>,
    pub(super) plans: Vec<(usize, &'t Declaration)>,
}

/// Rules and bars as they are met, with the scheme they stand in by the place of its header.
#[derive(Default)]
struct Met<'t> {
    rules: Vec<(Item<'t>, Option<Span>)>,
    bars: Vec<(BarItem<'t>, Option<Span>)>,
    ratios: Vec<(RatioItem<'t>, Option<Span>)>,
    amends: Vec<(Item<'t>, Option<Span>)>,
    accounts: Vec<(Item<'t>, Option<Span>)>,
}

impl<'t> Items<'t> {
    /// Takes in all declarations of all trees.
    pub(super) fn gather(
        trees: &'t [Tree],
        of_tree: &[usize],
        packages: &[Package<'t>],
        found: &mut Found,
    ) -> Items<'t> {
        let mut items = Items { judged: super::similar::gather(trees, of_tree), ..Items::default() };
        let mut met = Met::default();
        for (tree, &package) in trees.iter().zip(of_tree) {
            let prefix = packages.get(package).map_or("", |package| &*package.prefix);
            for statement in &tree.statements {
                items.statement(statement, package, prefix, None, &mut met, found);
            }
        }
        items.settle(met, packages);
        items.ranges = super::judged::gather(&items);
        items
    }

    fn statement(
        &mut self,
        statement: &'t Statement,
        package: usize,
        prefix: &str,
        scheme: Option<Span>,
        met: &mut Met<'t>,
        found: &mut Found,
    ) {
        match &statement.kind {
            StatementKind::Declaration(declaration) => {
                self.declaration(statement, declaration, package, prefix, scheme, met, found);
            }
            StatementKind::Slot(slot) => {
                if let Operand::Never(never) = &slot.operand {
                    met.bars.push((
                        BarItem { home: None, package, scheme: None, never, span: statement.span },
                        scheme,
                    ));
                } else if scheme.is_none() {
                    found.misplaced(slot.word_span, "declaration.package");
                }
            }
            StatementKind::Row(_) | StatementKind::Members(_) if scheme.is_none() => {
                found.misplaced(statement.span, "declaration.package");
            }
            _ => {}
        }
    }

    #[allow(clippy::too_many_arguments)]
    fn declaration(
        &mut self,
        statement: &'t Statement,
        declaration: &'t Declaration,
        package: usize,
        prefix: &str,
        scheme: Option<Span>,
        met: &mut Met<'t>,
        found: &mut Found,
    ) {
        use DeclarationWord as W;
        let within_scheme = matches!(
            declaration.word,
            W::Rule | W::Condition | W::Provision | W::Ratio | W::Amend | W::Block
        );
        if scheme.is_some() && !within_scheme {
            found.misplaced(declaration.word_span, "declaration.scheme");
        }
        let Some(name) = &declaration.name else {
            match declaration.word {
                W::Learner => self.learners.push((package, declaration)),
                W::Plan => self.plans.push((package, declaration)),
                // Its header could not be read; its rules are checked all the same.
                W::Scheme | W::Agreement => {
                    let item = Item { package, name: prefix.into(), declaration, span: statement.span };
                    self.schemes.push(SchemeItem::of(item, false));
                    for inner in statements(declaration.body.as_ref()) {
                        self.statement(inner, package, prefix, Some(declaration.header), met, found);
                    }
                }
                W::Branches => found.misplaced(declaration.word_span, "declaration.package"),
                W::Ratio => met.ratios.push((RatioItem { package, scheme: None, declaration }, scheme)),
                _ => {}
            }
            return;
        };
        let bare = matches!(declaration.word, W::Rule | W::Condition | W::Provision | W::Amend);
        let text = own_name(declaration).unwrap_or(&name.text);
        let canonical: Box<str> =
            if bare || prefix.is_empty() { text.into() } else { format!("{prefix}{text}").into() };
        let item = Item { package, name: canonical, declaration, span: statement.span };
        match declaration.word {
            W::Document => self.documents.push(item),
            W::Body => self.bodies.push(item),
            W::Credit => self.units.push(item),
            W::Scale => self.scales.push(item),
            W::Map => self.maps.push(item),
            W::Kind => self.kinds.push(item),
            W::Outcome => self.outcomes.push(item),
            W::Set => self.sets.push(item),
            W::Framework => self.frameworks.push(item),
            W::Comparison => self.comparisons.push(item),
            W::Standard => self.standards.push(item),
            W::Condition => self.conditions.push(item),
            W::Provision => self.provisions.push(item),
            W::Rule => met.rules.push((item, scheme)),
            W::Amend if scheme.is_some() => met.amends.push((item, scheme)),
            W::Amend => found.misplaced(declaration.word_span, "declaration.package"),
            W::Learner => self.learners.push((package, declaration)),
            W::Plan => self.plans.push((package, declaration)),
            W::Scheme | W::Agreement | W::Adopt | W::AdoptWithDiscretion => {
                self.schemes.push(SchemeItem::of(item, false));
                for inner in statements(declaration.body.as_ref()) {
                    self.statement(inner, package, prefix, Some(declaration.header), met, found);
                }
            }
            W::Package => {
                for inner in statements(declaration.body.as_ref()) {
                    if let StatementKind::Declaration(inner_declaration) = &inner.kind
                        && inner_declaration.word != W::Use
                    {
                        self.declaration(inner, inner_declaration, package, prefix, None, met, found);
                    }
                }
            }
            W::Dimension | W::Statement => found.misplaced(declaration.word_span, "declaration.package"),
            W::Use | W::Ratio => {}
            W::Block => met.accounts.push((item, scheme)),
            W::Programme => self.programmes.push(item),
            W::Test => self.tests.push(item),
            W::Branches => {}
        }
    }

    /// Sorts everything by canonical name, and gives every rule and bar the place of its scheme.
    fn settle(&mut self, met: Met<'t>, packages: &[Package<'t>]) {
        for list in [
            &mut self.documents,
            &mut self.bodies,
            &mut self.units,
            &mut self.scales,
            &mut self.maps,
            &mut self.kinds,
            &mut self.outcomes,
            &mut self.sets,
            &mut self.frameworks,
            &mut self.comparisons,
            &mut self.standards,
            &mut self.conditions,
            &mut self.provisions,
            &mut self.programmes,
            &mut self.tests,
        ] {
            list.sort_by(|a, b| (&*a.name, a.package, a.span).cmp(&(&*b.name, b.package, b.span)));
        }
        self.learners.sort_by_key(|(package, declaration)| (*package, declaration.header));
        self.plans.sort_by_key(|(package, declaration)| (*package, declaration.header));
        for (rule, scheme) in &met.rules {
            if scheme.is_none() {
                let prefix = packages.get(rule.package).map_or("", |package| &*package.prefix);
                let item = Item { name: format!("{prefix}{}", rule.name).into(), ..*rule };
                self.schemes.push(SchemeItem::of(item, true));
            }
        }
        self.schemes.sort_by(|a, b| {
            (&*a.item.name, a.item.package, a.item.span).cmp(&(&*b.item.name, b.item.package, b.item.span))
        });
        let place_of: rustc_hash::FxHashMap<Span, usize> = self
            .schemes
            .iter()
            .enumerate()
            .map(|(at, scheme)| (scheme.item.declaration.header, at))
            .collect();
        let place = |scheme: Option<Span>| scheme.and_then(|header| place_of.get(&header)).copied();
        self.rules = met
            .rules
            .into_iter()
            .filter_map(|(item, scheme)| {
                let scheme = place(scheme.or(Some(item.declaration.header)))?;
                Some(RuleItem { item, scheme, inherited: None })
            })
            .collect();
        self.rules.sort_by(|a, b| {
            (a.scheme, &*a.item.name, a.item.span).cmp(&(b.scheme, &*b.item.name, b.item.span))
        });
        self.bars =
            met.bars.into_iter().map(|(bar, scheme)| BarItem { scheme: place(scheme), ..bar }).collect();
        self.ratios = met
            .ratios
            .into_iter()
            .map(|(ratio, scheme)| RatioItem { scheme: place(scheme), ..ratio })
            .collect();
        self.accounts = met
            .accounts
            .into_iter()
            .map(|(item, scheme)| AccountItem { item, scheme: place(scheme) })
            .collect();
        self.accounts.sort_by(|a, b| {
            (&*a.item.name, a.item.package, a.item.span).cmp(&(&*b.item.name, b.item.package, b.item.span))
        });
        for (item, scheme) in met.amends {
            if let Some(scheme) = place(scheme).and_then(|at| self.schemes.get_mut(at)) {
                scheme.amends.push(item);
            }
        }
        for rule in &self.rules {
            for statement in statements(rule.item.declaration.body.as_ref()) {
                if let StatementKind::Slot(slot) = &statement.kind
                    && let Operand::Never(never) = &slot.operand
                {
                    let (package, span) = (rule.item.package, statement.span);
                    self.bars.push(BarItem { home: None, package, scheme: Some(rule.scheme), never, span });
                }
            }
        }
    }
}

impl Items<'_> {
    /// Whether anything could not be read or is not built yet, in any body or at the top of a file.
    pub(super) fn is_damaged(&self, trees: &[Tree]) -> bool {
        let lists = [
            &self.documents,
            &self.bodies,
            &self.units,
            &self.scales,
            &self.maps,
            &self.kinds,
            &self.outcomes,
            &self.sets,
            &self.frameworks,
            &self.comparisons,
            &self.standards,
            &self.conditions,
            &self.provisions,
            &self.programmes,
            &self.tests,
        ];
        let items = lists.into_iter().flatten();
        let rules =
            self.schemes.iter().map(|scheme| &scheme.item).chain(self.rules.iter().map(|rule| &rule.item));
        let ratios = self.ratios.iter().map(|ratio| ratio.declaration);
        let people = self.learners.iter().chain(&self.plans).map(|(_, declaration)| *declaration);
        let mut bodies = items.chain(rules).map(|item| item.declaration).chain(people).chain(ratios);
        bodies.any(|declaration| is_damaged(declaration.body.as_ref()))
            || trees.iter().flat_map(|tree| &tree.statements).any(is_bad)
    }
}

/// The name of what a declaration declares: what is adopted is named as its adopter says, else as at its home.
pub(super) fn own_name(declaration: &Declaration) -> Option<&str> {
    let name = &*declaration.name.as_ref()?.text;
    if !matches!(declaration.word, DeclarationWord::Adopt | DeclarationWord::AdoptWithDiscretion) {
        return Some(name);
    }
    let last = || name.rsplit_once('.').map_or(name, |(_, last)| last);
    Some(declaration.rename.as_ref().map_or_else(last, |rename| &rename.text))
}

fn is_bad(statement: &Statement) -> bool {
    matches!(statement.kind, StatementKind::Bad | StatementKind::Later)
}

/// The statements of a body, none where there is no body.
pub(super) fn statements(body: Option<&Body>) -> &[Statement] {
    body.map_or(&[], |body| &body.statements)
}

/// Whether part of a body could not be read or is not built yet: what seems to be missing there may stand in it.
pub(super) fn is_damaged(body: Option<&Body>) -> bool {
    statements(body).iter().any(is_bad)
}

/// The slots of a body that holds nothing else but rows (where the flag says so) and declarations of some words, which are read by
/// themselves: what does not belong there is told.
pub(super) fn slots_among<'b>(
    body: Option<&'b Body>,
    container: &'static str,
    words: &[DeclarationWord],
    rows: bool,
    found: &mut super::found::Found<'_>,
) -> Vec<&'b crate::syntax::tree::Slot> {
    let mut slots = Vec::new();
    for statement in statements(body) {
        match &statement.kind {
            StatementKind::Slot(slot) => slots.push(slot),
            StatementKind::Declaration(inner) if !words.contains(&inner.word) => {
                found.misplaced(inner.word_span, container);
            }
            StatementKind::Row(row) if !rows => found.misplaced(row.span, container),
            _ => {}
        }
    }
    slots
}

/// The slots of a body, with the whole statement of each.
pub(super) fn slots(body: Option<&Body>) -> impl Iterator<Item = (&Statement, &crate::syntax::tree::Slot)> {
    statements(body).iter().filter_map(|statement| match &statement.kind {
        StatementKind::Slot(slot) => Some((statement, slot)),
        _ => None,
    })
}

impl Items<'_> {
    /// The examples that are worked out where they are declared: of units, ratios, maps, comparisons and frameworks.
    pub(super) fn worked_examples(&self) -> u32 {
        let lists = [&self.units, &self.maps, &self.comparisons, &self.frameworks];
        let named = lists.into_iter().flatten().map(|item| item.declaration);
        let declarations = named.chain(self.ratios.iter().map(|ratio| ratio.declaration));
        let all = declarations.flat_map(|declaration| slots(declaration.body.as_ref()));
        let worked = all.filter(|(_, slot)| {
            matches!(
                slot.operand,
                Operand::ConversionExample(_)
                    | Operand::MapExample(_)
                    | Operand::ComparisonExample(_)
                    | Operand::TitleExample(_)
            )
        });
        u32::try_from(worked.count()).unwrap_or(u32::MAX)
    }
}

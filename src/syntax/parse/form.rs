//! Which rule of the grammar reads a statement: decided by its first word and by what it stands in.

use std::sync::LazyLock;

use accredit_grammar::Rule;

use crate::language::{Word, word};
use crate::syntax::tree::DeclarationWord;

/// How a statement is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// A declaration, by the rule of its header.
    Declaration(DeclarationWord, Rule),
    /// A slot.
    Slot(Rule),
}

/// The words that begin a declaration.
pub(super) const DECLARATIONS: [(&str, DeclarationWord, Rule); 29] = [
    ("package", DeclarationWord::Package, Rule::package_header),
    ("use", DeclarationWord::Use, Rule::use_header),
    ("document", DeclarationWord::Document, Rule::document_header),
    ("body", DeclarationWord::Body, Rule::body_header),
    ("set", DeclarationWord::Set, Rule::set_header),
    ("kind", DeclarationWord::Kind, Rule::kind_header),
    ("outcome", DeclarationWord::Outcome, Rule::outcome_header),
    ("learner", DeclarationWord::Learner, Rule::learner_header),
    ("plan", DeclarationWord::Plan, Rule::plan_header),
    ("credit", DeclarationWord::Credit, Rule::credit_header),
    ("map", DeclarationWord::Map, Rule::map_header),
    ("ratio", DeclarationWord::Ratio, Rule::ratio_header),
    ("scale", DeclarationWord::Scale, Rule::scale_header),
    ("framework", DeclarationWord::Framework, Rule::framework_header),
    ("dimension", DeclarationWord::Dimension, Rule::dimension_header),
    ("standard", DeclarationWord::Standard, Rule::standard_header),
    ("statement", DeclarationWord::Statement, Rule::statement_header),
    ("comparison", DeclarationWord::Comparison, Rule::comparison_header),
    ("scheme", DeclarationWord::Scheme, Rule::scheme_header),
    ("agreement", DeclarationWord::Agreement, Rule::agreement_header),
    ("rule", DeclarationWord::Rule, Rule::rule_header),
    ("amend", DeclarationWord::Amend, Rule::amend_header),
    ("adopt", DeclarationWord::Adopt, Rule::adopt_header),
    ("adopt with discretion", DeclarationWord::AdoptWithDiscretion, Rule::discretion_header),
    ("condition", DeclarationWord::Condition, Rule::condition_header),
    ("provision", DeclarationWord::Provision, Rule::provision_header),
    ("programme", DeclarationWord::Programme, Rule::programme_header),
    ("block", DeclarationWord::Block, Rule::block_header),
    ("test", DeclarationWord::Test, Rule::test_header),
];

/// The words that begin a slot.
const SLOTS: [(&str, Rule); 97] = [
    ("version", Rule::version_slot),
    ("number", Rule::text_slot),
    ("link", Rule::text_slot),
    ("licence", Rule::text_slot),
    ("text", Rule::text_slot),
    ("proof", Rule::text_slot),
    ("issued", Rule::issued),
    ("clause", Rule::clause),
    ("issuer", Rule::name_slot),
    ("under", Rule::name_slot),
    ("by", Rule::name_slot),
    ("unit", Rule::name_slot),
    ("same as", Rule::name_slot),
    ("near", Rule::name_slot),
    ("requires", Rule::name_slot),
    ("part of", Rule::name_slot),
    ("formerly", Rule::name_slot),
    ("owner", Rule::name_slot),
    ("axis", Rule::name_slot),
    ("statements", Rule::name_slot),
    ("tracks", Rule::tracks),
    ("title", Rule::title_slot),
    ("replaces", Rule::replaces),
    ("fact", Rule::fact_line),
    ("low to high", Rule::low_to_high),
    ("range", Rule::range),
    ("step", Rule::step),
    ("pass", Rule::pass),
    ("mark", Rule::mark),
    ("hours", Rule::credit_hours),
    ("year", Rule::credit_year),
    ("distribution", Rule::distribution),
    ("linear", Rule::linear),
    ("formula", Rule::formula),
    ("by overlap", Rule::by_overlap),
    ("below pass", Rule::below_pass),
    ("round down to", Rule::map_rounding),
    ("round up to", Rule::map_rounding),
    ("round half up to", Rule::map_rounding),
    ("round half down to", Rule::map_rounding),
    ("round to next better mark", Rule::map_rounding),
    ("counts", Rule::counts),
    ("lapses", Rule::lapses),
    ("impossible when", Rule::impossible),
    ("levels", Rule::levels),
    ("placement", Rule::placement),
    ("descriptors", Rule::descriptors),
    ("cite", Rule::cite),
    ("in force", Rule::in_force),
    ("parties", Rule::parties),
    ("count", Rule::count),
    ("total over", Rule::total_over),
    ("open", Rule::open_value),
    ("members may tighten", Rule::tighten),
    ("only", Rule::adopting),
    ("except", Rule::adopting),
    ("convert again", Rule::convert_again),
    ("status", Rule::status),
    ("overrides", Rule::overrides),
    ("with", Rule::with),
    ("from", Rule::from),
    ("to", Rule::to),
    ("when", Rule::when),
    ("unless", Rule::unless),
    ("give", Rule::give),
    ("at level", Rule::at_level),
    ("as", Rule::as_fact),
    ("not for", Rule::not_for),
    ("only for", Rule::only_for),
    ("of which", Rule::of_which),
    ("otherwise", Rule::otherwise),
    ("refer to", Rule::answering),
    ("refuse", Rule::answering),
    ("never", Rule::never),
    ("reading", Rule::reading),
    ("advise", Rule::advise),
    ("note", Rule::note),
    ("example", Rule::example),
    ("at", Rule::name_slot),
    ("takes", Rule::takes),
    ("limit", Rule::limit),
    ("require", Rule::require),
    ("share", Rule::share),
    ("not both", Rule::not_both),
    ("combine", Rule::combine),
    ("combine highest", Rule::combine_highest),
    ("surplus lost", Rule::surplus),
    ("surplus to", Rule::surplus),
    ("surplus kept", Rule::surplus),
    ("period", Rule::period),
    ("on", Rule::on_day),
    ("holds", Rule::test_holds),
    ("judged", Rule::test_judged),
    ("granted", Rule::test_granted),
    ("waived", Rule::test_waived),
    ("asks", Rule::test_asks),
    ("expect", Rule::test_expect),
];

/// The form of each word, by its number.
static FORMS: LazyLock<Vec<Option<Form>>> = LazyLock::new(|| {
    let declarations = DECLARATIONS.iter().map(|&(text, word, rule)| (text, Form::Declaration(word, rule)));
    let slots = SLOTS.iter().map(|&(text, rule)| (text, Form::Slot(rule)));
    let mut forms = Vec::new();
    for (text, form) in declarations.chain(slots) {
        let Some(word) = word(text) else { continue };
        let at = word.0 as usize;
        if forms.len() <= at {
            forms.resize(at + 1, None);
        }
        if let Some(place) = forms.get_mut(at) {
            *place = Some(form);
        }
    }
    forms
});

/// The form of a statement that begins with this word, inside this declaration.
pub(super) fn form(word: Word, container: Option<DeclarationWord>) -> Option<Form> {
    let form = FORMS.get(word.0 as usize).copied().flatten()?;
    Some(match (form, container) {
        // A scale declares marks; a rule writes one.
        (Form::Slot(Rule::mark), Some(DeclarationWord::Scale)) => Form::Slot(Rule::scale_mark),
        // An outcome states its hours as it states any fact.
        (Form::Slot(Rule::credit_hours | Rule::credit_year), container)
            if container != Some(DeclarationWord::Credit) =>
        {
            Form::Slot(Rule::given)
        }
        // An example of a unit is an amount in another; one of a rule is an achievement.
        (Form::Slot(Rule::example), Some(DeclarationWord::Credit | DeclarationWord::Ratio)) => {
            Form::Slot(Rule::conversion_example)
        }
        (Form::Slot(Rule::example), Some(DeclarationWord::Map)) => Form::Slot(Rule::map_example),
        (Form::Slot(Rule::otherwise), Some(DeclarationWord::Map)) => Form::Slot(Rule::map_otherwise),
        // A framework's examples are of titles, a comparison's of levels.
        (Form::Slot(Rule::example), Some(DeclarationWord::Framework)) => Form::Slot(Rule::title_example),
        (Form::Slot(Rule::example), Some(DeclarationWord::Comparison)) => {
            Form::Slot(Rule::comparison_example)
        }
        // A test says what is so of its learner and plan.
        (Form::Declaration(DeclarationWord::Learner, _), Some(DeclarationWord::Test)) => {
            Form::Slot(Rule::test_learner)
        }
        (Form::Declaration(DeclarationWord::Plan, _), Some(DeclarationWord::Test)) => {
            Form::Slot(Rule::test_plan)
        }
        (Form::Slot(Rule::status), Some(DeclarationWord::Comparison)) => Form::Slot(Rule::comparison_status),
        (form, _) => form,
    })
}

/// Whether the statements of such a body may begin with a fact's name: `listed unpublished`, `weight 2`; in a scheme, with the name of
/// a value that its frame leaves open.
pub(super) const fn gives_facts(container: Option<DeclarationWord>) -> bool {
    matches!(
        container,
        None | Some(
            DeclarationWord::Outcome
                | DeclarationWord::Kind
                | DeclarationWord::Scheme
                | DeclarationWord::Agreement
                | DeclarationWord::Adopt
                | DeclarationWord::AdoptWithDiscretion
        )
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::{Class, State, meanings};

    #[test]
    fn every_built_word_that_begins_a_statement_has_its_rule_and_no_rule_has_no_word() {
        for meaning in meanings().filter(|meaning| meaning.state() == State::Built) {
            if matches!(meaning.class(), Class::Declaration | Class::Slot) {
                assert!(form(meaning.word(), None).is_some(), "{}", meaning.id());
            }
        }
        for text in DECLARATIONS.iter().map(|form| form.0).chain(SLOTS.iter().map(|form| form.0)) {
            assert!(word(text).is_some(), "{text}");
        }
    }
}

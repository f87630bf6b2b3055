//! The fixed order of slots: two versions of a rule then differ line by line.

use crate::language::Meaning;

const RULE: &[&str] = &[
    "status",
    "overrides",
    "cite",
    "in force",
    "with",
    "from",
    "when",
    "unless",
    "to",
    "give",
    "counts",
    "at level",
    "as",
    "not for",
    "only for",
    "mark",
    "otherwise",
    "refer to",
    "refuse",
    "combine",
    "combine highest",
    "count",
    "convert again",
    "limit",
    "reading",
    "advise",
    "note",
    "example",
];

const SCHEME: &[&str] = &[
    "by",
    "under",
    "parties",
    "status",
    "cite",
    "in force",
    "unit",
    "total over",
    "independent of",
    "count",
    "combine",
    "combine highest",
    "convert again",
    "when",
    "unless",
    "give",
    "mark",
    "surplus lost",
    "surplus to",
    "surplus kept",
    "otherwise",
    "members may tighten",
    "open",
    "only",
    "except",
    "not both",
    "limit",
    "require",
    "block",
    "never",
    "reading",
    "advise",
    "note",
    "condition",
    "provision",
    "amend",
    "rule",
    "table",
    "example",
];

const PROGRAMME: &[&str] = &[
    "at",
    "under",
    "unit",
    "status",
    "cite",
    "in force",
    "takes",
    "when",
    "unless",
    "require",
    "block",
    "limit",
    "count",
    "combine",
    "combine highest",
    "share",
    "not both",
    "surplus lost",
    "surplus to",
    "surplus kept",
    "reading",
    "advise",
    "note",
];

/// Where a slot stands in a declaration: its rank, or nothing where the order is the author's.
pub(super) fn rank(declaration: Option<Meaning>, slot: Option<Meaning>) -> Option<usize> {
    let order = match declaration?.word().text() {
        "rule" | "provision" | "amend" => RULE,
        "scheme" | "agreement" | "adopt" | "adopt with discretion" => SCHEME,
        "programme" | "block" => PROGRAMME,
        _ => return None,
    };
    let slot = slot?.word().text();
    order.iter().position(|other| *other == slot)
}

/// Puts items into the order of their ranks. One without a rank stays behind the one before it.
pub(super) fn sorted<T>(items: Vec<T>, rank: impl Fn(&T) -> Option<usize>) -> Vec<T> {
    let mut last = 0;
    let mut ranked: Vec<(usize, T)> = items
        .into_iter()
        .map(|item| {
            last = rank(&item).unwrap_or(last);
            (last, item)
        })
        .collect();
    ranked.sort_by_key(|(rank, _)| *rank);
    ranked.into_iter().map(|(_, item)| item).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::language::{meaning_by_id, word};

    #[test]
    fn slots_of_a_rule_go_from_basis_to_examples() {
        let rule = meaning_by_id("declaration.rule");
        let slots =
            ["slot.example", "slot.to", "slot.from", "slot.cite"].map(|id| meaning_by_id(id).unwrap());
        let sorted = sorted(slots.to_vec(), |slot| rank(rule, Some(*slot)));
        assert_eq!(
            sorted.iter().map(|slot| slot.word().text()).collect::<Vec<_>>(),
            ["cite", "from", "to", "example"]
        );
    }

    #[test]
    fn every_ranked_slot_is_a_word() {
        for slot in RULE.iter().chain(SCHEME).chain(PROGRAMME) {
            assert!(word(slot).is_some(), "{slot}");
        }
    }
}

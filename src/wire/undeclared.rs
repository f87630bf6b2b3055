//! What is said of a fact, and what a record may say of every achievement, though its kind declares nothing of it: the days of it, and how often.

use crate::model::{FactId, FactUse, Model, TypedDomain, ValueType};
use crate::space::{Domain, Numbers, Set, Shape, State};

use super::names::built_in;
use super::request::Reading;
use super::{ErrorCode, Node, RequestError};

/// How an undeclared built-in fact is read; nothing for one that means nothing until it is declared.
pub(super) fn undeclared(model: &Model, key: &str) -> Option<FactUse> {
    let name = built_in(key)?;
    let (value_type, domain) = match name {
        "awarded" | "completed" | "started" | "ended" => (ValueType::Date, Domain::of(Shape::Date)),
        "expires" => (ValueType::Date, Domain::of(Shape::Date).or_none()),
        "times" | "attempt" => (ValueType::Number, Domain::numbers(Numbers::whole(1, None)?)),
        "steps" => (ValueType::Number, Domain::numbers(Numbers::whole(0, None)?)),
        _ => return None,
    };
    let at = model.facts.binary_search_by(|fact| (*fact.name).cmp(name)).ok()?;
    Some(FactUse {
        fact: FactId(u32::try_from(at).ok()?),
        titles: Default::default(),
        optional: domain.optional,
        domains: vec![TypedDomain { value_type, domain }],
        only_if: None,
        otherwise: None,
        fixed: false,
        proof: None,
        judged: None,

        worked_out: None,
        span: None,
    })
}

impl Reading<'_, '_> {
    /// What is said of a fact.
    pub(super) fn stated(
        &mut self,
        used: &FactUse,
        path: &str,
        node: Node,
    ) -> Result<Option<(FactId, State)>, RequestError> {
        match node {
            Node::Text(text) if text == "unknown" => Ok(None),
            Node::List(list) if list.is_empty() => Err(RequestError::new(
                ErrorCode::WrongValue,
                path,
                "an empty list allows no value; leave the field out where a value is unknown",
            )),
            Node::List(list) => {
                let mut possible = Set::empty();
                for (at, node) in list.into_iter().enumerate() {
                    possible = possible.union(&self.values(used, &format!("{path}[{at}]"), node)?);
                }
                Ok(State::of(possible).map(|state| (used.fact, state)))
            }
            node => {
                let set = self.values(used, path, node)?;
                Ok(State::of(set).map(|state| (used.fact, state)))
            }
        }
    }
}

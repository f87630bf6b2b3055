//! What a record or request says before anything is understood: one small tree for JSON and YAML alike.
//!
//! It refuses what both formats would swallow: a key said twice, and numbers that are no integers, since a float is never an
//! amount. Aliases, depth and repetition are limited by the YAML reader itself.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};

/// A value of a JSON or YAML document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// `null`.
    Null,
    /// `true`, `false`.
    Bool(bool),
    /// An integer.
    Integer(i64),
    /// A number that is no integer, as the reader saw it.
    Fraction(String),
    /// Text.
    Text(String),
    /// A list.
    List(Vec<Node>),
    /// Keys and values, in the order written.
    Map(Vec<(String, Node)>),
}

impl Node {
    /// What it is, for a message.
    pub fn noun(&self) -> &'static str {
        match self {
            Node::Null => "null",
            Node::Bool(_) => "a yes or no",
            Node::Integer(_) => "an integer",
            Node::Fraction(_) => "a fraction",
            Node::Text(_) => "text",
            Node::List(_) => "a list",
            Node::Map(_) => "a group of fields",
        }
    }
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NodeVisitor)
    }
}

struct NodeVisitor;

impl<'de> Visitor<'de> for NodeVisitor {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a record")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Node, E> {
        Ok(Node::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Node, E> {
        Ok(Node::Integer(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Node, E> {
        Ok(i64::try_from(value).map_or_else(|_| Node::Fraction(value.to_string()), Node::Integer))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Node, E> {
        Ok(Node::Fraction(value.to_string()))
    }

    fn visit_str<E>(self, value: &str) -> Result<Node, E> {
        Ok(Node::Text(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Node, E> {
        Ok(Node::Text(value))
    }

    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }

    fn visit_none<E>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Node, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Node::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Node, A::Error> {
        let mut map: Vec<(String, Node)> = Vec::new();
        let mut seen = rustc_hash::FxHashSet::default();
        while let Some(key) = fields.next_key::<Key>()? {
            let value = fields.next_value()?;
            if !seen.insert(key.0.clone()) {
                return Err(A::Error::custom(format_args!("`{}` is said twice", key.0)));
            }
            map.push((key.0, value));
        }
        Ok(Node::Map(map))
    }
}

/// A key: text, or a number or truth value written as one.
struct Key(String);

impl<'de> Deserialize<'de> for Key {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Node::deserialize(deserializer)? {
            Node::Text(text) => Ok(Key(text)),
            Node::Integer(number) => Ok(Key(number.to_string())),
            Node::Bool(value) => Ok(Key(value.to_string())),
            other => Err(D::Error::custom(format_args!("{} cannot be the name of a field", other.noun()))),
        }
    }
}

/// The most brackets open at once, those inside texts counted too.
pub(super) fn depth(document: &str) -> usize {
    let (mut open, mut most) = (0_usize, 0);
    for byte in document.bytes() {
        match byte {
            b'[' | b'{' => open += 1,
            b']' | b'}' => open = open.saturating_sub(1),
            _ => {}
        }
        most = most.max(open);
    }
    most
}

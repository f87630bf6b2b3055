//! The pest grammar of QF and nothing else: deriving it here, alone, keeps every other build short. `README.md` beside it
//! says how to read the files.

/// The keyword table: one row a meaning, one column a language. Its first lines say how to read it.
pub const KEYWORDS: &str = include_str!("../keywords.tsv");

/// The parser of canonical text; its rules are those of the grammar files.
#[derive(pest_derive::Parser)]
#[grammar = "../word.pest"]
#[grammar = "../value.pest"]
#[grammar = "../test.pest"]
#[grammar = "../selection.pest"]
#[grammar = "../amount.pest"]
#[grammar = "../declaration.pest"]
#[grammar = "../fact.pest"]
#[grammar = "../slot.pest"]
#[grammar = "../unit.pest"]
#[grammar = "../map.pest"]
#[grammar = "../rule.pest"]
#[grammar = "../programme.pest"]
#[grammar = "../record.pest"]
#[grammar = "../table.pest"]
#[grammar = "../example.pest"]
pub struct Grammar;

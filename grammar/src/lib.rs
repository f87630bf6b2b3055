//! The pest grammar of QF and nothing else: deriving it here, alone, keeps every other build short.

/// The keyword table: one row a meaning, one column a language. Its first lines say how to read it.
pub const KEYWORDS: &str = include_str!("../keywords.tsv");

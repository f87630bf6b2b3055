//! The pest grammar of QF and nothing else: deriving it here, alone, keeps every other build short.

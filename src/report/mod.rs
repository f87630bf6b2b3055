//! What a reader is shown: decisions, problems and pictures, written out one format a file.
//!
//! Nothing here decides anything or reads a file; each renderer takes finished data and gives text, and the same data
//! gives the same bytes.

pub mod diagnostics;
pub mod text;

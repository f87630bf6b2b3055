//! What a reader is shown: decisions, problems and pictures, written out one format a file.
//!
//! Nothing here decides anything or reads a file; each renderer takes finished data and gives text, and the same data
//! gives the same bytes. A picture is first a [`drawing`], then DOT, Mermaid or SVG.

pub mod clauses;
pub mod conversion;
pub mod diagnostics;
pub mod dot;
pub mod drawing;
pub mod grade;
mod layout;
mod lettering;
pub mod levels;
pub mod map;
mod markdown;
pub mod mermaid;
pub mod proved;
mod sheet;
pub mod svg;
pub mod tested;
pub mod text;

//! The only library code that opens files: it finds the sources of a package and of the packages that it uses.
//!
//! A package is a folder; its sources are the `.qf` and `.qf.md` files in it, `records` and hidden folders left out. A single
//! file is a package of one source. A `use` names another package: by a path (`use cn.west "../west"`), or, without one, the
//! folder of that name beside this package's folder.

mod error;
mod find;
mod read;

pub use error::ProjectError;
pub use find::{files_under, packages_under};
pub use read::{Project, read};

//! What can go wrong before there is any text to check.

use std::io;
use std::path::PathBuf;

/// A package that cannot be read at all.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ProjectError {
    /// Nothing stands at this path.
    #[error("there is nothing at {}", path.display())]
    Missing {
        /// The path.
        path: PathBuf,
    },
    /// The folder holds no `.qf` or `.qf.md` file.
    #[error("{} holds no .qf or .qf.md file", path.display())]
    Empty {
        /// The folder.
        path: PathBuf,
    },
    /// The file is no source by its name: a record, say, given in a package's place.
    #[error("{} is no .qf or .qf.md file", path.display())]
    NotSource {
        /// The file.
        path: PathBuf,
    },
    /// The operating system refused.
    #[error("{} cannot be read: {source}", path.display())]
    Unreadable {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The file is larger than a text can be here (2 GB: places are kept in 32 bits).
    #[error("{} is larger than 2 GB", path.display())]
    TooLarge {
        /// The file.
        path: PathBuf,
    },
}

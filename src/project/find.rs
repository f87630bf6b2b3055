//! Which files belong to a package, and which folders are packages.

use std::fs;
use std::path::{Path, PathBuf};

use super::ProjectError;

/// Folders nest at most this deep; a link that leads back to its own parent ends here.
const DEEPEST: usize = 16;

/// The source files of the package at `root`, in the order of their paths.
pub(super) fn sources(root: &Path) -> Result<Vec<PathBuf>, ProjectError> {
    let mut found = Vec::new();
    let mut folders = vec![(root.to_path_buf(), 0)];
    while let Some((folder, depth)) = folders.pop() {
        for path in entries(&folder)? {
            if path.is_dir() {
                if depth < DEEPEST && !is_left_out(&path) {
                    folders.push((path, depth + 1));
                }
            } else if is_source(&path) {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

/// The one source of a package that is a file.
pub(super) fn one_source(file: &Path) -> Result<PathBuf, ProjectError> {
    if is_source(file) {
        Ok(file.to_path_buf())
    } else {
        Err(ProjectError::NotSource { path: file.to_path_buf() })
    }
}

/// The packages at or under `root`: `root` itself where it holds sources, else each nearest folder below that does.
///
/// # Errors
///
/// Where a folder cannot be read, or nothing is found.
pub fn packages_under(root: &Path) -> Result<Vec<PathBuf>, ProjectError> {
    if !root.exists() {
        return Err(ProjectError::Missing { path: root.to_path_buf() });
    }
    if root.is_file() {
        return one_source(root).map(|source| vec![source]);
    }
    let mut found = Vec::new();
    let mut folders = vec![(root.to_path_buf(), 0)];
    while let Some((folder, depth)) = folders.pop() {
        let entries = entries(&folder)?;
        if entries.iter().any(|path| path.is_file() && is_source(path)) {
            found.push(folder);
        } else if depth < DEEPEST {
            folders.extend(
                entries.into_iter().filter(|p| p.is_dir() && !is_left_out(p)).map(|p| (p, depth + 1)),
            );
        }
    }
    if found.is_empty() {
        return Err(ProjectError::Empty { path: root.to_path_buf() });
    }
    found.sort();
    Ok(found)
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>, ProjectError> {
    let unreadable = |source| ProjectError::Unreadable { path: folder.to_path_buf(), source };
    fs::read_dir(folder)
        .map_err(unreadable)?
        .map(|entry| entry.map(|e| e.path()).map_err(unreadable))
        .collect()
}

fn is_source(path: &Path) -> bool {
    let name = path.file_name().and_then(|n| n.to_str()).unwrap_or_default();
    !name.starts_with('.') && (name.ends_with(".qf") || name.ends_with(".qf.md"))
}

fn is_left_out(folder: &Path) -> bool {
    let name = folder.file_name().and_then(|n| n.to_str()).unwrap_or_default();
    name.starts_with('.') || matches!(name, "records" | "target" | "node_modules")
}

/// Every source file at or under a path: the file itself, or those of all packages below.
///
/// # Errors
///
/// Where a folder cannot be read, or nothing is found.
pub fn files_under(root: &Path) -> Result<Vec<PathBuf>, ProjectError> {
    let mut files = Vec::new();
    for package in packages_under(root)? {
        if package.is_file() { files.push(package) } else { files.extend(sources(&package)?) }
    }
    Ok(files)
}

//! From a path to sources: the package's own, then those of the packages it uses, each once.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::source::{Source, Sources};
use crate::syntax::tree::{DeclarationWord, StatementKind};

use super::ProjectError;
use super::find::{one_source, sources};

/// A package as it lies on a disk.
#[derive(Clone, Debug)]
pub struct Project {
    /// The package's folder, or the one file that it is.
    pub root: PathBuf,
    /// Its sources and those of the packages that it uses; paths are relative to `root`, with `/`.
    pub sources: Sources,
}

/// No source is larger than this, so that every place fits in 32 bits.
const LARGEST: u64 = 1 << 31;

/// Reads the package at `root`, and every package that it uses, directly or through another.
///
/// A file that is not UTF-8 is read all the same; compiling it says where it stops being so. A used package that is not found
/// is no error here: the compiler says so at the `use`.
///
/// # Errors
///
/// Where nothing stands at `root`, no source is in it, or the operating system refuses.
pub fn read(root: &Path) -> Result<Project, ProjectError> {
    if !root.exists() {
        return Err(ProjectError::Missing { path: root.to_path_buf() });
    }
    let folder = if root.is_file() { root.parent().unwrap_or(Path::new("")) } else { root };
    let mut project = Project { root: folder.to_path_buf(), sources: Sources::new() };
    let own = if root.is_file() { vec![one_source(root)?] } else { sources(root)? };
    if own.is_empty() {
        return Err(ProjectError::Empty { path: root.to_path_buf() });
    }
    // A package is read once, whatever the paths that lead to it.
    let mut seen = BTreeMap::new();
    seen.insert(canonical(folder), ());
    let mut waiting = vec![(PathBuf::new(), own)];
    while let Some((prefix, files)) = waiting.pop() {
        let mut read = Vec::with_capacity(files.len());
        let mut used = Vec::new();
        for file in files {
            let source = read_file(&file, &project.root, &prefix)?;
            let home = folder_of(&file, &project.root, &prefix);
            let beside = file.parent().unwrap_or(folder);
            used.extend(used_folders(&source, beside, home).into_iter().filter(|used| used.is_dir()));
            read.push((file, source));
        }
        // A package that is kept in a folder of the one that uses it is still a package of its own.
        let home = canonical(&project.root.join(&prefix));
        let inner: Vec<PathBuf> = used.iter().map(|used| canonical(used)).collect();
        let is_inner = |file: &Path| {
            let file = canonical(file);
            inner.iter().any(|used| *used != home && used.starts_with(&home) && file.starts_with(used))
        };
        let own = read.into_iter().filter(|(file, _)| inner.is_empty() || !is_inner(file));
        own.for_each(|(_, source)| {
            project.sources.push(source);
        });
        for used in used {
            if seen.insert(canonical(&used), ()).is_none() {
                let found = sources(&used)?;
                waiting.push((relative(&used, &project.root), found));
            }
        }
    }
    Ok(project)
}

/// The folder of the package that a file belongs to.
fn folder_of(file: &Path, root: &Path, prefix: &Path) -> PathBuf {
    let folder = if prefix.as_os_str().is_empty() { root.to_path_buf() } else { root.join(prefix) };
    if folder.as_os_str().is_empty() { file.parent().unwrap_or(Path::new("")).to_path_buf() } else { folder }
}

fn read_file(file: &Path, root: &Path, prefix: &Path) -> Result<Source, ProjectError> {
    let unreadable = |source| ProjectError::Unreadable { path: file.to_path_buf(), source };
    if fs::metadata(file).map_err(unreadable)?.len() >= LARGEST {
        return Err(ProjectError::TooLarge { path: file.to_path_buf() });
    }
    let bytes = fs::read(file).map_err(unreadable)?;
    let within = if prefix.as_os_str().is_empty() {
        file.strip_prefix(root).unwrap_or(file).to_path_buf()
    } else {
        relative(file, root)
    };
    Ok(Source::from_bytes(slashed(&within), &bytes))
}

/// The folders that the `use` statements of a source name.
fn used_folders(source: &Source, beside: &Path, package: PathBuf) -> Vec<PathBuf> {
    // Most sources use nothing: reading them twice would double the time of a large package.
    if !["use", "引用", "引入"].iter().any(|word| source.code().contains(word)) {
        return Vec::new();
    }
    let (tree, _) = crate::syntax::parse(crate::source::FileId(0), source.code());
    let mut folders = Vec::new();
    for statement in &tree.statements {
        let StatementKind::Declaration(declaration) = &statement.kind else { continue };
        let bodies = declaration.body.iter().flat_map(|body| &body.statements);
        let nested = bodies.filter_map(|s| match &s.kind {
            StatementKind::Declaration(d) => Some(d),
            _ => None,
        });
        for used in std::iter::once(declaration).chain(nested).filter(|d| d.word == DeclarationWord::Use) {
            match (used.titles.first(), &used.name) {
                (Some(path), _) => folders.push(beside.join(&*path.text.text)),
                (None, Some(name)) => folders.push(package.join("..").join(&*name.text)),
                (None, None) => {}
            }
        }
    }
    folders
}

fn canonical(path: &Path) -> PathBuf {
    let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
    fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf())
}

/// The way from `root` to `path`, through `..` where needed.
fn relative(path: &Path, root: &Path) -> PathBuf {
    let (path, root) = (canonical(path), canonical(root));
    let shared = path.components().zip(root.components()).take_while(|(a, b)| a == b).count();
    let up = root.components().skip(shared).map(|_| Path::new(".."));
    let down: PathBuf = path.components().skip(shared).collect();
    up.collect::<PathBuf>().join(down)
}

fn slashed(path: &Path) -> String {
    path.components().map(|c| c.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

//! The working trees to compare: the repository, and the submodules in it that differ.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use zonecut_diagnostics::Omission;
use zonecut_diagnostics::text::plain;

use crate::documents::{self, Text};
use crate::exit::Failure;
use crate::git::{Base, Change, Changes, Repository};
use crate::output;

/// A working tree, the commit it is compared with, and what differs.
pub struct Tree {
    /// The working tree.
    pub repository: Repository,
    /// The commit.
    pub base: Base,
    /// What differs below the paths that were named.
    pub changes: Vec<Change>,
    /// What else differs, where something that was named has gone: it may have moved there.
    pub elsewhere: Vec<Change>,
}

/// Everything that differs below some paths, and what can't be compared.
pub fn changed(
    repository: &Repository,
    base: &Base,
    named: &[PathBuf],
) -> Result<(Vec<Tree>, Vec<Omission>), Failure> {
    let paths = repository.locate(base, named)?;
    let (mut trees, mut omissions) = (Vec::new(), Vec::new());
    walk(repository, base, &paths, &mut trees, &mut omissions)?;
    for (named, path) in named.iter().zip(&paths) {
        let is_touched = trees.iter().any(|tree| tree.touches(path));
        if !is_touched && !repository.holds_documents(path)? {
            let named = named.display();
            output::tell(&format_args!(
                "note: `{named}` holds no contract and no product"
            ));
        }
    }
    let has_gone = |change: &Change| {
        let old = change.before.as_ref().filter(|_| change.after.is_none());
        old.is_some_and(|(path, _)| documents::may_be_ours(path))
    };
    let mut changes = trees.iter().flat_map(|tree| &tree.changes);
    if !paths.is_empty() && changes.any(has_gone) {
        let mut all = Vec::new();
        walk(repository, base, &[], &mut all, &mut Vec::new())?;
        trees = divide(all, &trees);
    }
    for it in &omissions {
        // A name may hold what moves a terminal's cursor.
        let [path, reason, help] = [&it.path, &it.reason, &it.help].map(|text| plain(text));
        output::tell(&format_args!(
            "warning: `{path}` was left out: {reason}\n  help: {help}"
        ));
    }
    Ok((trees, omissions))
}

/// Adds a working tree and the submodules in it.
fn walk(
    repository: &Repository,
    base: &Base,
    paths: &[PathBuf],
    trees: &mut Vec<Tree>,
    omissions: &mut Vec<Omission>,
) -> Result<(), Failure> {
    let Changes {
        files,
        links,
        omissions: nameless,
    } = repository.changes(base, paths)?;
    omissions.extend(nameless);
    trees.push(Tree {
        repository: repository.clone(),
        base: base.clone(),
        changes: files,
        elsewhere: Vec::new(),
    });
    for link in links {
        match repository.submodule(base, &link)? {
            Ok((inner, base)) => {
                let paths = below(paths, Path::new(&link.path));
                walk(&inner, &base, &paths, trees, omissions)?;
            }
            Err(omission) => omissions.push(omission),
        }
    }
    Ok(())
}

/// What is meant of a submodule by paths that count from the top of the outer repository.
fn below(paths: &[PathBuf], submodule: &Path) -> Vec<PathBuf> {
    if paths.iter().any(|path| submodule.starts_with(path)) {
        return Vec::new();
    }
    let inner = paths.iter();
    let inner = inner.filter_map(|path| path.strip_prefix(submodule).ok());
    inner.map(Path::to_owned).collect()
}

/// All that differs, what was named apart.
fn divide(all: Vec<Tree>, named: &[Tree]) -> Vec<Tree> {
    let full = |tree: &Tree, path: &str| tree.repository.full(path);
    let (mut old, mut new) = (HashSet::new(), HashSet::new());
    for tree in named {
        for change in &tree.changes {
            old.extend(change.before.as_ref().map(|(path, _)| full(tree, path)));
            new.extend(change.after.as_ref().map(|path| full(tree, path)));
        }
    }
    let divided = all.into_iter().map(|mut tree| {
        let changes = std::mem::take(&mut tree.changes);
        let (changes, elsewhere) = changes.into_iter().partition(|change| {
            let before = change.before.as_ref().map(|(path, _)| full(&tree, path));
            let after = change.after.as_ref().map(|path| full(&tree, path));
            before.is_some_and(|path| old.contains(&path))
                || after.is_some_and(|path| new.contains(&path))
        });
        Tree {
            changes,
            elsewhere,
            ..tree
        }
    });
    divided.collect()
}

impl Tree {
    /// Whether something differs below a path that counts from the outermost top.
    fn touches(&self, path: &Path) -> bool {
        self.changes.iter().any(|change| {
            let before = change.before.as_ref().map(|(path, _)| path);
            let mut paths = before.into_iter().chain(&change.after);
            paths.any(|it| {
                documents::may_be_ours(it) && Path::new(&self.repository.full(it)).starts_with(path)
            })
        })
    }

    /// The old files of some changes, in their order.
    pub fn old_texts(&self, olds: &[&(String, String)]) -> Result<Vec<Text>, Failure> {
        let objects: Vec<&str> = olds.iter().map(|(_, object)| object.as_str()).collect();
        let contents = self.repository.contents(&objects)?;
        let texts = olds.iter().zip(contents).map(|((path, object), bytes)| {
            let name = format!("{}:{}", self.base.label, self.repository.shown(path));
            if !is_pointer(&bytes) {
                return Ok(Text { name, bytes });
            }
            let bytes = self.repository.checked_out(object, path)?;
            let bytes = bytes.filter(|bytes| !is_pointer(bytes));
            let bytes = bytes.ok_or_else(|| only_a_pointer(&name))?;
            Ok(Text { name, bytes })
        });
        texts.collect()
    }

    /// The new file of a change, unless it has gone since.
    pub fn new_text(&self, change: &Change) -> Result<Option<Text>, Failure> {
        let Some(path) = &change.after else {
            return Ok(None);
        };
        let name = self.repository.shown(path);
        let mut text = documents::read_if_there(&self.repository.file(path), &name)?;
        if let (None, Some(object)) = (&text, &change.staged) {
            let bytes = self.repository.contents(&[object])?.pop();
            text = bytes.map(|bytes| Text { name, bytes });
        }
        match text {
            Some(text) if is_pointer(&text.bytes) => Err(only_a_pointer(&text.name)),
            text => Ok(text),
        }
    }
}

/// Whether Git LFS keeps the content elsewhere.
fn is_pointer(bytes: &[u8]) -> bool {
    bytes.starts_with(b"version https://git-lfs.github.com/spec/")
}

fn only_a_pointer(name: &str) -> Failure {
    Failure::Git {
        problem: format!("`{name}` is a pointer of Git LFS, and not the document itself"),
        help: "run `git lfs install && git lfs pull`, then try again".to_owned(),
    }
}

//! Which old product belongs to which new one: by id, then by path. A product that is new has nothing to
//! be compared with: its contracts speak for themselves.

use std::path::Path;

use zonecut_contract::Product;

use super::trees::Tree;
use crate::documents::{self, Kind, Reading, Text};
use crate::exit::Failure;
use crate::git;

/// One product in two versions; the new one may be missing.
pub struct Pair {
    /// The old version.
    pub before: Product,
    /// The new version.
    pub after: Option<Product>,
}

/// A product and the path it has in its tree, or had before it was renamed.
pub struct Change {
    path: String,
    product: Product,
}

/// Pairs the products of two trees.
pub fn by_identity(before: Vec<Change>, mut after: Vec<Change>) -> Vec<Pair> {
    let mut pairs = Vec::new();
    let mut lone = Vec::new();
    for old in before {
        match take(&mut after, |new| new.product.id == old.product.id) {
            Some(new) => pairs.push(pair(old, Some(new))),
            None => lone.push(old),
        }
    }
    for old in lone {
        let new = take(&mut after, |new| new.path == old.path);
        pairs.push(pair(old, new));
    }
    pairs
}

fn take(from: &mut Vec<Change>, is_wanted: impl Fn(&Change) -> bool) -> Option<Change> {
    let found = from.iter().position(is_wanted)?;
    Some(from.remove(found))
}

fn pair(old: Change, new: Option<Change>) -> Pair {
    Pair {
        before: old.product,
        after: new.map(|new| new.product),
    }
}

/// Pairs what differs between commits and working trees. Reads changed files only, and where a product
/// has gone those that it may have become.
pub fn from_git(trees: &[Tree], reading: &mut Reading) -> Result<Vec<Pair>, Failure> {
    let (mut before, mut after) = (Vec::new(), Vec::new());
    for tree in trees {
        let olds = tree.changes.iter().filter_map(|it| it.before.as_ref());
        let olds: Vec<_> = olds.filter(|(path, _)| may_be_one(path)).collect();
        for ((path, _), text) in olds.iter().zip(tree.old_texts(&olds)?) {
            before.extend(product(&text, &tree.repository.full(path), reading));
        }
        for change in &tree.changes {
            after.extend(new_product(tree, change, reading)?);
        }
    }
    let is_there = |old: &Change| after.iter().any(|new| new.product.id == old.product.id);
    let gone: Vec<&Change> = before.iter().filter(|old| !is_there(old)).collect();
    let mut moved = Vec::new();
    if !gone.is_empty() {
        // What was not named is not judged by itself.
        let mut unheard = Reading::new();
        for tree in trees {
            let fresh = tree.elsewhere.iter().filter(|it| it.before.is_none());
            for change in fresh {
                moved.extend(new_product(tree, change, &mut unheard)?);
            }
        }
        moved.retain(|new| gone.iter().any(|old| old.product.id == new.product.id));
    }
    for new in &moved {
        reading.show(&new.product.document);
    }
    after.extend(moved);
    Ok(by_identity(before, after))
}

fn new_product(
    tree: &Tree,
    change: &git::Change,
    reading: &mut Reading,
) -> Result<Option<Change>, Failure> {
    let Some(path) = change.after.as_ref().filter(|path| may_be_one(path)) else {
        return Ok(None);
    };
    let known_as = change.before.as_ref().map_or(path, |(path, _)| path);
    let known_as = tree.repository.full(known_as);
    let text = tree.new_text(change)?;
    Ok(text.and_then(|text| product(&text, &known_as, reading)))
}

/// The products below a folder.
pub fn in_folder(folder: &Path, reading: &mut Reading) -> Result<Vec<Change>, Failure> {
    let mut products = Vec::new();
    for file in documents::find(folder)? {
        let path = file.strip_prefix(folder).unwrap_or(&file);
        let path = path.display().to_string();
        if may_be_one(&path) {
            products.extend(product(&documents::read(&file)?, &path, reading));
        }
    }
    Ok(products)
}

fn product(text: &Text, path: &str, reading: &mut Reading) -> Option<Change> {
    if documents::kind(text) != Some(Kind::Product) {
        return None;
    }
    let product = reading.product(text)?;
    let path = path.to_owned();
    Some(Change { path, product })
}

/// Whether a file may hold a product, as far as its name tells.
fn may_be_one(path: &str) -> bool {
    let by_name = documents::kind_by_name(path);
    documents::may_be_ours(path) && by_name.is_none_or(|kind| kind == Kind::Product)
}

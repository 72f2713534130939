//! Which old contract belongs to which new one: by id, then by path.

use std::collections::{BTreeSet, HashMap, HashSet, VecDeque};

use zonecut_contract::Contract;
use zonecut_contract::version::Version;

use super::trees::Tree;
use crate::documents::{self, Reading, Text};
use crate::exit::Failure;
use crate::git::{self, Base, Repository};

/// One contract in two versions; either may be missing.
pub struct Pair {
    /// The old version.
    pub before: Option<Contract>,
    /// The new version.
    pub after: Option<Contract>,
}

impl Pair {
    /// The id of the contract: the old one, which a new version can't take back.
    pub fn id(&self) -> Option<&str> {
        let contract = self.before.as_ref().or(self.after.as_ref())?;
        Some(contract.id.as_str())
    }
}

/// A contract and the path it has in its tree.
pub struct Change {
    /// Relative to the top of its tree; what a renamed file was called before, where git says so.
    pub path: String,
    /// The contract.
    pub contract: Contract,
}

/// A way to tell that two contracts are one.
type Key = fn(&Change) -> String;

/// The surest first. A tree may hold several versions of one contract, each in its own file; a file
/// that moved is followed by its contract's id, a contract whose id changed by its path.
const KEYS: [Key; 4] = [
    |change| format!("{}\n{}", change.path, change.contract.id),
    |change| format!("{}\n{}", change.contract.id, change.contract.version),
    |change| change.contract.id.clone(),
    |change| change.path.clone(),
];

/// Pairs the contracts of two trees.
pub fn by_identity(before: Vec<Change>, after: Vec<Change>) -> Vec<Pair> {
    let mut pairs = Vec::new();
    let (mut before, mut after) = (before, after);
    for key in KEYS {
        let mut waiting: HashMap<String, VecDeque<Change>> = HashMap::new();
        for new in after {
            waiting.entry(key(&new)).or_default().push_back(new);
        }
        let mut lone = Vec::new();
        for old in before {
            match waiting.get_mut(&key(&old)).and_then(VecDeque::pop_front) {
                Some(new) => pairs.push(Pair {
                    before: Some(old.contract),
                    after: Some(new.contract),
                }),
                None => lone.push(old),
            }
        }
        before = lone;
        after = waiting.into_values().flatten().collect();
        after.sort_by(|a, b| a.path.cmp(&b.path));
    }
    pairs.extend(before.into_iter().map(|old| Pair {
        before: Some(old.contract),
        after: None,
    }));
    let known = Known::of(pairs.iter().filter_map(|pair| pair.before.as_ref()));
    let fresh = after.into_iter().map(|new| Pair {
        before: known.predecessor(&new.contract).cloned(),
        after: Some(new.contract),
    });
    let fresh: Vec<Pair> = fresh.collect();
    pairs.extend(fresh);
    among_all(pairs)
}

/// The pairs, each new version beside the nearest of all old ones.
fn among_all(pairs: Vec<Pair>) -> Vec<Pair> {
    let known = Known::of(pairs.iter().filter_map(|pair| pair.before.as_ref()));
    let nearest: Vec<Option<Contract>> = pairs
        .iter()
        .map(|pair| known.nearer(pair).cloned())
        .collect();
    let pairs = pairs.into_iter().zip(nearest);
    pairs
        .flat_map(|(pair, nearest)| follow(pair, nearest))
        .collect()
}

/// Older versions, by the id of their contract.
struct Known<'a>(HashMap<&'a str, Vec<(Option<Version>, &'a Contract)>>);

impl<'a> Known<'a> {
    fn of(contracts: impl Iterator<Item = &'a Contract>) -> Self {
        let mut known: HashMap<_, Vec<_>> = HashMap::new();
        for contract in contracts {
            let version = Version::parse(&contract.version);
            let versions = known.entry(contract.id.as_str()).or_default();
            versions.push((version, contract));
        }
        Self(known)
    }

    /// The greatest version that is not above the new one.
    fn predecessor(&self, new: &Contract) -> Option<&'a Contract> {
        let wanted = Version::parse(&new.version);
        let versions = self.0.get(new.id.as_str())?.iter();
        versions
            .filter(|(version, _)| match (version, &wanted) {
                (Some(old), Some(new)) => old <= new,
                _ => true,
            })
            .max_by(|(a, _), (b, _)| a.cmp(b))
            .map(|(_, old)| *old)
    }

    /// The version that the new one of a pair follows, where that is not the old one of the pair.
    fn nearer(&self, pair: &Pair) -> Option<&'a Contract> {
        let nearest = self.predecessor(pair.after.as_ref()?)?;
        let Some(old) = &pair.before else {
            return Some(nearest);
        };
        let version = Version::parse(&old.version)?;
        let is_between = Version::parse(&nearest.version).is_some_and(|nearest| nearest > version);
        (old.id == nearest.id && is_between).then_some(nearest)
    }
}

/// The pair, unless the new one follows another version: then the old one is gone.
fn follow(pair: Pair, nearest: Option<Contract>) -> Vec<Pair> {
    if nearest.is_none() {
        return vec![pair];
    }
    let followed = Pair {
        before: nearest,
        after: pair.after,
    };
    let gone = pair.before.map(|old| Pair {
        before: Some(old),
        after: None,
    });
    std::iter::once(followed).chain(gone).collect()
}

/// Pairs what differs between commits and working trees. Reads changed files only, what new versions
/// may follow, and where a contract has gone those that it may have become.
pub fn from_git(trees: &[Tree], reading: &mut Reading) -> Result<Vec<Pair>, Failure> {
    let (mut before, mut after) = (Vec::new(), Vec::new());
    for tree in trees {
        let changes = tree.changes.iter().filter(|it| concerns_us(it));
        let (old, new) = read_changes(tree, changes, reading)?;
        before.extend(old);
        after.extend(new);
    }
    after.extend(moved_elsewhere(trees, &before, &after, reading)?);
    let pairs = by_identity(before, after);
    let mut unchanged = Vec::new();
    for tree in trees {
        let changes = tree.changes.iter().chain(&tree.elsewhere);
        let read = changes.filter_map(|it| Some(it.before.as_ref()?.0.clone()));
        let read: HashSet<String> = read.collect();
        let known = unchanged_versions(&tree.repository, &tree.base, &pairs, &read)?;
        unchanged.extend(known);
    }
    let known = Known::of(unchanged.iter());
    let mut followed = Vec::with_capacity(pairs.len());
    for pair in pairs {
        let nearest = known.nearer(&pair).filter(|_| has_moved(&pair)).cloned();
        if let Some(old) = &nearest {
            reading.show(&old.document);
        }
        followed.extend(follow(pair, nearest));
    }
    Ok(followed)
}

/// New contracts outside the paths that were named, which those that are gone from there became.
fn moved_elsewhere(
    trees: &[Tree],
    before: &[Change],
    after: &[Change],
    reading: &mut Reading,
) -> Result<Vec<Change>, Failure> {
    let there: HashSet<&str> = after.iter().map(|new| new.contract.id.as_str()).collect();
    let gone = before.iter().map(|old| old.contract.id.as_str());
    let gone: HashSet<&str> = gone.filter(|id| !there.contains(id)).collect();
    let mut moved = Vec::new();
    if gone.is_empty() {
        return Ok(moved);
    }
    // What was not named is not judged by itself.
    let mut unheard = Reading::new();
    for tree in trees {
        let fresh = tree.elsewhere.iter().filter(|it| it.before.is_none());
        let (_, new) = read_changes(tree, fresh.filter(|it| concerns_us(it)), &mut unheard)?;
        moved.extend(new);
    }
    moved.retain(|new| gone.contains(new.contract.id.as_str()));
    for new in &moved {
        reading.show(&new.contract.document);
    }
    Ok(moved)
}

/// Which side of a comparison a document is on.
enum Age {
    Old,
    New,
}

/// The contracts of the commit and those of the working tree.
fn read_changes<'a>(
    tree: &Tree,
    changes: impl Iterator<Item = &'a git::Change>,
    reading: &mut Reading,
) -> Result<(Vec<Change>, Vec<Change>), Failure> {
    let changes: Vec<&git::Change> = changes.collect();
    let olds: Vec<_> = changes.iter().filter_map(|it| it.before.as_ref()).collect();
    let mut contents = tree.old_texts(&olds)?.into_iter();
    let (mut texts, mut places) = (Vec::new(), Vec::new());
    for change in changes {
        let full = |path: &String| tree.repository.full(path);
        let old = change.before.as_ref().map(|(path, _)| full(path));
        if let Some(path) = old.clone() {
            texts.extend(contents.next());
            places.push((path, Age::Old));
        }
        let known_as = old.or_else(|| change.after.as_ref().map(full));
        if let Some((path, text)) = known_as.zip(tree.new_text(change)?) {
            texts.push(text);
            places.push((path, Age::New));
        }
    }
    let (mut before, mut after) = (Vec::new(), Vec::new());
    for ((path, age), contract) in places.into_iter().zip(reading.contracts(&texts)) {
        let side = match age {
            Age::Old => &mut before,
            Age::New => &mut after,
        };
        side.extend(contract.map(|contract| Change { path, contract }));
    }
    Ok((before, after))
}

/// Whether the new one is another version than the old one, or the first.
fn has_moved(pair: &Pair) -> bool {
    match (&pair.before, &pair.after) {
        (Some(old), Some(new)) => old.version != new.version,
        (None, after) => after.is_some(),
        (Some(_), None) => false,
    }
}

/// The contracts of the commit that new versions may follow, beside those that changed: `read` are
/// the paths of these.
fn unchanged_versions(
    repository: &Repository,
    base: &Base,
    pairs: &[Pair],
    read: &HashSet<String>,
) -> Result<Vec<Contract>, Failure> {
    let moved = pairs.iter().filter(|pair| has_moved(pair));
    let ids: BTreeSet<&str> = moved
        .filter_map(|pair| Some(pair.after.as_ref()?.id.as_str()))
        .collect();
    // An id of several lines is written otherwise than it reads, and none at all is everywhere.
    let is_sought = |id: &&str| !id.is_empty() && !id.contains('\n');
    let texts: Vec<&str> = ids.iter().copied().filter(is_sought).collect();
    let mut paths = repository.files_with(base, &texts)?;
    paths.retain(|path| !read.contains(path));
    let objects: Vec<String> = paths
        .iter()
        .map(|path| format!("{}:{path}", base.commit))
        .collect();
    let objects: Vec<&str> = objects.iter().map(String::as_str).collect();
    // Files that merely mention the id, or can't be read, are no older version.
    let mut unheard = Reading::new();
    let named = paths.iter().zip(repository.contents(&objects)?);
    let texts: Vec<Text> = named
        .map(|(path, bytes)| Text {
            name: format!("{}:{}", base.label, repository.shown(path)),
            bytes,
        })
        .collect();
    let versions = unheard.contracts(&texts).into_iter().flatten();
    Ok(versions
        .filter(|contract| ids.contains(contract.id.as_str()))
        .collect())
}

fn concerns_us(change: &git::Change) -> bool {
    let before = change.before.as_ref().map(|(path, _)| path);
    before
        .into_iter()
        .chain(&change.after)
        .any(|path| documents::may_be_ours(path))
}

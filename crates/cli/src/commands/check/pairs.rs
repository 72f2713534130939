//! Which old contract belongs to which new one: by id, then by path.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use semver::Version;
use zonecut_contract::Contract;

use crate::documents::{self, Kind, Reading, Text};
use crate::exit::Failure;
use crate::git::{self, Base, Repository};

/// One contract in two versions; either may be missing.
pub struct Pair {
    /// The old version.
    pub before: Option<Contract>,
    /// The new version.
    pub after: Option<Contract>,
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
    let fresh = after.into_iter().map(|new| {
        let known = pairs.iter().filter_map(|pair| pair.before.as_ref());
        let before = predecessor(&new.contract, known).cloned();
        let after = Some(new.contract);
        Pair { before, after }
    });
    let fresh: Vec<Pair> = fresh.collect();
    pairs.extend(fresh);
    let olds: Vec<Contract> = pairs
        .iter()
        .filter_map(|pair| pair.before.clone())
        .collect();
    pairs
        .into_iter()
        .flat_map(|pair| {
            let nearest = pair
                .after
                .as_ref()
                .and_then(|new| predecessor(new, olds.iter()));
            nearer(pair, nearest.cloned())
        })
        .collect()
}

/// The pair, unless a version between its two is known: then the new one follows that version, and
/// the old one is gone.
fn nearer(pair: Pair, nearest: Option<Contract>) -> Vec<Pair> {
    let version = |contract: &Contract| Version::parse(&contract.version).ok();
    match (&pair.before, nearest) {
        (Some(old), Some(nearest))
            if old.id == nearest.id
                && version(old).is_some()
                && version(&nearest) > version(old) =>
        {
            vec![
                Pair {
                    before: Some(nearest),
                    after: pair.after,
                },
                Pair {
                    before: pair.before,
                    after: None,
                },
            ]
        }
        _ => vec![pair],
    }
}

/// The greatest version among `known` that is not above the new one.
fn predecessor<'a>(
    new: &Contract,
    known: impl Iterator<Item = &'a Contract>,
) -> Option<&'a Contract> {
    let wanted = Version::parse(&new.version).ok();
    known
        .filter(|old| old.id == new.id)
        .map(|old| (Version::parse(&old.version).ok(), old))
        .filter(|(version, _)| match (version, &wanted) {
            (Some(old), Some(new)) => old <= new,
            _ => true,
        })
        .max_by(|(a, _), (b, _)| a.cmp(b))
        .map(|(_, old)| old)
}

/// Pairs what differs between a commit and the working tree. Reads changed files only.
pub fn from_git(
    repository: &Repository,
    base: &Base,
    changes: Vec<git::Change>,
    reading: &mut Reading,
) -> Result<Vec<Pair>, Failure> {
    let changes: Vec<git::Change> = changes.into_iter().filter(concerns_us).collect();
    let objects: Vec<&str> = changes
        .iter()
        .filter_map(|change| change.before.as_ref())
        .map(|(_, object)| object.as_str())
        .collect();
    let mut contents = repository.contents(&objects)?.into_iter();
    let (mut before, mut after) = (Vec::new(), Vec::new());
    for change in changes {
        let old = change
            .before
            .and_then(|(path, _)| Some((path, contents.next()?)));
        let known_as = old.as_ref().map(|(path, _)| path.clone());
        if let Some((path, bytes)) = old {
            let name = format!("{}:{}", base.label, repository.shown(&path));
            before.extend(contract(&Text { name, bytes }, path, reading));
        }
        if let Some(path) = change.after {
            let name = repository.shown(&path).to_owned();
            if let Some(text) = documents::read_if_there(&repository.file(&path), &name)? {
                after.extend(contract(&text, known_as.unwrap_or(path), reading));
            }
        }
    }
    let mut pairs = Vec::new();
    for pair in by_identity(before, after) {
        let moved = match (&pair.before, &pair.after) {
            (Some(old), Some(new)) => old.version != new.version,
            (None, after) => after.is_some(),
            (Some(_), None) => false,
        };
        let nearest = match &pair.after {
            Some(new) if moved => older_version(repository, base, new)?,
            _ => None,
        };
        if let Some(old) = &nearest {
            let document = &old.document;
            reading
                .sources
                .add(Arc::clone(&document.file), Arc::clone(&document.text));
        }
        if pair.before.is_none() {
            pairs.push(Pair {
                before: nearest,
                ..pair
            });
        } else {
            pairs.extend(nearer(pair, nearest));
        }
    }
    Ok(pairs)
}

/// The version that a contract follows among those that the commit holds.
fn older_version(
    repository: &Repository,
    base: &Base,
    new: &Contract,
) -> Result<Option<Contract>, Failure> {
    let paths = repository.files_with(base, &new.id)?;
    let objects: Vec<String> = paths
        .iter()
        .map(|path| format!("{}:{path}", base.commit))
        .collect();
    let objects: Vec<&str> = objects.iter().map(String::as_str).collect();
    // Files that merely mention the id, or can't be read, are no older version.
    let mut unheard = Reading::new();
    let mut known = Vec::new();
    for (path, bytes) in paths.iter().zip(repository.contents(&objects)?) {
        let name = format!("{}:{}", base.label, repository.shown(path));
        let text = Text { name, bytes };
        known.extend(contract(&text, path.clone(), &mut unheard));
    }
    let known: Vec<Contract> = known.into_iter().map(|change| change.contract).collect();
    Ok(predecessor(new, known.iter()).cloned())
}

fn contract(text: &Text, path: String, reading: &mut Reading) -> Option<Change> {
    if documents::kind(text) != Some(Kind::Contract) {
        return None;
    }
    let contract = reading.contract(text)?;
    Some(Change { path, contract })
}

fn concerns_us(change: &git::Change) -> bool {
    let before = change.before.as_ref().map(|(path, _)| path);
    before
        .into_iter()
        .chain(&change.after)
        .any(|path| documents::may_be_ours(path))
}

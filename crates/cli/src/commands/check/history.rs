//! The older versions that the transitive modes ask about: those in a folder that was named, else
//! those in the tree and in the history of the commit that is compared with.

use std::collections::{BTreeSet, HashSet};
use std::path::Path;

use zonecut_contract::Contract;
use zonecut_evolution::{Settings, mode, order_of_versions};

use super::pairs::Pair;
use super::read_older;
use crate::documents::{Reading, Text};
use crate::exit::Failure;
use crate::git::{Base, Repository};
use crate::output::tell;

/// Older versions, of which each pair finds its own.
pub struct History(Vec<Contract>);

/// Where older versions are looked for.
pub struct Places<'a> {
    /// The folder that was named.
    pub named: Option<&'a Path>,
    /// What was named as the old version; nothing where git knows it.
    pub before: Option<&'a Path>,
    /// The commit that is compared with.
    pub git: Option<&'a (Repository, Base)>,
}

impl History {
    /// The older versions that count, if any of `pairs` is judged in a transitive mode.
    pub fn read(
        places: &Places<'_>,
        pairs: &[Pair],
        settings: &Settings<'_>,
        reading: &mut Reading,
    ) -> Result<Self, Failure> {
        let asking: Vec<&Pair> = pairs
            .iter()
            .filter(|pair| mode(pair.before.as_ref(), pair.after.as_ref(), settings).transitive)
            .collect();
        if asking.is_empty() && !settings.mode.is_some_and(|mode| mode.transitive) {
            return Ok(Self(Vec::new()));
        }
        let mut history = Self(places.named_or_in_tree(reading)?);
        if let (None, Some((repository, base))) = (places.named, places.git) {
            fetched(repository, &history.lacking(&asking))?;
            let ids: BTreeSet<&str> = asking.iter().filter_map(|pair| pair.id()).collect();
            add_committed(repository, base, &ids, &mut history.0, reading)?;
        }
        places.tell_of(&history.lacking(&asking));
        Ok(history)
    }

    /// The ids of those pairs that nothing older is known of.
    fn lacking<'a>(&self, pairs: &[&'a Pair]) -> BTreeSet<&'a str> {
        pairs
            .iter()
            .filter(|pair| pair.before.is_some() && pair.after.is_some())
            .filter(|pair| self.of(pair).is_empty())
            .filter_map(|pair| pair.id())
            .collect()
    }

    /// The versions before both of a pair.
    pub fn of(&self, pair: &Pair) -> Vec<&Contract> {
        let versions = self.0.iter();
        versions
            .filter(|older| Some(older.id.as_str()) == pair.id())
            .filter(|older| {
                let mut judged = pair.before.iter().chain(&pair.after);
                judged.all(|it| is_earlier(&older.version, &it.version))
            })
            .collect()
    }
}

impl Places<'_> {
    fn named_or_in_tree(&self, reading: &mut Reading) -> Result<Vec<Contract>, Failure> {
        if let Some(folder) = self.named {
            return read_older(folder, reading);
        }
        let tree = match self.before {
            None => Path::new("."),
            Some(before) if before.is_dir() => before,
            Some(_) => {
                return Err(Failure::Usage("a transitive mode needs the older versions: name their folder with `--history DIR`".to_owned()));
            }
        };
        // What else is in the tree need not be valid to judge this change.
        let known = reading.findings.len();
        let versions = read_older(tree, reading)?;
        reading.findings.truncate(known);
        Ok(versions)
    }

    /// Says what nothing older was found of.
    fn tell_of(&self, lacking: &BTreeSet<&str>) {
        let Some(names) = named(lacking) else {
            return;
        };
        let place = if self.git.is_some() && self.named.is_none() {
            "in the tree and its history"
        } else {
            "there"
        };
        tell(&format_args!(
            "note: no older version of {names} is {place}: the transitive mode compared with the last one only"
        ));
    }
}

/// The first of `ids`, and how many there are more.
fn named(ids: &BTreeSet<&str>) -> Option<String> {
    let first = ids.first()?;
    Some(match ids.len() - 1 {
        0 => format!("`{first}`"),
        more => format!("`{first}` and {more} more"),
    })
}

/// Where the tree lacks older versions, all of history has to be there: of versions that were not
/// fetched, nothing can be said.
fn fetched(repository: &Repository, lacking: &BTreeSet<&str>) -> Result<(), Failure> {
    let Some(names) = named(lacking) else {
        return Ok(());
    };
    match repository.unfetched_history()? {
        None => Ok(()),
        Some(help) => Err(Failure::Git {
            problem: format!(
                "a transitive mode needs the older versions of {names}, and this clone may lack some: it is shallow"
            ),
            help,
        }),
    }
}

/// Adds each version that a commit left, as the newest commit with this version left it.
fn add_committed(
    repository: &Repository,
    base: &Base,
    ids: &BTreeSet<&str>,
    versions: &mut Vec<Contract>,
    reading: &mut Reading,
) -> Result<(), Failure> {
    let texts: Vec<&str> = ids.iter().copied().collect();
    let states = repository.states_with(base, &texts)?;
    let texts: Vec<Text> = states
        .into_iter()
        .map(|state| {
            let commit: String = state.commit.chars().take(12).collect();
            Text {
                name: format!("{commit}:{}", repository.shown(&state.path)),
                bytes: state.bytes,
            }
        })
        .collect();
    // What merely mentions an id, or was broken at the time, is no version that anybody reads.
    let mut unheard = Reading::new();
    let mut known: HashSet<(String, String)> = versions.iter().map(identity).collect();
    for contract in unheard.contracts(&texts).into_iter().flatten() {
        if ids.contains(contract.id.as_str()) && known.insert(identity(&contract)) {
            reading.show(&contract.document);
            versions.push(contract);
        }
    }
    Ok(())
}

fn identity(contract: &Contract) -> (String, String) {
    (contract.id.clone(), contract.version.clone())
}

/// Whether `version` came before `other`, as far as their numbers tell.
fn is_earlier(version: &str, other: &str) -> bool {
    order_of_versions(version, other).map_or(version != other, std::cmp::Ordering::is_lt)
}

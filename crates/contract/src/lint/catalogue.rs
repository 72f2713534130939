//! The contracts that stand together in one tree.

use std::collections::{BTreeMap, BTreeSet};

/// Contracts by their ids, each in some versions.
#[derive(Debug, Clone, Default)]
pub struct Catalogue {
    versions: BTreeMap<String, BTreeSet<String>>,
}

impl Catalogue {
    /// Adds a version of a contract.
    pub fn add(&mut self, id: &str, version: &str) {
        let versions = self.versions.entry(id.to_owned()).or_default();
        versions.insert(version.to_owned());
    }

    pub(super) fn is_empty(&self) -> bool {
        self.versions.is_empty()
    }

    /// The versions of a contract; nothing where it is not here.
    pub(super) fn versions(&self, id: &str) -> Option<&BTreeSet<String>> {
        self.versions.get(id)
    }

    /// The ids of all contracts.
    pub(super) fn ids(&self) -> impl Iterator<Item = &str> {
        self.versions.keys().map(String::as_str)
    }
}

//! The keys of a mapping, found in constant time also where there are thousands.

use std::collections::HashMap;

use zonecut_contract::{Entry, Node};

/// From here on looking through all keys costs more than an index.
const MANY: usize = 48;

/// The keys of a mapping.
pub(super) enum Keys<'a> {
    /// Few enough to look through.
    Few(&'a [Entry]),
    /// An index.
    Many(HashMap<&'a str, &'a Entry>),
}

impl<'a> Keys<'a> {
    /// The keys of a node; none where it is no mapping.
    pub(super) fn of(node: &'a Node) -> Self {
        let entries = node.entries();
        if entries.len() <= MANY {
            return Self::Few(entries);
        }
        let index = entries.iter().map(|entry| (entry.identity(), entry));
        Self::Many(index.collect())
    }

    /// The entry of a key, by its identity.
    pub(super) fn entry(&self, key: &str) -> Option<&'a Entry> {
        match self {
            Self::Few(entries) => entries.iter().find(|entry| entry.identity() == key),
            Self::Many(index) => index.get(key).copied(),
        }
    }
}

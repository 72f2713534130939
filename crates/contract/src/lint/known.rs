//! What the schema has, and which of it somebody meant who wrote something else.

use std::collections::HashSet;

use crate::model::Contract;
use crate::spelling::did_you_mean;

/// The paths of all objects and columns, and how often a name was compared with all of them for a
/// suggestion.
pub(super) struct Known {
    paths: HashSet<String>,
    compared: usize,
}

impl Known {
    /// So many comparisons take a moment, and a document of that many slips needs no suggestions.
    const COMPARED: usize = 50_000;

    pub(super) fn new(contract: &Contract) -> Self {
        let objects = contract.objects().iter().map(|object| object.name.clone());
        let paths = super::columns(contract).map(|(path, _)| path);
        Self {
            paths: objects.chain(paths).collect(),
            compared: 0,
        }
    }

    pub(super) fn contains(&self, path: &str) -> bool {
        self.paths.contains(path)
    }

    pub(super) fn suggestion(&mut self, path: &str) -> Option<String> {
        self.compared += self.paths.len();
        if self.compared > Self::COMPARED {
            return None;
        }
        let mut paths: Vec<&str> = self.paths.iter().map(String::as_str).collect();
        paths.sort_unstable();
        did_you_mean(path, paths)
    }
}

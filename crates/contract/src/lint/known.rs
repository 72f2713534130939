//! What the schema has, and which of it somebody meant who wrote something else.

use super::elements::Elements;
use crate::spelling::did_you_mean;

/// The paths of all objects and columns, in order.
pub(super) struct Known {
    paths: Vec<String>,
}

/// Suggestions of one rule, and how often a name was compared with all paths for them.
pub(super) struct Suggestions<'a> {
    known: &'a Known,
    compared: usize,
}

impl Known {
    pub(super) fn of(elements: &Elements<'_>) -> Self {
        let mut paths: Vec<String> = elements.all().map(|it| it.to_string()).collect();
        paths.sort_unstable();
        paths.dedup();
        Self { paths }
    }

    pub(super) fn contains(&self, path: &str) -> bool {
        let place = self
            .paths
            .binary_search_by(|known| known.as_str().cmp(path));
        place.is_ok()
    }

    pub(super) fn suggestions(&self) -> Suggestions<'_> {
        Suggestions {
            known: self,
            compared: 0,
        }
    }
}

impl Suggestions<'_> {
    /// So many comparisons take a moment, and a document of that many slips needs no suggestions.
    const COMPARED: usize = 50_000;

    pub(super) fn of(&mut self, path: &str) -> Option<String> {
        let paths = &self.known.paths;
        self.compared += paths.len();
        if self.compared > Self::COMPARED {
            return None;
        }
        did_you_mean(path, paths.iter().map(String::as_str))
    }
}

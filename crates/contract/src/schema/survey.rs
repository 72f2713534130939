//! Which items of the lists of a large document are worth showing to the validator.

use std::collections::HashMap;

use crate::node::{Node, Value};

/// The most items shown: far more than are told about.
const MOST_SHOWN: usize = 1_000;

/// For each list that a schema speaks about, which of its items break it.
#[derive(Debug, Default)]
pub struct Survey {
    lists: HashMap<usize, Vec<usize>>,
    shown: usize,
    /// Whether items that break it had to be left out.
    pub is_cut: bool,
}

impl Survey {
    /// A list was looked at. Its first item is always seen: a list that is cut short must not seem
    /// empty.
    pub fn look(&mut self, items: &[Node]) {
        if !items.is_empty() {
            self.lists.entry(address(items)).or_insert_with(|| vec![0]);
        }
    }

    /// The item breaks what the schema says about it, or about the list.
    pub fn show(&mut self, items: &[Node], index: usize) {
        let seen = self.lists.entry(address(items)).or_default();
        if let Err(place) = seen.binary_search(&index) {
            if self.shown == MOST_SHOWN {
                self.is_cut = true;
                return;
            }
            self.shown += 1;
            seen.insert(place, index);
        }
    }

    /// The items of a list that are seen, if not all of them.
    pub fn seen(&self, items: &[Node]) -> Option<&[usize]> {
        self.lists.get(&address(items)).map(Vec::as_slice)
    }

    /// Which item of `list` is the one that the validator knows as `index`.
    pub fn index(&self, list: &Node, index: usize) -> usize {
        let seen = match &list.value {
            Value::List(items) => self.seen(items),
            _ => None,
        };
        seen.and_then(|seen| seen.get(index))
            .copied()
            .unwrap_or(index)
    }
}

fn address(items: &[Node]) -> usize {
    items.as_ptr().addr()
}

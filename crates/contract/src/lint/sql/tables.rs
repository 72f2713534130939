//! The tables that a contract describes, as queries name them.

use std::cell::Cell;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::rc::Rc;

use sqlparser::ast::{Ident, ObjectName, ObjectNamePart, Query};

use super::columns::{Missing, Search};
use super::placeholders::{Filled, Stands};
use crate::lint::nodes::text;
use crate::model::Contract;
use crate::node::Node;

/// The columns of a relation in small letters, each as it is written; `None` where nobody can tell.
pub(super) type Columns = Option<Rc<BTreeMap<String, String>>>;

/// The objects of a contract.
pub(super) struct Tables {
    columns: Vec<Columns>,
    /// By name and physical name in small letters; nothing where two share one.
    by_name: HashMap<String, Option<usize>>,
    /// The databases, catalogs and schemas of its servers.
    homes: HashSet<String>,
    /// How many columns may still be looked at for suggestions.
    suggestions: Cell<usize>,
}

/// So many comparisons take a moment, and a document of that many slips needs no suggestions.
const COMPARED: usize = 50_000;

impl Tables {
    pub(super) fn of(contract: &Contract) -> Self {
        let list = |key| contract.root().get(key).map_or(&[][..], Node::items);
        let mut tables = Self {
            columns: Vec::new(),
            by_name: HashMap::new(),
            homes: HashSet::new(),
            suggestions: Cell::new(COMPARED),
        };
        for (index, object) in list("schema").iter().enumerate() {
            tables.columns.push(columns(object));
            let names: HashSet<String> = names(object).map(str::to_lowercase).collect();
            for name in names {
                let known = tables.by_name.entry(name);
                known.and_modify(|it| *it = None).or_insert(Some(index));
            }
        }
        for server in list("servers") {
            let keys = ["catalog", "database", "dataset", "project", "schema"];
            let homes = keys.iter().filter_map(|key| text(server, key));
            tables
                .homes
                .extend(homes.map(|(home, _)| home.to_lowercase()));
        }
        tables
    }

    /// The columns that a query of an object names, and none of its tables has.
    pub(super) fn missing(&self, own: usize, filled: &Filled, query: &Query) -> Vec<Missing> {
        // Arrows bind names of their own in some dialects.
        if filled.sql.contains("->") {
            return Vec::new();
        }
        Search::new(self, own, filled).run(query)
    }

    /// Whether as many columns may be looked at for one more suggestion.
    pub(super) fn may_compare(&self, columns: usize) -> bool {
        let left = self.suggestions.get().checked_sub(columns);
        self.suggestions.set(left.unwrap_or_default());
        left.is_some()
    }

    /// The columns of an object.
    pub(super) fn columns(&self, index: usize) -> Columns {
        self.columns.get(index).cloned().flatten()
    }

    /// The object that a table is, where it is one beyond doubt: named alone, by its whole physical name,
    /// or within a schema that the contract's servers have.
    pub(super) fn find(&self, own: usize, filled: &Filled, name: &ObjectName) -> Option<usize> {
        let parts: Vec<&Ident> = name.0.iter().filter_map(ObjectNamePart::as_ident).collect();
        let (last, path) = parts.split_last().filter(|_| parts.len() == name.0.len())?;
        let at_home = |part: &&&Ident| match filled.stands(part) {
            Stands::Itself => self.homes.contains(&part.value.to_lowercase()),
            Stands::OwnTable => false,
            Stands::Other => true,
        };
        let is_home = path.iter().filter(at_home).count() == path.len();
        match filled.stands(last) {
            Stands::OwnTable => is_home.then_some(own),
            Stands::Other => None,
            Stands::Itself => {
                let whole: Vec<String> = parts.iter().map(|it| it.value.to_lowercase()).collect();
                let alone = is_home.then(|| last.value.to_lowercase());
                let names = std::iter::once(whole.join(".")).chain(alone);
                let mut known = names.filter_map(|name| self.by_name.get(&name));
                known.next().copied().flatten()
            }
        }
    }
}

/// The columns of an object; unknown where it lists none.
fn columns(object: &Node) -> Columns {
    let properties = object.get("properties").map_or(&[][..], Node::items);
    let names = properties.iter().flat_map(names);
    let columns: BTreeMap<String, String> = names
        .map(|name| (name.to_lowercase(), name.to_owned()))
        .collect();
    (!columns.is_empty()).then(|| Rc::new(columns))
}

/// What an object or a property is called.
fn names(element: &Node) -> impl Iterator<Item = &str> {
    let keys = ["name", "physicalName"];
    let stated = keys.into_iter().filter_map(|key| text(element, key));
    stated.map(|(name, _)| name)
}

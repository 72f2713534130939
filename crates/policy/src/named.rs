//! The names that a snapshot knows, for those who search: each list in order.

use std::collections::BTreeSet;

use crate::compile::Who;
use crate::snapshot::Snapshot;
use crate::symbols::Symbol;

impl Snapshot {
    /// The users that documents name. Members of groups are known to engines only.
    #[must_use]
    pub fn users(&self) -> BTreeSet<&str> {
        let (holders, _) = self.roles.holders();
        self.subjects(holders, |who| who.users.as_deref())
    }

    /// The groups that documents name.
    #[must_use]
    pub fn groups(&self) -> BTreeSet<&str> {
        let (_, holders) = self.roles.holders();
        self.subjects(holders, |who| who.groups.as_deref())
    }

    fn subjects<'a>(
        &'a self,
        holders: impl Iterator<Item = Symbol>,
        list: impl Fn(&'a Who) -> Option<&'a [Symbol]>,
    ) -> BTreeSet<&'a str> {
        let named = self.rules.iter().filter_map(|rule| list(&rule.to));
        let all = holders.chain(named.flatten().copied());
        all.map(|symbol| self.symbols.name(symbol)).collect()
    }

    /// Every object of an active contract, with the contract's id.
    #[must_use]
    pub fn objects(&self) -> BTreeSet<(&str, &str)> {
        let objects = self.objects.iter();
        objects
            .map(|object| (&*object.contract, &*object.name))
            .collect()
    }

    /// The paths of all columns of an object, at any depth.
    #[must_use]
    pub fn columns(&self, contract: &str, object: &str) -> BTreeSet<&str> {
        let object = self.find(contract, object);
        let columns = object.into_iter().flat_map(|(object, _)| &object.columns);
        columns.map(|column| &*column.path).collect()
    }
}

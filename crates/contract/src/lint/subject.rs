//! A contract as its rules look at it: what several of them need is worked out once, and only when one
//! asks for it.

use std::cell::OnceCell;

use super::elements::{Element, Elements};
use super::known::Known;
use super::sql::Queries;
use crate::model::Contract;
use crate::node::Node;

/// A contract, and what is worked out from it.
pub(super) struct Subject<'a> {
    pub(super) contract: &'a Contract,
    pub(super) elements: &'a Elements<'a>,
    known: OnceCell<Known>,
    queries: OnceCell<Queries<'a>>,
}

impl<'a> Subject<'a> {
    pub(super) fn new(contract: &'a Contract, elements: &'a Elements<'a>) -> Self {
        Self {
            contract,
            elements,
            known: OnceCell::new(),
            queries: OnceCell::new(),
        }
    }

    /// The root of its tree.
    pub(super) fn root(&self) -> &'a Node {
        self.contract.root()
    }

    /// The items of a list that stands at the root.
    pub(super) fn list(&self, key: &str) -> &'a [Node] {
        self.root().get(key).map(Node::items).unwrap_or_default()
    }

    /// The elements inside its objects.
    pub(super) fn columns(&self) -> impl Iterator<Item = Element<'a>> {
        self.elements.all().filter(|element| !element.is_object())
    }

    /// What can be referred to.
    pub(super) fn known(&self) -> &Known {
        self.known.get_or_init(|| Known::of(self.elements))
    }

    /// Its queries.
    pub(super) fn queries(&self) -> &Queries<'a> {
        self.queries
            .get_or_init(|| Queries::of(self.contract, self.elements))
    }
}

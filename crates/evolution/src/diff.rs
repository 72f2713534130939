//! Facts: every difference between two documents, none lost, none judged.
//!
//! The walk is generic over the tree, so that keys nobody thought of are compared too; what ODCS
//! knows (lists with identity, sets, equal meanings) is looked up per key.

mod default;
mod extension;
mod identity;
mod keys;
mod metric;
mod path;
mod scope;
mod shape;
mod spelling;
mod team;
mod walk;

use zonecut_contract::{Contract, Node, Product};

pub(crate) use identity::canonical;

use crate::fact::Fact;

/// Every difference between two contracts, in the order of the documents.
///
/// `diff(a, a)` is empty; an empty answer means that the two are the same contract.
#[must_use]
pub fn diff<'a>(before: &'a Contract, after: &'a Contract) -> Vec<Fact<'a>> {
    walk::walk(&before.document, &after.document)
}

/// Every difference between two products, in the order of the documents.
#[must_use]
pub fn diff_products<'a>(before: &'a Product, after: &'a Product) -> Vec<Fact<'a>> {
    walk::walk(&before.document, &after.document)
}

/// The schema objects that both contracts have, paired by what they are.
pub(crate) fn objects<'a>(before: &'a Contract, after: &'a Contract) -> Vec<(&'a Node, &'a Node)> {
    let list = |contract: &'a Contract| contract.root().get("schema").map_or(&[][..], Node::items);
    identity::ELEMENT
        .pair(list(before), list(after))
        .into_iter()
        .filter_map(|(before, after)| Some((before?, after?)))
        .collect()
}

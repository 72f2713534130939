//! Whether every document that one JSON Schema lets pass is let pass by another.
//!
//! The answer is exact where keywords limit independently of each other, and cautious elsewhere:
//! what can't be shown to fit is refused. A choice (`anyOf`, `oneOf`) is judged branch by branch, as
//! its author thinks of it: each branch that may be written needs one that reads it.

mod admits;
mod apart;
mod arrays;
mod bounds;
mod evaluated;
mod kinds;
mod logic;
mod objects;
mod scalars;
mod values;
mod view;
mod walk;

use zonecut_contract::Node;

use super::Misfit;
use values::{At, Values};
use walk::Walk;

/// The custom property that holds what ODCS has no key for.
pub(super) const EXTENSION: &str = "jsonSchema";

/// What a reader with one version of an object refuses of what a writer with the other writes.
pub(super) fn refused(reader: &Node, writer: &Node, path: &str) -> Vec<Misfit> {
    let (reader, writer) = (view::schema_of(reader), view::schema_of(writer));
    let outer = At::root(&reader);
    let inner = Values::of(At::root(&writer));
    Walk::default().fits(&inner, outer, path)
}

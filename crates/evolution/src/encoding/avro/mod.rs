//! Whether an Avro reader with one schema resolves what a writer with another wrote.
//!
//! The rules are those of the Avro specification, "Schema Resolution". Beyond them, a logical type
//! of another unit or scale is refused: the bytes resolve, and mean something else.

mod model;
mod resolve;
mod view;

use zonecut_contract::Node;

use super::Misfit;

/// The custom property that holds what ODCS has no key for.
pub(super) const EXTENSION: &str = "avro";

/// What a reader with one version of an object can't resolve of what a writer with the other wrote.
pub(super) fn refused(reader: &Node, writer: &Node, path: &str) -> Vec<Misfit> {
    let (reader, writer) = (view::schema_of(reader), view::schema_of(writer));
    resolve::refused(&reader, &writer, path)
}

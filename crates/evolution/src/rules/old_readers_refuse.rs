//! ## What it does
//! Readers of the old version can't read all that the new version writes. It judges objects that
//! state their encoding (`jsonSchema` or `avro` among their custom properties), each as a whole.
//!
//! ## Why it matters
//! A reader that checks documents against the old JSON Schema refuses what it did not foresee; an
//! Avro reader stops at a field it misses and has no default for. In the backward mode nobody reads
//! the new data with the old version, so it is a note.
//!
//! ## Example
//! ```yaml
//! # before
//! customProperties:
//!   - {property: jsonSchema, value: {additionalProperties: false}}
//! properties:
//!   - {name: qname, logicalType: string}
//! # after
//! properties:
//!   - {name: qname, logicalType: string}
//!   - {name: transport, logicalType: string}
//! ```
//!
//! ## How to fix
//! Move readers to the new version first, or pay with a major version.

use super::prelude::*;
use super::refusals::{self, Meeting};

pub(super) const RULE: Rule = Rule {
    name: "old-readers-refuse",
    since: "0.1.0",
    category: Category::Values,
    severities: &[(Consumer, Breaking)],
    check,
};

fn check<'a>(cx: &Comparison<'a>, out: &mut Findings<'a>) {
    for object in cx.encoded {
        refusals::report(
            cx,
            out,
            object,
            Meeting::OldReaders,
            &[(Consumer, cx.old_readers(Breaking))],
            "move readers to the new version first, or publish a major version",
        );
    }
}

//! ## What it does
//! The type holds all the old values and more, itself or in one of its parts: the elements of an array,
//! the keys and values of a map, the fields of a struct. An optional field that a struct gains is told
//! as a note.
//!
//! ## Why it matters
//! Readers that fixed a width may cut longer text (a warning) or overflow on greater numbers
//! (breaking, unless only the backward mode counts).
//!
//! ## Example
//! ```yaml
//! # before
//! physicalType: int
//! # after
//! physicalType: bigint
//! ```
//!
//! ## How to fix
//! Move readers to the wider type first, or pay with a major version where numbers grow.

use super::prelude::*;
use crate::types::{self, Relation};

pub(super) const RULE: Rule = Rule {
    name: "type-widened",
    since: "0.1.0",
    category: Category::Values,
    severities: &[(Consumer, Breaking)],
    check,
};

fn check<'a>(cx: &Comparison<'a>, out: &mut Findings<'a>) {
    for fact in cx.changes() {
        match types::turn_of(fact) {
            Some(Relation::Wider) => {
                let text = |node: Option<&'a Node>| node.and_then(Node::as_str);
                let longer = text(fact.before)
                    .zip(text(fact.after))
                    .is_some_and(|(old, new)| types::only_lengthens(old, new));
                let severity = cx.old_readers(if longer { Warning } else { Breaking });
                out.report(
                    fact,
                    Consumer,
                    severity,
                    turned(fact),
                    "check readers that fixed the old width",
                );
            }
            Some(Relation::Extended) => {
                out.report(
                    fact,
                    Consumer,
                    Note,
                    turned(fact),
                    "nothing to do for readers: they ignore fields they do not know",
                )
                .minor();
            }
            _ => {}
        }
    }
}

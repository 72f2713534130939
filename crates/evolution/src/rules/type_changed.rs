//! ## What it does
//! The logical or physical type turns into one with other values, a struct in it loses a field, or the
//! kind of an object changes.
//!
//! ## Why it matters
//! Readers decode the wrong thing or fail; writers must convert.
//!
//! ## Example
//! ```yaml
//! # before
//! logicalType: string
//! physicalType: varchar(18)
//! # after
//! logicalType: integer
//! physicalType: int
//! ```
//!
//! ## How to fix
//! Add a property of the new type beside the old one, move readers, then remove the old one in a
//! major version.

use zonecut_diagnostics::Severity;

use super::prelude::*;
use crate::types::{self, Relation};

pub(super) const RULE: Rule = Rule {
    name: "type-changed",
    since: "0.1.0",
    category: Category::Values,
    severities: &[(Consumer, Breaking), (Producer, Breaking)],
    check,
};

fn check<'a>(cx: &Comparison<'a>, out: &mut Findings<'a>) {
    for fact in cx.changes() {
        // Another kind of value has other limits and is stored otherwise: that is one change.
        if types::follows_another_kind(fact) {
            out.claim(fact);
            continue;
        }
        let help = "add a property of the new type beside the old one, or publish a major version";
        match types::turn_of(fact) {
            Some(Relation::Different) => {
                out.report(fact, Consumer, Breaking, turned(fact), help);
                out.report(
                    fact,
                    Producer,
                    Breaking,
                    turned(fact),
                    "convert what is written, or keep the type",
                );
            }
            Some(Relation::Reduced) => {
                out.report(
                    fact,
                    Consumer,
                    cx.old_readers(Breaking),
                    turned(fact),
                    "keep the field until its readers are gone, or publish a major version",
                );
            }
            None if is_withdrawn(fact) => {
                out.report(
                    fact,
                    Consumer,
                    Warning,
                    turned(fact),
                    "state the type that readers relied on",
                );
            }
            None if fact.alters(SubjectKind::Object, "physicalType")
                || fact.alters(SubjectKind::Object, "logicalType") =>
            {
                out.report(
                    fact,
                    Consumer,
                    kind_change(fact),
                    turned(fact),
                    "keep the kind of the object, or publish a major version",
                );
            }
            _ => {}
        }
    }
}

fn is_withdrawn(fact: &Fact<'_>) -> bool {
    fact.kind == FactKind::Removed
        && ["logicalType", "physicalType"]
            .iter()
            .any(|field| fact.alters(SubjectKind::Property, field))
}

/// A view reads like a table; a topic does not.
fn kind_change(fact: &Fact<'_>) -> Severity {
    let relational = |node: Option<&Node>| {
        node.and_then(Node::as_str).is_some_and(|kind| {
            matches!(
                kind.to_ascii_lowercase().as_str(),
                "table" | "view" | "materialized view"
            )
        })
    };
    let unstated = |node: Option<&Node>| {
        node.is_none_or(|node| fact.field() == "logicalType" && node.as_str() == Some("object"))
    };
    if unstated(fact.before) && (unstated(fact.after) || fact.field() == "physicalType") {
        Note
    } else if relational(fact.before) && relational(fact.after) {
        Warning
    } else {
        Breaking
    }
}

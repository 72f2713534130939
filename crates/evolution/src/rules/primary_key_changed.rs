//! ## What it does
//! A property enters or leaves the primary key, or moves within it.
//!
//! ## Why it matters
//! Joins and upserts by the key meet duplicates. A first key where there was none is a new promise
//! of the owner.
//!
//! ## Example
//! ```yaml
//! # before
//! - name: query_id
//!   primaryKey: true
//! # after
//! - name: query_id
//!   primaryKey: false
//! ```
//!
//! ## How to fix
//! Keep the key, or pay with a major version.

use std::collections::HashSet;

use super::prelude::*;

pub(super) const RULE: Rule = Rule {
    name: "primary-key-changed",
    since: "0.1.0",
    category: Category::Keys,
    severities: &[(Consumer, Breaking), (Producer, Warning)],
    check,
};

fn check<'a>(cx: &Comparison<'a>, out: &mut Findings<'a>) {
    let keyed = keyed(cx);
    for fact in cx.changes() {
        if fact.alters(SubjectKind::Property, "primaryKeyPosition") {
            out.report(
                fact,
                Consumer,
                Warning,
                turned(fact),
                "check readers that rely on the order of the key",
            );
        }
        if !fact.alters(SubjectKind::Property, "primaryKey") {
            continue;
        }
        if fact.after.and_then(Node::as_bool) == Some(true) && !keyed.contains(object(&fact.path)) {
            let message = format!("`{}` became the primary key", fact.path);
            out.report(
                fact,
                Producer,
                Warning,
                message,
                "make sure that its values are unique",
            )
            .minor();
        } else {
            let way = if fact.after.and_then(Node::as_bool) == Some(true) {
                "entered"
            } else {
                "left"
            };
            let message = format!("`{}` {way} the primary key", fact.path);
            out.report(
                fact,
                Consumer,
                Breaking,
                message,
                "rows are no longer told apart as before: keep the key, or publish a major version",
            );
        }
    }
}

/// The objects that had a key before: there, another member means another key.
fn keyed<'a>(cx: &Comparison<'a>) -> HashSet<&'a str> {
    let schema = cx.before.and_then(|contract| contract.root().get("schema"));
    let is_key = |property: &Node| property.get("primaryKey").and_then(Node::as_bool) == Some(true);
    let keyed = schema.map_or(&[][..], Node::items).iter().filter(|object| {
        let properties = object.get("properties").map_or(&[][..], Node::items);
        properties.iter().any(is_key)
    });
    keyed
        .filter_map(|object| object.get("name")?.as_str())
        .collect()
}

fn object(path: &str) -> &str {
    path.split(['.', '[']).next().unwrap_or_default()
}

//! ## What it does
//! Names the servers of the contract that no [target](../targets.md) stands for, when the schema
//! changes: what the change takes there was not judged. Silent when targets are asked for by
//! `--target`, and about servers that only the new version has.
//!
//! ## Why it matters
//! No verdict about a server is no good verdict. A reader who sees `iceberg-v2: compatible` takes it
//! for the whole answer, though nobody asked what the engine in front of it, or the database beside
//! it, can alter.
//!
//! ## Example
//! ```yaml
//! servers:
//!   - {server: marts, type: mysql, host: db.example.net, port: 3306, database: dns}
//! # before
//! - {name: latency, logicalType: integer, physicalType: int}
//! # after
//! - {name: latency, logicalType: integer, physicalType: bigint}
//! ```
//!
//! ## How to fix
//! Look up in the documents of that system what the change takes, or name with `--target` the target
//! that it behaves like. Where the format of files or messages is missing, state it.

use super::prelude::*;
use crate::targets::{self, Gap};

pub(super) const RULE: Rule = Rule {
    name: "target-unknown",
    since: "0.1.0",
    category: Category::Storage,
    severities: &[(Producer, Note)],
    check,
};

const BY_HAND: &str =
    "look it up in the documents of that system, or name with `--target` what it behaves like";

fn check<'a>(cx: &Comparison<'a>, out: &mut Findings<'a>) {
    let Some(after) = cx.after else { return };
    if cx.unjudged.is_empty() || !cx.facts.iter().any(targets::is_of_storage) {
        return;
    }
    for server in cx.unjudged {
        let Some((why, help)) = targets::gap(server).map(words) else {
            continue;
        };
        let message = format!(
            "what the changes take on server `{}` was not judged: {why}",
            server.name
        );
        let place = server.span.at(&after.document.file);
        let path = format!("servers[{}]", server.name);
        out.report_at(&path, (None, Some(place)), (Producer, Note), message, help);
    }
}

fn words(gap: Gap<'_>) -> (String, &'static str) {
    match gap {
        Gap::Engine(kind) => (format!("no target stands for `{kind}`"), BY_HAND),
        Gap::EngineAbove(kind) => (
            format!("no target stands for `{kind}`, only for the format beneath it"),
            BY_HAND,
        ),
        Gap::Format(format) => (
            format!("no target stands for the format `{format}`"),
            BY_HAND,
        ),
        Gap::NoFormat => ("it states no `format`".to_owned(), "state its `format`"),
    }
}

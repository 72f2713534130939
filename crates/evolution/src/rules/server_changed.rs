//! ## What it does
//! The address of a server changes: host, port, database, schema, location, topic, format, type.
//!
//! ## Why it matters
//! Readers look in the old place. Another `environment` is a warning.
//!
//! ## Example
//! ```yaml
//! # before
//! host: trino.example.net
//! # after
//! host: trino-2.example.net
//! ```
//!
//! ## How to fix
//! Keep the old address as an alias until readers have moved, or pay with a major version.

use super::prelude::*;

pub(super) const RULE: Rule = Rule {
    name: "server-changed",
    since: "0.1.0",
    category: Category::Servers,
    severities: &[(Consumer, Breaking)],
    check,
};

fn check<'a>(cx: &Comparison<'a>, out: &mut Findings<'a>) {
    const PROSE: [&str; 3] = ["description", "id", "roles"];
    for fact in cx.changes() {
        let root = fact.field().split(['.', '[']).next().unwrap_or_default();
        let region = matches!(root, "region" | "regionName");
        if fact.subject.kind != SubjectKind::Server
            || fact.field.is_none()
            || PROSE.contains(&root)
            || (root == "customProperties" && custom_change(fact, "system").is_none())
        {
            continue;
        }
        let mild = root == "environment" || (region && fact.kind == FactKind::Added);
        out.report(
            fact,
            Consumer,
            if mild { Warning } else { Breaking },
            turned(fact),
            "keep the old address until readers have moved, or publish a major version",
        );
    }
}

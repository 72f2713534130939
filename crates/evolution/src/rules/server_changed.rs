//! ## What it does
//! The address of a server changes: host, port, database, schema, location, topic, format, type; or
//! the system, table format or Iceberg version behind it.
//!
//! ## Why it matters
//! Readers look in the old place. Another `environment`, another Iceberg version, and what is
//! said for the first time are warnings.
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
    const ADDRESS: [&str; 3] = ["system", "tableFormat", "icebergFormatVersion"];
    for fact in cx.changes() {
        let root = fact.field().split(['.', '[']).next().unwrap_or_default();
        let custom = |property| custom_change(fact, property).is_some();
        if fact.subject.kind != SubjectKind::Server
            || fact.field.is_none()
            || PROSE.contains(&root)
            || (root == "customProperties" && !ADDRESS.into_iter().any(custom))
        {
            continue;
        }
        // What is said for the first time was true before, as far as readers know.
        let mild = fact.kind == FactKind::Added || custom("icebergFormatVersion");
        let mild = mild || root == "environment";
        out.report(
            fact,
            Consumer,
            if mild { Warning } else { Breaking },
            turned(fact),
            "keep the old address until readers have moved, or publish a major version",
        );
    }
}

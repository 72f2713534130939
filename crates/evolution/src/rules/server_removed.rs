//! ## What it does
//! A server is withdrawn.
//!
//! ## Why it matters
//! Those who read there no longer find the data.
//!
//! ## Example
//! ```yaml
//! # before
//! servers:
//!   - server: lake
//!     type: trino
//! # after
//! servers: []
//! ```
//!
//! ## How to fix
//! Keep the server until readers have moved, or pay with a major version.

use super::prelude::*;

pub(super) const RULE: Rule = Rule {
    name: "server-removed",
    since: "0.1.0",
    category: Category::Servers,
    severities: &[(Consumer, Breaking)],
    check,
};

fn check<'a>(cx: &Comparison<'a>, out: &mut Findings<'a>) {
    for fact in cx
        .changes()
        .filter(|fact| fact.removes(SubjectKind::Server))
    {
        let message = format!("server `{}` was removed", fact.path);
        out.report(
            fact,
            Consumer,
            Breaking,
            message,
            "keep it until readers have moved, or publish a major version",
        );
    }
}

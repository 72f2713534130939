//! ## What it does
//! A server keeps its `id` and gets another name.
//!
//! ## Why it matters
//! Those who read there address it by name, so for them the old one is gone. The stable `id` makes it
//! one finding instead of a removal and an addition.
//!
//! ## Example
//! ```yaml
//! # before
//! servers:
//!   - id: lake
//!     server: lake
//!     type: trino
//! # after
//! servers:
//!   - id: lake
//!     server: lakehouse
//!     type: trino
//! ```
//!
//! ## How to fix
//! Keep the old name beside the new one until readers have moved, or pay with a major version.

use super::prelude::*;

pub(super) const RULE: Rule = Rule {
    name: "server-renamed",
    since: "0.1.0",
    category: Category::Servers,
    severities: &[(Consumer, Breaking)],
    check,
};

fn check<'a>(cx: &Comparison<'a>, out: &mut Findings<'a>) {
    for fact in cx
        .changes()
        .filter(|fact| fact.renames(SubjectKind::Server))
    {
        let message = format!(
            "server `{}` is now called {}",
            fact.path,
            quoted(fact.after)
        );
        let help = "keep the name until readers have moved, or publish a major version";
        out.report(fact, Consumer, Breaking, message, help);
    }
}

//! ## What it does
//! A server is added.
//!
//! ## Why it matters
//! The data can be read in one more place. It is an addition, so the version moves by a minor step.
//!
//! ## Example
//! ```yaml
//! # before
//! servers:
//!   - server: lake
//! # after
//! servers:
//!   - server: lake
//!   - server: stream
//! ```
//!
//! ## How to fix
//! Nothing, beyond the minor version.

use super::prelude::*;

pub(super) const RULE: Rule = Rule {
    name: "server-added",
    since: "0.1.0",
    category: Category::Servers,
    severities: &[(Consumer, Note)],
    check,
};

fn check<'a>(cx: &Comparison<'a>, out: &mut Findings<'a>) {
    for fact in cx.changes().filter(|fact| fact.adds(SubjectKind::Server)) {
        let message = format!("server `{}` was added", fact.path);
        out.report(fact, Consumer, Note, message, "nothing to do for readers")
            .minor();
    }
}

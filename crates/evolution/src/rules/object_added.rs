//! ## What it does
//! An object (table, topic, file) appears in `schema`.
//!
//! ## Why it matters
//! Readers of the old version ignore it. It is a promise from now on, so the version moves by a
//! minor step.
//!
//! ## Example
//! ```yaml
//! # before
//! schema:
//!   - name: queries
//! # after
//! schema:
//!   - name: queries
//!   - name: daily
//! ```
//!
//! ## How to fix
//! Nothing, beyond the minor version.

use super::prelude::*;

pub(super) const RULE: Rule = Rule {
    name: "object-added",
    since: "0.1.0",
    category: Category::Structure,
    severities: &[(Consumer, Note)],
    check,
};

fn check<'a>(cx: &Comparison<'a>, out: &mut Findings<'a>) {
    for fact in cx.changes().filter(|fact| fact.adds(SubjectKind::Object)) {
        let message = format!("object `{}` was added", fact.path);
        out.report(
            fact,
            Consumer,
            Note,
            message,
            "nothing to do: readers ignore what they do not know",
        )
        .minor();
    }
}

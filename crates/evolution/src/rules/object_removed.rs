//! ## What it does
//! An object disappears from `schema`.
//!
//! ## Why it matters
//! Every query, job and dashboard that reads it fails.
//!
//! ## Example
//! ```yaml
//! # before
//! schema:
//!   - name: queries
//!   - name: daily
//! # after
//! schema:
//!   - name: queries
//! ```
//!
//! ## How to fix
//! Keep the object and announce its end (`sunset`), or pay with a major version. If it only has a
//! new name, give both versions the same `id`.

use super::prelude::*;
use super::rename;

pub(super) const RULE: Rule = Rule {
    name: "object-removed",
    since: "0.1.0",
    category: Category::Structure,
    severities: &[(Consumer, Breaking)],
    check,
};

fn check<'a>(cx: &Comparison<'a>, out: &mut Findings<'a>) {
    for fact in cx
        .changes()
        .filter(|fact| fact.removes(SubjectKind::Object))
    {
        let help = match rename::guess(cx, fact) {
            Some(new) => format!(
                "if `{}` is its new name, give both the same `id`; else keep it, or publish a major version",
                new.path
            ),
            None => "keep it and announce a `sunset`, or publish a major version".to_owned(),
        };
        let message = format!("object `{}` was removed", fact.path);
        out.report(fact, Consumer, cx.old_readers(Breaking), message, help);
    }
}

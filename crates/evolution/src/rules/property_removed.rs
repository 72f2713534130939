//! ## What it does
//! A property disappears from an object, at any depth.
//!
//! ## Why it matters
//! Every query that names it fails, every job that maps it loses a column.
//!
//! ## Example
//! ```yaml
//! # before
//! properties:
//!   - name: qname
//!   - name: rcode
//! # after
//! properties:
//!   - name: qname
//! ```
//!
//! ## How to fix
//! Keep it and announce its end (`sunset`), or pay with a major version. If it only has a new name,
//! give both versions the same `id`.

use super::prelude::*;
use super::rename;

pub(super) const RULE: Rule = Rule {
    name: "property-removed",
    since: "0.1.0",
    category: Category::Structure,
    severities: &[(Consumer, Breaking)],
    check,
};

fn check<'a>(cx: &Comparison<'a>, out: &mut Findings<'a>) {
    for fact in cx
        .changes()
        .filter(|fact| fact.removes(SubjectKind::Property))
    {
        let help = match rename::guess(cx, fact) {
            Some(new) => format!(
                "if `{}` is its new name, give both the same `id`; else keep it, or publish a major version",
                new.path
            ),
            None => "keep it and announce a `sunset`, or publish a major version".to_owned(),
        };
        let message = format!("property `{}` was removed", fact.path);
        out.report(fact, Consumer, cx.old_readers(Breaking), message, help);
    }
}

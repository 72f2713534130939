//! ## What it does
//! An object or a property is added that reveals people: by its semantic type (a client address, or
//! a carrier such as the wire message), or by a tag such as `pii`.
//!
//! ## Why it matters
//! More personal data becomes visible. To a schema checker it is a harmless optional field.
//!
//! ## Example
//! ```yaml
//! # before
//! properties:
//!   - name: qname
//! # after
//! properties:
//!   - name: qname
//!   - name: device_id
//!     tags: [pii]
//! ```
//!
//! ## How to fix
//! Leave it out, or have the privacy office approve it with its class, masks and retention.

use super::prelude::*;

pub(super) const RULE: Rule = Rule {
    name: "personal-data-added",
    since: "0.1.0",
    category: Category::Protection,
    severities: &[(Governance, Breaking)],
    check,
};

fn check<'a>(cx: &Comparison<'a>, out: &mut Findings<'a>) {
    for fact in cx.changes() {
        let added = fact.adds(SubjectKind::Property) || fact.adds(SubjectKind::Object);
        let reveals = |node: &Node| cx.classification.reveals_people(node);
        if added && fact.after.is_some_and(reveals) {
            let message = format!("`{}` adds personal data", fact.path);
            out.report(
                fact,
                Governance,
                Breaking,
                message,
                "leave it out, or have the privacy office approve it",
            );
        }
    }
}

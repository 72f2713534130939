//! ## What it does
//! `encryptedName` of a property is withdrawn.
//!
//! ## Why it matters
//! The protected form of the values is gone; only the clear one is left.
//!
//! ## Example
//! ```yaml
//! # before
//! encryptedName: client_ip_token
//! # after
//! classification: restricted
//! ```
//!
//! ## How to fix
//! Keep the encrypted column, or have the privacy office approve the change.

use super::prelude::*;

pub(super) const RULE: Rule = Rule {
    name: "encrypted-name-removed",
    since: "0.1.0",
    category: Category::Protection,
    severities: &[(Governance, Breaking)],
    check,
};

fn check<'a>(cx: &Comparison<'a>, out: &mut Findings<'a>) {
    for fact in cx
        .changes()
        .filter(|fact| fact.alters(SubjectKind::Property, "encryptedName"))
    {
        if fact.after.and_then(Node::as_str).is_none() {
            let message = format!(
                "`{}` no longer has its encrypted form {}",
                fact.path,
                quoted(fact.before)
            );
            out.report(
                fact,
                Governance,
                Breaking,
                message,
                "keep the encrypted form, or have the privacy office approve the change",
            );
        }
    }
}

//! ## What it does
//! `encryptedName` of a property is withdrawn, or left blank.
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
        if is_named(fact.before) && !is_named(fact.after) {
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

/// Whether an encrypted form is named.
pub(super) fn is_named(name: Option<&Node>) -> bool {
    name.and_then(Node::as_str)
        .is_some_and(|name| !name.trim().is_empty())
}

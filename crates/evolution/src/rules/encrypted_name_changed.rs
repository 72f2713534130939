//! ## What it does
//! `encryptedName` of a property turns into another name.
//!
//! ## Why it matters
//! Those who read the protected form address it by that name.
//!
//! ## Example
//! ```yaml
//! # before
//! encryptedName: client_ip_token
//! # after
//! encryptedName: client_ip_cipher
//! ```
//!
//! ## How to fix
//! Keep the old column until readers have moved, or pay with a major version.

use super::encrypted_name_removed::is_named;
use super::prelude::*;

pub(super) const RULE: Rule = Rule {
    name: "encrypted-name-changed",
    since: "0.1.0",
    category: Category::Protection,
    severities: &[(Consumer, Breaking)],
    check,
};

fn check<'a>(cx: &Comparison<'a>, out: &mut Findings<'a>) {
    for fact in cx
        .changes()
        .filter(|fact| fact.alters(SubjectKind::Property, "encryptedName"))
    {
        if is_named(fact.before) && is_named(fact.after) {
            out.report(
                fact,
                Consumer,
                Breaking,
                turned(fact),
                "keep the old column until readers have moved, or publish a major version",
            );
        }
    }
}

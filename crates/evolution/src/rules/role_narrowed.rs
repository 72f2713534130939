//! ## What it does
//! The `access` of a role shrinks, or is no longer exactly `read`, the only word that grants.
//!
//! ## Why it matters
//! Its holders can no longer do what they did.
//!
//! ## Example
//! ```yaml
//! # before
//! - role: operator
//!   access: write
//! # after
//! - role: operator
//!   access: read
//! ```
//!
//! ## How to fix
//! Move those who need more first, or pay with a major version.

use super::access;
use super::prelude::*;

pub(super) const RULE: Rule = Rule {
    name: "role-narrowed",
    since: "0.1.0",
    category: Category::Protection,
    severities: &[(Consumer, Breaking)],
    check,
};

fn check<'a>(cx: &Comparison<'a>, out: &mut Findings<'a>) {
    for fact in cx
        .changes()
        .filter(|fact| fact.alters(SubjectKind::Role, "access"))
    {
        if let (Some(old), Some(new)) = (access::rank(fact.before), access::rank(fact.after))
            && (new < old
                || (new == old && access::grants(fact.before) && !access::grants(fact.after)))
        {
            let message = format!(
                "access of `{}` shrank from {} to {}",
                fact.path,
                quoted(fact.before),
                quoted(fact.after)
            );
            out.report(
                fact,
                Consumer,
                Breaking,
                message,
                "move those who need more first, or publish a major version",
            );
        }
    }
}

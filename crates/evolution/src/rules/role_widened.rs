//! ## What it does
//! The `access` of a role grows: none < read < write < administer. A change between words whose
//! order is unknown is a warning, and breaking where it becomes `read`, the only word by which
//! policies let anybody read. Another spelling of `read` that becomes that word is a note.
//!
//! ## Why it matters
//! Its holders may do more than was approved.
//!
//! ## Example
//! ```yaml
//! # before
//! - role: analyst
//!   access: read
//! # after
//! - role: analyst
//!   access: write
//! ```
//!
//! ## How to fix
//! Keep the access, or have the privacy office approve it.

use super::access;
use super::prelude::*;

pub(super) const RULE: Rule = Rule {
    name: "role-widened",
    since: "0.1.0",
    category: Category::Protection,
    severities: &[(Governance, Breaking)],
    check,
};

fn check<'a>(cx: &Comparison<'a>, out: &mut Findings<'a>) {
    for fact in cx
        .changes()
        .filter(|fact| fact.alters(SubjectKind::Role, "access"))
    {
        let lets_in = !access::grants(fact.before) && access::grants(fact.after);
        let severity = match (access::rank(fact.before), access::rank(fact.after)) {
            (Some(old), Some(new)) if new > old => Breaking,
            // Who was to read anyway: now policies know.
            (Some(old), Some(new)) if lets_in && new == old => Note,
            (Some(_), Some(_)) => continue,
            _ if lets_in => Breaking,
            _ => Warning,
        };
        let message = format!(
            "access of `{}` turned from {} into {}",
            fact.path,
            quoted(fact.before),
            quoted(fact.after)
        );
        out.report(
            fact,
            Governance,
            severity,
            message,
            "keep the access, or have the privacy office approve it",
        );
    }
}

//! ## What it does
//! The approvers of a role change. Withdrawn, it is breaking; other names are a warning.
//!
//! ## Why it matters
//! The approver is the control over who is let in.
//!
//! ## Example
//! ```yaml
//! # before
//! firstLevelApprovers: Reporting Manager
//! # after
//! firstLevelApprovers: anyone
//! ```
//!
//! ## How to fix
//! Have the privacy office confirm the new approver.

use super::prelude::*;

pub(super) const RULE: Rule = Rule {
    name: "approver-changed",
    since: "0.1.0",
    category: Category::Protection,
    severities: &[(Governance, Breaking)],
    check,
};

fn check<'a>(cx: &Comparison<'a>, out: &mut Findings<'a>) {
    for fact in cx.changes() {
        let approvers = ["firstLevelApprovers", "secondLevelApprovers"];
        if approvers
            .iter()
            .any(|field| fact.alters(SubjectKind::Role, field))
        {
            let severity = match fact.kind {
                FactKind::Removed => Breaking,
                FactKind::Added => Note,
                _ => Warning,
            };
            out.report(
                fact,
                Governance,
                severity,
                turned(fact),
                "have the privacy office confirm the approver",
            );
        }
    }
}

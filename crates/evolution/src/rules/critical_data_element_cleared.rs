//! ## What it does
//! `criticalDataElement` of a property is withdrawn.
//!
//! ## Why it matters
//! Critical elements are watched and reviewed; this one no longer is.
//!
//! ## Example
//! ```yaml
//! # before
//! criticalDataElement: true
//! # after
//! criticalDataElement: false
//! ```
//!
//! ## How to fix
//! Have the data office confirm it.

use super::prelude::*;

pub(super) const RULE: Rule = Rule {
    name: "critical-data-element-cleared",
    since: "0.1.0",
    category: Category::Protection,
    severities: &[(Governance, Warning)],
    check,
};

fn check<'a>(cx: &Comparison<'a>, out: &mut Findings<'a>) {
    for fact in cx
        .changes()
        .filter(|fact| fact.alters(SubjectKind::Property, "criticalDataElement"))
    {
        if fact.after.and_then(Node::as_bool) != Some(true) {
            let message = format!("`{}` is no longer a critical data element", fact.path);
            out.report(
                fact,
                Governance,
                Warning,
                message,
                "have the data office confirm it",
            );
        }
    }
}

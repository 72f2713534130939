//! ## What it does
//! A relationship between properties is removed or altered.
//!
//! ## Why it matters
//! Joins that followed it may find nothing.
//!
//! ## Example
//! ```yaml
//! # before
//! relationships:
//!   - to: names.qname
//! # after
//! relationships: []
//! ```
//!
//! ## How to fix
//! Keep the relationship, or tell consumers what to join instead.

use super::prelude::*;

pub(super) const RULE: Rule = Rule {
    name: "relationship-changed",
    since: "0.1.0",
    category: Category::Keys,
    severities: &[(Consumer, Warning)],
    check,
};

fn check<'a>(cx: &Comparison<'a>, out: &mut Findings<'a>) {
    for fact in cx.changes() {
        let element = matches!(
            fact.subject.kind,
            SubjectKind::Object | SubjectKind::Property
        );
        if element && fact.field().starts_with("relationships[") {
            let added = fact.kind == FactKind::Added && fact.field().ends_with(']');
            let severity = if added { Note } else { Warning };
            let draft = out.report(
                fact,
                Consumer,
                severity,
                turned(fact),
                "tell consumers what to join by",
            );
            if added {
                draft.minor();
            }
        }
    }
}

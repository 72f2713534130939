//! ## What it does
//! The custom property `semanticType` of an element changes or goes. For governance it breaks where personal data is no longer recognised, and where the values begin
//! to reveal people. ODCS 3.2's own key `semanticType` (column, measure, dimension) is a warning.
//!
//! ## Why it matters
//! The values mean something else, or policies that select by meaning stop matching: a mask for
//! `net.client_ip` no longer falls on it.
//!
//! ## Example
//! ```yaml
//! # before
//! - property: semanticType
//!   value: net.client_ip
//! # after
//! - property: semanticType
//!   value: net.asn
//! ```
//!
//! ## How to fix
//! Add a property with the new meaning beside the old one; keep the type where only the label was
//! wrong and tell the privacy office.

use zonecut_contract::sensitivity::privacy;
use zonecut_dns::PrivacyClass;

use super::prelude::*;

pub(super) const RULE: Rule = Rule {
    name: "semantic-type-changed",
    since: "0.1.0",
    category: Category::Meaning,
    severities: &[(Consumer, Breaking), (Governance, Breaking)],
    check,
};

fn check<'a>(cx: &Comparison<'a>, out: &mut Findings<'a>) {
    for fact in cx.changes() {
        if fact.alters(SubjectKind::Property, "semanticType") {
            let help = "the values are used otherwise from now on: tell consumers";
            out.report(fact, Consumer, Warning, turned(fact), help);
        }
        let Some((Some(before), after)) = custom_change(fact, "semanticType") else {
            continue;
        };
        let message = format!(
            "the semantic type of `{}` turned from {} into {}",
            fact.path,
            quoted(Some(before)),
            quoted(after)
        );
        let severity = if after.is_some() { Breaking } else { Warning };
        let help = "offer the new meaning beside the old one, or publish a major version";
        out.report(fact, Consumer, severity, message.clone(), help);
        if let Some(help) = exposure(before, after) {
            out.report(fact, Governance, Breaking, message, help);
        }
    }
}

/// What the change does to people: their data is no longer recognised, or shows where it did not.
fn exposure(before: &Node, after: Option<&Node>) -> Option<&'static str> {
    let personal = |node: Option<&Node>| privacy(node.and_then(Node::as_str)) != PrivacyClass::None;
    match (personal(Some(before)), personal(after)) {
        (true, false) => Some(
            "policies that select by the personal meaning stop matching: keep it, or ask the privacy office",
        ),
        (false, true) => Some(
            "the values now reveal people: leave them out, or have the privacy office approve it",
        ),
        _ => None,
    }
}

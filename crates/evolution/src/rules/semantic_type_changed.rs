//! ## What it does
//! The custom property `semanticType` of an element changes or goes.
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

use zonecut_dns::PrivacyClass;

use super::prelude::*;
use crate::sensitivity::privacy;

pub(super) const RULE: Rule = Rule {
    name: "semantic-type-changed",
    since: "0.1.0",
    category: Category::Meaning,
    severities: &[(Consumer, Breaking), (Governance, Breaking)],
    check,
};

fn check<'a>(cx: &Comparison<'a>, out: &mut Findings<'a>) {
    for fact in cx.changes() {
        let Some((Some(before), after)) = custom_change(fact, "semanticType") else {
            continue;
        };
        let severity = if after.is_some() { Breaking } else { Warning };
        let message = format!(
            "the semantic type of `{}` turned from {} into {}",
            fact.path,
            quoted(Some(before)),
            quoted(after)
        );
        out.report(
            fact,
            Consumer,
            severity,
            message.clone(),
            "offer the new meaning beside the old one, or publish a major version",
        );
        let class = |node: Option<&Node>| privacy(node.and_then(Node::as_str));
        if class(Some(before)) != PrivacyClass::None && class(after) == PrivacyClass::None {
            out.report(fact, Governance, Breaking, message, "policies that select by the personal meaning stop matching: keep it, or ask the privacy office");
        }
    }
}

//! ## What it does
//! A server stands in a region where the data was not before (`region`, `regionName`, or the custom
//! property `region`). Breaking where the product holds personal data, else a note. With personal
//! data, a server whose region is not stated before or after is a warning: it may stand anywhere.
//!
//! ## Why it matters
//! Personal data leaves the place whose law it was promised to stay under.
//!
//! ## Example
//! ```yaml
//! # before
//! customProperties:
//!   - property: region
//!     value: br
//! # after
//! customProperties:
//!   - property: region
//!     value: us
//! ```
//!
//! ## How to fix
//! Stay in the region, or have the privacy office approve the move.

use super::prelude::*;
use zonecut_diagnostics::Severity;

pub(super) const RULE: Rule = Rule {
    name: "residency-widened",
    since: "0.1.0",
    category: Category::Servers,
    severities: &[(Governance, Breaking)],
    check,
};

fn check<'a>(cx: &Comparison<'a>, out: &mut Findings<'a>) {
    let Some(before) = cx.before else { return };
    let known: Vec<&str> = before
        .servers
        .iter()
        .filter_map(|server| server.region.as_deref())
        .collect();
    for fact in cx
        .changes()
        .filter(|fact| fact.subject.kind == SubjectKind::Server)
    {
        let about_region = fact.field.is_none()
            || matches!(fact.field(), "region" | "regionName")
            || custom_change(fact, "region").is_some();
        let Some(server) = fact.subject.after else {
            continue;
        };
        let (old, new) = (fact.subject.before.and_then(region), region(server));
        let added = fact.subject.before.is_none();
        if !about_region || (!added && old == new) {
            continue;
        }
        let Some((severity, message)) = judge(cx, &known, new, added || old.is_some()) else {
            continue;
        };
        out.report(
            fact,
            Governance,
            severity,
            message,
            "stay in the region, or have the privacy office approve the move",
        );
    }
}

/// A region that is not stated may be any: neither leaving it nor entering it is safe.
fn judge(
    cx: &Comparison<'_>,
    known: &[&str],
    new: Option<&str>,
    comparable: bool,
) -> Option<(Severity, String)> {
    match new {
        Some(region)
            if !known.is_empty() && !known.iter().any(|one| one.eq_ignore_ascii_case(region)) =>
        {
            let message = format!(
                "data now also lies in `{region}`; until now in {}",
                known.join(", ")
            );
            Some((cx.if_personal(Breaking), message))
        }
        Some(_) if comparable && !known.is_empty() => None,
        _ if !cx.personal => None,
        Some(region) => {
            let message =
                format!("data now lies in `{region}`; where it was until now is not stated");
            Some((Warning, message))
        }
        None => {
            let message = "data now lies in a region that is not stated".to_owned();
            Some((Warning, message))
        }
    }
}

fn region(server: &Node) -> Option<&str> {
    server
        .get("region")
        .or_else(|| server.get("regionName"))
        .or_else(|| server.custom("region"))
        .and_then(Node::as_str)
}

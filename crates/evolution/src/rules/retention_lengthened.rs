//! ## What it does
//! Data is kept longer than promised before, or the promise to delete it is withdrawn: the
//! entry is gone, is about something else, or no longer says how long. Breaking where the product
//! holds personal data, else a note; a warning where nobody can tell which is longer.
//!
//! ## Why it matters
//! Personal data may not be kept longer than its purpose needs.
//!
//! ## Example
//! ```yaml
//! # before
//! - property: retention
//!   value: 30
//!   unit: d
//! # after
//! - property: retention
//!   value: 1
//!   unit: y
//! ```
//!
//! ## How to fix
//! Keep the retention, or have the privacy office approve the longer one.

use std::collections::HashSet;

use zonecut_diagnostics::Severity;

use super::levels;
use super::prelude::*;
use crate::diff::canonical;
use crate::sla::{self, Turn};

pub(super) const RULE: Rule = Rule {
    name: "retention-lengthened",
    since: "0.1.0",
    category: Category::ServiceLevels,
    severities: &[(Governance, Breaking)],
    check,
};

fn check<'a>(cx: &Comparison<'a>, out: &mut Findings<'a>) {
    let mut seen = HashSet::new();
    for fact in cx.changes() {
        let whole = fact.subject.kind == SubjectKind::Sla && fact.field.is_none();
        let about =
            whole || levels::is_about_value(fact) || fact.alters(SubjectKind::Sla, "property");
        let (Some(before), after) = (fact.subject.before, fact.subject.after) else {
            continue;
        };
        if !about || !sla::is_retention(before) || !seen.insert(std::ptr::from_ref(before)) {
            continue;
        }
        let Some((severity, what)) = judge(before, after) else {
            continue;
        };
        let message = match after {
            Some(after) if sla::is_retention(after) => format!("{what}: {}", levels::wording(fact)),
            _ => what.to_owned(),
        };
        out.report(
            fact,
            Governance,
            cx.if_personal(severity),
            message,
            "keep the retention, or have the privacy office approve the longer one",
        );
    }
}

fn judge(before: &Node, after: Option<&Node>) -> Option<(Severity, &'static str)> {
    const WITHDRAWN: &str = "the promise to delete data is withdrawn";
    let Some(after) = after.filter(|after| sla::is_retention(after)) else {
        return Some((Breaking, WITHDRAWN));
    };
    let extended = |entry: &Node| entry.get("valueExt").map(canonical);
    match sla::turn(before, after) {
        Turn::Stronger => Some((Breaking, "data is kept longer")),
        Turn::Unknown if sla::promise(before).is_some() && sla::promise(after).is_none() => {
            Some((Breaking, WITHDRAWN))
        }
        _ if extended(before) != extended(after) => {
            Some((Warning, "nobody can tell whether data is kept longer"))
        }
        Turn::Unknown if !same(before, after) => {
            Some((Warning, "nobody can tell whether data is kept longer"))
        }
        _ => None,
    }
}

fn same(before: &Node, after: &Node) -> bool {
    match (sla::promise(before), sla::promise(after)) {
        (Some(old), Some(new)) => old.same(&new),
        _ => false,
    }
}

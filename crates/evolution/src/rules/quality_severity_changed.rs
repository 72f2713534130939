//! ## What it does
//! The `severity` of a quality rule changes: `info` < `warning` < `error` < `critical`.
//!
//! ## Why it matters
//! Lowered, a violated promise no longer stops publication. Raised, it does.
//!
//! ## Example
//! ```yaml
//! # before
//! severity: error
//! # after
//! severity: warning
//! ```
//!
//! ## How to fix
//! Keep the severity, or tell consumers.

use super::prelude::*;

pub(super) const RULE: Rule = Rule {
    name: "quality-severity-changed",
    since: "0.1.0",
    category: Category::Quality,
    severities: &[(Consumer, Warning), (Producer, Warning)],
    check,
};

fn check<'a>(cx: &Comparison<'a>, out: &mut Findings<'a>) {
    for fact in cx
        .changes()
        .filter(|fact| fact.alters(SubjectKind::Quality, "severity"))
    {
        if rank(fact.after) > rank(fact.before) {
            out.report(
                fact,
                Producer,
                Warning,
                turned(fact),
                "a violation now weighs more: check that the data meets the rule",
            )
            .minor();
        } else {
            out.report(
                fact,
                Consumer,
                Warning,
                turned(fact),
                "a violation no longer weighs as much: keep the severity, or tell consumers",
            );
        }
    }
}

fn rank(severity: Option<&Node>) -> u8 {
    match severity
        .and_then(Node::as_str)
        .map(str::to_ascii_lowercase)
        .as_deref()
    {
        Some("critical" | "blocker") => 4,
        Some("error") => 3,
        Some("warning" | "warn") => 2,
        Some(_) => 1,
        None => 0,
    }
}

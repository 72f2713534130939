//! ## What it does
//! How a quality rule measures changes: its query, arguments, engine, implementation, method, unit
//! or schedule.
//!
//! ## Why it matters
//! The rule has the same name and may promise something else.
//!
//! ## Example
//! ```yaml
//! # before
//! schedule: 0 * * * *
//! # after
//! schedule: 0 20 * * *
//! ```
//!
//! ## How to fix
//! Say what became different; a new promise deserves a new rule.

use super::prelude::*;

pub(super) const RULE: Rule = Rule {
    name: "quality-rule-changed",
    since: "0.1.0",
    category: Category::Quality,
    severities: &[(Consumer, Warning)],
    check,
};

fn check<'a>(cx: &Comparison<'a>, out: &mut Findings<'a>) {
    const HOW: [&str; 10] = [
        "type",
        "metric",
        "rule",
        "query",
        "engine",
        "implementation",
        "method",
        "unit",
        "schedule",
        "scheduler",
    ];
    for fact in cx
        .changes()
        .filter(|fact| fact.subject.kind == SubjectKind::Quality)
    {
        let field = fact.field();
        let how = HOW.contains(&field)
            || field.starts_with("arguments")
            || field.starts_with("implementation");
        if (how || fact.kind == FactKind::Renamed) && !out.is_claimed(fact) {
            out.report(
                fact,
                Consumer,
                Warning,
                turned(fact),
                "check whether the rule still promises the same",
            );
        }
    }
}

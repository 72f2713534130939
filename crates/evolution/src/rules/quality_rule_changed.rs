//! ## What it does
//! How a quality rule measures changes: its query, arguments, engine, implementation, method, unit
//! or schedule; for a rule in prose its `description`. Another `metric` is another promise, and
//! breaking.
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
use super::values;

pub(super) const RULE: Rule = Rule {
    name: "quality-rule-changed",
    since: "0.1.0",
    category: Category::Quality,
    severities: &[(Consumer, Breaking)],
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
            || (field.starts_with("arguments") && !values::is_all_of(fact))
            || field.starts_with("implementation");
        let prose = field == "description" && is_prose(fact.subject.before);
        if (how || prose || fact.kind == FactKind::Renamed) && !out.is_claimed(fact) {
            // What is measured is the promise; how, how often and in which words is not.
            let other = matches!(field, "metric" | "rule") && fact.kind == FactKind::Changed;
            out.report(
                fact,
                Consumer,
                if other { Breaking } else { Warning },
                turned(fact),
                "check whether the rule still promises the same",
            );
        }
    }
}

/// A rule of type `text` is what it says.
fn is_prose(rule: Option<&Node>) -> bool {
    rule.is_some_and(|rule| {
        let kind = rule.get("type").and_then(Node::as_str);
        kind == Some("text")
            || !["metric", "rule", "query", "engine"]
                .iter()
                .any(|key| rule.get(key).is_some())
    })
}

//! ## What it does
//! Says which queries of quality rules are too long or too deep to be checked, so that nobody takes
//! silence for approval.
//!
//! ## Why it matters
//! Parsing SQL takes time that can double with each bracket, and documents come from anybody. A query
//! that was not read may be wrong in any way.
//!
//! ## Example
//! ```yaml
//! quality:
//!   - {type: sql, query: "SELECT ((((((((((1))))))))))", mustBe: 0}
//! ```
//!
//! ## How to fix
//! Move parts of the query into a view or a function, and name those.

use zonecut_diagnostics::LintSeverity;

use super::rule::{Check, Report, Rule};
use super::subject::Subject;

pub(super) static RULE: Rule = Rule {
    name: "sql-not-checked",
    since: "0.1.0",
    severity: LintSeverity::Note,
    check: Check::Contract(check),
};

fn check(subject: &Subject<'_>, report: &mut Report<'_>) {
    let queries = subject.queries();
    for (query, much) in queries.unread() {
        report.add(queries.span(query, None), query.rule, "", || {
            (
                format!("the query is not checked: {much}"),
                "move parts of it into a view or a function",
            )
        });
    }
}

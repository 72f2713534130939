//! ## What it does
//! Reads the `query` of quality rules of type `sql`, placeholders and all, and looks for those that no
//! dialect of SQL reads, and for statements that change data (`delete`, `drop` and the like). Calls of
//! procedures, queries from a template, very long ones and very deep ones are not looked at.
//!
//! ## Why it matters
//! A query that can't be parsed is a check that never ran. Until somebody asks, its silence looks like
//! good data. A statement that changes data is no check at all, and runs with the rights of one.
//!
//! ## Example
//! ```yaml
//! quality:
//!   - {type: sql, query: select count(*) form queries where latency < 0, mustBe: 0}
//! ```
//!
//! ## How to fix
//! Correct the query at the place the finding names.

use zonecut_diagnostics::LintSeverity;

use super::rule::{Check, Report, Rule};
use super::subject::Subject;

pub(super) static RULE: Rule = Rule {
    name: "sql-invalid",
    since: "0.1.0",
    severity: LintSeverity::Warning,
    check: Check::Contract(check),
};

fn check(subject: &Subject<'_>, report: &mut Report<'_>) {
    let queries = subject.queries();
    for (query, flaw) in queries.flaws() {
        let span = queries.span(query, flaw.place);
        report.add(span, query.rule, query.text, || {
            (flaw.message.clone(), flaw.help)
        });
    }
}

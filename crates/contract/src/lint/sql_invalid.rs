//! ## What it does
//! Reads the `query` of quality rules of type `sql`, placeholders and all, and looks for those that no
//! dialect of SQL reads. Calls of procedures, queries from a template, very long ones and very deep ones
//! are not looked at.
//!
//! ## Why it matters
//! A query that can't be parsed is a check that never ran. Until somebody asks, its silence looks like
//! good data.
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
use super::sql::Queries;

pub(super) static RULE: Rule = Rule {
    name: "sql-invalid",
    since: "0.1.0",
    severity: LintSeverity::Warning,
    check: Check::Queries(check),
};

fn check(queries: &Queries<'_>, report: &mut Report<'_>) {
    for (query, flaw) in queries.flaws() {
        if report.is_full() {
            report.leave();
            continue;
        }
        report.add(
            queries.span(query, flaw.place),
            query.path.clone(),
            query.text,
            format!("the query can't be parsed: {}", flaw.message),
            "correct the query",
        );
    }
}

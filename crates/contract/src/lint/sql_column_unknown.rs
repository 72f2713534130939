//! ## What it does
//! Reads the `query` of quality rules of type `sql` and looks for columns that none of the query's tables
//! has: the rule's own object (`${object}`, `{table}`, its name or its physical name), other objects of the
//! contract, aliases, sub-queries and `with`. Queries that leave a doubt are left alone: a table that the
//! contract does not describe, `select *` from a sub-query, a dialect's own words. A name in double
//! quotes is a text to some engines, and never looked at.
//!
//! ## Why it matters
//! The engine refuses the query at night, for a reason that has nothing to do with the data; and until
//! somebody looks, nothing is checked.
//!
//! ## Example
//! ```yaml
//! schema:
//!   - name: queries
//!     quality:
//!       - {type: sql, query: 'select count(*) from ${object} where latncy_ms < 0', mustBe: 0}
//!     properties:
//!       - name: latency_ms
//! ```
//!
//! ## How to fix
//! Write the name that the schema has, or add the column to the schema.

use zonecut_diagnostics::LintSeverity;

use super::rule::{Check, Report, Rule};
use super::subject::Subject;
use crate::spelling::quoted;

pub(super) static RULE: Rule = Rule {
    name: "sql-column-unknown",
    since: "0.1.0",
    severity: LintSeverity::Warning,
    check: Check::Contract(check),
};

fn check(subject: &Subject<'_>, report: &mut Report<'_>) {
    let queries = subject.queries();
    for (query, missing) in queries.missing() {
        let span = queries.span(query, missing.place);
        report.add(span, query.rule, &missing.name, || {
            let likely = missing.nearest.as_deref();
            (
                format!(
                    "no table of the query has a column `{}`",
                    quoted(&missing.name)
                ),
                likely.map_or_else(
                    || "write the name of a column that the contract has".to_owned(),
                    |likely| format!("did you mean `{}`?", quoted(likely)),
                ),
            )
        });
    }
}

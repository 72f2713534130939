//! ## What it does
//! Looks for service levels with the unit `m`.
//!
//! ## Why it matters
//! `m` is read as minutes by some and as months by others. Zonecut reads minutes; a consumer who
//! reads months waits forty thousand times longer before complaining.
//!
//! ## Example
//! ```yaml
//! slaProperties:
//!   - {property: latency, value: 5, unit: m}
//! ```
//!
//! ## How to fix
//! Write `min`, as `zonecut lint --fix` does, or `months`.

use zonecut_diagnostics::LintSeverity;

use super::nodes::text;
use super::rule::{Check, Report, Rule};
use super::subject::Subject;

pub(super) static RULE: Rule = Rule {
    name: "ambiguous-unit",
    since: "0.1.0",
    severity: LintSeverity::Warning,
    check: Check::Contract(check),
};

fn check(subject: &Subject<'_>, report: &mut Report<'_>) {
    for promise in subject.list("slaProperties") {
        let Some(("m", unit)) = text(promise, "unit") else {
            continue;
        };
        let property = text(promise, "property").map_or("", |(property, _)| property);
        report.add(
            unit.span,
            format_args!("slaProperties[{property}]"),
            "m",
            || {
                (
                    "the unit `m` can be minutes or months; minutes are meant here",
                    "write `min`, or `months`",
                )
            },
        );
        report.fix(unit.span, "m", "min");
    }
}

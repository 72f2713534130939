//! ## What it does
//! Looks at the `schedule` of quality rules and service levels whose `scheduler` is `cron`, and at those
//! that look like it, for fields that are out of range or too few, and for days that no month has.
//!
//! ## Why it matters
//! A check that is never started never fails: the promise looks kept.
//!
//! ## Example
//! ```yaml
//! scheduler: cron
//! schedule: 0 24 * * *      # the hours of a day are 0 to 23
//! ```
//!
//! ## How to fix
//! Write minute, hour, day of the month, month and day of the week, as in `0 20 * * *`. The seconds that
//! some schedulers put before them, the year that others put after them, and names such as `@daily` are
//! understood.

use std::fmt::Display;

use zonecut_diagnostics::LintSeverity;

use super::cron;
use super::nodes::{rules, text};
use super::rule::{Check, Report, Rule};
use super::service_level::entries;
use super::subject::Subject;
use crate::node::Node;
use crate::spelling::quoted;

pub(super) static RULE: Rule = Rule {
    name: "schedule-invalid",
    since: "0.1.0",
    severity: LintSeverity::Error,
    check: Check::Contract(check),
};

fn check(subject: &Subject<'_>, report: &mut Report<'_>) {
    for (property, level) in entries(subject.root()) {
        one(level, format_args!("slaProperties[{property}]"), report);
    }
    for rule in subject.elements.all().flat_map(rules) {
        one(rule.node, rule, report);
    }
}

fn one(holder: &Node, path: impl Display, report: &mut Report<'_>) {
    let Some((schedule, node)) = text(holder, "schedule").filter(|(_, node)| !node.is_secret())
    else {
        return;
    };
    let is_cron = match text(holder, "scheduler") {
        Some((scheduler, _)) => scheduler.trim().eq_ignore_ascii_case("cron"),
        None => cron::looks_like(schedule),
    };
    if !is_cron {
        return;
    }
    if let Some(flaw) = cron::flaw(schedule) {
        report.add(node.span, path, schedule, || {
            (
                format!("no scheduler starts at `{}`: {flaw}", quoted(schedule)),
                "write minute, hour, day, month and day of the week, as in `0 20 * * *`",
            )
        });
    }
}

//! ## What it does
//! Looks for names that mean something here, written with one letter wrong: custom properties such as
//! `sunset`, service levels such as `latency`, the `driver` of a service level and the `severity` of a
//! quality rule. Names of your own are left alone, and so is what differs by more than a letter.
//!
//! ## Why it matters
//! ODCS allows every name, so nobody objects to `sunest`. It announces nothing, and `latancy` is measured
//! by nobody.
//!
//! ## Example
//! ```yaml
//! customProperties:
//!   - {property: sunest, value: "2027-03-31"}
//! ```
//!
//! ## How to fix
//! Write the name that the finding asks about. If the other one is meant, switch the rule off in
//! `zonecut.toml`.

use std::fmt::Display;

use zonecut_diagnostics::LintSeverity;

use super::nodes::{rules, text};
use super::rule::{Check, Report, Rule};
use super::sections;
use super::service_level::{self, entries, of_name};
use super::subject::Subject;
use crate::node::Node;
use crate::spelling::{quoted, slip_of};

pub(super) static RULE: Rule = Rule {
    name: "word-misspelled",
    since: "0.1.0",
    severity: LintSeverity::Warning,
    check: Check::Contract(check),
};

/// The custom properties that Zonecut gives a meaning: of the contract, of servers, of what is in the
/// schema, of service levels.
const EXTENSIONS: [(&str, &[&str]); 4] = [
    (
        "",
        &[
            "approvers",
            "compatibility",
            "noticePeriod",
            "slo",
            "sunset",
        ],
    ),
    (
        "servers",
        &["icebergFormatVersion", "region", "system", "tableFormat"],
    ),
    (
        "schema",
        &[
            "avro",
            "canonicalForm",
            "defaultValue",
            "enum",
            "jsonSchema",
            "keyEpoch",
            "partitionTransform",
            "pslVersion",
            "semanticType",
            "sunset",
            "transform",
            "unit",
        ],
    ),
    ("slaProperties", &["slo"]),
];

const DRIVERS: [&str; 3] = ["regulatory", "analytics", "operational"];
const SEVERITIES: [&str; 4] = ["info", "warning", "error", "critical"];

fn check(subject: &Subject<'_>, report: &mut Report<'_>) {
    let root = subject.root();
    sections::each(root, &["customProperties"], &mut |list, holder| {
        let known = EXTENSIONS.iter().find(|(of, _)| *of == holder.section());
        for item in list.items() {
            let (Some((_, names)), Some((name, node))) = (known, text(item, "property")) else {
                continue;
            };
            one(name, node, names, holder.item(name), report);
        }
    });
    let levels: Vec<&str> = service_level::names().collect();
    for (property, level) in entries(root) {
        let path = format_args!("slaProperties[{property}]");
        if let (None, Some(node)) = (of_name(property), level.get("property")) {
            one(property, node, &levels, path, report);
        }
        if let Some((driver, node)) = text(level, "driver") {
            one(driver, node, &DRIVERS, path, report);
        }
    }
    for rule in subject.elements.all().flat_map(rules) {
        if let Some((severity, node)) = text(rule.node, "severity") {
            one(severity, node, &SEVERITIES, rule, report);
        }
    }
}

fn one(
    stated: &str,
    node: &Node,
    known: &[&'static str],
    path: impl Display,
    report: &mut Report<'_>,
) {
    let is_plural = |name: &str| stated.strip_suffix('s') == Some(name);
    if known.iter().any(|name| *name == stated || is_plural(name)) {
        return;
    }
    if let Some(meant) = slip_of(stated, known.iter().copied()) {
        report.add(node.span, path, stated, || {
            (
                format!("`{}` has no meaning here", quoted(stated)),
                format!("did you mean `{meant}`?"),
            )
        });
    }
}

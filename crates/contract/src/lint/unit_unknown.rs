//! ## What it does
//! Looks for a custom property `unit` outside the closed list, or one that does not measure what the
//! column's semantic type is about; and for a service level in a unit that is not known, or that does not
//! measure what the level is about.
//!
//! ## Why it matters
//! A change of unit multiplies every value by a thousand without changing a type. It is only found
//! where both versions name a unit that is known.
//!
//! ## Example
//! ```yaml
//! - name: latency
//!   customProperties:
//!     - {property: semanticType, value: dns.latency}
//!     - {property: unit, value: millis}
//! ```
//!
//! ## How to fix
//! Use a symbol of the list: `ns`, `us`, `ms`, `s`, `min`, `h`, `d`, `octets`, `bits`, `count`,
//! `ratio`, `percent` and those the finding names. `zonecut lint --fix` writes the symbol of a unit that
//! is written out.

use zonecut_diagnostics::LintSeverity;
use zonecut_dns::Dimension;

use super::nodes;
use super::rule::{Check, Report, Rule};
use super::service_level;
use super::subject::Subject;
use crate::spelling::{list, nearest, quoted, slip_of};

pub(super) static RULE: Rule = Rule {
    name: "unit-unknown",
    since: "0.1.0",
    severity: LintSeverity::Warning,
    check: Check::Contract(check),
};

fn check(subject: &Subject<'_>, report: &mut Report<'_>) {
    service_levels(subject, report);
    for element in subject.elements.all() {
        let Some(node) = element.node.custom("unit") else {
            continue;
        };
        let Some(stated) = node.as_str() else {
            continue;
        };
        let measures = nodes::semantic_type(element.node)
            .and_then(|known| Some((known.name, known.measures?)));
        let fits = |dimension| measures.is_none_or(|(_, measures)| dimension == measures);
        let known = zonecut_dns::unit(stated);
        if known.is_some_and(|unit| fits(unit.dimension)) {
            continue;
        }
        let meant = zonecut_dns::unit_meant(stated).filter(|unit| fits(unit.dimension));
        report.add(node.span, element, stated, || {
            let message = match known.zip(measures) {
                Some((unit, (name, _))) => format!("`{name}` is not measured in `{}`", unit.name),
                None => format!("the unit `{}` is not known", quoted(stated)),
            };
            let fitting = || {
                let units = zonecut_dns::units().filter(|unit| fits(unit.dimension));
                units.map(|unit| unit.name).collect::<Vec<_>>()
            };
            let help = match meant {
                Some(meant) => format!("write `{}`", meant.name),
                None => format!("use one of {}", list(&fitting())),
            };
            (message, help)
        });
        if let Some(meant) = meant {
            report.fix(node.span, stated, meant.name);
        }
    }
}

/// The units of service levels; those of levels that nobody knows may be anything but a slip of the pen.
fn service_levels(subject: &Subject<'_>, report: &mut Report<'_>) {
    for level in subject.list("slaProperties") {
        let Some((stated, node)) = nodes::text(level, "unit") else {
            continue;
        };
        let property = nodes::text(level, "property").map_or("", |(name, _)| name);
        let (known, wanted) = (dimension(stated), measured(property));
        let is_wrong = match (known, wanted) {
            (Some(known), Some(wanted)) => known != wanted,
            (None, Some(_)) => true,
            (None, None) => slip_of(stated, WORDS).is_some(),
            (Some(_), None) => false,
        };
        if !is_wrong {
            continue;
        }
        let path = format_args!("slaProperties[{property}]");
        report.add(node.span, path, stated, || {
            let unit = quoted(stated);
            let message = match known {
                Some(_) => format!("`{}` is not measured in `{unit}`", quoted(property)),
                None => format!("the unit `{unit}` is not known"),
            };
            let near = nearest(stated, WORDS).filter(|_| known.is_none());
            let help = match (near, wanted) {
                (Some(near), _) => format!("did you mean `{near}`?"),
                (None, Some(Dimension::Ratio)) => "use `percent` or `ratio`".to_owned(),
                (None, _) => "use a unit of time, such as `h`, `d`, `months` or `years`".to_owned(),
            };
            (message, help)
        });
    }
}

/// What service levels of these names are about, as ODCS lists them.
fn measured(property: &str) -> Option<Dimension> {
    service_level::of_name(property)?.measures
}

/// Words for units, of which somebody may have meant one.
const WORDS: [&str; 16] = [
    "seconds",
    "minutes",
    "hours",
    "days",
    "day",
    "week",
    "weeks",
    "month",
    "months",
    "year",
    "years",
    "quarter",
    "quarters",
    "percent",
    "percentage",
    "ratio",
];

fn dimension(stated: &str) -> Option<Dimension> {
    service_level::measure(stated).map(|(dimension, _)| dimension)
}

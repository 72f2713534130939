//! ## What it does
//! Looks for amounts that nothing can have: shares above 100 percent or below none, times and rates below
//! zero, in service levels and in the thresholds of quality rules that count or share out rows.
//!
//! ## Why it matters
//! Such a promise is always broken, or always kept. Either way nobody learns from it how the data is.
//!
//! ## Example
//! ```yaml
//! slaProperties:
//!   - {property: availability, value: 101, unit: percent}
//!   - {property: retention, value: -1, unit: d}
//! ```
//!
//! ## How to fix
//! Correct the number or its unit. What is kept for ever has no `retention`.

use zonecut_diagnostics::LintSeverity;
use zonecut_dns::Dimension;

use super::nodes::{rules, text};
use super::rule::{Check, Report, Rule};
use super::service_level::{Amount, Known, amount, entries, of_name};
use super::subject::Subject;
use crate::node::{Node, Value};

pub(super) static RULE: Rule = Rule {
    name: "amount-impossible",
    since: "0.1.0",
    severity: LintSeverity::Error,
    check: Check::Contract(check),
};

fn check(subject: &Subject<'_>, report: &mut Report<'_>) {
    for (property, level) in entries(subject.root()) {
        let known = of_name(property);
        let flaw = known.and_then(|known| beyond(known, amount(level)?));
        if let (Some(flaw), Some(value)) = (flaw, level.get("value")) {
            let path = format_args!("slaProperties[{property}]");
            let about = value.to_json().to_string();
            report.add(value.span, path, &about, || (flaw, HELP));
        }
    }
    for rule in subject.elements.all().flat_map(rules) {
        for (operator, threshold, flaw) in thresholds(rule.node) {
            report.add(threshold.span, rule, operator, || {
                (format!("`{operator}` is out of reach: {flaw}"), HELP)
            });
        }
    }
}

const HELP: &str = "correct the number, or its unit";
const ABOVE: &str = "no share is above 100 percent";
const BELOW: &str = "nothing of this kind is below zero";

/// Why a service level can't be that much.
fn beyond(level: &Known, amount: Amount) -> Option<&'static str> {
    let whole = match (level.measures, amount.measures) {
        (Some(Dimension::Ratio), Some(Dimension::Ratio)) => Some(1e6),
        // Without a unit some write ratios, and some percents.
        (Some(Dimension::Ratio), None) if level.name != "errorRate" => Some(100.0),
        _ => None,
    };
    if amount.number < 0.0 {
        return Some(BELOW);
    }
    whole
        .is_some_and(|whole| amount.number > whole * (1.0 + 1e-9))
        .then_some(ABOVE)
}

/// Metrics whose results are numbers of rows, or shares of all rows.
const COUNTS: [&str; 6] = [
    "duplicateCount",
    "duplicateValues",
    "invalidValues",
    "missingValues",
    "nullValues",
    "rowCount",
];

/// The thresholds of a quality rule that no result can pass, or none can miss.
fn thresholds(rule: &Node) -> Vec<(&str, &Node, &'static str)> {
    let metric = text(rule, "metric").or_else(|| text(rule, "rule"));
    let is_count = metric.is_some_and(|(metric, _)| COUNTS.contains(&metric));
    let is_library = text(rule, "type").is_none_or(|(kind, _)| kind == "library");
    if !is_count || !is_library {
        return Vec::new();
    }
    let unit = text(rule, "unit").map_or("", |(unit, _)| unit);
    let most = matches!(unit, "percent" | "%").then_some(100.0);
    let stated = rule.entries().iter().flat_map(|entry| {
        let single = std::slice::from_ref(&entry.node);
        let numbers = if entry.node.items().is_empty() {
            single
        } else {
            entry.node.items()
        };
        numbers.iter().map(|number| (entry.key.as_str(), number))
    });
    let flawed = stated.filter_map(|(key, node)| match &node.value {
        Value::Number(number) if is_operator(key) => {
            Some((key, node, unreachable(key, number.as_f64()?, most)?))
        }
        _ => None,
    });
    flawed.collect()
}

fn is_operator(key: &str) -> bool {
    key.starts_with("mustBe") || key.starts_with("mustNotBe")
}

fn unreachable(operator: &str, number: f64, most: Option<f64>) -> Option<&'static str> {
    // `mustBeGreaterThan: -1` is a way to say that zero will do.
    let is_least = operator.starts_with("mustBeGreater");
    let is_below = number < 0.0 && !is_least;
    if is_below || (operator == "mustBeLessThan" && number <= 0.0) {
        return Some(BELOW);
    }
    let is_above = |most| number > most || (operator == "mustBeGreaterThan" && number >= most);
    most.is_some_and(is_above).then_some(ABOVE)
}

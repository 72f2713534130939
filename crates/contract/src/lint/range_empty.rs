//! ## What it does
//! Looks for bounds that no value can keep: a least length above the greatest, a `minimum` above the
//! `maximum`, and a quality rule that wants a value between two numbers of which the greater is first.
//!
//! ## Why it matters
//! Every row breaks such a promise, so that the checks that stand on it are soon switched off.
//!
//! ## Example
//! ```yaml
//! logicalTypeOptions: {minLength: 255, maxLength: 1}
//! ```
//!
//! ## How to fix
//! Exchange the bounds, or correct one of them.

use zonecut_diagnostics::LintSeverity;

use super::calendar::is_date_or_time;
use super::elements::Element;
use super::nodes::{QualityRule, rules};
use super::rule::{Check, Report, Rule};
use super::subject::Subject;
use crate::node::{Node, Value};

pub(super) static RULE: Rule = Rule {
    name: "range-empty",
    since: "0.1.0",
    severity: LintSeverity::Error,
    check: Check::Contract(check),
};

/// A lower and an upper bound, and whether a value may be both.
const BOUNDS: [(&str, &str, bool); 7] = [
    ("minLength", "maxLength", true),
    ("minItems", "maxItems", true),
    ("minProperties", "maxProperties", true),
    ("minimum", "maximum", true),
    ("exclusiveMinimum", "maximum", false),
    ("minimum", "exclusiveMaximum", false),
    ("exclusiveMinimum", "exclusiveMaximum", false),
];

fn check(subject: &Subject<'_>, report: &mut Report<'_>) {
    for element in subject.elements.all() {
        if let Some(options) = element.node.get("logicalTypeOptions") {
            for bounds in BOUNDS {
                range(options, bounds, element, report);
            }
        }
        for rule in rules(element) {
            between(rule, report);
        }
    }
}

fn range(
    options: &Node,
    (least, greatest, may_meet): (&str, &str, bool),
    element: Element<'_>,
    report: &mut Report<'_>,
) {
    let (Some(low), Some(high)) = (options.get(least), options.get(greatest)) else {
        return;
    };
    if is_above(low, high) || (!may_meet && is_above_or_same(low, high)) {
        report.add(low.span, element, least, || {
            (
                format!("no value keeps both `{least}` and `{greatest}`"),
                "exchange the bounds, or correct one of them",
            )
        });
    }
}

fn between(rule: QualityRule<'_>, report: &mut Report<'_>) {
    for operator in ["mustBeBetween", "mustNotBeBetween"] {
        let Some(bounds) = rule.node.get(operator) else {
            continue;
        };
        if let [low, high] = bounds.items()
            && is_above(low, high)
        {
            report.add(bounds.span, rule, operator, || {
                (
                    format!("the first number of `{operator}` is above the second"),
                    "write the smaller number first",
                )
            });
        }
    }
}

fn is_above(low: &Node, high: &Node) -> bool {
    is_above_or_same(low, high) && !is_above_or_same(high, low)
}

/// Numbers, and dates of one form. Anything else has no order that we know.
fn is_above_or_same(low: &Node, high: &Node) -> bool {
    match (&low.value, &high.value) {
        (Value::Number(low), Value::Number(high)) => low.as_f64() >= high.as_f64(),
        (Value::String(low), Value::String(high)) => {
            let comparable =
                |text: &str| is_date_or_time(text) && (text.len() == 10 || text.ends_with('Z'));
            low.len() == high.len() && comparable(low) && comparable(high) && low >= high
        }
        _ => false,
    }
}

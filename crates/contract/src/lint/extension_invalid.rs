//! ## What it does
//! Looks at the custom properties that Zonecut gives a meaning (`compatibility`, `sunset`,
//! `noticePeriod`, `pslVersion`, `keyEpoch`, `slo`, `icebergFormatVersion`, `tableFormat`,
//! `partitionTransform`, `jsonSchema`, `avro`) for values that have none.
//!
//! ## Why it matters
//! A `sunset` that is no date announces nothing, and a `compatibility` that is no mode leaves the
//! default in force: the owner believes in a promise that nobody checks.
//!
//! ## Example
//! ```yaml
//! customProperties:
//!   - {property: noticePeriod, value: 30 days}
//! ```
//!
//! ## How to fix
//! Write the value in the form the finding names.

use serde_json::Number;
use zonecut_diagnostics::LintSeverity;

use super::calendar::is_date;
use super::rule::{Check, Report, Rule};
use super::sections::{self, Holder};
use super::subject::Subject;
use crate::node::{Node, Value};

pub(super) static RULE: Rule = Rule {
    name: "extension-invalid",
    since: "0.1.0",
    severity: LintSeverity::Error,
    check: Check::Contract(check),
};

const MODES: [&str; 6] = [
    "forward",
    "backward",
    "full",
    "forward-transitive",
    "backward-transitive",
    "full-transitive",
];

fn check(subject: &Subject<'_>, report: &mut Report<'_>) {
    sections::each(
        subject.root(),
        &["customProperties"],
        &mut |list, holder| {
            each(list, holder, report);
        },
    );
}

fn each(list: &Node, holder: Holder<'_>, report: &mut Report<'_>) {
    for item in list.items() {
        let (Some(property), Some(value)) = (item.get("property"), item.get("value")) else {
            continue;
        };
        let Some(property) = property.as_str() else {
            continue;
        };
        if let Some(form) = wanted(property, value) {
            report.add(value.span, holder.item(property), property, || {
                (
                    format!("`{property}` has no meaning with this value"),
                    format!("write {form}"),
                )
            });
        }
    }
}

/// The form that the value lacks; `None` for a good value, and for properties of others.
fn wanted(property: &str, value: &Node) -> Option<&'static str> {
    let text = value.as_str();
    let (good, form) = match property {
        "compatibility" => (
            text.is_some_and(|mode| MODES.contains(&mode)),
            "`forward`, `backward`, `full`, or one of them with `-transitive`",
        ),
        "sunset" | "pslVersion" => (text.is_some_and(is_date), "a date, as in `2027-03-31`"),
        "noticePeriod" => (
            text.is_some_and(is_duration),
            "an ISO 8601 duration, as in `P30D`",
        ),
        "keyEpoch" => (number(value).is_some_and(Number::is_u64), "a whole number"),
        "icebergFormatVersion" => (
            number(value)
                .and_then(Number::as_u64)
                .is_some_and(|version| (1..=3).contains(&version)),
            "`1`, `2` or `3`",
        ),
        "tableFormat" => (
            text.is_some_and(|format| matches!(format, "iceberg" | "delta")),
            "`iceberg` or `delta`",
        ),
        "partitionTransform" => (
            text.is_some_and(is_transform),
            "`identity`, `year`, `month`, `day`, `hour`, `void`, `bucket[N]` or `truncate[N]`",
        ),
        "jsonSchema" => (
            matches!(value.value, Value::Map(_) | Value::Bool(_)),
            "a JSON Schema: a mapping, or `false`",
        ),
        "avro" => (
            matches!(value.value, Value::Map(_)),
            "a mapping, as in `{name: net.example.Query}`",
        ),
        "slo" => (
            is_objective(value),
            "an objective and a window, as in `{objective: 99.5, window: P30D}`",
        ),
        _ => return None,
    };
    (!good).then_some(form)
}

/// A partition transform of the Iceberg Table Spec.
fn is_transform(text: &str) -> bool {
    let numbered = |name: &str| {
        let inside = text
            .strip_prefix(name)?
            .strip_prefix('[')?
            .strip_suffix(']')?;
        inside.parse::<u32>().ok().filter(|number| *number > 0)
    };
    matches!(
        text,
        "identity" | "year" | "month" | "day" | "hour" | "void"
    ) || numbered("bucket").is_some()
        || numbered("truncate").is_some()
}

/// `PnYnMnWnDTnHnMnS` with at least one component, each at most once and in order.
fn is_duration(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('P') else {
        return false;
    };
    let (date, time) = match rest.split_once('T') {
        Some((date, time)) => (date, Some(time)),
        None => (rest, None),
    };
    let date = components(date, "YMWD");
    let time = time.map(|time| components(time, "HMS"));
    match (date, time) {
        (Some(count), None) | (Some(_), Some(Some(count))) => count > 0,
        _ => false,
    }
}

fn components(text: &str, letters: &str) -> Option<usize> {
    let mut letters = letters.chars();
    let mut digits = 0_usize;
    let mut count = 0;
    for letter in text.chars() {
        if letter.is_ascii_digit() {
            digits += 1;
        } else if digits > 0 && letters.any(|next| next == letter) {
            digits = 0;
            count += 1;
        } else {
            return None;
        }
    }
    (digits == 0).then_some(count)
}

fn number(node: &Node) -> Option<&Number> {
    match &node.value {
        Value::Number(number) => Some(number),
        _ => None,
    }
}

fn is_objective(value: &Node) -> bool {
    let objective = value.get("objective").and_then(number);
    let objective = objective.and_then(Number::as_f64);
    let window = value.get("window").and_then(Node::as_str);
    objective.is_some_and(|objective| objective > 0.0 && objective <= 100.0)
        && window.is_some_and(is_duration)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_and_transforms() {
        for good in ["P30D", "P1Y2M", "PT15M", "P1DT12H", "P2W"] {
            assert!(is_duration(good), "{good}");
        }
        for bad in [
            "P", "PT", "30D", "P1H", "PT1D", "P1D1Y", "P1.5D", "PD", "P30D ",
        ] {
            assert!(!is_duration(bad), "{bad}");
        }
        assert!(is_transform("bucket[16]") && is_transform("day"));
        assert!(!is_transform("bucket") && !is_transform("truncate[0]") && !is_transform("daily"));
    }
}

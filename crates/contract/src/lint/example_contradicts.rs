//! ## What it does
//! Looks for `examples` that their own column refuses: a word where a number is promised, a text too
//! long or too short, a number out of bounds.
//!
//! ## Why it matters
//! Consumers build tests from examples, and believe them more than the type beside them. One of the two
//! is wrong.
//!
//! ## Example
//! ```yaml
//! - {name: rcode, logicalType: integer, examples: [NXDOMAIN]}
//! ```
//!
//! ## How to fix
//! Correct the example, or the type and its options.

use zonecut_diagnostics::LintSeverity;

use super::nodes::text;
use super::rule::{Check, Report, Rule};
use super::subject::Subject;
use crate::node::{Node, Value};

pub(super) static RULE: Rule = Rule {
    name: "example-contradicts",
    since: "0.1.0",
    severity: LintSeverity::Warning,
    check: Check::Contract(check),
};

fn check(subject: &Subject<'_>, report: &mut Report<'_>) {
    for element in subject.elements.all() {
        let (path, element) = (element, element.node);
        // What is shown of a transformed column may be either side of the transform.
        if element.custom("transform").is_some() {
            continue;
        }
        for example in element.get("examples").map(Node::items).unwrap_or_default() {
            if let Some(flaw) = flaw(element, example) {
                let stated = example.to_json().to_string();
                report.add(example.span, path, &stated, || {
                    (
                        format!("an example {flaw}"),
                        "correct the example, or the type and its options",
                    )
                });
            }
        }
    }
}

fn flaw(element: &Node, example: &Node) -> Option<String> {
    let (kind, _) = text(element, "logicalType")?;
    let stated = match &example.value {
        Value::String(text) => text.to_string(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    match kind {
        "integer" | "number" => {
            // Tables are often shown as text; what matters is what it says.
            let Ok(number) = stated.trim().parse::<f64>() else {
                return Some("is no number".to_owned());
            };
            if kind == "integer" && number.fract() != 0.0 {
                return Some("is no whole number".to_owned());
            }
            bounded(element, number, ["minimum", "maximum"])
                .map(|bound| format!("is beyond `{bound}`"))
        }
        "string" => {
            let length = u32::try_from(stated.chars().count()).unwrap_or(u32::MAX);
            bounded(element, f64::from(length), ["minLength", "maxLength"])
                .map(|bound| format!("has `{length}` characters, which `{bound}` does not allow"))
        }
        _ => None,
    }
}

/// The bound that a number does not keep.
fn bounded(element: &Node, number: f64, [least, most]: [&'static str; 2]) -> Option<&'static str> {
    let options = element.get("logicalTypeOptions")?;
    let bound = |key| match &options.get(key)?.value {
        Value::Number(bound) => bound.as_f64(),
        _ => None,
    };
    let below = bound(least).is_some_and(|bound| number < bound);
    let above = bound(most).is_some_and(|bound| number > bound);
    below.then_some(least).or(above.then_some(most))
}

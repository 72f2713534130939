//! ## What it does
//! Looks for values in `enum` and `examples` that are no values of the column's semantic type.
//!
//! ## Why it matters
//! Consumers copy examples into their tests and enumerations into their switches. A response code
//! that does not exist is matched by nothing, and a prefix where an address is promised breaks the
//! reader that parses it.
//!
//! ## Example
//! ```yaml
//! - name: rcode
//!   examples: [NOERROR, NXDOMIAN]
//!   customProperties: [{property: semanticType, value: dns.rcode}]
//! ```
//!
//! ## How to fix
//! Correct the value, or the semantic type.

use zonecut_diagnostics::LintSeverity;

use super::nodes::semantic_type;
use super::rule::{Check, Report, Rule};
use super::subject::Subject;
use crate::node::Node;

pub(super) static RULE: Rule = Rule {
    name: "value-not-of-type",
    since: "0.1.0",
    severity: LintSeverity::Warning,
    check: Check::Contract(check),
};

fn check(subject: &Subject<'_>, report: &mut Report<'_>) {
    for column in subject.columns() {
        let Some(known) = semantic_type(column.node) else {
            continue;
        };
        if column.node.custom_property("transform").is_some() {
            continue;
        }
        let examples = column.node.get("examples").map(Node::items);
        let stated = allowed(column.node).chain(examples.unwrap_or_default());
        for value in stated {
            let text = value
                .as_str()
                .map_or_else(|| value.to_json().to_string(), str::to_owned);
            if let Err(reason) = known.check(&text) {
                report.add(column.node.span, column, &text, || {
                    (
                        format!("a value stated is not of type `{}`: {reason}", known.name),
                        "correct the value, or the semantic type",
                    )
                });
            }
        }
    }
}

/// The values that an `enum` (3.2) or a custom property `enum` allows.
fn allowed(column: &Node) -> impl Iterator<Item = &Node> {
    let list = column.get("enum").or_else(|| column.custom("enum"));
    let of_object = column.get("enum").is_some();
    let items = list.map(Node::items).unwrap_or_default();
    items.iter().map(move |item| {
        let value = item.get("value").filter(|_| of_object);
        value.unwrap_or(item)
    })
}

//! ## What it does
//! Looks for relationships whose `from` and `to` name another number of properties. The relationship of
//! a property is from that property alone.
//!
//! ## Why it matters
//! ODCS pairs the properties of a composite key by their place in the two lists. A property without a
//! partner is joined with nothing, and the join finds too many rows.
//!
//! ## Example
//! ```yaml
//! relationships:
//!   - {from: [queries.site, queries.hour], to: [sites.id]}
//! ```
//!
//! ## How to fix
//! Name as many properties on either side, in the same order. A composite key is a relationship of the
//! object, not of one of its properties.

use zonecut_diagnostics::LintSeverity;

use super::rule::{Check, Report, Rule};
use super::subject::Subject;
use crate::node::{Node, Value};

pub(super) static RULE: Rule = Rule {
    name: "relationship-uneven",
    since: "0.1.0",
    severity: LintSeverity::Error,
    check: Check::Contract(check),
};

fn check(subject: &Subject<'_>, report: &mut Report<'_>) {
    for element in subject.elements.all() {
        let relationships = element.node.get("relationships").map(Node::items);
        for relationship in relationships.unwrap_or_default() {
            let Some(to) = relationship.get("to") else {
                continue;
            };
            let from = relationship.get("from");
            // Text on one side and a list on the other is for the official schema to say.
            let (Some(sources), Some(targets)) = (from.map_or(Some(1), listed), listed(to)) else {
                continue;
            };
            if sources != targets {
                report.add(to.span, element, "to", || {
                    let message = if from.is_some() {
                        format!("`from` names `{sources}` properties, and `to` names `{targets}`")
                    } else {
                        format!("`to` names `{targets}` properties, and the relationship is of one")
                    };
                    (message, "name as many on either side, in the same order")
                });
            }
        }
    }
}

fn listed(side: &Node) -> Option<usize> {
    match &side.value {
        Value::List(items) => Some(items.len()),
        _ => None,
    }
}

//! ## What it does
//! Looks for relationships whose `from` or `to` names no property of this contract. What begins with
//! another file is not looked at.
//!
//! ## Why it matters
//! A foreign key to nothing joins nothing. Whoever reads the contract to join two tables, and every
//! tool that draws them, is led astray.
//!
//! ## Example
//! ```yaml
//! relationships:
//!   - {to: resolvers.identifier}    # the property is called `id`
//! ```
//!
//! ## How to fix
//! Write `object.property` with the names of the schema, or `schema/<id>/properties/<id>` with their
//! ids; name the other contract's file where the property is another contract's.

use zonecut_diagnostics::LintSeverity;

use super::nodes::text;
use super::rule::{Check, Report, Rule};
use super::subject::Subject;
use crate::node::{Node, Value};
use crate::spelling::quoted;

pub(super) static RULE: Rule = Rule {
    name: "relationship-unresolved",
    since: "0.1.0",
    severity: LintSeverity::Warning,
    check: Check::Contract(check),
};

fn check(subject: &Subject<'_>, report: &mut Report<'_>) {
    let mut suggestions = None;
    for element in subject.elements.all() {
        let relationships = element.node.get("relationships").map(Node::items);
        for relationship in relationships.unwrap_or_default() {
            for side in ["from", "to"] {
                let ends = relationship.get(side).map(ends).unwrap_or_default();
                for (reference, node) in ends {
                    if resolves(reference, subject) {
                        continue;
                    }
                    let suggestions =
                        suggestions.get_or_insert_with(|| subject.known().suggestions());
                    report.add(node.span, element, reference, || {
                        let likely = suggestions.of(reference);
                        (
                            format!(
                                "`{side}` names `{}`, which this contract does not have",
                                quoted(reference)
                            ),
                            likely.unwrap_or_else(|| {
                                "write `object.property`, or the file of the contract that has it"
                                    .to_owned()
                            }),
                        )
                    });
                }
            }
        }
    }
}

/// One reference, or several.
fn ends(node: &Node) -> Vec<(&str, &Node)> {
    let nodes = match &node.value {
        Value::List(items) => items.iter().collect(),
        _ => vec![node],
    };
    let texts = nodes
        .into_iter()
        .filter_map(|node| Some((node.as_str()?, node)));
    texts.collect()
}

fn resolves(reference: &str, subject: &Subject<'_>) -> bool {
    if reference.contains('#') {
        return true;
    }
    if reference.contains('/') {
        return by_ids(reference, subject.root());
    }
    // With an object alone there is no property; with neither, the schema has already said so.
    !reference.contains('.') || subject.known().contains(reference)
}

/// `schema/<id>/properties/<id>`, and so on inwards. A name does for an element that has no id.
fn by_ids(reference: &str, root: &Node) -> bool {
    let mut steps = reference.trim_start_matches('/').split('/');
    let mut here = root;
    while let (Some(section), Some(called)) = (steps.next(), steps.next()) {
        let items = here.get(section).map(Node::items).unwrap_or_default();
        let found = items.iter().find(|item| {
            let id = text(item, "id").or_else(|| text(item, "name"));
            id.is_some_and(|(id, _)| id == called)
        });
        match found {
            Some(item) => here = item,
            None => return false,
        }
    }
    true
}

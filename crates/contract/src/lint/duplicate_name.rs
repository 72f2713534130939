//! ## What it does
//! Looks for two elements of one parent with the same `name`, for two servers or two roles with the
//! same one, and for two input ports or two output ports of a product with the same name and version
//! (one port in several versions is several instances, by ODPS).
//!
//! ## Why it matters
//! A query, a policy or an SLA that says the name can mean either: what is ambiguous is denied.
//! Names that differ in case are two names: `names-differ-in-case` speaks about those.
//!
//! ## Example
//! ```yaml
//! properties:
//!   - {name: qname, logicalType: string}
//!   - {name: qname, logicalType: string}
//! ```
//!
//! ## How to fix
//! Rename or remove one of them.

use std::collections::HashSet;
use std::fmt::Display;

use zonecut_diagnostics::{LintSeverity, Span};

use super::nodes::text;
use super::rule::{Check, Report, Rule};
use super::siblings::repeated;
use super::subject::Subject;
use crate::model::{Port, Product};
use crate::node::Node;
use crate::spelling::quoted;

pub(super) static RULE: Rule = Rule {
    name: "duplicate-name",
    since: "0.1.0",
    severity: LintSeverity::Error,
    check: Check::Either(check, check_product),
};

fn check(subject: &Subject<'_>, report: &mut Report<'_>) {
    for element in repeated(subject, |element| Some(named(element)?.0.into())) {
        if let Some((name, node)) = named(element.node) {
            taken(node.span, &element, name, report);
        }
    }
    let mut seen = HashSet::new();
    for server in &subject.contract.servers {
        let name = &server.name;
        if !seen.insert(name) {
            taken(server.span, format_args!("servers[{name}]"), name, report);
        }
    }
    let mut seen = HashSet::new();
    for role in &subject.contract.roles {
        let name = &role.name;
        if !seen.insert(name) {
            taken(role.span, format_args!("roles[{name}]"), name, report);
        }
    }
}

fn check_product(product: &Product, report: &mut Report<'_>) {
    let mut each = |section: &str, ports: &[Port]| {
        let mut seen = HashSet::new();
        for port in ports {
            if !seen.insert((&port.name, &port.version)) {
                let name = &port.name;
                taken(port.span, format_args!("{section}[{name}]"), name, report);
            }
        }
    };
    each("inputPorts", &product.input_ports);
    each("outputPorts", &product.output_ports);
}

/// The name of an element that has one, and where it stands.
fn named(element: &Node) -> Option<(&str, &Node)> {
    text(element, "name").filter(|(name, _)| !name.is_empty())
}

fn taken(span: Span, path: impl Display, name: &str, report: &mut Report<'_>) {
    report.add(span, path, name, || {
        let name = quoted(name);
        (
            format!("the name `{name}` is taken by another one before it"),
            "rename or remove one of them",
        )
    });
}

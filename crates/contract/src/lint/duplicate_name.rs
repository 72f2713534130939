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

use zonecut_diagnostics::LintSeverity;

use super::rule::{Check, Report, Rule};
use super::siblings::repeated;
use crate::model::{Contract, Element, Port, Product};
use crate::spelling::quoted;

pub(super) static RULE: Rule = Rule {
    name: "duplicate-name",
    since: "0.1.0",
    severity: LintSeverity::Error,
    check: Check::Either(check, check_product),
};

fn check(contract: &Contract, report: &mut Report<'_>) {
    let name = |element: &Element| (!element.name.is_empty()).then_some(element.name.clone());
    for (path, element) in repeated(contract, name) {
        let name = &element.name;
        report.add(element.name_span, path, name, said(name), HELP);
    }
    let mut seen = HashSet::new();
    for server in &contract.servers {
        if !seen.insert(&server.name) {
            let path = format!("servers[{}]", server.name);
            report.add(server.span, path, &server.name, said(&server.name), HELP);
        }
    }
    let mut seen = HashSet::new();
    for role in &contract.roles {
        if !seen.insert(&role.name) {
            let path = format!("roles[{}]", role.name);
            report.add(role.span, path, &role.name, said(&role.name), HELP);
        }
    }
}

fn check_product(product: &Product, report: &mut Report<'_>) {
    let mut each = |section: &str, ports: &[Port]| {
        let mut seen = HashSet::new();
        for port in ports {
            if !seen.insert((&port.name, &port.version)) {
                let path = format!("{section}[{}]", port.name);
                report.add(port.span, path, &port.name, said(&port.name), HELP);
            }
        }
    };
    each("inputPorts", &product.input_ports);
    each("outputPorts", &product.output_ports);
}

const HELP: &str = "rename or remove one of them";

fn said(name: &str) -> String {
    let name = quoted(name);
    format!("the name `{name}` is taken by another one before it")
}

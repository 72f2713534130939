//! ## What it does
//! Looks for ports of a product that name no contract.
//!
//! ## Why it matters
//! A port without a `contractId` promises nothing: no version is compared, no policy applies, and no
//! consumer is told when it changes. The standard requires it of input ports only.
//!
//! ## Example
//! ```yaml
//! outputPorts:
//!   - name: queries
//!     version: 1.0.0
//! ```
//!
//! ## How to fix
//! Write the contract and name its `id` as `contractId`.

use zonecut_diagnostics::LintSeverity;

use super::rule::{Check, Report, Rule};
use crate::model::{Port, Product};

pub(super) static RULE: Rule = Rule {
    name: "port-without-contract",
    since: "0.1.0",
    severity: LintSeverity::Warning,
    check: Check::Product(check),
};

fn check(product: &Product, report: &mut Report<'_>) {
    let mut each = |section: &str, ports: &[Port]| {
        for port in ports.iter().filter(|port| port.contract_id.is_none()) {
            let path = format_args!("{section}[{}]", port.name);
            report.add(port.span, path, "", || {
                let message = format!("the port `{}` names no contract", port.name);
                (message, "add `contractId`")
            });
        }
    };
    each("inputPorts", &product.input_ports);
    each("outputPorts", &product.output_ports);
}

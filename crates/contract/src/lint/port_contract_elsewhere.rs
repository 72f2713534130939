//! ## What it does
//! Looks for input ports of a product whose contract does not stand in the same tree. What is no more
//! than a slip of the finger away from one that does is [port-contract-unknown](port-contract-unknown.md),
//! and nothing is said where the tree holds no contract at all.
//!
//! ## Why it matters
//! A product may well read what another repository promises. From here nobody can tell whether that
//! contract exists, and no change of it is compared.
//!
//! ## Example
//! ```yaml
//! # the tree has recursive-queries, and not weather
//! inputPorts:
//!   - {name: weather, version: 1.0.0, contractId: weather}
//! ```
//!
//! ## How to fix
//! Nothing to do where another repository has it. Otherwise name a contract that is there.

use zonecut_diagnostics::LintSeverity;

use super::catalogue::Catalogue;
use super::nodes::text;
use super::port_contract_unknown::path;
use super::rule::{Check, Report, Rule};
use crate::model::Product;
use crate::node::Node;
use crate::spelling::{quoted, slip_of};

pub(super) static RULE: Rule = Rule {
    name: "port-contract-elsewhere",
    since: "0.1.0",
    severity: LintSeverity::Note,
    check: Check::Ports(check),
};

fn check(product: &Product, here: &Catalogue, report: &mut Report<'_>) {
    if here.is_empty() {
        return;
    }
    let ports = product.root().get("inputPorts").map(Node::items);
    for port in ports.unwrap_or_default() {
        let Some((id, node)) = text(port, "contractId") else {
            continue;
        };
        if here.versions(id).is_none() && slip_of(id, here.ids()).is_none() {
            report.add(node.span, path("inputPorts", port), id, || {
                (
                    format!(
                        "whether the contract `{}` exists can't be told here",
                        quoted(id)
                    ),
                    "nothing to do where another repository has it",
                )
            });
        }
    }
}

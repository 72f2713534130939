//! ## What it does
//! Looks for output ports of a product that name a contract, or a version of one, which does not stand
//! in the same tree: the git working tree around the product, else the folder that `zonecut lint` was
//! given. Nothing is said of a product that is linted alone, outside of both, and of one whose tree holds
//! no contract at all: those of its repository stand elsewhere. An input port may name a
//! contract of another repository: it is looked at only where its contract is one slip of the finger away
//! from one that is here, and its version never, since older versions are read for long. The
//! `inputContracts` of an output port are those that it is made from: the product reads them through an
//! input port, or they stand in the tree.
//!
//! ## Why it matters
//! The port promises nothing: who reads through it has a contract that nobody finds, and no change of
//! what is really delivered is compared.
//!
//! ## Example
//! ```yaml
//! # the tree has recursive-queries 1.0.0 and 1.1.0
//! outputPorts:
//!   - {name: queries, version: 1.2.0, contractId: recursive-queries}
//!   - {name: hourly, version: 1.0.0, contractId: recursiv-queries}
//! ```
//!
//! ## How to fix
//! Write the `id` and the `version` of a contract that is there, or add the contract.

use std::collections::BTreeSet;

use zonecut_diagnostics::LintSeverity;

use super::catalogue::Catalogue;
use super::nodes::text;
use super::rule::{Check, Report, Rule};
use crate::model::Product;
use crate::node::Node;
use crate::spelling::{did_you_mean, list, quoted, slip_of};

pub(super) static RULE: Rule = Rule {
    name: "port-contract-unknown",
    since: "0.1.0",
    severity: LintSeverity::Warning,
    check: Check::Ports(check),
};

/// So many versions are listed for a choice.
const LISTED: usize = 5;

fn check(product: &Product, here: &Catalogue, report: &mut Report<'_>) {
    if here.is_empty() {
        return;
    }
    let ports = |section| product.root().get(section).map_or(&[][..], Node::items);
    let read: BTreeSet<&str> = ports("inputPorts")
        .iter()
        .filter_map(|port| Some(text(port, "contractId")?.0))
        .collect();
    for port in ports("outputPorts") {
        offered(port, here, report);
        made_from(port, &read, here, report);
    }
    for port in ports("inputPorts") {
        let Some((id, node)) = text(port, "contractId") else {
            continue;
        };
        if here.versions(id).is_none()
            && let Some(likely) = slip_of(id, here.ids())
        {
            report.add(node.span, path("inputPorts", port), id, || {
                (absent(id), format!("did you mean `{likely}`?"))
            });
        }
    }
}

fn offered(port: &Node, here: &Catalogue, report: &mut Report<'_>) {
    let Some((id, node)) = text(port, "contractId") else {
        return;
    };
    let path = path("outputPorts", port);
    let Some(versions) = here.versions(id) else {
        return report.add(node.span, path, id, || {
            let likely = did_you_mean(id, here.ids());
            let help = likely.unwrap_or_else(|| "name a contract that is, or add it".to_owned());
            (absent(id), help)
        });
    };
    if let Some((version, node)) = text(port, "version")
        && !versions.contains(version)
    {
        report.add(node.span, path, version, || {
            let known: Vec<&String> = versions.iter().rev().take(LISTED).collect();
            (
                format!("`{}` has no version `{}` here", quoted(id), quoted(version)),
                format!("write one that it has, such as {}", list(&known)),
            )
        });
    }
}

/// The contracts that an output port is made from.
fn made_from(port: &Node, read: &BTreeSet<&str>, here: &Catalogue, report: &mut Report<'_>) {
    let inputs = port.get("inputContracts").map(Node::items);
    for input in inputs.unwrap_or_default() {
        let Some((id, node)) = text(input, "id") else {
            continue;
        };
        if read.contains(id) || here.versions(id).is_some() {
            continue;
        }
        report.add(node.span, path("outputPorts", port), id, || {
            let likely = did_you_mean(id, read.iter().copied().chain(here.ids()));
            let help = "name one that an input port reads, or add the port";
            (
                format!(
                    "no input port reads the contract `{}`, and it is not here",
                    quoted(id)
                ),
                likely.unwrap_or_else(|| help.to_owned()),
            )
        });
    }
}

fn absent(id: &str) -> String {
    format!("the contract `{}` is not here", quoted(id))
}

pub(super) fn path(section: &str, port: &Node) -> String {
    let name = text(port, "name").map_or("", |(name, _)| name);
    format!("{section}[{name}]")
}

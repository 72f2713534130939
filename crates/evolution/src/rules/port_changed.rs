//! ## What it does
//! An output port of a product gets another name, another contract, or another version of it. A
//! version that grows without a new major number is a note.
//!
//! ## Why it matters
//! Readers of the port get what another contract promises.
//!
//! ## Example
//! ```yaml
//! # before
//! outputPorts:
//!   - {name: queries, version: 1.2.0, contractId: recursive-queries}
//! # after
//! outputPorts:
//!   - {name: queries, version: 2.0.0, contractId: recursive-queries}
//! ```
//!
//! ## How to fix
//! Offer the new version as a port of its own beside the old one, or pay with a major version.

use zonecut_contract::version::Version;
use zonecut_diagnostics::Severity;

use super::ports::is_output;
use super::prelude::*;

pub(super) const RULE: Rule = Rule {
    name: "port-changed",
    since: "0.1.0",
    category: Category::Ports,
    severities: &[(Consumer, Breaking)],
    check,
};

fn check<'a>(cx: &Comparison<'a>, out: &mut Findings<'a>) {
    for fact in cx.changes().filter(|fact| is_output(fact)) {
        let severity = match fact.field() {
            "name" | "contractId" if fact.kind != FactKind::Added => Breaking,
            "version" => growth(fact),
            "type" => Warning,
            _ => continue,
        };
        let help = "offer it as a port of its own beside the old one, or publish a major version";
        out.report(fact, Consumer, severity, turned(fact), help);
    }
}

/// A later version within one major number reads like the old one.
fn growth(fact: &Fact<'_>) -> Severity {
    let version = |node: Option<&Node>| Version::parse(node?.as_str()?);
    match (version(fact.before), version(fact.after)) {
        (Some(old), Some(new)) if new.has_major_of(&old) && new >= old => Note,
        (Some(_), Some(_)) => Breaking,
        _ => Warning,
    }
}

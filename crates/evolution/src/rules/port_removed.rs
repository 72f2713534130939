//! ## What it does
//! A port of a product is withdrawn. A note where it was an input or a management port.
//!
//! ## Why it matters
//! Whoever found the data through the product finds it no more.
//!
//! ## Example
//! ```yaml
//! # before
//! outputPorts:
//!   - {name: queries, version: 1.0.0, contractId: recursive-queries}
//! # after
//! outputPorts: []
//! ```
//!
//! ## How to fix
//! Keep the port until its readers have moved, or pay with a major version.

use super::ports::is_output;
use super::prelude::*;

pub(super) const RULE: Rule = Rule {
    name: "port-removed",
    since: "0.1.0",
    category: Category::Ports,
    severities: &[(Consumer, Breaking)],
    check,
};

fn check<'a>(cx: &Comparison<'a>, out: &mut Findings<'a>) {
    for fact in cx.changes().filter(|fact| fact.removes(SubjectKind::Port)) {
        let severity = if is_output(fact) { Breaking } else { Note };
        let message = format!("port `{}` was removed", fact.path);
        let help = "keep it until its readers have moved, or publish a major version";
        out.report(fact, Consumer, severity, message, help);
    }
}

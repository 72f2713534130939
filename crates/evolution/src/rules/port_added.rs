//! ## What it does
//! A port is added to a product.
//!
//! ## Why it matters
//! Readers ignore what they do not know.
//!
//! ## Example
//! ```yaml
//! # before
//! outputPorts:
//!   - {name: queries, version: 1.0.0, contractId: recursive-queries}
//! # after
//! outputPorts:
//!   - {name: queries, version: 1.0.0, contractId: recursive-queries}
//!   - {name: hourly, version: 1.0.0, contractId: hourly-queries}
//! ```
//!
//! ## How to fix
//! Nothing to do. It takes a minor version.

use super::prelude::*;

pub(super) const RULE: Rule = Rule {
    name: "port-added",
    since: "0.1.0",
    category: Category::Ports,
    severities: &[(Consumer, Note)],
    check,
};

fn check<'a>(cx: &Comparison<'a>, out: &mut Findings<'a>) {
    for fact in cx.changes().filter(|fact| fact.adds(SubjectKind::Port)) {
        let message = format!("port `{}` was added", fact.path);
        let help = "nothing to do: readers ignore what they do not know";
        out.report(fact, Consumer, Note, message, help).minor();
    }
}

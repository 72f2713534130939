//! ## What it does
//! Looks for values in `enum` and `examples` that are no values of the column's semantic type.
//!
//! ## Why it matters
//! Consumers copy examples into their tests and enumerations into their switches. A response code
//! that does not exist is matched by nothing, and a prefix where an address is promised breaks the
//! reader that parses it.
//!
//! ## Example
//! ```yaml
//! - name: rcode
//!   examples: [NOERROR, NXDOMIAN]
//!   customProperties: [{property: semanticType, value: dns.rcode}]
//! ```
//!
//! ## How to fix
//! Correct the value, or the semantic type.

use zonecut_diagnostics::LintSeverity;

use super::rule::{Check, Report, Rule};
use crate::model::Contract;

pub(super) static RULE: Rule = Rule {
    name: "value-not-of-type",
    since: "0.1.0",
    severity: LintSeverity::Warning,
    check: Check::Contract(check),
};

fn check(contract: &Contract, report: &mut Report<'_>) {
    for (path, column) in super::columns(contract) {
        let element = column.element;
        let semantic = element.semantic_type.as_deref();
        let Some(known) = semantic.and_then(zonecut_dns::semantic_type) else {
            continue;
        };
        if element.custom.contains_key("transform") {
            continue;
        }
        let stated = element.allowed.iter().flatten().chain(&element.examples);
        for value in stated {
            let text = value
                .as_str()
                .map_or_else(|| value.to_string(), str::to_owned);
            if let Err(reason) = known.check(&text) {
                report.add(
                    element.span,
                    path.clone(),
                    &text,
                    format!("a value stated is not of type `{}`: {reason}", known.name),
                    "correct the value, or the semantic type",
                );
            }
        }
    }
}

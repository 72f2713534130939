//! ## What it does
//! Looks for a custom property `unit` outside the closed list, or one that does not measure what the
//! column's semantic type is about.
//!
//! ## Why it matters
//! A change of unit multiplies every value by a thousand without changing a type. It is only found
//! where both versions name a unit that is known.
//!
//! ## Example
//! ```yaml
//! - name: latency
//!   customProperties:
//!     - {property: semanticType, value: dns.latency}
//!     - {property: unit, value: millis}
//! ```
//!
//! ## How to fix
//! Use a symbol of the list: `ns`, `us`, `ms`, `s`, `min`, `h`, `d`, `octets`, `bits`, `count`,
//! `ratio`, `percent` and those the finding names. `zonecut lint --fix` writes the symbol of a unit that
//! is written out.

use zonecut_diagnostics::LintSeverity;

use super::nodes;
use super::rule::{Check, Report, Rule};
use crate::model::Contract;
use crate::node::Node;
use crate::spelling::{list, quoted};

pub(super) static RULE: Rule = Rule {
    name: "unit-unknown",
    since: "0.1.0",
    severity: LintSeverity::Warning,
    check: Check::Contract(check),
};

fn check(contract: &Contract, report: &mut Report<'_>) {
    for (path, element) in nodes::objects(contract).into_iter().flatten() {
        let Some(node) = element.custom("unit") else {
            continue;
        };
        let Some(stated) = node.as_str() else {
            continue;
        };
        let semantic = element.custom("semanticType").and_then(Node::as_str);
        let measures = semantic
            .and_then(zonecut_dns::semantic_type)
            .and_then(|known| Some((known.name, known.measures?)));
        let fitting: Vec<&str> = zonecut_dns::units()
            .filter(|unit| measures.is_none_or(|(_, measures)| unit.dimension == measures))
            .map(|unit| unit.name)
            .collect();
        let message = match (zonecut_dns::unit(stated), measures) {
            (None, _) => format!("the unit `{}` is not known", quoted(stated)),
            (Some(unit), Some((name, measures))) if unit.dimension != measures => {
                format!("`{name}` is not measured in `{}`", unit.name)
            }
            _ => continue,
        };
        let meant = zonecut_dns::unit_meant(stated).map(|unit| unit.name);
        let meant = meant.filter(|meant| fitting.contains(meant));
        let help = match meant {
            Some(meant) => format!("write `{meant}`"),
            None => format!("use one of {}", list(&fitting)),
        };
        report.add(node.span, path, stated, message, help);
        if let Some(meant) = meant {
            report.fix(node.span, stated, meant);
        }
    }
}

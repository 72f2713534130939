//! ## What it does
//! Looks for a contract or a product whose `version` is not semantic versioning, and for such versions
//! of its ports.
//!
//! ## Why it matters
//! Consumers read from the number whether a change breaks them, and a version that is not semver
//! pays for nothing: every breaking change of it is refused.
//!
//! ## Example
//! ```yaml
//! version: "2024-06"
//! ```
//!
//! ## How to fix
//! Write `MAJOR.MINOR.PATCH`, as in `1.4.0`. `zonecut lint --fix` takes away a `v` before it and a dot
//! after it.

use zonecut_diagnostics::LintSeverity;

use super::rule::{Check, Report, Rule};
use super::subject::Subject;
use crate::model::Product;
use crate::node::Node;
use crate::spelling::quoted;
use crate::version::Version;

pub(super) static RULE: Rule = Rule {
    name: "version-not-semver",
    since: "0.1.0",
    severity: LintSeverity::Warning,
    check: Check::Either(check, check_product),
};

fn check(subject: &Subject<'_>, report: &mut Report<'_>) {
    check_one(subject.root(), "version", report);
}

fn check_product(product: &Product, report: &mut Report<'_>) {
    check_one(product.root(), "version", report);
    for section in ["inputPorts", "outputPorts"] {
        let ports = product.root().get(section).map_or(&[][..], Node::items);
        for port in ports {
            let name = port.get("name").and_then(Node::as_str).unwrap_or_default();
            check_one(port, &format!("{section}[{name}].version"), report);
        }
    }
}

fn check_one(owner: &Node, path: &str, report: &mut Report<'_>) {
    let Some(node) = owner.get("version") else {
        return;
    };
    let Some(version) = node.as_str().filter(|it| Version::parse(it).is_none()) else {
        return;
    };
    report.add(node.span, path, version, || {
        (
            format!("`{}` is not a semantic version", quoted(version)),
            "write `MAJOR.MINOR.PATCH`, as in `1.4.0`",
        )
    });
    if let Some(meant) = meant(version) {
        report.fix(node.span, version, meant);
    }
}

/// The semantic version inside `v1.2.0` and `1.2.0.`.
fn meant(version: &str) -> Option<&str> {
    let inner = version.trim();
    let inner = inner.strip_prefix(['v', 'V']).unwrap_or(inner);
    let inner = inner.strip_suffix('.').unwrap_or(inner);
    Version::parse(inner).is_some().then_some(inner)
}

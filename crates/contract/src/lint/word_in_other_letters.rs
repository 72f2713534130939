//! ## What it does
//! Looks for a `status` or a `classification` that is known, and written in capitals or with blanks
//! around it.
//!
//! ## Why it matters
//! Zonecut reads `Active` as `active`; other tools, and a search through the files, do not.
//!
//! ## Example
//! ```yaml
//! status: Active
//! ```
//!
//! ## How to fix
//! Write it in small letters, as `zonecut lint --fix` does.

use std::fmt::Display;

use zonecut_diagnostics::LintSeverity;

use super::nodes::text;
use super::rule::{Check, Report, Rule};
use super::subject::Subject;
use crate::model::Lifecycle;
use crate::node::Node;
use crate::spelling::quoted;

pub(super) static RULE: Rule = Rule {
    name: "word-in-other-letters",
    since: "0.1.0",
    severity: LintSeverity::Note,
    check: Check::Contract(check),
};

fn check(subject: &Subject<'_>, report: &mut Report<'_>) {
    if let Some((status, node)) = text(subject.root(), "status")
        && Lifecycle::of(status) != Lifecycle::Other
    {
        let usual = status.trim().to_ascii_lowercase();
        compare(status, &usual, node, "status", report);
    }
    for element in subject.elements.all() {
        if let Some((label, node)) = text(element.node, "classification")
            && let Some(usual) = report.classification.written(label)
        {
            compare(label, usual, node, element, report);
        }
    }
}

fn compare(stated: &str, usual: &str, node: &Node, path: impl Display, report: &mut Report<'_>) {
    if usual != stated {
        report.add(node.span, path, stated, || {
            (
                format!("`{}` is usually written `{usual}`", quoted(stated)),
                format!("write `{usual}`"),
            )
        });
        report.fix(node.span, stated, usual);
    }
}

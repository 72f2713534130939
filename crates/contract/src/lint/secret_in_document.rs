//! ## What it does
//! Looks for private keys, access tokens and passwords in values, keys and comments. The finding says what
//! kind of secret stands where, and never repeats it.
//!
//! ## Why it matters
//! Contracts are published to everybody who may read the catalogue, and kept in history for ever.
//!
//! ## Example
//! ```yaml
//! servers:
//!   - server: lake
//!     type: custom
//!     location: postgres://loader:hunter22@db.example/lake
//! ```
//!
//! ## How to fix
//! Withdraw the credential where it was issued, then remove it from the document: a place-holder such
//! as `${DB_PASSWORD}` says where it comes from.

use std::fmt;

use zonecut_diagnostics::{LintSeverity, Span};

use super::rule::{Check, Report, Rule};
use crate::node::{Document, Node, Value};
use crate::place::{self, Step};
use crate::secret;

pub(super) static RULE: Rule = Rule {
    name: "secret-in-document",
    since: "0.1.0",
    severity: LintSeverity::Error,
    check: Check::Document(check),
};

const HELP: &str =
    "withdraw it where it was issued, then write a place-holder such as `${DB_PASSWORD}`";

fn check(document: &Document, report: &mut Report<'_>) {
    sealed(document, &document.root, &mut Vec::new(), report);
    for (stretch, kind) in secret::comments(&document.text) {
        let kind = kind.word();
        report.add(stretch.start, "", kind, || {
            (format!("a comment holds {kind}"), HELP)
        });
    }
}

fn sealed<'a>(
    document: &Document,
    node: &'a Node,
    steps: &mut Vec<Step<'a>>,
    report: &mut Report<'_>,
) {
    if let Value::Secret(secret) = &node.value {
        let kind = secret.word();
        let message = format_args!("the value holds {kind}");
        found(document, node.span, (kind, message), steps, report);
    }
    for entry in node.entries() {
        steps.push(Step::key(&entry.key));
        if entry.has_secret_key() {
            let message = format_args!("a key holds a secret");
            found(document, entry.key_span, ("key", message), steps, report);
        }
        sealed(document, &entry.node, steps, report);
        steps.pop();
    }
    for (index, item) in node.items().iter().enumerate() {
        steps.push(Step::Index(index));
        sealed(document, item, steps, report);
        steps.pop();
    }
}

fn found(
    document: &Document,
    span: Span,
    (kind, message): (&str, fmt::Arguments<'_>),
    steps: &[Step<'_>],
    report: &mut Report<'_>,
) {
    let path = fmt::from_fn(|path| path.write_str(&place::find(&document.root, steps).path));
    report.add(span, path, kind, || (message.to_string(), HELP));
}

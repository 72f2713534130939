//! ## What it does
//! Looks for private keys, access tokens and passwords in values and comments. The finding says what
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

use zonecut_diagnostics::{LintSeverity, Span};

use super::rule::{Check, Report, Rule};
use crate::node::{Document, Node};
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
    let mut steps = Vec::new();
    values(document, &document.root, &mut steps, report);
    comments(&document.text, report);
}

fn values(document: &Document, node: &Node, steps: &mut Vec<Step>, report: &mut Report<'_>) {
    if let Some(kind) = node.as_str().and_then(secret::find) {
        found(document, node, kind.word(), steps, report);
    }
    // `{property: password, value: ...}` names the credential in a value of its own.
    let property = node.get("property").and_then(Node::as_str);
    for entry in node.entries() {
        steps.push(Step::Key(entry.key.to_string()));
        let name = match property {
            Some(property) if entry.key == "value" => property,
            _ => &entry.key,
        };
        let text = entry.node.as_str();
        if text.is_some_and(|text| secret::is_named(name, text) && secret::find(text).is_none()) {
            found(document, &entry.node, "a credential", steps, report);
        }
        values(document, &entry.node, steps, report);
        steps.pop();
    }
    for (index, item) in node.items().iter().enumerate() {
        steps.push(Step::Index(index));
        values(document, item, steps, report);
        steps.pop();
    }
}

fn found(document: &Document, node: &Node, kind: &str, steps: &[Step], report: &mut Report<'_>) {
    if report.is_full() {
        report.leave();
        return;
    }
    let path = place::find(&document.root, steps).path;
    report.add(
        node.span,
        path,
        kind,
        format!("the value holds {kind}"),
        HELP,
    );
}

/// What follows a `#` at the beginning of a line or after white space.
fn comments(text: &str, report: &mut Report<'_>) {
    for (index, line) in text.lines().enumerate() {
        let begins = line.char_indices().find(|(at, letter)| {
            let before = line
                .get(..*at)
                .and_then(|before| before.chars().next_back());
            *letter == '#' && before.is_none_or(char::is_whitespace)
        });
        let Some((at, _)) = begins else {
            continue;
        };
        let comment = line.get(at..).unwrap_or_default();
        if let Some(kind) = secret::find(comment) {
            let span = Span {
                line: u32::try_from(index + 1).unwrap_or(u32::MAX),
                column: u32::try_from(line.chars().take_while(|letter| *letter != '#').count() + 1)
                    .unwrap_or(u32::MAX),
            };
            let kind = kind.word();
            report.add(span, "", kind, format!("a comment holds {kind}"), HELP);
        }
    }
}

//! ## What it does
//! Looks at `contractCreatedTs`, `productCreatedTs`, the days of service levels (`endOfSupport`,
//! `endOfLife`, `generalAvailability`) and those on which people came and went (`dateIn`, `dateOut`) for
//! dates that do not exist, and for a leaving before the coming.
//!
//! ## Why it matters
//! Each tool reads `2027-02-30` in its own way: as an error, as the second of March, as nothing. Who
//! answered for the data on a day can then not be told.
//!
//! ## Example
//! ```yaml
//! team:
//!   members:
//!     - {username: ana, dateIn: "2027-02-30"}
//! ```
//!
//! ## How to fix
//! Write a date as in `2027-03-31`, with a time as in `2027-03-31T12:00:00Z`.

use zonecut_diagnostics::LintSeverity;

use super::calendar::is_date_or_time;
use super::nodes::text;
use super::rule::{Check, Report, Rule};
use crate::node::{Document, Node};
use crate::spelling::quoted;

pub(super) static RULE: Rule = Rule {
    name: "date-invalid",
    since: "0.1.0",
    severity: LintSeverity::Error,
    check: Check::Document(check),
};

fn check(document: &Document, report: &mut Report<'_>) {
    let root = &document.root;
    for key in ["contractCreatedTs", "productCreatedTs"] {
        exists(root, key, key, report);
    }
    for level in root
        .get("slaProperties")
        .map(Node::items)
        .unwrap_or_default()
    {
        let named = text(level, "property").map_or("", |(name, _)| name);
        if is_day(named) {
            exists(level, "value", &format!("slaProperties[{named}]"), report);
        }
    }
    let team = root.get("team");
    let members = team.and_then(|team| team.get("members")).or(team);
    for member in members.map(Node::items).unwrap_or_default() {
        let name = text(member, "username").map_or("", |(name, _)| name);
        let path = format!("team[{name}]");
        let came = exists(member, "dateIn", &path, report);
        let left = exists(member, "dateOut", &path, report);
        if let (Some((came, _)), Some((left, node))) = (came, left)
            && left.get(..10) < came.get(..10)
        {
            report.add(node.span, path, left, || {
                (
                    format!("`dateOut` `{left}` is before `dateIn` `{came}`"),
                    "exchange or correct them",
                )
            });
        }
    }
}

/// Whether a service level is a day; `ga` and the like are the short names of ODCS.
fn is_day(property: &str) -> bool {
    let days = [
        "generalAvailability",
        "endOfSupport",
        "endOfLife",
        "ga",
        "es",
        "el",
    ];
    days.iter().any(|day| day.eq_ignore_ascii_case(property))
}

/// The date under `key` if it is one, and a finding if it is not.
fn exists<'a>(
    holder: &'a Node,
    key: &str,
    path: &str,
    report: &mut Report<'_>,
) -> Option<(&'a str, &'a Node)> {
    let (date, node) = text(holder, key)?;
    if is_date_or_time(date) {
        return Some((date, node));
    }
    report.add(node.span, path, key, || {
        (
            format!("`{key}` is `{}`, which is no date", quoted(date)),
            "write a date as in `2027-03-31`, with a time as in `2027-03-31T12:00:00Z`",
        )
    });
    None
}

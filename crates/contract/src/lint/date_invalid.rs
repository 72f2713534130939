//! ## What it does
//! Looks at `contractCreatedTs`, `productCreatedTs`, the days and hours of service levels (`endOfSupport`,
//! `endOfLife`, `generalAvailability`, `timeOfAvailability`) and the days on which people came and went
//! (`dateIn`, `dateOut`) for dates and times that do not exist, for a moment without a time of day, and
//! for a leaving before the coming.
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

use std::fmt::Display;

use zonecut_diagnostics::LintSeverity;

use super::calendar::{is_date, is_date_or_time, is_moment, is_time};
use super::nodes::text;
use super::rule::{Check, Report, Rule};
use super::service_level::of_name;
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
        exists(root, key, key, MOMENT, report);
    }
    for level in root
        .get("slaProperties")
        .map(Node::items)
        .unwrap_or_default()
    {
        let named = text(level, "property").map_or("", |(name, _)| name);
        let path = format_args!("slaProperties[{named}]");
        if is_day(named) {
            exists(level, "value", path, DAY_OR_MOMENT, report);
        } else if of_name(named).is_some_and(|level| level.name == "timeOfAvailability") {
            exists(level, "value", path, HOUR, report);
        }
    }
    let team = root.get("team");
    let members = team.and_then(|team| team.get("members")).or(team);
    for member in members.map(Node::items).unwrap_or_default() {
        let name = text(member, "username").map_or("", |(name, _)| name);
        let path = format_args!("team[{name}]");
        let came = exists(member, "dateIn", path, DAY, report);
        let left = exists(member, "dateOut", path, DAY, report);
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

/// Whether a service level is a day.
fn is_day(property: &str) -> bool {
    let days = ["generalAvailability", "endOfSupport", "endOfLife"];
    of_name(property).is_some_and(|level| days.contains(&level.name))
}

/// What a text is to be: whether it is, what it is called, and how it is written.
type Form = (fn(&str) -> bool, &'static str, &'static str);

const DAY: Form = (is_date, "date", "write a date as in `2027-03-31`");
const MOMENT: Form = (
    is_moment,
    "date with a time and a zone",
    "write it as in `2027-03-31T12:00:00Z`",
);
const DAY_OR_MOMENT: Form = (
    is_date_or_time,
    "date",
    "write a date as in `2027-03-31`, with a time as in `2027-03-31T12:00:00Z`",
);
const HOUR: Form = (
    is_hour,
    "time of day",
    "write a time as in `09:00`, with its zone as in `09:00-03:00`",
);

/// A time of day, or words that are none of our business.
fn is_hour(text: &str) -> bool {
    let is_part = |letter: char| letter.is_ascii_digit() || ":.+-Zz".contains(letter);
    let is_meant = text.contains(':') && text.chars().all(is_part);
    let padded = || match text.split_once(':') {
        Some((hour, rest)) => format!("{hour:0>2}:{rest}"),
        None => text.to_owned(),
    };
    !is_meant || text.starts_with("24:00") || is_time(&padded())
}

/// The date under `key` if it is one, and a finding if it is not.
fn exists<'a>(
    holder: &'a Node,
    key: &str,
    path: impl Display,
    (is_it, what, help): Form,
    report: &mut Report<'_>,
) -> Option<(&'a str, &'a Node)> {
    let (date, node) = text(holder, key)?;
    if is_it(date) {
        return Some((date, node));
    }
    report.add(node.span, path, key, || {
        let message = format!("`{key}` is `{}`, which is no {what}", quoted(date));
        (message, help)
    });
    None
}

//! The Code Quality report of GitLab: a list of issues, shown beside the lines of a merge request.

use std::collections::HashMap;

use serde_json::{Value, json};

use super::item::Item;
use super::{Level, Report};

/// The list as JSON, with a line feed at the end.
#[must_use]
pub fn render(report: Report<'_>) -> String {
    let mut seen = HashMap::new();
    let issues: Vec<Value> = report
        .items()
        .iter()
        .map(|item| issue(item, &unique(&item.fingerprint, &mut seen)))
        .collect();
    format!("{:#}\n", Value::from(issues))
}

fn issue(item: &Item, fingerprint: &str) -> Value {
    json!({
        "description": format!("{}: {}", item.kind, item.lines().join("; ")),
        "check_name": item.rule,
        "fingerprint": fingerprint,
        "severity": match item.level {
            Level::Note => "info",
            Level::Warning => "major",
            Level::Error => "critical",
        },
        "location": {"path": item.at.path, "lines": {"begin": item.at.line}},
    })
}

/// GitLab drops issues whose fingerprint it has seen; ours repeats where two files break one
/// contract alike.
fn unique(fingerprint: &str, seen: &mut HashMap<String, usize>) -> String {
    let times = seen.entry(fingerprint.to_owned()).or_default();
    *times += 1;
    match *times {
        1 => fingerprint.to_owned(),
        times => format!("{fingerprint}-{times}"),
    }
}

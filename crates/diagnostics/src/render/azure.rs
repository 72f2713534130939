//! Logging commands of Azure Pipelines: each finding becomes an issue of the run.
//!
//! An agent obeys `##vso[` anywhere in a line, the first of each line alone.

use std::fmt::Write as _;

use super::{Level, Report};

/// One command for each finding that is more than a note, a line for each note, then the answer.
#[must_use]
pub fn render(report: Report<'_>) -> String {
    let mut out = String::new();
    for item in report.items() {
        let kind = match item.level {
            // Azure knows no lesser issue than a warning.
            Level::Note => {
                let place = format!("{}:{}:{}", item.at.path, item.at.line, item.at.column);
                let text = item.lines().join("; ");
                let note = format!("{place}: {}: {text} [{}]", item.kind, item.rule);
                // Writing into a string does not fail.
                let _ = writeln!(out, "note: {}", inert(&note));
                continue;
            }
            Level::Warning => "warning",
            Level::Error => "error",
        };
        let _ = writeln!(
            out,
            "##vso[task.logissue type={kind};sourcepath={};linenumber={};columnnumber={};code={}]{}",
            property(&item.at.path),
            item.at.line,
            item.at.column,
            property(&item.rule),
            data(&format!("{}: {}", item.kind, item.lines().join("\n")))
        );
    }
    let _ = writeln!(out, "{}", inert(&report.answer().to_string()));
    out
}

/// A line without a command.
fn inert(text: &str) -> String {
    // The first pass leaves every other pair of a longer row.
    text.replace("##", "# #").replace("##", "# #")
}

fn data(text: &str) -> String {
    text.replace('%', "%AZP25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(';', "%3B").replace(']', "%5D")
}

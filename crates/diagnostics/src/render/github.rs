//! Workflow commands of GitHub Actions: each finding becomes an annotation at its line.
//!
//! A runner obeys every line of a step's output that begins with `::`, and the older `##[` anywhere
//! in a line. Values are escaped as the runner's own toolkit does it.

use std::fmt::Write as _;

use super::{Level, Report};

/// One command for each finding, then the answer.
#[must_use]
pub fn render(report: Report<'_>) -> String {
    let mut out = String::new();
    for item in report.items() {
        let command = match item.level {
            Level::Note => "notice",
            Level::Warning => "warning",
            Level::Error => "error",
        };
        let title = format!("{} ({})", item.rule, item.kind);
        // Writing into a string does not fail.
        let _ = writeln!(
            out,
            "::{command} file={},line={},col={},title={}::{}",
            property(&item.at.path),
            item.at.line,
            item.at.column,
            property(&title),
            data(&item.lines().join("\n"))
        );
    }
    // Words of ours come first, so that the line can't begin with a command.
    let answer = report.answer().to_string().replace("##[", "## [");
    let _ = writeln!(out, "{answer}");
    out
}

fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

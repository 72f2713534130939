//! Reports as JSON, the same that REST answers.

use serde::Serialize;

/// Any report or list of facts, indented, with a line feed at the end.
///
/// # Errors
/// When a value can't be JSON, which none of the reports here does.
pub fn render(report: &impl Serialize) -> Result<String, serde_json::Error> {
    let mut text = serde_json::to_string_pretty(report)?;
    text.push('\n');
    Ok(text)
}

//! Text in Markdown that stays text: no markup, no table cell, no tag, no link, nobody mentioned.

use crate::text::plain;

/// Has no width; keeps a name apart from the sign that would mention it.
const APART: char = '\u{200b}';

/// Text with its `values` set as code.
///
/// Where a value holds backticks itself the wrong parts may be set as code; whatever they are, they
/// are escaped alike.
pub(super) fn prose(text: &str) -> String {
    let parts = text.split('`').enumerate();
    let last = text.matches('`').count();
    parts
        .map(|(index, part)| match index % 2 {
            1 if index < last => code(part),
            1 => format!("\\`{}", escape(part)),
            _ => escape(part),
        })
        .collect()
}

/// Text set as code.
pub(super) fn code(text: &str) -> String {
    // Not between backticks, which can't be escaped there.
    format!("<code>{}</code>", escape(text))
}

/// Text inside a block of HTML, where Markdown's own escapes mean nothing.
pub(super) fn html(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in plain(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '@' | '#' => out.extend([c, APART]),
            c => out.push(c),
        }
    }
    out
}

/// `CommonMark` takes every ASCII punctuation character after a backslash as itself. A pipe would still
/// end a table's cell for some readers, and names are looked for after all markup is gone.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    for c in plain(text).chars() {
        match c {
            '|' => out.push_str("&#124;"),
            '@' | '#' => {
                out.extend(['\\', c, APART]);
            }
            c if c.is_ascii_punctuation() => {
                out.extend(['\\', c]);
            }
            c => out.push(c),
        }
    }
    out
}

//! The parser's refusals in our words: what stands there, and what would be right.

use granit_parser::ErrorKind;

use super::{MAX_DEPTH, MAX_KEY};

/// The rule, message and help for what the parser refused.
pub fn describe(kind: &ErrorKind) -> (&'static str, String, &'static str) {
    let syntax = |message: String, help| ("syntax", message, help);
    match kind {
        ErrorKind::RecursionLimitExceeded => too_deep(),
        ErrorKind::UnknownAnchor => (
            "unknown-anchor",
            "an alias names an anchor that no value before it has".to_owned(),
            "write `&name` at the value first, or repeat the value here",
        ),
        ErrorKind::TabInBlockIndentation
        | ErrorKind::TabInIndentation
        | ErrorKind::TabNotAllowed
        | ErrorKind::TabAtBlockScalarStart => {
            syntax("a tab is used to indent".to_owned(), "indent with spaces")
        }
        ErrorKind::UnclosedQuotedScalar => syntax(
            "a quoted text is not closed".to_owned(),
            "close it with the quote it began with",
        ),
        ErrorKind::UnclosedFlowCollection { open } => syntax(
            format!("`{open}` is not closed"),
            "close it before the document ends",
        ),
        ErrorKind::MismatchedFlowCollectionEnd { open, close } => syntax(
            format!("`{open}` is closed by `{close}`"),
            "close each bracket with its own kind",
        ),
        ErrorKind::UnexpectedCharacter { character } => syntax(
            format!("a value cannot begin with `{character}`"),
            "put the value in quotes",
        ),
        ErrorKind::InvalidIndentation => syntax(
            "the indentation fits no open mapping or sequence".to_owned(),
            "align it with its siblings",
        ),
        ErrorKind::MappingValueNotAllowed => syntax(
            "a key or a second `: ` stands where a value goes on".to_owned(),
            "align the key with its siblings, or put the value in quotes",
        ),
        other => {
            let message = other.to_string();
            syntax(
                format!("not well-formed YAML or JSON: {}", lower(&message)),
                "mend the syntax at this place; what follows was not read",
            )
        }
    }
}

/// The finding for nesting past the limit.
pub fn too_deep() -> (&'static str, String, &'static str) {
    (
        "nested-too-deep",
        format!("values are nested deeper than `{MAX_DEPTH}` levels"),
        "flatten the structure; no contract needs this depth",
    )
}

/// The finding for a key past the limit.
pub fn key_too_long(bytes: usize) -> (&'static str, String, &'static str) {
    (
        "key-too-long",
        format!("a key holds at most `{MAX_KEY}` bytes, here `{bytes}`"),
        "make it a value; no key of a contract needs this length",
    )
}

fn lower(message: &str) -> String {
    let mut letters = message.trim_end_matches('.').chars();
    letters
        .next()
        .map(|first| first.to_lowercase().chain(letters).collect())
        .unwrap_or_default()
}

//! `password=…`, `api_key: …`, `"token": "…"`, within connection strings and prose.

use super::name::{Meaning, looks_chosen};

/// The longest name that is looked at before a `=` or `:`.
const LONGEST_NAME: usize = 64;
/// The longest value that is looked at.
const LONGEST_VALUE: usize = 1024;

/// Whether a name of a credential is given a value.
pub(super) fn holds_password(text: &str) -> bool {
    text.match_indices(['=', ':']).any(|(at, sign)| {
        let before = text.get(..at).unwrap_or_default();
        let after = text.get(at + 1..).unwrap_or_default();
        name(before).is_some_and(|name| {
            Meaning::of(name).is_some_and(|meaning| is_given(meaning, sign, before, after))
                || (sign == "=" && is_signature(name, after))
        })
    })
}

/// What makes a URL a key to what it names: shared access signatures and presigned URLs.
fn is_signature(name: &str, after: &str) -> bool {
    const SHORTEST: usize = 20;
    let known_as = ["sig", "x-amz-signature", "x-goog-signature"];
    let named = known_as
        .iter()
        .any(|known| name.eq_ignore_ascii_case(known));
    named && {
        let value = value(after);
        value.len() >= SHORTEST && looks_chosen(value)
    }
}

fn is_given(meaning: Meaning, sign: &str, before: &str, after: &str) -> bool {
    let rest = after.trim_start_matches(['=', '>']);
    let unspaced = rest.trim_start_matches([' ', '\t']);
    let value = value(unspaced);
    // `password: required` and `where token = o.token` are prose and queries.
    let is_tight = sign == "="
        && rest.len() == unspaced.len()
        && !before.ends_with([' ', '\t'])
        && !unspaced.starts_with('(');
    if is_tight || unspaced.starts_with(['"', '\'']) {
        meaning.is_kept_by(value)
    } else {
        looks_chosen(value)
    }
}

/// The name that ends where a sign stands, past a quote and spaces.
fn name(before: &str) -> Option<&str> {
    let start = before.len().saturating_sub(LONGEST_NAME + 4);
    let near = before.get(before.ceil_char_boundary(start)..)?;
    let near = near.trim_end_matches([' ', '\t']);
    let near = near.strip_suffix(['"', '\'', '`']).unwrap_or(near);
    let other = |letter: char| !(letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-'));
    let begin = near.rfind(other).map_or(0, |at| {
        at + near
            .get(at..)
            .and_then(|rest| rest.chars().next())
            .map_or(1, char::len_utf8)
    });
    near.get(begin..).filter(|name| !name.is_empty())
}

/// The value up to its closing quote, else up to what separates it from the next.
fn value(text: &str) -> &str {
    let text = text
        .get(..text.floor_char_boundary(LONGEST_VALUE))
        .unwrap_or_default();
    for quote in ['"', '\'', '`'] {
        if let Some(quoted) = text.strip_prefix(quote) {
            return quoted.split(quote).next().unwrap_or_default();
        }
    }
    // What is to be filled in may hold anything.
    if let Some(end) = text.strip_prefix('<').and_then(|rest| rest.find('>')) {
        let after = text.get(end + 2..).unwrap_or_default();
        if after.starts_with(is_end) || after.is_empty() {
            return text.get(..end + 2).unwrap_or_default();
        }
    }
    text.split(is_end).next().unwrap_or_default()
}

fn is_end(letter: char) -> bool {
    letter.is_whitespace() || matches!(letter, ';' | '&' | ',' | '"' | '\'' | '`')
}

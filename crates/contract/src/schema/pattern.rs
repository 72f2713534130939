//! The patterns of the official schemas, matched without compiling them: documents meet some of them by
//! the thousand.

/// Whether `text` matches `pattern`; none for a pattern that the schemas do not have.
pub(super) fn matches(pattern: &str, text: &str) -> Option<bool> {
    Some(match pattern {
        r"^sftp://.*" => text.starts_with("sftp://"),
        r"^[A-Za-z0-9_-]+$" => is_word(text),
        r"^[^\s.#/\\@!%&^]+$" => is_label(text),
        r"^[A-Za-z_][A-Za-z0-9_]*\.[A-Za-z_][A-Za-z0-9_]*$" => {
            text.split('.').count() == 2 && text.split('.').all(is_identifier)
        }
        r"^[A-Za-z_][A-Za-z0-9_\-]*(\.[A-Za-z_][A-Za-z0-9_\-]*)+$" => {
            let is_part = |part: &str| is_word(part) && part.starts_with(begins_identifier);
            text.contains('.') && text.split('.').all(is_part)
        }
        r"^(?:(?:https?:\/\/)?[A-Za-z0-9._\-\/]+\.yaml#)?\/?[A-Za-z_][A-Za-z0-9_]*\/[A-Za-z0-9_-]+(?:\/[A-Za-z_][A-Za-z0-9_]*\/[A-Za-z0-9_-]+)*$" => {
            is_reference(text, &[".yaml"], is_word)
        }
        r"^(?:(?:https?:\/\/)?[A-Za-z0-9._\-\/]+\.ya?ml#)?\/?[A-Za-z_][A-Za-z0-9_]*\/[^\s.#/\\@!%&^]+(?:\/[A-Za-z_][A-Za-z0-9_]*\/[^\s.#/\\@!%&^]+)*$" => {
            is_reference(text, &[".yaml", ".yml"], is_label)
        }
        _ => return None,
    })
}

fn is_word(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
}

fn is_label(text: &str) -> bool {
    let separates = |letter: char| {
        letter.is_whitespace()
            || matches!(letter, '.' | '#' | '/' | '\\' | '@' | '!' | '%' | '&' | '^')
    };
    !text.is_empty() && !text.contains(separates)
}

fn begins_identifier(letter: char) -> bool {
    letter.is_ascii_alphabetic() || letter == '_'
}

fn is_identifier(text: &str) -> bool {
    text.starts_with(begins_identifier)
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// `https://example.org/a.yaml#/schema/queries/properties/qname`: a file and a `#`, where given, then
/// pairs of a section and what is called so in it.
fn is_reference(text: &str, endings: &[&str], is_name: fn(&str) -> bool) -> bool {
    let (file, path) = match text.split_once('#') {
        Some((file, path)) => (Some(file), path),
        None => (None, text),
    };
    let path = path.strip_prefix('/').unwrap_or(path);
    let mut parts = path.split('/');
    let mut pairs = 0;
    while let Some(section) = parts.next() {
        if !is_identifier(section) || !parts.next().is_some_and(is_name) {
            return false;
        }
        pairs += 1;
    }
    pairs > 0 && file.is_none_or(|file| is_file(file, endings))
}

fn is_file(text: &str, endings: &[&str]) -> bool {
    let schemes = ["http://", "https://"];
    let stripped = schemes.iter().find_map(|scheme| text.strip_prefix(scheme));
    let name = endings
        .iter()
        .find_map(|ending| stripped.unwrap_or(text).strip_suffix(ending));
    name.is_some_and(|name| {
        !name.is_empty()
            && name.bytes().all(|byte| {
                byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-' | b'/')
            })
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;
    use serde_json::{Value as Json, json};

    use super::*;
    use crate::schema::{CONTRACTS, PRODUCTS};

    fn patterns<'a>(schema: &'a Json, found: &mut BTreeSet<&'a str>) {
        match schema {
            Json::Object(members) => {
                found.extend(members.get("pattern").and_then(Json::as_str));
                members.values().for_each(|inner| patterns(inner, found));
            }
            Json::Array(items) => items.iter().for_each(|inner| patterns(inner, found)),
            _ => {}
        }
    }

    fn all() -> BTreeSet<&'static str> {
        let mut found = BTreeSet::new();
        for edition in CONTRACTS.iter().chain(&PRODUCTS) {
            patterns(&edition.schema, &mut found);
        }
        found
    }

    fn agree(text: &str) {
        for pattern in all() {
            let ours = matches(pattern, text);
            let validator = jsonschema::validator_for(&json!({ "pattern": pattern })).unwrap();
            assert_eq!(
                ours,
                Some(validator.is_valid(&json!(text))),
                "{pattern} on {text:?}"
            );
        }
    }

    #[test]
    fn every_pattern_of_the_schemas_is_known() {
        assert!(all().len() >= 6);
        for text in [
            "",
            "a",
            "a-b",
            "é",
            "a.b",
            "a.b.c",
            "a-b.c",
            "1a.b",
            "sftp://h",
            "sftp:/h",
            "a b",
            "schema/q",
            "/schema/q",
            "/schema/q/properties/c-d",
            "schema/q/properties",
            "a.yaml#/schema/q",
            "a.yml#schema/q",
            "https://h/a.yaml#/schema/q",
            "ftp://h/a.yaml#/schema/q",
            ".yaml#/s/q",
            "https://.yaml#/s/q",
            "http:/a.yaml#/s/q",
            "#/s/q",
            "a.yaml#",
            "/",
            "a/é",
            "a//b",
            "a/b\n",
        ] {
            agree(text);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]

        #[test]
        fn they_match_as_their_text_says(text in "(https?://|sftp://)?([a-z0-9_.é-]{0,3}[/.#]?){0,5}(\\.ya?ml#)?/?([A-z_0-9é-]{1,3}/){0,4}[a-z]?[\n ]?") {
            agree(&text);
        }
    }
}

//! What stands where a credential would, and only says where it is to be found.

/// Words that nobody takes for a credential.
const WORDS: [&str; 14] = [
    "changeme",
    "change-me",
    "change_me",
    "example",
    "false",
    "hidden",
    "none",
    "null",
    "optional",
    "placeholder",
    "redacted",
    "required",
    "true",
    "undefined",
];

/// Beginnings of references to where credentials are kept.
const REFERENCES: [&str; 7] = ["env:", "vault:", "file:", "arn:", "secret:", "op:", "ref+"];

/// What opens and closes something to be filled in.
const BRACKETS: [(&str, &str); 6] = [
    ("${{", "}}"),
    ("${", "}"),
    ("{{", "}}"),
    ("$(", ")"),
    ("<", ">"),
    ("%", "%"),
];

/// Whether `value`, as a whole, only says where the credential is to be found. A password that merely
/// has `<` or `***` in it does not.
#[must_use]
pub fn is_placeholder(value: &str) -> bool {
    // Nobody refers to anything by so much text.
    const LONGEST: usize = 1024;
    let value = value.trim();
    if value.len() > LONGEST {
        return false;
    }
    value.is_empty()
        || value
            .chars()
            .all(|letter| matches!(letter, 'x' | 'X' | '*' | '.' | '…' | '•' | '?' | '-' | '_'))
        || is_word(value)
        || is_variable(value)
        || is_reference(value)
        || is_to_fill_in(value)
}

fn is_word(value: &str) -> bool {
    let lower = value.to_ascii_lowercase();
    WORDS.contains(&lower.as_str()) || lower.starts_with("your_") || lower.starts_with("your-")
}

/// `$DB_PASSWORD`
fn is_variable(value: &str) -> bool {
    value.strip_prefix('$').is_some_and(|name| {
        let mut bytes = name.bytes();
        bytes
            .next()
            .is_some_and(|byte| byte.is_ascii_uppercase() || byte == b'_')
            && bytes.all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_')
    })
}

/// `vault:kv/resolvers#password`, `op://vault/item/field`
fn is_reference(value: &str) -> bool {
    REFERENCES.iter().any(|scheme| value.starts_with(scheme))
        || value.split_once("://").is_some_and(|(scheme, rest)| {
            let named = !scheme.is_empty() && scheme.bytes().all(|byte| byte.is_ascii_lowercase());
            named && !rest.contains('@')
        })
}

/// `<password>`, `${USER}-${PASSWORD}`: nothing but what is to be filled in, and what joins it.
fn is_to_fill_in(value: &str) -> bool {
    let mut rest = value;
    while !rest.is_empty() {
        let Some(after) = BRACKETS.iter().find_map(|(open, close)| {
            let (inside, after) = rest.strip_prefix(open)?.split_once(close)?;
            (!inside.is_empty()).then_some(after)
        }) else {
            return false;
        };
        rest = after.trim_start_matches(['-', '_', ':', '.', '/', ' ']);
    }
    true
}

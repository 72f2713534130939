//! Names whose value is a credential.

use super::is_placeholder;

/// How surely a name is one of a credential.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    /// `password`, `api_key`: whatever its value looks like.
    Sure,
    /// `token`, `secret`: these are also columns, page marks and adjectives, so that the value must look
    /// like one.
    Likely,
}

/// Endings of names in lower case without separators.
const SURE: [&str; 17] = [
    "password",
    "passwd",
    "passphrase",
    "pwd",
    "apikey",
    "accesskey",
    "accountkey",
    "secretkey",
    "secretaccesskey",
    "sharedaccesskey",
    "signingkey",
    "privatekey",
    "clientsecret",
    "accesstoken",
    "authtoken",
    "bearertoken",
    "refreshtoken",
];

const LIKELY: [&str; 2] = ["token", "secret"];

/// The longest name looked at.
const LONGEST: usize = 64;

/// Whether a value under a key of that name is a credential whatever it looks like.
#[must_use]
pub fn names_credential(key: &str) -> bool {
    Meaning::of(key) == Some(Meaning::Sure)
}

impl Meaning {
    pub(super) fn of(key: &str) -> Option<Self> {
        if key.len() > LONGEST || !has_ending(key) {
            return None;
        }
        let plain: String = key
            .chars()
            .filter(|letter| !matches!(letter, '_' | '-' | '.' | ' '))
            .map(|letter| letter.to_ascii_lowercase())
            .collect();
        let ends = |endings: &[&str]| endings.iter().any(|ending| plain.ends_with(ending));
        if ends(&SURE) {
            Some(Self::Sure)
        } else {
            ends(&LIKELY).then_some(Self::Likely)
        }
    }

    /// Whether a value that a text assigns to the name, or that stands under it, is a credential.
    pub(super) fn is_kept_by(self, value: &str) -> bool {
        match self {
            Self::Sure => value.len() >= 4 && !is_placeholder(value),
            Self::Likely => looks_chosen(value),
        }
    }
}

/// All the endings share few last letters; most names have none of them.
fn has_ending(key: &str) -> bool {
    let last = key.bytes().next_back();
    last.is_some_and(|byte| matches!(byte.to_ascii_lowercase(), b'd' | b'e' | b'y' | b't' | b'n'))
}

/// Whether somebody, or a program, made it up to be a secret: no word, no name, no number.
pub(super) fn looks_chosen(value: &str) -> bool {
    const SHORTEST: usize = 8;
    let letters = value.bytes().any(|byte| byte.is_ascii_alphabetic());
    let digits = value.bytes().any(|byte| byte.is_ascii_digit());
    let is_path = value.bytes().all(|byte| {
        byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'(' | b')' | b'/')
    }) && value.contains(['.', '(', '/']);
    value.len() >= SHORTEST && letters && digits && !is_path && !is_placeholder(value)
}

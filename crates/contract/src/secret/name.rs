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

const LIKELY: [&str; 6] = [
    "token",
    "secret",
    "credential",
    "tsigkey",
    "hmackey",
    "encryptionkey",
];

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
        // Of several: a list under `passwords` is one of passwords.
        let plain = plain.strip_suffix('s').unwrap_or(&plain);
        let ends = |endings: &[&str]| endings.iter().any(|ending| plain.ends_with(ending));
        if ends(&SURE) || is_pass(key) {
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
    const LAST: [&[u8]; 8] = [
        b"ord", b"swd", b"pwd", b"ase", b"key", b"ret", b"ken", b"ial",
    ];
    let key = key.strip_suffix(['s', 'S']).unwrap_or(key).as_bytes();
    let last = key.len().checked_sub(3).and_then(|at| key.get(at..));
    // `pass`, whose last letter was taken for that of a plural.
    last.is_some_and(|last| {
        last.eq_ignore_ascii_case(b"pas") || LAST.iter().any(|end| last.eq_ignore_ascii_case(end))
    })
}

/// `pass`, `db_pass`, `dbPass`: as a word of its own, unlike `compass` and `bypass`.
fn is_pass(key: &str) -> bool {
    ["pass", "Pass", "PASS"].iter().any(|word| {
        key.strip_suffix(word).is_some_and(|before| {
            let last = before.chars().next_back();
            match last {
                None => true,
                Some(last) => !last.is_alphanumeric() || (*word == "Pass" && last.is_lowercase()),
            }
        })
    })
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

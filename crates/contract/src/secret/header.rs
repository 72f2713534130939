//! Credentials after the name of their scheme: `Basic …`, `Bearer …` (RFC 7617, RFC 6750), and TSIG keys
//! as DNS tools take them: `hmac-sha256:name:secret`, `secret "…"` (RFC 8945).

use super::is_placeholder;

/// The longest credential looked at.
const LONGEST: usize = 1024;

/// Whether what follows the name of a scheme is a credential.
type Holds = fn(&str) -> bool;

/// Names of schemes.
const SCHEMES: [(&str, Holds); 4] = [
    ("basic ", |rest| is_basic(solid(rest))),
    ("bearer ", |rest| is_bearer(solid(rest))),
    ("hmac-", is_tsig),
    ("secret ", is_quoted_key),
];

/// Whether a scheme of HTTP authentication, or of TSIG, is followed by a credential.
pub(super) fn holds_credential(text: &str) -> bool {
    let mut before = ' ';
    text.char_indices().any(|(at, letter)| {
        let begins =
            !before.is_alphanumeric() && matches!(letter, 'b' | 'B' | 'h' | 'H' | 's' | 'S');
        before = letter;
        begins && text.get(at..).is_some_and(begins_with_one)
    })
}

/// Whether a scheme, in any case, and a credential are what `text` begins with.
fn begins_with_one(text: &str) -> bool {
    SCHEMES.iter().any(|(scheme, holds)| {
        let head = text.get(..scheme.len());
        head.is_some_and(|head| head.eq_ignore_ascii_case(scheme))
            && text.get(scheme.len()..).is_some_and(holds)
    })
}

/// The letters of base64 in either alphabet, and of tokens, that a text begins with.
fn solid(text: &str) -> &str {
    let text = text.trim_start_matches(' ');
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~+/=".contains(&byte);
    let bytes = text.bytes().take(LONGEST);
    let length = bytes.take_while(|byte| is_part(*byte)).count();
    text.get(..length).unwrap_or_default()
}

/// `user:password` in base64.
fn is_basic(text: &str) -> bool {
    let Some(plain) = decoded(text) else {
        return false;
    };
    let is_text = plain.iter().all(|byte| !byte.is_ascii_control());
    let colon = plain.iter().position(|byte| *byte == b':');
    is_text && colon.is_some_and(|at| at + 1 < plain.len())
}

/// Long, and of letters and digits both: no word of prose.
fn is_bearer(text: &str) -> bool {
    const SHORTEST: usize = 16;
    text.len() >= SHORTEST && is_random(text) && !is_placeholder(text)
}

/// What follows `hmac-`: `sha256:name:secret`.
fn is_tsig(rest: &str) -> bool {
    let mut parts = rest.splitn(3, ':');
    let algorithm = parts.next().unwrap_or_default();
    let name = parts.next().unwrap_or_default();
    let known = ["md5", "sha1", "sha224", "sha256", "sha384", "sha512"];
    known.iter().any(|known| algorithm.starts_with(known))
        && algorithm.len() <= 32
        && !name.is_empty()
        && !name.contains(char::is_whitespace)
        && parts.next().is_some_and(|secret| is_key(solid(secret)))
}

/// What follows `secret` in the configuration of name servers: `"…";`.
fn is_quoted_key(rest: &str) -> bool {
    let quoted = rest.trim_start().strip_prefix('"');
    let secret = quoted.and_then(|rest| rest.split_once('"'));
    secret.is_some_and(|(secret, _)| secret == solid(secret) && is_key(secret))
}

/// At least eight octets in base64.
fn is_key(text: &str) -> bool {
    const LEAST: usize = 8;
    decoded(text).is_some_and(|octets| octets.len() >= LEAST) && is_random(text)
}

/// Digits and letters, or letters in both cases: nothing that is written for reading.
pub(super) fn is_random(text: &str) -> bool {
    let has = |kind: fn(&u8) -> bool| text.as_bytes().iter().any(kind);
    let letters = has(u8::is_ascii_alphabetic);
    let cases = has(u8::is_ascii_lowercase) && has(u8::is_ascii_uppercase);
    (letters && has(u8::is_ascii_digit)) || cases
}

/// Base64 with its padding (RFC 4648, section 4).
fn decoded(text: &str) -> Option<Vec<u8>> {
    let body = text.trim_end_matches('=');
    if text.len() < 8 || !text.len().is_multiple_of(4) || text.len() - body.len() > 2 {
        return None;
    }
    let mut octets = Vec::with_capacity(body.len());
    let (mut bits, mut held) = (0_u32, 0_u32);
    for byte in body.bytes() {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        bits = (bits << 6) | u32::from(value);
        held += 6;
        if held >= 8 {
            held -= 8;
            octets.push(u8::try_from((bits >> held) & 0xff).unwrap_or_default());
        }
    }
    Some(octets)
}

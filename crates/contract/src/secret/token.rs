//! Tokens of a form that their issuers made recognisable.

use std::collections::HashSet;

use super::Secret;
use super::header::is_random;

/// Fewer characters without a gap are no token: the shortest of [`TOKENS`] has 20 of them, a web token 17.
pub(super) const SHORTEST: usize = 17;

/// Prefixes that issuers give their tokens, and the fewest characters that follow.
const TOKENS: [(&str, usize); 38] = [
    ("AGE-SECRET-KEY-1", 50),
    ("AKIA", 16),
    ("ASIA", 16),
    ("AIza", 35),
    ("ATATT3", 30),
    ("PMAK-", 30),
    ("SG.", 30),
    ("dapi", 32),
    ("dckr_pat_", 20),
    ("dop_v1_", 32),
    ("gho_", 30),
    ("ghp_", 30),
    ("ghr_", 30),
    ("ghs_", 30),
    ("ghu_", 30),
    ("github_pat_", 22),
    ("gldt-", 20),
    ("glft-", 20),
    ("glpat-", 20),
    ("glptt-", 20),
    ("glrt-", 20),
    ("hf_", 30),
    ("hvb.", 24),
    ("hvs.", 24),
    ("npm_", 30),
    ("pypi-", 40),
    ("rk_live_", 16),
    ("shpat_", 30),
    ("sk-", 32),
    ("sk_live_", 16),
    ("xapp-", 20),
    ("xoxa-", 20),
    ("xoxb-", 20),
    ("xoxp-", 20),
    ("xoxr-", 20),
    ("xoxs-", 20),
    ("ya29.", 30),
    ("zc_", 20),
];

/// The token that `text` holds, if one is recognised.
pub(super) fn find(text: &str) -> Option<Secret> {
    let mut before = b' ';
    text.bytes()
        .enumerate()
        .find_map(|(at, byte)| {
            let begins = !is_word(before) && is_word(byte);
            before = byte;
            if !begins {
                return None;
            }
            let rest = text.get(at..)?;
            if rest.starts_with("eyJ") {
                return is_web_token(rest).then_some(Secret::WebToken);
            }
            is_issued(rest, byte).then_some(Secret::Token)
        })
        .or_else(|| holds_access_key(text).then_some(Secret::Token))
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

fn is_solid(byte: u8) -> bool {
    is_word(byte) || byte == b'-'
}

/// How many characters of base64url a text begins with.
fn solid(text: &str) -> usize {
    const ENOUGH: usize = 64;
    text.bytes()
        .take(ENOUGH)
        .take_while(|byte| is_solid(*byte))
        .count()
}

fn is_issued(text: &str, first: u8) -> bool {
    TOKENS.iter().any(|(prefix, least)| {
        prefix.as_bytes().first() == Some(&first)
            && text.strip_prefix(prefix).is_some_and(|rest| {
                let length = solid(rest);
                let body = rest.get(..length).unwrap_or_default();
                // The key of Amazon's own documentation says of itself what it is.
                length >= *least && is_random(body) && !body.ends_with("EXAMPLE")
            })
    })
}

/// Whether a secret access key of Amazon stands alone: forty characters of base64 that are too various
/// for a path or a name, and no digest in hexadecimal.
fn holds_access_key(text: &str) -> bool {
    const LENGTH: usize = 40;
    const VARIOUS: usize = 22;
    let is_part =
        |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '+' | '/' | '=');
    let mut words = text.split(|letter| !is_part(letter));
    text.len() >= LENGTH
        && words.any(|word| {
            let count =
                |kind: fn(&u8) -> bool| word.as_bytes().iter().filter(|it| kind(it)).count();
            let kinds: HashSet<u8> = word.bytes().filter(|_| word.len() == LENGTH).collect();
            kinds.len() >= VARIOUS
                && !word.contains('=')
                && !word.ends_with("EXAMPLEKEY")
                && count(u8::is_ascii_digit) >= 2
                && count(u8::is_ascii_uppercase) >= 5
                && count(u8::is_ascii_lowercase) >= 5
        })
}

/// A header and claims, both JSON objects in base64url; a signature may follow (RFC 7519, section 3).
fn is_web_token(text: &str) -> bool {
    const LEAST: usize = 8;
    const LONGEST_HEADER: usize = 1024;
    let header = text
        .bytes()
        .take(LONGEST_HEADER)
        .take_while(|byte| is_solid(*byte))
        .count();
    let claims = text.get(header..).and_then(|rest| rest.strip_prefix('.'));
    header >= LEAST
        && claims.is_some_and(|claims| claims.starts_with("eyJ") && solid(claims) >= LEAST)
}

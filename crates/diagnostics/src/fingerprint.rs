//! The identity of a finding across runs.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// Sixteen hexadecimal characters that name a finding across runs: a waiver quotes it.
///
/// Covers what the finding is about, never where it stands: lines, files and versions are left
/// out, so that a waiver survives reformatting and rebasing.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(transparent)]
pub struct Fingerprint(String);

impl Fingerprint {
    /// Fingerprint of the given parts, in order. Parts are length-prefixed, so `["ab", "c"]` and
    /// `["a", "bc"]` differ.
    #[must_use]
    pub fn of(parts: &[&str]) -> Self {
        let mut hasher = Sha256::new();
        for part in parts {
            hasher.update((part.len() as u64).to_be_bytes());
            hasher.update(part.as_bytes());
        }
        let mut text = hex::encode(hasher.finalize());
        text.truncate(16);
        Self(text)
    }

    /// The fingerprint that a person copied; nothing where `text` is none.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let is_digit = |octet| matches!(octet, b'0'..=b'9' | b'a'..=b'f');
        (text.len() == 16 && text.bytes().all(is_digit)).then(|| Self(text.to_owned()))
    }

    /// The sixteen characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

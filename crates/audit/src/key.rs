//! Ed25519 keys (RFC 8032): the one that signs checkpoints, as a PEM file, and the public one that
//! auditors keep, as the verifier key of a signed note (C2SP signed-note). Randomness comes from the
//! caller.

use std::fmt;
use std::str::FromStr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ring::signature::{ED25519, Ed25519KeyPair, KeyPair as _, UnparsedPublicKey};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The name that our keys carry in notes.
const NAME: &str = "zonecut-audit";

/// The number of Ed25519 in notes.
const ED25519_IN_NOTES: u8 = 1;

/// PKCS #8 (RFC 8410) of an Ed25519 key, up to the 32 bytes of the key itself.
const PKCS8: [u8; 16] = [
    0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20,
];
const PEM_BEGIN: &str = "-----BEGIN PRIVATE KEY-----";
const PEM_END: &str = "-----END PRIVATE KEY-----";

/// The first four bytes of the SHA-256 of a key's name, a line feed, 0x01 and the public key; eight
/// hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct KeyId(pub(crate) [u8; 4]);

/// The private key. It does not print.
pub struct SigningKey(Ed25519KeyPair);

/// The public key, written as `NAME+ID+KEY`: the base64 of 0x01 and its 32 bytes last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct VerifyingKey {
    name: String,
    id: KeyId,
    bytes: [u8; 32],
}

/// The text is no private key that can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "not an Ed25519 private key as PKCS #8 in PEM, as `openssl genpkey -algorithm ed25519` makes"
)]
pub struct NotASigningKey;

/// The text is no public key.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a verifier key: write `NAME+ID+KEY`, as `GET /v1/audit/keys` gives it")]
pub struct ParseKeyError(String);

impl SigningKey {
    /// The key of these 32 bytes, which are as secret as it is.
    ///
    /// # Errors
    /// Never, for bytes of that length; the signature is that of the library beneath.
    pub fn from_seed(seed: &[u8; 32]) -> Result<Self, NotASigningKey> {
        let pair = Ed25519KeyPair::from_seed_unchecked(seed);
        pair.map(Self).map_err(|_| NotASigningKey)
    }

    /// The key in a PEM file.
    ///
    /// # Errors
    /// When the text is no such key.
    pub fn from_pem(text: &str) -> Result<Self, NotASigningKey> {
        let body = text.trim().strip_prefix(PEM_BEGIN);
        let body = body.and_then(|rest| rest.strip_suffix(PEM_END));
        let body: String = body.ok_or(NotASigningKey)?.split_whitespace().collect();
        let document = STANDARD.decode(body).map_err(|_| NotASigningKey)?;
        let pair = Ed25519KeyPair::from_pkcs8_maybe_unchecked(&document);
        pair.map(Self).map_err(|_| NotASigningKey)
    }

    /// The PEM file of the key of these 32 bytes.
    #[must_use]
    pub fn pem_of(seed: &[u8; 32]) -> String {
        let document = STANDARD.encode([PKCS8.as_slice(), seed].concat());
        format!("{PEM_BEGIN}\n{document}\n{PEM_END}\n")
    }

    /// The key that verifies what this one signs.
    #[must_use]
    pub fn verifying_key(&self) -> VerifyingKey {
        let mut bytes = [0; 32];
        bytes.copy_from_slice(self.0.public_key().as_ref());
        VerifyingKey::new(NAME.to_owned(), bytes)
    }

    /// The signature of `text`, 64 bytes.
    #[must_use]
    pub fn sign(&self, text: &[u8]) -> Vec<u8> {
        self.0.sign(text).as_ref().to_vec()
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SigningKey({})", self.verifying_key())
    }
}

impl VerifyingKey {
    fn new(name: String, bytes: [u8; 32]) -> Self {
        let mut digest = Sha256::new();
        digest.update(name.as_bytes());
        digest.update([b'\n', ED25519_IN_NOTES]);
        digest.update(bytes);
        let digest = <[u8; 32]>::from(digest.finalize());
        let [a, b, c, d, ..] = digest;
        let id = KeyId([a, b, c, d]);
        Self { name, id, bytes }
    }

    /// Its name, as signatures carry it.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its id, as signatures carry it.
    #[must_use]
    pub fn id(&self) -> KeyId {
        self.id
    }

    /// The key itself (RFC 8032).
    #[must_use]
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.bytes
    }

    /// Whether `signature` is this key's of `text`.
    #[must_use]
    pub fn verifies(&self, text: &[u8], signature: &[u8]) -> bool {
        let key = UnparsedPublicKey::new(&ED25519, self.bytes);
        key.verify(text, signature).is_ok()
    }
}

impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl fmt::Display for VerifyingKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let key = [&[ED25519_IN_NOTES], self.bytes.as_slice()].concat();
        write!(f, "{}+{}+{}", self.name, self.id, STANDARD.encode(key))
    }
}

impl FromStr for VerifyingKey {
    type Err = ParseKeyError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let read = || {
            // Base64 may hold a plus sign too; a name may not.
            let (name, rest) = text.split_once('+')?;
            let (id, key) = rest.split_once('+')?;
            let key = STANDARD.decode(key).ok()?;
            let (ED25519_IN_NOTES, key) = key.split_first().map(|(kind, key)| (*kind, key))? else {
                return None;
            };
            let read = Self::new(name.to_owned(), key.try_into().ok()?);
            (!name.is_empty() && read.id.to_string() == id).then_some(read)
        };
        read().ok_or_else(|| ParseKeyError(text.to_owned()))
    }
}

impl From<VerifyingKey> for String {
    fn from(key: VerifyingKey) -> Self {
        key.to_string()
    }
}

impl TryFrom<String> for VerifyingKey {
    type Error = ParseKeyError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

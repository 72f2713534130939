//! Checkpoints: what the log was at one moment, signed (C2SP tlog-checkpoint in a signed-note).

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, SecondsFormat, SubsecRound, Utc};

use crate::{Hash, KeyId, SigningKey, VerifyingKey};

/// What begins the name of every log.
const ORIGIN: &str = "zonecut/audit/";

/// How much of the first entry's hash names the log.
const ORIGIN_DIGITS: usize = 16;

/// What stands before each signature.
const DASH: &str = "\u{2014} ";

/// What the log was at one moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// Which log: [`Checkpoint::origin_of`] its first entry.
    pub origin: String,
    /// How many entries it had.
    pub size: u64,
    /// The root of the tree over them.
    pub root: Hash,
    /// When; kept to the microsecond.
    pub at: DateTime<Utc>,
}

/// The text is no signed checkpoint, or nobody known signed it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotSigned {
    /// It does not have the form.
    #[error("not a signed checkpoint: {0}")]
    Malformed(&'static str),
    /// None of the keys is the one that signed it.
    #[error(
        "the checkpoint of `{size}` entries is signed by none of the keys given, but by `{by}`"
    )]
    Unknown {
        /// The size that it states.
        size: u64,
        /// The keys that its signatures name.
        by: String,
    },
    /// A known key is named, and the signature is not its own.
    #[error(
        "the checkpoint of `{size}` entries was changed: the signature of key `{key}` is not of it"
    )]
    Forged {
        /// The size that it states.
        size: u64,
        /// The key named.
        key: String,
    },
}

impl Checkpoint {
    /// The name of the log whose first entry has that hash.
    #[must_use]
    pub fn origin_of(first: Hash) -> String {
        let digits: String = first.to_string().chars().take(ORIGIN_DIGITS).collect();
        format!("{ORIGIN}{digits}")
    }

    /// The text that is signed: origin, size, root in base64 and the time, a line each.
    #[must_use]
    pub fn text(&self) -> String {
        let Self { origin, size, .. } = self;
        let root = STANDARD.encode(self.root.as_bytes());
        let at = self.at.trunc_subsecs(6);
        let at = at.to_rfc3339_opts(SecondsFormat::Micros, true);
        format!("{origin}\n{size}\n{root}\ntime {at}\n")
    }

    /// The signed note: the text, an empty line, and the line of the signature.
    #[must_use]
    pub fn sign(&self, key: &SigningKey) -> String {
        let mut note = self.text();
        let verifying = key.verifying_key();
        let mut signature = verifying.id().0.to_vec();
        signature.extend(key.sign(note.as_bytes()));
        let (name, signature) = (verifying.name(), STANDARD.encode(signature));
        // Writing to a string does not fail.
        let _ = writeln!(note, "\n{DASH}{name} {signature}");
        note
    }

    /// Reads a signed note, and checks that one of `keys` signed it. Signatures of other keys, such
    /// as of witnesses, are passed over.
    ///
    /// # Errors
    /// When it is no note, or no signature of a known key is of its text.
    pub fn open(note: &str, keys: &[VerifyingKey]) -> Result<(Self, KeyId), NotSigned> {
        let (text, signatures) = note
            .split_once("\n\n")
            .ok_or(NotSigned::Malformed("it has no signature"))?;
        let text = format!("{text}\n");
        let checkpoint = Self::read(&text)?;
        let signatures = signatures
            .strip_suffix('\n')
            .ok_or(NotSigned::Malformed("its last line has no end"))?;
        let signatures: Result<Vec<_>, _> = signatures.split('\n').map(Signature::read).collect();
        let signatures = signatures?;
        let size = checkpoint.size;
        for signature in &signatures {
            let named =
                |key: &&VerifyingKey| key.name() == signature.name && key.id() == signature.id;
            let Some(key) = keys.iter().find(named) else {
                continue;
            };
            if !key.verifies(text.as_bytes(), &signature.bytes) {
                let key = signature.id.to_string();
                return Err(NotSigned::Forged { size, key });
            }
            return Ok((checkpoint, signature.id));
        }
        let by: Vec<_> = signatures.iter().map(|it| it.id.to_string()).collect();
        let by = by.join("`, `");
        Err(NotSigned::Unknown { size, by })
    }

    fn read(text: &str) -> Result<Self, NotSigned> {
        let malformed = NotSigned::Malformed("it is not origin, size, root and time, a line each");
        let read = || {
            let mut lines = text.lines();
            let origin = lines.next()?.to_owned();
            let size = lines.next()?.parse().ok()?;
            let root = STANDARD.decode(lines.next()?).ok()?;
            let root = Hash::from(<[u8; 32]>::try_from(root).ok()?);
            let at = lines.next()?.strip_prefix("time ")?.parse().ok()?;
            let read = Self {
                origin,
                size,
                root,
                at,
            };
            // One spelling only.
            (read.text() == text).then_some(read)
        };
        read().ok_or(malformed)
    }
}

struct Signature {
    name: String,
    id: KeyId,
    bytes: Vec<u8>,
}

impl Signature {
    fn read(line: &str) -> Result<Self, NotSigned> {
        let read = || {
            let (name, signature) = line.strip_prefix(DASH)?.split_once(' ')?;
            let decoded = STANDARD.decode(signature).ok()?;
            let (id, bytes) = decoded.split_first_chunk::<4>()?;
            let (name, bytes, id) = (name.to_owned(), bytes.to_vec(), KeyId(*id));
            Some(Self { name, id, bytes })
        };
        read().ok_or(NotSigned::Malformed("a line of its signatures is none"))
    }
}

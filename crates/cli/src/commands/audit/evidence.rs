//! What a log is held against: keys that an auditor kept, checkpoints and proofs, from their files.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde::de::DeserializeOwned;
use zonecut_audit::{
    Checkpoint, Entry, Hash, NotSigned, Unproven, VerifyingKey, leaf_hash, verify_consistency,
    verify_inclusion,
};

use crate::exit::Failure;

/// Checkpoints whose signatures hold.
#[derive(Debug, Default)]
pub struct Evidence {
    /// Those of the file of checkpoints and of the proofs.
    pub checkpoints: Vec<Checkpoint>,
    /// How many proofs hold.
    pub proofs: usize,
}

/// Something in a file does not hold.
#[derive(Debug)]
pub struct Flaw {
    /// The file.
    pub file: String,
    /// The line in it; none where it is one thing.
    pub line: Option<u64>,
    /// What is wrong.
    pub reason: String,
}

/// `GET /v1/audit/keys`, of which only the keys count.
#[derive(Deserialize)]
struct Keys {
    items: Vec<Key>,
}

#[derive(Deserialize)]
struct Key {
    key: VerifyingKey,
}

/// A checkpoint as the service gives it, of which only what is signed counts.
#[derive(Deserialize)]
struct Note {
    note: String,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Proof {
    Inclusion {
        seq: u64,
        line: String,
        path: Vec<Hash>,
        checkpoint: Note,
    },
    Consistency {
        from: Note,
        to: Note,
        path: Vec<Hash>,
    },
}

/// Why a proof does not hold.
#[derive(Debug, thiserror::Error)]
enum NoProof {
    #[error(transparent)]
    NotSigned(#[from] NotSigned),
    #[error(transparent)]
    Unproven(#[from] Unproven),
    #[error("its line is not entry `{0}`")]
    OtherEntry(u64),
}

impl Evidence {
    /// Reads the files; the inner error is what does not hold.
    pub fn read(
        keys: Option<&Path>,
        checkpoints: Option<&Path>,
        proofs: &[PathBuf],
    ) -> Result<Result<Self, Flaw>, Failure> {
        let mut evidence = Self::default();
        let Some(keys) = keys else {
            return Ok(Ok(evidence));
        };
        let keys: Keys = parse(keys, &text(keys)?)?;
        let keys: Vec<_> = keys.items.into_iter().map(|item| item.key).collect();
        if let Some(path) = checkpoints {
            for (line, note) in (1..).zip(text(path)?.lines()) {
                let note: Note = parse(path, note)?;
                match Checkpoint::open(&note.note, &keys) {
                    Ok((checkpoint, _)) => evidence.checkpoints.push(checkpoint),
                    Err(error) => return Ok(Err(Flaw::at(path, Some(line), &error))),
                }
            }
        }
        for path in proofs {
            let proof: Proof = parse(path, &text(path)?)?;
            match proof.check(&keys) {
                Ok(checkpoints) => evidence.checkpoints.extend(checkpoints),
                Err(error) => return Ok(Err(Flaw::at(path, None, &error))),
            }
            evidence.proofs += 1;
        }
        Ok(Ok(evidence))
    }
}

impl Flaw {
    fn at(path: &Path, line: Option<u64>, reason: &dyn std::error::Error) -> Self {
        Self {
            file: path.display().to_string(),
            line,
            reason: reason.to_string(),
        }
    }
}

impl Proof {
    /// The checkpoints that it is about.
    fn check(&self, keys: &[VerifyingKey]) -> Result<Vec<Checkpoint>, NoProof> {
        match self {
            Self::Inclusion {
                seq,
                line,
                path,
                checkpoint,
            } => {
                let (checkpoint, _) = Checkpoint::open(&checkpoint.note, keys)?;
                let entry: Option<Entry> = serde_json::from_str(line).ok();
                if entry.is_none_or(|entry| entry.seq != *seq) {
                    return Err(NoProof::OtherEntry(*seq));
                }
                let leaf = leaf_hash(line.as_bytes());
                verify_inclusion(*seq, leaf, (checkpoint.size, checkpoint.root), path)?;
                Ok(vec![checkpoint])
            }
            Self::Consistency { from, to, path } => {
                let (from, _) = Checkpoint::open(&from.note, keys)?;
                let (to, _) = Checkpoint::open(&to.note, keys)?;
                verify_consistency((from.size, from.root), (to.size, to.root), path)?;
                Ok(vec![from, to])
            }
        }
    }
}

fn text(path: &Path) -> Result<String, Failure> {
    fs::read_to_string(path).map_err(|source| Failure::Read {
        path: path.display().to_string(),
        source,
    })
}

fn parse<T: DeserializeOwned>(path: &Path, text: &str) -> Result<T, Failure> {
    serde_json::from_str(text).map_err(|error| Failure::Read {
        path: path.display().to_string(),
        source: io::Error::new(io::ErrorKind::InvalidData, error),
    })
}

//! The check of an exported log, line by line, that names the first line that is not as it was.

use std::collections::VecDeque;

use chrono::{DateTime, Utc};

use crate::{Checkpoint, Entry, Hash, Head, Tree, leaf_hash};

/// Where a log begins and ends, as far as the verifier was told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Bounds {
    /// The entry before the first line, for a part of a log; none for a log from its beginning.
    pub after: Option<Head>,
    /// An entry known to be in the log, kept by somebody who could not change it.
    pub head: Option<Head>,
}

/// What the check found; the default is that of no lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// How many entries hold, from the first line on.
    pub entries: u64,
    /// The last entry that holds.
    pub head: Head,
    /// Up to which entry a checkpoint was signed that holds; 0 when there was none.
    pub signed: u64,
    /// The first line that does not.
    pub broken: Option<Broken>,
}

/// The first line that is not as it was written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {reason}")]
pub struct Broken {
    /// Counted from 1; one past the last when the end is missing.
    pub line: u64,
    /// What is wrong with it.
    pub reason: Reason,
}

/// Why a line is not as it was written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Reason {
    /// It is no entry at all.
    #[error("not an audit entry: {0}")]
    Malformed(String),
    /// Its hash is not that of its content.
    #[error("the content of entry `{seq}` was changed: it says hash `{stated}` and has `{found}`")]
    Changed {
        /// Its place.
        seq: u64,
        /// The hash that it states.
        stated: Hash,
        /// The hash that its content has.
        found: Hash,
    },
    /// Entries before it are in the file nowhere.
    #[error("entry `{found}` stands where `{expected}` belongs: what lies between is missing")]
    Missing {
        /// The place that was due.
        expected: u64,
        /// The place that was found.
        found: u64,
    },
    /// The entry that belongs here stands elsewhere, or this one stood before.
    #[error(
        "entry `{found}` stands where `{expected}` belongs: entries were reordered or repeated"
    )]
    Reordered {
        /// The place that was due.
        expected: u64,
        /// The place that was found.
        found: u64,
    },
    /// It does not follow the entry before.
    #[error("entry `{seq}` follows hash `{stated}`, but the entry before it has `{found}`")]
    Detached {
        /// Its place.
        seq: u64,
        /// The hash that it states of the entry before.
        stated: Hash,
        /// The hash of the entry before.
        found: Hash,
    },
    /// The log ends before the entry that is known to be in it.
    #[error(
        "the log ends with entry `{found}`, but is known to reach `{expected}`: its end is missing"
    )]
    Truncated {
        /// The place of the known entry.
        expected: u64,
        /// The place of the last entry.
        found: u64,
    },
    /// The entry at the known place is another one.
    #[error(
        "entry `{seq}` has hash `{found}`, but is known to have `{expected}`: the log was rewritten"
    )]
    Rewritten {
        /// The known place.
        seq: u64,
        /// The known hash.
        expected: Hash,
        /// The hash found.
        found: Hash,
    },
    /// The log has another beginning than the one that the checkpoints are of.
    #[error("the log begins with another entry than `{origin}`, which the checkpoints are of")]
    OtherLog {
        /// The log that the checkpoints name.
        origin: String,
    },
    /// The entries follow one another, but are others than a checkpoint was signed over.
    #[error(
        "entries `{from}` to `{to}` are not those that were signed at {at}: the log was rewritten"
    )]
    NotAsSigned {
        /// The first that may be another.
        from: u64,
        /// The last that the checkpoint covers.
        to: u64,
        /// When the checkpoint was signed.
        at: DateTime<Utc>,
    },
}

/// Checks a log one line at a time, so that its size does not matter.
#[derive(Debug)]
pub struct Verifier {
    bounds: Bounds,
    line: u64,
    entries: u64,
    head: Head,
    broken: Option<Broken>,
    tree: Tree,
    // Those that are still to come, by size.
    checkpoints: VecDeque<Checkpoint>,
    // Where the last one that holds was.
    signed: Head,
}

impl Verifier {
    /// A check of a log within `bounds`.
    #[must_use]
    pub fn new(bounds: Bounds) -> Self {
        let head = bounds.after.unwrap_or_default();
        Self {
            bounds,
            line: 0,
            entries: 0,
            head,
            broken: None,
            tree: Tree::new(),
            checkpoints: VecDeque::new(),
            signed: Head::default(),
        }
    }

    /// The same, for a log from its beginning that must be the one that `checkpoints` are of.
    #[must_use]
    pub fn signed_by(mut self, mut checkpoints: Vec<Checkpoint>) -> Self {
        checkpoints.sort_by_key(|checkpoint| checkpoint.size);
        self.checkpoints = checkpoints.into();
        self
    }

    /// Takes the next line, without its line feed.
    pub fn push(&mut self, line: &[u8]) {
        self.line += 1;
        if let Some(broken) = &mut self.broken {
            broken.reason.see_also(line);
            return;
        }
        let line_number = self.line;
        let checked = self.check(line).map(|head| {
            self.entries += 1;
            self.head = head;
        });
        let broken = checked.map_err(|reason| (line_number, reason));
        if let Err((line, reason)) = broken.and_then(|()| self.compare(line)) {
            self.broken = Some(Broken { line, reason });
        }
    }

    /// Compares with the checkpoints that were signed over the log up to the entry that `line` is.
    fn compare(&mut self, line: &[u8]) -> Result<(), (u64, Reason)> {
        let Some(next) = self.checkpoints.front() else {
            return Ok(());
        };
        if self.tree.size() == 0 && next.origin != Checkpoint::origin_of(self.head.hash) {
            let origin = next.origin.clone();
            (self.entries, self.head) = (0, Head::default());
            return Err((self.line, Reason::OtherLog { origin }));
        }
        self.tree.push(leaf_hash(line), |_| ());
        while let Some(due) = self.checkpoints.pop_front_if(|it| it.size <= self.head.seq) {
            let from = self.signed.seq + 1;
            if due.root != self.tree.root() {
                // The chain holds further, but of what follows nobody can say which is right.
                (self.entries, self.head) = (self.signed.seq, self.signed);
                let (to, at) = (due.size, due.at);
                return Err((from, Reason::NotAsSigned { from, to, at }));
            }
            self.signed = self.head;
        }
        Ok(())
    }

    /// What was found, now that there is no further line.
    #[must_use]
    pub fn finish(self) -> Report {
        let Self {
            bounds,
            line,
            entries,
            head,
            broken,
            checkpoints,
            signed,
            ..
        } = self;
        let known = bounds.head.map(|known| known.seq);
        let known = known.max(checkpoints.back().map(|last| last.size));
        let short = known.filter(|known| *known > head.seq);
        let short = short.map(|expected| Broken {
            line: line + 1,
            reason: Reason::Truncated {
                expected,
                found: head.seq,
            },
        });
        Report {
            entries,
            head,
            signed: signed.seq,
            broken: broken.or(short),
        }
    }

    fn check(&self, line: &[u8]) -> Result<Head, Reason> {
        let entry = read(line)?;
        let (seq, expected) = (entry.seq, self.head.seq + 1);
        if seq > expected {
            return Err(Reason::Missing {
                expected,
                found: seq,
            });
        }
        if seq < expected {
            return Err(Reason::Reordered {
                expected,
                found: seq,
            });
        }
        if entry.previous != self.head.hash {
            return Err(Reason::Detached {
                seq,
                stated: entry.previous,
                found: self.head.hash,
            });
        }
        match self.bounds.head {
            Some(known) if known.seq == seq && known.hash != entry.hash => Err(Reason::Rewritten {
                seq,
                expected: known.hash,
                found: entry.hash,
            }),
            _ => Ok(entry.head()),
        }
    }
}

impl Reason {
    /// A later line may show that what seemed missing only stands elsewhere.
    fn see_also(&mut self, line: &[u8]) {
        let Self::Missing { expected, found } = *self else {
            return;
        };
        if read(line).is_ok_and(|entry| (expected..found).contains(&entry.seq)) {
            *self = Self::Reordered { expected, found };
        }
    }
}

/// Checks a whole log, given line by line without line feeds.
pub fn verify<L: AsRef<[u8]>>(lines: impl IntoIterator<Item = L>, bounds: Bounds) -> Report {
    let mut verifier = Verifier::new(bounds);
    for line in lines {
        verifier.push(line.as_ref());
    }
    verifier.finish()
}

/// Reads one line and checks its own hash, over the bytes as they stand.
fn read(line: &[u8]) -> Result<Entry, Reason> {
    let entry: Entry =
        serde_json::from_slice(line).map_err(|error| Reason::Malformed(error.to_string()))?;
    let last = format!(",\"hash\":\"{}\"}}", entry.hash);
    let content = line.strip_suffix(last.as_bytes()).ok_or_else(|| {
        Reason::Malformed("its last member is not `hash`, or it was written anew".to_owned())
    })?;
    let found = Hash::of_content(content, b"}");
    if found == entry.hash {
        Ok(entry)
    } else {
        Err(Reason::Changed {
            seq: entry.seq,
            stated: entry.hash,
            found,
        })
    }
}

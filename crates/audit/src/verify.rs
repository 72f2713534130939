//! The check of an exported log, line by line, that names the first line that is not as it was.

use crate::{Entry, Hash, Head};

/// Where a log begins and ends, as far as the verifier was told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Bounds {
    /// The entry before the first line, for a part of a log; none for a log from its beginning.
    pub after: Option<Head>,
    /// An entry known to be in the log, kept by somebody who could not change it.
    pub head: Option<Head>,
}

/// What the check found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// How many entries hold, from the first line on.
    pub entries: u64,
    /// The last entry that holds.
    pub head: Head,
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
}

/// Checks a log one line at a time, so that its size does not matter.
#[derive(Debug)]
pub struct Verifier {
    bounds: Bounds,
    line: u64,
    entries: u64,
    head: Head,
    broken: Option<Broken>,
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
        }
    }

    /// Takes the next line, without its line feed.
    pub fn push(&mut self, line: &[u8]) {
        self.line += 1;
        if let Some(broken) = &mut self.broken {
            broken.reason.see_also(line);
            return;
        }
        match self.check(line) {
            Ok(head) => {
                self.entries += 1;
                self.head = head;
            }
            Err(reason) => {
                self.broken = Some(Broken {
                    line: self.line,
                    reason,
                });
            }
        }
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
        } = self;
        let short = bounds
            .head
            .filter(|known| known.seq > head.seq)
            .map(|known| Broken {
                line: line + 1,
                reason: Reason::Truncated {
                    expected: known.seq,
                    found: head.seq,
                },
            });
        Report {
            entries,
            head,
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

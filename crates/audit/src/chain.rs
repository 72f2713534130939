//! The growing end of the log: where the next entry goes.

use std::fmt;
use std::str::FromStr;

use crate::{Entry, Hash, Record};

/// The last entry of a log, or of a part of it: enough to continue it and to recognise it later.
///
/// Written and read as `SEQ:HASH`. The default is the head of an empty log.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Head {
    /// The place of the last entry; 0 when there is none.
    pub seq: u64,
    /// The hash of the last entry; zeros when there is none.
    pub hash: Hash,
}

/// The text is not `SEQ:HASH`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a head: write `SEQ:HASH`, as `zonecut audit verify` prints it")]
pub struct ParseHeadError(String);

impl fmt::Display for Head {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.seq, self.hash)
    }
}

impl FromStr for Head {
    type Err = ParseHeadError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let parts = text.split_once(':');
        let head = parts.and_then(|(seq, hash)| {
            Some(Self {
                seq: seq.parse().ok()?,
                hash: hash.parse().ok()?,
            })
        });
        head.ok_or_else(|| ParseHeadError(text.to_owned()))
    }
}

/// A log as its writer sees it. One writer at a time: whoever stores the entries takes care of that.
#[derive(Clone, Debug, Default)]
pub struct Chain {
    head: Head,
}

impl Chain {
    /// An empty log.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A log that already ends in `head`.
    #[must_use]
    pub fn resume(head: Head) -> Self {
        Self { head }
    }

    /// Where the log ends now.
    #[must_use]
    pub fn head(&self) -> Head {
        self.head
    }

    /// Gives a record its place, and moves the head there.
    pub fn append(&mut self, record: Record) -> Entry {
        let entry = Entry::seal(record, self.head);
        self.head = entry.head();
        entry
    }
}

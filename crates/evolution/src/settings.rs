//! What a comparison is told from outside: which readers and targets count, and what day it is.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Utc};
use zonecut_contract::Classification;

use crate::rule_levels::RuleLevels;
use crate::targets::Target;
use crate::types::Relation;
use crate::waivers::Waivers;

/// Which readers and writers must understand each other, in the words of schema registries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mode {
    /// Which way data is read across versions.
    pub reads: Reads,
    /// Whether every version of the history counts, or only the last.
    pub transitive: bool,
}

/// Which way data is read across versions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reads {
    /// Readers of the old version read what the new one writes.
    Forward,
    /// Readers of the new version read what the old one wrote.
    Backward,
    /// Both.
    Full,
}

impl Mode {
    /// The mode where nobody names one.
    pub const FORWARD: Self = Self {
        reads: Reads::Forward,
        transitive: false,
    };

    /// Every name that [`Mode::from_str`] understands.
    pub const NAMES: [&str; 6] = [
        "forward",
        "backward",
        "full",
        "forward-transitive",
        "backward-transitive",
        "full-transitive",
    ];

    /// Whether readers fail when the values of a thing turn into others in this way.
    #[must_use]
    pub fn breaks_readers(self, values: Relation) -> bool {
        match values {
            Relation::Same | Relation::Extended => false,
            Relation::Wider | Relation::Reduced => self.reads != Reads::Backward,
            Relation::Narrower => self.reads != Reads::Forward,
            Relation::Different => true,
        }
    }
}

/// A mode that nobody knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownMode(pub String);

impl fmt::Display for UnknownMode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "unknown mode `{}`, expected one of {}",
            self.0,
            Mode::NAMES.join(", ")
        )
    }
}

impl std::error::Error for UnknownMode {}

impl FromStr for Mode {
    type Err = UnknownMode;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let lower = text.to_ascii_lowercase().replace('_', "-");
        let (base, transitive) = lower
            .strip_suffix("-transitive")
            .map_or((lower.as_str(), false), |base| (base, true));
        let reads = match base {
            "forward" => Reads::Forward,
            "backward" => Reads::Backward,
            "full" => Reads::Full,
            _ => return Err(UnknownMode(text.to_owned())),
        };
        Ok(Self { reads, transitive })
    }
}

/// What a comparison is told from outside.
#[derive(Debug, Clone, Copy)]
pub struct Settings<'a> {
    /// The mode asked for; else the old contract's `compatibility`, else forward.
    pub mode: Option<Mode>,
    /// Now, for notice periods, sunsets and waivers.
    pub now: DateTime<Utc>,
    /// What classes and tags stand for.
    pub classification: &'a Classification,
    /// How grave the repository takes each rule to be.
    pub levels: &'a RuleLevels,
    /// The findings that somebody answers for.
    pub waivers: &'a Waivers,
    /// The targets asked for; where there are none, those of the contract's servers.
    pub targets: &'a [&'static Target],
}

impl Settings<'_> {
    /// Plain settings at a moment.
    #[must_use]
    pub fn at(now: DateTime<Utc>) -> Self {
        Self {
            mode: None,
            now,
            classification: Classification::usual(),
            levels: RuleLevels::DEFAULT,
            waivers: Waivers::NONE,
            targets: &[],
        }
    }
}

//! Exit codes, and the failures behind them.

use std::process::ExitCode;

use thiserror::Error;

/// How a command ends when it could do its work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// 0: fine.
    Fine,
    /// 1: findings that block.
    Blocks,
    /// 2: invalid input or usage.
    Invalid,
    /// 3: could not compare or reach.
    Unreachable,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Fine => 0,
            Exit::Blocks => 1,
            Exit::Invalid => 2,
            Exit::Unreachable => 3,
        })
    }
}

/// Why a command could not do its work. Each says what would help.
#[derive(Debug, Error)]
pub enum Failure {
    /// A file or folder that was named can't be read.
    #[error("can't read `{path}`: {source}")]
    Read {
        /// As it was named.
        path: String,
        /// What the system says.
        source: std::io::Error,
    },
    /// A file that was asked for can't be written.
    #[error("can't write `{path}`: {source}")]
    Save {
        /// As it was named.
        path: String,
        /// What the system says.
        source: std::io::Error,
    },
    /// Arguments that do not go together.
    #[error("{0}")]
    Usage(String),
    /// Git has no answer.
    #[error("{problem}\n  help: {help}")]
    Git {
        /// What is missing.
        problem: String,
        /// The command that brings it.
        help: String,
    },
    /// Standard output is gone.
    #[error("can't write the answer: {0}")]
    Write(#[from] std::io::Error),
    /// The answer is no JSON.
    #[error("can't write the answer: {0}")]
    Json(#[from] serde_json::Error),
}

impl Failure {
    /// The exit code it leads to.
    pub fn exit(&self) -> Exit {
        match self {
            Self::Read { .. } | Self::Usage(_) => Exit::Invalid,
            Self::Git { .. } | Self::Save { .. } | Self::Write(_) | Self::Json(_) => {
                Exit::Unreachable
            }
        }
    }
}

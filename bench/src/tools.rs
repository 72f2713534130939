//! The programs that a run starts: ours beside this one, and `zonecut` itself.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// What went wrong, for the person who started the run.
pub type Error = Box<dyn std::error::Error>;

/// How much of everything is measured.
#[derive(Clone, Copy, Debug)]
pub struct Effort {
    /// How often floor and figure take turns.
    pub rounds: usize,
    /// How many processes a turn starts.
    pub processes: usize,
    /// How long a turn of the load generator is, in seconds.
    pub seconds: f64,
    /// How many contracts the tree has.
    pub contracts: usize,
    /// Of the hostile documents, one in so many.
    pub hostile: usize,
}

impl Effort {
    /// Enough for the figures to be repeated within a few percent.
    pub const FULL: Self = Self {
        rounds: 9,
        processes: 12,
        seconds: 2.0,
        contracts: 1_000,
        hostile: 1,
    };
    /// Enough to see that every measurement works.
    pub const SMOKE: Self = Self {
        rounds: 1,
        processes: 3,
        seconds: 0.3,
        contracts: 70,
        hostile: 10,
    };
}

/// Where things are.
#[derive(Clone, Debug)]
pub struct Tools {
    /// The root of the repository.
    pub root: PathBuf,
    /// The command that is measured.
    pub zonecut: PathBuf,
}

impl Tools {
    /// A program of this package.
    ///
    /// # Errors
    ///
    /// When our own path can't be told.
    pub fn ours(&self, name: &str) -> Result<PathBuf, Error> {
        let this = std::env::current_exe()?;
        let folder = this.parent().ok_or("this program is in no folder")?;
        Ok(folder.join(name))
    }

    /// Cargo's target folder.
    #[must_use]
    pub fn target(&self) -> PathBuf {
        std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| self.root.join("target"), PathBuf::from)
    }
}

/// A command that stays on one core, where there are at least two.
#[must_use]
pub fn pinned(core: usize, program: &Path) -> Command {
    if std::thread::available_parallelism().map_or(1, usize::from) < 2 {
        return Command::new(program);
    }
    let mut command = Command::new("taskset");
    command.args(["--cpu-list", &core.to_string()]).arg(program);
    command
}

/// What a program wrote to standard output, when it ended well.
///
/// # Errors
///
/// When it did not start or failed; with what it wrote to standard error.
pub fn output(command: &mut Command) -> Result<String, Error> {
    let Output {
        status,
        stdout,
        stderr,
    } = command.output()?;
    if status.success() {
        return Ok(String::from_utf8(stdout)?);
    }
    let program = command.get_program().to_string_lossy().into_owned();
    Err(format!(
        "`{program}` failed ({status}): {}",
        String::from_utf8_lossy(&stderr).trim()
    )
    .into())
}

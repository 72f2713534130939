//! `zonecut completions`.

use clap::{Args, CommandFactory};
use clap_complete::{Shell, generate};

use crate::exit::{Exit, Failure};
use crate::output::print;

/// Arguments of `completions`.
#[derive(Debug, Args)]
pub struct Completions {
    /// The shell
    shell: Shell,
}

impl Completions {
    /// Prints the script.
    pub fn run(&self) -> Result<Exit, Failure> {
        let mut script = Vec::new();
        generate(
            self.shell,
            &mut crate::Arguments::command(),
            "zonecut",
            &mut script,
        );
        print(&String::from_utf8_lossy(&script))?;
        Ok(Exit::Fine)
    }
}

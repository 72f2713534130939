//! `zonecut policy lint`.

use std::path::PathBuf;

use clap::Args;

use super::bundle::Bundle;
use crate::exit::{Exit, Failure};
use crate::output::Output;

/// Arguments of `policy lint`.
#[derive(Debug, Args)]
pub struct Lint {
    /// Files and folders
    #[arg(default_value = ".")]
    paths: Vec<PathBuf>,
}

impl Lint {
    /// Lints all policies and prints one report.
    pub fn run(&self, output: &Output) -> Result<Exit, Failure> {
        let mut bundle = Bundle::read(&self.paths)?;
        let readable = bundle.is_readable();
        bundle.compile();
        let report = bundle.report();
        output.lint(&report, &bundle.sources)?;
        Ok(match (readable, report.valid) {
            (false, _) => Exit::Invalid,
            (true, false) => Exit::Blocks,
            (true, true) => Exit::Fine,
        })
    }
}

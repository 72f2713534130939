//! `zonecut policy`.

mod bundle;
mod lint;
mod test;

use clap::Subcommand;

use crate::exit::{Exit, Failure};
use crate::output::Output;

/// What can be done with policies.
#[derive(Debug, Subcommand)]
pub enum Policy {
    /// Say whether policies are valid, and mean something together with the contracts
    Lint(lint::Lint),
    /// Ask what the tests beside the policies ask, and compare the answers
    Test(test::Test),
}

impl Policy {
    /// Its name, as reports give it.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Lint(_) => "policy lint",
            Self::Test(_) => "policy test",
        }
    }

    /// Runs the command.
    pub fn run(&self, output: &Output) -> Result<Exit, Failure> {
        match self {
            Self::Lint(command) => command.run(output),
            Self::Test(command) => command.run(output),
        }
    }
}

//! The `zonecut` command.
//!
//! Belongs here: arguments, files, git, standard streams and exit codes. Does not belong here: any
//! judgement; that is the pure crates'. The command line starts no async runtime; the commands that
//! need one start their own.

mod ci;
mod commands;
mod config;
mod documents;
mod exit;
mod git;
mod output;
mod pages;
mod parallel;
mod replace;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::exit::{Exit, Failure};
use crate::output::Output;

/// Data contracts and governance for DNS data products.
#[derive(Debug, Parser)]
#[command(name = "zonecut", version, arg_required_else_help = true)]
struct Arguments {
    #[command(flatten)]
    output: Output,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Say whether documents are valid and meaningful
    Lint(commands::lint::Lint),
    /// Say whether changes to contracts may be published, and who breaks if not
    Check(commands::check::Check),
    /// List what differs between two contracts, without judgement
    Diff(commands::diff::Diff),
    /// Make a contract of another format's schema
    Import(commands::import::Import),
    /// Say whether policies are valid, and whether they decide what they should
    #[command(subcommand)]
    Policy(commands::policy::Policy),
    /// Serve the API, the decision plane and the admin UI
    Serve(commands::serve::Serve),
    /// Prove things about the audit log
    #[command(subcommand)]
    Audit(commands::audit::Audit),
    /// Print a document to begin with
    New(commands::new::New),
    /// Print completions for a shell
    Completions(commands::completions::Completions),
}

impl Command {
    /// Its name, as reports give it.
    fn name(&self) -> &'static str {
        match self {
            Self::Lint(_) => "lint",
            Self::Check(_) => "check",
            Self::Diff(_) => "diff",
            Self::Import(_) => "import",
            Self::Policy(command) => command.name(),
            Self::Serve(_) => "serve",
            Self::Audit(_) => "audit verify",
            Self::New(_) => "new",
            Self::Completions(_) => "completions",
        }
    }

    fn run(self, output: &Output) -> Result<Exit, Failure> {
        match self {
            Self::Lint(command) => command.run(output),
            Self::Check(command) => command.run(output),
            Self::Diff(command) => command.run(output),
            Self::Import(command) => command.run(output),
            Self::Policy(command) => command.run(output),
            Self::Serve(command) => Ok(command.run()),
            Self::Audit(command) => command.run(output),
            Self::New(command) => command.run(),
            Self::Completions(command) => command.run(),
        }
    }
}

fn main() -> ExitCode {
    let mut arguments = Arguments::parse();
    arguments.output.command = arguments.command.name();
    match arguments.command.run(&arguments.output) {
        Ok(exit) => exit.into(),
        Err(failure) => {
            output::say(&failure);
            failure.exit().into()
        }
    }
}

//! What is printed where: data to standard output, everything said to a person to standard error.

use std::io::{self, ErrorKind, IsTerminal, Write};

use clap::{Args, ColorChoice, ValueEnum};
use serde::Serialize;
use zonecut_diagnostics::render::{human, json};
use zonecut_diagnostics::{CheckReport, LintReport, Sources};

use crate::exit::Failure;

/// How answers are printed.
#[derive(Debug, Clone, Args)]
pub struct Output {
    /// How findings are printed
    #[arg(long, global = true, value_enum, default_value_t = Format::Human)]
    format: Format,
    /// When to colour; `NO_COLOR` in the environment means never
    #[arg(long, global = true, value_enum, default_value_t = ColorChoice::Auto)]
    color: ColorChoice,
    /// Print the answer without the findings
    #[arg(long, short, global = true)]
    quiet: bool,
}

/// An output format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people
    Human,
    /// For programs
    Json,
}

impl Output {
    /// The format asked for.
    pub fn format(&self) -> Format {
        self.format
    }

    /// Prints what `check` found.
    pub fn check(&self, report: &CheckReport, sources: &Sources) -> Result<(), Failure> {
        match self.format {
            Format::Human => print(&human::check(report, sources, self.options())),
            Format::Json => json(report),
        }
    }

    /// Prints what `lint` found.
    pub fn lint(&self, report: &LintReport, sources: &Sources) -> Result<(), Failure> {
        match self.format {
            Format::Human => print(&human::lint(report, sources, self.options())),
            Format::Json => json(report),
        }
    }

    fn options(&self) -> human::Options {
        let color = match self.color {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto => {
                std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
                    && io::stdout().is_terminal()
            }
        };
        human::Options {
            color,
            quiet: self.quiet,
        }
    }
}

/// Prints a value as JSON.
pub fn json(value: &impl Serialize) -> Result<(), Failure> {
    print(&json::render(value)?)
}

/// Says something to a person.
pub fn say(message: &impl std::fmt::Display) {
    // Nothing is left to tell a person whose standard error is gone.
    let _ = writeln!(io::stderr(), "error: {message}");
}

/// Writes to standard output. A reader that left early, as `head` does, is no failure.
pub fn print(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(()),
    }
}

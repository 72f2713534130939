//! What is printed where: data to standard output, everything said to a person to standard error.

use std::fs;
use std::io::{self, ErrorKind, IsTerminal, Write};
use std::path::PathBuf;

use clap::{Args, ColorChoice, ValueEnum};
use serde::Serialize;
use zonecut_diagnostics::render::{
    Report, azure, github, gitlab, human, json, junit, markdown, sarif,
};
use zonecut_diagnostics::{CheckReport, LintReport, Sources};

use crate::exit::Failure;
use crate::pages;

/// How answers are printed.
#[derive(Debug, Clone, Args)]
pub struct Output {
    /// How findings are printed
    #[arg(long, global = true, value_enum, default_value_t = Format::Human)]
    format: Format,
    /// Also write the findings to a file, in the format named; may be given again
    #[arg(long = "report", global = true, value_name = "FORMAT=FILE", value_parser = report)]
    reports: Vec<(Format, PathBuf)>,
    /// When to colour; `NO_COLOR` in the environment means never
    #[arg(long, global = true, value_enum, default_value_t = ColorChoice::Auto)]
    color: ColorChoice,
    /// Print the answer without the findings, where people read it
    #[arg(long, short, global = true)]
    quiet: bool,
    /// The command that answers, for formats that name it.
    #[arg(skip)]
    pub command: &'static str,
}

/// An output format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people
    Human,
    /// For programs
    Json,
    /// For code scanning: SARIF 2.1.0
    Sarif,
    /// For test reports: `JUnit` XML
    Junit,
    /// Annotations in GitHub Actions
    Github,
    /// A Code Quality report for GitLab
    Gitlab,
    /// Issues in Azure Pipelines
    Azure,
    /// One comment on a pull request
    Markdown,
}

/// `FORMAT=FILE`.
fn report(text: &str) -> Result<(Format, PathBuf), String> {
    let (format, file) = text
        .split_once('=')
        .filter(|(_, file)| !file.is_empty())
        .ok_or("expected a format and a file, like `sarif=zonecut.sarif`")?;
    Ok((Format::from_str(format, false)?, file.into()))
}

impl Output {
    /// Whether to answer in JSON, where there is nothing but JSON and text for people: answers that
    /// are no findings.
    pub fn is_json(&self) -> Result<bool, Failure> {
        match self.format {
            Format::Human | Format::Json if self.reports.is_empty() => {
                Ok(self.format == Format::Json)
            }
            _ => Err(Failure::Usage(format!(
                "`{}` reports no findings: it has `--format human` and `--format json` only",
                self.command
            ))),
        }
    }

    /// Prints what `check` found.
    pub fn check(&self, report: &CheckReport, sources: &Sources) -> Result<(), Failure> {
        self.findings(|format, options| match format {
            Format::Human => Ok(human::check(report, sources, options)),
            Format::Json => Ok(json::render(report)?),
            other => Ok(self.render(Report::Check(report), other)),
        })
    }

    /// Prints what `lint` found.
    pub fn lint(&self, report: &LintReport, sources: &Sources) -> Result<(), Failure> {
        self.findings(|format, options| self.linted(report, sources, format, options))
    }

    fn linted(
        &self,
        report: &LintReport,
        sources: &Sources,
        format: Format,
        options: human::Options,
    ) -> Result<String, Failure> {
        match format {
            Format::Human => Ok(human::lint(report, sources, options)),
            Format::Json => Ok(json::render(report)?),
            other => Ok(self.render(Report::Lint(report), other)),
        }
    }

    /// Prints findings, and writes them to the files that were asked for.
    pub fn findings(
        &self,
        text: impl Fn(Format, human::Options) -> Result<String, Failure>,
    ) -> Result<(), Failure> {
        let plain = human::Options {
            color: false,
            quiet: false,
        };
        for (format, path) in &self.reports {
            fs::write(path, text(*format, plain)?).map_err(|source| Failure::Save {
                path: path.display().to_string(),
                source,
            })?;
        }
        print(&text(self.format, self.options(&io::stdout()))?)
    }

    /// A report in a format that both reports have in common.
    pub fn render(&self, report: Report<'_>, format: Format) -> String {
        match format {
            Format::Sarif => sarif::render(report, self.command, &pages::about),
            Format::Junit => junit::render(report, self.command),
            Format::Github => github::render(report),
            Format::Gitlab => gitlab::render(report),
            Format::Azure => azure::render(report),
            Format::Human | Format::Json | Format::Markdown => {
                markdown::render(report, self.command)
            }
        }
    }

    /// Says what was found about a source whose contract goes to standard output.
    pub fn aside(&self, report: &LintReport, sources: &Sources) -> Result<(), Failure> {
        let options = self.options(&io::stderr());
        let text = self.linted(report, sources, self.format, options)?;
        // Nothing is left to tell a person whose standard error is gone.
        let _ = io::stderr().lock().write_all(text.as_bytes());
        Ok(())
    }

    fn options(&self, stream: &impl IsTerminal) -> human::Options {
        let color = match self.color {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto => {
                std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
                    && stream.is_terminal()
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

/// Says what went wrong to a person.
pub fn say(message: &impl std::fmt::Display) {
    tell(&format_args!("error: {message}"));
}

/// Says something to a person.
pub fn tell(message: &impl std::fmt::Display) {
    // Nothing is left to tell a person whose standard error is gone.
    let _ = writeln!(io::stderr(), "{message}");
}

/// Writes to standard output. A reader that left early, as `head` does, is no failure.
pub fn print(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(()),
    }
}

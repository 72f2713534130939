//! `zonecut lint`.

use std::path::PathBuf;

use clap::Args;
use zonecut_contract::{Linted, lint_document, read_document};
use zonecut_diagnostics::LintReport;
use zonecut_evolution::Waivers;

use crate::config::Config;
use crate::documents::{self, Kind, Text};
use crate::exit::{Exit, Failure};
use crate::output::Output;

/// Arguments of `lint`.
#[derive(Debug, Args)]
pub struct Lint {
    /// Files and folders
    #[arg(default_value = ".")]
    paths: Vec<PathBuf>,
}

impl Lint {
    /// Lints everything and prints one report.
    pub fn run(&self, output: &Output) -> Result<Exit, Failure> {
        let config = match Config::load()? {
            Ok(config) => config,
            Err(findings) => {
                let valid = false;
                output.lint(&LintReport { valid, findings }, &documents::sources())?;
                return Ok(Exit::Invalid);
            }
        };
        let mut sources = documents::sources();
        let mut findings = Vec::new();
        let mut readable = true;
        for path in &self.paths {
            let named = path.is_file();
            for file in documents::find(path)? {
                let text = documents::read(&file)?;
                // A file that was named is meant; one that was found must say what it is.
                let kind = documents::kind(&text);
                if !named && kind.is_none() {
                    continue;
                }
                if let Ok(content) = std::str::from_utf8(&text.bytes) {
                    sources.add(text.name.as_str().into(), content.into());
                }
                let linted = lint(kind, &text);
                readable &= linted.readable;
                findings.extend(linted.findings);
            }
        }
        findings.sort_by(|a, b| (&a.at, &a.rule, &a.message).cmp(&(&b.at, &b.rule, &b.message)));
        let report = config.grade(findings);
        output.lint(&report, &sources)?;
        Ok(match (readable, report.valid) {
            (false, _) => Exit::Invalid,
            (true, false) => Exit::Blocks,
            (true, true) => Exit::Fine,
        })
    }
}

fn lint(kind: Option<Kind>, text: &Text) -> Linted {
    if kind != Some(Kind::Waivers) {
        return lint_document(&text.name, &text.bytes);
    }
    let findings = Waivers::read(&text.name, &text.bytes).findings;
    let readable = findings.is_empty() || read_document(&text.name, &text.bytes).value.is_some();
    Linted { readable, findings }
}

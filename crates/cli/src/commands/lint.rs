//! `zonecut lint`.

mod ports;

use std::path::{Path, PathBuf};

use clap::Args;
use zonecut_contract::spelling::quoted;
use zonecut_contract::{Classification, Linted, fix_document, lint_document_by, read_document};
use zonecut_diagnostics::LintReport;
use zonecut_evolution::Waivers;

use self::ports::Trees;
use crate::config::Config;
use crate::documents::{self, Kind, Text};
use crate::exit::{Exit, Failure};
use crate::output::{self, Output};
use crate::replace::replace;

/// Arguments of `lint`.
#[derive(Debug, Args)]
pub struct Lint {
    /// Files and folders
    #[arg(default_value = ".")]
    paths: Vec<PathBuf>,
    /// Mend in place what is mechanical: misspelt keys and words, spellings of units and versions. Only
    /// those words change; what is left is reported
    #[arg(long)]
    fix: bool,
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
        let mut trees = Trees::default();
        for path in &self.paths {
            if self.fix && (path == Path::new("-") || path.starts_with("/dev")) {
                return Err(Failure::Usage(format!(
                    "`--fix` replaces files, and `{}` is a stream; name the file itself",
                    path.display()
                )));
            }
            let named = path.is_file();
            for file in documents::find(path)? {
                let mut text = documents::read(&file)?;
                // A file that was named is meant; one that was found must say what it is.
                let kind = documents::kind(&text);
                if !named && kind.is_none() {
                    continue;
                }
                if self.fix && kind != Some(Kind::Waivers) {
                    mend(&config.classification, &file, &mut text)?;
                }
                if let Ok(content) = std::str::from_utf8(&text.bytes) {
                    sources.add(text.name.as_str().into(), content.into());
                }
                let linted = lint(&config.classification, kind, &text);
                readable &= linted.readable;
                findings.extend(linted.findings);
                if kind == Some(Kind::Product) {
                    findings.extend(trees.lint(&file, path, &text)?);
                }
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

/// Mends a file and its text, and says what became what.
fn mend(classification: &Classification, file: &Path, text: &mut Text) -> Result<(), Failure> {
    let Some(fixed) = fix_document(classification, &text.name, &text.bytes) else {
        return Ok(());
    };
    replace(file, fixed.text.as_bytes()).map_err(|source| Failure::Save {
        path: text.name.clone(),
        source,
    })?;
    for fix in &fixed.fixes {
        output::tell(&format_args!(
            "fixed {}:{}:{}: `{}` is now `{}` ({})",
            text.name,
            fix.span.line,
            fix.span.column,
            quoted(&fix.from),
            quoted(&fix.to),
            fix.rule
        ));
    }
    text.bytes = fixed.text.into_bytes();
    Ok(())
}

fn lint(classification: &Classification, kind: Option<Kind>, text: &Text) -> Linted {
    if kind != Some(Kind::Waivers) {
        return lint_document_by(classification, &text.name, &text.bytes);
    }
    let findings = Waivers::read(&text.name, &text.bytes).findings;
    let readable = findings.is_empty() || read_document(&text.name, &text.bytes).value.is_some();
    Linted { readable, findings }
}

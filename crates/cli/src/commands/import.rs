//! `zonecut import`.

use std::io::Read as _;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use zonecut_diagnostics::LintReport;
use zonecut_formats::Format;

use crate::documents::{self, Text};
use crate::exit::{Exit, Failure};
use crate::output::{Output, print};

/// Arguments of `import`.
#[derive(Debug, Args)]
pub struct Import {
    /// The format of the source
    #[arg(value_enum, value_name = "FORMAT")]
    from: Name,
    /// The schema's file; `-` is standard input
    source: PathBuf,
    /// The `id` of the contract; give all versions of one schema the same
    #[arg(long, default_value = "imported")]
    id: String,
}

/// A format, by its name.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Name {
    /// Apache Avro schemas
    Avro,
    /// JSON Schema, draft 4 to 2020-12
    JsonSchema,
}

impl Import {
    /// Prints the contract; what is to be said about the source goes to standard error.
    pub fn run(&self, output: &Output) -> Result<Exit, Failure> {
        let text = self.text()?;
        let format = match self.from {
            Name::Avro => Format::Avro,
            Name::JsonSchema => Format::JsonSchema,
        };
        let imported = zonecut_formats::import(format, &text.name, &text.bytes, &self.id);
        let mut sources = documents::sources();
        if let Ok(content) = std::str::from_utf8(&text.bytes) {
            sources.add(text.name.as_str().into(), content.into());
        }
        let report = LintReport {
            valid: imported.value.is_some(),
            findings: imported.findings,
        };
        if !report.findings.is_empty() {
            output.aside(&report, &sources)?;
        }
        match imported.value {
            Some(contract) => {
                print(&contract)?;
                Ok(Exit::Fine)
            }
            None => Ok(Exit::Invalid),
        }
    }

    fn text(&self) -> Result<Text, Failure> {
        if self.source != Path::new("-") {
            return documents::read(&self.source);
        }
        let mut bytes = Vec::new();
        let name = "standard input".to_owned();
        std::io::stdin()
            .lock()
            .take(documents::LARGEST)
            .read_to_end(&mut bytes)
            .map_err(|source| Failure::Read {
                path: name.clone(),
                source,
            })?;
        Ok(Text { name, bytes })
    }
}

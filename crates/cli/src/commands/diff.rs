//! `zonecut diff`.

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::Args;
use serde::Serialize;
use serde_json::Value;
use zonecut_evolution::{Fact, FactKind, diff, diff_products};

use crate::documents::{self, Reading};
use crate::exit::{Exit, Failure};
use crate::output::{Output, json, print};

/// Arguments of `diff`.
#[derive(Debug, Args)]
pub struct Diff {
    /// The old contract or product
    before: PathBuf,
    /// The new contract or product
    after: PathBuf,
}

/// The answer as JSON.
#[derive(Serialize)]
struct Answer<'a> {
    facts: Vec<Fact<'a>>,
}

impl Diff {
    /// Prints every fact.
    pub fn run(&self, output: &Output) -> Result<Exit, Failure> {
        let as_json = output.is_json()?;
        let mut reading = Reading::new();
        let before = documents::read(&self.before)?;
        let after = documents::read(&self.after)?;
        if documents::are_products(&before, &after) {
            let products = (reading.product(&before), reading.product(&after));
            if let (Some(before), Some(after)) = &products {
                return show(diff_products(before, after), as_json);
            }
        } else {
            let contracts = (reading.contract(&before), reading.contract(&after));
            if let (Some(before), Some(after)) = &contracts {
                return show(diff(before, after), as_json);
            }
        }
        if let Some(report) = reading.invalid() {
            output.lint(&report, &reading.sources)?;
        }
        Ok(Exit::Invalid)
    }
}

fn show(facts: Vec<Fact<'_>>, as_json: bool) -> Result<Exit, Failure> {
    if as_json {
        json(&Answer { facts })?;
    } else {
        print(&list(&facts))?;
    }
    Ok(Exit::Fine)
}

fn list(facts: &[Fact<'_>]) -> String {
    facts.iter().fold(String::new(), |mut text, fact| {
        let kind = match fact.kind {
            FactKind::Added => "added",
            FactKind::Removed => "removed",
            FactKind::Changed => "changed",
            FactKind::Renamed => "renamed",
            FactKind::Respelled => "respelled",
        };
        // Writing into a string does not fail.
        let _ = write!(text, "{kind:9} {}", fact.path);
        if let Some(field) = fact.field.as_deref().filter(|field| *field != fact.path) {
            let _ = write!(text, " {field}");
        }
        let _ = match (fact.shown(fact.before), fact.shown(fact.after)) {
            (Some(before), Some(after)) => {
                writeln!(text, ": {} -> {}", short(&before), short(&after))
            }
            (Some(only), None) | (None, Some(only)) => writeln!(text, ": {}", short(&only)),
            (None, None) => writeln!(text),
        };
        text
    })
}

fn short(value: &Value) -> String {
    const LONGEST: usize = 60;
    let text = value.to_string();
    if text.chars().count() <= LONGEST {
        return text;
    }
    let start: String = text.chars().take(LONGEST).collect();
    format!("{start}…")
}

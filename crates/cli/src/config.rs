//! What a repository decides: how grave it takes rules to be (`[rules]` in `zonecut.toml`), what its
//! labels stand for (`[classification]`), and which findings somebody answers for
//! (`zonecut.waivers.yaml`).
//!
//! Does not belong here: what `zonecut serve` is told (`server`); both read the same `zonecut.toml`.

mod classification;
mod rules;
#[cfg(test)]
mod schema;

use std::path::{Path, PathBuf};

use zonecut_contract::Classification;
use zonecut_diagnostics::LintFinding;
use zonecut_evolution::Waivers;

use crate::documents;
use crate::exit::Failure;
use crate::git::{Base, Repository};

pub use rules::Config;

const CONFIG: &str = "zonecut.toml";
const WAIVERS: &str = "zonecut.waivers.yaml";

impl Config {
    /// Reads the repository's `zonecut.toml`, if it has one.
    ///
    /// # Errors
    /// When it can't be read; the findings say what of it is wrong.
    pub fn load() -> Result<Result<Self, Vec<LintFinding>>, Failure> {
        match beside(CONFIG) {
            Some(path) => {
                let text = documents::read(&path)?;
                Ok(Self::parse(&text.name, &text.bytes))
            }
            None => Ok(Ok(Self::default())),
        }
    }
}

/// What labels and tags stood for in a commit. Whoever changes a contract may change `zonecut.toml`
/// too: no change says by which order it is judged.
///
/// # Errors
/// When git can't tell.
pub fn classification_at(repository: &Repository, base: &Base) -> Result<Classification, Failure> {
    let bytes = repository.nearest(base, CONFIG)?;
    Ok(classification::of_older(&bytes.unwrap_or_default()))
}

/// The waivers in `named`, else in the repository's own file, else none.
///
/// # Errors
/// When a file can't be read; the findings say what of it is wrong.
pub fn waivers(named: Option<&Path>) -> Result<Result<Waivers, Vec<LintFinding>>, Failure> {
    let Some(path) = named.map(Path::to_owned).or_else(|| beside(WAIVERS)) else {
        return Ok(Ok(Waivers::default()));
    };
    let text = documents::read(&path)?;
    let parsed = Waivers::read(&text.name, &text.bytes);
    Ok(parsed.value.ok_or(parsed.findings))
}

/// A file of that name here or, within a git working tree, above.
fn beside(name: &str) -> Option<PathBuf> {
    let here = std::env::current_dir().ok()?;
    let is_top = |folder: &&Path| folder.join(".git").exists();
    let top = here.ancestors().find(is_top).unwrap_or(&here);
    let mut folders = here
        .ancestors()
        .take_while(|folder| folder.starts_with(top));
    let up = folders.position(|folder| folder.join(name).is_file())?;
    Some(PathBuf::from("../".repeat(up)).join(name))
}

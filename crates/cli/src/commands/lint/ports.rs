//! The ports of products beside the contracts of the tree that they stand in: the git working tree
//! around them, else the folder that was named.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use zonecut_contract::{Catalogue, Node, lint_ports, read_document};
use zonecut_diagnostics::LintFinding;

use crate::documents::{self, Kind, Text};
use crate::exit::Failure;
use crate::parallel;

/// The contracts of each tree, read when the first product of it is met.
#[derive(Default)]
pub struct Trees(HashMap<PathBuf, Catalogue>);

impl Trees {
    /// What is wrong with the ports of the product in `file`, which was found below `named`.
    pub fn lint(
        &mut self,
        file: &Path,
        named: &Path,
        text: &Text,
    ) -> Result<Vec<LintFinding>, Failure> {
        let folder = || named.is_dir().then(|| named.to_owned());
        let Some(top) = working_tree(file).or_else(folder) else {
            return Ok(Vec::new());
        };
        if !self.0.contains_key(&top) {
            self.0.insert(top.clone(), catalogue(&top)?);
        }
        let here = self.0.get(&top);
        Ok(here.map_or_else(Vec::new, |here| lint_ports(&text.name, &text.bytes, here)))
    }
}

/// The top of the git working tree around a file.
fn working_tree(file: &Path) -> Option<PathBuf> {
    let file = file.canonicalize().ok()?;
    let is_top = |folder: &&Path| folder.join(".git").exists();
    file.ancestors().skip(1).find(is_top).map(Path::to_owned)
}

/// The contracts below a folder. One that can't be read has no id to be found by.
fn catalogue(top: &Path) -> Result<Catalogue, Failure> {
    let read = parallel::map(&documents::find(top)?, |file| {
        documents::read(file).map(|text| identity(&text))
    });
    let mut here = Catalogue::default();
    for identity in read {
        if let Some((id, version)) = identity? {
            here.add(&id, &version);
        }
    }
    Ok(here)
}

/// The id and the version of a contract.
fn identity(text: &Text) -> Option<(String, String)> {
    if documents::kind(text) != Some(Kind::Contract) {
        return None;
    }
    let document = read_document(&text.name, &text.bytes).value?;
    let stated = |key| document.root.get(key).and_then(Node::as_str);
    Some((stated("id")?.to_owned(), stated("version")?.to_owned()))
}

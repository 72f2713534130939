//! Reads a folder of documents: `domains.yaml`, `contracts/*.odcs.yaml`, `products/*.odps.yaml` and
//! `policies/*.yaml` without the tests beside them.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use zonecut_contract::version::Version;
use zonecut_contract::{Contract, Parsed, Product, read_contract, read_product};
use zonecut_policy::read_policies;

use crate::app::seed::SeedError;
use crate::app::write_policy::Incoming;
use crate::store::domain::Domain;

/// All documents of a folder.
pub(super) struct Folder {
    domains: Vec<In<Domain>>,
    /// By id and then by version, so that the newest comes last.
    pub(super) contracts: Vec<In<Contract>>,
    pub(super) products: Vec<In<Product>>,
    pub(super) policies: Vec<In<Incoming>>,
}

/// A document and its file.
pub(super) struct In<T> {
    pub(super) name: String,
    pub(super) value: T,
}

/// A domain that the folder speaks of.
pub(super) struct FolderDomain {
    pub(super) file: String,
    pub(super) value: Domain,
    /// Whether `domains.yaml` states it; else a document only names it.
    pub(super) stated: bool,
}

/// An entry of `domains.yaml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    name: String,
    title: String,
    #[serde(default)]
    description: String,
    #[serde(default)]
    owner: Option<String>,
}

/// Reads the folder, away from the threads that serve.
pub(super) async fn read(path: PathBuf) -> Result<Folder, SeedError> {
    let read = tokio::task::spawn_blocking(move || read_now(&path)).await;
    read.map_err(|error| sqlx::Error::Decode(error.into()))?
}

fn read_now(root: &Path) -> Result<Folder, SeedError> {
    if let Err(error) = std::fs::read_dir(root) {
        return Err(unreadable(root, error));
    }
    let mut contracts = Vec::new();
    for (name, text) in files(root, "contracts", ".odcs.yaml")? {
        let value = whole(&name, read_contract(&name, text.as_bytes()))?;
        contracts.push(In { name, value });
    }
    contracts.sort_by_cached_key(|it| (it.value.id.clone(), order(&it.value.version)));
    let mut products = Vec::new();
    for (name, text) in files(root, "products", ".odps.yaml")? {
        let value = whole(&name, read_product(&name, text.as_bytes()))?;
        products.push(In { name, value });
    }
    let mut policies = Vec::new();
    for (name, text) in files(root, "policies", ".yaml")? {
        if name.ends_with(".test.yaml") {
            continue;
        }
        // The whole file first, for findings at their lines in it.
        whole(&name, read_policies(&name, text.as_bytes()))?;
        for part in parts(&text) {
            let documents = whole(&name, read_policies(&name, part.as_bytes()))?;
            policies.extend(documents.into_iter().map(|document| In {
                name: name.clone(),
                value: Incoming {
                    document,
                    text: part.clone(),
                },
            }));
        }
    }
    Ok(Folder {
        domains: domains(root)?,
        contracts,
        products,
        policies,
    })
}

impl Folder {
    /// The domains stated, and those that documents name besides.
    pub(super) fn domains(&self) -> Vec<FolderDomain> {
        let mut all = BTreeMap::new();
        let contracts = self
            .contracts
            .iter()
            .map(|it| (&it.name, it.value.domain.as_ref()));
        let products = self
            .products
            .iter()
            .map(|it| (&it.name, it.value.domain.as_ref()));
        let policies = self
            .policies
            .iter()
            .map(|it| (&it.name, it.value.document.domain.as_ref()));
        for (file, domain) in contracts.chain(products).chain(policies) {
            let Some(name) = domain else { continue };
            let value = Domain {
                name: name.clone(),
                title: name.clone(),
                description: String::new(),
                owner: None,
            };
            let domain = FolderDomain {
                file: file.clone(),
                value,
                stated: false,
            };
            all.entry(name.clone()).or_insert(domain);
        }
        for In { name, value } in &self.domains {
            let domain = FolderDomain {
                file: name.clone(),
                value: value.clone(),
                stated: true,
            };
            all.insert(value.name.clone(), domain);
        }
        all.into_values().collect()
    }
}

fn domains(root: &Path) -> Result<Vec<In<Domain>>, SeedError> {
    let name = "domains.yaml";
    let path = root.join(name);
    let Some(text) = if_there(&path, std::fs::read_to_string(&path))? else {
        return Ok(Vec::new());
    };
    let entries: Vec<Entry> =
        serde_saphyr::from_str(&text).map_err(|error| SeedError::Refused {
            file: name.to_owned(),
            reason: error.to_string(),
        })?;
    let domains = entries.into_iter().map(|entry| In {
        name: name.to_owned(),
        value: Domain {
            name: entry.name,
            title: entry.title,
            description: entry.description,
            owner: entry.owner,
        },
    });
    Ok(domains.collect())
}

/// The files of a sub-folder whose names end so, by name; none where there is no such folder.
fn files(root: &Path, folder: &str, end: &str) -> Result<Vec<(String, String)>, SeedError> {
    let path = root.join(folder);
    let Some(entries) = if_there(&path, std::fs::read_dir(&path))? else {
        return Ok(Vec::new());
    };
    let mut names = Vec::new();
    for entry in entries {
        let entry = entry.map_err(|error| unreadable(&path, error))?;
        // A name that is no text is no name of ours.
        let name = entry.file_name().into_string().ok();
        names.extend(name.filter(|name| name.ends_with(end)));
    }
    names.sort_unstable();
    let read = |name: String| {
        let text = text(&path.join(&name))?;
        Ok((format!("{folder}/{name}"), text))
    };
    names.into_iter().map(read).collect()
}

fn text(path: &Path) -> Result<String, SeedError> {
    std::fs::read_to_string(path).map_err(|error| unreadable(path, error))
}

/// What was read of `path`; nothing where there is no such thing. One that is there and can't be
/// read is not taken for none: half a folder would be loaded, and called whole.
fn if_there<T>(path: &Path, read: std::io::Result<T>) -> Result<Option<T>, SeedError> {
    match read {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        read => read.map(Some).map_err(|error| unreadable(path, error)),
    }
}

fn unreadable(path: &Path, error: std::io::Error) -> SeedError {
    SeedError::Unreadable(path.display().to_string(), error)
}

fn whole<T>(file: &str, parsed: Parsed<T>) -> Result<T, SeedError> {
    let findings = parsed.findings;
    parsed.value.ok_or_else(|| SeedError::Invalid {
        file: file.to_owned(),
        findings,
    })
}

/// The documents of a YAML stream, each as its own text. A marker stands at the start of a line,
/// where no block scalar can reach.
fn parts(text: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    for line in text.split_inclusive('\n') {
        let marker = line.trim_end();
        if marker == "---" || line.starts_with("--- ") {
            parts.push(String::new());
        } else if let Some(part) = parts.last_mut() {
            part.push_str(line);
        }
    }
    let says_something = |part: &String| {
        part.lines()
            .any(|line| !line.trim().is_empty() && !line.starts_with('#'))
    };
    parts.into_iter().filter(says_something).collect()
}

/// Versions in their order: semantic ones by precedence, others before them by their text.
fn order(version: &str) -> (Option<Version>, String) {
    (Version::parse(version), version.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_falls_into_its_documents() {
        let parts = parts("# note\nkind: A\n---\n# only a comment\n---\nkind: B\ntext: |\n  ---\n");
        assert_eq!(parts, ["# note\nkind: A\n", "kind: B\ntext: |\n  ---\n"]);
    }

    #[test]
    fn versions_are_ordered_by_precedence() {
        assert!(order("1.9.0") < order("1.10.0"));
        assert!(order("2.0.0-rc.1") < order("2.0.0"));
        assert!(order("latest") < order("0.1.0"));
    }
}

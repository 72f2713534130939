//! The shipped mesh: its documents are sound, agree with each other, and say of published formats what
//! really is published.

mod documents;
mod extensions;
mod guide;
mod history;
mod rssac002;
mod zeek;

use serde_json::Value;
use zonecut_contract::{Contract, Parsed, Product, read_contract, read_document, read_product};

use crate::checkout::{read, root};

fn read_folder<T>(
    folder: &str,
    ending: &str,
    parse: impl Fn(&str, &[u8]) -> Parsed<T>,
) -> Vec<(String, T)> {
    let mut files: Vec<_> = std::fs::read_dir(root().join(folder))
        .unwrap_or_else(|error| panic!("{folder}: {error}"))
        .map(|entry| {
            entry
                .expect("a folder can be listed")
                .file_name()
                .into_string()
                .expect("names are text")
        })
        .filter(|name| name.ends_with(ending) && !name.ends_with(".test.yaml"))
        .collect();
    files.sort();
    assert!(!files.is_empty(), "{folder} holds *{ending}");
    files
        .into_iter()
        .map(|name| {
            let path = format!("{folder}/{name}");
            let parsed = parse(&path, read(&path).as_bytes());
            assert!(parsed.findings.is_empty(), "{path}: {:#?}", parsed.findings);
            (
                name,
                parsed.value.expect("no findings, so there is a value"),
            )
        })
        .collect()
}

/// All versions of all contracts, with their file names, in order.
fn contracts() -> Vec<(String, Contract)> {
    read_folder("contracts", ".odcs.yaml", read_contract)
}

/// All products with their file names.
fn products() -> Vec<(String, Product)> {
    read_folder("products", ".odps.yaml", read_product)
}

/// A version of a contract.
fn contract(id: &str, version: &str) -> Contract {
    let found = contracts()
        .into_iter()
        .find(|(_, contract)| contract.id == id && contract.version == version);
    found.unwrap_or_else(|| panic!("no {id} {version}")).1
}

/// Any YAML text as JSON.
fn yaml(name: &str, text: &str) -> Value {
    let parsed = read_document(name, text.as_bytes());
    parsed
        .value
        .unwrap_or_else(|| panic!("{name}: {:?}", parsed.findings))
        .root
        .to_json()
}

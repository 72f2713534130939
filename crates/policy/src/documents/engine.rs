//! `Engine` documents.

use std::collections::BTreeMap;

use zonecut_contract::node::{Node, Value};

use super::Engine;
use crate::lower::Dialect;
use zonecut_contract::strict::{Reader, join};

const KEYS: [&str; 8] = [
    "type",
    "region",
    "purpose",
    "cloud",
    "evaluator",
    "catalogs",
    "unmanaged",
    "functions",
];
/// Mask types that an engine may have as a function.
const FUNCTIONS: [&str; 4] = ["domain", "hash-keyed", "ip-pseudonym", "ip-token"];

pub(super) fn read(reader: &mut Reader<'_>, spec: &Node) -> Option<Engine> {
    if !reader.mapping(spec, "spec", &KEYS) {
        return None;
    }
    let dialect = dialect(reader, spec);
    let unmanaged = spec.get("unmanaged");
    let mut unmanaged_list = |key: &str| {
        let node = unmanaged?;
        reader
            .words(node, key, "spec.unmanaged")
            .map(|words| words.into_iter().map(|word| word.text).collect::<Vec<_>>())
    };
    let (unmanaged_catalogs, unmanaged_schemas) =
        (unmanaged_list("catalogs"), unmanaged_list("schemas"));
    if let Some(node) = unmanaged {
        reader.mapping(node, "spec.unmanaged", &["catalogs", "schemas"]);
    }
    Some(Engine {
        region: reader.text(spec, "region", "spec"),
        purpose: reader.text(spec, "purpose", "spec"),
        cloud: reader.text(spec, "cloud", "spec"),
        evaluator: reader.text(spec, "evaluator", "spec"),
        catalogs: catalogs(reader, spec),
        unmanaged_catalogs: unmanaged_catalogs.unwrap_or_default(),
        unmanaged_schemas: unmanaged_schemas.unwrap_or_default(),
        functions: functions(reader, spec),
        dialect: dialect?,
    })
}

fn dialect(reader: &mut Reader<'_>, spec: &Node) -> Option<Dialect> {
    let known = || {
        format!(
            "one of {}",
            crate::quoted(Dialect::ALL.iter().map(|dialect| dialect.name()))
        )
    };
    let Some(node) = spec.get("type") else {
        reader.missing(spec, "spec.type", &known());
        return None;
    };
    let word = reader.word(node, "spec.type")?.text;
    let found = Dialect::ALL
        .into_iter()
        .find(|dialect| dialect.name() == word);
    if found.is_none() {
        let nearest = zonecut_contract::spelling::nearest(
            &word,
            Dialect::ALL.iter().map(|dialect| dialect.name()),
        );
        let help = nearest.map_or_else(known, |name| format!("did you mean `{name}`?"));
        reader.refuse(
            "unknown-engine-type",
            node.span,
            "spec.type",
            format!("unknown engine type `{word}`"),
            help,
        );
    }
    found
}

fn entries<'n>(
    reader: &mut Reader<'_>,
    spec: &'n Node,
    key: &str,
) -> Vec<(&'n str, &'n Node, String)> {
    let Some(node) = spec.get(key) else {
        return Vec::new();
    };
    let path = join("spec", key);
    if !matches!(node.value, Value::Map(_)) {
        reader.wrong_type(node, &path, "a mapping");
    }
    node.entries()
        .iter()
        .map(|entry| (entry.key.as_str(), &entry.node, join(&path, &entry.key)))
        .collect()
}

fn catalogs(reader: &mut Reader<'_>, spec: &Node) -> BTreeMap<String, String> {
    let mut catalogs = BTreeMap::new();
    for (catalog, node, path) in entries(reader, spec, "catalogs") {
        if !reader.mapping(node, &path, &["server"]) {
            continue;
        }
        match reader.text(node, "server", &path) {
            Some(server) => {
                catalogs.insert(catalog.to_owned(), server);
            }
            None if node.get("server").is_none() => reader.missing(
                node,
                &format!("{path}.server"),
                "the name of the contracts' server behind the catalog",
            ),
            None => {}
        }
    }
    catalogs
}

fn functions(reader: &mut Reader<'_>, spec: &Node) -> BTreeMap<String, String> {
    let mut functions = BTreeMap::new();
    for (mask, node, path) in entries(reader, spec, "functions") {
        if !FUNCTIONS.contains(&mask) {
            let help = zonecut_contract::spelling::nearest(mask, FUNCTIONS.iter().copied())
                .map_or_else(
                    || format!("one of {}", crate::quoted(FUNCTIONS.iter().copied())),
                    |name| format!("did you mean `{name}`?"),
                );
            reader.refuse(
                "unknown-key",
                node.span,
                &path,
                format!("`{mask}` is no mask that a function applies"),
                help,
            );
        } else if let Some(function) = reader.word(node, &path) {
            if is_function_name(&function.text) {
                functions.insert(mask.to_owned(), function.text);
            } else {
                reader.refuse(
                    "invalid-name",
                    node.span,
                    &path,
                    format!("`{}` is no function name", function.text),
                    "words of letters, digits and `_`, joined by dots",
                );
            }
        }
    }
    functions
}

/// Written into SQL as it is, so nothing but plain identifiers.
fn is_function_name(name: &str) -> bool {
    name.split('.').all(|part| {
        part.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
            && part
                .chars()
                .all(|character| character.is_ascii_alphanumeric() || character == '_')
    })
}

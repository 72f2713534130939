//! Other people's cases, which are not part of the repository.

use std::path::PathBuf;

use serde_json::Value;

/// A folder of them, when it is there; else says that it is not.
pub(crate) fn folder(name: &str) -> Option<PathBuf> {
    let root = std::env::var_os("ZONECUT_VECTORS").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/vectors"),
        PathBuf::from,
    );
    let folder = root.join(name);
    if !folder.is_dir() {
        eprintln!("skipped: {}: no such folder", folder.display());
        return None;
    }
    Some(folder)
}

/// A file as JSON.
pub(crate) fn json(path: &std::path::Path) -> Value {
    let text = std::fs::read_to_string(path).unwrap();
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The JSON files of a folder, by name.
pub(crate) fn files(folder: &std::path::Path) -> Vec<(String, Value)> {
    let entries = std::fs::read_dir(folder).unwrap();
    let mut paths: Vec<_> = entries.map(|it| it.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|it| it == "json"));
    paths.sort();
    let file = |path: &PathBuf| {
        (
            path.file_name().unwrap().to_str().unwrap().to_owned(),
            json(path),
        )
    };
    paths.iter().map(file).collect()
}

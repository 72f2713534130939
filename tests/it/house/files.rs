//! Files are small and say what they are for.

use crate::checkout::{is_a, read, tracked_files};

const MOST_LINES: usize = 500;

/// Generated, and compared in CI by what generates them.
const GENERATED: [&str; 1] = ["web/src/api/schema.d.ts"];

fn source_files(extensions: &[&str]) -> Vec<String> {
    tracked_files()
        .into_iter()
        .filter(|file| extensions.iter().any(|extension| is_a(file, extension)))
        .filter(|file| !GENERATED.contains(&file.as_str()))
        .collect()
}

#[test]
fn no_source_file_is_longer_than_500_lines() {
    let files = source_files(&["rs", "ts", "tsx", "css", "mjs", "sql"]);
    assert!(files.len() > 20, "the sources are found: {files:?}");
    let long: Vec<_> = files
        .iter()
        .map(|file| (file, read(file).lines().count()))
        .filter(|(_, lines)| *lines > MOST_LINES)
        .collect();
    assert!(long.is_empty(), "split these: {long:?}");
}

#[test]
fn every_rust_module_says_what_it_is_for() {
    let silent: Vec<_> = source_files(&["rs"])
        .into_iter()
        .filter(|file| !read(file).starts_with("//! "))
        .collect();
    assert!(
        silent.is_empty(),
        "these do not open with `//!`: {silent:?}"
    );
}

#[test]
fn every_migration_begins_with_why() {
    let silent: Vec<_> = source_files(&["sql"])
        .into_iter()
        .filter(|file| file.starts_with("migrations/") && !read(file).starts_with("-- "))
        .collect();
    assert!(
        silent.is_empty(),
        "these do not open with a comment: {silent:?}"
    );
}

#[test]
fn scripts_are_sound_bash() {
    let scripts: Vec<_> = tracked_files()
        .into_iter()
        .filter(|file| file.starts_with("scripts/") || file == ".ci/run")
        .filter(|file| read(file).starts_with("#!/usr/bin/env bash"))
        .collect();
    assert!(scripts.len() > 4, "the scripts are found: {scripts:?}");
    for script in &scripts {
        crate::checkout::output_of("bash", &["-n", script]);
        assert!(
            read(script).contains("set -euo pipefail"),
            "{script} goes on after an error"
        );
    }
}

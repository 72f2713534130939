//! The checkout that is tested: its files, and programs run in it.

use std::path::{Path, PathBuf};
use std::process::Command;

/// The root of the checkout.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("tests/ lies in the checkout")
        .to_owned()
}

/// What `program` prints, run in the root.
pub fn output_of(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program)
        .args(arguments)
        .current_dir(root())
        .output()
        .unwrap_or_else(|error| panic!("`{program}` can't be started: {error}"));
    assert!(
        output.status.success(),
        "`{program}` failed: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).expect("its output is text")
}

/// The cargo that runs this test.
pub fn cargo(arguments: &[&str]) -> String {
    output_of(env!("CARGO"), arguments)
}

/// The files under version control, relative to the root, with new ones that are not ignored.
pub fn tracked_files() -> Vec<String> {
    output_of(
        "git",
        &["ls-files", "--cached", "--others", "--exclude-standard"],
    )
    .lines()
    .filter(|file| root().join(file).exists())
    .map(str::to_owned)
    .collect()
}

/// Whether the file's name ends in `.extension`.
pub fn is_a(file: &str, extension: &str) -> bool {
    Path::new(file)
        .extension()
        .is_some_and(|found| found == extension)
}

/// The text of a file in the root.
pub fn read(file: &str) -> String {
    std::fs::read_to_string(root().join(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

/// The binary under test: `ZONECUT_BIN`, else the one that this build put beside the test's own folder.
pub fn binary() -> PathBuf {
    if let Some(path) = std::env::var_os("ZONECUT_BIN") {
        return path.into();
    }
    let test = std::env::current_exe().expect("a test has a path");
    let profile = test
        .parent()
        .and_then(Path::parent)
        .expect("tests run from target/<profile>/deps");
    let path = profile.join("zonecut");
    assert!(
        path.exists(),
        "{} is not built: run `cargo build -p zonecut-cli` first",
        path.display()
    );
    path
}

/// The folder of reference data from other projects; `None`, said aloud, where it is absent.
pub fn vectors(part: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("ZONECUT_VECTORS")
        .map_or_else(|| root().join("../shared/vectors"), PathBuf::from);
    let found = folder.join(part);
    if !found.exists() {
        println!("skipped: {part}: no reference data in {}", folder.display());
        return None;
    }
    Some(found)
}

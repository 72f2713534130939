//! What we link and ship is permissively licensed, and none of it is known to be a mistake.
//!
//! Advisories need a database that changes daily: `make test` asks cargo-deny where it is installed.

use serde_json::Value;

use crate::checkout::{cargo, read, root};

const ALLOWED: [&str; 17] = [
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "BlueOak-1.0.0",
    "CC-BY-4.0",
    "CC0-1.0",
    "CDLA-Permissive-2.0",
    "ISC",
    "MIT",
    "MIT-0",
    "Python-2.0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

/// Not permissive, and taken all the same: name, licence, why.
const EXCEPTIONS: [(&str, &str, &str); 1] = [(
    "smartstring",
    "MPL-2.0+",
    "casbin's expression engine needs it; the MPL ends at its own files, which we do not change",
)];

/// Each with the reason it was refused.
const REFUSED: [(&str, &str); 6] = [
    (
        "serde_yaml",
        "unmaintained, and the last of two equal keys wins in silence",
    ),
    ("serde_yml", "unmaintained"),
    ("sqlx-adapter", "drags in an older sqlx"),
    ("openssl", "TLS is rustls everywhere"),
    ("native-tls", "TLS is rustls everywhere"),
    ("elkjs", "EPL or GPL; we lay graphs out ourselves"),
];

/// Whether an SPDX expression leaves us a choice of allowed licences only.
fn allowed(expression: &str) -> bool {
    let expression = expression.replace('/', " OR ").replace(['(', ')'], "");
    // In the expressions that occur, OR binds a whole list or stands between single licences; requiring one allowed
    // name in each part of AND is right for both.
    expression.split(" AND ").all(|part| {
        part.split(" OR ")
            .any(|licence| ALLOWED.contains(&licence.trim()))
    })
}

fn packages() -> Vec<Value> {
    let metadata = cargo(&["metadata", "--locked", "--format-version", "1"]);
    let mut metadata: Value = serde_json::from_str(&metadata).expect("cargo metadata is JSON");
    match metadata["packages"].take() {
        Value::Array(packages) => packages,
        other => panic!("cargo metadata lists packages, not {other}"),
    }
}

#[test]
fn crates_are_permissively_licensed() {
    let excepted = |package: &Value| {
        EXCEPTIONS
            .iter()
            .any(|(name, licence, _)| package["name"] == *name && package["license"] == *licence)
    };
    let refused: Vec<_> = packages()
        .iter()
        .filter(|package| !package["license"].as_str().is_some_and(allowed) && !excepted(package))
        .map(|package| {
            format!(
                "{} {}: {}",
                package["name"], package["version"], package["license"]
            )
        })
        .collect();
    assert!(
        refused.is_empty(),
        "not on the list of licences: {refused:#?}"
    );
}

#[test]
fn refused_crates_stay_out() {
    let packages = packages();
    for (name, reason) in REFUSED {
        assert!(
            packages.iter().all(|package| package["name"] != name),
            "`{name}` was refused: {reason}"
        );
    }
    for package in packages
        .iter()
        .filter(|package| package["name"] == "jsonwebtoken")
    {
        let version = package["version"].as_str().expect("a version is text");
        let parts: Vec<u32> = version
            .split('.')
            .filter_map(|part| part.parse().ok())
            .collect();
        assert!(
            parts >= vec![10, 3],
            "jsonwebtoken {version} is older than 10.3"
        );
    }
}

#[test]
fn one_version_of_what_costs_most() {
    let packages = packages();
    for name in [
        "axum",
        "casbin",
        "hyper",
        "jsonschema",
        "sqlx",
        "tokio",
        "utoipa",
    ] {
        let count = packages
            .iter()
            .filter(|package| package["name"] == name)
            .count();
        assert!(
            count <= 1,
            "{count} versions of `{name}` are linked: `cargo tree -d` shows why"
        );
    }
}

#[test]
fn web_packages_are_permissively_licensed() {
    if !root().join("web/package-lock.json").exists() {
        println!("skipped: licences of the web packages: no web/package-lock.json");
        return;
    }
    let lock: Value =
        serde_json::from_str(&read("web/package-lock.json")).expect("the lock file is JSON");
    let packages = lock["packages"]
        .as_object()
        .expect("the lock file lists packages");
    // What is not shipped may also be under the MPL: axe-core and Vite's CSS compiler are.
    let acceptable = |package: &Value| {
        let licence = package["license"].as_str().unwrap_or_default();
        allowed(licence) || (package["dev"] == true && licence == "MPL-2.0")
    };
    let is_refused = |path: &str| {
        REFUSED
            .iter()
            .any(|(name, _)| path.ends_with(&format!("node_modules/{name}")))
    };
    let refused: Vec<_> = packages
        .iter()
        .filter(|(path, package)| !path.is_empty() && (!acceptable(package) || is_refused(path)))
        .map(|(path, package)| format!("{path}: {}", package["license"]))
        .collect();
    assert!(
        refused.is_empty(),
        "not on the list of licences: {refused:#?}"
    );
}

#[test]
fn licence_expressions_are_read_right() {
    assert!(
        allowed("MIT OR Apache-2.0")
            && allowed("MIT/Apache-2.0")
            && allowed("(MIT OR Apache-2.0) AND Unicode-3.0")
    );
    assert!(allowed("GPL-3.0 OR MIT"), "we choose MIT");
    assert!(!allowed("GPL-3.0") && !allowed("MIT AND GPL-3.0") && !allowed(""));
}

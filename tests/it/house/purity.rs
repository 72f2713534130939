//! The pure crates stay pure: no network, no database, no files, no clock.

use crate::checkout::{cargo, is_a, read, tracked_files};

/// Everything but `server` and `cli`.
const PURE: [&str; 10] = [
    "audit",
    "contract",
    "diagnostics",
    "dns",
    "evolution",
    "formats",
    "lineage",
    "mask",
    "policy",
    "quality",
];

/// Crates that exist to do I/O. `socket2` and `mio` stand for tokio's network: it needs them, and
/// the rest of tokio, which casbin locks with, does not.
const FORBIDDEN: [&str; 14] = [
    "axum",
    "h2",
    "hyper",
    "mio",
    "native-tls",
    "openssl",
    "postgres",
    "reqwest",
    "rustls",
    "socket2",
    "sqlx",
    "sqlx-core",
    "tokio-postgres",
    "tower-http",
];

/// What does I/O in the standard library. The clock is refused by clippy.toml.
const FORBIDDEN_PATHS: [&str; 9] = [
    "std::fs",
    "std::process",
    "std::env::",
    "Instant::now",
    "std::thread",
    "TcpStream",
    "TcpListener",
    "UdpSocket",
    "ToSocketAddrs",
];

/// `cargo metadata` unites the features of the whole workspace, which would show tokio with the server's network
/// in every crate; `cargo tree -p` resolves one crate as it is built alone.
#[test]
fn pure_crates_depend_on_nothing_that_does_io() {
    for name in PURE {
        let package = format!("zonecut-{name}");
        let closure = cargo(&[
            "tree",
            "--locked",
            "--package",
            &package,
            "--edges",
            "normal",
            "--prefix",
            "none",
            "--format",
            "{p}",
        ]);
        let names: Vec<_> = closure
            .lines()
            .filter_map(|line| line.split(' ').next())
            .collect();
        assert!(
            names.contains(&package.as_str()),
            "`cargo tree` lists the crate itself: {closure}"
        );
        let found: Vec<_> = FORBIDDEN
            .iter()
            .filter(|forbidden| names.contains(forbidden))
            .collect();
        assert!(
            found.is_empty(),
            "{package} is pure, but depends on {found:?}: `cargo tree -p {package} -i` shows how"
        );
    }
}

#[test]
fn every_crate_is_pure_or_known_to_do_io() {
    let crates: Vec<_> = tracked_files()
        .iter()
        .filter_map(|file| {
            Some(
                file.strip_prefix("crates/")?
                    .strip_suffix("/Cargo.toml")?
                    .to_owned(),
            )
        })
        .filter(|name| name != "cli")
        .collect();
    assert_eq!(
        crates, PURE,
        "a crate that is new belongs into the list of pure ones"
    );
}

#[test]
fn pure_crates_call_nothing_that_does_io() {
    let mut read_files = 0;
    for file in tracked_files() {
        let Some(name) = PURE
            .iter()
            .find(|name| file.starts_with(&format!("crates/{name}/src/")))
        else {
            continue;
        };
        // Tests beside a module may read fixtures, as those inside one may.
        if !is_a(&file, "rs") || file.ends_with("/tests.rs") {
            continue;
        }
        read_files += 1;
        let text = read(&file);
        // Tests inside a module may read fixtures.
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        for path in FORBIDDEN_PATHS {
            assert!(
                !code.contains(path),
                "{file}: `{path}` has no place in the pure crate `{name}`: pass it in"
            );
        }
    }
    assert!(
        read_files >= PURE.len(),
        "the pure crates have source files"
    );
}

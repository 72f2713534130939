//! Finding PostgreSQL's binaries.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::directory::Layout;
use super::error::PrivatePostgresError;

/// A major version, such as 15.
pub(super) type Major = u32;

/// The oldest major version that has what we use.
const OLDEST: Major = 14;

/// Folders of distributions; `*` stands for one name of any version.
const USUAL: [&str; 10] = [
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/usr/lib/postgresql*/bin",
    "/usr/libexec/postgresql*",
    "/usr/local/pgsql/bin",
    "/opt/homebrew/opt/postgresql*/bin",
    "/usr/local/opt/postgresql*/bin",
    "/home/linuxbrew/.linuxbrew/opt/postgresql*/bin",
    "/Applications/Postgres.app/Contents/Versions/*/bin",
    "/opt/local/lib/postgresql*/bin",
];

/// A folder with `postgres` and `initdb` of one version.
#[derive(Clone, Debug)]
pub(super) struct Installation {
    folder: PathBuf,
    major: Major,
}

impl Installation {
    /// The folder given, else the first on `PATH`, else the newest of the usual ones; of the
    /// cluster's major version, where there is a cluster.
    pub(super) fn find(
        given: Option<&Path>,
        layout: &Layout,
    ) -> Result<Self, PrivatePostgresError> {
        let made = layout.version()?;
        let found: Vec<Self> = match given {
            Some(folder) => vec![
                Self::at(folder)
                    .ok_or_else(|| PrivatePostgresError::NotABinFolder(folder.to_owned()))?,
            ],
            None => candidates()
                .iter()
                .filter_map(|folder| Self::at(folder))
                .collect(),
        };
        let fits = |one: &&Self| made.is_none_or(|made| one.major == made);
        match (found.iter().find(fits), found.first(), made) {
            (Some(fitting), _, _) if fitting.major >= OLDEST => Ok(fitting.clone()),
            (Some(old), _, _) => Err(PrivatePostgresError::TooOld {
                found: old.major,
                needed: OLDEST,
                folder: old.folder.clone(),
            }),
            (None, Some(_), Some(made)) => Err(PrivatePostgresError::OtherMajor {
                cluster: layout.cluster(),
                made,
                found: versions(&found),
            }),
            (None, _, _) => Err(PrivatePostgresError::NotInstalled),
        }
    }

    /// The path of one program.
    pub(super) fn program(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    fn at(folder: &Path) -> Option<Self> {
        let folder = std::path::absolute(folder).ok()?;
        folder.join("initdb").is_file().then_some(())?;
        let output = Command::new(folder.join("postgres"))
            .arg("--version")
            .output()
            .ok()?;
        let major = major(&String::from_utf8_lossy(&output.stdout))?;
        Some(Self { folder, major })
    }
}

/// The major version in `postgres (PostgreSQL) 15.14 (Debian 15.14-0)`, also in `18beta1`.
fn major(text: &str) -> Option<Major> {
    let version = text.split_whitespace().nth(2)?;
    let end = version
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(version.len());
    version.get(..end)?.parse().ok()
}

fn versions(found: &[Installation]) -> String {
    let mut majors: Vec<Major> = found.iter().map(|one| one.major).collect();
    majors.sort_unstable();
    majors.dedup();
    majors
        .iter()
        .map(Major::to_string)
        .collect::<Vec<_>>()
        .join(", ")
}

fn candidates() -> Vec<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    for pattern in USUAL {
        let mut matching = expand(pattern);
        matching.sort_by_key(|folder| std::cmp::Reverse(version_in(folder)));
        folders.extend(matching);
    }
    folders.retain(|folder| folder.join("postgres").is_file());
    folders
}

/// The folders that match a pattern with at most one `*`, which stands within one name.
fn expand(pattern: &str) -> Vec<PathBuf> {
    let Some((before, after)) = pattern.split_once('*') else {
        return vec![pattern.into()];
    };
    let Some((parent, start)) = before.rsplit_once('/') else {
        return Vec::new();
    };
    let names = fs::read_dir(parent)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.file_name());
    names
        .filter(|name| name.as_encoded_bytes().starts_with(start.as_bytes()))
        .map(|name| {
            Path::new(parent)
                .join(name)
                .join(after.trim_start_matches('/'))
        })
        .collect()
}

/// The digits in the name that a `*` stood in, for an order by number: 9 before 15.
fn version_in(folder: &Path) -> u32 {
    let names = folder.iter().filter_map(OsStr::to_str);
    let digits = |name: &str| {
        name.chars()
            .filter(char::is_ascii_digit)
            .collect::<String>()
    };
    names
        .filter_map(|name| digits(name).parse().ok())
        .next_back()
        .unwrap_or(0)
}

//! What differs between a commit and the working tree.

use std::fs;
use std::path::PathBuf;

use zonecut_diagnostics::Omission;

use super::{Base, Link, Repository, checked, fields, inside, readable};
use crate::documents;
use crate::exit::Failure;

/// A file that differs between the commit and the working tree. Paths count from the top.
pub struct Change {
    /// The old path and the object that holds it.
    pub before: Option<(String, String)>,
    /// The new path.
    pub after: Option<String>,
    /// The object that holds the new file where it is not on disk, as in a sparse checkout.
    pub staged: Option<String>,
}

/// All that differs.
#[derive(Default)]
pub struct Changes {
    /// Files.
    pub files: Vec<Change>,
    /// Submodules.
    pub links: Vec<Link>,
    /// What may be ours, and can't be named.
    pub omissions: Vec<Omission>,
}

/// One record of `git diff --raw -z`.
struct Record<'a> {
    modes: [&'a str; 2],
    objects: [&'a str; 2],
    status: &'a str,
    paths: [&'a [u8]; 2],
}

impl Repository {
    /// Everything below the given paths that differs, untracked files included.
    pub fn changes(&self, base: &Base, paths: &[PathBuf]) -> Result<Changes, Failure> {
        let options = [
            "diff",
            "--raw",
            "-z",
            "--abbrev=64",
            "--find-renames",
            "--no-ext-diff",
            "--no-relative",
            "--no-color",
            "-O/dev/null",
            "--ignore-submodules=none",
            base.commit.as_str(),
            "--",
        ];
        let answer = checked(self.run_on(&options, paths)?, "git diff")?;
        let records = parse_raw(&answer).ok_or_else(|| Failure::Git {
            problem: "`git diff` answered in a form that is not understood".to_owned(),
            help: "try another version of git, or name two files with `--before` and `--after`"
                .to_owned(),
        })?;
        let mut changes = Changes::default();
        for record in &records {
            self.note(record, &mut changes);
        }
        let options = [
            "ls-files",
            "--others",
            "--exclude-standard",
            "--full-name",
            "-z",
            "--",
        ];
        let untracked = checked(self.run_on(&options, paths)?, "git ls-files")?;
        for path in fields(&untracked) {
            let Some(path) = self.name(path, &mut changes) else {
                continue;
            };
            // A link is no document beside the one it points to.
            let kind = fs::symlink_metadata(self.file(&path));
            if kind.is_ok_and(|kind| kind.is_file()) {
                changes.files.push(Change {
                    before: None,
                    after: Some(path),
                    staged: None,
                });
            }
        }
        self.forget_doubles(&mut changes);
        Ok(changes)
    }

    /// Adds what a record says to the changes.
    fn note(&self, record: &Record<'_>, changes: &mut Changes) {
        let [old_mode, new_mode] = record.modes;
        let [old_object, new_object] = record.objects;
        let [old_path, new_path] = record.paths.map(|path| self.name(path, changes));
        let (Some(old_path), Some(new_path)) = (old_path, new_path) else {
            return;
        };
        if is_link(old_mode) || is_link(new_mode) {
            changes.links.push(Link {
                path: new_path.clone(),
                before: is_link(old_mode).then(|| old_object.to_owned()),
                is_there: is_link(new_mode),
            });
        }
        let had = is_file(old_mode) && !record.status.starts_with(['C', 'U']);
        let has = is_file(new_mode) && !record.status.starts_with('D');
        let stands_in = had && new_mode == "120000" && self.points_inside(&new_path);
        let before = had.then(|| (old_path, old_object.to_owned()));
        let after = (has || stands_in).then_some(new_path);
        let is_known = new_object.bytes().any(|byte| byte != b'0');
        let staged = (has && is_known).then(|| new_object.to_owned());
        if before.is_some() || after.is_some() {
            changes.files.push(Change {
                before,
                after,
                staged,
            });
        }
    }

    /// A path as text. One that is no UTF-8 can't be told in a report.
    fn name(&self, path: &[u8], changes: &mut Changes) -> Option<String> {
        if let Some(path) = readable(path) {
            return Some(path.to_owned());
        }
        let path = String::from_utf8_lossy(path);
        let path = self.shown(&path);
        let is_new = changes.omissions.iter().all(|known| known.path != path);
        if documents::may_be_ours(&path) && is_new {
            changes.omissions.push(Omission {
                path,
                reason: "its name is no UTF-8".to_owned(),
                help: "rename it".to_owned(),
            });
        }
        None
    }

    /// Whether a link leads to a file of this working tree.
    fn points_inside(&self, path: &str) -> bool {
        let target = self.file(path).canonicalize();
        target.is_ok_and(|target| target.is_file() && inside(&self.root, &target).is_some())
    }

    /// A file that became a link to one that changed as well is followed there.
    fn forget_doubles(&self, changes: &mut Changes) {
        let target = |path: &str| {
            let file = self.file(path);
            let is_link = fs::symlink_metadata(&file).is_ok_and(|kind| kind.is_symlink());
            is_link.then(|| file.canonicalize().ok()).flatten()
        };
        let files: Vec<PathBuf> = changes
            .files
            .iter()
            .filter_map(|change| Some(self.file(change.after.as_ref()?)))
            .collect();
        for change in &mut changes.files {
            let target = change.after.as_deref().and_then(target);
            if target.is_some_and(|target| files.contains(&target)) {
                change.after = None;
            }
        }
    }
}

fn is_file(mode: &str) -> bool {
    mode.starts_with("100")
}

/// Whether a mode is that of a submodule.
fn is_link(mode: &str) -> bool {
    mode == "160000"
}

/// `git diff --raw -z`: `:modes objects status`, one path, or two where the status is a rename.
/// Nothing where the answer is malformed: a record that is misread would hide a change.
fn parse_raw(bytes: &[u8]) -> Option<Vec<Record<'_>>> {
    let mut fields = fields(bytes);
    let mut records = Vec::new();
    while let Some(header) = fields.next() {
        let header = readable(header)?.strip_prefix(':')?;
        let parts: Vec<&str> = header.split(' ').collect();
        let [old_mode, new_mode, old_object, new_object, status] = parts.as_slice() else {
            return None;
        };
        let old_path = fields.next()?;
        let new_path = if status.starts_with(['R', 'C']) {
            fields.next()?
        } else {
            old_path
        };
        records.push(Record {
            modes: [old_mode, new_mode],
            objects: [old_object, new_object],
            status,
            paths: [old_path, new_path],
        });
    }
    Some(records)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_that_breaks_off_is_refused() {
        assert!(parse_raw(b":100644 100644 a b M\0x.yaml\0").is_some());
        for broken in [
            &b":100644 100644 a b M\0"[..],
            b":100644 100644 a b R100\0x.yaml\0",
            b":100644 100644 a M\0x.yaml\0",
            b"x.yaml\0",
        ] {
            assert!(parse_raw(broken).is_none());
        }
    }
}

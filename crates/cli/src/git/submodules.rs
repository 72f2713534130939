//! Repositories inside the repository, each at a commit that the outer one names.

use std::fs;
use std::path::Path;

use zonecut_diagnostics::Omission;

use super::{Base, Repository, checked, fields, readable, shell_word};
use crate::exit::Failure;

/// A submodule that differs.
pub struct Link {
    /// Where it is, counted from the top.
    pub path: String,
    /// The commit that it stood at; nothing for a new one.
    pub before: Option<String>,
    /// Whether it is still part of the outer one.
    pub is_there: bool,
}

impl Repository {
    /// A submodule and what to compare it with, or why it is left out.
    pub fn submodule(
        &self,
        base: &Base,
        link: &Link,
    ) -> Result<Result<(Self, Base), Omission>, Failure> {
        let shown = self.shown(&link.path);
        let left_out = |reason: String, help: String| {
            Ok(Err(Omission {
                path: shown.clone(),
                reason,
                help,
            }))
        };
        if !link.is_there {
            return left_out(
                "the submodule was removed, and what it held can't be seen here".to_owned(),
                "see that nobody loses a contract that it held".to_owned(),
            );
        }
        let root = self.root.join(&link.path);
        if fs::symlink_metadata(root.join(".git")).is_err() {
            return left_out(
                "the submodule is not checked out".to_owned(),
                format!("run `{}`, then try again", self.check_out(&link.path)),
            );
        }
        let inner = Self {
            folder: root.clone(),
            root,
            prefix: self.prefix.clone(),
            mount: format!("{}{}/", self.mount, link.path),
        };
        let Some(commit) = &link.before else {
            let base = inner.empty()?;
            return Ok(Ok((inner, base)));
        };
        if inner.commit(commit)?.is_none() {
            let remote = inner.remote()?.unwrap_or_else(|| "origin".to_owned());
            let short: String = commit.chars().take(12).collect();
            return left_out(
                format!("the commit `{short}` that the submodule stood at is not in its clone"),
                format!(
                    "run `git -C {} fetch {} {commit}`, then try again",
                    shell_word(&self.seen_from_here(&link.path)),
                    shell_word(&remote)
                ),
            );
        }
        let base = Base {
            commit: commit.clone(),
            label: base.label.clone(),
        };
        Ok(Ok((inner, base)))
    }

    /// Whether the index has a submodule at a path.
    pub(super) fn is_submodule(&self, path: &Path) -> Result<bool, Failure> {
        if path.as_os_str().is_empty() {
            return Ok(false);
        }
        let answer = self.run_on(&["ls-files", "--stage", "-z", "--"], &[path.to_owned()])?;
        let answer = checked(answer, "git ls-files")?;
        let mut entries = fields(&answer).filter_map(readable);
        Ok(entries.next().is_some_and(|it| it.starts_with("160000 ")))
    }

    /// The command that checks a submodule out.
    pub(super) fn check_out(&self, path: &str) -> String {
        let here = self.seen_from_here("");
        let at = match here.as_str() {
            "" => String::new(),
            top => format!("-C {} ", shell_word(top)),
        };
        format!("git {at}submodule update --init -- {}", shell_word(path))
    }

    /// A path that counts from the top, as a command can name it from where ours was started.
    fn seen_from_here(&self, path: &str) -> String {
        let up = "../".repeat(self.prefix.matches('/').count());
        format!("{up}{}{path}", self.mount)
    }
}

//! The paths that people name: found in the working tree or in history, or said to be nowhere.

use std::collections::BTreeSet;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::{Component, Path, PathBuf};
use std::process::Output;

use zonecut_contract::spelling::nearest;

use super::{Base, Repository, checked, fields, inside, no_git, readable};
use crate::exit::Failure;

impl Repository {
    /// Paths as they were named, counted from the top.
    ///
    /// # Errors
    /// Where one is neither in the working tree nor in history, or where git does not look.
    pub fn locate(&self, base: &Base, named: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
        let here = self.root.join(&self.prefix);
        let located = named.iter().map(|path| {
            let real = resolve(&here.join(path));
            let below = inside(&self.root, &real).ok_or_else(|| outside(path, &self.root))?;
            self.look_up(base, path, &below)?;
            Ok(below)
        });
        located.collect()
    }

    /// Refuses a path that there is nothing to say about.
    fn look_up(&self, base: &Base, named: &Path, path: &Path) -> Result<(), Failure> {
        if let Some(nested) = self.outermost(path) {
            if self.is_submodule(&nested)? {
                return Ok(());
            }
            let shown = self.shown(&nested.to_string_lossy());
            return Err(Failure::Usage(format!(
                "`{}` lies in another repository: run `zonecut check` in `{shown}`",
                named.display()
            )));
        }
        for folder in path.ancestors() {
            if self.is_submodule(folder)? {
                let shown = folder.to_string_lossy();
                return Err(Failure::Git {
                    problem: format!("the submodule `{}` is not checked out", self.shown(&shown)),
                    help: format!("run `{}`, then try again", self.check_out(&shown)),
                });
            }
        }
        if fs::symlink_metadata(self.root.join(path)).is_ok() {
            return self.refuse_ignored(named, path);
        }
        for commit in [base.commit.as_str(), "HEAD"] {
            let mut object = OsString::from(format!("{commit}:"));
            object.push(path);
            let known = self.run(&[
                OsStr::new("rev-parse"),
                OsStr::new("--verify"),
                OsStr::new("--quiet"),
                OsStr::new("--end-of-options"),
                &object,
            ])?;
            if known.status.success() {
                return Ok(());
            }
        }
        let meant = self.meant(base, path)?;
        let meant = meant.map(|path| format!(": did you mean `{path}`?"));
        Err(Failure::Usage(format!(
            "there is no `{}` here, nor in `{}`{}",
            named.display(),
            base.label,
            meant.unwrap_or_default()
        )))
    }

    /// What git ignores is no part of any commit, so that there is nothing to compare it with.
    fn refuse_ignored(&self, named: &Path, path: &Path) -> Result<(), Failure> {
        if path.as_os_str().is_empty() {
            return Ok(());
        }
        let shown = self.folder.join(named);
        let options = ["check-ignore", "--quiet", "--"].map(OsStr::new);
        let arguments = [&options[..], &[shown.as_os_str()]].concat();
        if !self.run(&arguments)?.status.success() {
            return Ok(());
        }
        let tracked = self.run_on(&["ls-files", "-z", "--"], &[path.to_owned()])?;
        if !tracked.stdout.is_empty() {
            return Ok(());
        }
        Err(Failure::Usage(format!(
            "git ignores `{}`, so there is nothing to compare it with: name two files with `--before` and `--after`",
            named.display()
        )))
    }

    /// The path that one was probably meant to be.
    fn meant(&self, base: &Base, path: &Path) -> Result<Option<String>, Failure> {
        let here = checked(
            self.run_on(&["ls-files", "-z", "--full-name", "--"], &[PathBuf::new()])?,
            "git ls-files",
        )?;
        let there = self.run(&[
            "ls-tree",
            "-rz",
            "--full-tree",
            "--name-only",
            base.commit.as_str(),
        ])?;
        let files = fields(&here).chain(fields(&there.stdout));
        let files: BTreeSet<&Path> = files.filter_map(readable).map(Path::new).collect();
        let known: BTreeSet<&Path> = files.iter().flat_map(|file| file.ancestors()).collect();
        Ok(slip(path, &known).map(|path| self.shown(&path.to_string_lossy())))
    }

    /// Whether a path holds a contract or a product, of those that git knows.
    pub fn holds_documents(&self, path: &Path) -> Result<bool, Failure> {
        let options = [
            "grep",
            "--quiet",
            "--fixed-strings",
            "--recurse-submodules",
            "-e",
            "DataContract",
            "-e",
            "DataProduct",
            "--",
        ];
        let answer = self.run_on(&options, &[path.to_owned()])?;
        // Where git could not look, nothing is claimed.
        Ok(answer.status.code() != Some(1))
    }

    /// The outermost repository, below the top, that a path lies in.
    pub(super) fn outermost(&self, path: &Path) -> Option<PathBuf> {
        let mut folders: Vec<&Path> = path.ancestors().collect();
        folders.reverse();
        let mut folders = folders.into_iter().filter(|it| !it.as_os_str().is_empty());
        let is_repository =
            |it: &&Path| fs::symlink_metadata(self.root.join(it).join(".git")).is_ok();
        folders.find(is_repository).map(Path::to_owned)
    }

    /// Runs git on paths that count from the top: all that there is where there are none.
    pub(super) fn run_on(&self, options: &[&str], paths: &[PathBuf]) -> Result<Output, Failure> {
        let mut command = self.command();
        command.args(options);
        if paths.is_empty() {
            command.arg(":(top)");
        }
        for path in paths {
            // Git asks a submodule itself about what is in it.
            let path = self.outermost(path).unwrap_or_else(|| path.clone());
            let magic = if path.as_os_str().is_empty() {
                ":(top)"
            } else {
                ":(top,literal)"
            };
            let mut argument = OsString::from(magic);
            argument.push(&path);
            command.arg(argument);
        }
        command.output().map_err(no_git)
    }
}

fn outside(path: &Path, root: &Path) -> Failure {
    Failure::Usage(format!(
        "`{}` lies outside the repository `{}`: run `zonecut check` in its own, or name two files with `--before` and `--after`",
        path.display(),
        root.display()
    ))
}

/// An absolute path without links and detours. What is gone may be named too: links are followed as far as
/// there is something.
fn resolve(path: &Path) -> PathBuf {
    let mut resolved = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                resolved.pop();
            }
            part => {
                resolved.push(part);
                // A link at the end counts as what it leads to.
                if let Ok(real) = resolved.canonicalize() {
                    resolved = real;
                }
            }
        }
    }
    resolved
}

/// The known path that one is a slip of: of one name on the way, else the one file of that name.
fn slip(path: &Path, known: &BTreeSet<&Path>) -> Option<PathBuf> {
    let folder = path.ancestors().skip(1).find(|it| known.contains(it))?;
    let rest = path.strip_prefix(folder).ok()?;
    let wrong = rest.components().next()?.as_os_str().to_str()?;
    let beside = known.iter().filter(|it| it.parent() == Some(folder));
    let beside = beside.filter_map(|it| it.file_name()?.to_str());
    if let Some(name) = nearest(wrong, beside) {
        let near = folder.join(name);
        let mut whole = near.clone();
        whole.extend(rest.components().skip(1));
        return Some(if known.contains(whole.as_path()) {
            whole
        } else {
            near
        });
    }
    let mut namesakes = known.iter().filter(|it| it.file_name() == path.file_name());
    match (namesakes.next(), namesakes.next()) {
        (Some(only), None) => Some((*only).to_owned()),
        _ => None,
    }
}

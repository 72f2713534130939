//! What changed in a git working tree, asked of the `git` executable.

use std::ffi::OsStr;
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use crate::exit::Failure;

/// Paths that were named are paths, whatever `[`, `*` or `:(` is in them.
const LITERAL: &str = "--literal-pathspecs";

/// A working tree and the commit it is compared with.
pub struct Repository {
    /// Where commands run.
    folder: PathBuf,
    /// The top of the working tree.
    root: PathBuf,
    /// Where `folder` lies below `root`, with a slash at the end; empty at the top.
    prefix: String,
}

/// A commit to compare with.
pub struct Base {
    /// Its object name.
    pub commit: String,
    /// What people call it.
    pub label: String,
}

/// A file that differs between the commit and the working tree. Paths count from the top.
pub struct Change {
    /// The old path and the object that holds it.
    pub before: Option<(String, String)>,
    /// The new path.
    pub after: Option<String>,
}

impl Repository {
    /// The repository around a folder.
    pub fn open(folder: &Path) -> Result<Self, Failure> {
        let answer = run(folder, &["rev-parse", "--show-toplevel", "--show-prefix"])?;
        if !answer.status.success() {
            return Err(Failure::Git {
                problem: format!("`{}` is in no git working tree", folder.display()),
                help: "run `git init`, or name two files with `--before` and `--after`".to_owned(),
            });
        }
        let text = String::from_utf8_lossy(&answer.stdout);
        let mut lines = text.lines();
        Ok(Self {
            folder: folder.to_owned(),
            root: PathBuf::from(lines.next().unwrap_or_default()),
            prefix: lines.next().unwrap_or_default().to_owned(),
        })
    }

    /// The commit that a person named; a branch may be one that only the remote has.
    pub fn named(&self, reference: &str) -> Result<Base, Failure> {
        Ok(Base {
            commit: self.known(reference)?,
            label: reference.to_owned(),
        })
    }

    /// Where the current branch left the default branch.
    pub fn merge_base(&self) -> Result<Base, Failure> {
        let (name, commit) = self.default_branch()?;
        self.fork(&name, &commit)
    }

    /// Where the current branch left a branch or commit.
    pub fn merge_base_with(&self, reference: &str) -> Result<Base, Failure> {
        let commit = self.known(reference)?;
        self.fork(reference, &commit)
    }

    fn fork(&self, name: &str, commit: &str) -> Result<Base, Failure> {
        let answer = self.run(&["merge-base", commit, "HEAD"])?;
        let base = first_line(&answer);
        if answer.status.success() && !base.is_empty() {
            let label = base.chars().take(12).collect();
            return Ok(Base {
                commit: base,
                label,
            });
        }
        Err(Failure::Git {
            problem: format!("git knows no common ancestor of `HEAD` and `{name}`"),
            help: self.fetch(name)?,
        })
    }

    /// Everything below the given paths that differs, untracked files included.
    pub fn changes(&self, base: &Base, paths: &[PathBuf]) -> Result<Vec<Change>, Failure> {
        let mut arguments: Vec<&OsStr> = [
            LITERAL,
            "diff",
            "--raw",
            "-z",
            "--abbrev=64",
            "--find-renames",
            "--no-ext-diff",
            "--no-relative",
            base.commit.as_str(),
            "--",
        ]
        .map(OsStr::new)
        .to_vec();
        arguments.extend(paths.iter().map(|path| path.as_os_str()));
        let answer = checked(self.run(&arguments)?, "git diff")?;
        let mut changes = parse_raw(&answer).ok_or_else(|| Failure::Git {
            problem: "`git diff` answered in a form that is not understood".to_owned(),
            help: "try another version of git, or name two files with `--before` and `--after`"
                .to_owned(),
        })?;
        let mut arguments: Vec<&OsStr> = [
            LITERAL,
            "ls-files",
            "--others",
            "--exclude-standard",
            "--full-name",
            "-z",
            "--",
        ]
        .map(OsStr::new)
        .to_vec();
        arguments.extend(paths.iter().map(|path| path.as_os_str()));
        let untracked = checked(self.run(&arguments)?, "git ls-files")?;
        changes.extend(fields(&untracked).filter_map(readable).map(|path| Change {
            before: None,
            after: Some(path.to_owned()),
        }));
        Ok(changes)
    }

    /// The documents of a commit that mention one of some texts.
    pub fn files_with(&self, base: &Base, texts: &[&str]) -> Result<Vec<String>, Failure> {
        if texts.is_empty() {
            return Ok(Vec::new());
        }
        // One expression for all: git looks for many texts of their own one after the other.
        let any: Vec<String> = texts.iter().map(|text| escaped(text)).collect();
        let mut arguments = vec!["grep", "-z", "--files-with-matches", "--extended-regexp"];
        arguments.extend(["-f", "-", base.commit.as_str()]);
        arguments.extend(["--", "*.yaml", "*.yml", "*.json"]);
        let mut child = command(&self.root)
            .args(&arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(no_git)?;
        // Git reads the whole expression before it answers; one that left early says so by its code.
        let _ = child
            .stdin
            .take()
            .map(|mut pipe| pipe.write_all(any.join("|").as_bytes()));
        let answer = child.wait_with_output()?;
        // Nothing found is an answer too, with a code of its own; anything else is none.
        if !matches!(answer.status.code(), Some(0 | 1)) {
            return Err(Failure::Git {
                problem: format!("`git grep` can't look through `{}`", base.label),
                help: "run `git fsck` to see what is wrong, or name two files with `--before` and `--after`"
                    .to_owned(),
            });
        }
        let start = format!("{}:", base.commit);
        let found = fields(&answer.stdout)
            .filter_map(readable)
            .filter_map(|name| name.strip_prefix(&start));
        Ok(found
            .filter(|path| !path.contains('\n'))
            .map(str::to_owned)
            .collect())
    }

    /// The nearest file of that name in a commit, where the command runs or above.
    pub fn nearest(&self, base: &Base, name: &str) -> Result<Option<Vec<u8>>, Failure> {
        let folders = Path::new(&self.prefix).ancestors();
        let paths: Vec<PathBuf> = folders.map(|folder| folder.join(name)).collect();
        let mut arguments = vec!["ls-tree", "-z", "--full-tree", base.commit.as_str(), "--"];
        arguments.extend(paths.iter().filter_map(|path| path.to_str()));
        let answer = checked(self.run(&arguments)?, "git ls-tree")?;
        let found: Vec<(&str, &str)> = fields(&answer)
            .filter_map(readable)
            .filter_map(entry)
            .collect();
        let object = paths.iter().find_map(|path| {
            let mut found = found.iter();
            found.find(|(known, _)| Path::new(known) == path)
        });
        let contents = object
            .map(|(_, object)| self.contents(&[object]))
            .transpose()?;
        Ok(contents.and_then(|mut contents| contents.pop()))
    }

    /// The contents of objects, in the order asked.
    pub fn contents(&self, objects: &[&str]) -> Result<Vec<Vec<u8>>, Failure> {
        if objects.is_empty() {
            return Ok(Vec::new());
        }
        let mut child = command(&self.folder)
            .args(["cat-file", "--batch"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(no_git)?;
        let (stdin, stdout) = (child.stdin.take(), child.stdout.take());
        let asked = objects.join("\n") + "\n";
        let mut answer = Vec::new();
        // The questions are written beside the reading: pipes hold little.
        std::thread::scope(|scope| {
            scope.spawn(move || stdin.map(|mut pipe| pipe.write_all(asked.as_bytes())));
            stdout.map(|mut pipe| pipe.read_to_end(&mut answer))
        })
        .transpose()?;
        child.wait()?;
        split_batch(&answer, objects.len()).ok_or_else(|| Failure::Git {
            problem: "git lacks an object of the commit to compare with".to_owned(),
            help: "run `git fetch --refetch origin`, then try again".to_owned(),
        })
    }

    /// The file of a path that counts from the top.
    pub fn file(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }

    /// A path that counts from the top, as seen from where the command runs.
    pub fn shown<'a>(&self, path: &'a str) -> &'a str {
        path.strip_prefix(&self.prefix).unwrap_or(path)
    }

    fn default_branch(&self) -> Result<(String, String), Failure> {
        let head = self.run(&[
            "symbolic-ref",
            "--quiet",
            "--short",
            "refs/remotes/origin/HEAD",
        ])?;
        let declared = head.status.success().then(|| first_line(&head));
        let usual = ["origin/main", "origin/master", "main", "master"].map(str::to_owned);
        for name in declared.into_iter().chain(usual) {
            if let Some(commit) = self.commit(&name)? {
                return Ok((name, commit));
            }
        }
        Err(Failure::Git {
            problem: "git knows no default branch to compare with".to_owned(),
            help: format!("{}; or name a commit with `--against REF`", self.fetch("")?),
        })
    }

    fn commit(&self, reference: &str) -> Result<Option<String>, Failure> {
        let wanted = format!("{reference}^{{commit}}");
        let answer = self.run(&[
            "rev-parse",
            "--verify",
            "--quiet",
            "--end-of-options",
            &wanted,
        ])?;
        Ok(answer.status.success().then(|| first_line(&answer)))
    }

    fn known(&self, reference: &str) -> Result<String, Failure> {
        for name in [reference, &format!("refs/remotes/origin/{reference}")] {
            if let Some(commit) = self.commit(name)? {
                return Ok(commit);
            }
        }
        Err(Failure::Git {
            problem: format!("git ref `{reference}` is not here"),
            help: self.fetch(reference)?,
        })
    }

    /// The command that brings what is missing: the one commit, else all branches and tags, which a
    /// clone of one branch does not fetch of itself.
    fn fetch(&self, reference: &str) -> Result<String, Failure> {
        let shallow = first_line(&self.run(&["rev-parse", "--is-shallow-repository"])?) == "true";
        let (reason, deepen) = if shallow {
            ("this clone is shallow: ", "--unshallow ")
        } else {
            ("", "")
        };
        let what = if is_object_name(reference) {
            reference
        } else {
            "'+refs/heads/*:refs/remotes/origin/*'"
        };
        Ok(format!(
            "{reason}run `git fetch {deepen}--tags origin {what}`, then try again"
        ))
    }

    fn run(&self, arguments: &[impl AsRef<OsStr>]) -> Result<Output, Failure> {
        run(&self.folder, arguments)
    }
}

/// Whether a reference is a commit's full name, which hides no branch.
fn is_object_name(reference: &str) -> bool {
    matches!(reference.len(), 40 | 64) && reference.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn command(folder: &Path) -> Command {
    let mut command = Command::new("git");
    command
        .arg("-C")
        .arg(folder)
        .env("LC_ALL", "C")
        .env("GIT_OPTIONAL_LOCKS", "0");
    command
}

fn run(folder: &Path, arguments: &[impl AsRef<OsStr>]) -> Result<Output, Failure> {
    command(folder)
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .map_err(no_git)
}

fn no_git(error: std::io::Error) -> Failure {
    if error.kind() == ErrorKind::NotFound {
        return Failure::Git {
            problem: "the `git` command is not installed".to_owned(),
            help: "install git, or name two files with `--before` and `--after`".to_owned(),
        };
    }
    error.into()
}

fn checked(output: Output, what: &str) -> Result<Vec<u8>, Failure> {
    if output.status.success() {
        return Ok(output.stdout);
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(Failure::Git {
        problem: format!(
            "`{what}` failed: {}",
            said.lines().next().unwrap_or("it did not say why")
        ),
        help: "check that the paths exist in this repository".to_owned(),
    })
}

fn first_line(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout)
        .lines()
        .next()
        .unwrap_or_default()
        .to_owned()
}

/// A text as an extended regular expression that matches it and nothing else.
fn escaped(text: &str) -> String {
    let mut expression = String::with_capacity(text.len());
    for letter in text.chars() {
        if "\\.[]{}()*+?^$|".contains(letter) {
            expression.push('\\');
        }
        expression.push(letter);
    }
    expression
}

/// What `-z` separates.
fn fields(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    bytes
        .split(|byte| *byte == 0)
        .filter(|field| !field.is_empty())
}

/// Paths that are no UTF-8 can't name a document of ours.
fn readable(path: &[u8]) -> Option<&str> {
    std::str::from_utf8(path).ok()
}

/// `git diff --raw -z`: `:modes objects status`, one path, or two where the status is a rename.
/// Nothing where the answer is malformed: a record that is misread would hide a change.
fn parse_raw(bytes: &[u8]) -> Option<Vec<Change>> {
    let mut fields = fields(bytes);
    let mut changes = Vec::new();
    while let Some(header) = fields.next() {
        let header = readable(header)?.strip_prefix(':')?;
        let parts: Vec<&str> = header.split(' ').collect();
        let [_, new_mode, object, _, status] = parts.as_slice() else {
            return None;
        };
        let old_path = fields.next()?;
        let new_path = if status.starts_with(['R', 'C']) {
            fields.next()?
        } else {
            old_path
        };
        let had = !status.starts_with(['A', 'C', 'U']);
        let has = !status.starts_with('D') && new_mode.starts_with("100");
        let before = readable(old_path)
            .filter(|_| had)
            .map(|path| (path.to_owned(), (*object).to_owned()));
        let after = readable(new_path).filter(|_| has).map(str::to_owned);
        if before.is_some() || after.is_some() {
            changes.push(Change { before, after });
        }
    }
    Some(changes)
}

/// `git ls-tree`: `mode type object`, a tab, the path. The path and the object of a file.
fn entry(line: &str) -> Option<(&str, &str)> {
    let (header, path) = line.split_once('\t')?;
    let mut parts = header.split(' ').filter(|_| header.starts_with("100"));
    Some((path, parts.nth(2)?))
}

/// `git cat-file --batch`: a line `object type size`, the content, a line feed.
fn split_batch(mut answer: &[u8], count: usize) -> Option<Vec<Vec<u8>>> {
    let mut contents = Vec::with_capacity(count);
    for _ in 0..count {
        let end = answer.iter().position(|byte| *byte == b'\n')?;
        let header = std::str::from_utf8(answer.get(..end)?).ok()?;
        let size: usize = header.rsplit(' ').next()?.parse().ok()?;
        let start = end + 1;
        contents.push(answer.get(start..start + size)?.to_vec());
        answer = answer.get(start + size + 1..)?;
    }
    Some(contents)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_escaped() {
        assert_eq!(escaped("a-b_c.d+1(2)"), "a-b_c\\.d\\+1\\(2\\)");
    }

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

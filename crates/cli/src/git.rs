//! What a git repository holds, asked of the `git` executable: `base` finds the commit to compare
//! with, `changes` what differs from it, `paths` what people name, `submodules` what lies nested.

mod base;
mod changes;
mod paths;
mod submodules;

mod history;

use std::ffi::OsStr;
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

pub use self::base::Base;
pub use self::changes::{Change, Changes};
pub use self::submodules::Link;
use crate::exit::Failure;

/// What git tells its hooks about the repository that they run for, and what changes how it reads
/// paths: none of it holds where another repository is asked.
const OF_ONE_REPOSITORY: [&str; 9] = [
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_COMMON_DIR",
    "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_NAMESPACE",
    "GIT_SHALLOW_FILE",
    "GIT_PREFIX",
];

/// How a person's shell has git read the paths that are named to it; we name them in our own way.
const PATHSPECS: [&str; 4] = [
    "GIT_LITERAL_PATHSPECS",
    "GIT_GLOB_PATHSPECS",
    "GIT_NOGLOB_PATHSPECS",
    "GIT_ICASE_PATHSPECS",
];

/// A working tree and the commit it is compared with.
#[derive(Clone)]
pub struct Repository {
    /// Where commands run.
    folder: PathBuf,
    /// The top of the working tree.
    root: PathBuf,
    /// Where `folder` lies below `root`, with a slash at the end; empty at the top.
    prefix: String,
    /// Where `root` lies below the top of the repository that the command runs in, with a slash at
    /// the end; empty where it is that one.
    mount: String,
}

impl Repository {
    /// The repository around a folder.
    pub fn open(folder: &Path) -> Result<Self, Failure> {
        let answer = run(
            folder,
            &["rev-parse", "--is-inside-work-tree", "--show-cdup"],
        )?;
        let text = String::from_utf8_lossy(&answer.stdout);
        let mut lines = text.lines();
        if !answer.status.success() || lines.next() != Some("true") {
            return Err(no_repository(folder, &answer));
        }
        // The way up is short and plain, whatever the folders are called.
        let up = lines.next().unwrap_or_default();
        let real = |path: &Path| {
            path.canonicalize().map_err(|source| Failure::Read {
                path: path.display().to_string(),
                source,
            })
        };
        let (root, here) = (real(&folder.join(up))?, real(folder)?);
        let below = here.strip_prefix(&root).unwrap_or(Path::new(""));
        let prefix = match below.to_string_lossy().as_ref() {
            "" => String::new(),
            below => format!("{below}/"),
        };
        Ok(Self {
            folder: folder.to_owned(),
            root,
            prefix,
            mount: String::new(),
        })
    }

    /// The documents of a commit that mention one of some texts.
    pub fn files_with(&self, base: &Base, texts: &[&str]) -> Result<Vec<String>, Failure> {
        if texts.is_empty() {
            return Ok(Vec::new());
        }
        // One expression for all: git looks for many texts of their own one after the other.
        let any: Vec<String> = texts.iter().map(|text| escaped(text)).collect();
        let mut arguments = vec![
            "grep",
            "-z",
            "--no-color",
            "--no-recurse-submodules",
            "--files-with-matches",
            "--extended-regexp",
        ];
        arguments.extend(["-f", "-", base.commit.as_str()]);
        arguments.extend(["--", "*.yaml", "*.yml", "*.json"]);
        let mut child = self
            .command_in(&self.root)
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
        let mut child = self
            .command()
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

    /// A path that counts from the top of this repository, counted from that of the outermost.
    pub fn full(&self, path: &str) -> String {
        format!("{}{path}", self.mount)
    }

    /// A path that counts from the top, as seen from where the command runs.
    pub fn shown(&self, path: &str) -> String {
        let full = self.full(path);
        full.strip_prefix(&self.prefix).unwrap_or(&full).to_owned()
    }

    /// The content of an object as it is checked out at a path.
    pub fn checked_out(&self, object: &str, path: &str) -> Result<Option<Vec<u8>>, Failure> {
        let path = format!("--path={path}");
        let mut command = self.command();
        command.env("GIT_LFS_SKIP_SMUDGE", "0");
        command.args(["cat-file", "--filters", &path, object]);
        let answer = command.output().map_err(no_git)?;
        Ok(answer.status.success().then_some(answer.stdout))
    }

    fn command(&self) -> Command {
        self.command_in(&self.folder)
    }

    fn command_in(&self, folder: &Path) -> Command {
        let mut command = command(folder);
        if !self.mount.is_empty() {
            for name in OF_ONE_REPOSITORY {
                command.env_remove(name);
            }
        }
        command
    }

    fn run(&self, arguments: &[impl AsRef<OsStr>]) -> Result<Output, Failure> {
        self.run_in(&self.folder, arguments)
    }

    fn run_in(&self, folder: &Path, arguments: &[impl AsRef<OsStr>]) -> Result<Output, Failure> {
        let mut command = self.command_in(folder);
        command.args(arguments).output().map_err(no_git)
    }
}

fn command(folder: &Path) -> Command {
    let mut command = Command::new("git");
    command
        .arg("-C")
        .arg(folder)
        .stdin(Stdio::null())
        .env("LC_ALL", "C")
        .env("GIT_OPTIONAL_LOCKS", "0");
    for name in PATHSPECS {
        command.env_remove(name);
    }
    command
}

fn run(folder: &Path, arguments: &[impl AsRef<OsStr>]) -> Result<Output, Failure> {
    command(folder).args(arguments).output().map_err(no_git)
}

/// Why a folder is in no working tree that git would open.
fn no_repository(folder: &Path, answer: &Output) -> Failure {
    let (shown, said) = (folder.display(), said(answer));
    // Git names the command that helps; it is the only one who knows.
    if let Some(advice) = said.lines().find(|line| line.contains("safe.directory")) {
        return Failure::Git {
            problem: format!("git does not trust the owner of the repository around `{shown}`"),
            help: format!("run `{}`, then try again", advice.trim()),
        };
    }
    if answer.status.success() {
        return Failure::Git {
            problem: format!("the repository at `{shown}` has no working tree here"),
            help: "run `git worktree add ../tree` and check there, or name two files with `--before` and `--after`"
                .to_owned(),
        };
    }
    if !said.contains("not a git repository") {
        return Failure::Git {
            problem: format!("git can't open `{shown}`: {}", first_of(&said)),
            help: "mend what git says, or name two files with `--before` and `--after`".to_owned(),
        };
    }
    Failure::Git {
        problem: format!("`{shown}` is in no git working tree"),
        help: "run `git init`, or name two files with `--before` and `--after`".to_owned(),
    }
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
    Err(Failure::Git {
        problem: format!("`{what}` failed: {}", first_of(&said(&output))),
        help:
            "run `git fsck` to see what is wrong, or name two files with `--before` and `--after`"
                .to_owned(),
    })
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn first_of(said: &str) -> &str {
    said.lines().next().unwrap_or("it did not say why")
}

/// A path below a folder, both without links.
fn inside(folder: &Path, path: &Path) -> Option<PathBuf> {
    path.strip_prefix(folder).ok().map(Path::to_owned)
}

/// A word as a shell takes it.
fn shell_word(word: &str) -> String {
    let is_plain = |letter: char| letter.is_alphanumeric() || "-_./@+:=,".contains(letter);
    if !word.is_empty() && word.chars().all(is_plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', "'\\''"))
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
    fn words_reach_the_shell_whole() {
        assert_eq!(shell_word("origin/release-7.1"), "origin/release-7.1");
        assert_eq!(shell_word("it's"), "'it'\\''s'");
    }
}

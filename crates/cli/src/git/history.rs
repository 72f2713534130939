//! Every state that documents ever had in the history of a commit.

use std::collections::HashSet;

use super::{Base, Repository, checked, fields, readable};
use crate::documents;
use crate::exit::Failure;

/// How many objects are in memory at a time: a long history is not.
const AT_ONCE: usize = 256;

/// A document as a commit left it.
pub struct State {
    /// The commit that wrote it.
    pub commit: String,
    /// Its path at that time, from the top.
    pub path: String,
    /// The octets.
    pub bytes: Vec<u8>,
}

impl Repository {
    /// The states that documents had in the base and before it and that mention one of some texts,
    /// the newest first. One walk, however many texts.
    pub fn states_with(&self, base: &Base, texts: &[&str]) -> Result<Vec<State>, Failure> {
        if texts.is_empty() {
            return Ok(Vec::new());
        }
        let written = self.written(base)?;
        let mut found = Vec::new();
        for some in written.chunks(AT_ONCE) {
            let objects: Vec<&str> = some.iter().map(|it| it.object.as_str()).collect();
            let states = some.iter().zip(self.contents(&objects)?);
            let states = states.filter(|(_, bytes)| {
                let content = String::from_utf8_lossy(bytes);
                texts.iter().any(|text| content.contains(text))
            });
            found.extend(states.map(|(written, bytes)| State {
                commit: written.commit.clone(),
                path: written.path.clone(),
                bytes,
            }));
        }
        Ok(found)
    }

    /// What each commit wrote, the newest first. Each object once, under its newest path.
    fn written(&self, base: &Base) -> Result<Vec<Written>, Failure> {
        // Merges are shown against each parent, and no line of history is left out: a version that
        // only a merge made, or that a merge took back, was a version.
        let answer = self.run(&[
            "log",
            "--format=%H",
            "--raw",
            "-z",
            "-m",
            "--root",
            "--full-history",
            "--abbrev=64",
            "--no-renames",
            "--no-ext-diff",
            "--no-relative",
            "--no-show-signature",
            "--no-color",
            "--end-of-options",
            base.commit.as_str(),
        ])?;
        let answer = checked(answer, "git log")?;
        parse_log(&answer).ok_or_else(|| Failure::Git {
            problem: "`git log` answered in a form that is not understood".to_owned(),
            help: "try another version of git, or name the folder of the older versions with `--history DIR`"
                .to_owned(),
        })
    }

    /// Whether history ends somewhere because no more of it was fetched, and what fetches it.
    pub fn unfetched_history(&self) -> Result<Option<String>, Failure> {
        if !self.is_shallow()? {
            return Ok(None);
        }
        let remote = self.remote()?.unwrap_or_else(|| "origin".to_owned());
        self.fetch(&remote, "").map(Some)
    }
}

struct Written {
    commit: String,
    path: String,
    object: String,
}

/// `git log --format=%H --raw -z`: a commit's name, then for each file `:modes objects status` and
/// its path. Nothing where the answer is malformed.
fn parse_log(bytes: &[u8]) -> Option<Vec<Written>> {
    let (mut written, mut known) = (Vec::new(), HashSet::new());
    let mut commit = String::new();
    let mut fields = fields(bytes);
    while let Some(field) = fields.next() {
        let field = readable(field)?.trim_start_matches('\n');
        let Some(header) = field.strip_prefix(':') else {
            field.clone_into(&mut commit);
            continue;
        };
        let path = fields.next()?;
        let parts: Vec<&str> = header.split(' ').collect();
        let [_, mode, _, object, _] = parts.as_slice() else {
            return None;
        };
        let Some(path) = readable(path).filter(|path| documents::may_be_ours(path)) else {
            continue;
        };
        // Links and submodules are no documents; what was deleted has no object.
        if mode.starts_with("100") && known.insert((*object).to_owned()) {
            written.push(Written {
                commit: commit.clone(),
                path: path.to_owned(),
                object: (*object).to_owned(),
            });
        }
    }
    Some(written)
}

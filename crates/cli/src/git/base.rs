//! The commit to compare with, and what helps where it is not here.

use zonecut_contract::spelling::did_you_mean;

use super::{Repository, first_line};
use crate::exit::Failure;
use crate::output;

/// A commit to compare with.
#[derive(Debug, Clone)]
pub struct Base {
    /// Its object name, or that of the empty tree.
    pub commit: String,
    /// What people call it.
    pub label: String,
}

impl Repository {
    /// The commit that a person named; a branch may be one that only the remote has.
    pub fn named(&self, reference: &str) -> Result<Base, Failure> {
        // Before the first commit of a branch, `HEAD` names what is not there yet.
        if matches!(reference, "HEAD" | "@") && self.commit("HEAD")?.is_none() {
            return self.nothing();
        }
        Ok(Base {
            commit: self.known(reference)?,
            label: reference.to_owned(),
        })
    }

    /// Where the current branch left the default branch.
    pub fn merge_base(&self) -> Result<Base, Failure> {
        if self.commit("HEAD")?.is_none() && self.refs()?.is_empty() {
            return self.nothing();
        }
        let (name, commit) = self.default_branch()?;
        self.fork(&name, &commit)
    }

    /// Where the current branch left a branch or commit.
    pub fn merge_base_with(&self, reference: &str) -> Result<Base, Failure> {
        let commit = self.known(reference)?;
        self.fork(reference, &commit)
    }

    /// The commit before the last one on this branch: what was there before a merge.
    pub fn before_last(&self) -> Result<Base, Failure> {
        let is_first = self.commit("HEAD^")?.is_none() && !self.is_shallow()?;
        if is_first {
            return self.nothing();
        }
        self.named("HEAD^")
    }

    /// Whether a base is what is checked out.
    pub fn is_head(&self, base: &Base) -> Result<bool, Failure> {
        Ok(self.commit("HEAD")?.as_ref() == Some(&base.commit))
    }

    /// What there was before there was anything: all of the working tree is new.
    pub fn nothing(&self) -> Result<Base, Failure> {
        output::tell(&"note: there is no earlier commit to compare with, so everything is new");
        self.empty()
    }

    /// The tree of no files.
    pub fn empty(&self) -> Result<Base, Failure> {
        let answer = self.run(&["hash-object", "-t", "tree", "--stdin"])?;
        Ok(Base {
            commit: first_line(&answer),
            label: "nothing".to_owned(),
        })
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
        let help = match self.remote()? {
            Some(remote) if self.is_shallow()? => self.fetch(&remote, name)?,
            _ => format!(
                "run {} to compare with it as it stands",
                check_against(name)
            ),
        };
        Err(Failure::Git {
            problem: format!("git knows no common ancestor of `HEAD` and `{name}`"),
            help,
        })
    }

    fn default_branch(&self) -> Result<(String, String), Failure> {
        let remote = self.remote()?;
        for name in self.usual_defaults(remote.as_deref())? {
            if let Some(commit) = self.commit(&name)? {
                return Ok((name, commit));
            }
        }
        let refs = self.refs()?;
        if let ([only], None) = (refs.as_slice(), &remote)
            && let Some(commit) = self.commit(only)?
        {
            return Ok((only.clone(), commit));
        }
        let help = match remote {
            Some(remote) => format!(
                "{}; or name a commit with `--against REF`",
                self.fetch_default(&remote)?
            ),
            None => self.name_one(&refs)?,
        };
        Err(Failure::Git {
            problem: "git knows no default branch to compare with".to_owned(),
            help,
        })
    }

    /// What the default branch may be called, the surest first.
    fn usual_defaults(&self, remote: Option<&str>) -> Result<Vec<String>, Failure> {
        let mut names = Vec::new();
        let configured = first_line(&self.run(&["config", "--get", "init.defaultBranch"])?);
        let usual = [configured.as_str(), "main", "master"];
        let usual = usual.into_iter().filter(|name| !name.is_empty());
        if let Some(remote) = remote {
            let head = format!("refs/remotes/{remote}/HEAD");
            let head = self.run(&["symbolic-ref", "--quiet", "--short", &head])?;
            names.extend(head.status.success().then(|| first_line(&head)));
            names.extend(usual.clone().map(|name| format!("{remote}/{name}")));
        }
        names.extend(usual.map(str::to_owned));
        Ok(names)
    }

    pub(super) fn commit(&self, reference: &str) -> Result<Option<String>, Failure> {
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
        let remote = self.remote()?;
        let there = remote
            .as_ref()
            .map(|remote| format!("refs/remotes/{remote}/{reference}"));
        for name in std::iter::once(reference).chain(there.as_deref()) {
            if let Some(commit) = self.commit(name)? {
                return Ok(commit);
            }
        }
        let help = if let Some(remote) = remote {
            self.fetch(&remote, reference)?
        } else {
            let refs = self.refs()?;
            let meant = did_you_mean(reference, refs.iter().map(String::as_str));
            meant.map_or_else(|| self.name_one(&refs), Ok)?
        };
        Err(Failure::Git {
            problem: format!("git ref `{reference}` is not here"),
            help,
        })
    }

    /// The remote to fetch from.
    pub(super) fn remote(&self) -> Result<Option<String>, Failure> {
        let answer = self.run(&["remote"])?;
        let names = String::from_utf8_lossy(&answer.stdout).into_owned();
        let origin = names.lines().find(|name| *name == "origin");
        Ok(origin.or_else(|| names.lines().next()).map(str::to_owned))
    }

    /// All branches and tags, by the names that people use.
    fn refs(&self) -> Result<Vec<String>, Failure> {
        let arguments = [
            "for-each-ref",
            "--format=%(refname:short)",
            "refs/heads",
            "refs/remotes",
            "refs/tags",
        ];
        let answer = self.run(&arguments)?;
        let names = String::from_utf8_lossy(&answer.stdout);
        Ok(names.lines().map(str::to_owned).collect())
    }

    /// The command that compares with a branch there is, the current one last.
    fn name_one(&self, refs: &[String]) -> Result<String, Failure> {
        let current = first_line(&self.run(&["symbolic-ref", "--quiet", "--short", "HEAD"])?);
        let other = refs.iter().find(|name| **name != current);
        Ok(match other.or_else(|| refs.first()) {
            Some(name) => format!(
                "this repository has no remote to fetch from: name a branch or commit, as in {}",
                check_against(name)
            ),
            None => "commit something first: run `git add --all && git commit`".to_owned(),
        })
    }

    pub(super) fn is_shallow(&self) -> Result<bool, Failure> {
        Ok(first_line(&self.run(&["rev-parse", "--is-shallow-repository"])?) == "true")
    }

    /// The command that brings what is missing: the one commit, else all branches and tags, which a
    /// clone of one branch does not fetch of itself.
    pub(super) fn fetch(&self, remote: &str, reference: &str) -> Result<String, Failure> {
        let what = if is_object_name(reference) {
            reference.to_owned()
        } else {
            format!("'+refs/heads/*:refs/remotes/{remote}/*'")
        };
        let (reason, deepen) = self.deepening()?;
        Ok(format!(
            "{reason}run `git fetch {deepen}--tags {remote} {what}`, then try again"
        ))
    }

    /// The command that brings all branches, and asks which of them is the default.
    fn fetch_default(&self, remote: &str) -> Result<String, Failure> {
        let (reason, deepen) = self.deepening()?;
        Ok(format!(
            "{reason}run `git fetch {deepen}--tags {remote} '+refs/heads/*:refs/remotes/{remote}/*' && git remote set-head {remote} --auto`, then try again"
        ))
    }

    fn deepening(&self) -> Result<(&'static str, &'static str), Failure> {
        Ok(if self.is_shallow()? {
            ("this clone is shallow: ", "--unshallow ")
        } else {
            ("", "")
        })
    }
}

fn check_against(reference: &str) -> String {
    format!("`zonecut check --against {}`", super::shell_word(reference))
}

/// Whether a reference is a commit's full name, which hides no branch.
fn is_object_name(reference: &str) -> bool {
    matches!(reference.len(), 40 | 64) && reference.bytes().all(|byte| byte.is_ascii_hexdigit())
}

//! Repositories inside the repository.

use serde_json::Value;

use crate::support::{Answer, CONTRACT, Folder, repository, without_qname};

/// Git asks to be told that folders may be cloned.
const LOCAL: [&str; 2] = ["-c", "protocol.file.allow=always"];

/// A repository with another one in `sub`, which holds the contract; on a branch.
struct Nested {
    outer: Folder,
    inner: Folder,
}

impl Nested {
    fn new() -> Self {
        let inner = repository();
        inner.git(&["checkout", "--quiet", "main"]);
        let outer = Folder::new();
        outer.git(&["init", "--quiet"]).write("a.txt", "a").commit();
        let url = inner.path().display().to_string();
        outer
            .git(&[&LOCAL[..], &["submodule", "--quiet", "add", &url, "sub"]].concat())
            .commit();
        outer.git(&["checkout", "--quiet", "-b", "change"]);
        Self { outer, inner }
    }

    fn in_sub(&self, arguments: &[&str]) -> &Self {
        self.outer.git(&[&["-C", "sub"], arguments].concat());
        self
    }

    /// Breaks the contract inside, and has the outer repository name the commit that does.
    fn broken(self) -> Self {
        self.outer
            .write("sub/contracts/queries.odcs.yaml", &without_qname());
        self.in_sub(&["commit", "--quiet", "--all", "--message", "break"]);
        self.outer.commit();
        self
    }
}

fn json(answer: &Answer) -> Value {
    serde_json::from_str(&answer.out).unwrap_or_else(|_| panic!("{}{}", answer.out, answer.err))
}

#[test]
fn a_break_inside_a_submodule_is_found() {
    let nested = Nested::new();
    assert_eq!(nested.outer.zonecut(&["check"]).exit, 0);
    nested
        .outer
        .write("sub/contracts/queries.odcs.yaml", &without_qname());
    let check = ["check", "--format", "json"];
    for named in [&[][..], &["sub"], &["sub/contracts"], &["."]] {
        let answer = nested.outer.zonecut(&[&check[..], named].concat());
        assert_eq!(answer.exit, 1, "{named:?}: {}{}", answer.out, answer.err);
        let contract = &json(&answer)["contracts"][0];
        let after = &contract["after"]["file"];
        assert_eq!(after, "sub/contracts/queries.odcs.yaml");
        let before = contract["before"]["file"].as_str().unwrap();
        assert!(
            before.ends_with(":sub/contracts/queries.odcs.yaml"),
            "{before}"
        );
    }
    let elsewhere = nested.outer.zonecut(&["check", "a.txt"]);
    assert_eq!(elsewhere.exit, 0, "{}", elsewhere.err);
    let nested = nested.broken();
    assert_eq!(nested.outer.zonecut(&["check"]).exit, 1);
    assert_eq!(
        nested.outer.zonecut(&["check", "--against", "HEAD"]).exit,
        0
    );
}

#[test]
fn a_hook_of_the_outer_repository_sees_inside() {
    let nested = Nested::new();
    nested
        .outer
        .write("sub/contracts/queries.odcs.yaml", &without_qname());
    // What git tells its hooks.
    let hook = [("GIT_DIR", ".git"), ("GIT_INDEX_FILE", ".git/index")];
    let answer = nested.outer.bash("zonecut check --against HEAD", &hook);
    assert_eq!(answer.exit, 1, "{}{}", answer.out, answer.err);
}

#[test]
fn a_new_submodule_brings_new_contracts() {
    let nested = Nested::new();
    nested.outer.git(&["checkout", "--quiet", "--detach"]);
    let answer = nested
        .outer
        .zonecut(&["check", "--format", "json", "--against", "main~1"]);
    assert_eq!(answer.exit, 0, "{}", answer.err);
    let contract = &json(&answer)["contracts"][0];
    assert_eq!(contract["before"], Value::Null);
    assert_eq!(contract["after"]["file"], "sub/contracts/queries.odcs.yaml");
}

#[test]
fn a_contract_may_move_into_a_submodule() {
    let nested = Nested::new();
    nested
        .outer
        .write(
            "top.odcs.yaml",
            &CONTRACT.replace("id: recursive-queries", "id: top"),
        )
        .commit();
    let moved = CONTRACT.replace("id: recursive-queries", "id: top");
    nested
        .outer
        .remove("top.odcs.yaml")
        .write("sub/top.odcs.yaml", &moved);
    for named in [&[][..], &["top.odcs.yaml"]] {
        let arguments = [&["check", "--against", "HEAD"][..], named].concat();
        let answer = nested.outer.zonecut(&arguments);
        assert_eq!(answer.exit, 0, "{named:?}: {}{}", answer.out, answer.err);
    }
}

/// The one thing that was left out, in the report and on standard error, and the help.
fn left_out(answer: &Answer) -> String {
    let report = json(answer);
    let omissions = report["omissions"].as_array().unwrap();
    assert_eq!(omissions.len(), 1, "{report:#}");
    assert_eq!(omissions[0]["path"], "sub");
    let warning = format!(
        "warning: `sub` was left out: {}",
        omissions[0]["reason"].as_str().unwrap()
    );
    assert!(answer.err.contains(&warning), "{}", answer.err);
    omissions[0]["help"].as_str().unwrap().to_owned()
}

fn command(help: &str) -> &str {
    help.split('`').nth(1).unwrap()
}

#[test]
fn a_submodule_that_is_not_checked_out_is_said_to_be_left_out() {
    let nested = Nested::new().broken();
    nested
        .outer
        .git(&["submodule", "--quiet", "deinit", "--force", "sub"]);
    let answer = nested.outer.zonecut(&["check", "--format", "json"]);
    assert_eq!(answer.exit, 0, "{}", answer.err);
    let help = left_out(&answer);
    let people = nested.outer.zonecut(&["check"]);
    assert!(people.out.contains("[left-out]"), "{}", people.out);
    let named = nested.outer.zonecut(&["check", "sub/contracts"]);
    assert_eq!(named.exit, 3, "{}{}", named.out, named.err);
    assert!(named.err.contains(&help), "{}", named.err);
    // The clone inside was thrown away with its commit; the outer one's memory of it was not.
    let advice = nested.outer.bash(command(&help), &[]);
    assert_eq!(advice.exit, 0, "{help}: {}", advice.err);
    assert_eq!(nested.outer.zonecut(&["check"]).exit, 1);
}

#[test]
fn a_submodule_without_its_old_commit_is_said_to_be_left_out() {
    let nested = Nested::new().broken();
    nested.in_sub(&["push", "--quiet", "origin", "HEAD:refs/heads/next"]);
    let shallow = Folder::new();
    let from = |folder: &Folder, at: &str| format!("file://{}/{at}", folder.path().display());
    shallow.git(&["clone", "--quiet", &from(&nested.outer, ""), "work"]);
    let inner = from(&nested.inner, "");
    let script = format!(
        "cd work && git clone --quiet --depth 1 --branch next {inner} sub && git checkout --quiet change"
    );
    let cloned = shallow.bash(&script, &[]);
    assert_eq!(cloned.exit, 0, "{}", cloned.err);
    let check = ["check", "--format", "json", "--against", "origin/change~1"];
    let answer = shallow.zonecut_in("work", &check);
    let help = left_out(&answer);
    let advice = shallow.bash(&format!("cd work; {}", command(&help)), &[]);
    assert_eq!(advice.exit, 0, "{help}: {}", advice.err);
    let answer = shallow.zonecut_in("work", &check);
    assert_eq!(answer.exit, 1, "{}{}", answer.out, answer.err);
}

#[test]
fn a_submodule_that_went_is_said_to_be_left_out() {
    let nested = Nested::new();
    nested.outer.git(&["rm", "--quiet", "--force", "sub"]);
    let answer = nested.outer.zonecut(&["check", "--format", "json"]);
    left_out(&answer);
}

#[test]
fn another_repository_inside_is_sent_for() {
    let folder = repository();
    folder.git(&["init", "--quiet", "other"]);
    folder.write("other/queries.odcs.yaml", &without_qname());
    let answer = folder.zonecut(&["check", "other/queries.odcs.yaml"]);
    assert_eq!(answer.exit, 2, "{}", answer.out);
    assert!(
        answer.err.contains("run `zonecut check` in `other`"),
        "{}",
        answer.err
    );
}

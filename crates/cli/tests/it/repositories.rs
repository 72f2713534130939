//! Repositories of all kinds, and people who set git up in their own way.

use serde_json::Value;

use crate::support::{Answer, CONTRACT, Folder, repository, without_qname};

const PATH: &str = "contracts/queries.odcs.yaml";

fn broken() -> Folder {
    let folder = repository();
    folder.write(PATH, &without_qname());
    folder
}

fn finds_the_break(answer: &Answer) {
    assert_eq!(answer.exit, 1, "{}{}", answer.out, answer.err);
    assert!(answer.out.contains("property-removed"), "{}", answer.out);
}

fn is_silent(answer: &Answer) {
    assert_eq!(answer.exit, 0, "{}{}", answer.out, answer.err);
    assert!(answer.out.contains("nothing differs"), "{}", answer.out);
}

#[test]
fn a_linked_worktree_is_a_working_tree() {
    let folder = repository();
    folder.git(&["worktree", "add", "--quiet", "-b", "linked", "linked/here"]);
    folder.write(&format!("linked/here/{PATH}"), &without_qname());
    finds_the_break(&folder.zonecut_in("linked/here", &["check"]));
    finds_the_break(&folder.zonecut_in("linked/here", &["check", "contracts"]));
    is_silent(&folder.zonecut(&["check"]));
}

#[test]
fn a_bare_repository_names_the_way_to_a_working_tree() {
    let folder = repository();
    folder.git(&["clone", "--quiet", "--bare", ".", "bare/.git"]);
    let answer = folder.zonecut_in("bare/.git", &["check"]);
    assert_eq!(answer.exit, 3);
    assert!(
        answer.err.contains("has no working tree here"),
        "{}",
        answer.err
    );
    let advice = answer
        .err
        .split('`')
        .find(|it| it.starts_with("git "))
        .unwrap();
    let followed = folder.bash(
        &format!("cd bare/.git; {advice}; cd ../tree; zonecut check"),
        &[],
    );
    assert_eq!(followed.exit, 0, "{}", followed.err);
}

#[test]
fn a_hook_keeps_a_break_from_being_committed() {
    let folder = repository();
    folder
        .write(
            ".git/hooks/pre-commit",
            "#!/bin/sh\nzonecut check --against HEAD\n",
        )
        .bash("chmod +x .git/hooks/pre-commit", &[]);
    folder.write(PATH, &without_qname());
    for command in [
        "git commit --all --message x",
        "cd contracts; git commit -am x",
        "git commit -m x -- contracts",
    ] {
        let answer = folder.bash(command, &[]);
        assert_eq!(answer.exit, 1, "{command}: {}{}", answer.out, answer.err);
    }
    folder.write(PATH, CONTRACT).write("a.txt", "a");
    assert_eq!(
        folder
            .bash("git add a.txt; git commit --message x", &[])
            .exit,
        0
    );
}

#[test]
fn what_a_sparse_checkout_leaves_out_is_not_gone() {
    let folder = repository();
    folder.write("a/a.txt", "a");
    folder
        .write(
            PATH,
            &CONTRACT
                .replace("value: 4", "value: 2")
                .replace("version: 1.0.0", "version: 1.1.0"),
        )
        .commit();
    folder.git(&["sparse-checkout", "set", "a"]);
    assert!(!folder.path().join(PATH).exists());
    let answer = folder.zonecut(&["check", "--format", "json"]);
    assert_eq!(answer.exit, 0, "{}", answer.out);
    let report: Value = serde_json::from_str(&answer.out).unwrap();
    assert_eq!(
        report["contracts"][0]["after"]["version"], "1.1.0",
        "{report:#}"
    );
    assert_eq!(folder.zonecut(&["check", PATH]).exit, 0);
}

#[test]
fn a_partial_clone_fetches_what_it_lacks_or_says_so() {
    let origin = repository();
    origin.write(PATH, &without_qname()).commit();
    origin.git(&["checkout", "--quiet", "main"]);
    origin.git(&["config", "uploadpack.allowFilter", "true"]);
    let clone = Folder::new();
    let url = format!("file://{}", origin.path().display());
    clone.git(&[
        "clone",
        "--quiet",
        "--filter=blob:none",
        "--branch",
        "change",
        &url,
        "work",
    ]);
    let lost = clone.bash(
        "cp -r work lost; cd lost; git remote set-url origin file:///nowhere; zonecut check",
        &[],
    );
    assert_eq!(lost.exit, 3, "{}{}", lost.out, lost.err);
    finds_the_break(&clone.zonecut_in("work", &["check"]));
}

const POINTER: &str = "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 400\n";

#[test]
fn a_pointer_of_git_lfs_is_not_taken_for_a_contract() {
    let folder = repository();
    folder.write(PATH, POINTER);
    let answer = folder.zonecut(&["check"]);
    assert_eq!(answer.exit, 3, "{}", answer.out);
    assert!(
        answer.err.contains("a pointer of Git LFS"),
        "{}",
        answer.err
    );
    assert!(answer.err.contains("git lfs pull"), "{}", answer.err);
    folder.commit();
    folder.write(PATH, &without_qname());
    let check = ["check", "--against", "HEAD"];
    let answer = folder.zonecut(&check);
    assert_eq!(answer.exit, 3, "{}", answer.out);
    assert!(
        answer.err.contains(&format!("`HEAD:{PATH}` is a pointer")),
        "{}",
        answer.err
    );
    // With the filter set up, git brings the document: here from a file.
    let content = Folder::new();
    content.write("document", CONTRACT);
    let smudge = format!("cat {}/document", content.path().display());
    folder
        .write(".git/info/attributes", "*.yaml filter=lfs\n")
        .git(&["config", "filter.lfs.smudge", &smudge]);
    finds_the_break(&folder.zonecut(&check));
}

#[test]
fn spelling_of_the_file_is_silence() {
    let folder = repository();
    folder.bash(&format!("chmod +x {PATH}"), &[]);
    is_silent(&folder.zonecut(&["check"]));
    for text in [
        CONTRACT.replace('\n', "\r\n"),
        format!("\u{feff}{CONTRACT}"),
    ] {
        folder.write(PATH, &text);
        is_silent(&folder.zonecut(&["check"]));
    }
    folder.write(PATH, &without_qname().replace('\n', "\r\n"));
    finds_the_break(&folder.zonecut(&["check"]));
}

#[test]
fn any_name_will_do() {
    for name in [
        "zônë.odcs.yaml",
        "a b.odcs.yaml",
        "a\nb.odcs.yaml",
        "-a \"b'.odcs.yaml",
        ":(top)a.odcs.yaml",
        "a\tb.odcs.yaml",
    ] {
        let folder = repository();
        let path = format!("contracts/{name}");
        let text = CONTRACT.replace("id: recursive-queries", "id: other");
        folder.write(&path, &text).commit();
        folder.write(
            &path,
            &without_qname().replace("id: recursive-queries", "id: other"),
        );
        finds_the_break(&folder.zonecut(&["check", "--against", "HEAD"]));
        finds_the_break(&folder.zonecut(&["check", "--against", "HEAD", "--", &path]));
        let below = folder.zonecut_in("contracts", &["check", "--against", "HEAD", "--", name]);
        finds_the_break(&below);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_name_that_cannot_be_told_is_said_to_be_left_out() {
    use std::os::unix::ffi::OsStrExt;
    let folder = repository();
    let name = std::ffi::OsStr::from_bytes(b"caf\xe9.odcs.yaml");
    std::fs::write(folder.path().join(name), CONTRACT).unwrap();
    let answer = folder.zonecut(&["check"]);
    assert!(
        answer.err.contains("was left out: its name is no UTF-8"),
        "{}",
        answer.err
    );
    assert!(answer.out.contains("[left-out]"), "{}", answer.out);
}

#[test]
fn nobody_who_sets_git_up_otherwise_gets_another_answer() {
    let folder = repository();
    let next = without_qname().replace("version: 1.0.0", "version: 1.1.0");
    folder.write("contracts/queries-1.1.0.odcs.yaml", &next);
    for (key, value) in [
        ("color.ui", "always"),
        ("core.quotePath", "true"),
        ("diff.external", "false"),
        ("diff.noprefix", "true"),
        ("diff.orderFile", "absent"),
        ("diff.renames", "copies"),
        ("diff.renameLimit", "1"),
        ("diff.ignoreSubmodules", "all"),
        ("grep.fullName", "false"),
        ("grep.lineNumber", "true"),
        ("grep.patternType", "perl"),
        ("status.showUntrackedFiles", "no"),
        ("submodule.recurse", "true"),
    ] {
        folder.git(&["config", key, value]);
    }
    let environment = ["LITERAL", "ICASE", "NOGLOB"].map(|it| format!("GIT_{it}_PATHSPECS"));
    finds_the_break(&folder.zonecut(&["check"]));
    for name in &environment {
        finds_the_break(&folder.bash("zonecut check", &[(name, "1")]));
        finds_the_break(&folder.bash("cd contracts; zonecut check .", &[(name, "1")]));
    }
}

#[test]
fn a_repository_of_somebody_else_names_gits_own_advice() {
    let folder = broken();
    let settings = folder.path().join(".git/settings").display().to_string();
    let other = [
        ("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1"),
        ("GIT_CONFIG_GLOBAL", settings.as_str()),
    ];
    let answer = folder.bash("zonecut check", &other);
    assert_eq!(answer.exit, 3);
    assert!(
        answer.err.contains("does not trust the owner"),
        "{}",
        answer.err
    );
    let advice = answer
        .err
        .split('`')
        .find(|it| it.starts_with("git config"))
        .unwrap();
    assert_eq!(folder.bash(advice, &other).exit, 0, "{advice}");
    finds_the_break(&folder.bash("zonecut check", &other));
}

#[test]
fn detached_and_merged_heads_are_compared_too() {
    let folder = broken();
    folder.commit();
    folder.git(&["checkout", "--quiet", "--detach"]);
    finds_the_break(&folder.zonecut(&["check"]));
    // As services do: the request merged into its target.
    folder
        .git(&["checkout", "--quiet", "main"])
        .write("a.txt", "a")
        .commit();
    folder
        .git(&["checkout", "--quiet", "--detach"])
        .git(&["merge", "--quiet", "--no-ff", "change"]);
    finds_the_break(&folder.zonecut(&["check"]));
    // The target merged into the branch.
    folder
        .git(&["checkout", "--quiet", "change"])
        .git(&["merge", "--quiet", "main"]);
    finds_the_break(&folder.zonecut(&["check"]));
}

#[test]
fn a_conflict_is_no_contract() {
    let folder = broken();
    folder.commit();
    folder
        .git(&["checkout", "--quiet", "main"])
        .write(PATH, &CONTRACT.replace("varchar(255)", "varchar(99)"))
        .commit();
    assert_ne!(folder.bash("git merge change", &[]).exit, 0);
    let answer = folder.zonecut(&["check"]);
    assert_eq!(
        answer.exit,
        1 + i32::from(folder.read(PATH).contains("<<<<")),
        "{}",
        answer.out
    );
    folder.git(&["merge", "--abort"]).remove(PATH).commit();
    // Deleted here, changed there: the file that git left behind is what there is.
    assert_ne!(folder.bash("git merge change", &[]).exit, 0);
    finds_the_break(&folder.zonecut(&["check", "--against", "change~1"]));
}

#[test]
fn the_working_tree_is_what_counts_whatever_is_staged() {
    let folder = broken();
    folder.git(&["add", "--all"]).write(PATH, CONTRACT);
    is_silent(&folder.zonecut(&["check"]));
    folder
        .git(&["reset", "--quiet"])
        .write(PATH, &without_qname());
    folder.git(&["rm", "--quiet", "--cached", PATH]);
    finds_the_break(&folder.zonecut(&["check"]));
    let fresh = CONTRACT.replace("id: recursive-queries", "id: fresh");
    folder
        .write("fresh.odcs.yaml", &fresh)
        .git(&["add", "--intent-to-add", "fresh.odcs.yaml"]);
    let answer = folder.zonecut(&["check", "--format", "json"]);
    assert!(answer.out.contains("\"fresh\""), "{}", answer.out);
}

#[test]
fn contracts_are_followed_through_swaps_splits_and_letters() {
    let folder = repository();
    let other = CONTRACT
        .replace("id: recursive-queries", "id: other")
        .replace("name: qname", "name: rcode");
    folder.write("contracts/other.odcs.yaml", &other).commit();
    let head = ["check", "--against", "HEAD"];
    folder
        .write(PATH, &other)
        .write("contracts/other.odcs.yaml", CONTRACT);
    is_silent_about(&folder.zonecut(&head));
    folder.git(&["checkout", "--quiet", "."]);
    folder.git(&["mv", PATH, "contracts/Queries.odcs.yaml"]);
    is_silent_about(&folder.zonecut(&head));
    // One half keeps the id and loses what the other took.
    folder.write("contracts/Queries.odcs.yaml", &without_qname());
    folder.write(
        "contracts/names.odcs.yaml",
        &CONTRACT.replace("id: recursive-queries", "id: names"),
    );
    finds_the_break(&folder.zonecut(&head));
}

fn is_silent_about(answer: &Answer) {
    assert_eq!(answer.exit, 0, "{}{}", answer.out, answer.err);
    assert!(!answer.out.contains("breaking for"), "{}", answer.out);
}

#[cfg(unix)]
#[test]
fn links_stand_for_what_they_lead_to() {
    use std::os::unix::fs::symlink;
    let folder = repository();
    symlink("contracts", folder.path().join("all.yaml")).unwrap();
    symlink("nowhere", folder.path().join("gone.yaml")).unwrap();
    symlink("loop.yaml", folder.path().join("loop.yaml")).unwrap();
    symlink(
        "queries.odcs.yaml",
        folder.path().join("contracts/latest.odcs.yaml"),
    )
    .unwrap();
    is_silent(&folder.zonecut(&["check"]));
    folder.commit();
    is_silent(&folder.zonecut(&["check"]));
    let head = ["check", "--against", "HEAD"];
    // Links that are gone, or became files, are no lost contracts.
    folder
        .remove("gone.yaml")
        .remove("contracts/latest.odcs.yaml");
    is_silent(&folder.zonecut(&head));
    folder.write("contracts/latest.odcs.yaml", CONTRACT);
    is_silent_about(&folder.zonecut(&head));
    folder.git(&["checkout", "--quiet", "."]);
    // A file that became a link.
    folder
        .remove(PATH)
        .write("moved/queries.odcs.yaml", &without_qname());
    symlink("../moved/queries.odcs.yaml", folder.path().join(PATH)).unwrap();
    let answer = folder.zonecut(&head);
    finds_the_break(&answer);
    assert_eq!(
        answer.out.matches("[property-removed]").count(),
        1,
        "{}",
        answer.out
    );
}

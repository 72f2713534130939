//! The working tree against git.

use serde_json::Value;

use crate::support::{Answer, CONTRACT, Folder, repository, without_qname};

fn report(folder: &Folder, arguments: &[&str]) -> (i32, Value) {
    let answer = folder.zonecut(&[&["check", "--format", "json"], arguments].concat());
    (
        answer.exit,
        serde_json::from_str(&answer.out)
            .unwrap_or_else(|_| panic!("{}{}", answer.out, answer.err)),
    )
}

#[test]
fn an_unchanged_tree_is_publishable() {
    let folder = repository();
    let (exit, report) = report(&folder, &[]);
    assert_eq!(
        (exit, &report["compared"], &report["publishable"]),
        (0, &0.into(), &true.into())
    );
}

#[test]
fn uncommitted_and_committed_changes_are_found() {
    let folder = repository();
    folder.write("contracts/queries.odcs.yaml", &without_qname());
    let answer = folder.zonecut(&["check"]);
    assert_eq!(answer.exit, 1);
    insta::assert_snapshot!(answer.out);
    folder.commit();
    assert_eq!(report(&folder, &[]).0, 1);
    assert_eq!(report(&folder, &["--against", "HEAD"]).0, 0);
}

#[test]
fn work_on_the_default_branch_since_is_not_ours() {
    let folder = repository();
    folder
        .git(&["checkout", "--quiet", "main"])
        .write("contracts/queries.odcs.yaml", &without_qname())
        .commit();
    folder.git(&["checkout", "--quiet", "change"]);
    assert_eq!(report(&folder, &[]).0, 0);
    let (_, against_main) = report(&folder, &["--against", "main"]);
    assert!(
        against_main.to_string().contains("property-added"),
        "{against_main:#}"
    );
}

#[test]
fn renamed_files_are_followed() {
    let folder = repository();
    folder.remove("contracts/queries.odcs.yaml").write(
        "products/recursive.odcs.yaml",
        &CONTRACT.replace("value: 4", "value: 8"),
    );
    let (exit, report) = report(&folder, &[]);
    assert_eq!(exit, 1);
    assert_eq!(
        report["contracts"][0]["after"]["file"],
        "products/recursive.odcs.yaml"
    );
    assert_eq!(
        report["contracts"][0]["findings"].as_array().unwrap().len(),
        2,
        "{report:#}"
    );
}

#[cfg(target_os = "linux")]
#[test]
fn a_path_that_is_no_utf8_hides_no_break() {
    use std::os::unix::ffi::OsStrExt;
    let folder = repository();
    // Before and after the contract in git's order.
    for name in [&b"a\xff.txt"[..], b"z\xff.txt"] {
        let path = folder.path().join(std::ffi::OsStr::from_bytes(name));
        std::fs::write(&path, "old").unwrap();
    }
    folder.commit();
    for name in [&b"a\xff.txt"[..], b"z\xff.txt"] {
        let path = folder.path().join(std::ffi::OsStr::from_bytes(name));
        std::fs::write(&path, "new").unwrap();
    }
    folder.write("contracts/queries.odcs.yaml", &without_qname());
    let (exit, report) = report(&folder, &["--against", "HEAD"]);
    assert_eq!((exit, &report["publishable"]), (1, &false.into()));
}

#[test]
fn relative_diffs_as_a_habit_change_nothing() {
    let folder = repository();
    folder.git(&["config", "diff.relative", "true"]);
    folder.write("contracts/queries.odcs.yaml", &without_qname());
    let answer = folder.zonecut_in("contracts", &["check", "--format", "json"]);
    let report: Value = serde_json::from_str(&answer.out).unwrap();
    assert!(report.to_string().contains("property-removed"), "{report}");
}

#[test]
fn new_and_deleted_contracts_are_told_apart() {
    let folder = repository();
    folder.write(
        "contracts/new.odcs.yaml",
        &CONTRACT.replace("id: recursive-queries", "id: fresh"),
    );
    let (exit, added) = report(&folder, &[]);
    assert_eq!((exit, &added["contracts"][0]["before"]), (0, &Value::Null));
    folder
        .remove("contracts/new.odcs.yaml")
        .remove("contracts/queries.odcs.yaml");
    let (exit, deleted) = report(&folder, &[]);
    assert_eq!((exit, &deleted["contracts"][0]["after"]), (1, &Value::Null));
    assert_eq!(
        deleted["contracts"][0]["findings"][0]["rule"],
        "contract-removed"
    );
}

#[test]
fn a_changed_id_is_a_finding_not_two_contracts() {
    let folder = repository();
    folder.write(
        "contracts/queries.odcs.yaml",
        &CONTRACT.replace("id: recursive-queries", "id: other"),
    );
    let (_, report) = report(&folder, &[]);
    let rules: Vec<&str> = report["contracts"][0]["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| finding["rule"].as_str().unwrap())
        .collect();
    assert_eq!(rules, ["contract-id-changed", "version-too-small"]);
}

#[test]
fn paths_and_folders_limit_the_check() {
    let folder = repository();
    folder
        .write("contracts/queries.odcs.yaml", &without_qname())
        .write("elsewhere/x.txt", "x");
    assert_eq!(report(&folder, &["elsewhere"]).0, 0);
    assert_eq!(report(&folder, &["contracts"]).0, 1);
    let below = folder.zonecut_in("contracts", &["check", "--format", "json"]);
    let below: Value = serde_json::from_str(&below.out).unwrap();
    assert_eq!(below["contracts"][0]["after"]["file"], "queries.odcs.yaml");
}

#[test]
fn other_yaml_is_left_alone() {
    let folder = repository();
    folder
        .write(
            ".github/workflows/ci.yaml",
            "on: push\njobs: {a: *unknown}\n",
        )
        .write("data.json", "{not json");
    assert_eq!(report(&folder, &[]).0, 0);
}

#[test]
fn an_old_version_that_is_broken_says_where() {
    let folder = repository();
    folder
        .write("contracts/broken.odcs.yaml", "kind: DataContract\nid: [\n")
        .commit();
    folder.write(
        "contracts/broken.odcs.yaml",
        &CONTRACT.replace("id: recursive-queries", "id: broken"),
    );
    let (exit, report) = report(&folder, &["--against", "HEAD"]);
    assert_eq!(
        (exit, &report["findings"][0]["at"]["file"]),
        (2, &"HEAD:contracts/broken.odcs.yaml".into())
    );
}

#[test]
fn a_missing_ref_names_the_command_that_brings_it() {
    let clone = clone(&origin(), &["--branch", "change"]);
    let answer = clone.zonecut_in("work", &["check", "--against", "release/7"]);
    assert_eq!(answer.exit, 3);
    assert_eq!(
        answer.err,
        "error: git ref `release/7` is not here\n  help: run `git fetch --tags origin '+refs/heads/*:refs/remotes/origin/*'`, then try again\n"
    );
    assert_eq!(
        repository()
            .zonecut(&["check", "--against=--output=x"])
            .exit,
        3
    );
}

/// A clone of `origin` in `work`.
fn clone(origin: &Folder, arguments: &[&str]) -> Folder {
    let clone = Folder::new();
    let url = format!("file://{}", origin.path().display());
    clone.git(&[&["clone", "--quiet"], arguments, &[&url, "work"]].concat());
    clone
}

/// Runs the command that the help names, as it stands there.
fn take_advice(clone: &Folder, answer: &Answer) {
    let command = answer
        .err
        .split('`')
        .find(|part| part.starts_with("git fetch"));
    let command = command.unwrap_or_else(|| panic!("{}", answer.err));
    let fetched = clone.bash(&format!("cd work; {command}"), &[]);
    assert_eq!(fetched.exit, 0, "{command}: {}", fetched.err);
}

/// An origin whose default branch went on after `change` left it.
fn origin() -> Folder {
    let origin = repository();
    origin
        .write("contracts/queries.odcs.yaml", &without_qname())
        .commit();
    origin
        .git(&["checkout", "--quiet", "main"])
        .write("a.txt", "a")
        .commit();
    origin
}

#[test]
fn a_shallow_clone_names_the_command_that_helps() {
    let origin = origin();
    for branches in ["--no-single-branch", "--single-branch"] {
        let clone = clone(&origin, &["--depth", "1", branches, "--branch", "change"]);
        let answer = clone.zonecut_in("work", &["check"]);
        assert_eq!(answer.exit, 3, "{}", answer.out);
        assert!(answer.err.contains("--unshallow"), "{}", answer.err);
        take_advice(&clone, &answer);
        let answer = clone.zonecut_in("work", &["check"]);
        assert_eq!(answer.exit, 1, "{}{}", answer.out, answer.err);
    }
}

#[test]
fn a_clone_of_one_branch_names_the_command_that_helps() {
    let origin = origin();
    let clone = clone(&origin, &["--single-branch", "--branch", "change"]);
    let check = ["check", "--against", "main"];
    let answer = clone.zonecut_in("work", &check);
    assert_eq!(answer.exit, 3, "{}", answer.out);
    take_advice(&clone, &answer);
    let answer = clone.zonecut_in("work", &check);
    assert_eq!(answer.exit, 1, "{}{}", answer.out, answer.err);
}

#[test]
fn a_missing_commit_is_fetched_by_its_name() {
    let origin = origin();
    let clone = clone(&origin, &["--depth", "1", "--branch", "change"]);
    let base = origin.bash("git rev-parse change^", &[]).out;
    let check = ["check", "--against", base.trim()];
    let answer = clone.zonecut_in("work", &check);
    assert_eq!(answer.exit, 3, "{}", answer.out);
    take_advice(&clone, &answer);
    assert_eq!(clone.zonecut_in("work", &check).exit, 1);
}

#[test]
fn what_did_not_change_is_not_read() {
    let folder = repository();
    for index in 0..1000 {
        let text = "kind: DataContract\nid: [broken\n";
        folder.write(&format!("contracts/{index}.odcs.yaml"), text);
    }
    for name in ["second-queries", "third-queries"] {
        let text = CONTRACT.replace("id: recursive-queries", &format!("id: {name}"));
        folder.write(&format!("contracts/{name}.odcs.yaml"), &text);
    }
    folder.commit();
    for name in ["second-queries", "third-queries", "queries"] {
        let path = format!("contracts/{name}.odcs.yaml");
        let text = folder
            .read(&path)
            .replace("version: 1.0.0", "version: 1.1.0");
        folder.write(&path, &text.replace("value: 4", "value: 2"));
    }
    let (exit, report) = report(&folder, &["--against", "HEAD"]);
    assert_eq!((exit, &report["compared"]), (0, &3.into()), "{report:#}");
    // To those who name them all, they are broken.
    assert_eq!(folder.zonecut(&["lint", "--quiet", "contracts"]).exit, 2);
}

#[test]
fn a_contract_that_moved_is_no_loss_even_where_only_one_path_is_named() {
    let folder = repository();
    folder
        .remove("contracts/queries.odcs.yaml")
        .write("moved/queries.odcs.yaml", CONTRACT);
    let both = ["contracts/queries.odcs.yaml", "moved/queries.odcs.yaml"];
    assert_eq!(report(&folder, &both).0, 0);
    assert_eq!(report(&folder, &both[1..]).0, 0);
}

#[test]
fn a_deleted_file_may_be_named() {
    let folder = repository();
    folder.remove("contracts/queries.odcs.yaml");
    let (exit, report) = report(&folder, &["contracts/queries.odcs.yaml"]);
    assert_eq!(exit, 1, "{report:#}");
}

#[test]
fn a_path_is_no_pattern() {
    let folder = repository();
    let next = CONTRACT.replace("id: recursive-queries", "id: next");
    folder
        .write("contracts/[new].odcs.yaml", &next)
        .write("contracts/n.odcs.yaml", &without_qname());
    let (_, report) = report(&folder, &["contracts/[new].odcs.yaml", "--against", "HEAD"]);
    assert_eq!(report["compared"], 1, "{report:#}");
}

#[test]
fn outside_a_repository_the_way_out_is_named() {
    let answer = Folder::new().zonecut(&["check"]);
    assert_eq!(answer.exit, 3);
    assert!(answer.err.contains("--before"), "{}", answer.err);
}

#[test]
fn a_new_version_in_a_file_of_its_own_is_compared_with_the_newest() {
    let folder = repository();
    let next =
        |version: &str| without_qname().replace("version: 1.0.0", &format!("version: {version}"));
    folder.write("contracts/queries-1.1.0.odcs.yaml", &next("1.1.0"));
    let (exit, unpaid) = report(&folder, &[]);
    assert_eq!(
        (exit, &unpaid["contracts"][0]["before"]["version"]),
        (1, &"1.0.0".into())
    );
    folder
        .remove("contracts/queries-1.1.0.odcs.yaml")
        .write("contracts/queries-2.0.0.odcs.yaml", &next("2.0.0"))
        .commit();
    folder.write("contracts/queries-2.0.1.odcs.yaml", &next("2.0.1"));
    let (exit, report) = report(&folder, &["--against", "HEAD"]);
    assert_eq!(
        (exit, &report["contracts"][0]["before"]["version"]),
        (0, &"2.0.0".into()),
        "{report:#}"
    );
}

#[test]
fn a_new_version_follows_the_nearest_even_where_an_older_one_is_deleted() {
    let folder = repository();
    let version =
        |text: &str, version: &str| text.replace("version: 1.0.0", &format!("version: {version}"));
    folder
        .write(
            "contracts/queries-2.0.0.odcs.yaml",
            &version(CONTRACT, "2.0.0"),
        )
        .commit();
    folder.remove("contracts/queries.odcs.yaml").write(
        "contracts/queries-2.1.0.odcs.yaml",
        &version(&without_qname(), "2.1.0"),
    );
    let (exit, report) = report(&folder, &["--against", "HEAD"]);
    let contracts = report["contracts"].as_array().unwrap();
    let new = contracts
        .iter()
        .find(|contract| contract["after"]["version"] == "2.1.0")
        .unwrap();
    assert_eq!((exit, &new["before"]["version"]), (1, &"2.0.0".into()));
    assert!(new.to_string().contains("version-too-small"), "{new:#}");
}

#[test]
fn new_versions_of_many_contracts_each_follow_their_own_nearest() {
    const MANY: usize = 40;
    let folder = repository();
    let write = |version: &str| {
        for number in 0..MANY {
            let text = CONTRACT
                .replace("id: recursive-queries", &format!("id: queries-{number}"))
                .replace("version: 1.0.0", &format!("version: {version}"));
            folder.write(&format!("contracts/{number}-{version}.odcs.yaml"), &text);
        }
    };
    write("1.1.0");
    write("1.2.0");
    folder.commit();
    write("2.0.0");
    let (_, report) = report(&folder, &["--against", "HEAD"]);
    let contracts = report["contracts"].as_array().unwrap();
    assert_eq!(contracts.len(), MANY, "{report:#}");
    for contract in contracts {
        assert_eq!(contract["before"]["version"], "1.2.0", "{contract:#}");
        let file = contract["before"]["file"].as_str().unwrap();
        let number = contract["id"].as_str().unwrap().strip_prefix("queries-");
        assert!(file.ends_with(&format!("/{}-1.2.0.odcs.yaml", number.unwrap())));
    }
}

/// However many contracts get a new version, what has nothing to do with them is not read.
#[test]
fn many_new_versions_read_nothing_of_other_contracts() {
    let folder = repository();
    let named = |name: &str| CONTRACT.replace("id: recursive-queries", &format!("id: {name}"));
    for number in 0..40 {
        let name = format!("queries-{number}");
        folder.write(&format!("contracts/{name}-1.0.0.odcs.yaml"), &named(&name));
    }
    folder
        .write("contracts/untouched.odcs.yaml", &named("untouched"))
        .commit();
    for number in 0..40 {
        let name = format!("queries-{number}");
        let next = named(&name).replace("version: 1.0.0", "version: 1.1.0");
        folder.write(&format!("contracts/{name}-1.1.0.odcs.yaml"), &next);
    }
    let script = "real=$(command -v git)
mkdir shim
cat > shim/git <<END
#!/bin/sh
for word; do [ \"\\$word\" = cat-file ] && exec sh -c 'tee -a \"\\$0\" | \"\\$@\"' \"$PWD/asked\" $real \"\\$@\"; done
exec $real \"\\$@\"
END
chmod +x shim/git
PATH=\"$PWD/shim:$PATH\" zonecut check --against HEAD --format json";
    let answer = folder.bash(script, &[]);
    let report: Value = serde_json::from_str(&answer.out).unwrap();
    assert_eq!(
        report["contracts"].as_array().unwrap().len(),
        40,
        "{report:#}"
    );
    let asked = folder.read("asked");
    assert!(
        asked.contains("contracts/queries-7-1.0.0.odcs.yaml"),
        "{asked}"
    );
    assert!(!asked.contains("untouched"), "{asked}");
}

#[test]
fn a_search_that_fails_is_no_answer() {
    let folder = repository();
    let next = without_qname().replace("version: 1.0.0", "version: 1.1.0");
    folder.write("contracts/queries-1.1.0.odcs.yaml", &next);
    let script = "real=$(command -v git)
mkdir shim
printf '#!/bin/sh\nfor word; do [ \"$word\" = grep ] && exit 128; done\nexec %s \"$@\"\n' \"$real\" > shim/git
chmod +x shim/git
PATH=\"$PWD/shim:$PATH\" zonecut check";
    let answer = folder.bash(script, &[]);
    assert_eq!(answer.exit, 3, "{}{}", answer.out, answer.err);
    assert!(answer.err.contains("git grep"), "{}", answer.err);
    // With a git that searches, the version before is found.
    assert_eq!(folder.zonecut(&["check"]).exit, 1);
}

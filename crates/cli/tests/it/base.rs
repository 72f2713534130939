//! The commit to compare with: where it is, and advice that helps where it is not.

use serde_json::json;

use crate::support::{Answer, CONTRACT, Folder, repository, without_qname};

/// The commands that an error advises.
fn advice(answer: &Answer) -> Vec<String> {
    assert_eq!(answer.exit, 3, "{}{}", answer.out, answer.err);
    let help = answer.err.split_once("help: ").unwrap().1;
    let quoted = help.split('`').skip(1).step_by(2);
    let commands = quoted.filter(|it| it.starts_with("git ") || it.starts_with("zonecut "));
    commands.map(str::to_owned).collect()
}

/// Runs what an error advises, and answers what the last of it says.
fn follow(folder: &Folder, within: &str, answer: &Answer) -> Answer {
    let commands = advice(answer);
    assert!(!commands.is_empty(), "{}", answer.err);
    folder.bash(&format!("cd {within}\n{}", commands.join("\n")), &[])
}

#[test]
fn before_the_first_commit_everything_is_new() {
    let folder = Folder::new();
    folder.git(&["init", "--quiet"]);
    folder.write("contracts/queries.odcs.yaml", CONTRACT);
    // Also as a hook asks.
    for arguments in [
        &["check"][..],
        &["check", "--against", "HEAD"],
        &["check", "contracts"],
    ] {
        let answer = folder.zonecut(arguments);
        assert_eq!(answer.exit, 0, "{}{}", answer.out, answer.err);
        assert!(answer.err.contains("everything is new"), "{}", answer.err);
        assert!(answer.out.contains("1 contract compared"), "{}", answer.out);
    }
    folder.git(&["add", "--all"]);
    assert_eq!(folder.zonecut(&["check"]).exit, 0);
}

/// A repository on a branch `change` that breaks what is on another branch.
fn default_is(name: &str) -> Folder {
    let folder = Folder::new();
    folder
        .git(&["init", "--quiet", "--initial-branch", name])
        .write("contracts/queries.odcs.yaml", CONTRACT)
        .commit();
    folder.git(&["checkout", "--quiet", "-b", "change"]);
    folder
        .write("contracts/queries.odcs.yaml", &without_qname())
        .commit();
    folder
}

#[test]
fn a_default_branch_of_another_name_is_known_where_somebody_says_so() {
    let folder = default_is("develop");
    let answer = folder.zonecut(&["check"]);
    assert!(answer.err.contains("--against develop"), "{}", answer.err);
    assert!(!answer.err.contains("fetch origin"), "{}", answer.err);
    assert_eq!(follow(&folder, ".", &answer).exit, 1);
    let named = [("CI_DEFAULT_BRANCH", "develop")];
    assert_eq!(folder.bash("zonecut check", &named).exit, 1);
    folder.git(&["config", "init.defaultBranch", "develop"]);
    assert_eq!(folder.zonecut(&["check"]).exit, 1);
}

#[test]
fn the_only_branch_is_the_default() {
    let folder = default_is("develop");
    folder.git(&["checkout", "--quiet", "develop"]);
    folder.git(&["branch", "--quiet", "-D", "change"]);
    assert_eq!(folder.zonecut(&["check"]).exit, 0);
    folder.write("contracts/queries.odcs.yaml", &without_qname());
    assert_eq!(folder.zonecut(&["check"]).exit, 1);
}

#[test]
fn a_clone_that_knows_no_default_is_told_to_ask() {
    let origin = default_is("develop");
    origin.git(&["checkout", "--quiet", "develop"]);
    for remote in ["origin", "upstream"] {
        let clone = Folder::new();
        let url = format!("file://{}", origin.path().display());
        clone.git(&[
            "clone", "--quiet", "--origin", remote, "--branch", "change", "--depth", "1", &url,
            "work",
        ]);
        let answer = clone.zonecut_in("work", &["check"]);
        let followed = follow(&clone, "work", &answer);
        assert_eq!(followed.exit, 0, "{}", followed.err);
        let answer = clone.zonecut_in("work", &["check"]);
        assert_eq!(answer.exit, 1, "{}{}", answer.out, answer.err);
    }
}

#[test]
fn a_branch_without_a_common_past_is_compared_as_it_stands() {
    let folder = repository();
    folder.git(&["checkout", "--quiet", "--orphan", "fresh"]);
    folder.write("contracts/queries.odcs.yaml", &without_qname());
    // Before its first commit, and after.
    for _ in 0..2 {
        let answer = folder.zonecut(&["check"]);
        assert_eq!(advice(&answer), ["zonecut check --against main"]);
        assert_eq!(follow(&folder, ".", &answer).exit, 1);
        folder.commit();
    }
}

#[test]
fn a_ref_that_no_remote_can_bring_is_asked_back() {
    let folder = repository();
    let answer = folder.zonecut(&["check", "--against", "mian"]);
    assert_eq!(
        answer.err,
        "error: git ref `mian` is not here\n  help: did you mean `main`?\n"
    );
    let answer = folder.zonecut(&["check", "--against", "release/7"]);
    assert_eq!(advice(&answer), ["zonecut check --against main"]);
    assert_eq!(follow(&folder, ".", &answer).exit, 0);
}

/// A repository whose `main` was just pushed: its last two commits broke the contract and went on.
fn pushed() -> (Folder, String) {
    let folder = repository();
    let before = folder.bash("git rev-parse main", &[]).out.trim().to_owned();
    folder
        .git(&["checkout", "--quiet", "main"])
        .write("contracts/queries.odcs.yaml", &without_qname())
        .commit();
    folder.write("a.txt", "a").commit();
    (folder, before)
}

fn github_push(folder: &Folder, branch: &str, event: &str) -> Answer {
    let files = Folder::new();
    files.write("event.json", event);
    let event = files.path().join("event.json").display().to_string();
    let reference = format!("refs/heads/{branch}");
    let environment = [
        ("GITHUB_EVENT_NAME", "push"),
        ("GITHUB_EVENT_PATH", event.as_str()),
        ("GITHUB_REF", &reference),
    ];
    folder.bash("zonecut check", &environment)
}

fn push_event(before: &str) -> String {
    json!({"before": before, "repository": {"default_branch": "main"}}).to_string()
}

const ZEROS: &str = "0000000000000000000000000000000000000000";

#[test]
fn a_push_is_compared_with_what_was_there_before() {
    let (folder, before) = pushed();
    let answer = github_push(&folder, "main", &push_event(&before));
    assert_eq!(answer.exit, 1, "{}{}", answer.out, answer.err);
    let head = folder.bash("git rev-parse HEAD", &[]).out;
    assert_eq!(
        github_push(&folder, "main", &push_event(head.trim())).exit,
        0
    );
    let gitlab = [
        ("CI_COMMIT_BEFORE_SHA", before.as_str()),
        ("CI_COMMIT_BRANCH", "main"),
        ("CI_DEFAULT_BRANCH", "main"),
    ];
    assert_eq!(folder.bash("zonecut check", &gitlab).exit, 1);
}

#[test]
fn a_new_branch_is_compared_with_where_it_began() {
    let (folder, _) = pushed();
    let answer = github_push(&folder, "main", &push_event(ZEROS));
    assert_eq!(answer.exit, 0, "{}{}", answer.out, answer.err);
    assert!(answer.err.contains("everything is new"), "{}", answer.err);
    folder.git(&["checkout", "--quiet", "-b", "mine"]);
    folder.remove("contracts/queries.odcs.yaml").commit();
    let answer = github_push(&folder, "mine", &push_event(ZEROS));
    assert_eq!(answer.exit, 1, "{}{}", answer.out, answer.err);
    // The second push to a branch does not make the first one good.
    let before = folder.bash("git rev-parse HEAD", &[]).out;
    folder.write("b.txt", "b").commit();
    assert_eq!(
        github_push(&folder, "mine", &push_event(before.trim())).exit,
        1
    );
}

#[test]
fn a_push_of_which_the_last_commit_is_known_is_compared_with_the_one_before() {
    let folder = repository();
    folder
        .write("contracts/queries.odcs.yaml", &without_qname())
        .commit();
    folder.write("a.txt", "a").commit();
    folder
        .git(&["checkout", "--quiet", "main"])
        .git(&["merge", "--quiet", "--no-ff", "change"]);
    let azure = [
        ("BUILD_REASON", "IndividualCI"),
        ("BUILD_SOURCEBRANCH", "refs/heads/main"),
    ];
    assert_eq!(folder.bash("zonecut check", &azure).exit, 1);
    assert_eq!(folder.zonecut(&["check"]).exit, 0);
    let clone = Folder::new();
    let url = format!("file://{}", folder.path().display());
    clone.git(&["clone", "--quiet", "--depth", "1", &url, "work"]);
    let answer = clone.bash("cd work; zonecut check", &azure);
    let followed = follow(&clone, "work", &answer);
    assert_eq!(followed.exit, 0, "{}", followed.err);
    assert_eq!(clone.bash("cd work; zonecut check", &azure).exit, 1);
}

#[test]
fn a_commit_that_a_push_replaced_is_fetched_by_its_name() {
    let (origin, before) = pushed();
    let clone = Folder::new();
    let url = format!("file://{}", origin.path().display());
    clone.git(&["clone", "--quiet", "--depth", "1", &url, "work"]);
    let gitlab = [
        ("CI_COMMIT_BEFORE_SHA", before.as_str()),
        ("CI_COMMIT_BRANCH", "main"),
        ("CI_DEFAULT_BRANCH", "main"),
    ];
    let answer = clone.bash("cd work; zonecut check", &gitlab);
    let followed = follow(&clone, "work", &answer);
    assert_eq!(followed.exit, 0, "{}", followed.err);
    assert_eq!(clone.bash("cd work; zonecut check", &gitlab).exit, 1);
}

#[test]
fn a_broken_event_is_said() {
    let (folder, _) = pushed();
    let answer = github_push(&folder, "main", "{\"before\": ");
    assert_eq!(answer.exit, 3, "{}", answer.out);
    assert!(
        answer.err.contains("the event is no JSON"),
        "{}",
        answer.err
    );
    assert!(answer.err.contains("--against"), "{}", answer.err);
    let absent = [("GITHUB_EVENT_PATH", "/absent.json")];
    let answer = folder.bash("zonecut check", &absent);
    assert_eq!(answer.exit, 3);
    assert!(
        answer.err.contains("can't read the event"),
        "{}",
        answer.err
    );
    // Where another variable says enough, it is a warning.
    let pull = [
        ("GITHUB_EVENT_PATH", "/absent.json"),
        ("GITHUB_BASE_REF", "main"),
    ];
    let answer = folder.bash("zonecut check", &pull);
    assert_eq!(answer.exit, 0, "{}", answer.err);
    assert!(answer.err.contains("warning: can't read"), "{}", answer.err);
}

#[test]
fn each_service_names_the_branch_that_it_merges_into() {
    let folder = default_is("develop");
    for name in [
        "BITBUCKET_PR_DESTINATION_BRANCH",
        "CI_MERGE_REQUEST_TARGET_BRANCH_NAME",
        "GITHUB_BASE_REF",
        "SYSTEM_PULLREQUEST_TARGETBRANCH",
    ] {
        let answer = folder.bash("zonecut check", &[(name, "develop")]);
        assert_eq!(answer.exit, 1, "{name}: {}{}", answer.out, answer.err);
        let answer = folder.bash("zonecut check", &[(name, "nowhere")]);
        assert_eq!(answer.exit, 3, "{name}: {}", answer.out);
        assert!(
            answer.err.contains(&format!("(from `{name}`)")),
            "{}",
            answer.err
        );
    }
}

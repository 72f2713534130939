//! The transitive modes over the history that git holds.

use crate::support::{Answer, CONTRACT, Folder};

/// 1.0.0 has `x` as text, 2.0.0 lost it; the working tree, 2.1.0, has it again as a number.
fn repository() -> Folder {
    let folder = Folder::new();
    folder.git(&["init", "--quiet"]);
    folder
        .write("a/q.odcs.yaml", &version("1.0.0", "string"))
        .commit();
    // What follows a contract is its id: its file moves.
    folder.remove("a/q.odcs.yaml");
    folder
        .write("b/q.odcs.yaml", &CONTRACT.replace("1.0.0", "2.0.0"))
        .commit();
    folder.git(&["checkout", "--quiet", "-b", "change"]);
    folder.write("b/q.odcs.yaml", &version("2.1.0", "integer"));
    folder
}

fn version(version: &str, of: &str) -> String {
    CONTRACT.replace("1.0.0", version).replace(
        "slaProperties:",
        &format!("      - {{name: x, logicalType: {of}}}\nslaProperties:"),
    )
}

/// `q.odcs.yaml` committed in each of its states.
fn committed(states: &[String]) -> Folder {
    let folder = Folder::new();
    folder.git(&["init", "--quiet"]);
    for state in states {
        folder.write("q.odcs.yaml", state).commit();
    }
    folder
}

fn check(folder: &Folder, mode: &str) -> Answer {
    folder.zonecut(&["check", "--against", "main", "--mode", mode])
}

#[test]
fn readers_of_a_version_in_the_history_count() {
    let folder = repository();
    for mode in [
        "full-transitive",
        "backward-transitive",
        "forward-transitive",
    ] {
        let answer = check(&folder, mode);
        assert_eq!(answer.exit, 1, "{mode}: {}{}", answer.out, answer.err);
        assert!(
            answer.out.contains("of `1.0.0` in `"),
            "{mode}: {}",
            answer.out
        );
        assert!(
            answer.out.contains(":a/q.odcs.yaml`"),
            "{mode}: {}",
            answer.out
        );
        assert_eq!(answer.err, "");
    }
    for mode in ["full", "backward", "forward"] {
        let answer = check(&folder, mode);
        assert_eq!(
            (answer.exit, answer.err.as_str()),
            (0, ""),
            "{mode}: {}",
            answer.out
        );
    }
}

#[test]
fn the_contract_itself_may_ask_for_its_history() {
    let promise = "customProperties: [{property: compatibility, value: full-transitive}]\n";
    let folder = committed(&[
        version("1.0.0", "string") + promise,
        CONTRACT.replace("1.0.0", "2.0.0") + promise,
    ]);
    folder.write("q.odcs.yaml", &(version("2.1.0", "integer") + promise));
    let answer = folder.zonecut(&["check", "--against", "HEAD"]);
    assert_eq!(answer.exit, 1, "{}", answer.out);
    assert!(
        answer.out.contains("for readers or data of `1.0.0`"),
        "{}",
        answer.out
    );
}

#[test]
fn a_version_that_a_merge_brought_counts() {
    let folder = committed(&[CONTRACT.replace("1.0.0", "0.1.0")]);
    folder.git(&["checkout", "--quiet", "-b", "side"]);
    folder
        .write("q.odcs.yaml", &version("1.0.0", "string"))
        .commit();
    folder.git(&["checkout", "--quiet", "main"]);
    folder.git(&["merge", "--quiet", "--no-ff", "--no-edit", "side"]);
    folder
        .write("q.odcs.yaml", &CONTRACT.replace("1.0.0", "2.0.0"))
        .commit();
    folder.write("q.odcs.yaml", &version("2.1.0", "integer"));
    let answer = folder.zonecut(&["check", "--against", "HEAD", "--mode", "full-transitive"]);
    assert!(answer.out.contains("of `1.0.0` in `"), "{}", answer.out);
}

#[test]
fn a_clone_without_all_of_history_can_not_answer() {
    let folder = committed(&[
        version("1.0.0", "string"),
        CONTRACT.replace("1.0.0", "2.0.0"),
        CONTRACT.replace("1.0.0", "2.0.1"),
    ]);
    let source = format!("file://{}", folder.path().display());
    // Of the last two, one is older than what is compared: enough to answer, and wrong.
    for depth in ["1", "2"] {
        let clone = ["clone", "--quiet", "--depth", depth, "--branch", "main"];
        folder.git(&[&clone[..], &[&source, depth]].concat());
        let changed = format!("{depth}/q.odcs.yaml");
        folder.write(&changed, &version("2.1.0", "integer"));
        let check = ["check", "--against", "HEAD", "--mode", "full-transitive"];
        let answer = folder.zonecut_in(depth, &check);
        assert_eq!(answer.exit, 3, "{depth}: {}{}", answer.out, answer.err);
        let helps = answer.err.contains("git fetch --unshallow");
        assert!(helps, "{depth}: {}", answer.err);
        folder.write(
            &format!("{depth}/old/1.0.0.odcs.yaml"),
            &version("1.0.0", "string"),
        );
        let answer = folder.zonecut_in(depth, &check);
        let of_tree = answer.out.contains("of `1.0.0` in `");
        assert!(of_tree, "{depth}: {}{}", answer.out, answer.err);
    }
}

#[test]
fn that_nothing_older_is_there_is_said() {
    let folder = crate::support::repository();
    folder.write("contracts/queries.odcs.yaml", &version("1.1.0", "string"));
    let answer = folder.zonecut(&["check", "--mode", "full-transitive"]);
    assert!(
        answer
            .err
            .contains("no older version of `recursive-queries`"),
        "{}",
        answer.err
    );
    let empty = tempfile::tempdir().unwrap();
    let history = empty.path().display().to_string();
    let answer = folder.zonecut(&["check", "--mode", "full-transitive", "--history", &history]);
    assert!(
        answer
            .err
            .contains("no older version of `recursive-queries`"),
        "{}",
        answer.err
    );
}

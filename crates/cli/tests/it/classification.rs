//! What classes and tags stand for is the repository's to say, but no change says it for itself.

use serde_json::Value;

use crate::support::{CONTRACT, Folder};

const OWN: &str = "\
[classification]
order = ['open', 'closed']
guarded_from = 'closed'
aliases = {secret = 'closed'}
personal_tags = ['people']
";

fn contract(class: &str) -> String {
    let class = format!("      - name: qname\n        classification: {class}\n");
    CONTRACT.replace("      - name: qname\n", &class)
}

/// A repository with its own order, and a contract on `main` of which a column is `closed`.
fn repository(config: &str) -> Folder {
    let folder = Folder::new();
    folder
        .git(&["init", "--quiet"])
        .write("zonecut.toml", config)
        .write("queries.odcs.yaml", &contract("closed"))
        .commit();
    folder
}

/// The verdict for governance, and what was said to the person.
fn governance(folder: &Folder) -> (String, String) {
    let answer = folder.zonecut(&["check", "--against", "HEAD", "--format", "json"]);
    let report: Value = serde_json::from_str(&answer.out)
        .unwrap_or_else(|_| panic!("{}{}", answer.out, answer.err));
    let verdict = report["contracts"][0]["verdict"]["governance"].as_str();
    (verdict.unwrap_or("none").to_owned(), answer.err)
}

#[test]
fn a_repository_has_its_own_order() {
    let folder = repository(OWN);
    folder.write("queries.odcs.yaml", &contract("open"));
    assert_eq!(governance(&folder).0, "breaking");
    folder.write("queries.odcs.yaml", &contract("secret"));
    assert_eq!(governance(&folder).0, "compatible");
    // By the usual order nobody could tell.
    let folder = repository("");
    folder.write("queries.odcs.yaml", &contract("open"));
    assert_eq!(governance(&folder).0, "warning");
}

#[test]
fn no_change_says_by_which_order_it_is_judged() {
    let folder = repository(OWN);
    let turned = OWN.replace("'open', 'closed'", "'closed', 'open'");
    folder
        .write("zonecut.toml", &turned)
        .write("queries.odcs.yaml", &contract("open"));
    let (verdict, said) = governance(&folder);
    assert_eq!(verdict, "breaking");
    assert!(said.contains("`[classification]`"), "{said}");
    folder.remove("zonecut.toml");
    assert_eq!(governance(&folder).0, "breaking");
    // The order of the commit may be broken: whoever mends it is not stopped.
    let folder = repository("[classification]\norder = []\n");
    folder
        .write("zonecut.toml", OWN)
        .write("queries.odcs.yaml", &contract("open"));
    assert_eq!(governance(&folder).0, "warning");
}

#[test]
fn a_folder_within_the_repository_is_judged_by_the_same_order() {
    let folder = Folder::new();
    folder
        .git(&["init", "--quiet"])
        .write("zonecut.toml", OWN)
        .write("a/b/queries.odcs.yaml", &contract("closed"))
        .commit();
    folder
        .remove("zonecut.toml")
        .write("a/b/queries.odcs.yaml", &contract("open"));
    let answer = folder.zonecut_in("a/b", &["check", "--against", "HEAD"]);
    assert_eq!(answer.exit, 1, "{}", answer.out);
    assert!(
        answer.out.contains("classification-lowered"),
        "{}",
        answer.out
    );
}

#[test]
fn two_files_are_judged_by_the_file_that_is_there() {
    let folder = Folder::new();
    folder
        .write("zonecut.toml", OWN)
        .write("old.odcs.yaml", &contract("closed"))
        .write("new.odcs.yaml", &contract("open"));
    let answer = folder.zonecut(&[
        "check",
        "--before",
        "old.odcs.yaml",
        "--after",
        "new.odcs.yaml",
    ]);
    assert!(
        answer.out.contains("classification-lowered"),
        "{}",
        answer.out
    );
}

#[test]
fn lint_knows_the_order_and_the_tags() {
    let folder = Folder::new();
    folder.write("queries.odcs.yaml", &contract("secret"));
    let lint = || folder.zonecut(&["lint"]).out;
    assert!(lint().contains("classification-unknown"), "{}", lint());
    folder.write("zonecut.toml", OWN);
    assert_eq!(lint(), "valid: nothing to say\n");
    folder.write("queries.odcs.yaml", &contract("Closed"));
    assert!(lint().contains("word-in-other-letters"), "{}", lint());
    folder.zonecut(&["lint", "--fix"]);
    assert_eq!(folder.read("queries.odcs.yaml"), contract("closed"));
    let client = "      - name: client\n        logicalType: string\n        tags: [people]\n        customProperties: [{property: semanticType, value: net.client_ip}]\n";
    let with_client =
        contract("closed").replace("slaProperties:", &format!("{client}slaProperties:"));
    folder.write("queries.odcs.yaml", &with_client);
    assert_eq!(lint(), "valid: nothing to say\n");
    folder.write("zonecut.toml", &OWN.replace("people", "pii"));
    assert!(lint().contains("unclassified-personal"), "{}", lint());
}

#[test]
fn an_order_that_is_none_is_invalid_input() {
    let folder = Folder::new();
    folder
        .write("zonecut.toml", "[classification]\norder = ['a', 'A']\n")
        .write("queries.odcs.yaml", CONTRACT);
    let answer = folder.zonecut(&["lint"]);
    assert_eq!(answer.exit, 2);
    assert!(answer.out.contains("zonecut.toml:2:9"), "{}", answer.out);
}

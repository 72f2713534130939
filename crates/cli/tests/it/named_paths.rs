//! Paths that people name.

use serde_json::Value;

use crate::support::{Answer, CONTRACT, Folder, repository, without_qname};

fn refused(answer: &Answer, words: &str) {
    assert_eq!(answer.exit, 2, "{}{}", answer.out, answer.err);
    assert_eq!(answer.out, "");
    assert!(answer.err.contains(words), "{}", answer.err);
}

#[test]
fn a_path_that_is_nowhere_is_no_green_light() {
    let folder = repository();
    let check = |path: &str| folder.zonecut(&["check", path]);
    let meant = "did you mean `contracts/queries.odcs.yaml`?";
    refused(&check("contracts/querys.odcs.yaml"), meant);
    refused(&check("contract/queries.odcs.yaml"), meant);
    refused(&check("queries.odcs.yaml"), meant);
    refused(&check("contrats"), "did you mean `contracts`?");
    refused(&check("zzz"), "there is no `zzz` here, nor in `");
    let below = folder.zonecut_in("contracts", &["check", "querys.odcs.yaml"]);
    refused(&below, "did you mean `queries.odcs.yaml`?");
    // One right path does not hide a wrong one.
    refused(&folder.zonecut(&["check", "contracts", "zzz"]), "`zzz`");
}

#[test]
fn a_path_outside_the_repository_is_told_in_our_words() {
    let folder = repository();
    let outside = Folder::new();
    outside.write("queries.odcs.yaml", CONTRACT);
    let path = outside.path().join("queries.odcs.yaml");
    for path in [path.display().to_string(), "../elsewhere".to_owned()] {
        let answer = folder.zonecut(&["check", &path]);
        refused(&answer, "lies outside the repository");
        assert!(!answer.err.contains("fatal"), "{}", answer.err);
    }
}

#[test]
fn a_folder_without_a_contract_is_said_to_be_empty() {
    let folder = repository();
    folder.write("docs/notes.yaml", "a: b\n").commit();
    folder.git(&["branch", "--quiet", "--force", "main"]);
    let answer = folder.zonecut(&["check", "docs"]);
    assert_eq!(answer.exit, 0);
    let note = "note: `docs` holds no contract and no product\n";
    assert_eq!(answer.err, note);
    assert_eq!(folder.zonecut(&["check", "contracts"]).err, "");
    let both = folder.zonecut(&["check", "docs", "contracts"]);
    assert_eq!(both.err, note);
}

#[test]
fn what_git_ignores_is_no_green_light() {
    let folder = repository();
    folder
        .write(".gitignore", "build\n")
        .write("build/queries.odcs.yaml", CONTRACT);
    for path in ["build", "build/queries.odcs.yaml"] {
        refused(&folder.zonecut(&["check", path]), "git ignores");
    }
    // Tracked all the same.
    folder.git(&["add", "--force", "build"]).commit();
    let answer = folder.zonecut(&["check", "--against", "main", "build"]);
    assert_eq!(answer.exit, 0, "{}", answer.err);
}

#[cfg(unix)]
#[test]
fn a_path_may_lead_through_a_link() {
    let folder = repository();
    std::os::unix::fs::symlink("contracts", folder.path().join("link")).unwrap();
    folder.write("contracts/queries.odcs.yaml", &without_qname());
    for path in ["link", "link/queries.odcs.yaml", "contracts/../contracts"] {
        let answer = folder.zonecut(&["check", path]);
        assert_eq!(answer.exit, 1, "{path}: {}{}", answer.out, answer.err);
    }
    let absolute = folder.path().join("contracts").display().to_string();
    assert_eq!(folder.zonecut(&["check", &absolute]).exit, 1);
}

#[test]
fn a_contract_that_moved_out_of_a_named_path_is_no_loss() {
    let other = CONTRACT.replace("id: recursive-queries", "id: other");
    let longer = |text: &str| {
        let properties: Vec<String> = (0..60)
            .map(|number| format!("      - {{name: extra_{number}, logicalType: string}}\n"))
            .collect();
        let properties = properties.concat();
        text.replace("slaProperties:", &format!("{properties}slaProperties:"))
            .replace("version: 1.0.0", "version: 1.1.0")
    };
    // As git sees a rename, and changed beyond what git takes for one.
    for moved in [CONTRACT.to_owned(), longer(CONTRACT)] {
        let folder = repository();
        folder
            .write("away/other.odcs.yaml", &other)
            .remove("contracts/queries.odcs.yaml")
            .write("away/queries.odcs.yaml", &moved);
        let answer = folder.zonecut(&["check", "--format", "json", "contracts"]);
        assert_eq!(answer.exit, 0, "{}{}", answer.out, answer.err);
        let report: Value = serde_json::from_str(&answer.out).unwrap();
        // What was not named is not compared: the other new contract is not there.
        assert_eq!(report["compared"], 1, "{report:#}");
    }
    let folder = repository();
    folder
        .remove("contracts/queries.odcs.yaml")
        .write("away/queries.odcs.yaml", &longer(&without_qname()));
    let answer = folder.zonecut(&["check", "contracts"]);
    assert_eq!(answer.exit, 1);
    assert!(answer.out.contains("property-removed"), "{}", answer.out);
    // Gone is gone.
    let folder = repository();
    folder
        .remove("contracts/queries.odcs.yaml")
        .write("away/other.odcs.yaml", &longer(&other));
    let answer = folder.zonecut(&["check", "contracts"]);
    assert!(answer.out.contains("contract-removed"), "{}", answer.out);
}

//! Ports of products beside the contracts of the tree that they stand in.

use crate::support::{CONTRACT, Folder};

fn product(contract: &str, version: &str) -> String {
    format!(
        "apiVersion: v1.0.0\nkind: DataProduct\nid: recursive\nname: Recursive\nversion: 1.0.0\nstatus: active\noutputPorts:\n  - {{name: queries, version: {version}, contractId: {contract}}}\n"
    )
}

fn mesh(contract: &str, version: &str) -> Folder {
    let folder = Folder::new();
    folder
        .write("contracts/queries.odcs.yaml", CONTRACT)
        .write("products/recursive.odps.yaml", &product(contract, version));
    folder
}

#[test]
fn a_port_names_a_contract_of_the_folder() {
    let said = |contract, version| mesh(contract, version).zonecut(&["lint", "."]).out;
    assert_eq!(
        said("recursive-queries", "1.0.0"),
        "valid: nothing to say\n"
    );
    let missing = said("recursive-querys", "1.0.0");
    assert!(
        missing.contains("did you mean `recursive-queries`?"),
        "{missing}"
    );
    assert!(
        missing.contains("products/recursive.odps.yaml:8:49"),
        "{missing}"
    );
    let newer = said("recursive-queries", "1.1.0");
    assert!(
        newer.contains("`recursive-queries` has no version `1.1.0` here"),
        "{newer}"
    );
}

#[test]
fn outside_of_any_tree_with_contracts_nothing_is_said() {
    let folder = mesh("weather", "1.0.0");
    let said = |path| folder.zonecut(&["lint", path]).out;
    assert_eq!(
        said("products/recursive.odps.yaml"),
        "valid: nothing to say\n"
    );
    assert_eq!(said("products"), "valid: nothing to say\n");
    assert!(said(".").contains("port-contract-unknown"));
}

#[test]
fn in_a_git_working_tree_all_of_it_counts() {
    let folder = mesh("recursive-queries", "1.0.0");
    folder.git(&["init", "--quiet"]);
    for path in ["products", "products/recursive.odps.yaml"] {
        let answer = folder.zonecut(&["lint", path]);
        assert_eq!(answer.out, "valid: nothing to say\n", "{path}");
    }
    folder.write("products/recursive.odps.yaml", &product("weather", "1.0.0"));
    for path in ["products", "products/recursive.odps.yaml"] {
        let answer = folder.zonecut(&["lint", path]);
        assert!(
            answer.out.contains("port-contract-unknown"),
            "{path}: {}",
            answer.out
        );
    }
}

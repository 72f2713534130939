//! Products in trees: paired by their id, and judged like contracts.

use serde_json::Value;

use crate::support::Folder;

const PRODUCT: &str = "\
apiVersion: v1.0.0
kind: DataProduct
id: recursive
version: 1.0.0
status: active
";

const PORTS: &str = "\
outputPorts:
  - {name: queries, version: 1.2.0, contractId: recursive-queries}
";

fn repository() -> Folder {
    let folder = Folder::new();
    folder
        .git(&["init", "--quiet"])
        .write("recursive.odps.yaml", &format!("{PRODUCT}{PORTS}"))
        .commit();
    folder
}

/// The exit code, and the rules that spoke.
fn check(folder: &Folder, arguments: &[&str]) -> (i32, Vec<String>) {
    let answer = folder.zonecut(&[&["check", "--format", "json"], arguments].concat());
    let report: Value = serde_json::from_str(&answer.out)
        .unwrap_or_else(|_| panic!("{}{}", answer.out, answer.err));
    let contracts = report["contracts"].as_array().unwrap();
    let findings = contracts
        .iter()
        .flat_map(|it| it["findings"].as_array().unwrap());
    let rule = |it: &Value| it["rule"].as_str().unwrap().to_owned();
    (answer.exit, findings.map(rule).collect())
}

fn lost() -> (i32, Vec<String>) {
    let rules = ["version-too-small", "port-removed"];
    (1, rules.map(str::to_owned).to_vec())
}

#[test]
fn a_port_that_goes_is_found_in_the_working_tree() {
    let folder = repository();
    assert_eq!(check(&folder, &[]), (0, vec![]));
    folder.write("recursive.odps.yaml", PRODUCT);
    assert_eq!(check(&folder, &[]), lost());
}

#[test]
fn a_product_that_moves_is_known_by_its_id() {
    let folder = repository();
    let longer = format!("{PRODUCT}description: {{purpose: what is asked of our resolvers}}\n");
    folder
        .remove("recursive.odps.yaml")
        .write("products/resolvers.yaml", &longer);
    let (exit, rules) = check(&folder, &[]);
    assert_eq!(exit, 1);
    assert!(rules.contains(&"port-removed".to_owned()), "{rules:?}");
}

#[test]
fn a_product_that_is_deleted_takes_its_ports_along() {
    let folder = repository();
    folder.remove("recursive.odps.yaml");
    let gone = |exit| (exit, vec!["product-removed".to_owned()]);
    assert_eq!(check(&folder, &[]), gone(1));
    let answer = folder.zonecut(&["check"]);
    assert!(
        answer.out.contains("its port `queries` with it"),
        "{}",
        answer.out
    );
    let retired = format!("{PRODUCT}{PORTS}").replace("active", "retired");
    folder.write("recursive.odps.yaml", &retired).commit();
    folder.remove("recursive.odps.yaml");
    assert_eq!(check(&folder, &["--against", "HEAD"]), gone(0));
}

#[test]
fn a_product_that_is_gone_from_a_folder_is_found() {
    let folder = Folder::new();
    folder
        .write("old/recursive.odps.yaml", &format!("{PRODUCT}{PORTS}"))
        .write(
            "new/other.odps.yaml",
            &PRODUCT.replace("recursive", "other"),
        );
    let (exit, rules) = check(&folder, &["--before", "old", "--after", "new"]);
    assert_eq!((exit, rules), (1, vec!["product-removed".to_owned()]));
}

#[test]
fn a_product_that_cannot_be_read_is_invalid_input() {
    let folder = repository();
    folder.write("recursive.odps.yaml", "kind: DataProduct\nid: 5\n");
    assert_eq!(folder.zonecut(&["check"]).exit, 2);
}

#[test]
fn folders_hold_products_too() {
    let folder = Folder::new();
    folder
        .write("old/recursive.odps.yaml", &format!("{PRODUCT}{PORTS}"))
        .write("new/resolvers.odps.yaml", PRODUCT);
    let folders = ["--before", "old", "--after", "new"];
    assert_eq!(check(&folder, &folders), lost());
}

//! `zonecut policy`.

use std::path::Path;

use crate::support::{CONTRACT, Folder};

const POLICY: &str = "\
apiVersion: zonecut/v1
kind: Roles
metadata: {name: roles, domain: resolvers}
spec:
  roles: [{name: analyst}]
  bindings: [{role: analyst, groups: [noc]}]
---
apiVersion: zonecut/v1
kind: Policy
metadata: {name: queries, domain: resolvers}
spec:
  grants: [{name: analysts-read, to: {roles: [analyst]}}]
  filters: [{name: own-zone, rows: \"qname like '%.example'\"}]
";

const TESTS: &str = "\
apiVersion: zonecut/v1
kind: PolicyTest
metadata: {name: queries}
cases:
  - name: an analyst reads
    principal: {user: ana, groups: [noc]}
    contract: recursive-queries
    object: queries
    expect: {allow: true, filters: [\"qname LIKE '%.example'\"]}
  - name: a stranger reads too
    principal: {user: eve}
    contract: recursive-queries
    object: queries
    columns: [qname]
    expect: {allow: true}
";

fn folder() -> Folder {
    let folder = Folder::new();
    let contract = CONTRACT.replace("status: active", "status: active\ndomain: resolvers");
    folder
        .write("contracts/queries.odcs.yaml", &contract)
        .write("policies/queries.yaml", POLICY);
    folder
}

#[test]
fn policies_that_hold_together_are_fine() {
    let answer = folder().zonecut(&["policy", "lint"]);
    assert_eq!(
        (answer.exit, answer.err.as_str()),
        (0, ""),
        "{}",
        answer.out
    );
    // The catalogue is found though only the policies were named.
    assert_eq!(folder().zonecut(&["policy", "lint", "policies"]).exit, 0);
}

#[test]
fn a_contract_that_lies_elsewhere_in_the_repository_is_none_of_the_catalogue() {
    let folder = folder();
    let newer = CONTRACT
        .replace("status: active", "status: active\ndomain: resolvers")
        .replace("version: 1.0.0", "version: 9.0.0")
        .replace("name: qname", "name: query_name");
    folder.write("tests/fixtures/queries.odcs.yaml", &newer);
    let answer = folder.zonecut(&["policy", "lint", "policies"]);
    assert_eq!(answer.exit, 0, "{}", answer.out);
}

#[test]
fn a_filter_over_a_column_that_is_not_there_blocks() {
    let folder = folder();
    folder.write(
        "policies/queries.yaml",
        &POLICY.replace("qname like", "qnme like"),
    );
    let answer = folder.zonecut(&["policy", "lint"]);
    assert_eq!(answer.exit, 1);
    insta::assert_snapshot!(answer.out);
}

#[test]
fn a_policy_that_cannot_be_read_is_invalid() {
    let folder = folder();
    folder.write("policies/queries.yaml", &POLICY.replace("grants", "grnts"));
    assert_eq!(folder.zonecut(&["policy", "lint"]).exit, 2);
    assert_eq!(folder.zonecut(&["policy", "test"]).exit, 2);
}

#[test]
fn failing_tests_are_shown_with_what_was_decided() {
    let folder = folder();
    folder.write("policies/queries.test.yaml", TESTS);
    let answer = folder.zonecut(&["policy", "test"]);
    assert_eq!(answer.exit, 1);
    insta::assert_snapshot!(answer.out);
    let json = folder.zonecut(&["policy", "test", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(
        (&report["passed"], &report["failed"]),
        (&1.into(), &1.into())
    );
}

#[test]
fn no_test_at_all_is_no_success() {
    let answer = folder().zonecut(&["policy", "test"]);
    assert_eq!((answer.exit, answer.out.as_str()), (2, ""));
}

#[test]
fn the_shipped_policies_pass() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let root = root.to_string_lossy();
    let folder = Folder::new();
    let lint = folder.zonecut(&[
        "policy",
        "lint",
        &format!("{root}/policies"),
        &format!("{root}/contracts"),
        &format!("{root}/products"),
    ]);
    assert_eq!(lint.exit, 0, "{}", lint.out);
    let test = folder.zonecut(&[
        "policy",
        "test",
        &format!("{root}/policies"),
        &format!("{root}/contracts"),
        &format!("{root}/products"),
    ]);
    assert_eq!(test.exit, 0, "{}", test.out);
}

//! Named files and folders.

use serde_json::Value;

use crate::support::{CONTRACT, Folder, without_qname};

const PAIR: [&str; 5] = ["check", "--before", "before.yaml", "--after", "after.yaml"];

fn pair(after: &str) -> Folder {
    let folder = Folder::new();
    folder
        .write("before.yaml", CONTRACT)
        .write("after.yaml", after);
    folder
}

#[test]
fn a_break_is_shown_with_both_sides() {
    let after = without_qname()
        .replace("logicalType: timestamp", "logicalType: date")
        .replace("value: 4", "value: 8");
    let answer = pair(&after).zonecut(&PAIR);
    assert_eq!(answer.exit, 1);
    assert_eq!(answer.err, "");
    insta::assert_snapshot!(answer.out);
}

#[test]
fn json_is_the_documented_shape() {
    let folder = pair(&without_qname());
    let answer = folder.zonecut(&[&PAIR[..], &["--format", "json"]].concat());
    assert_eq!(answer.exit, 1);
    insta::assert_snapshot!(answer.out);
}

#[test]
fn targets_that_are_asked_for_are_judged() {
    let narrowed = CONTRACT.replace("logicalType: timestamp", "logicalType: date");
    let folder = pair(&narrowed);
    let asked = [
        "--target",
        "bigquery",
        "--target",
        "iceberg-v3",
        "--format",
        "json",
    ];
    let answer = folder.zonecut(&[&PAIR[..], &asked].concat());
    let report: Value = serde_json::from_str(&answer.out).unwrap();
    assert_eq!(
        report["contracts"][0]["targets"],
        serde_json::json!({"bigquery": "breaking", "iceberg-v3": "breaking"})
    );
    let slip = folder.zonecut(&[&PAIR[..], &["--target", "iceberg-v4"]].concat());
    assert_eq!(slip.exit, 2);
    assert!(
        slip.err.contains("a similar value exists: 'iceberg-v3'"),
        "{}",
        slip.err
    );
}

#[test]
fn a_paid_break_is_publishable() {
    let after = without_qname().replace("version: 1.0.0", "version: 2.0.0");
    let answer = pair(&after).zonecut(&[&PAIR[..], &["--quiet"]].concat());
    assert_eq!(
        (answer.exit, answer.out.as_str()),
        (0, "publishable: 1 contract compared\n")
    );
}

#[test]
fn a_version_that_went_down_is_asked_to_stay() {
    let folder = pair(&CONTRACT.replace("version: 1.0.0", "version: 0.9.0"));
    let answer = folder.zonecut(&[&PAIR[..], &["--format", "json"]].concat());
    let report: Value = serde_json::from_str(&answer.out).unwrap();
    assert_eq!(
        (answer.exit, &report["contracts"][0]["version"]["required"]),
        (1, &"1.0.0".into())
    );
}

#[test]
fn an_equal_pair_is_listed() {
    let answer = pair(CONTRACT).zonecut(&[&PAIR[..], &["--format", "json"]].concat());
    let report: Value = serde_json::from_str(&answer.out).unwrap();
    assert_eq!(answer.exit, 0);
    assert_eq!(report["publishable"], true);
    assert_eq!(report["contracts"].as_array().unwrap().len(), 1);
    assert_eq!(report.get("compared"), None);
}

#[test]
fn modes_change_who_counts() {
    let folder = pair(&without_qname().replace("version: 1.0.0", "version: 1.0.1"));
    assert_eq!(
        folder
            .zonecut(&[&PAIR[..], &["--mode", "backward"]].concat())
            .exit,
        0
    );
    assert_eq!(
        folder
            .zonecut(&[&PAIR[..], &["--mode", "full"]].concat())
            .exit,
        1
    );
    assert_eq!(
        folder
            .zonecut(&[&PAIR[..], &["--mode", "sideways"]].concat())
            .exit,
        2
    );
    assert_eq!(
        folder
            .zonecut(&[&PAIR[..], &["--mode", "full-transitive"]].concat())
            .exit,
        2
    );
}

#[test]
fn a_declared_transitive_mode_needs_the_older_versions_too() {
    let promise = "customProperties: [{property: compatibility, value: full-transitive}]\n";
    let folder = pair("");
    folder.write("before.yaml", &format!("{CONTRACT}{promise}"));
    let after = CONTRACT.replace("version: 1.0.0", "version: 1.0.1");
    folder.write("after.yaml", &after);
    let answer = folder.zonecut(&PAIR[..]);
    assert_eq!(answer.exit, 2, "{}", answer.out);
}

#[test]
fn the_tree_is_the_history_where_none_is_named() {
    let promise = "customProperties: [{property: compatibility, value: forward-transitive}]\n";
    let folder = pair("");
    let older = CONTRACT
        .replace("version: 1.0.0", "version: 0.9.0")
        .replace("name: qname", "name: question");
    let after = CONTRACT.replace("version: 1.0.0", "version: 1.0.1");
    for tree in ["old", "new"] {
        folder.write(&format!("{tree}/a-0.9.0.yaml"), &older);
    }
    folder.write("old/a.yaml", &format!("{CONTRACT}{promise}"));
    folder.write("new/a.yaml", &format!("{after}{promise}"));
    let answer = folder.zonecut(&["check", "--before", "old", "--after", "new"]);
    assert!(
        answer
            .out
            .contains("(for readers of `0.9.0` in `old/a-0.9.0.yaml`)"),
        "{}",
        answer.out
    );
}

#[test]
fn a_history_counts_in_transitive_modes_only() {
    let folder = pair(&CONTRACT.replace("version: 1.0.0", "version: 1.0.1"));
    let older = CONTRACT
        .replace("version: 1.0.0", "version: 0.9.0")
        .replace("name: qname", "name: question");
    folder.write("history/0.9.0.yaml", &older);
    let answer = folder.zonecut(&[&PAIR[..], &["--history", "history"]].concat());
    assert!(!answer.out.contains("for readers of"), "{}", answer.out);
}

#[test]
fn history_finds_readers_of_older_versions() {
    let folder = pair(
        &CONTRACT
            .replace("version: 1.0.0", "version: 1.0.1")
            .replace("value: 4\n", "value: 240\n")
            .replace("unit: h", "unit: m"),
    );
    let older = CONTRACT
        .replace("version: 1.0.0", "version: 0.9.0")
        .replace("name: qname", "name: question");
    folder.write("history/0.9.0.yaml", &older);
    let answer = folder.zonecut(
        &[
            &PAIR[..],
            &["--mode", "forward-transitive", "--history", "history"],
        ]
        .concat(),
    );
    assert_eq!(answer.exit, 1, "{}", answer.out);
    assert!(
        answer
            .out
            .contains("property `queries.question` was removed (for readers of `0.9.0` in `history/0.9.0.yaml`)"),
        "{}",
        answer.out
    );
}

#[test]
fn folders_follow_contracts_by_id() {
    let folder = Folder::new();
    let other = CONTRACT.replace("id: recursive-queries", "id: other");
    folder
        .write("old/a.odcs.yaml", CONTRACT)
        .write("old/b.odcs.yaml", &other)
        .write("old/notes.yaml", "kind: Notes\n")
        .write("new/moved/c.odcs.yaml", &without_qname())
        .write("new/b.odcs.yaml", &other);
    let answer = folder.zonecut(&[
        "check", "--before", "old", "--after", "new", "--format", "json",
    ]);
    let report: Value = serde_json::from_str(&answer.out).unwrap();
    assert_eq!(answer.exit, 1);
    assert_eq!(report["compared"], 2);
    let contracts = report["contracts"].as_array().unwrap();
    assert_eq!(contracts.len(), 1);
    assert_eq!(contracts[0]["after"]["file"], "new/moved/c.odcs.yaml");
}

#[test]
fn several_versions_of_one_contract_may_lie_side_by_side() {
    let folder = Folder::new();
    let second = without_qname().replace("version: 1.0.0", "version: 2.0.0");
    for tree in ["old", "new"] {
        folder
            .write(&format!("{tree}/q-1.0.0.odcs.yaml"), CONTRACT)
            .write(&format!("{tree}/q-2.0.0.odcs.yaml"), &second);
    }
    let answer = folder.zonecut(&["check", "--before", "old", "--after", "new"]);
    assert_eq!(
        (answer.exit, answer.out.as_str()),
        (0, "publishable: nothing differs\n")
    );
    folder.write(
        "new/q-2.1.0.odcs.yaml",
        &CONTRACT.replace("version: 1.0.0", "version: 2.1.0"),
    );
    let answer = folder.zonecut(&["check", "--before", "old", "--after", "new"]);
    assert_eq!(answer.exit, 0);
    assert!(answer.out.contains("2.0.0 -> 2.1.0"), "{}", answer.out);
}

#[test]
fn secrets_are_never_echoed() {
    let secret = "postgres://loader:hunter2222@db.example/lake";
    let with = |location: &str| {
        CONTRACT.replace(
            "schema:\n",
            &format!(
                "servers:\n  - server: lake\n    type: custom\n    location: {location}\nschema:\n"
            ),
        )
    };
    let folder = pair(&with(secret));
    folder.write("before.yaml", &with("postgres://db.example/lake"));
    for arguments in [
        &PAIR[..],
        &["lint", "after.yaml"],
        &["diff", "before.yaml", "after.yaml"],
        &["diff", "before.yaml", "after.yaml", "--format", "json"],
        &["lint", "after.yaml", "--format", "json"],
    ] {
        let answer = folder.zonecut(arguments);
        assert!(
            answer.out.contains("location") || answer.out.contains("secret-in-document"),
            "{arguments:?}: {}",
            answer.out
        );
        assert!(
            !answer.out.contains("hunter2222"),
            "{arguments:?}: {}",
            answer.out
        );
    }
}

#[test]
fn invalid_documents_exit_two_with_their_findings() {
    let folder = pair("kind: DataContract\nid: [\n");
    let answer = folder.zonecut(&[&PAIR[..], &["--format", "json"]].concat());
    let report: Value = serde_json::from_str(&answer.out).unwrap();
    assert_eq!(answer.exit, 2);
    assert_eq!(report["valid"], false);
    assert_eq!(report["findings"][0]["at"]["file"], "after.yaml");
    let answer = folder.zonecut(&PAIR);
    assert_eq!(answer.exit, 2);
    assert!(
        answer.out.starts_with("invalid: 1 error\n"),
        "{}",
        answer.out
    );
}

#[test]
fn usage_is_explained() {
    let folder = pair(CONTRACT);
    for arguments in [
        &["check", "--before", "before.yaml"][..],
        &["check", "--before", "before.yaml", "--after", "absent.yaml"],
        &["check", "--before", "before.yaml", "--after", "."],
        &[
            "check",
            "--now",
            "soon",
            "--before",
            "before.yaml",
            "--after",
            "after.yaml",
        ],
        &["check", "--format", "xml"],
        &["nonsense"],
    ] {
        let answer = folder.zonecut(arguments);
        assert_eq!(answer.exit, 2, "{arguments:?}");
        assert!(
            answer.err.starts_with("error: "),
            "{arguments:?}: {}",
            answer.err
        );
        assert_eq!(answer.out, "");
    }
}

#[test]
fn diff_lists_facts() {
    let folder = pair(
        &CONTRACT
            .replace("value: 4\n", "value: 240\n")
            .replace("unit: h", "unit: m")
            .replace("varchar(255)", "varchar(63)"),
    );
    let answer = folder.zonecut(&["diff", "before.yaml", "after.yaml"]);
    assert_eq!(answer.exit, 0);
    insta::assert_snapshot!(answer.out, @r#"
    changed   queries.qname physicalType: "varchar(255)" -> "varchar(63)"
    respelled slaProperties[latency] value: 4 -> 240
    respelled slaProperties[latency] unit: "h" -> "m"
    "#);
    let json = folder.zonecut(&["diff", "before.yaml", "after.yaml", "--format", "json"]);
    let facts: Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(facts["facts"][0]["beforeAt"]["line"], 16);
}

#[test]
fn lint_says_whether_documents_are_valid() {
    let folder = Folder::new();
    folder
        .write("good.odcs.yaml", CONTRACT)
        .write("other.yaml", "a: 1\n");
    let answer = folder.zonecut(&["lint"]);
    assert_eq!(answer.exit, 0, "{}", answer.out);
    folder.write(
        "bad.odcs.yaml",
        &CONTRACT.replace("status: active", "status: 5"),
    );
    assert_eq!(folder.zonecut(&["lint"]).exit, 1);
    folder.write("worse.odcs.yaml", "a: [");
    let answer = folder.zonecut(&["lint", "--format", "json"]);
    let report: Value = serde_json::from_str(&answer.out).unwrap();
    assert_eq!((answer.exit, report["valid"].as_bool()), (2, Some(false)));
}

#[test]
fn colour_is_a_choice() {
    let folder = pair(&without_qname());
    let colored = folder
        .zonecut(&[&PAIR[..], &["--color", "always"]].concat())
        .out;
    assert!(colored.contains("\u{1b}["));
    let plain = folder.zonecut(&PAIR).out;
    assert!(!plain.contains('\u{1b}'));
}

#[test]
fn completions_name_the_commands() {
    let answer = Folder::new().zonecut(&["completions", "bash"]);
    assert_eq!(answer.exit, 0);
    assert!(answer.out.contains("check"));
}

#[test]
fn products_are_compared_by_their_ports() {
    const PRODUCT: &str = "apiVersion: v1.0.0
kind: DataProduct
id: queries
version: 1.0.0
status: active
outputPorts:
  - {name: queries, version: 1.2.0, contractId: recursive-queries}
";
    let folder = Folder::new();
    folder
        .write("before.odps.yaml", PRODUCT)
        .write("after.odps.yaml", &PRODUCT.replace("1.2.0", "2.0.0"));
    let pair = ["--before", "before.odps.yaml", "--after", "after.odps.yaml"];
    let answer = folder.zonecut(&[&["check"], &pair[..], &["--format", "json"]].concat());
    let report: Value = serde_json::from_str(&answer.out).unwrap();
    let report = &report["contracts"][0];
    assert_eq!(
        (answer.exit, &report["version"]["required"]),
        (1, &"2.0.0".into())
    );
    assert_eq!(report["findings"][1]["rule"], "port-changed");
    let answer = folder.zonecut(&["diff", "before.odps.yaml", "after.odps.yaml"]);
    assert_eq!(answer.exit, 0);
    assert_eq!(
        answer.out,
        "changed   outputPorts[queries] version: \"1.2.0\" -> \"2.0.0\"\n"
    );
    folder.write("after.odps.yaml", "kind: DataProduct\nid: 5\n");
    assert_eq!(folder.zonecut(&[&["check"], &pair[..]].concat()).exit, 2);
}

#[test]
fn a_contract_is_known_however_its_kind_is_written() {
    let ways = [
        (
            "c.json",
            r#"{"apiVersion":"v3.1.0","kind":"DataContract","id":"c","version":"1.0.0","status":"active","servers":7}"#,
        ),
        (
            "c.yaml",
            "{apiVersion: v3.1.0, kind: DataContract, id: c, version: 1.0.0, status: active, servers: 7}\n",
        ),
        (
            "c.yaml",
            "apiVersion: v3.1.0\nkind: 'DataContract'\nid: c\nversion: 1.0.0\nstatus: active\nservers: 7\n",
        ),
    ];
    for (name, text) in ways {
        let folder = Folder::new();
        folder.write(name, text);
        let answer = folder.zonecut(&["lint"]);
        assert_eq!(answer.exit, 1, "{text}: {}", answer.out);
    }
}

#[test]
fn what_the_repository_decides_counts_for_products_too() {
    const PRODUCT: &str =
        "apiVersion: v1.0.0\nkind: DataProduct\nid: queries\nversion: 1.0.0\nstatus: active\n";
    let folder = Folder::new();
    folder
        .write("before.odps.yaml", PRODUCT)
        .write(
            "after.odps.yaml",
            &PRODUCT.replace("1.0.0\nstatus", "1.0.1\nstatus"),
        )
        .write(
            "zonecut.toml",
            "[rules.port-changed]\nconsumer = \"note\"\n",
        );
    let check = || {
        let pair = ["--before", "before.odps.yaml", "--after", "after.odps.yaml"];
        folder.zonecut(&[&["check", "--format", "json"], &pair[..]].concat())
    };
    let answer = check();
    let report: Value = serde_json::from_str(&answer.out).unwrap();
    assert_eq!(
        (answer.exit, &report["overrides"][0]["rule"]),
        (0, &"port-changed".into())
    );
    folder.write("zonecut.waivers.yaml", "waivers: none\n");
    assert_eq!(check().exit, 2);
    folder.remove("zonecut.waivers.yaml");
    folder.write("zonecut.toml", "[rules.port-change]\nconsumer = \"note\"\n");
    let answer = check();
    assert_eq!(answer.exit, 2);
    assert!(answer.out.contains("there is no rule"), "{}", answer.out);
}

//! What a repository decides about findings: waivers, and rules graded otherwise.

use serde_json::Value;

use crate::support::{CONTRACT, Folder, without_qname};

/// A repository whose working tree lacks a property, and the fingerprint of that finding.
fn broken() -> (Folder, String) {
    let folder = Folder::new();
    folder
        .git(&["init", "--quiet"])
        .write("contracts/queries.odcs.yaml", CONTRACT)
        .commit();
    let less = without_qname().replace("version: 1.0.0", "version: 1.0.1");
    folder.write("contracts/queries.odcs.yaml", &less);
    let (exit, report) = check(&folder, ".", &[]);
    assert_eq!(exit, 1);
    let finding = findings(&report, "property-removed").remove(0);
    let fingerprint = finding.get("fingerprint").and_then(Value::as_str);
    let fingerprint = fingerprint.unwrap().to_owned();
    (folder, fingerprint)
}

fn check(folder: &Folder, place: &str, arguments: &[&str]) -> (i32, Value) {
    let day = ["check", "--format", "json", "--now", "2026-03-01"];
    let answer = folder.zonecut_in(place, &[&day, arguments].concat());
    let report = serde_json::from_str(&answer.out);
    (
        answer.exit,
        report.unwrap_or_else(|_| panic!("{}{}", answer.out, answer.err)),
    )
}

fn findings(report: &Value, rule: &str) -> Vec<Value> {
    let all = report.pointer("/contracts/0/findings");
    let all = all.and_then(Value::as_array).unwrap();
    all.iter()
        .filter(|it| it["rule"] == rule)
        .cloned()
        .collect()
}

fn waiver(fingerprint: &str, expires: &str) -> String {
    format!(
        "waivers:\n  - fingerprint: \"{fingerprint}\"\n    reason: nobody has read it for a year\n    owner: dns-operations@example.org\n    expires: {expires}\n"
    )
}

#[test]
fn a_waiver_is_honoured_by_every_later_run_until_it_expires() {
    let (folder, fingerprint) = broken();
    folder.write("zonecut.waivers.yaml", &waiver(&fingerprint, "2026-06-30"));
    let (exit, report) = check(&folder, ".", &[]);
    assert_eq!(
        (exit, &report["publishable"]),
        (0, &true.into()),
        "{report:#}"
    );
    assert_eq!(report["waivers"][0]["state"], "used");
    let removed = findings(&report, "property-removed").remove(0);
    assert_eq!(removed["waiver"]["owner"], "dns-operations@example.org");
    assert_eq!(report["contracts"][0]["verdict"]["consumer"], "compatible");
    // From a folder below, and after a commit, it is the same waiver.
    assert_eq!(check(&folder, "contracts", &[]).0, 0);
    folder.commit();
    assert_eq!(check(&folder, ".", &["--against", "HEAD~1"]).0, 0);
    // The day after.
    let late = folder.zonecut(&["check", "--against", "HEAD~1", "--now", "2026-07-01"]);
    assert_eq!(late.exit, 1);
    insta::assert_snapshot!(late.out);
}

#[test]
fn a_waiver_that_covers_nothing_is_told() {
    let (folder, _) = broken();
    folder.write("w.yaml", &waiver("0123456789abcdef", "2026-06-30"));
    let (exit, report) = check(&folder, ".", &["--waivers", "w.yaml"]);
    assert_eq!(
        (exit, &report["waivers"][0]["state"]),
        (1, &"unused".into())
    );
}

#[test]
fn a_broken_waiver_file_is_invalid_input() {
    let (folder, fingerprint) = broken();
    let text = waiver(&fingerprint, "tomorrow").replace("reason:", "raison:");
    folder.write("zonecut.waivers.yaml", &text);
    let answer = folder.zonecut(&["check"]);
    assert_eq!(answer.exit, 2);
    insta::assert_snapshot!(answer.out);
    assert_eq!(folder.zonecut(&["lint", "zonecut.waivers.yaml"]).exit, 1);
    assert_eq!(folder.zonecut(&["check", "--waivers", "gone.yaml"]).exit, 2);
}

#[test]
fn a_rule_can_be_graded_otherwise_and_the_report_says_so() {
    let (folder, _) = broken();
    folder.write(
        "zonecut.toml",
        "[rules.property-removed]\nconsumer = \"note\"\n",
    );
    let (exit, report) = check(&folder, "contracts", &[]);
    assert_eq!(exit, 0, "{report:#}");
    assert_eq!(report["overrides"][0]["rule"], "property-removed");
    let off = "[rules.property-removed]\nseverity = \"off\"\n";
    folder.write("zonecut.toml", off);
    let answer = folder.zonecut(&["check"]);
    assert_eq!(answer.exit, 2);
    assert!(answer.out.contains("zonecut.toml:1:8"), "{}", answer.out);
    folder.write(
        "zonecut.toml",
        &format!("{off}reason = \"we promise no columns\"\n"),
    );
    let (exit, report) = check(&folder, ".", &[]);
    assert_eq!(exit, 0);
    assert_eq!(findings(&report, "property-removed"), Vec::<Value>::new());
    assert_eq!(report["overrides"][0]["reason"], "we promise no columns");
}

#[test]
fn lint_is_graded_too() {
    let folder = Folder::new();
    folder.write("c.odcs.yaml", &CONTRACT.replace("unit: h", "unit: m"));
    assert_eq!(folder.zonecut(&["lint"]).exit, 0);
    folder.write(
        "zonecut.toml",
        "[rules.ambiguous-unit]\nseverity = \"error\"\n",
    );
    assert_eq!(folder.zonecut(&["lint"]).exit, 1);
}

//! Who may answer for which finding, until when, and what it changes.

use serde_json::{Value, json};
use zonecut_contract::Contract;
use zonecut_diagnostics::report::{ContractReport, WaiverState};
use zonecut_diagnostics::{Finding, Perspective, Severity, Verdict};
use zonecut_evolution::{Level, RuleLevels, Settings, Waivers, compare, publishable};

use crate::support::{contract, repository, settings};

const BASE: &str = "apiVersion: v3.1.0
kind: DataContract
id: c
version: 1.0.0
status: active
schema:
  - name: queries
    properties:
      - name: client_ip
        classification: confidential
      - name: qname
roles:
  - role: analyst
    access: read
    firstLevelApprovers: privacy-office, steward@example.org
customProperties:
  - property: approvers
    value: [Data Protection]
";

fn base() -> Contract {
    contract("before", BASE)
}

fn edited(old: &str, new: &str) -> Contract {
    assert!(BASE.contains(old), "{old}");
    contract("after", &BASE.replace(old, new).replace("1.0.0", "1.0.1"))
}

fn waiver(finding: &Finding, owner: &str, expires: &str) -> Waivers {
    let fingerprint = finding.fingerprint.as_str();
    let text = format!(
        "waivers:\n  - {{fingerprint: '{fingerprint}', reason: agreed, owner: '{owner}', expires: {expires}}}\n"
    );
    let parsed = Waivers::read("zonecut.waivers.yaml", text.as_bytes());
    parsed
        .value
        .unwrap_or_else(|| panic!("{:?}", parsed.findings))
}

fn of<'a>(report: &'a ContractReport, rule: &str) -> &'a Finding {
    let found = report.findings.iter().find(|finding| finding.rule == rule);
    found.unwrap_or_else(|| panic!("{rule}: {report:#?}"))
}

fn judged(after: &Contract, waivers: &Waivers) -> ContractReport {
    let settings = Settings {
        waivers,
        ..settings()
    };
    compare(Some(&base()), Some(after), &settings)
}

fn state(report: ContractReport, waivers: &Waivers) -> WaiverState {
    waivers.review(&[report], settings().now)[0].state
}

#[test]
fn a_waived_break_counts_for_no_verdict_and_asks_no_version() {
    let after = edited("      - name: qname\n", "");
    let without = judged(&after, Waivers::NONE);
    assert!(!publishable(&without));
    assert_eq!(without.version.required, "2.0.0");
    let waivers = waiver(of(&without, "property-removed"), "anyone", "2026-03-01");
    let report = judged(&after, &waivers);
    let finding = of(&report, "property-removed");
    assert_eq!(finding.waiver.as_ref().unwrap().reason, "agreed");
    assert_eq!(finding.severity, Severity::Breaking, "shown as it is");
    assert_eq!(report.verdict.consumer, Verdict::Compatible);
    assert_eq!(report.version.required, "1.0.1");
    assert!(publishable(&report), "{report:#?}");
    assert_eq!(state(report, &waivers), WaiverState::Used);
}

#[test]
fn a_waiver_holds_to_the_end_of_its_last_day() {
    let after = edited("      - name: qname\n", "");
    let finding = judged(&after, Waivers::NONE);
    let finding = of(&finding, "property-removed");
    let waivers = waiver(finding, "anyone", "2026-02-28");
    let report = judged(&after, &waivers);
    assert!(of(&report, "property-removed").waiver.is_none());
    assert!(!publishable(&report));
    assert_eq!(state(report, &waivers), WaiverState::Expired);
}

#[test]
fn a_waiver_of_another_finding_is_unused() {
    let finding = judged(&edited("      - name: qname\n", ""), Waivers::NONE);
    let waivers = waiver(of(&finding, "property-removed"), "anyone", "2027-01-01");
    let other = edited("- name: qname\n", "- name: qname\n        required: true\n");
    assert_eq!(
        state(judged(&other, &waivers), &waivers),
        WaiverState::Unused
    );
}

#[test]
fn governance_listens_to_named_approvers_alone() {
    let after = edited("classification: confidential", "classification: public");
    let without = judged(&after, Waivers::NONE);
    let finding = of(&without, "classification-lowered");
    assert_eq!(finding.perspective, Perspective::Governance);
    for owner in ["anyone", "analyst", "privacy"] {
        let waivers = waiver(finding, owner, "2027-01-01");
        let report = judged(&after, &waivers);
        assert!(!publishable(&report), "{owner}");
        assert_eq!(state(report, &waivers), WaiverState::Refused, "{owner}");
    }
    for owner in ["privacy-office", "Steward@example.org", "data protection"] {
        let waivers = waiver(finding, owner, "2027-01-01");
        let report = judged(&after, &waivers);
        assert!(publishable(&report), "{owner}: {report:#?}");
        assert_eq!(state(report, &waivers), WaiverState::Used, "{owner}");
    }
}

#[test]
fn no_change_names_its_own_judge() {
    let text = BASE
        .replace("classification: confidential", "classification: public")
        .replace("privacy-office,", "myself,")
        .replace("1.0.0", "1.0.1");
    let after = contract("after", &text);
    let without = judged(&after, Waivers::NONE);
    let waivers = waiver(
        of(&without, "classification-lowered"),
        "myself",
        "2027-01-01",
    );
    assert_eq!(
        state(judged(&after, &waivers), &waivers),
        WaiverState::Refused
    );
}

#[test]
fn every_flaw_of_the_file_is_told_at_its_place() {
    let text = "waivers:
  - {fingerprint: 0123456789abcdeX, reason: r, owner: o, expires: 2026-02-30}
  - {fingerprint: 0123456789abcdef, reason: '', owner: o, expires: 2026-03-01}
  - {fingerprint: 0123456789abcdef, reason: r, owner: o, expires: 2026-03-01, until: x}
  - {fingerprint: 0123456789abcdef, reason: r, owner: o, expires: 2026-03-01}
  - {reason: r}
  - nothing
";
    let parsed = Waivers::read("w.yaml", text.as_bytes());
    assert!(parsed.value.is_none());
    let told: Vec<String> = parsed
        .findings
        .iter()
        .map(|finding| {
            format!(
                "{}:{} {}",
                finding.at.line, finding.at.column, finding.message
            )
        })
        .collect();
    insta::assert_snapshot!(told.join("\n"));
}

#[test]
fn a_repository_grades_rules_as_it_likes() {
    let after = edited("      - name: qname\n", "");
    let grade = |level| {
        let mut levels = RuleLevels::default();
        levels.set("property-removed", Perspective::Consumer, level);
        let settings = Settings {
            levels: &levels,
            ..settings()
        };
        compare(Some(&base()), Some(&after), &settings)
    };
    let note = grade(Level::At(Severity::Note));
    assert_eq!(of(&note, "property-removed").severity, Severity::Note);
    assert_eq!(note.version.required, "1.0.1");
    let off = grade(Level::Off);
    assert!(off.findings.is_empty(), "{off:#?}");
    assert!(publishable(&off));
    let breaking = grade(Level::At(Severity::Breaking));
    assert_eq!(breaking.version.required, "2.0.0");
}

#[test]
fn the_published_schema_and_the_reader_accept_the_same_files() {
    let text = std::fs::read_to_string(repository().join("docs/schemas/waivers.schema.json"));
    let schema = serde_json::from_str(&text.unwrap()).unwrap();
    let options = jsonschema::options().should_validate_formats(true);
    let schema = options.build(&schema).unwrap();
    let good = json!({"fingerprint": "0123456789abcdef", "reason": "r", "owner": "o", "expires": "2026-03-01"});
    let file = |waiver: &Value| json!({"waivers": [waiver]});
    let mut files = vec![
        file(&good),
        json!({}),
        json!({"waivers": []}),
        json!({"waivers": null}),
        json!([]),
    ];
    files.push(json!({"waivers": [], "more": 1}));
    for key in ["fingerprint", "reason", "owner", "expires"] {
        for bad in [
            json!(null),
            json!(7),
            json!(""),
            json!("x".repeat(16)),
            json!(["r"]),
        ] {
            let mut waiver = good.clone();
            waiver[key] = bad;
            files.push(file(&waiver));
        }
        let mut waiver = good.clone();
        waiver.as_object_mut().unwrap().remove(key);
        files.push(file(&waiver));
        waiver["more"] = json!(1);
        files.push(file(&waiver));
    }
    let accepted = files.iter().filter(|file| {
        let read = Waivers::read("w", file.to_string().as_bytes())
            .value
            .is_some();
        assert_eq!(read, schema.is_valid(file), "{file}");
        read
    });
    assert_eq!(accepted.count(), 5, "the good ones");
}

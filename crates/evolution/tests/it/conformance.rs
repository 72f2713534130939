//! The published probes: single changes to one contract, with the verdicts that are right.

use serde_json::Value;
use zonecut_diagnostics::{ContractReport, Perspective};
use zonecut_evolution::{compare, publishable, rules};

use crate::support::{read, settings, vectors, verdict};

fn failures(case: &Value, report: &ContractReport) -> Vec<String> {
    let mut failures = Vec::new();
    for perspective in Perspective::ALL {
        let key = serde_json::to_value(perspective).unwrap();
        let got = serde_json::to_value(verdict(report, perspective)).unwrap();
        if let Some(accepted) = case["verdict"][key.as_str().unwrap()].as_array()
            && !accepted.contains(&got)
        {
            failures.push(format!("{key}: {got}, not one of {accepted:?}"));
        }
    }
    let required = match case["version_required"].as_str() {
        Some("major") => "2.0.0",
        Some("minor") => "1.2.0",
        Some("patch") => "1.1.1",
        _ => &report.version.required,
    };
    if report.version.required != required {
        failures.push(format!(
            "requires {}, not {required}",
            report.version.required
        ));
    }
    let judged = report
        .findings
        .iter()
        .filter(|finding| finding.rule != rules::VERSION_TOO_SMALL)
        .count();
    if case["max_findings"]
        .as_u64()
        .is_some_and(|limit| judged as u64 > limit)
    {
        failures.push(format!("{judged} findings"));
    }
    if case["publishable"]
        .as_bool()
        .is_some_and(|wanted| wanted != publishable(report))
    {
        failures.push("publishable is wrong".to_owned());
    }
    failures
}

#[test]
fn evolution_probes() {
    let Some(folder) = vectors("odcs-evolution-probes") else {
        return;
    };
    let index: Value =
        serde_json::from_str(&std::fs::read_to_string(folder.join("index.json")).unwrap()).unwrap();
    let base = read(&folder.join(index["base"].as_str().unwrap())).unwrap();
    let cases = index["cases"].as_array().unwrap();
    let mut wrong = Vec::new();
    for case in cases {
        let file = case["file"].as_str().unwrap();
        let after = read(&folder.join(file)).unwrap();
        let report = compare(Some(&base), Some(&after), &settings());
        let failures = failures(case, &report);
        if !failures.is_empty() {
            wrong.push(format!(
                "{file}: {}\n{:#?}",
                failures.join("; "),
                report.findings
            ));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {} wrong:\n{}",
        wrong.len(),
        cases.len(),
        wrong.join("\n")
    );
    assert!(cases.len() >= 35);
}

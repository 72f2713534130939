//! SARIF against its official schema.

use serde_json::Value;
use zonecut_diagnostics::render::sarif::{self, Rule};
use zonecut_diagnostics::render::{Level, Report};

use crate::sample;

const PAGE: &str = "# sla-weakened\n\n## What it does\nA promise shrinks. It is\nless.\n\n## Why it matters\nReaders wait.\n\n## How to fix\nKeep it.\n";

fn log(report: Report<'_>) -> Value {
    let about = |name: &str| {
        (name == "sla-weakened").then(|| Rule {
            level: Level::Error,
            page: Some(PAGE.to_owned()),
        })
    };
    serde_json::from_str(&sarif::render(report, "check", &about)).unwrap()
}

/// What the schema says against a log.
fn objections(log: &Value) -> Vec<String> {
    // As published, a pattern in it has a bracket too many and is no regular expression.
    let schema = include_str!("../fixtures/sarif-schema-2.1.0.json").replace("]{2}]?$", "]{2}$");
    let schema: Value = serde_json::from_str(&schema).unwrap();
    let validator = jsonschema::options()
        .should_validate_formats(true)
        .build(&schema)
        .unwrap();
    validator
        .iter_errors(log)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect()
}

#[test]
fn logs_keep_the_official_schema() {
    let (check, lint, nothing) = (sample::check(), sample::lint(), sample::nothing());
    for report in [
        Report::Check(&check),
        Report::Lint(&lint),
        Report::Check(&nothing),
    ] {
        assert_eq!(objections(&log(report)), Vec::<String>::new());
    }
}

#[test]
fn the_schema_would_object() {
    let check = sample::check();
    let mut log = log(Report::Check(&check));
    log["runs"][0]["results"][0]["level"] = "breaking".into();
    log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] =
        "a b".into();
    assert_eq!(objections(&log).len(), 2, "{:?}", objections(&log));
}

#[test]
fn rules_bring_their_pages() {
    let check = sample::check();
    let log = log(Report::Check(&check));
    let rules = log["runs"][0]["tool"]["driver"]["rules"]
        .as_array()
        .unwrap();
    let known = rules
        .iter()
        .find(|rule| rule["id"] == "sla-weakened")
        .unwrap();
    assert_eq!(known["shortDescription"]["text"], "A promise shrinks.");
    assert_eq!(
        known["fullDescription"]["text"],
        "A promise shrinks. It is less. Readers wait."
    );
    assert_eq!(known["help"]["text"], "Keep it.");
    assert_eq!(known["help"]["markdown"], PAGE);
    for result in log["runs"][0]["results"].as_array().unwrap() {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[index]["id"], result["ruleId"]);
    }
}

#[test]
fn a_waiver_suppresses_and_lowers() {
    let check = sample::check();
    let log = log(Report::Check(&check));
    let results = log["runs"][0]["results"].as_array().unwrap();
    let waived = results
        .iter()
        .find(|result| result["ruleId"] == "sla-weakened")
        .unwrap();
    assert_eq!(
        (
            &waived["level"],
            &waived["suppressions"][0]["justification"]
        ),
        (
            &"note".into(),
            &"by steward@example.net until 2026-06-30: agreed with all readers".into()
        )
    );
    for other in results
        .iter()
        .filter(|result| result["ruleId"] != "sla-weakened")
    {
        assert_eq!(other["suppressions"], serde_json::json!([]));
    }
}

//! Each format as it looks; the snapshots are to be read.

use zonecut_diagnostics::render::human::{self, Options};
use zonecut_diagnostics::render::{Report, azure, github, gitlab, json, junit, markdown, sarif};

use crate::sample;

fn formats(report: Report<'_>) -> Vec<(&'static str, String)> {
    let plain = Options {
        color: false,
        quiet: false,
    };
    let (human, json) = match report {
        Report::Check(report) => (
            human::check(report, &sample::sources(), plain),
            json::render(report),
        ),
        Report::Lint(report) => (
            human::lint(report, &sample::sources(), plain),
            json::render(report),
        ),
    };
    vec![
        ("human", human),
        ("json", json.unwrap()),
        ("sarif", sarif::render(report, "check", &|_| None)),
        ("junit", junit::render(report, "check")),
        ("github", github::render(report)),
        ("gitlab", gitlab::render(report)),
        ("azure", azure::render(report)),
        ("markdown", markdown::render(report, "check")),
    ]
}

#[test]
fn check_reports() {
    let report = sample::check();
    for (name, text) in formats(Report::Check(&report)) {
        insta::assert_snapshot!(format!("check-{name}"), text);
    }
}

#[test]
fn lint_reports() {
    let report = sample::lint();
    for (name, text) in formats(Report::Lint(&report)) {
        insta::assert_snapshot!(format!("lint-{name}"), text);
    }
}

#[test]
fn reports_without_findings() {
    let report = sample::nothing();
    let all: Vec<String> = formats(Report::Check(&report))
        .into_iter()
        .map(|(name, text)| format!("--- {name}\n{text}"))
        .collect();
    insta::assert_snapshot!("nothing", all.concat());
}

#[test]
fn issues_of_gitlab_are_unique() {
    let mut report = sample::lint();
    let again = report.findings[0].clone();
    report.findings.push(again);
    let issues: serde_json::Value =
        serde_json::from_str(&gitlab::render(Report::Lint(&report))).unwrap();
    let mut fingerprints: Vec<_> = issues
        .as_array()
        .unwrap()
        .iter()
        .map(|issue| issue["fingerprint"].to_string())
        .collect();
    let all = fingerprints.len();
    fingerprints.sort();
    fingerprints.dedup();
    assert_eq!((all, fingerprints.len()), (4, 4), "{issues:#}");
}

//! What keeps a contract from being published: every format says the same, and what would help.

use zonecut_diagnostics::render::human::{self, Options};
use zonecut_diagnostics::render::{Report, azure, github, gitlab, junit, sarif};
use zonecut_diagnostics::{CheckReport, ContractReport, Finding, Perspective, Severity};

use crate::sample;

/// A contract whose version pays for whatever the findings ask.
fn paid(findings: Vec<Finding>) -> ContractReport {
    let mut contract = sample::contract("queries", findings);
    "2.0.0".clone_into(&mut contract.version.declared);
    if let Some(after) = &mut contract.after {
        "2.0.0".clone_into(&mut after.version);
    }
    contract
}

fn breaking(rule: &str, perspective: Perspective) -> Finding {
    Finding {
        perspective,
        ..sample::finding(rule, Severity::Breaking, rule)
    }
}

fn report(contract: ContractReport) -> CheckReport {
    CheckReport {
        publishable: false,
        compared: None,
        contracts: vec![contract],
        ..sample::nothing()
    }
}

/// What is said below the answer.
fn remedies(report: &CheckReport) -> Vec<String> {
    let quiet = Options {
        color: false,
        quiet: true,
    };
    let text = human::check(report, &sample::sources(), quiet);
    text.lines().skip(1).map(str::to_owned).collect()
}

/// How many errors each format tells.
fn errors(report: &CheckReport) -> [usize; 5] {
    let report = Report::Check(report);
    let count = |text: String, what: &str| text.matches(what).count();
    let sarif: serde_json::Value =
        serde_json::from_str(&sarif::render(report, "check", &|_| None)).unwrap();
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    [
        count(junit::render(report, "check"), "<failure "),
        count(github::render(report), "::error "),
        count(gitlab::render(report), "\"critical\""),
        count(azure::render(report), "type=error"),
        results.iter().filter(|it| it["level"] == "error").count(),
    ]
}

#[test]
fn a_removal_before_its_day_blocks_under_a_paid_version() {
    let report = report(paid(vec![
        breaking("property-removed", Perspective::Consumer),
        breaking("removed-before-sunset", Perspective::Consumer),
    ]));
    assert_eq!(
        remedies(&report),
        [
            "  queries: what was promised for longer goes (1 finding): keep it until its day, or waive the finding"
        ]
    );
    // The break itself is paid for.
    assert_eq!(errors(&report), [1; 5]);
}

#[test]
fn governance_blocks_under_a_paid_version() {
    let report = report(paid(vec![
        breaking("property-removed", Perspective::Consumer),
        breaking("classification-lowered", Perspective::Governance),
    ]));
    assert_eq!(
        remedies(&report),
        ["  queries: governance objects (1 finding): undo, or have it approved"]
    );
    assert_eq!(errors(&report), [1; 5]);
}

#[test]
fn what_is_not_paid_for_is_told_with_what_asks_for_it() {
    let unpaid = Finding {
        path: "version".to_owned(),
        ..breaking("version-too-small", Perspective::Producer)
    };
    let report = report(sample::contract(
        "queries",
        vec![
            unpaid,
            breaking("property-removed", Perspective::Consumer),
            breaking("removed-before-sunset", Perspective::Consumer),
        ],
    ));
    assert_eq!(
        remedies(&report),
        [
            "  queries: consumers break (2 findings): set `version: 2.0.0`; what was promised for longer goes (1 finding): keep it until its day, or waive the finding"
        ]
    );
    assert_eq!(errors(&report), [3; 5]);
}

#[test]
fn a_waiver_takes_the_obstacle_away() {
    let waived = Finding {
        waiver: Some(sample::waiver("agreed with all readers")),
        ..breaking("removed-before-sunset", Perspective::Consumer)
    };
    let report = report(paid(vec![waived]));
    assert_eq!(remedies(&report), Vec::<String>::new());
    assert_eq!(errors(&report), [0; 5]);
}

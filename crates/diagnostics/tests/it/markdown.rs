//! The comment: how long it gets, and what is cut first.

use zonecut_diagnostics::render::Report;
use zonecut_diagnostics::render::markdown::{LONGEST, mark, render};
use zonecut_diagnostics::{CheckReport, LintSeverity, Severity};

use crate::sample;

#[test]
fn a_comment_never_gets_too_long_and_says_what_is_missing() {
    let many = (0..40).map(|index| {
        sample::finding(
            "type-changed",
            Severity::Note,
            &format!("finding {index} {}", "é|".repeat(40)),
        )
    });
    let many: Vec<_> = many.collect();
    let mut contracts: Vec<_> = (0..400)
        .map(|index| {
            let mut contract = sample::contract(&format!("contract-{index}"), many.clone());
            contract.version.required = "1.1.0".to_owned();
            contract
        })
        .collect();
    let blocks = sample::check().contracts.swap_remove(0);
    contracts.push(blocks);
    let report = CheckReport {
        publishable: false,
        compared: Some(401),
        contracts,
        waivers: Vec::new(),
        overrides: Vec::new(),
        omissions: Vec::new(),
    };
    let text = render(Report::Check(&report), "check");
    assert!(text.len() <= LONGEST, "{}", text.len());
    assert!(text.len() > LONGEST - 2000, "room is used: {}", text.len());
    assert_eq!(
        text.matches("<details>").count(),
        text.matches("</details>").count()
    );
    let last = text.lines().last().unwrap();
    assert!(
        last.contains("are left out") && last.contains("`zonecut check` shows all"),
        "{last}"
    );
    let table = text
        .lines()
        .find(|line| line.starts_with("| <code>"))
        .unwrap();
    assert!(
        table.contains("recursive"),
        "what blocks comes first: {table}"
    );
}

#[test]
fn one_endless_finding_is_left_out_alone() {
    let mut report = sample::lint();
    report.findings.push(sample::lint_finding(
        LintSeverity::Error,
        &"x".repeat(LONGEST),
    ));
    report
        .findings
        .push(sample::lint_finding(LintSeverity::Error, "the last one"));
    let text = render(Report::Lint(&report), "lint");
    assert!(text.len() <= LONGEST && text.contains("the last one"));
    assert!(
        text.contains("0 contracts and 1 findings are left out"),
        "{text}"
    );
}

#[test]
fn the_mark_comes_first_and_tells_commands_apart() {
    let report = sample::lint();
    let text = render(Report::Lint(&report), "policy lint");
    assert!(text.starts_with("<!-- zonecut policy lint -->\n"), "{text}");
    assert_ne!(mark("lint"), mark("check"));
}

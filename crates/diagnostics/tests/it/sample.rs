//! Reports to render.

use std::collections::BTreeMap;
use std::sync::Arc;

use zonecut_diagnostics::report::{
    RuleOverride, Side, Verdicts, VersionAdvice, Waiver, WaiverReport, WaiverState,
};
use zonecut_diagnostics::{
    CheckReport, ContractReport, Finding, Fingerprint, LintFinding, LintReport, LintSeverity,
    Perspective, Place, Severity, Sources, Verdict,
};

pub fn place(file: &str, line: u32, column: u32) -> Place {
    let file = Arc::from(file);
    Place { file, line, column }
}

/// A finding whose every text is `text`.
pub fn finding(rule: &str, severity: Severity, text: &str) -> Finding {
    Finding {
        rule: rule.to_owned(),
        perspective: Perspective::Consumer,
        severity,
        path: text.to_owned(),
        message: text.to_owned(),
        help: text.to_owned(),
        fingerprint: Fingerprint::of(&[rule, text]),
        before: Some(place("3f1c:contracts/queries.odcs.yaml", 9, 7)),
        after: Some(place("contracts/queries.odcs.yaml", 8, 5)),
        targets: vec![],
        affects: vec![],
        waiver: None,
    }
}

/// A contract that needs another version.
pub fn contract(id: &str, findings: Vec<Finding>) -> ContractReport {
    let side = |version: &str, file: &str| Side {
        version: version.to_owned(),
        file: file.to_owned(),
    };
    ContractReport {
        id: id.to_owned(),
        name: id.to_owned(),
        before: Some(side("1.0.0", "3f1c:contracts/queries.odcs.yaml")),
        after: Some(side("1.1.0", "contracts/queries.odcs.yaml")),
        verdict: Verdicts {
            consumer: Verdict::Breaking,
            producer: Verdict::Breaking,
            governance: Verdict::Compatible,
        },
        version: VersionAdvice {
            declared: "1.1.0".to_owned(),
            required: "2.0.0".to_owned(),
        },
        targets: BTreeMap::new(),
        findings,
    }
}

/// Somebody's word.
pub fn waiver(text: &str) -> Waiver {
    Waiver {
        reason: text.to_owned(),
        owner: "steward@example.net".to_owned(),
        expires: chrono::NaiveDate::from_ymd_opt(2026, 6, 30).unwrap(),
    }
}

/// A waiver whose day is over.
pub fn expired(text: &str) -> WaiverReport {
    WaiverReport {
        fingerprint: Fingerprint::of(&["sample"]),
        state: WaiverState::Expired,
        waiver: waiver(text),
        at: place("zonecut.waivers.yaml", 2, 5),
    }
}

/// A rule that counts for less.
pub fn graded(text: &str) -> RuleOverride {
    RuleOverride {
        rule: "property-added".to_owned(),
        perspective: Some(Perspective::Consumer),
        severity: "off".to_owned(),
        reason: Some(text.to_owned()),
        at: place("zonecut.toml", 1, 8),
    }
}

/// One contract that blocks, one that was deleted, one break that is waived.
pub fn check() -> CheckReport {
    let unpaid = Finding {
        perspective: Perspective::Producer,
        path: "version".to_owned(),
        message: "version `1.1.0` does not pay for this change".to_owned(),
        help: "set `version: 2.0.0`".to_owned(),
        ..finding("version-too-small", Severity::Breaking, "")
    };
    let removed = Finding {
        path: "queries.qname".to_owned(),
        message: "property `queries.qname` was removed".to_owned(),
        help: "keep it".to_owned(),
        after: None,
        ..finding("property-removed", Severity::Breaking, "qname")
    };
    let waived = Finding {
        path: "slaProperties[latency]".to_owned(),
        message: "service level promises less".to_owned(),
        help: "keep the promise".to_owned(),
        waiver: Some(waiver("agreed with all readers")),
        ..finding("sla-weakened", Severity::Breaking, "latency")
    };
    let added = Finding {
        path: "queries.rcode".to_owned(),
        message: "property `queries.rcode` was added".to_owned(),
        help: "nothing to do".to_owned(),
        before: None,
        ..finding("property-added", Severity::Note, "rcode")
    };
    let gone = Finding {
        message: "the contract was removed".to_owned(),
        help: "retire it first".to_owned(),
        after: None,
        before: Some(place("3f1c:contracts/old name.odcs.yaml", 1, 1)),
        ..finding("contract-removed", Severity::Breaking, "gone")
    };
    let mut deleted = contract("old-queries", vec![gone]);
    deleted.after = None;
    CheckReport {
        publishable: false,
        compared: Some(3),
        contracts: vec![
            contract("recursive-queries", vec![unpaid, removed, waived, added]),
            deleted,
        ],
        waivers: vec![expired("agreed for a while")],
        overrides: vec![graded("we announce them")],
        omissions: Vec::new(),
    }
}

pub fn lint_finding(severity: LintSeverity, text: &str) -> LintFinding {
    LintFinding {
        rule: "unit-unknown".to_owned(),
        severity,
        path: text.to_owned(),
        message: text.to_owned(),
        help: text.to_owned(),
        fingerprint: Fingerprint::of(&[text]),
        at: place("./contracts/queries.odcs.yaml", 3, 2),
    }
}

pub fn lint() -> LintReport {
    LintReport {
        valid: false,
        findings: vec![
            lint_finding(LintSeverity::Error, "unknown unit `parsecs`"),
            lint_finding(LintSeverity::Warning, "unit `m` is ambiguous"),
            lint_finding(LintSeverity::Note, "a note"),
        ],
    }
}

pub fn nothing() -> CheckReport {
    CheckReport {
        publishable: true,
        compared: Some(0),
        contracts: vec![],
        waivers: vec![],
        overrides: vec![],
        omissions: Vec::new(),
    }
}

pub fn sources() -> Sources {
    let mut sources = Sources::new(|_| Vec::new());
    let text = "apiVersion: v3.1.0\nkind: DataContract\n  unit: parsecs\n";
    sources.add("./contracts/queries.odcs.yaml".into(), text.into());
    sources
}

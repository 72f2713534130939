//! Every rule has a page, a case that fires and one that is silent.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use zonecut_contract::lint::{ALL, Rule};
use zonecut_contract::{Catalogue, lint_document, lint_ports, read_contract};
use zonecut_diagnostics::LintFinding;

const SECTIONS: [&str; 4] = [
    "## What it does",
    "## Why it matters",
    "## Example",
    "## How to fix",
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn case(rule: &Rule, which: &str) -> PathBuf {
    let folder = root().join("tests/fixtures/lint").join(rule.name);
    let found = ["odcs", "odps"]
        .map(|standard| folder.join(format!("{which}.{standard}.yaml")))
        .into_iter()
        .find(|path| path.is_file());
    found.unwrap_or_else(|| {
        panic!(
            "{} has no `{which}` case in {}",
            rule.name,
            folder.display()
        )
    })
}

/// What is found in a case: in the document, and between it and the contracts of `tree.tsv` beside it.
fn found(rule: &Rule, which: &str) -> Vec<LintFinding> {
    let path = case(rule, which);
    let (file, bytes) = (format!("{which}.yaml"), fs::read(&path).unwrap());
    let mut findings = lint_document(&file, &bytes).findings;
    if let Ok(tree) = fs::read_to_string(path.with_file_name("tree.tsv")) {
        let mut here = Catalogue::default();
        for line in tree.lines() {
            let (id, version) = line.split_once('\t').unwrap();
            here.add(id, version);
        }
        findings.extend(lint_ports(&file, &bytes, &here));
    }
    findings
}

#[test]
fn every_rule_has_a_page() {
    for rule in ALL {
        let file = format!("src/lint/{}.rs", rule.name.replace('-', "_"));
        let source = fs::read_to_string(root().join(&file)).expect(&file);
        let page: Vec<&str> = source
            .lines()
            .map_while(|line| line.strip_prefix("//!"))
            .collect();
        let sections: Vec<&str> = page
            .iter()
            .map(|line| line.trim())
            .filter(|line| line.starts_with("## "))
            .collect();
        assert_eq!(sections, SECTIONS, "{file}");
    }
}

#[test]
fn the_registry_is_sorted_and_whole() {
    assert!(ALL.is_sorted_by_key(|rule| rule.name));
    let registered: BTreeSet<String> = ALL.iter().map(|rule| rule.name.replace('-', "_")).collect();
    let beside_rules = [
        "calendar",
        "catalogue",
        "cron",
        "elements",
        "known",
        "mod",
        "nodes",
        "rule",
        "sections",
        "service_level",
        "siblings",
        "sql",
        "subject",
    ];
    let files: BTreeSet<String> = fs::read_dir(root().join("src/lint"))
        .unwrap()
        .map(|entry| {
            entry
                .unwrap()
                .path()
                .file_stem()
                .unwrap()
                .to_str()
                .unwrap()
                .to_owned()
        })
        .filter(|name| !beside_rules.contains(&name.as_str()))
        .collect();
    assert_eq!(files, registered);
    let fixtures: BTreeSet<String> = fs::read_dir(root().join("tests/fixtures/lint"))
        .unwrap()
        .map(|entry| {
            entry
                .unwrap()
                .file_name()
                .to_str()
                .unwrap()
                .replace('-', "_")
        })
        .collect();
    assert_eq!(fixtures, registered);
}

#[test]
fn every_rule_fires_and_only_where_it_should() {
    let mut said = String::new();
    for rule in ALL {
        let silent = case(rule, "silent");
        let findings = found(rule, "silent");
        assert_eq!(
            findings,
            [],
            "{} has nothing to say about {}",
            rule.name,
            silent.display()
        );

        let findings = found(rule, "fires");
        let fired: BTreeSet<&str> = findings
            .iter()
            .map(|finding| finding.rule.as_str())
            .collect();
        assert_eq!(
            fired,
            BTreeSet::from([rule.name]),
            "only {} fires on its case",
            rule.name
        );
        for finding in &findings {
            said += &format!(
                "{}:{} {} {} `{}`: {}\n    {}\n",
                finding.at.line,
                finding.at.column,
                format!("{:?}", finding.severity).to_lowercase(),
                finding.rule,
                finding.path,
                finding.message,
                finding.help,
            );
        }
    }
    insta::assert_snapshot!(said);
}

#[test]
fn a_secret_is_never_repeated() {
    let path = root().join("tests/fixtures/lint/secret-in-document/fires.odcs.yaml");
    let findings = lint_document("contract.yaml", &fs::read(path).unwrap()).findings;
    assert_eq!(findings.len(), 4);
    let json = serde_json::to_string(&findings).unwrap();
    for secret in [
        "hunter22",
        "0123456789abcdef0123",
        "ABCDEFGH12345678",
        "correct-horse",
    ] {
        assert!(!json.contains(secret), "{json}");
    }
}

#[test]
fn a_secret_in_the_wrong_place_is_not_quoted_by_other_findings() {
    let token = "ghp_0123456789abcdefghij0123456789abcdef";
    let text = format!("apiVersion: {token}\nkind: DataContract\nid: a\n{token}: {token}\n");
    let findings = lint_document("contract.yaml", text.as_bytes()).findings;
    assert!(!findings.is_empty());
    assert!(!serde_json::to_string(&findings).unwrap().contains("ghp_"));

    let text = format!(
        "apiVersion: v3.1.0\nkind: DataContract\nid: a\nversion: 1.0.0\nstatus: active\nservers:\n- server: a\n  type: {token}\nschema:\n- name: o\n  id: \"{token} \"\n  {token}: 1\n"
    );
    let findings = lint_document("contract.yaml", text.as_bytes()).findings;
    assert!(findings.len() >= 3, "{findings:?}");
    assert!(!serde_json::to_string(&findings).unwrap().contains("ghp_"));
}

#[test]
fn fingerprints_survive_reformatting_and_tell_findings_apart() {
    let path = root().join("tests/fixtures/lint/storage-too-narrow/fires.odcs.yaml");
    let text = fs::read_to_string(path).unwrap();
    let prints = |text: &str| -> Vec<String> {
        let mut prints: Vec<_> = lint_document("a.yaml", text.as_bytes())
            .findings
            .iter()
            .map(|finding| finding.fingerprint.as_str().to_owned())
            .collect();
        prints.sort();
        prints
    };
    let before = prints(&text);
    assert_eq!(before.iter().collect::<BTreeSet<_>>().len(), before.len());
    assert_eq!(prints(&format!("# moved down\n\n{text}")), before);
    assert_eq!(prints(&text.replace("1.0.0", "1.0.1")), before);
    assert_ne!(prints(&text.replace("id: fixture", "id: other")), before);
}

#[test]
fn rules_speak_about_documents_that_break_their_schema() {
    let text = "apiVersion: v3.1.0\nkind: DataContract\nid: a\nversion: latest\nstatus: 3\n";
    let rules: Vec<String> = lint_document("a.yaml", text.as_bytes())
        .findings
        .into_iter()
        .map(|finding| finding.rule)
        .collect();
    assert_eq!(rules, ["version-not-semver", "schema"]);
    assert!(read_contract("a.yaml", text.as_bytes()).value.is_none());
}

//! Every rule fires where it should, is silent where it should, and says what it says.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use zonecut_contract::{Product, read_product};
use zonecut_diagnostics::Finding;
use zonecut_evolution::{compare, compare_products, rules};

use crate::support::{read, repository, settings};

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

/// What one rule finds in a fixture.
fn findings(rule: &str, case: &str) -> Vec<Finding> {
    let folder = fixtures().join(rule).join(case);
    let report = if let Some((before, after)) = products(&folder) {
        compare_products(&before, after.as_ref(), &settings())
    } else {
        let before = read(&folder.join("before.odcs.yaml"));
        let after = read(&folder.join("after.odcs.yaml"));
        let some = before.is_some() || after.is_some();
        assert!(some, "{} is empty", folder.display());
        compare(before.as_ref(), after.as_ref(), &settings())
    };
    report
        .findings
        .into_iter()
        .filter(|finding| finding.rule == rule)
        .collect()
}

/// The products in a fixture, where it is about products.
fn products(folder: &Path) -> Option<(Product, Option<Product>)> {
    let read = |name: &str| {
        let text = std::fs::read_to_string(folder.join(name)).ok()?;
        read_product(name, text.as_bytes()).value
    };
    Some((read("before.odps.yaml")?, read("after.odps.yaml")))
}

#[test]
fn every_rule_fires_and_stays_silent() {
    for rule in rules::ALL {
        let fired = findings(rule.name, "fires");
        assert!(!fired.is_empty(), "{} does not fire", rule.name);
        for finding in &fired {
            let limit = rule
                .severities
                .iter()
                .find(|(whom, _)| *whom == finding.perspective);
            assert!(
                limit.is_some_and(|(_, severity)| finding.severity <= *severity),
                "{} reports more than its page says: {finding:?}",
                rule.name
            );
        }
        let silent = findings(rule.name, "silent");
        assert!(
            silent.is_empty(),
            "{} should be silent: {silent:#?}",
            rule.name
        );
        insta::with_settings!({prepend_module_to_snapshot => false, snapshot_path => "../snapshots/rules"}, {
            insta::assert_json_snapshot!(rule.name, fired);
        });
    }
}

#[test]
fn every_rule_has_all_its_parts() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let registry = std::fs::read_to_string(source.join("rules.rs")).unwrap();
    let mut names = BTreeSet::new();
    for entry in std::fs::read_dir(source.join("rules")).unwrap() {
        let path = entry.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        if !text.contains("const RULE: Rule") {
            continue;
        }
        let module = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let name = module.replace('_', "-");
        assert!(
            registry.contains(&format!("    {module}::RULE,\n")),
            "{name} is not registered"
        );
        for section in ["What it does", "Why it matters", "Example", "How to fix"] {
            assert!(
                text.contains(&format!("//! ## {section}\n")),
                "{name} lacks `{section}`"
            );
        }
        for case in ["fires", "silent"] {
            assert!(
                fixtures().join(&name).join(case).is_dir(),
                "{name} lacks its fixture `{case}`"
            );
        }
        let snapshot = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join(format!("tests/snapshots/rules/{name}.snap"));
        assert!(snapshot.is_file(), "{name} lacks its snapshot");
        names.insert(name);
    }
    let registered: BTreeSet<String> = rules::ALL.iter().map(|rule| rule.name.to_owned()).collect();
    assert_eq!(
        registered.len(),
        rules::ALL.len(),
        "a rule is registered twice"
    );
    assert_eq!(names, registered);
    for entry in std::fs::read_dir(fixtures()).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(
            registered.contains(&name),
            "fixture `{name}` belongs to no rule"
        );
    }
    assert!(repository().join("docs/rules").is_dir());
}

//! The pages under `docs/lint` are the rules' own module documentation.
//!
//! `ZONECUT_BLESS=1 cargo test -p zonecut-contract` writes them.

use std::fs;
use std::path::Path;

use zonecut_contract::lint;

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// A rule's page, from its source.
fn page(rule: &lint::Rule) -> String {
    let source = format!(
        "crates/contract/src/lint/{}.rs",
        rule.name.replace('-', "_")
    );
    let text = read(
        &Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../..")
            .join(&source),
    );
    let head = format!(
        "<!-- Written from {source}: change it there. -->\n# {}\n\n| severity | since |\n|---|---|\n| {} | {} |\n\n",
        rule.name, rule.severity, rule.since
    );
    let documentation = text.lines().map_while(|line| line.strip_prefix("//!"));
    documentation.fold(head, |page, line| {
        page + line.strip_prefix(' ').unwrap_or(line) + "\n"
    })
}

fn index() -> String {
    let head = "<!-- Written from crates/contract/src/lint/mod.rs: change it there. -->\n# Rules of lint\n\nWhat `zonecut lint` looks for in documents that keep the official schema.\n\n`zonecut lint --fix` mends what is mechanical: keys and words that are a slip of the finger away from the only one that can be meant, capitals,\nspellings of units and versions. It changes these words and no other byte, and only where the document, read again, differs in nothing else and\nhas no new error; it says what became what, and reports what is left.\n\n| rule | severity |\n|---|---|\n";
    lint::ALL.iter().fold(head.to_owned(), |text, rule| {
        text + &format!("| [{0}]({0}.md) | {1} |\n", rule.name, rule.severity)
    })
}

#[test]
fn pages_of_lint_are_up_to_date() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/lint");
    let rules = lint::ALL.iter().map(|rule| (rule.name, page(rule)));
    let pages: Vec<(&str, String)> = rules.chain([("README", index())]).collect();
    for (name, text) in &pages {
        let path = folder.join(name).with_extension("md");
        if std::env::var_os("ZONECUT_BLESS").is_some() {
            fs::write(&path, text).unwrap();
        }
        assert_eq!(
            &read(&path),
            text,
            "docs/lint/{name}.md is stale: run with ZONECUT_BLESS=1"
        );
    }
    assert_eq!(
        fs::read_dir(&folder).unwrap().count(),
        pages.len(),
        "a page belongs to no rule"
    );
}

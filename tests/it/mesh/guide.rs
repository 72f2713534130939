//! The guide's contract is one, and the change it walks through costs what it says.

use chrono::DateTime;
use zonecut_contract::{Contract, lint, read_contract};
use zonecut_evolution::{Settings, compare, publishable};

use crate::checkout::read;

fn parsed(text: &str) -> Contract {
    let parsed = read_contract("guide.odcs.yaml", text.as_bytes());
    parsed
        .value
        .unwrap_or_else(|| panic!("{:#?}", parsed.findings))
}

#[test]
fn the_first_contract_is_sound_and_its_change_needs_a_major_version() {
    let guide = read("docs/guides/first-contract.md");
    let (_, rest) = guide
        .split_once("```yaml\n")
        .expect("the guide shows a contract");
    let (shown, _) = rest.split_once("```").expect("the block ends");
    let before = parsed(shown);
    assert_eq!(lint(&before), []);

    let (kept, removed) = shown
        .split_once("      - id: entries")
        .expect("it has the column");
    let (_, tail) = removed.split_once("\nteam:").expect("the column ends");
    let change = |version| parsed(&format!("{kept}team:{tail}").replace("version: 1.0.0", version));
    let settings = Settings::at(DateTime::UNIX_EPOCH);
    let minor = compare(Some(&before), Some(&change("version: 1.1.0")), &settings);
    assert!(
        !publishable(&minor) && minor.version.required == "2.0.0",
        "{minor:#?}"
    );
    assert!(publishable(&compare(
        Some(&before),
        Some(&change("version: 2.0.0")),
        &settings
    )));
}

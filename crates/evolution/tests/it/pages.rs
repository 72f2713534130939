//! The pages under `docs/rules` are written from the rules themselves.
//!
//! `ZONECUT_BLESS=1 cargo test -p zonecut-evolution` writes them.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use zonecut_evolution::quantity::Kind;
use zonecut_evolution::sla::{Better, LEVELS};
use zonecut_evolution::{Rule, rules};

use crate::support::repository;

/// The module documentation of a rule: its page.
fn documentation(rule: &Rule) -> String {
    let module = rule.name.replace('-', "_");
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("src/rules/{module}.rs"));
    std::fs::read_to_string(path)
        .unwrap()
        .lines()
        .map_while(|line| line.strip_prefix("//!"))
        .map(|line| line.strip_prefix(' ').unwrap_or(line))
        .fold(String::new(), |page, line| page + line + "\n")
}

fn severities(rule: &Rule) -> String {
    rule.severities
        .iter()
        .map(|(whom, severity)| format!("{whom:?} {severity:?}").to_lowercase())
        .collect::<Vec<_>>()
        .join(", ")
}

fn page(rule: &Rule) -> String {
    format!(
        "<!-- Written from crates/evolution/src/rules/{}.rs: change it there. -->\n# {}\n\n| category | at most | since |\n|---|---|---|\n| {} | {} | {} |\n\n{}",
        rule.name.replace('-', "_"),
        rule.name,
        rule.category.title(),
        severities(rule),
        rule.since,
        documentation(rule)
    )
}

fn index() -> String {
    let mut text = "<!-- Written from crates/evolution/src/rules.rs: change it there. -->\n# Rules\n\nWhat `zonecut check` looks for. A rule speaks to consumers (those who read), producers (those who own)\nor governance (those who answer for privacy); its severity is at most the one listed.\n".to_owned();
    let mut groups: BTreeMap<_, Vec<&Rule>> = BTreeMap::new();
    for rule in rules::ALL {
        groups.entry(rule.category).or_default().push(rule);
    }
    for (category, rules) in groups {
        write!(
            text,
            "\n## {}\n\n| rule | at most |\n|---|---|\n",
            category.title()
        )
        .unwrap();
        for rule in rules {
            writeln!(text, "| [{0}]({0}.md) | {1} |", rule.name, severities(rule)).unwrap();
        }
    }
    text
}

fn directions() -> String {
    let mut text = "<!-- Written from crates/evolution/src/sla.rs: change it there. -->\n# Better or worse\n\nWhich way is better for those who read, for each service level. A property that is not listed, or an\namount of another kind than the direction holds for, is a warning when it changes. A frequency that is\nstated as a rate is the time from one to the next. Longer retention is better for consumers and a finding for governance.\n\n| property | better | for | also written |\n|---|---|---|---|\n".to_owned();
    for level in LEVELS {
        let better = match level.better {
            Better::Lower => "less, or earlier",
            Better::Higher => "more, or later",
        };
        writeln!(
            text,
            "| `{}` | {better} | {} | {} |",
            level.name,
            level
                .of
                .iter()
                .map(|kind| kind_in_words(*kind))
                .collect::<Vec<_>>()
                .join(", "),
            level.aliases.join(", ")
        )
        .unwrap();
    }
    text
}

fn kind_in_words(kind: Kind) -> &'static str {
    match kind {
        Kind::Duration => "durations",
        Kind::Ratio => "shares",
        Kind::Octets => "octets",
        Kind::Rate => "rates",
        Kind::Count => "counts",
        Kind::Bare => "numbers without a unit",
        Kind::Instant => "dates",
        Kind::TimeOfDay => "times of day",
    }
}

#[test]
fn pages_are_up_to_date() {
    let folder = repository().join("docs/rules");
    let mut pages: BTreeMap<String, String> = rules::ALL
        .iter()
        .map(|rule| (format!("{}.md", rule.name), page(rule)))
        .collect();
    pages.insert("README.md".to_owned(), index());
    pages.insert("better-or-worse.md".to_owned(), directions());
    if std::env::var_os("ZONECUT_BLESS").is_some() {
        std::fs::create_dir_all(&folder).unwrap();
        for (name, text) in &pages {
            std::fs::write(folder.join(name), text).unwrap();
        }
    }
    for (name, text) in &pages {
        let committed = std::fs::read_to_string(folder.join(name)).unwrap_or_default();
        assert_eq!(
            &committed, text,
            "docs/rules/{name} is stale: run with ZONECUT_BLESS=1"
        );
    }
    for entry in std::fs::read_dir(&folder).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(
            pages.contains_key(&name),
            "docs/rules/{name} belongs to no rule"
        );
    }
}

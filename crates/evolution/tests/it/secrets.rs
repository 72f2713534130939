//! No renderer of anything says a secret, wherever in a contract and however it is written.

use proptest::prelude::*;
use zonecut_contract::{Contract, lint_document, read, read_contract};
use zonecut_diagnostics::render::{
    Report, azure, github, gitlab, human, json, junit, markdown, sarif,
};
use zonecut_diagnostics::{CheckReport, LintReport, Sources};
use zonecut_evolution::{compare, diff};

use crate::support::settings;

const AROUND: &str = "\
apiVersion: v3.1.0
kind: DataContract
id: ${id}
version: ${version}
status: ${status}
name: Queries
domain: resolvers
schema:
  - name: ${object}
    physicalName: queries
    ${object_key}: 1
    properties:
      - name: ${property}
        logicalType: string
        description: ${description}
        tags: [dns, ${tag}]
        examples: [a, ${example}]
        logicalTypeOptions: {pattern: ${pattern}}
        quality:
          - {type: sql, query: ${query}, mustBe: 0}
          - type: sql
            query: ${other_query}
            mustBe: 0
roles:
  - role: ${role}
servers:
  - server: ${server}
    type: custom
    location: ${location}
slaProperties:
  - property: ${sla}
    value: 4
    unit: ${unit}
team:
  members:
    - username: ${member}
customProperties:
  - property: ${custom}
    value: x
  - property: password
    value: ${named}
  - {property: apiKey, value: ${named_in_flow}}
  - {value: ${value_first}, property: api_key}
xPlain:
  password: ${under_name}
  tokens: {first: ${deep}}
  passwords:
    - ${in_list}
    - ${in_list_too}
  ${key}: 1
  access_keys: [${in_flow_list}, b]
  anchored: &a ${anchored}
  secretKey: *a
";

/// Places where a secret is one by what it stands under.
const NAMED: [&str; 8] = [
    "named",
    "named_in_flow",
    "value_first",
    "under_name",
    "in_list",
    "in_list_too",
    "in_flow_list",
    "anchored",
];

/// Places that hold no more than one line without quotes of its own.
const KEYS: [&str; 2] = ["key", "object_key"];

fn places() -> Vec<&'static str> {
    let names = AROUND.split("${").skip(1);
    names.map(|rest| rest.split('}').next().unwrap()).collect()
}

fn is_in_flow(place: &str) -> bool {
    AROUND.lines().any(|line| {
        line.contains(&format!("${{{place}}}")) && line.contains(['[', '{']) && {
            let before = line.split(&format!("${{{place}}}")).next().unwrap();
            before.contains(['[', '{'])
        }
    })
}

/// A contract with `text` at a place, and harmless words at the others.
fn with(place: &str, text: &str) -> String {
    places().into_iter().fold(AROUND.to_owned(), |all, other| {
        let harmless = match other {
            "version" => "1.0.0".to_owned(),
            "query" | "other_query" => "SELECT 1".to_owned(),
            "under_name" | "named" | "in_list" | "in_list_too" | "in_flow_list" | "anchored"
            | "named_in_flow" | "value_first" => "'${ELSEWHERE}'".to_owned(),
            other => other.to_owned(),
        };
        let mark = format!("${{{other}}}");
        all.replacen(&mark, if other == place { text } else { &harmless }, 1)
    })
}

#[derive(Debug, Clone, Copy)]
enum Style {
    Plain,
    Single,
    Double,
    Escaped,
    Literal,
    Folded,
}

/// A text as a scalar; `indent` is that of its key.
fn written(text: &str, style: Style, indent: usize) -> String {
    let pad = " ".repeat(indent + 2);
    match style {
        Style::Plain => text.to_owned(),
        Style::Single => format!("'{}'", text.replace('\'', "''")),
        Style::Double => format!("\"{text}\""),
        Style::Escaped => {
            let escaped = text.chars().map(|c| format!("\\u{:04x}", u32::from(c)));
            format!("\"{}\"", escaped.collect::<String>())
        }
        Style::Literal => format!("|\n{pad}{text}"),
        Style::Folded => format!(">-\n{pad}{text}\n\n{pad}and more"),
    }
}

fn indent_of(place: &str) -> usize {
    let mark = format!("${{{place}}}");
    let line = AROUND.lines().find(|line| line.contains(&mark)).unwrap();
    let start = line.len() - line.trim_start_matches([' ', '-']).len();
    if line.trim_start().starts_with("- $") {
        start - 2
    } else {
        start
    }
}

/// What must not be told, what it is written within, and whether it is one wherever it stands.
fn secret() -> impl Strategy<Value = (String, String, bool)> {
    let chosen = "[a-z]{3}[A-Z]{2}[0-9]{2}[a-z0-9]{3,9}";
    prop_oneof![
        "[A-Za-z0-9]{35}7".prop_map(|body| (body.clone(), format!("ghp_{body}"), true)),
        chosen.prop_map(|it| (
            it.clone(),
            format!("postgres://loader:{it}@db.example/x"),
            true
        )),
        chosen.prop_map(|it| {
            let sql = format!("SELECT 1 FROM dblink('host=h password={it}') WHERE a = 1");
            (it, sql, true)
        }),
        chosen.prop_map(|it| (it.clone(), it, false)),
        "[1-9][0-9]{7,11}".prop_map(|it| (it.clone(), it, false)),
    ]
}

fn case() -> impl Strategy<Value = (&'static str, String, String)> {
    let style = prop_oneof![
        Just(Style::Plain),
        Just(Style::Single),
        Just(Style::Double),
        Just(Style::Escaped),
        Just(Style::Literal),
        Just(Style::Folded),
    ];
    let place = prop::sample::select(places());
    (secret(), place, style, prop::sample::select(&NAMED[..])).prop_map(
        |((core, text, anywhere), place, style, named)| {
            let place = if anywhere { place } else { named };
            let one_line = is_in_flow(place) || KEYS.contains(&place);
            let style = match style {
                Style::Literal | Style::Folded if one_line => Style::Double,
                Style::Plain if one_line && text.contains([',', ':', ' ']) => Style::Single,
                other => other,
            };
            let written = written(&text, style, indent_of(place));
            (place, core, with(place, &written))
        },
    )
}

fn every_format(report: Report<'_>, human: String, json: String) -> Vec<String> {
    vec![
        human,
        json,
        sarif::render(report, "check", &|_| None),
        junit::render(report, "check"),
        github::render(report),
        gitlab::render(report),
        azure::render(report),
        markdown::render(report, "check"),
    ]
}

const OPTIONS: human::Options = human::Options {
    color: false,
    quiet: false,
};

fn linted(text: &str) -> (Vec<String>, bool) {
    let mut sources = Sources::new(read::secrets);
    sources.add("after.yaml".into(), text.into());
    let mut findings = lint_document("after.yaml", text.as_bytes()).findings;
    findings.extend(read_contract("after.yaml", text.as_bytes()).findings);
    let found = findings.iter().any(|it| it.rule == "secret-in-document");
    let report = LintReport {
        valid: false,
        findings,
    };
    let human = human::lint(&report, &sources, OPTIONS);
    let json = json::render(&report).unwrap();
    (every_format(Report::Lint(&report), human, json), found)
}

fn compared(before: &Contract, after: &Contract) -> Vec<String> {
    let mut sources = Sources::new(read::secrets);
    for contract in [before, after] {
        let document = &contract.document;
        sources.add_read(
            document.file.clone(),
            document.text.clone(),
            &document.hidden,
        );
    }
    let report = CheckReport {
        publishable: false,
        compared: None,
        contracts: vec![compare(Some(before), Some(after), &settings())],
        waivers: Vec::new(),
        overrides: Vec::new(),
        omissions: Vec::new(),
    };
    let human = human::check(&report, &sources, OPTIONS);
    let json = json::render(&report).unwrap();
    let mut all = every_format(Report::Check(&report), human, json);
    let facts = diff(before, after);
    all.push(serde_json::to_string(&facts).unwrap());
    all.push(format!("{facts:?}"));
    all
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn no_secret_is_told((place, core, text) in case(), (_, other_core, other) in case()) {
        let (told, found) = linted(&text);
        prop_assert!(found, "{place} is not found in\n{text}\n{}", told[0]);
        for told in told {
            prop_assert!(!told.contains(&core), "{place}: {told}\n{text}");
        }
        let harmless = with("", "");
        let read = |name, text: &str| read_contract(name, text.as_bytes()).value;
        let (one, two, none) = (
            read("after.yaml", &text),
            read("before.yaml", &other),
            read("before.yaml", &harmless).unwrap(),
        );
        let pairs = [
            (Some(&none), one.as_ref()),
            (one.as_ref(), Some(&none)),
            (two.as_ref(), one.as_ref()),
        ];
        for (before, after) in pairs {
            let (Some(before), Some(after)) = (before, after) else {
                continue;
            };
            for told in compared(before, after) {
                prop_assert!(!told.contains(&core), "{place}: {told}\n{text}");
                prop_assert!(!told.contains(&other_core), "{told}\n{other}");
            }
        }
    }

    #[test]
    fn no_secret_is_told_of_a_text_that_breaks_off((place, core, text) in case(), at in any::<prop::sample::Index>()) {
        let lines: Vec<&str> = text.lines().collect();
        let (before, after) = lines.split_at(at.index(lines.len()));
        let broken = format!("{}\n  : ]\n{}", before.join("\n"), after.join("\n"));
        for told in linted(&broken).0 {
            prop_assert!(!told.contains(&core), "{place}: {told}\n{broken}");
        }
    }
}

#[test]
fn another_secret_is_another_contract() {
    for (before, after) in [
        (
            with("under_name", "hunter2one"),
            with("under_name", "hunter2two"),
        ),
        (
            with("key", "ghp_0123456789abcdefghij0123456789abcdef"),
            with("key", "ghp_0123456789abcdefghij0123456789abcdeX"),
        ),
        (with("named", "12345678"), with("named", "12345679")),
    ] {
        let (before, after) = (
            read_contract("before.yaml", before.as_bytes())
                .value
                .unwrap(),
            read_contract("after.yaml", after.as_bytes()).value.unwrap(),
        );
        assert!(
            diff(&before, &before).is_empty(),
            "{:?}",
            serde_json::to_string(&diff(&before, &before))
        );
        assert!(!diff(&before, &after).is_empty());
        assert_ne!(before.content_hash(), after.content_hash());
    }
}

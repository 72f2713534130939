//! Hostile documents: a finding with a place, soon, and no memory worth naming.

use std::time::{Duration, Instant};

use proptest::prelude::*;
use zonecut_contract::finding::Findings;
use zonecut_contract::read::parse_stream;
use zonecut_contract::{Parsed, lint_document, read_contract, read_document};
use zonecut_diagnostics::{LintFinding, LintSeverity, Span};

/// What a hostile document may take; unoptimised builds are several times slower.
const SOON: Duration = if cfg!(debug_assertions) {
    Duration::from_secs(3)
} else {
    Duration::from_millis(250)
};

fn refused(bytes: &[u8]) -> LintFinding {
    let begun = Instant::now();
    let parsed = read_contract("hostile.yaml", bytes);
    let taken = begun.elapsed();
    assert!(taken < SOON, "took {taken:?}");
    assert!(parsed.value.is_none());
    parsed.findings.into_iter().next().expect("a finding")
}

fn numbered(count: usize, line: impl Fn(usize) -> String) -> String {
    (0..count).map(line).collect()
}

fn at(finding: &LintFinding) -> (&str, u32, u32) {
    (&finding.rule, finding.at.line, finding.at.column)
}

#[test]
fn a_hundred_mebibytes_are_not_even_read() {
    let mut bytes = b"id: ".to_vec();
    bytes.resize(100 * 1024 * 1024, b'x');
    assert_eq!(at(&refused(&bytes)), ("document-too-large", 1, 1));
}

#[test]
fn four_mebibytes_are_read_and_one_byte_more_is_not() {
    let mut bytes =
        b"apiVersion: v3.1.0\nkind: DataContract\nid: a\nversion: 1.0.0\nstatus: active\n# "
            .to_vec();
    bytes.resize(4 * 1024 * 1024, b'x');
    assert!(read_contract("a.yaml", &bytes).value.is_some());
    bytes.push(b'x');
    assert_eq!(at(&refused(&bytes)), ("document-too-large", 1, 1));
}

#[test]
fn depth_is_limited_in_every_style() {
    let flow = "[".repeat(10_000);
    assert_eq!(at(&refused(flow.as_bytes())).0, "nested-too-deep");
    let block = "- ".repeat(10_000);
    assert_eq!(at(&refused(block.as_bytes())).0, "nested-too-deep");
    let keys = "? ".repeat(10_000);
    assert_eq!(at(&refused(keys.as_bytes())).0, "nested-too-deep");
    let json = r#"{"a":"#.repeat(10_000);
    assert_eq!(at(&refused(json.as_bytes())), ("nested-too-deep", 1, 646));
    let mixed = format!("{}{}", "- ".repeat(100), "[".repeat(100) + &"]".repeat(100));
    assert_eq!(at(&refused(mixed.as_bytes())).0, "nested-too-deep");
}

#[test]
fn depth_within_the_limit_is_read() {
    let deep = format!("a: {}{}", "[".repeat(127), "]".repeat(127));
    assert!(read_document("a.yaml", deep.as_bytes()).value.is_some());
    let deeper = format!("a: {}{}", "[".repeat(129), "]".repeat(129));
    assert_eq!(at(&refused(deeper.as_bytes())).0, "nested-too-deep");
}

#[test]
fn aliases_do_not_multiply() {
    let mut laughs = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..10 {
        let inner = format!("*a{}", level - 1);
        laughs += &format!("a{level}: &a{level} [{}]\n", vec![inner; 10].join(", "));
    }
    assert_eq!(at(&refused(laughs.as_bytes())).0, "too-many-values");

    let long = format!(
        "a: &a {}\nb: [{}]\n",
        "x".repeat(1_000_000),
        "*a, ".repeat(1000)
    );
    assert_eq!(at(&refused(long.as_bytes())).0, "too-many-values");

    let mut chain = "a0: &a0 [x]\n".to_owned();
    for level in 1..200 {
        chain += &format!("a{level}: &a{level} [*a{}]\n", level - 1);
    }
    assert_eq!(at(&refused(chain.as_bytes())).0, "nested-too-deep");
}

#[test]
fn honest_aliases_are_expanded() {
    let parsed = read_document("a.yaml", b"a: &x [1, &y {b: c}]\nd: *x\ne: *y\n");
    let root = parsed.value.expect("a document").root;
    assert_eq!(
        root.to_json(),
        serde_json::json!({"a": [1, {"b": "c"}], "d": [1, {"b": "c"}], "e": {"b": "c"}})
    );
    assert_eq!(root.get("d").map(|node| node.span.line), Some(2));
}

#[test]
fn aliases_that_lead_nowhere_are_refused() {
    assert_eq!(at(&refused(b"a: &x [1, *x]\n")), ("cyclic-alias", 1, 11));
    assert_eq!(
        at(&refused(b"a: 1\nb: *nowhere\n")),
        ("unknown-anchor", 2, 4)
    );
}

#[test]
fn many_values_are_refused() {
    let wide = format!("a: [{}]", "1,".repeat(1_000_000));
    assert_eq!(at(&refused(wide.as_bytes())).0, "too-many-values");
    let list = |items| format!("a: [{}]", "1,".repeat(items));
    assert_eq!(at(&refused(list(24_001).as_bytes())).0, "too-many-values");
    assert!(
        read_document("a.yaml", list(24_000).as_bytes())
            .value
            .is_some()
    );
    let lists = format!("a: &a [{}]\nb: *a\n", "1,".repeat(10_001));
    assert_eq!(at(&refused(lists.as_bytes())), ("too-many-values", 2, 4));
    let keys = numbered(4_097, |key| format!("k{key}: 1\n"));
    assert_eq!(at(&refused(keys.as_bytes())), ("too-many-keys", 4097, 1));
    let keys = numbered(4_096, |key| format!("k{key}: 1\n"));
    assert!(read_document("a.yaml", keys.as_bytes()).value.is_some());
    let directives = "%a b\n".repeat(17);
    assert_eq!(at(&refused(directives.as_bytes())), ("syntax", 1, 1));
}

/// However a key is written, and however it is written in canonical form, where an escape is six characters.
#[test]
fn keys_are_read_up_to_one_length() {
    let key = |length: usize| "\u{1}".repeat(length);
    let json = |length| format!("{{{}: 1}}", serde_json::json!(key(length)));
    let explicit = |length| format!("? \"{}\"\n: 1\n", "\\x01".repeat(length));
    let block = |length| format!("{}: 1\n", "k".repeat(length));
    let forms: [(&dyn Fn(usize) -> String, u32); 3] = [(&json, 2), (&explicit, 3), (&block, 1)];
    for (form, column) in forms {
        let read = read_document("a.yaml", form(1_024).as_bytes());
        let read = read.value.expect("a key of that length is read");
        let canonical = zonecut_contract::canonical::to_string(&read.root);
        let again = read_document("canonical.json", canonical.as_bytes());
        assert!(again.value.is_some(), "{:?}", again.findings);
        let longer = read_document("a.yaml", form(1_025).as_bytes());
        assert!(longer.value.is_none());
        assert_eq!(at(&longer.findings[0]), ("key-too-long", 1, column));
    }
}

#[test]
fn rules_speak_about_broken_documents_that_are_not_large() {
    for (count, told) in [(900, true), (12_000, false)] {
        let name = |column| format!("{{name: c{column}}}");
        let unit = "{name: last, customProperties: [{property: unit, value: furlong}]}";
        let valid = columns(count, name, unit);
        let broken = valid.replacen("{name: c0}", "{name: 1}", 1);
        for (text, expected) in [(valid, true), (broken, told)] {
            let linted = zonecut_contract::lint_document("a.yaml", text.as_bytes());
            let rules = linted.findings.iter().map(|finding| finding.rule.as_str());
            let rules: std::collections::BTreeSet<&str> = rules.collect();
            assert_eq!(
                rules.contains("unit-unknown"),
                expected,
                "{count}: {rules:?}"
            );
        }
    }
}

#[test]
fn a_flaw_is_found_however_far_down() {
    let mut text = "apiVersion: v3.1.0\nkind: DataContract\nid: a\nversion: 1.0.0\nstatus: active\nschema:\n  - name: o\n    properties:\n".to_owned();
    text += &numbered(12_000, |line| format!("      - {{name: c{line}}}\n"));
    text += "      - {name: last, required: maybe}\n";
    let parsed = read_contract("a.yaml", text.as_bytes());
    let found: Vec<_> = parsed.findings.iter().map(at).collect();
    assert_eq!(found, [("schema", 12_009, 32)]);
}

#[test]
fn findings_are_limited() {
    let wrong = format!(
        "apiVersion: v3.1.0\nkind: DataContract\nid: a\nversion: a\nstatus: a\nschema: [{}]",
        "1,".repeat(10_000)
    );
    let begun = Instant::now();
    let parsed = read_contract("a.yaml", wrong.as_bytes());
    assert!(begun.elapsed() < SOON);
    assert!(parsed.findings.len() > 100, "{}", parsed.findings.len());
    assert!(parsed.value.is_none());
    let repeated = "k: 1\n".repeat(100_000);
    let parsed = read_document("a.yaml", repeated.as_bytes());
    assert_eq!(parsed.findings.len(), 201);
    let more = &parsed.findings[200];
    assert_eq!(more.rule, "more-findings");
    assert_eq!(more.severity, LintSeverity::Error);
}

const HEAD: &str =
    "apiVersion: v3.1.0\nkind: DataContract\nid: a\nversion: 1.0.0\nstatus: active\n";

/// A contract whose columns are `line`s, then `last`.
fn columns(count: usize, line: impl Fn(usize) -> String, last: &str) -> String {
    let lines = numbered(count, |index| format!("      - {}\n", line(index)));
    format!("{HEAD}schema:\n  - name: o\n    properties:\n{lines}      - {last}\n")
}

#[test]
fn many_warnings_hide_no_error() {
    for count in [900, 5_000] {
        let unknown = |index: usize| format!("{{name: c{index}, ours: 1}}");
        let wrong = columns(count, unknown, "{name: last, required: maybe}");
        let parsed = read_contract("a.yaml", wrong.as_bytes());
        assert!(parsed.value.is_none(), "{count}");
        let errors = |finding: &&LintFinding| finding.severity == LintSeverity::Error;
        assert!(parsed.findings.iter().find(errors).is_some(), "{count}");
        let linted = lint_document("a.yaml", wrong.as_bytes());
        assert!(linted.readable && linted.findings.iter().find(errors).is_some());

        let right = columns(count, unknown, "{name: last}");
        let parsed = read_contract("a.yaml", right.as_bytes());
        assert!(parsed.value.is_some(), "{count}");
        assert_eq!(parsed.findings.len(), 201, "{count}");
        assert!(parsed.findings.iter().find(errors).is_none(), "{count}");
    }
}

#[test]
fn what_a_large_document_breaks_is_found_where_it_stands() {
    let good = |index: usize| format!("{{name: c{index}, tags: [a, b]}}");
    for (last, path, line) in [
        ("{name: last, required: maybe}", "o.last", 5_009),
        (
            "{name: last, quality: [{type: sql}]}",
            "o.last.quality[0]",
            5_009,
        ),
        (
            "{properties: [{name: a}, {tags: []}]}",
            "o.properties[5000]",
            5_009,
        ),
    ] {
        let parsed = read_contract("a.yaml", columns(5_000, good, last).as_bytes());
        assert!(parsed.value.is_none(), "{last}");
        let found: Vec<_> = parsed
            .findings
            .iter()
            .map(|finding| (finding.path.as_str(), finding.at.line))
            .collect();
        assert!(
            found.iter().any(|(at, _)| at.starts_with(path)),
            "{last}: {found:?}"
        );
        assert!(found.iter().all(|(_, at)| *at == line), "{last}: {found:?}");
    }
}

/// The least time of three that it takes to lint `count` of something.
fn linted(document: fn(usize) -> String, count: usize) -> Duration {
    let text = document(count);
    let once = || {
        let begun = Instant::now();
        assert!(lint_document("a.yaml", text.as_bytes()).readable);
        begun.elapsed()
    };
    (0..3).map(|_| once()).min().unwrap()
}

#[test]
fn ten_times_as_much_takes_about_ten_times_as_long() {
    let documents: [fn(usize) -> String; 5] = [
        |count| columns(count, |n| format!("{{name: c{n}, ours: 1}}"), "{name: z}"),
        |count| {
            columns(
                count,
                |n| format!("{{name: c{n}, required: maybe}}"),
                "{name: z}",
            )
        },
        |count| format!("{HEAD}tags:\n{}", numbered(count, |n| format!("- t{n}\n"))),
        |count| {
            let promise = |n| format!("- {{property: p{n}, value: 1, element: o.d{n}}}\n");
            let promises = numbered(count, promise);
            let columns = columns(count, |n| format!("{{name: c{n}}}"), "{name: z}");
            format!("{columns}slaProperties:\n{promises}")
        },
        |count| {
            let secret = |n| format!("- {{property: p{n}, value: 'token=4f9a0c77d2b{n}'}}\n");
            format!("{HEAD}customProperties:\n{}", numbered(count, secret))
        },
    ];
    for (index, document) in documents.into_iter().enumerate() {
        let (once, tenfold) = (linted(document, 1_000), linted(document, 10_000));
        // What takes the square of the time is a hundred times slower.
        assert!(tenfold < once * 30, "{index}: {once:?}, then {tenfold:?}");
    }
}

#[test]
fn what_every_element_inherits_and_is_called_is_limited() {
    let tags = numbered(1_000, |tag| format!("- t{tag}\n"));
    let inherited = format!(
        "{}tags:\n{tags}",
        columns(1_000, |index| format!("{{name: c{index}}}"), "{name: z}")
    );
    assert_eq!(at(&refused(inherited.as_bytes())).0, "too-many-values");
    let name = "n".repeat(20_000);
    let long = columns(1_000, |index| format!("{{name: c{index}}}"), "{name: z}")
        .replace("name: o", &format!("name: {name}"));
    assert_eq!(at(&refused(long.as_bytes())).0, "too-many-values");
    let honest = columns(
        5_000,
        |index| format!("{{name: column_{index}, tags: [a, b, c]}}"),
        "{name: z}",
    );
    assert!(
        read_contract("a.yaml", format!("{honest}tags: [x, y]\n").as_bytes())
            .value
            .is_some()
    );
}

#[test]
fn what_is_not_utf8_is_shown_where_it_stands() {
    assert_eq!(at(&refused(b"a: 1\n\xc3\xa9x: \xff\n")), ("not-utf8", 2, 5));
    assert_eq!(at(&refused(b"a: 1\r\nb: 2\rx: \xff")), ("not-utf8", 3, 4));
    assert_eq!(at(&refused(b"\xff\xfea\x00")), ("not-utf8", 1, 1));
}

#[test]
fn what_json_does_not_have_is_refused() {
    for (text, rule, line, column) in [
        ("a: !!str x", "yaml-tag", 1, 10),
        ("- !custom {a: 1}", "yaml-tag", 1, 11),
        ("a: &a {b: 1}\nc:\n  <<: *a\n", "merge-key", 3, 3),
        ("1: a", "key-not-text", 1, 1),
        ("null: a", "key-not-text", 1, 1),
        ("? [a]\n: b", "key-not-text", 1, 3),
        ("a: .nan", "number-not-exact", 1, 4),
        ("a: 123456789012345678901", "number-not-exact", 1, 4),
        ("a: 1\na: 2", "duplicate-key", 2, 1),
        ("{\"a\": 1, \"b\": 2, \"a\": 3}", "duplicate-key", 1, 18),
        ("a: 1\n---\nb: 2", "several-documents", 3, 1),
        ("", "empty-document", 1, 1),
        ("# only a comment\n", "empty-document", 1, 1),
        ("a:\n\t- b", "syntax", 2, 2),
        ("a: \"b", "syntax", 1, 4),
        ("{\"a\": [1, 2}", "syntax", 1, 7),
    ] {
        let parsed = read_document("a.yaml", text.as_bytes());
        assert!(parsed.value.is_none(), "{text}");
        let found: Vec<_> = parsed.findings.iter().map(at).collect();
        assert!(found.contains(&(rule, line, column)), "{text}: {found:?}");
    }
}

#[test]
fn every_repeated_key_is_found() {
    let many = numbered(50, |key| format!("k{key}: 1\nk{key}: 2\n"));
    let parsed = read_document("a.yaml", many.as_bytes());
    assert_eq!(parsed.findings.len(), 50);
    assert!(
        parsed
            .findings
            .iter()
            .all(|finding| finding.at.line % 2 == 0)
    );
}

#[test]
fn text_stays_text() {
    let parsed = read_document("a.yaml", b"no: yes\n\"1\": one\n\"<<\": merge\n");
    let json = parsed.value.expect("a document").root.to_json();
    assert_eq!(
        json,
        serde_json::json!({"no": "yes", "1": "one", "<<": "merge"})
    );
}

#[test]
fn streams_hold_several_documents_with_places_of_the_file() {
    let file = "a.yaml".into();
    let text = b"# first\na: 1\n---\n# nothing\n---\nb:\n  c: 2\n...\n";
    let mut findings = Findings::new(&file);
    let documents = parse_stream(&file, text, 2, &mut findings);
    assert!(findings.is_empty());
    let [first, second] = documents.as_slice() else {
        panic!("two documents, {documents:?}");
    };
    assert_eq!(first.root.span.line, 2);
    let inner = second.root.get("b").and_then(|node| node.get("c"));
    assert_eq!(
        inner.map(|node| node.span),
        Some(Span { line: 7, column: 6 })
    );

    assert_eq!(parse_stream(&file, text, 1, &mut findings).len(), 1);
    assert_eq!(findings.len(), 1);
}

fn never_panics(parsed: &Parsed<zonecut_contract::Document>) -> bool {
    parsed.value.is_some() || !parsed.findings.is_empty()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        prop_assert!(never_panics(&read_document("a.yaml", &bytes)));
    }

    #[test]
    fn punctuation_never_panics(text in "[-?:,\\[\\]{}#&*!|>'\"%@` \n\ta0.~<=\u{e9}\u{feff}]{0,80}") {
        let parsed = read_document("a.yaml", text.as_bytes());
        prop_assert!(never_panics(&parsed));
        for finding in &parsed.findings {
            let lines = u32::try_from(text.split(['\n', '\r']).count()).unwrap();
            prop_assert!(finding.at.line >= 1 && finding.at.line <= lines + 1, "{finding:?}");
            prop_assert!(finding.at.column >= 1);
        }
    }

    #[test]
    fn contracts_cut_short_never_panic(cut in 0_usize..400) {
        let text = "apiVersion: v3.1.0\nkind: DataContract\nid: a\nversion: 1.0.0\nstatus: active\nschema:\n  - name: q\n    properties:\n      - name: \"a\\u00e9\"\n        logicalType: integer\n        tags: [a, 'b']\n        description: >-\n          folded\n          text\nservers: [{server: a, type: kafka, host: b}]\nteam: {members: [{username: x}]}\n";
        let cut = text.floor_char_boundary(cut.min(text.len()));
        let parsed = read_contract("a.yaml", &text.as_bytes()[..cut]);
        prop_assert!(parsed.value.is_some() || !parsed.findings.is_empty());
    }
}

//! Documents with flaws, and documents that are doubtful together: which findings, where.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::json;
use zonecut_contract::{read_contract, read_product};
use zonecut_diagnostics::LintFinding;
use zonecut_policy::filter::Predicate;
use zonecut_policy::{PolicyDocument, Snapshot, SnapshotInput, read_policies};

fn fixture(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures")
        .join(name);
    std::fs::read(path).expect("the fixture is there")
}

fn lines(findings: &[LintFinding]) -> String {
    let line = |finding: &LintFinding| {
        let place = format!("{}:{}", finding.at.line, finding.at.column);
        format!(
            "{place} {:?} {} [{}]\n    {}\n    {}\n",
            finding.severity, finding.rule, finding.path, finding.message, finding.help
        )
    };
    findings.iter().map(line).collect()
}

#[test]
fn every_flaw_of_a_policy_is_found_at_once() {
    let parsed = read_policies("policy.yaml", &fixture("documents/policy.yaml"));
    assert!(parsed.value.is_none());
    insta::assert_snapshot!(lines(&parsed.findings));
}

#[test]
fn every_document_of_a_stream_is_read() {
    let parsed = read_policies("stream.yaml", &fixture("documents/stream.yaml"));
    assert!(parsed.value.is_none());
    insta::assert_snapshot!(lines(&parsed.findings));
}

/// The least time of three that it takes to read a file.
fn read_in(text: &str) -> Duration {
    let once = || {
        let begun = Instant::now();
        let _ = read_policies("a.yaml", text.as_bytes());
        begun.elapsed()
    };
    (0..3).map(|_| once()).min().unwrap_or_default()
}

#[test]
fn ten_times_as_much_takes_about_ten_times_as_long() {
    const HEAD: &str =
        "apiVersion: zonecut/v1\nkind: Policy\nmetadata: {name: a, domain: b}\nspec:\n  filters:";
    let over_lines = |count| format!("{HEAD}\n{}", "  - rows: \"a = 'b'\"\n".repeat(count));
    let in_one = |count| format!("{HEAD} [{}]", "{rows: \"a = 'b'\"},".repeat(count));
    let documents: [&dyn Fn(usize) -> String; 3] = [&over_lines, &in_one, &|count| {
        let empty = "\n".repeat(count * 40);
        format!("{empty}{}", "---\na: 1\n".repeat(count / 100))
    }];
    for (index, document) in documents.into_iter().enumerate() {
        let (once, tenfold) = (read_in(&document(2_000)), read_in(&document(20_000)));
        // What takes the square of the time is a hundred times slower.
        assert!(tenfold < once * 30, "{index}: {once:?}, then {tenfold:?}");
    }
}

#[test]
fn bytes_that_are_no_documents_are_refused() {
    for bytes in [
        &b"\xff\xfe"[..],
        b"",
        b"# nothing\n",
        b"a: &a [*a, *a]",
        "---\na: 1\n".repeat(300).as_bytes(),
        &vec![b' '; 5 << 20],
    ] {
        let parsed = read_policies("bytes.yaml", bytes);
        assert!(
            parsed.value.is_none() && !parsed.findings.is_empty(),
            "{:?}",
            parsed.findings
        );
    }
}

#[test]
fn json_is_read_too() {
    let document = json!({"apiVersion": "zonecut/v1", "kind": "Engine", "metadata": {"name": "duck"}, "spec": {"type": "duckdb"}});
    let documents = read_policies("engine.json", document.to_string().as_bytes())
        .value
        .expect("valid");
    let ids: Vec<String> = documents.iter().map(PolicyDocument::id).collect();
    assert_eq!(ids, ["engine.global.duck"]);
}

fn world(policies: &str) -> SnapshotInput {
    let column = |name: &str, logical: &str, semantic: Option<&str>| {
        let custom =
            semantic.map(|semantic| json!([{"property": "semanticType", "value": semantic}]));
        json!({"name": name, "logicalType": logical, "customProperties": custom.unwrap_or(json!([]))})
    };
    let mut answers = column("answers", "array", None);
    answers["items"] =
        json!({"logicalType": "object", "properties": [column("rdata", "string", None)]});
    let contract = json!({
        "apiVersion": "v3.1.0", "kind": "DataContract", "id": "queries", "version": "1.0.0", "status": "active", "domain": "resolvers",
        "schema": [{"name": "queries", "logicalType": "object", "properties": [
            column("client_ip", "string", Some("net.client_ip")), column("country", "string", None), column("count", "integer", None), answers,
        ]}],
    });
    let product = |id: &str, domain: &str| {
        json!({"apiVersion": "v1.0.0", "kind": "DataProduct", "id": id, "name": id, "status": "active", "domain": domain, "version": "1.0.0",
            "outputPorts": [{"name": "queries", "version": "1.0.0", "contractId": "queries"}]})
    };
    let products = [
        product("queries-product", "resolvers"),
        product("foreign", "edge"),
    ];
    SnapshotInput {
        serial: 1,
        contracts: vec![Arc::new(
            read_contract("c.json", contract.to_string().as_bytes())
                .value
                .expect("valid"),
        )],
        products: products
            .iter()
            .map(|product| {
                Arc::new(
                    read_product("p.json", product.to_string().as_bytes())
                        .value
                        .expect("valid"),
                )
            })
            .collect(),
        policies: read_policies("policies.yaml", &fixture(policies))
            .value
            .expect("valid")
            .into_iter()
            .map(Arc::new)
            .collect(),
        ..SnapshotInput::default()
    }
}

#[test]
fn doubtful_documents_are_served_with_warnings() {
    let snapshot = Snapshot::build(&world("lint/policies.yaml")).expect("nothing is an error");
    insta::assert_snapshot!(lines(snapshot.warnings()));
}

#[test]
fn documents_that_do_not_hold_together_are_not_served() {
    let findings = Snapshot::build(&world("lint/errors.yaml")).expect_err("refused");
    insta::assert_snapshot!(lines(&findings));
}

#[test]
fn a_chain_of_roles_too_long_for_casbin_is_refused_and_a_long_one_resolved() {
    let chain = |length: usize| {
        let roles: Vec<_> = (0..length)
            .map(|role| json!({"name": format!("r{role}"), "inherits": [format!("r{}", role + 1)]}))
            .collect();
        let document = json!({"apiVersion": "zonecut/v1", "kind": "Roles", "metadata": {"name": "chain", "domain": "resolvers"},
            "spec": {"roles": roles, "bindings": [{"role": "r0", "users": ["ana"]}]}});
        let grant = json!({"apiVersion": "zonecut/v1", "kind": "Policy", "metadata": {"name": "last", "domain": "resolvers"},
            "spec": {"grants": [{"to": {"roles": [format!("r{length}")]}}]}});
        let mut input = world("lint/policies.yaml");
        input.policies = [document, grant]
            .iter()
            .flat_map(|document| {
                read_policies("chain.json", document.to_string().as_bytes())
                    .value
                    .expect("valid")
            })
            .map(Arc::new)
            .collect();
        Snapshot::build(&input)
    };
    let findings = chain(40).expect_err("too long");
    assert!(
        findings.iter().any(|finding| finding.rule == "role-depth"),
        "{findings:#?}"
    );
    let body = r#"{"principal":{"user":"ana"},"action":"select","objects":[{"contract":"queries","object":"queries"}]}"#;
    let request = serde_json::from_str(body).expect("a request");
    let response = chain(30)
        .expect("short enough")
        .decide(&request, "id", crate::world::now());
    assert!(response.decisions[0].allow, "{response:#?}");
}

#[test]
fn requests_are_read_strictly() {
    let refused = |body: &str| {
        serde_json::from_str::<zonecut_policy::DecisionRequest<'_>>(body)
            .expect_err("refused")
            .to_string()
    };
    let with = |extra: &str| {
        format!(r#"{{"principal":{{"user":"ana"}},"action":"select","objects":[],{extra}}}"#)
    };
    assert!(refused(&with(r#""region":"br""#)).starts_with("unknown field `region`"));
    assert!(refused(&with(r#""action":"select""#)).starts_with("duplicate field `action`"));
    assert!(
        refused(r#"{"principal":{"user":"ana","roles":[]},"action":"select","objects":[]}"#)
            .starts_with("unknown field `roles`")
    );
    assert!(
        refused(r#"{"principal":{},"action":"select","objects":[]}"#)
            .starts_with("missing field `user`")
    );
    let escaped = with(r#""purpose":"a\"b""#);
    let request: zonecut_policy::DecisionRequest<'_> =
        serde_json::from_str(&escaped).expect("valid");
    assert_eq!(request.purpose.as_deref(), Some("a\"b"));
}

/// What is doubtful when `rules` stand in a policy about the contract of [`world`].
fn doubts(rules: &str) -> Vec<LintFinding> {
    let document = format!(
        "apiVersion: zonecut/v1\nkind: Policy\nmetadata: {{name: p, domain: resolvers}}\nspec:\n{rules}"
    );
    let policies = read_policies("p.yaml", document.as_bytes());
    let input = SnapshotInput {
        policies: policies
            .value
            .unwrap_or_else(|| panic!("{:?}", policies.findings))
            .into_iter()
            .map(Arc::new)
            .collect(),
        ..world("lint/policies.yaml")
    };
    Snapshot::build(&input)
        .expect("nothing is an error")
        .warnings()
        .to_vec()
}

#[test]
fn a_selector_that_picks_nothing_is_doubtful() {
    let findings = doubts(
        "  grants:
    - {name: container, to: {users: [ana]}, columns: {names: ['answers[]', country]}}
    - {name: typo, to: {users: [ana]}, columns: {names: [country, contry]}}
  denies:
    - {name: no-such-tag, columns: {tags: [pii]}}
    - {name: no-such-class, columns: {classifications: [restrictd]}}
  masks:
    - {name: none-is-restricted, columns: {classifications: [Restricted]}, mask: {type: null}}
    - {name: other-type, columns: {semanticTypes: [dns.qname]}, mask: {type: null}}
    - {name: never-both, columns: {names: [count], semanticTypes: [net.client_ip]}, mask: {type: null}}
    - {name: fine, columns: {semanticTypes: [net.client_ip]}, mask: {type: null}}
",
    );
    insta::assert_snapshot!(lines(&findings));
}

#[test]
fn masks_that_meet_in_null_are_reported_once_per_pair_and_within_bounds() {
    let mask = |number: usize| match number % 2 {
        0 => "{type: ip-prefix, v4: 24}".to_owned(),
        _ => format!("{{type: hash-keyed, key: mesh, epoch: {number}}}"),
    };
    let masks = |count: usize| {
        let one = |number| {
            let mask = mask(number);
            format!("    - {{name: m{number}, columns: {{names: [client_ip]}}, mask: {mask}}}\n")
        };
        let rules: String = (0..count).map(one).collect();
        doubts(&format!("  masks:\n{rules}"))
    };
    let rules =
        |findings: &[LintFinding], rule: &str| findings.iter().filter(|it| it.rule == rule).count();
    let few = masks(4);
    assert!((1..=6).contains(&rules(&few, "masks-meet-in-null")));
    assert_eq!(rules(&few, "more-findings"), 0);
    let many = masks(200);
    assert_eq!(rules(&many, "masks-meet-in-null"), 100);
    assert_eq!(rules(&many, "more-findings"), 1);
}

#[test]
fn a_filter_that_is_nested_too_deeply_is_told_so() {
    let nested = |depth| format!("{}a = 1{}", "not (".repeat(depth), ")".repeat(depth));
    assert!(Predicate::parse(&nested(5)).is_ok());
    let refused = Predicate::parse(&nested(50)).unwrap_err();
    assert_eq!(refused.message, "the predicate is nested too deeply");
}

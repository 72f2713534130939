//! The typed view: places, addresses, inheritance, both shapes of a team.

use zonecut_contract::{Contract, Lifecycle, read_contract, read_product};
use zonecut_diagnostics::Span;

fn contract(text: &str) -> Contract {
    let parsed = read_contract("a.yaml", text.as_bytes());
    parsed
        .value
        .unwrap_or_else(|| panic!("{:?}", parsed.findings))
}

const HEAD: &str =
    "apiVersion: v3.1.0\nkind: DataContract\nid: a\nversion: 1.0.0\nstatus: active\n";

#[test]
fn keys_and_values_know_their_place_in_characters() {
    let contract = contract(&format!(
        "{HEAD}name: \"Übertragung\"\ndescription: {{usage: ünï, purpose: x}}\n"
    ));
    let root = contract.root();
    let name = root.entry("name").unwrap();
    assert_eq!(name.key_span, Span { line: 6, column: 1 });
    assert_eq!(name.node.span, Span { line: 6, column: 7 });
    let purpose = root.get("description").unwrap().entry("purpose").unwrap();
    assert_eq!(
        purpose.key_span,
        Span {
            line: 7,
            column: 27
        }
    );
    assert_eq!(
        purpose.node.span,
        Span {
            line: 7,
            column: 36
        }
    );
}

#[test]
fn json_knows_its_places_too() {
    let text = "{\n\t\"apiVersion\": \"v3.1.0\", \"kind\": \"DataContract\",\n\t\"id\": \"\\ud83d\\ude00\\/\\u00e9\", \"version\": \"1.0.0\",\r\n  \"status\": \"active\"}";
    let contract = contract(text);
    assert_eq!(contract.id, "😀/é");
    assert_eq!(
        contract.root().get("version").unwrap().span,
        Span {
            line: 3,
            column: 43
        }
    );
    assert_eq!(
        contract.root().entry("status").unwrap().key_span,
        Span { line: 4, column: 3 }
    );
}

#[test]
fn block_scalars_stand_where_their_text_begins() {
    let contract = contract(&format!(
        "{HEAD}description:\n  usage: |\n    one\n    two\n  purpose: >-\n    three\n    four\n"
    ));
    assert_eq!(contract.description.usage.as_deref(), Some("one\ntwo\n"));
    assert_eq!(contract.description.purpose.as_deref(), Some("three four"));
    let usage = contract
        .root()
        .get("description")
        .unwrap()
        .get("usage")
        .unwrap();
    assert_eq!(usage.span, Span { line: 8, column: 5 });
}

#[test]
fn a_byte_order_mark_changes_nothing() {
    let parsed = read_contract("a.yaml", format!("\u{feff}{HEAD}").as_bytes());
    let marked = parsed.value.expect("a contract");
    assert_eq!(marked.content_hash(), contract(HEAD).content_hash());
}

#[test]
fn elements_are_addressed_and_inherit() {
    let text = format!(
        "{HEAD}tags: [dns]
schema:
  - name: queries
    tags: [logs]
    properties:
      - name: client
        logicalType: object
        classification: restricted
        tags: [pii, dns]
        properties:
          - name: ip
            tags: [address]
          - name: port
            classification: internal
      - name: answers
        logicalType: array
        items:
          logicalType: object
          properties:
            - name: rdata
      - name: matrix
        logicalType: array
        items:
          logicalType: array
          items: {{logicalType: integer}}
"
    );
    let contract = contract(&text);
    let columns = contract.columns(contract.object("queries").unwrap());
    let seen: Vec<(&str, Option<&str>, String)> = columns
        .iter()
        .map(|column| {
            (
                column.path.as_str(),
                column.classification,
                column.tags.join(" "),
            )
        })
        .collect();
    let tags = |more: &str| format!("dns logs{more}");
    assert_eq!(
        seen,
        [
            ("client", Some("restricted"), tags(" pii")),
            ("client.ip", Some("restricted"), tags(" pii address")),
            ("client.port", Some("internal"), tags(" pii")),
            ("answers", None, tags("")),
            ("answers[]", None, tags("")),
            ("answers[].rdata", None, tags("")),
            ("matrix", None, tags("")),
            ("matrix[]", None, tags("")),
            ("matrix[][]", None, tags("")),
        ]
    );
}

#[test]
fn maps_have_keys_and_values() {
    let text = "apiVersion: v3.2.0\nkind: DataContract\nid: a\nversion: 1.0.0\nschema:
  - name: q
    properties:
      - name: labels
        logicalType: map
        map:
          key: {logicalType: string}
          value: {logicalType: object, properties: [{name: count, logicalType: integer}]}
      - name: rcode
        logicalType: string
        enum: [{value: NOERROR}, {value: NXDOMAIN}]
";
    let contract = contract(text);
    let paths: Vec<String> = contract.objects()[0]
        .walk()
        .into_iter()
        .map(|(path, _)| path)
        .collect();
    assert_eq!(
        paths,
        [
            "labels",
            "labels{key}",
            "labels{value}",
            "labels{value}.count",
            "rcode"
        ]
    );
    let allowed = contract.objects()[0].properties[1]
        .allowed
        .as_ref()
        .unwrap();
    assert_eq!(
        allowed,
        &[serde_json::json!("NOERROR"), serde_json::json!("NXDOMAIN")]
    );
    assert_eq!(contract.status, "", "3.2 may leave it out");
}

#[test]
fn a_team_is_a_list_or_has_members() {
    let old = "apiVersion: v3.0.2\nkind: DataContract\nid: a\nversion: 1.0.0\nstatus: active\nteam: [{username: ana, role: Owner}, {username: rui}]\n";
    let new = format!(
        "{HEAD}team: {{name: dns, members: [{{username: ana, role: Owner}}, {{username: rui}}]}}\n"
    );
    for contract in [contract(old), contract(&new)] {
        let all: Vec<&str> = contract
            .team
            .iter()
            .map(|member| member.username.as_str())
            .collect();
        assert_eq!(all, ["ana", "rui"]);
        let owners: Vec<&str> = contract
            .owners()
            .iter()
            .map(|member| member.username.as_str())
            .collect();
        assert_eq!(owners, ["ana"]);
    }
}

#[test]
fn sections_are_read() {
    let text = format!(
        "{HEAD}servers:
  - {{server: lake, type: trino, host: h, port: 443, catalog: dns, schema: gold, customProperties: [{{property: region, value: br}}]}}
  - {{server: warehouse, type: redshift, database: d, schema: s, region: eu}}
slaProperties:
  - {{property: latency, value: 5, unit: min, element: q, driver: operational}}
  - {{property: timeOfAvailability, value: 09:00-03:00}}
roles: [{{role: reader, access: read, firstLevelApprovers: ana}}]
support: [{{channel: noc, url: 'mailto:noc@example.org'}}]
price: {{priceAmount: 9.95, priceCurrency: USD, priceUnit: megabyte}}
customProperties: [{{property: slo, value: {{objective: 99.5, window: P30D}}}}]
"
    );
    let contract = contract(&text);
    let regions: Vec<_> = contract
        .servers
        .iter()
        .map(|server| server.region.as_deref())
        .collect();
    assert_eq!(regions, [Some("br"), Some("eu")]);
    assert_eq!(contract.servers[0].catalog.as_deref(), Some("dns"));
    assert_eq!(contract.sla[0].value, serde_json::json!(5));
    assert_eq!(contract.sla[1].value, serde_json::json!("09:00-03:00"));
    assert_eq!(contract.roles[0].first_approvers.as_deref(), Some("ana"));
    assert_eq!(
        contract.support[0].url.as_deref(),
        Some("mailto:noc@example.org")
    );
    assert_eq!(contract.price.unwrap().amount.unwrap().to_string(), "9.95");
    assert_eq!(contract.custom["slo"]["objective"], serde_json::json!(99.5));
}

#[test]
fn quality_and_relationships_are_read() {
    let text = format!(
        "{HEAD}schema:
  - name: q
    relationships: [{{type: foreignKey, from: [q.a, q.b], to: [z.a, z.b]}}]
    quality: [{{name: rows, metric: rowCount, mustBeGreaterThan: 10, unit: rows}}]
    properties:
      - name: a
        relationships: [{{to: z.a}}]
        transformLogic: lower(x)
"
    );
    let contract = contract(&text);
    let object = &contract.objects()[0];
    assert_eq!(object.relationships[0].from, ["q.a", "q.b"]);
    assert_eq!(object.properties[0].relationships[0].to, ["z.a"]);
    assert_eq!(object.properties[0].relationships[0].kind, "foreignKey");
    assert_eq!(
        object.quality[0].bounds["mustBeGreaterThan"],
        serde_json::json!(10)
    );
    assert_eq!(
        object.properties[0].transform.logic.as_deref(),
        Some("lower(x)")
    );
}

#[test]
fn products_have_ports() {
    let text = "apiVersion: v1.0.0\nkind: DataProduct\nid: p\nstatus: active\nversion: 1.0.0\ndescription: {purpose: why}\ninputPorts: [{name: i, version: 1.0.0, contractId: c}]\noutputPorts: [{name: o, version: 2.0.0}]\nteam: {members: [{username: ana}]}\n";
    let product = read_product("p.yaml", text.as_bytes()).value.unwrap();
    assert_eq!(product.purpose.as_deref(), Some("why"));
    assert_eq!(product.input_ports[0].contract_id.as_deref(), Some("c"));
    assert_eq!(product.output_ports[0].contract_id, None);
    assert_eq!(product.owners()[0].username, "ana");
}

#[test]
fn unknown_keys_are_kept_and_warned_about() {
    let parsed = read_contract("a.yaml", format!("{HEAD}ownr: me\n").as_bytes());
    let rules: Vec<&str> = parsed
        .findings
        .iter()
        .map(|finding| finding.rule.as_str())
        .collect();
    assert_eq!(rules, ["unknown-key"]);
    let contract = parsed.value.expect("a warning is no error");
    assert_eq!(
        contract.root().get("ownr").and_then(|node| node.as_str()),
        Some("me")
    );
}

#[test]
fn a_status_stands_for_one_stage_however_it_is_spelled() {
    let stage = |status: &str| {
        let text = HEAD.replace("status: active", &format!("status: {status}"));
        contract(&text).lifecycle()
    };
    assert_eq!(stage("Retired"), Lifecycle::Retired);
    assert_eq!(stage("\" ACTIVE \""), Lifecycle::Active);
    for (status, decides, tentative) in [
        ("Proposed", false, true),
        ("\"draft \"", false, true),
        ("Active", true, false),
        ("DEPRECATED", true, false),
        ("retired", false, false),
        ("production", false, false),
        ("\" \"", false, false),
    ] {
        let stage = stage(status);
        assert_eq!(stage.decides(), decides, "{status}");
        assert_eq!(stage.is_tentative(), tentative, "{status}");
    }
}

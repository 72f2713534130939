//! What makes more personal data visible, however it is written.

use zonecut_diagnostics::{Perspective, Severity};
use zonecut_evolution::compare;

use crate::support::{contract, settings};

/// Personal data in one region, for a while, for some.
const BASE: &str = "apiVersion: v3.1.0
kind: DataContract
id: c
version: 1.0.0
status: active
servers:
  - server: lake
    type: trino
    host: trino.example.net
    port: 8443
    catalog: dns
    schema: recursive
    customProperties:
      - property: region
        value: br
  - server: archive
    type: s3
    location: s3://archive/queries
roles:
  - role: analyst
    access: write
slaProperties:
  - id: keep
    property: retention
    value: 30
    unit: d
schema:
  - name: queries
    classification: restricted
    properties:
      - name: client_ip
        tags: [pii]
      - name: site
        classification: internal
";

/// What governance hears of a change: the old text and the new text of each edit.
fn governance(edits: &[(&str, &str)]) -> Vec<(String, String, Severity)> {
    governance_from(&[], edits)
}

/// The same where the base was edited before.
fn governance_from(
    first: &[(&str, &str)],
    edits: &[(&str, &str)],
) -> Vec<(String, String, Severity)> {
    let edit = |base: String, (old, new): &(&str, &str)| {
        assert!(base.contains(old), "{old}");
        base.replace(old, new)
    };
    let before = first.iter().fold(BASE.to_owned(), edit);
    let after = edits.iter().fold(before.clone(), edit);
    let report = compare(
        Some(&contract("before", &before)),
        Some(&contract("after", &after)),
        &settings(),
    );
    report
        .findings
        .into_iter()
        .filter(|finding| finding.perspective == Perspective::Governance)
        .map(|finding| (finding.rule, finding.path, finding.severity))
        .collect()
}

fn one(rule: &str, path: &str, severity: Severity) -> Vec<(String, String, Severity)> {
    vec![(rule.to_owned(), path.to_owned(), severity)]
}

#[test]
fn a_class_is_inherited() {
    use Severity::{Breaking, Note};
    let lowered = governance(&[("client_ip\n", "client_ip\n        classification: public\n")]);
    assert_eq!(
        lowered,
        one("classification-lowered", "queries.client_ip", Breaking)
    );
    let repeated = governance(&[(
        "client_ip\n",
        "client_ip\n        classification: restricted\n",
    )]);
    assert_eq!(repeated, []);
    let withdrawn = governance(&[("        classification: internal\n", "")]);
    assert_eq!(
        withdrawn,
        one("classification-raised", "queries.site", Note)
    );
    let container = governance(&[("    classification: restricted\n", "")]);
    assert_eq!(
        container,
        one("classification-lowered", "queries", Breaking)
    );
}

#[test]
fn a_class_may_move_inwards() {
    use Severity::{Breaking, Note};
    let withdrawn = (
        "    classification: restricted\n    properties",
        "    properties",
    );
    let restricted = (
        "client_ip\n",
        "client_ip\n        classification: restricted\n",
    );
    assert_eq!(governance(&[withdrawn, restricted]), []);
    let internal = (
        "client_ip\n",
        "client_ip\n        classification: internal\n",
    );
    assert_eq!(
        governance(&[withdrawn, internal]),
        [
            one("classification-lowered", "queries", Breaking),
            one("classification-lowered", "queries.client_ip", Breaking)
        ]
        .concat()
    );
    let higher = (
        "classification: internal\n",
        "classification: confidential\n",
    );
    assert_eq!(
        governance(&[withdrawn, restricted, higher]),
        one("classification-raised", "queries.site", Note)
    );
}

#[test]
fn tags_hold_for_everything_inside() {
    use Severity::{Breaking, Note};
    let removed = ("        tags: [pii]\n", "");
    let on_object = ("name: queries\n", "name: queries\n    tags: [PII]\n");
    let on_contract = ("status: active\n", "status: active\ntags: [pii]\n");
    let on_site = ("name: site\n", "name: site\n        tags: [pii]\n");
    let added = |path| one("tag-added", path, Note);
    assert_eq!(governance(&[removed, on_object]), added("queries"));
    assert_eq!(governance(&[removed, on_contract]), added("tags"));
    let lost = |path| one("tag-removed", path, Breaking);
    assert_eq!(
        governance(&[removed, on_site]),
        [lost("queries.client_ip"), added("queries.site")].concat()
    );

    let back = |edits: &[(&str, &str)], base: &[(&str, &str)]| governance_from(base, edits);
    let withdrawn = ("    tags: [PII]\n", "");
    assert_eq!(
        back(&[withdrawn, on_site], &[on_object]),
        added("queries.site")
    );
    assert_eq!(back(&[withdrawn], &[on_object]), lost("queries"));
    let withdrawn = ("tags: [pii]\nservers", "servers");
    assert_eq!(
        back(&[withdrawn, on_site], &[on_contract]),
        added("queries.site")
    );
    assert_eq!(back(&[withdrawn], &[on_contract]), lost("tags"));
}

/// The rules that speak when the access of a role turns.
fn of_roles(before: &str, after: &str) -> Vec<(String, Perspective, Severity)> {
    let contract = |word: &str| {
        let access = format!("access: {word}");
        contract(word, &BASE.replace("access: write", &access))
    };
    let report = compare(Some(&contract(before)), Some(&contract(after)), &settings());
    let roles = report
        .findings
        .into_iter()
        .filter(|finding| finding.rule.starts_with("role-"));
    roles
        .map(|finding| (finding.rule, finding.perspective, finding.severity))
        .collect()
}

#[test]
fn what_shrinks_is_narrowed_and_not_widened() {
    use Perspective::{Consumer, Governance};
    use Severity::{Breaking, Note, Warning};
    let widened = |severity| ("role-widened".to_owned(), Governance, severity);
    let narrowed = || ("role-narrowed".to_owned(), Consumer, Breaking);
    for (before, after, expected) in [
        // Less than before, and what is left is what policies read.
        ("read-write", "read", vec![narrowed()]),
        ("write", "read", vec![narrowed()]),
        ("admin", "read", vec![narrowed()]),
        // As much as before, in the word that policies read.
        ("Read", "read", vec![widened(Note)]),
        ("select", "read", vec![widened(Note)]),
        ("read", "select", vec![narrowed()]),
        ("Read", "select", vec![]),
        ("none", "read", vec![widened(Breaking)]),
        ("read", "write", vec![widened(Breaking)]),
        ("whatever", "read", vec![widened(Breaking)]),
        ("read", "whatever", vec![widened(Warning)]),
    ] {
        let found = of_roles(before, after);
        assert_eq!(found, expected, "{before} -> {after}");
    }
}

#[test]
fn a_region_that_is_not_stated_is_no_promise() {
    use Severity::{Breaking, Warning};
    let archive = "location: s3://archive/queries\n";
    let region = |name: &str| {
        format!("{archive}    customProperties:\n      - property: region\n        value: {name}\n")
    };
    let entered = governance(&[(archive, &region("br"))]);
    assert_eq!(
        entered,
        one("residency-widened", "servers[archive]", Warning)
    );
    let entered = governance(&[(archive, &region("us"))]);
    assert_eq!(
        entered,
        one("residency-widened", "servers[archive]", Breaking)
    );
    let stated = "    customProperties:\n      - property: region\n        value: br\n";
    let removed = governance(&[(stated, "")]);
    assert_eq!(removed, one("residency-widened", "servers[lake]", Warning));
    let server = "  - server: copy\n    type: s3\n    location: s3://copy/queries\n";
    let added = governance(&[(archive, &format!("{archive}{server}"))]);
    assert_eq!(added, one("residency-widened", "servers[copy]", Warning));
    let renamed = governance(&[("s3://archive/queries", "s3://archive/elsewhere")]);
    assert_eq!(renamed, []);
}

#[test]
fn a_retention_that_nobody_can_compare_is_not_kept() {
    use Severity::{Breaking, Warning};
    let path = "slaProperties[retention]";
    for (edit, path, severity) in [
        (("value: 30", "value: forever"), path, Breaking),
        (("value: 30", "value: inf"), path, Breaking),
        (
            ("property: retention", "property: latency"),
            "slaProperties[latency]",
            Breaking,
        ),
        (("unit: d\n", "unit: d\n    valueExt: 60\n"), path, Warning),
        (("unit: d\n", "unit: moons\n"), path, Warning),
    ] {
        assert_eq!(
            governance(&[edit]),
            one("retention-lengthened", path, severity),
            "{edit:?}"
        );
    }
    assert_eq!(governance(&[("value: 30", "value: 7")]), []);
    assert_eq!(
        governance(&[("value: 30\n    unit: d", "value: 720\n    unit: h")]),
        []
    );
}

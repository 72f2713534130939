//! What lint says about products that their schema allows.

use zonecut_contract::lint_document;

fn lint(rest: &str) -> Vec<(String, String)> {
    let text = format!("apiVersion: v1.0.0\nkind: DataProduct\nid: p\nstatus: active\n{rest}");
    let findings = lint_document("p.odps.yaml", text.as_bytes()).findings;
    findings
        .into_iter()
        .map(|finding| (finding.rule, finding.path))
        .collect()
}

fn one(rule: &str, path: &str) -> Vec<(String, String)> {
    vec![(rule.to_owned(), path.to_owned())]
}

#[test]
fn versions_of_products_and_ports_are_semantic() {
    assert_eq!(lint("version: abc\n"), one("version-not-semver", "version"));
    for section in ["inputPorts", "outputPorts"] {
        assert_eq!(
            lint(&format!(
                "version: 1.0.0\n{section}: [{{name: o, version: latest, contractId: c}}]\n"
            )),
            one("version-not-semver", &format!("{section}[o].version"))
        );
    }
    assert_eq!(
        lint(
            "version: 1.0.0-rc.1\noutputPorts: [{name: o, version: 99999999999999999999.0.0, contractId: c}]\n"
        ),
        []
    );
}

#[test]
fn a_port_is_its_name_and_version() {
    let ports = |versions: [&str; 2]| {
        lint(&format!(
            "outputPorts: [{{name: o, version: {}, contractId: c}}, {{name: o, version: {}, contractId: c}}]\n",
            versions[0], versions[1]
        ))
    };
    assert_eq!(
        ports(["1.0.0", "1.0.0"]),
        one("duplicate-name", "outputPorts[o]")
    );
    assert_eq!(ports(["1.0.0", "2.0.0"]), []);
}

#[test]
fn no_mode_is_none() {
    let text = "apiVersion: v3.1.0\nkind: DataContract\nid: c\nversion: 1.0.0\nstatus: active\ncustomProperties: [{property: compatibility, value: none}]\n";
    let findings = lint_document("c.odcs.yaml", text.as_bytes()).findings;
    let rules: Vec<&str> = findings.iter().map(|it| it.rule.as_str()).collect();
    assert_eq!(rules, ["extension-invalid"]);
}

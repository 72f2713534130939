//! Secrets in documents reach no output.

use crate::support::{CONTRACT, Folder};

#[test]
fn no_format_of_any_command_tells_a_secret() {
    let token = "ghp_16C7e42F292c6912E7710c838347Ae178B4a";
    let with = |more: &str| format!("{CONTRACT}{more}");
    let query = format!(
        "quality:\n  - {{type: sql, query: \"SELECT '{token}', dblink('password=hunter2pw')\", mustBe: 0}}\n"
    );
    let cases = [
        with("customProperties: [{property: password, value: hunter2pw}]\n"),
        with("customProperties: [{value: hunter2pw, property: password}]\n"),
        with("xFoo:\n  password: |\n    hunter2pw\n"),
        with("xFoo: {passwords: [hunter2pw, hunter2pwd]}\n"),
        with("xFoo: {password: 8675309123}\n"),
        with("x: \"\\u0067hp_16C7e42F292c6912E7710c838347Ae178B4a\"\n"),
        with(&format!(
            "customProperties: [{{property: {token}, value: 1}}]\n"
        )),
        with(&format!("{token}: 1\nroles: [{{role: {token}}}]\n")),
        with(&query),
        CONTRACT.replace("recursive-queries", token),
        CONTRACT.replace("1.0.0", token),
        CONTRACT.replace("unit: h", &format!("unit: {token}")),
        CONTRACT.replace("name: qname", &format!("name: {token}")),
    ];
    let formats = [
        "human", "json", "sarif", "junit", "github", "gitlab", "azure", "markdown",
    ];
    for after in cases {
        let folder = Folder::new();
        folder
            .write("before.yaml", CONTRACT)
            .write("after.yaml", &after);
        for arguments in [
            &["lint", "after.yaml"][..],
            &["check", "--before", "before.yaml", "--after", "after.yaml"],
            &["check", "--before", "after.yaml", "--after", "before.yaml"],
            &["diff", "before.yaml", "after.yaml"],
        ] {
            for format in formats {
                let answer = folder.zonecut(&[arguments, &["--format", format]].concat());
                for secret in [token, &token[4..], "hunter2pw", "8675309123"] {
                    let all = format!("{}{}", answer.out, answer.err);
                    assert!(!all.contains(secret), "{arguments:?} {format}: {all}");
                }
                if arguments[0] == "lint" && format == "json" {
                    assert!(answer.out.contains("secret-in-document"), "{after}");
                }
            }
        }
    }
}

//! Every format on every command that reports findings.

use crate::support::{CONTRACT, Folder, without_qname};

const FORMATS: [(&str, &str); 6] = [
    ("sarif", "\"version\": \"2.1.0\""),
    ("junit", "<testsuites name=\"zonecut "),
    ("github", "::error file="),
    ("gitlab", "\"check_name\":"),
    ("azure", "##vso[task.logissue type=error;"),
    ("markdown", "<!-- zonecut "),
];

const TESTS: &str = "\
apiVersion: zonecut/v1
kind: PolicyTest
metadata: {name: nobody}
cases:
  - name: ana reads
    principal: {user: ana}
    contract: recursive-queries
    object: queries
    expect: {allow: true}
";

/// A folder in which each command has something to object to.
fn folder() -> Folder {
    let folder = Folder::new();
    folder
        .write("before.yaml", CONTRACT)
        .write("after.yaml", &without_qname())
        .write("bad/a.odcs.yaml", "kind: DataContract\n")
        .write("bad/policy.yaml", "apiVersion: zonecut/v1\nkind: Nothing\n")
        .write("policies/a.odcs.yaml", CONTRACT)
        .write("policies/nobody.test.yaml", TESTS);
    folder
}

const COMMANDS: [(&[&str], i32); 4] = [
    (
        &["check", "--before", "before.yaml", "--after", "after.yaml"],
        1,
    ),
    (&["lint", "bad/a.odcs.yaml"], 1),
    (&["policy", "lint", "bad/policy.yaml"], 2),
    (&["policy", "test", "policies"], 1),
];

#[test]
fn every_command_that_finds_has_every_format() {
    let folder = folder();
    for (command, exit) in COMMANDS {
        for (format, shows) in FORMATS {
            let answer = folder.zonecut(&[command, &["--format", format]].concat());
            assert_eq!(
                answer.exit, exit,
                "{command:?} {format}: {}{}",
                answer.out, answer.err
            );
            assert!(
                answer.out.contains(shows),
                "{command:?} {format}: {}",
                answer.out
            );
        }
    }
}

#[test]
fn reports_are_written_beside_what_is_printed() {
    let folder = folder();
    let answer = folder.zonecut(&[
        "check",
        "--before",
        "before.yaml",
        "--after",
        "after.yaml",
        "--color",
        "always",
        "--report",
        "sarif=a.sarif",
        "--report",
        "human=a.txt",
    ]);
    assert_eq!(answer.exit, 1, "{}", answer.err);
    assert!(answer.out.contains("\u{1b}["));
    assert!(folder.read("a.sarif").contains("2.1.0"));
    let text = folder.read("a.txt");
    assert!(
        text.starts_with("not publishable") && !text.contains('\u{1b}'),
        "{text}"
    );
    let answer = folder.zonecut(&["lint", "before.yaml", "--report", "json=no/such/folder"]);
    assert_eq!(answer.exit, 3);
    assert!(
        answer.err.contains("can't write `no/such/folder`"),
        "{}",
        answer.err
    );
    let answer = folder.zonecut(&["lint", "before.yaml", "--report", "xml=a"]);
    assert_eq!(answer.exit, 2);
}

#[test]
fn facts_are_no_findings() {
    let folder = folder();
    for extra in [["--format", "sarif"], ["--report", "json=a"]] {
        let answer = folder.zonecut(&[&["diff", "before.yaml", "after.yaml"][..], &extra].concat());
        assert_eq!(answer.exit, 2);
        assert_eq!(
            answer.err,
            "error: `diff` reports no findings: it has `--format human` and `--format json` only\n"
        );
    }
}

#[test]
fn colour_is_asked_for_or_left_out() {
    let folder = folder();
    let lint = "zonecut lint before.yaml --quiet";
    let coloured = |script: &str, environment: &[(&str, &str)]| {
        folder.bash(script, environment).out.contains('\u{1b}')
    };
    assert!(!coloured(lint, &[]));
    assert!(coloured(
        &format!("{lint} --color always"),
        &[("NO_COLOR", "1")]
    ));
    assert!(!coloured(&format!("{lint} --color never"), &[]));
}

#[test]
fn a_document_does_not_write_to_the_terminal() {
    let folder = folder();
    let name = r#"name: "qname\e[2J\u202e""#;
    folder.write("after.yaml", &CONTRACT.replace("name: qname", name));
    let answer = folder.zonecut(&["check", "--before", "before.yaml", "--after", "after.yaml"]);
    assert!(
        answer.out.contains("qname\u{fffd}[2J\u{fffd}"),
        "{}",
        answer.out
    );
    assert!(
        !answer.out.contains(['\u{1b}', '\u{202e}']),
        "{:?}",
        answer.out
    );
}

//! What `zonecut new` begins is sound, and the guide that begins with it does what it shows.
//!
//! `ZONECUT_BLESS=1 cargo test -p zonecut-cli` writes the guide's blocks anew.

use std::path::Path;

use crate::support::Folder;

#[test]
fn new_documents_are_sound_together() {
    let folder = Folder::new();
    for (kind, file) in [
        ("contract", "cache.odcs.yaml"),
        ("product", "cache.odps.yaml"),
        ("policy", "cache.policy.yaml"),
        ("policy-schema", "policy.schema.json"),
        ("config", "zonecut.toml"),
        ("config-schema", "zonecut.schema.json"),
        ("policy-test", "cache.test.yaml"),
        ("policy-test-schema", "policy-test.schema.json"),
    ] {
        let answer = folder.zonecut(&["new", kind, "resolver-cache"]);
        assert_eq!(answer.exit, 0, "{}", answer.err);
        assert!(!answer.out.contains("my-product"), "{}", answer.out);
        folder.write(file, &answer.out);
    }
    assert_eq!(folder.zonecut(&["policy", "test", "."]).exit, 0);
    for command in [&["lint", "."][..], &["policy", "lint", "."]] {
        let answer = folder.zonecut(command);
        assert_eq!(
            (answer.exit, answer.out.as_str()),
            (0, "valid: nothing to say\n")
        );
    }
    let text = folder.read("zonecut.toml");
    let schema = text
        .lines()
        .next()
        .unwrap()
        .strip_prefix("#:schema ")
        .unwrap();
    assert!(folder.read(schema).contains("\"title\": \"zonecut.toml\""));
    for file in [
        "cache.odcs.yaml",
        "cache.odps.yaml",
        "cache.policy.yaml",
        "cache.test.yaml",
    ] {
        let text = folder.read(file);
        let first = text.lines().next().unwrap();
        let schema = first
            .strip_prefix("# yaml-language-server: $schema=")
            .unwrap();
        assert!(
            schema.starts_with("https://") || folder.read(schema).contains("\"title\": \"Policy")
        );
    }
}

#[test]
fn a_name_is_one_everywhere() {
    let folder = Folder::new();
    for name in ["a: b", "A", "1a", "a\nb", ""] {
        assert_eq!(folder.zonecut(&["new", "contract", name]).exit, 2, "{name}");
    }
}

/// A page with every `console` block as it really runs, one after the other in one folder.
fn performed(page: &str, folder: &Folder) -> String {
    let mut shown = Vec::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        shown.push(line.to_owned());
        if line != "```console" {
            continue;
        }
        let block = lines.by_ref().take_while(|line| *line != "```");
        for command in block.filter_map(|line| line.strip_prefix("$ ")) {
            shown.push(format!("$ {command}"));
            let answer = folder.bash(&format!("set +e; exec 2>&1; {command}"), &[]);
            shown.extend(answer.out.lines().map(str::to_owned));
        }
        shown.push("```".to_owned());
    }
    shown.join("\n") + "\n"
}

#[test]
fn the_guide_shows_what_happens() {
    let guide = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/guides/ci.md");
    let shown = std::fs::read_to_string(&guide).unwrap();
    let performed = performed(&shown, &Folder::new());
    if std::env::var_os("ZONECUT_BLESS").is_some() {
        std::fs::write(&guide, &performed).unwrap();
    }
    assert!(
        shown == performed || std::env::var_os("ZONECUT_BLESS").is_some(),
        "{performed}"
    );
    let codes: Vec<&str> = performed
        .lines()
        .filter(|line| line.starts_with("exit code"))
        .collect();
    assert_eq!(
        codes,
        ["exit code 1", "exit code 0"],
        "it fails, then passes"
    );
}

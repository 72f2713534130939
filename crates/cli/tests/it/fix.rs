//! `zonecut lint --fix`.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use crate::support::{CONTRACT, Folder};

#[test]
fn fix_changes_the_words_and_reports_what_is_left() {
    let folder = Folder::new();
    let draft = CONTRACT
        .replace("version: 1.0.0", "version: v1.0.0 # the tag")
        .replace("status: active", "ownKey: 1\nstatus: Active")
        .replace('\n', "\r\n");
    folder.write("contracts/a.odcs.yaml", &draft);
    let path = folder.path().join("contracts/a.odcs.yaml");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();

    let answer = folder.zonecut(&["lint", "--fix", "contracts"]);
    assert_eq!(answer.exit, 0, "{}", answer.err);
    assert!(answer.out.contains("ownKey"), "{}", answer.out);
    assert!(
        !answer.out.contains("not a semantic version"),
        "{}",
        answer.out
    );
    assert_eq!(
        answer.err,
        "fixed contracts/a.odcs.yaml:5:10: `v1.0.0` is now `1.0.0` (version-not-semver)\n\
         fixed contracts/a.odcs.yaml:7:9: `Active` is now `active` (word-in-other-letters)\n"
    );
    let mended = draft
        .replace("v1.0.0 #", "1.0.0 #")
        .replace("Active", "active");
    assert_eq!(fs::read_to_string(&path).unwrap(), mended);
    assert_eq!(
        fs::metadata(&path).unwrap().permissions().mode() & 0o777,
        0o640
    );
    let beside: Vec<_> = fs::read_dir(path.parent().unwrap()).unwrap().collect();
    assert_eq!(beside.len(), 1, "{beside:?}");

    let again = folder.zonecut(&["lint", "--fix", "contracts"]);
    assert_eq!((again.exit, again.err.as_str()), (0, ""));
    assert_eq!(fs::read_to_string(&path).unwrap(), mended);
}

#[test]
fn fix_leaves_errors_and_the_exit_code_to_them() {
    let folder = Folder::new();
    folder.write(
        "a.odcs.yaml",
        &CONTRACT.replace("logicalType: timestamp", "logicalType: 3"),
    );
    folder.write("b.odcs.yaml", "a: [");
    let text = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
    let before = (text("a.odcs.yaml"), text("b.odcs.yaml"));
    assert_eq!(folder.zonecut(&["lint", "--fix", "a.odcs.yaml"]).exit, 1);
    assert_eq!(folder.zonecut(&["lint", "--fix", "b.odcs.yaml"]).exit, 2);
    assert_eq!((text("a.odcs.yaml"), text("b.odcs.yaml")), before);
}

#[test]
fn fix_writes_through_links_and_refuses_streams() {
    let folder = Folder::new();
    folder.write("real/a.odcs.yaml", &CONTRACT.replace("active", "Active"));
    let link = folder.path().join("a.odcs.yaml");
    std::os::unix::fs::symlink("real/a.odcs.yaml", &link).unwrap();
    assert_eq!(folder.zonecut(&["lint", "--fix", "a.odcs.yaml"]).exit, 0);
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(fs::read_to_string(&link).unwrap(), CONTRACT);
    for stream in ["-", "/dev/stdin"] {
        let answer = folder.zonecut(&["lint", "--fix", stream]);
        assert_eq!(answer.exit, 2);
        assert!(
            answer.err.contains("name the file itself"),
            "{}",
            answer.err
        );
    }
}

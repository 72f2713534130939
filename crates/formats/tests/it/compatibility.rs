//! Our own cases of every kind of change, each in both directions: `tests/fixtures/compatibility/`.

use std::path::{Path, PathBuf};

use serde_json::Value;
use zonecut_formats::Format;

use crate::support::compatibility;

struct Case {
    name: String,
    old: Value,
    new: Value,
    compatible: String,
}

/// The cases of one kind of change.
fn cases(file: &str) -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/compatibility");
    let path: PathBuf = folder.join(file).with_extension("json");
    let cases: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let text = |case: &Value, key: &str| case[key].as_str().unwrap().to_owned();
    let cases = cases.as_array().unwrap().iter().map(|case| Case {
        name: text(case, "name"),
        old: case["old"].clone(),
        new: case["new"].clone(),
        compatible: text(case, "compatible"),
    });
    cases.collect()
}

fn turned(word: &str) -> &str {
    match word {
        "backward" => "forward",
        "forward" => "backward",
        same => same,
    }
}

fn judge(format: Format, file: &str) {
    let mut wrong = Vec::new();
    for case in cases(file) {
        let (old, new, name) = (&case.old, &case.new, &case.name);
        let asked = [
            (old, new, case.compatible.as_str()),
            (new, old, turned(&case.compatible)),
            (old, old, "both"),
            (new, new, "both"),
        ];
        for (before, after, wanted) in asked {
            let got = compatibility(format, before, after);
            if got != wanted {
                wrong.push(format!("{name}: {got}, not {wanted}: {before} to {after}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{file}:\n{}", wrong.join("\n"));
}

#[test]
fn json_schemas() {
    for file in [
        "types",
        "numbers",
        "text",
        "lists-of-values",
        "objects",
        "arrays",
        "choices-and-conditions",
        "references",
    ] {
        judge(Format::JsonSchema, &format!("json-schema/{file}"));
    }
}

#[test]
fn avro_schemas() {
    judge(Format::Avro, "avro/resolution");
    judge(Format::Avro, "avro/meaning");
}

/// The judgement of the format's own library. Where it accepts and we do not, the writer's is a union
/// or an enum: the library asks for one branch or symbol that can be read, and the specification for
/// the one that was written. Where it refuses and we do not, the record's old name is an alias, which
/// the library leaves aside.
#[test]
fn the_avro_library_agrees() {
    use apache_avro::schema_compatibility::SchemaCompatibility;
    for case in cases("avro/resolution") {
        let parse = |schema: &Value| apache_avro::Schema::parse(schema).unwrap();
        let can = |words: [&str; 2]| words.contains(&case.compatible.as_str());
        let sides = [
            (&case.old, &case.new, can(["backward", "both"])),
            (&case.new, &case.old, can(["forward", "both"])),
        ];
        for (writer, reader, ours) in sides {
            let theirs = SchemaCompatibility::can_read(&parse(writer), &parse(reader)).is_ok();
            let text = writer.to_string();
            let has = |part| text.contains(part);
            let lenient = theirs && (has("\":[\"") || has("\"enum\""));
            let strict = !theirs && reader.get("aliases").is_some();
            assert!(
                theirs == ours || lenient || strict,
                "{}: the library says {theirs} of {writer} read as {reader}",
                case.name
            );
        }
    }
}

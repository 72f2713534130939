//! Another registry's compatibility cases, counted in `docs/conformance.md`.

use serde_json::Value;
use zonecut_formats::Format;

use crate::support::{compatibility, vectors};

fn differences(format: Format, file: &str) -> Option<(usize, Vec<String>)> {
    let text = std::fs::read_to_string(vectors("schema-compat")?.join(file)).unwrap();
    let cases: Value = serde_json::from_str(&text).unwrap();
    let cases = cases["tests"].as_array().unwrap();
    let mut differences = Vec::new();
    for case in cases {
        let wanted = case["compatibility"].as_str().unwrap();
        let got = compatibility(format, &case["original"], &case["updated"]);
        if got != wanted {
            differences.push(format!("{}: {got}, not {wanted}", case["id"]));
        }
    }
    Some((cases.len(), differences))
}

#[test]
fn apicurio_cases_are_judged_alike() {
    let sets = [
        (Format::JsonSchema, "apicurio-json-schema.json"),
        (Format::Avro, "apicurio-avro.json"),
    ];
    let mut count = 0;
    let mut all = Vec::new();
    for (format, file) in sets {
        let Some((cases, differences)) = differences(format, file) else {
            return;
        };
        count += cases;
        all.extend(differences);
    }
    println!("{} of {count} agree", count - all.len());
    assert!(all.is_empty(), "{} differ:\n{}", all.len(), all.join("\n"));
    assert!(count >= 149);
}

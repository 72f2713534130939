//! Prints a contract with as many fields as asked, for measurements.
//!
//! `generate_contract FIELDS [changed]`; with `changed` every tenth field differs from the plain one.

use std::fmt::Write as _;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let fields = arguments
        .next()
        .and_then(|count| count.parse().ok())
        .unwrap_or(500);
    print!("{}", contract(fields, arguments.next().is_some()));
}

fn contract(fields: usize, changed: bool) -> String {
    let version = if changed { "2.0.0" } else { "1.0.0" };
    let mut text = format!(
        "apiVersion: v3.1.0\nkind: DataContract\nid: large\nname: Large\nversion: {version}\nstatus: active\nschema:\n  - name: queries\n    physicalType: table\n    properties:\n"
    );
    for index in 0..fields {
        let width = if changed && index % 10 == 0 { 36 } else { 18 };
        // Writing into a string does not fail.
        let _ = write!(
            text,
            "      - id: field_{index}_id\n        name: field_{index}\n        logicalType: string\n        physicalType: varchar({width})\n        required: {}\n        description: Field number {index} of a contract that is large on purpose\n        classification: internal\n        tags: [dns, measured]\n        customProperties:\n          - property: semanticType\n            value: dns.qname\n",
            index % 3 == 0
        );
    }
    text.push_str("slaProperties:\n  - property: latency\n    value: 4\n    unit: h\n");
    text
}

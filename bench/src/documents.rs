//! Two versions of one large contract, the same ones in every run.

use std::fmt::Write;

/// How many objects the contract has.
const OBJECTS: usize = 5;

/// How many fields each of them has.
const FIELDS: usize = 100;

/// Name, logical type and physical type, in turn.
const TYPES: [(&str, &str, &str); 5] = [
    ("label", "string", "varchar(255)"),
    ("count", "integer", "bigint"),
    ("share", "number", "double"),
    ("seen", "timestamp", "timestamp(6) with time zone"),
    ("valid", "boolean", "boolean"),
];

/// The contract as it was.
#[must_use]
pub fn before() -> String {
    contract("1.0.0", |_| Change::None)
}

/// The contract as it should be: one field in ten is changed, and the version does not pay for it.
#[must_use]
pub fn after() -> String {
    contract("1.1.0", |field| match field % 50 {
        7 => Change::Removed,
        17 => Change::Renamed,
        27 => Change::Retyped,
        37 => Change::Optional,
        47 => Change::Lowered,
        _ => Change::None,
    })
}

#[derive(Clone, Copy, PartialEq)]
enum Change {
    None,
    Removed,
    Renamed,
    Retyped,
    Optional,
    Lowered,
}

fn contract(version: &str, change: impl Fn(usize) -> Change) -> String {
    let mut text = format!(
        "apiVersion: v3.1.0\nkind: DataContract\nid: large\nname: Large\nversion: {version}\n\
         status: active\ndomain: bench\nschema:\n"
    );
    for object in 0..OBJECTS {
        write!(
            text,
            "  - id: object_{object}\n    name: object_{object}\n    logicalType: object\n    \
             physicalType: table\n    description: Object {object} of a contract made for measuring.\n    \
             properties:\n"
        )
        .ok();
        for field in 0..FIELDS {
            property(&mut text, field, change(field));
        }
    }
    text
}

fn property(text: &mut String, field: usize, change: Change) {
    if change == Change::Removed {
        return;
    }
    let (name, logical, physical) = TYPES.get(field % TYPES.len()).copied().unwrap_or_default();
    let suffix = if change == Change::Renamed {
        "_new"
    } else {
        ""
    };
    let (logical, physical) = if change == Change::Retyped {
        ("string", "varchar(20)")
    } else {
        (logical, physical)
    };
    let class = if change == Change::Lowered {
        "public"
    } else {
        "internal"
    };
    write!(
        text,
        "      - id: {name}_{field}\n        name: {name}_{field}{suffix}\n        logicalType: {logical}\n        \
         physicalType: {physical}\n        required: {}\n        classification: {class}\n        \
         tags: [measured]\n        description: Field {field}, a {name} that stands for one of a real contract.\n",
        change != Change::Optional,
    )
    .ok();
}

//! Generated documents, the same ones in every run: two versions of one contract of any size, and
//! policies about it.

use std::fmt::Write;

/// How many objects a contract has; its fields are spread over them.
pub const OBJECTS: usize = 5;

/// How many columns the widest question asks for.
pub const WIDE: usize = 250;

/// How many fields a contract needs, so that each of its objects has that many.
pub const WIDE_CONTRACT: usize = OBJECTS * WIDE;

/// The roles that generated rules speak of.
const ROLES: [&str; 4] = ["reader", "analyst", "operator", "auditor"];

/// Name, logical type and physical type, in turn.
const TYPES: [(&str, &str, &str); 5] = [
    ("label", "string", "varchar(255)"),
    ("count", "integer", "bigint"),
    ("share", "number", "double"),
    ("seen", "timestamp", "timestamp(6) with time zone"),
    ("valid", "boolean", "boolean"),
];

/// The contract as it was, with that many fields in all.
#[must_use]
pub fn before(fields: usize) -> String {
    contract("1.0.0", fields, |_| Change::None)
}

/// The contract as it should be: one field in ten is changed, and the version does not pay for it.
#[must_use]
pub fn after(fields: usize) -> String {
    contract("1.1.0", fields, |field| match field % 50 {
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

/// Roles and a policy of that many rules about the contract. One grants everything to readers; the
/// others are spread over roles and columns, half of them grants and half masks.
#[must_use]
pub fn policies(rules: usize) -> String {
    let names = ROLES.map(|role| format!("{{name: {role}}}")).join(", ");
    let mut text = format!(
        "apiVersion: zonecut/v1\nkind: Roles\nmetadata: {{name: bench, domain: bench}}\nspec:\n  \
         roles: [{names}]\n  bindings: [{{role: reader, groups: [readers]}}]\n---\n\
         apiVersion: zonecut/v1\nkind: Policy\nmetadata: {{name: bench, domain: bench}}\nspec:\n  \
         applies: {{contracts: [large]}}\n  grants:\n    - {{name: all, to: {{roles: [reader]}}}}\n"
    );
    for (rule, role) in (1..rules).zip(ROLES.iter().cycle()) {
        if rule == rules / 2 {
            text.push_str("  masks:\n");
        }
        let mask = if rule < rules / 2 {
            ""
        } else {
            ", mask: {type: 'null'}"
        };
        let column = name(rule % WIDE);
        writeln!(
            text,
            "    - {{name: rule-{rule}, to: {{roles: [{role}]}}, columns: {{names: [{column}]}}{mask}}}"
        )
        .ok();
    }
    text
}

/// The name of a field.
#[must_use]
pub fn name(field: usize) -> String {
    let (name, ..) = TYPES.get(field % TYPES.len()).copied().unwrap_or_default();
    format!("{name}_{field}")
}

fn contract(version: &str, fields: usize, change: impl Fn(usize) -> Change) -> String {
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
        for field in 0..fields / OBJECTS {
            property(&mut text, field, change(field));
        }
    }
    text
}

fn property(text: &mut String, field: usize, change: Change) {
    if change == Change::Removed {
        return;
    }
    let (_, logical, physical) = TYPES.get(field % TYPES.len()).copied().unwrap_or_default();
    let name = name(field);
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
        "      - id: {name}\n        name: {name}{suffix}\n        logicalType: {logical}\n        \
         physicalType: {physical}\n        required: {}\n        classification: {class}\n        \
         tags: [measured]\n        description: Field {field}, which stands for one of a real contract.\n",
        change != Change::Optional,
    )
    .ok();
}

//! Documents that are well-formed, and cost more than their size where a reader is careless.

use super::{HEAD, LARGEST, Named, lines, properties};

/// As many items as all lists of a document may hold, but for a few.
const MOST: usize = 23_900;

/// Those that break a limit or the official schema, by name.
pub(super) const REFUSED: &[Named] = &[
    ("numbers-for-objects", || {
        format!("{HEAD}schema: [{}]", "1,".repeat(140_000)).into()
    }),
    ("numbers-for-properties", || {
        properties(MOST, |_| "1".into())
    }),
    ("empty-properties", || properties(MOST, |_| "{}".into())),
    ("wrong-flags", || {
        properties(MOST, |n| {
            format!("{{name: c{n}, required: maybe, unique: 1}}")
        })
    }),
    ("wrong-tags", || {
        lines(&format!("{HEAD}tags:\n"), MOST, |_| "- 1\n".into())
    }),
    ("wrong-types", || {
        properties(MOST, |n| format!("{{name: c{n}, logicalType: strin}}"))
    }),
    ("wrong-options", || {
        properties(MOST, |n| {
            format!("{{name: c{n}, logicalType: string, logicalTypeOptions: {{minLength: x}}}}")
        })
    }),
    ("wrong-names", || {
        properties(MOST, |n| format!("{{name: {n}, name2: []}}"))
    }),
    ("servers-without-type", || {
        lines(&format!("{HEAD}servers:\n"), MOST, |n| {
            format!("- {{server: s{n}}}\n")
        })
    }),
    ("servers-of-every-type", servers_of_every_type),
    ("wrong-quality", wrong_quality),
    ("wrong-custom-properties", || {
        lines(&format!("{HEAD}customProperties:\n"), MOST, |_| {
            "- {property: 1}\n".into()
        })
    }),
    ("wrong-service-levels", || {
        lines(&format!("{HEAD}slaProperties:\n"), MOST, |_| {
            "- {value: []}\n".into()
        })
    }),
    ("wrong-team", || {
        lines(&format!("{HEAD}team:\n"), MOST, |_| "- {name: 1}\n".into())
    }),
    ("wrong-relationships", || {
        properties(MOST / 2, |n| {
            format!("{{name: c{n}, relationships: [{{type: x, to: 1, from: 2}}]}}")
        })
    }),
    ("wrong-references", || {
        properties(MOST / 2, |n| {
            format!("{{name: c{n}, relationships: [{{type: foreignKey, to: \"a/b c\"}}]}}")
        })
    }),
    ("wrong-and-long-name", wrong_and_long_name),
    ("wrong-and-unknown", || {
        lines(&format!("{HEAD}name: 1\n"), 140_000, |n| {
            format!("key{n}: 1\n")
        })
    }),
    ("wrong-at-the-end", wrong_at_the_end),
    ("wrong-and-nested", wrong_and_nested),
    ("hundred-thousand-service-levels", || {
        lines(&format!("{HEAD}slaProperties:\n"), 100_000, |n| {
            format!("- {{property: p{n}, value: 1}}\n")
        })
    }),
    ("hundred-thousand-tags", || {
        lines(&format!("{HEAD}tags:\n"), 95_000, |n| format!("- t{n}\n"))
    }),
    ("hundred-thousand-properties", || {
        properties(100_000, |n| format!("{{name: c{n}}}"))
    }),
    ("one-line", one_line),
    ("references-in-a-circle", references_in_a_circle),
    ("inherited-tags", inherited_tags),
    ("long-paths", long_paths),
    ("long-nested-paths", long_nested_paths),
    ("long-path-many-values", long_path_many_values),
];

/// Those that keep all of it, by name.
pub(super) const READ: &[Named] = &[
    ("long-key", || long("? ")),
    ("long-anchor", || long("a: &")),
    ("one-long-comment", || {
        let mut bytes = format!("{HEAD}# ").into_bytes();
        bytes.resize(LARGEST, b'x');
        bytes
    }),
    ("one-long-description", || {
        let mut bytes = format!("{HEAD}description:\n  purpose: ").into_bytes();
        bytes.resize(LARGEST, b'x');
        bytes
    }),
    ("many-unknown-keys", || {
        lines(HEAD, 4_000, |n| format!("key{n}: 1\n"))
    }),
    ("many-unknown-keys-inside", || {
        properties(1_300, |n| {
            let keys: Vec<_> = (0..70).map(|key| format!("key{key}: 1")).collect();
            format!("{{name: c{n}, {}}}", keys.join(", "))
        })
    }),
    ("many-tags", || {
        lines(&format!("{HEAD}tags:\n"), MOST, |n| format!("- t{n}\n"))
    }),
    ("many-service-levels", || {
        lines(&format!("{HEAD}slaProperties:\n"), MOST, |n| {
            format!("- {{property: p{n}, value: 1}}\n")
        })
    }),
    ("many-service-levels-alike", || {
        lines(&format!("{HEAD}slaProperties:\n"), MOST, |n| {
            format!("- {{property: latency, value: {n}}}\n")
        })
    }),
    ("many-service-levels-of-unknown-elements", || {
        lines(&format!("{HEAD}slaProperties:\n"), MOST, |n| {
            format!("- {{property: p{n}, value: 1, element: o.c{n}}}\n")
        })
    }),
    ("many-properties", || {
        properties(MOST, |n| format!("{{name: c{n}}}"))
    }),
    ("many-properties-alike", || {
        properties(MOST, |_| "{name: c}".into())
    }),
    ("many-ids-alike", || {
        properties(MOST, |n| format!("{{name: c{n}, id: a}}"))
    }),
    ("many-objects", || {
        lines(&format!("{HEAD}schema:\n"), MOST, |n| {
            format!("- {{name: o{n}}}\n")
        })
    }),
    ("many-roles", || {
        lines(&format!("{HEAD}roles:\n"), MOST, |n| {
            format!("- {{role: r{n}}}\n")
        })
    }),
    ("many-servers", || {
        lines(&format!("{HEAD}servers:\n"), MOST, |n| {
            format!("- {{server: s{n}, type: kafka, host: h}}\n")
        })
    }),
    ("many-custom-properties", || {
        lines(&format!("{HEAD}customProperties:\n"), MOST, |n| {
            format!("- {{property: p{n}, value: 1}}\n")
        })
    }),
    ("many-quality-rules", || {
        lines(
            &format!("{HEAD}schema:\n- name: o\n  quality:\n"),
            MOST,
            |n| format!("  - {{name: q{n}, metric: rowCount, mustBe: 1}}\n"),
        )
    }),
    ("many-relationships", || {
        lines(
            &format!("{HEAD}schema:\n- name: o\n  relationships:\n"),
            MOST,
            |n| format!("  - {{from: o.a{n}, to: o.b{n}}}\n"),
        )
    }),
    ("many-bad-extensions", || {
        properties(MOST / 3, |n| {
            format!(
                "{{name: c{n}, customProperties: [{{property: unit, value: furlong}}, {{property: semanticType, value: dns.qnam}}]}}"
            )
        })
    }),
    ("many-secrets", || {
        lines(&format!("{HEAD}customProperties:\n"), MOST, |n| {
            format!("- {{property: p{n}, value: \"password=hunter{n}\"}}\n")
        })
    }),
    ("many-secret-starts", || long_value("password=")),
    ("many-url-starts", || long_value("a://b:")),
    ("many-at-signs", || long_value("a://b:c@")),
    ("many-token-starts", || long_value("eyJ.")),
    ("many-key-starts", || long_value("-----BEGIN ")),
    ("catastrophic-patterns", || {
        properties(11_000, |n| {
            format!(
                "{{name: c{n}, logicalType: string, logicalTypeOptions: {{pattern: '^(a+)+$'}}, examples: [aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!]}}"
            )
        })
    }),
    ("large-patterns", || {
        properties(11_000, |n| {
            format!(
                "{{name: c{n}, logicalType: string, logicalTypeOptions: {{pattern: '((a{{999}}){{999}}){{999}}'}}, examples: [a]}}"
            )
        })
    }),
    ("slow-patterns", || {
        properties(11_000, |n| {
            format!(
                "{{name: c{n}, logicalType: string, logicalTypeOptions: {{pattern: '^(([a-z])+.)+[A-Z]([a-z])+$'}}, examples: [{}]}}",
                "a".repeat(200)
            )
        })
    }),
    ("many-queries", || {
        queries(9_000, |n| {
            format!("select count(*) from o where c{n} is null")
        })
    }),
    ("deep-query", || {
        queries(1, |_| {
            format!("select {}1{}", "(".repeat(100_000), ")".repeat(100_000))
        })
    }),
    ("deep-queries", || {
        queries(1_000, |_| {
            format!("select {}1{}", "(".repeat(1_000), ")".repeat(1_000))
        })
    }),
    ("long-query", || {
        queries(1, |_| {
            format!("select 1 from o where a = 1{}", " or a = 1".repeat(400_000))
        })
    }),
    ("deeply-nested", deeply_nested),
];

fn servers_of_every_type() -> Vec<u8> {
    const TYPES: [&str; 8] = [
        "kafka", "s3", "postgres", "trino", "custom", "nothing", "bigquery", "local",
    ];
    lines(&format!("{HEAD}servers:\n"), MOST, |n| {
        let kind = TYPES.get(n % TYPES.len()).copied().unwrap_or_default();
        format!("- {{server: 1, type: {kind}, port: x, host: []}}\n")
    })
}

fn wrong_quality() -> Vec<u8> {
    lines(
        &format!("{HEAD}schema:\n- name: o\n  quality:\n"),
        MOST,
        |_| "  - {type: sql, metric: x, mustBe: 1, mustBeLessThan: y}\n".into(),
    )
}

/// Quality rules that are SQL.
fn queries(count: usize, query: impl Fn(usize) -> String) -> Vec<u8> {
    lines(
        &format!("{HEAD}schema:\n- name: o\n  quality:\n"),
        count,
        |n| {
            format!(
                "  - {{name: q{n}, type: sql, query: \"{}\", mustBe: 0}}\n",
                query(n)
            )
        },
    )
}

fn wrong_and_long_name() -> Vec<u8> {
    let name = "n".repeat(LARGEST / 2);
    lines(
        &format!("{HEAD}schema:\n  - name: {name}\n    properties:\n"),
        MOST,
        |n| format!("      - {{name: c{n}, required: maybe}}\n"),
    )
}

fn wrong_at_the_end() -> Vec<u8> {
    let mut bytes = properties(MOST, |n| format!("{{name: c{n}, tags: []}}"));
    bytes.extend(b"      - {name: last, required: maybe}\n");
    bytes
}

fn wrong_and_nested() -> Vec<u8> {
    let mut text = format!("{HEAD}schema: [{{name: o, properties: [");
    while text.len() < LARGEST / 2 {
        text += &"{name: a, properties: [".repeat(30);
        text += "{name: [], required: 1}";
        text += &"]}".repeat(30);
        text += ",";
    }
    (text + "]}]\n").into()
}

fn one_line() -> Vec<u8> {
    let mut text = r#"{"apiVersion":"v3.1.0","kind":"DataContract","id":"a","version":"1.0.0","status":"active","schema":[{"name":"o","properties":["#.to_owned();
    for index in 0..MOST {
        text += &format!(r#"{{"name":"é{index}","required":"{index}"}},"#);
    }
    (text + r#"{"name":"z"}]}]}"#).into()
}

fn references_in_a_circle() -> Vec<u8> {
    format!(
        r##"{HEAD}schema: [{{$ref: "#/schema/0", name: 1, properties: [{{$ref: "#/schema/0"}}]}}]"##
    )
    .into()
}

/// Tags hold for everything inside: a thousandfold.
fn inherited_tags() -> Vec<u8> {
    let tags = lines("tags:\n", MOST / 2, |n| format!("- t{n}\n"));
    let mut bytes = properties(MOST / 2, |n| format!("{{name: c{n}}}"));
    bytes.extend(tags);
    bytes
}

fn long_paths() -> Vec<u8> {
    let name = "n".repeat(LARGEST / 2);
    lines(
        &format!("{HEAD}schema:\n  - name: {name}\n    properties:\n"),
        MOST,
        |n| format!("      - {{name: c{n}}}\n"),
    )
}

fn long_nested_paths() -> Vec<u8> {
    let name = "n".repeat(LARGEST / 100);
    let mut text = format!("{HEAD}schema: [{{name: o, properties: [");
    text += &format!("{{name: {name}, properties: [").repeat(50);
    text += &"{name: a},".repeat(MOST);
    text += &"]}".repeat(50);
    (text + "]}]\n").into()
}

fn long_path_many_values() -> Vec<u8> {
    let name = "n".repeat(LARGEST / 2);
    lines(
        &format!("{HEAD}schema:\n  - name: {name}\n    customProperties:\n"),
        MOST,
        |n| format!("      - {{property: p{n}, value: 1}}\n"),
    )
}

fn long_value(part: &str) -> Vec<u8> {
    let value = part.repeat((LARGEST - HEAD.len() - 40) / part.len());
    format!("{HEAD}description:\n  purpose: \"{value}\"\n").into()
}

fn deeply_nested() -> Vec<u8> {
    let mut text = format!("{HEAD}schema: [{{name: o, properties: [");
    for _ in 0..MOST / 50 {
        text += &"{name: a, properties: [".repeat(50);
        text += &"]}".repeat(50);
        text += ",";
    }
    (text + "]}]\n").into()
}

fn long(head: &str) -> Vec<u8> {
    let mut bytes = format!("{HEAD}{head}").into_bytes();
    bytes.resize(LARGEST, b'k');
    bytes
}
